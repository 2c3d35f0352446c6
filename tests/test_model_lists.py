"""Lists put to a model over real HTTP: the register decides what belongs, and nothing is lost."""

import re
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from assistant_parts import assert_proven, assistant_over
from model_server import model_server, pieces_of, user_text
from test_groups import plan

from assistant.model import exhibits
from assistant.model.connection import Connection
from assistant.model.fluent import FluentAssistant
from assistant.model.replay import replay
from assistant.saved import load, to_json
from ingest.settings import Settings

GOALS = "Welke doelen staan er in de agenda?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    agenda = plan().replace("Het bibliotheek", "De bibliotheek")
    return assistant_over(tmp_path_factory.mktemp("lijsten"), {"agenda-meerdijk.txt": agenda})


@pytest.fixture
def fluent(assistant):
    """Gives an assistant whose model follows a script."""
    with ExitStack() as opened:

        def make(script, **options):
            server = opened.enter_context(model_server(script))
            settings = Settings(llm_url=server.url, llm_seconds=5, **options)
            return FluentAssistant(assistant, Connection(settings)), server

        yield make


def places(citations):
    return [(citation.start, citation.end) for citation in citations]


def number_of(messages, words):
    found = re.findall(r"^\[(\d+)\] \(.*?\) (.*)$", user_text(messages), re.M)
    return next(number for number, text in found if words in text)


def introduces(messages):
    """Two true sentences on items of both themes, and a lie."""
    library, pool = number_of(messages, "De bibliotheek"), number_of(messages, "Het zwembad")
    return pieces_of(
        f"De bibliotheek krijgt een plan [{library}]. Het zwembad krijgt ook een plan [{pool}]. "
        f"Het zwembad wordt gesloten [{pool}]."
    )


def test_a_long_list_gets_an_introduction_and_stays_whole(fluent, assistant, tmp_path):
    model, server = fluent(introduces)
    whole = assistant.ask(GOALS)
    assert len(whole.citations) == 60
    first, *_, answer = model.answers(GOALS)
    assert first.text == whole.text
    assert answer.made_by == "proefmodel"
    introduction, rest = answer.text.split("\n\n", 1)
    assert (
        introduction == "De bibliotheek krijgt een plan. [1] Het zwembad krijgt ook een plan. [2]"
    )
    # The list is what it was, but for its numbers.
    assert re.sub(r"\[\d+\]", "", rest) == re.sub(r"\[\d+\]", "", whole.text)
    assert sorted(places(answer.citations)) == sorted(places(whole.citations))
    assert_proven(answer, assistant.documents)
    assert "gesloten" not in answer.text
    assert answer.making.note.startswith("Het taalmodel proefmodel schreef de inleiding.")
    assert "1 zin" in answer.making.note
    assert answer.making.prompts == {"lijst": "1"}
    asked = user_text(server.asked[0])
    assert "De lijst telt 60 punten" in asked
    assert len(asked) < exhibits.MOST_LETTERS + 1_000
    path = tmp_path / "antwoord.json"
    path.write_text(to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC)))
    assert replay(load(path), assistant).same


def test_of_a_long_list_in_plain_dutch_the_items_are_not_put_to_the_model(fluent, assistant):
    model, server = fluent(introduces)
    spoken = model.ask(GOALS)
    asked = len(server.asked)
    answer = model.in_plain_dutch(spoken)
    # The introduction reads well as it is, and the sixty items are quotes of a long list.
    assert len(server.asked) == asked
    assert answer.text == spoken.text


@pytest.mark.parametrize("said", ["GEEN ANTWOORD", "Het zwembad wordt gesloten [1]."])
def test_without_a_true_introduction_the_list_stands_alone(fluent, assistant, said):
    model, _ = fluent(lambda asked: pieces_of(said))
    answer = model.ask(GOALS)
    assert answer.text == assistant.ask(GOALS).text
    assert answer.made_by == "extractief"


def test_what_the_model_has_no_room_for_stays_in_the_list(fluent, assistant, monkeypatch):
    monkeypatch.setattr(exhibits, "MOST_LETTERS", 120)
    question = "Welke indicatoren staan er in de agenda?"
    whole = assistant.ask(question)
    assert len(whole.citations) == 2
    model, server = fluent(
        lambda asked: pieces_of(
            f"- Het aantal bezoekers per jaar [{number_of(asked, 'bezoekers')}]."
        )
    )
    answer = model.ask(question)
    assert "klachten" not in user_text(server.asked[0])
    assert places(answer.citations) == places(whole.citations)
    assert "- Het aantal bezoekers per jaar. [1]" in answer.text
    assert "„Aantal klachten.” [2]" in answer.text
    assert_proven(answer, assistant.documents)
