"""Make what was taken in the index that is read: write, switch the manifest, clear the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace

from ingest.disk import sync_tree, writing
from ingest.documents import IndexedDocument, Statement
from ingest.index import vector_id
from ingest.lexical import LexicalIndex
from ingest.likeness import Likeness
from ingest.links import Links, link_statements, placed, told
from ingest.manifest import Entry, Manifest
from ingest.settings import Settings
from ingest.store import Store
from ingest.vectors import Label, VectorStore, names_of, new_name

Terms = Callable[[str], Sequence[str]]


class Collections(ExitStack):
    """Opens collections at their first use, since even opening Chroma writes to its files."""

    def __init__(self, settings: Settings, store: Store) -> None:
        """Name the index; nothing is opened yet.

        Args:
            settings: `chroma_url` decides between embedded and server.
            store: The index folder.
        """
        super().__init__()
        self._settings = settings
        self._store = store
        self._opened: dict[str, VectorStore] = {}

    def collection(self, name: str) -> VectorStore:
        """Open a collection, or give it when it is open already; a missing one is made."""
        if name not in self._opened:
            opened = VectorStore(self._settings, self._store.chroma, name, create=True)
            self._opened[name] = self.enter_context(closing(opened))
        return self._opened[name]


def publish(
    store: Store,
    vectors: Collections,
    before: Manifest,
    after: Manifest,
    terms: Terms,
    *,
    final: bool = True,
) -> dict[str, IndexedDocument]:
    """Write what is made of all documents, switch to the new manifest, clear what it leaves out.

    Args:
        store: The index folder; holds the files of all documents in `after`.
        vectors: The collections; those of `after` hold the vectors of all its documents.
        before: The manifest that holds until now.
        after: The manifest that is to hold.
        terms: Gives the terms of a text.
        final: Whether to clear what is left out; else more is to come, and what a run that was
            cut off left may still be of use.

    Returns:
        All documents by id.

    Raises:
        IndexingError: If something is missing or cannot be written.
    """
    documents = [(entry, store.load_document(entry)) for entry in after.documents]
    ids = vector_ids(documents), statement_ids(documents)
    held = [vectors.collection(name) for name in names_of(after.collection)]
    for collection, wanted in zip(held, ids, strict=True):
        if missing := set(wanted).difference(collection.ids()):
            raise store.damaged(f"{len(missing)} vectoren ontbreken")
    gone = {entry.id for entry in before.documents} - {entry.id for entry in after.documents}
    if gone and before.collection == after.collection:
        after = replace(after, collection=new_name())
        fresh = [vectors.collection(name) for name in names_of(after.collection)]
        labels = passage_labels(documents), statement_labels(documents)
        for old, new, wanted, kept in zip(held, fresh, ids, labels, strict=True):
            # Chroma marks a vector as deleted but keeps it, and its id, in the collection's files.
            new.add(wanted, old.vectors(wanted), kept)
        held = fresh
    links = _links(documents, held[1], terms)
    after = replace(after, lexical=_save_together(store, after, links))
    store.save_manifest(after)
    if not final:
        return {entry.id: document for entry, document in documents}
    left = [collection.keep_only(wanted) for collection, wanted in zip(held, ids, strict=True)]
    left.append(held[0].drop_unused(names_of(after.collection), names_of(before.collection)))
    if any(left):
        held[0].compact()
    store.clear_orphans(after)
    return {entry.id: document for entry, document in documents}


def _links(
    documents: Sequence[tuple[Entry, IndexedDocument]], vectors: VectorStore, terms: Terms
) -> Links:
    """What hangs together, over all documents."""
    statements = placed(document for _, document in documents)
    rows = vectors.vectors(statement_ids(documents))
    likeness = Likeness(
        {one.id: frozenset(terms(told(one.statement))) for one in statements},
        {s.id: row for s, row in zip(_statements(documents), rows, strict=True)},
    )
    return link_statements(statements, likeness)


def _save_together(store: Store, manifest: Manifest, links: Links) -> str:
    """Write what is made of all documents into a new folder; give the folder's name."""
    name = store.next_lexical()
    folder = store.folder / name
    with writing(folder):
        terms = [row for entry in manifest.documents for row in store.load_terms(entry)]
        LexicalIndex.build(terms).save(folder)
        store.save_links(name, links)
        sync_tree(folder)
    return name


Documents = Sequence[tuple[Entry, IndexedDocument]]
"""Documents of an index with their entries in its manifest."""


def vector_ids(documents: Documents) -> list[str]:
    """The ids of the vectors of all passages, in their order."""
    return [vector_id(p, entry.version) for entry, document in documents for p in document.passages]


def statement_ids(documents: Documents) -> list[str]:
    """The ids of the vectors of all statements, in their order."""
    return [
        vector_id(s, entry.version) for entry, document in documents for s in document.statements
    ]


def passage_labels(documents: Documents) -> list[Label]:
    """What is kept with the vector of each passage."""
    return [
        {"document": entry.id, "version": entry.version}
        for entry, document in documents
        for _ in document.passages
    ]


def statement_labels(documents: Documents) -> list[Label]:
    """What is kept with the vector of each statement: all but its words and its links."""
    return [
        {
            "document": entry.id,
            "version": entry.version,
            "kind": str(s.kind),
            "start": s.start,
            "end": s.end,
            "number": s.number,
            "programme": s.programme,
            "year": s.year or 0,
            "municipality": document.document.municipality,
            "topics": "; ".join((*s.topics, *s.theme_topics)),
        }
        for entry, document in documents
        for s in document.statements
    ]


def _statements(documents: Documents) -> list[Statement]:
    return [s for _, document in documents for s in document.statements]
