"""Score the checks of sentences: how many true ones are struck, how many inventions are caught.

python tests/evaluation/claims/score_claims.py [--show] [--index FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from assistant.checks.check import Checker
from assistant.checks.evidence import Proof
from assistant.engine import Assistant
from ingest.pipeline import ingest
from ingest.settings import load_settings

HERE = Path(__file__).parent
PARTS = [
    *("development", "second", "last", "fourth", "fifth", "sixth", "eighth", "ninth"),
    *("unread", "later", "balanced", "tenth", "eleventh"),
]
UNREAD = ["unread", "later", "balanced", "tenth", "eleventh"]
"""Parts of which only totals by kind were ever looked at."""
EVEN = ["unread", "balanced", "tenth", "eleventh"]
"""Those of them that have the kinds of invention in about equal shares."""
HARD = ["eighth"]
"""Parts of denials, added claims and free rewordings only; looked at, with floors of their own."""
NOT_LOOKED_AT = {"fourth": slice(1, None, 2), **dict.fromkeys(UNREAD, slice(None))}
"""Of these lines only totals are looked at: they tell what to expect of other sentences."""
TRUE = "waar"


def read(part):
    text = (HERE / f"{part}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def proofs(documents):
    """Each sentence of the documents as a proof, by document and text; white space is collapsed."""
    return {
        (document.document.id, " ".join(passage.cut(start, end).split())): Proof(
            passage, start, end
        )
        for document in documents.values()
        for passage in document.passages
        for start, end in passage.sentences
    }


def judge(claims, checker, documents):
    """Each claim with the verdict on it, and the seconds that this took."""
    known = proofs(documents)
    found = []
    for claim in claims:
        proof = known[claim["document"], claim["quote"]]
        began = time.perf_counter()
        verdict = checker.check(claim["claim"], [proof], documents)
        found.append((claim, verdict, time.perf_counter() - began))
    return found


def figures(judged):
    """Share of the true sentences struck, and of the inventions caught."""
    true = [verdict for claim, verdict, _ in judged if claim["kind"] == TRUE]
    invented = [verdict for claim, verdict, _ in judged if claim["kind"] != TRUE]
    struck = sum(not verdict.ok for verdict in true) / len(true)
    caught = sum(not verdict.ok for verdict in invented) / len(invented)
    return struck, caught


def show(part, judged):
    struck, caught = figures(judged)
    seconds = sorted(seconds for _, _, seconds in judged)
    counts = Counter(claim["kind"] for claim, _, _ in judged)
    missed = Counter(claim["kind"] for claim, v, _ in judged if v.ok and claim["kind"] != TRUE)
    kinds = ", ".join(f"{k} {n - missed[k]}/{n}" for k, n in counts.items() if k != TRUE)
    print(f"{part}: {counts[TRUE]} true, struck {struck:.3f}; "
          f"{len(judged) - counts[TRUE]} invented, caught {caught:.3f} ({kinds}); "
          f"median {1000 * seconds[len(seconds) // 2]:.1f} ms, "
          f"p95 {1000 * seconds[int(0.95 * len(seconds))]:.1f} ms a sentence")  # fmt: skip


def show_failures(judged):
    for claim, verdict, _ in judged:
        if verdict.ok != (claim["kind"] == TRUE):
            why = f"{verdict.problem} ({verdict.detail})" if verdict.problem else "passed"
            print(f"  {claim['kind']}: {claim['claim']}\n    {why}; source: {claim['quote']}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true", help="show what went wrong")
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    settings = load_settings(index=options.index)
    ingest(settings)
    assistant = Assistant.open(settings)
    checker = Checker(assistant.analyzer, assistant.embedder)
    everything = []
    for part in PARTS:
        judged = judge(read(part), checker, assistant.documents)
        everything += judged
        show(part, judged)
        unseen = judged[NOT_LOOKED_AT[part]] if part in NOT_LOOKED_AT else []
        if 0 < len(unseen) < len(judged):
            show(f"{part}, the half that is not looked at", unseen)
        if options.show:
            show_failures([one for one in judged if one not in unseen])
    show("all", everything)


if __name__ == "__main__":
    main()
