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
    ("body", "status"),
    [
        ({}, 422),
        ({"question": ""}, 422),
        ({"question": "?"}, 422),
        ({"question": "x" * 3000}, 422),
        ({"question": PRICE, "delete": True}, 422),
        ({"question": PRICE, "documents": ["weg"]}, 404),
    ],
)
def test_what_is_no_question_is_refused(assistant, tmp_path, body, status):
    assert client_of(assistant, tmp_path).post("/api/vraag", json=body).status_code == status


def test_another_site_cannot_ask_through_the_browser(assistant, tmp_path):
    client = client_of(assistant, tmp_path)
    asked = client.post("/api/vraag", json={"question": PRICE}, headers={"host": "kwaad.example"})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in client.get("/api/documenten").headers


def test_another_assistant_asks_over_mcp(assistant, tmp_path):
    pytest.importorskip("mcp", reason="mcp is not installed")
    from mcp import ClientSession
    from mcp.client.stdio import StdioServerParameters, stdio_client

    corpus, index = (str(p) for p in _folders(assistant))
    arguments = ["-m", "assistant", "mcp", "--corpus", corpus, "--index", index]

    async def talk():
        parameters = StdioServerParameters(
            command=sys.executable, args=arguments, cwd=str(Path(__file__).parents[1])
        )
        async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            tools = await session.list_tools()
            answer = await session.call_tool("vraag", {"vraag": PRICE})
            return tools.tools, answer

    tools, answer = anyio.run(talk)
    assert {tool.name for tool in tools} == {"vraag", "documenten", "register"}
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert "1,75" in str(answer.content)


def _folders(assistant):
    settings = assistant._settings
    return settings.corpus, settings.index
