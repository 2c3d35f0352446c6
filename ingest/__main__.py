"""``python -m ingest``: bring the index in line with the documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from ingest.check import check
from ingest.embeddings import load_embedder
from ingest.errors import IndexingError, IngestError
from ingest.pipeline import ingest
from ingest.readers.text import format_in_words
from ingest.removal import remove
from ingest.report import Progress, Report
from ingest.settings import Settings, load_settings
from ingest.store import Store

# One line a paragraph: the help breaks them to the width of the screen.
HELP = (
    "Neem documenten op, zodat u er vragen over kunt stellen.\n\n"
    "Zonder argumenten wordt de index gelijk gemaakt aan de map met documenten: wat nieuw is komt "
    "erbij, wat veranderd is wordt vervangen, wat weg is verdwijnt. Wat hetzelfde bleef wordt "
    "overgeslagen.\n\n"
    "Met PAD komen daar losse bestanden of mappen bij. Die blijven in de index tot u ze weghaalt "
    "met --remove. Wilt u alleen een andere map, gebruik dan --corpus."
)
EXAMPLES = """\
Voorbeelden:

\b
python -m ingest
python -m ingest ~/Downloads/beleidsplan.pdf
python -m ingest --corpus /data/beleid --index /data/index
python -m ingest --list
python -m ingest --remove beleidsplan

Uitkomst: 0 als alles lukte, 1 als iets mislukte (met de naam erbij), 2 bij een verkeerde opdracht.
"""
_WRONG_USE = 2
_INTERRUPTED = 130

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_messages = Console(stderr=True, highlight=False, soft_wrap=True)


def _option(*names: str, **details: Any) -> Any:  # noqa: ANN401 - as typer.Option itself
    return typer.Option(*names, rich_help_panel="Opties", **details)


def _show_help(context: typer.Context, *, asked: bool) -> None:
    if asked:
        typer.echo(context.get_help())
        raise typer.Exit


@app.command(help=HELP, epilog=EXAMPLES, add_help_option=False)
def main(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PAD",
            help="Bestanden of mappen die erbij komen.",
            rich_help_panel="Argumenten",
        ),
    ] = None,
    remove_id: Annotated[
        str | None, _option("--remove", metavar="ID", help="Haal dit document uit de index.")
    ] = None,
    list_documents: Annotated[
        bool, _option("--list", help="Toon welke documenten in de index staan.")
    ] = False,
    check_index: Annotated[
        bool, _option("--check", help="Controleer of de index klopt; herstel die zo nodig.")
    ] = False,
    quiet: Annotated[bool, _option("--quiet", "-q", help="Toon alleen wat mislukt.")] = False,
    corpus: Annotated[Path | None, _option(metavar="MAP", help="Map met documenten.")] = None,
    index: Annotated[Path | None, _option(metavar="MAP", help="Map met de index.")] = None,
    _help: Annotated[
        bool,
        _option("--help", is_eager=True, callback=_show_help, help="Toon deze uitleg."),
    ] = False,
) -> None:
    """Run one of the four commands; only one may be asked for."""
    if sum((bool(paths), remove_id is not None, list_documents, check_index)) > 1:
        _messages.print("[red]Fout:[/] Kies een van PAD, --remove, --list en --check.")
        raise typer.Exit(_WRONG_USE)
    try:
        settings = load_settings(corpus=corpus, index=index)
        if list_documents:
            _list(settings)
        elif check_index:
            _check(settings, quiet=quiet)
        elif remove_id is not None:
            report = remove(settings, remove_id)
            _show(report, quiet=quiet)
            if report.failed:
                raise typer.Exit(1)
        else:
            _ingest(settings, paths or [], quiet=quiet)
    except IngestError as error:
        _messages.print(f"[red]Fout:[/] {escape(str(error))}")
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        _messages.print("Afgebroken. De vorige index blijft bruikbaar.")
        raise typer.Exit(_INTERRUPTED) from error


def _ingest(settings: Settings, paths: list[Path], *, quiet: bool) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=_messages, disable=quiet, transient=True) as bar:
        task = bar.add_task("Voorbereiden", total=None)

        def follow(progress: Progress) -> None:
            what = escape(progress.document) or "Index schrijven"
            bar.update(task, description=what, completed=progress.done, total=progress.total)
            if progress.outcome and not quiet:
                bar.console.print(f"{progress.outcome:<12} {escape(progress.document)}")

        report = ingest(settings, paths=paths, progress=follow)
    _show(report, quiet=quiet)
    if report.failed:
        raise typer.Exit(1)


def _show(report: Report, *, quiet: bool) -> None:
    """Say what was done; what failed is said in any case."""
    if not quiet:
        if report.rebuilt:
            _messages.print(f"Alles is opnieuw opgenomen: {escape(report.rebuilt)}.")
        for note in report.notes:
            _messages.print(f"[yellow]Let op:[/] {escape(note)}")
    for message in report.failed.values():
        _messages.print(f"[red]Mislukt:[/] {escape(message)}")
    if not quiet:
        seconds = f"{report.seconds:.1f}".replace(".", ",")
        _messages.print(
            f"{len(report.added)} nieuw, {len(report.replaced)} vervangen, "
            f"{len(report.unchanged)} ongewijzigd, {len(report.removed)} verwijderd, "
            f"{len(report.failed)} mislukt ({seconds} seconden)."
        )


def _list(settings: Settings) -> None:
    """Write one line a document, its fields tab-separated.

    The fields: id, file, pages, passages, statements, title, format with its character set, and
    the pages that could not be read.
    """
    store = Store(settings.index)
    for entry in store.load_manifest().documents:
        document = store.load_document(entry)
        unread = ", ".join(map(str, document.unread))
        fields = (
            *(entry.id, entry.file, entry.pages, entry.passages, entry.statements),
            *(document.document.title, format_in_words(document), unread),
        )
        typer.echo("\t".join(" ".join(str(field).split()) for field in fields))


def _check(settings: Settings, *, quiet: bool) -> None:
    """Verify the index; what is damaged is made anew from the documents themselves."""
    embedder = load_embedder(settings)
    try:
        problems = check(settings, embedder)
    except IndexingError as error:
        if not Store(settings.index).is_damaged():
            raise
        problems = [str(error)]
    for problem in problems:
        _messages.print(f"[red]Fout:[/] {escape(problem)}")
    if problems:
        _messages.print("De index wordt hersteld met de documenten zelf.")
        report = ingest(settings, repair=True, embedder=embedder)
        _show(report, quiet=quiet)
        left = check(settings, embedder)
        for problem in left:
            _messages.print(f"[red]Niet hersteld:[/] {escape(problem)}")
        if left or report.failed:
            raise typer.Exit(1)
    if not quiet:
        _messages.print("De index is hersteld." if problems else "De index klopt.")


if __name__ == "__main__":
    app()
