"""One document, from its file to what the index keeps of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ingest.catalog import PASSWORD, describe
from ingest.documents import IndexedDocument, Passage, Reading
from ingest.dutch.abbreviations import learn
from ingest.errors import GivenUpError, IndexingError, ReadingError
from ingest.index import TermAnalyzer
from ingest.links import COMPARED, told
from ingest.manifest import Entry
from ingest.nearness import sketch
from ingest.privacy import personal_data
from ingest.readers import ReaderProcess
from ingest.readers.scans import recogniser
from ingest.sources import Source
from ingest.statements import find_statements
from ingest.store import Store
from ingest.structure import split_document
from ingest.terms import DocumentTerms, TermCounts, passage_terms
from ingest.topics import Topics, with_topics

# Modules without a say in what is made of a document; a change in any other asks for a rebuild.
_NO_SAY = {
    "__init__",
    "__main__",
    "check",
    "chroma_files",
    "disk",
    "errors",
    "identity",
    "index",
    "lock",
    "manifest",
    "originals",
    "pipeline",
    "publish",
    "removal",
    "report",
    "settings",
    "traces",
    "vectors",
}
_PARTS = ("documents", "dutch", "readers")
"""Packages whose modules have a say, all of them."""
_MAY_BE_SCANNED = ".pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a document.

    Attributes:
        entry: Its entry in the manifest.
        document: The document.
        notes: Remarks for the user.
    """

    entry: Entry
    document: IndexedDocument
    notes: tuple[str, ...] = ()


class Maker:
    """Makes documents, and stores what it made."""

    def __init__(
        self, store: Store, readers: ReaderProcess, analyzer: TermAnalyzer, topics: Topics
    ) -> None:
        """Keep what documents are made with.

        Args:
            store: Where the documents are stored.
            readers: Reads the files.
            analyzer: Gives the terms of passages.
            topics: The topics of statements.
        """
        self._store = store
        self._readers = readers
        self._analyzer = analyzer
        self._topics = topics
        self.refused: set[str] = set()
        """Names of the files in the index that say why a file cannot be read."""
        self.try_again = False
        """Whether to read again what could not be read before."""

    def make(
        self, source: Source, sha256: str, version: str, on_page: Callable[[int, int], None]
    ) -> Made:
        """Read, split and analyse a document, and store what was made of it.

        What a run that was cut off has stored of the same version is used; and what the reader
        gave of the same file, also when what is known of the document has changed since.

        Args:
            source: Where it is.
            sha256: Hex digest of its bytes.
            version: As `version_of` gives it.
            on_page: Told the number of each page that is read, and of how many.

        Returns:
            What was made; its vectors are not.

        Raises:
            ReadingError: If it cannot be read, or holds nothing to look for.
            IndexingError: If it cannot be stored.
        """
        bare = Entry(
            id=source.id,
            file=source.name,
            sha256=sha256,
            version=version,
            path=str(source.path) if source.outside else "",
            reading=_reading_of(source, sha256),
        )
        document = self._stored(bare)
        if document is None:
            document = self._document(source, bare, on_page)
            terms = _terms(self._analyzer, document)
            entry = self._store.save_document(_counted(bare, document), document, terms)
        else:
            entry = replace(_counted(bare, document), digest=self._store.digest_of(bare))
        notes = [*document.notes]
        if document.unread:
            notes.append(_unread(document))
        if document.personal:
            notes.append(_personal(document))
        return Made(entry, document, tuple(notes))

    def _stored(self, entry: Entry) -> IndexedDocument | None:
        """What an earlier run stored; None when it did not come to that."""
        if not self._store.digest_of(entry):
            return None
        try:
            document = self._store.load_document(entry)
            terms = self._store.load_terms(entry)
        except IndexingError:
            return None  # what is damaged is made again
        known = (document.document.id, document.document.sha256) == (entry.id, entry.sha256)
        return document if known and len(terms.passages) == len(document.passages) else None

    def _read(self, source: Source, entry: Entry, on_page: Callable[[int, int], None]) -> Reading:
        """What the reader gives of a file; a file that was read before is not read again."""
        try:
            return self._store.load_reading(entry)
        except IndexingError:  # there is none, or it is damaged
            pass
        except ReadingError:
            if not self.try_again:
                self.refused.add(entry.reading_file)
                raise
        try:
            reading = self._readers.read(source.path, source.inside, _password(source), on_page)
        except GivenUpError:
            raise  # may go well when the machine is less busy
        except ReadingError as error:
            self._store.save_refusal(entry, str(error))
            self.refused.add(entry.reading_file)
            raise
        self._store.save_reading(entry, reading)
        return reading

    def _document(
        self, source: Source, entry: Entry, on_page: Callable[[int, int], None]
    ) -> IndexedDocument:
        reading = self._read(source, entry, on_page)
        about = describe(source.name, source.id, entry.sha256, reading, source.given, source.names)
        sections, passages = split_document(reading, about.id)
        if not passages:
            raise ReadingError(f"{source.name} bevat geen tekst om in te zoeken.")
        short = learn(reading.text)
        statements = find_statements(about, reading.text, sections, passages, short)
        return IndexedDocument(
            document=about,
            text=reading.text,
            pages=reading.pages,
            unread=reading.unread,
            sections=sections,
            passages=passages,
            statements=with_topics(statements, self._topics),
            abbreviations=short,
            format=reading.format,
            encoding=reading.encoding,
            notes=reading.notes,
            sketch=sketch(reading.text),
            personal=personal_data(reading.text),
        )


def _unread(document: IndexedDocument) -> str:
    """Name the pages that could not be read, by why."""
    pages: dict[str, list[str]] = {}
    for page in document.pages:
        if page.problem:
            pages.setdefault(page.problem, []).append(str(page.number))
    whys = "; ".join(f"{', '.join(numbers)} ({why})" for why, numbers in pages.items())
    return (
        f"Van {document.document.file} zijn {len(document.unread)} van de "
        f"{len(document.pages)} pagina's niet te lezen: {whys}."
    )


def _personal(document: IndexedDocument) -> str:
    """Tell that there are personal data, and of what kind; never which."""
    kinds = Counter(str(one.kind) for one in document.personal)
    found = ", ".join(f"{number} keer een {kind}" for kind, number in kinds.most_common())
    return f"In {document.document.file} staan persoonsgegevens: {found}."


def embedding_text(passage: Passage) -> str:
    """What is embedded for a passage: its context and its text, as a reader would see them."""
    return f"{passage.context}\n{passage.text}".strip()


def _terms(analyzer: TermAnalyzer, document: IndexedDocument) -> DocumentTerms:
    passages = [
        passage_terms(analyzer.terms(passage.text), analyzer.terms(passage.context))
        for passage in document.passages
    ]
    statements = [frozenset(analyzer.terms(told(one))) for one in document.statements]
    compared = tuple(
        terms if one.kind in COMPARED else frozenset()
        for one, terms in zip(document.statements, statements, strict=True)
    )
    said = Counter(term for terms in statements for term in terms)
    return DocumentTerms(TermCounts.of(passages), compared, said)


def _counted(entry: Entry, document: IndexedDocument) -> Entry:
    return replace(
        entry,
        pages=len(document.pages),
        passages=len(document.passages),
        statements=len(document.statements),
    )


def _password(source: Source) -> str:
    return (source.given or {}).get(PASSWORD, "")


def version_of(source: Source, sha256: str, settings: Mapping[str, str]) -> str:
    """Eight hex digits of all that decides what is made of a document."""
    return _short_hash(
        _reading_of(source, sha256),
        source.names,
        source.outside,
        source.given,
        dict(settings),
    )


def _reading_of(source: Source, sha256: str) -> str:
    """Eight hex digits of all that decides what the reader gives of a file."""
    scanned = source.name.lower().endswith(_MAY_BE_SCANNED)
    return _short_hash(
        sha256,
        source.name,
        _password(source),
        recogniser() if scanned else "",
        code_fingerprint(),
    )


def _short_hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


@cache
def code_fingerprint() -> str:
    """Hash the program's own files that decide what is made of a document.

    So that nobody has to remember to raise a number after changing a rule.
    """
    folder = Path(__file__).parent
    files = [f for f in folder.glob("*.*") if f.suffix in (".py", ".toml")]
    files += [f for part in _PARTS for f in (folder / part).glob("*.py")]
    digest = hashlib.sha256()
    for file in sorted(f for f in files if f.stem not in _NO_SAY):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
