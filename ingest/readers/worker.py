"""The process that reads: ``python -m ingest.readers.worker``, started by `ReaderProcess`.

The first line on its input holds the limits; each further line asks for a file.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path, PurePath
from typing import IO, Any, cast

from ingest.documents import Reading
from ingest.errors import ReadingError
from ingest.readers.containers import Contents, contents, opened
from ingest.readers.formats import Format, format_of, recognise, text_instead, why_not
from ingest.readers.job import Job, Reader
from ingest.readers.limits import MEGABYTE, Limits, limit_process, limit_time, memory_used
from ingest.readers.messages import (
    BYTES,
    CONTENTS,
    MEMORY,
    PAGE,
    PAGES,
    READING,
    REFUSED,
    SCANS,
    decode,
    encode,
    from_bytes,
    from_reading,
)

# A process that has grown is replaced, so that one large file does not cost memory for ever.
_HALF = re.compile("[\ud800-\udfff]")
_GROWN = 250 * MEGABYTE


def main() -> None:
    """Read what is asked for until the input ends."""
    questions, answers = _channels()
    # Ctrl-C is for the process that asks; this one ends when its input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = Limits(**decode(questions.readline()))
    sys.dont_write_bytecode = True
    logging.disable()
    limit_process(limits)
    # A file makes millions of small objects, nearly none of which refer back to each other.
    gc.set_threshold(200_000, 20, 100)
    for line in questions:
        _say(answers, _answer(decode(line), limits, answers))
        if memory_used() > _GROWN:
            return


def _channels() -> tuple[IO[bytes], IO[bytes]]:
    """Input and output of our own; what a library prints goes nowhere."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return questions, answers


def _say(answers: IO[bytes], message: dict[str, Any]) -> None:
    answers.write(encode(message))
    answers.flush()


def _answer(question: dict[str, Any], limits: Limits, answers: IO[bytes]) -> dict[str, Any]:
    def report(page: int, pages: int, scans: int) -> None:
        limit_time(2 * limits.silence + limits.seconds_a_scan * (scans > 0))
        _say(answers, {PAGE: page, PAGES: pages, SCANS: scans})

    limit_time(2 * limits.seconds)
    path, inside = Path(question["path"]), question["inside"]
    name = "/".join((path.name, *inside))
    try:
        with path.open("rb") as stream:
            job = Job(path.name, stream, limits, question["password"], report=report)
            job.skip = dict(question["skip"])
            if question["wanted"] == CONTENTS:
                return {CONTENTS: asdict(look_into(job))}
            if question["wanted"] == BYTES:
                return {BYTES: from_bytes(taken(job, inside))}
            return {READING: from_reading(read(job, inside))}
    except ReadingError as error:
        return {REFUSED: str(error)}
    except OSError as error:
        return {REFUSED: f"{name} is niet te openen: {error.strerror or error}. {_LOOK}"}
    except MemoryError:
        return {MEMORY: True}
    except Exception:  # noqa: BLE001 - whatever a library raises over a damaged file
        return {REFUSED: f"{name} is beschadigd of niet volledig. Haal het opnieuw op."}


_LOOK = "Kijk of het bestand er nog staat en of u het mag lezen."


def look_into(job: Job) -> Contents:
    """Tell what a container holds.

    Raises:
        ReadingError: If it is too large, or cannot be opened.
    """
    _refuse_size(job)
    form, _ = _format(job)
    return contents(job, form) if form.holds else Contents()


def taken(job: Job, inside: Sequence[str]) -> bytes:
    """The bytes of a member of a container.

    Raises:
        ReadingError: If it is too large, or not there.
    """
    return _opened(job, inside).stream.read()


def _opened(job: Job, inside: Sequence[str]) -> Job:
    """The file, or the member of it; neither is too large."""
    _refuse_size(job)
    if inside:
        job = opened(job, _format(job)[0], inside)
        _refuse_size(job)
    return job


def read(job: Job, inside: Sequence[str] = ()) -> Reading:
    """Read a file with the reader of its format.

    Args:
        job: The file.
        inside: Where it is a container: the names of the member to read.

    Raises:
        ReadingError: If it is too large, or its reader cannot make sense of it.
    """
    job = _opened(job, inside)
    form, note = _format(job)
    if not form.has_text:
        raise job.refuse("is een archief: neem op wat erin zit.")
    reading = _reader_of(form)(job)
    if len(reading.text) > job.limits.characters:
        raise job.refuse("bevat te veel tekst om in één keer te lezen. Splits het in delen.")
    # Half a character cannot be stored; the length stays, so that all offsets hold.
    text, title = (_HALF.sub("\ufffd", part) for part in (reading.text, reading.title))
    form_name = form.name.partition(" ")[2] if form.name.startswith("een ") else form.name
    return replace(reading, text=text, title=title, format=form_name, notes=(*note, *reading.notes))


def _refuse_size(job: Job) -> None:
    size = job.stream.seek(0, os.SEEK_END)
    job.stream.seek(0)
    if not size:
        raise job.refuse("is leeg. Haal het document opnieuw op.")
    if size > job.limits.file_bytes:
        most = job.limits.file_bytes // MEGABYTE
        raise job.refuse(f"is te groot: meer dan {most} MB. Splits het in delen.")


def _format(job: Job) -> tuple[Format, tuple[str, ...]]:
    """The format to read a file as, and a remark where its name promises another one."""
    promised, shown = format_of(job.name), recognise(job.stream)
    if promised is not None and shown is None:
        shown = text_instead(promised, job.stream)
    if promised is None:
        raise job.refuse(why_not(job.name))
    if shown is None or shown is promised:
        return promised, ()
    suffix = PurePath(job.name).suffix
    if not shown.module:
        named = "" if suffix.lower() in shown.suffixes else f"heet {suffix} maar "
        raise job.refuse(f"{named}is {shown.name}. {shown.advice}")
    if not shown.has_text or not promised.has_text:
        raise job.refuse(
            f"heet {suffix} maar is {shown.name}. Geef het de uitgang {shown.suffixes[0]}."
        )
    return shown, (f"{job.name} heet {suffix} maar is {shown.name}; het is als zodanig gelezen.",)


def _reader_of(form: Format) -> Reader:
    """The reader of a format; its module is loaded when it is first needed."""
    module = importlib.import_module(f"ingest.readers.{form.module}")
    return cast(Reader, module.read)


if __name__ == "__main__":
    main()
