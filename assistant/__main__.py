"""The command line: ``python -m assistant ask ...``. Data on stdout, messages on stderr."""

from __future__ import annotations

import atexit
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from rich.console import Console
from rich.progress import track

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.options import Corpus, IndexFolder
from assistant.records import SEPARATOR, answer_record, place
from assistant.register import Entry, Filter, Register
from assistant.reply.command import debate, reply
from assistant.saved import load, to_json
from assistant.tables import statement_record, to_csv, to_markdown, to_xlsx
from assistant.wording import count, number_in_words
from ingest.documents import Answer, Plain, StatementKind, Turn
from ingest.errors import IngestError
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.model.fluent import FluentAssistant

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Stel vragen over de beleidsdocumenten van een gemeente.",
)
messages = Console(stderr=True)
# JSON can name half of a character that is written as a pair; no file can hold it.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@app.callback()
def main() -> None:
    """Stel vragen over de beleidsdocumenten van een gemeente."""


@app.command(
    epilog="Voorbeelden:  python -m assistant ask 'Welke doelen gaan over mantelzorg?'  |  "
    "python -m assistant ask --batch vragen.jsonl --out antwoorden.jsonl"
)
def ask(
    question: Annotated[
        str, typer.Argument(metavar="VRAAG", help="De vraag, in gewone taal.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Geef het antwoord als JSON-object.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="BESTAND", help="JSONL met per regel 'id', 'question', 'history'."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="BESTAND", help="Waar de antwoorden heen gaan (JSONL).")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="BESTAND", help="Bewaar het antwoord met al het bewijs (JSON)."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--eenvoudig", help="Antwoord in eenvoudige taal (B1).")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Toon geen voortgang.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Beantwoord een vraag, of een bestand met vragen, met citaten uit de documenten."""
    if bool(question) == bool(batch):
        _fail("Stel een vraag, of geef met --batch een bestand met vragen.")
    try:
        assistant = _open(load_settings(corpus=corpus, index=index))
        if batch:
            _answer_batch(assistant, batch, out, quiet, plain)
        else:
            answer = assistant.ask(question)
            if plain:
                answer = assistant.in_plain_dutch(answer)
            _show(answer, as_json)
            if save is not None:
                _save(to_json(answer, assistant.documents, datetime.now(UTC)), save)
    except (AssistantError, IngestError) as error:
        _fail(str(error))


app.command(
    epilog="Voorbeeld:  python -m assistant reply brief.pdf -o concept.docx --json punten.json"
)(reply)
app.command(epilog="Voorbeeld:  python -m assistant debate mantelzorg -o debatblad.pdf")(debate)


def _open(settings: Settings) -> Assistant | FluentAssistant:
    """The assistant, with the language model of the settings when they name one."""
    assistant = Assistant.open(settings)
    if not settings.has_language_model:
        return assistant
    from assistant.model.connection import Connection  # its libraries take a second to load
    from assistant.model.fluent import FluentAssistant

    connection = Connection(settings)
    atexit.register(connection.close)
    return FluentAssistant(assistant, connection)


@app.command(epilog="Voorbeeld:  python -m assistant replay antwoord.json")
def replay(
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een bewaard antwoord (JSON).")],
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Maak een bewaard antwoord opnieuw, en zeg wat er intussen anders is."""
    from assistant.model.replay import replay as make_again

    try:
        record = load(file)
        done = make_again(record, Assistant.open(load_settings(corpus=corpus, index=index)))
    except (AssistantError, IngestError) as error:
        _fail(str(error))
    print(f"Vraag: {done.question}")
    print(f"{count(done.quotes, 'citaat', 'citaten')} gecontroleerd.")
    for name in done.lost:
        print(f"Een citaat staat niet meer in {name}.")
    for name in done.changed:
        print(f"Veranderd of verwijderd sinds het antwoord: {name}.")
    print("Het antwoord is hetzelfde." if done.same else f"Het antwoord is nu:\n{done.text}")
    if not done.ok:
        raise typer.Exit(code=1)


@app.command()
def mcp(corpus: Corpus = None, index: IndexFolder = None) -> None:
    """Laat een andere assistent vragen stellen (MCP, over standaardinvoer en -uitvoer)."""
    from assistant.mcp import mcp_server

    try:
        mcp_server(_open(load_settings(corpus=corpus, index=index))).run()
    except (AssistantError, IngestError) as error:
        _fail(str(error))


class Format(StrEnum):
    """How the register is written."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "md"


@app.command(
    epilog="Voorbeelden:  python -m assistant register --kind doel --topic mantelzorg  |  "
    "python -m assistant register --format xlsx --out doelen.xlsx"
)
def register(
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="SOORT", help="Alleen deze soort: doel, aanbeveling, ..."),
    ] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", metavar="ONDERWERP", help="Alleen over dit onderwerp."),
    ] = None,
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", metavar="GEMEENTE", help="Alleen van deze gemeente."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="jsonl, csv, xlsx of md (Markdown).")
    ] = Format.JSONL,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="BESTAND", help="Waar de lijst heen gaat.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Controleer of elke regel letterlijk in de bron staat.")
    ] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Schrijf de doelen, aanbevelingen, toezeggingen en andere uitspraken uit de documenten."""
    try:
        found = Assistant.open(load_settings(corpus=corpus, index=index)).register
    except (AssistantError, IngestError) as error:
        _fail(str(error))
    if check:
        _check(found)
        return
    entries = found.select(
        Filter(
            kinds=frozenset(StatementKind(one) for one in _known(kind, StatementKind, "soort")),
            topics=_topics(topic, found),
            municipalities=frozenset(
                _known(municipality, found.municipalities, "gemeente in de index")
            ),
        )
    )
    if form is Format.XLSX and out is None:
        _fail("Een Excelbestand kan niet op het scherm. Geef met --out een bestand.")
    _save(_formatted(entries, found, form), out)
    messages.print(count(len(entries), "regel", "regels"), highlight=False)


def _known(asked: list[str] | None, known: Iterable[str], what: str) -> list[str]:
    """What was asked, in the spelling that is known; the letters may be large or small."""
    spelled = {str(one).casefold(): str(one) for one in known}
    for one in asked or ():
        if one.casefold() not in spelled:
            _fail(f"'{one}' is geen bekende {what}. Bekend zijn: {', '.join(spelled.values())}.")
    return [spelled[one.casefold()] for one in asked or ()]


def _topics(asked: list[str] | None, found: Register) -> frozenset[str]:
    """Topics by name, or by a word that belongs to one: "respijtzorg" is about mantelzorg."""
    chosen: set[str] = set()
    for one in asked or ():
        meant = {one.casefold()} & set(found.topics.names) or set(found.topics.of(one))
        if not meant:
            known = ", ".join(found.topics.names)
            _fail(f"'{one}' is geen bekend onderwerp. Bekend zijn: {known}.")
        chosen |= meant
    return frozenset(chosen)


def _check(found: Register) -> None:
    """Prove that every statement stands in its document at its offsets, character for character."""
    wrong = [
        entry
        for entry in found.entries
        if entry.home.text[entry.statement.start : entry.statement.end] != entry.statement.text
    ]
    for entry in wrong:
        messages.print(f"Niet letterlijk: {entry.id}", style="red", markup=False, highlight=False)
    total = count(len(found.entries), "regel", "regels")
    print(f"{total} gecontroleerd, {number_in_words(len(wrong))} niet letterlijk.")
    if wrong:
        raise typer.Exit(code=1)


def _formatted(entries: Sequence[Entry], found: Register, form: Format) -> str | bytes:
    if form is Format.XLSX:
        return to_xlsx(entries, found)
    if form is Format.CSV:
        return to_csv(entries, found)
    if form is Format.MARKDOWN:
        return to_markdown(entries, found)
    lines = (json.dumps(statement_record(e, found), ensure_ascii=False) for e in entries)
    return "".join(f"{line}\n" for line in lines)


def _save(content: str | bytes, out: Path | None) -> None:
    if out is None:
        encoding = sys.stdout.encoding or "utf-8"
        text = content if isinstance(content, str) else content.decode()
        sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))
        return
    try:
        out.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        _fail(f"Het bestand {out} is niet te schrijven: {error.strerror}.")


def _fail(message: str) -> NoReturn:
    messages.print(message, style="red", markup=False, highlight=False)
    raise typer.Exit(code=1)


def _show(answer: Answer, as_json: bool) -> None:
    if as_json:
        print(_json(answer_record(answer), sys.stdout, indent=1))
        return
    if answer.understood != answer.question:
        messages.print(f"Begrepen als: {answer.understood}", markup=False)
    lines = [answer.text]
    if answer.citations:
        lines.append("\nBronnen")
    for citation in answer.citations:
        parts = (citation.title, SEPARATOR.join(citation.section), place(citation))
        lines.append(f"[{citation.number}] {', '.join(part for part in parts if part)}")
    if answer.making and answer.making.note:
        messages.print(answer.making.note, markup=False, highlight=False)
    if answer.plain:
        lines += _explained(answer.plain)
    encoding = sys.stdout.encoding or "utf-8"
    print("\n".join(lines).encode(encoding, errors="replace").decode(encoding))


def _explained(plain: Plain) -> list[str]:
    """What the terms of an answer in plain Dutch mean; how it reads goes with the messages."""
    reads = f"Leesbaarheid, van 0 tot 100: eerst {plain.before}, nu {plain.after}."
    messages.print(f"{plain.note} {reads}", markup=False, highlight=False)
    lines = [f"{one.term}: {one.meaning} ({one.title})" for one in plain.terms]
    return ["\nWat de woorden betekenen", *lines] if lines else []


def _answer_batch(
    assistant: Assistant | FluentAssistant, batch: Path, out: Path | None, quiet: bool, plain: bool
) -> None:
    try:
        text = batch.read_bytes().decode("utf-8-sig")
    except OSError as error:
        _fail(f"Het bestand {batch} is niet te lezen: {error.strerror}.")
    except UnicodeDecodeError:
        _fail(f"Het bestand {batch} is niet te lezen: het is geen UTF-8. Sla het op als UTF-8.")
    # Not splitlines(): a question may hold one of the other characters that it cuts at.
    asked = [line for line in text.split("\n") if line.strip()]
    progress: Iterable[str] = asked
    if not quiet:
        progress = track(asked, description="Vragen", console=messages)
    records = (_answer_line(assistant, line, plain) for line in progress)
    if out is None:
        _write(records, sys.stdout)
        return
    try:
        with out.open("w", encoding="utf-8") as file:
            _write(records, file)
    except OSError as error:
        _fail(f"Het bestand {out} is niet te schrijven: {error.strerror}.")


def _write(records: Iterator[dict[str, Any]], file: TextIO) -> None:
    for record in records:
        file.write(_json(record, file) + "\n")


def _json(record: dict[str, Any], file: TextIO, indent: int | None = None) -> str:
    """A record as JSON that the file can hold: with escapes where its encoding falls short."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    try:
        text.encode(file.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(record, indent=indent)
    return text


def _answer_line(assistant: Assistant | FluentAssistant, line: str, plain: bool) -> dict[str, Any]:
    """One line of a batch; what is wrong with it becomes its ``error``."""
    try:
        asked = json.loads(line, strict=False)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"Deze regel is geen JSON: fout bij teken {error.pos + 1}."}
    except (RecursionError, ValueError):
        return {
            "id": None,
            "error": "Deze regel is niet te lezen: te diep genest of te lang getal.",
        }
    if not isinstance(asked, dict):
        return {"id": None, "error": "Deze regel is geen JSON-object."}
    if not _is_id(asked.get("id")):
        return {"id": None, "error": "Het veld 'id' moet een leesbare tekst of een getal zijn."}
    problem = _problem(asked)
    if problem:
        return {"id": asked.get("id"), "error": problem}
    history = [Turn(turn["question"], turn["answer"]) for turn in asked.get("history") or []]
    try:
        answer = assistant.ask(asked["question"], history)
        if plain:
            answer = assistant.in_plain_dutch(answer)
    except AssistantError as error:
        return {"id": asked.get("id"), "question": asked["question"], "error": str(error)}
    return {"id": asked.get("id")} | answer_record(answer)


def _is_id(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, int) or _is_text(value)


def _is_text(value: object) -> bool:
    """Whether a value is a text that can be written: half a character of a pair cannot."""
    return isinstance(value, str) and not HALF_CHARACTER.search(value)


def _problem(asked: dict[str, Any]) -> str:
    """What is wrong with a line's object, or "" when it can be answered."""
    if not isinstance(asked.get("question"), str):
        return "Deze regel heeft geen vraag in het veld 'question'."
    if not _is_text(asked["question"]):
        return "De vraag in het veld 'question' heeft een onleesbaar teken. Typ de vraag opnieuw."
    history = asked.get("history") or []
    turns = history if isinstance(history, list) else [None]
    for turn in turns:
        fields = (turn.get("question"), turn.get("answer")) if isinstance(turn, dict) else (None,)
        if not all(isinstance(field, str) for field in fields):
            return "Het veld 'history' moet een lijst zijn van objecten met 'question' en 'answer'."
        if not all(_is_text(field) for field in fields):
            return "Het veld 'history' heeft een tekst met een onleesbaar teken."
    return ""


if __name__ == "__main__":
    app()
