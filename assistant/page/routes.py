"""The addresses beside Gradio's own: evidence, originals, saved answers, style and script."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.export import to_docx, to_markdown
from assistant.page import texts
from assistant.page.evidence import Place, empty_pane, evidence_html, is_there, places
from assistant.page.session import PageParts
from assistant.page.source import message_page, source_html
from ingest.documents import IndexedDocument

RESOURCES = Path(__file__).parent
RESOURCE_NAMES = frozenset({"page.js", "page.css", "source.css", "icon.svg"})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Offset = Annotated[int | None, Query(ge=0)]


def routes(parts: PageParts, corpus: Path) -> APIRouter:
    """The page's own addresses.

    Args:
        parts: What the page works with; only its documents, as they are then, are served.
        corpus: Folder with the original files.
    """
    router = APIRouter()
    _add_answers(router, parts)
    _add_sources(router, parts, corpus)

    @router.get("/middelen/{name}")
    def resource(name: str) -> Response:
        if name not in RESOURCE_NAMES:
            return _missing(texts.NOT_ALLOWED)
        return FileResponse(RESOURCES / name, headers={"Cache-Control": "no-cache"})

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

    @router.get("/antwoord/{key}.md")
    def markdown(key: str) -> Response:
        answer = answers.get(key)
        if answer is None:
            return _missing(texts.EVIDENCE_GONE)
        text = to_markdown(answer, datetime.now())
        return _download(text.encode(), "text/markdown; charset=utf-8", "antwoord.md")

    @router.get("/antwoord/{key}.docx")
    def docx(key: str) -> Response:
        answer = answers.get(key)
        if answer is None:
            return _missing(texts.EVIDENCE_GONE)
        return _download(to_docx(answer, datetime.now()), DOCX, "antwoord.docx")


def _add_sources(router: APIRouter, parts: PageParts, corpus: Path) -> None:
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
        path = original_file(document, corpus) if document else None
        if path is None:
            return _missing(texts.NOT_FOUND_FILE)
        return FileResponse(
            path,
            media_type="application/pdf",
            content_disposition_type="inline",
            filename=path.name,
        )


def original_file(document: IndexedDocument, corpus: Path) -> Path | None:
    """The PDF of a document, if it lies in the corpus folder itself.

    Returns:
        None when the document is no PDF, or its file is missing or lies (or points) elsewhere.
    """
    folder = corpus.resolve()
    path = (folder / document.document.file).resolve()
    if path.suffix.lower() != ".pdf" or path.parent != folder or not path.is_file():
        return None
    return path


def _download(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _missing(text: str) -> HTMLResponse:
    return HTMLResponse(message_page(text), status_code=404)
