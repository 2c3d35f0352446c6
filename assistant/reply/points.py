"""The points of a letter: which sentences ask for an answer, and which of them belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.matching import specificity
from assistant.reply.acts import ActReader
from assistant.reply.features import paragraphs_of
from assistant.reply.phrases import Hint, hints_of
from assistant.reply.point_type import TypeReader, load_type_weights, type_chances
from assistant.reply.records import Point, PointType, Span
from assistant.reply.segments import Segment, load_weights, segments_of
from assistant.reply.sentences import Sentence
from assistant.reply.wording import LetterWording
from ingest.dutch.words import words as plain_words

Terms = Callable[[str], frozenset[str]]

# Share of the specific words by which a point says again what an earlier point said; one that says
# of itself that it repeats needs less, and an item of a list that says so the least.
SAME_POINT = 0.8
SAID_AGAIN = 0.4
LISTED_AGAIN = 0.2
# A sentence that makes a point with at least this chance says what it is about.
MAKES_IT = 0.3
# A word at least so specific tells what a sentence is about.
_TELLING = 0.5
_LEAST_TELLING = 3


@dataclass
class _Found:
    """A point that is being put together."""

    sentences: list[Sentence]
    cores: list[Sentence]
    types: tuple[float, ...]
    also: list[Span] = field(default_factory=list)

    @property
    def type(self) -> PointType:
        return list(PointType)[self.types.index(max(self.types))]

    @property
    def core(self) -> str:
        return " ".join(sentence.text for sentence in self.cores)

    @property
    def whole(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


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
        self._reader, self._types = ActReader(wording), TypeReader(wording)

    def find(self, sentences: Sequence[Sentence]) -> tuple[Point, ...]:
        """The points, in the order of the letter, numbered from 1.

        Args:
            sentences: Those of the letter's body, in order.

        Raises:
            OSError: The file with the weights cannot be read.
        """
        acts = self._reader.acts(sentences)
        if not any(acts):
            return ()  # a menu, an announcement
        weights, hints = load_weights(), hints_of([s.text for s in sentences], acts)
        found = [
            self._point(sentences, acts, hints, paragraph.members, segment)
            for paragraph in paragraphs_of(sentences, acts, hints, self._wording)
            for segment in _whole(segments_of(paragraph, weights), paragraph.members, sentences)
        ]
        # A single word is the head of a column or the name of an item.
        found = [point for point in found if len(point.core.split()) > 1]
        return _numbered(self._folded(found))

    def _point(
        self,
        sentences: Sequence[Sentence],
        acts: Sequence[PointType | None],
        hints: Sequence[Hint],
        members: Sequence[int],
        segment: Segment,
    ) -> _Found:
        """A segment as a point; politeness around it is left out."""
        core = members[segment.core]
        start, end = members[segment.start], members[segment.end - 1] + 1
        while start < core and self._reader.is_polite(sentences[start]):
            start += 1
        while end - 1 > core and self._reader.is_polite(sentences[end - 1]):
            end -= 1
        inside = range(start, end)
        described = [self._types.described(sentences[n], acts[n], hints[n]) for n in inside]
        first = members[segment.start]
        chances = segment.cores[start - first : end - first]
        cores = [
            sentences[n]
            for n, chance in zip(inside, chances, strict=True)
            if chance >= MAKES_IT or n == core
        ]
        types = type_chances(described, chances, load_type_weights())
        return _Found(list(sentences[start:end]), cores, types)

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
        holding: dict[str, list[int]] = defaultdict(list)  # places in `kept`, by term
        for point in found:
            headings = point.sentences[0].section[-2:]
            listed = any(self._wording.repeats.search(part) for part in headings)
            again = listed or self._wording.repeats.search(point.core) is not None
            least = LISTED_AGAIN if listed else SAID_AGAIN if again else SAME_POINT
            telling = self._telling(point.core)
            score, best = self._nearest(telling, holding)
            few = len(telling) < _LEAST_TELLING and not again
            if best is None or score < least or few:
                for term in self._terms(point.whole):
                    holding[term].append(len(kept))
                kept.append(point)
            else:
                kept[best].also.append((point.sentences[0].start, point.sentences[-1].end))
        return kept

    def _nearest(
        self, telling: Sequence[str], holding: Mapping[str, Sequence[int]]
    ) -> tuple[float, int | None]:
        """The earlier point that has most of some words, and the share that it has, in [0, 1].

        Args:
            telling: The words; those that are more specific count for more.
            holding: The earlier points that have a term, by number.

        Returns:
            The share and the number of the first point with it; 0 and None where none has any.
        """
        shares: dict[int, float] = defaultdict(float)
        for word in telling:
            with_word = {n for term in self._terms(word) for n in holding.get(term, ())}
            for n in with_word:
                shares[n] += specificity(word)
        best = max(sorted(shares), key=shares.__getitem__, default=None)
        if best is None:
            return 0.0, None
        return shares[best] / sum(map(specificity, telling)), best


def _whole(
    segments: Sequence[Segment], members: Sequence[int], sentences: Sequence[Sentence]
) -> list[Segment]:
    """Segments of which none begins halfway a sentence, unless its first half makes a point too."""
    whole: list[Segment] = []
    for segment in segments:
        before = whole[-1] if whole else None
        first = segment.start - 1
        halfway = sentences[members[segment.start]].again
        if halfway and before is not None and before.core != first > before.start:
            chances = before.cores[first - before.start :]
            whole[-1] = replace(before, end=first, cores=before.cores[: first - before.start])
            segment = replace(segment, start=first, cores=(*chances, *segment.cores))
        whole.append(segment)
    return whole


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
            core=tuple((sentence.start, sentence.end) for sentence in point.cores),
            types=point.types,
            also=tuple(point.also),
        )
        for number, point in enumerate(found, start=1)
    )
