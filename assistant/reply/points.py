"""The points of a letter: which sentences ask for an answer, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.matching import specificity
from assistant.reply.records import Point, PointType, Span
from assistant.reply.sentences import Sentence
from assistant.reply.wording import LetterWording
from ingest.dutch.words import words as plain_words

Terms = Callable[[str], frozenset[str]]

# Of the acts of one point the first of these is its type.
_RANK = (
    PointType.TEXT,
    PointType.MISSING,
    PointType.REQUEST,
    PointType.QUESTION,
    PointType.CRITICISM,
    PointType.COMPLIMENT,
)
# Where one thing that a sentence says ends and another begins.
_CLAUSE = re.compile(r"(?:,|\b(?=(?:en|maar)\b))\s*")
# What may stand before an order: "Samengevat: neem ...", "en zorg ...".
_LEAD = re.compile(r"^(?:[\w ]{3,30}: |(?:en|maar|dus|daarom) )", re.IGNORECASE)
# Share of the specific words by which a sentence goes on about the point before it, and by which
# it says again what an earlier point said; a sentence that says that it repeats needs less.
SAME_SUBJECT = 0.34
SAME_POINT = 0.8
SAID_AGAIN = 0.4
# The same for an item of a list that says of itself that it sums up.
LISTED_AGAIN = 0.2
# A word at least so specific tells what a sentence is about.
_TELLING = 0.5
# After a remark of one of these types, a request or question about the same goes with it.
_LEADS_UP = frozenset({PointType.CRITICISM, PointType.MISSING})


@dataclass
class _Found:
    """A point that is being put together."""

    sentences: list[Sentence]
    acts: list[tuple[Sentence, PointType]]
    also: list[Span] = field(default_factory=list)

    @property
    def type(self) -> PointType:
        kinds = {kind for _, kind in self.acts}
        return next(kind for kind in _RANK if kind in kinds)

    @property
    def core(self) -> str:
        return " ".join(sentence.text for sentence, _ in self.acts)


class PointFinder:
    """Finds the points among the sentences of a letter's body."""

    def __init__(self, wording: LetterWording, terms: Terms) -> None:
        """Take the words.

        Args:
            wording: The words by which points are recognised.
            terms: Gives the terms of a text.
        """
        self._wording = wording
        self._terms = terms

    def find(self, sentences: Sequence[Sentence]) -> tuple[Point, ...]:
        """The points, in the order of the letter, numbered from 1.

        Args:
            sentences: Those of the letter's body, in order.
        """
        found: list[_Found] = []
        waiting: list[Sentence] = []
        last: _Found | None = None
        acts = self._acts(sentences)
        for n, (sentence, act) in enumerate(zip(sentences, acts, strict=True)):
            before = sentences[n - 1] if n else None
            if waiting and waiting[-1].paragraph != sentence.paragraph:
                waiting = []
            if sentence.heading and act is None:
                if last and last.sentences[-1].section != sentence.section:
                    last = None
                continue
            if act is None:
                self._without_act(sentence, last, waiting)
                continue
            if last and self._goes_on(sentence, act, last):
                last.sentences += [*waiting, sentence]
                last.acts.append((sentence, act))
            else:
                led = waiting or self._leant_on(sentence, before, last)
                last = _Found([*led, sentence], [(sentence, act)])
                found.append(last)
            waiting = []
        return _numbered(self._folded(found))

    def _acts(self, sentences: Sequence[Sentence]) -> list[PointType | None]:
        """What each sentence does: by itself, or as the only remark of its paragraph."""
        acts: list[PointType | None] = []
        polite: Sentence | None = None
        for sentence in sentences:
            own = self._act(sentence)
            near = polite is not None and polite.paragraph == sentence.paragraph
            if near and own is PointType.REQUEST and self._leans_at_once(sentence):
                # "Wij komen graag langs. Neem dan wel de tijd."
                own = None
            if own is None:
                polite = sentence if self._is_polite(sentence, None) else None
            else:
                polite = None
            # "... en de cijfers te sturen" asks what the sentence that it goes on with asks.
            acts.append(acts[-1] if own is None and sentence.again else own)
        paragraphs = [
            list(group) for _, group in groupby(range(len(acts)), lambda n: sentences[n].paragraph)
        ]
        spoken = {sentences[n].section for n, act in enumerate(acts) if act}
        headed = len({sentence.section for sentence in sentences}) > 1
        for at, members in enumerate(paragraphs):
            first = sentences[members[0]]
            if headed and first.section in spoken:
                continue
            if any(acts[n] for n in members) or not self._may_remark(sentences, members):
                continue
            around = [n for other in paragraphs[max(0, at - 1) : at + 2] for n in other]
            beside = " ".join(sentences[n].text for n in around if acts[n])
            whole = " ".join(sentences[n].text for n in members)
            if beside and self._overlap(beside, whole) >= SAME_SUBJECT:
                continue
            weak = (n for n in members if self._wording.weak.search(sentences[n].text))
            if (n := next(weak, None)) is not None:
                acts[n] = PointType.CRITICISM
        return acts

    def _leans_at_once(self, sentence: Sentence) -> bool:
        found = self._wording.leans.search(sentence.text)
        return (
            found is not None
            and found.start() == 0
            and not self._wording.turns.match(sentence.text)
        )

    def _may_remark(self, sentences: Sequence[Sentence], members: Sequence[int]) -> bool:
        """Whether a paragraph in which nothing is asked can be a remark all the same."""
        wording = self._wording
        some = [sentences[n] for n in members]
        if any(
            s.heading or self._is_polite(s, None) or wording.commands.search(s.text) for s in some
        ):
            return False
        neutral = any(wording.neutral.search(part) for part in some[0].section[-1:])
        return not neutral and not wording.leans.match(some[0].text) and members[0] > 0

    def _act(self, sentence: Sentence) -> PointType | None:
        """What a sentence does, by its own words or by the heading that it stands under."""
        wording, text = self._wording, sentence.text
        if wording.commands.search(text) or wording.concedes.match(text):
            return None
        if sentence.heading:
            asks = text.rstrip().endswith("?") and len(text.split()) > 4
            return PointType.QUESTION if asks else None
        own = wording.act_of(text)
        if self._is_polite(sentence, own):
            return self._beside_politeness(sentence)
        announced = self._announced(sentence)
        if sentence.item and sentence.first:
            ordered = self._orders(text)
            if announced is PointType.TEXT:
                return PointType.TEXT
            if own is None and ordered:
                return PointType.REQUEST
            return own or announced
        if own is None and self._orders(text) and text[-1:] not in "?:":
            return PointType.REQUEST
        return own

    def _orders(self, text: str) -> bool:
        """Whether a sentence begins as a request in the imperative does: "Samengevat: neem ..."."""
        return self._wording.orders.match(_LEAD.sub("", text)) is not None

    def _is_polite(self, sentence: Sentence, own: PointType | None) -> bool:
        text = sentence.text
        if own is PointType.QUESTION and text.endswith("?"):
            return False
        if own in _LEADS_UP and self._speaks(sentence):
            # "Wij hebben nergens gelezen hoe ...": how the letter came about is no remark.
            return self._wording.courtesy.search(text) is not None
        if self._wording.opens.search(text) and own is not PointType.TEXT:
            return own is not PointType.COMPLIMENT or not text.endswith(".")
        return self._wording.courtesy.search(text) is not None

    def _beside_politeness(self, sentence: Sentence) -> PointType | None:
        """What a polite sentence asks besides: "Wij lazen uw nota, maar missen een kaart."."""
        wording = self._wording
        clauses = _CLAUSE.split(sentence.text)
        polite = [bool(wording.opens.search(c) or wording.courtesy.search(c)) for c in clauses]
        last = max((n for n, is_so in enumerate(polite) if is_so), default=-1)
        if last < 0:
            return None
        said = wording.act_of(" ".join(clauses[last + 1 :]))
        return None if said is PointType.COMPLIMENT else said

    def _announced(self, sentence: Sentence) -> PointType | None:
        """What the nearest heading or lead-in that says so makes of the items under it."""
        for heading in reversed(sentence.section[-3:]):
            kind = self._wording.announced_by(heading)
            if kind is not None:
                return kind
        return None

    def _without_act(
        self, sentence: Sentence, last: _Found | None, waiting: list[Sentence]
    ) -> None:
        """A sentence that asks nothing: it explains the point before it, or leads up to one."""
        polite = self._is_polite(sentence, None) or self._wording.commands.search(sentence.text)
        if polite:
            waiting.clear()
        elif last and last.sentences[-1].paragraph == sentence.paragraph and not waiting:
            last.sentences.append(sentence)
        else:
            waiting.append(sentence)

    def _leant_on(
        self, sentence: Sentence, before: Sentence | None, last: _Found | None
    ) -> list[Sentence]:
        """The sentence before one that says nothing without it: "Dat waarderen wij zeer."."""
        if before is None or before.paragraph != sentence.paragraph or before.heading:
            return []
        taken = last is not None and last.sentences[-1] is before
        return [before] if not taken and self._wording.leans.match(sentence.text) else []

    def _goes_on(self, sentence: Sentence, act: PointType, last: _Found) -> bool:
        """Whether an act belongs to the point before it."""
        before = last.sentences[-1]
        near = before.paragraph == sentence.paragraph
        leaning = self._wording.leans.search(sentence.text) is not None
        if sentence.again or self._wording.turns.match(sentence.text):
            return False
        if not near:
            same = before.section == sentence.section and not sentence.item and not before.item
            same = same and sentence.first
            return same and leaning and last.type in _LEADS_UP and last.type is not act
        if PointType.COMPLIMENT in (act, last.type):
            return act is last.type and (leaning or not self._begins_anew(sentence, last))
        if leaning or not self._telling(sentence.text):
            return True
        if act is last.type and act in _LEADS_UP and not sentence.item:
            return not self._begins_anew(sentence, last)
        if act is last.type and not sentence.item:
            return self._overlap(sentence.text, last.core) >= SAME_POINT
        if act is PointType.CRITICISM and not self._speaks(sentence):
            return True
        if last.type not in _LEADS_UP and not sentence.item:
            return False
        # "Niemand weet wie waarover gaat. Zet op een blad wie wat doet.": the remedy goes with it.
        told = not any(self._speaks(one) for one, _ in last.acts)
        remedy = last.type is PointType.CRITICISM and self._orders(sentence.text)
        return told or remedy or self._overlap(sentence.text, self._whole(last)) >= SAME_SUBJECT

    def _begins_anew(self, sentence: Sentence, last: _Found) -> bool:
        """Whether the writers speak again, and of something else."""
        return self._speaks(sentence) and self._overlap(sentence.text, last.core) < SAME_SUBJECT

    def _speaks(self, sentence: Sentence) -> bool:
        """Whether a sentence gives the writers' own opinion, and does not only tell how it is."""
        return self._wording.writers.search(sentence.text) is not None

    def _overlap(self, text: str, other: str) -> float:
        """Share of the telling words of the first text that the second has too, in [0, 1]."""
        own = {word: self._terms(word) for word in self._telling(text)}
        if not own:
            return 0.0
        there = self._terms(other)
        total = sum(specificity(word) for word in own)
        return sum(specificity(word) for word, terms in own.items() if terms & there) / total

    def _telling(self, text: str) -> list[str]:
        """The words that say what a text is about: no frame, not too common."""
        said = self._wording.frame.sub(" ", text)
        return [
            word
            for word in dict.fromkeys(plain_words(said))
            if self._terms(word) and specificity(word) >= _TELLING
        ]

    def _folded(self, found: Sequence[_Found]) -> list[_Found]:
        """Points with those that only say again what an earlier one said folded into that."""
        kept: list[_Found] = []
        for point in found:
            headings = point.sentences[0].section[-2:]
            listed = any(self._wording.repeats.search(part) for part in headings)
            again = listed or self._wording.repeats.search(point.core) is not None
            least = LISTED_AGAIN if listed else SAID_AGAIN if again else SAME_POINT
            scored = [(self._overlap(point.core, self._whole(other)), other) for other in kept]
            score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
            few = len(self._telling(point.core)) < 3 and not again
            if best is None or score < least or few:
                kept.append(point)
            else:
                best.also.append((point.sentences[0].start, point.sentences[-1].end))
        return kept

    def _whole(self, point: _Found) -> str:
        return " ".join(sentence.text for sentence in point.sentences)


def _numbered(found: Sequence[_Found]) -> tuple[Point, ...]:
    """The points as records; their quote is filled in by who has the letter's text."""
    return tuple(
        Point(
            number=number,
            type=point.type,
            start=point.sentences[0].start,
            end=point.sentences[-1].end,
            quote="",
            label=point.sentences[0].label,
            heading=point.sentences[0].section[-1] if point.sentences[0].section else "",
            core=tuple((sentence.start, sentence.end) for sentence, _ in point.acts),
            also=tuple(point.also),
        )
        for number, point in enumerate(found, start=1)
    )
