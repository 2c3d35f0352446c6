"""The addresses of the tab "Documenten": files come in, and orders are given.

An order must come from our own page: another site could make a browser send one here, but neither
with a header of its own nor under our name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.page import texts
from assistant.page.catalogue import documents_html
from assistant.page.document import MOST_BYTES, document_html, empty_document_html, progress_html
from assistant.page.intake import Intake
from assistant.page.session import PageParts
from assistant.wording import FIELD_NAMES
from ingest.documents import IndexedDocument
from ingest.errors import IngestError
from ingest.readers.limits import MEGABYTE

HEADER = "x-beleidswijzer"
LONGEST = 300
Text = Annotated[str, Query(max_length=1000)]


def document_routes(parts: PageParts) -> APIRouter:
    """The addresses with which documents are looked at, added, changed and taken out.

    Args:
        parts: What the page works with; without an intake nothing can be changed.
    """
    router = APIRouter(prefix="/documenten")
    _add_looking(router, parts)
    if parts.intake is not None:
        _add_orders(router, parts, parts.intake)
    return router


def _add_looking(router: APIRouter, parts: PageParts) -> None:
    @router.get("/lijst")
    def listed() -> HTMLResponse:
        parts.refresh()
        return HTMLResponse(documents_html(parts.documents))

    @router.get("/een")
    def one(id: Text = "") -> HTMLResponse:
        documents = parts.documents
        document = documents.get(id)
        if document is None:
            return HTMLResponse(empty_document_html(texts.NOT_FOUND_DOCUMENT))
        described = not document.document.guessed
        return HTMLResponse(document_html(document, documents, described=described))


def _add_orders(router: APIRouter, parts: PageParts, intake: Intake) -> None:
    @router.get("/stand")
    def state() -> HTMLResponse:
        return HTMLResponse(progress_html(intake, parts.documents))

    @router.post("/bestand")
    async def file(request: Request, naam: Text = "", vervangt: Text = "") -> Response:
        if not is_ours(request):
            return _refused(texts.NOT_ALLOWED, 403)
        try:
            place = intake.incoming()
            if not await _received(request, place):
                return _refused(texts.ADD_TOO_LARGE.format(most=MOST_BYTES // MEGABYTE), 413)
        except (IngestError, OSError) as error:
            return _refused(texts.ADD_FAILED.format(error=error), 507)
        upload = intake.add(place, naam, vervangt if vervangt in parts.documents else "")
        return JSONResponse({"sleutel": upload.key})

    @router.post("/opdracht")
    def order(request: Request, content: Annotated[dict[str, object], Body()]) -> Response:
        if not is_ours(request):
            return _refused(texts.NOT_ALLOWED, 403)
        given = {name: str(value)[:LONGEST] for name, value in content.items()}
        return _obey(given, parts, intake)


def _obey(given: dict[str, str], parts: PageParts, intake: Intake) -> Response:
    order, key = given.get("opdracht"), given.get("sleutel", "")
    document = parts.documents.get(key)
    if order == "annuleer":
        intake.cancel(key)
    elif order == "sluit":
        intake.dismiss(key)
    elif order == "wachtwoord":
        intake.unlock(key, given.get("wachtwoord", ""))
    elif document is None:
        return _refused(texts.NOT_FOUND_DOCUMENT, 404)
    elif order == "verwijder":
        intake.remove(document)
    elif order == "gegevens":
        intake.describe(document, _values(given, document))
    else:
        return _refused(texts.NOT_ALLOWED, 404)
    return JSONResponse({})


def _values(given: dict[str, str], document: IndexedDocument) -> dict[str, str]:
    """What a user filled in; a title cannot be left out."""
    values = {
        name: " ".join(given.get(name, "").split()) for name in FIELD_NAMES if given.get(name)
    }
    return {"title": document.document.title, **values}


async def _received(request: Request, place: Path) -> bool:
    """Write what comes in to disk; False, and nothing, when it is too large."""
    size = 0
    with place.open("wb") as stream:
        async for part in request.stream():
            size += len(part)
            if size > MOST_BYTES:
                break
            await run_in_threadpool(stream.write, part)
    if size > MOST_BYTES:
        place.unlink()
    return size <= MOST_BYTES


def _refused(why: str, status: int) -> Response:
    return JSONResponse({"fout": why}, status_code=status)


def is_ours(request: Request) -> bool:
    """Whether our own page sent a request."""
    origin = request.headers.get("origin")
    return (
        request.headers.get(HEADER) == "pagina"
        and (origin is None or urlsplit(origin).netloc == request.headers.get("host"))
        and request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    )
