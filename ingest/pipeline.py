"""Bring the index in line with the documents: read, split, embed, store, switch."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ingest.check import broken_documents
from ingest.chroma_files import CHROMA_FILE, is_usable
from ingest.documents import IndexedDocument
from ingest.dutch.analysis import Analyzer
from ingest.embeddings import Embedder, load_embedder
from ingest.errors import ReadingError
from ingest.identity import one_of_each
from ingest.index import ANALYZER, EMBEDDER, STRUCTURE, TermAnalyzer, changed_settings
from ingest.links import told
from ingest.lock import write_lock
from ingest.making import Made, Maker, code_fingerprint, embedding_text, version_of
from ingest.manifest import Entry, Manifest
from ingest.members import open_containers
from ingest.nearness import near_duplicates
from ingest.originals import Originals
from ingest.publish import (
    Collections,
    passage_labels,
    publish,
    purge,
    statement_ids,
    statement_labels,
    vector_ids,
)
from ingest.readers import ReaderProcess
from ingest.removal import belongs
from ingest.report import (
    ADDED,
    CANCELLED,
    FAILED,
    REMOVED,
    REPLACED,
    UNCHANGED,
    CancelledError,
    Follow,
    Progress,
    Report,
)
from ingest.settings import Settings
from ingest.sources import Source, find_sources
from ingest.store import Store
from ingest.topics import Topics
from ingest.vectors import VectorStore, load_library, names_of, new_name

_KEPT = " De vorige versie blijft in de index."
_LOST = " Het document staat nu niet meer in de index."
_DAMAGED = "de vorige index was beschadigd"

_SOONEST = 10.0  # seconds between two times that what is ready is made searchable
_SHARE = 5  # at most one part in so many of the time goes into that


def ingest(
    settings: Settings,
    *,
    paths: Sequence[Path] = (),
    instead: Mapping[str, str] = MappingProxyType({}),
    repair: bool = False,
    progress: Follow | None = None,
    embedder: Embedder | None = None,
    analyzer: TermAnalyzer | None = None,
    readers: ReaderProcess | None = None,
) -> Report:
    """Bring the index in line with the corpus and what users added, and take in other files.

    A document that has not changed is skipped, a changed one is replaced as a whole, and one
    whose file has left the corpus is removed. A file from outside the corpus stays in the index
    until `remove`. What cannot be read is named in the report; the rest goes on. What is ready
    is made searchable every now and then, and a run that was cut off is gone on with.

    Args:
        settings: Where documents and index are, and the model.
        paths: Files or folders to take in besides the corpus.
        instead: File name to the id of the document that it is to take the place of, under
            another name. That one goes when, and only when, the file was taken in.
        repair: Whether to look for damage in the index first, and make anew what is damaged.
        progress: Called at each step; may raise `CancelledError` to pass a document over.
        embedder: The model; loaded from the settings when None.
        analyzer: The analyzer; loaded from the settings when None.
        readers: Reads the files; one of its own when None.

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
    with write_lock(store.folder) as unfinished, readers or ReaderProcess() as process:
        run = _Run(
            settings,
            store,
            embedder or load_embedder(settings),
            analyzer or Analyzer.load(settings.lexicon),
            progress or (lambda _: None),
            process,
            instead,
        )
        report = run.bring_in_line(paths, unfinished=unfinished or repair, repair=repair)
    return replace(report, seconds=time.monotonic() - began)


class _Run:
    """One ingestion: what it was given, and what it has done so far."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        embedder: Embedder,
        analyzer: TermAnalyzer,
        progress: Follow,
        readers: ReaderProcess,
        instead: Mapping[str, str],
    ) -> None:
        self._originals = Originals(settings.originals)
        self._instead = instead
        self._gone: set[str] = set()
        self._settings = settings
        self._store = store
        self._embedder = embedder
        self._analyzer = analyzer
        self._topics = Topics.load(analyzer, settings.topics)
        self._readers = readers
        self._maker = Maker(store, readers, analyzer, self._topics)
        self._progress = progress
        self._outcomes: dict[str, list[str]] = {}
        self._failed: dict[str, str] = {}
        self._notes: list[str] = []
        self._done = 0
        self._total = 0
        self._published = time.monotonic()
        self._publishing = 0.0  # seconds that it took the last time

    def bring_in_line(self, paths: Sequence[Path], *, unfinished: bool, repair: bool) -> Report:
        """Do it all, and tell what was done."""
        former, base, rebuilt = self._former(repair=repair)
        self._maker.try_again = repair
        published = None
        known = {entry.id: entry for entry in (former or base).documents}
        found, closed = self._find(paths, known)
        self._total = len(found) + 1
        with Collections(self._settings, self._store) as vectors:
            taken: dict[str, Entry] = {}
            for source in found:
                entry = None
                if source.id not in self._gone:
                    entry = self._take_in(source, base, known, vectors)
                if entry:
                    taken[entry.id] = entry
                    self._retire(source, entry, known)
                if not rebuilt and self._is_time():
                    former = self._so_far(base, taken)
                    published = self._switch(vectors, former)
            taken |= _members_of(closed, base)
            taken |= self._without_file(base, taken)
            taken = {name: entry for name, entry in taken.items() if name not in self._gone}
            self._name_removed(known, taken)
            after = replace(base, documents=tuple(taken[name] for name in sorted(taken)))
            if after != former or unfinished:
                published = self._switch(vectors, after)
            if published:
                self._name_near(published[1])
                purge(
                    self._store,
                    vectors,
                    *published,
                    unfinished=unfinished,
                    kept=self._maker.refused,
                )
        self._step(Progress(self._total, self._total))
        return self._report(rebuilt)

    # What there is

    def _find(
        self, paths: Sequence[Path], known: Mapping[str, Entry]
    ) -> tuple[tuple[Source, ...], Collection[str]]:
        """The documents to take in, each once; and the containers that cannot be opened."""
        remembered = [Path(entry.path) for entry in known.values() if entry.path]
        files = {entry.id: entry.file for entry in known.values()}
        sources = find_sources(
            self._settings.corpus, [*remembered, *paths], self._originals.folder, files
        )
        opened = open_containers(sources, self._readers, files)
        held = {entry.id: entry.sha256 for entry in known.values()}
        sources = one_of_each(opened.sources, held, self._originals.left_out())
        self._failed = dict(sources.failed)
        self._notes = list(sources.notes)
        return sources.found, opened.closed

    def _former(self, *, repair: bool) -> tuple[Manifest | None, Manifest, str]:
        """The manifest on disk, the one to build on, and why that is a new one."""
        former, damage = self._store.load_former()
        now = {
            ANALYZER: self._analyzer.fingerprint,
            EMBEDDER: self._embedder.fingerprint,
            STRUCTURE: code_fingerprint() + self._topics.fingerprint,
        }
        if former is None:
            return None, Manifest(now, new_name()), damage
        anew = Manifest(now, new_name(former.collection))
        if other := changed_settings(former.settings, now):
            return former, anew, f"anders dan eerst: {other}"
        if not self._is_whole(former):
            return (
                former,
                Manifest(now, new_name(former.collection)),
                "de vorige index was niet volledig",
            )
        if not repair:
            return former, former, ""
        broken = broken_documents(self._settings, self._store, former, self._embedder)
        if broken is None:
            if not self._settings.chroma_url and not is_usable(self._store.chroma):
                self._store.drop_chroma()
            return former, anew, _DAMAGED
        self._store.forget([entry for entry in former.documents if entry.id in broken])
        sound = tuple(entry for entry in former.documents if entry.id not in broken)
        return former, replace(former, documents=sound), ""

    def _is_whole(self, manifest: Manifest) -> bool:
        """Whether all files that the manifest names are there; `check` looks inside them."""
        embedded = not self._settings.chroma_url
        return self._store.has_files(manifest) and (
            not embedded or (self._store.chroma / CHROMA_FILE).is_file()
        )

    # One document

    def _take_in(
        self, source: Source, base: Manifest, known: Mapping[str, Entry], vectors: Collections
    ) -> Entry | None:
        """Take one document in; the entry that now holds for it, or None without one."""
        name = source.name
        held = next((entry for entry in base.documents if entry.id == source.id), None)
        entry, outcome = held, UNCHANGED
        try:
            sha256 = source.sha256()
            version = version_of(source, sha256, base.settings)
            if held is None or held.version != version:
                self._progress(Progress(self._done, self._total, name))
                outcome = REPLACED if source.id in known else ADDED
                entry = self._make(source, sha256, version, vectors, base.collection)
        except CancelledError:
            outcome = CANCELLED
        except ReadingError as error:
            outcome = FAILED
            lost = _LOST if source.id in known else ""
            self._failed[str(source.path.parent / source.name)] = str(error) + (
                _KEPT if held else lost
            )
        self._done += 1
        self._outcomes.setdefault(outcome, []).append(source.id)
        self._step(Progress(self._done, self._total, name, outcome))
        return entry

    def _make(
        self, source: Source, sha256: str, version: str, vectors: Collections, collection: str
    ) -> Entry:
        """Make a document and its vectors."""

        def on_page(page: int, pages: int) -> None:
            self._progress(Progress(self._done, self._total, source.name, "", page, pages))

        load_library()  # first: that takes a second, which is not to come after the reading
        made = self._maker.make(source, sha256, version, on_page)
        self._embed(made, *(vectors.collection(name) for name in names_of(collection)))
        self._notes += made.notes
        return made.entry

    def _embed(self, made: Made, passages: VectorStore, statements: VectorStore) -> None:
        """Store the vectors of a document's passages and statements."""
        placed, document = [(made.entry, made.document)], made.document
        texts = [embedding_text(passage) for passage in document.passages]
        rows = self._embedder.embed_passages(texts)
        passages.add(vector_ids(placed), rows, passage_labels(placed))
        if document.statements:
            told_texts = [told(statement) for statement in document.statements]
            rows = self._embedder.embed_passages(told_texts)
            statements.add(statement_ids(placed), rows, statement_labels(placed))

    def _step(self, progress: Progress) -> None:
        """Tell what is done; that can no longer be cancelled."""
        try:
            self._progress(progress)
        except CancelledError:
            return

    def _retire(self, source: Source, entry: Entry, known: Mapping[str, Entry]) -> None:
        """Let a document go whose successor was just taken in."""
        old = known.get(self._instead.get(source.name, ""))
        if old is None or old.id == entry.id or source.id in self._outcomes.get(FAILED, ()):
            return
        self._gone.add(old.id)
        # Before the switch: after a power cut it would else stand beside its successor.
        if not self._originals.delete(old.file):
            self._originals.leave_out(old.sha256)

    # All documents

    def _is_time(self) -> bool:
        """Whether what is ready should be made searchable before all is done."""
        wait = max(_SOONEST, _SHARE * self._publishing)
        return time.monotonic() - self._published > wait

    def _so_far(self, base: Manifest, taken: Mapping[str, Entry]) -> Manifest:
        """The documents as they are now, those that are still to be looked at as they were."""
        entries = {entry.id: entry for entry in (*base.documents, *taken.values())}
        names = sorted(entries.keys() - self._gone)
        return replace(base, documents=tuple(entries[name] for name in names))

    def _switch(
        self, vectors: Collections, after: Manifest
    ) -> tuple[Manifest, dict[str, IndexedDocument]]:
        """Make documents searchable; give the manifest that then holds, and all documents."""
        began = time.monotonic()
        holds, documents = publish(self._store, vectors, after)
        self._published = time.monotonic()
        self._publishing = self._published - began
        return holds, documents

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

    # What is told

    def _name_removed(self, known: Mapping[str, Entry], kept: Mapping[str, Entry]) -> None:
        failed = self._outcomes.get(FAILED, [])
        for entry in known.values():
            if entry.id not in kept and entry.id not in failed:
                self._outcomes.setdefault(REMOVED, []).append(entry.id)
                self._step(Progress(self._done, self._total, entry.file, REMOVED))

    def _name_near(self, documents: Mapping[str, IndexedDocument]) -> None:
        """Name the new documents that are nearly the same as another."""
        new = {*self._outcomes.get(ADDED, ()), *self._outcomes.get(REPLACED, ())}
        for near in near_duplicates(documents, new):
            one, other = (documents[name].document for name in (near.first, near.second))
            if one.id not in new:
                one, other = other, one
            if not {one.supersedes, other.supersedes} & {one.id, other.id}:
                self._notes.append(
                    f"{one.file} lijkt sterk op {other.file}: {near.share:.0%} van de tekst "
                    "is gelijk. Is het een nieuwere versie, vul dan 'vervangt' in."
                )

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


def _members_of(containers: Collection[str], base: Manifest) -> dict[str, Entry]:
    """What the index holds of messages and archives that cannot be opened now: it stays."""
    return {
        entry.id: entry
        for entry in base.documents
        if any(belongs(entry, name) and entry.id != name for name in containers)
    }
