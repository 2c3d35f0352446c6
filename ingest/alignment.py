"""Aligning two lists that tell of the same things in the same order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


def align(likeness: NDArray[np.float64], least: float) -> list[tuple[int, int]]:
    """Pair the rows of one list with those of another, without pairs that cross.

    The pairs are those that make ``sum(likeness - least)`` greatest, found by dynamic programming
    (Needleman & Wunsch 1970, "A general method applicable to the search for similarities").

    Args:
        likeness: How alike each row of the one is to each of the other; shape (rows, columns).
        least: Likeness below which a pair is worse than none.

    Returns:
        Pairs (row, column), both ascending.
    """
    rows, columns = likeness.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            paired = best[i - 1, j - 1] + likeness[i - 1, j - 1] - least
            best[i, j] = max(best[i - 1, j], best[i, j - 1], paired)
    pairs: list[tuple[int, int]] = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def between(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Further pairs by place: as many rows as columns that are left between two pairs.

    Args:
        pairs: Pairs (row, column), both ascending.
    """
    found: list[tuple[int, int]] = []
    for (row, column), (next_row, next_column) in pairwise(pairs):
        if next_row - row == next_column - column:
            found += zip(range(row + 1, next_row), range(column + 1, next_column), strict=True)
    return found
