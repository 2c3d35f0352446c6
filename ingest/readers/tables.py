"""The rows of a table, with the header of each cell and the name of each row.

Many tables do not state which of their rows is the header, and many are no tables at all but a
way to put paragraphs beside each other; both are told from what the cells hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import MarkKind
from ingest.letters import is_label
from ingest.readers.blocks import Block, Table, TableCell, paragraph
from ingest.tables import is_column_name

LONGEST_NAME = 70
"""A longer first cell is no name for its row; characters."""
_LONGEST_HEADER = 60
_MOST_HEADERS = 4
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?: [\d:]+)?|\d\d?[-/.]\d\d?[-/.]\d{2,4}")
_LEAST_LABELS = 2  # first cells such as "Datum" and "Ons kenmerk": the head of a letter
_LONG_CELLS = 250  # cells that hold more than this, on average, are running text
_YEAR = re.compile(r"(?:(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?)")
_NUMBER = re.compile(r"\W*[\d.,]+\W*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is written.

    Attributes:
        cells: Text and header of each cell that holds something; at least one.
        name: What the row is about, or "".
        header: Whether it names the columns.
    """

    cells: tuple[tuple[str, str], ...]
    name: str = ""
    header: bool = False


_Placed = list[tuple[int, TableCell]]


def paragraphs_of(table: Table) -> Iterator[Block]:
    """What a table that only lays out holds; each row of a letter's head as one paragraph."""
    firsts = [cell.text for row in table.rows for cell in row[:1]]
    if sum(map(is_label, firsts)) < _LEAST_LABELS:
        yield from table.blocks()
        return
    for row in table.rows:
        yield paragraph(" ".join(cell.text for cell in row if cell.text))


def rows_of(table: Table) -> list[Row] | None:
    """Read a table.

    Args:
        table: What the format gives.

    Returns:
        Its rows that hold something, the header first; None for what only lays out paragraphs.
    """
    placed = _filled_rows(table)
    if not any(sum(bool(cell.text) for _, cell in row) > 1 for row in placed):
        return None
    headers = min(table.headers, len(placed)) or _guess_headers(placed)
    if not headers and _is_layout(placed):
        return None
    names = _column_names(placed[:headers])
    rows = [Row(_cells(row, {}), header=True) for row in placed[:headers]]
    return [*rows, *_body(placed[headers:], names)]


def guess_headers(table: Table) -> int:
    """Number of rows at the top of a table that read as its header."""
    return _guess_headers(_filled_rows(table))


def _filled_rows(table: Table) -> list[_Placed]:
    return [row for row in map(_placed, table.rows) if any(cell.text for _, cell in row)]


def _placed(row: Sequence[TableCell]) -> _Placed:
    """The cells with the index of their first column."""
    placed, at = [], 0
    for cell in row:
        placed.append((at, cell))
        at += cell.width
    return placed


def _cells(row: _Placed, names: dict[int, str]) -> tuple[tuple[str, str], ...]:
    found = []
    for at, cell in row:
        if cell.text:
            covered = (names.get(column, "") for column in range(at, at + cell.width))
            found.append((cell.text, ", ".join(dict.fromkeys(filter(None, covered)))))
    return tuple(found)


def _column_names(headers: Sequence[_Placed]) -> dict[int, str]:
    """Column to name; of a header in two rows the upper one first."""
    parts: dict[int, list[str]] = {}
    for row in headers:
        for at, cell in row:
            text = " ".join(cell.text.split())
            for column in range(at, at + cell.width):
                if text and text not in parts.setdefault(column, []):
                    parts[column].append(text)
    return {column: " ".join(texts) for column, texts in parts.items()}


def _body(rows: Sequence[_Placed], names: dict[int, str]) -> Iterator[Row]:
    above: dict[int, str] = {}
    group = ""
    for row in rows:
        filled = [cell for _, cell in row if cell.text]
        for at, cell in row:
            if not cell.below:
                above[at] = cell.text
        name = _name_of_row(above, len(filled))
        if len(filled) == 1 and len(row) > 2 - (filled[0].width > 1) and row[0][1] is filled[0]:
            # A row of one cell stands above a group of rows.
            group, name = name, ""
        elif group and name:
            name = f"{group} / {name}"
        if filled:
            yield Row(_cells(row, names), name)


def _name_of_row(above: dict[int, str], filled: int) -> str:
    """The text in the first column, a bare number with the text in the second."""
    texts = [" ".join(above[at].split()) for at in sorted(above)]
    first = next(iter(texts), "")
    if _NUMBER.fullmatch(first) and not _YEAR.fullmatch(first):
        first = f"{first} {texts[1]}" if len(texts) > 1 and filled > 1 else ""
    return first if len(first) <= LONGEST_NAME else ""


def _guess_headers(rows: Sequence[_Placed]) -> int:
    """Number of rows at the top that read as a header."""
    if len(rows) < 2:
        return 0
    if above := _above_figures(rows):
        return above
    if not _reads_as_header(rows):
        return 0
    grouped = any(cell.width > 1 and cell.text for _, cell in rows[0])
    carried = any(cell.below for _, cell in rows[1])
    return 2 if len(rows) > 2 and (grouped or carried) and _is_short(rows[1]) else 1


def _above_figures(rows: Sequence[_Placed]) -> int:
    """Number of rows above the first row of figures, where these name the columns."""
    for n, row in enumerate(rows[: _MOST_HEADERS + 1]):
        figures = sum(_is_figure(cell.text) for _, cell in row)
        if figures > 1 and 2 * figures >= sum(bool(cell.text) for _, cell in row):
            head = rows[:n]
            named = any(sum(bool(cell.text) for _, cell in above) > 1 for above in head)
            return n if named and all(map(_is_short, head)) else 0
    return 0


def _is_figure(text: str) -> bool:
    """Whether a cell holds an amount or a share, and no year."""
    bare = text.replace("€", "").replace("%", "").strip()
    return bool(_NUMBER.fullmatch(bare)) and not _YEAR.fullmatch(bare)


def _reads_as_header(rows: Sequence[_Placed]) -> bool:
    first = [cell for _, cell in rows[0] if cell.text]
    if len(first) < 2 or not _is_short(rows[0]):
        return False
    texts = [cell.text for cell in first]
    if len(set(texts)) < len(texts):
        return False
    second = [cell for _, cell in rows[1] if cell.text]
    if all(cell.strong for cell in first) and not all(cell.strong for cell in second):
        return True
    if all(is_column_name(text) or _YEAR.fullmatch(text) for text in texts):
        return True
    return len(rows[0]) > 2 and _stands_out(rows)


def _is_short(row: _Placed) -> bool:
    """Whether cells are short and hold no figures but years."""
    for _, cell in row:
        text = cell.text
        figure = any(map(str.isdigit, _YEAR.sub("", text))) and not re.search(r"[A-Za-z]{3}", text)
        if len(text) > _LONGEST_HEADER or text.endswith((".", ";", ",")) or figure:
            return False
    return True


def _stands_out(rows: Sequence[_Placed]) -> bool:
    """Whether a column holds figures or long text below the first row."""
    for at, cell in rows[0]:
        below = [c.text for row in rows[1:] for where, c in row if where == at and c.text]
        figures = sum(_is_figure(text) or bool(_DATE.fullmatch(text)) for text in below)
        long = sum(len(text) > _LONGEST_HEADER for text in below)
        if cell.text and below and 2 * max(figures, long) > len(below):
            return True
    return False


def _is_layout(rows: Sequence[_Placed]) -> bool:
    """Whether a table without a header holds running text rather than facts."""
    cells = [cell for row in rows for _, cell in row if cell.text]
    headed = any(block.kind is MarkKind.HEADING for cell in cells for block in cell.blocks)
    length = sum(len(cell.text) for cell in cells) / len(cells)
    labels = sum(is_label(cell.text) for row in rows for _, cell in row[:1])
    return len(rows) == 1 or headed or length > _LONG_CELLS or labels >= _LEAST_LABELS
