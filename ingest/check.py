"""Verify that all parts of an index agree with each other, and say what is to be made anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from ingest.documents import IndexedDocument
from ingest.embeddings import Embedder
from ingest.errors import IndexingError
from ingest.index import EMBEDDER, load_lexical
from ingest.links import told
from ingest.making import embedding_text
from ingest.manifest import Entry, Manifest
from ingest.publish import statement_ids, vector_ids
from ingest.settings import Settings
from ingest.store import Store
from ingest.vectors import VectorStore, names_of

_CLOSE = 1e-3  # two vectors of one text; a model on another machine rounds otherwise


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with an index.

    Attributes:
        text: What, in a sentence for the user.
        documents: Ids of the documents that must be made anew for it.
        whole: Whether everything must be.
    """

    text: str
    documents: tuple[str, ...] = ()
    whole: bool = False


def check(settings: Settings, embedder: Embedder | None = None) -> list[str]:
    """Verify an index: manifest, files, offsets, vectors and lexical index.

    Args:
        settings: Where the index is.
        embedder: The model that made it: each vector is then compared with a new one. None leaves
            that out.

    Returns:
        What is wrong, a sentence for each; empty when all is well.

    Raises:
        IndexingError: If there is no index, or it is so damaged that it cannot be looked into.
    """
    store = Store(settings.index)
    store.refuse_foreign()
    manifest = store.load_manifest()
    return [problem.text for problem in _problems(settings, store, manifest, embedder)]


def broken_documents(
    settings: Settings, store: Store, manifest: Manifest, embedder: Embedder
) -> frozenset[str] | None:
    """Ids of the documents that must be made anew; None when everything must be."""
    problems = list(_problems(settings, store, manifest, embedder))
    if any(problem.whole for problem in problems):
        return None
    return frozenset(name for problem in problems for name in problem.documents)


def _problems(
    settings: Settings, store: Store, manifest: Manifest, embedder: Embedder | None
) -> Iterator[Problem]:
    documents, sound = [], True
    for entry in manifest.documents:
        document, problems = _look_at(store, entry)
        sound = sound and not problems
        yield from problems
        if document is not None:
            documents.append((entry, document))
    try:
        store.load_links(manifest)
        expected = sum(entry.passages for entry in manifest.documents)
        found = len(load_lexical(store, manifest))
        if found != expected:
            yield Problem(f"De woordenindex telt {found} passages in plaats van {expected}.")
    except IndexingError as error:
        yield Problem(str(error))  # is made anew from the documents in any case
    if sound:
        yield from _look_at_vectors(settings, store, manifest, documents, embedder)


def _look_at(store: Store, entry: Entry) -> tuple[IndexedDocument | None, list[Problem]]:
    """A document and what is wrong with it; None when it cannot be loaded."""
    try:
        document = store.load_document(entry)
        terms = store.load_terms(entry)
    except IndexingError as error:
        return None, [Problem(str(error), (entry.id,))]
    texts = []
    if not len(document.passages) == len(terms.passages) == entry.passages:
        texts.append("het aantal passages klopt niet met het overzicht.")
    if document.document.sha256 != entry.sha256:
        texts.append("de tekst hoort bij een andere versie van het bestand.")
    if not texts and store.digest_of(entry) != entry.digest:
        texts.append("wat ervan is opgeslagen, is veranderd.")
    return document, [Problem(f"{entry.id}: {text}", (entry.id,)) for text in texts]


def _look_at_vectors(
    settings: Settings,
    store: Store,
    manifest: Manifest,
    documents: Sequence[tuple[Entry, IndexedDocument]],
    embedder: Embedder | None,
) -> Iterator[Problem]:
    same = embedder is not None and manifest.settings.get(EMBEDDER) == embedder.fingerprint
    wanted = (
        (vector_ids(documents), [embedding_text(p) for _, d in documents for p in d.passages]),
        (statement_ids(documents), [told(s) for _, d in documents for s in d.statements]),
    )
    for name, (ids, texts) in zip(names_of(manifest.collection), wanted, strict=True):
        try:
            with closing(VectorStore(settings, store.chroma, name, create=False)) as vectors:
                yield from _look_at_collection(vectors, ids)
                if embedder is not None and same and ids:
                    yield from _compare(vectors, ids, texts, embedder)
        except IndexingError as error:
            yield Problem(str(error), whole=True)


def _look_at_collection(vectors: VectorStore, ids: Sequence[str]) -> Iterator[Problem]:
    expected, found = set(ids), set(vectors.ids())
    if vectors.space != "cosine":
        yield Problem(
            f"De vectoren worden vergeleken met '{vectors.space}' in plaats van 'cosine'.",
            whole=True,
        )
    if missing := len(expected - found):
        text = f"Er ontbreken {missing} van de {len(expected)} vectoren."
        yield Problem(text, whole=True)
    if strangers := len(found - expected):
        yield Problem(
            f"Er staan {strangers} vectoren te veel, van een onderbroken keer. Zij worden niet "
            "getoond; de volgende keer bijwerken ruimt ze op."
        )


def _compare(
    vectors: VectorStore, ids: Sequence[str], texts: Sequence[str], embedder: Embedder
) -> Iterator[Problem]:
    """Hold each vector against a new one of its text."""
    kept, made = vectors.vectors(ids), embedder.embed_passages(texts)
    wrong = int((np.abs(kept - made).max(axis=1) > _CLOSE).sum())
    if wrong:
        yield Problem(f"{wrong} vectoren horen bij een andere tekst.", whole=True)
