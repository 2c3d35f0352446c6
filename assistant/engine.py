"""The assistant: a question goes in, an answer with verified citations comes out.

read the question -> retrieve passages -> score sentences -> refuse or answer by kind
-> number and verify the citations
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from pydantic import ConfigDict, PrivateAttr

from assistant.answers.comparisons import answer_comparison
from assistant.answers.counts import answer_count
from assistant.answers.definitions import SHORT_FORM, answer_definition, is_defined
from assistant.answers.explanations import answer_explanation, says_otherwise
from assistant.answers.facts import answer_fact
from assistant.answers.headed import answer_headed_list
from assistant.answers.lists import answer_list
from assistant.answers.material import Material
from assistant.answers.overviews import answer_overview
from assistant.answers.reading_paths import answer_reading_path
from assistant.answers.recommendations import answer_recommendation
from assistant.citations import Draft, number_citations
from assistant.coverage import coverage_line, measure_coverage
from assistant.evidence import SentenceScorer
from assistant.kinds import Expected
from assistant.opened import Opened
from assistant.phrases import Phrases, load_phrases
from assistant.plain import in_plain_dutch
from assistant.question import Question
from assistant.reading import QuestionReader
from assistant.refusal import Refused, refuse, why_not
from assistant.register import Register
from assistant.retrieval import PassageRetriever, as_node
from assistant.scope import in_scope
from assistant.support import FIGURES
from assistant.topic import topic_of
from assistant.word_likeness import WordLikeness
from ingest.documents import (
    Answer,
    Hit,
    IndexedDocument,
    QuestionKind,
    Turn,
)
from ingest.dutch.analysis import Analyzer
from ingest.embeddings import Embedder, load_embedder, load_word_embedder
from ingest.index import Index
from ingest.settings import Settings
from ingest.topics import Topics

WAYS = {
    QuestionKind.FACT: answer_fact,
    QuestionKind.DEFINITION: answer_definition,
    QuestionKind.LIST: answer_list,
    QuestionKind.RECOMMENDATION: answer_recommendation,
    QuestionKind.COMPARISON: answer_comparison,
    QuestionKind.EXPLANATION: answer_explanation,
}


_ACCOUNTS = frozenset({QuestionKind.DEFINITION, QuestionKind.EXPLANATION, QuestionKind.FACT})
"""Kinds that a list under its own name answers better than sentences do."""


A_TERM = 2
"""Words of a question that may be a term alone: "wlz", "positieve gezondheid"."""


class Assistant(CustomQueryEngine):
    """Answers questions over an index; a LlamaIndex query engine, so it drops into any program."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    _opened: Opened = PrivateAttr()
    _phrases: Phrases = PrivateAttr()
    _analyzer: Analyzer = PrivateAttr()
    _embedder: Embedder = PrivateAttr()
    _settings: Settings | None = PrivateAttr()
    _topics: Topics = PrivateAttr()
    _lock: Any = PrivateAttr()

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        embedder: Embedder,
        phrases: Phrases,
        settings: Settings | None = None,
        words: WordLikeness | None = None,
        **options: Any,  # noqa: ANN401 - handed on to LlamaIndex
    ) -> None:
        """Make an assistant of its parts; `open` makes them from the settings.

        Args:
            index: The opened index.
            analyzer: The analyzer that made it.
            embedder: The model that made it.
            phrases: The fixed sentences.
            settings: To open the index again when it has been brought up to date meanwhile;
                None keeps the one given.
            words: Compares single words; None does that with the embedder, which must be static.
            **options: For LlamaIndex.
        """
        super().__init__(**options)
        self._analyzer, self._embedder = analyzer, embedder
        self._phrases, self._settings = phrases, settings
        self._words = words or WordLikeness(embedder)
        self._topics = Topics.load(analyzer, settings.topics if settings else None)
        self._lock = Lock()
        self._opened = self._over(index)

    def _over(self, index: Index) -> Opened:
        reader = QuestionReader(index, self._analyzer)
        retriever = PassageRetriever(index, self._analyzer, reader, self._words)
        scorer = SentenceScorer(index, self._analyzer, self._embedder, retriever, self._words)
        register = Register(index.documents, index.links, scorer.terms, self._topics)
        return Opened(index, reader, retriever, scorer, register)

    def refresh(self) -> None:
        """Open the index again when it has been brought up to date since it was opened.

        Raises:
            IngestError: If the new index cannot be opened.
        """
        if self._settings is None or not self.index.stale():
            return
        with self._lock:
            if self.index.stale():
                index = Index.open(self._settings, self._embedder, self._analyzer)
                self._opened = self._over(index)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        embedder: Embedder | None = None,
        analyzer: Analyzer | None = None,
    ) -> Assistant:
        """Open the index that the settings name.

        Args:
            settings: Where the index is, and with which model and lexicon it was made.
            embedder: The model when it is loaded already; None loads it.
            analyzer: The analyzer when it is loaded already; None loads it.

        Raises:
            IngestError: If the index or the embedding model cannot be opened.
            PhrasesError: If a sentence in prompts/ is missing or wrong.
        """
        analyzer = analyzer or Analyzer.load(settings.lexicon)
        embedder = embedder or load_embedder(settings)
        index = Index.open(settings, embedder, analyzer)
        words = WordLikeness(load_word_embedder(settings, embedder))
        return cls(index, analyzer, embedder, load_phrases(), settings, words)

    @property
    def index(self) -> Index:
        """The opened index."""
        return self._opened.index

    @property
    def opened(self) -> Opened:
        """The opened index with what searches over it, as it is now."""
        return self._opened

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents, by id."""
        return self._opened.documents

    @property
    def analyzer(self) -> Analyzer:
        """The Dutch analysis that the index was made with."""
        return self._analyzer

    @property
    def embedder(self) -> Embedder:
        """The embedding model that the index was made with."""
        return self._embedder

    @property
    def phrases(self) -> Phrases:
        """The fixed Dutch sentences of answers."""
        return self._phrases

    @property
    def register(self) -> Register:
        """Every policy statement of the index, with its thread."""
        return self._opened.register

    def custom_query(self, query_str: str) -> Response:
        """Answer as LlamaIndex asks; the answer itself is in the response's metadata."""
        answer = self.ask(query_str)
        nodes = [as_node(hit) for hit in answer.hits]
        return Response(answer.text, source_nodes=nodes, metadata={"answer": answer})

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] | None = None,
    ) -> Answer:
        """Answer a question.

        Args:
            question: As typed.
            history: Earlier turns of the conversation, oldest first.
            documents: Ids of the documents to search; None means all.

        Raises:
            QuestionError: If the question is empty, only punctuation, or too long.
            CitationError: If a quote is not in its source; nothing is shown then.
        """
        answer = self._asked(question, history, documents)
        chosen = None if documents is None else tuple(sorted(documents))
        return replace(answer, history=tuple(history), chosen=chosen)

    def _asked(
        self, question: str, history: Sequence[Turn], documents: Collection[str] | None
    ) -> Answer:
        began = time.perf_counter()
        self.refresh()
        opened = self._opened
        read = opened.reader.read(question, history)
        material = self._gather(opened, read, documents)
        # Both are answered from the register, whatever the passages that were found say.
        counted = answer_count(material)
        if counted.lines:
            return replace(self._answer(read, material, counted, began), fixed=True)
        for guide in (answer_overview(material), answer_reading_path(material)):
            if guide.lines:
                as_told = replace(read, kind=QuestionKind.EXPLANATION, expected=Expected.ANYTHING)
                return replace(self._answer(as_told, material, guide, began), fixed=True)
        refused = why_not(material)
        if refused and read.is_everyday and read.is_exact and read.expected not in FIGURES:
            # No such value; what people tell in everyday words may still be explained.
            read = replace(read, kind=QuestionKind.EXPLANATION, expected=Expected.ANYTHING)
            told = self._gather(opened, read, documents)
            if says_otherwise(told) and not why_not(told):
                material, refused = told, None
        if refused:
            return self._refusal(read, material, refused, began)
        draft = self._draft(read, material)
        if not draft.lines:
            return self._refusal(read, material, Refused(), began)
        return self._answer(read, material, draft, began)

    def in_plain_dutch(self, answer: Answer) -> Answer:
        """An answer in plain Dutch (B1), by rules; see ``assistant.plain.in_plain_dutch``."""
        return in_plain_dutch(answer, self.documents, self._phrases)

    def _draft(self, read: Question, material: Material) -> Draft:
        """The answer by the kind of question; a list under its own name before a mere account."""
        # "wlz" asks what it means only where the documents plainly say so.
        term = len(read.understood.split()) <= A_TERM and is_defined(material, SHORT_FORM)
        defined = term or (read.kind is QuestionKind.DEFINITION and is_defined(material))
        if read.kind in _ACCOUNTS and not read.is_exact and not defined:
            listed = answer_headed_list(material)
            if listed.lines:
                return listed
        if defined and read.kind is QuestionKind.EXPLANATION:
            return answer_definition(material)
        return WAYS[read.kind](material)

    def _answer(self, read: Question, material: Material, draft: Draft, began: float) -> Answer:
        """A draft with its citations verified and its coverage told."""
        documents = material.index.documents
        text, citations = number_citations(draft, documents)
        coverage = measure_coverage(citations, documents, material.searched)
        line = coverage_line(read, coverage, documents, self._phrases)
        return Answer(
            question=read.asked,
            understood=read.understood,
            text=f"{text}\n\n{line}" if line else text,
            citations=citations,
            abstained=False,
            reason=None,
            kind=read.kind,
            hits=_evidence_first(draft, material.hits),
            coverage=coverage,
            seconds=time.perf_counter() - began,
            closing=line,
        )

    def _gather(
        self, opened: Opened, question: Question, documents: Collection[str] | None
    ) -> Material:
        hits = opened.retriever.hits(question, documents)
        everything = frozenset(opened.documents)

        def search(narrowed: Question, within: frozenset[str]) -> Material:
            inside = within or everything
            if documents is not None:
                inside &= frozenset(documents)
            return self._gather(opened, narrowed, inside)

        return Material(
            question=question,
            index=opened.index,
            hits=hits,
            sentences=opened.scorer.score(question, hits),
            phrases=self._phrases,
            topic=topic_of(question, opened.retriever.importance, _given(opened, question)),
            scorer=opened.scorer,
            reader=opened.reader,
            within=everything if documents is None else frozenset(documents),
            register=opened.register,
            search=search,
        )

    def _refusal(
        self, read: Question, material: Material, refused: Refused, began: float
    ) -> Answer:
        documents = material.index.documents
        text, citations = number_citations(refuse(material, refused), documents)
        return Answer(
            question=read.asked,
            understood=read.understood,
            text=text,
            citations=citations,
            abstained=True,
            reason=refused.reason,
            kind=QuestionKind.NONE,
            hits=tuple(material.hits),
            coverage=measure_coverage((), documents, material.within),
            seconds=time.perf_counter() - began,
        )


def _given(opened: Opened, question: Question) -> frozenset[str]:
    """Terms that name the documents themselves, when the question narrows them down."""
    scope = question.scope
    if not scope.municipalities and len(scope.documents) != 1:
        return frozenset()
    titles = [
        opened.scorer.terms(f"{d.title} {d.body} {d.kind}")
        for d in (opened.documents[name].document for name in in_scope(scope, opened.documents))
    ]
    # What only one of several documents is about does choose among them.
    return frozenset.intersection(*titles) if titles else frozenset()


def _evidence_first(draft: Draft, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The ranked evidence: the passages that the answer quotes, then what else was found.

    A list or comparison looks further than the first search; what it found is evidence too.
    """
    found = {hit.passage.id: hit for hit in hits}
    best = max((hit.score for hit in hits), default=1.0)
    quoted = {
        quote.passage.id: found.get(quote.passage.id, Hit(quote.passage, best))
        for line in draft.lines
        for quote in line.quotes
    }
    rest = [hit for hit in hits if hit.passage.id not in quoted]
    return (*quoted.values(), *rest)
