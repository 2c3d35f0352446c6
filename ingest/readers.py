"""One reader a format, found by the suffix of the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ingest.documents import Reading
from ingest.errors import ReadingError
from ingest.pdf import read_pdf
from ingest.text import read_text


class Reader(Protocol):
    """Reads one format; raises ReadingError for a file that it cannot read."""

    def __call__(self, path: Path) -> Reading:
        """Read the file."""
        ...


READERS: Mapping[str, Reader] = {".txt": read_text, ".md": read_text, ".pdf": read_pdf}
"""The reader of each suffix, in lower case."""


def is_readable(path: Path) -> bool:
    """Whether there is a reader for the suffix of this file."""
    return path.suffix.lower() in READERS


def read(path: Path) -> Reading:
    """Read a document with the reader of its format.

    Args:
        path: The file.

    Returns:
        The canonical text and its pages.

    Raises:
        ReadingError: If there is no reader for it, or its reader cannot make sense of it.
    """
    if not is_readable(path):
        raise ReadingError(
            f"{path.name} is niet opgenomen: bestanden van het type '{path.suffix or 'onbekend'}' "
            f"worden niet gelezen. Wel: {', '.join(sorted(READERS))}."
        )
    try:
        return READERS[path.suffix.lower()](path)
    except OSError as error:
        raise ReadingError(
            f"{path.name} is niet te openen: {error.strerror or error}. "
            "Kijk of het bestand er nog staat en of u het mag lezen."
        ) from error
