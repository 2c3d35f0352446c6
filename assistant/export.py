"""An answer as a file: Markdown or Word, each with the sources of every number."""

from __future__ import annotations

import io
import re
from datetime import datetime

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from assistant.markup import end_lists, parser, without_struck
from assistant.wording import UNDERSTOOD, date_in_words, origin_in_words, source_line
from ingest.documents import Answer, Citation, Term

NOTICE = (
    "Dit antwoord is gemaakt door een geautomatiseerd systeem (Beleidswijzer). "
    "Controleer de bronnen voordat u het gebruikt."
)
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.M)
# Word refuses control characters; a form feed is common in text taken from PDF.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


def to_markdown(answer: Answer, saved: datetime) -> str:
    """Write an answer as Markdown: question, answer, notice, and a list of its sources.

    Args:
        answer: The answer; its text is Markdown already.
        saved: When it is saved, in local time.
    """
    parts = [f"# {escape_markdown(' '.join(answer.question.split()))}"]
    if _differs(answer):
        parts.append(f"{UNDERSTOOD} {escape_markdown(' '.join(answer.understood.split()))}")
    # A file is read without what the page shows struck through.
    parts.append(end_lists(without_struck(answer.text).strip()))
    if answer.plain:
        parts.append(escape_markdown(answer.plain.note))
        parts += [f"**{escape_markdown(o.term)}**: {_meaning(o)}" for o in answer.plain.terms]
    if answer.citations:
        parts.append("## Bronnen")
        parts.extend(_markdown_source(citation) for citation in answer.citations)
    parts.append(f"---\n\n{NOTICE} {_origin(answer, saved)}")
    return "\n\n".join(parts) + "\n"


def escape_markdown(text: str) -> str:
    """Escape text so that Markdown shows it as it is, without links, images or HTML."""
    escaped = MARKDOWN_SIGNS.sub(r"\\\1", text)
    return LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)


def _meaning(term: Term) -> str:
    return f"{escape_markdown(term.meaning)} ({escape_markdown(term.title)})"


def _markdown_source(citation: Citation) -> str:
    quote = escape_markdown(" ".join(citation.quote.split()))
    also = "".join(f"\n\nOok: {escape_markdown(source_line(other))}" for other in citation.also)
    return f"[{citation.number}] {escape_markdown(source_line(citation))}\n\n> {quote}{also}"


def _differs(answer: Answer) -> bool:
    asked, understood = (" ".join(t.split()) for t in (answer.question, answer.understood))
    return bool(understood) and asked.casefold() != understood.casefold()


def _origin(answer: Answer, saved: datetime) -> str:
    day = date_in_words(saved.date().isoformat())
    return f"{origin_in_words(answer)}. Opgeslagen op {day} om {saved:%H.%M} uur."


def to_docx(answer: Answer, saved: datetime) -> bytes:
    """Write an answer as a Word file: question, answer, notice, and a list of its sources.

    Args:
        answer: The answer; its text is Markdown.
        saved: When it is saved, in local time.

    Returns:
        The bytes of a .docx file.
    """
    docx = new_docx()
    docx.core_properties.title = _clean(answer.question)[:255]
    docx.core_properties.author = "Beleidswijzer"
    docx.core_properties.language = "nl-NL"
    docx.core_properties.comments = ""
    docx.add_heading(_clean(answer.question), level=1)
    if _differs(answer):
        docx.add_paragraph(f"{UNDERSTOOD} {_clean(answer.understood)}")
    numbers = {citation.number for citation in answer.citations}
    _DocxBody(docx).add(parser(numbers).parse(end_lists(without_struck(answer.text))))
    _add_plain(docx, answer)
    _add_sources(docx, answer)
    docx.add_paragraph().add_run(f"{NOTICE} {_origin(answer, saved)}").italic = True
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def _add_plain(docx: Docx, answer: Answer) -> None:
    """What is to be told of an answer in plain Dutch, and what its terms mean."""
    if answer.plain is None:
        return
    docx.add_paragraph(_clean(answer.plain.note))
    for one in answer.plain.terms:
        paragraph = docx.add_paragraph()
        paragraph.add_run(_clean(one.term)).bold = True
        paragraph.add_run(_clean(f": {one.meaning} ({one.title})"))


def _add_sources(docx: Docx, answer: Answer) -> None:
    if not answer.citations:
        return
    docx.add_heading("Bronnen", level=2)
    for citation in answer.citations:
        heading = docx.add_paragraph()
        heading.add_run(f"[{citation.number}] ").bold = True
        heading.add_run(_clean(source_line(citation)))
        docx.add_paragraph(_clean(" ".join(citation.quote.split())), style="Quote")
        for other in citation.also:
            docx.add_paragraph(f"Ook: {_clean(source_line(other))}")


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text)


class _DocxBody:
    """Writes parsed Markdown into a Word document."""

    def __init__(self, docx: Docx) -> None:
        self._docx = docx
        self._lists: list[str] = []
        self._style: str | None = None
        self._in_cell = False
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    def add(self, tokens: list[Token]) -> None:
        """Add all blocks in order."""
        for token in tokens:
            if token.type == "inline":
                self._inline(token)
            else:
                self._block(token)

    def _block(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._style = f"Heading {min(9, int(token.tag[1]) + 1)}"
            case "bullet_list_open" | "ordered_list_open":
                name = "List Bullet" if token.type.startswith("bullet") else "List Number"
                self._lists.append(name)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "blockquote_open":
                self._style = "Quote"
            case "heading_close" | "blockquote_close":
                self._style = None
            case "td_open" | "th_open" | "td_close" | "th_close":
                self._in_cell = token.nesting == 1
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._rows.append(self._cells)
            case "table_close":
                self._table()

    def _inline(self, token: Token) -> None:
        if self._in_cell:
            self._cells.append("".join(text for text, _, _ in runs(token)))
            return
        paragraph = self._docx.add_paragraph(style=self._paragraph_style())
        for text, bold, italic in runs(token):
            _add_run(paragraph, text, bold, italic)

    def _paragraph_style(self) -> str | None:
        if self._style or not self._lists:
            return self._style
        depth = min(3, len(self._lists))
        return self._lists[-1] if depth == 1 else f"{self._lists[-1]} {depth}"

    def _table(self) -> None:
        width = max((len(row) for row in self._rows), default=0)
        table = self._docx.add_table(rows=0, cols=width, style="Table Grid")
        for row in self._rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
        self._rows = []


def runs(token: Token) -> list[tuple[str, bool, bool]]:
    """The pieces of an inline token: text, whether bold, whether italic."""
    found: list[tuple[str, bool, bool]] = []
    bold = italic = 0
    for child in token.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "em_open" | "em_close":
                italic += child.nesting
            case "softbreak":
                found.append((" ", bool(bold), bool(italic)))
            case "hardbreak":
                found.append(("\n", bool(bold), bool(italic)))
            case "citation":
                found.append((f"[{child.meta['number']}]", bool(bold), bool(italic)))
            case _:
                found.append((_clean(child.content), bool(bold), bool(italic)))
    return [run for run in found if run[0]]


def _add_run(paragraph: Paragraph, text: str, bold: bool, italic: bool) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
