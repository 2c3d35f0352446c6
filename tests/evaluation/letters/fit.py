"""Fit the weights by which sentences are ranked for a point (assistant/reply/ranking.py).

The points are those of the gold, so that what is measured is the search and not the finding of
points. Run from the root of the repository:

    python tests/evaluation/letters/fit.py [FOLDER ...] [--index DIR] [--measure]

Each folder holds letters and their gold.jsonl; this one when none is named. Printed are, for each
folder, the points with evidence of which a gold quote is among the first five: with the weights of
the program, and with weights that were fitted to the letters of other eighths (`--measure` leaves
the fitting out, for letters that are not to be learnt from). Last come the weights of all, and
those of the chance that the best sentence bears on its point, by the weights of the program.
"""

import argparse
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import numpy as np
from score import FIRST, HOME, gold_by_letter, holds, one_line

sys.path.insert(0, str(HOME.parents[2]))
sys.path.insert(0, str(HOME.parent))

from fit_stance import fit as logistic
from logit import fit

PARTS = 8
COMPARED = 5  # of the measures, those that the chance is told from


def gold_points(folder, gold, register):
    """Each gold entry with the municipality and the point that it makes in its letter."""
    from assistant.reply.letter import in_letter, read_letter
    from assistant.reply.records import Point, PointType, RestKind
    from assistant.reply.training import quoted

    for name, entries in gold.items():
        letter = read_letter(folder / f"{name}.txt", register.municipalities, lambda _: frozenset())
        headings = [rest for rest in letter.rest if rest.kind is RestKind.HEADING]
        for number, entry in enumerate(entries, start=1):
            found = quoted(letter.text, entry["quote"])
            if found is None:
                print(f"{name}: niet in de brief: {entry['quote'][:70]}", file=sys.stderr)
                continue
            above = [one_line(one.text) for one in headings if one.start < found.start()]
            point = Point(number, PointType(entry["type"]), *found.span(), "", "", *above[-1:])
            yield entry, letter.municipality, in_letter(point, letter.text)


def cases(assistant, folder):
    """For each point its letter, the measures of its candidates, the gold, and what is strange."""
    from assistant.reply.evidence import EvidenceFinder

    finders = {}
    gold = gold_by_letter(folder)
    for entry, town, point in gold_points(folder, gold, assistant.register):
        finder = finders.setdefault(town, EvidenceFinder(assistant.opened, town))
        subject = finder.subject(point)
        found = finder.search.candidates(point, subject)
        if not found:
            continue
        texts = [one.sentence.text for one in found]
        measures = finder.search.ranker.measures(found, subject)
        right = np.array([holds([text], entry["evidence"]) for text in texts])
        yield (str(folder), entry["letter"]), measures, right, texts, subject.strange, entry


def is_hit(scores, right, texts):
    """Whether one of the first five is right, sentences with nearly the same words taken as one."""
    kept = []
    for at in np.argsort(-scores, kind="stable"):
        words = set(texts[at].lower().split())
        if all(len(words & other) < 0.75 * len(words | other) for _, other in kept):
            kept.append((at, words))
        if len(kept) == FIRST:
            break
    return any(right[at] for at, _ in kept)


def main():
    from assistant.engine import Assistant
    from assistant.reply.ranking import Weights
    from ingest.settings import load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HOME])
    parser.add_argument("--index", type=Path)
    parser.add_argument("--measure", action="store_true", help="fit nothing")
    args = parser.parse_args()
    assistant = Assistant.open(load_settings(index=args.index))
    everything = [case for folder in args.folders for case in cases(assistant, folder)]
    found = [case for case in everything if case[-1]["evidence"]]
    now = np.array(list(asdict(Weights()).values()))
    letters = sorted({letter for letter, *_ in found})
    part = {letter: at % PARTS for at, letter in enumerate(letters)}
    fitted = [now] * PARTS
    if not args.measure:
        fitted = [fit([c[1:3] for c in found if part[c[0]] != one]) for one in range(PARTS)]
    hits = defaultdict(list)
    for letter, measures, right, texts, *_ in found:
        scores = (measures @ now, measures @ fitted[part[letter]])
        hits[letter[0]].append([is_hit(one, right, texts) for one in scores])
    for folder, pairs in hits.items():
        as_is, anew = np.mean(pairs, axis=0)
        print(f"{folder:40} {len(pairs):4d} {as_is:.3f}" + ("" if args.measure else f" {anew:.3f}"))
    if not args.measure:
        for name, weight in zip(asdict(Weights()), fit([c[1:3] for c in found]), strict=True):
            print(f"{name:14} {weight:6.2f}")
        names = [*asdict(Weights())][:COMPARED]
        chance = zip([*names, "strange", "constant"], fit_chance(everything, now), strict=True)
        print("chance:", ", ".join(f"{name} {weight:.2f}" for name, weight in chance))


def fit_chance(found, weights):
    """What tells whether the best sentence of a point bears on it (logistic regression)."""
    best = [int(np.argmax(measures @ weights)) for _, measures, *_ in found]
    rows = [
        [*measures[at][:COMPARED], float(strange), 1.0]
        for at, (_, measures, _, _, strange, _) in zip(best, found, strict=True)
    ]
    right = [float(case[2][at]) for at, case in zip(best, found, strict=True)]
    return logistic(np.array(rows), np.array(right))


if __name__ == "__main__":
    main()
