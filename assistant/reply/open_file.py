"""A paper as an OpenDocument text, with real footnotes (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from xml.sax.saxutils import escape

from assistant.reply.paper import ANNEX_WIDTHS, Block, BlockKind, Paper, Piece, Table

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"'
)
_LEVELS = {BlockKind.TITLE: 1, BlockKind.HEADING: 2, BlockKind.SUBHEADING: 3}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FOOT = (
    '<style:footer><text:p text:style-name="Foot">Pagina <text:page-number>1</text:page-number>'
    " van <text:page-count>1</text:page-count></text:p></style:footer>"
)
_STYLES = f"""{_HEAD}<office:document-styles {_SPACES}><office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties
 fo:margin-bottom="0.25cm"/><style:text-properties fo:font-family="Calibri" fo:font-size="11pt"
 fo:language="nl" fo:country="NL"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard"><style:text-properties fo:font-size="16pt"
 fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"
 style:parent-style-name="Standard"><style:paragraph-properties fo:margin-top="0.4cm"
 fo:keep-with-next="always"/><style:text-properties fo:font-size="13pt"
 fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_3" style:display-name="Heading 3" style:family="paragraph"
 style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Small" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Foot" style:family="paragraph" style:parent-style-name="Small">
<style:paragraph-properties fo:text-align="end"/></style:style>
<style:style style:name="Line" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-bottom="0cm"/></style:style>
<style:style style:name="Open" style:family="text"><style:text-properties
 fo:background-color="#ffff00"/></style:style>
<text:notes-configuration text:note-class="footnote" style:num-format="1" style:num-suffix=" "
 text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>
</office:styles><office:automatic-styles>
<style:page-layout style:name="Upright"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2.2cm" style:print-orientation="portrait"/></style:page-layout>
<style:page-layout style:name="Lying"><style:page-layout-properties fo:page-width="29.7cm"
 fo:page-height="21cm" fo:margin="1.5cm" style:print-orientation="landscape"/></style:page-layout>
</office:automatic-styles><office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="Upright">{_FOOT}
</style:master-page>
<style:master-page style:name="Annex" style:page-layout-name="Lying">{_FOOT}
</style:master-page>
</office:master-styles></office:document-styles>"""
_PLAIN = {BlockKind.SMALL: "Small", BlockKind.LINE: "Line"}
_MANIFEST = f"""{_HEAD}<manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def to_open_document(paper: Paper, written: datetime) -> bytes:
    """Write a paper as an OpenDocument text.

    Args:
        paper: The paper.
        written: When it is written, in local time.

    Returns:
        The bytes of an .odt file.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        # The first entry, and not compressed, so that its first bytes tell what the file is.
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIMETYPE, zipfile.ZIP_STORED)
        parts = {
            "content.xml": "".join(_content(paper)),
            "styles.xml": _STYLES,
            "meta.xml": _meta(paper, written),
            "META-INF/manifest.xml": _MANIFEST,
        }
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _meta(paper: Paper, written: datetime) -> str:
    return (
        f"{_HEAD}<office:document-meta {_SPACES}><office:meta>"
        f"<dc:title>{escape(paper.title)}</dc:title><dc:subject>{escape(paper.subject)}</dc:subject>"
        "<meta:initial-creator>Beleidswijzer</meta:initial-creator><dc:language>nl-NL</dc:language>"
        f"<meta:creation-date>{written.isoformat(timespec='seconds')}</meta:creation-date>"
        "</office:meta></office:document-meta>"
    )


def _content(paper: Paper) -> Iterator[str]:
    numbers = count(1)
    yield f"{_HEAD}<office:document-content {_SPACES}><office:automatic-styles>"
    # A heading with a master page of its own begins a new page.
    yield '<style:style style:name="Page" style:family="paragraph" '
    yield 'style:parent-style-name="Heading_20_2" style:master-page-name="Annex"/>'
    yield '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
    yield 'fo:border="0.5pt solid #808080" fo:padding="0.1cm"/></style:style>'
    for n, width in enumerate(ANNEX_WIDTHS, start=1):
        yield f'<style:style style:name="Col{n}" style:family="table-column">'
        yield f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
    yield "</office:automatic-styles><office:body><office:text>"
    for block in paper.blocks:
        yield _block(block, numbers)
    for n, block in enumerate(paper.annex):
        yield _block(block, numbers, style="Page" if n == 0 else "")
    if paper.table:
        yield from _table(paper.table)
    yield "</office:text></office:body></office:document-content>"


def _block(block: Block, numbers: Iterator[int], style: str = "") -> str:
    inside = "".join(_piece(piece, numbers) for piece in block.pieces)
    level = _LEVELS.get(block.kind)
    if level:
        name = style or f"Heading_20_{level}"
        return f'<text:h text:style-name="{name}" text:outline-level="{level}">{inside}</text:h>'
    if block.kind is BlockKind.ITEM:
        return f"<text:list><text:list-item><text:p>{inside}</text:p></text:list-item></text:list>"
    name = _PLAIN.get(block.kind, "Standard")
    return f'<text:p text:style-name="{name}">{inside}</text:p>'


def _piece(piece: Piece, numbers: Iterator[int]) -> str:
    text = escape(piece.text)
    if piece.open:
        text = f'<text:span text:style-name="Open">{text}</text:span>'
    if piece.note:
        number = next(numbers)
        text += (
            f'<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>'
            f"{number}</text:note-citation><text:note-body>"
            f'<text:p text:style-name="Footnote">{escape(piece.note)}</text:p>'
            "</text:note-body></text:note>"
        )
    return text


def _table(table: Table) -> Iterator[str]:
    yield '<table:table table:name="Bijlage">'
    for n, _ in enumerate(table.columns, start=1):
        yield f'<table:table-column table:style-name="Col{n}"/>'
    yield f"<table:table-header-rows>{_row(table.columns)}</table:table-header-rows>"
    yield from (_row(row) for row in table.rows)
    yield "</table:table>"


def _row(cells: tuple[str, ...]) -> str:
    def cell(text: str) -> str:
        lines = "".join(
            f'<text:p text:style-name="Small">{escape(line)}</text:p>' for line in text.split("\n")
        )
        attributes = 'table:style-name="Cell" office:value-type="string"'
        return f"<table:table-cell {attributes}>{lines}</table:table-cell>"

    return f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"
