"""What a reader gets, and what it gives: the interface of every format."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from ingest.documents import Reading
from ingest.errors import ReadingError
from ingest.readers.limits import Limits

OUT_OF_TIME = "het lezen duurde te lang"
OUT_OF_MEMORY = "het lezen vroeg te veel geheugen"
CRASHED = "het lezen liep vast"


@dataclass(slots=True)
class Job:
    """One file to read.

    Attributes:
        name: Its name as the user knows it, for messages.
        stream: Its bytes, at their start; can be sought in.
        limits: What reading it may cost.
        password: What opens it; "" when none was given.
        skip: Pages that are to be passed over, with why, in words for the user.
        report: Told the number of each page before it is read, how many there are, and how many
            scans were begun.
        pages: How many pages there are; 0 as long as that is not known.
        scans: How many scans were begun.
        vain: Seconds spent on the last scans in a row of which nothing was recognised.
    """

    name: str
    stream: BinaryIO
    limits: Limits = field(default_factory=Limits)
    password: str = ""
    skip: Mapping[int, str] = field(default_factory=dict)
    report: Callable[[int, int, int], None] = lambda page, pages, scans: None
    pages: int = 0
    scans: int = 0
    vain: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def problem_with(self, page: int) -> str:
        """Say that a page comes next, and hear why it is to be passed over.

        Args:
            page: Its physical number.

        Returns:
            "" for a page that is to be read; else why not: it went wrong before, or the time is up.
        """
        self.beat(page)
        if page in self.skip:
            return self.skip[page]
        allowed = self.limits.seconds + page * self.limits.seconds_a_page
        allowed += self.scans * self.limits.seconds_a_scan
        return OUT_OF_TIME if time.monotonic() - self.began > allowed else ""

    def beat(self, page: int) -> None:
        """Give a sign of life while a page is read."""
        self.report(page, self.pages, self.scans)

    def refuse(self, why: str) -> ReadingError:
        """The error that this file cannot be read.

        Args:
            why: What is wrong and what to do, after the name: "is leeg. Haal het opnieuw op."
        """
        return ReadingError(f"{self.name} {why}")


class Reader(Protocol):
    """Reads one format: the function `read` of its module."""

    def __call__(self, job: Job) -> Reading:
        """Read the file.

        Raises:
            ReadingError: If nothing of it can be read; the message says why and what to do.
        """
        ...
