"""Tables whose borders are drawn on the page: rows with the header of each cell.

The lines that touch each other make a grid. Between two lines from top to bottom lies a column,
between two lines from left to right a row; where a piece of such a line is missing, cells are
merged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.documents import Cell, Mark, MarkKind
from ingest.lists import marker_of
from ingest.readers.blocks import Table, TableCell, paragraph
from ingest.readers.hyphens import Joiner
from ingest.readers.pdf_geometry import Box, Rules
from ingest.readers.pdf_lines import Line
from ingest.readers.tables import Row, paragraphs_of, rows_of

_NEAR = 3.0  # points by which lines that touch may miss each other
_COVERED = 0.5  # share of a border that must be drawn
_MOST_LINES = 3000  # a drawing with more is no table
_MOST_CELLS = 5000
_PARAGRAPH_GAP = 0.45  # times the height of a line: white space that parts paragraphs in a cell
_SHORT = 0.75  # share of the width of a cell under which a line did not need to end there


@dataclass(frozen=True, slots=True)
class Grid:
    """The borders of one table.

    Attributes:
        columns: Where columns begin and end, from the left; at least three.
        rows: Where rows begin and end, from the top; at least three.
        spans: For each row the first and last column border of each of its cells.
        open: Row and first column border of cells that go on with the cell above them.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    open: frozenset[tuple[int, int]]

    def holds(self, box: Box) -> bool:
        """Whether the middle of a place lies in the table."""
        x, y = box.middle
        return self.columns[0] < x < self.columns[-1] and self.rows[0] < y < self.rows[-1]

    def cell_at(self, box: Box) -> tuple[int, int] | None:
        """Row and first column border of the cell that holds a place; None outside the table."""
        if not self.holds(box):
            return None
        x, y = box.middle
        row = bisect_right(self.rows, y) - 1
        column = bisect_right(self.columns, x) - 1
        first = next(first for first, last in self.spans[row] if first <= column < last)
        while (row, first) in self.open and any(f == first for f, _ in self.spans[row - 1]):
            row -= 1  # what a merged cell holds belongs to its first row, wherever it stands
        return row, first


def find_grids(rules: Rules) -> list[Grid]:
    """The grids that the lines on a page make, from the top."""
    if len(rules.vertical) + len(rules.horizontal) > _MOST_LINES:
        return []
    grids = []
    for vertical, horizontal in _touching(_merged(rules.vertical), _merged(rules.horizontal)):
        columns = _places(
            [box.middle[0] for box in vertical],
            [edge for box in horizontal for edge in (box.left, box.right)],
        )
        rows = _places(
            [box.middle[1] for box in horizontal],
            [edge for box in vertical for edge in (box.top, box.bottom)],
        )
        if len(columns) > 2 and len(rows) > 2 and len(columns) * len(rows) <= _MOST_CELLS:
            grids.append(_grid(columns, rows, vertical, horizontal))
    return sorted(grids, key=lambda grid: grid.rows[0])


def _grid(
    columns: tuple[float, ...],
    rows: tuple[float, ...],
    vertical: Sequence[Box],
    horizontal: Sequence[Box],
) -> Grid:
    upright = [
        [(box.top, box.bottom) for box in vertical if abs(box.middle[0] - place) <= _NEAR]
        for place in columns
    ]
    level = [
        [(box.left, box.right) for box in horizontal if abs(box.middle[1] - place) <= _NEAR]
        for place in rows
    ]
    spans, open_cells = [], set()
    for row, (top, bottom) in enumerate(pairwise(rows)):
        inner = [n for n in range(1, len(columns) - 1) if _is_drawn(upright[n], top, bottom)]
        spans.append(tuple(pairwise([0, *inner, len(columns) - 1])))
        open_cells |= {
            (row, first)
            for first, last in spans[-1]
            if row and not _is_drawn(level[row], columns[first], columns[last])
        }
    return Grid(columns, rows, tuple(spans), frozenset(open_cells))


def _is_drawn(drawn: Iterable[tuple[float, float]], start: float, end: float) -> bool:
    """Whether most of a border is there."""
    covered = sum(max(0.0, min(end, last) - max(start, first)) for first, last in drawn)
    return covered >= _COVERED * (end - start)


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """Pieces of one line become one: programs draw a border for each cell apart."""
    merged: list[Box] = []
    upright = bool(boxes) and boxes[0].height > boxes[0].width
    for box in sorted(boxes, key=lambda b: (round(b.middle[not upright]), b.top, b.left)):
        last = merged[-1] if merged else None
        if last is not None and _lie_in_line(last, box, upright):
            merged[-1] = last.joined(box)
        else:
            merged.append(box)
    return merged


def _lie_in_line(last: Box, box: Box, upright: bool) -> bool:
    apart = abs(last.middle[not upright] - box.middle[not upright])
    gap = box.top - last.bottom if upright else box.left - last.right
    return apart <= 1.5 and gap <= _NEAR


def _touching(
    vertical: Sequence[Box], horizontal: Sequence[Box]
) -> Iterator[tuple[list[Box], list[Box]]]:
    """Groups of lines that touch each other."""
    parents = list(range(len(vertical) + len(horizontal)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    for v, upright in enumerate(vertical):
        for h, level in enumerate(horizontal, start=len(vertical)):
            x, y = upright.middle[0], level.middle[1]
            across = level.left - _NEAR <= x <= level.right + _NEAR
            if across and upright.top - _NEAR <= y <= upright.bottom + _NEAR:
                parents[root(v)] = root(h)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for n in range(len(parents)):
        group = groups.setdefault(root(n), ([], []))
        if n < len(vertical):
            group[0].append(vertical[n])
        else:
            group[1].append(horizontal[n - len(vertical)])
    yield from (group for group in groups.values() if group[0] and group[1])


def _places(inner: Iterable[float], outer: Sequence[float]) -> tuple[float, ...]:
    """Where borders lie, those near each other as one; the outer edges too if not drawn."""
    found: list[float] = []
    for place in sorted(inner):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    if found and found[0] - min(outer) > 2 * _NEAR:
        found.insert(0, min(outer))
    if found and max(outer) - found[-1] > 2 * _NEAR:
        found.append(max(outer))
    return tuple(found)


@dataclass(slots=True)
class Carried:
    """What a table on one page leaves for its rest on the next.

    Attributes:
        columns: Where its columns begin and end; empty where no table can go on.
        header: Its header rows.
        row: Name of its last row.
    """

    columns: tuple[float, ...] = ()
    header: list[list[TableCell]] = field(default_factory=list)
    row: str = ""


def with_tables(
    lines: Sequence[Line], grids: Sequence[Grid], joiner: Joiner, carried: Carried
) -> list[Line]:
    """Replace the lines inside grids by the rows of their tables.

    Args:
        lines: The lines of a page.
        grids: Its grids, from the top.
        joiner: Joins broken words.
        carried: What the page before left; holds afterwards what this page leaves.

    Returns:
        The lines; a row of a table is one line with a mark. What a grid holds besides tables is
        kept as paragraphs.
    """
    left = list(lines)
    for n, grid in enumerate(grids):
        inside = {k for k, line in enumerate(left) if line.box and is_inside(grid, line)}
        if not inside:
            continue
        pieces = [piece for k in sorted(inside) for piece in _pieces(grid, left[k])]
        first = min(inside)
        before = any(line.text.strip() for line in left[:first])
        goes_on = n == 0 and not before and _same_columns(grid, carried.columns)
        table = _table(grid, pieces, joiner)
        # Many programs repeat the header on each page by themselves.
        goes_on = goes_on and _texts(table.rows[:1]) != _texts(carried.header[:1])
        made = _written(table, carried.header if goes_on else [])
        if goes_on and made and made[0].mark and table.rows and not table.rows[0][0].text:
            # The page ended in the middle of a row.
            made[0] = replace(made[0], mark=replace(made[0].mark, row=carried.row))
        last = n == len(grids) - 1
        carried.columns = grid.columns if last else ()
        carried.row = made[-1].mark.row if made and made[-1].mark else ""
        if not goes_on:
            carried.header = table.rows[: table.headers]
        outside = [line for k in sorted(inside) for line in _outside(grid, left[k])]
        left = [
            *left[:first],
            *made,
            *outside,
            *(line for k, line in enumerate(left[first:], start=first) if k not in inside),
        ]
    if not grids:
        carried.columns, carried.header = (), []
    return left


def _texts(rows: Sequence[Sequence[TableCell]]) -> list[str]:
    return [cell.text for row in rows for cell in row]


def _same_columns(grid: Grid, columns: Sequence[float]) -> bool:
    return len(grid.columns) == len(columns) and all(
        abs(one - other) <= 2 * _NEAR for one, other in zip(grid.columns, columns, strict=True)
    )


def is_inside(grid: Grid, line: Line) -> bool:
    """Whether any of a line stands in a table."""
    return line.mark is None and any(box is not None and grid.holds(box) for box in line.places)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a line that stands in one cell."""

    row: int
    column: int
    line: Line


def _pieces(grid: Grid, line: Line) -> Iterator[_Piece]:
    """The parts of a line by the cells that they stand in."""
    run: tuple[int, int] | None = None
    start = end = 0
    for n, box in enumerate(line.places):
        if box is None:
            continue
        cell = grid.cell_at(box)
        if cell != run:
            if run is not None:
                yield _Piece(*run, line.part(start, end))
            run, start = cell, n
        end = n + 1
    if run is not None:
        yield _Piece(*run, line.part(start, end))


def _outside(grid: Grid, line: Line) -> Iterator[Line]:
    """The parts of a line that stand beside the table."""
    start: int | None = None
    for n, box in enumerate([*line.places, None]):
        out = n < len(line.places) and (box is None or not grid.holds(box))
        if out and start is None:
            start = n
        elif not out and start is not None:
            piece = line.part(start, n)
            if piece.text and piece.box is not None:
                yield piece
            start = None


def _table(grid: Grid, pieces: Sequence[_Piece], joiner: Joiner) -> Table:
    held: dict[tuple[int, int], list[Line]] = {}
    for piece in pieces:
        held.setdefault((piece.row, piece.column), []).append(piece.line)
    table = Table()
    for row, spans in enumerate(grid.spans):
        cells = []
        for first, last in spans:
            lines = held.get((row, first), [])
            blocks = tuple(map(paragraph, _paragraphs(lines, joiner)))
            below = not blocks and (row, first) in grid.open
            cells.append(TableCell(blocks, last - first, below))
        table.rows.append(cells)
    return table


def _paragraphs(lines: Sequence[Line], joiner: Joiner) -> list[str]:
    """What the lines of a cell say, one string a paragraph or item."""
    widest = max((line.box.width for line in lines if line.box), default=0.0)
    texts = joiner.join([line.text for line in lines])
    found: list[str] = []
    for n, text in enumerate(texts):
        if n and text and not _begins(lines[n - 1], lines[n], widest):
            found[-1] = f"{found[-1]} {text}".strip()
        elif text or not n:
            found.append(text)
    return [text for text in found if text]


def _begins(before: Line, line: Line, widest: float) -> bool:
    """Whether a line of a cell begins a paragraph or an item."""
    if marker_of(line.text) is not None:
        return True
    if before.box is None or line.box is None:
        return False
    gap = line.box.top - before.box.bottom
    if gap > _PARAGRAPH_GAP * line.box.height:
        return True
    short = before.box.width < _SHORT * widest
    return short and before.text.endswith((".", ";", ":", "?", "!")) and not line.text[0].islower()


def _written(table: Table, header: list[list[TableCell]]) -> list[Line]:
    """The rows of a table as lines; what is no table as its paragraphs."""
    whole = replace(table, rows=[*header, *table.rows], headers=len(header))
    rows = rows_of(whole)
    table.headers = 0
    if rows is None:
        return [Line(block.text) for block in paragraphs_of(table)]
    if not header:
        table.headers = sum(row.header for row in rows)
    repeated = len(header)
    return [_row_line(row) for row in rows[repeated:]]


def _row_line(row: Row) -> Line:
    cells: list[Cell] = []
    at = 0
    for text, column in row.cells:
        cells.append(Cell(at, at + len(text), column))
        at += len(text) + 1
    text = "\t".join(text for text, _ in row.cells)
    mark = Mark(MarkKind.ROW, 0, len(text), header=row.header, row=row.name, cells=tuple(cells))
    return Line(text, mark=mark)
