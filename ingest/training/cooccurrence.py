"""Word vectors from counts: which words stand near each other, weighed and compressed.

Positive pointwise mutual information with smoothed contexts (Levy, Goldberg and Dagan 2015,
"Improving distributional similarity with lessons learned from word embeddings"), then a
truncated singular value decomposition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

Rows = NDArray[np.int32]


def _stream(texts: Sequence[Rows], gap: int) -> Rows:
    """All texts after each other, with a gap of empty rows between so that none touch."""
    parts: list[Rows] = []
    space = np.zeros(gap, dtype=np.int32)
    for text in texts:
        parts += [text, space]
    return np.concatenate(parts) if parts else space


def window_counts(texts: Sequence[Rows], size: int, window: int) -> sparse.csr_matrix:
    """How often two rows stand at most ``window`` words apart, nearer counting more.

    Args:
        texts: Row numbers of each paragraph, in order, frequent words already left out.
        size: Number of rows.
        window: Largest distance; a distance d counts (window + 1 - d) / window.

    Returns:
        A symmetric matrix of size x size.
    """
    stream = _stream(texts, window)
    counts = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = stream[:-distance], stream[distance:]
        both = (left > 0) & (right > 0)
        weight = np.full(int(both.sum()), (window + 1 - distance) / window, dtype=np.float32)
        counts = counts + sparse.csr_matrix((weight, (left[both], right[both])), (size, size))
    return sparse.csr_matrix(counts + counts.T)


def group_counts(groups: Sequence[Rows], size: int, weight: float) -> sparse.csr_matrix:
    """Counts for texts whose words all belong together, whatever their distance.

    Args:
        groups: Row numbers of each group.
        size: Number of rows.
        weight: What all pairs of a word with the rest of its group count together.
    """
    members = [np.unique(group[group > 0]) for group in groups]
    members = [group for group in members if len(group) > 1]
    if not members:
        return sparse.csr_matrix((size, size), dtype=np.float32)
    column = np.concatenate(members)
    line = np.repeat(np.arange(len(members)), [len(group) for group in members])
    share = np.concatenate([np.full(len(g), (weight / (len(g) - 1)) ** 0.5) for g in members])
    table = sparse.csr_matrix((share.astype(np.float32), (line, column)), (len(members), size))
    counts = sparse.csr_matrix(table.T @ table)
    counts.setdiag(0)
    counts.eliminate_zeros()
    return counts


def mutual_information(counts: sparse.csr_matrix, smoothing: float = 0.75) -> sparse.csr_matrix:
    """Positive pointwise mutual information: max(0, log P(w, c) / (P(w) P(c))).

    Args:
        counts: Symmetric counts.
        smoothing: Power on the context counts; below 1 it tempers rare contexts.
    """
    table = counts.tocoo()
    sums = np.asarray(counts.sum(axis=1)).ravel()
    context = np.power(sums, smoothing)
    context /= context.sum()
    value = np.log(table.data / (sums[table.row] * context[table.col]))
    positive = value > 0
    entries = (value[positive], (table.row[positive], table.col[positive]))
    return sparse.csr_matrix(entries, counts.shape, dtype=np.float32)


def compress(
    information: sparse.csr_matrix, dimension: int, seed: int, power: float = 0.5
) -> NDArray[np.float32]:
    """The first singular directions of the matrix, one vector a row, rows of unit length.

    Args:
        information: Output of mutual_information.
        dimension: Number of directions to keep.
        seed: For the random start of the decomposition.
        power: Weight of the singular values: 0 none, 1 full.

    Returns:
        Unit vectors; a row without counts stays zero.
    """
    left, values, _ = randomized_svd(information, dimension, n_iter=3, random_state=seed)
    vectors = left * np.power(values, power)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    unit[length[:, 0] < 1e-6] = 0
    return unit


def lean_on_parts(
    vectors: NDArray[np.float32],
    weight: NDArray[np.float32],
    seen: NDArray[np.float32],
    parts: Mapping[int, tuple[int, ...]],
    half: float = 500.0,
) -> NDArray[np.float32]:
    """Let a compound that was seldom seen take its vector from its parts.

    Args:
        vectors: Unit vectors from counting.
        weight: Weight of each row among other words.
        seen: Sum of the counts of each row.
        parts: For the row of a compound the rows of its parts.
        half: Sum of counts at which own vector and parts weigh the same.

    Returns:
        New unit vectors; a row without parts, or whose parts were never seen, is as it was.
    """
    result = vectors.copy()
    for row, of in parts.items():
        members = list(of)
        whole = (vectors[members] * weight[members, None]).sum(axis=0)
        length = np.linalg.norm(whole)
        if length > 0:
            own = seen[row] / (seen[row] + half)
            mixed = own * vectors[row] + (1 - own) * whole / length
            result[row] = mixed / np.linalg.norm(mixed)
    return result
