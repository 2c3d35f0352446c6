"""Headings and tables that the format of the file states; nothing here is guessed from the text."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.documents import Mark, MarkKind
from ingest.lines import Line
from ingest.titles import BARE, DEEP, SINGLE, Rank, keyword_of


def has_headings(lines: Sequence[Line]) -> bool:
    """Whether the format states any heading."""
    return any(line.mark is not None and line.mark.kind is MarkKind.HEADING for line in lines)


def begins(lines: Sequence[Line], n: int) -> bool:
    """Whether the mark that holds a line begins on it."""
    return n == 0 or lines[n - 1].mark is not lines[n].mark


def end_of(lines: Sequence[Line], n: int) -> int:
    """Index after the last line of the mark that holds a line."""
    last = n + 1
    while last < len(lines) and lines[last].mark is lines[n].mark:
        last += 1
    return last


def rows_of_table(lines: Sequence[Line], n: int) -> tuple[list[Mark], int]:
    """The rows of the table that begins on a line.

    Args:
        lines: The lines of the document.
        n: Index of a line.

    Returns:
        The rows down to the next header, those that name the columns first, and the index after
        their last line; no rows where no table begins here.
    """
    rows: list[Mark] = []
    while n < len(lines):
        mark = lines[n].mark
        if mark is None or mark.kind is not MarkKind.ROW:
            break
        if rows and mark.header and not rows[-1].header:
            break
        rows.append(mark)
        n = end_of(lines, n)
    return rows, n


def rank_of(mark: Mark) -> int:
    """The rank of a stated heading; what lies deeper than seven levels is not told apart."""
    return min(Rank.CHAPTER + mark.level - 1, Rank.DIVISION - 1)


def number_and_title(text: str) -> tuple[str, str]:
    """Part a heading from the number before it: "2.1 Doel", "Artikel 5 Begrippen"."""
    text = " ".join(text.split())
    keyword = keyword_of(text)
    if keyword is not None:
        return keyword.number, keyword.title
    match = DEEP.fullmatch(text) or SINGLE.fullmatch(text) or BARE.fullmatch(text)
    return (match["number"], match["title"]) if match else ("", text)
