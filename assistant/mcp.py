"""The assistant for other assistants: an MCP server over standard input and output.

``python -m assistant mcp`` is started by the program that asks; nothing listens on the network.
Every tool only reads. What goes wrong is told in Dutch, in a result that says it is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import AssistantError
from assistant.records import answer_record
from assistant.register import Filter, Register
from assistant.tables import statement_record
from ingest.documents import Answer, IndexedDocument, StatementKind, Turn

if TYPE_CHECKING:
    from assistant.mcp_protocol import DutchServer

INSTRUCTIONS = (
    "Beantwoordt vragen over beleidsdocumenten van Nederlandse gemeenten, met letterlijke citaten. "
    "Neem citaten en nummers ongewijzigd over. 'abstained' betekent dat het antwoord niet in de "
    "documenten staat; vul dat niet zelf aan."
)


class Asker(Protocol):
    """What the server needs of an assistant."""

    @property
    def documents(self) -> Mapping[str, IndexedDocument]:
        """All documents by id."""
        ...

    @property
    def register(self) -> Register:
        """All policy statements."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question; raises AssistantError."""
        ...

    def in_plain_dutch(self, answer: Answer) -> Answer:
        """An answer in plain Dutch (B1)."""
        ...


def mcp_server(assistant: Asker) -> DutchServer:
    """Make the server; ``run()`` serves it.

    Raises:
        AssistantError: If the package is not installed.
    """
    try:
        from mcp_types import ToolAnnotations

        from assistant.mcp_protocol import DutchServer
    except ImportError as error:
        raise AssistantError(
            'Hiervoor is het pakket mcp nodig. Installeer het met: pip install "beleidswijzer[mcp]"'
        ) from error
    server = DutchServer("beleidswijzer", instructions=INSTRUCTIONS, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)

    @server.tool(annotations=reads)
    def vraag(vraag: str, eenvoudig: bool = False) -> dict[str, Any]:
        """Beantwoord een vraag over de beleidsdocumenten, met citaten en vindplaatsen.

        Met eenvoudig staat het antwoord in eenvoudige taal (B1).
        """
        answer = assistant.ask(vraag)
        return answer_record(assistant.in_plain_dutch(answer) if eenvoudig else answer)

    @server.tool(annotations=reads)
    def documenten() -> list[dict[str, str]]:
        """Geef de documenten waarin gezocht wordt."""
        found = (indexed.document for indexed in assistant.documents.values())
        return [
            {"document": d.id, "title": d.title, "municipality": d.municipality, "date": d.date}
            for d in found
        ]

    @server.tool(annotations=reads)
    def register(soort: str = "", gemeente: str = "") -> list[dict[str, Any]]:
        """Geef doelen, aanbevelingen, toezeggingen en andere uitspraken, letterlijk."""
        known = {str(kind): kind for kind in StatementKind}
        if soort and soort not in known:
            raise AssistantError(f"Onbekende soort. Bekend zijn: {', '.join(known)}.")
        found = assistant.register
        wanted = Filter(
            kinds=frozenset({known[soort]} if soort else ()),
            municipalities=frozenset({gemeente} if gemeente else ()),
        )
        return [statement_record(entry, found) for entry in found.select(wanted)]

    return server
