"""The list of all documents, with what is known of each and what was only guessed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.page import texts
from assistant.page.evidence import document_address
from assistant.wording import (
    FIELD_NAMES,
    count,
    date_in_words,
    enumeration,
    number_in_words,
    successor,
    unread_in_words,
)
from ingest.documents import Document, IndexedDocument
from ingest.readers.text import format_in_words

COLUMNS = (
    "Titel",
    "Gemeente",
    "Soort",
    "Datum",
    "Looptijd",
    "Status",
    "Bestand",
    "Passages",
    "Niet te lezen",
    "Geraden gegevens",
)


def documents_html(documents: Mapping[str, IndexedDocument]) -> str:
    """A table with one row a document, ordered by municipality, then title."""
    if not documents:
        return f'<p class="bw-leeg">{texts.NO_DOCUMENTS}</p>'
    ordered = sorted(documents.values(), key=lambda d: (d.document.municipality, d.document.title))
    everyone = [indexed.document for indexed in ordered]
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(_row(indexed, everyone) for indexed in ordered)
    caption = (
        f"{count(len(ordered), 'document', 'documenten')}. 'Geraden gegevens' heeft de computer "
        "zelf uit het document gehaald; controleer die."
    )
    return (
        '<div class="bw-tabelrand" tabindex="0" role="region" aria-label="Lijst van documenten">'
        f'<table class="bw-tabel"><caption><span>{caption}</span></caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(indexed: IndexedDocument, everyone: list[Document]) -> str:
    document = indexed.document
    cells = (
        document.municipality or "onbekend",
        document.kind or "onbekend",
        date_in_words(document.date) or "onbekend",
        document.period or "–",
        _status(document, everyone),
        format_in_words(indexed) or "onbekend",
        number_in_words(len(indexed.passages)),
        unread_in_words(indexed.unread),
        _guessed(document),
    )
    title = (
        f'<a href="{escape(document_address(document.id))}" data-document="{escape(document.id)}">'
        f"{escape(document.title)}</a>"
    )
    rest = "".join(
        f'<td data-kolom="{name}">{escape(cell)}</td>'
        for name, cell in zip(COLUMNS[1:], cells, strict=True)
    )
    return f'<tr><th scope="row">{title}</th>{rest}</tr>'


def _status(document: Document, everyone: list[Document]) -> str:
    newer = successor(document, everyone)
    status = document.status or "onbekend"
    return f"{status}; vervangen door: {newer.title}" if newer else status


def _guessed(document: Document) -> str:
    if not document.guessed:
        return "geen"
    return enumeration(FIELD_NAMES.get(name, name) for name in document.guessed)
