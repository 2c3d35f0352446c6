"""The manifest: which documents an index holds, and what was made of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the manifest.

    Attributes:
        id: The document's id.
        file: Its file name.
        sha256: Hex digest of the file's bytes.
        version: Changes whenever anything that was made of the document may have.
        path: Where the file lies; "" for a document of the corpus.
        pages: Number of pages; 0 without pages.
        passages: Number of passages.
        statements: Number of statements.
        digest: Hex digest of what was made of it, as it was written.
        reading: Changes whenever what its reader gave may have.
    """

    id: str
    file: str
    sha256: str
    version: str
    path: str = ""
    pages: int = 0
    passages: int = 0
    statements: int = 0
    digest: str = ""
    reading: str = ""

    @property
    def document_file(self) -> str:
        """Name of the file with what was made of it."""
        return f"{self._name}-{self.version}.json"

    @property
    def terms_file(self) -> str:
        """Name of the file with the terms of its passages."""
        return f"{self._name}-{self.version}.terms.json"

    @property
    def reading_file(self) -> str:
        """Name of the file with what its reader gave, which several versions can share."""
        return f"{self._name}-{self.reading}.reading.json"

    @property
    def files(self) -> tuple[str, ...]:
        """Names of its files in the index."""
        return self.document_file, self.terms_file, self.reading_file

    @property
    def _name(self) -> str:
        # Cut off, since a file system takes no name of more than 255 bytes; what comes after it
        # keeps the names apart.
        return self.id[:_LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index consists of.

    Attributes:
        settings: Fingerprint of each setting that decides what the index holds, by its name.
        collection: Name of the Chroma collection with the vectors of the passages.
        lexical: Name of the folder with the lexical index and the links of the statements.
        documents: Sorted by id.
    """

    settings: Mapping[str, str]
    collection: str
    lexical: str = ""
    documents: tuple[Entry, ...] = ()


def to_manifest(content: dict[str, Any]) -> Manifest:
    """The manifest of its JSON.

    Raises:
        KeyError: If a part is missing.
        TypeError: If a part is unknown.
        AttributeError: If it is something else altogether.
    """
    return Manifest(
        settings={str(k): str(v) for k, v in content["settings"].items()},
        collection=str(content["collection"]),
        lexical=str(content["lexical"]),
        documents=tuple(Entry(**entry) for entry in content["documents"]),
    )
