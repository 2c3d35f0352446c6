"""Files that users add on the page: they wait in line, are read one by one, and are told of.

One thread does all the writing, so that the page never writes twice at the same time. What it is
told to do while it works waits, and is done in one go after that.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from assistant.page import texts
from ingest.catalog import CATALOG_FILE, PASSWORD, change_entry, load_catalog
from ingest.documents import IndexedDocument
from ingest.embeddings import Embedder
from ingest.errors import IndexLockedError, IngestError
from ingest.index import TermAnalyzer
from ingest.originals import Originals, safe_name
from ingest.pipeline import ingest
from ingest.readers import ReaderProcess
from ingest.readers.containers import SEPARATOR
from ingest.removal import remove
from ingest.report import CancelledError, Progress, Report
from ingest.settings import Settings

MOST = 500
"""Most files that wait or are told of; older ones that are done make room."""

_AGAIN = 2.0  # seconds until another writer is asked again
_PASSWORD = "wachtwoord"

log = logging.getLogger(__name__)


class State(StrEnum):
    """How far a file is, as a user reads it."""

    WAITING = "wacht"
    READING = "wordt gelezen"
    DONE = "opgenomen"
    FAILED = "niet opgenomen"
    CANCELLED = "afgebroken"

    @property
    def busy(self) -> bool:
        """Whether something is still to be done."""
        return self in (State.WAITING, State.READING)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a user added.

    Attributes:
        key: Tells it from others.
        name: Its name, made safe.
        place: Where its bytes wait.
        instead: Id of the document that it is to take the place of; "" for none.
        state: How far it is.
        page: Page that is being read; 0 when no page is.
        pages: Number of pages; 0 when unknown.
        messages: What there is to say of it, each a sentence.
        documents: Ids of the documents that came of it.
        locked: Whether it asks for a password.
        password: What opens it.
    """

    key: str
    name: str
    place: Path
    instead: str = ""
    state: State = State.WAITING
    page: int = 0
    pages: int = 0
    messages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    locked: bool = False
    password: str = field(default="", repr=False)


class Intake:
    """Takes files in, changes what is known of documents, and takes documents out."""

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        analyzer: TermAnalyzer,
        changed: Callable[[], Mapping[str, IndexedDocument]],
    ) -> None:
        """Prepare; what a former program left half done is cleared.

        Args:
            settings: Where documents and index are.
            embedder: The model.
            analyzer: The analyzer.
            changed: Called when the index has changed; gives its documents.
        """
        self._settings = settings
        self._embedder = embedder
        self._analyzer = analyzer
        self._changed = changed
        self._originals = Originals(settings.originals)
        self._originals.clear()
        self._uploads: dict[str, Upload] = {}
        self._cancelled: set[str] = set()
        self._stopped: set[str] = set()
        self._orders: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._told = ""
        self._number = 0
        self._busy = 0

    # What users ask

    def incoming(self) -> Path:
        """A place for the bytes of a file that comes in.

        Raises:
            IndexingError: If there is no room to write.
        """
        return self._originals.incoming()

    def add(self, place: Path, name: str, instead: str = "") -> Upload:
        """Put a file in line.

        Args:
            place: Where its bytes are; `incoming` gave it.
            name: As the browser gave it.
            instead: Id of the document that it is to take the place of; "" for none.
        """
        upload = Upload(secrets.token_urlsafe(9), safe_name(name), place, instead)
        with self._lock:
            self._uploads[upload.key] = upload
            done = [key for key, one in self._uploads.items() if not one.state.busy]
            for key in done[: max(0, len(self._uploads) - MOST)]:
                del self._uploads[key]
        self._order(self._take_in)
        return upload

    def cancel(self, key: str) -> None:
        """Stop with a file that waits or is read; all of them for ""."""
        with self._lock:
            for one in self._uploads.values():
                if one.state.busy and key in ("", one.key):
                    self._cancelled.add(one.key)

    def unlock(self, key: str, password: str) -> None:
        """Try a file again with a password."""
        with self._lock:
            upload = self._uploads.get(key)
            if upload is None or not upload.locked or not upload.place.is_file():
                return
            self._uploads[key] = replace(
                upload, state=State.WAITING, locked=False, password=password, messages=()
            )
        self._order(self._take_in)

    def dismiss(self, key: str) -> None:
        """Say no more of a file; of all that are done for ""."""
        with self._lock:
            for one in list(self._uploads.values()):
                if not one.state.busy and key in ("", one.key):
                    with suppress(OSError):
                        one.place.unlink(missing_ok=True)
                    del self._uploads[one.key]

    def describe(self, document: IndexedDocument, values: Mapping[str, str]) -> None:
        """Change what the catalog says of a document, and bring the index in line with that."""
        self._order(lambda: self._describe(document, values), texts.DOCUMENT_CHANGING)

    def remove(self, document: IndexedDocument) -> None:
        """Take a document out, with the file that was added here."""
        self._order(lambda: self._remove(document), texts.DOCUMENT_REMOVING)

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """What there is to tell of files, in the order in which they came."""
        with self._lock:
            return tuple(self._uploads.values())

    @property
    def told(self) -> str:
        """The latest there is to say of anything else."""
        return self._told

    @property
    def number(self) -> int:
        """Changes whenever the documents have."""
        return self._number

    @property
    def busy(self) -> bool:
        """Whether something is still to be done."""
        return self._busy > 0

    def close(self) -> None:
        """Stop after what is being done, and wait for that."""
        self.cancel("")
        self._orders.put(None)
        if self._thread is not None:
            self._thread.join(60)

    # The one that does it

    def _order(self, order: Callable[[], None], told: str = "") -> None:
        with self._lock:
            self._busy += 1
            self._told = told or self._told
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
                self._thread.start()
        self._orders.put(order)

    def _work(self) -> None:
        while order := self._orders.get():
            try:
                order()
            except IngestError as error:
                self._told = str(error)
            except Exception:
                # Anything else is a fault of ours; the files that come after must not wait for it.
                log.exception("Een opdracht voor de documenten liep vast")
                self._told = texts.DOCUMENT_FAULT
            finally:
                self._busy -= 1

    def _take_in(self) -> None:
        """Take in all that waits."""
        waiting = [one for one in self.uploads if one.state is State.WAITING]
        batch: dict[str, Upload] = {}
        for one in waiting:
            if one.key in self._cancelled:
                self._end(one, State.CANCELLED)
            elif one.name not in batch:  # a second one of that name is its next version
                batch[one.name] = one
        if not batch:
            return
        if len(batch) < len(waiting):
            self._order(self._take_in)
        known = set(self._changed())
        for one in batch.values():
            self._place(one)
        instead = {one.name: one.instead for one in batch.values() if one.instead}
        try:
            report = self._ingest(batch, instead)
        except IngestError as error:
            for one in batch.values():
                self._fail(one, (str(error),))
            raise
        documents = self._changed()
        self._number += 1
        for one in batch.values():
            self._tell(one, report, documents, known)

    def _place(self, upload: Upload) -> None:
        """Make a document of it, described as the one that it takes the place of was."""
        digest = _digest(upload.place)
        self._originals.let_in(digest)
        self._originals.place(upload.place, upload.name)
        given = {}
        old = self._changed().get(upload.instead)
        if old is not None and old.document.file != upload.name:
            given = dict(self._catalog(old).get(old.document.file, {}))
        if upload.password:
            given[PASSWORD] = upload.password
        if given:
            before = self._catalog(None).get(upload.name, {})
            path = self._originals.folder / CATALOG_FILE
            change_entry(path, upload.name, {**before, **given})

    def _ingest(self, batch: Mapping[str, Upload], instead: Mapping[str, str]) -> Report:
        """Bring the index in line, wait for another writer if there is one, and tell how far."""

        def follow(progress: Progress) -> None:
            upload = batch.get(progress.document.partition(SEPARATOR)[0])
            if upload is None:
                return
            if upload.key in self._cancelled and not progress.outcome:
                self._stopped.add(upload.key)
                raise CancelledError
            if not progress.outcome:
                self._update(upload, state=State.READING, page=progress.page, pages=progress.pages)

        while True:
            try:
                return ingest(
                    self._settings,
                    instead=instead,
                    progress=follow,
                    embedder=self._embedder,
                    analyzer=self._analyzer,
                    readers=ReaderProcess(),
                )
            except IndexLockedError as error:
                if all(one.key in self._cancelled for one in batch.values()):
                    raise
                for one in batch.values():
                    self._update(one, messages=(str(error),))
                time.sleep(_AGAIN)

    def _tell(
        self,
        upload: Upload,
        report: Report,
        documents: Mapping[str, IndexedDocument],
        known: set[str],
    ) -> None:
        """Say what came of a file."""
        place = str(self._originals.folder / upload.name)
        failures = tuple(
            message
            for file, message in report.failed.items()
            if file == place or file.startswith(place + SEPARATOR)
        )
        came = tuple(name for name, one in documents.items() if _is_of(one, upload.name))
        about = tuple(f"{start}{upload.name}{end}" for start in ("", "Van ") for end in " /")
        notes = tuple(note for note in report.notes if note.startswith(about))
        if upload.key in self._stopped:
            self._update(upload, place=self._put_back(upload))
            self._end(upload, State.CANCELLED)
            if set(came) - known:  # parts of an archive that were read before
                self._order(self._renew)
        elif not came or place in report.failed:
            self._fail(upload, failures or notes or (texts.DOCUMENT_NOTHING,))
        else:
            self._originals.settle(upload.name, taken=True)
            twin = [one for one in came if documents[one].document.file != upload.name]
            if twin and upload.name in documents[twin[0]].document.names:
                title = documents[twin[0]].document.title
                notes = (texts.DOCUMENT_TWIN.format(title=title), *notes)
            own = tuple(note for name in came for note in documents[name].notes)
            told = tuple(dict.fromkeys((*failures, *notes, *own)))
            self._update(upload, state=State.DONE, messages=told, documents=came, page=0)

    def _fail(self, upload: Upload, messages: Sequence[str]) -> None:
        locked = any(_PASSWORD in message for message in messages)
        place = self._put_back(upload)
        self._update(
            upload,
            state=State.FAILED,
            messages=tuple(messages),
            locked=locked and upload.name.lower().endswith(".pdf"),
            place=place,
            password="",
            page=0,
        )

    def _put_back(self, upload: Upload) -> Path:
        """Take its file out again; the former version, if any, stands there once more."""
        if not (self._originals.folder / upload.name).is_file():
            return upload.place
        place = self._originals.take_back(upload.name)
        if not (self._originals.folder / upload.name).exists():
            change_entry(self._originals.folder / CATALOG_FILE, upload.name, None)
        return place

    def _end(self, upload: Upload, state: State) -> None:
        with suppress(OSError, KeyError):
            self._uploads[upload.key].place.unlink(missing_ok=True)
        self._update(upload, state=state, page=0)

    def _update(self, upload: Upload, **values: object) -> None:
        with self._lock:
            if upload.key in self._uploads:
                self._uploads[upload.key] = replace(self._uploads[upload.key], **values)  # type: ignore[arg-type]

    def _describe(self, document: IndexedDocument, values: Mapping[str, str]) -> None:
        about = document.document
        kept = self._catalog(document).get(about.file, {})
        if PASSWORD in kept:
            values = {**values, PASSWORD: kept[PASSWORD]}
        change_entry(self._folder(document) / CATALOG_FILE, about.file, values)
        report = self._bring_in_line()
        failed = " ".join(report.failed.values())
        self._told = failed or texts.DOCUMENT_CHANGED.format(title=values.get("title", about.file))

    def _renew(self) -> None:
        self._bring_in_line()

    def _bring_in_line(self) -> Report:
        report = self._ingest({}, {})
        self._changed()
        self._number += 1
        return report

    def _remove(self, document: IndexedDocument) -> None:
        report = remove(self._settings, document.document.id, leave_out=True)
        self._changed()
        self._number += 1
        told = texts.DOCUMENT_REMOVED.format(title=document.document.title)
        self._told = " ".join((told, *report.notes, *report.failed.values()))

    def _folder(self, document: IndexedDocument | None) -> Path:
        """The folder whose catalog describes a document."""
        file = document.document.file.partition(SEPARATOR)[0] if document else ""
        added = document is None or (self._originals.folder / file).is_file()
        return self._originals.folder if added else self._settings.corpus

    def _catalog(self, document: IndexedDocument | None) -> Mapping[str, Mapping[str, str]]:
        return load_catalog(self._folder(document)).entries


def _is_of(document: IndexedDocument, name: str) -> bool:
    """Whether a document came of a file: it is that, or was inside it, or has the same bytes."""
    about = document.document
    return name in (about.file.partition(SEPARATOR)[0], *about.names)


def _digest(path: Path) -> str:
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
