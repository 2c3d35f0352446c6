"""Make what was taken in the index that is read: write, switch the manifest, clear the rest."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace

from ingest.disk import sync_tree, writing
from ingest.index import vector_id
from ingest.lexical import LexicalIndex
from ingest.settings import Settings
from ingest.store import Manifest, Store
from ingest.vectors import VectorStore, new_name


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


def publish(store: Store, vectors: Collections, before: Manifest, after: Manifest) -> None:
    """Write the lexical index, switch to the new manifest, then clear what it does not name.

    Args:
        store: The index folder; holds the files of all documents in `after`.
        vectors: The collections; that of `after` holds the vectors of all its documents.
        before: The manifest that holds until now.
        after: The manifest that is to hold.

    Raises:
        IndexingError: If something is missing or cannot be written.
    """
    held = vectors.collection(after.collection)
    ids = vector_ids(store, after)
    if missing := set(ids).difference(held.ids()):
        raise store.damaged(f"{len(missing)} vectoren ontbreken")
    gone = {entry.id for entry in before.documents} - {entry.id for entry in after.documents}
    if gone and before.collection == after.collection:
        after = replace(after, collection=new_name())
        _copy(store, held, vectors.collection(after.collection), after)
    after = replace(after, lexical=_save_lexical(store, after))
    store.save_manifest(after)
    vectors.collection(after.collection).keep_only(ids, before.collection)
    store.clear_orphans(after)


def _copy(store: Store, held: VectorStore, fresh: VectorStore, manifest: Manifest) -> None:
    """Copy the vectors of all documents into a new collection.

    For when a document leaves the index: Chroma marks a vector as deleted but keeps it, and its
    id, in the files of the collection.
    """
    for entry in manifest.documents:
        ids = vector_ids(store, replace(manifest, documents=(entry,)))
        fresh.add(ids, held.vectors(ids), entry.id, entry.version)


def _save_lexical(store: Store, manifest: Manifest) -> str:
    """Write a lexical index of all documents into a new folder; give the folder's name."""
    name = store.next_lexical()
    folder = store.folder / name
    with writing(folder):
        terms = [row for entry in manifest.documents for row in store.load_terms(entry)]
        LexicalIndex.build(terms).save(folder)
        sync_tree(folder)
    return name


def vector_ids(store: Store, manifest: Manifest) -> list[str]:
    """The ids of all vectors that a manifest stands for, in the order of its passages."""
    return [
        vector_id(passage, entry.version)
        for entry in manifest.documents
        for passage in store.load_document(entry).passages
    ]
