"""Make what was taken in the index that is read: write, switch, and then clear what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace

from ingest.disk import sync_tree, without_collection, writing
from ingest.documents import IndexedDocument
from ingest.index import document_of, vector_id
from ingest.lexical import LexicalIndex
from ingest.likeness import Likeness
from ingest.links import Links, compared_in_meaning, link_statements, placed
from ingest.manifest import Entry, Manifest
from ingest.settings import Settings
from ingest.store import Store
from ingest.terms import DocumentTerms
from ingest.vectors import Label, VectorStore, names_of, new_name

Documents = Sequence[tuple[Entry, IndexedDocument]]
"""Documents of an index with their entries in its manifest."""


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
    store: Store, vectors: Collections, after: Manifest
) -> tuple[Manifest, dict[str, IndexedDocument]]:
    """Write what is made of all documents together, and switch to the new manifest in one step.

    What it leaves out is still there, and is cleared by `purge`.

    Args:
        store: The index folder; holds the files of all documents in `after`.
        vectors: The collections; those of `after` hold the vectors of all its documents.
        after: The manifest that is to hold.

    Returns:
        The manifest that holds now, and all documents by id.

    Raises:
        IndexingError: If there are fewer vectors than there must be, or something cannot be
            written; the former manifest then still holds. `purge` compares every one.
    """
    with without_collection():
        return _publish(store, vectors, after)


def _publish(
    store: Store, vectors: Collections, after: Manifest
) -> tuple[Manifest, dict[str, IndexedDocument]]:
    documents = store.load_documents(after)
    terms = [store.load_terms(entry) for entry, _ in documents]
    held = [vectors.collection(name) for name in names_of(after.collection)]
    for collection, wanted in zip(held, _ids(documents), strict=True):
        if (missing := len(set(wanted)) - collection.count()) > 0:
            raise store.damaged(f"{missing} vectoren ontbreken")
    links = _links(documents, terms, held[1])
    after = replace(after, lexical=_save_together(store, terms, links))
    store.save_manifest(after)
    return after, {entry.id: document for entry, document in documents}


def purge(
    store: Store,
    vectors: Collections,
    manifest: Manifest,
    documents: Mapping[str, IndexedDocument],
    *,
    unfinished: bool,
    kept: Collection[str] = (),
) -> None:
    """Clear all that the manifest leaves out, so that nothing of it stays readable.

    A run that is cut off before or in this leaves it to the next.

    Args:
        store: The index folder.
        vectors: The collections.
        manifest: The manifest that holds.
        documents: Its documents by id.
        unfinished: Whether a former run was cut off, perhaps in this.
        kept: Names of files in the folder of the documents that stay though it does not name them.

    Raises:
        IndexingError: If vectors are missing, or something cannot be written.
    """
    placed = [(entry, documents[entry.id]) for entry in manifest.documents]
    held = [vectors.collection(name) for name in names_of(manifest.collection)]
    found = [set(collection.ids()) for collection in held]
    cleared = unfinished
    for there, wanted in zip(found, _ids(placed), strict=True):
        if missing := len(set(wanted) - there):
            raise store.damaged(f"{missing} vectoren ontbreken")
    left = [there.difference(wanted) for there, wanted in zip(found, _ids(placed), strict=True)]
    if any(document_of(name) not in documents for names in left for name in names):
        # Chroma marks a vector as deleted but keeps it, and its id, in the collection's files.
        manifest, held = _moved(vectors, manifest, placed)
        store.save_manifest(manifest)
    else:
        for collection, names in zip(held, left, strict=True):
            collection.delete(sorted(names))
            cleared = cleared or bool(names)
    for collection in held:
        collection.settle()
    if held[0].drop_unused(manifest.collection) or cleared:
        held[0].compact()
    store.clear_orphans(manifest, kept)


def _moved(
    vectors: Collections, manifest: Manifest, documents: Documents
) -> tuple[Manifest, list[VectorStore]]:
    """Copy the vectors of documents into new collections, with nothing else in them."""
    after = replace(manifest, collection=new_name(manifest.collection))
    olds = [vectors.collection(name) for name in names_of(manifest.collection)]
    news = [vectors.collection(name) for name in names_of(after.collection)]
    labels = passage_labels(documents), statement_labels(documents)
    for old, new, wanted, kept in zip(olds, news, _ids(documents), labels, strict=True):
        new.add(wanted, old.vectors(wanted), kept)
    return after, news


def _ids(documents: Documents) -> tuple[list[str], list[str]]:
    return vector_ids(documents), statement_ids(documents)


def _links(documents: Documents, terms: Sequence[DocumentTerms], vectors: VectorStore) -> Links:
    """What hangs together, over all documents."""
    statements = placed(document for _, document in documents)
    names = [s.id for _, document in documents for s in document.statements]
    words = (one_statement for one in terms for one_statement in one.statements)
    said = Counter[str]()
    for one in terms:
        said.update(one.said)
    compared = compared_in_meaning(statements)
    kept = dict(zip(names, statement_ids(documents), strict=True))
    rows = vectors.vectors([kept[name] for name in compared])
    likeness = Likeness(
        dict(zip(names, words, strict=True)), dict(zip(compared, rows, strict=True)), said
    )
    return link_statements(statements, likeness)


def _save_together(store: Store, terms: Sequence[DocumentTerms], links: Links) -> str:
    """Write what is made of all documents into a new folder; give the folder's name."""
    name = store.next_lexical()
    folder = store.folder / name
    with writing(folder):
        LexicalIndex.build([one.passages for one in terms]).save(folder)
        store.save_links(name, links)
        sync_tree(folder)
    return name


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
