"""The addresses beside Gradio's own: evidence, originals, saved answers, style and script."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from glob import escape as escape_pattern
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.export import to_docx
from assistant.export import to_markdown as answer_to_markdown
from assistant.page import texts
from assistant.page.choice import SHOWN
from assistant.page.choice import Query as RegisterQuery
from assistant.page.evidence import Place, empty_pane, evidence_html, is_there, places
from assistant.page.register import chosen, register_html, result_html, statement_html
from assistant.page.session import PageParts
from assistant.page.source import message_page, source_html
from assistant.register import Entry, Register
from assistant.saved import to_json
from assistant.tables import to_csv, to_markdown, to_xlsx
from ingest.documents import IndexedDocument

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


def routes(parts: PageParts, folders: Sequence[Path]) -> APIRouter:
    """The page's own addresses.

    Args:
        parts: What the page works with; only its documents, as they are then, are served.
        folders: Folders with the original files.
    """
    router = APIRouter()
    _add_answers(router, parts)
    _add_saved(router, parts)
    _add_sources(router, parts, folders)
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


def _add_sources(router: APIRouter, parts: PageParts, folders: Sequence[Path]) -> None:
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
        path = original_file(document, folders) if document else None
        if path is None:
            return _missing(texts.NOT_FOUND_FILE)
        # Only a PDF is shown, by the browser's own viewer; anything else might hold a script.
        shown = path.suffix.lower() == ".pdf"
        return FileResponse(
            path,
            media_type="application/pdf" if shown else "application/octet-stream",
            content_disposition_type="inline" if shown else "attachment",
            filename=path.name,
        )


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


def original_file(document: IndexedDocument, folders: Sequence[Path]) -> Path | None:
    """The very file that a document was read from.

    Args:
        document: The document.
        folders: Where it may lie; subfolders count as well.

    Returns:
        None when the document was inside another file, or its file is missing, has changed since,
        or lies (or points) elsewhere.
    """
    about = document.document
    if about.origin or not about.sha256:
        return None
    for folder in folders:
        for path in sorted(folder.rglob(escape_pattern(about.file))):
            whole = path.resolve()
            inside = whole.is_relative_to(folder.resolve()) and whole.is_file()
            if inside and _sha256(whole, *_stamp(whole)) == about.sha256:
                return whole
    return None


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=256)
def _sha256(path: Path, changed: int, size: int) -> str:
    """Hex digest of a file; a viewer asks for one in many pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _download(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _missing(text: str) -> HTMLResponse:
    return HTMLResponse(message_page(text), status_code=404)
