"""Verify that all parts of an index agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from ingest.documents import IndexedDocument
from ingest.errors import IndexingError
from ingest.index import load_lexical
from ingest.publish import statement_ids, vector_ids
from ingest.settings import Settings
from ingest.store import Entry, Manifest, Store
from ingest.vectors import VectorStore, names_of


def check(settings: Settings) -> list[str]:
    """Verify an index: manifest, files, offsets, vectors and lexical index.

    Args:
        settings: Where the index is.

    Returns:
        What is wrong, a sentence for each; empty when all is well.

    Raises:
        IndexingError: If there is no index, or it is so damaged that it cannot be looked into.
    """
    store = Store(settings.index)
    store.refuse_foreign()
    manifest = store.load_manifest()
    problems = [p for entry in manifest.documents for p in _check_document(store, entry)]
    if problems:
        return problems
    store.load_links(manifest)
    return [*_check_lexical(store, manifest), *_check_vectors(settings, store, manifest)]


def _check_document(store: Store, entry: Entry) -> Iterator[str]:
    try:
        document = store.load_document(entry)
        terms = store.load_terms(entry)
    except IndexingError as error:
        yield str(error)
        return
    wrong = _wrong_spans(document)
    if wrong:
        yield f"{entry.id}: {wrong} passages of vondplaatsen staan niet letterlijk in de tekst."
    if not len(document.passages) == len(terms) == entry.passages:
        yield f"{entry.id}: het aantal passages klopt niet met het overzicht."
    if document.document.sha256 != entry.sha256:
        yield f"{entry.id}: de tekst hoort bij een andere versie van het bestand."


def _wrong_spans(document: IndexedDocument) -> int:
    """Number of passages and statements that are not the span of the text that they say."""
    spans = [(p.start, p.end, p.text) for p in document.passages]
    spans += [(s.start, s.end, s.text) for s in document.statements]
    return sum(document.text[start:end] != text for start, end, text in spans)


def _check_lexical(store: Store, manifest: Manifest) -> Iterator[str]:
    expected = sum(entry.passages for entry in manifest.documents)
    found = len(load_lexical(store, manifest))
    if found != expected:
        yield f"De woordenindex telt {found} passages in plaats van {expected}."


def _check_vectors(settings: Settings, store: Store, manifest: Manifest) -> Iterator[str]:
    documents = [(entry, store.load_document(entry)) for entry in manifest.documents]
    collections = zip(
        names_of(manifest.collection),
        (vector_ids(documents), statement_ids(documents)),
        strict=True,
    )
    for name, ids in collections:
        expected = set(ids)
        vectors = VectorStore(settings, store.chroma, name, create=False)
        with closing(vectors):
            found = set(vectors.ids())
            if vectors.space != "cosine":
                yield f"De vectoren worden vergeleken met '{vectors.space}' in plaats van 'cosine'."
        if missing := len(expected - found):
            yield f"Er ontbreken {missing} van de {len(expected)} vectoren."
        if strangers := len(found - expected):
            yield (
                f"Er staan {strangers} vectoren te veel, van een onderbroken keer. Zij worden niet "
                "getoond; de volgende keer bijwerken ruimt ze op."
            )
