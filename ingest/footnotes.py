"""Which lines begin a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

_RAISED = re.compile(r"[¹²³⁰⁴-⁹]{1,3}\s*\S")
_SOURCE = re.compile(
    r"\[?\d{1,3}\]?\s+(?:https?://|www\.|zie\b|bron\b|idem\b|ibid)|\[\^?\d{1,3}\]:?\s+\S",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,3})\s+[^\W\d]")
_MOST_OF_PAGE = 0.7


def find_footnotes(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines that begin a footnote, among those of which the format states nothing.

    A raised number, or a number before a source, says so by itself. Plain numbers are footnotes
    where they stand at the bottom of a page and go on with the numbering of the page before.

    Args:
        lines: The lines of the document.

    Returns:
        Indices of the first lines of footnotes.
    """
    found = {n for n, line in enumerate(lines) if _by_itself(lines, n)}
    last = 0
    for begin, end in _pages(lines):
        notes = _at_bottom(lines, begin, end, last)
        found.update(notes)
        last += len(notes)
    return frozenset(found)


def _by_itself(lines: Sequence[Line], n: int) -> bool:
    line = lines[n]
    if line.mark is not None:
        return False
    if _RAISED.match(line.text):
        return True
    return bool(_SOURCE.match(line.text)) and (line.gap > 0 or line.turn or lines[n - 1].closed)


def _pages(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Half-open ranges of the lines of each page."""
    turns = [n for n, line in enumerate(lines) if line.turn and n]
    return list(zip([0, *turns], [*turns, len(lines)], strict=True)) if turns else []


def _at_bottom(lines: Sequence[Line], begin: int, end: int, last: int) -> list[int]:
    """Lines of a page, down to its end, that number on after ``last``."""
    notes: list[int] = []
    for n in range(begin + int((end - begin) * (1 - _MOST_OF_PAGE)), end):
        match = _NUMBERED.match(lines[n].text) if lines[n].mark is None else None
        if match and int(match[1]) == last + len(notes) + 1 and (notes or _starts_apart(lines, n)):
            notes.append(n)
    return notes


def _starts_apart(lines: Sequence[Line], n: int) -> bool:
    return n > 0 and (lines[n].gap > 0 or lines[n - 1].closed)
