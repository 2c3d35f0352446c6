"""The original files of documents: found where they lie, or taken out of what they were inside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from glob import escape as escape_pattern
from pathlib import Path

from ingest.documents import Document
from ingest.errors import IndexingError, ReadingError
from ingest.readers import ReaderProcess
from ingest.readers.containers import SEPARATOR
from ingest.store import Store

_MOST_TRIED = 10  # files of one name


@dataclass(frozen=True, slots=True)
class Original:
    """The very bytes that a document was read from.

    Attributes:
        name: Name of the file, without a folder.
        path: Where it lies; None for what was inside another file.
        content: Its bytes where it was inside another file; else empty.
    """

    name: str
    path: Path | None
    content: bytes = b""


class OriginalFiles:
    """Finds original files. Nothing is kept for it, so that nothing stays behind."""

    def __init__(self, folders: Sequence[Path], index: Path | None = None) -> None:
        """Say where to look.

        Args:
            folders: Folders with documents; subfolders count as well.
            index: The index folder, which knows where files from elsewhere lie; None for none.
        """
        self._folders = folders
        self._index = index

    def of(self, document: Document) -> Original | None:
        """The original of a document.

        Returns:
            None when its file is missing, has changed since, or lies (or points) elsewhere than in
            the folders and where a user once took it in from.
        """
        if not document.sha256:
            return None
        outer, *inside = document.file.split(SEPARATOR)
        for path in self._candidates(document, outer):
            if not inside:
                if _sha256(path, *_stamp(path)) == document.sha256:
                    return Original(path.name, path)
            elif (content := _member(path, document)) is not None:
                return Original(inside[-1], None, content)
        return None

    def _candidates(self, document: Document, name: str) -> Iterator[Path]:
        """Files of that name, where the document may have come from."""
        if path := self._taken_from(document):
            yield path
        for folder in self._folders:
            for path in sorted(folder.rglob(escape_pattern(name)))[:_MOST_TRIED]:
                whole = path.resolve()
                if whole.is_relative_to(folder.resolve()) and whole.is_file():
                    yield whole

    def _taken_from(self, document: Document) -> Path | None:
        """Where a file from outside the folders lies, by the index."""
        if self._index is None:
            return None
        try:
            entries = Store(self._index).load_manifest().documents
        except IndexingError:
            return None  # it is being made anew, and says so elsewhere
        found = next((e.path for e in entries if e.id == document.id and e.path), None)
        return Path(found) if found and Path(found).is_file() else None


def _member(path: Path, document: Document) -> bytes | None:
    """The bytes of what is inside a file; None when it is not, or no longer."""
    with ReaderProcess() as reader:
        try:
            for member in reader.contents(path).members:
                name = SEPARATOR.join((path.name, *member.inside))
                if (name, member.sha256) == (document.file, document.sha256):
                    return reader.take(path, member.inside)
        except ReadingError:
            return None
    return None


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=256)
def _sha256(path: Path, changed: int, size: int) -> str:
    """Hex digest of a file; a viewer asks for one in many pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
