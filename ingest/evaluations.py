"""Statements in the running text of documents that judge policy: evaluations, studies, monitors.

Such a text tells what the policy was, what was done and what came of it. Most of its sentences that
say anything are findings; those that say what was asked of somebody, wanted or done are not. What
tells of the study itself, the law or the money is no statement. The words are those of
``statements.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents import Passage, PassageKind, StatementKind
from ingest.wording import EvaluationWording, Wording, heads

LONGEST = 3_000
"""Characters of a sentence that are looked at; what is longer is no sentence."""
LEAST_WORDS = 4
"""A sentence of running text with fewer words says nothing."""


def is_apart(passage: Passage, words: EvaluationWording) -> bool:
    """Whether a passage tells of the study itself, the law or the money, by its headings."""
    return any(heads(h, words.apart) and not heads(h, words.concludes) for h in passage.section)


def kinds_in_evaluation(
    passage: Passage, wording: Wording
) -> Iterator[tuple[int, int, StatementKind | None]]:
    """What the sentences of a passage in an evaluation are.

    Args:
        passage: A passage, not one that `is_apart`.
        wording: The words to go by.

    Yields:
        Start, end and kind of each sentence in order; None for no statement.
    """
    before: StatementKind | None = None
    for start, end in passage.sentences:
        text = " ".join(passage.cut(start, end)[:LONGEST].split())
        kind = _kind_of_sentence(text, passage, wording)
        if before is StatementKind.FINDING and wording.evaluation.goes_on.search(text):
            kind = before
        yield start, end, kind
        before = kind


def _kind_of_sentence(text: str, passage: Passage, wording: Wording) -> StatementKind | None:
    words = wording.evaluation
    if words.method.search(text) or text.endswith(":"):
        return None
    concludes = _under(passage, words.concludes)
    if len(text.split()) < LEAST_WORDS:
        return StatementKind.FINDING if concludes and passage.kind is PassageKind.LIST else None
    told = _told(text, passage, wording)
    if told is not None:
        return told
    if concludes or words.shows.search(text):
        return StatementKind.FINDING
    if _under(passage, words.results) and words.sees.search(text):
        return StatementKind.FINDING
    for pattern, kind in (
        (words.aims, StatementKind.GOAL),
        (words.does, StatementKind.MEASURE),
        (words.holds, StatementKind.PRINCIPLE),
        (words.requires, StatementKind.PRINCIPLE),
    ):
        if pattern.search(text):
            return kind
    return None


def _under(passage: Passage, headings: re.Pattern[str]) -> bool:
    return any(heads(heading, headings) for heading in passage.section)


def _told(text: str, passage: Passage, wording: Wording) -> StatementKind | None:
    """What a sentence is that says so under any heading."""
    words = wording.evaluation
    if words.advises.search(text):
        return StatementKind.RECOMMENDATION
    assignment = wording.lists[StatementKind.ASSIGNMENT]
    passed_on = bool(passage.section) and heads(passage.section[-1], assignment)
    if words.assigns.search(text) or (passed_on and words.requires.search(text)):
        return StatementKind.ASSIGNMENT
    return None
