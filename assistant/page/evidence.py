"""The evidence beside an answer: one place, marked in its surroundings, with what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote as quoted

from assistant.citations import Quote, cite
from assistant.markup import link
from assistant.page import texts
from assistant.page.excerpt import excerpt_html
from assistant.wording import (
    date_in_words,
    page_of,
    position,
    recognised_in_words,
    section_path,
    source_line,
    status_in_words,
)
from ingest.documents import Answer, Citation, IndexedDocument, Passage, Refusal

NEAR = 3
"""Most places shown with a refusal that has something near."""

MOST_WORDS = 8
"""Words of a quote that a viewer of PDF is asked to mark: about as many as stand on a line."""

Documents = Mapping[str, IndexedDocument]


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places that an answer points to.

    Attributes:
        key: Key of the answer.
        number: Its number in the answer, from 1.
        total: How many numbers the answer has.
        citation: The place itself.
    """

    key: str
    number: int
    total: int
    citation: Citation


def places(answer: Answer, documents: Documents) -> tuple[Citation, ...]:
    """What an answer points to: its citations, or for a near miss the nearest passages."""
    if answer.citations or answer.reason is not Refusal.ONLY_NEAR:
        return answer.citations
    known = [hit for hit in answer.hits if is_there(hit.passage, documents)]
    near = (Quote(hit.passage, hit.passage.start, hit.passage.end) for hit in known[:NEAR])
    return tuple(cite(quote, documents, number) for number, quote in enumerate(near, start=1))


def is_there(found: Passage | Citation, documents: Documents) -> bool:
    """Whether a document still has these very characters: it may have been renewed since."""
    text = found.text if isinstance(found, Passage) else found.quote
    document = documents.get(found.document_id)
    return document is not None and document.text[found.start : found.end] == text


def evidence_address(key: str, number: int) -> str:
    """Address of the evidence with this number of the answer with this key."""
    return f"/antwoord/{key}/bewijs/{number}"


def document_address(document_id: str) -> str:
    """Address of a whole document."""
    return f"/bron/{quoted(document_id, safe='')}"


def source_address(citation: Citation) -> str:
    """Address of a whole document, opened at the quote."""
    address = document_address(citation.document_id)
    return f"{address}?van={citation.start}&tot={citation.end}#citaat"


def evidence_html(place: Place, documents: Documents) -> str:
    """The pane for one place.

    Raises:
        KeyError: If the place's document is unknown.
    """
    citation = place.citation
    document = documents[citation.document_id]
    return (
        f"{_navigation(place)}"
        f'<p class="bw-titel">{escape(citation.title)}</p>'
        f"{_facts(citation, documents)}"
        '<div class="bw-uittreksel" tabindex="0" role="region" '
        'aria-label="Tekst van het document, met het bewijs gemarkeerd">'
        f"{excerpt_html(document, (citation.start, citation.end))}</div>"
        f"{_links(citation, document)}{_also(citation)}"
        f'<button type="button" class="bw-terug" data-terug>{texts.BACK_TO_ANSWER}</button>'
    )


def _navigation(place: Place) -> str:
    buttons = (
        _step(place, place.number - 1, "vorige", "‹ Vorige"),
        _step(place, place.number + 1, "volgende", "Volgende ›"),
    )
    return (
        '<div class="bw-balk"><h2 id="bewijs-kop" tabindex="-1">'
        f"{texts.EVIDENCE} {place.number} van {place.total}</h2>"
        f'<div class="bw-stappen">{"".join(buttons)}</div></div>'
    )


def _step(place: Place, number: int, name: str, text: str) -> str:
    if not 1 <= number <= place.total:
        return f'<button type="button" data-stap="{name}" disabled>{text}</button>'
    address = escape(evidence_address(place.key, number))
    return (
        f'<button type="button" data-stap="{name}" data-bewijs="{address}" '
        f'aria-label="{name.capitalize()} bewijs: nummer {number}">{text}</button>'
    )


def _facts(citation: Citation, documents: Documents) -> str:
    indexed = documents[citation.document_id]
    document, page = indexed.document, page_of(indexed.pages, citation.start)
    everyone = [indexed.document for indexed in documents.values()]
    facts = (
        ("Gemeente", citation.municipality or "onbekend"),
        ("Soort", ", ".join(p for p in (document.kind, date_in_words(document.date)) if p)),
        ("Status", status_in_words(document, everyone)),
        ("Onder", section_path(citation.section)),
        ("Plaats", position(citation)),
        ("Gelezen", recognised_in_words(page)),
    )
    rows = (f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    return f'<dl class="bw-feiten">{"".join(rows)}</dl>'


def _links(citation: Citation, document: IndexedDocument) -> str:
    links = [link(source_address(citation), "Open het origineel op deze plaats", new_tab=True)]
    if document.document.file.lower().endswith(".pdf"):
        # Viewers that can (pdf.js, as in Firefox) mark these words; others pass them over.
        words = quoted(" ".join((citation.printed or citation.quote).split()[:MOST_WORDS]))
        place = f"#page={citation.page or 1}&search={words}&phrase=true"
        address = f"{document_address(citation.document_id)}/bestand{place}"
        links.append(link(address, f"Open de pdf op pagina {citation.page or 1}", new_tab=True))
    return f'<p class="bw-origineel">{" ".join(links)}</p>'


def _also(citation: Citation) -> str:
    if not citation.also:
        return ""
    items = "".join(
        f"<li>{link(source_address(other), source_line(other), new_tab=True)}</li>"
        for other in citation.also
    )
    return f'<div class="bw-ook"><h3>Ook te vinden op</h3><ul>{items}</ul></div>'


def pane_html(key: str, answer: Answer, documents: Documents) -> str:
    """The pane as it is when an answer has just come: its first place, or that it has none."""
    found = places(answer, documents)
    if not found:
        return empty_pane(texts.EVIDENCE_NONE)
    return f'<div id="bewijs-inhoud" data-antwoord="{escape(key)}">' + (
        f"{evidence_html(Place(key, 1, len(found), found[0]), documents)}</div>"
    )


def empty_pane(text: str = texts.EVIDENCE_EMPTY) -> str:
    """The pane with a sentence instead of a place."""
    return (
        f'<div id="bewijs-inhoud"><div class="bw-balk"><h2 id="bewijs-kop" tabindex="-1">'
        f'{texts.EVIDENCE}</h2></div><p class="bw-leeg">{escape(text)}</p></div>'
    )
