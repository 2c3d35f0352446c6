"""Fit what a stance is proposed by (`WEIGHTS` of assistant/reply/stance.py).

The points are those that are found, not those of the gold: each letter is read with what the others
teach of points and types. Run from the root of the repository:

    python tests/evaluation/letters/fit_stance.py [--index DIR]

Printed are, for some chances from which a stance is proposed, how many are and how many of these
are wrong, for each letter with weights that were fitted to the others; then the weights of all.
"""

import argparse
import sys
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from score import HOME, gold_by_letter, match_points

sys.path.insert(0, str(HOME.parents[2]))

RIDGE = 0.3
PARTS = 5  # of the letters
LEASTS = (0.7, 0.74, 0.78, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9)


def findings(assistant):
    """What is found in each letter, read with what the others teach."""
    from assistant.reply.findings import find_answers
    from assistant.reply.phrase_training import learn_phrases
    from assistant.reply.training import examples_of, hints_in, learn, learnt_from, spoken_in
    from assistant.reply.type_training import learn_types, type_examples

    names = sorted(gold_by_letter())
    letters = [one for folder in (HOME, HOME / "marked") for one in learnt_from(folder)]
    for part in range(PARTS):
        inside = names[part::PARTS]
        others = [one for one in letters if one.types and one.name not in inside]
        hints = hints_in(others)
        phrases = learn_phrases(spoken_in(others))
        weights = learn(examples_of(others, hints))
        type_weights = learn_types(type_examples(others, hints))
        with (
            patch("assistant.reply.phrases.load_phrases", lambda w=phrases: w),
            patch("assistant.reply.points.load_weights", lambda w=weights: w),
            patch("assistant.reply.points.load_type_weights", lambda w=type_weights: w),
        ):
            for name in inside:
                yield name, find_answers(assistant, HOME / f"{name}.txt")


def cases(found):
    """For each gold point that is found: its letter, gold stances, and what is found for it."""
    gold = gold_by_letter()
    for name, one in found:
        for entry, answer in match_points(gold[name], one.answers)[0]:
            if answer is not None:
                yield name, entry["stance"], answer


def fit(rows, right):
    """The weights under which what is right is likeliest (logistic regression, ridge)."""

    def loss(weights):
        score = rows @ weights
        wrong = np.logaddexp(0, score).sum() - right @ score + RIDGE * weights @ weights / 2
        return wrong, rows.T @ (1 / (1 + np.exp(-score)) - right) + RIDGE * weights

    return minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x


def main():
    from assistant.engine import Assistant
    from assistant.reply import stance
    from ingest.settings import load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path)
    assistant = Assistant.open(load_settings(index=parser.parse_args().index))
    found = list(cases(findings(assistant)))
    report(found, stance)


def report(found, stance):
    kept = [(name, gold, answer, stance.carrying(answer.evidence)) for name, gold, answer in found]
    kept = [one for one in kept if one[3]]
    rows = np.array([stance.measures(answer.point, quotes) for _, _, answer, quotes in kept])
    names = np.array([name for name, *_ in kept])
    right = {
        each: np.array([each in gold for _, gold, *_ in kept], dtype=float)
        for each in stance.WEIGHTS
    }
    proposed = {least: [] for least in LEASTS}
    for name in dict.fromkeys(names):
        rest = names != name
        weights = {each: tuple(fit(rows[rest], right[each][rest])) for each in right}
        with patch.object(stance, "WEIGHTS", weights):
            for least in LEASTS:
                with patch.object(stance, "LEAST", least):
                    proposed[least] += propose(stance, [one for one in found if one[0] == name])
    for least, each in proposed.items():
        wrong = sum(not ok for ok in each)
        print(f"{least:.2f}: {len(each)} of {len(found)} proposed, {wrong} wrong")
    for each, hits in right.items():
        print(each, ", ".join(f"{weight:.2f}" for weight in fit(rows, hits)))


def propose(stance, found):
    """Whether each stance that is proposed is right."""
    for _, gold, answer in found:
        made, carrier = stance.stance_on(answer.point, answer.evidence, answer.telling)
        if carrier is not None:
            yield made in gold


if __name__ == "__main__":
    main()
