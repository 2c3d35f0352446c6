"""The page: brings the index in line with the documents, then serves. ``python app.py`` runs it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from assistant.errors import AssistantError, ModelError
from ingest.errors import IngestError
from ingest.pipeline import ingest
from ingest.report import Progress
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.page.session import PageParts
    from ingest.documents import IndexedDocument

messages = Console(stderr=True)


def main(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort van de pagina.")] = 7860,
    host: Annotated[
        str, typer.Option(help="Adres; met 0.0.0.0 kunnen ook andere computers erbij.")
    ] = "127.0.0.1",
    corpus: Annotated[
        Path | None, typer.Option(metavar="MAP", help="Map met de documenten.")
    ] = None,
    index: Annotated[Path | None, typer.Option(metavar="MAP", help="Map met de index.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Toon geen voortgang.")] = False,
) -> None:
    """Lees de documenten in en toon de Beleidswijzer in de browser.

    Voorbeelden:  python app.py  |  python app.py --port 8080 --corpus mijn-documenten
    """
    try:
        with free_port(host, port) as address:
            settings = load_settings(corpus=corpus, index=index)
            parts = open_parts(settings, quiet)
            serve(settings, parts, host, address)
    except (AssistantError, IngestError) as error:
        messages.print(str(error), style="red", markup=False, highlight=False)
        raise typer.Exit(code=1) from error


@contextmanager
def free_port(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before the long work of reading begins, so that a clash is told at once.

    Raises:
        AssistantError: If another program uses the port, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as address:
        if os.name != "nt":  # on Windows this option lets two programs share one port
            address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            address.bind((host, port))
            address.listen()
        except (OSError, UnicodeError) as error:
            raise AssistantError(
                f"De pagina kan niet starten op {host}, poort {port}: die poort is al in gebruik "
                f"of het adres bestaat niet op deze computer. Sluit het andere programma, of kies "
                f"een andere poort: python app.py --port {port % 65535 + 1}."
            ) from error
        yield address


def open_parts(settings: Settings, quiet: bool) -> PageParts:
    """Bring the index in line with the documents, with a progress bar, and open it.

    Returns:
        What the page works with. It comes up without an assistant too, and says why: what went
        wrong is among its parts, one Dutch sentence each.
    """
    # Read by Gradio when it is imported: no telemetry, no count of it on disk.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000"
    from assistant.engine import Assistant  # takes seconds: the page's own errors come first
    from assistant.page.feedback import FeedbackFile
    from assistant.page.intake import Intake
    from assistant.page.session import PageParts
    from ingest.dutch.analysis import Analyzer
    from ingest.embeddings import load_embedder

    problems: list[str] = []
    parts = PageParts(None, FeedbackFile(settings.index.parent / "feedback"))
    try:
        analyzer = Analyzer.load(settings.lexicon)
        embedder = load_embedder(settings)
    except IngestError as error:
        parts.problems = _told([str(error)])
        return parts
    try:
        with reading(quiet) as progress:
            report = ingest(settings, progress=progress, embedder=embedder, analyzer=analyzer)
        problems += report.failed.values()
    except IngestError as error:
        problems.append(str(error))

    def opened() -> Assistant:
        return Assistant.open(settings, embedder=embedder, analyzer=analyzer)

    def changed() -> Mapping[str, IndexedDocument]:
        parts.refresh()
        return parts.documents

    parts.opener = opened
    try:
        # An index that could not be brought in line may still answer.
        parts.assistant = opened()
    except (AssistantError, IngestError) as error:
        problems.append(str(error))
    parts.problems = _told(problems)
    parts.intake = Intake(settings, embedder, analyzer, changed)
    if settings.has_language_model:
        connect(parts, settings)
    return parts


def _told(problems: list[str]) -> tuple[str, ...]:
    """Print each problem once, in the terminal; the page gets the same ones."""
    each = tuple(dict.fromkeys(problems))
    for problem in each:
        messages.print(problem, style="red", markup=False, highlight=False)
    return each


@contextmanager
def reading(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A progress bar for the documents that are read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=messages, disable=quiet) as bar:
        task = bar.add_task("Documenten inlezen", total=None)

        def show(step: Progress) -> None:
            name = step.document or "Documenten inlezen"
            bar.update(task, completed=step.done, total=step.total, description=name)

        yield show


def connect(parts: PageParts, settings: Settings) -> None:
    """Connect the language model of the settings; one that is away is told, and stops nothing.

    Raises:
        PhrasesError: If what is said to it cannot be used.
    """
    from assistant.model.connection import Connection  # its libraries take a second to load
    from assistant.model.prompts import load_prompts
    from assistant.page.model import notice_of

    load_prompts()
    parts.connection = connection = Connection(settings)
    try:
        server = connection.check()
        messages.print(f"Verbonden met {connection.name} ({server.kind}, {connection.place}).")
    except ModelError as error:
        messages.print(str(error), style="yellow", markup=False, highlight=False)
    parts.notice = notice_of(connection)


def serve(
    settings: Settings,
    parts: PageParts,
    host: str,
    address: socket.socket,
) -> None:
    """Serve the page until it is stopped."""
    import uvicorn

    from assistant.page.serve import build_app

    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    shown = f"[{name}]" if ":" in name else name
    messages.print(f"Open http://{shown}:{address.getsockname()[1]} in de browser. Stoppen: Ctrl+C")
    application = build_app(parts, settings.corpus, host, settings.originals, settings.index)
    config = uvicorn.Config(application, log_level="warning")
    uvicorn.Server(config).run(sockets=[address])
    if parts.connection is not None:
        parts.connection.close()
    if parts.intake is not None:
        parts.intake.close()


if __name__ == "__main__":
    typer.run(main)
