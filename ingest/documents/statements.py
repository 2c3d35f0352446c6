"""Policy statements, and what they are to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StatementKind(StrEnum):
    """The kinds of policy statement that the register keeps."""

    GOAL = "doel"
    INDICATOR = "indicator"
    PRINCIPLE = "uitgangspunt"
    MEASURE = "maatregel"
    RECOMMENDATION = "aanbeveling"
    REACTION = "reactie"
    PROMISE = "toezegging"
    ASSIGNMENT = "opdracht"
    FINDING = "bevinding"


@dataclass(frozen=True, slots=True)
class Statement:
    """One policy statement: a goal, an indicator, a recommendation, ...

    Attributes:
        document_id: The document it stands in.
        kind: What it is.
        start: Offset of its first character (its list marker excluded).
        end: Offset after its last character.
        text: Exactly ``document_text[start:end]``.
        number: Its number in its list ("3", "iv"), or "".
        theme: The theme, row or heading it stands under, or "".
        programme: The programme it belongs to ("MAG 2.0"), or "".
        year: Year of its programme where the text dates that, else of the document; None when
            both are unknown.
        implied: Whether only its wording in the running text of a policy document makes it one:
            no list, table, heading or word such as "uitgangspunt" says so.
        topics: Topics of its own words, from the vocabulary.
        theme_topics: Further topics that only its theme gives it.
    """

    document_id: str
    kind: StatementKind
    start: int
    end: int
    text: str
    number: str = ""
    theme: str = ""
    programme: str = ""
    year: int | None = None
    implied: bool = False
    topics: tuple[str, ...] = ()
    theme_topics: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Document id and offsets; stays the same as long as the document does."""
        return f"{self.document_id}:{self.start}-{self.end}"


class LinkKind(StrEnum):
    """What one statement is to another, as the register's readers see it."""

    MEASURES = "meet"
    ANSWERS = "antwoordt op"
    REPEATS = "herhaalt"
    SUCCEEDS = "volgt op"
    JUDGES = "beoordeelt"


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a thread: what one statement is to another.

    Attributes:
        kind: What the statement is to the other.
        target: Id of the other statement.
        why: The reason, in Dutch.
        sure: How sure it is, in (0, 1].
    """

    kind: LinkKind
    target: str
    why: str
    sure: float
