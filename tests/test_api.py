import json
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from assistant_parts import prepared
from fastapi.testclient import TestClient
from model_server import model_server, pieces_of

from assistant.model.connection import Connection
from assistant.page.feedback import FeedbackFile
from assistant.page.serve import build_app
from assistant.page.session import PageParts
from ingest.settings import Settings

PRICE = "Wat kost een rit met de wijkbus?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


def client_of(assistant, folder, **options):
    parts = PageParts(assistant, FeedbackFile(folder), **options)
    return TestClient(build_app(parts, folder), base_url="http://127.0.0.1")


def test_a_program_asks_and_gets_the_answer_with_its_citations(assistant, tmp_path):
    reply = client_of(assistant, tmp_path).post("/api/vraag", json={"question": PRICE})
    assert reply.status_code == 200
    answer = reply.json()
    assert answer["answer"] == assistant.ask(PRICE).text
    [citation] = answer["citations"]
    assert citation["quote"] in assistant.documents[citation["document"]].text
    assert answer["made_by"] == "extractief"


def test_with_a_model_the_answer_is_the_checked_one(assistant, tmp_path):
    said = "De bijdrage per rit met de wijkbus is nu € 1,75 [1]."
    with model_server(lambda asked: pieces_of(said)) as server:
        connection = Connection(Settings(llm_url=server.url))
        client = client_of(assistant, tmp_path, connection=connection)
        answer = client.post("/api/vraag", json={"question": PRICE}).json()
    assert answer["answer"].startswith("De bijdrage per rit")
    assert answer["made_by"] == "proefmodel"


def test_an_answer_is_given_in_plain_dutch_when_that_is_asked(assistant, tmp_path):
    client = client_of(assistant, tmp_path)
    asked = client.post("/api/vraag", json={"question": PRICE, "plain": True}).json()
    expected = assistant.in_plain_dutch(assistant.ask(PRICE))
    assert asked["answer"] == expected.text
    assert asked["plain"]["original"] == assistant.ask(PRICE).text
    assert asked["plain"]["sentences"][0]["numbers"] == [1]
    assert asked["plain"]["before"] == expected.plain.before
    assert "plain" not in client.post("/api/vraag", json={"question": PRICE}).json()


def test_documents_and_register_can_be_read(assistant, tmp_path):
    client = client_of(assistant, tmp_path)
    documents = client.get("/api/documenten").json()
    assert {d["document"] for d in documents} == set(assistant.documents)
    goals = client.get("/api/register", params={"kind": "doel"}).json()
    assert goals
    assert {goal["kind"] for goal in goals} == {"doel"}


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"{}", 422, "Het veld 'question' ontbreekt."),
        (b'{"question": ""}', 422, "Het veld 'question' is leeg."),
        (b'{"question": 3}', 422, "Het veld 'question' moet tekst zijn."),
        (b'{"question": "?"}', 422, "Ik zie alleen leestekens. Typ een vraag in woorden."),
        (b'{"question": "%s"}' % (b"x" * 3000), 422, "te lang; 2000 tekens is het meeste."),
        (b'{"question": "Wat?", "delete": true}', 422, "Het veld 'delete' is hier onbekend."),
        (b'{"question": "Wat?", "documents": ["weg"]}', 404, "Onbekend document: weg."),
        (b'{"question": "Wat is \\ud83d?"}', 422, "'question' bevat een half teken"),
        (b'{"question": "Wat?", "documents": ["\\ud83d"]}', 422, "bevat een half teken"),
        (b'{"question": "Wat?", "\\ud83d": 1}', 422, "De inhoud moet een JSON-object zijn."),
        (b'{"question": NaN}', 422, "Het veld 'question' moet tekst zijn."),
        (b"{half", 422, "De inhoud is geen JSON die te lezen is."),
        (b'{"question": "\xff"}', 400, "De inhoud is geen JSON die te lezen is."),
        (b"[" * 100_000, 400, "De inhoud is geen JSON die te lezen is."),
        (b"[]", 422, "De inhoud moet een JSON-object zijn."),
        (b"", 422, "De inhoud moet een JSON-object zijn."),
    ],
)
def test_what_is_no_question_is_refused_in_dutch(assistant, tmp_path, body, status, told):
    headers = {"content-type": "application/json"}
    reply = client_of(assistant, tmp_path).post("/api/vraag", content=body, headers=headers)
    assert reply.status_code == status
    assert told in reply.json()["detail"]


def test_a_kind_or_a_method_that_is_not_there_is_told_in_dutch(assistant, tmp_path):
    client = client_of(assistant, tmp_path)
    reply = client.get("/api/register", params={"kind": "onzin"})
    assert reply.status_code == 422
    assert "'toezegging', 'opdracht' of 'bevinding'" in reply.json()["detail"]
    reply = client.get("/api/vraag")
    assert reply.status_code == 405
    assert "POST" in reply.json()["detail"]


def test_another_site_cannot_ask_through_the_browser(assistant, tmp_path):
    client = client_of(assistant, tmp_path)
    asked = client.post("/api/vraag", json={"question": PRICE}, headers={"host": "kwaad.example"})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in client.get("/api/documenten").headers


@pytest.fixture(scope="module")
def mcp_command(assistant):
    pytest.importorskip("mcp", reason="mcp is not installed")
    folders = assistant._settings
    options = ["--corpus", str(folders.corpus), "--index", str(folders.index)]
    return [sys.executable, "-m", "assistant", "mcp", *options]


ROOT = Path(__file__).parents[1]


def over_mcp(command, talk):
    """What a real client makes of it: ``talk`` is given its session."""
    from mcp import ClientSession
    from mcp.client.stdio import StdioServerParameters, stdio_client

    async def connected():
        parameters = StdioServerParameters(command=command[0], args=command[1:], cwd=str(ROOT))
        async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            return await talk(session)

    return anyio.run(connected)


def test_another_assistant_asks_over_mcp(mcp_command):
    async def talk(session):
        return await session.list_tools(), await session.call_tool("vraag", {"vraag": PRICE})

    tools, answer = over_mcp(mcp_command, talk)
    assert {tool.name for tool in tools.tools} == {"vraag", "documenten", "register"}
    assert all(tool.annotations.read_only_hint for tool in tools.tools)
    assert not answer.is_error
    assert "1,75" in str(answer.content)


WRONG_CALLS = [
    ("vraag", {"vraag": "?!"}, "Ik zie alleen leestekens. Typ een vraag in woorden."),
    ("vraag", {"vraag": " "}, "Typ eerst een vraag."),
    ("vraag", {}, "Het veld 'vraag' ontbreekt."),
    ("vraag", {"vraag": 3}, "Het veld 'vraag' moet tekst zijn."),
    ("register", {"soort": "onzin"}, "Onbekende soort. Bekend zijn: doel, indicator, "),
    ("wis", {}, "Er is geen hulpmiddel met die naam. Bekend zijn: vraag, documenten, register."),
]


def test_what_goes_wrong_over_mcp_is_an_error_in_dutch(mcp_command):
    async def talk(session):
        return [await session.call_tool(name, given) for name, given, _ in WRONG_CALLS]

    for result, (_, _, told) in zip(over_mcp(mcp_command, talk), WRONG_CALLS, strict=True):
        assert result.is_error
        [content] = result.content
        assert content.text.startswith(told)


def test_a_crash_over_mcp_is_told_in_dutch_without_what_is_inside():
    pytest.importorskip("mcp", reason="mcp is not installed")
    from assistant.mcp import mcp_server

    class Broken:
        def ask(self, question, history=()):
            raise ZeroDivisionError("geheim")

    result = anyio.run(mcp_server(Broken()).call_tool, "vraag", {"vraag": "Wat?"})
    assert result.is_error
    assert result.content[0].text == "Er ging iets mis in de Beleidswijzer. Stel de vraag nog eens."


def test_half_a_character_over_mcp_is_answered_and_the_server_goes_on(mcp_command):
    def call(number, question):
        params = f'{{"name": "vraag", "arguments": {{"vraag": "{question}"}}}}'
        return _request(number, "tools/call", params)

    start = '{"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": %s}'
    sent = [
        _request(1, "initialize", start % '{"name": "proef", "version": "1"}'),
        '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        call(2, "Wat is \\ud83d?"),
        _request(3, "tools/list", '{"cursor": "\\udc00"}'),
        "{geen json",
        call(4, PRICE),
    ]
    with subprocess.Popen(
        mcp_command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        server.stdin.write("\n".join(sent) + "\n")
        server.stdin.flush()
        replies = {reply["id"]: reply for reply in map(json.loads, _lines(server.stdout, 5))}
        server.stdin.close()
    assert replies[2]["result"]["isError"] is True
    assert "half teken" in replies[2]["result"]["content"][0]["text"]
    assert "half teken" in replies[3]["error"]["message"]
    assert replies[None]["error"]["code"] == -32700
    assert replies[4]["result"]["isError"] is False
    assert "1,75" in replies[4]["result"]["content"][0]["text"]


def _request(number, method, params):
    head = f'"jsonrpc": "2.0", "id": {number}, "method": "{method}"'
    return f'{{{head}, "params": {params}}}'


def _lines(stream, count):
    return [stream.readline() for _ in range(count)]
