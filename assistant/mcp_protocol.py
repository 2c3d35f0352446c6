"""The protocol of MCP where its library says nothing, or says it in English.

Every call of a tool gets a result: what went wrong stands in Dutch in one with ``isError``, as
https://modelcontextprotocol.io/specification/2025-06-18/server/tools asks ("Error Handling").
"""

from __future__ import annotations

import json
import logging
from contextvars import Context
from types import TracebackType
from typing import Any, Self

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.context import Context as ToolContext
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.stdio import stdio_server
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from mcp_types import (
    PARSE_ERROR,
    CallToolResult,
    ErrorData,
    InputRequiredResult,
    JSONRPCError,
    JSONRPCResponse,
    TextContent,
)
from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.invalid import NO_JSON, told
from ingest.errors import IngestError

HALF = "Dit bericht bevat een half teken (zoals \\ud800), en is daarom geen tekst."
CRASHED = "Er ging iets mis in de Beleidswijzer. Stel de vraag nog eens."
_log = logging.getLogger(__name__)


class DutchServer(MCPServer[Any]):
    """An MCP server that tells in Dutch what went wrong with a call."""

    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any],
        context: ToolContext[Any, Any] | None = None,
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; what it raises is a result with ``is_error``."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            return _failed(await self._reason(name, error))

    async def _reason(self, name: str, error: ToolError) -> str:
        cause = error.__cause__
        if isinstance(cause, AssistantError | IngestError):
            return str(cause)
        if isinstance(cause, ValidationError):
            return told(cause.errors())
        if isinstance(error, UnexpectedToolError):
            _log.error("The tool %r failed", name, exc_info=error)
            return CRASHED
        known = ", ".join(tool.name for tool in await self.list_tools())
        return f"Er is geen hulpmiddel met die naam. Bekend zijn: {known}."

    async def run_stdio_async(self) -> None:
        """Serve over standard input and output; what cannot be read is answered too."""
        server = self._lowlevel_server
        async with stdio_server() as (read, write):
            options = server.create_initialization_options()
            await server.run(_Answered(read, write), write, options)


def _failed(reason: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=reason)], is_error=True)


class _Answered:
    """What comes in, without what cannot be read: the library would pass that over in silence."""

    def __init__(
        self, read: ReadStream[SessionMessage | Exception], write: WriteStream[SessionMessage]
    ) -> None:
        self._read, self._write = read, write

    @property
    def last_context(self) -> Context | None:
        """What the library keeps with the message that was read last."""
        return getattr(self._read, "last_context", None)

    async def receive(self) -> SessionMessage | Exception:
        """The next message that can be read."""
        while True:
            item = await self._read.receive()
            reply = _reply_to(item) if isinstance(item, ValidationError) else None
            if reply is None:
                return item
            await self._write.send(SessionMessage(reply))

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def aclose(self) -> None:
        await self._read.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


def _reply_to(error: ValidationError) -> JSONRPCResponse | JSONRPCError | None:
    """The answer to a request that could not be read; None for what is no request."""
    line = error.errors()[0]["input"]
    try:
        # Python reads half a character, which the library's own reader refuses.
        request = json.loads(line) if isinstance(line, str) else None
    except (ValueError, RecursionError):
        return JSONRPCError(jsonrpc="2.0", id=None, error=_no_json(NO_JSON))
    if not isinstance(request, dict) or not isinstance(request.get("id"), int | str):
        return None
    number, is_half = request["id"], error.errors()[0]["type"] == "json_invalid"
    if not is_half or not _is_text(str(number)):
        return None
    if request.get("method") == "tools/call":
        result = _failed(HALF).model_dump(mode="json", by_alias=True, exclude_none=True)
        return JSONRPCResponse(jsonrpc="2.0", id=number, result=result)
    return JSONRPCError(jsonrpc="2.0", id=number, error=_no_json(HALF))


def _no_json(reason: str) -> ErrorData:
    return ErrorData(code=PARSE_ERROR, message=reason)


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
