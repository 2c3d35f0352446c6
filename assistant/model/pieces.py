"""The text of one answer as it comes in, and what may go wrong with it told in Dutch."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from queue import Empty, Queue

import httpx
import ollama
import openai
from llama_index.core.llms import LLM, ChatMessage, MessageRole
from llama_index.llms.ollama import Ollama
from llama_index.llms.openai_like import OpenAILike

from assistant.errors import ModelCancelledError, ModelError
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

LONGEST_ANSWER = 12_000
"""Most characters of an answer, for servers that do not keep to the tokens."""
PASSING = {408, 409, 429, 500, 502, 503, 504}
"""Statuses after which the same request may succeed."""
BEAT = 0.1
"""Seconds between two looks at whether the user still waits."""


class Pieces:
    """The text of one answer, read by a thread so that silence and cancelling are noticed."""

    def __init__(
        self,
        server: Server,
        messages: tuple[Message, ...],
        tokens: int,
        seconds: float,
        cancelled: threading.Event,
    ) -> None:
        """Prepare; ``begin`` asks."""
        self._server, self._messages = server, messages
        self._tokens, self._seconds, self._cancelled = tokens, seconds, cancelled
        self._read: Queue[str | Exception | None] = Queue()
        self._client: httpx.Client | ollama.Client | None = None
        self._first: str | None = ""

    def begin(self) -> None:
        """Ask, and wait for the first text.

        Raises:
            ModelError: If none comes.
        """
        threading.Thread(target=self._work, daemon=True).start()
        try:
            self._first = self._next()
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
        until = time.monotonic() + self._seconds
        while True:
            if self._cancelled.is_set():
                raise ModelCancelledError("De vraag is gestopt.")
            try:
                piece = self._read.get(timeout=BEAT)
            except Empty:
                if time.monotonic() > until:
                    raise ModelError(
                        f"Het taalmodel op {self._server.host} antwoordt niet op tijd."
                    ) from None
                continue
            if isinstance(piece, Exception):
                raise _told(piece, self._server) from piece
            return piece

    def _work(self) -> None:
        try:
            llm = self._llm()
            chat = [ChatMessage(role=MessageRole(m.role), content=m.text) for m in self._messages]
            said = ended = False
            for response in llm.stream_chat(chat):
                text = response.delta or ""
                said = said or bool(text.strip())
                ended = ended or _ends(response.raw)
                self._read.put(text)
            if not ended:
                raise ConnectionError
            if not said:
                raise _NothingSaidError
            self._read.put(None)
        # What a server sends runs through the libraries of three makers, which raise whatever
        # nonsense brings them to; it is told in the thread that waits.
        except Exception as error:  # noqa: BLE001
            self._read.put(error)

    def _llm(self) -> LLM:
        server = self._server
        if server.kind is Kind.OLLAMA:
            self._client = ollama.Client(
                host=server.url,
                timeout=httpx.Timeout(self._seconds, connect=CONNECT_SECONDS),
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
        self._client = http_client(server.url, key, self._seconds, server)
        llm = OpenAILike(
            model=server.model,
            api_base=server.url,
            # The library wants one; a server without a key passes it over.
            api_key=server.key or "geen",
            is_chat_model=True,
            context_window=server.context,
            max_tokens=self._tokens,
            temperature=0.0,
            max_retries=0,
            timeout=self._seconds,
            http_client=self._client,
        )
        return llm


def _ends(raw: object) -> bool:
    """Whether a server says that this is the last of its answer; one that is cut off does not."""
    if isinstance(raw, dict):
        return bool(raw.get("done"))
    choices = getattr(raw, "choices", None) or ()
    return any(choice.finish_reason for choice in choices)


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
    if isinstance(error, _NothingSaidError):
        return ModelError(f"Het taalmodel op {server.host} gaf een leeg antwoord.")
    return ModelError(f"Het taalmodel op {server.host} stuurt iets wat geen antwoord is.")


def passes(error: BaseException) -> bool:
    """Whether the same request may succeed a little later."""
    cause = error.__cause__ if isinstance(error, ModelError) else None
    if isinstance(cause, openai.APIStatusError | ollama.ResponseError):
        return cause.status_code in PASSING
    return isinstance(cause, openai.APIConnectionError | ConnectionError | httpx.HTTPError) and (
        not isinstance(cause, openai.APITimeoutError)
    )
