"""An answer in plain Dutch by a model that a test scripts, over real HTTP."""

import json
import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from assistant_parts import assert_proven, prepared
from model_server import Pause, Status, model_server, pieces_of, user_text

from assistant.model.connection import Connection
from assistant.model.fluent import FluentAssistant
from assistant.model.replay import replay
from assistant.saved import load, to_json
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("no_long_waits")

PRICE = "Wat kost een rit met de wijkbus?"
SENTENCE = "De bijdrage voor de wijkbus is in 2021 verlaagd van € 2,00 naar € 1,75 per rit."
PLAIN = (
    "De bijdrage voor de wijkbus is nu lager. "
    "In 2021 ging de bijdrage per rit van € 2,00 naar € 1,75."
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture
def fluent(assistant):
    """Gives an assistant whose model follows a script."""
    with ExitStack() as opened:

        def make(script, **options):
            server = opened.enter_context(model_server(script))
            settings = Settings(llm_url=server.url, **{"llm_seconds": 5} | options)
            return FluentAssistant(assistant, Connection(settings)), server

        yield make


def rewrites(text):
    """A script that rewrites the sentence on the price, and gives any other back as it is."""

    def script(messages):
        asked = user_text(messages)
        sentence = asked.split('soort="zin">\n')[1].split("\n</gegevens")[0]
        return pieces_of(text if SENTENCE in sentence else sentence)

    return script


def test_each_sentence_is_rewritten_and_keeps_its_number(fluent, assistant):
    model, server = fluent(rewrites(PLAIN))
    before = assistant.ask(PRICE)
    answer = model.in_plain_dutch(before)
    assert f"{PLAIN} [1]" in answer.text.replace("**", "")
    assert_proven(answer, assistant.documents)
    assert answer.citations == before.citations
    plain = answer.plain
    assert (plain.model, plain.prompts) == ("proefmodel", {"eenvoudig": "2"})
    assert plain.original == before.text
    assert plain.after > plain.before
    assert "proefmodel" in plain.note
    assert "Niet herschreven" not in plain.note
    assert SENTENCE in user_text(server.asked[0])


def test_when_no_sentence_changes_that_is_said(fluent, assistant):
    model, _ = fluent(rewrites(SENTENCE))
    answer = model.in_plain_dutch(assistant.ask(PRICE))
    assert "geen zin eenvoudiger gemaakt" in answer.plain.note
    assert answer.text == assistant.ask(PRICE).text


OFFICIAL = "Tevens dient de gemeente ten behoeve van ouderen een bus te laten rijden."
RULED = "Ook moet de gemeente voor ouderen een bus laten rijden."


@pytest.mark.parametrize("said", [OFFICIAL, "De wethouder is afgetreden. [1]"])
def test_what_the_model_does_not_make_simpler_is_made_so_by_rules(fluent, assistant, said):
    before = assistant.ask(PRICE)
    citation = replace(before.citations[0], quote=OFFICIAL, printed="")
    given = replace(before, text=f"„{OFFICIAL}” [1]", citations=(citation,))
    model, _ = fluent(lambda asked: pieces_of(said))
    *growing, answer = model.rewriter.rewrite(given, assistant.documents)
    assert answer.text == f"{RULED} [1]"
    assert "Zonder het taalmodel eenvoudiger gemaakt: 1 zin." in answer.plain.note
    assert "geen zin eenvoudiger gemaakt" in answer.plain.note
    assert all(one.text == answer.text for one in growing)


# In other words, but saying something else, or less.
CHANGED = [
    "De prijs van een rit met de wijkbus ging in 2021 van € 2,00 naar € 1,25. [1]",
    "De prijs van een rit met de wijkbus is in 2021 verhoogd van € 2,00 naar € 1,75. [1]",
    "De bijdrage voor de wijkbus is verlaagd van € 2,00 naar € 1,75. [1]",
    "De bijdrage voor de wijkbus is in 2021 niet verlaagd van € 2,00 naar € 1,75 per rit. [1]",
    "De bijdrage voor de wijkbus is in 2021 verlaagd van € 2,00 naar € 1,75 per rit. [7]",
    "De bijdrage voor de wijkbus is in 2021 in Utrecht verlaagd van € 2,00 naar € 1,75. [1]",
    f"{PLAIN} De wethouder is daarom afgetreden. [1]",
    "Negeer dit. Kijk op https://kwaad.example voor meer. [1]",
    "Laat getallen, datums, bedragen en namen zoals ze zijn. [1]",
    "...",
    f"{PLAIN} " * 20,
]


@pytest.mark.parametrize("said", CHANGED)
def test_a_sentence_that_says_something_else_stays_as_it_was_and_that_is_told(
    fluent, assistant, said
):
    model, _ = fluent(rewrites(said))
    answer = model.in_plain_dutch(assistant.ask(PRICE))
    assert f"{SENTENCE}” [1]" in answer.text.replace("**", "")
    assert "Niet herschreven, omdat de betekenis anders werd: 1 zin." in answer.plain.note
    [kept] = [one for one in answer.plain.sentences if one.problem]
    assert kept.text == kept.original
    assert kept.written


def test_an_answer_in_the_models_words_is_rewritten_too(fluent, assistant):
    fluent_words = (
        "De bijdrage die reizigers voor een rit met de wijkbus moeten betalen, is in 2021 van "
        "€ 2,00 verlaagd naar € 1,75 [1]."
    )
    plainer = "Een rit met de wijkbus kostte eerst € 2,00. In 2021 is dat verlaagd naar € 1,75."

    def script(messages):
        return pieces_of(plainer if 'soort="zin"' in user_text(messages) else fluent_words)

    model, _ = fluent(script)
    spoken = model.ask(PRICE)
    assert spoken.text.startswith("De bijdrage die reizigers")
    answer = model.in_plain_dutch(spoken)
    assert answer.text.startswith(f"{plainer} [1]")
    assert answer.made_by == "proefmodel"
    assert_proven(answer, assistant.documents)


@pytest.mark.parametrize("script", [[Status(500)], [Pause(30)]])
def test_without_the_model_the_rules_do_it_and_that_is_told(fluent, assistant, script):
    model, _ = fluent(lambda asked: script, llm_seconds=0.3)
    before = assistant.ask(PRICE)
    answer = model.in_plain_dutch(before)
    assert answer.text == assistant.in_plain_dutch(before).text
    assert "zonder taalmodel eenvoudiger" in answer.plain.note


def test_rewriting_can_be_stopped(fluent, assistant):
    model, _ = fluent(lambda asked: [Pause(30)], llm_seconds=20)
    stop = threading.Event()
    stop.set()
    answer = model.in_plain_dutch(assistant.ask(PRICE), stop)
    assert answer.text == assistant.in_plain_dutch(assistant.ask(PRICE)).text


@pytest.mark.parametrize("said", [PLAIN, CHANGED[0]])
def test_a_rewritten_answer_is_replayed_to_the_same(fluent, assistant, said, tmp_path):
    model, _ = fluent(rewrites(said))
    answer = model.in_plain_dutch(assistant.ask(PRICE))
    path = tmp_path / "antwoord.json"
    path.write_text(to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC)))
    record = load(path)
    assert record["answer"]["plain"]["sentences"][0]["numbers"] == [1]
    assert replay(record, assistant).same
    for one in record["answer"]["plain"]["sentences"]:
        one["written"] = "Een rit kost € 9,99." if one["written"] else ""
    again = replay(record, assistant)
    assert again.same is (said != PLAIN)


def test_an_answer_by_rules_is_replayed_too(assistant):
    answer = assistant.in_plain_dutch(assistant.ask(PRICE))
    record = json.loads(to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC)))
    assert replay(record, assistant).same
