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
from assistant.values import find_values, values_for, worth
from assistant.word_likeness import WordLikeness
from ingest.documents import Hit, Passage, PassageKind, QuestionKind
from ingest.dutch.analysis import Analyzer, QueryWord
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
# A sentence that reads as one: a capital, some words, an end.
_WHOLE = re.compile(r"^[\W\d]*[A-Z].{20,}[.!?][\W\d]*$", re.DOTALL)


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

    def sentences(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """All sentences of the hits, in their order; of the scores they have `dense` only."""
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
        vectors = self._embedded([hit.passage.cut(start, end) for hit, start, end in spans])
        cosines = vectors @ self._embedder.embed_query(question.gist)
        return [
            Sentence(*span, score=0.0, support=0.0, own=0.0, local=0.0, dense=float(cosine))
            for span, cosine in zip(spans, cosines, strict=True)
        ]

    def score(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """All sentences of the hits, best first."""
        found = self.sentences(question, hits)
        if not found:
            return []
        weights = self.weights(question)
        surroundings = {hit.passage.id: self._surroundings(hit.passage) for hit in hits}
        nears = {name: self._matches(question, terms) for name, terms in surroundings.items()}
        sentences = []
        for plain in found:
            passage, start, end, text = plain.passage, plain.start, plain.end, plain.text
            own, near = self._matches(question, self.terms(text)), nears[passage.id]
            # Small words in quotes carry no information of their own, but are asked about.
            quoted = quoted_fit(text, question.quoted) if question.quoted else 0.0
            sentence = replace(
                plain,
                support=max(share(weights, near), quoted),
                own=share(weights, own),
                local=share(
                    weights, self._matches(question, self.terms_around(passage, start, end))
                ),
                matches=tuple(own),
                near=tuple(near),
                values=values_for(text, start, question),
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
        score += WORTH * worth(sentence.values, sentence.start, text, question)
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
