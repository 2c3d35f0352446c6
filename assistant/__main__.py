"""The command line: ``python -m assistant ask ...``. Data on stdout, messages on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import track

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.records import answer_record, place
from ingest.documents import Answer, Turn
from ingest.errors import IngestError
from ingest.settings import load_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Stel vragen over de beleidsdocumenten van een gemeente.",
)
messages = Console(stderr=True)

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
        _fail("Geef een vraag, of met --batch een bestand met vragen.")
    try:
        assistant = Assistant.open(load_settings(corpus=corpus, index=index))
        if batch:
            _answer_batch(assistant, batch, out, quiet)
        else:
            _show(assistant, assistant.ask(question), as_json)
    except (AssistantError, IngestError) as error:
        _fail(str(error))


def _fail(message: str) -> None:
    messages.print(message, style="red", markup=False, highlight=False)
    raise typer.Exit(code=1)


def _show(assistant: Assistant, answer: Answer, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer_record(answer), ensure_ascii=False, indent=1))
        return
    if answer.understood != answer.question:
        messages.print(f"Begrepen als: {answer.understood}", markup=False)
    print(answer.text)
    if answer.citations:
        print("\nBronnen")
    for citation in answer.citations:
        section = " › ".join(citation.section)
        where = ", ".join(
            part for part in (citation.title, section, place(citation, assistant.documents)) if part
        )
        print(f"[{citation.number}] {where}")


def _answer_batch(assistant: Assistant, batch: Path, out: Path | None, quiet: bool) -> None:
    try:
        lines = batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"Het bestand {batch} is niet te lezen: {error}")
        return
    asked = [line for line in lines if line.strip()]
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
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _answer_line(assistant: Assistant, line: str) -> dict[str, Any]:
    """One line of a batch; what is wrong with it becomes its ``error``."""
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"Deze regel is geen JSON: {error}."}
    problem = _problem(asked)
    if problem:
        return {"id": asked.get("id") if isinstance(asked, dict) else None, "error": problem}
    history = [Turn(turn["question"], turn["answer"]) for turn in asked.get("history") or []]
    try:
        answer = assistant.ask(asked["question"], history)
    except AssistantError as error:
        return {"id": asked.get("id"), "question": asked["question"], "error": str(error)}
    return {"id": asked.get("id")} | answer_record(answer)


def _problem(asked: object) -> str:
    """What is wrong with a line's object, or "" when it can be answered."""
    if not isinstance(asked, dict):
        return "Deze regel is geen JSON-object."
    if not isinstance(asked.get("question"), str):
        return "Deze regel heeft geen vraag in het veld 'question'."
    history = asked.get("history") or []
    turns = history if isinstance(history, list) else [None]
    for turn in turns:
        fields = (turn.get("question"), turn.get("answer")) if isinstance(turn, dict) else (None,)
        if not all(isinstance(field, str) for field in fields):
            return "Het veld 'history' moet een lijst zijn van objecten met 'question' en 'answer'."
    return ""


if __name__ == "__main__":
    app()
