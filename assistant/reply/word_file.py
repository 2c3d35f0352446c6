"""A paper as a Word file, with real footnotes.

python-docx (1.2.0) writes comments but no footnotes, so their part is made here: ECMA-376-1, 17.11
(footnotes) and 11.3.7 (the part). Word asks for two separators besides the footnotes themselves.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from assistant.reply.paper import ANNEX_WIDTHS, Block, BlockKind, Paper, Table

_STYLES = {
    BlockKind.TITLE: "Title",
    BlockKind.HEADING: "Heading 2",
    BlockKind.SUBHEADING: "Heading 3",
    BlockKind.ITEM: "List Bullet",
}
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST_ID = 1  # 0 and -1 are the separators
_FONT = "Calibri"


def to_word(paper: Paper) -> bytes:
    """Write a paper as a Word file.

    Args:
        paper: The paper.

    Returns:
        The bytes of a .docx file.
    """
    docx = new_docx()
    _properties(docx, paper)
    _styles(docx, 9.0 if paper.compact else 11.0)
    page = docx.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.0)
    if paper.compact:
        _compact(docx)
    else:
        _page_numbers(docx)
    notes: list[str] = []
    _add(docx, paper.blocks, notes)
    if paper.table:
        _annex(docx, paper, paper.table, notes)
    if notes:
        _footnotes(docx, notes)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def _properties(docx: Docx, paper: Paper) -> None:
    about = docx.core_properties
    about.title, about.subject = paper.title[:255], paper.subject[:255]
    about.author, about.language = "Beleidswijzer", "nl-NL"
    about.comments, about.keywords = "", "concept"
    about.category = "brief"


def _styles(docx: Docx, size: float) -> None:
    styles = docx.styles
    normal = styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = _FONT, Pt(size)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    normal.element.get_or_add_rPr().append(language)
    for name in ("Heading 2", "Heading 3", "Title"):
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.color.rgb = _FONT, RGBColor(0, 0, 0)
    text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(text, ParagraphStyle)
    text.base_style, text.font.size = normal, Pt(9)
    text.paragraph_format.space_after = Pt(0)
    mark = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(mark, CharacterStyle)
    mark.font.superscript = True


def _compact(docx: Docx) -> None:
    """Little white, small headings: for a text that has to fit on one page."""
    page = docx.sections[0]
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.3)
    for name, size, before in (("Title", 15, 0), ("Heading 2", 11, 5), ("List Bullet", 9, 0)):
        style = docx.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size = Pt(size)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0


def _page_numbers(docx: Docx) -> None:
    """The number of the page at its foot; the sections after the first take it over."""
    paragraph = docx.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Pagina ", "PAGE"), (" van ", "NUMPAGES")):
        paragraph.add_run(text).font.size = Pt(9)
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        run = paragraph.add_run("1")
        run.font.size = Pt(9)
        counted.append(run._r)
        paragraph._p.append(counted)


def _add(docx: Docx, blocks: Sequence[Block], notes: list[str]) -> None:
    for block in blocks:
        paragraph = docx.add_paragraph(style=_STYLES.get(block.kind))
        if block.kind is BlockKind.LINE:
            paragraph.paragraph_format.space_after = Pt(0)
        _fill(paragraph, block, notes)


def _fill(paragraph: Paragraph, block: Block, notes: list[str]) -> None:
    for piece in block.pieces:
        if piece.text:
            run = paragraph.add_run(piece.text)
            if piece.open:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if block.kind is BlockKind.SMALL:
                run.italic, run.font.size = True, Pt(9)
        if piece.note:
            notes.append(piece.note)
            _refer(paragraph, len(notes) - 1 + _FIRST_ID)


def _refer(paragraph: Paragraph, number: int) -> None:
    run = paragraph.add_run(style="Footnote Reference")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _annex(docx: Docx, paper: Paper, table: Table, notes: list[str]) -> None:
    """The table on pages of its own, lying down: it is wide."""
    section = docx.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    _add(docx, paper.annex, notes)
    grid = docx.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    for cell, text in zip(grid.rows[0].cells, table.columns, strict=True):
        _write(cell, text, bold=True)
    header = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(header)
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _write(cell, text)
    # Word goes by the cells, LibreOffice by the columns.
    for column, width in zip(grid.columns, ANNEX_WIDTHS, strict=False):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _write(cell: _Cell, text: str, bold: bool = False) -> None:
    cell.text = ""
    for n, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size, run.bold = Pt(9), bold or None
        paragraph.paragraph_format.space_after = Pt(2)


def _footnotes(docx: Docx, notes: Sequence[str]) -> None:
    """Add the part with the footnotes."""
    package = docx.part.package
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        "".join(_footnotes_xml(notes)).encode(),
        package,
    )
    docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    properties = OxmlElement("w:footnotePr")
    for number in (-1, 0):
        footnote = OxmlElement("w:footnote")
        footnote.set(qn("w:id"), str(number))
        properties.append(footnote)
    settings = docx.settings.element
    # The schema wants it before w:compat, which closes the part of the settings that we have.
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        compat.addprevious(properties)
    else:
        settings.append(properties)


def _footnotes_xml(notes: Sequence[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<w:footnotes xmlns:w="{_NAMESPACE}">'
    for number, kind, mark in ((-1, "separator", "separator"), (0, *["continuationSeparator"] * 2)):
        yield (
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr>'
            '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
            f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
        )
    for number, note in enumerate(notes, start=_FIRST_ID):
        yield (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        )
    yield "</w:footnotes>"
