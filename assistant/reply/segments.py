"""Cuts the paragraphs of a letter into points.

A paragraph is a row of sentences. Either it has no point, or it is cut into segments, each with one
sentence that makes it a point: its core. Every such cutting has a score, the sum of what its parts
weigh (`weights.json`): the core sentences, the sentences that begin a segment after another, or
the paragraph as one without a point. The chance of a cutting is proportional to exp(score): a
conditional random field (Lafferty, McCallum and Pereira, 2001) over the sentences, with the places
of the cuts unseen in what it learnt from. `assistant.reply.training` makes the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reply.features import Features, Paragraph

Scores = NDArray[np.float64]

WEIGHTS_FILE = Path(__file__).parent / "weights.json"
# What a point costs that is none, in points found: a segment is a point where the chance that it
# holds one is larger. On letters left out of the learning 0.5 balances wrong and missed; on
# letters that the words of wording.toml were not written with, more are missed than on those.
COST = 0.45
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts, by its name: of a core, of a beginning, of having no point."""

    core: Mapping[str, float]
    begin: Mapping[str, float]
    none: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """A point in a paragraph.

    Attributes:
        start: Place of its first sentence in the paragraph.
        end: Place after its last one.
        core: Place of the sentence that most likely makes it a point.
        cores: For each of its sentences the chance that it makes a point.
    """

    start: int
    end: int
    core: int
    cores: tuple[float, ...] = field(default=(), compare=False)


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights.

    Args:
        path: A file such as `weights.json`.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no JSON.
        KeyError: A part of it is missing.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    return Weights(content["core"], content["begin"], content["none"])


def segments_of(paragraph: Paragraph, weights: Weights, cost: float = COST) -> list[Segment]:
    """Cut a paragraph into its points; sentences between two of them go with the first.

    Of all cuttings the one with the largest number of points that it may be expected to find, less
    the cost of each.

    Args:
        paragraph: The paragraph.
        weights: How much each of its features counts.
        cost: What each point costs, in [0, 1]; with more there are fewer points.

    Returns:
        In order; they hold the whole paragraph. Empty where it has no point.
    """
    chance = _chances(paragraph, weights)
    size = len(paragraph.members)
    best, back = [0.0] * (size + 1), [-1] * (size + 1)
    for end in range(1, size + 1):
        best[end] = best[end - 1]
        for start in range(end):
            value = best[start] + float(chance[start, end]) - cost
            if value > best[end]:
                best[end], back[end] = value, start
    found = list(_traced(back))
    starts = [0, *(start for start, _ in found[1:])]
    ends = [*starts[1:], size]
    single = [float(chance[n, n + 1]) for n in range(size)]
    return [
        Segment(start, end, max(range(*span), key=single.__getitem__), tuple(single[start:end]))
        for start, end, span in zip(starts, ends, found, strict=False)
    ]


def _traced(back: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The spans of the best cutting, from where each best end began (-1 for not in a span)."""
    spans = []
    end = len(back) - 1
    while end > 0:
        if back[end] >= 0:
            spans.append((back[end], end))
            end = back[end]
        else:
            end -= 1
    return reversed(spans)


def _chances(paragraph: Paragraph, weights: Weights) -> Scores:
    """Chance that a core stands among the sentences from one place to before another."""
    size = len(paragraph.members)
    core = _weighed(paragraph.core, weights.core)
    begin = _weighed(paragraph.begin, weights.begin)
    [none] = _weighed([paragraph.none], weights.none)
    spans = [(start, end) for start in range(size) for end in range(start + 1, size + 1)]
    barred = np.tile(core, (len(spans) + 1, 1))
    for row, (start, end) in enumerate(spans):
        barred[row, start:end] = _NEVER
    total = _total(barred, begin, none)
    chance = np.zeros((size + 1, size + 1))
    for row, (start, end) in enumerate(spans):
        chance[start, end] = 1.0 - np.exp(total[row] - total[-1])
    return chance


def _weighed(described: Sequence[Features], weights: Mapping[str, float]) -> Scores:
    return np.array([sum(w * each[name] for name, w in weights.items()) for each in described])


def _total(core: Scores, begin: Scores, none: float) -> Scores:
    """Logarithm of the sum of exp(score) over all cuttings, for each row of core scores.

    Goes through the sentences with the sums of the cuttings so far, by where in its segment the
    last sentence stands: before the core, on it, or after it.
    """
    never = np.full(len(core), _NEVER)
    before, on, after = np.zeros(len(core)), core[:, 0], never
    for n in range(1, core.shape[1]):
        ended = np.logaddexp(on, after)
        open_ = np.logaddexp(before, ended + begin[n])
        before, on, after = open_, open_ + core[:, n], ended
    total: Scores = np.logaddexp(np.logaddexp(on, after), none)
    return total
