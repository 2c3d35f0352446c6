"""The records that flow between the stages, from a file on disk to an answer on the page.

Offsets rule everything: each document has one canonical text, and every page, section, passage,
statement and citation is a half-open span ``[start, end)`` of it, counted in characters.
This package imports nothing of ours.
"""

from ingest.documents.answers import (
    Answer,
    Citation,
    Coverage,
    Hit,
    Judged,
    Making,
    Plain,
    QuestionKind,
    Refusal,
    Reworded,
    Term,
    Turn,
)
from ingest.documents.document import (
    Document,
    IndexedDocument,
    Passage,
    PassageKind,
    Personal,
    PersonalKind,
    Section,
)
from ingest.documents.readings import Cell, Mark, MarkKind, Page, Reading
from ingest.documents.statements import Link, LinkKind, Statement, StatementKind

__all__ = [
    "Answer",
    "Cell",
    "Citation",
    "Coverage",
    "Document",
    "Hit",
    "IndexedDocument",
    "Judged",
    "Link",
    "LinkKind",
    "Making",
    "Mark",
    "MarkKind",
    "Page",
    "Passage",
    "PassageKind",
    "Personal",
    "PersonalKind",
    "Plain",
    "QuestionKind",
    "Reading",
    "Refusal",
    "Reworded",
    "Section",
    "Statement",
    "StatementKind",
    "Term",
    "Turn",
]
