"""The sentences of the documents that lie nearest to a point of a letter.

Looked at are the sentences of the passages that are found for the sentences that make the point,
for all of it with what is around it, of the sections that it names, and those that hold words which
it quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.evidence import Sentence
from assistant.opened import Opened
from assistant.question import Question
from assistant.reply.ranking import Candidate, PointRanker, Ranked
from assistant.reply.records import Point
from assistant.reply.subject import Subject
from ingest.documents import Hit, Passage, PassageKind

LOOKED_AT = 40
"""Sentences, the best ones of a ranking, that are looked at."""
# Sentences that say as much as nothing by themselves.
_SHORTEST = 12
_SIGNPOST = re.compile(
    r"\bals volgt opgebouwd\b|\bin (?:hoofdstuk|paragraaf|bijlage) \d|^\W*(?:hierna|hieronder)\b|"
    r"\bkaders volgen hierna\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)['\"‘“„](?P<words>[^'\"’”]{4,200})['\"’”]")
_SECTION = re.compile(
    r"(?:\b(?:paragraaf|par\.?|hoofdstuk|hfst\.?)|§)\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*(?:hoofdstuk |paragraaf |§ ?)?(?P<number>\d{1,2}(?:\.\d{1,2})*)\b", re.I)


class PointSearch:
    """Searches one opened index for points of letters to one municipality.

    Attributes:
        ranker: Puts the sentences in order.
    """

    def __init__(self, opened: Opened, municipality: str) -> None:
        """Take the index.

        Args:
            opened: The index with what searches over it.
            municipality: The municipality that answers; "" when none of the documents is its own.
        """
        self._opened = opened
        own = {
            name
            for name, home in opened.documents.items()
            if municipality and home.document.municipality == municipality
        }
        self._own = frozenset(own)
        self._others = frozenset(opened.documents) - self._own
        self.ranker = PointRanker(opened.scorer)

    def own(self, point: Point, subject: Subject) -> list[Ranked]:
        """The nearest sentences of the own municipality's documents, the best first."""
        return self.ranker.ranked(self.candidates(point, subject), subject)[:LOOKED_AT]

    def candidates(self, point: Point, subject: Subject) -> list[Candidate]:
        """The sentences of the own municipality's documents that are ranked, in no order."""
        if not self._own:
            return []
        searched = self._found(subject.question, self._own)
        if subject.whole is not None:
            searched += self._found(subject.whole, self._own)
        named = self._in(self._named(point), subject.question)
        quoting = self.quoting(point, subject.question)
        places = {_place(one): one for one in (*named, *quoting, *searched)}
        in_named, in_quoting = set(map(_place, named)), set(map(_place, quoting))
        return [
            Candidate(one, named=place in in_named, quoting=place in in_quoting)
            for place, one in places.items()
        ]

    def others(self, subject: Subject) -> list[Sentence]:
        """The nearest sentences of all other documents, the best first."""
        if not self._others:
            return []
        found = [Candidate(one) for one in self._found(subject.question, self._others)]
        return [one.sentence for one in self.ranker.ranked(found, subject)][:LOOKED_AT]

    def quoting(self, point: Point, question: Question) -> list[Sentence]:
        """The own municipality's sentences that hold words which a point quotes.

        The words to be put in their place stand nowhere yet, so any of the quotations will do.
        """
        quotes = [_flat(found["words"]) for found in _QUOTED.finditer(point.quote)]
        if not quotes:
            return []
        holding = [p for p in self._passages() if any(words in _flat(p.text) for words in quotes)]
        return [
            one
            for one in self._in(holding, question)
            if any(words in _flat(one.text) for words in quotes)
        ]

    def _passages(self) -> Iterable[Passage]:
        return (p for p in self._opened.index.passages if p.document_id in self._own)

    def _named(self, point: Point) -> list[Passage]:
        """The passages of the sections that a point names by their number."""
        numbers = {found["number"] for found in _SECTION.finditer(point.quote)}
        if not numbers:
            return []
        return [p for p in self._passages() if numbers & set(map(_numbered, p.section))]

    def _found(self, question: Question, documents: frozenset[str]) -> list[Sentence]:
        return self._saying(question, self._opened.retriever.hits(question, documents))

    def _in(self, passages: Sequence[Passage], question: Question) -> list[Sentence]:
        """The sentences of passages, however the passages were come by."""
        return self._saying(question, [Hit(passage, 0.0, 0.0, 0.0) for passage in passages])

    def _saying(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        return [one for one in self._opened.scorer.sentences(question, hits) if _says(one)]


def _says(sentence: Sentence) -> bool:
    text = sentence.text.strip()
    heading = sentence.passage.kind is PassageKind.HEADING
    signpost = _SIGNPOST.search(text) is not None
    return not (heading or signpost or text.endswith("?")) and len(text) >= _SHORTEST


def _flat(text: str) -> str:
    return " ".join(text.split()).lower()


def _numbered(heading: str) -> str:
    """The number that a heading begins with, or ""."""
    found = _NUMBER.match(heading)
    return found["number"] if found else ""


def _place(sentence: Sentence) -> tuple[str, int, int]:
    return sentence.passage.document_id, sentence.start, sentence.end
