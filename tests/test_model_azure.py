"""Azure OpenAI, played by a server over real HTTP that demands exactly what Azure demands."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from model_server import pieces_of

from assistant.errors import ModelError
from assistant.model.azure import azure_server
from assistant.model.connection import Connection
from assistant.model.prompts import Message
from assistant.model.server import Kind
from ingest.settings import Settings

pytestmark = pytest.mark.usefixtures("no_long_waits")

KEY = "geheim-azure-1"
QUESTION = (Message("system", "Wees kort."), Message("user", "Wat is mantelzorg?"))
DEPLOYMENT = "/openai/deployments/gemeente-gpt"
V1 = "/openai/v1"


class Azure(BaseHTTPRequestHandler):
    """Refuses a bearer, another key, another version, and what is no deployment."""

    def log_message(self, *args):
        pass

    def refused(self):
        given = urlsplit(self.path)
        version = parse_qs(given.query).get("api-version", [""])[0]
        if self.headers.get("api-key") != KEY or "Authorization" in self.headers:
            return 401
        older = not given.path.startswith(V1)
        return 404 if older and version != "2024-10-21" else 0

    def do_GET(self):
        code = self.refused()
        if not code and urlsplit(self.path).path not in {"/openai/models", f"{V1}/models"}:
            code = 404
        # Azure lists the models that it sells, not the deployments that were made of them.
        self.answer(code or 200, json.dumps({"data": [{"id": "gpt-4o"}]}), "application/json")

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        path = urlsplit(self.path).path
        code = self.refused()
        known = path == f"{DEPLOYMENT}/chat/completions" or (
            path == f"{V1}/chat/completions" and body["model"] == "gemeente-gpt"
        )
        if code or not known:
            error = {"error": {"code": "DeploymentNotFound", "message": "niet gevonden"}}
            self.answer(code or 404, json.dumps(error), "application/json")
            return
        # The first event tells of the filter, and holds no choices.
        events = [{"choices": [], "prompt_filter_results": []}]
        events += [
            self.event({"content": piece}, None) for piece in pieces_of("Zorg voor een naaste.")
        ]
        events.append(self.event({}, "stop"))
        lines = [f"data: {json.dumps(self.base() | event)}\n\n" for event in events]
        self.answer(200, "".join([*lines, "data: [DONE]\n\n"]), "text/event-stream")

    def base(self):
        return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o"}

    def event(self, delta, reason):
        return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

    def answer(self, code, text, kind):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())


@pytest.fixture
def azure():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Azure)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "model"),
    [
        (f"{DEPLOYMENT}?api-version=2024-10-21", ""),
        (f"{DEPLOYMENT}/chat/completions?api-version=2024-10-21", ""),  # as the portal shows it
        # Elsewhere than at Azure's own hosts, its version says that it is Azure's.
        (f"{V1}?api-version=preview", "gemeente-gpt"),
        (f"{V1}/?api-version=preview", "gemeente-gpt"),
        (f"{V1}/chat/completions?api-version=preview", "gemeente-gpt"),
    ],
)
def test_a_deployment_is_asked_as_azure_wants_it(azure, path, model, tmp_path):
    settings = Settings(llm_url=azure.url + path, llm_key=KEY, llm_model=model, llm_context=8192)
    found = Connection(settings)
    assert found.ask(QUESTION) == "Zorg voor een naaste."
    assert found.server.kind is Kind.AZURE
    assert (found.name, found.server.context) == ("gemeente-gpt", 8192)
    assert azure.asked[-1]["messages"][1]["content"] == "Wat is mantelzorg?"
    assert KEY not in repr(found)
    assert KEY not in repr(found.server)


@pytest.mark.parametrize(
    ("path", "options", "told"),
    [
        (f"{DEPLOYMENT}?api-version=2024-10-21", {"llm_key": "verkeerd"}, "weigert de sleutel"),
        (DEPLOYMENT, {}, "ook de versie"),
        (f"{V1}?api-version=preview", {}, "naam van uw deployment"),
        (
            f"{V1}?api-version=preview",
            {"llm_model": "andere"},
            "kent dit adres of dit taalmodel niet",
        ),
        ("/openai/deployments/weg?api-version=2024-10-21", {}, "kent dit adres"),
    ],
)
def test_what_is_wrong_is_told_without_the_key(azure, path, options, told):
    settings = Settings(llm_url=azure.url + path, **{"llm_key": KEY} | options)
    with pytest.raises(ModelError, match=told) as error:
        Connection(settings).ask(QUESTION)
    assert KEY not in str(error.value)


def test_an_azure_server_that_is_away_is_told():
    settings = Settings(llm_url=f"http://127.0.0.1:9{DEPLOYMENT}?api-version=2024-10-21")
    with pytest.raises(ModelError, match="niet bereikbaar"):
        azure_server(settings)


def test_other_addresses_are_not_azures():
    for url in ("http://127.0.0.1:9", "http://127.0.0.1:9/v1", "https://llm.gemeente.example/v1"):
        assert azure_server(Settings(llm_url=url)) is None
    assert azure_server(Settings()) is None


def test_another_provider_with_the_same_path_is_not_taken_for_azure():
    url = "https://api.voorbeeld.example/openai/v1"
    assert azure_server(Settings(llm_url=url, llm_model="llama")) is None
