"""Footnotes of a page: small print at its foot, each beginning with its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.documents import Mark, MarkKind
from ingest.readers.pdf_lines import Line, usual_height

_SMALL = 0.92  # times the height of the lines above: a note is set in smaller type
_NUMBER = re.compile(r"(?:\[?(?P<number>\d{1,3})\]?|[¹²³⁴-⁹⁰]{1,3}|[*†])[\s.:)]*(?=\S)")
_MOST_OF_PAGE = 0.7  # of the lines of a page that notes may take


def with_notes(lines: Sequence[Line]) -> list[Line]:
    """Mark the footnotes among the lines of a page.

    Args:
        lines: The lines of a page, running lines left out.

    Returns:
        As many lines, or fewer: the lines of one note become one.
    """
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    first = _first_note(lines, filled)
    if first is None:
        return list(lines)
    notes: list[list[Line]] = []
    for n in filled:
        if n < first:
            continue
        if not notes or _begins(lines[n], notes):
            notes.append([])
        notes[-1].append(lines[n])
    return [*lines[:first], *(_note(note) for note in notes)]


def _first_note(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """Index of the line at which the small print at the foot begins with a number."""
    body = usual_height(lines)
    small = len(filled)
    while small and _is_small(lines[filled[small - 1]], body):
        small -= 1
    begin = next((n for n in filled[small:] if _NUMBER.match(lines[n].text)), None)
    if begin is None or filled.index(begin) < (1 - _MOST_OF_PAGE) * len(filled):
        return None
    return begin


def _is_small(line: Line, body: float) -> bool:
    height = usual_height([line])
    return line.mark is None and 0 < height < _SMALL * body


def _begins(line: Line, notes: Sequence[Sequence[Line]]) -> bool:
    """Whether a line begins the note after the last one."""
    match = _NUMBER.match(line.text)
    if match is None:
        return False
    before = _NUMBER.match(notes[-1][0].text)
    if match["number"] is None or before is None or before["number"] is None:
        return True
    return int(match["number"]) == int(before["number"]) + 1


def _note(lines: Sequence[Line]) -> Line:
    text = "\n".join(line.text for line in lines)
    return Line(text, mark=Mark(MarkKind.FOOTNOTE, 0, len(text)))
