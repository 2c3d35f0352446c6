"""Statements in tables of which the file itself says what the columns are.

The header of a cell's own column decides what stands in it: in a table with the columns "Doel",
"Indicator" and "Trekker" each row holds a goal and an indicator, and a name that is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.documents import Cell, Passage, StatementKind
from ingest.wording import Wording

Span = tuple[int, int, StatementKind]
# A column beside one with advice that says what became of it.
_ANSWERS = re.compile(
    r"\b(?:reactie|standpunt|antwoord|weerwoord)\b|\bwat doe[nt]\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\W*(?P<number>(?:[A-Za-z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2})*)[.)]?\W*")


def cell_statements(
    passage: Passage,
    wording: Wording,
    kind_near: StatementKind | None,
    is_name: Callable[[str], bool],
) -> Iterator[Span]:
    """What the cells of a row are, those that are no statement left out.

    Args:
        passage: A table row with its cells.
        wording: The words to go by.
        kind_near: What the words around the table call its rows; asked only where no column says
            it, and then of the first cell alone that is more than a name.
        is_name: Whether words only name something.
    """
    kinds = {cell: _kind_of_column(cell.column, wording) for cell in passage.cells}
    advised = StatementKind.RECOMMENDATION in kinds.values()
    told = False
    for cell, kind in kinds.items():
        if kind is None and advised and _ANSWERS.search(cell.column):
            kind = StatementKind.REACTION
        if kind is not None:
            told = True
            yield from _items(passage, cell, kind, wording)
    if told or kind_near is None:
        return
    for cell in passage.cells:
        if not is_name(passage.cut(cell.start, cell.end)):
            yield from _items(passage, cell, kind_near, wording)
            return


def number_of_row(passage: Passage) -> str:
    """The number that the first cell of a row gives it, or ""."""
    if not passage.cells:
        return ""
    first = passage.cells[0]
    match = _NUMBER.fullmatch(passage.cut(first.start, first.end))
    return match["number"] if match else ""


def _kind_of_column(column: str, wording: Wording) -> StatementKind | None:
    found = [
        (match.start(), kind)
        for kind, pattern in wording.columns.items()
        if (match := pattern.search(column))
    ]
    return min(found)[1] if found else None


def _items(passage: Passage, cell: Cell, kind: StatementKind, wording: Wording) -> Iterator[Span]:
    """The items of a cell; the cell as one where its row is read as one sentence."""
    inside = [(a, b) for a, b in passage.sentences if cell.start <= a and b <= cell.end]
    for start, end in inside or [(cell.start, cell.end)]:
        words = passage.cut(start, end)
        says = any(map(str.isalpha, words)) and not _NUMBER.fullmatch(words)
        if says and not wording.nothing.search(words):
            yield start, end, kind
