import re

import pytest
from assistant_parts import prepared
from letter_parts import LETTER
from model_server import Hangup, model_server, user_text

from assistant.model.connection import Connection
from assistant.model.fluent import FluentAssistant
from assistant.reply.draft import load_template
from assistant.reply.findings import find_answers
from assistant.reply.point_text import drafted_text, told_sentences
from assistant.reply.smoother import Smoother, smoothed
from assistant.reply.work import begin
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("no_long_waits")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def item(assistant, tmp_path_factory):
    """The question whether the taxi can be ordered on Sundays: its quotes are policy."""
    path = tmp_path_factory.mktemp("letters") / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    work = begin(find_answers(assistant, path))
    return next(item for item in work.items if "deeltaxi" in item.point.quote)


@pytest.fixture
def ask(assistant):
    """Smooths an item with a model that follows a script."""

    def run(item, script):
        with model_server(script) as server:
            settings = Settings(llm_url=server.url, llm_seconds=5)
            fluent = FluentAssistant(assistant, Connection(settings))
            changes = smoothed(item, Smoother.of(fluent), assistant.documents)
            return changes, server.asked

    return run


def quoted(messages):
    """The number of the evidence and its words, as the model is given them."""
    found = re.search(r"^\[(\d+)\] (.*)$", user_text(messages), re.M)
    return found[1], found[2]


def test_a_proven_sentence_takes_the_place_of_the_templates(assistant, item, ask):
    def script(messages):
        number, words = quoted(messages)
        return [f"In de sociale agenda leest u dat {words[:1].lower()}{words[1:-1]} [{number}]."]

    before = drafted_text(item, load_template())
    changes, asked = ask(item, script)
    told = told_sentences(item, load_template())
    assert len(asked) == len(told) >= 1
    assert "In de sociale agenda leest u dat" in changes["text"]
    assert changes["text"].split("\n\n")[0] == before.split("\n\n")[0]
    assert changes["text"].split("\n\n")[-1] == before.split("\n\n")[-1]
    assert "herschreven door proefmodel" in changes["remarks"][0]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("De deeltaxi kost op zondag € 9,95 [{number}].", "getal"),
        ("De deeltaxi is mooi [7].", "bewijs"),
        ("{words}", "bewijs"),
        ("Wij zullen ervoor zorgen: {words} [{number}]", "zegt iets toe"),
        ("De zwembaden zijn in de winter gesloten [{number}].", "bewijs"),
    ],
)
def test_a_sentence_that_fails_stays_the_templates_and_the_officer_sees_which(
    assistant, item, ask, written, why
):
    def script(messages):
        number, words = quoted(messages)
        return [written.format(number=number, words=words)]

    changes, _ = ask(item, script)
    told = told_sentences(item, load_template())
    assert "text" not in changes
    assert len(changes["remarks"]) == len(told)
    for sentence, remark in zip(told, changes["remarks"], strict=True):
        assert remark.startswith("Deze zin bleef zoals hij was")
        assert why in remark
        assert sentence.text in remark


def test_a_model_that_is_away_changes_nothing(item, ask):
    changes, _ = ask(item, lambda messages: [Hangup()])
    assert "text" not in changes
    assert len(changes["remarks"]) == 1
