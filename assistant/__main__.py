"""The command line: ``python -m assistant ask ...``. Data on stdout, messages on stderr."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer
from rich.console import Console
from rich.progress import track

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.records import SEPARATOR, answer_record, place
from ingest.documents import Answer, Turn
from ingest.errors import IngestError
from ingest.settings import load_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Stel vragen over de beleidsdocumenten van een gemeente.",
)
messages = Console(stderr=True)
# JSON can name half of a character that is written as a pair; no file can hold it.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")

Corpus = Annotated[
    Path | None, typer.Option("--corpus", metavar="MAP", help="Map met de documenten.")
]
IndexFolder = Annotated[
    Path | None, typer.Option("--index", metavar="MAP", help="Map met de index.")
]


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
    quiet: Annotated[bool, typer.Option("--quiet", help="Toon geen voortgang.")] = False,
    corpus: Corpus = None,
    index: IndexFolder = None,
) -> None:
    """Beantwoord een vraag, of een bestand met vragen, met citaten uit de documenten."""
    if bool(question) == bool(batch):
        _fail("Stel een vraag, of geef met --batch een bestand met vragen.")
    try:
        assistant = Assistant.open(load_settings(corpus=corpus, index=index))
        if batch:
            _answer_batch(assistant, batch, out, quiet)
        else:
            _show(assistant.ask(question), as_json)
    except (AssistantError, IngestError) as error:
        _fail(str(error))


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
    encoding = sys.stdout.encoding or "utf-8"
    print("\n".join(lines).encode(encoding, errors="replace").decode(encoding))


def _answer_batch(assistant: Assistant, batch: Path, out: Path | None, quiet: bool) -> None:
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
    records = (_answer_line(assistant, line) for line in progress)
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


def _answer_line(assistant: Assistant, line: str) -> dict[str, Any]:
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
