"""The lexical half of the index: BM25 over the terms of the passages."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import bm25s
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.5
B = 0.75
"""BM25's saturation and length normalisation: Robertson & Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond" (2009), section 3.2, name 1.2 <= k1 <= 2 and 0.5 <= b <= 0.8 as
reasonable; these are the middle of the one and the usual value of the other."""

SIZE_FILE = "passages"
"""Holds the number of passages; written first, so that an index without passages has one too."""

TEXT_WEIGHT = 2
CONTEXT_WEIGHT = 1
"""How often a term counts in the passage's own text and in its context (headings, lead-in, row and
column). One field with repeated terms is BM25F with integer weights (Robertson, Zaragoza & Taylor,
CIKM 2004): a list item is found by its heading, but never as well as a passage that says it."""


class LexicalIndex:
    """BM25 scores of passages, term by term.

    The variant is Lucene's (Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020), which never
    gives a negative weight: ``idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))``.
    """

    def __init__(self, scorer: bm25s.BM25 | None, passages: int) -> None:
        """Use `build` or `load` instead.

        Args:
            scorer: The bm25s index; None when no passage holds a term.
            passages: Number of passages.
        """
        self._scorer = scorer
        self._passages = passages

    @classmethod
    def build(cls, terms: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index passages.

        Args:
            terms: The terms of each passage, repetitions included; a list may be empty.

        Returns:
            The index; positions in it are positions in `terms`.
        """
        if not any(terms):
            return cls(None, len(terms))
        scorer = bm25s.BM25(k1=K1, b=B, method="lucene")
        # Sorted, because bm25s numbers a set of strings, whose order differs from run to run.
        vocabulary = {term: n for n, term in enumerate(sorted({t for row in terms for t in row}))}
        numbers = [[vocabulary[term] for term in row] for row in terms]
        scorer.index((numbers, vocabulary), create_empty_token=False, show_progress=False)
        return cls(scorer, len(terms))

    def save(self, folder: Path) -> None:
        """Write the index into a folder, which is created.

        Raises:
            OSError: If that fails.
        """
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SIZE_FILE).write_text(f"{self._passages}\n", encoding="ascii")
        if self._scorer is not None:
            self._scorer.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote.

        Raises:
            OSError: If a file is missing or cannot be read.
            ValueError: If a file is damaged.
        """
        passages = int((folder / SIZE_FILE).read_text(encoding="ascii"))
        if not (folder / "params.index.json").exists():
            if any(folder.glob("*.npy")):
                raise ValueError(f"{folder} is incomplete")
            return cls(None, passages)
        scorer = bm25s.BM25.load(folder, allow_pickle=False)
        if scorer.scores["num_docs"] != passages:
            raise ValueError(f"{folder} disagrees about the number of passages")
        return cls(scorer, passages)

    def __len__(self) -> int:
        """Number of passages."""
        return self._passages

    @property
    def vocabulary(self) -> Collection[str]:
        """All terms that occur."""
        terms: dict[str, int] = {} if self._scorer is None else self._scorer.vocab_dict
        return terms.keys()

    def scores(self, term: str) -> NDArray[np.float32]:
        """BM25 share of one term in the score of every passage; zeros for an unknown term."""
        row = np.zeros(self._passages, dtype=np.float32)
        first, last = self._column(term)
        if self._scorer is not None and first < last:
            row[self._scorer.scores["indices"][first:last]] = self._scorer.scores["data"][
                first:last
            ]
        return row

    def idf(self, term: str) -> float:
        """How much a term tells: from about 0 (in every passage) up; 0.0 for an unknown term."""
        first, last = self._column(term)
        frequency = last - first
        if not frequency:
            return 0.0
        return math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))

    def _column(self, term: str) -> tuple[int, int]:
        """Where the postings of a term begin and end in bm25s' column-compressed matrix."""
        if self._scorer is None or term not in self._scorer.vocab_dict:
            return 0, 0
        number = self._scorer.vocab_dict[term]
        starts = self._scorer.scores["indptr"]
        return int(starts[number]), int(starts[number + 1])


def passage_terms(text: Sequence[str], context: Sequence[str]) -> list[str]:
    """The terms of a passage as they are counted: its own text weighs more than its context.

    Args:
        text: Terms of the passage's text.
        context: Terms of its headings, lead-in, row and column.

    Returns:
        All terms, each as often as it counts.
    """
    return [*text] * TEXT_WEIGHT + [*context] * CONTEXT_WEIGHT
