"""Tables: those that the format states, and those that text extraction flattened into lines.

Of the latter three shapes are recognised: a line of header words with rows whose cells are
enumerations, lines whose cells are parted by tabs or bars, and lines that end in figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest import stated
from ingest.documents import Cell, Mark
from ingest.drafts import LONG_ITEM, LONGEST
from ingest.lines import Line
from ingest.rows import RowReader, Run
from ingest.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text that belongs to one row, and to one column or several.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        row: Name of the row, or "".
        column: Header of the column, or of all columns that it holds.
        items: Spans that each count as one sentence.
        cells: Its cells, where the format states them.
    """

    start: int
    end: int
    row: str
    column: str
    items: tuple[tuple[int, int], ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the lines of a document.

    Attributes:
        first: Index of its first line, the header.
        last: Index after its last line.
        parts: Its parts in reading order; at least one.
    """

    first: int
    last: int
    parts: tuple[Part, ...]


_HEADER_WORDS = frozenset(
    """
    aanpak actie acties activiteit activiteiten ambitie antwoord aspect aspecten baten bedrag
    begroot begroting beheersmaatregel beoogd besluit bijdrage bron budget dekking doel doelen
    doelgroep doelstelling doelstellingen eenheid effect effecten functie hoe indicator
    indicatoren inzet jaar knelpunt knelpunten kosten kpi kpi's kpi’s lasten maatregel
    maatregelen meting metingen monitor norm normen nr nr. nulmeting omschrijving onderwerp
    oordeel opgave opgaven partner partners pijler planning portefeuillehouder prestatie
    prestaties programma realisatie rekening resultaat resultaten risico rol saldo score
    speerpunt speerpunten status streefwaarde subdoel subdoelen taak taken termijn thema
    thema's thema’s toelichting trekker uitvoering voorziening vraag wanneer wat wet wie
    """.split()
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d{2,4})?")
_BARS = re.compile(r"\s*\|\s*|\t+")
_CELL = re.compile(r"[^|\t\s](?:[^|\t]*[^|\t\s])?")
_FIGURES = re.compile(r"(?:\S.*?)??(?:(?:^|\s)[-–+]?[(€$]?\s?[-–]?\d[\d.,]*%?\)?){2,}")
_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_WHOLE_ROW = 400  # a longer row is no longer read as one sentence; characters
_LEAST_FIGURES = 3  # lines with figures that make a table, at least
_LONGEST_HEADER = 150
_LONGEST_NAME = 70


def find_tables(text: str, lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find the tables among the lines.

    Args:
        text: The text of the document.
        lines: Its lines.

    Returns:
        The tables in order; they do not overlap.
    """
    tables = []
    n = 0
    while n < len(lines):
        if lines[n].mark is None:
            table = _parted(lines, n) or _enumerated(lines, n) or _figures(lines, n)
        else:
            table = _stated(text, lines, n)
        if table is None:
            n += 1
        else:
            tables.append(table)
            n = table.last
    return tuple(tables)


def columns_of(text: str) -> tuple[str, ...]:
    """Read the names of the columns from a header line.

    Args:
        text: A line, such as "Thema Doelstelling Oordeel 2017" or "Thema | Doel | Meting".

    Returns:
        Two names or more; empty where the line is no header.
    """
    if len(text) > _LONGEST_HEADER:
        return ()
    names: list[str] = []
    if "|" in text:
        names = [cell for cell in _BARS.split(text) if cell]
        known = any(name.split()[0].lower() in _HEADER_WORDS for name in names)
        return tuple(names) if known and len(names) > 1 else ()
    for word in text.split():
        if word.lower() in _HEADER_WORDS and word[0].isupper():
            names.append(word)
        elif names and _YEAR.fullmatch(word):
            names[-1] += f" {word}"
        else:
            return ()
    return tuple(names) if len(names) > 1 else ()


def is_column_name(text: str) -> bool:
    """Whether the first word of a cell is one that names columns: "Doel", "Begroting 2025"."""
    words = text.split()
    return bool(words) and words[0].lower() in _HEADER_WORDS


def _stated(text: str, lines: Sequence[Line], n: int) -> Table | None:
    """Rows that the format states, up to the next header."""
    rows, last = stated.rows_of_table(lines, n)
    if not rows:
        return None
    parts = [part for row in rows if not row.header for part in _parts_of_row(text, row)]
    # The header stands in the passage of the first row, and is no sentence of it.
    parts = parts or [Part(rows[0].start, rows[-1].end, "", "", ())]
    parts[0] = replace(parts[0], start=rows[0].start)
    return Table(n, last, tuple(parts))


def _parts_of_row(text: str, row: Mark) -> Iterator[Part]:
    """A row as one part, or several where its cells are long; a short row is one sentence."""
    items = {cell: _items_of_cell(text, cell) for cell in row.cells}
    if row.end - row.start <= _WHOLE_ROW and all(len(found) == 1 for found in items.values()):
        yield _part_of_row(row, row.cells, [(row.start, row.end)])
        return
    group: list[Cell] = []
    for cell in row.cells:
        if group and cell.end - group[0].start > LONGEST:
            yield _part_of_row(row, group, [span for c in group for span in items[c]])
            group = []
        group.append(cell)
    yield _part_of_row(row, group, [span for c in group for span in items[c]])


def _part_of_row(row: Mark, cells: Sequence[Cell], items: Sequence[tuple[int, int]]) -> Part:
    columns = dict.fromkeys(cell.column for cell in cells if cell.column)
    span = cells[0].start, cells[-1].end
    return Part(*span, row.row, ", ".join(columns), tuple(items), tuple(cells))


def _items_of_cell(text: str, cell: Cell) -> list[tuple[int, int]]:
    """Each line of a cell is what its author wrote as one; a long one counts by its sentences."""
    items: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, cell.start, cell.end):
        short = match.end() - match.start() <= LONG_ITEM
        items += [match.span()] if short else sentence_spans(text, *match.span())
    return items


def _parted(lines: Sequence[Line], n: int) -> Table | None:
    """A table whose cells are parted by tabs or bars; each line is a row."""
    last = n
    while last < len(lines) and _has_bars(lines[last]):
        last += 1
    rows = [line for line in lines[n:last] if any(map(str.isalnum, line.text))]
    if len(rows) < 2:
        return None
    # A line that groups the columns may stand above the line that names them.
    names = max((_CELL.findall(line.text) for line in rows[:2]), key=len)
    return Table(n, last, tuple(_row(line, names) for line in rows))


def _has_bars(line: Line) -> bool:
    return line.mark is None and len(_BARS.findall(line.text.strip("|"))) >= 2


def _row(line: Line, names: Sequence[str]) -> Part:
    """A line as one part that holds all columns."""
    spans = tuple((line.start + m.start(), line.start + m.end()) for m in _CELL.finditer(line.text))
    first = _CELL.findall(line.text)[0]
    row = "" if first == names[0] or len(first) > _LONGEST_NAME else first
    return Part(line.start, line.end, row, ", ".join(names), spans)


def _figures(lines: Sequence[Line], n: int) -> Table | None:
    """Lines that end in two figures or more; as one part, since a figure says little alone."""
    last = n
    while last < len(lines) and len(lines[last].text) < _LONGEST_HEADER:
        if lines[last].mark is not None or not _FIGURES.fullmatch(lines[last].text):
            break
        last += 1
    if last - n < _LEAST_FIGURES:
        return None
    years = sum(_YEAR.fullmatch(word) is not None for word in lines[n].text.split())
    header = lines[n].text if years > 1 else ""
    items = tuple((line.start, line.end) for line in lines[n:last])
    return Table(n, last, (Part(items[0][0], items[-1][1], "", header, items),))


def _enumerated(lines: Sequence[Line], n: int) -> Table | None:
    """A header line followed by rows whose cells are enumerations."""
    columns = columns_of(lines[n].text)
    if not columns:
        return None
    reader = RowReader(lines, n, len(columns))
    last = reader.read()
    parts = tuple(_part(run, columns) for run in reader.runs)
    return Table(n, last, parts) if parts and last > n + 2 else None


def _part(run: Run, columns: tuple[str, ...]) -> Part:
    items = tuple((first, last) for first, last in run.items)
    end = max(run.end, items[-1][1])
    return Part(items[0][0], end, run.row, run.label or _column(run.column, columns), items)


def _column(column: int, columns: tuple[str, ...]) -> str:
    """The name of a column; where one enumeration is judged in several columns, all of them."""
    listed = [name for name in columns[1:] if not _YEAR.search(name)]
    if len(listed) == 1:
        return ", ".join(columns[1:])
    return listed[column] if column < len(listed) else ", ".join(columns[1:])
