"""The page as an application that a server can run."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.page import texts
from assistant.page.api import api_routes
from assistant.page.document_routes import document_routes
from assistant.page.events import AT_ONCE, connect, keep_up
from assistant.page.guard import Guard
from assistant.page.layout import (
    place_ask,
    place_documents,
    place_header,
    place_letter,
    place_model,
    place_register,
)
from assistant.page.letter_routes import letter_routes
from assistant.page.originals import OriginalFiles
from assistant.page.routes import routes
from assistant.page.session import PageParts
from assistant.page.style import page_theme

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


def build_page(parts: PageParts) -> gr.Blocks:
    """Build the Gradio page; nothing is served yet."""
    page = gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True)
    with page:
        place_header(parts)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(texts.TAB_ASK, id="vragen") as asking:
                widgets = place_ask(parts)
            with gr.Tab(texts.TAB_REGISTER, id="doelen"):
                place_register()
            with gr.Tab(texts.TAB_LETTER, id="brieven"):
                place_letter(parts)
            with gr.Tab(texts.TAB_DOCUMENTS, id="documenten"):
                listed = place_documents(parts)
            with gr.Tab(texts.TAB_MODEL, id="taalmodel"):
                place_model(parts)
        connect(widgets, parts)
        keep_up(page, asking, widgets, listed, parts)
    page.queue(default_concurrency_limit=AT_ONCE, api_open=False)
    return page


def build_app(
    parts: PageParts,
    corpus: Path,
    host: str = "127.0.0.1",
    added: Path | None = None,
    index: Path | None = None,
) -> FastAPI:
    """Build the application: our own addresses, Gradio's page, and the guard around both.

    Args:
        parts: What the page works with.
        corpus: Folder with the original files.
        host: Address that it will be bound to. On a loopback address only requests that name
            this machine are answered, so that no other site can reach in through the browser.
        added: Folder with the files that users added; None where they can add none.
        index: The index folder, which knows where files from elsewhere lie; None for none.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    folders = (corpus,) if added is None else (added, corpus)
    app.include_router(routes(parts, OriginalFiles(folders, index)))
    app.include_router(document_routes(parts))
    app.include_router(letter_routes(parts))
    app.include_router(api_routes(parts))
    gr.mount_gradio_app(
        app,
        build_page(parts),
        path="",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=page_theme(),
        # Linked, since Gradio rewrites the rules of a style sheet that it is handed.
        head=(
            '<link rel="icon" href="/middelen/icon.svg">'
            '<link rel="stylesheet" href="/middelen/page.css">'
            '<script type="module" src="/middelen/page.js"></script>'
            '<script type="module" src="/middelen/documents.js"></script>'
            '<script type="module" src="/middelen/letters.js"></script>'
        ),
    )
    app.add_middleware(Guard)
    if host in LOOPBACK:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK))
    return app
