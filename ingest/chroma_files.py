"""The files of an embedded Chroma 1.5: whether they are sound, and what Chroma leaves in them.

Chroma keeps the folder of a deleted collection, never shrinks its database, and writes room that it
does not use yet as its memory happens to be.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, Self

CHROMA_FILE = "chroma.sqlite3"
AT_ONCE = 2
"""The fewest vectors that Chroma can be told to write its files at."""

_USUAL = 1000, 100  # and what it does by itself: how many it writes, how many it sorts at a time
_HNSW = '$.keys."#embedding".float_list.vector_index.config.hnsw.'


def is_usable(folder: Path) -> bool:
    """Whether the database of an embedded Chroma is sound."""
    try:
        with closing(sqlite3.connect(folder / CHROMA_FILE, timeout=30)) as database:
            return bool(database.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def is_written(folder: Path, collection: str) -> bool:
    """Whether the files of a collection hold vectors; they may all be in the queue still.

    Args:
        folder: Folder of the embedded Chroma.
        collection: Id of the collection.

    Raises:
        sqlite3.Error: If the database cannot be read.
    """
    query = "SELECT id FROM segments WHERE scope = 'VECTOR' AND collection = ?"
    with closing(sqlite3.connect(folder / CHROMA_FILE, timeout=30)) as database:
        [segment] = database.execute(query, (collection,)).fetchone()
    header = folder / segment / "header.bin"
    return header.is_file() and _Header.read(header).used > 0


@contextmanager
def written_at_once(folder: Path, collection: str) -> Iterator[None]:
    """Let who opens a collection write its files at every second vector, not at every thousandth.

    `Collection.modify` could change that too, but warns of an embedding function that is not there.

    Args:
        folder: Folder of the embedded Chroma.
        collection: Id of the collection.

    Raises:
        sqlite3.Error: If the database cannot be written.
    """
    _set_threshold(folder, collection, AT_ONCE, AT_ONCE)
    try:
        yield
    finally:
        _set_threshold(folder, collection, *_USUAL)


def _set_threshold(folder: Path, collection: str, sync: int, batch: int) -> None:
    change = (
        "UPDATE collections SET schema_str = json_set(schema_str, ? || 'sync_threshold', ?, "
        "? || 'batch_size', ?) WHERE id = ?"
    )
    with closing(sqlite3.connect(folder / CHROMA_FILE, timeout=30)) as database, database:
        database.execute(change, (_HNSW, sync, _HNSW, batch, collection))


def compact(folder: Path) -> None:
    """Give back the room of what was deleted, so that nothing of it stays readable.

    Args:
        folder: Folder of the embedded Chroma.

    Raises:
        sqlite3.Error: If the database cannot be written.
        OSError: If a file cannot be written.
    """
    with closing(sqlite3.connect(folder / CHROMA_FILE, timeout=30)) as database:
        segments = {row[0] for row in database.execute("SELECT id FROM segments")}
        _purge_queue(database)
        database.execute("VACUUM")
    for item in folder.iterdir():
        if item.is_dir() and item.name in segments:
            _blank_unused(item)
        elif item.is_dir():
            shutil.rmtree(item)


class _Header(NamedTuple):
    """Begin of hnswlib's header.bin."""

    version: int
    offset: int
    room: int  # for so many vectors
    used: int  # by so many
    size: int  # bytes of each

    @classmethod
    def read(cls, file: Path) -> Self:
        return cls(*_HEADER.unpack_from(file.read_bytes()))


_HEADER = struct.Struct("<i4Q")
_HEADER_VERSION = 1
_LENGTH = 4  # bytes of a vector's length in length.bin


def _blank_unused(segment: Path) -> None:
    """Put zeros in the room that a collection's files keep for vectors to come.

    hnswlib saves that room without having cleared it: pieces of documents that were in memory,
    removed ones too, would stay readable there.
    """
    header = segment / "header.bin"
    if not header.is_file():
        return
    found = _Header.read(header)
    if found.version != _HEADER_VERSION:
        return
    for name, each in (("data_level0.bin", found.size), ("length.bin", _LENGTH)):
        file = segment / name
        if file.is_file() and file.stat().st_size == found.room * each:
            with file.open("r+b") as content:
                content.seek(found.used * each)
                content.write(bytes((found.room - found.used) * each))


def _purge_queue(database: sqlite3.Connection) -> None:
    """Empty the write-ahead queue of collections that are gone.

    Chroma names a topic after the collection: "persistent://<tenant>/<namespace>/<collection id>".
    """
    collections = {row[0] for row in database.execute("SELECT id FROM collections")}
    topics = [row[0] for row in database.execute("SELECT DISTINCT topic FROM embeddings_queue")]
    gone = [topic for topic in topics if topic.rsplit("/", 1)[-1] not in collections]
    with database:
        database.executemany("DELETE FROM embeddings_queue WHERE topic = ?", zip(gone))
