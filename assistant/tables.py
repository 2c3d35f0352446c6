"""The register as rows: the records that outside programs read, and CSV, Excel and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.citations import plain
from assistant.records import SEPARATOR
from assistant.register import Entry, Register

# A spreadsheet takes a cell that begins so for a formula; a document could smuggle one in.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

FIELDS = (
    "document kind quote text section page page_label line start end number theme programme "
    "municipality year topics theme_topics implied links"
).split()
"""Fields of a record, in the order of a CSV file."""
COLUMNS = {
    "kind": "soort",
    "text": "tekst",
    "number": "nummer",
    "theme": "thema",
    "programme": "programma",
    "municipality": "gemeente",
    "year": "jaar",
    "topics": "onderwerpen",
    "title": "document",
    "section": "hoofdstuk",
    "place": "plaats",
    "links": "samenhang",
}
"""Fields of a table for people, with their Dutch headings."""
WIDTHS = {"text": 70, "links": 50, "title": 40, "section": 40, "theme": 25, "topics": 25}


def statement_record(entry: Entry, register: Register) -> dict[str, Any]:
    """A statement as `register` writes it; its quote stands in the document as it is."""
    statement, page = entry.statement, entry.page
    return {
        "document": statement.document_id,
        "kind": str(statement.kind),
        "quote": entry.passage.as_printed(statement.start, statement.end),
        "text": entry.text,
        "section": SEPARATOR.join(entry.passage.section),
        "page": page.number if page else None,
        "page_label": page.label if page else "",
        "line": entry.line,
        "start": statement.start,
        "end": statement.end,
        "number": statement.number or None,
        "theme": statement.theme or None,
        "programme": statement.programme or None,
        "municipality": entry.home.document.municipality,
        "year": statement.year,
        "topics": list(statement.topics),
        "theme_topics": list(statement.theme_topics),
        "implied": statement.implied,
        "links": [
            {
                "kind": str(link.kind),
                "document": other.statement.document_id,
                "start": other.statement.start,
                "end": other.statement.end,
                "quote": other.passage.as_printed(other.statement.start, other.statement.end),
                "why": link.why,
                "sure": link.sure,
            }
            for link in register.links.get(entry.id, ())
            if (other := register.by_id.get(link.target))
        ],
    }


def table_row(entry: Entry, register: Register) -> dict[str, str]:
    """A statement as a row for people: every field a text, in the order of `COLUMNS`."""
    statement, document, page = entry.statement, entry.home.document, entry.page
    links = (
        f"{link.kind}: {other.text}"
        for link in register.links.get(entry.id, ())
        if (other := register.by_id.get(link.target))
    )
    return {
        "kind": str(statement.kind),
        "text": entry.text,
        "number": statement.number,
        "theme": " ".join(statement.theme.split()),
        "programme": statement.programme,
        "municipality": document.municipality,
        "year": str(statement.year or ""),
        "topics": ", ".join(statement.topics),
        "title": document.title,
        "section": SEPARATOR.join(" ".join(part.split()) for part in entry.passage.section),
        "place": f"pagina {page.number}" if page else f"regel {entry.line}",
        "links": "; ".join(links),
    }


def to_csv(entries: Iterable[Entry], register: Register) -> str:
    """The records as CSV with commas; lists are joined with semicolons."""
    file = io.StringIO()
    writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        record = statement_record(entry, register)
        writer.writerow({name: _flat(record[name]) for name in FIELDS})
    return file.getvalue()


def to_xlsx(entries: Sequence[Entry], register: Register) -> bytes:
    """A workbook for people: one sheet, headings fixed, a filter on each column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "Doelen en afspraken"
    sheet.append(list(COLUMNS.values()))
    for entry in entries:
        row = table_row(entry, register)
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", row[name]) for name in COLUMNS])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, name in enumerate(COLUMNS, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 14)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def to_markdown(entries: Iterable[Entry], register: Register) -> str:
    """A Markdown list for people, under the name of each document."""
    lines: list[str] = []
    document_id = ""
    for entry in entries:
        row = table_row(entry, register)
        if entry.statement.document_id != document_id:
            document_id = entry.statement.document_id
            lines += ["", f"## {plain(row['title'])} ({plain(row['municipality'])})", ""]
        where = ", ".join(part for part in (row["programme"], row["theme"], row["place"]) if part)
        lines.append(f"- **{row['kind']}**: {plain(row['text'])} ({plain(where)})")
    return "\n".join(lines).strip() + "\n"


def _flat(value: Any) -> str:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, list):
        parts = (v if isinstance(v, str) else f"{v['kind']}: {v['quote']}" for v in value)
        value = "; ".join(" ".join(part.split()) for part in parts)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
