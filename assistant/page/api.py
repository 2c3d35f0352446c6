"""A small HTTP interface for other programs: to ask, and to read the register. It changes nothing.

POST /api/vraag       {"question": "...", "history": [{"question", "answer"}], "documents": ["id"],
                      "plain": true for plain Dutch (B1)}
                      gives an answer as ``python -m assistant ask --json`` does
GET  /api/documenten  what is indexed: id, title, municipality, date, status
GET  /api/register    policy statements; ?kind=doel&municipality=...

Input that cannot be used gets a status of 400 and up with {"detail": "..."}: one text, in Dutch.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as AnyHTTPException

from assistant.errors import AssistantError
from assistant.invalid import NO_JSON, WholeText, told
from assistant.page import texts
from assistant.page.session import PageParts
from assistant.question import LONGEST_QUESTION
from assistant.records import answer_record
from assistant.register import Filter
from assistant.tables import statement_record
from ingest.documents import StatementKind, Turn
from ingest.errors import IngestError

MOST_TURNS = 20
ASK_WITH_POST = 'Stel een vraag met POST en de inhoud {"question": "..."}.'


class AskedTurn(BaseModel):
    """An earlier exchange."""

    model_config = ConfigDict(extra="forbid")
    question: WholeText = Field(max_length=LONGEST_QUESTION)
    answer: WholeText = Field(max_length=20_000)


class Asked(BaseModel):
    """A question of another program; an unknown field is refused."""

    model_config = ConfigDict(extra="forbid")
    question: WholeText = Field(min_length=1, max_length=LONGEST_QUESTION)
    history: list[AskedTurn] = Field(default_factory=list, max_length=MOST_TURNS)
    documents: list[WholeText] | None = None
    plain: bool = False


class _DutchRoute(APIRoute):
    """A route that tells in Dutch what is wrong with its input."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_in_dutch(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise HTTPException(422, told(error.errors())) from error
            except AnyHTTPException as error:
                if error.status_code != 400:
                    raise
                raise HTTPException(400, NO_JSON) from error  # what FastAPI cannot even decode

        return handle_in_dutch


def api_routes(parts: PageParts) -> APIRouter:
    """The addresses under /api; each only reads.

    Args:
        parts: What the page works with.
    """
    router = APIRouter(prefix="/api", route_class=_DutchRoute)

    @router.post("/vraag")
    def ask(asked: Asked) -> dict[str, Any]:
        return _answer(asked, parts)

    @router.get("/vraag")
    def asked_wrongly() -> None:
        raise HTTPException(405, ASK_WITH_POST, headers={"Allow": "POST"})

    @router.get("/documenten")
    def documents() -> list[dict[str, str]]:
        found = (indexed.document for indexed in parts.documents.values())
        return [
            {
                "document": one.id,
                "title": one.title,
                "municipality": one.municipality,
                "kind": one.kind,
                "date": one.date,
                "status": one.status,
            }
            for one in found
        ]

    @router.get("/register")
    def register(
        kind: Annotated[list[StatementKind] | None, Query()] = None,
        municipality: Annotated[list[str] | None, Query()] = None,
    ) -> list[dict[str, Any]]:
        found = parts.register
        if found is None:
            raise HTTPException(503, texts.ERROR_NO_INDEX)
        wanted = Filter(kinds=frozenset(kind or ()), municipalities=frozenset(municipality or ()))
        return [statement_record(entry, found) for entry in found.select(wanted)]

    return router


def _answer(asked: Asked, parts: PageParts) -> dict[str, Any]:
    assistant = parts.fluent or parts.assistant
    if assistant is None:
        raise HTTPException(503, texts.ERROR_NO_INDEX)
    unknown = set(asked.documents or ()) - set(parts.documents)
    if unknown:
        raise HTTPException(404, f"Onbekend document: {', '.join(sorted(unknown))}.")
    history = [Turn(turn.question, turn.answer) for turn in asked.history]
    try:
        answer = assistant.ask(asked.question, history, asked.documents)
        if asked.plain:
            answer = parts.in_plain_dutch(answer)
        return answer_record(answer)
    except AssistantError as error:
        raise HTTPException(422, str(error)) from error
    except IngestError as error:
        raise HTTPException(503, str(error)) from error
