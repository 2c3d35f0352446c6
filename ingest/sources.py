"""Which files are to be in the index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.catalog import CATALOG_FILE, Catalog, load_catalog
from ingest.errors import ReadingError, SettingsError
from ingest.readers import is_readable
from ingest.readers.formats import known_suffixes

_NOT_A_DOCUMENT = {CATALOG_FILE, "readme.md", "readme.txt"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be in the index.

    Attributes:
        path: Where it lies.
        catalog: The catalog of the folder that it was found in.
        outside: Whether it lies outside the corpus; the index then remembers its place.
    """

    path: Path
    catalog: Catalog
    outside: bool = False

    @property
    def id(self) -> str:
        """The id that its document gets."""
        return self.path.stem

    def sha256(self) -> str:
        """Hex digest of the file's bytes.

        Raises:
            ReadingError: If the file cannot be read.
        """
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise ReadingError(
                f"{self.path} is niet te openen: {error.strerror or error}. "
                "Kijk of het bestand er nog staat en of u het mag lezen."
            ) from error


@dataclass(frozen=True, slots=True)
class Sources:
    """What was found.

    Attributes:
        found: The files, sorted by id, each id once.
        failed: File to message, for what was asked for but cannot be taken in.
        notes: Remarks for the user: files that were passed over, catalog entries without a file.
    """

    found: tuple[Source, ...]
    failed: dict[str, str]
    notes: tuple[str, ...]


def find_sources(corpus: Path, extra: Sequence[Path]) -> Sources:
    """Find the documents of the corpus, and extra files and folders.

    Args:
        corpus: The folder with the documents; its subfolders count as well.
        extra: Files or folders to take in besides.

    Returns:
        What was found.

    Raises:
        SettingsError: If the corpus folder does not exist.
        CatalogError: If a catalog is not valid.
    """
    if not corpus.is_dir():
        raise SettingsError(
            f"De map met documenten {corpus} bestaat niet. Maak die map, of kies een andere met "
            "--corpus."
        )
    failed: dict[str, str] = {}
    notes: list[str] = []
    found = list(_in_folder(corpus, outside=False, failed=failed, notes=notes))
    for path in extra:
        found += _extra(path.expanduser().absolute(), corpus, failed, notes)
    return Sources(_each_id_once(found, failed), failed, tuple(notes))


def _in_folder(
    folder: Path, *, outside: bool, failed: dict[str, str], notes: list[str]
) -> Iterator[Source]:
    """The readable files under a folder; what cannot be read is noted by name."""
    catalog = load_catalog(folder)
    files = list(_walk(folder, failed))
    names = {path.name for path in files}
    notes += [
        f"{catalog.path.name} noemt '{name}', maar dat bestand staat niet in {folder}."
        for name in catalog.entries
        if name not in names
    ]
    for path in files:
        if is_readable(path):
            yield Source(path, catalog, outside)
        else:
            notes.append(
                f"{path.name} is niet opgenomen: dit type bestand wordt niet gelezen. "
                f"Wel: {known_suffixes()}."
            )


def _walk(folder: Path, failed: dict[str, str]) -> Iterator[Path]:
    """The files under a folder that may be documents, in a fixed order."""

    def closed(error: OSError) -> None:
        failed[str(error.filename)] = f"De map {error.filename} is niet te lezen: {error.strerror}."

    for where, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # "~$" is what a word processor leaves beside an open file.
            if not name.startswith((".", "~$")) and name.lower() not in _NOT_A_DOCUMENT:
                yield Path(where) / name


def _extra(path: Path, corpus: Path, failed: dict[str, str], notes: list[str]) -> Iterator[Source]:
    outside = not path.is_relative_to(corpus)
    if path.is_dir():
        yield from _in_folder(path, outside=outside, failed=failed, notes=notes)
    elif path.is_file():
        yield Source(path, load_catalog(path.parent if outside else corpus), outside)
    else:
        failed[str(path)] = f"{path} bestaat niet. Kijk of de naam klopt."


def _each_id_once(found: Sequence[Source], failed: dict[str, str]) -> tuple[Source, ...]:
    """Name files that cannot get an id of their own; the same file twice is no error."""
    by_id: dict[str, Source] = {}
    for source in found:
        if not _can_be_written(source.path.name):
            shown = os.fsencode(source.path).decode(errors="replace")
            failed[shown] = f"De naam van {shown} heeft onleesbare tekens. Hernoem het bestand."
            continue
        first = by_id.setdefault(source.id, source)
        if first.path.resolve() != source.path.resolve():
            failed[str(source.path)] = (
                f"{source.path.name} heeft dezelfde naam als {first.path}. Geef een van beide "
                "een andere naam."
            )
    return tuple(by_id[name] for name in sorted(by_id))


def _can_be_written(name: str) -> bool:
    """Whether a file name is text; on Linux it may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
