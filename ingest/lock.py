"""One writer at a time, and a mark that shows whether the last one finished."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.disk import writing
from ingest.errors import IndexLockedError

LOCK_FILE = ".lock"
WRITER_FILE = ".writer.json"
"""Says who writes. It stays behind when a writer is cut off, and so marks unfinished work."""


@contextmanager
def write_lock(folder: Path) -> Iterator[bool]:
    """Hold the right to write to an index folder, which must exist.

    Args:
        folder: The index folder.

    Yields:
        Whether the writer before this one was cut off.

    Raises:
        IndexLockedError: If another process holds it; the message names that process.
        IndexingError: If the folder cannot be written.
    """
    lock = FileLock(folder / LOCK_FILE, timeout=0)
    writer = folder / WRITER_FILE
    with writing(folder):
        try:
            lock.acquire()
        except Timeout as error:
            raise IndexLockedError(_locked(folder)) from error
    try:
        with writing(folder):
            unfinished = writer.exists()
            writer.write_text(_holder(), encoding="utf-8")
        yield unfinished
        with writing(folder):
            writer.unlink()
    finally:
        lock.release()


def _holder() -> str:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})


def _locked(folder: Path) -> str:
    try:
        holder = json.loads((folder / WRITER_FILE).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(holder["since"])
        who = (
            f"proces {holder['pid']} op computer {holder['host']}, sinds "
            f"{since:%d-%m-%Y} om {since:%H:%M} uur"
        )
    # The other process may be between taking the lock and saying who it is.
    except (OSError, ValueError, KeyError, TypeError):
        who = "een ander proces"
    return (
        f"Aan de index in {folder} wordt al gewerkt: {who}. "
        "Wacht tot dat klaar is en probeer het dan opnieuw."
    )
