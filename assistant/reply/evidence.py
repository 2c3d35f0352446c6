"""What the documents say of a point: the search of the assistant, laid over a whole letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.citations import Quote
from assistant.evidence import Sentence
from assistant.opened import Opened
from assistant.register import Entry
from assistant.reply.records import Evidence, Point, PointType, Role
from assistant.reply.search import PointSearch
from assistant.reply.stance import LIKELY, decides
from assistant.reply.subject import UNKNOWN, Subject, subject_of
from assistant.reply.wording import wording_for
from ingest.documents import Document, StatementKind
from ingest.wording import load_wording

OWN = 5
ANSWERS = 3
"""Sentences that answer an earlier advice that are taken at most."""
DECIDES = 0.3
EXAMPLES = 2
"""Quotes of the own municipality, and of others, that a point gets at most."""
LEAST_FIT = 0.36
"""Share of a point that a quote with its surroundings must say to bear on it. Measured on
tests/evaluation/letters."""
LEAST_EXAMPLE = 0.55
MEANT = 0.25
"""What likeness of meaning adds to what the words say, above a cosine that any text has."""
# A quote needs this share of the best one's fit to be shown beside it.
_NEARLY = 0.55
_POLICY = frozenset(
    {
        StatementKind.GOAL,
        StatementKind.INDICATOR,
        StatementKind.PRINCIPLE,
        StatementKind.MEASURE,
        StatementKind.ASSIGNMENT,
    }
)
_LONGEST_SAME = 0.75
_AGAINST = re.compile(
    r"\b(?:niet|geen|nog onvoldoende|nooit|echter|nauwelijks|zien (?:wij |we )?af|tekort|dreigt|"
    r"onvoldoende|onduidelijk)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"brief|reactie|beantwoording|zienswijze", re.IGNORECASE)


class EvidenceFinder:
    """Finds the evidence for the points of a letter in one opened index.

    Attributes:
        search: Finds and ranks the sentences.
    """

    def __init__(self, opened: Opened, municipality: str) -> None:
        """Take the index.

        Args:
            opened: The index with what searches over it.
            municipality: The municipality that answers; "" when none of the documents is its own.
        """
        self._opened = opened
        self._municipality = municipality
        self.search = PointSearch(opened, municipality)
        self._known = frozenset(opened.index.lexical.vocabulary)
        self._by_document: dict[str, list[Entry]] = {}
        for entry in opened.register.entries:
            self._by_document.setdefault(entry.statement.document_id, []).append(entry)

    def subject(self, point: Point) -> Subject:
        """What a point is about."""
        opened = self._opened
        return subject_of(
            point,
            opened.reader,
            opened.retriever.importance,
            self._known,
            opened.scorer.terms,
            wording_for(point.quote),
        )

    def find(self, point: Point, subject: Subject) -> tuple[Evidence, ...]:
        """The quotes that bear on a point: those of the own municipality first, the best first.

        Args:
            point: The point.
            subject: What it is about.

        Returns:
            Empty where no quote says enough of it.
        """
        own: Iterable[Evidence] = (
            replace(self._evidence(one.sentence, subject), chance=one.chance)
            for one in self.search.own(point, subject)
        )
        others = [self._evidence(one, subject) for one in self.search.others(subject)]
        if point.type is PointType.TEXT:
            quoting = self.search.quoting(point, subject.question)
            quotes = [self._evidence(one, subject) for one in quoting]
            own = [replace(one, support=max(one.support, LEAST_FIT)) for one in quotes] or own
        nearest = list(islice(_distinct(own), OWN))
        enough = _best(nearest, LEAST_FIT, OWN)
        bearing = [one for one in nearest if one in enough or one.chance >= LIKELY]
        kept = self._with_answers(bearing, subject)
        near = [replace(one, bears=False) for one in nearest if one not in bearing]
        left = [one for one in near if not any(_same(one, other) for other in kept)]
        return (*kept, *left, *_best(others, LEAST_EXAMPLE, EXAMPLES))

    def _evidence(self, sentence: Sentence, subject: Subject) -> Evidence:
        """A sentence as evidence, with how much of the point it says."""
        scorer, passage = self._opened.scorer, sentence.passage
        terms = scorer.terms
        own = subject.said_by(terms(sentence.text))
        around = subject.said_by(scorer.terms_around(passage, sentence.start, sentence.end))
        factor = UNKNOWN if subject.unknown else 1.0
        document = self._opened.documents[passage.document_id].document
        return Evidence(
            quote=Quote(passage, sentence.start, sentence.end),
            document=document,
            role=self._role(document, sentence.start, sentence.end),
            support=factor * (own + 0.5 * (around - own)) + MEANT * max(0.0, sentence.dense - 0.3),
            own=factor * subject.said_itself_by(terms(sentence.text)),
            against=_AGAINST.search(sentence.text) is not None,
        )

    def _role(self, document: Document, start: int, end: int) -> Role:
        if not self._municipality or document.municipality != self._municipality:
            return Role.EXAMPLE
        entry = self.entry_at(document.id, start, end)
        kind = entry.statement.kind if entry else None
        if entry and kind is StatementKind.PROMISE and self._is_open(entry):
            return Role.PROMISE
        if _ANSWERS.search(document.kind):
            return Role.ADVICE if kind is StatementKind.RECOMMENDATION else Role.EARLIER
        if self._sets_policy(document):
            return Role.FINDING if kind is StatementKind.FINDING else Role.POLICY
        listed = entry is not None and not entry.statement.implied and kind in _POLICY
        return Role.POLICY if listed else Role.FINDING

    def _sets_policy(self, document: Document) -> bool:
        """Whether a document sets policy itself; what others quote of it counts by its kind."""
        about = f"{document.kind} {document.title}"
        policy = load_wording().policy
        return policy.sets.search(about) is not None and "evaluatie" not in about.lower()

    def entry_at(self, document_id: str, start: int, end: int) -> Entry | None:
        """The statement of the register that a span of a document overlaps most; None for none."""
        overlapping = [
            (min(end, e.statement.end) - max(start, e.statement.start), e)
            for e in self._by_document.get(document_id, ())
            if e.statement.start < end and start < e.statement.end
        ]
        return max(overlapping, key=lambda pair: pair[0])[1] if overlapping else None

    def _is_open(self, promise: Entry) -> bool:
        """Whether no later document of the same thread reports on a promise."""
        thread = next((t for t in self._opened.register.threads if promise in t), ())
        day = promise.home.document.date
        return not any(other.home.document.date > day for other in thread)

    def _with_answers(self, found: Sequence[Evidence], subject: Subject) -> list[Evidence]:
        """Quotes with, after each that says again what was advised, the answer to that."""
        kept: list[Evidence] = []
        for one in found:
            for part in (one, *self._answers_to(one, subject)):
                if not any(_same(part, other) for other in kept):
                    kept.append(part)
        return kept[: OWN + ANSWERS]

    def _answers_to(self, advice: Evidence, subject: Subject) -> Iterator[Evidence]:
        """The sentences that answer a point of advice that an earlier letter says again."""
        if advice.role is not Role.ADVICE:
            return
        home, section = advice.document, advice.quote.passage.section
        after: list[Entry] = []
        for entry in self._by_document.get(home.id, ()):
            kind = entry.statement.kind
            if entry.statement.start < advice.quote.end or entry.passage.section != section:
                continue
            if kind is StatementKind.RECOMMENDATION and after:
                break
            if kind in {StatementKind.REACTION, StatementKind.PROMISE}:
                after.append(entry)
        said = {e.id: subject.said_by(self._opened.scorer.terms(e.text)) for e in after}
        telling = sorted(after, key=lambda e: -(said[e.id] + DECIDES * decides(e.text)))
        for entry in sorted(telling[:ANSWERS], key=lambda e: e.statement.start):
            start, end = entry.statement.start, entry.statement.end
            if entry.passage.start <= start < end <= entry.passage.end:
                yield replace(
                    advice,
                    quote=Quote(entry.passage, start, end),
                    role=self._role(home, start, end),
                    support=max(0.9 * advice.support, said[entry.id]),
                    own=said[entry.id],
                    against=_AGAINST.search(entry.text) is not None,
                )


def _best(found: Sequence[Evidence], least: float, most: int) -> list[Evidence]:
    """The quotes that say enough, in the order of the search, without what is said twice."""
    top = max((one.support for one in found), default=0.0)
    if top < least:
        return []
    enough = [one for one in found if one.support >= _NEARLY * top]
    leading = next((n for n, one in enumerate(enough) if one.support >= least), 0)
    return list(islice(_distinct(enough[leading:]), most))


def _distinct(found: Iterable[Evidence]) -> Iterator[Evidence]:
    """Quotes in their order, without what is said twice."""
    kept: list[Evidence] = []
    for one in found:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
            yield one


def _same(one: Evidence, other: Evidence) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words."""
    a, b = one.quote, other.quote
    if a.passage.document_id == b.passage.document_id and a.start < b.end and b.start < a.end:
        return True
    first, second = set(one.text.lower().split()), set(other.text.lower().split())
    return len(first & second) >= _LONGEST_SAME * len(first | second)
