"""Dutch analysis: the terms of a text, and the weighted terms of a question."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Container, Mapping
from collections.abc import Set as AbstractSet
from importlib.metadata import version
from pathlib import Path

import wordfreq

from ingest.dutch.index_terms import IndexTerms
from ingest.dutch.lexicon import Lexicon
from ingest.dutch.questions import QueryWord, Question
from ingest.dutch.separable import separable_verbs
from ingest.dutch.spelling import Spelling
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold, words

__all__ = ["Analyzer", "QueryWord", "word_frequencies"]

# To be raised whenever the same text may give other terms.
_RULES = 5

# Stop words in capitals are abbreviations: "MAG" is no form of "mogen".
_NAME = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(sorted(w.upper() for w in STOP_WORDS if len(w) > 2))})(?![^\W\d_])"
)


class Analyzer:
    """Gives the terms of texts and of questions in the same way, so that they meet."""

    def __init__(self, frequencies: Mapping[str, float], lexicon: Lexicon) -> None:
        """Take the word list and the lexicon.

        Args:
            frequencies: Word, normalised as `words` does, to its share of all words in (0, 1).
            lexicon: Lay words, policy words and English words.
        """
        self._frequencies = frequencies
        self._index_terms = IndexTerms(frequencies)
        self._spelling = Spelling(frequencies)
        self._lexicon = lexicon
        self.fingerprint = _fingerprint(lexicon)

    @classmethod
    def load(cls, lexicon: Path | None = None) -> Analyzer:
        """Read the Dutch word list and the lexicon.

        Args:
            lexicon: A municipality's own lexicon; None for the one that comes with the program.

        Raises:
            SettingsError: The lexicon is missing or not valid.
        """
        return cls(word_frequencies(), Lexicon.load(lexicon))

    def terms(self, text: str) -> list[str]:
        """Give the index terms of a text.

        Args:
            text: Any text.

        Returns:
            Stems in order, without stop words; a compound gives its own stem followed by the
            stems of its parts. A stop word in capitals counts as a name ("MAG"). A separable verb
            in two words ("zet ... in") gives its one word too, at the end.
        """
        found: list[str] = []
        at = 0
        for name in _NAME.finditer(text):
            found += self._terms(text[at : name.start()])
            found.append(name[0].lower())
            at = name.end()
        found += self._terms(text[at:])
        return found + [stem(verb) for verb in separable_verbs(text, self._frequencies)]

    def stems(self, text: str) -> list[str]:
        """Give the stems of a text's own words, without those of the parts of compounds."""
        of = self._index_terms.of
        return [terms[0] for word in words(text) if (terms := of(word))]

    def related(self, word: str) -> tuple[tuple[str, float], ...]:
        """Other words and phrases of the lexicon for a word, with weights in (0, 1)."""
        return self._lexicon.related(word)

    def _terms(self, text: str) -> list[str]:
        of = self._index_terms.of
        return [term for word in words(text) for term in of(word)]

    def query(
        self, text: str, known: Collection[str], abbreviations: Mapping[str, str]
    ) -> list[QueryWord]:
        """Give the content words of a question with the terms to look for.

        Args:
            text: The question, in Dutch or English.
            known: The index's terms; a word of which nothing is known there is corrected to them.
            abbreviations: Short form to full form, as the documents explain them.

        Returns:
            Content words and phrases of the lexicon, in the question's order. Words that only
            frame a question are left out, unless nothing else is left.
        """
        quick: Container[str] = known if isinstance(known, AbstractSet | Mapping) else set(known)
        question = Question(self._index_terms, self._lexicon, self._spelling, quick, abbreviations)
        return question.read(text)


def word_frequencies() -> dict[str, float]:
    """The Dutch word list, normalised; of words that become the same the most frequent counts."""
    found: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict("nl", wordlist="best").items():
        plain = word if word.isascii() else fold(word)
        if frequency > found.get(plain, 0.0):
            found[plain] = frequency
    return found


def _fingerprint(lexicon: Lexicon) -> str:
    parts = (str(_RULES), version("wordfreq"), version("PyStemmer"), lexicon.fingerprint)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
