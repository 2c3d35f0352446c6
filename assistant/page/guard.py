"""What may leave and enter: an allow list of addresses, and headers that keep all on this machine.

Gradio brings more doors than this page needs (uploads, files, a proxy, API pages, run history) and
a start page in English with addresses of other sites. The doors are closed here; the start page is
made Dutch and clean, and only scripts that it held when it left may run.
"""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.page import texts
from assistant.page.source import message_page

# What Gradio 6.31's own page asks for, seen in the browser; all else of Gradio's is closed.
ALLOWED = re.compile(
    r"/(?:|favicon\.ico|theme\.css|(?:assets|static)/.+"
    r"|gradio_api/(?:queue/(?:join|data)|heartbeat/\w+|app_id|cancel|reset)"
    r"|bron/[^/]+(?:/bestand)?|middelen/[\w.]+"
    r"|documenten/(?:stand|lijst|een|bestand|opdracht)"
    r"|brieven/(?:bestand|blad|opdracht|[\w-]+\.(?:docx|odt|md|json|debat\.docx|debat\.pdf))"
    r"|doelen(?:/uitkomst|/uitspraak|\.(?:csv|xlsx|md))?"
    r"|api/(?:vraag|documenten|register)"
    r"|antwoord/[\w-]+(?:\.md|\.docx|\.json|/stop|/bewijs/\d{1,6}))"
)
SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)
FOREIGN = re.compile(
    rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*/?>|<link rel="manifest"[^>]*>', re.S
)
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Closes what is not needed and adds the headers; an ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 for a closed address, else pass on and clean what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reply = _Reply(send)
        if ALLOWED.fullmatch(scope["path"]) is None:
            closed = HTMLResponse(message_page(texts.NOT_ALLOWED), status_code=404)
            await closed(scope, receive, reply)
            return
        await self.app(scope, receive, reply)


class _Reply:
    """Passes a reply on with our headers; an HTML page is held back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if _header(message, b"content-type").startswith(b"text/html"):
                self._start = message
                return
            await self._send(_with_headers(message, {}))
        elif self._start is None:
            await self._send(message)
        else:
            await self._collect(message)

    async def _collect(self, message: Message) -> None:
        assert self._start is not None
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = clean_page(self._body)
        extra = {
            b"content-length": str(len(page)).encode(),
            b"content-security-policy": policy(script_hashes(page)).encode(),
        }
        await self._send(_with_headers(self._start, extra))
        await self._send({"type": "http.response.body", "body": page})


def clean_page(page: bytes) -> bytes:
    """Make a start page Dutch, and take out what names other sites."""
    return FOREIGN.sub(b"", page).replace(b'lang="en"', b'lang="nl"', 1)


def script_hashes(page: bytes) -> list[str]:
    """The sources for a Content-Security-Policy that allow exactly the page's inline scripts."""
    found = (base64.b64encode(hashlib.sha256(s).digest()).decode() for s in SCRIPT.findall(page))
    return [f"'sha256-{digest}'" for digest in found]


def policy(hashes: list[str]) -> str:
    """The Content-Security-Policy: everything from this machine, no inline script but these.

    Gradio's components build their templates with ``Function``, hence 'unsafe-eval'; it gives
    nothing to text on the page, since inline scripts and handlers stay forbidden. A page without
    inline scripts is one of our own, and those need no script at all.
    """
    scripts = " ".join(["'self'", "'unsafe-eval'", *hashes]) if hashes else "'none'"
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _header(message: Message, name: bytes) -> bytes:
    return next((bytes(v) for k, v in message["headers"] if k.lower() == name), b"")


def _with_headers(message: Message, extra: dict[bytes, bytes]) -> Message:
    ours = HEADERS | extra
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
    return {**message, "headers": [*kept, *ours.items()]}
