"""Which sentences bear on a point most: a weighted sum of a few measures of each.

A point is often made by a sentence that says little by itself ("Wanneer krijgen wij die te zien?");
what it is about stands before it in its paragraph. The words of both are compared apart, so that
those of the sentence itself weigh most; the meaning is compared of all together.

The weights are those of a conditional logit (McFadden 1974, "Conditional logit analysis of
qualitative choice behavior"): the chance that a sentence is one that is wanted is its share of
``sum exp(score)`` over all that are compared. ``tests/evaluation/letters/fit.py`` finds them from
letters with gold evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Sentence, SentenceScorer, around
from assistant.matching import match
from assistant.reply.subject import Part, Subject

Measured = NDArray[np.float32]
# Brings sums of the weights of words, which run to about 50, near to the other measures.
_SCALE = 10.0
# Standard scores beyond these tell no more.
_LEAST, _MOST = -1.0, 6.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each measure of a sentence counts for.

    Attributes:
        core: The words of the sentences that make the point which the sentence says.
        before: The words that the paragraph says before them.
        meaning: Likeness in meaning of the sentence to the point with all that is around it.
        meaning_core: The same to the sentences that make the point alone.
        meaning_near: The same for it with the sentences next to it and its headings.
        length: Logarithm of its length in characters.
        named: Whether it stands in a section that the point names by its number. This and the next
            are too rare to be fitted well, and were set by hand.
        quoting: Whether it holds words that the point quotes.
    """

    core: float = 6.45
    before: float = 4.14
    meaning: float = 0.86
    meaning_core: float = 0.45
    meaning_near: float = 0.46
    length: float = 0.25
    named: float = 4.5
    quoting: float = 4.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may bear on a point.

    Attributes:
        sentence: The sentence.
        named: Whether it stands in a section that the point names by its number.
        quoting: Whether it holds words that the point quotes.
    """

    sentence: Sentence
    named: bool = False
    quoting: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with how much it bears on a point.

    Attributes:
        sentence: The sentence.
        score: Higher is better; comparable only within one point.
        chance: Estimated chance that it bears on the point, in [0, 1].
    """

    sentence: Sentence
    score: float
    chance: float


# The chance that the best sentence bears on a point (logistic regression on the same letters): what
# its measures add, what is taken off where a telling word of the point stands nowhere in the
# documents, and the constant.
_CHANCE = Weights(
    core=2.23, before=1.50, meaning=0.13, meaning_core=0.21, meaning_near=0.22, length=0.0,
    named=0.0, quoting=0.0,
)  # fmt: skip
_STRANGE, _CONSTANT = -0.53, -2.44


class PointRanker:
    """Puts sentences in the order in which they bear on a point."""

    def __init__(self, scorer: SentenceScorer, weights: Weights | None = None) -> None:
        """Take what compares texts.

        Args:
            scorer: Gives the terms of texts, and how alike they are.
            weights: Of the measures; None for those that were fitted.
        """
        self._scorer = scorer
        self._weights = _weights_of(weights or Weights())

    def ranked(self, candidates: Sequence[Candidate], subject: Subject) -> list[Ranked]:
        """Sentences with how much they bear on a point, the best first."""
        if not candidates:
            return []
        measures = self.measures(candidates, subject)
        scores, odds = measures @ self._weights, measures @ _weights_of(_CHANCE) + _CONSTANT
        odds += _STRANGE if subject.strange else 0.0
        chances = 1.0 / (1.0 + np.exp(-odds))
        return [
            Ranked(candidates[at].sentence, float(scores[at]), float(chances[at]))
            for at in np.argsort(-scores, kind="stable")
        ]

    def measures(self, candidates: Sequence[Candidate], subject: Subject) -> Measured:
        """A row for each of one or more sentences, its columns in the order of `Weights`."""
        sentences = [candidate.sentence for candidate in candidates]
        terms = self._scorer.terms
        own = [terms(one.text) for one in sentences]
        texts = [one.text for one in sentences]
        likeness, likeness_core, likeness_near = (
            _standard(self._scorer.likeness(text, others))
            for text, others in (
                (subject.all_text, texts),
                (subject.question.understood, texts),
                (subject.all_text, [_around(one) for one in sentences]),
            )
        )
        columns = (
            _said(subject.core, own),
            _said(subject.before, own),
            likeness,
            likeness_core,
            likeness_near,
            np.log([max(1, len(one.text)) for one in sentences]),
            [one.named for one in candidates],
            [one.quoting for one in candidates],
        )
        return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _weights_of(weights: Weights) -> Measured:
    return np.array(astuple(weights), dtype=np.float32)


def _around(sentence: Sentence) -> str:
    """A sentence with its headings and the sentences next to it."""
    return " ".join(around(sentence.passage, sentence.start, sentence.end))


def _said(part: Part, texts: Sequence[frozenset[str]]) -> list[float]:
    """How much of what a part tells each text says."""
    each = list(zip(part.weights, part.words, strict=True))
    return [sum(weight * match(word, terms) for weight, word in each) / _SCALE for terms in texts]


def _standard(values: NDArray[np.float32]) -> Measured:
    """Values as standard scores, so that no model's usual likeness counts for much or little."""
    deviation = float(values.std()) or 1.0
    scores: Measured = ((values - float(values.mean())) / deviation).clip(_LEAST, _MOST)
    return scores
