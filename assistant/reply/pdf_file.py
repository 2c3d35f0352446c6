"""A short paper as a PDF of one page."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import KeepInFrame, Paragraph, SimpleDocTemplate

from assistant.reply.paper import BlockKind, Paper


def to_pdf(paper: Paper) -> bytes:
    """Write a short paper as a PDF of one page; what does not fit is set smaller.

    Args:
        paper: The paper; its footnotes and annex are left out.
    """
    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=9.5, leading=12, spaceAfter=3)
    styles = {
        BlockKind.TITLE: ParagraphStyle(
            "title", plain, fontName="Helvetica-Bold", fontSize=15, leading=19, spaceAfter=4
        ),
        BlockKind.HEADING: ParagraphStyle(
            "heading", plain, fontName="Helvetica-Bold", fontSize=11, spaceBefore=7
        ),
        BlockKind.SMALL: ParagraphStyle("small", plain, fontSize=8, leading=10),
        BlockKind.ITEM: ParagraphStyle("item", plain, leftIndent=10, bulletIndent=0),
    }
    flow = [
        Paragraph(
            "".join(escape(_printable(piece.text)) for piece in block.pieces),
            styles.get(block.kind, plain),
            bulletText="•" if block.kind is BlockKind.ITEM else None,
        )
        for block in paper.blocks
    ]
    file = io.BytesIO()
    margin = 1.8 * cm
    page = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        title=paper.title,
        author="Beleidswijzer",
        lang="nl-NL",
    )
    page.build([KeepInFrame(page.width - 12, page.height - 12, flow, mode="shrink")])
    return file.getvalue()


def _printable(text: str) -> str:
    """Text in the characters that the standard fonts of PDF have; another becomes a "?"."""
    return text.encode("cp1252", errors="replace").decode("cp1252")
