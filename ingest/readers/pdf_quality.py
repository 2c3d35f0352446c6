"""How good the text is that a program took out of a page, told from the text alone.

Measured is the share of its words that Dutch word lists know, less what no reader would see:
characters that stand for none (U+FFFD, private use, control characters), names of glyphs ("/g12",
"(cid:7)"), words without spaces between them, and letters that stand there twice.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.dutch.analysis import word_frequencies
from ingest.dutch.words import fold

BETTER = 0.03
"""By so much the second program's text must be better to take the place of the first's."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_GLYPH_NAME = re.compile(r"\(cid:\d+\)|/g\d+\b|/[A-Z]\d{2,3}\b")
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LONG = re.compile(r"[^\W\d_]{5,}")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
_LONGEST_WORD = 35
_NONSENSE = 0.08
_LEAST_WORDS = 30
_TWICE = 0.8


def quality(text: str) -> float:
    """How good a text is: at most 1; 0 without words; below 0 for nonsense."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    known = sum(is_known(word.lower()) for word in words) / len(words)
    size = max(len("".join(text.split())), 1)
    strange = len(_STRANGE.findall(text)) + sum(map(len, _GLYPH_NAME.findall(text)))
    glued = sum(len(word) for word in words if len(word) > _LONGEST_WORD)
    doubled = sum(len(word) for word in words if _is_doubled(word))
    return known - (strange + glued + doubled) / size


def is_nonsense(text: str) -> bool:
    """Whether a text in our letters is no language at all, as where a font names the wrong ones."""
    words = len(_LATIN.findall(text))
    return words >= _LEAST_WORDS and quality(text) < _NONSENSE


def reads_as_words(text: str) -> bool:
    """Whether a few letters on a page are words rather than specks that look like letters."""
    shown = sum(map(str.isalnum, text))
    words = [word for word in _LONG.findall(text) if _VOWEL.search(word)]
    return bool(words) and 2 * sum(map(len, words)) >= shown


def _is_doubled(word: str) -> bool:
    """Whether nearly every letter stands there twice: "BBeelleeiidd"."""
    pairs = list(zip(word[::2], word[1::2], strict=False))
    return len(word) >= 6 and sum(a == b for a, b in pairs) >= _TWICE * len(pairs)


def is_known(word: str) -> bool:
    """Whether word lists of Dutch have a word, in small letters."""
    return (word if word.isascii() else fold(word)) in frequencies()


@cache
def frequencies() -> dict[str, float]:
    """Dutch words with their share of all words; loaded when first asked for."""
    return word_frequencies()
