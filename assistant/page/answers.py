"""The answers that were shown, kept in memory so that links on the page can come back to them."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ingest.documents import Answer


class AnswerStore:
    """Answers by a key that cannot be guessed; the oldest make room. Safe between threads."""

    def __init__(self, size: int = 1000) -> None:
        """Make an empty store.

        Args:
            size: Most answers that are kept, over all users; at least 1.
        """
        self._size = size
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, answer: Answer) -> str:
        """Keep an answer.

        Returns:
            Its key: 22 characters that are safe in an address.
        """
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return key

    def replace(self, key: str, answer: Answer) -> None:
        """Put another answer under a key, as when a model has written more of it."""
        with self._lock:
            if key in self._answers:
                self._answers[key] = answer

    def get(self, key: str) -> Answer | None:
        """The answer with this key; None when it is unknown or had to make room."""
        with self._lock:
            return self._answers.get(key)


@dataclass(slots=True)
class Run:
    """One answer that a language model is writing.

    Attributes:
        stopped: Set when it must end.
        is_left: Whether its conversation has ended, so that nothing of it is to be shown.
    """

    stopped: threading.Event = field(default_factory=threading.Event)
    is_left: bool = False


class Running:
    """The answers that a language model is writing now, so that each can be stopped."""

    def __init__(self) -> None:
        """None is running."""
        self._runs: dict[str, Run] = {}

    @contextmanager
    def one(self, key: str) -> Iterator[Run]:
        """While this is open, the answer with this key can be stopped; the run tells it."""
        run = self._runs[key] = Run()
        try:
            yield run
        finally:
            run.stopped.set()  # also when the page went away while it was written
            self._runs.pop(key, None)

    def stop(self, key: str, leave: bool = False) -> bool:
        """Stop writing an answer; whether it was being written.

        Args:
            key: The answer's.
            leave: Whether its conversation has ended too.
        """
        run = self._runs.get(key)
        if run is None:
            return False
        run.is_left = leave
        run.stopped.set()
        return True
