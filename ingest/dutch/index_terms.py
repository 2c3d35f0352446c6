"""The terms under which a word is indexed."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.dutch.compounds import Compounds
from ingest.dutch.stems import infinitive, stem
from ingest.dutch.stopwords import STOP_WORDS


class IndexTerms:
    """Gives the terms of single words, and remembers them."""

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        """Take the word list.

        Args:
            frequencies: Word, normalised as `words` does, to its share of all words in (0, 1).
        """
        self._frequencies = frequencies
        self._compounds = Compounds(frequencies)
        self._cache: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """Give the terms of a word.

        Args:
            word: One word as `words` gives it.

        Returns:
            Its own stem, then that of the infinitive of a participle, or the stems of a compound's
            parts and of words that neighbouring parts form together; () for a stop word or a
            single letter.
        """
        found = self._cache.get(word)
        if found is None:
            found = self._cache[word] = self._make(word)
        return found

    def is_compound(self, word: str) -> bool:
        """Say whether a word is made of other words."""
        return bool(self._compounds.split(word))

    def _make(self, word: str) -> tuple[str, ...]:
        if word in STOP_WORDS or (len(word) == 1 and word.isalpha()):
            return ()
        verb = infinitive(word)
        if verb:
            return tuple(dict.fromkeys((stem(word), stem(verb))))
        parts = self._compounds.split(word)
        inner = self._inner_words(word, parts) if len(parts) > 2 else []
        stems = [stem(word), *(stem(p) for p in (*parts, *inner) if p not in STOP_WORDS)]
        return tuple(dict.fromkeys(stems))

    def _inner_words(self, word: str, parts: tuple[str, ...]) -> list[str]:
        """Words of the list that two or more neighbouring parts form: "gezondheidszorg"."""
        starts: list[int] = []
        at = 0
        for part in parts:
            at = word.index(part, at)
            starts.append(at)
            at += len(part)
        ends = [start + len(part) for start, part in zip(starts, parts, strict=True)]
        runs = (
            word[starts[first] : ends[last]]
            for first in range(len(parts))
            for last in range(first + 1, len(parts))
        )
        return [run for run in runs if run != word and run in self._frequencies]
