"""What tells where the points of a letter are: named features of its sentences and paragraphs.

Each feature is a number, most of them 1 for yes and 0 for no. `assistant.reply.segments` weighs
them; `weights.json` says how much each counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reply.acts import ActReader
from assistant.reply.phrases import Hint
from assistant.reply.records import PointType
from assistant.reply.sentences import Sentence
from assistant.reply.wording import LetterWording

Features = dict[str, float]

LONGEST_PARAGRAPH = 30
"""Sentences of a paragraph that are judged together; a longer one is cut."""
_LONG = 20  # words of a sentence whose length counts as 1
_LONGEST = 40
_SHORT = 5
_MANY = 8  # sentences of a paragraph; more are no more telling
_SAID_BY_CORE = (
    "words", "asks", "order", "someone", "number", "negation", "degree", "purpose", "would",
    "hence", "speaks", "advice beside", "says", "that", "would if", "no", "still", "such", "once",
    "he", "quotes", "hinted", "heading",
)  # fmt: skip
ASKS = re.compile(r"\?\W*$")
"""How a question ends."""
QUOTES = re.compile(r"(?<!\w)['\"‘“„][^'\"’”]{3,}['\"’”]")
"""Words between quotation marks."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together, with what tells where the points among them are.

    Attributes:
        members: The places of its sentences in the letter's row of them, in order.
        core: For each, what speaks for its being the sentence that makes a point.
        begin: For each, what speaks for a new point beginning with it, after another.
        none: What speaks for the paragraph having no point at all.
    """

    members: tuple[int, ...]
    core: tuple[Features, ...]
    begin: tuple[Features, ...]
    none: Features


def paragraphs_of(
    sentences: Sequence[Sentence],
    acts: Sequence[PointType | None],
    hints: Sequence[Hint],
    wording: LetterWording,
) -> list[Paragraph]:
    """The paragraphs of a letter in which a point may stand, in order.

    Headings are left out, unless they ask something, and commands to a computer always.

    Args:
        sentences: Those of the letter's body, in order.
        acts: What each does.
        hints: What the phrases of each hint at.
        wording: The words of its language.
    """
    groups = list(_groups(sentences, acts, wording))
    describer = _Describer(sentences, acts, hints, wording)
    return [describer.paragraph(n, len(groups), group) for n, group in enumerate(groups)]


def _groups(
    sentences: Sequence[Sentence], acts: Sequence[PointType | None], wording: LetterWording
) -> Iterator[tuple[int, ...]]:
    # A text that lost its paragraphs is cut where something is asked or judged.
    flat = len(sentences) > _MANY and len({sentence.paragraph for sentence in sentences}) == 1
    group: list[int] = []
    for n, sentence in enumerate(sentences):
        command = wording.commands.search(sentence.text) is not None
        left_out = command or (sentence.heading and acts[n] is None)
        full = len(group) == LONGEST_PARAGRAPH
        elsewhere = group and sentences[group[-1]].paragraph != sentence.paragraph
        elsewhere = elsewhere or (flat and acts[n] is not None)
        if group and (elsewhere or left_out or full):
            yield tuple(group)
            group = []
        if not left_out:
            group.append(n)
    if group:
        yield tuple(group)


class _Describer:
    def __init__(
        self,
        sentences: Sequence[Sentence],
        acts: Sequence[PointType | None],
        hints: Sequence[Hint],
        wording: LetterWording,
    ) -> None:
        self._sentences, self._acts, self._wording = sentences, acts, wording
        self._hints = hints
        self._reader = ActReader(wording)
        told = [act for sentence, act in zip(sentences, acts, strict=True) if not sentence.heading]
        self._density = sum(act is not None for act in told) / max(1, len(told))
        self._advised = {
            s.section for s in sentences if s.section and wording.tells["advice"].match(s.text)
        }

    def paragraph(self, place: int, count: int, members: tuple[int, ...]) -> Paragraph:
        """Describe one of the letter's paragraphs.

        Args:
            place: Its number, from 0.
            count: How many there are.
            members: The places of its sentences.
        """
        said = [self._said(n) for n in members]
        acts = [self._acts[n] for n in members]
        core = tuple(
            self._core(said, acts, k, place if count > 1 else -1) for k in range(len(members))
        )
        begin = tuple(self._begin(said, acts, k) for k in range(len(members)))
        # A letter of one paragraph says all in it: that is neither its beginning nor its end.
        opening, closing = place == 0 < count - 1, place == count - 1 > 0
        return Paragraph(members, core, begin, self._none(said, opening, closing))

    def _core(
        self, said: Sequence[Features], acts: Sequence[PointType | None], k: int, place: int
    ) -> Features:
        def beside(name: str) -> float:
            return max((each[name] for n, each in enumerate(said) if n != k), default=0.0)

        return {
            "always": 1.0,
            **{name: said[k][name] for name in _SAID_BY_CORE},
            "act": float(acts[k] is not None),
            "compliment": float(acts[k] is PointType.COMPLIMENT),
            "act in a dense letter": float(acts[k] is not None) * self._density,
            "explicit": float(acts[k] is not None) * said[k]["speaks"],
            "second half": said[k]["second half"],
            "act just before": float(k > 0 and acts[k - 1] is not None),
            "act later": float(any(acts[k + 1 :])),
            "order beside": beside("order"),
            "letter beside": beside("letter"),
            "first of more": float(k == 0 and len(said) > 1),
            "second": float(k == 1),
            "length of paragraph": min(len(said), _MANY) / (_MANY / 2),
            "opening": float(place == 0),  # -1 where the letter is one paragraph
            "after the opening": float(place == 1),
        }

    def _begin(
        self, said: Sequence[Features], acts: Sequence[PointType | None], k: int
    ) -> Features:
        last = next((act for act in reversed(acts[:k]) if act), None)
        praises = (last is PointType.COMPLIMENT, acts[k] is PointType.COMPLIMENT)
        two_acts = k > 0 and acts[k - 1] not in {None, acts[k]}
        turned = last is not None and praises[0] is not praises[1]
        return {
            "always": 1.0,
            "other tone": float(turned),
            "dense letter": self._density,
            **{name: said[k][name] for name in ("turns", "adds", "leans", "leans inside", "short")},
            "criticism": float(acts[k] is PointType.CRITICISM),
            "compliment": float(acts[k] is PointType.COMPLIMENT),
            "hinted": said[k]["hinted"],
            "question just before": said[k - 1]["asks"] if k else 0.0,
            "short just before": said[k - 1]["short"] if k else 0.0,
            # A sentence is rarely two points, unless its halves do two different things.
            "second half": said[k]["second half"] * float(not two_acts),
        }

    def _none(self, said: Sequence[Features], opening: bool, closing: bool) -> Features:
        def some(*names: str) -> float:
            return max(each[name] for each in said for name in names)

        own = ("letter", "farewell", "opens", "addressed", "asks", "duty")
        return {
            "always": 1.0,
            **{name: some(name) for name in own},
            "opening": float(opening),
            "closing": float(closing),
            "opening and polite": opening * some("opens", "letter", "courtesy"),
            "closing and polite": closing * some("courtesy", "farewell", "repeats"),
            "advice beside": said[0]["advice beside"],
            "item": said[0]["item"],
            "hinted": some("hinted"),
        }

    def _has_text_below(self, n: int) -> bool:
        below = self._sentences[n + 1 : n + 2]
        return any(self._sentences[n].text in one.section for one in below)

    def _said(self, n: int) -> Features:
        """What one sentence says by itself."""
        sentence, wording = self._sentences[n], self._wording
        text = sentence.text
        length = len(text.split())
        advised = sentence.section in self._advised and not wording.tells["advice"].match(text)
        found = {
            **wording.tells,
            "speaks": wording.writers,
            "turns": wording.turns,
            "leans inside": wording.leans,
            "opens": wording.opens,
            "courtesy": wording.courtesy,
            "repeats": wording.repeats,
        }
        return {
            **{name: float(pattern.search(text) is not None) for name, pattern in found.items()},
            "words": min(length, _LONGEST) / _LONG,
            "short": float(length <= _SHORT),
            "asks": float(ASKS.search(text) is not None),
            "quotes": float(QUOTES.search(text) is not None),
            "order": float(self._reader.orders(text)),
            "advice beside": float(advised),
            "leans": float(wording.leans.match(text) is not None),
            "item": float(sentence.item),
            "second half": float(sentence.again),
            "heading": float(sentence.heading and self._has_text_below(n)),
            "hinted": self._hints[n].point,
        }
