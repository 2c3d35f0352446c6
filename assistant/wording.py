"""Small pieces of Dutch: dates, places, statuses and counts, the same on page and in exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ingest.documents import (
    Answer,
    Citation,
    Document,
    IndexedDocument,
    Page,
    QuestionKind,
    StatementKind,
)
from ingest.dutch.dates import MONTHS

UNDERSTOOD = "Gelezen als:"
# Answers of these kinds state in their own text where they were found and where not.
COUNTED_IN_TEXT = {QuestionKind.LIST, QuestionKind.COMPARISON, QuestionKind.RECOMMENDATION}
MANY = 25
"""A list of more than this is summarised, and folded on the page."""
PLURALS = {
    StatementKind.GOAL: "doelen",
    StatementKind.INDICATOR: "indicatoren",
    StatementKind.PRINCIPLE: "uitgangspunten",
    StatementKind.MEASURE: "maatregelen",
    StatementKind.RECOMMENDATION: "aanbevelingen",
    StatementKind.REACTION: "reacties",
    StatementKind.PROMISE: "toezeggingen",
    StatementKind.ASSIGNMENT: "opdrachten",
    StatementKind.FINDING: "bevindingen",
}
FIELD_NAMES = {
    "title": "titel",
    "municipality": "gemeente",
    "kind": "soort",
    "body": "afzender",
    "date": "datum",
    "period": "looptijd",
    "status": "status",
    "supersedes": "vervangt",
    "source": "herkomst",
}


def date_in_words(iso: str) -> str:
    """Write an ISO date as "8 oktober 2012", a year-month as "oktober 2012", the rest as it is."""
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or not 2 <= len(parts) <= 3:
        return iso
    month = int(parts[1])
    if not 1 <= month <= len(MONTHS):
        return iso
    day = [str(int(parts[2]))] if len(parts) == 3 else []
    return " ".join([*day, MONTHS[month - 1], parts[0]])


def number_in_words(number: int) -> str:
    """Write a whole number with a dot between the thousands: 2.001."""
    return f"{number:,}".replace(",", ".")


def count(number: int, one: str, more: str) -> str:
    """Write "1 document" or "3 documenten"."""
    return f"{number_in_words(number)} {one if number == 1 else more}"


def enumeration(words: Iterable[str]) -> str:
    """Join words as "a, b en c"."""
    *front, last = list(words) or [""]
    return f"{', '.join(front)} en {last}" if front else last


def kinds_in_words(kinds: Iterable[StatementKind]) -> str:
    """Write how many there are of each kind: "3 doelen en 1 indicator"."""
    numbers = Counter(kinds)
    return enumeration(count(n, str(kind), PLURALS[kind]) for kind, n in numbers.items())


def page_in_words(page: int, label: str) -> str:
    """Write a physical page, with the printed label where it differs: "pagina 12 (gedrukt: 10)"."""
    printed = f" (gedrukt: {label})" if label and label != str(page) else ""
    return f"pagina {page}{printed}"


def position(citation: Citation) -> str:
    """Write the page or the line of a citation; "" when it has neither."""
    if citation.page is not None:
        return page_in_words(citation.page, citation.page_label)
    return f"regel {number_in_words(citation.line)}" if citation.line is not None else ""


def section_path(section: tuple[str, ...]) -> str:
    """Write the headings above a place from the outermost in: "2 Doel › 2.1 Zorg"."""
    return " › ".join(" ".join(heading.split()) for heading in section if heading.strip())


def source_line(citation: Citation) -> str:
    """Write where a citation stands: title, municipality, headings, page or line."""
    where = f" ({citation.municipality})" if citation.municipality else ""
    parts = (f"{citation.title}{where}", section_path(citation.section), position(citation))
    return ", ".join(part for part in parts if part)


def successor(document: Document, documents: Iterable[Document]) -> Document | None:
    """The document that says that it replaces this one, by id or title; None when there is none."""
    names = {document.id.casefold(), document.title.casefold()}
    for other in documents:
        if other.id != document.id and other.supersedes.casefold() in names:
            return other
    return None


def status_in_words(document: Document, documents: Iterable[Document]) -> str:
    """Write the status of a document, its period, and what replaced it."""
    newer = successor(document, documents)
    parts = (
        document.status or "onbekend",
        f"looptijd {document.period}" if document.period else "",
        f"vervangen door: {newer.title}" if newer else "",
    )
    return "; ".join(part for part in parts if part)


def recognised_in_words(page: Page | None) -> str:
    """Write that a page was a scan, and how sure its text is; "" for one that was none."""
    if page is None or page.confidence is None:
        return ""
    return f"gescand, herkend (zekerheid {page.confidence:.0%})"


def unread_in_words(unread: tuple[int, ...]) -> str:
    """Write which pages could not be read; "geen" when all could."""
    if not unread:
        return "geen"
    word = "pagina" if len(unread) == 1 else "pagina's"
    return f"{word} {enumeration(str(number) for number in unread)}"


def coverage_in_words(answer: Answer, documents: Mapping[str, IndexedDocument]) -> str:
    """Write how much was searched, where it was found and which pages could not be read."""
    coverage = answer.coverage
    if not coverage.searched:
        return ""
    searched = count(len(coverage.searched), "document", "documenten")
    parts = [f"{searched} doorzocht"]
    if coverage.places and answer.kind not in COUNTED_IN_TEXT:
        places = count(coverage.places, "vindplaats", "vindplaatsen")
        parts.append(f"{places} in {count(len(coverage.found), 'document', 'documenten')}")
    for document_id, unread in coverage.unread.items():
        known = documents.get(document_id)
        title = known.document.title if known else document_id
        parts.append(f"niet te lezen: {unread_in_words(unread)} van {title}")
    return " · ".join(parts)


def origin_in_words(answer: Answer) -> str:
    """Write how the answer was made and how long that took."""
    tenths = f"{answer.seconds:.1f} seconde".replace(".", ",")
    time = tenths if answer.seconds >= 0.05 else "minder dan 0,1 seconde"
    if answer.abstained and not answer.citations:
        return f"Gezocht door de computer in {time}"
    if answer.plain and any(one.text != one.original for one in answer.plain.sentences):
        by = f"het taalmodel {answer.plain.model}" if answer.plain.model else "de computer"
        return f"In eenvoudige taal gezet door {by} in {time}"
    if answer.made_by == "extractief":
        return f"Zinnen letterlijk overgenomen, gekozen door de computer in {time}"
    return f"Verwoord door het taalmodel {answer.made_by} in {time}"


def may_write(answer: Answer) -> bool:
    """Whether a model may put an answer into words.

    Not a refusal, which the evidence decided, and not what was counted.
    """
    return not answer.abstained and not answer.fixed and bool(answer.citations)


def line_of(text: str, offset: int) -> int:
    """Line number, from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1


def page_of(pages: Iterable[Page], offset: int) -> Page | None:
    """The page that holds an offset; None when the document has no pages."""
    return next((page for page in pages if page.start <= offset < page.end), None)
