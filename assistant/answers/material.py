"""What every way of answering works with, and the few habits that they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.citations import Line, Quote, merge, plain
from assistant.evidence import Sentence, SentenceScorer
from assistant.phrases import Phrases
from assistant.question import Question
from assistant.reading import QuestionReader
from assistant.register import Register
from assistant.scope import in_scope
from assistant.topic import Topic
from ingest.documents import Document, Hit, Passage, PassageKind, Statement, StatementKind
from ingest.index import Index
from ingest.sentences import sentences_within


@dataclass(frozen=True, slots=True)
class Material:
    """The evidence for one question.

    Attributes:
        question: As understood.
        index: The opened index.
        hits: Ranked passages, best first.
        sentences: Their scored sentences, best first.
        phrases: The fixed Dutch sentences.
        topic: What a list must be about.
        scorer: Scores sentences, and tells what a neighbour adds.
        reader: Takes a question apart that asks several things.
        within: Ids of the documents that may be searched.
        register: All policy statements of the index.
        search: Finds hits and sentences again within some documents, for comparisons.
    """

    question: Question
    index: Index
    hits: Sequence[Hit]
    sentences: Sequence[Sentence]
    phrases: Phrases
    topic: Topic
    scorer: SentenceScorer
    reader: QuestionReader
    within: frozenset[str]
    register: Register
    search: Callable[[Question, frozenset[str]], Material]

    @property
    def searched(self) -> tuple[str, ...]:
        """Ids of the documents that the question leaves and that may be searched, in order."""
        allowed = in_scope(self.question.scope, self.index.documents) & self.within
        return tuple(name for name in self.index.documents if name in allowed)

    def terms(self, text: str) -> frozenset[str]:
        """The terms of a text."""
        return self.scorer.terms(text)

    def parts(self) -> list[Material]:
        """The evidence for each thing that the question asks."""
        parts = self.reader.parts(self.question)
        if len(parts) == 1:
            return [self]
        return [self.search(part, frozenset()) for part in parts]


def source_name(document: Document) -> str:
    """A document as an answer names it: title, municipality, year and status.

    What was guessed of these stands behind "vermoedelijk".
    """
    about = {
        "municipality": document.municipality,
        "date": document.date[:4],
        "status": document.status,
    }
    known = [value for name, value in about.items() if value and name not in document.guessed]
    guessed = [value for name, value in about.items() if value and name in document.guessed]
    inside = ", ".join([*known, *(["vermoedelijk " + ", ".join(guessed)] if guessed else [])])
    return plain(f"{document.title} ({inside})" if inside else document.title)


def by_document(
    material: Material, quotes: Sequence[Quote], *, best_first: bool = False
) -> list[Line]:
    """Lines that give quotes under the name of their document.

    Args:
        material: The question with its evidence.
        quotes: The best first.
        best_first: Whether they keep that order; otherwise they stand in reading order.
    """
    lines: list[Line] = []
    for document_id in dict.fromkeys(quote.passage.document_id for quote in quotes):
        document = material.index.documents[document_id].document
        given = [quote for quote in quotes if quote.passage.document_id == document_id]
        own = merge(given)
        if best_first:
            own.sort(key=lambda quote: _rank(quote, given))
        name = material.phrases.say("bron", naam=source_name(document))
        if len(own) == 1:
            lines.append(Line(name, (own[0],)))
            continue
        lines.append(Line(name))
        lines += [Line("-", (quote,)) for quote in own]
    return lines


def whole_list(passage: Passage, material: Material) -> tuple[Passage, ...]:
    """All passages of the list that a passage is a part of, in reading order."""
    document = material.index.documents[passage.document_id]
    return tuple(
        other
        for other in document.passages
        if other.kind is PassageKind.LIST
        and (other.section, other.lead_in) == (passage.section, passage.lead_in)
    )


def _rank(merged: Quote, given: Sequence[Quote]) -> int:
    """The place of the first quote of a document that is a part of a merged one of it."""
    return next(n for n, quote in enumerate(given) if merged.start <= quote.start < merged.end)


def sentence_start(passage: Passage, statement: Statement) -> int:
    """Where the sentence begins that a promise stands in: "zal dit onderzoeken" has no subject."""
    if statement.kind is not StatementKind.PROMISE:
        return statement.start
    at = statement.start
    item = next((s for s in passage.sentences if s[0] <= at < s[1]), (at, at))
    # A short item of a list counts as one sentence, though it may hold several.
    starts = (start for start, _ in sentences_within(passage, *item))
    return max((start for start in starts if start <= at), default=at)
