"""Servers that want to be asked otherwise, and models that think, over real HTTP."""

import time
from contextlib import ExitStack

import pytest
from assistant_parts import assert_proven, prepared
from model_server import End, Pause, Status, Thought, model_server, pieces_of, user_text

from assistant.errors import ModelError
from assistant.model.connection import Connection
from assistant.model.fluent import FluentAssistant
from assistant.model.prompts import Message
from assistant.model.thoughts import FORGET, said, spoken
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("no_long_waits")

QUESTION = (Message("system", "Wees kort."), Message("user", "Wat is mantelzorg?"))
SAID = "Zorg voor een naaste."


@pytest.fixture
def served():
    """Gives a connection to a server whose script sees the whole request."""
    with ExitStack() as opened:

        def make(script, context=8192, **options):
            server = opened.enter_context(model_server(script, whole=True, context=context))
            settings = Settings(llm_url=server.url, **{"llm_seconds": 5} | options)
            return Connection(settings), server

        yield make


def refusal(message, param="", code=400):
    return [Status(code, body={"error": {"message": message, "param": param}})]


def openai_that_thinks(body):
    """As OpenAI's models that think refuse, one parameter at a time."""
    if "max_tokens" in body:
        return refusal(
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            "max_tokens",
        )
    if body.get("temperature", 1) != 1:
        return refusal(
            "Unsupported value: 'temperature' does not support 0.0 with this model. Only the "
            "default (1) value is supported.",
            "temperature",
        )
    return pieces_of(SAID)


def test_what_a_server_refuses_is_sent_otherwise_and_remembered(served):
    found, server = served(openai_that_thinks)
    assert found.temperature == "0"
    assert found.ask(QUESTION, 50) == SAID
    assert len(server.bodies) == 3
    assert server.bodies[-1]["max_completion_tokens"] == 50
    assert not {"max_tokens", "temperature"} & server.bodies[-1].keys()
    assert found.temperature == "standaard"
    assert found.ask(QUESTION) == SAID
    assert len(server.bodies) == 4  # found out once


def test_another_server_is_asked_in_the_usual_way_again(served):
    found, server = served(openai_that_thinks)
    assert found.ask(QUESTION) == SAID
    found.forget()
    assert found.ask(QUESTION) == SAID
    assert "max_tokens" in server.bodies[3]


def test_a_server_that_knows_no_limit_is_sent_none(served):
    def script(body):
        known = {"model", "messages", "stream", "temperature"}
        strange = sorted(body.keys() - known)
        detail = [{"loc": ["body", name], "msg": "Extra inputs not allowed"} for name in strange]
        return [Status(422, body={"detail": detail})] if strange else pieces_of(SAID)

    found, server = served(script)
    assert found.ask(QUESTION) == SAID
    assert server.bodies[-1]["temperature"] == 0


def test_rules_go_with_the_question_where_the_template_knows_no_rules(served):
    def script(body):
        roles = [message["role"] for message in body["messages"]]
        return refusal("System role not supported") if "system" in roles else pieces_of(SAID)

    found, server = served(script)
    assert found.ask(QUESTION) == SAID
    assert server.asked[-1] == [{"role": "user", "content": "Wees kort.\n\nWat is mantelzorg?"}]


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens "
        "(4300 in the messages, 700 in the completion). Please reduce max_tokens.",
        "'max_tokens' or 'max_completion_tokens' is too large: 700.",
        "the request exceeds the available context size, max_tokens=700",
        "zoals het script het wil",
    ],
)
def test_a_question_that_is_too_long_is_not_asked_again(served, message):
    found, server = served(lambda body: refusal(message))
    with pytest.raises(ModelError, match="te lang"):
        found.ask(QUESTION)
    assert len(server.bodies) == 1
    assert found.parameters.limit == "max_tokens"


def test_a_server_that_refuses_everything_is_given_up(served):
    complaint = "max_tokens, max_completion_tokens and temperature are wrong; no system role"
    found, server = served(lambda body: refusal(complaint))
    with pytest.raises(ModelError):
        found.ask(QUESTION)
    assert len(server.bodies) == 5  # each of the four changes once
    assert found.temperature == "0"  # nothing is remembered of what did not help


THINKING = "Ik moet kort zijn. Mantelzorg is [1] zorg. Klaar."
STREAMS = [
    [Thought(THINKING), *pieces_of(SAID)],
    pieces_of(f"<think>{THINKING}</think>\n\n{SAID}"),
    pieces_of(f"<Thinking>\n{THINKING}\n</Thinking>{SAID}", 1),
    pieces_of(f"[THINK]{THINKING}[/THINK]{SAID}", 3),
    pieces_of(f"{THINKING}</think>\n\n{SAID}", 4),  # its beginning stood in the template
]


@pytest.mark.parametrize("pieces", STREAMS)
def test_what_a_model_thinks_is_not_taken_for_its_answer(served, pieces):
    found, _ = served(lambda body: pieces)
    assert found.ask(QUESTION).strip() == SAID


def test_the_pieces_of_a_stream_make_no_difference_to_thoughts():
    text = f"Een. <think>{THINKING}</think>Twee [1] is <b, en [th.<think>Half"
    for size in range(1, 20):
        assert said(spoken(pieces_of(text, size))) == "Een. Twee [1] is <b, en [th."
    assert list(filter(None, spoken(["Denk ik.</think>Ja."]))) == [FORGET, "Ja."]


@pytest.mark.parametrize("thought", [Thought(THINKING), f"<think>{THINKING}"])
def test_who_thinks_past_the_tokens_is_given_more_of_them(served, thought):
    def script(body):
        enough = body["max_tokens"] > 1000
        if isinstance(thought, Thought):
            return [thought, SAID] if enough else [thought, End("length")]
        return [thought, "</think>", SAID] if enough else [thought, End("length")]

    found, server = served(script)
    assert found.ask(QUESTION, 80) == SAID
    assert [body["max_tokens"] for body in server.bodies] == [80, 4080]
    assert found.ask(QUESTION, 80) == SAID
    assert len(server.bodies) == 3


def test_the_room_to_think_is_no_larger_than_the_context(served):
    found, server = served(lambda body: [Thought("Hm."), End("length")], context=600)
    with pytest.raises(ModelError, match="denkt te lang na"):
        found.ask(QUESTION, 80)
    assert len(server.bodies) == 2
    assert 80 < server.bodies[1]["max_tokens"] <= 600


def test_who_only_thinks_is_given_up_in_the_end(served):
    def script(body):
        for _ in range(200):
            yield Thought("Hm. ")
            yield Pause(0.05)

    found, _ = served(script, llm_seconds=0.3)
    began = time.monotonic()
    with pytest.raises(ModelError, match="te lang bezig"):
        found.ask(QUESTION)
    assert 1 < time.monotonic() - began < 5  # five times the longest silence


PRICE = "Wat kost een rit met de wijkbus?"
FACT = "De bijdrage per rit met de wijkbus is nu € 1,75 [1]."
MUSING = "De bijdrage per rit met de wijkbus is € 2,00 [1]. De bijdrage was eerst € 2,00 [1]. "


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.mark.parametrize("begin", ["<think>", ""])
def test_a_thought_is_neither_shown_nor_kept_nor_counted(served, assistant, begin):
    found, _ = served(lambda body: pieces_of(f"{begin}{MUSING}</think>{FACT}"))
    model = FluentAssistant(assistant, found)
    answer = model.ask(PRICE)
    assert_proven(answer, assistant.documents)
    assert answer.text.startswith("De bijdrage per rit met de wijkbus is nu € 1,75. [1]")
    assert answer.making.written == FACT
    assert [judged.text for judged in answer.making.judged] == [FACT.replace(" [1]", "")]
    assert not answer.making.note


@pytest.mark.parametrize("begin", ["<think>", ""])
def test_a_model_that_thinks_rewrites_too(served, assistant, begin):
    plainer = "De bijdrage voor de wijkbus is nu lager. In 2021 ging die van € 2,00 naar € 1,75."
    found, server = served(lambda body: pieces_of(f"{begin}Even denken.</think>{plainer} [1]"))
    answer = FluentAssistant(assistant, found).in_plain_dutch(assistant.ask(PRICE))
    assert plainer in answer.text.replace("**", "")
    assert 'soort="zin"' in user_text(server.asked[0])
