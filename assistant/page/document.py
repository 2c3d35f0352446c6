"""The tab "Documenten": adding files, how far they are, and the pane with one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from assistant.markup import link
from assistant.page import texts
from assistant.page.evidence import document_address
from assistant.page.intake import Intake, State, Upload
from assistant.wording import (
    FIELD_NAMES,
    PLURALS,
    count,
    enumeration,
    line_of,
    number_in_words,
    page_in_words,
    page_of,
    successor,
    unread_in_words,
)
from ingest.documents import Document, IndexedDocument, Personal, PersonalKind
from ingest.nearness import NEAR, likeness
from ingest.readers.formats import READERS
from ingest.readers.limits import MEGABYTE, Limits
from ingest.readers.text import format_in_words

MOST_PLACES = 20
"""Most places with personal data of one kind that are named."""
MOST_BYTES = Limits().file_bytes
HINTS = {
    "date": "2024-03-01 of 2024",
    "period": "2024-2028",
    "status": "vastgesteld of concept",
    "kind": "nota, evaluatie of brief",
    "body": "college of gemeenteraad",
}
Documents = Mapping[str, IndexedDocument]


# Adding


def adding_html() -> str:
    """The place to drop files on, and under it what became of them."""
    suffixes = ",".join(sorted(READERS))
    most = MOST_BYTES // MEGABYTE
    return (
        '<section class="bw-toevoegen" aria-labelledby="toevoegen-kop">'
        f'<h2 id="toevoegen-kop">{texts.ADD_TITLE}</h2>'
        '<label class="bw-neer" id="documenten-neer">'
        f"<span>{texts.ADD_DROP}</span>"
        f'<input type="file" class="bw-sr" id="documenten-kies" multiple accept="{suffixes}">'
        f'<span class="bw-kies">{texts.ADD_CHOOSE}</span></label>'
        f'<p class="bw-uitleg">{texts.ADD_LIMIT.format(most=most)}</p>'
        '<div id="documenten-stand" aria-live="polite"></div></section>'
    )


def progress_html(intake: Intake, documents: Documents) -> str:
    """How far the added files are; `data-bezig` tells whether to look again soon."""
    uploads = intake.uploads
    busy = intake.busy or any(one.state.busy for one in uploads)
    rows = "".join(_upload(one, documents) for one in uploads)
    told = f'<p class="bw-gezegd" role="status">{escape(intake.told)}</p>' if intake.told else ""
    return (
        f'<div data-bezig="{"ja" if busy else "nee"}" data-keer="{intake.number}">{told}'
        f'{_summary(uploads)}<ul class="bw-stand">{rows}</ul></div>'
    )


def _summary(uploads: Sequence[Upload]) -> str:
    if not uploads:
        return ""
    states = Counter(one.state for one in uploads)
    parts = enumeration(f"{states[state]} {state}" for state in State if states[state])
    busy = any(one.state.busy for one in uploads)
    order, text = ("annuleer", texts.ADD_CANCEL_ALL) if busy else ("sluit", texts.ADD_CLEAR)
    return (
        f'<p class="bw-telling">{count(len(uploads), "bestand", "bestanden")}: {parts}. '
        f"{_button(order, '', text)}</p>"
    )


def _upload(upload: Upload, documents: Documents) -> str:
    state = str(upload.state)
    bar = ""
    if upload.state is State.READING and upload.page:
        of = f" van {upload.pages}" if upload.pages else ""
        most = f' max="{upload.pages}" value="{upload.page}"' if upload.pages else ""
        state = f"bladzijde {upload.page}{of}"
        bar = f'<progress{most} aria-label="{escape(upload.name)}"></progress>'
    titles = " ".join(
        _open(documents[name].document) for name in upload.documents[:5] if name in documents
    )
    more = len(upload.documents) - 5
    titles += f" en nog {more}" if more > 0 else ""
    messages = "".join(f"<li>{escape(message)}</li>" for message in upload.messages)
    order, text = ("annuleer", "Stop") if upload.state.busy else ("sluit", "Sluit")
    return (
        f'<li class="bw-stand-{"bezig" if upload.state.busy else upload.state.name.lower()}">'
        f'<span class="bw-naam">{escape(upload.name)}</span> '
        f'<span class="bw-staat">{state}</span> {bar} {titles} '
        f"{_button(order, upload.key, text, upload.name)}"
        f"{f'<ul>{messages}</ul>' if messages else ''}{_password(upload)}</li>"
    )


def _password(upload: Upload) -> str:
    if not upload.locked:
        return ""
    key = escape(upload.key)
    name = f"wachtwoord-{key}"
    return (
        f'<form class="bw-wachtwoord" data-opdracht="wachtwoord" data-sleutel="{key}">'
        f'<label for="{name}">{texts.ADD_PASSWORD}</label>'
        f'<input type="password" id="{name}" name="wachtwoord" autocomplete="off" maxlength="200">'
        f"<button>{texts.ADD_UNLOCK}</button></form>"
    )


def _button(order: str, key: str, text: str, name: str = "") -> str:
    label = f' aria-label="{text}: {escape(name)}"' if name else ""
    return (
        f'<button type="button" data-opdracht="{order}" data-sleutel="{escape(key)}"{label}>'
        f"{text}</button>"
    )


def _open(document: Document) -> str:
    return (
        f'<button type="button" class="bw-uitspraak" data-document="{escape(document.id)}">'
        f"{escape(document.title)}</button>"
    )


# One document


def empty_document_html(text: str = texts.DOCUMENT_EMPTY) -> str:
    """The pane without a document."""
    return (
        '<div id="document-inhoud" class="bw-paneel"><div class="bw-balk">'
        f'<h2 id="document-kop" tabindex="-1">{texts.DOCUMENT}</h2></div>'
        f'<p class="bw-leeg">{escape(text)}</p></div>'
    )


def document_html(indexed: IndexedDocument, documents: Documents, *, described: bool) -> str:
    """The pane with one document: what was read of it, what is known of it, and what can be done.

    Args:
        indexed: The document.
        documents: All documents.
        described: Whether a person gave its metadata.
    """
    about = indexed.document
    return (
        f'<div class="bw-balk"><h2 id="document-kop" tabindex="-1">{texts.DOCUMENT}</h2></div>'
        f'<p class="bw-titel">{escape(about.title)}</p>'
        f"{_report(indexed, documents)}{_notes(indexed, documents)}{_personal(indexed)}"
        f"{_links(about)}"
        f"{_form(about, documents, described=described)}{_orders(about)}"
    )


def _report(indexed: IndexedDocument, documents: Documents) -> str:
    about = indexed.document
    everyone = [one.document for one in documents.values()]
    newer = successor(about, everyone)
    kinds = Counter(statement.kind for statement in indexed.statements)
    facts = (
        ("Bestand", about.file),
        ("Ook gevonden als", enumeration(about.names)),
        ("Soort bestand", format_in_words(indexed)),
        ("Bladzijden", _pages(indexed)),
        ("Gelezen met", _readers(indexed)),
        ("Niet te lezen", unread_in_words(indexed.unread) if indexed.pages else ""),
        ("Passages", number_in_words(len(indexed.passages))),
        (
            "Uitspraken",
            enumeration(
                count(number, str(kind), PLURALS[kind]) for kind, number in kinds.most_common()
            )
            or "geen",
        ),
        ("Vervangen door", newer.title if newer else ""),
    )
    rows = (f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    return f'<dl class="bw-feiten">{"".join(rows)}</dl>'


def _pages(indexed: IndexedDocument) -> str:
    return number_in_words(len(indexed.pages)) if indexed.pages else "geen (doorlopende tekst)"


def _readers(indexed: IndexedDocument) -> str:
    used = Counter(page.read_by for page in indexed.pages if page.read_by)
    sure = [page.confidence for page in indexed.pages if page.confidence is not None]
    scanned = f"; gescand, herkend (zekerheid {sum(sure) / len(sure):.0%})" if sure else ""
    programs = enumeration(
        f"{name} ({count(number, 'bladzijde', 'bladzijden')})"
        for name, number in used.most_common()
    )
    return programs + scanned


def _notes(indexed: IndexedDocument, documents: Documents) -> str:
    notes = [*_problems(indexed), *indexed.notes, *_near(indexed, documents)]
    if not notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        f'<div class="bw-melding" role="note"><strong>{texts.DOCUMENT_NOTES}</strong>'
        f"<ul>{items}</ul></div>"
    )


def _personal(indexed: IndexedDocument) -> str:
    """Where personal data stand: links to the places, without the data themselves."""
    if not indexed.personal:
        return ""
    items = []
    for kind in PersonalKind:
        places = [one for one in indexed.personal if one.kind is kind]
        if places:
            links = ", ".join(_place(indexed, one) for one in places[:MOST_PLACES])
            more = len(places) - MOST_PLACES
            rest = f" en nog {more}" if more > 0 else ""
            items.append(f"<li>{kind} ({len(places)} keer): {links}{rest}</li>")
    return (
        f'<div class="bw-melding" role="note"><strong>{texts.DOCUMENT_PERSONAL}</strong>'
        f"<p>{texts.DOCUMENT_PERSONAL_TEXT}</p><ul>{''.join(items)}</ul></div>"
    )


def _place(indexed: IndexedDocument, one: Personal) -> str:
    page = page_of(indexed.pages, one.start)
    where = (
        page_in_words(page.number, page.label)
        if page
        else f"regel {line_of(indexed.text, one.start)}"
    )
    address = f"{document_address(indexed.document.id)}?van={one.start}&tot={one.end}#citaat"
    return link(address, where, new_tab=True)


def _problems(indexed: IndexedDocument) -> list[str]:
    """Which pages could not be read, by why."""
    pages: dict[str, list[str]] = {}
    for page in indexed.pages:
        if page.problem:
            pages.setdefault(page.problem, []).append(str(page.number))
    return [
        f"{'Bladzijde' if len(numbers) == 1 else 'Bladzijden'} {enumeration(numbers)}: {why}."
        for why, numbers in pages.items()
    ]


def _near(indexed: IndexedDocument, documents: Documents) -> list[str]:
    """Other documents that are nearly the same, unless one is said to replace the other."""
    about = indexed.document
    notes = []
    for other in documents.values():
        linked = {about.supersedes, other.document.supersedes} & {about.id, other.document.id}
        if other.document.id != about.id and not linked:
            share = likeness(indexed.sketch, other.sketch)
            if share >= NEAR:
                notes.append(texts.DOCUMENT_NEAR.format(title=other.document.title, share=share))
    return notes


def _links(about: Document) -> str:
    address = document_address(about.id)
    links = [
        link(address, texts.DOCUMENT_TEXT, new_tab=True),
        link(f"{address}/bestand", texts.DOCUMENT_ORIGINAL, new_tab=True),
    ]
    return f'<p class="bw-origineel">{" ".join(links)}</p>'


def _form(about: Document, documents: Documents, *, described: bool) -> str:
    fields = "".join(
        _field(about, name) for name in FIELD_NAMES if name not in ("supersedes", "source")
    )
    others = sorted(
        (one.document for one in documents.values() if one.document.id != about.id),
        key=lambda one: one.title,
    )
    chosen = about.supersedes.casefold()
    options = "".join(
        f'<option value="{escape(one.id)}"'
        f"{' selected' * (chosen in (one.id.casefold(), one.title.casefold()))}>"
        f"{escape(one.title)}</option>"
        for one in others
    )
    known = any(chosen in (one.id.casefold(), one.title.casefold()) for one in others)
    if chosen and not known:
        options += (
            f'<option value="{escape(about.supersedes)}" selected>{escape(about.supersedes)}'
            "</option>"
        )
    explained = texts.DOCUMENT_GUESSED if about.guessed else texts.DOCUMENT_GIVEN
    return (
        f'<form class="bw-gegevens" data-opdracht="gegevens" data-sleutel="{escape(about.id)}">'
        f"<h3>{texts.DOCUMENT_DATA}</h3>"
        f'<p class="bw-uitleg">{explained if described or about.guessed else ""}</p>{fields}'
        f'<div class="bw-veld"><label for="gegeven-supersedes">Vervangt</label>'
        f'<select id="gegeven-supersedes" name="supersedes"><option value="">geen ander document'
        f"</option>{options}</select></div>"
        f"{_field(about, 'source')}<button>{texts.DOCUMENT_SAVE}</button></form>"
    )


def _field(about: Document, name: str) -> str:
    value = getattr(about, name)
    guessed = name in about.guessed
    label = FIELD_NAMES[name].capitalize()
    mark = f' <span class="bw-geraden">{texts.GUESSED}</span>' if guessed else ""
    hint = f' placeholder="bijvoorbeeld {HINTS[name]}"' if name in HINTS else ""
    return (
        f'<div class="bw-veld"><label for="gegeven-{name}">{label}{mark}</label>'
        f'<input id="gegeven-{name}" name="{name}" value="{escape(value)}" maxlength="300" '
        f'autocomplete="off"{hint}></div>'
    )


def _orders(about: Document) -> str:
    """Replacing and removing; removing asks again."""
    replacing = (
        ""
        if about.origin
        else '<label class="bw-vervang"><input type="file" class="bw-sr" '
        f'data-vervangt="{escape(about.id)}" accept="{",".join(sorted(READERS))}">'
        f'<span class="bw-kies">{texts.DOCUMENT_REPLACE}</span></label>'
    )
    return (
        f'<div class="bw-opdrachten">{replacing}'
        f'<button type="button" data-vraag="verwijder">{texts.DOCUMENT_REMOVE}</button>'
        f'<div class="bw-zeker" data-zeker hidden role="group" aria-label="{texts.DOCUMENT_SURE}">'
        f"<p>{texts.DOCUMENT_SURE_TEXT}</p>"
        f"{_button('verwijder', about.id, texts.DOCUMENT_YES)} "
        f'<button type="button" data-vraag="toch-niet">{texts.DOCUMENT_NO}</button></div></div>'
    )
