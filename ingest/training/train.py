"""Trains the model: vocabulary, counts, contrast, and one matrix at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from ingest.dutch.analysis import word_frequencies
from ingest.dutch.compounds import Compounds
from ingest.training.contrast import PairSource, Plan, Rows, StaticVectors, fine_tune
from ingest.training.cooccurrence import (
    compress,
    group_counts,
    lean_on_parts,
    mutual_information,
    window_counts,
)
from ingest.training.data import (
    Data,
    Pairs,
    count_words,
    group_texts,
    headings,
    neighbours,
    own_words,
    questions,
    single_words,
    whole_groups,
)
from ingest.training.texts import ScoredPair
from ingest.training.vocabulary import Vocabulary, build_vocabulary, choose_words

_WINDOW = 8
_GROUP_WEIGHT = 20.0
_RARITY = 1e-3
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model.

    Attributes:
        vocabulary: Its tokens and their rows.
        matrix: One vector a row; row 0 is zero.
    """

    vocabulary: Vocabulary
    matrix: NDArray[np.float32]

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors of texts; zero for a text without known words."""
        sums = np.zeros((len(texts), self.matrix.shape[1]), dtype=np.float32)
        for n, rows in enumerate(self.vocabulary.rows(texts)):
            sums[n] = self.matrix[rows].sum(axis=0)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        unit: NDArray[np.float32] = sums / np.maximum(length, 1e-9)
        return unit


def train(data: Data, dimension: int, base: int, plan: Plan) -> Model:
    """Train a model.

    Args:
        data: What to learn from.
        dimension: Length of its vectors.
        base: Length of the counted vectors before they are turned; at least the dimension.
        plan: Length and rates of the contrastive part, and the seed of both parts.
    """
    torch.manual_seed(plan.seed)
    vocabulary = _vocabulary(data)
    # The weight of smooth inverse frequency: a / (a + p) (Arora, Liang and Ma 2017, "A simple
    # but tough-to-beat baseline for sentence embeddings").
    weight = (_RARITY / (_RARITY + vocabulary.frequency)).astype(np.float32)
    counted = _counted(data, vocabulary, weight, base, plan.seed)
    vectors = StaticVectors(counted, weight, dimension)
    if plan.steps:
        fine_tune(vectors, _sources(data, vocabulary), plan)
    matrix = vectors.matrix()
    matrix[0] = 0
    return _without_empty_rows(vocabulary, matrix)


def _without_empty_rows(vocabulary: Vocabulary, matrix: NDArray[np.float32]) -> Model:
    """Give words of which nothing was learnt the empty row, and drop their own."""
    known = np.abs(matrix).max(axis=1) > _NOTHING
    known[0] = True
    number = np.where(known, np.cumsum(known) - 1, 0).astype(np.int32)
    smaller = replace(
        vocabulary,
        row=number[vocabulary.row],
        frequency=vocabulary.frequency[known],
        parts={
            int(number[row]): tuple(int(number[part]) for part in parts)
            for row, parts in vocabulary.parts.items()
        },
    )
    return Model(smaller, matrix[known])


def _vocabulary(data: Data) -> Vocabulary:
    counts, general = count_words(data), word_frequencies()
    compounds = Compounds(general)
    chosen = choose_words(counts, general, own_words(data), compounds)
    return build_vocabulary(chosen, counts, general, compounds)


def _counted(
    data: Data, vocabulary: Vocabulary, weight: NDArray[np.float32], dimension: int, seed: int
) -> NDArray[np.float32]:
    size = len(weight)
    texts = vocabulary.rows([paragraph.text for paragraph in data.paragraphs])
    counts = window_counts(texts, size, _WINDOW)
    counts += group_counts(vocabulary.rows(list(group_texts(data))), size, _GROUP_WEIGHT)
    vectors = compress(mutual_information(counts), dimension, seed)
    seen = np.asarray(counts.sum(axis=1)).ravel()
    return lean_on_parts(vectors, weight, seen, vocabulary.parts)


def _sources(data: Data, vocabulary: Vocabulary) -> list[PairSource]:
    sources = [
        _paired(vocabulary, headings(data.laws), share=0.15),
        _paired(vocabulary, headings(data.policy), share=0.1),
        _paired(vocabulary, neighbours(data.policy) + neighbours(data.laws)[::5], share=0.15),
        _paired(vocabulary, single_words(data.groups), share=0.2, drop=0.1),
        _paired(vocabulary, whole_groups(data.groups + data.themes), share=0.2, drop=0.6),
        _paired(vocabulary, questions(data), share=0.3),
        _scored(vocabulary, data.alike, share=0.2),
    ]
    return [source for source in sources if source.left]


def _paired(vocabulary: Vocabulary, pairs: Pairs, share: float, drop: float = 0.2) -> PairSource:
    """Pairs as rows; texts without known words are left out."""
    left = _known(vocabulary, [pair[0] for pair in pairs])
    right = _known(vocabulary, [pair[1] for pair in pairs])
    both = [(one, two) for one, two in zip(left, right, strict=True) if one and two]
    return PairSource([one for one, _ in both], [two for _, two in both], share, drop)


def _known(vocabulary: Vocabulary, sides: Sequence[list[str]]) -> list[list[Rows]]:
    rows = iter(vocabulary.rows([text for side in sides for text in side]))
    return [[found for found in (next(rows) for _ in side) if len(found)] for side in sides]


def _scored(vocabulary: Vocabulary, alike: Sequence[ScoredPair], share: float) -> PairSource:
    left = vocabulary.rows([pair.left for pair in alike])
    right = vocabulary.rows([pair.right for pair in alike])
    keep = [n for n in range(len(alike)) if len(left[n]) and len(right[n])]
    return PairSource(
        [[left[n]] for n in keep],
        [[right[n]] for n in keep],
        share,
        drop=0.1,
        scores=np.asarray([alike[n].score for n in keep], dtype=np.float32),
    )
