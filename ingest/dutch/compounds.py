"""Cutting Dutch compounds into their parts: "gehandicaptenparkeervoorziening"."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ingest.dutch.compound_parts import (
    BOUND_PARTS,
    FRAGMENT,
    NAMES,
    NO_PARTS,
    PREFIXES,
    SHORT_HEADS,
    SHORT_PARTS,
    WHOLE,
)
from ingest.dutch.stems import stem

_SHORTEST_WORD = 7
_LONGEST_WORD = 60
_SHORTEST_PART = 4
_DEEPEST = 5

# What may stand between two parts, with what it costs (in units of log10 frequency).
_LINKS = (("", 0.0), ("s", 0.3), ("en", 0.8), ("er", 0.8))
_WITH_ER = frozenset("kind rund hoend".split())

# The share of all words that a part gets which word lists do not have.
_RARE = 1e-7

# So that "maatwerk-voorziening" wins from "maat-werkvoorziening", in units of log10 frequency.
_WHOLE_BONUS = 2.0

# Above this frequency a word has a life of its own.
_COMMON = 2.5e-5
_FLOORS = {3: 1e-7, 4: 1.5e-6, 5: 3e-7, 6: 1e-7}
_FLOOR = 5e-8


class Compounds:
    """Splits compounds into words of a word list.

    A word is cut where the parts are the most frequent and the fewest (P. Koehn and K. Knight,
    "Empirical Methods for Compound Splitting", 2003, with linking letters), and each part again.
    """

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        """Take the word list.

        Args:
            frequencies: Word, normalised as `words` does, to its share of all words in (0, 1).
        """
        self._frequencies = frequencies
        self._whole = {stem(word) for word in WHOLE | NAMES}
        self._splits: dict[str, tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """Cut a word into its smallest sound parts.

        Args:
            word: One word as `words` gives it.

        Returns:
            At least two parts in order, without linking letters; () when it is no compound.
        """
        if word not in self._splits:
            self._splits[word] = self._split(word)
        return self._splits[word]

    def _split(self, word: str) -> tuple[str, ...]:
        frequency = self._frequencies.get(word, 0.0)
        if (
            not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD
            or not word.isalpha()
            or stem(word) in self._whole
            or frequency > _COMMON
        ):
            return ()
        parts = self._partition(word)
        if any(len(part) < 6 and 3 * self._frequency(part) < frequency for part in parts):
            return ()
        return tuple(piece for part in parts for piece in (self.split(part) or (part,)))

    def _partition(self, word: str) -> tuple[str, ...]:
        """The best way to write a word as two or more words of the list; () when there is none."""
        size = len(word)
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for start in range(size - _SHORTEST_PART + 2):
            if start not in best or len(best[start][1]) >= _DEEPEST:
                continue
            for end in range(start + 3, size + 1):
                if end - start == size:
                    continue
                self._extend(word, start, end, best)
        return best.get(size, (0.0, ()))[1]

    def _extend(
        self, word: str, start: int, end: int, best: dict[int, tuple[float, tuple[str, ...]]]
    ) -> None:
        """Try one part, as the head at the word's end or with every linking letter after it."""
        part, size = word[start:end], len(word)
        if end == size:
            if start and self._is_head(part):
                self._offer(best, size, start, part, 0.0)
            return
        if not self._is_modifier(part):
            return
        for link, cost in _LINKS:
            if link == "er" and part not in _WITH_ER:
                continue
            if end + len(link) <= size - 3 and word.startswith(link, end):
                self._offer(best, end + len(link), start, part, cost)

    def _offer(
        self,
        best: dict[int, tuple[float, tuple[str, ...]]],
        end: int,
        start: int,
        part: str,
        cost: float,
    ) -> None:
        score, parts = best[start]
        score += math.log10(self._frequency(part)) - cost - 1.0
        score += _WHOLE_BONUS if stem(part) in self._whole else 0.0
        if end not in best or score > best[end][0]:
            best[end] = (score, (*parts, part))

    def _is_modifier(self, part: str) -> bool:
        if len(part) < _SHORTEST_PART:
            return part in SHORT_PARTS and part in self._frequencies
        return self._is_part(part)

    def _is_head(self, part: str) -> bool:
        if len(part) < _SHORTEST_PART:
            return part in SHORT_HEADS and part in self._frequencies
        return self._is_part(part)

    def _is_part(self, part: str) -> bool:
        if part in NO_PARTS or part in PREFIXES or FRAGMENT.search(part):
            return False
        return self._frequency(part) >= _FLOORS.get(len(part), _FLOOR)

    def _frequency(self, part: str) -> float:
        return max(self._frequencies.get(part, 0.0), _RARE if part in BOUND_PARTS else 0.0)
