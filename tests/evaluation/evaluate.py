"""Measure the assistant on the question sets, and hold it to the floors.

    python tests/evaluation/evaluate.py [--set SET] [--failures] [--floors]

`questions.jsonl` is the set that was used while building; `own.jsonl` was written by others who
had not seen it; `pairs.jsonl` holds near twins, one that the documents answer and one that they
do not. The next seven were each written by somebody else, who had seen neither the program nor the
other sets: `fresh`, `later`, `next`, `wide` and `broad` were looked at after their first run, of
`last` and `final` only totals and the names of questions gained or lost were read, so they tell
best what to expect elsewhere. `absent.jsonl` asks about what the documents of a municipality do not
speak of: each should be refused. `register.jsonl` is a register of two documents, made by hand;
`register-own.jsonl` judges whole sections of the three others, sentence by sentence (`judged.py`).
`score.py` and `score_register.py` say what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from judged import PARTS, write_part

from assistant.engine import Assistant
from assistant.records import answer_record
from assistant.tables import statement_record
from ingest.documents import Turn
from ingest.pipeline import ingest
from ingest.settings import Settings, load_settings

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "build" / "evaluation"

SETS = ["questions", "own", "pairs", "fresh", "later", "next", "wide", "broad", "last", "final"]
SETS += ["absent", "register", "register-own"]
FLOORS = {
    "questions": {
        "correct": {"all": 0.80, "fact": 0.85, "goals": 0.75, "paraphrase": 0.35},
        "retrieved": {"all": 0.90, "paraphrase": 0.40},
        "cited": {"all": 0.80},
    },
}
# By kind of statement: the measures, as score_register.py calls them, and their floors.
REGISTER_FLOORS = {
    "doel": [("F1", 0.80)],
    "aanbeveling": [("recall", 0.90)],
    "opdracht": [("recall", 0.90)],
    "reactie": [("recall", 0.90)],
    "uitgangspunt": [("recall", 0.85)],
    "indicator": [("recall", 0.70)],
    "toezegging": [("recall", 0.70)],
    "all": [("precision", 0.75)],
}
# The register that was judged sentence by sentence, by part: of all kinds together.
OWN_FLOORS = {
    "development": {"all": [("recall", 0.85), ("precision", 0.90)]},
    "test": {"all": [("recall", 0.70), ("precision", 0.85)]},
}
AT_MOST = {
    "questions": {
        "quotes_not_verbatim": 0,
        "passages_not_verbatim": 0,
        "wrongly_answered": 0.0,
        "wrongly_refused": 0.05,
    },
    "own": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "fresh": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "later": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "next": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "wide": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "broad": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "last": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "final": {"quotes_not_verbatim": 0, "passages_not_verbatim": 0},
    "absent": {"quotes_not_verbatim": 0, "wrongly_answered": 0.15},
    "pairs": {"wrongly_answered": 0.10, "wrongly_refused": 0.07},
}


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def answer_all(assistant: Assistant, questions: list[dict], path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for asked in questions:
            history = [Turn(t["question"], t["answer"]) for t in asked.get("history", [])]
            record = {"id": asked["id"]}
            try:
                record |= answer_record(assistant.ask(asked["question"], history))
            except Exception as error:
                # A question that is refused at the door (empty, only marks) counts as refused.
                if type(error).__name__ != "QuestionError":
                    raise
                record |= {"answer": str(error), "abstained": True, "citations": []}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def score(name: str, questions: Path, answers: Path, corpus: Path, failures: bool) -> dict:
    summary = OUT / f"{name}-scores.json"
    command = [sys.executable, str(HERE / "score.py"), str(questions), str(answers)]
    command += ["--corpus", str(corpus), "--json", str(summary)]
    subprocess.run(command + ["--failures"] * failures, check=True)
    return json.loads(summary.read_text(encoding="utf-8"))["summary"]


def broken_floors(name: str, summary: dict) -> list[str]:
    broken = []
    for measure, floors in FLOORS.get(name, {}).items():
        for kind, floor in floors.items():
            value = summary[kind][measure]
            if value < floor:
                broken.append(f"{name}: {measure} of {kind} is {value:.3f}, floor {floor}")
    for measure, limit in AT_MOST.get(name, {}).items():
        if summary[measure] > limit:
            broken.append(f"{name}: {measure} is {summary[measure]:.3f}, at most {limit}")
    return broken


def score_register(assistant: Assistant, corpus: Path, name: str) -> list[str]:
    """Print the tables of a register; give the floors that are broken."""
    found = assistant.register
    predicted = OUT / "register.jsonl"
    records = (statement_record(entry, found) for entry in found.entries)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    predicted.write_text("".join(lines), encoding="utf-8")
    if name == "register":
        table = register_table(HERE / "register.jsonl", predicted, corpus)
        return broken_register_floors(name, table, REGISTER_FLOORS)
    broken = []
    for part in PARTS:
        print(f"-- {part} --", flush=True)
        files = write_part(HERE / "register-own.jsonl", part, predicted, corpus, OUT)
        table = register_table(*files, corpus)
        broken += broken_register_floors(f"{name} ({part})", table, OWN_FLOORS[part])
    return broken


def register_table(gold: Path, predicted: Path, corpus: Path) -> str:
    command = [sys.executable, str(HERE / "score_register.py"), str(gold), str(predicted)]
    command += ["--corpus", str(corpus)]
    table = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    print(table, end="", flush=True)
    return table


def broken_register_floors(
    name: str, table: str, floors: dict[str, list[tuple[str, float]]]
) -> list[str]:
    header, *rows = (re.split(r"\s{2,}", line.strip()) for line in table.splitlines())
    values = {
        row[0]: dict(zip(header, row, strict=True)) for row in rows if len(row) == len(header)
    }
    broken = [
        f"{name}: {measure} of {kind} is {values[kind][measure]}, floor {floor}"
        for kind, wanted in floors.items()
        for measure, floor in wanted
        if float(values[kind][measure]) < floor
    ]
    return broken + ([] if "not verbatim: 0 of" in table else [f"{name}: not verbatim"])


def opened(index: Path | None) -> tuple[Settings, Assistant]:
    """The assistant over the corpus of the settings, ready, and a folder for what is found."""
    OUT.mkdir(parents=True, exist_ok=True)
    settings = load_settings(index=index)
    ingest(settings)
    assistant = Assistant.open(settings)
    assistant.ask("Wat is de MAG?")  # the first question also pays for loading
    return settings, assistant


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--index", type=Path, default=None)
    args = parser.parse_args()
    settings, assistant = opened(args.index)
    broken = []
    for name in args.set or SETS:
        if name.startswith("register"):
            print(f"\n== {name} ==", flush=True)
            broken += score_register(assistant, settings.corpus, name)
            continue
        questions = HERE / f"{name}.jsonl"
        asked = [{"type": q.get("why", "twin")} | q for q in read(questions)]
        typed = OUT / f"{name}.jsonl"
        typed.write_text("".join(json.dumps(q) + "\n" for q in asked), encoding="utf-8")
        answers = OUT / f"{name}-answers.jsonl"
        answer_all(assistant, asked, answers)
        print(f"\n== {name} ==", flush=True)
        summary = score(name, typed, answers, settings.corpus, args.failures)
        broken += broken_floors(name, summary)
    if args.floors and broken:
        sys.exit("\n".join(["Below the floors:", *broken]))


if __name__ == "__main__":
    main()
