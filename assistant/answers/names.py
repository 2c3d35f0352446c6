"""Who and what a document names: short forms and actors, with the sentence that explains each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.citations import Quote
from ingest.documents import IndexedDocument, Passage, PassageKind
from ingest.dutch.stopwords import STOP_WORDS

# By these a sentence tells what its subject is, and by those what it does.
_IS = r"(?:is|zijn) (?:een|de|het|er voor|verantwoordelijk|bedoeld)|bestaat uit|bestaan uit"
_DOES = (
    r"voert|voeren|biedt|bieden|ondersteunt|ondersteunen|verzorgt|verzorgen|regelt|regelen|"
    r"helpt|helpen|adviseert|adviseren|coördineert|coördineren|begeleidt|begeleiden|"
    r"organiseert|organiseren|heeft (?:als|tot) (?:taak|doel)|houdt zich bezig|zorgt voor|"
    r"zorgen voor|denkt mee|verbindt|toetst|beoordeelt|vertegenwoordigt|werkt|werken"
)
_SUBJECT = re.compile(
    rf"^\W*(?:(?:de|het|een)\s+)?(?P<who>[^.,;:]{{2,60}}?)\s+(?:(?P<is>{_IS})|{_DOES})\b", re.I
)
# What the last word of a subject must be for it to be somebody without a name of its own.
_ACTOR = re.compile(
    r"\w*(?:teams?|loket|raad|stichting|aanbieders?|consulent(?:en)?|coach(?:es)?|makelaars?|"
    r"dienst|steunpunt|bibliotheek|werkbedrijf|commissie|netwerk|platform|organisaties?|"
    r"coördinator(?:en)?|ondersteuners?|regisseurs?|partners|huisartsen|adviseurs?)",
    re.IGNORECASE,
)
_LONGEST_NAME = 5  # words
_SHORTEST = 40  # characters of a sentence that explains something
_RUNNING = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST, PassageKind.FOOTNOTE})


def explained(indexed: IndexedDocument, short: str, full: str) -> Quote | None:
    """The sentence in which a document writes out a short form; None where it has none."""
    pattern = re.compile(rf"\b{re.escape(short)}\b")
    for passage in indexed.passages:
        if passage.kind is PassageKind.HEADING:
            continue
        for span in passage.sentences:
            said = _said(passage, span)
            if full.lower() in said.lower() and pattern.search(said):
                return Quote(passage, *span)
    return None


def actors(
    indexed: IndexedDocument, passages: Iterable[Passage]
) -> Iterator[tuple[str, bool, Quote]]:
    """Who is told of in passages of a document: each name with the sentence that tells.

    Somebody is who the document also writes with a capital inside a sentence, or whose last word
    is such as "team" or "loket".

    Args:
        indexed: The document.
        passages: Those that are looked at.

    Yields:
        The name as the sentence writes it, whether the sentence says what it is rather than what
        it does, and the sentence. A name comes more than once when more sentences tell of it.
    """
    text = " ".join(indexed.text.split())
    for passage in passages:
        if passage.kind not in _RUNNING:
            continue
        for span in passage.sentences:
            said = _said(passage, span)
            match = _SUBJECT.match(said) if len(said) >= _SHORTEST else None
            if match and _is_somebody(match["who"], text):
                yield match["who"], match["is"] is not None, Quote(passage, *span)


def _is_somebody(who: str, text: str) -> bool:
    """Whether the subject of a sentence is somebody with a name or a task."""
    words = who.split()
    if len(words) > _LONGEST_NAME or words[0].lower() in STOP_WORDS:
        return False
    return bool(_ACTOR.fullmatch(words[-1])) or _is_name(who, text)


def _is_name(who: str, text: str) -> bool:
    """Whether a text writes these words with a capital where no sentence begins, and always so."""
    inside = re.search(rf"(?<=[a-zë,] ){re.escape(who)}\b", text)
    return who[:1].isupper() and inside is not None and who[0].lower() + who[1:] not in text


def _said(passage: Passage, span: tuple[int, int]) -> str:
    return " ".join(passage.cut(*span).split())
