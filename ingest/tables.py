"""Tables that text extraction flattened into lines.

Three shapes are recognised: a line of header words with rows whose cells are enumerations, lines
whose cells are parted by tabs or bars, and lines that end in figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.rows import RowReader, Run


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of text that belongs to one row and one column.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        row: Name of the row, or "".
        column: Header of the column, or of all columns that it holds.
        items: Spans that each count as one sentence.
    """

    start: int
    end: int
    row: str
    column: str
    items: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the lines of a document.

    Attributes:
        first: Index of its first line, the header.
        last: Index after its last line.
        cells: Its cells in reading order; at least one.
    """

    first: int
    last: int
    cells: tuple[Cell, ...]


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
_LEAST_FIGURES = 3  # lines with figures that make a table, at least
_LONGEST_HEADER = 150
_LONGEST_NAME = 70


def find_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Find the tables among the lines.

    Args:
        lines: The lines of the document.

    Returns:
        The tables in order; they do not overlap.
    """
    tables = []
    n = 0
    while n < len(lines):
        table = _parted(lines, n) or _enumerated(lines, n) or _figures(lines, n)
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


def _parted(lines: Sequence[Line], n: int) -> Table | None:
    """A table whose cells are parted by tabs or bars; each line is a row."""
    last = n
    while last < len(lines) and len(_BARS.findall(lines[last].text.strip("|"))) >= 2:
        last += 1
    rows = [line for line in lines[n:last] if any(map(str.isalnum, line.text))]
    if len(rows) < 2:
        return None
    # A line that groups the columns may stand above the line that names them.
    names = max((_CELL.findall(line.text) for line in rows[:2]), key=len)
    return Table(n, last, tuple(_row(line, names) for line in rows))


def _row(line: Line, names: Sequence[str]) -> Cell:
    """A line as one cell that holds all columns."""
    spans = tuple((line.start + m.start(), line.start + m.end()) for m in _CELL.finditer(line.text))
    first = _CELL.findall(line.text)[0]
    row = "" if first == names[0] or len(first) > _LONGEST_NAME else first
    return Cell(line.start, line.end, row, ", ".join(names), spans)


def _figures(lines: Sequence[Line], n: int) -> Table | None:
    """Lines that end in two figures or more; as one cell, since a figure says little alone."""
    last = n
    while last < len(lines) and len(lines[last].text) < _LONGEST_HEADER:
        if not _FIGURES.fullmatch(lines[last].text):
            break
        last += 1
    if last - n < _LEAST_FIGURES:
        return None
    years = sum(_YEAR.fullmatch(word) is not None for word in lines[n].text.split())
    header = lines[n].text if years > 1 else ""
    items = tuple((line.start, line.end) for line in lines[n:last])
    return Table(n, last, (Cell(items[0][0], items[-1][1], "", header, items),))


def _enumerated(lines: Sequence[Line], n: int) -> Table | None:
    """A header line followed by rows whose cells are enumerations."""
    columns = columns_of(lines[n].text)
    if not columns:
        return None
    reader = RowReader(lines, n, len(columns))
    last = reader.read()
    cells = tuple(_cell(run, columns) for run in reader.runs)
    return Table(n, last, cells) if cells and last > n + 2 else None


def _cell(run: Run, columns: tuple[str, ...]) -> Cell:
    items = tuple((first, last) for first, last in run.items)
    end = max(run.end, items[-1][1])
    return Cell(items[0][0], end, run.row, run.label or _column(run.column, columns), items)


def _column(column: int, columns: tuple[str, ...]) -> str:
    """The name of a column; where one enumeration is judged in several columns, all of them."""
    listed = [name for name in columns[1:] if not _YEAR.search(name)]
    if len(listed) == 1:
        return ", ".join(columns[1:])
    return listed[column] if column < len(listed) else ", ".join(columns[1:])
