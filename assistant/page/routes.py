"""The addresses beside Gradio's own: evidence, originals, saved answers, style and script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import quote as quoted

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.export import to_docx
from assistant.export import to_markdown as answer_to_markdown
from assistant.page import texts
from assistant.page.choice import SHOWN
from assistant.page.choice import Query as RegisterQuery
from assistant.page.evidence import Place, empty_pane, evidence_html, is_there, places
from assistant.page.originals import OriginalFiles
from assistant.page.register import chosen, register_html, result_html, statement_html
from assistant.page.session import PageParts
from assistant.page.source import message_page, source_html
from assistant.register import Entry, Register
from assistant.saved import to_json
from assistant.tables import to_csv, to_markdown, to_xlsx

RESOURCES = Path(__file__).parent
RESOURCE_NAMES = frozenset(
    {"page.js", "documents.js", "letters.js", "page.css", "source.css", "icon.svg"}
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CHOICE = 300
SAVED: Mapping[str, tuple[Callable[[Sequence[Entry], Register], str | bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, XLSX),
    "md": (to_markdown, "text/markdown; charset=utf-8"),
}
Offset = Annotated[int | None, Query(ge=0)]


def routes(parts: PageParts, originals: OriginalFiles) -> APIRouter:
    """The page's own addresses.

    Args:
        parts: What the page works with; only its documents, as they are then, are served.
        originals: Finds the original files.
    """
    router = APIRouter()
    _add_answers(router, parts)
    _add_saved(router, parts)
    _add_sources(router, parts, originals)
    _add_register(router, parts)

    @router.get("/middelen/{name}")
    def resource(name: str) -> Response:
        if name not in RESOURCE_NAMES:
            return _missing(texts.NOT_ALLOWED)
        return FileResponse(RESOURCES / name, headers={"Cache-Control": "no-cache"})

    @router.get("/favicon.ico")
    def icon() -> Response:
        # Browsers ask for it by themselves, before they have read where the icon is.
        return FileResponse(RESOURCES / "icon.svg", media_type="image/svg+xml")

    return router


def _add_answers(router: APIRouter, parts: PageParts) -> None:
    answers = parts.answers

    @router.get("/antwoord/{key}/bewijs/{number}")
    def evidence(key: str, number: int) -> HTMLResponse:
        answer, documents = answers.get(key), parts.documents
        found = places(answer, documents) if answer else ()
        if not 1 <= number <= len(found):
            return HTMLResponse(empty_pane(texts.EVIDENCE_GONE), status_code=404)
        if not is_there(found[number - 1], documents):
            return HTMLResponse(empty_pane(texts.EVIDENCE_RENEWED), status_code=404)
        place = Place(key, number, len(found), found[number - 1])
        return HTMLResponse(evidence_html(place, documents))


def _add_saved(router: APIRouter, parts: PageParts) -> None:
    answers = parts.answers

    @router.get("/antwoord/{key}.md")
    def markdown(key: str) -> Response:
        answer = answers.get(key)
        if answer is None:
            return _missing(texts.EVIDENCE_GONE)
        text = answer_to_markdown(answer, datetime.now())
        return _download(text.encode(), "text/markdown; charset=utf-8", "antwoord.md")

    @router.get("/antwoord/{key}.docx")
    def docx(key: str) -> Response:
        answer = answers.get(key)
        if answer is None:
            return _missing(texts.EVIDENCE_GONE)
        return _download(to_docx(answer, datetime.now()), DOCX, "antwoord.docx")

    @router.get("/antwoord/{key}.json")
    def saved(key: str) -> Response:
        answer = answers.get(key)
        if answer is None:
            return _missing(texts.EVIDENCE_GONE)
        content = to_json(answer, parts.documents, datetime.now(UTC))
        return _download(content.encode(), "application/json", "antwoord.json")

    @router.post("/antwoord/{key}/stop")
    def stop(key: str) -> Response:
        return Response(status_code=204 if parts.running.stop(key) else 404)


def _add_sources(router: APIRouter, parts: PageParts, originals: OriginalFiles) -> None:
    @router.get("/bron/{document_id}")
    def source(document_id: str, van: Offset = None, tot: Offset = None) -> HTMLResponse:
        documents = parts.documents
        document = documents.get(document_id)
        if document is None:
            return _missing(texts.NOT_FOUND_DOCUMENT)
        quote = (van, tot) if van is not None and tot is not None and van < tot else None
        everyone = [indexed.document for indexed in documents.values()]
        return HTMLResponse(source_html(document, quote, everyone))

    @router.get("/bron/{document_id}/bestand")
    def original(document_id: str) -> Response:
        document = parts.documents.get(document_id)
        found = originals.of(document.document) if document else None
        if found is None:
            return _missing(texts.NOT_FOUND_FILE)
        # Only a PDF is shown, by the browser's own viewer; anything else might hold a script.
        shown = found.name.lower().endswith(".pdf")
        media_type = "application/pdf" if shown else "application/octet-stream"
        how = "inline" if shown else "attachment"
        if found.path is not None:
            return FileResponse(
                found.path,
                media_type=media_type,
                content_disposition_type=how,
                filename=found.name,
            )
        headers = {"Content-Disposition": f"{how}; filename*=utf-8''{quoted(found.name)}"}
        return Response(found.content, media_type=media_type, headers=headers)


def _add_register(router: APIRouter, parts: PageParts) -> None:
    def shown(write: Callable[[Register, RegisterQuery], str], request: Request) -> HTMLResponse:
        register = parts.register
        if register is None:
            return HTMLResponse(f'<p class="bw-leeg">{texts.NO_DOCUMENTS}</p>')
        return HTMLResponse(write(register, _query(request)))

    @router.get("/doelen")
    def tab(request: Request) -> HTMLResponse:
        return shown(register_html, request)

    @router.get("/doelen/uitkomst")
    def result(request: Request) -> HTMLResponse:
        return shown(result_html, request)

    @router.get("/doelen/uitspraak")
    def statement(id: str = "") -> HTMLResponse:
        register = parts.register
        entry = register.by_id.get(id) if register else None
        if register is None or entry is None:
            return HTMLResponse(f'<p class="bw-leeg">{texts.REGISTER_GONE}</p>', status_code=404)
        return HTMLResponse(statement_html(entry, register))

    @router.get("/doelen.{form}")
    def saved(form: str, request: Request) -> Response:
        register = parts.register
        if register is None or form not in SAVED:
            return _missing(texts.NOT_ALLOWED)
        entries = chosen(register, _query(request))
        write, media_type = SAVED[form]
        content = write(entries, register)
        body = content.encode() if isinstance(content, str) else content
        return _download(body, media_type, f"doelen-en-afspraken.{form}")


def _query(request: Request) -> RegisterQuery:
    """The choice in an address; a name that is not known is passed over."""
    given = {
        name: value[:LONGEST_CHOICE]
        for name, value in request.query_params.items()
        if name in RegisterQuery.__slots__ and name != "tot"
    }
    most = request.query_params.get("tot", "")
    return RegisterQuery(**given, tot=int(most) if most.isdecimal() and len(most) < 7 else SHOWN)


def _download(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _missing(text: str) -> HTMLResponse:
    return HTMLResponse(message_page(text), status_code=404)
