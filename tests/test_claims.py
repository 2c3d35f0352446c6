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
    """By part, each claim with the verdict on it."""
    corpus = Path(__file__).parents[1] / "corpus"
    settings = read_corpus(corpus, tmp_path_factory.mktemp("claims") / "index")
    assistant = Assistant.open(settings)
    checker = Checker(assistant.analyzer, assistant.embedder)
    return {
        part: score.judge(score.read(part), checker, assistant.documents) for part in score.PARTS
    }


def test_there_are_enough_claims_of_both_kinds():
    parts = [score.read(part) for part in score.PARTS]
    claims = [claim for part in parts for claim in part]
    true = sum(claim["kind"] == score.TRUE for claim in claims)
    assert min(true, len(claims) - true) >= 300
    for part in parts:  # two writers may have the same idea
        assert len({(claim["quote"], claim["claim"]) for claim in part}) == len(part)


def test_inventions_are_caught_and_true_sentences_stay(judged):
    others = {*score.UNREAD, *score.HARD}
    read = [one for part, found in judged.items() if part not in others for one in found]
    struck, caught = score.figures(read)
    assert struck <= 0.10
    assert caught >= 0.95


def test_the_floors_hold_on_what_nobody_looked_at_with_all_kinds_alike(judged):
    found = [one for part in score.EVEN for one in judged[part]]
    true = sum(claim["kind"] == score.TRUE for claim, *_ in found)
    assert min(true, len(found) - true) >= 300
    struck, caught = score.figures(found)
    assert struck <= 0.10
    assert caught >= 0.95


def test_what_nobody_looked_at_is_judged_no_worse_than_it_was(judged):
    struck, caught = score.figures([one for part in score.UNREAD for one in judged[part]])
    # With `later`, which has more denials and added claims, there is .107 and .952.
    assert struck <= 0.12
    assert caught >= 0.94


def test_denials_additions_and_free_rewordings_are_judged_no_worse_than_they_were(judged):
    struck, caught = score.figures([one for part in score.HARD for one in judged[part]])
    # What there is (.225 and .837).
    assert struck <= 0.27
    assert caught >= 0.82
