"""Markdown: text with its headings, lists and tables, each line on the line where it was.

The marks of the layout itself (``##``, ``**``, the address of a link) are left out, as are HTML
tags and front matter. The format: CommonMark 0.31, with tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.documents import Cell, Mark, MarkKind, Reading
from ingest.readers.blocks import Table, TableCell, clean, note, paragraph, stated_title
from ingest.readers.job import Job
from ingest.readers.tables import rows_of
from ingest.readers.text import decoded
from ingest.readers.web import read_html
from ingest.readers.writing import marked_text

# Headings written without the space that the format asks for are common in converted texts.
_SLOPPY = re.compile(r"^(#{1,6})(?=[^\s#])", re.MULTILINE)
# Made a paragraph for the parser, which knows no notes; the length of the line does not matter.
_NOTE = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:", re.MULTILINE)
_NOTE_TEXT = re.compile(r"\[\^[^\]\s]+\]:\s*")
_REFERENCE = re.compile(r"\[\^[^\]\s]+\]")
_FRONT_MATTER = re.compile(r"---\n(?P<fields>(?:.*\n){0,60}?)---\n")
_DEEPEST = 100  # quotes and lists inside each other; what lies deeper is dropped
_TITLE = re.compile(r"^title:\s*[\"']?(?P<title>.*?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)


def read(job: Job) -> Reading:
    """Read a Markdown file.

    Args:
        job: The file, in any character set that `text` reads.

    Returns:
        Its text without pages; its lines are those of the file.

    Raises:
        ReadingError: If the file holds something else than text, or no text.
    """
    source, encoding = decoded(job)
    front = _FRONT_MATTER.match(source)
    title = _TITLE.search(front["fields"]) if front else None
    if front:
        source = "\n" * front.group().count("\n") + source[front.end() :]
    page = _Page(source.count("\n") + 1)
    for token in _parse(source):
        page.take(token)
    text, marks = page.result()
    if not text.strip():
        raise job.refuse("bevat geen tekst, alleen opmaak. Kijk of het de goede versie is.")
    return Reading(
        text, title=stated_title(title["title"] if title else ""), encoding=encoding, marks=marks
    )


def _parse(source: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    return parser.parse(_NOTE.sub(r"\[^\g<name>]:", _SLOPPY.sub(r"\1 ", source)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands on some lines: a mark whose offsets count from the start of its first line."""

    first: int
    last: int
    mark: Mark


@dataclass(slots=True)
class _Item:
    """An item of a list that is being read: its label, and its piece once it has one."""

    label: str
    piece: int | None = None


@dataclass(slots=True)
class _Rows:
    """A table that is being read."""

    table: Table = field(default_factory=Table)
    lines: list[int] = field(default_factory=list)


class _Page:
    """Puts the text of each token on its own lines."""

    def __init__(self, lines: int) -> None:
        self._lines = [""] * (lines + 1)
        self._pieces: list[_Piece] = []
        self._items: list[_Item] = []
        self._rows: _Rows | None = None
        self._heading = 0
        self._notes = 0

    def take(self, token: Token) -> None:
        """Take the next token."""
        match token.type:
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1]) if token.nesting == 1 else 0
            case "list_item_open":
                self._items.append(_Item(f"{token.info}{token.markup}"))
            case "list_item_close":
                self._items.pop()
            case "bullet_list_open" | "ordered_list_open" if self._items:
                self._items[-1].piece = None
            case "table_open":
                self._rows = _Rows()
            case "table_close":
                self._write_table()
            case _ if token.map:
                self._content(token, token.map[0])

    def _content(self, token: Token, first: int) -> None:
        match token.type:
            case "inline":
                self._inline(token, first)
            case "tr_open" if self._rows:
                self._rows.table.rows.append([])
                self._rows.lines.append(first)
            case "fence" | "code_block":
                # The line of the fence itself is no part of the text.
                lines = token.content.rstrip("\n")
                self._put(first + (token.type == "fence"), lines, MarkKind.PARAGRAPH)
            case "html_block":
                text, _ = marked_text(read_html(token.content)[1])
                self._put(first, " ".join(text.split()), MarkKind.PARAGRAPH)

    def _inline(self, token: Token, first: int) -> None:
        text, strong = _text_of(token.children or [])
        if self._rows is not None:
            self._rows.table.rows[-1].append(TableCell((paragraph(text, strong=strong),)))
        elif self._heading:
            self._put(first, text, MarkKind.HEADING, self._heading)
        elif noted := _NOTE_TEXT.match(text):
            self._notes += 1
            block = note(self._notes, text[noted.end() :])
            self._put(first, block.text, MarkKind.FOOTNOTE)
        elif self._items:
            self._item(first, text, strong)
        else:
            self._put(first, _REFERENCE.sub("", text), MarkKind.PARAGRAPH, strong=strong)

    def _item(self, first: int, text: str, strong: bool) -> None:
        """A paragraph of an item; one that is not its first belongs to it all the same."""
        item = self._items[-1]
        text = _REFERENCE.sub("", text)
        if item.piece is None:
            label, item.label = item.label, ""
            level = len(self._items)
            self._put(first, f"{label} {text}".strip(), MarkKind.ITEM, level, strong=strong)
            item.piece = len(self._pieces) - 1
            return
        last = first + self._write(first, text)
        self._pieces[item.piece] = replace(self._pieces[item.piece], last=last)

    def _write_table(self) -> None:
        rows, self._rows = self._rows, None
        if rows is None:
            return
        rows.table.headers = 1
        filled = [n for n, row in enumerate(rows.table.rows) if any(cell.text for cell in row)]
        for n, row in zip(filled, rows_of(rows.table) or (), strict=False):
            line, at = rows.lines[n], 0
            cells = []
            for text, column in row.cells:
                cells.append(Cell(at, at + len(text), column))
                at += len(text) + 1
            self._lines[line] = "\t".join(text for text, _ in row.cells)
            mark = Mark(
                MarkKind.ROW, 0, at - 1, header=row.header, row=row.name, cells=tuple(cells)
            )
            self._pieces.append(_Piece(line, line + 1, mark))

    def _put(
        self, first: int, text: str, kind: MarkKind, level: int = 0, *, strong: bool = False
    ) -> None:
        lines = self._write(first, text)
        if lines:
            mark = Mark(kind, 0, 0, level, strong)
            self._pieces.append(_Piece(first, first + lines, mark))

    def _write(self, first: int, text: str) -> int:
        """Write text from a line on; give the number of lines, 0 for nothing to write."""
        lines = clean(text).split("\n") if text.strip() else []
        self._lines[first : first + len(lines)] = lines
        return len(lines)

    def result(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and its marks."""
        starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        marks = []
        for piece in sorted(self._pieces, key=lambda piece: piece.first):
            start = starts[piece.first]
            end = starts[piece.last] - 1
            cells = tuple(
                Cell(start + cell.start, start + cell.end, cell.column) for cell in piece.mark.cells
            )
            marks.append(replace(piece.mark, start=start, end=end, cells=cells))
        return "\n".join(self._lines), tuple(marks)


def _text_of(children: Sequence[Token]) -> tuple[str, bool]:
    """The text of a paragraph, and whether all of it is set in bold; struck out text is no text."""
    pieces: list[str] = []
    bold = struck = 0
    plain = False
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "s_open" | "s_close":
                struck += child.nesting
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "text" | "code_inline" | "text_special" if not struck:
                pieces.append(child.content)
                plain = plain or (not bold and bool(child.content.strip()))
    text = "".join(pieces)
    return text, not plain and bool(text.strip())
