import sys
from pathlib import Path

import pytest
from assistant_parts import read_corpus

CLAIMS = Path(__file__).parent / "evaluation" / "claims"
sys.path.insert(0, str(CLAIMS))

import score_claims as score  # noqa: E402

from assistant.checks.check import Checker  # noqa: E402
from assistant.engine import Assistant  # noqa: E402


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    corpus = Path(__file__).parents[1] / "corpus"
    settings = read_corpus(corpus, tmp_path_factory.mktemp("claims") / "index")
    assistant = Assistant.open(settings)
    checker = Checker(assistant.analyzer, assistant.embedder)
    return [
        one
        for part in score.PARTS
        for one in score.judge(score.read(part), checker, assistant.documents)
    ]


def test_there_are_enough_claims_of_both_kinds():
    parts = [score.read(part) for part in score.PARTS]
    claims = [claim for part in parts for claim in part]
    true = sum(claim["kind"] == score.TRUE for claim in claims)
    assert min(true, len(claims) - true) >= 300
    for part in parts:  # two writers may have the same idea
        assert len({(claim["quote"], claim["claim"]) for claim in part}) == len(part)


def test_inventions_are_caught_and_true_sentences_stay(judged):
    struck, caught = score.figures(judged)
    assert struck <= 0.10
    assert caught >= 0.95
