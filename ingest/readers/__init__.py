"""Documents become text: one reader a format, run in a process of its own."""

from __future__ import annotations

from pathlib import Path

from ingest.documents import Reading
from ingest.readers.formats import READERS
from ingest.readers.process import ReaderProcess

__all__ = ["READERS", "ReaderProcess", "is_readable", "read"]


def is_readable(path: Path) -> bool:
    """Whether there is a reader for the suffix of this file."""
    return path.suffix.lower() in READERS


def read(path: Path) -> Reading:
    """Read one file; for more than one, `ReaderProcess` saves the start of a process each.

    Args:
        path: The file.

    Returns:
        The canonical text, its pages, and what the format states of its parts.

    Raises:
        ReadingError: If there is no reader for it, or its reader cannot make sense of it.
    """
    with ReaderProcess() as process:
        return process.read(path)
