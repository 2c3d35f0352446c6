"""Advice and what answers it: in lists of advice, and point by point in letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.documents import Passage, PassageKind, StatementKind
from ingest.letters import is_greeting
from ingest.norms import join_leaning
from ingest.prose import END_MARKS, MARKER, Span, kind_of_sentence, said
from ingest.sentences import sentences_within
from ingest.wording import Wording

_QUOTED = re.compile(r"(?P<mark>[*_]{1,2})(?=\S).+?(?<=\S)(?P=mark)(?!\w)", re.DOTALL)
_QUOTED_WORDS = 4  # fewer words in italics are a name before the advice, not the advice
_LETTER = re.compile(r"\W*(?:geachte?|beste|aan de)\b", re.IGNORECASE)
_AND_WILL = re.compile(
    r"(?P<reaction>.*\b(?:over|overgenomen|eens))\s+en\s+"
    r"(?P<promise>(?:zal|zullen|willen|gaan|leggen|betrekken)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
# What a sentence of an answer may be besides a reaction.
_SAID_IN_ANSWER = frozenset({StatementKind.PROMISE, StatementKind.GOAL})


def advice_and_answer(passage: Passage, wording: Wording) -> Iterable[Span]:
    """A list of advice: each item's advice as a whole, and what answers it sentence by sentence."""
    for item in _marked_items(passage):
        answer = _answer_at(passage, item, wording)
        if is_greeting(passage.cut(*item[0])):
            return
        if wording.nothing.search(said(passage, *item[0])):
            continue
        for start, end in _whole(passage, item[:answer]):
            yield start, end, StatementKind.RECOMMENDATION
        answered: list[tuple[int, int, StatementKind | None]] = []
        for start, end in item[answer:]:
            if is_greeting(passage.cut(start, end)):
                break
            answered += _answer(passage, start, end, wording)
        yield from join_leaning(passage, answered, wording.policy)


def _whole(passage: Passage, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences of one item as one; what follows words without an end mark stands apart."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences:
        if spans and passage.cut(*spans[-1]).rstrip()[-1:] in END_MARKS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _answer(
    passage: Passage, start: int, end: int, wording: Wording
) -> Iterable[tuple[int, int, StatementKind | None]]:
    """What a sentence that answers is; "wij nemen dit over en zullen ..." is two statements."""
    both = _AND_WILL.match(passage.cut(start, end))
    if both:
        yield start, start + both.end("reaction"), StatementKind.REACTION
        yield start + both.start("promise"), end, StatementKind.PROMISE
    else:
        yield start, end, _kind_of_answer(said(passage, start, end), wording)


def _marked_items(passage: Passage) -> list[list[tuple[int, int]]]:
    """The sentences of each item of a list; what stands before the first marker is one too."""
    items: list[list[tuple[int, int]]] = []
    for first, last in passage.sentences:
        if not items or MARKER.match(passage.cut(first, last)):
            items.append([])
        # A short item counts as one sentence; advice and answer may share it.
        items[-1] += sentences_within(passage, first, last)
    return [item for item in items if item]


def _answer_at(passage: Passage, item: Sequence[tuple[int, int]], wording: Wording) -> int:
    """Which sentence of an item begins the answer; their number where none does.

    Advice may name who is to act ("Draag het college op om ..."): the sentence after the marker
    is never the answer.
    """
    marker = MARKER.match(passage.cut(*item[0]))
    reacting = [n for n, span in enumerate(item) if wording.reacts.search(said(passage, *span))]
    answer = next((n for n in reacting if n or not marker), len(item))
    if not marker or answer == len(item):
        return answer
    # Where the advice is quoted in italics and answered, the answer is all that follows.
    start = item[0][0] + marker.end()
    quoted = _QUOTED.match(passage.cut(start, item[-1][1]))
    if not quoted or len(quoted.group().split()) < _QUOTED_WORDS:
        return answer
    return next((n for n in range(1, answer) if item[n][0] >= start + quoted.end()), answer)


def letter_points(passages: Sequence[Passage], wording: Wording) -> dict[str, list[Span]]:
    """Advice and answer in letters: by passage id, what its sentences are.

    A section of a letter in which "u adviseert" or the like stands answers that point: the
    sentences that say it again are the advice, with those that go on about it ("Dit omdat ...");
    those after it are the reaction or a promise, up to the letter's greeting.
    """
    found: dict[str, list[Span]] = {}
    answering: tuple[str, ...] = ()
    for passage in passages:
        if passage.kind is PassageKind.FOOTNOTE:
            continue
        if not passage.section or not _LETTER.match(passage.section[0]):
            continue
        spans: list[Span] = []
        for start, end in passage.sentences:
            words = said(passage, start, end)
            advised = bool(spans) and spans[-1][2] is StatementKind.RECOMMENDATION
            if is_greeting(words):
                answering = ()
            elif wording.restates.search(words):
                answering = passage.section
                spans.append((start, end, StatementKind.RECOMMENDATION))
            elif advised and wording.leans.search(words) and not wording.reacts.search(words):
                spans.append((start, end, StatementKind.RECOMMENDATION))
            elif answering == passage.section and not wording.closes.search(words):
                kind = _kind_of_answer(words, wording)
                spans += [(start, end, kind)] if kind else []
        if spans:
            found[passage.id] = spans
    return found


def _kind_of_answer(words: str, wording: Wording) -> StatementKind | None:
    """What an answer's sentence is: a reaction, unless it says itself that it is something else."""
    if wording.asides.search(words) or wording.signposts.search(words):
        return None
    if wording.measured.search(words):
        return StatementKind.INDICATOR
    told = kind_of_sentence(words, wording)
    return told if told in _SAID_IN_ANSWER else StatementKind.REACTION
