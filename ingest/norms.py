"""Statements in running text that nothing announces: the norms of a policy document.

"De gemeente stimuleert initiatieven van inwoners" is no item of a list and has no word such as
"uitgangspunt"; that it stands in an agenda, in the present tense and without a past or an example
around it, makes it one. The words are those of ``statements.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from ingest.documents import Document, Passage, PassageKind, StatementKind
from ingest.evaluations import is_apart, kinds_in_evaluation
from ingest.wording import PolicyWording, Wording, heads

_RUNNING = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST})


REMARK = 60
"""A sentence under this length belongs to a statement of the same kind before it; characters."""


LEAST_SHARE = 0.25
"""Smallest share of a joined statement that either of its sentences takes."""


LONGEST = 3_000
"""Characters of a sentence that are looked at; what is longer is no sentence."""
LEAST_WORDS = 5
"""An item of a list with fewer words, its marker included, is a name."""


class Voice(Enum):
    """Who speaks in a document."""

    SETS = auto()
    ANSWERS = auto()
    JUDGES = auto()
    OTHER = auto()


def voice_of(document: Document, wording: Wording) -> Voice:
    """Whether a document sets policy, answers advice, judges it or does neither.

    Args:
        document: Its kind decides, or its title where that is unknown.
        wording: The words to go by.
    """
    for named in (document.kind, document.title):
        if wording.policy.answers.search(named):
            return Voice.ANSWERS
        if wording.evaluation.judges.search(named):
            return Voice.JUDGES
        if wording.policy.binds.search(named):
            return Voice.OTHER
        if wording.policy.sets.search(named):
            return Voice.SETS
        if document.kind:
            break
    return Voice.OTHER


def find_norms(
    passage: Passage, voice: Voice, wording: Wording
) -> Iterator[tuple[int, int, StatementKind]]:
    """What the sentences of a passage are, those that are no statement left out.

    Args:
        passage: A passage; only running text and lists hold norms.
        voice: Who speaks in its document.
        wording: The words to go by.
    """
    if passage.kind not in _RUNNING or voice is Voice.OTHER:
        return
    if wording.defines.search(passage.lead_in):
        return
    words = wording.policy
    spans: list[tuple[int, int, StatementKind | None]]
    if voice is Voice.JUDGES:
        if is_apart(passage, wording.evaluation):
            return
        spans = list(kinds_in_evaluation(passage, wording))
    elif any(heads(heading, words.apart) for heading in passage.section):
        return
    else:
        spans = [(*span, _kind(passage, span, voice, words)) for span in passage.sentences]
    yield from join_leaning(passage, spans, words)


def join_leaning(
    passage: Passage, spans: Sequence[tuple[int, int, StatementKind | None]], words: PolicyWording
) -> Iterator[tuple[int, int, StatementKind]]:
    """Join each statement with a sentence right after it that leans on it, or is but a remark.

    What leans on a goal is part of the goal, whatever its own words.

    Args:
        passage: The passage that the sentences stand in.
        spans: Start, end and kind of its sentences in order; None for no statement.
        words: The words to go by.
    """
    last: tuple[int, int, StatementKind] | None = None
    joined = False
    for start, end, kind in spans:
        text = passage.cut(start, end)
        leans = bool(words.leaning.match(text))
        of_goal = last is not None and last[2] is StatementKind.GOAL
        if of_goal and kind is StatementKind.PRINCIPLE and words.goes_on.match(text):
            kind = StatementKind.GOAL
        close = leans or end - start < REMARK
        if last and kind is last[2] and close and not joined and _balanced(last, start, end):
            last, joined = (last[0], end, kind), True
            continue
        if last:
            yield last
        last, joined = ((start, end, kind) if kind else None), False
    if last:
        yield last


def _balanced(last: tuple[int, int, StatementKind], start: int, end: int) -> bool:
    """Whether neither of two neighbours would be lost in the length of the other."""
    return min(end - start, last[1] - last[0]) >= LEAST_SHARE * (end - last[0])


def _kind(
    passage: Passage, span: tuple[int, int], voice: Voice, words: PolicyWording
) -> StatementKind | None:
    text = " ".join(passage.cut(*span)[:LONGEST].split())
    if passage.kind is PassageKind.LIST and len(text.split()) < LEAST_WORDS:
        return None
    if text.endswith(":"):
        return None
    if voice is Voice.ANSWERS:
        return _kind_in_answer(text, words)
    return _kind_in_policy(text, passage, words)


def _kind_in_policy(text: str, passage: Passage, words: PolicyWording) -> StatementKind | None:
    if words.orders.match(text):
        return StatementKind.ASSIGNMENT
    if words.finds.search(text) and not text.endswith("?"):
        return StatementKind.FINDING
    if words.tells.search(text):
        return None
    if words.measures.search(text):
        return StatementKind.MEASURE
    if words.past.search(text):
        return None
    aims = any(heads(heading, words.aims) for heading in passage.section[-2:])
    about_people = words.people.match(text) and not words.owes.search(text)
    if words.reaches.search(text) or (aims and about_people):
        return StatementKind.GOAL
    if words.announces.search(text):
        return StatementKind.PROMISE
    if words.norms.search(text) or words.actors.match(text):
        return StatementKind.PRINCIPLE
    return None


def _kind_in_answer(text: str, words: PolicyWording) -> StatementKind | None:
    if words.tells.search(text):
        return None
    if words.holds.search(text):
        return StatementKind.PRINCIPLE
    if words.opinions.search(text):
        return StatementKind.REACTION
    if words.finds.search(text):
        return StatementKind.FINDING
    if words.measures.search(text):
        return StatementKind.MEASURE
    return None
