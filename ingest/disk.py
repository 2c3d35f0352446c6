"""Writing to disk so that a power cut or a full disk does no harm."""

from __future__ import annotations

import errno
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import IndexingError

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_safely(path: Path, text: str) -> None:
    """Write a file so that it is either wholly there or not at all, also after a power cut.

    Raises:
        IndexingError: If it cannot be written.
    """
    temporary = path.with_name(path.name + ".tmp")
    with writing(path):
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Make the files in a folder lasting, and their names."""
    for file in folder.iterdir():
        # Opened for writing, since Windows cannot sync a file that was opened for reading.
        with file.open("r+b") as stream:
            os.fsync(stream.fileno())
    sync_folder(folder)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder lasting; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def without_collection() -> Iterator[None]:
    """Pause the search for objects that refer to each other.

    Loading makes many small records, none of which does; going through them over and over takes
    as long as loading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a failure to write into a message that says what to do.

    Args:
        path: What is being written, for the message.

    Raises:
        IndexingError: For any OSError inside.
    """
    try:
        yield
    except OSError as error:
        raise IndexingError(_why_not(path, error)) from error


def _why_not(path: Path, error: OSError) -> str:
    kept = "De vorige index blijft bruikbaar."
    if error.errno in _NO_SPACE:
        return f"De schijf is vol: {path} kan niet worden geschreven. Maak ruimte vrij. {kept}"
    if error.errno in _NOT_ALLOWED:
        return (
            f"U mag niet schrijven in {path}. Kies met --index een map waarin dat wel mag, of "
            f"vraag de beheerder om rechten. {kept}"
        )
    return f"{path} kan niet worden geschreven: {error.strerror or error}. {kept}"
