"""The vectors in Chroma: embedded in the index folder, or on a server."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

import numpy as np

from ingest.chroma_files import AT_ONCE, CHROMA_FILE, compact, is_written, written_at_once
from ingest.errors import IndexingError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import HNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from numpy.typing import NDArray

    from ingest.settings import Settings

Label = Mapping[str, str | int | float]
"""What Chroma keeps with a vector besides its id."""

PREFIX = "beleidswijzer-"
_HEX = 12  # digits of a name that tell it from others

# Wider than Chroma's defaults (100, 16, 100): a search then finds what an exhaustive one would.
_SHAPE: HNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
}


class VectorStore:
    """One collection of vectors with cosine as its measure.

    Only ids, vectors and labels are stored, never text: what is not there cannot be left behind.
    """

    def __init__(self, settings: Settings, folder: Path, name: str, *, create: bool) -> None:
        """Open a collection.

        Args:
            settings: `chroma_url` decides between embedded and server.
            folder: Folder of the embedded Chroma.
            name: Name of the collection.
            create: Whether to make it when it is missing.

        Raises:
            IndexingError: If Chroma cannot be reached or opened, or the collection is missing.
        """
        self._settings = settings
        self._where = settings.chroma_url or str(folder)
        self._folder = None if settings.chroma_url else folder
        if self._folder and not create and not (self._folder / CHROMA_FILE).is_file():
            raise self._failure("chroma.sqlite3 ontbreekt")
        with self._guard():
            self._client = _connect(settings, folder)
            self.close = weakref.finalize(self, _disconnect, self._client)
            """Release Chroma's files; called by itself once the store is no longer used."""
            self._collection = self._open(name, create=create)

    def _open(self, name: str, *, create: bool) -> ChromaCollection:
        if not create:
            return self._client.get_collection(name, embedding_function=None)
        return self._client.get_or_create_collection(
            name,
            configuration={"hnsw": _SHAPE},
            embedding_function=None,
        )

    @property
    def space(self) -> str:
        """The measure that Chroma uses for this collection."""
        return str((self._collection.configuration_json.get("hnsw") or {}).get("space"))

    def count(self) -> int:
        """Number of vectors in the collection."""
        with self._guard():
            return self._collection.count()

    def ids(self) -> list[str]:
        """All ids in the collection."""
        with self._guard():
            return self._collection.get(include=[])["ids"]

    def add(
        self, ids: Sequence[str], vectors: NDArray[np.float32], labels: Sequence[Label]
    ) -> None:
        """Add vectors; an id that is there already is overwritten.

        Args:
            ids: Their ids.
            vectors: One row an id.
            labels: What is kept with each.

        Raises:
            IndexingError: If Chroma cannot write them.
        """
        with self._guard(writing=True):
            for part in self._batches(len(ids)):
                self._collection.upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[dict(label) for label in labels[part]],
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors by id; an unknown id is passed over."""
        with self._guard(writing=True):
            for part in self._batches(len(ids)):
                self._collection.delete(ids=list(ids[part]))

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[tuple[str, float]]:
        """The nearest vectors, best first: id and cosine."""
        with self._guard():
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=count, include=["distances"]
            )
        # Chroma's cosine distance is 1 - cosine.
        distances = (found["distances"] or [[]])[0]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of these ids, one row an id.

        Raises:
            IndexingError: If an id is missing.
        """
        rows: dict[str, Any] = {}
        with self._guard():
            for part in self._batches(len(ids)):
                found = self._collection.get(ids=list(ids[part]), include=["embeddings"])
                vectors = found["embeddings"]
                rows.update(zip(found["ids"], [] if vectors is None else vectors, strict=True))
        missing = [i for i in ids if i not in rows]
        if missing:
            raise self._failure(f"{len(missing)} vectoren ontbreken")
        return np.array([rows[i] for i in ids], dtype=np.float32)

    def drop_unused(self, used: str) -> bool:
        """Delete the collections that are no longer used.

        Args:
            used: Name of the passages' collection that stays, with that of its statements. On a
                server only former ones of the same index are deleted, since others are not ours.

        Returns:
            Whether there was any; `compact` then gives its room back.
        """
        with self._guard(writing=True):
            there = {other.name for other in self._client.list_collections()}
            unused = there.difference(names_of(used))
            if self._folder is None:
                unused = {name for name in unused if _index_of(name) == _index_of(used)}
            for name in unused:
                self._client.delete_collection(name)
        return bool(unused)

    def settle(self) -> None:
        """Have Chroma write its files, where the vectors still stand in its queue only.

        Chroma 1.5 writes them once there are a thousand. Until then everyone that opens the
        collection to read it lays the files out, and what then happens to be in that one's memory
        goes into their empty room: pieces of documents, removed ones too. A server does its own
        upkeep.
        """
        if self._folder is None or not self.count():
            return
        collection = str(self._collection.id)
        with self._guard(writing=True):
            if is_written(self._folder, collection):
                return
            with written_at_once(self._folder, collection):
                # Only who opens it anew heeds that.
                client = _connect(self._settings, self._folder)
                try:
                    again = client.get_collection(self._collection.name, embedding_function=None)
                    one = again.get(limit=1, include=["embeddings", "metadatas"])
                    for _ in range(AT_ONCE):
                        again.upsert(one["ids"], one["embeddings"], one["metadatas"])
                finally:
                    _disconnect(client)

    def compact(self) -> None:
        """Give back the room of what was deleted, so that nothing of it stays readable.

        A server does its own upkeep.
        """
        if self._folder is None:
            return
        with self._guard(writing=True):
            compact(self._folder)

    def _batches(self, count: int) -> Iterator[slice]:
        size = self._client.get_max_batch_size()
        for start in range(0, count, size):
            yield slice(start, start + size)

    @contextmanager
    def _guard(self, *, writing: bool = False) -> Iterator[None]:
        """Turn Chroma's errors into ours."""
        from chromadb.errors import ChromaError

        try:
            yield
        # Besides its own errors Chroma lets through ValueError (bad address or settings),
        # OSError and RuntimeError (its Rust half).
        except (ChromaError, sqlite3.Error, ValueError, OSError, RuntimeError) as error:
            reason = str(error).strip().rstrip(".") or type(error).__name__
            raise (self._not_written(reason) if writing else self._failure(reason)) from error

    def _failure(self, reason: str) -> IndexingError:
        if self._folder is None:
            return IndexingError(
                f"De Chroma-server op {self._where} geeft een fout: {reason}. Kijk of die draait "
                "en of chroma_url klopt; voer daarna uit: python -m ingest"
            )
        return IndexingError(
            f"De vectoren in {self._where} zijn niet te gebruiken: {reason}. Herstel de index "
            "met: python -m ingest --check"
        )

    def _not_written(self, reason: str) -> IndexingError:
        full = "disk is full" in reason or "No space" in reason
        what = "De schijf is vol" if full else "Schrijven lukt niet"
        return IndexingError(
            f"{what}: de vectoren in {self._where} zijn niet opgeslagen ({reason}). Kijk of daar "
            "ruimte is en of u er mag schrijven. De vorige index blijft bruikbaar."
        )


def load_library() -> None:
    """Load Chroma's own modules now, rather than when a collection is first opened."""
    import_module("chromadb")


def new_name(former: str = "") -> str:
    """A name for a new collection of passages.

    Args:
        former: Name of the one that it takes the place of; it tells which index they are of.
    """
    index = _index_of(former) if former else PREFIX + uuid4().hex[:_HEX]
    return f"{index}-{uuid4().hex[:_HEX]}"


def _index_of(collection: str) -> str:
    """What the names of all collections of one index begin with."""
    return collection[: len(PREFIX) + _HEX]


def names_of(collection: str) -> tuple[str, str]:
    """Names of the collections of one index: that of its passages and that of its statements."""
    return collection, f"{collection}-statements"


def _connect(settings: Settings, folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    # The setting is the documented switch; in 1.5 the sender behind it is empty as well.
    quiet = ChromaSettings(anonymized_telemetry=False)
    if settings.chroma_url:
        address = urlsplit(settings.chroma_url)
        client = chromadb.HttpClient(
            address.hostname or "localhost",
            address.port or 8000,
            ssl=address.scheme == "https",
            settings=quiet,
        )
    else:
        client = chromadb.PersistentClient(_fresh_name(folder), settings=quiet)
    # The declared type is an interface that leaves out `close`.
    return cast("Client", client)


def _disconnect(client: Client) -> None:
    """Release Chroma's files; and its connections, which Chroma 1.5.9 itself leaves open."""
    client.close()
    for part in (client, client._admin_client):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:
            session.close()


def _fresh_name(folder: Path) -> str:
    """Another spelling of the folder's name than any that is in use in this process.

    Chroma 1.5.9 keeps one set of loaded vectors for each spelling, and never sees what another
    process has added or deleted since (tried: 0 of 2,700 vectors found). A new spelling is read
    from disk.
    """
    from chromadb.api.shared_system_client import SharedSystemClient

    name = str(folder)
    while name in SharedSystemClient._identifier_to_system:
        name += "/."
    return name
