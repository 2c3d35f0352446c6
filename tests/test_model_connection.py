import json
import logging
import threading
import time

import pytest
from model_server import Body, Hangup, Pause, Raw, Status, model_server, pieces_of

from assistant.errors import ModelCancelledError, ModelError
from assistant.model.connection import Connection
from assistant.model.prompts import Message
from assistant.model.server import Kind, find_server, is_loopback
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("no_long_waits")

QUESTION = (Message("system", "Wees kort."), Message("user", "Wat is mantelzorg?"))


def connection(server, **options):
    return Connection(
        Settings(llm_url=server.url, llm_seconds=options.pop("seconds", 10), **options)
    )


def test_without_a_setting_there_is_no_connection():
    assert not Settings().has_language_model


def test_one_setting_connects_a_model_and_its_text_comes_in_pieces():
    with model_server(lambda asked: pieces_of("Zorg voor een naaste. [1]")) as server:
        found = Connection(Settings(llm_url=server.url))
        pieces = list(found.stream(QUESTION))
        assert "".join(pieces) == "Zorg voor een naaste. [1]"
        assert len(pieces) == 4  # 25 characters, 7 at a time
        assert found.server.model == "proefmodel"
        assert found.server.context == 4096
        assert server.asked == [
            [
                {"role": "system", "content": "Wees kort."},
                {"role": "user", "content": "Wat is mantelzorg?"},
            ]
        ]
        assert found.speed.first > 0


@pytest.mark.parametrize("where", ["setting", "file"])
def test_the_key_goes_to_the_server_and_nowhere_else(where, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "sleutel.txt"
    path.write_text("geheim-12345\n", encoding="utf-8")
    options = {"llm_key": "geheim-12345"} if where == "setting" else {"llm_key_file": path}
    with model_server(lambda asked: ["Ja."]) as server:
        found = connection(server, **options)
        assert found.ask(QUESTION) == "Ja."
        sent = [headers.get("Authorization") for headers in server.headers]
    assert set(sent) == {"Bearer geheim-12345"}
    assert "geheim" not in caplog.text
    assert "geheim" not in repr(found)
    assert "geheim" not in repr(found.server)


def test_a_refused_key_is_told_without_the_key():
    with model_server(lambda asked: [Status(401)]) as server:
        with pytest.raises(ModelError, match="weigert de sleutel") as told:
            connection(server, llm_key="geheim-12345").ask(QUESTION)
        assert "geheim" not in str(told.value)
        assert len(server.asked) == 1  # asking again would not help


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(status):
    replies = [[Status(status)], [Status(status)], ["Ja", "."]]
    with model_server(lambda asked: replies.pop(0)) as server:
        assert connection(server).ask(QUESTION) == "Ja."
        assert len(server.asked) == 3


def test_the_wait_is_the_one_that_the_server_asks_for():
    replies = [[Status(429, (("Retry-After", "1"),))], ["Ja."]]
    with model_server(lambda asked: replies.pop(0)) as server:
        began = time.monotonic()
        assert connection(server).ask(QUESTION) == "Ja."
        assert time.monotonic() - began >= 1


def test_after_three_tries_the_user_is_told():
    with model_server(lambda asked: [Status(429)]) as server:
        found = connection(server)
        with pytest.raises(ModelError, match="te druk"):
            found.ask(QUESTION)
        assert len(server.asked) == 3
        assert "te druk" in found.problem


def test_a_question_that_is_too_long_for_the_model_is_told():
    with model_server(lambda asked: [Status(400)]) as server:
        with pytest.raises(ModelError, match="te lang"):
            connection(server).ask(QUESTION)


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        (["Half", Hangup()], "verbroken"),
        ([Hangup()], "verbroken"),
        ([Raw(b"data: {geen json\n\n")], "geen antwoord is"),
        ([Raw(b'data: ["lijst"]\n\n')], "geen antwoord is"),
        ([Raw(b"data: 42\n\n")], "geen antwoord is"),
        (["  ", "\n"], "leeg antwoord"),
        ([], "leeg antwoord"),
        (["tekst " * 500] * 10, "houdt niet op"),
    ],
)
def test_what_is_no_whole_answer_is_an_error(pieces, told):
    with model_server(lambda asked: pieces) as server:
        with pytest.raises(ModelError, match=told):
            connection(server).ask(QUESTION)


def whole(text, reason="stop", **more):
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": reason}
    return {
        "id": "1",
        "object": "chat.completion",
        "model": "proefmodel",
        "choices": [choice],
    } | more


@pytest.mark.parametrize(
    "reply",
    [
        Body("application/json", json.dumps(whole("Zorg voor een naaste. [1]"))),
        Body("application/json", json.dumps(whole("Zorg voor een naaste. [1]", None), indent=2)),
        Body("text/event-stream", json.dumps(whole("Zorg voor een naaste. [1]"))),
        Body("text/event-stream", f"data: {json.dumps(whole('Zorg voor een naaste. [1]'))}\n\n"),
        Body(
            "text/event-stream",
            'data: {"choices": [{"delta": {"content": "Zorg voor een naaste. [1]"}}]}\n\n'
            "data: [DONE]\n\n",
        ),
    ],
)
def test_an_answer_that_comes_in_one_body_is_read(reply):
    with model_server(lambda asked: [reply]) as server:
        assert connection(server).ask(QUESTION) == "Zorg voor een naaste. [1]"
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Body("text/html", "<html>\n<p>Log eerst in</p></html>"), r"\(text/html\).*llm_url"),
        (Body("application/json", "[1, 2]"), r"\(application/json\).*llm_url"),
        (Body("application/json", '{"detail": "ok"}'), "geen antwoord"),
        (Body("application/json", '{"choices": 3}'), "geen antwoord"),
        (Body("application/json", '{"error": {"message": "kapot"}}'), "geen antwoord"),
        (
            Body(
                "application/json",
                json.dumps(whole("")),
            ),
            "leeg antwoord",
        ),
    ],
)
def test_one_body_that_is_no_answer_is_named(reply, told):
    with model_server(lambda asked: [reply]) as server:
        with pytest.raises(ModelError, match=told):
            connection(server).ask(QUESTION)


def test_a_thinking_model_that_does_not_stream_is_given_more_tokens():
    replies = [whole("", "length"), whole("Ja.")]
    with model_server(
        lambda asked: [Body("application/json", json.dumps(replies.pop(0)))]
    ) as server:
        assert connection(server).ask(QUESTION) == "Ja."
        assert server.bodies[1]["max_tokens"] > server.bodies[0]["max_tokens"]


def test_separators_that_json_may_hold_do_not_cut_a_piece():
    said = "Zorg\u2028voor\x85een naaste."
    chunk = {"choices": [{"index": 0, "delta": {"content": said}, "finish_reason": "stop"}]}
    raw = f"data: {json.dumps(chunk, ensure_ascii=False)}\r\n\r\n"
    with model_server(lambda asked: [Body("text/event-stream", raw)]) as server:
        assert connection(server).ask(QUESTION) == said


@pytest.mark.parametrize("before", [[], ["Een begin, en dan"]])
def test_a_server_that_falls_silent_is_given_up(before):
    with model_server(lambda asked: [*before, Pause(30)]) as server:
        began = time.monotonic()
        with pytest.raises(ModelError, match="niet op tijd"):
            connection(server, seconds=0.5).ask(QUESTION)
        assert time.monotonic() - began < 10


def test_signs_of_life_without_text_are_silence():
    beat = [Raw(b": ik leef\n\n"), Pause(0.1)] * 100
    with model_server(lambda asked: ["Begin", *beat]) as server:
        with pytest.raises(ModelError, match="niet op tijd"):
            connection(server, seconds=0.5).ask(QUESTION)


def test_who_stops_waiting_is_heard_at_once():
    stop = threading.Event()
    with model_server(lambda asked: ["Een", " begin", Pause(30)]) as server:
        stream = connection(server).stream(QUESTION, stop)
        assert next(stream) == "Een"
        assert next(stream) == " begin"
        stop.set()
        with pytest.raises(ModelCancelledError):
            next(stream)


def test_a_server_that_is_away_is_told_and_found_when_it_is_back():
    with model_server(lambda asked: ["Ja."]) as server:
        settings = Settings(llm_url=server.url)
    found = Connection(settings)  # it has gone
    with pytest.raises(ModelError, match="niet bereikbaar"):
        found.ask(QUESTION)
    assert found.problem
    with model_server(lambda asked: ["Ja."]) as server:
        found.settings = Settings(llm_url=server.url)
        assert found.ask(QUESTION) == "Ja."
        assert not found.problem


@pytest.mark.parametrize(
    ("models", "asked", "told"),
    [
        (("een", "twee"), "", "Kies met llm_model .* een, twee"),
        (("een", "twee"), "drie", "'drie' is er niet .* een, twee"),
        ((), "", "Er zijn: geen"),
    ],
)
def test_a_model_that_is_not_there_is_told(models, asked, told):
    with model_server(lambda asked: [], models=models) as server:
        with pytest.raises(ModelError, match=told):
            find_server(Settings(llm_url=server.url, llm_model=asked))


def test_a_redirect_is_not_followed():
    with model_server(lambda asked: ["Ja."]) as other:
        away = [Status(307, (("Location", f"{other.url}/v1/chat/completions"),))]
        with model_server(lambda asked: away) as server:
            with pytest.raises(ModelError):
                connection(server).ask(QUESTION)
        assert other.asked == []


def test_ollama_is_known_by_its_version(httpserver_ollama):
    url, asked = httpserver_ollama
    found = Connection(Settings(llm_url=url))
    assert found.ask(QUESTION) == "Zorg voor een naaste."
    assert found.server.kind is Kind.OLLAMA
    assert found.server.model == "llama3:latest"
    assert found.server.context == 8192  # the model's 131,072 would fill the memory
    assert asked[-1]["options"]["num_ctx"] == 8192


@pytest.fixture
def httpserver_ollama():
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    asked = []

    class Ollama(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def reply(self, *objects):
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson")
            self.end_headers()
            for content in objects:
                self.wfile.write(json.dumps(content).encode() + b"\n")

        def do_GET(self):
            tags = {"models": [{"name": "llama3:latest"}]}
            self.reply({"version": "0.12"} if self.path == "/api/version" else tags)

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/api/show":
                self.reply({"model_info": {"llama.context_length": 131072}})
                return
            asked.append(body)
            said = [
                {
                    "model": "llama3",
                    "message": {"role": "assistant", "content": piece},
                    "done": False,
                }
                for piece in ("Zorg voor", " een naaste.")
            ]
            end = {"model": "llama3", "message": {"role": "assistant", "content": ""}, "done": True}
            self.reply(*said, end)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ollama)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("host", "here"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("10.0.0.5", False)]
)
def test_what_this_computer_is(host, here):
    assert is_loopback(host) is here
