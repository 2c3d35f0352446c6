"""An answer that comes in one body, handed on as the events of a stream.

Some servers and gateways take no notice of ``stream: true``: they send one JSON object, or one
event that holds all. LlamaIndex reads events, so that is what the whole is made into before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import httpx

_FIELD = re.compile(rb"(?:data|event|id|retry)?:")
"""How a line of a stream begins: https://html.spec.whatwg.org/multipage/server-sent-events.html"""
_DONE = re.compile(rb"data:\s*\[DONE\]")


class NoAnswerError(Exception):
    """A body that is neither a stream nor an answer; the text is its kind, as the server said."""


def as_events(response: httpx.Response) -> None:
    """Hook of a client: whatever way the answer comes, it is read as a stream of events.

    Reading it raises NoAnswerError where the body holds neither events nor a JSON object.
    """
    if response.request.method == "POST" and response.status_code == httpx.codes.OK:
        stream = response.stream
        if isinstance(stream, httpx.SyncByteStream):
            received = httpx.Response(200, headers=response.headers, stream=stream)
            response.stream = _Events(received)
            response.headers.pop("content-encoding", None)  # what is handed on is plain


class _Events(httpx.SyncByteStream):
    """A body as events; what is a stream already stays as it is, but for its whole pieces."""

    def __init__(self, received: httpx.Response) -> None:
        self._received = received

    def __iter__(self) -> Iterator[bytes]:
        beside: list[bytes] = []
        for line in _lines(self._received.iter_bytes()):
            if _DONE.match(line):
                # Not every server says in its last piece that it is the last.
                yield _event({"choices": [_ending({})]})
            if _FIELD.match(line):
                yield _piece(line) + b"\n"
            elif line:
                beside.append(line)
            else:
                yield b"\n"
        body = b"\n".join(beside)
        if body.strip():
            yield self._whole(body)

    def _whole(self, body: bytes) -> bytes:
        content = _json(body)
        if not isinstance(content, dict):
            raise NoAnswerError(self._received.headers.get("content-type", "").partition(";")[0])
        return _event(_as_piece(content))

    def close(self) -> None:
        self._received.close()


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Lines without their ends; of text only these ends count, for JSON may hold the others."""
    held = b""
    for part in parts:
        *lines, held = (held + part).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)
    if held:
        yield held


def _piece(line: bytes) -> bytes:
    """A line of a stream; of a whole answer in one event a piece is made."""
    if not line.startswith(b"data:") or b'"message"' not in line:
        return line
    content = _json(line.removeprefix(b"data:"))
    return _event(_as_piece(content)).rstrip() if isinstance(content, dict) else line


def _as_piece(content: dict[str, Any]) -> dict[str, Any]:
    """A whole answer as the one piece of a stream; what is something else, as it is."""
    choices = content.get("choices")
    if not isinstance(choices, list) or not all(isinstance(one, dict) for one in choices):
        return content
    return content | {
        "choices": [
            one | _ending(one["message"], one.get("finish_reason"))
            if isinstance(one.get("message"), dict) and not one.get("delta")
            else one
            for one in choices
        ]
    }


def _ending(delta: dict[str, Any], reason: object = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": reason or "stop"}


def _event(content: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(content).encode() + b"\n\n"


def _json(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
