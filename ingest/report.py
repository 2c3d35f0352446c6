"""What an ingestion tells: how far it is, and in the end what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

ADDED, REPLACED, UNCHANGED, REMOVED, FAILED, CANCELLED = (
    "nieuw",
    "vervangen",
    "ongewijzigd",
    "verwijderd",
    "mislukt",
    "afgebroken",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is.

    Attributes:
        done: Number of steps that are done.
        total: Number of steps; the same in every report of one run.
        document: File name that the last step was about; "" for the index as a whole.
        outcome: What became of it: one of `ADDED`, `REPLACED`, `UNCHANGED`, `REMOVED`, `FAILED`,
            `CANCELLED`, or "" for a step that is under way.
        page: Physical number of the page that is being read; 0 when no page is.
        pages: Number of pages of the document; 0 when unknown.
    """

    done: int
    total: int
    document: str = ""
    outcome: str = ""
    page: int = 0
    pages: int = 0


Follow = Callable[[Progress], None]
"""Is told how far an ingestion is; may raise `CancelledError`."""


class CancelledError(Exception):
    """Raised by who follows an ingestion: the document that is being read is not to be taken in."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did.

    Attributes:
        added: Ids of documents that are new.
        replaced: Ids of documents that were taken in again.
        unchanged: Ids of documents that were skipped.
        removed: Ids of documents that are no longer in the index.
        failed: File to message, for each that could not be taken in.
        notes: Remarks for the user, each a sentence.
        rebuilt: Why everything was made anew; "" when it was not.
        seconds: How long it took.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rebuilt: str = ""
    seconds: float = 0.0
