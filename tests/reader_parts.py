"""Files that the tests of the readers make themselves."""

import io
import zipfile

import pypdf
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import MarkKind
from ingest.readers.job import Job
from ingest.readers.worker import read as read_job
from ingest.structure import split_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def reading_of(data, name, **options):
    """Read bytes with the reader of their format, in this process."""
    return read_job(Job(name, io.BytesIO(data), **options))


def write(path, data):
    path.write_bytes(data)
    return path


def make_pdf(path, pages, title=None):
    """Write a PDF; a page is its list of lines, from the top down."""
    canvas = Canvas(str(path))
    if title:
        canvas.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def edit_pdf(path, change):
    writer = pypdf.PdfWriter(clone_from=path)
    change(writer)
    writer.write(path)
    return path


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """The bytes of a ZIP file with these parts: name to text or bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def docx(body, *, others=None, relations=(), main=MAIN):
    """The bytes of a Word file.

    Args:
        body: XML of what stands in the document's body.
        others: Further parts by their name in the folder "word" (or with their whole path).
        relations: Kind and name of each part that the document refers to.
        main: Content type of the main part.
    """
    names = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{names}</Relationships>",
    }
    for name, content in (others or {}).items():
        parts[name if "/" in name else f"word/{name}"] = content
    return zipped(parts)


def p(text, style=None, run="", properties=""):
    """A paragraph in Word's XML."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{styled}{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def passages_of(reading):
    """Kind, section, row, column and text of each passage."""
    _, passages = split_document(reading, "d")
    for passage in passages:
        assert passage.text == reading.text[passage.start : passage.end]
    return passages


def marks_of(reading):
    """Kind and text of each mark; a row as its cells."""
    shown = []
    for mark in reading.marks:
        text = reading.text[mark.start : mark.end]
        if mark.kind is MarkKind.ROW:
            text = [(reading.text[c.start : c.end], c.column) for c in mark.cells]
        shown.append((str(mark.kind), text))
    return shown
