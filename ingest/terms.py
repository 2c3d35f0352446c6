"""The terms of a document, counted, as the lexical index and the links need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

TEXT_WEIGHT = 2
CONTEXT_WEIGHT = 1
"""How often a term counts in the passage's own text and in its context (headings, lead-in, row and
column). One field with repeated terms is BM25F with integer weights (Robertson, Zaragoza & Taylor,
CIKM 2004): a list item is found by its heading, but never as well as a passage that says it."""

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term stands in each passage of a document.

    In arrays, so that those of many documents are put together without a look at each by itself.

    Attributes:
        terms: The terms, each once, sorted.
        sizes: How many different terms each passage has.
        columns: Of one passage after the other, the numbers of its terms in `terms`.
        counts: How often the passage has that term, at least 1; as long as `columns`.
    """

    terms: tuple[str, ...]
    sizes: Numbers
    columns: Numbers
    counts: Numbers

    def __len__(self) -> int:
        """Number of passages."""
        return len(self.sizes)

    @classmethod
    def of(cls, passages: Sequence[Sequence[str]]) -> Self:
        """Count the terms of passages, repetitions included; a passage may have none."""
        terms = tuple(sorted({term for row in passages for term in row}))
        numbers = {term: n for n, term in enumerate(terms)}
        counted = [Counter(row) for row in passages]
        return cls(
            terms,
            _array(len(row) for row in counted),
            _array(numbers[term] for row in counted for term in row),
            _array(count for row in counted for count in row.values()),
        )


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The terms of a document, kept so that a change of one asks for an analysis of no other.

    Attributes:
        passages: Those of its passages.
        statements: Of each statement those of what it tells; empty for one of a kind that is not
            compared in words.
        said: In how many statements each term stands, those of all kinds.
    """

    passages: TermCounts
    statements: tuple[frozenset[str], ...] = ()
    said: Mapping[str, int] = field(default_factory=dict)


def passage_terms(text: Sequence[str], context: Sequence[str]) -> list[str]:
    """The terms of a passage as they are counted: its own text weighs more than its context.

    Args:
        text: Terms of the passage's text.
        context: Terms of its headings, lead-in, row and column.

    Returns:
        All terms, each as often as it counts.
    """
    return [*text] * TEXT_WEIGHT + [*context] * CONTEXT_WEIGHT


def from_terms(terms: DocumentTerms) -> dict[str, Any]:
    """Terms as JSON says them."""
    counted = terms.passages
    return {
        "terms": counted.terms,
        "sizes": counted.sizes.tolist(),
        "columns": counted.columns.tolist(),
        "counts": counted.counts.tolist(),
        "statements": [sorted(one) for one in terms.statements],
        "said": terms.said,
    }


def to_terms(content: Mapping[str, Any]) -> DocumentTerms:
    """The terms of their JSON.

    Raises:
        ValueError: If the lists do not fit each other.
        KeyError: If a part is missing.
        TypeError: If it is something else altogether.
    """
    lists = (_array(content[name]) for name in ("sizes", "columns", "counts"))
    counted = TermCounts(tuple(content["terms"]), *lists)
    if not counted.sizes.sum() == len(counted.columns) == len(counted.counts):
        raise ValueError("the counts are not of equal length")
    if counted.columns.max(initial=-1) >= len(counted.terms):
        raise ValueError("a term is missing")
    statements = tuple(map(frozenset, content["statements"]))
    return DocumentTerms(counted, statements, dict(content["said"]))


def _array(numbers: Iterable[int]) -> Numbers:
    given = numbers if isinstance(numbers, list) else list(numbers)
    return np.array(given, dtype=np.int32)
