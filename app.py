"""The page: brings the index in line with the documents, then serves. ``python app.py`` runs it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from assistant.errors import AssistantError
from ingest.errors import IngestError
from ingest.pipeline import ingest
from ingest.report import Progress
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.engine import Assistant

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
            assistant, problems = open_assistant(settings, quiet)
            serve(settings, assistant, problems, host, address)
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


def open_assistant(settings: Settings, quiet: bool) -> tuple[Assistant | None, tuple[str, ...]]:
    """Bring the index in line with the documents, with a progress bar, and open it.

    Returns:
        The assistant, or None when it cannot be opened: the page still comes up and says why.
        And what went wrong, one Dutch sentence each; the page shows them too.
    """
    from assistant.engine import Assistant  # takes seconds: the page's own errors come first
    from ingest.dutch.analysis import Analyzer
    from ingest.embeddings import load_embedder

    assistant: Assistant | None = None
    problems: list[str] = []
    try:
        analyzer = Analyzer.load(settings.lexicon)
        embedder = load_embedder(settings)
    except IngestError as error:
        return None, _told([str(error)])
    try:
        with reading(quiet) as progress:
            report = ingest(settings, progress=progress, embedder=embedder, analyzer=analyzer)
        problems += report.failed.values()
    except IngestError as error:
        problems.append(str(error))
    try:
        # An index that could not be brought in line may still answer.
        assistant = Assistant.open(settings, embedder=embedder, analyzer=analyzer)
    except (AssistantError, IngestError) as error:
        problems.append(str(error))
    return assistant, _told(problems)


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


def serve(
    settings: Settings,
    assistant: Assistant | None,
    problems: tuple[str, ...],
    host: str,
    address: socket.socket,
) -> None:
    """Serve the page until it is stopped."""
    # Both are read by Gradio when it is imported: no telemetry, no count of it on disk.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000"
    import uvicorn

    from assistant.page.feedback import FeedbackFile
    from assistant.page.serve import build_app
    from assistant.page.session import PageParts

    parts = PageParts(
        assistant,
        FeedbackFile(settings.index.parent / "feedback"),
        problems=problems,
    )
    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    shown = f"[{name}]" if ":" in name else name
    messages.print(f"Open http://{shown}:{address.getsockname()[1]} in de browser. Stoppen: Ctrl+C")
    config = uvicorn.Config(build_app(parts, settings.corpus, host), log_level="warning")
    uvicorn.Server(config).run(sockets=[address])


if __name__ == "__main__":
    typer.run(main)
