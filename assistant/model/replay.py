"""A saved answer made again: the model's own text of then, checked and written out anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.checks.check import Checker
from assistant.engine import Assistant
from assistant.errors import ModelError
from assistant.model.prompts import Message, load_prompts
from assistant.model.rewriter import Rewriter
from assistant.model.second import SECOND_CHECK
from assistant.model.server import USUAL_CONTEXT, Kind, Server
from assistant.model.thoughts import spoken
from assistant.model.writer import Writer
from assistant.saved import Replay, check_quotes
from ingest.documents import Answer, Turn


@dataclass(slots=True)
class Recorded:
    """What a model said once, in the place of the model; each text is said once more."""

    name: str
    place: str
    failed: str
    context: int
    said: list[str]
    temperature: str = "0"
    second_check: bool = False

    def check(self) -> Server:
        """A server that is as large as the one of then."""
        return Server(Kind.OPENAI, "", self.name, self.context)

    def stream(
        self, messages: tuple[Message, ...], cancelled: threading.Event, tokens: int = 0
    ) -> Iterator[str]:
        """What it said then, each time the next; raises ModelError when it said no more."""
        if not self.said:
            raise ModelError("Meer schreef het taalmodel toen niet.")
        yield from spoken([self.said.pop(0)])


def replay(record: Mapping[str, Any], assistant: Assistant) -> Replay:
    """Make a saved answer again over the documents of now.

    Args:
        record: As ``assistant.saved.load`` gives it.
        assistant: Over the documents of now.

    Raises:
        QuestionError: If its question is no question.
    """
    saved = record["answer"]
    lost, changed = check_quotes(record, assistant.documents)
    answer = _asked(record, assistant)
    checker = Checker(assistant.analyzer, assistant.embedder)
    parts = (load_prompts(), assistant.phrases, checker)
    making, plain = record["making"], saved.get("plain")
    if making and making["written"]:
        said = [text for text in (making["written"], making.get("looked_over", "")) if text]
        writer = Writer(_talker(making, said), *parts)
        *_, answer = writer.write(answer, assistant.documents)
    if plain and plain["model"]:
        said = [one["written"] for one in plain["sentences"] if one["written"] or one["problem"]]
        rewriter = Rewriter(_talker({"model": plain["model"]}, said), *parts)
        *_, answer = rewriter.rewrite(answer, assistant.documents)
    elif plain:
        answer = assistant.in_plain_dutch(answer)
    return Replay(
        question=saved["question"],
        quotes=len(saved["citations"]),
        lost=lost,
        changed=changed,
        same=answer.text == saved["answer"],
        text=answer.text,
    )


def _asked(record: Mapping[str, Any], assistant: Assistant) -> Answer:
    """The answer of now, in the conversation and over the documents of then."""
    saved, asked = record["answer"], record["asked"]
    if asked["understood_by"]:
        # A model made the question whole; its words of then stand for the conversation.
        return assistant.ask(saved["understood"], (), asked["documents"])
    history = [Turn(turn["question"], turn["answer"]) for turn in asked["history"]]
    return assistant.ask(saved["question"], history, asked["documents"])


def _talker(making: Mapping[str, Any], said: list[str]) -> Recorded:
    settings = making.get("settings", {})
    return Recorded(
        making["model"],
        making.get("place", ""),
        settings.get("llm_failed", "weglaten"),
        int(settings.get("llm_context", USUAL_CONTEXT)),
        said,
        second_check=SECOND_CHECK in settings,
    )
