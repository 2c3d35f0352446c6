"""Learns the weights by which the type of a point is told; `training.py` runs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.reply.acts import ActReader
from assistant.reply.features import Features
from assistant.reply.fitting import minimise
from assistant.reply.point_type import TypeReader, TypeWeights, type_chances
from assistant.reply.records import PointType

if TYPE_CHECKING:
    from assistant.reply.training import Hints, LearntFrom

# Variance of the weights before anything is learnt: larger, and they may become larger.
_VARIANCE = 1.0
_STEPS = 100


@dataclass(frozen=True, slots=True)
class TypeExample:
    """A sentence that makes a point.

    Attributes:
        name: Name of its letter.
        described: The sentence.
        type: The type of the point.
    """

    name: str
    described: Features
    type: PointType


def type_examples(letters: Iterable[LearntFrom], hints: Hints) -> list[TypeExample]:
    """What letters teach of types: each sentence that makes a point.

    Args:
        letters: The letters.
        hints: For each letter, by its name, what its sentences hint at.
    """
    found = []
    for letter in letters:
        reader = TypeReader(letter.wording)
        acts = ActReader(letter.wording).acts(letter.sentences)
        row = list(zip(letter.sentences, acts, hints[letter.name], strict=True))
        found += [
            TypeExample(letter.name, reader.described(*row[n]), kind)
            for n, kind in letter.types.items()
        ]
    return found


def learn_types(examples: Sequence[TypeExample]) -> TypeWeights:
    """The weights under which the types are most likely, large ones held back.

    Args:
        examples: At least one.
    """
    names, kinds = list(examples[0].described), list(PointType)
    rows = torch.tensor(
        [[each.described[name] for name in names] for each in examples], dtype=torch.float64
    )
    right = torch.tensor([kinds.index(each.type) for each in examples])
    weights = torch.zeros((len(names), len(kinds)), dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        wrong = torch.nn.functional.cross_entropy(rows @ weights, right, reduction="sum")
        return wrong + weights.square().sum() / (2 * _VARIANCE)

    minimise([weights], loss, _STEPS)
    learnt = weights.detach().numpy().round(3)
    return {
        kind: dict(zip(names, learnt[:, n].tolist(), strict=True)) for n, kind in enumerate(kinds)
    }


def types_left_out(examples: Sequence[TypeExample]) -> float:
    """Share of the sentences of each letter of which the others teach the right type."""
    right = 0
    for name in dict.fromkeys(each.name for each in examples):
        weights = learn_types([each for each in examples if each.name != name])
        for each in examples:
            if each.name == name:
                likeliest = int(np.argmax(type_chances([each.described], [1.0], weights)))
                right += list(PointType)[likeliest] is each.type
    return right / len(examples)
