"""The command that drafts a reply to a letter."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from assistant.engine import Assistant
from assistant.errors import AssistantError, LetterError
from assistant.options import Corpus, IndexFolder
from assistant.reply.draft import load_template, reply_paper
from assistant.reply.files import WRITERS, known_suffix, paper_file, work_record
from assistant.reply.findings import find_answers
from assistant.reply.records import Stance
from assistant.reply.sheet import sheet_of_work, sheet_on
from assistant.reply.sheet_paper import SHEET_SUFFIXES, sheet_file
from assistant.reply.work import Work, begin, change
from assistant.wording import count
from ingest.errors import IngestError
from ingest.settings import Settings, load_settings

messages = Console(stderr=True)


def reply(
    letter: Annotated[
        Path, typer.Argument(metavar="BRIEF", help="De brief: pdf, Word, OpenDocument of tekst.")
    ],
    municipality: Annotated[
        str,
        typer.Option(metavar="GEMEENTE", help="De gemeente die antwoordt; anders uit de brief."),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="BESTAND", help="Het concept: .docx, .odt of .md."),
    ] = None,
    as_json: Annotated[
        Path | None,
        typer.Option("--json", metavar="BESTAND", help="De punten met hun bewijsplaatsen."),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="BESTAND", help="Eigen zinnen in de huisstijl (zie prompts/)."),
    ] = None,
    smooth: Annotated[
        bool,
        typer.Option(
            "--vloeiend", help="Laat het taalmodel de zinnen over de bronnen herschrijven."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Toon geen voortgang.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Maak een conceptantwoord op een brief, punt voor punt, met bronnen."""
    try:
        suffix = known_suffix(out, WRITERS) if out else ""
        sentences = load_template(template) if template else load_template()
        settings = load_settings(corpus=corpus, index=index)
        if smooth and not settings.has_language_model:
            raise LetterError("Er is geen taalmodel ingesteld (llm_url of llm_file).")
        assistant = Assistant.open(settings)
        town = _known(municipality, assistant.register.municipalities)
        with Progress(console=messages, disable=quiet) as bar:
            task = bar.add_task("Punten zoeken", total=None)
            findings = find_answers(
                assistant,
                letter,
                town,
                lambda done, total: bar.update(task, completed=done, total=total),
            )
        work, documents, now = begin(findings), assistant.documents, datetime.now()
        if smooth:
            work = _smoothed(work, assistant, settings)
        record = json.dumps(work_record(work, documents), ensure_ascii=False, indent=1)
        if out:
            paper = reply_paper(work, documents, sentences, now.date())
            _write(out, paper_file(paper, suffix, now))
        if as_json:
            _write(as_json, f"{record}\n".encode())
        if not out and not as_json:
            typer.echo(record)
    except (AssistantError, IngestError) as error:
        fail(str(error))
    _tell(work)


def _smoothed(work: Work, assistant: Assistant, settings: Settings) -> Work:
    """The work in the model's words; what stayed as it was is told on stderr."""
    from assistant.model.connection import Connection  # its libraries take a second to load
    from assistant.model.fluent import FluentAssistant
    from assistant.reply.smoother import Smoother, smoothed

    connection = Connection(settings)
    try:
        smoother = Smoother.of(FluentAssistant(assistant, connection))
        for at, item in enumerate(work.items):
            work = change(work, at, **smoothed(item, smoother, assistant.documents))
            for remark in work.items[at].remarks:
                messages.print(f"Punt {at + 1}: {remark}", markup=False, highlight=False)
    finally:
        connection.close()
    return work


def debate(
    subject: Annotated[
        str,
        typer.Argument(metavar="ONDERWERP", help="Een onderwerp, of een brief (bestand)."),
    ],
    municipality: Annotated[
        str, typer.Option(metavar="GEMEENTE", help="De gemeente waar het debat over gaat.")
    ] = "",
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="BESTAND", help="Het blad: .docx of .pdf.")
    ] = Path("debatblad.docx"),
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Maak een debatblad van één A4 over een onderwerp of een brief."""
    try:
        suffix = known_suffix(out, SHEET_SUFFIXES)
        assistant = Assistant.open(load_settings(corpus=corpus, index=index))
        town = _known(municipality, assistant.register.municipalities)
        documents = assistant.documents
        letter = Path(subject)
        if letter.is_file():
            sheet = sheet_of_work(begin(find_answers(assistant, letter, town)), documents)
        else:
            sheet = sheet_on(subject, town, documents, assistant.register)
        _write(out, sheet_file(sheet, suffix, datetime.now().date()))
    except (AssistantError, IngestError) as error:
        fail(str(error))
    messages.print(f"Het debatblad staat in {out}.", markup=False, highlight=False)


def _known(asked: str, known: tuple[str, ...]) -> str:
    """The municipality in the spelling of the documents.

    Raises:
        LetterError: If none of the documents is of it.
    """
    spelled = {name.casefold(): name for name in known}
    if asked and asked.casefold() not in spelled:
        names = ", ".join(known) or "geen"
        raise LetterError(f"Er is geen document van de gemeente {asked}. Wel van: {names}.")
    return spelled.get(asked.casefold(), "")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise LetterError(f"Het bestand {path} is niet te schrijven: {error.strerror}.") from error


def _tell(work: Work) -> None:
    """Say on stderr what was found, and what the user should know of the letter."""
    for notice in work.letter.notices:
        messages.print(notice, style="yellow", markup=False, highlight=False)
    gaps = sum(item.stance is Stance.NOTHING for item in work.items)
    found = count(len(work.items), "punt", "punten")
    messages.print(f"{found}, waarvan {gaps} zonder bewijsplaats die het punt beantwoordt.")


def fail(message: str) -> NoReturn:
    """Print an error and end with exit code 1."""
    messages.print(message, style="red", markup=False, highlight=False)
    raise typer.Exit(code=1)
