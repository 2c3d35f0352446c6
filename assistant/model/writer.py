"""An answer in the model's words, sentence by sentence, as far as the evidence proves them.

The extractive answer is there before the model is asked, and stays when the model is away, refuses,
or writes too much that is not proven.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.checks.check import Checker, Problem
from assistant.errors import ModelCancelledError, ModelError
from assistant.model.connection import ANSWER_TOKENS, NEVER
from assistant.model.draft import Layout, Sentence, framed, judge
from assistant.model.exhibits import Exhibit, exhibits_of, quoted_by, shown_all, spread_of
from assistant.model.prompts import Message, Prompts
from assistant.model.second import SECOND_CHECK, TOKENS, TOKENS_EACH, asked, struck
from assistant.model.sentences import sentences_of
from assistant.model.talker import Talker
from assistant.model.thoughts import FORGET, said
from assistant.phrases import Phrases
from assistant.wording import MANY, count, may_write
from ingest.documents import Answer, IndexedDocument, Making, QuestionKind

REFUSES = "geen antwoord"
"""With these words, and nothing else, the model says that the evidence has no answer."""
MOST_FAILING = 0.5
"""Share of the model's text that may fail; with more, none of it is shown."""
# Their quotes belong together: what the model leaves out of such an answer is added again.
COMPLETE = frozenset({QuestionKind.LIST, QuestionKind.RECOMMENDATION, QuestionKind.COMPARISON})
SHAPES = {
    True: "Schrijf een lijst: elk punt op een eigen regel, die begint met '- ', met zijn nummer.",
    False: "Schrijf hoogstens vijf zinnen.",
}


@dataclass(slots=True)
class _Work:
    """What is known of one answer while it is written."""

    answer: Answer
    exhibits: tuple[Exhibit, ...]
    messages: tuple[Message, ...]
    documents: Mapping[str, IndexedDocument]
    began: float
    context: int
    tokens: int
    written: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    looked_over: str = ""
    unchecked: str = ""


class Writer:
    """Writes answers with a language model; safe between threads."""

    def __init__(
        self,
        connection: Talker,
        prompts: Prompts,
        phrases: Phrases,
        checker: Checker,
    ) -> None:
        """Take the parts.

        Args:
            connection: The model.
            prompts: What is said to it.
            phrases: The fixed Dutch sentences.
            checker: Checks what it writes.
        """
        self.connection = connection
        self.prompts = prompts
        self._phrases = phrases
        self._checker = checker

    @property
    def strikes(self) -> bool:
        """Whether a sentence that fails is shown struck through."""
        return self.connection.failed == "doorhalen"

    def write(
        self,
        answer: Answer,
        documents: Mapping[str, IndexedDocument],
        cancelled: threading.Event = NEVER,
    ) -> Iterator[Answer]:
        """Put an extractive answer into the model's words.

        Args:
            answer: The extractive answer; a refusal is never put to the model.
            documents: All documents by id.
            cancelled: Set by who no longer waits.

        Returns:
            The answer as far as it is written, after each sentence that is proven, then the whole.
            At least one; the last is the one to keep.
        """
        if not may_write(answer):
            yield answer
            return
        began = time.perf_counter()
        try:
            work = self._prepare(answer, documents, began)
        except ModelError as error:
            yield self._away(answer, str(error))
            return
        try:
            for _ in self._judged(work, cancelled):
                yield self._so_far(work)
            if self._is_second_checked(work):
                model = self.connection.name
                yield self._so_far(work, self._phrases.say("model_kijkt_na", model=model))
                self._look_over(work, cancelled)
        except ModelCancelledError:
            yield answer
        except ModelError as error:
            yield self._kept(work, self._phrases.say("model_weg", reden=str(error)))
        else:
            yield self._whole(work)

    def _prepare(
        self, answer: Answer, documents: Mapping[str, IndexedDocument], began: float
    ) -> _Work:
        context = self.connection.check().context
        tokens = min(ANSWER_TOKENS, context // 3)
        if _is_long(answer):
            exhibits = spread_of(answer, documents, context, tokens)
            messages = self.prompts["lijst"].fill(
                vraag=answer.understood,
                bewijs=shown_all(exhibits, documents),
                aantal=str(len(answer.citations)),
            )
        else:
            exhibits = exhibits_of(answer, documents, context, tokens)
            messages = self.prompts["antwoord"].fill(
                vraag=answer.understood,
                bewijs=shown_all(exhibits, documents),
                vorm=SHAPES[answer.kind in COMPLETE],
            )
        return _Work(answer, exhibits, messages, documents, began, context, tokens)

    def _judged(self, work: _Work, cancelled: threading.Event) -> Iterator[Sentence]:
        """The sentences that are proven, as they come; all are kept in the work."""

        def heard() -> Iterator[str]:
            for piece in self.connection.stream(work.messages, cancelled, work.tokens):
                if piece == FORGET:
                    work.written.clear()
                    work.sentences.clear()
                else:
                    work.written.append(piece)
                yield piece

        rules = " ".join(message.text for message in work.messages if message.role == "system")
        for written in sentences_of(heard()):
            if not written.numbers and written.text.endswith(":"):
                continue  # it leads in a list, and claims nothing that the items do not
            sentence = judge(written, work.exhibits, self._checker, work.documents, rules)
            work.sentences.append(sentence)
            if sentence.verdict.ok:
                yield sentence
        if len(work.sentences) > 1 and _is_cut_off(work.sentences[-1]):
            work.sentences.pop()  # where its tokens ran out; half a sentence says nothing

    def _is_second_checked(self, work: _Work) -> bool:
        """Whether the model is to look its sentences over: not where none is to be shown."""
        return self.connection.second_check and not _refuses(work) and not _fails(work)

    def _look_over(self, work: _Work, cancelled: threading.Event) -> None:
        """Take out what the model itself denies; the sentences stand in sight meanwhile.

        The rules proved them, so that waiting would only keep the reader waiting.
        """
        passed = [sentence for sentence in work.sentences if sentence.verdict.ok]
        messages = asked(self.prompts["nakijken"], passed, work.documents)
        tokens = TOKENS + TOKENS_EACH * len(passed)
        try:
            work.looked_over = said(self.connection.stream(messages, cancelled, tokens))
        except ModelCancelledError:
            raise
        except ModelError as error:
            work.unchecked = str(error)  # it can only make stricter: without it all stays
        work.sentences = struck(work.sentences, work.looked_over)

    def _so_far(self, work: _Work, note: str = "") -> Answer:
        layout = Layout(work.documents, self._phrases)
        return self._made(work, layout.text(work.sentences), layout, note)

    def _whole(self, work: _Work) -> Answer:
        model = self.connection.name
        if _refuses(work):
            return self._kept(work, self._phrases.say("model_weigert", model=model))
        if _fails(work):
            return self._kept(work, self._phrases.say("model_faalt", model=model))
        layout = Layout(work.documents, self._phrases, self.strikes)
        if _is_long(work.answer):
            parts = [layout.text(work.sentences)]
        elif work.answer.kind in COMPLETE:
            quoted = quoted_by(work.answer, work.exhibits, work.documents)
            parts = [layout.complete(work.sentences, quoted)]
        else:
            parts = [layout.text(work.sentences)]
        if work.answer.closing and not _is_long(work.answer):
            parts.append(work.answer.closing)
        return self._made(work, "\n\n".join(parts), layout, self._note(work))

    def _note(self, work: _Work) -> str:
        """What the reader is told of an answer that is shown."""
        say = self._phrases.say
        taken = [s.verdict.problem is Problem.SECOND for s in work.sentences if not s.verdict.ok]
        notes = []
        if _is_long(work.answer):
            notes.append(say("model_inleiding", model=self.connection.name))
        if taken.count(False):
            name = "model_doorgehaald" if self.strikes else "model_weggelaten"
            notes.append(say(name, aantal=count(taken.count(False), "zin", "zinnen")))
        if taken.count(True):
            notes.append(say("model_nam_terug", aantal=count(taken.count(True), "zin", "zinnen")))
        if work.unchecked:
            notes.append(say("model_keek_niet_na", reden=work.unchecked))
        return " ".join(notes)

    def _made(self, work: _Work, text: str, layout: Layout, note: str = "") -> Answer:
        answer = work.answer
        citations = layout.numbering.citations
        if _is_long(answer):
            # As running text, so that it is no part of the list that follows.
            frame = text.replace("\n- ", " ").removeprefix("- ")
            text, citations = framed(frame, citations, answer)
        return replace(
            answer,
            text=text,
            citations=citations,
            made_by=self.connection.name,
            seconds=answer.seconds + time.perf_counter() - work.began,
            making=self._making(work, note),
        )

    def _kept(self, work: _Work, note: str) -> Answer:
        """The extractive answer, with what became of the model's."""
        judged = self._making(work, note)
        hidden = tuple(replace(one, shown=False) for one in judged.judged)
        return replace(work.answer, making=replace(judged, judged=hidden))

    def _away(self, answer: Answer, reason: str) -> Answer:
        note = self._phrases.say("model_weg", reden=reason)
        return replace(answer, making=Making(self.connection.name, note=note))

    def _making(self, work: _Work, note: str) -> Making:
        used = ["lijst" if _is_long(work.answer) else "antwoord"]
        used += ["vervolgvraag"] if work.answer.understood_by else []
        second = {SECOND_CHECK: "aan"} if self.connection.second_check else {}
        used += ["nakijken"] if work.looked_over else []
        return Making(
            model=self.connection.name,
            place=self.connection.place,
            prompts={name: self.prompts[name].version for name in used},
            settings={
                "llm_context": str(work.context),
                "llm_failed": self.connection.failed,
                "temperature": self.connection.temperature,
            }
            | second,
            messages=tuple((m.role, m.text) for m in work.messages),
            written="".join(work.written),
            judged=tuple(sentence.judged for sentence in work.sentences),
            extractive=work.answer.text,
            note=note,
            looked_over=work.looked_over,
        )


def _is_long(answer: Answer) -> bool:
    """Whether the words of a model could only shorten an answer: its list stays as it is."""
    return len(answer.citations) > MANY


def _refuses(work: _Work) -> bool:
    words = " ".join("".join(work.written).lower().split()).strip(" .!*\"'")
    return words.startswith(REFUSES) and len(words) < 3 * len(REFUSES)


def _fails(work: _Work) -> bool:
    """Whether too much failed, or nothing that answers the question is cited."""
    shown = [s for s in work.sentences if s.verdict.ok]
    lengths = [len(s.written.text) for s in work.sentences]
    failing = sum(len(s.written.text) for s in work.sentences if not s.verdict.ok)
    answers = any(e.citation is not None for s in shown for e, _ in s.used)
    return not shown or not answers or failing > MOST_FAILING * sum(lengths)


def _is_cut_off(sentence: Sentence) -> bool:
    """Whether a sentence that is not proven ends in the middle."""
    return not sentence.verdict.ok and sentence.written.text[-1:] not in ".!?…:;)”\"'"
