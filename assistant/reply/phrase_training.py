"""Learns what the phrases of sentences hint at; `training.py` runs it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from assistant.reply.fitting import minimise, parts_of
from assistant.reply.phrases import FEWEST, KINDS, Hint, PhraseWeights, hint_of, phrases_of
from assistant.reply.records import PointType

# Variance of the weights before anything is learnt: larger, and they may become larger.
_VARIANCE = 10.0
_LEAST = 3  # sentences that hold a phrase; a rarer one teaches nothing of another sentence
_SMALLEST = 0.4  # the largest weight of a phrase; one with less is left out
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence to learn from.

    Attributes:
        letter: Name of its letter.
        text: The sentence.
        act: What it does by set phrases.
        kind: The type of the point that it makes, or None.
        heading: Whether it is a heading, which teaches nothing: few of them make a point.
    """

    letter: str
    text: str
    act: PointType | None
    kind: PointType | None
    heading: bool = False


def learn_phrases(sentences: Sequence[Spoken]) -> PhraseWeights:
    """The weights under which what the sentences do is most likely, large ones held back.

    Args:
        sentences: At least one that is no heading.
    """
    sentences = [each for each in sentences if not each.heading]
    said = [phrases_of(each.text, each.act) for each in sentences]
    counts = Counter(phrase for each in said for phrase in each)
    names = sorted(phrase for phrase, count in counts.items() if count >= _LEAST)
    rows = _sparse([[*each] for each in said], {name: n for n, name in enumerate(names)})
    right = torch.tensor([KINDS.index(each.kind) for each in sentences])
    always = torch.zeros(len(KINDS), dtype=torch.float64, requires_grad=True)
    weights = torch.zeros((len(names), len(KINDS)), dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        scores = torch.sparse.mm(rows, weights) + always
        wrong = torch.nn.functional.cross_entropy(scores, right, reduction="sum")
        return wrong + weights.square().sum() / (2 * _VARIANCE)

    minimise([always, weights], loss, _STEPS)
    learnt = weights.detach().numpy()
    kept = np.abs(learnt).max(axis=1) >= _SMALLEST
    return PhraseWeights(
        tuple(round(one, 2) for one in always.detach().tolist()),
        {
            name: tuple(row)
            for name, row, keep in zip(names, learnt.round(1).tolist(), kept, strict=True)
            if keep
        },
    )


def _sparse(said: Sequence[Collection[str]], places: Mapping[str, int]) -> torch.Tensor:
    """A row for each sentence: what each of its phrases counts in it, and 0 for all others."""
    at: list[tuple[int, int]] = []
    values: list[float] = []
    for n, each in enumerate(said):
        known = [places[one] for one in each if one in places]
        at += [(n, place) for place in known]
        values += [1 / math.sqrt(max(FEWEST, len(known)))] * len(known)
    indices = torch.tensor(at).T
    size = (len(said), len(places))
    table = torch.sparse_coo_tensor(
        indices, values, size, dtype=torch.float64, check_invariants=True
    )
    return table.coalesce()


def save_phrases(weights: PhraseWeights, path: Path) -> None:
    """Write what phrases count, a line for each phrase.

    Args:
        weights: What they count.
        path: The file; what it held is lost.
    """
    lines = (
        f"{json.dumps(phrase, ensure_ascii=False)}: {json.dumps(row)}"
        for phrase, row in weights.phrases.items()
    )
    each = ",\n".join(lines)
    always = json.dumps(weights.always)
    path.write_text(f'{{"always": {always}, "phrases": {{\n{each}\n}}}}\n', encoding="utf-8")


def hints_left_out(sentences: Sequence[Spoken]) -> list[Hint]:
    """What each sentence hints at, as sentences of other letters teach.

    What is learnt from hints must not know the sentences that they were learnt from: it would
    trust them too much.
    """
    hints: dict[int, Hint] = {}
    for inside in parts_of([each.letter for each in sentences]):
        weights = learn_phrases([each for each in sentences if each.letter not in inside])
        for n, each in enumerate(sentences):
            if each.letter in inside:
                hints[n] = hint_of(each.text, each.act, weights)
    return [hints[n] for n in range(len(sentences))]
