"""The text of one answer as it comes in, and what may go wrong with it told in Dutch."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, Queue

import httpx
import ollama
import openai
from llama_index.core.llms import LLM, ChatMessage, MessageRole
from llama_index.llms.ollama import Ollama
from llama_index.llms.openai_like import OpenAILike

from assistant.errors import ModelCancelledError, ModelError
from assistant.model.events import NoAnswerError, as_events
from assistant.model.parameters import OnlyThoughtError, Parameters
from assistant.model.prompts import Message
from assistant.model.server import (
    CONNECT_SECONDS,
    Kind,
    Server,
    http_client,
    is_loopback,
    refused,
    unreachable,
)
from assistant.model.thoughts import FORGET, spoken

LONGEST_ANSWER = 12_000
"""Most characters of an answer, for servers that do not keep to the tokens."""
PASSING = {408, 409, 429, 500, 502, 503, 504}
"""Statuses after which the same request may succeed."""
BEAT = 0.1
"""Seconds between two looks at whether the user still waits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long an answer is waited for.

    Attributes:
        silence: Longest silence of the model, in seconds.
        until: When it must be done, by the monotonic clock; what only thinks sends signs of life.
        cancelled: Set by who no longer waits.
    """

    silence: float
    until: float
    cancelled: threading.Event


class Pieces:
    """The text of one answer, read by a thread so that silence and cancelling are noticed."""

    def __init__(
        self,
        server: Server,
        messages: tuple[Message, ...],
        tokens: int,
        waiting: Waiting,
        parameters: Parameters,
    ) -> None:
        """Prepare; ``begin`` asks.

        Args:
            server: The server.
            messages: What is asked.
            tokens: Most tokens that the model may say.
            waiting: How long to wait.
            parameters: What the server takes beside the messages.
        """
        self._server, self._waiting, self._parameters = server, waiting, parameters
        self._messages = parameters.messages(messages)
        self._tokens = parameters.tokens(messages, tokens, server.context)
        self._read: Queue[str | Exception | None] = Queue()
        self._client: httpx.Client | ollama.Client | None = None
        self._first: str | None = ""
        self._ended = ""

    def begin(self) -> None:
        """Ask, and wait for the first text.

        Raises:
            ModelError: If none comes.
        """
        threading.Thread(target=self._work, daemon=True).start()
        try:
            while self._first is not None and not self._first.strip():
                piece = self._next()
                self._first = None if piece is None else self._first + piece
        except ModelError:
            self.close()
            raise

    def __iter__(self) -> Iterator[str]:
        """The text, piece by piece; raises ModelError when it breaks off."""
        piece, length = self._first, 0
        while piece is not None:
            length += len(piece)
            if length > LONGEST_ANSWER:
                raise ModelError(
                    f"Het taalmodel op {self._server.host} houdt niet op met schrijven."
                )
            if piece:
                yield piece
            piece = self._next()

    def close(self) -> None:
        """Stop reading; a server that was still writing notices."""
        client = self._client
        if isinstance(client, httpx.Client):
            client.close()
        elif client is not None:
            client._client.close()

    def _next(self) -> str | None:
        """The next piece; None at the end."""
        silent = time.monotonic() + self._waiting.silence
        while True:
            now = time.monotonic()
            if self._waiting.cancelled.is_set():
                raise ModelCancelledError("De vraag is gestopt.")
            if now > self._waiting.until:
                raise ModelError(f"Het taalmodel op {self._server.host} is te lang bezig.")
            if now > silent:
                raise ModelError(f"Het taalmodel op {self._server.host} antwoordt niet op tijd.")
            try:
                piece = self._read.get(timeout=BEAT)
            except Empty:
                continue
            if isinstance(piece, Exception):
                raise _told(piece, self._server) from piece
            return piece

    def _work(self) -> None:
        try:
            said = False
            for text in spoken(self._received()):
                said = text != FORGET and (said or bool(text.strip()))
                self._read.put(text)
            if not self._ended:
                raise ConnectionError
            if not said:
                raise OnlyThoughtError if self._ended in _CUT_OFF else _NothingSaidError
            self._read.put(None)
        # What a server sends runs through the libraries of three makers, which raise whatever
        # nonsense brings them to; it is told in the thread that waits.
        except Exception as error:  # noqa: BLE001
            self._read.put(error)

    def _received(self) -> Iterator[str]:
        """What the server sends; thoughts in a field of their own come as empty pieces."""
        chat = [ChatMessage(role=MessageRole(m.role), content=m.text) for m in self._messages]
        for response in self._llm().stream_chat(chat):
            self._ended = self._ended or _ends(response.raw)
            yield response.delta or ""

    def _llm(self) -> LLM:
        server = self._server
        if server.kind is Kind.OLLAMA:
            self._client = ollama.Client(
                host=server.url,
                timeout=httpx.Timeout(self._waiting.silence, connect=CONNECT_SECONDS),
                headers={"Authorization": f"Bearer {server.key}"} if server.key else {},
                follow_redirects=False,
                trust_env=not is_loopback(server.host),
            )
            llm: LLM = Ollama(
                model=server.model,
                base_url=server.url,
                temperature=0.0,
                context_window=server.context,
                client=self._client,
                is_function_calling_model=False,
                thinking=False,
                additional_kwargs={"num_predict": self._tokens},
            )
            return llm
        azure = server.kind is Kind.AZURE
        key = server.key if azure else ""  # the library adds a bearer itself
        self._client = http_client(server.url, key, self._waiting.silence, server)
        self._client.event_hooks["response"].append(as_events)
        llm = OpenAILike(
            model=server.model,
            api_base=server.url,
            # The library wants one; a server without a key passes it over.
            api_key=server.key or "geen",
            is_chat_model=True,
            context_window=server.context,
            temperature=0.0,
            additional_kwargs=self._parameters.sent(self._tokens),
            max_retries=0,
            timeout=self._waiting.silence,
            http_client=self._client,
        )
        return llm


_CUT_OFF = {"length", "max_tokens"}


def _ends(raw: object) -> str:
    """Why a server says that its answer ends here; "" when more is to come."""
    if isinstance(raw, dict):
        return str(raw.get("done_reason") or "stop") if raw.get("done") else ""
    choices = getattr(raw, "choices", None) or ()
    return next((str(choice.finish_reason) for choice in choices if choice.finish_reason), "")


class _NothingSaidError(Exception):
    """The server ended its answer without a word."""


def _told(error: Exception, server: Server) -> ModelError:
    """An error of the libraries as one of ours, in Dutch; the key is in none of them."""
    if isinstance(error, openai.APIStatusError | ollama.ResponseError):
        return ModelError(refused(server.url, error.status_code))
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelError(unreachable(server.url, httpx.ReadTimeout("")))
    if isinstance(error, httpx.HTTPError | openai.APIConnectionError | ConnectionError):
        return ModelError(f"De verbinding met het taalmodel op {server.host} is verbroken.")
    if isinstance(error, OnlyThoughtError):
        return ModelError(f"Het taalmodel op {server.host} denkt te lang na voor een antwoord.")
    if isinstance(error, _NothingSaidError):
        return ModelError(f"Het taalmodel op {server.host} gaf een leeg antwoord.")
    if isinstance(error, NoAnswerError):
        kind = f" ({error})" if str(error) else ""
        return ModelError(
            f"De server {server.host} stuurt iets wat geen antwoord van een taalmodel is{kind}. "
            "Controleer llm_url."
        )
    return ModelError(f"Het taalmodel op {server.host} stuurt iets wat geen antwoord is.")


def passes(error: BaseException) -> bool:
    """Whether the same request may succeed a little later."""
    cause = error.__cause__ if isinstance(error, ModelError) else None
    if isinstance(cause, openai.APIStatusError | ollama.ResponseError):
        return cause.status_code in PASSING
    return isinstance(cause, openai.APIConnectionError | ConnectionError | httpx.HTTPError) and (
        not isinstance(cause, openai.APITimeoutError)
    )
