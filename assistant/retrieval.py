"""From a question to ranked passages: words, words like them, and vectors, fused by fitted weights.

Lexical score of a passage, in [0, 1]: the share of the question's information that its words
carry, ``sum_w idf(w) * match(w, p) / sum_w idf(w)``, where ``match`` is the best of the word's
terms (own stem, compound parts, abbreviation, lexicon), each the saturated term frequency of BM25
(Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework") times the term's weight.

Likeness, in [0, 1]: the same share where each word counts by how well it is said anywhere in the
passage or its headings, in itself or by the likest word (``assistant.word_likeness``).

Dense score: the cosine of the passage with the question's content words, as a standard score over
the passages compared, so that no model's usual likeness counts for much or little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from assistant.matching import specificity
from assistant.question import Question
from assistant.reading import QuestionReader
from assistant.scope import in_scope
from assistant.word_likeness import WordLikeness
from ingest.documents import Hit, PassageKind
from ingest.dutch.analysis import Analyzer, QueryWord
from ingest.index import Index

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """What each part of the ranking adds; all are shares of a score that runs from 0 to about 1.

    The weights are those of a conditional logit (McFadden 1974, "Conditional logit analysis of
    qualitative choice behavior"), divided by that of likeness: ``tests/evaluation/fit_ranking.py``
    finds them from the questions that were looked at.

    Attributes:
        likeness: Weight of the likeness of words.
        lexical: Weight of the lexical score.
        dense: Weight of the dense score.
        names: For a passage that speaks of the names in the question's scope.
        document: For a passage of a document that the question points at.
        programme: For a passage that names a programme of the question, or stands under it.
        year: For a passage that holds a year that the question names.
        quoted: For a passage that sets apart the small words that the question quotes.
        heading: Taken off a passage that is no more than a heading.
        per_document: Largest share of the hits that one document may take while others have any.
    """

    likeness: float = 1.0
    lexical: float = 0.3
    dense: float = 0.13
    names: float = 0.27
    document: float = 0.12
    programme: float = 0.18
    year: float = 0.12
    quoted: float = 0.53
    heading: float = 0.15
    per_document: float = 0.6


# Standard scores beyond these tell no more.
LEAST, MOST = -1.0, 6.0
NEAR_DUPLICATE = 0.8
SMALLEST = 0.01
# Passages from which the hits are chosen, so that no document crowds out the others.
CHOICE = 80


class PassageRetriever(BaseRetriever):
    """Ranks the passages of an index for a question; drops into any LlamaIndex program."""

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        reader: QuestionReader,
        words: WordLikeness,
        weights: RankingWeights | None = None,
        k: int = 40,
    ) -> None:
        """Make a retriever.

        Args:
            index: The opened index.
            analyzer: The same that made the index.
            reader: Reads a bare query string into a question.
            words: Compares single words.
            weights: Of the ranking's parts; None means the measured defaults.
            k: How many hits to give.
        """
        self._index = index
        self._terms = lru_cache(maxsize=50_000)(lambda text: frozenset(analyzer.terms(text)))
        self._reader = reader
        self._likeness = words
        self._said = words.number([f"{p.context} {p.text}" for p in index.passages])
        self._weights = weights or RankingWeights()
        self._k = k
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = self._reader.read(query_bundle.query_str)
        return [as_node(hit) for hit in self.hits(question)]

    def hits(self, question: Question, documents: Collection[str] | None = None) -> list[Hit]:
        """The best passages for a question, best first, near-duplicates folded.

        Args:
            question: As understood.
            documents: Ids to search; None means all.
        """
        mask, parts = self.parts(question, documents)
        if not mask.any():
            return []
        lexical, cosines = parts["lexical"], parts["cosine"]
        weights = self._weights
        scores = (
            weights.likeness * parts["likeness"]
            + weights.lexical * lexical
            + weights.dense * parts["dense"]
            + weights.names * parts["names"]
            + parts["structure"]
        )
        # The least is nearly 0, so that a share of a score means something.
        scores -= scores[mask].min() - SMALLEST
        scores[~mask] = 0.0
        ranked = np.argsort(-scores, kind="stable")
        hits = [
            Hit(
                self._index.passages[at],
                float(scores[at]),
                float(lexical[at]),
                float(cosines[at]),
            )
            for at in ranked[: self._k * 4]
            if scores[at] > SMALLEST
        ]
        return _cap(self._fold(hits), self._k, weights.per_document)

    def parts(
        self, question: Question, documents: Collection[str] | None = None
    ) -> tuple[NDArray[np.bool_], dict[str, Scores]]:
        """What the score of each passage is made of, before it is weighed.

        Args:
            question: As understood.
            documents: Ids to search; None means all.

        Returns:
            Which passages are searched, and by name what each passage of the index has.
        """
        allowed = in_scope(question.scope, self._index.documents)
        if documents is not None:
            allowed &= frozenset(documents)
        mask = np.array([p.document_id in allowed for p in self._index.passages], dtype=bool)
        if not mask.any():
            return mask, {}
        cosines = self._cosines(question)
        return mask, {
            "likeness": self.alike(question.words),
            "lexical": self.lexical(question.words),
            "cosine": cosines,
            "dense": _standard(cosines, mask),
            "names": self.lexical(question.names),
            "structure": self._from_structure(question),
        }

    def lexical(self, words: Sequence[QueryWord]) -> Scores:
        """Lexical score of every passage, in the index's order."""
        scores = np.zeros(len(self._index.passages), dtype=np.float32)
        total = sum(self.importance(word) for word in words)
        for word in words:
            best = np.zeros_like(scores)
            for term, weight in word.terms.items():
                idf = self._index.lexical.idf(term)
                if idf > 0:
                    # Without its idf, Lucene's BM25 is the saturated frequency, in [0, 1).
                    frequency = self._index.lexical.scores(term) / idf
                    best = np.maximum(best, weight * frequency)
            scores += self.importance(word) * best
        return scores / total if total else scores

    def alike(self, words: Sequence[QueryWord]) -> Scores:
        """How well every passage says the words, in themselves or by words like them, in [0, 1]."""
        like = self._likeness.best([word.word for word in words], self._said)
        weights = np.array([self.importance(word) for word in words], dtype=np.float32)
        for column, word in zip(like.T, words, strict=True):
            for term, weight in word.terms.items():
                if self._index.lexical.idf(term) > 0:
                    said = self._index.lexical.scores(term) > 0
                    column[said] = np.maximum(column[said], weight)
        total = float(weights.sum())
        scores: Scores = like @ weights / total if total else np.zeros(len(like), dtype=np.float32)
        return scores

    def importance(self, word: QueryWord) -> float:
        """How much information a question's word carries: the idf of its best-known term.

        A word of which nothing is known tells most: as much as one that stands in no passage.
        A word that is common in any Dutch text ("krijgen", "genoeg") tells less, however rare
        it is among the passages.
        """
        return self._idf(word) * specificity(word.word)

    def _idf(self, word: QueryWord) -> float:
        idfs = {term: self._index.lexical.idf(term) for term in word.terms}
        known = [term for term, idf in idfs.items() if idf > 0]
        if not known:
            return math.log(1 + (len(self._index.passages) + 0.5) / 0.5)
        # Of terms that say it equally well the most usual one, in whatever order they come.
        return idfs[max(known, key=lambda term: (word.terms[term], -idfs[term]))]

    def _cosines(self, question: Question) -> Scores:
        cosines = np.zeros(len(self._index.passages), dtype=np.float32)
        for position, cosine in self._index.dense(question.gist, len(cosines)):
            cosines[position] = cosine
        return cosines

    def _from_structure(self, question: Question) -> Scores:
        scores = np.zeros(len(self._index.passages), dtype=np.float32)
        weights, scope = self._weights, question.scope
        for at, passage in enumerate(self._index.passages):
            if passage.kind is PassageKind.HEADING:
                scores[at] -= weights.heading
            if passage.document_id in scope.documents:
                scores[at] += weights.document
            if scope.years and any(str(year) in passage.text for year in scope.years):
                scores[at] += weights.year
            if scope.programmes:
                scores[at] += weights.programme * programme_fit(
                    f"{passage.context} {passage.text}", scope.programmes
                )
            if question.quoted:
                scores[at] += weights.quoted * quoted_fit(passage.text, question.quoted)
        return scores

    def _fold(self, hits: list[Hit]) -> list[Hit]:
        """Fold each hit into an earlier one that says nearly the same (Jaccard of their terms).

        Each is compared with all before, so no more are kept than leave a choice.
        """
        kept: list[tuple[frozenset[str], Hit]] = []
        for hit in hits:
            if len(kept) == max(CHOICE, 2 * self._k):
                break
            terms = self._terms(hit.passage.text)
            size = len(terms)
            for at, (other, first) in enumerate(kept):
                # The Jaccard index is at most the ratio of the sizes; most pairs end here.
                if size < NEAR_DUPLICATE * len(other) or len(other) < NEAR_DUPLICATE * size:
                    continue
                both = len(terms & other)
                if both and both >= NEAR_DUPLICATE * len(terms | other):
                    kept[at] = (other, replace(first, also=(*first.also, hit.passage)))
                    break
            else:
                kept.append((terms, hit))
        return [hit for _, hit in kept]


def _standard(cosines: Scores, mask: NDArray[np.bool_]) -> Scores:
    compared = cosines[mask]
    deviation = float(compared.std()) or 1.0
    standard: Scores = (cosines - float(compared.mean())) / deviation
    return standard.clip(LEAST, MOST)


def programme_fit(text: str, programmes: Sequence[str]) -> float:
    """1 when a text names one of the programmes ("mag 3d"), else 0."""
    return 1.0 if named_programmes(text, programmes) else 0.0


def named_programmes(text: str, programmes: Sequence[str]) -> set[str]:
    """Those of the programmes that a text names; "mag" is not named by "mag 3d".

    Args:
        text: Any text.
        programmes: Short names in lower case, with or without a version behind one space.
    """
    lower = re.sub(r"([a-z])(\d(?:d|\.\d))", r"\1 \2", text.lower())
    return {
        name
        for name in programmes
        if re.search(rf"\b{re.escape(name)}(?!\s?(?:\d\.\d|\dd))(?!\w)", lower)
    }


def quoted_fit(text: str, quoted: Sequence[str]) -> float:
    """Share of small words that a text sets apart: in quotes, in capitals, or as a noun."""
    found = [
        word
        for word in quoted
        if re.search(
            rf"['\"‘“„*]{word}(?!\w)|\b{word.upper()}\b|\bhet {word}\b(?! is| was| heeft)", text
        )
    ]
    return len(found) / len(quoted)


def _cap(hits: list[Hit], k: int, share: float) -> list[Hit]:
    """The best k hits, with no document over its share while others have any left."""
    limit = max(1, round(k * share))
    taken: dict[str, int] = {}
    kept: list[Hit] = []
    spare: list[Hit] = []
    for hit in hits:
        name = hit.passage.document_id
        taken[name] = taken.get(name, 0) + 1
        (kept if taken[name] <= limit else spare).append(hit)
    chosen = (kept + spare)[:k]
    return sorted(chosen, key=lambda hit: -hit.score)


def as_node(hit: Hit) -> NodeWithScore:
    """A hit as LlamaIndex' node, with its place as metadata."""
    passage = hit.passage
    metadata: dict[str, Any] = {
        "document": passage.document_id,
        "section": " › ".join(passage.section),
        "page": passage.first_page,
        "start": passage.start,
        "end": passage.end,
    }
    return NodeWithScore(
        node=TextNode(id_=passage.id, text=passage.text, metadata=metadata), score=hit.score
    )
