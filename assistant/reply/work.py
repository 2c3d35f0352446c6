"""The officer's work on a reply: what was found, and what the officer made of it.

Every change gives a new work; nothing is changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.citations import shorten
from assistant.reply.letter import in_letter
from assistant.reply.records import (
    Answered,
    Evidence,
    Findings,
    Letter,
    Point,
    PointType,
    Rest,
    RestKind,
    Span,
    Stance,
)
from assistant.reply.wording import wording_for
from ingest.dutch.words import capital
from ingest.sentences import sentence_spans

LONGEST_HEADING = 90
"""Characters of the heading that is made for a point."""
_SHORTEST = 12
_FEW = 4  # words of a quote that the draft does not take up by itself
LONGEST_SEARCH = 200
"""Characters of the officer's own words to search for."""
# Where a clause ends and another begins.
_CLAUSE = re.compile(r"[,;:]\s+(?=\w)|\s+(?=(?:en|maar|of|want|and|but)\s)")
_LEAST_CLAUSE = 25  # characters of a clause that can stand for its sentence
# What a heading can do without: what comes after these. A condition ("mits", "zolang") it cannot.
_ASIDE = re.compile(
    r"[;:] |,? (?:zodat|omdat|want|terwijl|waardoor|in plaats van|so that|because|while) |"
    r", (?:om|die|dat|wie|waar\w*|en|maar|nu|met|zonder|daar|dus|ook|dan|bijvoorbeeld|zoals) |"
    r" (?:en|maar) (?=(?:wij|we|u|zij|ze|hij|het|er|dat|daar|dit)\b)"
)
# What only announces: "Advies:", "Onze vraag is:", "Tweede aanbeveling:".
_ANNOUNCES = re.compile(
    r"^\W*(?:(?:ons|onze|het|de|een|dit|deze|ten|our)\s+)?(?:\w+(?:ste|de|e)\s+)?"
    r"(?:advies|aanbeveling|vraag|verzoek|voorstel|tekstvoorstel|suggestie|wens|oproep|kritiek|"
    r"zorg|opmerking|punt|compliment|advice|recommendation|question)"
    r"(?:\s+(?:\d{1,2}|[a-z]))?(?:\s+(?:is|luidt|is dan ook|aan u|op dit punt))*\s*:\s*",
    re.IGNORECASE,
)
# "... legt de raad u de volgende vraag voor: hoe ..."
_FOLLOWS = re.compile(r"^[^:]*\b(?:volgende?|vraag|vragen|verzoek|advies)\b[^:]*:\s+(?=\S.{10})")
_JOINED = re.compile(r"^(?:en|maar|want|dus|and|but)\s+", re.IGNORECASE)
_VERB_FIRST = re.compile(
    r"(?:er|is|zijn|was|wordt|worden|heeft|hebben|u|jullie|wij|we|het|ons)\b", re.IGNORECASE
)
_BACK = re.compile(r"\W*(?:dat|dit|deze|die|this|that)\b", re.IGNORECASE)
_LEAST_PART = 15  # characters of each of the two parts of a split point
IN_DRAFT = 2
"""Quotes of the own municipality that the draft takes up at first; all others can be ticked."""
_NEARLY = 0.85  # share of the support of the quote that carries the stance, for a quote beside it


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the reply.

    Attributes:
        answered: The point with its evidence and the stance that was proposed.
        heading: Its heading in the reply.
        stance: The stance that holds: the proposed one, or the officer's choice.
        ticked: Indices of the evidence that the reply takes up, in order.
        text: The officer's own text, with [n] for the n-th evidence; None for the drafted text.
        remarks: What the officer should know of the text, each a Dutch sentence.
    """

    answered: Answered
    heading: str
    stance: Stance
    ticked: tuple[int, ...]
    text: str | None = None
    remarks: tuple[str, ...] = ()

    @property
    def point(self) -> Point:
        """The point of the letter."""
        return self.answered.point

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence that was found for it."""
        return self.answered.evidence


@dataclass(frozen=True, slots=True)
class Work:
    """A reply in the making.

    Attributes:
        letter: The letter that is answered.
        municipality: The municipality that answers, or "".
        items: In the order of the reply.
    """

    letter: Letter
    municipality: str
    items: tuple[Item, ...]


def begin(findings: Findings) -> Work:
    """The work as it starts: every point, in the order of the letter, as it was proposed."""
    items = tuple(item_of(answered) for answered in findings.answers)
    return Work(findings.letter, findings.municipality, items)


def item_of(answered: Answered) -> Item:
    """A point as it is proposed: the quote that carries its stance first, then the best others.

    What other municipalities do is there to be ticked: a reply does not name it by itself. Praise
    is answered with thanks alone.
    """
    carried = answered.carried_by
    first = [answered.evidence.index(carried)] if carried in answered.evidence else []
    own = [n for n, one in enumerate(answered.evidence) if _is_own(one) and n not in first]
    least = _NEARLY * carried.support if carried else 0.0
    telling = [
        n for n in own if _tells(answered.evidence[n]) and answered.evidence[n].support >= least
    ]
    thanked = answered.point.type is PointType.COMPLIMENT
    shown = [*first, *telling][:IN_DRAFT] if carried and not thanked else []
    return Item(answered, heading_of(answered.point), answered.stance, tuple(sorted(shown)))


def _tells(evidence: Evidence) -> bool:
    """Whether a quote bears on its point, and is a sentence: no heading, catchword or cell."""
    words = evidence.text.strip("*_ ")
    return evidence.bears and len(words.split()) >= _FEW and words[-1:] in ".!?;"


def _is_own(evidence: Evidence) -> bool:
    return evidence.role.name != "EXAMPLE"


def heading_of(point: Point) -> str:
    """A heading for a point: what its first sentence is about, up to the end of a clause."""
    start, end = (point.core or ((point.start, point.end),))[0]
    wording = wording_for(point.quote)
    if _BACK.match(point.quote, start - point.start):
        # "Dat waarderen wij zeer.": what it is about stands before it.
        start, end = (
            point.start,
            sentence_spans(point.quote, 0, len(point.quote))[0][1] + point.start,
        )
    words = " ".join(point.quote[start - point.start : end - point.start].split()).strip(" -•*")
    if point.label:
        words = words.removeprefix(f"{point.label}.").removeprefix(f"{point.label})").strip()
    words = announced(_JOINED.sub("", words))
    if words.isupper() and len(words) > _SHORTEST:
        # A letter all in capitals is quoted as it is; its headings need not shout.
        words = words.capitalize()
    while (bare := wording.frames.sub("", words, count=1).strip(" :,")) != words:
        if len(bare) < _SHORTEST or _VERB_FIRST.match(bare):
            break
        words = bare
    return _fitting(words.rstrip(".;:, "))


def announced(words: str) -> str:
    """Words without what only announces them: "Advies: houd spreekuur" is "houd spreekuur"."""
    bare = _ANNOUNCES.sub("", words, count=1)
    return bare if len(bare) >= _SHORTEST else words


def _fitting(words: str) -> str:
    """Words as a heading: where they are too long, up to the end of a clause."""
    if len(words) > LONGEST_HEADING:
        words = _FOLLOWS.sub("", words, count=1)
    if len(words) > LONGEST_HEADING:
        ends = (aside.start() for aside in _ASIDE.finditer(words))
        end = next((n for n in ends if n >= _LEAST_CLAUSE), len(words))
        words = words[:end] if end <= LONGEST_HEADING else words
    return shorten(capital(words), LONGEST_HEADING)


def change(work: Work, at: int, **fields: object) -> Work:
    """The work with fields of one item replaced.

    Args:
        work: As it was.
        at: Index of the item; of one that there is not, nothing changes.
        **fields: Fields of `Item`.
    """
    if not 0 <= at < len(work.items):
        return work
    changed = replace(work.items[at], **fields)  # type: ignore[arg-type]
    return replace(work, items=(*work.items[:at], changed, *work.items[at + 1 :]))


def move(work: Work, at: int, by: int) -> Work:
    """The work with one item moved up or down; past an end it stays where it is."""
    to = at + by
    if not (0 <= at < len(work.items) and 0 <= to < len(work.items)):
        return work
    items = list(work.items)
    items.insert(to, items.pop(at))
    return replace(work, items=tuple(items))


def drop(work: Work, at: int) -> Work:
    """The work without one item; its words are shown as no point."""
    if not 0 <= at < len(work.items):
        return work
    point, text = work.items[at].point, work.letter.text
    freed = [
        Rest(RestKind.OTHER, start, end, text[start:end])
        for start, end in ((point.start, point.end), *point.also)
    ]
    rest = tuple(sorted((*work.letter.rest, *freed), key=lambda one: one.start))
    items = tuple(item for n, item in enumerate(work.items) if n != at)
    return replace(work, letter=replace(work.letter, rest=rest), items=items)


def add(work: Work, at: int, answer: Callable[[Point], Answered]) -> Work:
    """The work with a part of the letter that was no point made one, in the letter's order.

    Args:
        work: As it was.
        at: Index of the part in the letter's rest; of one that there is not, nothing changes.
        answer: Finds the evidence for the new point.
    """
    rest = work.letter.rest
    if not 0 <= at < len(rest):
        return work
    part = rest[at]
    number = max((item.point.number for item in work.items), default=0) + 1
    point = Point(number, PointType.REQUEST, part.start, part.end, part.text)
    made = item_of(answer(in_letter(point, work.letter.text)))
    before = sum(item.point.start < part.start for item in work.items)
    letter = replace(work.letter, rest=(*rest[:at], *rest[at + 1 :]))
    return replace(work, letter=letter, items=(*work.items[:before], made, *work.items[before:]))


def retype(work: Work, at: int, kind: PointType) -> Work:
    """The work with one item as a point of another type."""
    if not 0 <= at < len(work.items):
        return work
    answered = work.items[at].answered
    return change(work, at, answered=replace(answered, point=replace(answered.point, type=kind)))


def merge(work: Work, at: int, answer: Callable[[Point], Answered]) -> Work:
    """The work with an item and the one after it as one point.

    Args:
        work: As it was.
        at: Index of the first of the two.
        answer: Finds the evidence for the new point.
    """
    if not 0 <= at < len(work.items) - 1:
        return work
    first, second = work.items[at].point, work.items[at + 1].point
    core = tuple(sorted({*_core(first), *_core(second)}))
    whole = replace(
        first,
        start=min(first.start, second.start),
        end=max(first.end, second.end),
        core=core,
        also=(*first.also, *second.also),
    )
    apart = second.start - first.end > _NEAR or first.start > second.start
    if apart:
        # Between them stands what belongs to neither: the second stays a place of its own.
        whole = replace(
            first, also=(*first.also, (second.start, second.end), *second.also), core=_core(first)
        )
    made = item_of(answer(in_letter(whole, work.letter.text)))
    return replace(work, items=(*work.items[:at], made, *work.items[at + 2 :]))


_NEAR = 3  # characters between two points that are white space


def cuts(work: Work, at: int) -> tuple[int, ...]:
    """Where an item can be split: where a sentence or a clause of it begins.

    Args:
        work: The work.
        at: Index of the item; one that there is not has none.

    Returns:
        Offsets in the letter, in order.
    """
    if not 0 <= at < len(work.items):
        return ()
    point, text = work.items[at].point, work.letter.text
    found = {start for start, _ in sentence_spans(text, point.start, point.end)}
    found |= {clause.end() for clause in _CLAUSE.finditer(text, point.start, point.end)}
    apart = [n for n in found if min(n - point.start, point.end - n) >= _LEAST_PART]
    return tuple(sorted(apart))


def split(work: Work, at: int, answer: Callable[[Point], Answered], cut: int | None = None) -> Work:
    """The work with an item split in two.

    Args:
        work: As it was.
        at: Index of the item.
        answer: Finds the evidence for the new points.
        cut: One of `cuts`: where the second part begins; None for the first of them, of a sentence
            where there is one. Elsewhere nothing is split.
    """
    possible = cuts(work, at)
    if not possible:
        return work
    point, text = work.items[at].point, work.letter.text
    if cut is None:
        starts = {start for start, _ in sentence_spans(text, point.start, point.end)}
        cut = next((place for place in possible if place in starts), possible[0])
    if cut not in possible:
        return work
    end = point.start + len(text[point.start : cut].rstrip())
    parts = (
        replace(
            point, end=end, core=((point.start, end),), type=_type(point, text, point.start, end)
        ),
        replace(
            point,
            start=cut,
            core=((cut, point.end),),
            also=(),
            label="",
            type=_type(point, text, cut, point.end),
        ),
    )
    made = tuple(
        item_of(answer(in_letter(replace(part, search="", types=()), text))) for part in parts
    )
    return replace(work, items=(*work.items[:at], *made, *work.items[at + 1 :]))


def _type(point: Point, text: str, start: int, end: int) -> PointType:
    """What a part of a point does by its own words, else what the point did."""
    return wording_for(text).act_of(" ".join(text[start:end].split())) or point.type


def search(work: Work, at: int, words: str, answer: Callable[[Point], Answered]) -> Work:
    """The work with one item searched for with the officer's words; "" for those of the point."""
    if not 0 <= at < len(work.items):
        return work
    point = replace(work.items[at].point, search=" ".join(words.split())[:LONGEST_SEARCH])
    made = replace(item_of(answer(point)), heading=work.items[at].heading)
    return replace(work, items=(*work.items[:at], made, *work.items[at + 1 :]))


def regenerate(work: Work, at: int, answer: Callable[[Point], Answered]) -> Work:
    """The work with one item searched for and drafted again; the officer's own text goes."""
    if not 0 <= at < len(work.items):
        return work
    made = item_of(answer(work.items[at].point))
    return replace(work, items=(*work.items[:at], made, *work.items[at + 1 :]))


def _core(point: Point) -> tuple[Span, ...]:
    return point.core or ((point.start, point.end),)
