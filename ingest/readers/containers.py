"""Files that hold other files: messages with attachments, and archives.

What a container holds is never written to disk: a member is read from the bytes of its container,
so that a name such as "../x" leads nowhere.
"""

from __future__ import annotations

import hashlib
import importlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, cast

from ingest.errors import ReadingError
from ingest.readers.formats import ARCHIVE, Format, format_of, recognise, why_not
from ingest.readers.job import Job

SEPARATOR = "/"
"""Between the name of a container and that of its member: "bundel.zip/nota.pdf"."""
_DEEPEST = 4  # containers inside each other


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside a container.

    Attributes:
        inside: The names to go by, from the outermost container inwards.
        sha256: Hex digest of its bytes.
    """

    inside: tuple[str, ...]
    sha256: str


@dataclass(slots=True)
class Contents:
    """What a container holds.

    Attributes:
        members: The documents in it that can be read, also those in messages inside it.
        refused: Name to message, for each that may be a document but is not opened.
        notes: Remarks for the user, about what is no document.
    """

    members: list[Member] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a container.

    Attributes:
        name: Its name there; no two have the same.
        load: Gives its bytes; raises ReadingError where it is damaged, encrypted or a bomb.
        refused: Why it is not looked at, after its name; "" for what may be.
        by_the_way: Whether it may be passed over without a word: a picture in a signature.
    """

    name: str
    load: Callable[[], bytes]
    refused: str = ""
    by_the_way: bool = False


class Container(Protocol):
    """Looks into one format: the function `members` of its module."""

    def __call__(self, job: Job) -> Iterator[Found]:
        """Everything in the container, in its own order.

        Raises:
            ReadingError: If it cannot be opened.
        """
        ...


def contents(job: Job, form: Format) -> Contents:
    """Look into a container and the containers in it.

    Args:
        job: The file.
        form: Its format.

    Raises:
        ReadingError: If it cannot be opened.
    """
    found = Contents()
    _look_into(job, form, (), found, [form])
    return found


def opened(job: Job, form: Format, inside: Sequence[str]) -> Job:
    """The job of reading a member.

    Args:
        job: The container.
        form: Its format.
        inside: The names to go by.

    Raises:
        ReadingError: If it is not there, or cannot be opened.
    """
    for name in inside:
        found = next((f for f in _members(job, form) if f.name == name and not f.refused), None)
        if found is None:
            raise job.refuse(f"bevat '{name}' niet meer. Neem het bestand opnieuw op.")
        job = _inner(job, found, found.load())
        form = _form(job) or form
    return job


def _members(job: Job, form: Format) -> Iterator[Found]:
    module = importlib.import_module(f"ingest.readers.{form.module}")
    return cast(Container, module.members)(job)


def _inner(job: Job, found: Found, data: bytes) -> Job:
    return replace(job, name=f"{job.name}{SEPARATOR}{found.name}", stream=io.BytesIO(data))


def _form(job: Job) -> Format | None:
    """The format of a member: what it shows, or else what its name promises."""
    shown = recognise(job.stream)
    return shown if shown is not None else format_of(job.name)


def _look_into(
    job: Job, form: Format, inside: tuple[str, ...], contents: Contents, around: list[Format]
) -> None:
    for found in _members(job, form):
        name = f"{job.name}{SEPARATOR}{found.name}"
        try:
            if found.refused:
                raise ReadingError(f"{name} {found.refused}")
            _take(_inner(job, found, found.load()), (*inside, found.name), contents, around)
        except _NoDocumentError:
            if not found.by_the_way:
                contents.notes.append(f"{name} {why_not(name)}")
        except ReadingError as error:
            contents.refused[name] = str(error)


class _NoDocumentError(Exception):
    """A member is of a sort that is not read."""


def _take(job: Job, inside: tuple[str, ...], contents: Contents, around: list[Format]) -> None:
    """Note a member, and look into it where it holds others."""
    form = _form(job)
    if form is None or not form.module:
        raise _NoDocumentError
    if form is ARCHIVE and ARCHIVE in around:
        raise job.refuse(
            "is een archief in een archief en is niet geopend. Pak het uit en bied de bestanden "
            "zelf aan."
        )
    if len(inside) > _DEEPEST:
        raise job.refuse("zit te diep in andere bestanden. Bied het apart aan.")
    if form.has_text:
        data = job.stream.read()
        job.stream.seek(0)
        contents.members.append(Member(inside, hashlib.sha256(data).hexdigest()))
    if form.holds:
        _look_into(job, form, inside, contents, [*around, form])
