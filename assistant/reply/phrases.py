"""What the words and phrases of a sentence hint at: whether it makes a point, and of which type.

A multinomial logistic regression on the words of a sentence, its rows of two and three of them,
how it begins and ends, and the beginnings of its long words. `phrases.json` says what each counts;
`assistant.reply.phrase_training` makes it from letters whose points are marked. The hints are a
few among the features of `assistant.reply.features` and `assistant.reply.point_type`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.reply.records import PointType

PHRASES_FILE = Path(__file__).parent / "phrases.json"
KINDS: tuple[PointType | None, ...] = (None, *PointType)
"""What a sentence may do, in the order of the weights; None for no point."""
FEWEST = 4
"""Phrases that a sentence counts as having at least: one of two words tells little."""
_TOKEN = re.compile(r"[^\W\d_][\w']*|\d+|[?!:;,.\"‘’“”-]")
_LONG = 5  # letters; of a longer word its beginning tells as well, whatever its ending


@dataclass(frozen=True, slots=True)
class Hint:
    """What the phrases of a sentence hint at.

    Attributes:
        point: Logarithm of the odds that it makes a point; 0 is even.
        types: For each of `PointType`, in order, the logarithm of the chance that the point is of
            that type, if it makes one.
    """

    point: float
    types: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PhraseWeights:
    """What phrases count.

    Attributes:
        always: For each of `KINDS` what it has before anything is read.
        phrases: For a phrase the same, for sentences that hold it.
    """

    always: tuple[float, ...]
    phrases: Mapping[str, tuple[float, ...]]


def phrases_of(text: str, act: PointType | None) -> frozenset[str]:
    """The phrases of a sentence, each with a letter that says what it is.

    Args:
        text: A sentence on one line. Case does not matter, and every number counts as the same.
        act: What it does by the set phrases of `wording.toml`; None for nothing.
    """
    row = ["0" if token.isdigit() else token for token in _TOKEN.findall(text.lower())]
    if not row:
        return frozenset()
    found = {f"w {word}" for word in row}
    found |= {f"b {a} {b}" for a, b in zip(row, row[1:], strict=False)}
    found |= {f"t {a} {b} {c}" for a, b, c in zip(row, row[1:], row[2:], strict=False)}
    found |= {f"p {word[:_LONG]}" for word in row if len(word) > _LONG}
    found |= {f"s {row[0]}", f"s {' '.join(row[:2])}", f"e {' '.join(row[-2:])}"}
    if act is not None:
        found.add(f"a {act}")
    return frozenset(found)


def hint_of(text: str, act: PointType | None, weights: PhraseWeights) -> Hint:
    """What a sentence hints at by its phrases.

    Args:
        text: The sentence.
        act: What it does by set phrases.
        weights: What phrases count.
    """
    known = [weights.phrases[one] for one in phrases_of(text, act) if one in weights.phrases]
    scores = np.array(weights.always)
    if known:
        scores = scores + np.sum(known, axis=0) / math.sqrt(max(FEWEST, len(known)))
    some = np.logaddexp.reduce(scores[1:])
    return Hint(float(some - scores[0]), tuple(float(one) for one in scores[1:] - some))


def hints_of(texts: Sequence[str], acts: Sequence[PointType | None]) -> list[Hint]:
    """What sentences hint at by their phrases, with the weights of `phrases.json`.

    Args:
        texts: The sentences.
        acts: What each does by set phrases.

    Raises:
        OSError: The file cannot be read.
    """
    weights = load_phrases()
    return [hint_of(text, act, weights) for text, act in zip(texts, acts, strict=True)]


@cache
def load_phrases(path: Path = PHRASES_FILE) -> PhraseWeights:
    """Read what phrases count.

    Args:
        path: A file such as `phrases.json`.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no JSON.
        KeyError: A part of it is missing.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    return PhraseWeights(
        tuple(content["always"]),
        {phrase: tuple(weights) for phrase, weights in content["phrases"].items()},
    )
