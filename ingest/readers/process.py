"""Reads files in a process of its own, so that a hostile file can harm nothing but its reading.

That process has limits on memory and time, gets no settings and no keys, writes no file, and is
replaced when it dies or has to be stopped.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingest.documents import Reading
from ingest.errors import GivenUpError, ReadingError
from ingest.readers.containers import Contents
from ingest.readers.job import CRASHED, OUT_OF_MEMORY, OUT_OF_TIME
from ingest.readers.limits import Limits
from ingest.readers.messages import (
    BYTES,
    CONTENTS,
    PAGE,
    PAGES,
    READING,
    REFUSED,
    SCANS,
    decode,
    encode,
    to_bytes,
    to_contents,
    to_reading,
)

OnPage = Callable[[int, int], None]
"""Is told a page's number and the number of pages."""

_HOME = Path(__file__).resolve().parent.parent.parent
_WORKER = "ingest.readers.worker"
# What Python needs to start, and nothing else: keys and settings stay out of reach.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "VIRTUAL_ENV")
_LANGUAGES = "TESSDATA_PREFIX"  # where Tesseract's languages are
_MOST_BAD_PAGES = 3
_GRACE = 2.0
_LONGEST_MESSAGE = 500_000_000
_MOST_WAITING = 10_000


class ReaderProcess:
    """A process that reads one file after the other; it starts at the first one.

    Use it as a context manager, or close it. It may be used from several threads; they wait for
    each other.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        """Prepare; nothing is started yet.

        Args:
            limits: What reading one file may cost; the usual limits when None.
        """
        self._limits = limits or Limits()
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def read(
        self,
        path: Path,
        inside: Sequence[str] = (),
        password: str = "",
        on_page: OnPage = lambda page, pages: None,
    ) -> Reading:
        """Read a file, or a member of a message or archive.

        A page on which the process dies or hangs is passed over, and the rest is read again.

        Args:
            path: The file.
            inside: The names that lead to a member; the file itself when empty.
            password: What opens it, if it asks for that.
            on_page: Told the number of each page before it is read, and how many there are (0
                when unknown); an error that it raises ends the reading.

        Returns:
            Its text and what is stated of it.

        Raises:
            ReadingError: If it cannot be read, or costs more than the limits allow.
        """
        question = {"path": str(path.absolute()), "inside": list(inside), "password": password}
        name = "/".join((path.name, *inside))
        answer = self._ask(name, {**question, "wanted": READING}, on_page)
        assert isinstance(answer, Reading)
        return answer

    def contents(self, path: Path) -> Contents:
        """Tell which documents a message or archive holds.

        Args:
            path: The file; one of another format holds nothing.

        Returns:
            Its members, and what is not opened.

        Raises:
            ReadingError: If it cannot be opened, or costs more than the limits allow.
        """
        question = {"path": str(path.absolute()), "inside": [], "password": ""}
        answer = self._ask(path.name, {**question, "wanted": CONTENTS})
        assert isinstance(answer, Contents)
        return answer

    def take(self, path: Path, inside: Sequence[str]) -> bytes:
        """Take a member out of a message or archive, as it is.

        Args:
            path: The file.
            inside: The names that lead to the member.

        Raises:
            ReadingError: If it is not there, or costs more than the limits allow.
        """
        question = {"path": str(path.absolute()), "inside": list(inside), "password": ""}
        answer = self._ask("/".join((path.name, *inside)), {**question, "wanted": BYTES})
        assert isinstance(answer, bytes)
        return answer

    def _ask(
        self,
        name: str,
        question: Mapping[str, Any],
        on_page: OnPage = lambda page, pages: None,
    ) -> Reading | Contents | bytes:
        skip: dict[int, str] = {}
        began = time.monotonic()
        with self._lock:
            used = self._child is not None
            while True:
                try:
                    return self._attempt(question, skip, began, on_page)
                except _LostError as lost:
                    self._stop(at_once=True)
                    if used and lost.why == CRASHED:
                        used = False  # it may have died before this file: try a new one
                        continue
                    if lost.page is None or lost.page in skip or len(skip) >= _MOST_BAD_PAGES:
                        raise GivenUpError(_lost_for_good(name, lost)) from lost
                    skip[lost.page] = lost.why

    def _attempt(
        self,
        question: Mapping[str, Any],
        skip: Mapping[int, str],
        began: float,
        on_page: OnPage,
    ) -> Reading | Contents | bytes:
        child = self._running()
        page: int | None = max(skip, default=None)
        scans = 0
        child.ask({**question, "skip": list(skip.items())})
        while True:
            message = child.answer(self._time_left(began, page, scans), page)
            try:
                if REFUSED in message:
                    raise ReadingError(str(message[REFUSED]))
                if READING in message:
                    return to_reading(message[READING])
                if BYTES in message:
                    return to_bytes(message[BYTES])
                if CONTENTS in message:
                    return to_contents(message[CONTENTS])
                if PAGE not in message:
                    raise _LostError(OUT_OF_MEMORY, page)
                page, pages = int(message[PAGE]), int(message[PAGES])
                scans = min(int(message[SCANS]), self._limits.scans)
            except (ValueError, KeyError, TypeError) as error:
                raise _LostError(CRASHED, page) from error
            self._tell(on_page, page, pages)

    def _tell(self, on_page: OnPage, page: int, pages: int) -> None:
        try:
            on_page(page, pages)
        except BaseException:
            self._stop(at_once=True)  # it is still reading; the next file needs one that listens
            raise

    def _time_left(self, began: float, page: int | None, scans: int) -> float:
        """Seconds until the next sign of life must come."""
        limits = self._limits
        allowed = limits.seconds + limits.silence + (page or 0) * limits.seconds_a_page
        allowed += scans * limits.seconds_a_scan
        left = began + allowed - time.monotonic()
        return min(left, limits.seconds if page is None else limits.silence)

    def _running(self) -> _Child:
        if self._child is None or not self._child.alive():
            self._stop()
            self._child = _Child(self._limits)
        return self._child

    def _stop(self, *, at_once: bool = False) -> None:
        if self._child is not None:
            self._child.end(at_once=at_once)
            self._child = None


class _LostError(Exception):
    """The reading process died or had to be given up."""

    def __init__(self, why: str, page: int | None) -> None:
        super().__init__(why)
        self.why = why
        self.page = page


def _lost_for_good(name: str, lost: _LostError) -> str:
    where = f" bij pagina {lost.page}" if lost.page else ""
    return (
        f"{name} is niet te lezen: {lost.why}{where}. Sla het bestand opnieuw op, of splits het, "
        "en probeer het nog eens."
    )


class _Child:
    """The reading process, seen from outside."""

    def __init__(self, limits: Limits) -> None:
        kept = (*_ENVIRONMENT, _LANGUAGES)
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOME,
            env=environment,
        )
        # A thread, because a pipe cannot be waited for with a time limit on every platform.
        self._lines: queue.Queue[bytes] = queue.Queue(_MOST_WAITING)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.ask(asdict(limits))

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream, contextlib.suppress(OSError, ValueError):
            while line := stream.readline(_LONGEST_MESSAGE):
                self._lines.put(line)
        self._lines.put(b"")

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        # A process that is gone shows itself when its answer is waited for.
        with contextlib.suppress(OSError):
            self._process.stdin.write(encode(message))
            self._process.stdin.flush()

    def answer(self, seconds: float, page: int | None) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=max(seconds, 0))
        except queue.Empty as error:
            raise _LostError(OUT_OF_TIME, page) from error
        try:
            return decode(line)
        except ValueError as error:  # also for the empty line of a process that is gone
            raise _LostError(CRASHED, page) from error

    def end(self, *, at_once: bool) -> None:
        """End it: when its input closes, or at once where it is stuck."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(0 if at_once else _GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
