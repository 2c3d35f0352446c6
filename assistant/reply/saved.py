"""The officer's work as a file, and back. A file that comes back is not trusted.

It holds the letter, the points and the choices. What the documents say is searched for again, so
that nothing in the file can pass for a quote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import LetterError
from assistant.reply.letter import in_letter, letter_of, rest_around
from assistant.reply.points import Terms
from assistant.reply.records import Answered, Point, PointType, Stance
from assistant.reply.renew import moved, places_of, renumbered
from assistant.reply.work import LONGEST_SEARCH, Item, Work, item_of
from ingest.documents import Reading

LARGEST = 5_000_000
"""Bytes of a file that is opened."""
_MOST_ITEMS = 300
_WRONG = "Dit bestand is geen bewaard werk van de Beleidswijzer, of het is beschadigd."
_Offset = Annotated[int, Field(ge=0)]
_Pair = tuple[_Offset, _Offset]


class _SavedItem(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)

    type: PointType
    start: _Offset
    end: _Offset
    label: str = Field("", max_length=20)
    section: str = Field("", max_length=500)
    core: list[_Pair] = Field(default_factory=list, max_length=100)
    also: list[_Pair] = Field(default_factory=list, max_length=100)
    search: str = Field("", max_length=LONGEST_SEARCH)
    types: list[Annotated[float, Field(ge=0, le=1)]] = Field(
        default_factory=list, max_length=len(PointType)
    )
    heading: str = Field(max_length=300)
    stance: Stance
    text: str | None = Field(None, max_length=50_000)
    evidence: list[tuple[str, _Offset, _Offset]] = Field(default_factory=list, max_length=100)
    ticked: list[_Offset] = Field(default_factory=list, max_length=100)


class _SavedWork(BaseModel):
    model_config = ConfigDict(extra="forbid")

    beleidswijzer: Literal["brief"]
    version: Literal[1]
    name: str = Field(max_length=300)
    text: str = Field(max_length=LARGEST)
    municipality: str = Field(max_length=200)
    items: list[_SavedItem] = Field(max_length=_MOST_ITEMS)


def save_work(work: Work) -> bytes:
    """Write the work as a file (JSON in UTF-8) that `open_work` reads."""
    saved = _SavedWork(
        beleidswijzer="brief",
        version=1,
        name=work.letter.name,
        text=work.letter.text,
        municipality=work.municipality,
        items=[_saved(item) for item in work.items],
    )
    return json.dumps(saved.model_dump(mode="json"), ensure_ascii=False, indent=1).encode()


def _saved(item: Item) -> _SavedItem:
    point = item.point
    return _SavedItem(
        type=point.type,
        start=point.start,
        end=point.end,
        label=point.label,
        section=point.heading,
        core=list(point.core),
        also=list(point.also),
        search=point.search,
        types=list(point.types),
        heading=item.heading,
        stance=item.stance,
        text=item.text,
        evidence=places_of(item.evidence),
        ticked=list(item.ticked),
    )


def municipality_in(content: bytes) -> str:
    """The municipality that a saved work answers for.

    Raises:
        LetterError: If the file is no saved work.
    """
    return _read(content).municipality


def open_work(
    content: bytes,
    municipalities: Mapping[str, object] | tuple[str, ...],
    terms: Terms,
    answer: Callable[[Point], Answered],
    progress: Callable[[int, int], None] | None = None,
) -> Work:
    """Take up saved work again.

    Args:
        content: The bytes of the file.
        municipalities: Names of the municipalities in the index.
        terms: Gives the terms of a text.
        answer: Finds the evidence for a point, in the documents as they are now.
        progress: Called with the number of points that are done and that of all.

    Raises:
        LetterError: If the file is no saved work.
    """
    saved = _read(content)
    reading = Reading(saved.text)
    letter = letter_of(reading, saved.name, tuple(municipalities), terms)
    items = []
    for number, one in enumerate(saved.items, start=1):
        items.append(_item(one, number, saved.text, answer))
        if progress:
            progress(number, len(saved.items))
    rest = rest_around(reading, [item.point for item in items])
    town = saved.municipality if saved.municipality in municipalities else ""
    return Work(replace(letter, rest=rest), town, tuple(items))


def _read(content: bytes) -> _SavedWork:
    if len(content) > LARGEST:
        raise LetterError(_WRONG)
    try:
        return _SavedWork.model_validate_json(content)
    except (ValidationError, ValueError, RecursionError) as error:
        raise LetterError(_WRONG) from error


def _item(saved: _SavedItem, number: int, text: str, answer: Callable[[Point], Answered]) -> Item:
    inside = [(saved.start, saved.end), *saved.core, *saved.also]
    if any(not start < end <= len(text) for start, end in inside):
        raise LetterError(_WRONG)
    if any(start < saved.start or end > saved.end for start, end in saved.core):
        raise LetterError(_WRONG)
    point = Point(
        number=number,
        type=saved.type,
        start=saved.start,
        end=saved.end,
        quote=text[saved.start : saved.end],
        label=saved.label,
        heading=saved.section,
        core=tuple(saved.core),
        also=tuple(saved.also),
        search=saved.search,
        types=tuple(saved.types) if len(saved.types) == len(PointType) else (),
    )
    made = item_of(answer(in_letter(point, text)))
    now = moved(saved.evidence, made.evidence)
    return replace(
        made,
        heading=saved.heading,
        stance=saved.stance,
        ticked=tuple(now[n] for n in saved.ticked if n in now),
        text=None if saved.text is None else renumbered(saved.text, now),
    )
