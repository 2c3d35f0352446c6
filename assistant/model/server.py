"""Which language model a server offers: asked once, when it is connected."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from assistant.errors import ModelError
from ingest.settings import Settings

CONNECT_SECONDS = 5.0
USUAL_CONTEXT = 4096
"""Tokens that a model is taken to hold when its server does not say."""
OLLAMA_CONTEXT = 8192
"""Most tokens that Ollama is asked to hold: it takes memory for all of them at once."""


class Kind(StrEnum):
    """How a server wants to be asked."""

    OPENAI = "OpenAI-compatibel"
    OLLAMA = "Ollama"
    AZURE = "Azure OpenAI"


@dataclass(frozen=True, slots=True)
class Server:
    """A server with the model that is used on it.

    Attributes:
        kind: How it wants to be asked.
        url: Its base address, without a slash at the end.
        model: Name of the model, as the server calls it.
        context: Most tokens of question and answer together; at least 1.
        key: The key that it wants; "" for none. Never shown.
        version: The version of Azure's interface; "" for none.
    """

    kind: Kind
    url: str
    model: str
    context: int
    key: str = ""
    version: str = ""

    @property
    def host(self) -> str:
        """The computer that it runs on."""
        return urlsplit(self.url).hostname or self.url

    @property
    def is_here(self) -> bool:
        """Whether it runs on this very computer, so that nothing leaves it."""
        return is_loopback(self.host)

    def __repr__(self) -> str:
        """All but the key."""
        return f"Server({self.kind}, {self.url}, {self.model}, {self.context})"


def is_loopback(host: str) -> bool:
    """Whether a host name means this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def http_client(url: str, key: str, seconds: float, server: Server | None = None) -> httpx.Client:
    """A client for a server: no redirects, and no proxy for this computer's own addresses.

    Args:
        url: Its address.
        key: What it is given as a bearer; "" for none.
        seconds: Longest wait.
        server: The server when it is known; Azure wants its key and version elsewhere.
    """
    azure = server is not None and server.kind is Kind.AZURE

    def keyed(request: httpx.Request) -> None:
        # Azure takes a bearer for a token of its own, and would refuse the key there.
        request.headers.pop("Authorization", None)
        request.headers["api-key"] = key

    return httpx.Client(
        headers={"Authorization": f"Bearer {key}"} if key and not azure else {},
        params={"api-version": server.version} if server is not None and server.version else None,
        event_hooks={"request": [keyed]} if azure and key else {},
        timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
        # Followed, a redirect would carry documents and key to a server that nobody chose.
        follow_redirects=False,
        trust_env=not is_loopback(urlsplit(url).hostname or ""),
    )


def key_of(settings: Settings) -> str:
    """The key of the server, from the setting or from its file; "" when there is none.

    Raises:
        ModelError: If the file cannot be read, or holds no key.
    """
    if settings.llm_key_file is None:
        return settings.llm_key.get_secret_value()
    path: Path = settings.llm_key_file
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"De sleutel in {path} is niet te lezen. Controleer het bestand.") from (
            error
        )
    if not key or any(c.isspace() or not c.isprintable() for c in key):
        raise ModelError(f"Het bestand {path} moet alleen de sleutel bevatten, op één regel.")
    return key


def find_server(settings: Settings, url: str = "") -> Server:
    """Ask the server of the settings what it is and which model it offers.

    An address without a path is Ollama's when it answers as Ollama does, else "/v1" is added.

    Args:
        settings: Of these the ones that begin with ``llm_`` are used.
        url: Another address than the settings', for a model that we serve ourselves.

    Raises:
        ModelError: If it cannot be reached, refuses, or the model is not there.
    """
    url, key = url or settings.llm_url, key_of(settings)
    with http_client(url, key, CONNECT_SECONDS) as client:
        if not urlsplit(url).path.strip("/"):
            if _is_ollama(client, url):
                return _ollama(client, url, key, settings)
            url = f"{url}/v1"
        return _openai(client, url, key, settings)


def _is_ollama(client: httpx.Client, url: str) -> bool:
    try:
        answer = client.get(f"{url}/api/version")
    except httpx.HTTPError as error:
        raise ModelError(unreachable(url, error)) from error
    return answer.status_code == 200 and "version" in _object(answer)


def _ollama(client: httpx.Client, url: str, key: str, settings: Settings) -> Server:
    listed = _fetch(client, f"{url}/api/tags").get("models")
    names = _texts(listed, "name")
    # Ollama itself takes "llama3" for "llama3:latest".
    asked = settings.llm_model
    full = asked if asked in names or ":" in asked else f"{asked}:latest" if asked else ""
    model = _chosen(full, names, url)
    context = settings.llm_context
    if not context:
        shown = client.post(f"{url}/api/show", json={"model": model})
        facts = _object(shown).get("model_info", {}) if shown.status_code == 200 else {}
        sizes = [v for k, v in facts.items() if k.endswith("context_length")] if facts else []
        context = min(_positive(sizes) or USUAL_CONTEXT, OLLAMA_CONTEXT)
    return Server(Kind.OLLAMA, url, model, context, key)


def _openai(client: httpx.Client, url: str, key: str, settings: Settings) -> Server:
    try:
        listed = _fetch(client, f"{url}/models").get("data")
    except ModelError:
        # Some gateways list no models; with a name given that need not stop anybody.
        if not settings.llm_model or not settings.llm_context:
            raise
        return Server(Kind.OPENAI, url, settings.llm_model, settings.llm_context, key)
    model = _chosen(settings.llm_model, _texts(listed, "id"), url)
    context = settings.llm_context or _context_of(client, url, listed, model)
    return Server(Kind.OPENAI, url, model, context, key)


def _context_of(client: httpx.Client, url: str, listed: Any, model: str) -> int:  # noqa: ANN401
    """What the list of models says (vLLM, gateways), or llama.cpp's own properties."""
    entry = next((e for e in listed if isinstance(e, dict) and e.get("id") == model), {})
    stated = _positive([entry.get(name) for name in ("max_model_len", "context_length")])
    if stated:
        return stated
    try:
        properties = client.get(f"{url.removesuffix('/v1')}/props")
    except httpx.HTTPError:
        return USUAL_CONTEXT
    given = _object(properties).get("default_generation_settings")
    return _positive([given.get("n_ctx")] if isinstance(given, dict) else []) or USUAL_CONTEXT


def _chosen(asked: str, names: list[str], url: str) -> str:
    if asked in names:
        return asked
    known = ", ".join(names[:20]) or "geen"
    if asked:
        raise ModelError(
            f"Het taalmodel '{asked}' is er niet op {_name(url)}. Wel: {known}. Pas llm_model aan."
        )
    if len(names) != 1:
        raise ModelError(f"Kies met llm_model een taalmodel op {_name(url)}. Er zijn: {known}.")
    return names[0]


def _fetch(client: httpx.Client, address: str) -> dict[str, Any]:
    try:
        answer = client.get(address)
    except httpx.HTTPError as error:
        raise ModelError(unreachable(address, error)) from error
    if answer.status_code != 200:
        raise ModelError(refused(address, answer.status_code))
    return _object(answer)


def _object(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty when it is something else."""
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _texts(entries: Any, name: str) -> list[str]:  # noqa: ANN401 - what a server sent
    if not isinstance(entries, list):
        return []
    found = (entry.get(name) for entry in entries if isinstance(entry, dict))
    return [text for text in found if isinstance(text, str)]


def _positive(values: list[Any]) -> int:
    return next((v for v in values if isinstance(v, int) and v > 0), 0)


def _name(address: str) -> str:
    return urlsplit(address).netloc


def unreachable(address: str, error: Exception) -> str:
    """Say that a server is away, in Dutch."""
    host = _name(address)
    if isinstance(error, httpx.TimeoutException):
        return f"Het taalmodel op {host} antwoordt niet op tijd."
    return f"Het taalmodel op {host} is niet bereikbaar. Staat de server aan, en klopt llm_url?"


def refused(address: str, status: int) -> str:
    """Say what a server's status means, in Dutch."""
    host = _name(address)
    if status in {401, 403}:
        return f"De server {host} weigert de sleutel. Controleer llm_key of llm_key_file."
    if status == 404:
        return f"De server {host} kent dit adres of dit taalmodel niet. Controleer llm_url."
    if status == 429:
        return f"Het taalmodel op {host} heeft het te druk. Probeer het later opnieuw."
    if status in {400, 413, 422}:
        return (
            f"De server {host} neemt deze vraag niet aan: misschien is die te lang (llm_context)."
        )
    return f"De server {host} geeft een fout (status {status})."
