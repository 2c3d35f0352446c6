"""An assistant whose answers a language model puts into words, checked sentence by sentence."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.checks.check import Checker
from assistant.engine import Assistant
from assistant.errors import ModelError
from assistant.model.connection import NEVER, Connection
from assistant.model.conversation import Conversation
from assistant.model.prompts import load_prompts
from assistant.model.rewriter import Rewriter
from assistant.model.writer import Writer
from assistant.register import Register
from ingest.documents import Answer, IndexedDocument, Turn


class FluentAssistant:
    """Answers as the assistant does, then in the model's words; safe between threads."""

    def __init__(self, assistant: Assistant, connection: Connection) -> None:
        """Tie an assistant to a model.

        Args:
            assistant: Finds the evidence, and answers without the model.
            connection: The model; it may be away.

        Raises:
            PhrasesError: If a prompt is missing, or its variables are not the declared ones.
        """
        prompts = load_prompts()
        self.connection = connection
        self.assistant = assistant
        checker = Checker(assistant.analyzer, assistant.embedder)
        self.writer = Writer(connection, prompts, assistant.phrases, checker)
        self.rewriter = Rewriter(connection, prompts, assistant.phrases, checker)
        self._conversation = Conversation(connection, prompts)

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents by id."""
        return self.assistant.documents

    @property
    def register(self) -> Register:
        """All policy statements of the index."""
        return self.assistant.register

    def refresh(self) -> None:
        """Take in an index that was made meanwhile; raises IngestError when it cannot."""
        self.assistant.refresh()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] | None = None,
    ) -> Answer:
        """Answer a question, and wait for the model; see ``answers``."""
        *_, last = self.answers(question, history, documents)
        return last

    def answers(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] | None = None,
        cancelled: threading.Event = NEVER,
    ) -> Iterator[Answer]:
        """Answer a question: first from the documents alone, then in the model's words.

        Args:
            question: As typed.
            history: Earlier turns of the conversation, oldest first.
            documents: Ids of the documents to search; None means all.
            cancelled: Set by who no longer waits.

        Returns:
            The extractive answer at once, whatever the model does; then the answer as it grows.
            The last is the one to keep.

        Raises:
            QuestionError: If the question is empty, only punctuation, or too long.
            CitationError: If a quote is not in its source; nothing is shown then.
        """
        first = self.assistant.ask(question, history, documents)
        yield first
        yield from self.improve(first, history, documents, cancelled)

    def in_plain_dutch(self, answer: Answer, cancelled: threading.Event = NEVER) -> Answer:
        """An answer in plain Dutch, rewritten by the model; see ``Rewriter.rewrite``."""
        *_, last = self.rewriter.rewrite(answer, self.documents, cancelled)
        return last

    def improve(
        self,
        first: Answer,
        history: Sequence[Turn] = (),
        documents: Collection[str] | None = None,
        cancelled: threading.Event = NEVER,
    ) -> Iterator[Answer]:
        """Put an extractive answer into the model's words; see ``answers``.

        Args:
            first: The answer without the model.
            history: Earlier turns of the conversation, oldest first.
            documents: Ids of the documents to search; None means all.
            cancelled: Set by who no longer waits.
        """
        whole = self._made_whole(first, history, documents, cancelled)
        if whole is not first:
            yield whole
        yield from self.writer.write(whole, self.documents, cancelled)

    def _made_whole(
        self,
        first: Answer,
        history: Sequence[Turn],
        documents: Collection[str] | None,
        cancelled: threading.Event,
    ) -> Answer:
        """The answer to the question as the model makes it whole, where that finds an answer."""
        try:
            question = self._conversation.whole(first.question, history, cancelled)
        except ModelError:
            return first  # the writer tells it, and why
        if question in {first.question, first.understood}:
            return first
        again = self.assistant.ask(question, (), documents)
        if again.abstained:
            return first
        return replace(
            again,
            question=first.question,
            understood=question,
            history=first.history,
            understood_by=self.connection.name,
        )
