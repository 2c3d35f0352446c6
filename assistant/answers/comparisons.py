"""A comparison: what the text says of the sides together, then each side beside the other.

A question about a change has one side, and is explained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answers.contrasts import contrasts
from assistant.answers.definitions import TERM, answer_definition, is_defined
from assistant.answers.explanations import Window, answer_explanation, explaining_windows
from assistant.answers.material import Material, by_document, whole_list
from assistant.answers.sides import Side, Sides, sides_of
from assistant.citations import Draft, Line, Quote, merge, plain
from assistant.retrieval import quoted_fit
from assistant.support import LOOKED_AT, NEAR_SUPPORT
from ingest.documents import Passage, PassageKind

MOST_WINDOWS = 3
MOST_SENTENCES = 4
# Beside the places that compare, a side that they do not name needs less.
MOST_BESIDE = 2
NEARLY_AS_GOOD = 0.8
# The best window of each document of a side may score so much less.
ITS_SAY = 0.7
LONGEST_SIDE = 1_700
# Characters that all sides may take together.
ROOM = 4_600
# An announced list that is no longer is shown whole.
LONGEST_LIST = 1_000
# Cosine from which a sentence may say in other words what is asked.
NEAR_IN_MEANING = 0.45


def answer_comparison(material: Material) -> Draft:
    """The places that compare, then a heading for each side with its best sentences.

    A side that the comparing places tell of needs no heading of its own; a side without evidence
    is named.
    """
    sides = sides_of(material)
    if len(sides.each) < 2:
        return answer_explanation(material)
    compared = contrasts(material, sides)
    told = _told(compared, sides)
    room = min(LONGEST_SIDE, ROOM // len(sides.each))
    most = MOST_BESIDE if compared else MOST_SENTENCES
    beside = {
        side.name: merge(_meaning(side, sides, material) or _best(side.material, most, room))
        for side in sides.each
        if side.name not in told
    }
    quoted = [quote for quotes in beside.values() for quote in quotes]
    # What was found for more than one side tells of them together, and is shown once.
    shared = [quote for n, quote in enumerate(quoted) if quote in quoted[:n]]
    together = [q for q in compared if not any(_holds(other, q) for other in quoted)] + shared
    lines = by_document(material, together)
    for side in sides.each:
        own = [quote for quote in beside.get(side.name, ()) if quote not in shared]
        if side.name in beside and (own or not beside[side.name]):
            lines += _side_lines(side, own, sides)
    return Draft(tuple(lines))


def _holds(quote: Quote, other: Quote) -> bool:
    """Whether a quote shows all that another shows, there or word for word elsewhere."""
    shown = quote.passage.cut(quote.start, quote.end).split()
    return " ".join(other.passage.cut(other.start, other.end).split()) in " ".join(shown)


def _told(quotes: list[Quote], sides: Sides) -> frozenset[str]:
    """The sides that quotes tell enough of: of other things, what each is must still be said."""
    if sides.named is None or not sides.successive:
        return frozenset()
    texts = (quote.passage.cut(quote.start, quote.end) for quote in quotes)
    return frozenset().union(*(sides.named(text) for text in texts))


def _side_lines(side: Side, quotes: list[Quote], sides: Sides) -> list[Line]:
    say = side.material.phrases.say
    lines = [Line(say("kant", naam=plain(side.name)))]
    if not quotes and sides.named is None:
        # A municipality tells of the same in words of its own, and the answer says so.
        quotes = _nearest(side.material)
        lines += [Line(say("kant_verwant", naam=plain(side.name)))] if quotes else []
    if not quotes:
        missing = "kant_zonder" if sides.named is None else "kant_ongenoemd"
        lines.append(Line(say(missing, naam=plain(side.name))))
    return lines + by_document(side.material, quotes)


_DIFFERENCE = re.compile(r"\b(?:verschil|onderscheid)\b", re.IGNORECASE)


def _meaning(side: Side, sides: Sides, material: Material) -> list[Quote]:
    """What a side is, where the difference of two things is asked and a document defines it."""
    asked = sides.named is not None and _DIFFERENCE.search(material.question.understood)
    if not asked or not is_defined(side.material, TERM):
        return []
    return [quote for line in answer_definition(side.material).lines for quote in line.quotes]


def _nearest(material: Material) -> list[Quote]:
    """The window that comes nearest in meaning; none when nothing comes near."""
    near = [s for s in material.sentences if s.dense >= NEAR_IN_MEANING]
    best = max(near, key=lambda sentence: sentence.dense, default=None)
    windows = explaining_windows(material)
    return [
        Quote(window.passage, *span)
        for window in windows
        if best and window.passage.id == best.passage.id
        for span in window.spans
    ]


def _best(material: Material, most: int, room: int) -> list[Quote]:
    """The best sentences (of a programme, so many) or windows of one side."""
    if not any(s.support >= NEAR_SUPPORT for s in material.sentences[:LOOKED_AT]):
        return []
    if len(material.question.scope.programmes) == 1:
        best = material.sentences[0].score
        near = [s for s in material.sentences[:6] if s.score >= NEARLY_AS_GOOD * best]
        return [sentence.quote() for sentence in near[:most]]
    windows = [_with_siblings(window, material) for window in explaining_windows(material)]
    if material.question.quoted:
        # Where small words are what is asked, a place without them is about something else.
        windows = [one for one in windows if _sets_apart(one, material)] or windows
    first = {window.passage.document_id: window for window in reversed(windows)}
    fitting = [
        window
        for window in windows
        if window.score
        >= windows[0].score
        * (ITS_SAY if first[window.passage.document_id] is window else NEARLY_AS_GOOD)
    ]
    # The documents of a side may differ with the years, so each has its say before one has two.
    fitting.sort(key=lambda window: first[window.passage.document_id] is not window)
    quotes: list[Quote] = []
    length = 0
    for window in fitting[:MOST_WINDOWS]:
        if length and length + window.length > room:
            continue
        quotes += window.quotes
        length += window.length
    return quotes


@dataclass(frozen=True, slots=True)
class Telling:
    """What a side tells in one place."""

    passage: Passage
    quotes: tuple[Quote, ...]
    score: float

    @property
    def length(self) -> int:
        """Characters."""
        return sum(quote.end - quote.start for quote in self.quotes)


def _sets_apart(telling: Telling, material: Material) -> bool:
    """Whether a place sets apart one of the small words that the question sets apart."""
    text = " ".join(quote.passage.cut(quote.start, quote.end) for quote in telling.quotes)
    return quoted_fit(text, material.question.quoted) > 0


def _with_siblings(window: Window, material: Material) -> Telling:
    """A window; of a short list under one announcement the other items too.

    One item of the reasons that a text gives is only a part of what it says.
    """
    spans = window.spans
    if material.question.quoted:
        # "Het wat en het hoe": one sentence says it, and those around it tell of other things.
        best = next(s for s in material.sentences if s.passage.id == window.passage.id)
        at = next(n for n, (start, end) in enumerate(spans) if start <= best.start < end)
        spans = spans[max(0, at - 1) : at + 2]
    own = tuple(Quote(window.passage, *span) for span in spans)
    alone = Telling(window.passage, own, window.score)
    if window.passage.kind is not PassageKind.LIST or not window.passage.lead_in:
        return alone
    siblings = whole_list(window.passage, material)
    together = tuple(Quote(passage, *span) for passage in siblings for span in passage.sentences)
    whole = replace(alone, quotes=together)
    return whole if whole.length <= LONGEST_LIST else alone
