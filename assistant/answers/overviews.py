"""An overview of a document: what it is for, its main points, and its terms, each with its proof.

"Waar gaat dit stuk over?" and "vat de evaluatie samen" ask for no passage in particular. What a
document says of itself near its beginning, what the register holds of it, and the abbreviations
that it explains tell what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from assistant.answers.lists import announced
from assistant.answers.material import Material, sentence_start, source_name
from assistant.answers.names import explained
from assistant.citations import Draft, Line, Quote
from assistant.register import Register
from assistant.scope import find_scope, in_scope
from assistant.wording import number_in_words
from ingest.documents import IndexedDocument, Passage, PassageKind, Statement, StatementKind
from ingest.dutch.words import words
from ingest.links import is_passed_on
from ingest.wording import load_wording

# Each takes what the question calls the document.
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bvat (?P<called>.+?) (?:kort |even )?samen\b",
        r"\bsamenvatting van (?P<called>[^?]+)",
        r"\bwaar gaat (?P<called>.+?) over\b",
        r"\bwaarover gaat (?P<called>[^?]+)",
        r"\bwat staat er in (?P<called>(?:de|het|dit|deze) [^?]+)",
    )
)
# Words that call a document so without telling which.
_CALLED = frozenset("document stuk rapport nota notitie tekst gemeente".split())
# How a document says what it is for, the plainest first.
_PURPOSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:deze|dit|het|de) \w+ heeft (?:als|tot) doel\b|\bdoel van (?:deze|dit|het)\b",
        r"^\W*(?:deze|dit) (?:\w+ )?(?:agenda|evaluatie|brief|nota|notitie|visie|rapport) "
        r"(?:is|gaat|bevat|geeft)\b",
        r"^\W*in (?:deze|dit) (?:agenda|document|rapport|nota|notitie|reactie|brief)\b",
        r"\bu heeft\b.*\badvies\b|^\W*(?:hierbij|bijgaand)\b|\bheeft de \w+ [\w ]+ ontvangen\b",
    )
)
_SUMMARY = re.compile(r"^[\d.\s]*(?:\w+ )?samenvatting\W*$", re.IGNORECASE)
_OPENING = re.compile(r"^[\d.\s]*(?:inleiding|aanleiding|voorwoord|waarom .*)\W*$", re.I)
BEGINNING = 0.25
"""Share of a document's passages in which it is expected to say what it is for."""
MOST_DOCUMENTS = 3
MOST_PURPOSES = 2
MOST_SUMMARY = 3
MOST_POINTS = 8
MOST_TERMS = 5
LEAST_WORDS = 8
SHORTEST = 3
"""Letters from which a short form ("Wmo") may stand for words of a title that begin with them."""
_ADVICE = ((StatementKind.RECOMMENDATION, "overzicht_adviezen"),)
_POINTS = (
    (StatementKind.GOAL, "overzicht_doelen"),
    (StatementKind.PRINCIPLE, "overzicht_uitgangspunten"),
    *_ADVICE,
    (StatementKind.PROMISE, "overzicht_toezeggingen"),
)


def answer_overview(material: Material) -> Draft:
    """What the documents that are asked about are; empty when the question has a subject."""
    found = (pattern.search(material.question.understood) for pattern in _ASKED)
    called = next((match["called"] for match in found if match), "")
    if not called:
        return Draft()
    documents = material.index.documents
    names = _meant(called, material)
    if not 1 <= len(names) <= MOST_DOCUMENTS or len(names) == len(documents) > 1:
        return Draft()
    if any(_subject(called, documents[name], material) for name in names):
        return Draft()
    lines: list[Line] = []
    for name in names:
        lines += _document(material, documents[name])
    return Draft(tuple(lines))


def _meant(called: str, material: Material) -> list[str]:
    """The documents that are called so: by the beginning of their title, else by kind or place."""
    documents = material.index.documents
    scope = find_scope(f"volgens {called}", documents)
    names = [name for name in documents if name in in_scope(scope, documents) & material.within]
    bare = re.sub(r"^(?:de|het|dit|deze)\s+", "", called.strip().lower()).rstrip(" .?!")
    titled = [
        name
        for name in names
        if (title := documents[name].document.title.lower()).startswith(bare)
        or bare.startswith(title)
        or re.match(rf"(?:\w+ )?{re.escape(bare)}\b", title)
    ]
    if titled or len(names) < len(documents):
        return titled or [name for name in names if not scope.documents or name in scope.documents]
    # "De evaluatie van de Wmo": the documents whose own names say all of it.
    return [name for name in names if not _subject(called, documents[name], material)] or names


def _subject(called: str, indexed: IndexedDocument, material: Material) -> frozenset[str]:
    """Terms of what the question calls the document that are none of its own names."""
    document = indexed.document
    own = (document.title, document.kind, document.body, document.municipality, document.date[:4])
    left = material.terms(called) - material.terms(" ".join((*own, *_CALLED)))
    initials = "".join(word[0] for word in words(document.title))
    return frozenset(term for term in left if len(term) < SHORTEST or term not in initials)


def _document(material: Material, indexed: IndexedDocument) -> list[Line]:
    say = material.phrases.say
    lines = [Line(say("kant", naam=source_name(indexed.document)))]
    lines += _under(say("overzicht_waarover"), purposes(indexed))
    summary = _first_under(indexed, _SUMMARY, MOST_SUMMARY)
    lines += _under(say("overzicht_samenvatting"), summary)
    by_kind: dict[StatementKind, list[tuple[Statement, Passage]]] = {}
    for statement, passage in announced(indexed):
        by_kind.setdefault(statement.kind, []).append((statement, passage))
    # What somebody evaluates are others' goals; its own points are its advice.
    for kind, name in _ADVICE if summary else _POINTS:
        found = _own(by_kind.get(kind, []), material.register)
        quotes = [Quote(p, sentence_start(p, s), s.end) for s, p in _spread(found)]
        total = number_in_words(len(found))
        lines += _under(say(name, getoond=number_in_words(len(quotes)), aantal=total), quotes)
    return lines + _under(say("overzicht_begrippen"), _terms(indexed))


def _under(name: str, quotes: Sequence[Quote]) -> list[Line]:
    return [Line(name), *(Line("-", (quote,)) for quote in quotes)] if quotes else []


def purposes(indexed: IndexedDocument) -> list[Quote]:
    """What the document says that it is for, in reading order; else how it begins."""
    beginning = [
        (passage, span)
        for passage in indexed.passages[: max(3, int(BEGINNING * len(indexed.passages)))]
        if passage.kind is PassageKind.PARAGRAPH
        for span in passage.sentences
    ]
    found: list[Quote] = []
    for pattern in _PURPOSES:
        for passage, span in beginning:
            if len(found) < MOST_PURPOSES and pattern.search(_said(passage, span)):
                quote = Quote(passage, *span)
                found += [quote] if quote not in found else []
    if not found:
        found = _first_under(indexed, _OPENING, MOST_PURPOSES)
    return sorted(found, key=lambda quote: quote.start)


def _first_under(indexed: IndexedDocument, heading: re.Pattern[str], most: int) -> list[Quote]:
    """The first whole sentences of the first section that is called so."""
    section: tuple[str, ...] = ()
    quotes: list[Quote] = []
    for passage in indexed.passages:
        named = any(heading.match(part) for part in passage.section)
        if not section and named:
            section = passage.section
        if not section or passage.kind is not PassageKind.PARAGRAPH:
            continue
        if passage.section[: len(section)] != section and not named:
            break
        for span in passage.sentences:
            said = _said(passage, span)
            tells = len(said.split()) >= LEAST_WORDS and not load_wording().signposts.search(said)
            if len(quotes) < most and tells:
                quotes.append(Quote(passage, *span))
    return quotes


def _said(passage: Passage, span: tuple[int, int]) -> str:
    return " ".join(passage.cut(*span).split())


def _own(
    found: Sequence[tuple[Statement, Passage]], register: Register
) -> list[tuple[Statement, Passage]]:
    """Without what a later programme has followed, or a programme passes on to a provider."""
    return [
        (statement, passage)
        for statement, passage in found
        if (statement.document_id, statement.programme) not in register.followed_by
        and not is_passed_on(statement.programme)
    ]


def _spread(found: Sequence[tuple[Statement, Passage]]) -> list[tuple[Statement, Passage]]:
    """A few from all over, in reading order: the first of each theme, then the second, ..."""
    themes: dict[str, list[tuple[Statement, Passage]]] = {}
    for statement, passage in found:
        themes.setdefault(statement.theme, []).append((statement, passage))
    rounds = zip_longest(*themes.values())
    chosen = [pair for pairs in rounds for pair in pairs if pair is not None][:MOST_POINTS]
    return sorted(chosen, key=lambda pair: pair[0].start)


def _terms(indexed: IndexedDocument) -> list[Quote]:
    """Sentences that explain an abbreviation, one for each."""
    quotes: list[Quote] = []
    for short, full in indexed.abbreviations.items():
        quote = explained(indexed, short, full)
        if quote and not any(quote.start == other.start for other in quotes):
            quotes.append(quote)
        if len(quotes) == MOST_TERMS:
            break
    return quotes
