"""Lines become blocks: headings, paragraphs, items of lists, footnotes and table cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ingest import stated
from ingest.documents import Cell, Mark, MarkKind
from ingest.footnotes import find_footnotes
from ingest.lines import Line
from ingest.lists import Marker, MarkerKind, marker_of
from ingest.sentences import sentence_spans
from ingest.tables import Table
from ingest.titles import Heading

LONGEST_SENTENCE = 1000
"""A longer run of characters without an end of a sentence is cut."""

_AHEAD = 12  # lines in which the next item of an enumeration must come


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    FOOTNOTE = "footnote"
    CELL = "cell"


@dataclass(slots=True)
class Block:
    """Lines that belong together.

    Attributes:
        kind: What they are.
        start: Offset of the first character.
        end: Offset after the last character.
        section: Index of the heading above it; -1 before the first heading.
        marker: The marker of an item.
        row: The row of a table cell.
        column: The column of a table cell.
        cells: The cells of a table row, where the format states them.
        sentences: Spans that each count as one sentence.
        resumes: Whether it goes on with the block before the footnote or page number between.
        torn: Whether a page number or running header stands right before it.
    """

    kind: BlockKind
    start: int
    end: int
    section: int
    marker: Marker | None = None
    row: str = ""
    column: str = ""
    cells: tuple[Cell, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    resumes: bool = False
    torn: bool = False
    last_line: int = field(default=0, repr=False)

    @property
    def size(self) -> int:
        """Its length in characters."""
        return self.end - self.start


def build_blocks(
    text: str, lines: Sequence[Line], headings: Sequence[Heading], tables: Sequence[Table]
) -> list[Block]:
    """Join the lines into blocks.

    Args:
        text: The document's text.
        lines: Its lines.
        headings: The headings found in them.
        tables: The tables found in them.

    Returns:
        The blocks in reading order; together they hold every line.
    """
    return _Builder(text, lines, headings, tables).build()


class _Builder:
    """Goes through the lines once."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        headings: Sequence[Heading],
        tables: Sequence[Table],
    ) -> None:
        self.text = text
        self.lines = lines
        self.headings = {heading.first: (n, heading) for n, heading in enumerate(headings)}
        self.tables = {table.first: table for table in tables}
        self.footnotes = find_footnotes(lines)
        self.blocks: list[Block] = []
        self.section = -1

    def build(self) -> list[Block]:
        n = 0
        while n < len(self.lines):
            if n in self.tables:
                n = self._table(self.tables[n])
            elif n in self.headings:
                n = self._heading(n)
            else:
                self._line(n)
                n += 1
        for block in self.blocks:
            if block.kind is not BlockKind.CELL:
                block.sentences = _sentences(self.text, block)
        return self.blocks

    def _heading(self, n: int) -> int:
        self.section, heading = self.headings[n]
        start, end = self.lines[n].start, self.lines[heading.last - 1].end
        torn = self.lines[n].torn
        self.blocks.append(Block(BlockKind.HEADING, start, end, self.section, torn=torn))
        return heading.last

    def _table(self, table: Table) -> int:
        start = self.lines[table.first].start
        for part in table.parts:
            block = Block(BlockKind.CELL, start, part.end, self.section)
            block.row, block.column, block.sentences = part.row, part.column, part.items
            block.cells = part.cells
            self.blocks.append(block)
            start = part.end + 1
        last = self.lines[table.last - 1].end
        self.blocks[-1].end = max(self.blocks[-1].end, last)
        return table.last

    def _line(self, n: int) -> None:
        line = self.lines[n]
        before = self.blocks[-1] if self.blocks else None
        if line.mark is not None:
            self._stated(n, line.mark)
        elif n in self.footnotes:
            self._open(BlockKind.FOOTNOTE, n)
        elif before is not None and self._goes_on(before, n):
            before.end, before.last_line = line.end, n
        elif (marker := self._item_marker(before, n)) is not None:
            self._open(BlockKind.ITEM, n, marker)
        else:
            self._paragraph(n)

    def _stated(self, n: int, mark: Mark) -> None:
        """A line of which the format says what it is; an item may also be typed as a paragraph."""
        if not stated.begins(self.lines, n):
            self.blocks[-1].end, self.blocks[-1].last_line = self.lines[n].end, n
            return
        marker = marker_of(self.lines[n].text)
        if mark.kind is MarkKind.FOOTNOTE:
            self._open(BlockKind.FOOTNOTE, n)
        elif mark.kind is MarkKind.ITEM or marker is not None:
            self._open(BlockKind.ITEM, n, marker)
        else:
            self._open(BlockKind.PARAGRAPH, n)

    def _open(self, kind: BlockKind, n: int, marker: Marker | None = None) -> Block:
        line = self.lines[n]
        block = Block(kind, line.start, line.end, self.section, marker, last_line=n)
        block.torn = line.torn
        self.blocks.append(block)
        return block

    def _paragraph(self, n: int) -> None:
        """A paragraph begins, or one that a footnote or page number broke goes on."""
        broken = self._broken(n)
        if broken is None:
            self._open(BlockKind.PARAGRAPH, n)
            return
        block = self._open(broken.kind, n, broken.marker)
        block.resumes = True

    def _broken(self, n: int) -> Block | None:
        """The block that the line goes on with over a footnote or a page number."""
        line = self.lines[n]
        foreign = line.torn
        for block in reversed(self.blocks[-20:]):
            if block.kind is BlockKind.FOOTNOTE:
                foreign = True
                continue
            if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or not foreign:
                return None
            unfinished = not self.lines[block.last_line].closed
            return block if line.lower and unfinished else None
        return None

    def _item_marker(self, before: Block | None, n: int) -> Marker | None:
        """The marker of an item that begins on this line."""
        line = self.lines[n]
        marker = marker_of(line.text)
        if marker is None or before is None or marker.kind is MarkerKind.BULLET:
            return marker
        previous = self.lines[n - 1]
        if line.gap or line.turn or previous.closed or not previous.fills(line):
            return marker
        return marker if before.marker and marker.follows(before.marker) else None

    def _goes_on(self, block: Block, n: int) -> bool:
        """Whether a line belongs to the block before it."""
        if block.kind in (BlockKind.HEADING, BlockKind.CELL):
            return False
        line, previous = self.lines[n], self.lines[n - 1]
        if line.torn or previous.mark is not None or self._item_marker(block, n) is not None:
            return False
        if block.kind is BlockKind.ITEM:
            return self._continues_item(block, previous, line, n)
        if not line.gap:
            return not _ends_paragraph(block, previous, line)
        if block.kind is BlockKind.FOOTNOTE:
            return False
        return _joins(previous, line)

    def _continues_item(self, block: Block, previous: Line, line: Line, n: int) -> bool:
        if not line.gap and (line.lower or previous.fills(line) or line.indent > 2):
            return True
        if line.gap and _joins(previous, line):
            return True
        if not line.gap and (previous.text[-1] in "?:," or _nearly_fills(previous)):
            return True
        return block.marker is not None and self._explains(block.marker, n)

    def _explains(self, marker: Marker, n: int) -> bool:
        """Whether the next item of the same enumeration follows after a few lines."""
        if marker.kind is MarkerKind.BULLET:
            return False
        for k in range(n, min(n + _AHEAD, len(self.lines))):
            if k in self.headings or k in self.tables:
                return False
            following = marker_of(self.lines[k].text)
            if following is not None and following.kind is not MarkerKind.BULLET:
                return following.follows(marker)
        return False


def _ends_paragraph(block: Block, previous: Line, line: Line) -> bool:
    """Whether a paragraph that has some length ends on a short line, without an empty one after."""
    if block.kind is not BlockKind.PARAGRAPH or previous.width is None or line.lower:
        return False
    return block.size > 400 and previous.closed and previous.reach < 0.8 * previous.width


def _joins(previous: Line, line: Line) -> bool:
    """Whether a line goes on with the one before the empty line between them."""
    if line.lower and not previous.closed:
        return True
    if line.firm or previous.width is None or not previous.fills(line):
        return False
    return line.spaced or not previous.closed


def _nearly_fills(line: Line) -> bool:
    """Whether an unfinished line of an indented list reaches far enough to go on below."""
    return not line.closed and line.width is not None and line.reach > 0.7 * line.width


def _sentences(text: str, block: Block) -> tuple[tuple[int, int], ...]:
    """The sentences of a block; what no reader would call a sentence is cut into pieces."""
    pieces: list[tuple[int, int]] = []
    for begin, end in sentence_spans(text, block.start, block.end):
        while end - begin > LONGEST_SENTENCE:
            cut = max(text.rfind(mark, begin, begin + LONGEST_SENTENCE) for mark in "\n ")
            cut = cut if cut > begin else begin + LONGEST_SENTENCE
            pieces += _trimmed(text, begin, cut)
            begin = cut
        pieces += _trimmed(text, begin, end)
    return tuple(pieces)


def _trimmed(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The span without whitespace around it; none where it holds nothing else."""
    piece = text[begin:end]
    begin, end = end - len(piece.lstrip()), begin + len(piece.rstrip())
    return [(begin, end)] if begin < end else []
