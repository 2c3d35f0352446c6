"""Take documents out so that nothing of them stays readable, and prove it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from ingest.errors import IndexingError
from ingest.lock import write_lock
from ingest.manifest import Entry, Manifest
from ingest.originals import Originals
from ingest.publish import Collections, publish, purge
from ingest.readers.containers import SEPARATOR
from ingest.report import Report
from ingest.settings import Settings
from ingest.sources import MEMBER
from ingest.store import Store
from ingest.traces import find_traces, own_words

FEEDBACK = "feedback"
"""Folder beside the index with what users thought of answers."""


def remove(
    settings: Settings,
    document_id: str,
    *,
    leave_out: bool = False,
) -> Report:
    """Take a document out of the index, so that nothing of it stays readable there.

    The file itself is deleted when a user added it on the page; one in the corpus, or elsewhere,
    stays.

    Args:
        settings: Where documents and index are.
        document_id: Its id, as ``--list`` shows it; that of a message or archive takes out all
            that was inside it.
        leave_out: Whether a file that stays in the corpus is to be passed over from now on.

    Returns:
        What was done; a note tells what was looked for to prove it, and another says so when the
        file still lies in the corpus. `failed` names files in which words of it were found.

    Raises:
        IndexLockedError: If another process is writing.
        IndexingError: If there is no such document, or the index cannot be read or written.
    """
    began = time.monotonic()
    store = Store(settings.index)
    store.load_manifest()
    originals = Originals(settings.originals)
    with write_lock(store.folder) as unfinished:
        before = store.load_manifest()
        gone = [entry for entry in before.documents if belongs(entry, document_id)]
        if not gone:
            known = ", ".join(e.id for e in before.documents) or "geen"
            raise IndexingError(f"Er is geen document '{document_id}' in de index. Wel: {known}.")
        after = replace(before, documents=tuple(e for e in before.documents if e not in gone))
        words = _own_words(store, before, gone)
        # First the file: after a power cut the index would else take it in again.
        deleted = _delete_files(store, originals, document_id, gone)
        if leave_out and not deleted:
            for entry in gone:
                originals.leave_out(entry.sha256)
        with Collections(settings, store) as vectors:
            published = publish(store, vectors, after)
            purge(store, vectors, *published, unfinished=unfinished)
        found = find_traces([store.folder, settings.originals], words)
    notes = [_proof(words, len(found))]
    if not (deleted or leave_out):
        notes += _comes_back(settings, gone[0])
    if find_traces([settings.index.parent / FEEDBACK], words):
        notes.append(
            "In de map met oordelen (feedback) staan nog antwoorden met zinnen uit dit document. "
            "Verwijder die map als ook dat weg moet."
        )
    return Report(
        removed=tuple(entry.id for entry in gone),
        failed={str(file): f"In {file} staat nog tekst van het document." for file in found},
        notes=tuple(notes),
        seconds=time.monotonic() - began,
    )


def _delete_files(
    store: Store, originals: Originals, document_id: str, gone: Sequence[Entry]
) -> bool:
    """Delete what users added of it, under any of its names; whether there was anything."""
    if any(entry.id == document_id and SEPARATOR in entry.file for entry in gone):
        return False  # one part of a file that holds others too
    names = {_file(entry) for entry in gone}
    try:
        names.update(n for entry in gone for n in store.load_document(entry).document.names)
    except IndexingError:
        pass  # its other names are lost; a next run tells of a copy that is still there
    return any([originals.delete(name) for name in sorted(names)])


def belongs(entry: Entry, document_id: str) -> bool:
    """Whether a document is this one, or was inside it."""
    inside = SEPARATOR in entry.file and entry.id.startswith(document_id + MEMBER)
    return entry.id == document_id or inside


def _own_words(store: Store, before: Manifest, gone: Sequence[Entry]) -> tuple[str, ...]:
    try:
        documents = {entry.id: store.load_document(entry) for entry in before.documents}
    except IndexingError:
        return ()  # a damaged document can be taken out too
    ids = {entry.id for entry in gone}
    kept = (document for name, document in documents.items() if name not in ids)
    return own_words([documents[name] for name in ids], kept)


def _proof(words: Sequence[str], files: int) -> str:
    if not words:
        return "Dit document had geen woorden die alleen daarin staan; er is niets na te zoeken."
    if files:
        return f"Nagezocht: {len(words)} woorden en zinnen. In {files} bestanden staat er nog een."
    return (
        f"Nagezocht: van {len(words)} woorden en zinnen die alleen in dit document stonden, "
        "staat er geen meer in de index."
    )


def _file(entry: Entry) -> str:
    """Name of the file that a document came in with, were it inside another."""
    return entry.file.partition(SEPARATOR)[0]


def _comes_back(settings: Settings, entry: Entry) -> list[str]:
    in_corpus = (path.name for path in settings.corpus.rglob("*"))
    if entry.path or _file(entry) not in in_corpus:
        return []
    return [
        f"Het bestand {_file(entry)} staat nog in {settings.corpus}. Haal het daar weg, anders "
        "komt het bij de volgende keer terug."
    ]
