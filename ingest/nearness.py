"""Which documents are nearly the same, told from a small sample of each text.

The sample is a bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997):
of all runs of five words the `SIZE` smallest hashes. Of two sketches together take the `SIZE`
smallest; the share of those that stand in both estimates the share of runs that the texts share.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ingest.documents import IndexedDocument

SIZE = 256
NEAR = 0.5
"""Share of its runs of words that two versions of a document have in common, at the least."""

_RUN = 5  # words
_LEAST = 20  # runs; a shorter text says too little
_WORD = re.compile(r"\w+")

Sketch = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two documents that are nearly the same.

    Attributes:
        first: Id of the one.
        second: Id of the other.
        share: How much of them together they share, in [`NEAR`, 1].
    """

    first: str
    second: str
    share: float


def sketch(text: str) -> Sketch:
    """The sketch of a text, in order; empty for a text that is too short to be told apart."""
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = (words[n : n + _RUN] for n in range(len(words) - _RUN + 1))
    hashes = {zlib.crc32(" ".join(run).encode()) for run in runs}
    return tuple(sorted(hashes)[:SIZE]) if len(hashes) >= _LEAST else ()


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of their runs of words that two texts have in common, in [0, 1]; an estimate."""
    size = min(SIZE, max(len(one), len(other)))
    smallest = sorted({*one, *other})[:size]
    both = set(one) & set(other)
    return sum(value in both for value in smallest) / size if size else 0.0


def near_duplicates(documents: Mapping[str, IndexedDocument], new: Collection[str]) -> list[Near]:
    """The pairs of documents that are nearly the same, most alike first.

    Args:
        documents: All documents by id.
        new: Ids of those to look at: each pair holds one of them.
    """
    having: dict[int, list[str]] = defaultdict(list)
    for name in documents.keys() & set(new):
        for value in documents[name].sketch:
            having[value].append(name)
    order = {name: n for n, name in enumerate(documents)}
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for other, document in documents.items():
        for one in (name for value in document.sketch for name in having.get(value, ())):
            # Of two that are both new the earlier one is counted with the later.
            if one != other and (other not in new or order[one] < order[other]):
                shared[(one, other) if order[one] < order[other] else (other, one)] += 1
    found = []
    for (one, other), number in shared.items():
        # No pair with fewer in common can reach the share that counts.
        if number >= NEAR * min(len(documents[one].sketch), len(documents[other].sketch)) / 2:
            share = likeness(documents[one].sketch, documents[other].sketch)
            if share >= NEAR:
                found.append(Near(one, other, share))
    return sorted(found, key=lambda near: (-near.share, near.first, near.second))
