"""Word (.docx, .docm): text with the headings, lists, tables and notes that the file states.

Inserted text of tracked changes counts and deleted text does not; comments, hidden text, the
table of contents and running headers and footers are left out. Macros are never looked at.
The format: ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.documents import MarkKind, Reading
from ingest.readers.blocks import Block, Table, TableCell, note, stated_title
from ingest.readers.job import Job
from ingest.readers.packed import Packed
from ingest.readers.word_styles import Numbering, Styles, is_on, outline_level, value_of
from ingest.readers.writing import marked_text

_MAIN = ("officeDocument",)
_MACROS = "vbaProject"
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
# Elements around paragraphs and runs that change nothing about them. What is not named here and
# is no paragraph, table or run is left out: deleted and moved-away text, comments, instructions.
_AROUND = frozenset(
    "body sdtContent customXml ins moveTo smartTag hyperlink fldSimple dir bdo".split()
)
_MATH = frozenset("oMath oMathPara e num den sub sup deg fName lim".split())
_CONTENTS = "Table of Contents"
_DEEPEST = 60  # elements inside each other


def read(job: Job) -> Reading:
    """Read a Word file.

    Args:
        job: The file.

    Returns:
        Its text without pages: where a page ends is decided by the program that shows it.

    Raises:
        ReadingError: If it is damaged, encrypted, packed to blow up, or holds no text.
    """
    parts = _Parts(job, Packed(job))
    body = _Body(parts)
    blocks = list(body.blocks())
    text, marks = marked_text(blocks)
    if not text:
        raise job.refuse("bevat geen tekst. Kijk of het de goede versie is.")
    notes = [f"{job.name} {what}" for what in parts.remarks()]
    return Reading(text, title=parts.title(), marks=marks, notes=tuple(notes))


class _Parts:
    """The parts of the packed file, found by what they are for."""

    def __init__(self, job: Job, packed: Packed) -> None:
        self._packed = packed
        self._job = job
        main = self._related("", "officeDocument")
        if main is None:
            raise job.refuse("is geen Word-bestand, al heet het zo. Sla het op als .docx.")
        self.main = main
        self.document = packed.xml(main)

    def _related(self, part: str, kind: str) -> str | None:
        """The part that has this relation to another one; "" is the file as a whole."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self._packed.has(relations):
            return None
        for relation in self._packed.xml(relations):
            if relation.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                return target.lstrip("/") if self._packed.has(target.lstrip("/")) else None
        return None

    def part(self, kind: str) -> Element | None:
        """The part of a kind that goes with the main one: styles, numbering, footnotes."""
        name = self._related(self.main, kind)
        return self._packed.xml(name) if name else None

    def title(self) -> str:
        name = self._related("", "core-properties")
        return stated_title(self._packed.xml(name).findtext("title")) if name else ""

    def remarks(self) -> Iterator[str]:
        """What is in the file that was not read, or not just as it stands."""
        if self._related(self.main, _MACROS) is not None:
            yield "bevat macro's; die zijn niet gelezen en niet uitgevoerd."
        if any(self.document.find(f".//{change}") is not None for change in _CHANGES):
            yield (
                "heeft bijgehouden wijzigingen; gelezen is de tekst zoals die wordt als alle "
                "wijzigingen worden aanvaard."
            )
        comments = self.part("comments")
        if comments is not None and (number := len(comments.findall("comment"))):
            yield f"heeft opmerkingen in de kantlijn ({number}); die zijn niet gelezen."


@dataclass(slots=True)
class _Paragraph:
    """The text of a paragraph as it is put together."""

    pieces: list[str] = field(default_factory=list)
    strong: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str, *, strong: bool) -> None:
        self.pieces.append(text)
        if text.strip():
            self.strong = self.strong and strong


class _Body:
    """Goes through the document once, in reading order."""

    def __init__(self, parts: _Parts) -> None:
        self._document = parts.document
        self._styles = Styles(parts.part("styles"))
        self._numbering = Numbering(parts.part("numbering"))
        self._notes = {
            kind: {e.get("id", ""): e for e in (part if part is not None else ())}
            for kind, part in (
                ("footnote", parts.part("footnotes")),
                ("endnote", parts.part("endnotes")),
            )
        }
        self._count = 0
        self._waiting: list[Block] = []  # footnotes of the list or table under way
        self._endnotes: list[Block] = []
        self._open = _Paragraph()  # text of paragraphs whose end was deleted

    def blocks(self) -> Iterator[Block | Table]:
        """All blocks; footnotes after the paragraph, list or table that refers to them."""
        body = self._document.find("body")
        for block in () if body is None else self._inside(body, 0):
            if self._waiting and _is_running(block):
                yield from self._waiting
                self._waiting = []
            yield block
        yield from self._waiting
        yield from self._endnotes

    def _inside(self, element: Element, depth: int) -> Iterator[Block | Table]:
        """The blocks of a part of the document."""
        if depth > _DEEPEST:
            return
        for child in element:
            match child.tag:
                case "p":
                    yield from self._paragraph(child, depth)
                case "tbl":
                    yield self._table(child, depth)
                case "sdt":
                    gallery = value_of(child, "sdtPr/docPartObj/docPartGallery")
                    content = child.find("sdtContent")
                    if gallery != _CONTENTS and content is not None:
                        yield from self._inside(content, depth + 1)
                case tag if tag in _AROUND:
                    yield from self._inside(child, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Block | Table]:
        properties = element.find("pPr")
        style = value_of(properties, "pStyle")
        if self._styles.is_contents(style):
            return
        found, self._open = self._open, _Paragraph()
        self._runs(element, found, self._styles.is_bold(style), depth)
        if properties is not None and properties.find("rPr/del") is not None:
            self._open = found
            return
        if found.text.strip():
            yield self._block(properties, style, found)
        for box in found.boxes:
            yield from self._inside(box, depth + 1)
        self._take_notes(found, depth)

    def _block(self, properties: Element | None, style: str | None, found: _Paragraph) -> Block:
        own = value_of(properties, "outlineLvl")
        level = self._styles.heading_level(style) if own is None else outline_level(own)
        number = self._number(properties, style)
        label = self._numbering.label(*number) if number else ""
        text = f"{label} {found.text}" if label else found.text
        if level:
            return Block(MarkKind.HEADING, text, level)
        if number and label:
            return Block(MarkKind.ITEM, text, number[1] + 1, found.strong)
        return Block(MarkKind.PARAGRAPH, text, strong=found.strong)

    def _number(self, properties: Element | None, style: str | None) -> tuple[str, int] | None:
        number = value_of(properties, "numPr/numId")
        if number is None:
            return self._styles.numbering(style)
        level = value_of(properties, "numPr/ilvl")
        styled = self._styles.numbering(style)
        return number, int(level) if level else styled[1] if styled else 0

    def _runs(self, element: Element, found: _Paragraph, bold: bool, depth: int) -> None:
        """Gather the text of a paragraph."""
        if depth > _DEEPEST:
            return
        for child in element:
            if child.tag == "r":
                self._run(child, found, bold, depth)
            elif child.tag == "sdt":
                content = child.find("sdtContent")
                if content is not None:
                    self._runs(content, found, bold, depth + 1)
            elif child.tag in _AROUND or child.tag in _MATH:
                self._runs(child, found, bold, depth + 1)

    def _run(self, run: Element, found: _Paragraph, bold: bool, depth: int) -> None:
        properties = run.find("rPr")
        if is_on(properties, "vanish") or is_on(properties, "webHidden"):
            return
        style = value_of(properties, "rStyle")
        own = is_on(properties, "b")
        strong = own if own is not None else bold or (bool(style) and self._styles.is_bold(style))
        for child in run:
            self._piece(child, found, strong, depth)

    def _piece(self, child: Element, found: _Paragraph, strong: bool, depth: int) -> None:
        match child.tag:
            case "t":
                found.add(child.text or "", strong=strong)
            case "tab" | "ptab":
                found.add(" ", strong=strong)
            case "br" | "cr":
                found.add("\n", strong=strong)
            case "noBreakHyphen":
                found.add("-", strong=strong)
            case "footnoteReference" | "endnoteReference":
                found.notes.append((child.tag.removesuffix("Reference"), child.get("id", "")))
            case "drawing" | "pict" | "object":
                found.boxes += _boxes(child)
            case "AlternateContent":
                # The same shape twice: for newer programs, and for older ones.
                chosen = child.find("Choice")
                chosen = child.find("Fallback") if chosen is None else chosen
                for inner in () if chosen is None else chosen:
                    self._piece(inner, found, strong, depth)

    def _take_notes(self, found: _Paragraph, depth: int) -> None:
        for kind, name in found.notes:
            element = self._notes[kind].get(name)
            if element is None:
                continue
            self._count += 1
            inner = _Paragraph()
            for paragraph in element.iter("p"):
                self._runs(paragraph, inner, False, depth)
                inner.add(" ", strong=False)
            block = note(self._count, inner.text)
            (self._waiting if kind == "footnote" else self._endnotes).append(block)

    def _table(self, element: Element, depth: int) -> Table:
        table = Table()
        for row in _rows(element):
            if row.find("trPr/del") is not None:
                continue
            cells = [self._cell(cell, depth) for cell in _children(row, "tc")]
            stated = is_on(row, "trPr/tblHeader")
            if stated and table.headers == len(table.rows):
                table.headers += 1
            table.rows.append(cells)
        return table

    def _cell(self, element: Element, depth: int) -> TableCell:
        width = value_of(element, "tcPr/gridSpan") or "1"
        merge = element.find("tcPr/vMerge")
        below = merge is not None and merge.get("val", "continue") != "restart"
        blocks: list[Block] = []
        for block in self._inside(element, depth + 1):
            blocks += block.blocks() if isinstance(block, Table) else [block]
        return TableCell(
            () if below else tuple(blocks), min(int(width), 100) if width.isdigit() else 1, below
        )


def _is_running(block: Block | Table) -> bool:
    return isinstance(block, Block) and block.kind is not MarkKind.ITEM


def _rows(table: Element) -> Iterator[Element]:
    return _children(table, "tr")


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Children of a table or row, also those inside a content control."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == "sdt":
            content = child.find("sdtContent")
            if content is not None:
                yield from _children(content, tag)
        elif child.tag in _AROUND:
            yield from _children(child, tag)


def _boxes(drawing: Element) -> list[Element]:
    """The text boxes of a drawing; one that stands there twice counts once."""
    found: list[Element] = []
    for child in drawing:
        if child.tag == "txbxContent":
            found.append(child)
        elif child.tag != "Fallback":
            found += _boxes(child)
    return found
