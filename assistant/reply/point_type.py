"""What type a point has: what its sentences say, each as far as it may be the one that makes it.

A sentence is described by named features; `type_weights.json` says what each counts for each type.
The chance of a type is proportional to exp(sum): a multinomial logistic regression.
`assistant.reply.type_training` makes the weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from assistant.reply.acts import ActReader
from assistant.reply.features import ASKS, QUOTES, Features
from assistant.reply.phrases import Hint
from assistant.reply.records import PointType
from assistant.reply.sentences import Sentence
from assistant.reply.wording import LetterWording

TypeWeights = Mapping[PointType, Mapping[str, float]]

TYPE_WEIGHTS_FILE = Path(__file__).parent / "type_weights.json"
_TELLS = ("addressed", "would", "negation", "hence", "plan", "how", "offers")


class TypeReader:
    """Describes the sentences of a letter by what tells the type of a point that they make."""

    def __init__(self, wording: LetterWording) -> None:
        """Take the words of the letter's language."""
        self._wording, self._acts = wording, ActReader(wording)

    def described(self, sentence: Sentence, act: PointType | None, hint: Hint) -> Features:
        """Describe a sentence that by set phrases does `act`, and by all of them gives `hint`."""
        text = sentence.text
        asks = float(ASKS.search(text) is not None)
        tells = {name: float(self._wording.tells[name].search(text) is not None) for name in _TELLS}
        return {
            "always": 1.0,
            **{f"act {kind}": float(act is kind) for kind in PointType},
            **tells,
            "asks": asks,
            # "Wilt u ...?" and "Zou er niet ...?" ask for something, "Hoe wilt u ...?" does not.
            "offers": asks * tells["offers"] * (1.0 - tells["how"]),
            "order": float(self._acts.orders(text)),
            "leans": float(self._wording.leans.match(text) is not None),
            "quotes": float(QUOTES.search(text) is not None),
            **{f"hint {kind}": hinted for kind, hinted in zip(PointType, hint.types, strict=True)},
        }


@cache
def load_type_weights(path: Path = TYPE_WEIGHTS_FILE) -> TypeWeights:
    """Read the weights.

    Args:
        path: A file such as `type_weights.json`.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no JSON, or names a type that there is not.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    return {PointType(kind): weights for kind, weights in content.items()}


def type_chances(
    described: Sequence[Features], cores: Sequence[float], weights: TypeWeights
) -> tuple[float, ...]:
    """The chance of each type, in the order of `PointType`; together 1.

    Args:
        described: The sentences of a point, at least one.
        cores: For each the chance that it makes the point, in [0, 1]; not all 0.
        weights: What each feature counts.
    """
    scores = np.array(
        [
            [sum(w * each[name] for name, w in weights[kind].items()) for kind in PointType]
            for each in described
        ]
    )
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    together = np.asarray(cores) @ chances
    return tuple(float(one) for one in together / together.sum())
