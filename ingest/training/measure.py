"""Measures a model on tasks of its own: alike sentences, headings, everyday words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr  # type: ignore[import-untyped]

from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.training.texts import ScoredPair, words

Encoder = Callable[[list[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class SearchTask:
    """Questions, texts to find, and which text answers which question.

    Attributes:
        name: As shown in the table of figures.
        queries: What is asked.
        texts: What is searched.
        answers: For each query the index of its text.
        depth: How many places of the ranking count.
    """

    name: str
    queries: tuple[str, ...]
    texts: tuple[str, ...]
    answers: tuple[int, ...]
    depth: int = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Result of a search task.

    Attributes:
        recall: Share of the queries whose text is within the depth.
        rank: Mean of 1 / place, 0 beyond the depth (MRR).
    """

    recall: float
    rank: float


def _judge(scores: NDArray[np.float32], task: SearchTask) -> Figures:
    answers = np.asarray(task.answers)
    own = scores[np.arange(len(answers)), answers]
    higher = (scores > own[:, None]).sum(axis=1)
    ties = (scores == own[:, None]).sum(axis=1) - 1
    place = higher + ties / 2 + 1
    within = place <= task.depth
    return Figures(float(within.mean()), float(np.where(within, 1 / place, 0).mean()))


def search_dense(encode: Encoder, task: SearchTask) -> Figures:
    """Rank by cosine; encode gives unit vectors."""
    return _judge(encode(list(task.queries)) @ encode(list(task.texts)).T, task)


def lexical_scores(task: SearchTask) -> NDArray[np.float32]:
    """BM25 on stems, the baseline: one line a query, one column a text.

    Divided by the sum of the rarities (idf) of the query's words, so that 1 means that a text
    has them all, and a query whose words are found nowhere scores low everywhere.
    """
    texts = [_terms(text) for text in task.texts]
    index = bm25s.BM25()
    index.index(texts, show_progress=False)
    within = Counter(term for terms in texts for term in set(terms))
    lines = []
    for query in task.queries:
        terms = _terms(query)
        best = sum(_rarity(within[term], len(texts)) for term in terms)
        lines.append(index.get_scores(terms) / max(best, 1e-9))
    return np.stack(lines)


def _terms(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP_WORDS] or [""]


def _rarity(within: int, total: int) -> float:
    """Idf as BM25 has it: log(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (total - within + 0.5) / (within + 0.5))


def search_lexical(task: SearchTask) -> Figures:
    """Rank by BM25 on stems."""
    return _judge(lexical_scores(task), task)


def search_both(encode: Encoder, task: SearchTask, weight: float = 0.75) -> Figures:
    """Rank by the lexical score plus a weight times the cosine."""
    dense = encode(list(task.queries)) @ encode(list(task.texts)).T
    return _judge(lexical_scores(task) + weight * dense, task)


def likeness(encode: Encoder, pairs: Sequence[ScoredPair]) -> float:
    """Spearman correlation of the cosines with what people found."""
    left = encode([pair.left for pair in pairs])
    right = encode([pair.right for pair in pairs])
    cosines = (left * right).sum(axis=1)
    return float(spearmanr(cosines, [pair.score for pair in pairs]).statistic)
