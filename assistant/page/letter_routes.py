"""The addresses of the tab "Brief beantwoorden"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.errors import AssistantError
from assistant.page import texts
from assistant.page.document_routes import is_ours
from assistant.page.letter import is_current, job_html
from assistant.page.letters import Job, LetterDesk
from assistant.page.session import PageParts
from assistant.reply.draft import load_template, reply_paper
from assistant.reply.files import WRITERS, paper_file
from assistant.reply.findings import Searchable, answerer
from assistant.reply.records import PointType, Stance
from assistant.reply.saved import save_work
from assistant.reply.sheet import sheet_of_work
from assistant.reply.sheet_paper import SHEET_SUFFIXES, sheet_file
from assistant.reply.work import (
    Work,
    add,
    change,
    drop,
    merge,
    move,
    regenerate,
    retype,
    search,
    split,
)

MOST_BYTES = 25_000_000
_MEGABYTE = 1_000_000
_LONGEST = 50_000
_LONGEST_NAME = 60
# Orders after which is searched again for all points, in the background.
_AGAIN = ("gemeente", "vernieuw")
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
Key = Annotated[str, Query(max_length=50)]


def letter_routes(parts: PageParts) -> APIRouter:
    """The addresses with which letters are answered.

    Args:
        parts: What the page works with.
    """
    router, desk = APIRouter(prefix="/brieven"), LetterDesk()
    _add_file(router, desk, parts)
    _add_work(router, desk, parts)
    _add_saved(router, desk, parts)
    return router


def _add_file(router: APIRouter, desk: LetterDesk, parts: PageParts) -> None:
    @router.post("/bestand")
    async def file(request: Request, naam: str = "", gemeente: str = "") -> Response:
        if not is_ours(request):
            return _refused(texts.NOT_ALLOWED, 403)
        if not isinstance(parts.assistant, Searchable):
            return _refused(texts.LETTER_NOT_HERE, 409)
        content = await _received(request)
        if content is None:
            return _refused(texts.LETTER_TOO_LARGE.format(most=MOST_BYTES // _MEGABYTE), 413)
        known = parts.assistant.opened.register.municipalities
        town = gemeente if gemeente in known else ""
        return JSONResponse({"sleutel": desk.add(parts.assistant, naam, content, town).key})


async def _received(request: Request) -> bytes | None:
    """What comes in; None when it is too large."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            return None
    return bytes(content)


def _add_work(router: APIRouter, desk: LetterDesk, parts: PageParts) -> None:
    @router.get("/blad")
    def sheet(sleutel: Key = "") -> HTMLResponse:
        job = desk.get(sleutel)
        if job is None:
            return HTMLResponse(f'<p class="bw-leeg">{texts.LETTER_GONE}</p>', status_code=404)
        return HTMLResponse(_page(job, parts))

    @router.post("/opdracht")
    def order(request: Request, content: Annotated[dict[str, object], Body()]) -> Response:
        if not is_ours(request):
            return _refused(texts.NOT_ALLOWED, 403)
        job = desk.get(str(content.get("sleutel", "")))
        if job is None or job.work is None or not isinstance(parts.assistant, Searchable):
            return _refused(texts.LETTER_GONE, 404)
        try:
            if content.get("opdracht") in _AGAIN:
                desk.renew(job, parts.assistant, _town(job, parts.assistant, content))
                return HTMLResponse(_page(job, parts))
            with job.lock:
                if content.get("opdracht") == "vloeiend":
                    _smooth(job, parts, _number(content.get("punt")))
                else:
                    _obey(job, parts.assistant, content)
            return HTMLResponse(_page(job, parts))
        except AssistantError as error:
            return _refused(str(error), 409)


def _add_saved(router: APIRouter, desk: LetterDesk, parts: PageParts) -> None:
    @router.get("/{name}")
    def saved(name: str) -> Response:
        key, _, form = name.partition(".")
        job = desk.get(key)
        if job is None or job.work is None:
            return _refused(texts.LETTER_GONE, 404)
        try:
            return _download(job.work, form, parts)
        except AssistantError as error:
            return _refused(str(error), 409)


def _obey(job: Job, assistant: Searchable, content: Mapping[str, object]) -> None:
    """Change the work as the user ordered; what makes no sense changes nothing."""
    work, order = job.work, str(content.get("opdracht"))
    at = _number(content.get("punt"))
    if work is None or job.renewing:
        return
    answer = answerer(assistant, work.municipality)
    if order == "maakpunt":
        job.work = add(work, at, answer)
        return
    if not 0 <= at < len(work.items):
        return
    orders: Mapping[str, Callable[[], Work]] = {
        "toon": lambda: work,
        "naar": lambda: work,
        "omhoog": lambda: move(work, at, -1),
        "omlaag": lambda: move(work, at, 1),
        "laatweg": lambda: drop(work, at),
        "voegsamen": lambda: merge(work, at, answer),
        "kiessplits": lambda: work,
        "splits": lambda: split(work, at, answer, _number(content.get("plaats"))),
        "zoek": lambda: search(work, at, str(content.get("woorden", "")), answer),
        "opnieuw": lambda: regenerate(work, at, answer),
        "tekst": lambda: change(work, at, **_text(content)),
        "standpunt": lambda: _with_stance(work, at, str(content.get("waarde"))),
        "soort": lambda: _with_type(work, at, str(content.get("waarde"))),
        "vink": lambda: _with_tick(work, at, _number(content.get("nummer"))),
    }
    if order in orders:
        job.work = orders[order]()
        job.splitting = order == "kiessplits"
        moved = {"omhoog": at - 1, "omlaag": at + 1}.get(order, at)
        job.chosen = max(0, min(moved, len(job.work.items) - 1))


def _page(job: Job, parts: PageParts) -> str:
    towns: tuple[str, ...] = ()
    if isinstance(parts.assistant, Searchable):
        towns = parts.assistant.opened.register.municipalities
    return job_html(job, parts.documents, load_template(), towns, parts.connection is not None)


def _town(job: Job, assistant: Searchable, content: Mapping[str, object]) -> str:
    """The municipality that was chosen; the one that answers when none of the index was."""
    chosen = str(content.get("waarde", ""))
    if chosen in assistant.opened.register.municipalities:
        return chosen
    return job.work.municipality if job.work else ""


def _smooth(job: Job, parts: PageParts, at: int) -> None:
    """Put the draft of one point into the words of the language model, where there is one."""
    work, fluent = job.work, parts.fluent
    if work is None or job.renewing or fluent is None or not 0 <= at < len(work.items):
        return
    from assistant.reply.smoother import Smoother, smoothed  # its libraries take a second to load

    changed = smoothed(work.items[at], Smoother.of(fluent), parts.documents)
    job.work = change(work, at, **changed)
    job.chosen, job.splitting = at, False


def _text(content: Mapping[str, object]) -> dict[str, object]:
    heading = " ".join(str(content.get("kop", "")).split())[:300]
    text = str(content.get("tekst", ""))[:_LONGEST].replace("\r\n", "\n")
    return {"heading": heading or "-", "text": text, "remarks": ()}


def _with_stance(work: Work, at: int, value: str) -> Work:
    """The choice made; a draft of our own is written anew with it, an own text stays."""
    chosen = next((stance for stance in Stance if stance.value == value), None)
    return work if chosen is None else change(work, at, stance=chosen)


def _with_type(work: Work, at: int, value: str) -> Work:
    chosen = next((kind for kind in PointType if kind.value == value), None)
    return work if chosen is None else retype(work, at, chosen)


def _with_tick(work: Work, at: int, number: int) -> Work:
    item = work.items[at]
    if not 0 <= number < len(item.evidence):
        return work
    ticked = set(item.ticked) ^ {number}
    changed = replace(item, ticked=tuple(sorted(ticked)))
    return replace(work, items=(*work.items[:at], changed, *work.items[at + 1 :]))


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def _download(work: Work, form: str, parts: PageParts) -> Response:
    """The draft, the work itself or the debate sheet, as a file."""
    now = datetime.now()
    if form == "json":
        return _file(save_work(work), _name("werk", work, form), form)
    if not is_current(work, parts.documents):
        return _refused(texts.LETTER_RENEWED, 409)
    if form.startswith("debat."):
        suffix = form.removeprefix("debat")
        if suffix in SHEET_SUFFIXES:
            sheet = sheet_of_work(work, parts.documents)
            content = sheet_file(sheet, suffix, now.date())
            return _file(content, _name("debatblad", work, suffix[1:]), suffix[1:])
    elif f".{form}" in WRITERS:
        paper = reply_paper(work, parts.documents, load_template(), now.date())
        name = _name("antwoord", work, form)
        return _file(paper_file(paper, f".{form}", now), name, form)
    return _refused(texts.NOT_ALLOWED, 404)


def _name(what: str, work: Work, form: str) -> str:
    """The name of a download: what it is and of which letter, in what a header takes."""
    plain = unicodedata.normalize("NFKD", Path(work.letter.name).stem).encode("ascii", "ignore")
    stem = re.sub(r"[^A-Za-z0-9]+", "-", plain.decode())[:_LONGEST_NAME].strip("-")
    return f"{what}-{stem}.{form}" if stem else f"{what}.{form}"


def _file(content: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_TYPES[form], headers=headers)


def _refused(why: str, status: int) -> Response:
    return JSONResponse({"fout": why}, status_code=status)
