"""Blocks and tables become one text, with a mark for each of them."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.documents import Cell, Mark, MarkKind
from ingest.readers.blocks import Block, Table, clean
from ingest.readers.tables import Row, paragraphs_of, rows_of


def marked_text(blocks: Iterable[Block | Table]) -> tuple[str, tuple[Mark, ...]]:
    """Write blocks as one text.

    Blocks are parted by an empty line, but items of a list and rows of a table by a line end
    alone; the cells of a row by a tab, and the paragraphs of a cell by a line end.

    Args:
        blocks: In reading order; those without text are left out.

    Returns:
        The text and the mark of each block and row.
    """
    writer = _Writer()
    for block in blocks:
        if isinstance(block, Block):
            writer.block(block)
            continue
        rows = rows_of(block)
        if rows is None:
            for inner in paragraphs_of(block):
                writer.block(inner)
        else:
            for n, row in enumerate(rows):
                writer.row(row, first=not n)
    return "".join(writer.pieces), tuple(writer.marks)


class _Writer:
    """Keeps what is written and how long it is."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: list[Mark] = []
        self.size = 0

    def block(self, block: Block) -> None:
        text = clean(block.text)
        if not text:
            return
        listed = bool(self.marks) and block.kind is self.marks[-1].kind is MarkKind.ITEM
        self._part("\n" if listed else "\n\n")
        start = self._put(text)
        self.marks.append(Mark(block.kind, start, self.size, block.level, block.strong))

    def row(self, row: Row, *, first: bool) -> None:
        self._part("\n\n" if first else "\n")
        cells: list[Cell] = []
        for text, column in row.cells:
            if cells:
                self._put("\t")
            start = self._put(text)
            cells.append(Cell(start, self.size, column))
        self.marks.append(
            Mark(
                MarkKind.ROW,
                cells[0].start,
                self.size,
                header=row.header,
                row=row.name,
                cells=tuple(cells),
            )
        )

    def _part(self, gap: str) -> None:
        if self.pieces:
            self._put(gap)

    def _put(self, text: str) -> int:
        start = self.size
        self.pieces.append(text)
        self.size += len(text)
        return start
