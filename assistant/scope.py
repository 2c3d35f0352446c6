"""What a question limits itself to: municipalities, documents, programmes and years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.documents import Document, IndexedDocument
from ingest.dutch.words import words

# "MAG 3D", "MAG 2.0", "Wmo 2015": a short form with a version. A version alone is no name.
_VERSIONED = re.compile(r"\b([A-Za-z]{2,8})[ -]?(\d\.\d|\dD)\b", re.IGNORECASE)
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
        of_period = tuple(n for n, d in documents.items() if _has_period(d.document, ranged))
        meant = meant or (of_period if len(of_period) == 1 else ())
        used_for_documents |= {year for pair in ranged for year in pair} if of_period else set()
    if len(meant) == 1:
        year = documents[meant[0]].document.date[:4]
        used_for_documents |= {year} & set(asked)
    programmes = _programmes(question)
    years = tuple(
        dict.fromkeys(int(y) for y in _YEAR.findall(question) if y not in used_for_documents)
    )
    return Scope(municipalities, meant, programmes, years, frozenset(used | used_for_documents))


def _has_period(document: Document, ranged: Sequence[tuple[str, str]]) -> bool:
    """Whether a document's period or title is one of the ranges of years."""
    about = f"{document.period} {document.title}"
    return any(first in about and last in about for first, last in ranged)


def _programmes(question: str) -> tuple[str, ...]:
    """Short names with a version; the bare name beside them too: "MAG, MAG 3D en MAG 2.0"."""
    versioned = [(name.lower(), version.lower()) for name, version in _VERSIONED.findall(question)]
    found = [f"{name} {version}" for name, version in versioned]
    for name in dict.fromkeys(name for name, _ in versioned):
        bare = re.search(rf"\b{name}(?=\s*(?:,|\)|\ben\b|\bof\b))", question, re.IGNORECASE)
        if bare:
            found.insert(0, name)
    return tuple(dict.fromkeys(found))


def _municipalities(
    asked: list[str], documents: Iterable[IndexedDocument], question: str
) -> tuple[tuple[str, ...], set[str]]:
    found: dict[str, int] = {}
    used: set[str] = set()
    for name in dict.fromkeys(
        d.document.municipality for d in documents if d.document.municipality
    ):
        at = _position(words(name), asked)
        if at is None:
            at = _short_name(name, asked, question)
        if at is not None:
            found[name] = at
            used.update(words(name))
    if found:
        used.update({"gemeente", "gemeenten"})
    return tuple(sorted(found, key=lambda name: found[name])), used


def _position(name: list[str], asked: list[str]) -> int | None:
    """Where all words of a name follow each other; a joining word may be left out."""
    wanted = [word for word in name if word not in {"en", "de", "het"}]
    kept = [(at, word) for at, word in enumerate(asked) if word not in {"en", "de", "het"}]
    for first in range(len(kept) - len(wanted) + 1):
        if [word for _, word in kept[first : first + len(wanted)]] == wanted:
            return kept[first][0]
    return None


def _short_name(name: str, asked: list[str], question: str) -> int | None:
    """A municipality named by its first word with a capital ("Kaag"), never by an ordinary word."""
    first = re.split(r"[\s-]", name)[0]
    inside = re.search(rf"(?<=\s){re.escape(first)}(?=[\s?.,]|$)(?! bij)", question)
    if len(first) < 4 or inside is None or words(first)[0] not in asked:
        return None
    return asked.index(words(first)[0])


# Words by which a question points at a document by its kind or its author.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"\brekenkamer\w*|\brapport\b|\bevaluatie\b|\bonderzoek\b", r"evaluatie|rapport|onderzoek"),
    (r"\bbrief\b|\baan de adviesraad\b", r"brief"),
    (r"\bbestuurlijke reactie\b|\braadsbrief\b", r"reactie"),
    (r"\bagenda\b", r"agenda"),
)


def _documents(
    asked: list[str], municipalities: tuple[str, ...], documents: Mapping[str, IndexedDocument]
) -> tuple[tuple[str, ...], set[str]]:
    """Documents that the question points at, and the words it does so with.

    A kind of document alone ("de brief") only counts when it leaves something out.
    """
    text = " ".join(asked)
    meant: list[str] = []
    used: set[str] = set()
    for pattern, kind in _KINDS:
        match = re.search(
            rf"\b(?:in|volgens|uit|van|doet|deed|beveelt|adviseert)\s+(?:\w+\s+){{0,2}}(?:{pattern})",
            text,
        )
        named = re.search(pattern, text)
        if not match or not named:
            continue
        of_kind = [
            name
            for name, indexed in documents.items()
            if re.search(kind, f"{indexed.document.kind} {indexed.document.title}".lower())
            and (not municipalities or indexed.document.municipality in municipalities)
        ]
        if of_kind:
            meant += of_kind
            used.add(named.group())
    return tuple(dict.fromkeys(meant)), used


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
