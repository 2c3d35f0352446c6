"""The index folder: a manifest that is the truth, and the files that it names.

``manifest.json`` is replaced in one step after everything it names is safely on disk, so that a
run that is cut off leaves the former index whole. What no manifest names is rubbish, and is
cleared by the next run.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import Any, TypeVar

from ingest.disk import without_collection, write_safely, writing
from ingest.documents import IndexedDocument, Link, LinkKind, Reading
from ingest.errors import IndexingError, ReadingError
from ingest.lexical import SIZE_FILE
from ingest.links import Links
from ingest.manifest import Entry, Manifest, to_manifest
from ingest.readers.messages import REFUSED, from_reading, to_reading
from ingest.records import from_document, to_document
from ingest.terms import DocumentTerms, from_terms, to_terms

PRODUCT = "beleidswijzer-index-"
FORMAT = PRODUCT + "3"
MANIFEST = "manifest.json"
DOCUMENTS = "documents"
LEXICAL = "lexical-"
LINKS = "links.json"
CHROMA = "chroma"

_T = TypeVar("_T")


class Store:
    """The files of one index folder; it knows nothing of vectors and terms."""

    def __init__(self, folder: Path) -> None:
        """Name a folder; nothing is opened or made."""
        self.folder = folder

    @property
    def chroma(self) -> Path:
        """Folder of the embedded Chroma."""
        return self.folder / CHROMA

    def prepare(self) -> None:
        """Make the folder, unless it holds something that is not ours.

        Raises:
            IndexingError: If the folder is foreign, or cannot be written.
        """
        with writing(self.folder):
            self.refuse_foreign()
            (self.folder / DOCUMENTS).mkdir(parents=True, exist_ok=True)

    def refuse_foreign(self) -> None:
        """Refuse a folder that holds files that no index has.

        Raises:
            IndexingError: If it does, or if this is no folder.
        """
        if not self.folder.exists():
            return
        if not self.folder.is_dir():
            raise IndexingError(
                f"{self.folder} is een bestand en geen map. Kies met --index een andere map."
            )
        foreign = sorted(item.name for item in self.folder.iterdir() if not _is_ours(item.name))
        if foreign:
            raise IndexingError(
                f"De map {self.folder} bevat iets anders dan een index: {', '.join(foreign[:3])}. "
                "Er is niets veranderd. Kies met --index een lege of nieuwe map."
            )

    def load_manifest(self) -> Manifest:
        """Read the manifest.

        Raises:
            IndexingError: If it is missing, damaged, or of another program or version.
        """
        path = self.folder / MANIFEST
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.get("format") != FORMAT:
                raise self.foreign()
            return to_manifest(content)
        except FileNotFoundError as error:
            raise IndexingError(
                f"Er is nog geen index in {self.folder}. Maak die met: python -m ingest"
            ) from error
        except OSError as error:
            raise IndexingError(f"{path} is niet te lezen: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self.damaged(MANIFEST) from error

    def load_former(self) -> tuple[Manifest | None, str]:
        """Read the manifest in order to build on it.

        Returns:
            The manifest, or None when there is none to build on; and then why, in words for the
            user, or "" when there simply is none yet.

        Raises:
            IndexingError: If the file is another program's.
        """
        path = self.folder / MANIFEST
        if not path.exists():
            return None, ""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            made_by = str(content.get("format"))
            if made_by == FORMAT:
                return to_manifest(content), ""
        except (ValueError, KeyError, TypeError):
            return None, "de vorige index was beschadigd"
        except AttributeError as error:
            raise self.foreign() from error
        if made_by.startswith(PRODUCT):
            return None, "de vorige index is van een andere versie van Beleidswijzer"
        raise self.foreign()

    def is_damaged(self) -> bool:
        """Whether there is an index of ours whose manifest cannot be read."""
        try:
            return bool(self.load_former()[1])
        except IndexingError:
            return False

    def has_files(self, manifest: Manifest) -> bool:
        """Whether the files that a manifest names are there."""
        together = (self.folder / manifest.lexical / name for name in (SIZE_FILE, LINKS))
        return all(file.is_file() for file in together) and all(
            (self.folder / DOCUMENTS / name).is_file()
            for entry in manifest.documents
            for name in entry.files
        )

    def save_manifest(self, manifest: Manifest) -> None:
        """Switch to a new manifest in one step; all that it names must be on disk already.

        Raises:
            IndexingError: If it cannot be written; the former manifest then still holds.
        """
        content = {"format": FORMAT, **asdict(manifest)}
        write_safely(self.folder / MANIFEST, _json(content))

    def save_reading(self, entry: Entry, reading: Reading) -> None:
        """Write what the reader of a document gave, so that it need not be read again.

        Raises:
            IndexingError: If that fails.
        """
        write_safely(self.folder / DOCUMENTS / entry.reading_file, _json(from_reading(reading)))

    def save_refusal(self, entry: Entry, message: str) -> None:
        """Write why a file cannot be read, so that it is not tried again as long as it is the same.

        Raises:
            IndexingError: If that fails.
        """
        write_safely(self.folder / DOCUMENTS / entry.reading_file, _json({REFUSED: message}))

    def load_reading(self, entry: Entry) -> Reading:
        """Read what the reader of a document gave.

        Raises:
            ReadingError: If that was that it cannot be read.
            IndexingError: If its file is missing or damaged.
        """
        content = self._load(entry.reading_file, dict)
        if REFUSED in content:
            raise ReadingError(str(content[REFUSED]))
        return self._load(entry.reading_file, to_reading)

    def save_document(self, entry: Entry, document: IndexedDocument, terms: DocumentTerms) -> Entry:
        """Write what was made of a document; `save_reading` comes first.

        Args:
            entry: Its entry; names the files.
            document: The document.
            terms: Its terms.

        Returns:
            The entry, with the digest of what was written.

        Raises:
            IndexingError: If that fails.
        """
        folder = self.folder / DOCUMENTS
        write_safely(folder / entry.terms_file, _json(from_terms(terms)))
        write_safely(folder / entry.document_file, _json(from_document(document)))
        return replace(entry, digest=self.digest_of(entry))

    def digest_of(self, entry: Entry) -> str:
        """Hex digest of what is on disk of a document; "" when some of it is missing."""
        digest = hashlib.sha256()
        try:
            for name in entry.files:
                with (self.folder / DOCUMENTS / name).open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError:
            return ""
        return digest.hexdigest()

    def load_document(self, entry: Entry) -> IndexedDocument:
        """Read what was made of a document.

        Raises:
            IndexingError: If its file is missing or damaged.
        """
        return self._load(entry.document_file, to_document)

    def load_documents(self, manifest: Manifest) -> list[tuple[Entry, IndexedDocument]]:
        """Read what was made of all documents, in the manifest's order.

        Raises:
            IndexingError: If a file is missing or damaged.
        """
        with without_collection():
            return [(entry, self.load_document(entry)) for entry in manifest.documents]

    def load_terms(self, entry: Entry) -> DocumentTerms:
        """Read the terms of a document.

        Raises:
            IndexingError: If the file is missing or damaged.
        """
        return self._load(entry.terms_file, to_terms)

    def _load(self, name: str, build: Callable[[Any], _T]) -> _T:
        try:
            return build(json.loads((self.folder / DOCUMENTS / name).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self.damaged(f"{DOCUMENTS}/{name}") from error

    def save_links(self, lexical: str, links: Links) -> None:
        """Write what hangs together, beside the lexical index that is made of all documents too.

        Args:
            lexical: Name of that index's folder.
            links: The links by statement.

        Raises:
            OSError: If that fails.
        """
        content = {name: [astuple(link) for link in group] for name, group in links.items()}
        text = json.dumps(content, ensure_ascii=False)
        (self.folder / lexical / LINKS).write_text(text, encoding="utf-8")

    def load_links(self, manifest: Manifest) -> Links:
        """Read what hangs together.

        Raises:
            IndexingError: If the file is missing or damaged.
        """
        name = f"{manifest.lexical}/{LINKS}"
        try:
            content = json.loads((self.folder / name).read_text(encoding="utf-8"))
            return {
                source: tuple(Link(LinkKind(kind), *rest) for kind, *rest in links)
                for source, links in content.items()
            }
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise self.damaged(name) from error

    def next_lexical(self) -> str:
        """A name for a new lexical index that no folder here has."""
        numbers = [
            int(item.name.removeprefix(LEXICAL))
            for item in self.folder.glob(f"{LEXICAL}*")
            if item.name.removeprefix(LEXICAL).isdigit()
        ]
        return f"{LEXICAL}{max(numbers, default=0) + 1}"

    def forget(self, entries: Sequence[Entry]) -> None:
        """Delete what was made of documents, so that it is made anew."""
        with writing(self.folder):
            for entry in entries:
                for name in entry.files:
                    (self.folder / DOCUMENTS / name).unlink(missing_ok=True)

    def drop_chroma(self) -> None:
        """Delete the embedded Chroma, when it can no longer be used."""
        with writing(self.chroma):
            shutil.rmtree(self.chroma)

    def clear_orphans(self, manifest: Manifest, kept: Collection[str] = ()) -> None:
        """Delete the files that the manifest does not name.

        Args:
            manifest: The manifest.
            kept: Names of files in the folder of the documents that stay too.
        """
        named = {*kept, *(name for entry in manifest.documents for name in entry.files)}
        with writing(self.folder):
            for file in (self.folder / DOCUMENTS).iterdir():
                if file.name not in named:
                    file.unlink()
            for folder in self.folder.glob(f"{LEXICAL}*"):
                if folder.name != manifest.lexical:
                    shutil.rmtree(folder)
            for left in self.folder.glob("*.tmp"):
                left.unlink()

    def damaged(self, what: str) -> IndexingError:
        """The error for a part of the index that is missing or not what was written."""
        return IndexingError(
            f"De index in {self.folder} is beschadigd ({what}). Herstel die met: "
            "python -m ingest --check. De documenten zelf blijven staan."
        )

    def foreign(self) -> IndexingError:
        """The error for an index of another program or another version of this one."""
        return IndexingError(
            f"De index in {self.folder} is niet door deze versie van Beleidswijzer gemaakt. "
            "Kies met --index een andere map, of verwijder deze en voer uit: python -m ingest"
        )


def _is_ours(name: str) -> bool:
    return (
        name in (MANIFEST, DOCUMENTS, CHROMA)
        or name.startswith((LEXICAL, "."))
        or (name.endswith(".tmp"))
    )


def _json(content: Any) -> str:  # noqa: ANN401 - whatever JSON takes
    return json.dumps(content, ensure_ascii=False) + "\n"
