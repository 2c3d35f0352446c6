"""What a debate sheet for a council member holds: gathered on a topic or on a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.checks.lexis import lexis
from assistant.citations import Quote, cite, shorten
from assistant.register import Entry, Register
from assistant.reply.naming import short_title
from assistant.reply.paper import clean
from assistant.reply.point_text import Documents, without_marker
from assistant.reply.records import PointType, Role, Stance
from assistant.reply.work import Work, announced
from assistant.wording import date_in_words, position
from ingest.documents import StatementKind
from ingest.dutch.words import words

LINES = 3
"""Lines that each part of the sheet has at most."""
LONGEST = 170
"""Characters of a quote that a line shows; so that the sheet stays on one page."""
_LONGEST_TITLE = 80
_FEW = 4  # words of a line that tells something
_EARLY = 120  # characters in which a line names the topic
_LEAD = 50  # characters from the word that names the topic on, that a line shows at least
_ALIKE = 0.6  # share of words from which two lines say the same
# The topic is told to somebody: what a letter says of the letter that it answers.
_ADDRESSED = re.compile(r"U(?:w)?\b")
_CLAUSE = re.compile(r"[,;:.]\s+")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z„‘“])")
_POLICY = (
    StatementKind.GOAL,
    StatementKind.PRINCIPLE,
    StatementKind.MEASURE,
    StatementKind.ASSIGNMENT,
)
_FOUND = (StatementKind.FINDING, StatementKind.RECOMMENDATION)


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the sheet.

    Attributes:
        text: The quote, whole.
        source: Where it stands, in words.
        municipality: Whose it is, or "".
        kind: What it is: a kind of statement, or for a gap the type of its point; "" for others.
        at: Offset in the text of what it is there for; 0 for the text as a whole.
    """

    text: str
    source: str
    municipality: str = ""
    kind: str = ""
    at: int = 0

    def excerpt(self, room: int) -> str:
        """The quote, or the part of it that says what it is there for.

        Args:
            room: Most characters, besides the dots where something is left out.
        """
        reach = room - _LEAD
        if len(self.text) <= room or self.at <= reach:
            return shorten(self.text, room)
        # As much of what goes before as there is room for, from the beginning of a clause or word.
        earliest = min(self.at - reach, len(self.text) - room)
        clause = _CLAUSE.search(self.text, earliest, min(self.at, earliest + room // 2))
        space = self.text.find(" ", earliest, self.at)
        begin = clause.end() if clause else space + 1 if space >= 0 else self.at
        sentence = max((end.end() for end in _SENTENCE.finditer(self.text, 0, begin)), default=0)
        if lexis().denying.intersection(words(self.text[sentence:begin])):
            # Without its denial a sentence says the contrary.
            begin = sentence
        return f"{'… ' if begin else ''}{shorten(self.text[begin:], room)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A debate sheet before it is a file.

    Attributes:
        subject: What it is about.
        municipality: Whose policy it is about; "" for that of all.
        documents: Number of documents that were searched.
        policy: What is policy.
        promised: What was promised and not yet reported.
        found: What an evaluator found.
        elsewhere: What other municipalities do.
        gaps: Points of a letter of which the documents say nothing; what is asked comes first.
        sender: Who wrote the letter, or "".
    """

    subject: str
    municipality: str
    documents: int
    policy: tuple[Cited, ...]
    promised: tuple[Cited, ...]
    found: tuple[Cited, ...]
    elsewhere: tuple[Cited, ...]
    gaps: tuple[Cited, ...] = ()
    sender: str = ""


def sheet_on(topic: str, municipality: str, documents: Documents, register: Register) -> Sheet:
    """Gather a sheet on a topic from the register.

    Args:
        topic: A topic or words, as typed.
        municipality: Whose policy it is about; "" for that of all.
        documents: The indexed documents by id.
        register: Their statements.
    """
    entries = _about(topic, register)
    own = [e for e in entries if municipality in ("", e.home.document.municipality)]
    others = [e for e in entries if e not in own] if municipality else []

    place = _TopicFinder(topic, register)

    def lines(some: Sequence[Entry], kinds: Sequence[StatementKind]) -> tuple[Cited, ...]:
        chosen = [entry for entry in some if entry.statement.kind in kinds]
        cited = (_cited(entry, place, documents) for entry in _ranked(chosen, place))
        return _different(cited)

    return Sheet(
        topic,
        municipality,
        len(documents),
        policy=lines(own, _POLICY),
        promised=lines([e for e in own if _is_open(e, register)], (StatementKind.PROMISE,)),
        found=lines(own, _FOUND),
        elsewhere=lines(others, _POLICY),
    )


def sheet_of_work(work: Work, documents: Documents) -> Sheet:
    """Gather a sheet on a letter from what was found for its points.

    Args:
        work: The work on the letter.
        documents: The indexed documents by id.
    """
    found: dict[Role, list[Cited]] = {role: [] for role in Role}
    # The best quote of each point comes first, then the second best.
    for row in zip_longest(*(item.evidence for item in work.items)):
        for one in filter(None, row):
            if one.bears:
                found[one.role].append(_line(one.quote, documents))
    subject = work.letter.subject or work.letter.name
    policy = [*found[Role.EARLIER], *found[Role.POLICY]]
    return Sheet(
        subject,
        work.municipality,
        len(documents),
        policy=_different(policy),
        promised=_different(found[Role.PROMISE]),
        found=_different(found[Role.FINDING]),
        elsewhere=_different(found[Role.EXAMPLE]),
        gaps=_gaps(work)[:LINES],
        sender=work.letter.sender,
    )


def _about(topic: str, register: Register) -> list[Entry]:
    """The statements about a topic: by its name in the vocabulary, or by all of its words."""
    named = {name for word in topic.split() for name in register.topics.named(word)}
    named |= {topic.strip().casefold()} & set(register.topics.names)
    asked = register.terms(topic)
    return [
        entry
        for entry in register.entries
        if named & set(entry.statement.topics)
        or (asked and asked <= register.terms(f"{entry.text}\n{entry.named}"))
    ]


_ASKED = (
    PointType.REQUEST,
    PointType.QUESTION,
    PointType.MISSING,
    PointType.CRITICISM,
    PointType.TEXT,
)


def _gaps(work: Work) -> tuple[Cited, ...]:
    """The points without an answer, what is asked first; each in the words of the letter."""
    letter = work.letter
    parts = (f"brief van {letter.sender}" if letter.sender else letter.name, letter.date)
    source = clean(", ".join(date_in_words(part) for part in parts if part))
    open_ones = [
        item.point
        for item in work.items
        if item.stance is Stance.NOTHING and item.point.type in _ASKED
    ]
    return tuple(
        Cited(clean(announced(without_marker(one.core_text))), source, kind=one.type.value)
        for one in sorted(open_ones, key=lambda one: _ASKED.index(one.type))
    )


def _different(lines: Iterable[Cited]) -> tuple[Cited, ...]:
    """The first lines that say something else than those before them."""
    chosen: list[Cited] = []
    for line in lines:
        words = set(line.text.lower().split())
        alike = (
            len(words & said) >= _ALIKE * min(len(words), len(said))
            for said in (set(one.text.lower().split()) for one in chosen)
        )
        if not any(alike):
            chosen.append(line)
        if len(chosen) == LINES:
            break
    return tuple(chosen)


class _TopicFinder:
    """Finds where a text names a topic."""

    def __init__(self, topic: str, register: Register) -> None:
        self._register = register
        self._words = register.terms(topic)
        self._named = {name for word in topic.split() for name in register.topics.named(word)}

    def __call__(self, text: str) -> int | None:
        """Offset of the first word that names it; None where no word does."""
        for word in re.finditer(r"[\w-]{3,}", text):
            named = set(self._register.topics.named(word[0]))
            if self._words & self._register.terms(word[0]) or self._named & named:
                return word.start()
        return None


def _ranked(entries: Sequence[Entry], place: _TopicFinder) -> list[Entry]:
    """What says the topic itself, soon and in a sentence, before the rest; the latest first.

    A catchword comes last: "Mantelzorg." tells a reader nothing. What a letter of answer says again
    of the letter before it is left out.
    """

    def rank(entry: Entry) -> tuple[bool, bool, bool, bool, bool, int]:
        text, at = entry.text, place(entry.text)
        tells = len(text.split()) >= _FEW
        whole = text[:1].isupper() and text[-1:] in ".!?;"
        soon = at is not None and at <= _EARLY and len(text) <= 2 * LONGEST
        implied = entry.statement.implied
        return (tells, at is not None, whole, soon, not implied, entry.statement.year or 0)

    kept = [entry for entry in entries if not _ADDRESSED.match(entry.text)]
    return sorted(kept, key=rank, reverse=True)


def _is_open(promise: Entry, register: Register) -> bool:
    """Whether no later document of the same thread reports on a promise."""
    thread = next((t for t in register.threads if promise in t), ())
    day = promise.home.document.date
    return not any(other.home.document.date > day for other in thread)


def _cited(entry: Entry, place: _TopicFinder, documents: Documents) -> Cited:
    quote = Quote(entry.passage, entry.statement.start, entry.statement.end)
    line = _line(quote, documents, entry.statement.kind.value)
    return replace(line, at=place(line.text) or 0)


def _line(quote: Quote, documents: Documents, kind: str = "") -> Cited:
    """A quote, checked, with where it stands."""
    citation = cite(quote, documents, number=1)
    title = shorten(short_title(citation.title), _LONGEST_TITLE)
    town = "" if citation.municipality in title else citation.municipality
    where = ", ".join(part for part in (title, town, position(citation)) if part)
    words = without_marker(" ".join(citation.quote.split())).replace("*", "").strip("_ ")
    return Cited(clean(words), clean(where), citation.municipality, kind)
