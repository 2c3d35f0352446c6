"""A follow-up made whole by the model, from a conversation that fits into its context."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

from assistant.checks.lexis import stems
from assistant.errors import ModelError
from assistant.model.connection import NEVER, Connection
from assistant.model.prompts import LETTERS, Prompts
from assistant.model.thoughts import said
from assistant.question import LONGEST_QUESTION
from ingest.documents import Turn
from ingest.dutch.stopwords import QUESTION_WORDS, STOP_WORDS
from ingest.dutch.words import words

SHARE = 0.4
"""Share of the context that the conversation may fill."""
LONGEST_TURN = 600
"""Most characters of an answer: its beginning tells what it was about."""
LONGEST_EARLIER = 200
"""Most characters of a turn that is summarised: its question, and how its answer began."""
QUESTION_TOKENS = 80
SUMMARY_TOKENS = 160
_MARKER = re.compile(r"\s*\[\d+\]")


class Conversation:
    """Makes follow-ups whole; remembers the summaries of what came long before."""

    def __init__(self, connection: Connection, prompts: Prompts) -> None:
        """Take the model and what is said to it."""
        self._connection = connection
        self._prompts = prompts
        self._summaries: dict[tuple[Turn, ...], str] = {}
        self._lock = threading.Lock()

    def whole(
        self, question: str, history: Sequence[Turn], cancelled: threading.Event = NEVER
    ) -> str:
        """The question as it would be asked without the conversation.

        Args:
            question: As typed.
            history: Earlier turns, oldest first.
            cancelled: Set by who no longer waits.

        Returns:
            ``question`` itself when there was no conversation, or when the model does more than
            fill in what was said: only words of the conversation may be added.

        Raises:
            ModelError: If the model cannot be asked.
        """
        if not history:
            return question
        room = int(self._connection.check().context * SHARE * LETTERS)
        told = self._told(history, room, cancelled)
        messages = self._prompts["vervolgvraag"].fill(gesprek=told, vraag=question)
        whole = said(self._connection.stream(messages, cancelled, QUESTION_TOKENS))
        return self._accepted(whole, question, told)

    def _told(self, history: Sequence[Turn], room: int, cancelled: threading.Event) -> str:
        """The conversation in words: the last turns as they were, what came before summarised."""
        lines = [_line(turn) for turn in history]
        first = len(lines)
        left = room
        while first > 0 and len(lines[first - 1]) <= left:
            first -= 1
            left -= len(lines[first])
        if first == 0:
            return "\n".join(lines)
        recent = "\n".join(lines[first:]) or lines[-1][:room]
        return f"{self._summary(tuple(history[:first]), room, cancelled)}\n{recent}".strip()

    def _summary(self, turns: tuple[Turn, ...], room: int, cancelled: threading.Event) -> str:
        """What the earlier turns were about; made once for the same turns."""
        known = self._summaries.get(turns)
        if known is not None:
            return known
        told = "\n".join(_line(turn)[:LONGEST_EARLIER] for turn in turns)[-room:]
        messages = self._prompts["samenvatting"].fill(gesprek=told)
        try:
            summed = said(self._connection.stream(messages, cancelled, SUMMARY_TOKENS))
        except ModelError:
            if cancelled.is_set():
                raise
            summed = (
                ""  # the last turns say most; without the earlier ones it is as without a model
            )
        summary = " ".join(summed.split()) if _within(summed, told) else ""
        with self._lock:
            self._summaries = {turns: summary}
        return summary

    def _accepted(self, whole: str, question: str, told: str) -> str:
        lines = [line.strip(" \"'„”*") for line in whole.strip().splitlines() if line.strip()]
        if len(lines) != 1 or not lines[0].endswith("?") or len(lines[0]) > LONGEST_QUESTION:
            return question
        return lines[0] if _within(lines[0], f"{told}\n{question}") else question


def _line(turn: Turn) -> str:
    answer = " ".join(_MARKER.sub("", turn.answer).split())[:LONGEST_TURN]
    return f"Vraag: {' '.join(turn.question.split())}\nAntwoord: {answer}"


def _within(text: str, told: str) -> bool:
    """Whether every word that says something was said before."""
    known = stems(told)
    return all(
        stems(word) & known
        for word in words(text)
        if word not in STOP_WORDS and word not in QUESTION_WORDS
    )
