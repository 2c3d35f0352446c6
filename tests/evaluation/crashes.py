"""Pull the plug on an ingestion at many points, and see that nothing is lost.

    python tests/evaluation/crashes.py [--points 200]

A run that replaces a document, adds one and removes one is killed with SIGKILL: at half of the
points when it makes its n-th step in one of the modules that write, at the others after a part of
its time. Only runs that were killed while they ran count; where one was done sooner, another is
tried. After each the index must open as it was before or as it is after, whole, the next run must
finish the work, and nothing of the removed document may be left. Three seconds a point, or less; on
a machine that does other work too some five.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from conftest import PlainWords, WordCounts

from ingest.check import check
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.settings import Settings
from ingest.traces import find_traces

WRITERS = ("chroma_files", "disk", "lexical", "lock", "making", "originals", "pipeline", "publish")
WRITERS += ("store", "vectors")
TEXT = "\n\n".join(f"{n}. Punt {n}\n\nDe gemeente doet ding {n} in wijk {n}." for n in range(40))
GONE = "xylofoon"
BEFORE = {"plan": f"Plan\n\n{TEXT}", "brief": "Brief\n\nGeachte raad."}
BEFORE[GONE] = f"De {GONE}\n\n{TEXT[9:]}"
AFTER = {
    "plan": f"Nieuw plan\n\n{TEXT}",
    "brief": BEFORE["brief"],
    "erbij": f"Erbij\n\n{TEXT[99:]}",
}

processes = multiprocessing.get_context("forkserver")


def settings_of(folder: Path) -> Settings:
    return Settings(corpus=folder / "corpus", index=folder / "index")


def fill(folder: Path, texts: dict[str, str]) -> None:
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    (folder / "corpus").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "corpus" / f"{name}.txt").write_text(text)


def run(folder: Path):
    return ingest(settings_of(folder), embedder=WordCounts(), analyzer=PlainWords())


class Counting:
    """Counts the calls and returns of functions in the modules that write."""

    def __init__(self, at: int | None) -> None:
        self.at, self.steps, self.where = at, 0, ""

    def __call__(self, frame, event: str, argument) -> None:
        if event not in ("call", "return"):
            return
        path = Path(frame.f_code.co_filename)
        if path.parent.name != "ingest" or path.stem not in WRITERS:
            return
        self.steps += 1
        if self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def count_steps(folder: Path, answer) -> None:
    counting = Counting(None)
    sys.setprofile(counting)
    run(folder)
    sys.setprofile(None)
    answer.put(counting.steps)


def die_at_step(folder: Path, step: int, started) -> None:
    sys.setprofile(Counting(step))
    started.set()
    run(folder)


def be_killed(folder: Path, _: int, started) -> None:
    started.set()
    run(folder)


def state_of(texts: dict[str, str]) -> str:
    """What a reader finds: each document must be as it was or as it is to be.

    A run that takes more than some ten seconds makes what is ready searchable meanwhile.
    """
    if texts == BEFORE:
        return "before"
    if texts == AFTER:
        return "after"
    names = BEFORE.keys() | AFTER.keys()
    wrong = [n for n in names if texts.get(n) not in (BEFORE.get(n), AFTER.get(n))]
    return f"MIXED {sorted(wrong)}" if wrong else "in between"


def look(folder: Path, answer) -> None:
    """Tell what a reader finds after the cut, and what the next run makes of it."""
    settings = settings_of(folder)
    try:
        index = Index.open(settings, WordCounts(), PlainWords())
        texts = {name: document.text for name, document in index.documents.items()}
        found = state_of(texts)
        if len(index.dense("de gemeente in wijk 7", 3)) != 3:
            found = "NO VECTORS"
        index.close()
        report = run(folder)
        problems = check(settings, WordCounts())
        index = Index.open(settings, WordCounts(), PlainWords())
        if problems or report.failed or {n: d.text for n, d in index.documents.items()} != AFTER:
            found = f"NOT FINISHED {problems} {report.failed}"
        left = {path.name for path in settings.index.rglob("*.tmp")}
        left |= {path.name for path in find_traces([settings.index], [GONE])}
        answer.put(f"LEFT {left}" if left else found)
    except Exception as error:  # noqa: BLE001 - whatever happens is the outcome
        answer.put(f"FAILED {type(error).__name__}: {error}")


def in_child(target, *arguments):
    answer = processes.Queue()
    child = processes.Process(target=target, args=(*arguments, answer))
    child.start()
    found = answer.get(timeout=120)
    child.join(60)
    return found


def killed(target, folder: Path, step: int, seconds: float | None) -> bool:
    """Let a run be killed: at a step by itself, or after so many seconds; whether it still ran."""
    started = processes.Event()
    child = processes.Process(target=target, args=(folder, step, started))
    child.start()
    started.wait(60)
    child.join(120 if seconds is None else seconds)
    if child.exitcode is None:
        child.kill()
        child.join(60)
    return child.exitcode == -signal.SIGKILL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=200)
    points = parser.parse_args().points
    with tempfile.TemporaryDirectory() as scratch:
        outcomes = measure(Path(scratch), points)
    print("\n".join(f"{number:5}  {name}" for name, number in sorted(outcomes.items())))
    sound = {"before", "after", "in between"}
    raise SystemExit(0 if set(outcomes) <= sound else 1)


def measure(scratch: Path, points: int) -> Counter[str]:
    first = scratch / "first"
    fill(first, BEFORE)
    in_child(_prepare, first)
    fill(first, AFTER)
    trial = scratch / "trial"
    shutil.copytree(first, trial)
    steps = in_child(count_steps, trial)
    shutil.rmtree(trial)
    shutil.copytree(first, trial)
    whole = in_child(time_of, trial)
    print(f"{steps} steps, {whole:.1f} s a run", file=sys.stderr)
    outcomes: Counter[str] = Counter()
    began, late = time.monotonic(), 0
    while (point := outcomes.total()) < points:
        shutil.rmtree(trial)
        shutil.copytree(first, trial)
        part = (point // 2 + 0.5) / ((points + 1) // 2)
        at_step = point % 2 == 0
        target = die_at_step if at_step else be_killed
        step = 1 + int(part * steps) if at_step else 0
        if killed(target, trial, step, None if at_step else part * whole):
            outcomes[in_child(look, trial)] += 1
        else:  # this machine is faster now than when it was measured
            late += 1
            whole *= 0.9
            steps -= at_step
        if outcomes.total() % 20 == 0 and outcomes.total() > point:
            took = time.monotonic() - began
            print(f"{outcomes.total()} killed in {took:.0f} s: {dict(outcomes)}", file=sys.stderr)
    print(f"{outcomes.total()} runs were killed while they ran; {late} were done sooner")
    return outcomes


def time_of(folder: Path, answer) -> None:
    began = time.monotonic()
    run(folder)
    answer.put(time.monotonic() - began)


def _prepare(folder: Path, answer) -> None:
    run(folder)
    answer.put("ready")


if __name__ == "__main__":
    processes.set_forkserver_preload(["ingest.pipeline", "ingest.check", "chromadb"])
    main()
