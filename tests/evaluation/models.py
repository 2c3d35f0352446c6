"""Measure what a language model that stalls, is slow or lies does to the answers.

    python tests/evaluation/models.py [--set SET] [--most N] [--index FOLDER] [--floors]

Over real HTTP, for each question of the sets: after how many seconds the first evidence is there
(the extractive answer, ready to be shown), with a model that says nothing, one that writes one
piece in ten seconds, and one that lies in every sentence. Of the model that lies the answers are
scored as `evaluate.py` scores the extractive ones, and whether a lie was shown is counted.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from evaluate import HERE, OUT, opened, read, score
from model_server import Pause, model_server, pieces_of

from assistant.errors import QuestionError
from assistant.model.connection import Connection
from assistant.model.fluent import FluentAssistant
from assistant.records import answer_record
from ingest.documents import Turn
from ingest.settings import Settings

SETS = ["questions", "own", "pairs", "fresh"]
LATEST = 0.5
"""Seconds within which the first evidence is there, for 95 in 100 questions."""


def stalls(messages):
    return [Pause(600)]


def is_slow(messages):
    for word in "De gemeente doet wat in het bewijs staat [1].".split():
        yield f"{word} "
        yield Pause(10)


def numbers_of(evidence):
    return re.findall(r"^\[(\d+)\] \(.*?\) (.*)$", evidence, re.M)


def lies(messages):
    """Copies each sentence of the evidence with something changed in it, and cites it."""
    said = []
    for number, text in numbers_of(messages[-1]["content"]):
        sentence = re.split(r"(?<=[.!?]) ", text)[0].rstrip(".!?")
        said.append(f"{changed(sentence, int(number))} [{number}].")
    return pieces_of("\n".join(said[:12]), 40)


def changed(sentence, turn):
    """A sentence with another number, a denial, another place or something added."""
    if re.search(r"\d", sentence):
        return re.sub(r"\d+", lambda match: str(int(match[0]) + 7), sentence, count=1)
    ways = (
        f"{sentence}, omdat de wethouder is afgetreden",
        f"In Rotterdam geldt: {sentence}",
        f"{sentence} voor 4.711 inwoners",
        f"Het is niet waar dat {sentence[:1].lower()}{sentence[1:]}",
    )
    return ways[turn % len(ways)]


def first_evidence(fluent, questions):
    """Seconds until the first evidence of each question; the model is then stopped."""
    seconds = []
    for asked in questions:
        history = [Turn(t["question"], t["answer"]) for t in asked.get("history", [])]
        stop = threading.Event()
        began = time.perf_counter()
        try:
            answers = fluent.answers(asked["question"], history, cancelled=stop)
            next(answers)
        except QuestionError:
            continue
        seconds.append(time.perf_counter() - began)
        # The model goes to work on it, as it would for a user, while the next question is asked.
        worker = threading.Thread(target=lambda rest=answers: list(rest), daemon=True)
        worker.start()
        stop_later = threading.Timer(0.2, stop.set)
        stop_later.daemon = True
        stop_later.start()
    return sorted(seconds)


def show_seconds(name, seconds):
    late = sum(one > LATEST for one in seconds)
    print(f"{name}: first evidence of {len(seconds)} questions: median "
          f"{seconds[len(seconds) // 2]:.3f} s, p95 {seconds[int(0.95 * len(seconds))]:.3f} s, "
          f"longest {seconds[-1]:.3f} s, {late} later than {LATEST} s", flush=True)  # fmt: skip


def lied(answer):
    """Sentences of the model that passed the checks and stand in the answer."""
    return [one for one in answer.making.judged if one.shown] if answer.making else []


def answer_all(fluent, questions, path):
    """Write the answers of the model that lies; give the lies that were shown."""
    shown = []
    with path.open("w", encoding="utf-8") as file:
        for asked in questions:
            history = [Turn(t["question"], t["answer"]) for t in asked.get("history", [])]
            record = {"id": asked["id"]}
            try:
                answer = fluent.ask(asked["question"], history)
                shown += [(asked["id"], one.text) for one in lied(answer)]
                record |= answer_record(answer)
            except QuestionError as error:
                record |= {"answer": str(error), "abstained": True, "citations": []}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return shown


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--most", type=int, default=None, help="only so many questions of each set")
    parser.add_argument("--index", type=Path, default=None)
    parser.add_argument("--floors", action="store_true")
    options = parser.parse_args()
    settings, assistant = opened(options.index)
    sets = {name: read(HERE / f"{name}.jsonl")[: options.most] for name in options.set or SETS}
    questions = [question for asked in sets.values() for question in asked]
    late = []
    for name, script in (("stalls", stalls), ("is slow", is_slow), ("lies", lies)):
        with model_server(script, context=8192) as server:
            fluent = FluentAssistant(assistant, Connection(Settings(llm_url=server.url)))
            fluent.connection.check()  # as the program does when it starts
            seconds = first_evidence(fluent, questions)
            show_seconds(f"a model that {name}", seconds)
            late += [name] if seconds[int(0.95 * len(seconds))] > LATEST else []
    below = False
    with model_server(lies, context=8192) as server:
        fluent = FluentAssistant(assistant, Connection(Settings(llm_url=server.url)))
        for name, asked in sets.items():
            below |= score_lies(fluent, assistant, name, asked, settings.corpus)
    if options.floors and (late or below):
        sys.exit(f"Too late with: {late}. Below the extractive score: {below}.")


def score_lies(fluent, assistant, name, asked, corpus):
    """Print the score with the model that lies and without; whether it is lower."""
    typed = OUT / f"lies-{name}.jsonl"
    lines = (json.dumps({"type": q.get("why", "twin")} | q) + "\n" for q in asked)
    typed.write_text("".join(lines), encoding="utf-8")
    correct = {}
    for who, ask in (("extractive", assistant), ("lies", fluent)):
        answers = OUT / f"lies-{name}-{who}.jsonl"
        print(f"\n== {name}, {who} ==", flush=True)
        shown = answer_all(ask, asked, answers)
        correct[who] = score(f"lies-{name}-{who}", typed, answers, corpus, False)["all"]["correct"]
    print(f"{name}: correct {correct['extractive']:.3f} without a model, {correct['lies']:.3f} "
          f"with one that lies; {len(shown)} of its sentences passed the checks")  # fmt: skip
    for where, text in shown:
        print(f"  passed, {where}: {text}")
    return correct["lies"] < correct["extractive"]


if __name__ == "__main__":
    main()
