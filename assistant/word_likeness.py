"""How like the words of a question are to the words of a text, by their vectors.

For each word of the question the likest word of the text counts (MaxSim; Khattab & Zaharia 2020,
"ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over BERT"),
here over vectors that a word has wherever it stands: "rondkomen" is found in "inkomen", whatever
else is said there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.dutch.stopwords import STOP_WORDS
from ingest.embeddings import Embedder

Likeness = NDArray[np.float32]
# Up to this cosine words have nothing to do with each other.
NOTHING = 0.4
_WORD = re.compile(r"[^\W\d_]{2,}")
# The number of no word at all, so that each text has one.
_NONE = 0


@dataclass(frozen=True, slots=True)
class Numbered:
    """The content words of some texts, each as the number of its vector.

    Attributes:
        words: Of all texts, one after the other; at least one a text.
        starts: For each text where its words begin.
    """

    words: NDArray[np.int64]
    starts: NDArray[np.int64]


class WordLikeness:
    """Compares words by their vectors; the vectors of the words of texts are kept."""

    def __init__(self, embedder: Embedder) -> None:
        """Take a model that gives single words vectors that can be compared: a static one."""
        self._embedder = embedder
        self._vectors = np.zeros((1, embedder.dimension), dtype=np.float32)
        self._numbers: dict[str, int] = {}
        self._lock = Lock()
        self._words = lru_cache(maxsize=50_000)(_content_words)

    def number(self, texts: Sequence[str]) -> Numbered:
        """The content words of texts, to compare with any number of questions."""
        of_texts = [self._words(text) for text in texts]
        self._learn(word for words in of_texts for word in words)
        numbers = [[_NONE, *(self._numbers[word] for word in words)] for words in of_texts]
        starts = np.cumsum([0, *(len(own) for own in numbers[:-1])], dtype=np.int64)
        flat = np.fromiter((n for own in numbers for n in own), dtype=np.int64)
        return Numbered(flat, starts[: len(texts)])

    def best(self, words: Sequence[str], texts: Numbered) -> Likeness:
        """For each text (a row) and word (a column) how like its likest word is, in [0, 1].

        0 is for words that have nothing to do with each other, or that the model does not know.
        """
        if not words or not len(texts.starts):
            return np.zeros((len(texts.starts), len(words)), dtype=np.float32)
        cosines = self._embedder.embed_passages(list(words)) @ self._vectors.T
        like = ((cosines - NOTHING) / (1.0 - NOTHING)).clip(0.0, 1.0)
        best: Likeness = np.maximum.reduceat(like[:, texts.words], texts.starts, axis=1).T
        return best

    def _learn(self, words: Iterable[str]) -> None:
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._numbers]
            if not new:
                return
            first = len(self._vectors)
            # The vectors before the numbers: another thread may be reading.
            self._vectors = np.concatenate([self._vectors, self._embedder.embed_passages(new)])
            self._numbers.update(zip(new, range(first, first + len(new)), strict=True))


def _content_words(text: str) -> tuple[str, ...]:
    words = (word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS)
    return tuple(dict.fromkeys(words))
