"""The letters that are being answered on the page: read in the background, kept in memory."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import AssistantError
from assistant.page import texts
from assistant.reply.findings import Searchable, answerer, find_answers
from assistant.reply.renew import renew
from assistant.reply.saved import municipality_in, open_work
from assistant.reply.work import Work, begin
from ingest.errors import IngestError

MOST = 100
"""Letters that are kept, over all users; the oldest make room."""
SAVED_SUFFIX = ".json"

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Job:
    """A letter on the page.

    Attributes:
        key: Its key, which cannot be guessed.
        name: Name of its file.
        work: The officer's work; None until it was read, or when it could not be.
        problem: Why it could not be read, in Dutch; "" when it could.
        done: Points that were searched for.
        total: Points in all; 0 until they are known.
        chosen: Index of the item that is shown.
        splitting: Whether the user is choosing where to split it.
        renewing: Whether its evidence is being searched for again.
        remark: What the user should know of the last search, in Dutch; "" for nothing.
        lock: Held while the work is replaced.
    """

    key: str
    name: str
    work: Work | None = None
    problem: str = ""
    done: int = 0
    total: int = 0
    chosen: int = 0
    splitting: bool = False
    renewing: bool = False
    remark: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def busy(self) -> bool:
        """Whether it is still being read, or searched for again."""
        return self.renewing or (self.work is None and not self.problem)


class LetterDesk:
    """Letters by key. Safe between threads."""

    def __init__(self) -> None:
        """Begin without letters."""
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Job | None:
        """The letter with this key; None when it is unknown or had to make room."""
        with self._lock:
            return self._jobs.get(key)

    def add(self, assistant: Searchable, name: str, content: bytes, municipality: str) -> Job:
        """Begin to read a letter, or work that was saved.

        Args:
            assistant: Searches the documents.
            name: Name of the file; its suffix tells the format.
            content: Its bytes.
            municipality: The municipality that answers; "" for the one in the letter.
        """
        job = Job(secrets.token_urlsafe(16), Path(name).name or "brief")
        with self._lock:
            self._jobs[job.key] = job
            while len(self._jobs) > MOST:
                self._jobs.popitem(last=False)
        thread = threading.Thread(
            target=_read, args=(job, assistant, content, municipality), daemon=True
        )
        thread.start()
        return job

    def renew(self, job: Job, assistant: Searchable, municipality: str) -> None:
        """Begin to search for the evidence of a letter again; what the user did is kept.

        Args:
            job: The letter; one that is busy stays as it is.
            assistant: Searches the documents.
            municipality: The municipality that answers, or "".
        """
        with job.lock:
            if job.busy or job.work is None:
                return
            job.renewing, job.done, job.total = True, 0, len(job.work.items)
        thread = threading.Thread(
            target=_renew, args=(job, job.work, assistant, municipality), daemon=True
        )
        thread.start()


def _renew(job: Job, work: Work, assistant: Searchable, municipality: str) -> None:
    """Search again; where that goes wrong the work stays as it was, and the user is told."""

    def progress(done: int, total: int) -> None:
        job.done, job.total = done, total

    job.remark = ""
    try:
        job.work = renew(work, municipality, answerer(assistant, municipality), progress)
    except (AssistantError, IngestError) as error:
        job.remark = str(error)
    except Exception as error:
        # As below: the user must not wait for ever.
        log.exception("Er kon niet opnieuw worden gezocht")
        job.remark = texts.LETTER_NOT_RENEWED.format(error=type(error).__name__)
    finally:
        job.renewing = False


def _read(job: Job, assistant: Searchable, content: bytes, municipality: str) -> None:
    """Read a letter into its job; what goes wrong is told there."""

    def progress(done: int, total: int) -> None:
        job.done, job.total = done, total

    try:
        job.work = _work(job.name, assistant, content, municipality, progress)
    except (AssistantError, IngestError) as error:
        job.problem = str(error)
    except Exception as error:
        # Anything else is a fault of ours; the user still must not wait for ever.
        log.exception("De brief kon niet worden gelezen")
        job.problem = texts.LETTER_UNEXPECTED.format(error=type(error).__name__)


def _work(
    name: str, assistant: Searchable, content: bytes, municipality: str, progress: Progress
) -> Work:
    opened = assistant.opened
    if Path(name).suffix.lower() == SAVED_SUFFIX:
        answer = answerer(assistant, municipality_in(content))
        known = opened.register.municipalities
        return open_work(content, known, opened.scorer.terms, answer, progress)
    with TemporaryDirectory() as folder:
        # The name comes from outside: only its suffix says anything here.
        path = Path(folder) / f"brief{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return begin(find_answers(assistant, path, municipality, progress, name=name))
