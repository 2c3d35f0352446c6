"""One index with what reads, searches and scores over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evidence import SentenceScorer
from assistant.reading import QuestionReader
from assistant.register import Register
from assistant.retrieval import PassageRetriever
from ingest.documents import IndexedDocument
from ingest.index import Index


@dataclass(frozen=True, slots=True)
class Opened:
    """One index with what reads, searches and scores over it.

    It is replaced as a whole, so that an answer under way keeps to the index that it began with.
    """

    index: Index
    reader: QuestionReader
    retriever: PassageRetriever
    scorer: SentenceScorer
    register: Register

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents, by id."""
        return self.index.documents
