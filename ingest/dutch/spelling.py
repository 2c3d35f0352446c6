"""Finding the word that somebody meant to type."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

_SHORTEST = 5
_LONGEST = 40
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Typing errors are in the word list too, but rarely: above this share a word is taken as meant.
_A_WORD = 3e-7

# What sounds alike and is often mixed up in Dutch.
_SOUNDS = (
    ("ei", "ij"), ("au", "ou"), ("dt", "d"), ("dt", "t"), ("d", "t"), ("c", "k"), ("ch", "g"),
    ("z", "s"), ("v", "f"), ("ie", "i"), ("y", "ij"), ("y", "i"), ("x", "ks"), ("ph", "f"),
    ("tie", "sie"), ("oe", "u"), ("c", "s"), ("qu", "kw"), ("th", "t"),
)  # fmt: skip
_MOST_VARIANTS = 16


class Spelling:
    """Corrects typing errors and mix-ups of letters that sound alike.

    Candidates are generated from the word and looked up, so that the time does not grow with the
    word list (P. Norvig, "How to Write a Spelling Corrector", https://norvig.com/spell-correct.html).
    """

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        """Take the word list.

        Args:
            frequencies: Word, normalised as `words` does, to its share of all words in (0, 1).
        """
        self._frequencies = frequencies

    def correct(self, word: str) -> str | None:
        """Give the word that was meant.

        Args:
            word: One word as `words` gives it.

        Returns:
            The nearest word of the list, the most frequent of equally near ones; None when the
            word is known, is a number, is short, or nothing is near enough.
        """
        return next(self.near(word), None)

    def is_word(self, word: str) -> bool:
        """Say whether a word is so frequent that it is taken as meant."""
        return self._frequencies.get(word, 0.0) >= _A_WORD

    def near(self, word: str, known: Container[str] = ()) -> Iterator[str]:
        """Give the words that may have been meant, one slip away before two.

        Args:
            word: One word as `words` gives it.
            known: Words to choose from beside the word list; looking one up must be quick.

        Yields:
            The nearest first, of equally near ones the most frequent; nothing when the word is
            taken as meant.
        """
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or self.is_word(word):
            return
        variants = _variants(word)
        one_slip = {*variants, *_edits(word)}
        yield from self._ranked(word, one_slip, known)
        two_slips = {edited for variant in variants for edited in _edits(variant)}
        yield from self._ranked(word, two_slips - one_slip, known)

    def _ranked(self, word: str, candidates: set[str], known: Container[str]) -> list[str]:
        found = [c for c in candidates if c != word and (c in self._frequencies or c in known)]
        return sorted(found, key=lambda candidate: self._rank(word, candidate))

    def _rank(self, word: str, candidate: str) -> tuple[float, float, str]:
        return distance(word, candidate), -self._frequencies.get(candidate, 0.0), candidate


def distance(word: str, other: str) -> float:
    """Count the slips between two words: 1 for a slip, 0.5 for one between letters alike in sound.

    Args:
        word: What was typed.
        other: What may have been meant.

    Returns:
        0 for the same word; a slip in the first letter counts half as much again.
    """
    first = 0.5 if word[:1] != other[:1] else 0.0
    if other in _variants(word):
        return 0.5 + first
    if other in _doubled(word) or word in _doubled(other):
        return 0.6 + first
    if abs(len(word) - len(other)) <= 1 and other in set(_edits(word)):
        return (0.8 if sorted(word) == sorted(other) else 1.0) + first
    return 1.5 + first


def _edits(word: str) -> Iterator[str]:
    """All that can be made of a word by leaving out, swapping, replacing or adding a letter."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _variants(word: str) -> list[str]:
    """The word with one group of letters replaced by one that sounds alike."""
    found: list[str] = []
    for pair in _SOUNDS:
        for old, new in (pair, pair[::-1]):
            at = word.find(old)
            while at >= 0:
                found.append(word[:at] + new + word[at + len(old) :])
                at = word.find(old, at + 1)
    return found[:_MOST_VARIANTS] + sorted(_doubled(word))


def _doubled(word: str) -> set[str]:
    """The word with one letter fewer where a letter stands twice."""
    return {word[:at] + word[at + 1 :] for at in range(len(word) - 1) if word[at] == word[at + 1]}
