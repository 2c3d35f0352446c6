"""Statements as lines of an answer: under the programme and theme that they share, kind by kind.

A list that is longer than a reader takes in at once begins with how many there are of what, and
gives of each statement only its beginning where all of them would fill pages. Its citation always
holds the whole statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.material import Material, source_name
from assistant.citations import Line, Quote, plain
from assistant.wording import MANY, count, kinds_in_words
from ingest.documents import Passage, Statement
from ingest.grouping import grouped

# Characters that the statements of an answer may take together, and how much room each gets in
# turn until they fit.
ROOM = 8_000
ROOMS = (160, 120, 90, 70)
# What an item takes besides its words: mark, quotation marks, number.
FRAME = 12


@dataclass(frozen=True, slots=True)
class Item:
    """A statement of the list, with the passage it stands in."""

    statement: Statement
    passage: Passage

    def quote(self) -> Quote:
        """What proves it."""
        return Quote(self.passage, self.statement.start, self.statement.end)


def list_lines(material: Material, items: Sequence[Item]) -> list[Line]:
    """All items under the names of their documents; a long list with a summary before it."""
    many = len(items) > MANY
    # Each group a paragraph of its own, which the page can fold.
    apart = [Line("")] if many else []
    lines = [_summary(material, items), *apart] if many else []
    room = room_of(items)
    for document_id in dict.fromkeys(item.passage.document_id for item in items):
        document = material.index.documents[document_id].document
        lines += [Line(material.phrases.say("kant", naam=source_name(document))), *apart]
        own = [item for item in items if item.passage.document_id == document_id]
        lines += group_lines(material, own, room)
    if room is not None:
        lines.append(Line(material.phrases.say("ingekort")))
    return lines


def group_lines(material: Material, items: Sequence[Item], room: int | None = None) -> list[Line]:
    """Items of one document under the names they share: programme, row or section, and kind.

    Args:
        material: The evidence.
        items: In reading order.
        room: Characters of each that are shown; None shows all.
    """
    lines: list[Line] = []
    for group in grouped(items, lambda item: (item.statement.programme, _theme(item))):
        for same in grouped(group, lambda item: item.statement.kind):
            lines.append(Line(_name(material, same)))
            lines += [Line("-", (replace(item.quote(), room=room),)) for item in same]
    return lines


def _summary(material: Material, items: Sequence[Item]) -> Line:
    """How many there are of each kind, in how many documents."""
    documents = len({item.passage.document_id for item in items})
    return Line(
        material.phrases.say(
            "lijst_lang",
            aantal=kinds_in_words(item.statement.kind for item in items),
            documenten=count(documents, "document", "documenten"),
        )
    )


def room_of(items: Sequence[Item]) -> int | None:
    """Most characters of each item that still let all of them fit; None when they fit whole."""
    lengths = [item.statement.end - item.statement.start for item in items]
    if sum(lengths) + FRAME * len(items) <= ROOM:
        return None
    fitting = (room for room in ROOMS if sum(min(n, room) + FRAME for n in lengths) <= ROOM)
    return next(fitting, ROOMS[-1])


def _theme(item: Item) -> str:
    """The row or section that a statement stands under, where that is not the statement itself."""
    statement, passage = item.statement, item.passage
    section = passage.section[-1] if passage.section else ""
    if section in (statement.text, statement.programme):
        section = statement.theme
    return passage.row or section


def _name(material: Material, items: Sequence[Item]) -> str:
    """What items stand under: programme with its time, theme, and how many of what they are."""
    statement, theme = items[0].statement, _theme(items[0])
    parts = [
        f"{plain(statement.programme)}{_time(material, items[0])}" if statement.programme else "",
        plain(theme) if theme != statement.programme else "",
    ]
    number = kinds_in_words(item.statement.kind for item in items)
    name = " – ".join(part for part in parts if part)
    return f"{name} ({number}):" if name else f"{number.capitalize()}:"


def _time(material: Material, item: Item) -> str:
    """The year of a programme, where that is not its document's, and what came after it."""
    statement = item.statement
    document = material.index.documents[statement.document_id].document
    year = str(statement.year or "")
    later = material.register.followed_by.get((statement.document_id, statement.programme))
    parts = (
        year if year != document.date[:4] else "",
        material.phrases.say("opgevolgd", naam=plain(later)) if later else "",
    )
    told = ", ".join(part for part in parts if part)
    return f" ({told})" if told else ""
