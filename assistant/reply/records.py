"""The records that flow from a letter to the reply to it.

Offsets count in the letter's own text, in characters, half-open. Points and the rest of the letter
do not overlap, and together they hold every character of it that is not white space.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.citations import Quote
from ingest.documents import Document

Span = tuple[int, int]


class PointType(StrEnum):
    """What a point of a letter does."""

    REQUEST = "verzoek"
    QUESTION = "vraag"
    CRITICISM = "kritiek"
    COMPLIMENT = "compliment"
    TEXT = "tekstvoorstel"
    MISSING = "ontbrekend onderwerp"


class Stance(StrEnum):
    """How policy stands to a point. The first is the college's to choose and is never proposed."""

    TAKEN_OVER = "overgenomen"
    POLICY = "staat al in beleid"
    PARTLY = "deels"
    DECLINED = "niet met reden"
    PROMISED = "wordt onderzocht of toegezegd"
    NOTHING = "niets gevonden"


class RestKind(StrEnum):
    """What a part of a letter is that is no point."""

    HEAD = "briefhoofd"
    SALUTATION = "aanhef"
    HEADING = "kop"
    INTRODUCTION = "inleiding"
    EXPLANATION = "toelichting"
    CLOSING = "afsluiting"
    COMMAND = "opdracht aan een computer"
    OTHER = "overig"


@dataclass(frozen=True, slots=True)
class Rest:
    """A part of the letter that is no point.

    Attributes:
        kind: What it is.
        start: Offset in the letter.
        end: Offset after it.
        text: Exactly ``letter_text[start:end]``.
    """

    kind: RestKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something in a letter that asks for an answer.

    Attributes:
        number: From 1, in the order of the letter.
        type: What it does.
        start: Offset in the letter.
        end: Offset after it.
        quote: Exactly ``letter_text[start:end]``.
        label: Its number as the letter prints it ("3", "a"), or "".
        heading: The heading above it in the letter, or "".
        core: Spans inside it of the sentences that make it a point.
        also: Spans of other places where the letter says the same.
        search: Words of the officer's own to search the documents for; "" for those of the point.
        before: What its paragraph in the letter says before it.
        after: What its paragraph in the letter says after it.
        types: The chance of each type as the letter was read, in the order of `PointType`; empty
            where nothing was estimated.
    """

    number: int
    type: PointType
    start: int
    end: int
    quote: str
    label: str = ""
    heading: str = ""
    core: tuple[Span, ...] = ()
    also: tuple[Span, ...] = ()
    search: str = ""
    before: str = ""
    after: str = ""
    types: tuple[float, ...] = ()

    def chances(self) -> tuple[float, ...]:
        """The chance of each type; 1 for its own where nothing was estimated or a person chose."""
        kinds = list(PointType)
        if self.types and kinds[self.types.index(max(self.types))] is self.type:
            return self.types
        return tuple(float(kind is self.type) for kind in kinds)

    @property
    def cores(self) -> tuple[str, ...]:
        """Its sentences that make it a point, each on one line."""
        spans = self.core or ((self.start, self.end),)
        return tuple(
            " ".join(self.quote[a - self.start : b - self.start].split()) for a, b in spans
        )

    @property
    def core_text(self) -> str:
        """These as one text."""
        return " ".join(self.cores)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was read.

    Attributes:
        name: Name of its file.
        text: Its text as the reader of its format gave it.
        sender: Who wrote it, or "".
        date: ISO date, or "".
        reference: The sender's own reference, or "".
        subject: What it says that it is about, or "".
        municipality: The municipality that it is addressed to, or "".
        points: In the order of the letter.
        rest: All else of the letter, in order.
        notices: What the user should know about it, each a Dutch sentence.
    """

    name: str
    text: str
    sender: str
    date: str
    reference: str
    subject: str
    municipality: str
    points: tuple[Point, ...]
    rest: tuple[Rest, ...]
    notices: tuple[str, ...] = ()


class Role(StrEnum):
    """What a quote does for the answer to a point."""

    POLICY = "beleid"
    ADVICE = "eerder advies"
    EARLIER = "eerder antwoord"
    PROMISE = "openstaande toezegging"
    FINDING = "bevinding"
    EXAMPLE = "voorbeeld van een andere gemeente"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote from the documents that bears on a point.

    Attributes:
        quote: The quote, a span of an indexed document.
        document: That document.
        role: What it does for the answer.
        support: Share of what the point is about that the quote and its headings say, in [0, 1].
        own: The same share for the quote alone.
        against: Whether it says that something is not, or not yet, so.
        bears: Whether it says enough of the point to bear on it; else it is only what lies nearest,
            and carries no stance.
        chance: Estimated chance that it bears on the point, in [0, 1]; 0 where none was estimated.
    """

    quote: Quote
    document: Document
    role: Role
    support: float
    own: float
    against: bool = False
    bears: bool = True
    chance: float = 0.0

    @property
    def text(self) -> str:
        """Its characters, as in the document."""
        return self.quote.passage.cut(self.quote.start, self.quote.end)


@dataclass(frozen=True, slots=True)
class Answered:
    """A point with what the documents say of it.

    Attributes:
        point: The point.
        evidence: Quotes, the best first: of the own municipality, then of others.
        stance: What is proposed.
        carried_by: The evidence that carries the stance; None for "niets gevonden".
        telling: How much the point tells of its subject; little means that the search had little
            to go by.
        about: The words that the documents were searched for, as the letter writes them.
        searched: Ids of the documents that were searched.
    """

    point: Point
    evidence: tuple[Evidence, ...]
    stance: Stance
    carried_by: Evidence | None
    telling: float
    about: tuple[str, ...]
    searched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """A letter with what the documents say of each of its points.

    Attributes:
        letter: The letter.
        municipality: The municipality that answers it, or "" when unknown.
        answers: One for each point, in order.
    """

    letter: Letter
    municipality: str
    answers: tuple[Answered, ...]
