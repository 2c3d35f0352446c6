"""OpenDocument (.odt, .ods): text with the headings, lists, tables and notes that the file states.

Deleted text of tracked changes, comments, hidden text, the table of contents and running headers
and footers are left out. The format: ISO/IEC 26300, OpenDocument 1.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.documents import MarkKind, Reading
from ingest.readers.blocks import Block, Table, TableCell, note, stated_title
from ingest.readers.job import Job
from ingest.readers.opendocument_styles import OUTLINE, Numbering, Styles
from ingest.readers.packed import Packed
from ingest.readers.writing import marked_text

_CONTENT, _STYLES, _META, _MANIFEST = (
    "content.xml",
    "styles.xml",
    "meta.xml",
    "META-INF/manifest.xml",
)
_LEFT_OUT = frozenset(
    "tracked-changes annotation annotation-end forms sequence-decls variable-decls "
    "user-field-decls table-of-content illustration-index table-index object-index "
    "alphabetical-index user-index script hidden-text hidden-paragraph note title desc".split()
)
_DEEPEST = 60  # elements inside each other
_MOST_COLUMNS = 200
_MOST_REPEATED = 1000  # rows that a file repeats are written so often at most


def read(job: Job) -> Reading:
    """Read an OpenDocument text or spreadsheet.

    Args:
        job: The file.

    Returns:
        Its text without pages.

    Raises:
        ReadingError: If it is damaged, encrypted, packed to blow up, or holds no text.
    """
    packed = Packed(job)
    if packed.has(_MANIFEST) and b"encryption-data" in packed.read(_MANIFEST):
        raise job.refuse(
            "is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en probeer het opnieuw."
        )
    if not packed.has(_CONTENT):
        raise job.refuse("is geen OpenDocument-bestand, al heet het zo. Sla het op als .odt.")
    content = packed.xml(_CONTENT)
    styles = packed.xml(_STYLES) if packed.has(_STYLES) else content
    title = packed.xml(_META).findtext(".//title") if packed.has(_META) else ""
    text, marks = marked_text(_Body(content, styles).blocks())
    if not text:
        raise job.refuse("bevat geen tekst. Kijk of het de goede versie is.")
    return Reading(text, title=stated_title(title), marks=marks)


@dataclass(slots=True)
class _Paragraph:
    """The text of a paragraph as it is put together."""

    pieces: list[str] = field(default_factory=list)
    strong: bool = True
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str | None, *, strong: bool) -> None:
        if text:
            self.pieces.append(text)
            self.strong = self.strong and (strong or not text.strip())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a list a paragraph stands; level 0 for outside any."""

    style: str = ""
    level: int = 0


class _Body:
    """Goes through the document once, in reading order."""

    def __init__(self, content: Element, styles: Element) -> None:
        self._body = content.find("body")
        self._styles = Styles(styles, content)
        self._numbering = Numbering(styles, content)
        self._count = 0
        self._waiting: list[Block] = []
        self._endnotes: list[Block] = []

    def blocks(self) -> Iterator[Block | Table]:
        """All blocks; footnotes after the paragraph, list or table that refers to them."""
        for block in () if self._body is None else self._inside(self._body, _Place(), 0):
            running = isinstance(block, Block) and block.kind is not MarkKind.ITEM
            if self._waiting and running:
                yield from self._waiting
                self._waiting = []
            yield block
        yield from self._waiting
        yield from self._endnotes

    def _inside(self, element: Element, place: _Place, depth: int) -> Iterator[Block | Table]:
        if depth > _DEEPEST or element.get("display") == "none":
            return
        for child in element:
            match child.tag:
                case "p" | "h":
                    yield from self._paragraph(child, place, depth)
                case "list":
                    yield from self._list(child, place, depth)
                case "table":
                    if element.tag == "spreadsheet":
                        yield Block(MarkKind.HEADING, child.get("name", ""), 1)
                    yield self._table(child, depth)
                case tag if tag not in _LEFT_OUT:
                    yield from self._inside(child, place, depth + 1)

    def _list(self, element: Element, place: _Place, depth: int) -> Iterator[Block | Table]:
        style = element.get("style-name") or place.style
        goes_on = element.get("continue-numbering") == "true" or "continue-list" in element.attrib
        if not place.level and not goes_on:
            self._numbering.restart(style)
        for item in element:
            inner = _Place(style, place.level + 1)
            label = ""
            if item.tag == "list-item" and _begins_with_text(item):
                label = self._numbering.label(style, inner.level, item.get("start-value"))
            for block in self._inside(item, inner, depth + 1):
                if isinstance(block, Block) and label:
                    level = block.level or inner.level
                    text = f"{label} {block.text}"
                    kind = block.kind if block.kind is MarkKind.HEADING else MarkKind.ITEM
                    block, label = Block(kind, text, level, block.strong), ""
                yield block

    def _paragraph(self, element: Element, place: _Place, depth: int) -> Iterator[Block | Table]:
        style = element.get("style-name")
        found = _Paragraph()
        bold = self._styles.is_bold(style) or False
        if not self._styles.is_hidden(style):
            self._gather(element, found, bold, depth)
        text = "".join(found.pieces)
        if text.strip():
            yield self._block(element, text, place, found.strong)
        for box in found.boxes:
            yield from self._inside(box, _Place(), depth + 1)
        for element in found.notes:
            self._take_note(element, depth)

    def _block(self, element: Element, text: str, place: _Place, strong: bool) -> Block:
        style = element.get("style-name")
        if element.tag == "h":
            level = int(element.get("outline-level") or 1)
            numbered = not place.level and element.get("is-list-header") != "true"
            label = self._numbering.label(OUTLINE, level) if numbered else ""
            return Block(MarkKind.HEADING, f"{label} {text}", level)
        if self._styles.is_title(style):
            return Block(MarkKind.HEADING, text, 1)
        return Block(MarkKind.PARAGRAPH, text, strong=strong)

    def _gather(self, element: Element, found: _Paragraph, bold: bool, depth: int) -> None:
        """Gather the text of a paragraph, its parts in order."""
        if depth > _DEEPEST:
            return
        found.add(_spaces(element.text), strong=bold)
        for child in element:
            match child.tag:
                case "s":
                    found.add(" ", strong=bold)
                case "tab":
                    found.add(" ", strong=bold)
                case "line-break":
                    found.add("\n", strong=bold)
                case "note":
                    found.notes.append(child)
                case "text-box":
                    found.boxes.append(child)
                case tag if tag not in _LEFT_OUT:
                    style = child.get("style-name")
                    own = self._styles.is_bold(style)
                    if not self._styles.is_hidden(style):
                        self._gather(child, found, bold if own is None else own, depth + 1)
            found.add(_spaces(child.tail), strong=bold)

    def _take_note(self, element: Element, depth: int) -> None:
        inner = _Paragraph()
        body = element.find("note-body")
        for paragraph in () if body is None else body.iter("p"):
            self._gather(paragraph, inner, False, depth)
            inner.add(" ", strong=False)
        self._count += 1
        block = note(self._count, "".join(inner.pieces).strip())
        (self._endnotes if element.get("note-class") == "endnote" else self._waiting).append(block)

    def _table(self, element: Element, depth: int) -> Table:
        table = Table()
        spans: dict[int, int] = {}
        for row, header in _rows(element, False):
            cells = list(self._cells(row, spans, depth))
            if header and table.headers == len(table.rows):
                table.headers += 1
            repeated = _number(row.get("number-rows-repeated"), _MOST_REPEATED)
            table.rows += [cells] * (repeated if any(cell.text for cell in cells) else 1)
        return table

    def _cells(self, row: Element, spans: dict[int, int], depth: int) -> Iterator[TableCell]:
        column = 0
        for element in row:
            repeated = _number(element.get("number-columns-repeated"), _MOST_COLUMNS)
            if element.tag == "covered-table-cell":
                # Covered from above, or by the cell before it, which counts its width itself.
                for at in range(column, column + repeated):
                    if spans.get(at, 0) > 0:
                        spans[at] -= 1
                        yield TableCell(below=True)
                column += repeated
            elif element.tag == "table-cell":
                cell = TableCell(
                    tuple(self._flat(element, depth)),
                    _number(element.get("number-columns-spanned"), _MOST_COLUMNS),
                )
                rows = _number(element.get("number-rows-spanned"), _MOST_REPEATED)
                for _ in range(repeated if cell.text else 1):
                    if rows > 1:
                        spans[column] = rows - 1
                    column += 1
                    yield cell

    def _flat(self, element: Element, depth: int) -> Iterator[Block]:
        for block in self._inside(element, _Place(), depth + 1):
            if isinstance(block, Table):
                yield from block.blocks()
            else:
                yield block


def _begins_with_text(item: Element) -> bool:
    """Whether an item has words of its own, before a list inside it."""
    first = next(iter(item), None)
    return first is not None and first.tag in ("p", "h")


def _rows(element: Element, header: bool) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether the file states that they are its header."""
    for child in element:
        if child.tag == "table-row":
            if child.get("visibility") != "collapse":
                yield child, header
        elif child.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child, header or child.tag == "table-header-rows")


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isdigit() else 1


def _spaces(text: str | None) -> str:
    """White space in the XML is one space, whatever it is made of."""
    return " ".join(f"x{text}x".split())[1:-1] if text else ""
