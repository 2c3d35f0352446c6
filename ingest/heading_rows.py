"""Lines that look like headings and stand in a row: an address, a list of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.lines import Line
from ingest.lists import marker_of
from ingest.titles import Heading, Rank


def without_rows(headings: Iterable[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Keep one of three or more unnumbered headings in a row: of an address, a list of names."""
    result: list[Heading] = []
    run: list[Heading] = []
    for heading in headings:
        plain = heading.rank == Rank.PLAIN
        if run and (heading.first != run[-1].last or not plain):
            result += _settle(run, lines)
            run = []
        if plain:
            run.append(heading)
        else:
            result.append(heading)
    return result + _settle(run, lines)


def _settle(run: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Of a run keep the last where text follows it, else the first."""
    if len(run) < 3:
        return run
    following = lines[run[-1].last] if run[-1].last < len(lines) else None
    text = following is not None and (len(following.text) > 60 or marker_of(following.text))
    return run[-1:] if text else run[:1]
