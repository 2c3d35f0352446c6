"""Rows of a sheet become tables: where one ends, and which line above it is its title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.readers.blocks import Block, Table, TableCell, paragraph
from ingest.readers.tables import guess_headers

Cells = Sequence[TableCell]


def tables_of(rows: Iterable[Cells], *, headed: bool = False) -> Iterator[Block | Table]:
    """Cut the rows of a sheet into tables and the lines of text between them.

    Args:
        rows: All rows from the top; an empty one parts what stands above and below it.
        headed: Whether the first row of the sheet's first table is its header unless it holds
            figures, as it is in exported data.

    Yields:
        Rows of one cell above a table as paragraphs, and the tables.
    """
    tables: list[Table] = []
    for block in _runs(rows):
        while block and _filled(block[0]) == 1 and len(block) > 1:
            yield from _finished(tables)
            yield from (b for cell in block.pop(0) for b in cell.blocks)
        table = Table([list(row) for row in block])
        first = headed and not tables and _names_columns(block[0])
        table.headers = 1 if first and len(block) > 1 else guess_headers(table)
        if tables and not table.headers and _goes_on(tables[-1], table):
            tables[-1].rows += table.rows
        else:
            yield from _finished(tables)
            tables.append(table)
        headed = False
    yield from _finished(tables)


def _finished(tables: list[Table]) -> Iterator[Table]:
    """The table that no further row can belong to."""
    if tables:
        yield tables.pop()


def _runs(rows: Iterable[Cells]) -> Iterator[list[Cells]]:
    """Rows without an empty one between them."""
    run: list[Cells] = []
    for row in rows:
        if _filled(row):
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _filled(row: Cells) -> int:
    return sum(bool(cell.text) for cell in row)


def _names_columns(row: Cells) -> bool:
    texts = [cell.text for cell in row if cell.text]
    return len(texts) > 1 and all(any(map(str.isalpha, text)) for text in texts)


def _goes_on(before: Table, table: Table) -> bool:
    """Whether rows below an empty one belong to the table above it, by their number of cells."""
    return before.headers > 0 and _filled(table.rows[0]) > 1


def cell(text: str, *, strong: bool = False, width: int = 1) -> TableCell:
    """A cell that holds one text."""
    return TableCell((paragraph(text, strong=strong),) if text else (), width)
