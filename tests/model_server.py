"""A server that speaks OpenAI's protocol over real HTTP and says what a test's script tells it to.

A script is a function from the messages that were sent to the pieces of the answer. A piece is a
text, or one of the mishaps below. What was asked is kept in ``asked``.
"""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Status:
    """Answer with an HTTP status instead of text."""

    code: int
    headers: tuple = ()
    body: dict = field(default_factory=lambda: {"error": {"message": "zoals het script het wil"}})


@dataclass(frozen=True)
class Pause:
    """Keep silent; a server that is closed stops waiting."""

    seconds: float


@dataclass(frozen=True)
class Raw:
    """Send these very bytes."""

    content: bytes


@dataclass(frozen=True)
class Thought:
    """Send what the model thinks, in the field that reasoning parsers use."""

    text: str


@dataclass(frozen=True)
class End:
    """End the answer here, for this reason."""

    reason: str


@dataclass(frozen=True)
class Body:
    """Answer with one whole body, as a server does that does not stream."""

    kind: str
    text: str


class Hangup:
    """Close the connection in the middle of the answer."""


@dataclass
class ModelServer:
    script: object
    models: tuple = ("proefmodel",)
    context: int | None = 4096
    whole: bool = False  # whether the script is given the whole request
    asked: list = field(default_factory=list)
    bodies: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    @property
    def model(self):
        return self.server.model_server

    def do_GET(self):
        self.model.headers.append(dict(self.headers))
        if self.path == "/v1/models":
            entries = [{"id": name, "object": "model"} for name in self.model.models]
            if self.model.context:
                entries = [entry | {"max_model_len": self.model.context} for entry in entries]
            self._json({"object": "list", "data": entries})
        else:
            self._status(Status(404))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.headers.append(dict(self.headers))
        self.model.asked.append(body["messages"])
        self.model.bodies.append(body)
        pieces = iter(self.model.script(body if self.model.whole else body["messages"]))
        first = next(pieces, "")
        if isinstance(first, Status):
            self._status(first)
            return
        if isinstance(first, Body):
            self._body(first.kind, first.text.encode())
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            reason = "stop"
            for piece in (first, *pieces):
                if isinstance(piece, End):
                    reason = piece.reason
                    break
                if not self._send(piece):
                    return
            self._chunk({}, reason)
            self._event("[DONE]")
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked no longer waits

    def _send(self, piece):
        if isinstance(piece, Hangup):
            self.connection.shutdown(2)
            return False
        if isinstance(piece, Pause):
            self.model.closed.wait(piece.seconds)
        elif isinstance(piece, Raw):
            self.wfile.write(piece.content)
        elif isinstance(piece, Thought):
            self._chunk({"reasoning_content": piece.text}, None)
        else:
            self._chunk({"content": piece}, None)
        self.wfile.flush()
        return True

    def _chunk(self, delta, finish_reason):
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": int(time.time())}
        self._event(json.dumps(chunk | {"model": "proefmodel", "choices": [choice]}))

    def _event(self, data):
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _json(self, content):
        self._body("application/json", json.dumps(content).encode())

    def _body(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _status(self, status):
        body = json.dumps(status.body).encode()
        self.send_response(status.code)
        for name, value in status.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def model_server(script, **options):
    """Serve a script on a free loopback port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.model_server = ModelServer(script, **options)
    server.model_server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.model_server
    finally:
        server.model_server.closed.set()
        server.shutdown()
        thread.join()
        server.server_close()


def pieces_of(text, size=7):
    """A text as a model streams it: in pieces that keep to no word or marker."""
    return [text[at : at + size] for at in range(0, len(text), size)]


def user_text(messages):
    """What the user message of a request says."""
    return next(m["content"] for m in messages if m["role"] == "user")
