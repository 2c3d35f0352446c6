"""The tab on the language model: what is connected, how large and how fast, and a test."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from assistant.errors import ModelError
from assistant.model.connection import Connection
from assistant.model.prompts import Message
from assistant.page import texts
from assistant.wording import count, number_in_words

TEST = (Message("user", "Schrijf in één korte zin wat een gemeente is."),)
TEST_TOKENS = 40


def model_html(connection: Connection) -> str:
    """What is known of the connection, without asking the model anything."""
    if connection.server is None or connection.problem:
        reason = connection.problem or "De verbinding is nog niet getest."
        return (
            '<div id="taalmodel"><p role="status"><strong>Niet verbonden.</strong> '
            f"{escape(reason)} De antwoorden bestaan zolang uit letterlijke zinnen.</p></div>"
        )
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _facts(connection) if value
    )
    return (
        '<div id="taalmodel"><p role="status"><strong>Verbonden met '
        f'{escape(connection.name)}.</strong></p><dl class="bw-feiten">{rows}</dl></div>'
    )


def testing_html(connection: Connection) -> str:
    """That the connection is being tested; a slow model takes a while."""
    told = escape(texts.MODEL_TESTING.format(seconds=round(connection.settings.llm_seconds)))
    return f'<div id="taalmodel"><p role="status">{told}</p></div>'


def _facts(connection: Connection) -> list[tuple[str, str]]:
    server, speed = connection.server, connection.speed
    if server is None:
        return []
    struck = connection.settings.llm_failed == "doorhalen"
    second = connection.second_check
    return [
        ("Plaats", connection.place),
        ("Soort server", str(server.kind)),
        ("Lengte van de context", f"{number_in_words(server.context)} tokens"),
        ("Snelheid", _speed(speed.first, speed.per_second) if speed else "nog niet gemeten"),
        ("Zinnen zonder bewijs", "worden doorgehaald" if struck else "worden weggelaten"),
        ("Zijn eigen zinnen nakijken", texts.SECOND_ON if second else texts.SECOND_OFF),
    ]


def _speed(first: float, per_second: float) -> str:
    begin = f"{first:.1f}".replace(".", ",")
    rate = (
        f", daarna {count(round(per_second), 'token', 'tokens')} per seconde"
        if per_second >= 1
        else ""
    )
    return f"eerste woord na {begin} seconde{rate}"


def tester(connection: Connection) -> Callable[[], str]:
    """What the button does: find the server anew, have it write a little, show what is known."""

    def test() -> str:
        connection.forget()
        try:
            connection.ask(TEST, TEST_TOKENS)
        except ModelError as error:
            connection.problem = str(error)
        return model_html(connection)

    return test


def notice_of(connection: Connection) -> str:
    """What users are told of the system that answers, when a model has part in it."""
    here = connection.settings.llm_file is not None or connection.is_here
    place = "deze computer" if here else connection.host
    privacy = texts.PRIVACY_HERE if here else texts.PRIVACY_AWAY.format(place=place)
    return texts.NOTICE_MODEL.format(model=connection.name, place=place, privacy=privacy)
