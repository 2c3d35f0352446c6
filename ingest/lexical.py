"""The lexical half of the index: BM25 over the terms of the passages."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bm25s
import numpy as np

from ingest.terms import TermCounts

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.5
B = 0.75
"""BM25's saturation and length normalisation: Robertson & Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond" (2009), section 3.2, name 1.2 <= k1 <= 2 and 0.5 <= b <= 0.8 as
reasonable; these are the middle of the one and the usual value of the other."""

SIZE_FILE = "passages"
"""Holds the number of passages; written first, so that an index without passages has one too."""


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
    def build(cls, documents: Sequence[TermCounts]) -> LexicalIndex:
        """Index the passages of documents.

        Args:
            documents: The terms of each; a passage may have none.

        Returns:
            The index; positions in it are those of the passages, of one document after the other.
        """
        passages = sum(map(len, documents))
        terms = sorted({term for counted in documents for term in counted.terms})
        if not terms:
            return cls(None, passages)
        numbers = {term: n for n, term in enumerate(terms)}
        scorer = bm25s.BM25(k1=K1, b=B, method="lucene")
        scorer.vocab_dict = numbers
        scorer.unique_token_ids_set = set(numbers.values())
        scorer.nonoccurrence_array = None  # of other variants of BM25
        scorer.scores = _scores(documents, numbers, passages)
        return cls(scorer, passages)

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


def _scores(
    documents: Sequence[TermCounts], numbers: Mapping[str, int], passages: int
) -> dict[str, Any]:
    """What bm25s keeps as its scores: a column-compressed matrix of passages and terms.

    bm25s itself makes it from lists of words, one passage after the other, of all passages again
    whenever one changes; from counts it is made some ten times sooner.
    """
    rows, columns, counts = _joined(documents, numbers)
    lengths = np.bincount(rows, weights=counts, minlength=passages)
    frequencies = np.bincount(columns, minlength=len(numbers))
    idf = np.log(1 + (passages - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    saturation = K1 * ((1 - B) + B * lengths / lengths.mean())
    order = np.argsort(columns, kind="stable")
    rows, columns, counts = rows[order], columns[order], counts[order]
    return {
        "data": (idf[columns] * (counts / (saturation[rows] + counts))).astype(np.float32),
        "indices": rows,
        "indptr": np.concatenate(([0], np.cumsum(frequencies))),
        "num_docs": passages,
    }


def _joined(
    documents: Sequence[TermCounts], numbers: Mapping[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Passage, term and count, with passages and terms numbered over all documents."""
    sizes = np.concatenate([counted.sizes for counted in documents])
    columns = []
    for counted in documents:
        here = np.array([numbers[term] for term in counted.terms], dtype=np.int32)
        columns.append(here[counted.columns])
    rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    counts = np.concatenate([counted.counts for counted in documents]).astype(np.float64)
    return rows, np.concatenate(columns), counts
