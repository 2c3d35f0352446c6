"""From ranked passages to scored sentences: what exactly in a passage answers the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.citations import Quote
from assistant.kinds import Expected
from assistant.matching import match, share
from assistant.question import Question
from assistant.retrieval import PassageRetriever, programme_fit, quoted_fit
from assistant.word_likeness import WordLikeness
from ingest.documents import Hit, Passage, PassageKind, QuestionKind
from ingest.dutch.analysis import Analyzer, QueryWord
from ingest.dutch.dates import MONTHS
from ingest.dutch.stopwords import STOP_WORDS
from ingest.embeddings import Embedder
from ingest.index import Index


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, scored for a question.

    Attributes:
        hit: The passage it stands in, as it was found.
        start: Offset in the document.
        end: Offset after the sentence.
        score: Higher is better; comparable only within one question.
        support: Share of the question's information that the sentence, its neighbours in the
            passage and its headings carry together, in [0, 1].
        own: The same share for the sentence alone.
        local: The same share for the sentence, the ones next to it and its headings.
        dense: Cosine with the question.
        matches: For each word of the question how well the sentence itself says it, in [0, 1].
        near: The same for its passage, headings and document together.
        values: Spans that hold what the question expects (an amount, a date), offsets in the
            document.
    """

    hit: Hit
    start: int
    end: int
    score: float
    support: float
    own: float
    local: float
    dense: float
    matches: tuple[float, ...] = ()
    near: tuple[float, ...] = ()
    values: tuple[tuple[int, int], ...] = ()

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.hit.passage

    @property
    def text(self) -> str:
        """Its characters, as in the document."""
        return self.passage.cut(self.start, self.end)

    def quote(self) -> Quote:
        """The sentence as a quote, its values in bold; of many names none stands out."""
        bold = self.values if len(self.values) <= MOST_BOLD else ()
        return Quote(self.passage, self.start, self.end, bold=bold, also=self._elsewhere())

    def _elsewhere(self) -> tuple[Quote, ...]:
        """The same said in the passages that were folded into this one."""
        own = set(self.text.lower().split())
        found = []
        for passage in self.hit.also:
            spans = {span: set(passage.cut(*span).lower().split()) for span in passage.sentences}
            best = max(spans, key=lambda span: len(spans[span] & own), default=None)
            if best and len(spans[best] & own) >= SAME_WORDS * len(spans[best] | own):
                found.append(Quote(passage, *best))
        return tuple(found)


# More values than this in one sentence are not set in bold: none would stand out.
MOST_BOLD = 4
# Share of words by which two sentences say the same.
SAME_WORDS = 0.75
_MONTHS = "|".join(MONTHS)
_COUNT = (
    "nul|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|"
    "zestien|zeventien|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|"
    "negentig|honderd|duizend"
)
_NUMBER = rf"(?<![\w.,])\d+(?:\.\d{{3}})*(?:,\d+)?(?![\w])|\b(?!één\b)(?:{_COUNT})(?:tal|maal)?\b"
_UNIT = r"jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|uren"

YEAR = r"(?<![\d.,])(?:19|20)\d\d(?!\d|,\d)"
"""A year; also right before a comma of the sentence, not within a number."""

VALUES: dict[Expected, re.Pattern[str]] = {
    Expected.MONEY: re.compile(
        r"(?:€|euro)\s*\d[\d.]*(?:,\d+|,-)?(?:\s*(?:miljoen|miljard|mln))?|"
        r"\d[\d.]*(?:,\d+)?\s*(?:miljoen |miljard )?euro\b",
        re.IGNORECASE,
    ),
    Expected.PERCENTAGE: re.compile(r"\d+(?:,\d+)?\s*(?:%|procent)", re.IGNORECASE),
    Expected.DURATION: re.compile(
        rf"\b(?:\d+(?:,\d+)?|{_COUNT}|een|half|anderhalf)(?:\s*(?:tot|à|-|of)\s*(?:\d+|{_COUNT}))?"
        rf"\s*(?:{_UNIT})\b",
        re.IGNORECASE,
    ),
    Expected.YEAR: re.compile(YEAR),
    Expected.DATE: re.compile(
        rf"\b\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}}\b|\b\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?|\b(?:{_MONTHS})\s+\d{{4}}|"
        r"\b(?:voorjaar|zomer|najaar|herfst|winter)(?:\s+van)?\s+\d{4}|"
        r"\b(?:(?:elke|iedere) )?(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|"
        rf"{YEAR}",
        re.IGNORECASE,
    ),
    # Not a year, a version ("MAG 2.0"), the day of a date, nor the number of a list item.
    Expected.NUMBER: re.compile(
        rf"(?<!(?-i:[A-Z]{{3}}) )(?<!Wmo )(?!(?:19|20)\d\d(?!\d|%|[.,]\d))"
        rf"(?!\d{{1,2}}\s+(?:{_MONTHS}))(?!^\s*\d{{1,2}}\.\s)(?<!€)(?<!€\s)(?:{_NUMBER})",
        re.IGNORECASE,
    ),
    Expected.CONTACT: re.compile(
        r"\b[A-Z][a-z]+(?:straat|weg|laan|plein|kade|dijk) \d+|\b\d{4} ?[A-Z]{2}\b|"
        r"\b0\d{1,3}[- ]?\d{6,7}\b|\b14 ?0\d{2,3}\b|\S+@\S+|https?://\S+|www\.\S+|"
        r"\b\d{1,2}[.:]\d{2} uur\b"
    ),
    Expected.NAME: re.compile(
        r"(?<=[–:(] )[A-Z][^.,;:()’”\n]{3,60}|(?<=[‘“'\"])[A-Z][^.,;:()’”'\"\n]{3,60}|"
        r"(?:[A-Z]\.\s?){1,3}[A-Z][\w’'-]+"
    ),
    Expected.PLACE: re.compile(
        r"(?<=\b[Ii]n )(?:(?:De|Den|Het) )?[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*|"
        r"(?<=(?:bij|uit|van) )[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*|"
        r"(?<=\bgemeenten )[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*|"
        r"(?<=\b(?:dorpen|kernen|wijken) )[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*"
    ),
    Expected.PERSON: re.compile(
        r"(?:[A-Z]\.\s?){1,3}(?:[a-z]+\s){0,2}[A-Z][\w’'-]+|"
        r"(?<=[a-z,:;] )[A-Z][\w’'!-]+(?:\s(?:[A-Z][\w’'!-]+|in de|van de[rn]?|van|de|en|of)){0,4}"
    ),
}


# A sentence that reads as one: a capital, some words, an end.
_WHOLE = re.compile(r"^[\W\d]*[A-Z].{20,}[.!?][\W\d]*$", re.DOTALL)


# What belongs to a value: a word that bounds it before, the thing counted behind.
_BOUND = re.compile(
    r"(?:meer dan|minder dan|ruim|bijna|circa|ongeveer|zo'n|maximaal|minimaal|minstens|"
    r"ten minste|tot|rond de|een kleine|gemiddeld)\s+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+([^\W\d_][\w-]+)")


# What stands before a number that names a place in a text, and counts nothing.
_NUMBERED = re.compile(
    r"(?:^\W*|\b(?:hoofdstuk|paragraaf|artikel|art\.|bijlage|thema|fase|stap|nummer|nr\.?)\s*|"
    r"§\s*[\d.]*)$",
    re.IGNORECASE,
)


def find_values(text: str, expected: Expected) -> list[tuple[int, int]]:
    """Spans in a text that hold a value of the expected sort, with the words that belong to it."""
    pattern = VALUES.get(expected)
    if pattern is None:
        return []
    return [
        _widened(text, *match.span(), expected)
        for match in pattern.finditer(text)
        if not (expected is Expected.NUMBER and _NUMBERED.search(text[: match.start()]))
    ]


_JOINS = re.compile(r"\s(?:in de|van de[rn]?|van|de|en|of)$")


def _widened(text: str, start: int, end: int, expected: Expected) -> tuple[int, int]:
    if expected is Expected.PERSON and (joins := _JOINS.search(text[start:end])):
        end = start + joins.start()
    while text[start:end] and text[end - 1] in ".,":
        end -= 1
    if expected is Expected.PERSON:
        start = _name_start(text, start)
    before = _BOUND.search(text[:start])
    if text[max(0, start - 2) : start].strip() == "€":
        start = text.rindex("€", 0, start)
    counted = _COUNTED.match(text, end) if expected is Expected.NUMBER else None
    if counted and counted.group(1).lower() not in STOP_WORDS:
        end = counted.end()
    return before.start() if before else start, end


_CAPITALISED = re.compile(r"(?<![\w’'-])([A-Z][\w’'!-]*)\s+$")


def _name_start(text: str, start: int) -> int:
    """Where a name begins: "GGD Regio Utrecht" at its first word with a capital."""
    while before := _CAPITALISED.search(text[:start]):
        if before[1].lower() in STOP_WORDS:
            break
        start = before.start(1)
    return start


_BY_SOMEBODY = re.compile(
    r"\b(?:door|bureau|heer|mevrouw|wethouder|burgemeester|minister|voorzitter)\s+"
    r"(?:de |het |stichting )?(?P<name>[A-Z][\w’'-]*)"
)


# "Tot welke leeftijd?" is answered by "tot 23 jaar" before "13-18 jaar".
_UNTIL = re.compile(r"\btot (?:en met )?(?:welke?|hoe|wanneer|hoeveel)\b", re.IGNORECASE)


def _worth(values: Sequence[tuple[int, int]], start: int, text: str, question: Question) -> float:
    """What its values add to a sentence's score; a full date tells more than a bare year.

    Somebody whom the question names itself is not whom it asks for.
    """
    expected = question.expected
    if not values:
        return -0.05 if expected is Expected.PERSON else -0.15
    if expected is Expected.PERSON:
        asked = question.understood.lower()
        names = (match["name"].lower() for match in _BY_SOMEBODY.finditer(text))
        return 0.45 if any(name not in asked for name in names) else 0.1
    if _UNTIL.search(question.understood) and any(
        text[first - start : last - start].lower().startswith("tot") for first, last in values
    ):
        return 0.5
    if expected is not Expected.DATE:
        return 0.2
    longest = max((text[first - start : last - start] for first, last in values), key=len)
    return (
        0.25 if re.match(r"\d{1,2}(?: [a-z]|[-/])", longest) else 0.1 if len(longest) > 4 else 0.02
    )


def around(passage: Passage, start: int, end: int) -> list[str]:
    """The headings of a sentence, then it with the ones next to it, as in the document."""
    at = passage.sentences.index((start, end))
    return [
        passage.context,
        *(passage.cut(*span) for span in passage.sentences[max(0, at - 1) : at + 2]),
    ]


# An entry of a list of sources: "GGD regio Utrecht. (2020). Volwassenenmonitor."
_SOURCE = re.compile(r"\W*[A-Z][^\n]{2,120}?\. \((?:19|20)\d\d[^)\n]{0,20}\)\. ")
_SOURCES_ASKED = re.compile(
    r"\b(?:bron(?:nen)?|literatuur|publicaties?|verwijzing\w*|geraadpleegd\w*|rapport(?:en)?|"
    r"onderzoek(?:en)?|stukken|documenten)\b",
    re.IGNORECASE,
)


def _is_source(passage: Passage, start: int) -> bool:
    """Whether a sentence stands in an entry of a list of sources, which says nothing itself."""
    at = passage.text.rfind("\n", 0, start - passage.start) + 1
    return _SOURCE.match(passage.text, at) is not None


class SentenceScorer:
    """Scores the sentences of hits for a question."""

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        embedder: Embedder,
        retriever: PassageRetriever,
        words: WordLikeness,
    ) -> None:
        """Make a scorer over the parts that found the hits."""
        self._index = index
        self._embedder = embedder
        self._retriever = retriever
        self._likeness = words
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self.terms = lru_cache(maxsize=50_000)(lambda text: frozenset(analyzer.terms(text)))

    def weights(self, question: Question) -> list[float]:
        """How much information each word of a question carries, in their order."""
        return [self._retriever.importance(word) for word in question.words]

    def score(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """All sentences of the hits, best first."""
        weights = self.weights(question)
        asks_sources = _SOURCES_ASKED.search(question.understood) is not None
        spans = [
            (hit, start, end)
            for hit in hits
            for start, end in hit.passage.sentences
            if not self._is_title(hit.passage, start, end)
            and (asks_sources or not _is_source(hit.passage, start))
        ]
        if not spans:
            return []
        texts = [hit.passage.cut(start, end) for hit, start, end in spans]
        vectors = self._embedded(texts)
        cosines = vectors @ self._embedder.embed_query(question.gist)
        surroundings = {hit.passage.id: self._surroundings(hit.passage) for hit in hits}
        nears = {name: self._matches(question, terms) for name, terms in surroundings.items()}
        sentences = []
        for (hit, start, end), text, cosine in zip(spans, texts, cosines, strict=True):
            own, near = self._matches(question, self.terms(text)), nears[hit.passage.id]
            # Small words in quotes carry no information of their own, but are asked about.
            quoted = quoted_fit(text, question.quoted) if question.quoted else 0.0
            sentence = Sentence(
                hit=hit,
                start=start,
                end=end,
                score=0.0,
                support=max(share(weights, near), quoted),
                own=share(weights, own),
                local=share(
                    weights, self._matches(question, self.terms_around(hit.passage, start, end))
                ),
                dense=float(cosine),
                matches=tuple(own),
                near=tuple(near),
                values=_values(text, start, question),
            )
            sentences.append(sentence)
        # An account may say it in other words; a fact or a definition is told by its own.
        by_likeness = question.kind is QuestionKind.EXPLANATION
        scores = self._by_likeness(question, sentences) if by_likeness else _by_words(sentences)
        scored = [
            replace(sentence, score=max(SMALLEST, score + _extra(sentence, question)))
            for sentence, score in zip(sentences, scores, strict=True)
        ]
        return sorted(scored, key=lambda sentence: -sentence.score)

    def _by_likeness(self, question: Question, sentences: Sequence[Sentence]) -> list[float]:
        """How well sentences answer by words that are like those of the question, wherever.

        The weights are those of a conditional logit (see ``RankingWeights``), divided by the
        number that brings the scores near to those of ``_by_words``.
        """
        weights = self.weights(question)
        texts = [sentence.text for sentence in sentences]
        said = self._said_alike(question, texts)
        own = [
            share(weights, np.maximum(row, sentence.matches).tolist())
            for row, sentence in zip(said, sentences, strict=True)
        ]
        passages = {s.passage.id: s for s in sentences}
        said = self._said_alike(
            question, [f"{s.passage.context} {s.passage.text}" for s in passages.values()]
        )
        whole = {
            name: share(weights, np.maximum(row, sentence.near).tolist())
            for row, (name, sentence) in zip(said, passages.items(), strict=True)
        }
        near = self.likeness(
            question.gist, [" ".join(around(s.passage, s.start, s.end)) for s in sentences]
        )
        meant = (near - near.mean()) / (float(near.std()) or 1.0)
        return [
            ALIKE * alike + ALIKE_PASSAGE * whole[s.passage.id] + MEANT * (1.0 + float(m))
            for alike, s, m in zip(own, sentences, meant, strict=True)
        ]

    def _said_alike(self, question: Question, texts: Sequence[str]) -> NDArray[np.float32]:
        """How like the likest word of each text (a row) is to each word of the question."""
        words = [word.word for word in question.words]
        return self._likeness.best(words, self._likeness.number(texts))

    def likeness(self, text: str, others: Sequence[str]) -> NDArray[np.float32]:
        """Cosine of the meaning of a text with that of each of some others."""
        found: NDArray[np.float32] = self._embedded(others) @ self._embedder.embed_query(text)
        return found

    def _embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of sentences, a row each; those of before are kept.

        The points of one letter come upon the same sentences again and again.
        """
        known = self._vectors
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if len(known) + len(missing) > MOST_VECTORS:
            # A new one: another thread may be reading from the old.
            known, missing = {}, list(dict.fromkeys(texts))
        if missing:
            made = zip(missing, self._embedder.embed_passages(missing), strict=True)
            known = {**known, **dict(made)}
            self._vectors = known
        return np.stack([known[text] for text in texts])

    def adds(self, question: Question, sentence: Sentence, span: tuple[int, int]) -> float:
        """Share of the question that a span of the same passage says and the sentence does not."""
        weights = [self._retriever.importance(word) for word in question.words]
        own = self._matches(question, self.terms(sentence.text))
        more = self._matches(question, self.terms(sentence.passage.cut(*span)))
        gained = sum(w * max(0.0, m - o) for w, o, m in zip(weights, own, more, strict=True))
        return gained / (sum(weights) or 1.0)

    def said(self, words: Sequence[QueryWord], text: str) -> float:
        """Share of the words' information that a text says, in [0, 1]; 0 for no words."""
        weights = [self._retriever.importance(word) for word in words]
        terms = self.terms(text)
        return share(weights, [match(word, terms) for word in words])

    def quote(self, question: Question, passage: Passage, span: tuple[int, int]) -> Quote:
        """A span of a passage as a quote, with the values that the question expects in bold."""
        start, _ = span
        found = find_values(passage.cut(*span), question.expected)
        return Quote(passage, *span, bold=tuple((start + a, start + b) for a, b in found))

    def _is_title(self, passage: Passage, start: int, end: int) -> bool:
        """Whether a sentence is no more than its document's title, which answers nothing."""
        title = self._index.documents[passage.document_id].document.title
        return passage.cut(start, end).split() == title.split()

    def _matches(self, question: Question, terms: frozenset[str]) -> list[float]:
        return [match(word, terms) for word in question.words]

    def terms_around(self, passage: Passage, start: int, end: int) -> frozenset[str]:
        """Terms of a sentence, of the ones next to it, and of its headings."""
        return frozenset[str]().union(*map(self.terms, around(passage, start, end)))

    def _surroundings(self, passage: Passage) -> frozenset[str]:
        document = self._index.documents[passage.document_id].document
        about = (
            f"{document.title} {document.municipality} {document.kind} {document.body} "
            f"{document.date} {document.period}"
        )
        return self.terms(passage.text) | self.terms(passage.context) | self.terms(about)


def _values(text: str, start: int, question: Question) -> tuple[tuple[int, int], ...]:
    """Spans of the values that a question expects, those it names itself left out."""
    return tuple(
        (start + first, start + last)
        for first, last in find_values(text, question.expected)
        if text[first:last].strip().lower() not in question.understood.lower()
        and text[first:last].lower() not in STOP_WORDS
    )


def _by_words(sentences: Sequence[Sentence]) -> list[float]:
    """How well sentences answer; what their surroundings say counts less than their own words."""
    # How little of the question the words of the best passage say.
    unsure = 1.0 - max(sentence.support for sentence in sentences)
    # Passages may have been found otherwise than by a search, and then none is better.
    best = max(sentence.hit.score for sentence in sentences) or 1.0
    return [
        s.own
        + SURROUNDINGS * (s.support - s.own)
        + PASSAGE * s.hit.score / best
        + (DENSE + DENSE_UNSURE * unsure) * max(0.0, s.dense)
        for s in sentences
    ]


def _extra(sentence: Sentence, question: Question) -> float:
    """What a sentence gets for what it holds beside the words of the question."""
    text, score = sentence.text, 0.0
    if question.expected is not Expected.ANYTHING:
        score += WORTH * _worth(sentence.values, sentence.start, text, question)
    if question.quoted:
        score += QUOTED * quoted_fit(text, question.quoted)
    if question.scope.programmes:
        score += PROGRAMME * programme_fit(text, question.scope.programmes)
    if text.rstrip().endswith("?"):
        score -= ASKS
    return score + (WHOLE if _WHOLE.match(text) else 0.0)


MOST_VECTORS = 20_000
"""Vectors of sentences that are kept."""
# A sentence that opens so leans on the one before it: alone it would say nothing.
LEANING = re.compile(
    r"^\W*(?:dit|dat|deze|die|daar\w*|hier\w*|zo|ook|dus|zij|ze|hij|er (?:is|zijn|was|waren)|"
    r"het gaat|denk|voorbeelden|bovendien|want|omdat|immers|namelijk|tevens|dan|toen|met als|"
    r"de reden)\b|"
    # "De rol verandert daarmee": what does it stands before.
    r"^.{0,60}?\b(?<!, )(?:daarmee|daardoor|daarom|hierdoor|hiermee|dus|dan ook)\b(?! te\b)",
    re.IGNORECASE,
)
ADDS_ENOUGH = 0.12
# What likeness adds to a sentence's score: of its words, of those of its passage, and of its
# meaning with what stands around it.
ALIKE, ALIKE_PASSAGE, MEANT = 0.66, 1.76, 0.15
SMALLEST = 0.01
# What words add to a sentence's score: what only its surroundings say, how well its passage
# was found, meaning (the second part times how little the words find).
SURROUNDINGS = 0.45
PASSAGE = 1.3
DENSE = 0.25
DENSE_UNSURE = 1.2
# What is added for the value asked for, small words set apart, the programme named, and for being
# a whole sentence.
WORTH = 1.5
QUOTED = 0.5
PROGRAMME = 0.15
WHOLE = 0.06
# What is taken off a sentence that is itself a question: it answers nothing.
ASKS = 0.3


def with_neighbours(sentence: Sentence, scorer: SentenceScorer, question: Question) -> list[Quote]:
    """A sentence, with the neighbour that it leans on and those that say more of the question.

    Args:
        sentence: The sentence.
        scorer: Tells how much of the question a neighbour adds.
        question: As understood.
    """
    passage, spans = sentence.passage, list(sentence.passage.sentences)
    at = spans.index((sentence.start, sentence.end))
    chosen = [sentence.quote()]
    if at > 0:
        leans = bool(LEANING.match(sentence.text)) and passage.kind is PassageKind.PARAGRAPH
        if leans or scorer.adds(question, sentence, spans[at - 1]) >= ADDS_ENOUGH:
            chosen.insert(0, Quote(passage, *spans[at - 1]))
    if at + 1 < len(spans):
        following = passage.cut(*spans[at + 1])
        leans = bool(LEANING.match(following)) and passage.kind is PassageKind.PARAGRAPH
        if leans or scorer.adds(question, sentence, spans[at + 1]) >= ADDS_ENOUGH:
            chosen.append(scorer.quote(question, passage, spans[at + 1]))
    return chosen
