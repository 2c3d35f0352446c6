"""Excel (.xlsx, .xlsm): each row a table row with its headers, each sheet under its own heading.

Values are those that Excel last computed and showed. Hidden sheets, rows and columns are left
out. Macros are never looked at.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from ingest.documents import MarkKind, Reading
from ingest.readers.blocks import Block, Table, TableCell, stated_title
from ingest.readers.job import Job
from ingest.readers.packed import Packed
from ingest.readers.sheets import cell, tables_of
from ingest.readers.shown import as_shown
from ingest.readers.writing import marked_text

_MACROS = "xl/vbaProject.bin"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)\"")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d+)\"")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*\bhidden=\"(?:1|true)\")([^>]*)>")
_LIMITS = re.compile(rb"\b(min|max)=\"(\d+)\"")
_FORMULA = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_DEFAULT_NAME = re.compile(r"(?:blad|sheet|tabelle) ?\d+", re.IGNORECASE)
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!)")
_MOST_COLUMNS = 500
_MOST_ROWS = 1_048_576  # that a sheet can have; a damaged file may name any number
_NOT_SOUND = "is beschadigd of geen Excel-bestand. Open het in Excel en sla het op als .xlsx."
# What openpyxl raises over a damaged file: it looks up, converts and parses whatever that says.
_DAMAGE = (
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,  # of XML: both its parsers say it so
    OSError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
)


def read(job: Job) -> Reading:
    """Read an Excel file.

    Args:
        job: The file.

    Returns:
        Its text without pages; remarks say what was left out.

    Raises:
        ReadingError: If it is damaged, encrypted, packed to blow up, or holds no values.
    """
    packed = Packed(job)
    for part in packed.parts():
        if part.filename.endswith((".xml", ".rels")):
            packed.refuse_bomb(part)
            packed.refuse_dtd(part)
    try:
        book = _Book(job, packed)
        text, marks = marked_text(book.blocks())
    except _DAMAGE as error:
        raise job.refuse(_NOT_SOUND) from error
    if not text:
        raise job.refuse("bevat geen ingevulde cellen. Kijk of het de goede versie is.")
    return Reading(text, title=book.title, marks=marks, notes=tuple(book.notes))


@dataclass(slots=True)
class _Layout:
    """What a sheet says of its rows and columns, counted from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    wide: dict[tuple[int, int], int] = field(default_factory=dict)  # cell to columns it takes
    covered: set[tuple[int, int]] = field(default_factory=set)  # by the cell at its left
    below: set[tuple[int, int]] = field(default_factory=set)  # by the cell above


class _Book:
    """The sheets of a workbook."""

    def __init__(self, job: Job, packed: Packed) -> None:
        self._packed = packed
        job.stream.seek(0)
        self._book = load_workbook(job.stream, read_only=True, data_only=True, keep_links=False)
        self._name = job.name
        self.title = stated_title(self._book.properties.title)
        self.notes: list[str] = []
        if packed.has(_MACROS):
            self.notes.append(
                f"{job.name} bevat macro's; die zijn niet gelezen en niet uitgevoerd."
            )

    def blocks(self) -> Iterator[Block | Table]:
        """Each sheet's name as a heading, then its tables."""
        shown = [s for s in self._book.worksheets if s.sheet_state == "visible"]
        hidden = [s.title for s in self._book.worksheets if s.sheet_state != "visible"]
        if hidden:
            names = ", ".join(f"'{name}'" for name in hidden)
            self.notes.append(f"{self._name} heeft verborgen werkbladen; niet gelezen: {names}.")
        empty = 0
        for sheet in cast(list[Any], shown):
            source = self._packed.read(sheet._worksheet_path)
            empty += len(_FORMULA.findall(source))
            blocks = list(tables_of(_rows(sheet, _layout(source))))
            if blocks and (len(shown) > 1 or not _DEFAULT_NAME.fullmatch(sheet.title)):
                yield Block(MarkKind.HEADING, sheet.title, 1)
            yield from blocks
        if empty:
            self.notes.append(
                f"In {self._name} staan cellen met een formule zonder uitkomst ({empty}); zij zijn "
                "leeg gelezen. Open het bestand in Excel, bewaar het, en neem het opnieuw op."
            )


def _layout(source: bytes) -> _Layout:
    layout = _Layout(hidden_rows={int(number) for number in _HIDDEN_ROW.findall(source)})
    for attributes in _HIDDEN_COLUMNS.findall(source):
        limits = {name: int(value) for name, value in _LIMITS.findall(attributes)}
        last = min(limits.get(b"max", 0), _MOST_COLUMNS)
        layout.hidden_columns.update(range(limits.get(b"min", 1), last + 1))
    for reference in _MERGED.findall(source):
        first, top, last, bottom = (n or 0 for n in range_boundaries(reference.decode("ascii")))
        last = min(last, _MOST_COLUMNS)
        layout.wide[top, first] = last - first + 1
        layout.covered.update((top, column) for column in range(first + 1, last + 1))
        for row in range(top + 1, min(bottom, top + 1000) + 1):
            layout.below.update((row, column) for column in range(first, last + 1))
    return layout


def _rows(sheet: Any, layout: _Layout) -> Iterator[list[TableCell]]:  # noqa: ANN401
    # A read-only sheet, which the types of openpyxl do not know. What the file says of its size
    # may be anything; the rows themselves tell.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1):
        if number not in layout.hidden_rows:
            yield _cells(number, row[:_MOST_COLUMNS], layout) if row else []


def _cells(number: int, row: Sequence[object], layout: _Layout) -> list[TableCell]:
    cells: list[TableCell] = []
    for column, found in enumerate(row, start=1):
        place = number, column
        if column in layout.hidden_columns or place in layout.covered:
            continue
        if place in layout.below:
            cells.append(TableCell(below=True))
            continue
        text = as_shown(getattr(found, "value", None), getattr(found, "number_format", ""))
        text = "" if _ERROR.fullmatch(text) else text
        strong = bool(text) and bool(getattr(getattr(found, "font", None), "b", False))
        cells.append(cell(text, strong=strong, width=layout.wide.get(place, 1)))
    while cells and not cells[-1].text and not cells[-1].below:
        cells.pop()
    return cells
