"""Azure OpenAI: its addresses, its key and its versions are its own.

https://learn.microsoft.com/azure/ai-foundry/openai/reference (read in 2025): a deployment is asked
at ``/openai/deployments/NAME/chat/completions?api-version=...`` with the key in ``api-key``; the
newer interface, ``/openai/v1``, takes what OpenAI takes, with the deployment's name as the model.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

import httpx

from assistant.errors import ModelError
from assistant.model.server import (
    CONNECT_SECONDS,
    USUAL_CONTEXT,
    Kind,
    Server,
    http_client,
    key_of,
    refused,
    unreachable,
)
from ingest.settings import Settings

_DEPLOYMENT = re.compile(
    r"(?P<path>.*/openai/deployments/(?P<name>[^/]+))(?:/chat/completions)?/?$"
)
_V1 = re.compile(r"(?P<path>.*/openai/v1)(?:/chat/completions)?/?$")
_HOST = re.compile(r"\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$")


def azure_server(settings: Settings) -> Server | None:
    """The deployment that the settings name; None when ``llm_url`` is no address of Azure's.

    Args:
        settings: ``llm_url`` goes up to the deployment, or is as the portal shows it, or ends in
            ``/openai/v1``, or names the resource alone; the others with ``llm_`` as elsewhere.

    Raises:
        ModelError: If the version or the name of the deployment is missing, or the server cannot
            be reached or refuses the key.
    """
    url = settings.llm_url
    parts = urlsplit(url)
    version = parse_qs(parts.query).get("api-version", [""])[0]
    deployment = _DEPLOYMENT.match(parts.path)
    at_azure = _HOST.search(parts.hostname or "") is not None
    # Other providers end their address in /openai/v1 as well.
    newer = _V1.match(parts.path) if at_azure or version else None
    if deployment:
        if not version:
            raise ModelError(
                "Zet bij een Azure-adres ook de versie, zoals het portaal die geeft: "
                f"{_short(url, deployment['path'])}?api-version=2024-10-21"
            )
        return _reached(settings, deployment["path"], unquote(deployment["name"]), version)
    resource = not parts.path.strip("/") and at_azure
    if not newer and not resource:
        return None
    if not settings.llm_model:
        raise ModelError("Zet bij Azure in llm_model de naam van uw deployment.")
    path = newer["path"] if newer else "/openai/v1"
    return _reached(settings, path, settings.llm_model, version)


def _reached(settings: Settings, path: str, model: str, version: str) -> Server:
    """The server, once it was asked which models it knows: that needs the key and no deployment."""
    url, key = settings.llm_url, key_of(settings)
    context = settings.llm_context or USUAL_CONTEXT
    server = Server(Kind.AZURE, _short(url, path), model, context, key, version)
    listed = path if path.endswith("/v1") else path.partition("/deployments/")[0]
    address = f"{_short(url, listed)}/models"
    with http_client(server.url, key, CONNECT_SECONDS, server) as client:
        try:
            answer = client.get(address)
        except httpx.HTTPError as error:
            raise ModelError(unreachable(address, error)) from error
    if answer.status_code in {401, 403}:
        raise ModelError(refused(address, answer.status_code))
    return server


def _short(url: str, path: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", ""))
