import json
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from assistant_parts import assert_proven, prepared
from model_server import End, Hangup, Pause, Status, model_server, pieces_of, user_text

from assistant.errors import SavedError
from assistant.model.connection import Connection
from assistant.model.exhibits import MOST_LETTERS, exhibits_of, shown_all
from assistant.model.fluent import FluentAssistant
from assistant.model.replay import replay
from assistant.saved import load, to_json
from ingest.documents import Turn
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("no_long_waits")

PRICE = "Wat kost een rit met de wijkbus?"
GOALS = "Welke doelen zijn er voor mantelzorg in Duinbroek en Waal?"
UNKNOWN = "Hoeveel zwembaden heeft Duinbroek en Waal?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture
def fluent(assistant):
    """Gives an assistant whose model follows a script."""
    opened = []

    def make(script, context=4096, **options):
        server = model_server(script, context=context)
        found = server.__enter__()
        opened.append(server)
        settings = Settings(llm_url=found.url, **{"llm_seconds": 5} | options)
        return FluentAssistant(assistant, Connection(settings)), found

    yield make
    for server in opened:
        server.__exit__(None, None, None)


def evidence(messages):
    """The evidence of a prompt, as (number, text)."""
    found = re.findall(r"^\[(\d+)\] \(.*?; .*?\) (.*)$", user_text(messages), re.M)
    return [(int(number), text) for number, text in found]


def number_of(messages, words):
    return next(number for number, text in evidence(messages) if words in text)


def says(*lines):
    """A script that writes lines; {words} becomes the number of the evidence with those words."""

    def script(messages):
        def numbered(match):
            return str(number_of(messages, match[1]))

        return pieces_of("\n".join(re.sub(r"\{(.*?)\}", numbered, line) for line in lines))

    return script


# The evidence: "De bijdrage voor de wijkbus is in 2021 verlaagd van € 2,00 naar € 1,75 per rit."
TRUE_PRICE = "De bijdrage per rit met de wijkbus is nu € 1,75 [{verlaagd van}]."


def test_the_evidence_comes_first_then_the_words_of_the_model(fluent, assistant):
    model, server = fluent(says(TRUE_PRICE))
    first, *grown = model.answers(PRICE)
    assert first.made_by == "extractief"
    assert first.text == assistant.ask(PRICE).text
    last = grown[-1]
    assert last.made_by == "proefmodel"
    assert last.text.startswith("De bijdrage per rit met de wijkbus is nu € 1,75. [1]")
    assert_proven(last, assistant.documents)
    assert "1,75" in last.citations[0].quote
    [judged] = last.making.judged
    assert judged.shown
    assert last.making.prompts == {"antwoord": "1"}


def test_each_answer_that_is_shown_on_the_way_is_proven(fluent, assistant):
    model, _ = fluent(says(TRUE_PRICE, "De wijkbus rijdt ook op zondag [{verlaagd van}]."))
    for answer in model.answers(PRICE):
        assert_proven(answer, assistant.documents)
        assert "zondag" not in answer.text


LIES = [
    "Een rit met de wijkbus kost € 2,75 [{verlaagd van}].",
    "Een rit met de wijkbus kost € 1,75 [99].",
    "Een rit met de wijkbus kost € 1,75.",
    "Een rit met de wijkbus kost € 1,75 in Rotterdam [{verlaagd van}].",
    "Een rit met de wijkbus kost geen € 1,75 [{verlaagd van}].",
    "Een rit kost € 1,75 en de wethouder is ontslagen [{verlaagd van}].",
    "Ja [{verlaagd van}].",
]


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_not_shown_and_the_documents_stand(fluent, assistant, lie):
    model, _ = fluent(says(lie))
    answer = model.ask(PRICE)
    assert answer.text == assistant.ask(PRICE).text
    assert answer.made_by == "extractief"
    assert "voor een groot deel niet in het bewijs" in answer.making.note
    [judged] = answer.making.judged
    assert judged.problem
    assert not judged.shown


def test_one_lie_among_true_sentences_is_left_out_and_told(fluent, assistant):
    model, _ = fluent(says(TRUE_PRICE, LIES[3]))
    answer = model.ask(PRICE)
    assert "Rotterdam" not in answer.text
    assert answer.text.startswith("De bijdrage per rit")
    assert answer.making.note.startswith("Weggelaten")
    assert "1 zin" in answer.making.note


@pytest.mark.parametrize("rest", ["Verder is de bijdrage per rit met de", "De rit kost [1"])
def test_half_a_sentence_at_the_end_is_no_lie(fluent, rest):
    model, _ = fluent(lambda asked: [*says(TRUE_PRICE, rest)(asked), End("length")])
    answer = model.ask(PRICE)
    assert answer.text.startswith("De bijdrage per rit met de wijkbus is nu € 1,75. [1]")
    assert answer.making.note == ""
    assert rest in answer.making.written


def test_a_sentence_that_names_its_source_is_proven_too(fluent):
    sentence = "Volgens [{verlaagd van}] is de bijdrage per rit met de wijkbus nu € 1,75."
    model, _ = fluent(says(sentence))
    answer = model.ask(PRICE)
    assert answer.text.startswith("Volgens het document is de bijdrage per rit")
    assert answer.made_by == "proefmodel"


def test_or_struck_through_with_its_reason_by_setting(fluent):
    model, _ = fluent(says(TRUE_PRICE, LIES[3]), llm_failed="doorhalen")
    answer = model.ask(PRICE)
    struck = "~~Een rit met de wijkbus kost € 1,75 in Rotterdam.~~"
    assert f"{struck} (de naam staat niet in het bewijs)" in answer.text
    assert answer.making.note.startswith("Doorgehaald")


def test_a_refusal_is_not_put_to_the_model(fluent, assistant):
    model, server = fluent(says("Duinbroek heeft drie zwembaden [1]."))
    answer = model.ask(UNKNOWN)
    assert answer.abstained
    assert answer.text == assistant.ask(UNKNOWN).text
    assert server.asked == []


def test_the_model_may_refuse_and_the_documents_stand(fluent, assistant):
    model, _ = fluent(says("GEEN ANTWOORD"))
    answer = model.ask(PRICE)
    assert answer.text == assistant.ask(PRICE).text
    assert "geen antwoord" in answer.making.note


def test_a_list_that_the_model_shortens_is_completed(fluent, assistant):
    model, _ = fluent(
        says("- Mantelzorgers weten waar hulp te vinden is [{waar zij hulp kunnen}].")
    )
    whole, answer = assistant.ask(GOALS), model.ask(GOALS)
    assert answer.made_by == "proefmodel"
    assert {(c.document_id, c.start, c.end) for c in answer.citations} == {
        (c.document_id, c.start, c.end) for c in whole.citations
    }
    assert "- Mantelzorgers weten waar hulp te vinden is. [1]" in answer.text
    assert "„Iedere mantelzorger kan minstens twee weken per jaar" in answer.text
    assert_proven(answer, assistant.documents)


def test_what_was_counted_is_not_reworded(fluent, assistant):
    question = "Hoeveel doelen zijn er voor mantelzorg in Duinbroek en Waal?"
    assert assistant.ask(question).fixed
    model, server = fluent(says("Er zijn 12 doelen [1]."))
    assert model.ask(question).text == assistant.ask(question).text
    assert server.asked == []


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (lambda asked: [Status(500)], "geeft een fout"),
        (lambda asked: [Status(429)], "te druk"),
        (lambda asked: [Status(400)], "te lang"),
        (lambda asked: ["Een rit kost € 1,75 [", Hangup()], "verbroken"),
        (lambda asked: [*pieces_of("Een rit kost € 1,75 [1]. Een"), Pause(30)], "niet op tijd"),
        (lambda asked: [], "leeg antwoord"),
    ],
)
def test_when_the_model_fails_the_documents_stand(fluent, assistant, script, told):
    model, _ = fluent(script, llm_seconds=0.5)
    first, *_, last = model.answers(PRICE)
    assert first.text == last.text == assistant.ask(PRICE).text
    assert re.search(told, last.making.note)
    assert "letterlijke zinnen" in last.making.note


def test_a_stopped_answer_is_the_one_of_the_documents(fluent, assistant):
    model, _ = fluent(lambda asked: [*pieces_of("Een rit kost € 1,75 [1]. Een"), Pause(30)])
    stop = threading.Event()
    answers = model.answers(PRICE, cancelled=stop)
    next(answers)
    stop.set()
    *_, last = answers
    assert last.text == assistant.ask(PRICE).text


def test_a_small_context_gets_less_evidence(assistant):
    answer = assistant.ask(GOALS)
    large = exhibits_of(answer, assistant.documents, 8192, 700)
    small = exhibits_of(answer, assistant.documents, 1100, 300)
    assert len(small) < len(large)
    assert [e.number for e in large] == list(range(1, len(large) + 1))
    assert len(shown_all(large, assistant.documents)) <= MOST_LETTERS
    assert len(shown_all(small, assistant.documents)) <= 3 * (1100 - 300 - 600)
    assert [e.citation for e in large[: len(answer.citations)]] == list(answer.citations)


def test_a_follow_up_is_made_whole_by_the_model(fluent, assistant):
    history = (Turn(PRICE, "Een rit kost € 1,75. [1]"),)

    def script(messages):
        if "op zichzelf" in user_text(messages):
            return pieces_of("Hoeveel reizigers vervoerde de wijkbus?")
        return ["GEEN ANTWOORD"]

    model, server = fluent(script)
    follow_up = "Hoeveel reizigers zijn dat?"
    answer = model.ask(follow_up, history)
    assert "Wat kost een rit" in user_text(server.asked[0])
    assert answer.question == follow_up
    # "vervoerde" was not said in the conversation, so the model may not add it.
    assert "vervoerde" not in answer.understood


def test_long_conversations_are_summarised_within_the_context(fluent):
    history = tuple(Turn(f"Wat staat er over onderwerp {n}?", "Zorg " * 100) for n in range(12))

    def script(messages):
        text = user_text(messages)
        if "samenvatting" in text.lower():
            return ["Zorg."]
        return ["Wat kost een rit met de wijkbus?"] if "op zichzelf" in text else ["GEEN ANTWOORD"]

    model, server = fluent(script, context=2048)
    model.ask(PRICE, history)
    summary, whole = (user_text(asked) for asked in server.asked[:2])
    assert "onderwerp 0" in summary
    assert "onderwerp 11" in whole
    assert "onderwerp 2?" not in whole
    assert all(len(m["content"]) < 3 * 2048 for asked in server.asked for m in asked)


@pytest.mark.parametrize("lines", [[TRUE_PRICE], [TRUE_PRICE, LIES[3]], [LIES[0]]])
def test_a_saved_answer_is_replayed_to_the_same(fluent, assistant, lines, tmp_path):
    model, _ = fluent(says(*lines), llm_key="geheim-1")
    answer = model.ask(PRICE)
    path = tmp_path / "antwoord.json"
    text = to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC))
    path.write_text(text, encoding="utf-8")
    assert "geheim" not in text
    record = load(path)
    assert record["making"]["prompts"] == {"antwoord": "1"}
    assert record["making"]["messages"][0][0] == "system"
    done = replay(record, assistant)
    assert done.ok
    assert done.same
    assert done.quotes == len(answer.citations)


def test_a_replay_asks_in_the_same_conversation_over_the_same_documents(assistant):
    history = (Turn("Wat kost een rit met de deeltaxi?", "Een rit kost € 3,10. [1]"),)
    chosen = ("elst-agenda", "elst-brief")
    answer = assistant.ask("En met de wijkbus?", history, chosen)
    record = json.loads(to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC)))
    assert record["asked"]["history"] == [
        {"question": history[0].question, "answer": history[0].answer}
    ]
    assert record["asked"]["documents"] == list(chosen)
    assert replay(record, assistant).same
    # Without them it would be another answer.
    for part, other in (("documents", None), ("history", [])):
        changed = record | {"asked": record["asked"] | {part: other}}
        assert replay(changed, assistant).same is False


def test_a_follow_up_that_the_model_made_whole_is_replayed(fluent, assistant):
    def script(messages):
        whole = "op zichzelf" in user_text(messages)
        return pieces_of("Wat kost een rit met de wijkbus?" if whole else "GEEN ANTWOORD")

    model, _ = fluent(script)
    history = (Turn("Hoe vaak rijdt de wijkbus, en wat kost een rit?", "Elke dag. [1]"),)
    answer = model.ask("Wat is de prijs?", history)
    assert (answer.understood, answer.understood_by) == (PRICE, "proefmodel")
    assert answer.making.prompts == {"antwoord": "1", "vervolgvraag": "1"}
    record = json.loads(to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC)))
    assert record["asked"]["history"][0]["question"] == history[0].question
    assert replay(record, assistant).same


def test_a_replay_tells_what_has_changed(assistant, tmp_path):
    answer = assistant.ask(PRICE)
    record = json.loads(to_json(answer, assistant.documents, datetime(2026, 1, 2, tzinfo=UTC)))
    record["answer"]["citations"][0]["quote"] = "Een rit kost € 9,99."
    record["documents"][answer.citations[0].document_id]["sha256"] = "anders"
    record["answer"]["answer"] = "Iets anders."
    done = replay(record, assistant)
    assert done.lost == done.changed == (answer.citations[0].document_id,)
    assert done.same is False
    assert not done.ok


@pytest.mark.parametrize("content", ["", "[]", '{"form": 1}', '{"form": 99, "answer": {}}'])
def test_what_is_no_saved_answer_is_told(content, tmp_path):
    path = tmp_path / "iets.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SavedError):
        load(path)


def test_without_a_model_nothing_is_different(assistant):
    answer = assistant.ask(PRICE)
    assert answer.making is None
    assert replace(answer, seconds=0).made_by == "extractief"
