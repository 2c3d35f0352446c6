"""Work searched for again: for another municipality, or in documents that have changed.

What the officer did stays: points, order, headings, types, own words to search for, own texts, and
each stance or tick that is not the one that was proposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.reply.records import Answered, Evidence, Point
from assistant.reply.work import Item, Work, item_of

Place = tuple[str, int, int]
"""Where a quote stands: id of the document, offset, offset after it."""
_MARK = re.compile(r"\[(\d{1,2})\]")
_GONE = "[bron niet meer gevonden]"


def renew(
    work: Work,
    municipality: str,
    answer: Callable[[Point], Answered],
    progress: Callable[[int, int], None] | None = None,
) -> Work:
    """The work with the evidence of each point searched for again.

    Args:
        work: As it was.
        municipality: The municipality that answers, or "".
        answer: Finds the evidence for a point, for that municipality.
        progress: Called with the number of points that are done and that of all.
    """
    items = []
    for item in work.items:
        items.append(_renewed(item, item_of(answer(item.point))))
        if progress:
            progress(len(items), len(work.items))
    return replace(work, municipality=municipality, items=tuple(items))


def _renewed(before: Item, made: Item) -> Item:
    """A point as it is found now, with what the officer made of it."""
    now = moved(places_of(before.evidence), made.evidence)
    proposed = item_of(before.answered)
    own_stance = before.stance is not before.answered.stance
    own_ticks = before.ticked != proposed.ticked
    return replace(
        made,
        heading=before.heading,
        stance=before.stance if own_stance else made.stance,
        ticked=tuple(now[n] for n in before.ticked if n in now) if own_ticks else made.ticked,
        text=None if before.text is None else renumbered(before.text, now),
    )


def places_of(evidence: Sequence[Evidence]) -> list[Place]:
    """Where each quote stands."""
    return [(one.document.id, one.quote.start, one.quote.end) for one in evidence]


def moved(before: Sequence[Place], evidence: Sequence[Evidence]) -> Mapping[int, int]:
    """For the index of each quote that was found before, its index now; only of those still found.

    Args:
        before: Where the quotes stood, in their order then.
        evidence: What is found now.
    """
    places = places_of(evidence)
    return {n: places.index(place) for n, place in enumerate(before) if place in places}


def renumbered(text: str, now: Mapping[int, int]) -> str:
    """A text whose [n] point at the evidence as it is numbered now.

    Args:
        text: The text; [n] stands for the n-th quote as they were found before.
        now: As `moved` gives it.
    """

    def number(mark: re.Match[str]) -> str:
        at = now.get(int(mark[1]) - 1)
        return _GONE if at is None else f"[{at + 1}]"

    return _MARK.sub(number, text)
