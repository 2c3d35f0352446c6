"""A whole document as a plain page: escaped, with line numbers, the quote marked."""

from __future__ import annotations

from html import escape

from assistant.page import texts
from assistant.page.evidence import document_address
from assistant.page.excerpt import Span, marked
from assistant.wording import (
    date_in_words,
    page_in_words,
    recognised_in_words,
    status_in_words,
)
from ingest.documents import Document, IndexedDocument


def source_html(document: IndexedDocument, quote: Span | None, everyone: list[Document]) -> str:
    """The page of a document.

    Args:
        document: What to show.
        quote: Span to mark, clipped to the text; None marks nothing.
        everyone: All documents, to say which one replaced this.
    """
    about = document.document
    facts = " · ".join(
        part
        for part in (
            about.municipality,
            about.kind,
            date_in_words(about.date),
            f"status: {status_in_words(about, everyone)}",
            f"uit {about.origin}" if about.origin else "",
        )
        if part
    )
    intro = (
        "Dit is de tekst zoals de Beleidswijzer die uit het bestand heeft gelezen. "
        "De opmaak van het origineel is weggelaten."
    )
    jump = '<p><a href="#citaat">Naar de gemarkeerde zin</a></p>' if quote else ""
    pdf = (
        f'<p><a href="{escape(document_address(about.id))}/bestand">Open de pdf</a></p>'
        if about.file.lower().endswith(".pdf")
        else ""
    )
    body = (
        f"<header><h1>{escape(about.title)}</h1><p>{escape(facts)}</p>"
        f"<p>{intro}</p>{jump}{pdf}</header>"
        f'<main class="bron" id="inhoud">{_lines(document, quote)}</main>'
    )
    return plain_page(about.title, body)


def _lines(document: IndexedDocument, quote: Span | None) -> str:
    text, offset, anchored = document.text, 0, False
    starts = {page.start: page for page in document.pages if page.end > page.start}
    rows: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        for start in sorted(start for start in starts if start <= offset + len(line)):
            page = starts.pop(start)
            name = page_in_words(page.number, page.label).capitalize()
            if scanned := recognised_in_words(page):
                name = f"{name}: {scanned}"
            rows.append(f'<h2 class="pagina" id="pagina-{page.number}">{escape(name)}</h2>')
        end = offset + len(line)
        inside = quote is not None and quote[0] < end and offset < quote[1]
        shown = marked(text, (offset, end), quote) if inside and quote else escape(line)
        anchor = '<a id="citaat"></a>' if inside and not anchored else ""
        anchored = anchored or inside
        rows.append(
            f'<div class="regel" id="regel-{number}"><span class="nr">{number}</span>'
            f"<span>{anchor}{shown}</span></div>"
        )
        offset = end + 1
    return "".join(rows)


def plain_page(title: str, body: str) -> str:
    """A page of its own, without scripts.

    Args:
        title: Plain text; escaped here.
        body: HTML that is safe already.
    """
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – {texts.TITLE}</title>"
        '<link rel="icon" href="/middelen/icon.svg">'
        '<link rel="stylesheet" href="/middelen/source.css"></head>'
        f'<body>{body}<footer><a href="/">{texts.BACK}</a></footer></body></html>'
    )


def message_page(text: str) -> str:
    """A page with one sentence, for what cannot be shown."""
    return plain_page(
        texts.NOT_FOUND_TITLE,
        f"<header><h1>{texts.NOT_FOUND_TITLE}</h1></header><main><p>{escape(text)}</p></main>",
    )
