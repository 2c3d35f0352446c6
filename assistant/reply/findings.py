"""A letter goes in; its points with evidence and stance come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from assistant.opened import Opened
from assistant.reply.evidence import EvidenceFinder
from assistant.reply.letter import read_letter
from assistant.reply.records import Answered, Findings, Letter, Point, Stance
from assistant.reply.stance import stance_on
from ingest.documents import IndexedDocument

Progress = Callable[[int, int], None]
"""Called with the number of points that are done and that of all points."""


@runtime_checkable
class Searchable(Protocol):
    """What a letter needs of an assistant."""

    @property
    def opened(self) -> Opened:
        """The opened index with what searches over it, as it is now."""
        ...

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents, by id."""
        ...


def find_answers(
    assistant: Searchable,
    letter: Path,
    municipality: str = "",
    progress: Progress | None = None,
    name: str = "",
) -> Findings:
    """Read a letter and find what the documents say of each of its points.

    Args:
        assistant: The assistant over the indexed documents.
        letter: The file with the letter; it is not added to the index.
        municipality: The municipality that answers; "" for the one that the letter is addressed to.
        progress: Called after each point.
        name: What to call the file; its own name when "".

    Raises:
        ReadingError: If the file cannot be read.
        LetterError: If it holds no text.
    """
    opened = assistant.opened
    read = read_letter(letter, opened.register.municipalities, opened.scorer.terms, name)
    return answer_points(assistant, read, municipality, progress)


def answer_points(
    assistant: Searchable,
    letter: Letter,
    municipality: str = "",
    progress: Progress | None = None,
) -> Findings:
    """Find what the documents say of each point of a letter that was read.

    Args:
        assistant: The assistant over the indexed documents.
        letter: The letter.
        municipality: As for `find_answers`.
        progress: Called after each point.
    """
    answering = municipality or letter.municipality
    answer = answerer(assistant, answering)
    answers: list[Answered] = []
    for point in letter.points:
        answers.append(answer(point))
        if progress:
            progress(len(answers), len(letter.points))
    return Findings(letter, answering, tuple(answers))


def answerer(assistant: Searchable, municipality: str) -> Callable[[Point], Answered]:
    """What finds the evidence for a point and proposes a stance.

    Args:
        assistant: The assistant over the indexed documents.
        municipality: The municipality that answers, or "".
    """
    finder = EvidenceFinder(assistant.opened, municipality)
    searched = tuple(assistant.documents)

    def answer(point: Point) -> Answered:
        subject = finder.subject(point)
        evidence = finder.find(point, subject)
        stance, carried_by = stance_on(point, evidence, subject.telling)
        if point.search and carried_by is not None:
            # What answers the officer's words need not be all that the letter asks.
            stance = Stance.PARTLY
        return Answered(
            point, evidence, stance, carried_by, subject.telling, subject.words, searched
        )

    return answer
