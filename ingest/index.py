"""The index as it is read: documents, passages, and both ways to search them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ingest.documents import IndexedDocument, Passage, Statement
from ingest.errors import IndexingError
from ingest.lexical import LexicalIndex
from ingest.links import Links
from ingest.manifest import Manifest
from ingest.store import MANIFEST, Store
from ingest.vectors import VectorStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.embeddings import Embedder
    from ingest.settings import Settings

ANALYZER, EMBEDDER, STRUCTURE = "analyzer", "embedder", "structure"
SETTING_NAMES: Mapping[str, str] = {
    ANALYZER: "de taalregels of de woordenlijst",
    EMBEDDER: "het embeddingmodel of zijn voorvoegsels",
    STRUCTURE: "de manier waarop documenten worden ingedeeld",
}
"""What each fingerprint in the manifest stands for, in words for the user."""

_TRIES = 3


class TermAnalyzer(Protocol):
    """Turns text into the terms of the lexical index."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the terms of a text may."""
        ...

    def terms(self, text: str) -> list[str]:
        """The terms of a text, in order, repetitions included."""
        ...

    def stems(self, text: str) -> list[str]:
        """The terms of a text's own words, without those of the parts of compounds."""
        ...


class Index:
    """An opened index; it does not change, also when the one on disk does.

    Attributes:
        documents: By id, in the manifest's order.
        passages: Of all documents, in a fixed order; `dense` and `lexical` give positions in it.
        lexical: BM25 over the passages.
        links: What hangs together with each policy statement, by its id.
    """

    documents: Mapping[str, IndexedDocument]
    passages: Sequence[Passage]
    lexical: LexicalIndex
    links: Links

    def __init__(
        self,
        store: Store,
        stamp: tuple[int, ...],
        manifest: Manifest,
        vectors: VectorStore,
        embedder: Embedder,
    ) -> None:
        """Use `open` instead.

        Args:
            store: The index folder.
            stamp: What told this manifest file from others.
            manifest: The manifest.
            vectors: The collection that it names.
            embedder: Makes the vectors of questions.
        """
        self._store = store
        self._stamp = stamp
        self._vectors = vectors
        self._embedder = embedder
        loaded = store.load_documents(manifest)
        self.documents = {entry.id: document for entry, document in loaded}
        self.passages = tuple(p for _, document in loaded for p in document.passages)
        self._ids = [
            vector_id(p, entry.version) for entry, document in loaded for p in document.passages
        ]
        self._positions = {name: n for n, name in enumerate(self._ids)}
        self.lexical = load_lexical(store, manifest)
        if len(self.lexical) != len(self.passages):
            raise store.damaged(manifest.lexical)
        self.links = store.load_links(manifest)

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder, analyzer: TermAnalyzer) -> Index:
        """Open the index that `settings` names.

        Args:
            settings: `index` and `chroma_url` are used.
            embedder: The model that the index was made with.
            analyzer: The analyzer that the index was made with.

        Returns:
            The index.

        Raises:
            IndexingError: If the index is missing, empty, damaged, foreign, or made with another
                model or other rules; it says which and what to do.
        """
        store = Store(settings.index)
        for attempt in range(1, _TRIES + 1):
            stamp = _stamp(store)
            try:
                return cls._open(settings, store, stamp, embedder, analyzer)
            except IndexingError:
                # A writer that switched the manifest meanwhile has cleared the former files.
                if attempt == _TRIES or stamp == _stamp(store):
                    raise
        raise AssertionError("unreachable")

    @classmethod
    def _open(
        cls,
        settings: Settings,
        store: Store,
        stamp: tuple[int, ...],
        embedder: Embedder,
        analyzer: TermAnalyzer,
    ) -> Index:
        manifest = store.load_manifest()
        _refuse_other_settings(store, manifest, embedder, analyzer)
        if not manifest.documents:
            raise IndexingError(
                f"De index in {store.folder} is leeg. Zet documenten in {settings.corpus} en voer "
                "uit: python -m ingest"
            )
        vectors = VectorStore(settings, store.chroma, manifest.collection, create=False)
        index = cls(store, stamp, manifest, vectors, embedder)
        if vectors.count() < len(index.passages):
            raise store.damaged("er ontbreken vectoren")
        # Loads Chroma's graph now, so that the first question need not wait for it.
        vectors.nearest(np.zeros(embedder.dimension, dtype=np.float32), 1)
        return index

    def dense(self, question: str, k: int) -> list[tuple[int, float]]:
        """Find passages by meaning.

        Args:
            question: What to look for.
            k: How many passages at most; more than there are is no error.

        Returns:
            Positions and cosines in [-1, 1], best first; empty when the model knows no word of
            the question.

        Raises:
            IndexingError: If the vectors cannot be read.
        """
        wanted = min(k, len(self.passages))
        if wanted <= 0:
            return []
        vector = self._embedder.embed_query(question)
        if not vector.any():
            return []
        # Vectors of a newer or a cut-off run may stand between ours: ask for more, drop those.
        try:
            found = self._ours(self._vectors.nearest(vector, 2 * wanted + 10))
            return found[:wanted] if len(found) >= wanted else self._exhaustive(vector, wanted)
        except IndexingError as error:
            if not self.stale():
                raise
            raise IndexingError("De index is zojuist bijgewerkt. Stel uw vraag opnieuw.") from error

    def _exhaustive(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """Compare with every passage: for when too few of ours came out of Chroma.

        Its graph can be cut off by many equal vectors, such as those of a sentence that a
        municipality repeats in all its documents.
        """
        cosines = self.vectors() @ vector
        best = np.argsort(-cosines, kind="stable")[:k]
        return [(int(n), float(cosines[n])) for n in best]

    def _ours(self, found: Sequence[tuple[str, float]]) -> list[tuple[int, float]]:
        return [
            (self._positions[name], cosine) for name, cosine in found if name in self._positions
        ]

    def vectors(self) -> NDArray[np.float32]:
        """The vectors of all passages, one row a passage; read once.

        Raises:
            IndexingError: If they cannot be read, or one is missing.
        """
        return self._all_vectors

    @cached_property
    def _all_vectors(self) -> NDArray[np.float32]:
        return self._vectors.vectors(self._ids)

    def stale(self) -> bool:
        """Whether the index on disk has changed since this one was opened."""
        return _stamp(self._store) != self._stamp

    def close(self) -> None:
        """Release Chroma's files."""
        self._vectors.close()


def vector_id(part: Passage | Statement, version: str) -> str:
    """The id of a vector: versions of a document never share one."""
    return f"{part.id}@{version}"


def document_of(vector: str) -> str:
    """Id of the document that a vector is of, told from the id that `vector_id` gave."""
    return vector.rpartition("@")[0].rpartition(":")[0]


def load_lexical(store: Store, manifest: Manifest) -> LexicalIndex:
    """Read the lexical index that the manifest names.

    Raises:
        IndexingError: If it is missing or damaged.
    """
    try:
        return LexicalIndex.load(store.folder / manifest.lexical)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise store.damaged(manifest.lexical) from error


def _refuse_other_settings(
    store: Store, manifest: Manifest, embedder: Embedder, analyzer: TermAnalyzer
) -> None:
    now = {ANALYZER: analyzer.fingerprint, EMBEDDER: embedder.fingerprint}
    other = changed_settings(manifest.settings, {**manifest.settings, **now})
    if other:
        raise IndexingError(
            f"De index in {store.folder} is gemaakt met andere instellingen: anders is {other}. "
            "Zet die instelling terug, of werk de index bij met: python -m ingest"
        )


def changed_settings(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Name in words the settings whose fingerprints differ; "" when none does."""
    names = [SETTING_NAMES.get(key, key) for key in now if before.get(key) != now[key]]
    return " en ".join(names)


def _stamp(store: Store) -> tuple[int, ...]:
    """What changes whenever the manifest is replaced; empty when there is none."""
    try:
        status = os.stat(store.folder / MANIFEST)
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino
