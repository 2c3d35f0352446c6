"""Which files are to be in the index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from types import MappingProxyType

from ingest.catalog import CATALOG_FILE, Catalog, load_catalog
from ingest.errors import ReadingError, SettingsError
from ingest.readers import is_readable
from ingest.readers.containers import SEPARATOR
from ingest.readers.formats import why_not

MEMBER = "+"
"""Between the parts of a member's id; one that may stand in addresses and file names."""
_NOT_A_DOCUMENT = {CATALOG_FILE, "readme.md", "readme.txt"}


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is to be in the index: a file, or what a message or archive holds.

    Attributes:
        path: Where the file lies.
        catalog: The catalog of the folder that it was found in.
        outside: Whether it lies outside the corpus; the index then remembers its place.
        inside: The names that lead to a member of a message or archive; empty for a file itself.
        digest: Hex digest of its bytes, once known; of a member always.
        full: Whether its id needs its folder and suffix, to differ from that of another file.
        names: Other names under which the very same bytes were found.
    """

    path: Path
    catalog: Catalog
    outside: bool = False
    inside: tuple[str, ...] = ()
    digest: str = ""
    full: bool = False
    names: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id that its document gets.

        The stem of a file's name; with its folder and suffix where another file has that stem:
        "2023+nota.pdf". A member has its whole path after that, suffix included, so that it stays
        the same whatever else its container holds: "bundel+2024+nota.pdf".
        """
        parts = SEPARATOR.join(self.inside).split(SEPARATOR) if self.inside else []
        first = self.place.parts if self.full else (self.path.stem,)
        return MEMBER.join((*first, *parts))

    @property
    def place(self) -> PurePath:
        """Where the file lies in its folder of documents: "2023/nota.pdf"."""
        folder = self.catalog.path.parent
        inside = self.path.is_relative_to(folder)
        return self.path.relative_to(folder) if inside else PurePath(self.path.name)

    @property
    def name(self) -> str:
        """Its name as the user knows it: "bundel.zip/2024/nota.pdf"."""
        return SEPARATOR.join((self.path.name, *self.inside))

    @property
    def given(self) -> Mapping[str, str] | None:
        """What the catalog says of it; None without an entry."""
        return self.catalog.entries.get(self.name)

    def sha256(self) -> str:
        """Hex digest of its bytes.

        Raises:
            ReadingError: If the file cannot be read.
        """
        if self.digest:
            return self.digest
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


def find_sources(
    corpus: Path,
    extra: Sequence[Path],
    added: Path | None = None,
    held: Mapping[str, str] = MappingProxyType({}),
) -> Sources:
    """Find the documents of the corpus, those that users added, and extra files and folders.

    Args:
        corpus: The folder with the documents; its subfolders count as well.
        extra: Files or folders to take in besides.
        added: The folder with what users added; it need not exist. A file in it takes the place of
            one with the same name in the corpus.
        held: Id to file name of the documents that the index holds; they keep their ids.

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
    if added is not None and added.is_dir():
        newer = list(_in_folder(added, outside=False, failed=failed, notes=notes))
        found = [*newer, *_not_replaced(found, newer, notes)]
    for path in extra:
        found += _extra(path.expanduser().absolute(), corpus, failed, notes)
    return Sources(each_id_once(found, failed, held), failed, tuple(notes))


def _not_replaced(
    found: Sequence[Source], newer: Sequence[Source], notes: list[str]
) -> Iterator[Source]:
    """The files of the corpus of which users added no newer version."""
    names = {source.name for source in newer}
    for source in found:
        if str(source.place) not in names:
            yield source
        else:
            notes.append(
                f"{source.path} is overgeslagen: op de pagina is een nieuwere {source.name} "
                "toegevoegd."
            )


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
        if name.partition(SEPARATOR)[0] not in names
    ]
    for path in files:
        if is_readable(path):
            yield Source(path, catalog, outside)
        else:
            notes.append(f"{path.name} {why_not(path.name)}")


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


def each_id_once(
    found: Sequence[Source], failed: dict[str, str], held: Mapping[str, str]
) -> tuple[Source, ...]:
    """Give every source an id of its own.

    Args:
        found: The sources; the same file twice is no error. Of several with the same stem the
            one that is held has that as its id, or else the first.
        failed: Gets a message for each file that cannot have an id of its own.
        held: Id to file name of the documents that the index holds.

    Returns:
        The sources, sorted by id.
    """
    by_id: dict[str, Source] = {}
    for source in sorted(found, key=lambda s: held.get(s.id) != s.name):
        if not _can_be_written(source.name):
            shown = os.fsencode(source.path).decode(errors="replace")
            failed[shown] = f"De naam van {shown} heeft onleesbare tekens. Hernoem het bestand."
            continue
        if _is_another(by_id.setdefault(source.id, source), source):
            source = replace(source, full=True)
        first = by_id.setdefault(source.id, source)
        if _is_another(first, source):
            failed[str(source.path.parent / source.name)] = (
                f"{source.name} heeft dezelfde naam als {first.path}. Geef een van beide "
                "een andere naam."
            )
    return tuple(by_id[name] for name in sorted(by_id))


def _is_another(first: Source, second: Source) -> bool:
    return (first.path.resolve(), first.inside) != (second.path.resolve(), second.inside)


def _can_be_written(name: str) -> bool:
    """Whether a file name is text; on Linux it may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
