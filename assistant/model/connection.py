"""The connection to the language model: text in, a stream of text out, or one clear error.

The model is asked through LlamaIndex. What a server may do wrong (be away, be busy, fall silent,
break off, send nonsense, never end) ends in a ``ModelError`` with a Dutch sentence.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import openai
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from assistant.errors import ModelCancelledError, ModelError
from assistant.model.azure import azure_server
from assistant.model.child import ChildServer
from assistant.model.parameters import Parameters
from assistant.model.pieces import Pieces, Waiting, passes
from assistant.model.prompts import Message
from assistant.model.server import Server, find_server, is_loopback
from assistant.model.thoughts import said
from ingest.settings import Settings

ATTEMPTS = 3
FIRST_WAIT = 0.5
LONGEST_WAIT = 10.0
ANSWER_TOKENS = 700
"""Most tokens of an answer; what is still running then is cut off."""
TOTAL = 5
"""An answer may take this many times the longest silence."""

NEVER = threading.Event()
"""For who cannot be cancelled."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast the model wrote last time.

    Attributes:
        first: Seconds until its first text.
        per_second: Pieces of text a second after that; a piece is about a token. 0 if unknown.
    """

    first: float
    per_second: float


@dataclass(slots=True)
class Connection:
    """A language model that can be asked; safe between threads.

    Attributes:
        settings: Of these the ones that begin with ``llm_`` are used.
        server: What was found; None until it could be reached.
        problem: Why it cannot be asked, in Dutch; "" when it can.
        speed: Of the last answer; None before the first.
        parameters: What the server was found to take beside the messages.
    """

    settings: Settings
    server: Server | None = None
    problem: str = ""
    speed: Speed | None = None
    parameters: Parameters = Parameters()
    _child: ChildServer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def check(self) -> Server:
        """Reach the server when it was not reached yet, or is served by a process that ended.

        Raises:
            ModelError: If it cannot be reached; ``problem`` says the same.
        """
        with self._lock:
            if self.server is not None and (self._child is None or self._child.runs):
                return self.server
            try:
                self.server = azure_server(self.settings) or find_server(
                    self.settings, self._child_url()
                )
            except ModelError as error:
                self.problem = str(error)
                raise
            self.problem, self.parameters = "", Parameters()
            return self.server

    def _child_url(self) -> str:
        if self.settings.llm_file is None:
            return ""
        if self._child is None or not self._child.runs:
            if self._child is not None:
                self._child.close()
            self._child = ChildServer.start(self.settings.llm_file, self.settings.llm_context)
        return self._child.url

    @property
    def name(self) -> str:
        """What the model is called in answers: its file's name, or the server's name for it."""
        if self.settings.llm_file is not None:
            return self.settings.llm_file.stem
        return self.server.model if self.server else self.settings.llm_model or "taalmodel"

    @property
    def failed(self) -> str:
        """What happens to a sentence that is not proven: "weglaten" or "doorhalen"."""
        return self.settings.llm_failed

    @property
    def second_check(self) -> bool:
        """Whether the model looks over what it wrote."""
        return self.settings.llm_second_check

    @property
    def temperature(self) -> str:
        """What is set against chance: "0", or "standaard" where the server takes no other."""
        return "0" if self.parameters.temperature else "standaard"

    @property
    def host(self) -> str:
        """The computer that the settings name; "" for a file."""
        return urlsplit(self.settings.llm_url).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether it runs on this very computer, so that nothing leaves it."""
        return not self.host or is_loopback(self.host)

    @property
    def place(self) -> str:
        """Where it runs, in Dutch."""
        return "deze computer" if self.is_here else self.host

    def close(self) -> None:
        """End the process that serves a file, if there is one."""
        with self._lock:
            if self._child is not None:
                self._child.close()
            self._child = self.server = None

    def forget(self) -> None:
        """Look for the server anew at the next question, as when the user asks for a test."""
        with self._lock:
            self.server = None

    def ask(self, messages: tuple[Message, ...], tokens: int = ANSWER_TOKENS) -> str:
        """The whole answer at once.

        Raises:
            ModelError: See ``stream``.
        """
        return said(self.stream(messages, NEVER, tokens))

    def stream(
        self,
        messages: tuple[Message, ...],
        cancelled: threading.Event = NEVER,
        tokens: int = ANSWER_TOKENS,
    ) -> Iterator[str]:
        """Ask the model, and give its text piece by piece.

        Args:
            messages: What is asked.
            cancelled: Set by who no longer waits.
            tokens: Most tokens of the answer.

        Returns:
            What it says, without what it thinks; see ``assistant.model.thoughts.spoken``.

        Raises:
            ModelError: If the model cannot be reached, keeps silent too long, breaks off, or
                sends what is no answer. What came before it must not be shown as an answer.
            ModelCancelledError: When ``cancelled`` was set.
        """
        server = self.check()
        try:
            yield from self._pieces(server, messages, cancelled, tokens)
        except ModelCancelledError:
            raise
        except ModelError as error:
            self.problem = str(error)
            raise
        self.problem = ""

    def _pieces(
        self,
        server: Server,
        messages: tuple[Message, ...],
        cancelled: threading.Event,
        tokens: int,
    ) -> Iterator[str]:
        seconds = self.settings.llm_seconds
        began = time.monotonic()
        waiting = Waiting(seconds, began + TOTAL * seconds, cancelled)

        def begin() -> Pieces:
            return self._begun(server, messages, tokens, waiting)

        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            retry=retry_if_exception(passes),
            sleep=_sleeper(cancelled),
            reraise=True,
        )
        first, count = 0.0, 0
        with closing(retrying(begin)) as pieces:
            for piece in pieces:
                count += 1
                now = time.monotonic() - began
                first = first or now
                yield piece
        took = time.monotonic() - began - first
        self.speed = Speed(first, count / took if took > 0 and count > 1 else 0.0)

    def _begun(
        self, server: Server, messages: tuple[Message, ...], tokens: int, waiting: Waiting
    ) -> Pieces:
        """An answer that has begun, asked for in the way that the server takes."""
        parameters = self.parameters
        while True:
            pieces = Pieces(server, messages, tokens, waiting, parameters)
            try:
                pieces.begin()
            except ModelError as error:
                other = parameters.after(error.__cause__)
                if other is None:
                    raise
                parameters = other
            else:
                self.parameters = parameters
                return pieces


def _wait(state: RetryCallState) -> float:
    """What the server asks for, or twice as long each time."""
    asked = ""
    cause = state.outcome.exception() if state.outcome else None
    if cause is not None and isinstance(cause.__cause__, openai.APIStatusError):
        asked = cause.__cause__.response.headers.get("retry-after", "")
    wait = float(asked) if asked.isdecimal() else FIRST_WAIT * 2 ** (state.attempt_number - 1)
    return min(wait, LONGEST_WAIT)


def _sleeper(cancelled: threading.Event) -> Callable[[float], None]:
    def sleep(seconds: float) -> None:
        cancelled.wait(seconds)

    return sleep
