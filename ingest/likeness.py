"""How alike two statements are, in words and in meaning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

LEAST_WORDS = 2
"""A statement with fewer terms is like no other."""


class Likeness:
    """Compares statements of one collection, since that tells which words say much."""

    def __init__(
        self, terms: Mapping[str, frozenset[str]], vectors: Mapping[str, NDArray[np.float32]]
    ) -> None:
        """Count the words.

        Args:
            terms: Terms by the id of the statement.
            vectors: Unit vectors by the same ids; zeros where the model knows no word.
        """
        self._terms = terms
        self._vectors = vectors
        counts = Counter(term for words in terms.values() for term in words)
        self._rarity = {term: math.log(len(terms) / count) for term, count in counts.items()}

    def words(self, one: str, other: str) -> float:
        """Share of the information of the shorter of two statements that they have in common.

        A word carries ``log(statements / statements with it)``. Where one says much more than
        the other, the share counts for less.
        """
        first, second = self._terms[one], self._terms[other]
        if min(len(first), len(second)) < LEAST_WORDS:
            return 0.0
        shorter, longer = sorted((self.information(first), self.information(second)))
        if not shorter:
            return 0.0
        return self.information(first & second) / shorter * min(1.0, 2 * shorter / longer)

    def meaning(self, one: str, other: str) -> float:
        """Cosine of their vectors, in [-1, 1]."""
        return float(self._vectors[one] @ self._vectors[other])

    def besides(self, one: str, other: str) -> float:
        """How much either of two statements says that the other does not."""
        return self.information(self._terms[one] ^ self._terms[other])

    def table(self, rows: Sequence[str], columns: Sequence[str]) -> NDArray[np.float64]:
        """The mean of words and meaning for each pair; shape (rows, columns)."""
        return np.array(
            [
                [(self.words(row, column) + self.meaning(row, column)) / 2 for column in columns]
                for row in rows
            ]
        ).reshape(len(rows), len(columns))

    def information(self, words: frozenset[str]) -> float:
        """What words tell together."""
        return sum(self._rarity.get(word, 0.0) for word in words)
