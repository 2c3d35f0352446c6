"""What a question limits itself to: municipalities, documents, programmes and years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from wordfreq import zipf_frequency

from ingest.documents import Document, IndexedDocument
from ingest.dutch.words import words

# "MAG 3D", "MAG 2.0", "Wmo 2015": a short form with a version. A version alone is no name.
_VERSIONED = re.compile(
    r"\b(?!in\b|op\b|een\b|van\b|de\b|punt\b|artikel\b|art\b|bijlage\b|paragraaf\b|hoofdstuk\b|"
    r"lid\b|cijfer\b|is\b|was\b|naar\b|tot\b|met\b)([A-Za-z]{2,8})[ -]?(\d\.\d|\dD)\b",
    re.IGNORECASE,
)
# Zipf frequency above which a first word is an ordinary word ("Wijk"), not a name by itself.
ORDINARY = 4.0
# A name of so many letters may be misspelt, and is still recognised at this likeness (twice the
# letters in common by all letters, as difflib counts).
LONG_NAME = 8
ALIKE = 0.87
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s*(?:-|–|tot(?: en met)?|t/m)\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20[0-4])\d(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question names to limit itself.

    Attributes:
        municipalities: Names as the catalog writes them, in the order of the question.
        documents: Ids of documents meant by kind or title; empty means all.
        programmes: Short forms with their version ("MAG 3D"), in lower case with one space.
        years: Years named.
        words: Normalised words of the question that name the scope and say nothing else.
    """

    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    words: frozenset[str] = frozenset()


def find_scope(question: str, documents: Mapping[str, IndexedDocument]) -> Scope:
    """Read the scope of a question.

    Args:
        question: The whole question.
        documents: All indexed documents; their metadata are the names that can be meant.
    """
    asked = words(question)
    municipalities, used = _municipalities(asked, documents.values(), question)
    meant, used_for_documents = _documents(asked, municipalities, documents)
    ranged = _RANGE.findall(question)
    if ranged:
        of_period = tuple(
            name
            for name, indexed in documents.items()
            if _has_period(indexed.document, ranged)
            and (not municipalities or indexed.document.municipality in municipalities)
        )
        meant = meant or (of_period if len(of_period) == 1 else ())
        used_for_documents |= {year for pair in ranged for year in pair} if of_period else set()
    if len(meant) == 1:
        year = documents[meant[0]].document.date[:4]
        used_for_documents |= {year} & set(asked)
    programmes = find_programmes(question)
    years = tuple(
        dict.fromkeys(int(y) for y in _YEAR.findall(question) if y not in used_for_documents)
    )
    return Scope(municipalities, meant, programmes, years, frozenset(used | used_for_documents))


def _has_period(document: Document, ranged: Sequence[tuple[str, str]]) -> bool:
    """Whether a document's period or title is one of the ranges of years."""
    about = f"{document.period} {document.title}"
    return any(first in about and last in about for first, last in ranged)


def find_programmes(text: str) -> tuple[str, ...]:
    """Short names with a version, in lower case with one space: "mag 2.0".

    The bare name beside them too: "MAG, MAG 3D en MAG 2.0" names three.
    """
    versioned = [(name.lower(), version.lower()) for name, version in _VERSIONED.findall(text)]
    found = [f"{name} {version}" for name, version in versioned]
    for name in dict.fromkeys(name for name, _ in versioned):
        bare = re.search(rf"\b{name}\b(?![ -]?(?:\d\.\d|\dD))", text, re.IGNORECASE)
        if bare:
            found.insert(0, name)
    return tuple(dict.fromkeys(found))


def _municipalities(
    asked: list[str], documents: Iterable[IndexedDocument], question: str
) -> tuple[tuple[str, ...], set[str]]:
    """Municipalities that are named, in the order of the question, and the words that name them.

    The longest names come first and take their words, so that "Bergen op Zoom" is not "Bergen".
    """
    names = dict.fromkeys(d.document.municipality for d in documents if d.document.municipality)
    left: list[str | None] = list(asked)
    found: dict[str, int] = {}
    for name in sorted(names, key=lambda name: -len(words(name))):
        places = (
            _places(words(name), left)
            or _short_name(name, list(names), left, question)
            or _initials(name, left, question)
            or _misspelt(words(name), left)
        )
        if places:
            found[name] = places[0]
            for place in places:
                left[place] = None
    used = {word for word, kept in zip(asked, left, strict=True) if kept is None}
    if found:
        used.update({"gemeente", "gemeenten"})
    return tuple(sorted(found, key=lambda name: found[name])), used


_JOINING = frozenset({"en", "de", "het"})


def _places(name: list[str], asked: list[str | None]) -> list[int]:
    """Where all words of a name follow each other; a joining word may be left out."""
    wanted = [word for word in name if word not in _JOINING]
    kept = [(at, word) for at, word in enumerate(asked) if word not in _JOINING]
    for first in range(len(kept) - len(wanted) + 1):
        if [word for _, word in kept[first : first + len(wanted)]] == wanted:
            return [at for at, _ in kept[first : first + len(wanted)]]
    return []


def _misspelt(name: list[str], asked: list[str | None]) -> list[int]:
    """Where a longer name stands with a letter too few, too many or wrong: "Kaag en Brasem"."""
    wanted = [word for word in name if word not in _JOINING]
    letters = " ".join(wanted)
    if len(letters) < LONG_NAME:
        return []
    kept = [(at, word) for at, word in enumerate(asked) if word and word not in _JOINING]
    for first in range(len(kept) - len(wanted) + 1):
        run = kept[first : first + len(wanted)]
        typed = " ".join(word for _, word in run)
        # The comparison of all letters takes long.
        begins = typed[0] == letters[0]
        if begins and SequenceMatcher(None, typed, letters).ratio() >= ALIKE:
            return [at for at, _ in run]
    return []


def _short_name(name: str, names: list[str], asked: list[str | None], question: str) -> list[int]:
    """A municipality named by its first word alone, with a capital: "Kaag".

    Only when no other municipality begins so, and the word is no ordinary one.
    """
    first = re.split(r"[\s-]", name)[0]
    plain = words(first)
    alone = len(words(name)) > 1 and sum(other.startswith(first) for other in names) == 1
    capital = re.search(rf"(?<=\s){re.escape(first)}(?=[\s?.,]|$)(?! (?:aan|bij|op)\b)", question)
    ordinary = zipf_frequency(first, "nl") > ORDINARY
    if not alone or ordinary or len(first) < 4 or not capital or plain[0] not in asked:
        return []
    return [asked.index(plain[0])]


def _initials(name: str, asked: list[str | None], question: str) -> list[int]:
    """A municipality named by its initials, as its own people write it: "K&B", "WbD".

    Two letters alone may stand for anything, so there a sign must join them.
    """
    initials = [part[0] for part in re.split(r"[\s-]+", name) if part]
    capitals = [letter for letter in initials if letter.isupper()]
    if len(capitals) < 2:
        return []
    short = "[&+/-]".join(capitals)
    if len(initials) > len(capitals):
        short += f"|{re.escape(''.join(initials))}"
    match = re.search(rf"(?<!\w)(?:{short})(?![\w-])", question)
    if not match:
        return []
    letters = set(words(match.group()))
    return [at for at, word in enumerate(asked) if word in letters]


_NEVER = r"(?!)"
# Who sits in an audit committee points at no report of it.
_SEATED = (
    r"\b(?:leden|lid|benoemd|herbenoemd|voorzitter|zitting|zit|zat)\b.*\b(?:in|van) de rekenkamer"
)
# Words by which a question points at a document by its kind or its author, the kind, and when they
# do not point at it.
_KINDS: tuple[tuple[str, str, str], ...] = (
    (r"\brekenkamer\w*", r"rekenkamer", _SEATED),
    (r"\b(?:rapport|evaluatie|onderzoek)\b", r"evaluatie|rapport|onderzoek", _NEVER),
    (r"\bbrief\b|\baan de adviesraad\b", r"brief", _NEVER),
    (r"\bbestuurlijke reactie\b|\braadsbrief\b", r"reactie", _NEVER),
    (r"\bagenda\b", r"agenda", _NEVER),
)


def _documents(
    asked: list[str], municipalities: tuple[str, ...], documents: Mapping[str, IndexedDocument]
) -> tuple[tuple[str, ...], set[str]]:
    """Documents that the question points at, and the words it does so with.

    A kind of document ("in de brief") means every document of that kind.
    """
    text = " ".join(asked)
    meant: list[str] = []
    used: set[str] = set()
    for pattern, kind, unless in _KINDS:
        match = re.search(
            rf"\b(?:in|volgens|uit|van|doet|deed|beveelt|adviseert)\s+(?:\w+\s+){{0,2}}(?:{pattern})",
            text,
        )
        named = re.search(pattern, text)
        if not match or not named or re.search(unless, text):
            continue
        of_kind = [
            name
            for name, indexed in documents.items()
            if re.search(kind, _about(indexed.document))
            and (not municipalities or indexed.document.municipality in municipalities)
        ]
        if of_kind:
            meant += of_kind
            used.add(named.group())
    addressed = _answered(text, documents)
    if addressed and not meant:
        return addressed, used
    return tuple(dict.fromkeys(meant)), used


_TO = re.compile(r"\baan (?:de|het) (\w*(?:raad|rekenkamer\w*|platform|panel))\b")
_ANSWERS = re.compile(r"\b(?:antwoord\w*|beantwoord\w*|reag\w+|reactie|toegezegd|toezegg\w+)\b")


def _answered(text: str, documents: Mapping[str, IndexedDocument]) -> tuple[str, ...]:
    """The letters to somebody whom the question tells of, when it asks what was answered."""
    if not _ANSWERS.search(text):
        return ()
    return tuple(
        name
        for name, indexed in documents.items()
        if (to := _TO.search(indexed.document.title.lower()))
        and re.search(rf"\b{to[1]}\b", text)
        and to[1] not in {"raad", "gemeenteraad"}
    )


def _about(document: Document) -> str:
    return f"{document.kind} {document.title} {document.body}".lower()


def in_scope(scope: Scope, documents: Mapping[str, IndexedDocument]) -> frozenset[str]:
    """Ids of the documents that the scope leaves; all when it names nothing.

    A document counts as meant when the question points at exactly one.
    """
    if len(scope.documents) == 1:
        return frozenset(scope.documents)
    if not scope.municipalities:
        return frozenset(documents)
    return frozenset(
        name
        for name, indexed in documents.items()
        if indexed.document.municipality in scope.municipalities
    )
