"""How alike two statements are, in words and in meaning."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

LEAST_WORDS = 2
"""A statement with fewer terms is like no other."""

_ROUNDING = 1e-9


class Likeness:
    """Compares statements of one collection, since that tells which words say much."""

    def __init__(
        self,
        terms: Mapping[str, frozenset[str]],
        vectors: Mapping[str, NDArray[np.float32]],
        said: Mapping[str, int] | None = None,
    ) -> None:
        """Count the words.

        Args:
            terms: Terms by the id of the statement; those that are not compared may lack theirs.
            vectors: Unit vectors by the ids of those that are compared in meaning; zeros where
                the model knows no word.
            said: In how many of the statements each term stands; counted when None.
        """
        self._terms = terms
        self._vectors = vectors
        if said is None:
            said = Counter(term for words in terms.values() for term in words)
        self._rarity = {term: math.log(len(terms) / count) for term, count in said.items()}

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

    def rarest(self, one: str) -> list[tuple[str, float]]:
        """The terms of a statement with what each tells, the rarest first."""
        return sorted(
            ((term, self._rarity.get(term, 0.0)) for term in self._terms[one]),
            key=lambda pair: (-pair[1], pair[0]),
        )


class Nearby:
    """Finds the few statements that can be like another in words, without comparing them all.

    Two that share ``least`` of the information of the shorter share one of its rarest terms: of
    those that hold more than ``1 - least`` of it (prefix filtering: Chaudhuri et al., "A primitive
    operator for similarity joins in data cleaning", ICDE 2006).
    """

    def __init__(self, likeness: Likeness, ids: Sequence[str], least: float) -> None:
        """Sort statements by their terms.

        Args:
            likeness: Knows their terms.
            ids: The statements to find.
            least: Share of information that counts, in (0, 1].
        """
        self._likeness = likeness
        self._ids = ids
        self._least = least
        self._having: dict[str, list[int]] = defaultdict(list)
        self._telling: dict[str, list[int]] = defaultdict(list)
        for n, name in enumerate(ids):
            for term, _ in likeness.rarest(name):
                self._having[term].append(n)
            for term in self._prefix(name):
                self._telling[term].append(n)

    def of(self, one: str) -> list[str]:
        """The statements whose `Likeness.words` with this one may reach the share, in order."""
        found = {n for term in self._prefix(one) for n in self._having.get(term, ())}
        for term, _ in self._likeness.rarest(one):
            found.update(self._telling.get(term, ()))
        return [self._ids[n] for n in sorted(found)]

    def _prefix(self, one: str) -> list[str]:
        """The rarest terms, of which another that shares enough has one."""
        terms = self._likeness.rarest(one)
        left = sum(share for _, share in terms)
        least = self._least * left - _ROUNDING
        prefix: list[str] = []
        for term, share in terms:
            if left < least or not share:
                break
            prefix.append(term)
            left -= share
        return prefix
