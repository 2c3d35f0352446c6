"""A saved answer made again: the model's own text of then, checked and written out anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.checks.check import Checker
from assistant.engine import Assistant
from assistant.model.prompts import Message, load_prompts
from assistant.model.server import Kind, Server
from assistant.model.writer import Writer
from assistant.saved import Replay, check_quotes


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a model said once, in the place of the model."""

    name: str
    place: str
    failed: str
    context: int
    written: str

    def check(self) -> Server:
        """A server that is as large as the one of then."""
        return Server(Kind.OPENAI, "", self.name, self.context)

    def stream(
        self, messages: tuple[Message, ...], cancelled: threading.Event, tokens: int = 0
    ) -> Iterator[str]:
        """What it said then, whatever is asked."""
        yield self.written


def replay(record: Mapping[str, Any], assistant: Assistant) -> Replay:
    """Make a saved answer again over the documents of now.

    Args:
        record: As ``assistant.saved.load`` gives it.
        assistant: Over the documents of now.

    Raises:
        QuestionError: If its question is no question.
    """
    saved, making = record["answer"], record["making"]
    lost, changed = check_quotes(record, assistant.documents)
    answer = assistant.ask(saved["understood"])
    if making and making["written"]:
        told = Recorded(
            making["model"],
            making["place"],
            making["settings"]["llm_failed"],
            int(making["settings"]["llm_context"]),
            making["written"],
        )
        checker = Checker(assistant.analyzer, assistant.embedder)
        writer = Writer(told, load_prompts(), assistant.phrases, checker)
        *_, answer = writer.write(answer, assistant.documents)
    return Replay(
        question=saved["question"],
        quotes=len(saved["citations"]),
        lost=lost,
        changed=changed,
        same=answer.text == saved["answer"],
        text=answer.text,
    )
