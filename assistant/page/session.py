"""What the page works with, and how it asks: without Gradio, so that it can be tested plainly."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from assistant.errors import AssistantError
from assistant.page import texts
from assistant.page.answers import AnswerStore, Running
from assistant.page.conversation import Exchange, history
from assistant.page.feedback import FeedbackFile
from assistant.page.intake import Intake
from assistant.phrases import Phrases, load_phrases
from assistant.plain import as_it_was, in_plain_dutch
from assistant.question import LONGEST_QUESTION
from assistant.register import Register
from assistant.wording import may_write, number_in_words
from ingest.documents import Answer, IndexedDocument, Turn
from ingest.errors import IngestError

if TYPE_CHECKING:
    from assistant.model.connection import Connection
    from assistant.model.fluent import FluentAssistant

SHOWN = 300
"""Most characters of a refused question that are shown back above its error."""

log = logging.getLogger(__name__)


class Asker(Protocol):
    """What the page needs of an assistant; ``ask`` is called from several threads."""

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents by id."""
        ...

    @property
    def register(self) -> Register:
        """All policy statements of the index."""
        ...

    def refresh(self) -> None:
        """Take in an index that was made meanwhile; raises IngestError when it cannot."""
        ...

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] | None = None,
    ) -> Answer:
        """Answer a question; raises AssistantError or IngestError."""
        ...


@dataclass(slots=True)
class PageParts:
    """What the page works with.

    Attributes:
        assistant: Answers the questions; None when there is no index to ask.
        feedback: Where verdicts are kept.
        notice: What users are told about the system that answers.
        problems: What went wrong while reading the documents, one sentence each.
        answers: The answers that were shown.
        opener: Opens an index that was made meanwhile; raises IngestError or AssistantError when
            it cannot.
        intake: Takes in what users add; None where nothing can be added.
        connection: The language model; None when none is to be connected.
        running: The answers that the model is writing now.
        phrases: The fixed Dutch sentences.
    """

    assistant: Asker | None
    feedback: FeedbackFile
    notice: str = texts.NOTICE_EXTRACTIVE
    problems: tuple[str, ...] = ()
    answers: AnswerStore = field(default_factory=AnswerStore)
    opener: Callable[[], Asker] | None = None
    intake: Intake | None = None
    connection: Connection | None = None
    running: Running = field(default_factory=Running)
    phrases: Phrases = field(default_factory=load_phrases)
    _fluent: FluentAssistant | None = field(default=None, repr=False)

    @property
    def fluent(self) -> FluentAssistant | None:
        """The assistant of now with the language model; None without either."""
        from assistant.engine import Assistant

        if self.connection is None or not isinstance(self.assistant, Assistant):
            return None
        from assistant.model.fluent import FluentAssistant  # its libraries take a second to load

        if self._fluent is None or self._fluent.assistant is not self.assistant:
            self._fluent = FluentAssistant(self.assistant, self.connection)
        return self._fluent

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents by id; empty without an index."""
        return self.assistant.documents if self.assistant else {}

    @property
    def register(self) -> Register | None:
        """All policy statements; None without an index."""
        return self.assistant.register if self.assistant else None

    def in_plain_dutch(self, answer: Answer) -> Answer:
        """An answer in plain Dutch: by the language model when there is one, else by rules."""
        if self.fluent is not None:
            return self.fluent.in_plain_dutch(answer)
        return in_plain_dutch(answer, self.documents, self.phrases)

    def refresh(self) -> None:
        """See the documents of an index that was made meanwhile.

        An index that cannot be opened is logged; the next question tells the user of it.
        """
        try:
            if self.assistant is not None:
                self.assistant.refresh()
            elif self.opener is not None:
                self.assistant = self.opener()
        except (AssistantError, IngestError) as problem:
            log.warning("%s", problem)
            if self.opener is not None:
                self.assistant = None  # what it still knows may have been removed


def check_question(question: str, chosen: Collection[str], parts: PageParts) -> str:
    """Say in Dutch why a question cannot be asked; "" when it can."""
    if parts.assistant is None:
        return texts.ERROR_NO_INDEX
    if not question.strip():
        return texts.ERROR_EMPTY
    if len(question) > LONGEST_QUESTION:
        return texts.ERROR_LONG.format(length=number_in_words(len(question)))
    return "" if chosen else texts.ERROR_NO_DOCUMENTS


def answer_question(
    question: str,
    earlier: Sequence[Exchange],
    chosen: Collection[str],
    parts: PageParts,
    plain: bool = False,
) -> Exchange:
    """Ask the assistant; an error becomes part of the exchange.

    Args:
        question: As the user typed it.
        earlier: The conversation so far.
        chosen: Ids of the documents to search.
        parts: What the page works with.
        plain: Whether the answer is to be in plain Dutch; here by rules, which takes no time.
    """
    error = check_question(question, chosen, parts)
    if error or parts.assistant is None:
        return Exchange(_shortened(question), error=error)
    documents = None if set(chosen) >= set(parts.documents) else tuple(chosen)
    try:
        answer = parts.assistant.ask(question.strip(), history(earlier), documents)
        if plain:
            answer = in_plain_dutch(answer, parts.documents, parts.phrases)
    except (AssistantError, IngestError) as problem:
        return Exchange(question, error=f"{problem} {texts.KEPT}")
    except Exception as problem:
        # Anything else is a fault of ours; the user still must not end at a dead page.
        log.exception("De vraag kon niet worden beantwoord")
        fault = texts.ERROR_UNEXPECTED.format(error=type(problem).__name__)
        return Exchange(question, error=fault)
    return Exchange(question, key=parts.answers.add(answer), answer=answer)


def answer_in_words(
    first: Exchange,
    earlier: Sequence[Exchange],
    chosen: Collection[str],
    parts: PageParts,
    plain: bool = False,
) -> Iterator[Exchange]:
    """Let the language model put an answer into words, while the first stands.

    Args:
        first: The exchange with the extractive answer.
        earlier: The conversation before it.
        chosen: Ids of the documents to search.
        parts: What the page works with.
        plain: Whether the answer is to be in plain Dutch.

    Returns:
        The exchange as it grows; nothing when there is no model, or nothing for it to do. The
        last has ``writing`` unset, unless its conversation was left.
    """
    fluent = parts.fluent
    if fluent is None or first.answer is None:
        return
    answer = as_it_was(first.answer)
    documents = None if set(chosen) >= set(parts.documents) else tuple(chosen)

    def grown(stopped: threading.Event) -> Iterator[Answer]:
        last = answer
        if may_write(answer):
            for last in fluent.improve(answer, history(earlier), documents, stopped):
                yield in_plain_dutch(last, parts.documents, parts.phrases) if plain else last
        if plain:
            yield from fluent.rewriter.rewrite(last, parts.documents, stopped)

    if may_write(answer) or (plain and first.answer.plain):
        yield from _watched(first, grown, fluent.connection.name, parts)


def in_other_words(last: Exchange, plain: bool, parts: PageParts) -> Iterator[Exchange]:
    """Put an answer that is shown into plain Dutch, or back into the words that it had.

    Args:
        last: The exchange with the answer.
        plain: Whether it is to be in plain Dutch.
        parts: What the page works with.

    Returns:
        The exchange as it changes; nothing when there is nothing to change. The last has
        ``writing`` unset, unless its conversation was left.
    """
    if last.answer is None or (last.answer.plain is not None) is plain:
        return
    before = as_it_was(last.answer)
    now = in_plain_dutch(before, parts.documents, parts.phrases) if plain else before
    if now.plain is None and plain:
        return
    parts.answers.replace(last.key, now)
    yield replace(last, answer=now)
    fluent = parts.fluent
    if plain and fluent is not None:
        yield from _watched(
            replace(last, answer=now),
            lambda stopped: fluent.rewriter.rewrite(before, parts.documents, stopped),
            fluent.connection.name,
            parts,
        )


def _watched(
    first: Exchange,
    grown: Callable[[threading.Event], Iterator[Answer]],
    model: str,
    parts: PageParts,
) -> Iterator[Exchange]:
    """An exchange as a model changes its answer; the first answer stands when that fails."""
    answer = first.answer
    yield replace(first, writing=model)
    with parts.running.one(first.key) as run:
        try:
            for answer in grown(run.stopped):
                if run.is_left:
                    return
                parts.answers.replace(first.key, answer)
                yield replace(first, answer=answer, writing=model)
        except (AssistantError, IngestError) as problem:
            log.warning("%s", problem)
            answer = first.answer
        except Exception:
            # A fault of ours must not cost the answer that was there already.
            log.exception("Het antwoord kon niet worden verwoord")
            answer = first.answer
    if answer is not None:
        parts.answers.replace(first.key, answer)
    yield replace(first, answer=answer)


def _shortened(question: str) -> str:
    return question if len(question) <= SHOWN else f"{question[:SHOWN]}…"
