"""What is needed of a model, be it connected or recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Protocol

from assistant.model.prompts import Message
from assistant.model.server import Server


class Talker(Protocol):
    """A connection to a model, or what was recorded of one."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    @property
    def place(self) -> str:
        """Where it runs, in Dutch."""
        ...

    @property
    def failed(self) -> str:
        """What happens to a sentence that is not proven: "weglaten" or "doorhalen"."""
        ...

    @property
    def second_check(self) -> bool:
        """Whether it looks over what it wrote."""
        ...

    @property
    def temperature(self) -> str:
        """What is set against chance: "0", or "standaard"."""
        ...

    def check(self) -> Server:
        """The server; raises ModelError when it cannot be reached."""
        ...

    def stream(
        self, messages: tuple[Message, ...], cancelled: threading.Event, tokens: int = ...
    ) -> Iterator[str]:
        """What the model says, piece by piece, without what it thinks; raises ModelError."""
        ...
