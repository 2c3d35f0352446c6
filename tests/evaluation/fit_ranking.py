"""Fit the weights by which passages are ranked for a question (assistant/retrieval.py).

    python tests/evaluation/fit_ranking.py [--index DIR] [SET ...]

The sets are those that were looked at when none is named. Printed are, for each set, how often a
passage with gold evidence stands first and among the first ten, and the mean of 1 / its place:
with the weights of the program, and with weights that were fitted to the other sets. Last come the
weights of all, divided by that of likeness, as ``RankingWeights`` has them.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from logit import fit

HOME = Path(__file__).resolve().parent
sys.path.insert(0, str(HOME.parents[1]))

SETS = ("questions", "own", "fresh", "later", "next", "wide", "broad")
PARTS = ("likeness", "lexical", "dense", "names", "structure")


def one_line(text):
    return " ".join(text.split())


def holds(passage, evidence):
    """Whether a passage shows a gold quote, or the beginning or the end of it."""
    quote, text = one_line(evidence["quote"]), one_line(passage.text)
    same = evidence["document"] == passage.document_id
    return same and (quote[:80] in text or quote[-80:] in text or text in quote)


def cases(assistant, name):
    """For each question with evidence: the parts of the score of all passages, and the gold."""
    opened = assistant.opened
    passages = opened.index.passages
    for line in (HOME / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        if not asked.get("evidence") or asked.get("history"):
            continue
        question = opened.reader.read(asked["question"])
        searched, parts = opened.retriever.parts(question)
        gold = np.array([any(holds(p, e) for e in asked["evidence"]) for p in passages])[searched]
        if question.words and gold.any():
            yield name, (np.stack([parts[part][searched] for part in PARTS], axis=1), gold)


def places(measures, gold, weights):
    """Whether a gold passage is first, whether among ten, and 1 / its place."""
    ranked = gold[np.argsort(-(measures @ weights), kind="stable")]
    first = int(np.argmax(ranked))
    return first == 0, first < 10, 1 / (first + 1)


def main():
    from assistant.engine import Assistant
    from assistant.retrieval import RankingWeights
    from ingest.settings import load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--index", type=Path)
    args = parser.parse_args()
    assistant = Assistant.open(load_settings(index=args.index))
    found = [case for name in args.sets for case in cases(assistant, name)]
    weights = RankingWeights()
    now = np.array([weights.likeness, weights.lexical, weights.dense, weights.names, 1.0])
    rows = defaultdict(list)
    for name in dict.fromkeys(name for name, _ in found):
        others = [case for other, case in found if other != name]
        anew = fit(others) if others else now
        for measures, gold in (case for other, case in found if other == name):
            both = (*places(measures, gold, now), *places(measures, gold, anew))
            rows[name].append(both)
            rows["all"].append(both)
    print(f"{'set':12} {'n':>4}  first in ten 1/place | fitted to the others")
    for name in (*dict.fromkeys(name for name, _ in found), "all"):
        figures = " ".join(f"{figure:.3f}" for figure in np.mean(rows[name], axis=0))
        print(f"{name:12} {len(rows[name]):4d}  {figures}")
    fitted = fit([case for _, case in found])
    for part, weight in zip(PARTS, fitted / fitted[0], strict=True):
        print(f"{part:10} {weight:6.2f}")


if __name__ == "__main__":
    main()
