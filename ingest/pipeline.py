"""Bring the index in line with the documents: read, split, embed, store, switch."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.catalog import PASSWORD, describe
from ingest.documents import IndexedDocument, Passage, Reading
from ingest.dutch.abbreviations import learn
from ingest.dutch.analysis import Analyzer
from ingest.embeddings import Embedder, load_embedder
from ingest.errors import IndexingError, ReadingError
from ingest.index import ANALYZER, EMBEDDER, STRUCTURE, TermAnalyzer, changed_settings
from ingest.lexical import passage_terms
from ingest.links import told
from ingest.lock import write_lock
from ingest.members import open_containers
from ingest.publish import (
    Collections,
    Documents,
    passage_labels,
    publish,
    statement_ids,
    statement_labels,
    vector_ids,
)
from ingest.readers import ReaderProcess
from ingest.readers.containers import SEPARATOR
from ingest.settings import Settings
from ingest.sources import MEMBER, Source, find_sources
from ingest.statements import find_statements
from ingest.store import Entry, Manifest, Store
from ingest.structure import split_document
from ingest.topics import Topics, with_topics
from ingest.vectors import CHROMA_FILE, VectorStore, names_of, new_name

# Modules without a say in what is made of a document; a change in any other asks for a rebuild.
_NO_SAY = {
    "__init__",
    "__main__",
    "check",
    "disk",
    "errors",
    "index",
    "lock",
    "publish",
    "settings",
}
_KEPT = " De vorige versie blijft in de index."
_LOST = " Het document staat nu niet meer in de index."
ADDED, REPLACED, UNCHANGED, REMOVED, FAILED = (
    "nieuw",
    "vervangen",
    "ongewijzigd",
    "verwijderd",
    "mislukt",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is.

    Attributes:
        done: Number of steps that are done.
        total: Number of steps; the same in every report of one run.
        document: File name that the last step was about; "" for the index as a whole.
        outcome: What became of it: one of `ADDED`, `REPLACED`, `UNCHANGED`, `REMOVED`, `FAILED`,
            or "" for a step that has just begun.
    """

    done: int
    total: int
    document: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did.

    Attributes:
        added: Ids of documents that are new.
        replaced: Ids of documents that were taken in again.
        unchanged: Ids of documents that were skipped.
        removed: Ids of documents that are no longer in the index.
        failed: File to message, for each that could not be taken in.
        notes: Remarks for the user, each a sentence.
        rebuilt: Why everything was made anew; "" when it was not.
        seconds: How long it took.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rebuilt: str = ""
    seconds: float = 0.0


def ingest(
    settings: Settings,
    *,
    paths: Sequence[Path] = (),
    progress: Callable[[Progress], None] | None = None,
    embedder: Embedder | None = None,
    analyzer: TermAnalyzer | None = None,
) -> Report:
    """Bring the index in line with the corpus, and take in other files besides.

    A document that has not changed is skipped, a changed one is replaced as a whole, and one
    whose file has left the corpus is removed. A file from outside the corpus stays in the index
    until `remove`. What cannot be read is named in the report; the rest goes on.

    Args:
        settings: Where documents and index are, and the model.
        paths: Files or folders to take in besides the corpus.
        progress: Called at each step.
        embedder: The model; loaded from the settings when None.
        analyzer: The analyzer; loaded from the settings when None.

    Returns:
        What was done.

    Raises:
        SettingsError: If the corpus folder does not exist.
        CatalogError: If the catalog is not valid.
        EmbeddingError: If the model cannot be loaded.
        IndexLockedError: If another process is writing.
        IndexingError: If the index folder is foreign or cannot be written; the former index then
            still holds.
    """
    began = time.monotonic()
    store = Store(settings.index)
    store.prepare()
    with write_lock(store.folder) as unfinished:
        run = _Run(
            settings,
            store,
            embedder or load_embedder(settings),
            analyzer or Analyzer.load(settings.lexicon),
            progress or (lambda _: None),
        )
        with run.readers:
            report = run.bring_in_line(paths, unfinished=unfinished)
    return replace(report, seconds=time.monotonic() - began)


def remove(settings: Settings, document_id: str) -> Report:
    """Take a document out of the index, so that nothing of it stays readable there.

    Args:
        settings: Where documents and index are.
        document_id: Its id, as ``--list`` shows it; that of a message or archive takes out all
            that was inside it.

    Returns:
        What was done; a note says so when its file still lies in the corpus.

    Raises:
        IndexLockedError: If another process is writing.
        IndexingError: If there is no such document, or the index cannot be read or written.
    """
    began = time.monotonic()
    store = Store(settings.index)
    store.load_manifest()
    with write_lock(store.folder):
        before = store.load_manifest()
        gone = [e for e in before.documents if _belongs(e, document_id)]
        if not gone:
            known = ", ".join(e.id for e in before.documents) or "geen"
            raise IndexingError(f"Er is geen document '{document_id}' in de index. Wel: {known}.")
        after = replace(before, documents=tuple(e for e in before.documents if e not in gone))
        with Collections(settings, store) as vectors:
            publish(store, vectors, before, after, Analyzer.load(settings.lexicon).terms)
    return Report(
        removed=tuple(entry.id for entry in gone),
        notes=_comes_back(settings, gone[0]),
        seconds=time.monotonic() - began,
    )


def _belongs(entry: Entry, document_id: str) -> bool:
    """Whether a document is this one, or was inside it."""
    inside = SEPARATOR in entry.file and entry.id.startswith(document_id + MEMBER)
    return entry.id == document_id or inside


def _members_of(containers: Collection[str], base: Manifest) -> dict[str, Entry]:
    """What the index holds of messages and archives that cannot be opened now: it stays."""
    return {
        entry.id: entry
        for entry in base.documents
        if any(_belongs(entry, name) and entry.id != name for name in containers)
    }


def _comes_back(settings: Settings, entry: Entry) -> tuple[str, ...]:
    in_corpus = (path.name for path in settings.corpus.rglob("*"))
    file = entry.file.partition(SEPARATOR)[0]
    if entry.path or file not in in_corpus:
        return ()
    return (
        f"Het bestand {file} staat nog in {settings.corpus}. Haal het daar weg, anders komt "
        "het bij de volgende keer terug.",
    )


class _Run:
    """One ingestion: what it was given, and what it has done so far."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        embedder: Embedder,
        analyzer: TermAnalyzer,
        progress: Callable[[Progress], None],
    ) -> None:
        self._settings = settings
        self._store = store
        self._embedder = embedder
        self._analyzer = analyzer
        self._topics = Topics.load(analyzer, settings.topics)
        self.readers = ReaderProcess()
        self._progress = progress
        self._outcomes: dict[str, list[str]] = {}
        self._failed: dict[str, str] = {}
        self._notes: list[str] = []
        self._done = 0
        self._total = 0

    def bring_in_line(self, paths: Sequence[Path], *, unfinished: bool) -> Report:
        """Do it all, and tell what was done."""
        former, base, rebuilt = self._former()
        known = {entry.id: entry for entry in (former or base).documents}
        remembered = [Path(entry.path) for entry in known.values() if entry.path]
        opened = open_containers(
            find_sources(self._settings.corpus, [*remembered, *paths]), self.readers
        )
        sources = opened.sources
        self._failed = dict(sources.failed)
        self._notes = list(sources.notes)
        self._total = len(sources.found) + 1
        with Collections(self._settings, self._store) as vectors:
            kept = {
                entry.id: entry
                for source in sources.found
                if (entry := self._take_in(source, base, known, vectors))
            }
            kept |= _members_of(opened.closed, base)
            kept |= self._without_file(base, kept)
            self._name_removed(known, kept)
            after = replace(base, documents=tuple(kept[name] for name in sorted(kept)))
            if after != former or unfinished:
                publish(self._store, vectors, former or base, after, self._analyzer.terms)
        self._progress(Progress(self._total, self._total))
        return self._report(rebuilt)

    def _former(self) -> tuple[Manifest | None, Manifest, str]:
        """The manifest on disk, the one to build on, and why that is not the same."""
        former, damage = self._store.load_former()
        now = {
            ANALYZER: self._analyzer.fingerprint,
            EMBEDDER: self._embedder.fingerprint,
            STRUCTURE: _code_fingerprint() + self._topics.fingerprint,
        }
        if former is None:
            return None, Manifest(now, new_name()), damage
        if other := changed_settings(former.settings, now):
            return former, Manifest(now, new_name()), f"anders dan eerst: {other}"
        if not self._is_whole(former):
            return former, Manifest(now, new_name()), "de vorige index was niet volledig"
        return former, former, ""

    def _is_whole(self, manifest: Manifest) -> bool:
        """Whether all files that the manifest names are there; `check` looks inside them."""
        embedded = not self._settings.chroma_url
        return self._store.has_files(manifest) and (
            not embedded or (self._store.chroma / CHROMA_FILE).is_file()
        )

    def _take_in(
        self, source: Source, base: Manifest, known: Mapping[str, Entry], vectors: Collections
    ) -> Entry | None:
        """Take one document in; the entry that now holds for it, or None without one."""
        name = source.name
        self._progress(Progress(self._done, self._total, name))
        held = next((entry for entry in base.documents if entry.id == source.id), None)
        entry, outcome = held, UNCHANGED
        try:
            sha256 = source.sha256()
            version = _version(source, sha256, base.settings)
            if held is None or held.version != version:
                outcome = REPLACED if source.id in known else ADDED
                into = [vectors.collection(one) for one in names_of(base.collection)]
                entry = self._make(source, sha256, version, into)
        except ReadingError as error:
            outcome = FAILED
            lost = _LOST if source.id in known else ""
            self._failed[str(source.path.parent / source.name)] = str(error) + (
                _KEPT if held else lost
            )
        self._finish(source.id, name, outcome)
        return entry

    def _make(
        self, source: Source, sha256: str, version: str, into: Sequence[VectorStore]
    ) -> Entry:
        """Read, split, analyse and embed a document, and store all but the manifest's entry."""
        password = (source.given or {}).get(PASSWORD, "")
        reading = self.readers.read(source.path, source.inside, password)
        metadata = describe(source.name, source.id, sha256, reading, source.given)
        sections, passages = split_document(reading, metadata.id)
        if not passages:
            raise ReadingError(f"{source.name} bevat geen tekst om in te zoeken.")
        statements = find_statements(metadata, reading.text, sections, passages)
        document = IndexedDocument(
            document=metadata,
            text=reading.text,
            pages=reading.pages,
            unread=reading.unread,
            sections=sections,
            passages=passages,
            statements=with_topics(statements, self._topics),
            abbreviations=learn(reading.text),
            format=reading.format,
            encoding=reading.encoding,
        )
        self._notes += reading.notes
        if reading.unread:
            self._notes.append(_unread(source, reading))
        entry = _entry(source, document, version)
        terms = [_terms(self._analyzer, passage) for passage in passages]
        self._store.save_document(entry, document, terms)
        self._embed([(entry, document)], *into)
        return entry

    def _embed(self, made: Documents, passages: VectorStore, statements: VectorStore) -> None:
        """Store the vectors of a document's passages and statements."""
        [(_, document)] = made
        texts = [embedding_text(passage) for passage in document.passages]
        passages.add(vector_ids(made), self._embedder.embed_passages(texts), passage_labels(made))
        if document.statements:
            told_texts = [told(statement) for statement in document.statements]
            rows = self._embedder.embed_passages(told_texts)
            statements.add(statement_ids(made), rows, statement_labels(made))

    def _without_file(self, base: Manifest, kept: Mapping[str, Entry]) -> dict[str, Entry]:
        """Documents from outside the corpus whose file is gone: they stay, and are named."""
        stay = {
            entry.id: entry
            for entry in base.documents
            if entry.path and entry.id not in kept and not Path(entry.path).is_file()
        }
        for entry in stay.values():
            self._failed[entry.path] = (
                f"{entry.path} bestaat niet meer.{_KEPT} Wilt u die kwijt, voer dan uit: "
                f"python -m ingest --remove {entry.id}"
            )
            self._outcomes.setdefault(FAILED, []).append(entry.id)
        return stay

    def _name_removed(self, known: Mapping[str, Entry], kept: Mapping[str, Entry]) -> None:
        failed = self._outcomes.get(FAILED, [])
        for entry in known.values():
            if entry.id not in kept and entry.id not in failed:
                self._outcomes.setdefault(REMOVED, []).append(entry.id)
                self._progress(Progress(self._done, self._total, entry.file, REMOVED))

    def _finish(self, document_id: str, name: str, outcome: str) -> None:
        self._done += 1
        self._outcomes.setdefault(outcome, []).append(document_id)
        self._progress(Progress(self._done, self._total, name, outcome))

    def _report(self, rebuilt: str) -> Report:
        return Report(
            added=tuple(self._outcomes.get(ADDED, ())),
            replaced=tuple(self._outcomes.get(REPLACED, ())),
            unchanged=tuple(self._outcomes.get(UNCHANGED, ())),
            removed=tuple(self._outcomes.get(REMOVED, ())),
            failed=self._failed,
            notes=tuple(self._notes),
            rebuilt=rebuilt,
        )


def _unread(source: Source, reading: Reading) -> str:
    """Name the pages that could not be read, by why."""
    pages: dict[str, list[str]] = {}
    for page in reading.pages:
        if page.problem:
            pages.setdefault(page.problem, []).append(str(page.number))
    whys = "; ".join(f"{', '.join(numbers)} ({why})" for why, numbers in pages.items())
    return (
        f"Van {source.name} zijn {len(reading.unread)} van de {len(reading.pages)} pagina's "
        f"niet te lezen: {whys}."
    )


def embedding_text(passage: Passage) -> str:
    """What is embedded for a passage: its context and its text, as a reader would see them."""
    return f"{passage.context}\n{passage.text}".strip()


def _terms(analyzer: TermAnalyzer, passage: Passage) -> list[str]:
    return passage_terms(analyzer.terms(passage.text), analyzer.terms(passage.context))


def _entry(source: Source, document: IndexedDocument, version: str) -> Entry:
    return Entry(
        id=document.document.id,
        file=document.document.file,
        sha256=document.document.sha256,
        version=version,
        path=str(source.path) if source.outside else "",
        pages=len(document.pages),
        passages=len(document.passages),
        statements=len(document.statements),
    )


def _version(source: Source, sha256: str, settings: Mapping[str, str]) -> str:
    """Eight hex digits of all that decides what is made of a document."""
    parts = [sha256, source.name, source.outside, source.given, dict(settings)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


def _code_fingerprint() -> str:
    """Hash the program's own files that decide what is made of a document.

    So that nobody has to remember to raise a number after changing a rule.
    """
    folder = Path(__file__).parent
    files = [f for f in folder.glob("*.*") if f.suffix in (".py", ".toml")]
    files += [*(folder / "dutch").glob("*.py"), *(folder / "readers").glob("*.py")]
    digest = hashlib.sha256()
    for file in sorted(f for f in files if f.stem not in _NO_SAY):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
