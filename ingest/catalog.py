"""What is known about the documents: given in ``catalog.toml``, or else guessed and marked so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

import tomlkit

from ingest.disk import write_safely
from ingest.documents import Document, Reading
from ingest.errors import CatalogError
from ingest.guesses import guess

CATALOG_FILE = "catalog.toml"
FIELDS = tuple(
    field.name
    for field in fields(Document)
    if field.name not in ("id", "file", "sha256", "guessed", "origin", "names")
)
"""What an entry may say of a document; the names of `Document`'s own fields."""
PASSWORD = "password"
"""What an entry may say besides: what opens the file. It goes to the reader and nowhere else."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalog of one folder.

    Attributes:
        entries: File name to the fields that are given for it.
        path: The catalog file; it need not exist.
    """

    entries: Mapping[str, Mapping[str, str]]
    path: Path

    def unknown(self, folder: Path) -> tuple[str, ...]:
        """Names of files in the catalog that do not stand in the folder."""
        return tuple(name for name in self.entries if not (folder / name).is_file())


def load_catalog(folder: Path) -> Catalog:
    """Read ``catalog.toml`` in a folder; a folder without one has an empty catalog.

    Args:
        folder: The folder with the documents.

    Returns:
        The catalog.

    Raises:
        CatalogError: If it is not valid TOML, or an entry has an unknown field or a value that is
            no text.
    """
    path = folder / CATALOG_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Catalog({}, path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path} is geen geldige TOML: {error}. Herstel die regel.") from error
    except OSError as error:
        raise CatalogError(f"{path} is niet te lezen: {error.strerror}.") from error
    return Catalog({name: _entry(path, name, entry) for name, entry in content.items()}, path)


def _entry(path: Path, name: str, entry: object) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise CatalogError(
            f"{path}: '{name}' is geen tabel. Begin een document met [\"bestandsnaam.txt\"]."
        )
    for field, value in entry.items():
        if field not in (*FIELDS, PASSWORD):
            raise CatalogError(
                f"{path}: '{name}' heeft een onbekend veld '{field}'. "
                f"Bekend zijn: {', '.join((*FIELDS, PASSWORD))}."
            )
        if not isinstance(value, str):
            raise CatalogError(
                f"{path}: het veld '{field}' van '{name}' moet tekst tussen aanhalingstekens zijn."
            )
    return dict(entry)


def describe(
    name: str,
    document_id: str,
    sha256: str,
    reading: Reading,
    given: Mapping[str, str] | None,
    names: tuple[str, ...] = (),
) -> Document:
    """Make the metadata of a document: what the catalog gives, and guesses for the rest.

    A document that has an entry is described by it alone; only a missing title is guessed then. An
    entry that holds nothing but a password says nothing.

    Args:
        name: Its file name; of what was inside a message or archive with that before it:
            "bundel.zip/nota.pdf".
        document_id: The id that it gets.
        sha256: Hex digest of its bytes.
        reading: What its reader gave.
        given: Its entry in the catalog; None without one.
        names: Other names of the same file.

    Returns:
        The metadata; `guessed` names the fields that were guessed.
    """
    path = PurePosixPath(name)
    guesses = guess(path.stem, reading)
    if given is not None and set(given) != {PASSWORD}:
        guesses = {} if given.get("title") else {"title": guesses["title"]}
    fields = {field: value for field, value in (given or {}).items() if field != PASSWORD}
    values = {**guesses, **fields}
    values.setdefault("title", path.stem)
    return Document(
        id=document_id,
        file=name,
        sha256=sha256,
        origin=path.parts[0] if len(path.parts) > 1 else "",
        names=names,
        guessed=tuple(guesses),
        **values,
    )


def change_entry(path: Path, name: str, values: Mapping[str, str] | None) -> None:
    """Change what a catalog says of one document; the rest of the file stays as it is.

    Args:
        path: The catalog file; it is made when it is missing.
        name: File name of the document.
        values: All that it is to say; None takes the entry out.

    Raises:
        CatalogError: If the file cannot be read, or a field is unknown.
        IndexingError: If it cannot be written.
    """
    # Says what is wrong with a file that cannot be changed.
    if values is None and name not in load_catalog(path.parent).entries:
        return
    content = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.exists() else _new()
    if values is None:
        content.pop(name, None)
    else:
        load_catalog(path.parent)
        _entry(path, name, dict(values))
        table = tomlkit.table()
        table.update({field: value for field, value in values.items() if value})
        content[name] = table
    write_safely(path, tomlkit.dumps(content))


def _new() -> tomlkit.TOMLDocument:
    content = tomlkit.document()
    content.add(tomlkit.comment("Metadata of the documents in this folder."))
    return content
