"""Scans: pages that are pictures, read by Tesseract where the machine has it with its Dutch data.

Tesseract runs as a process of its own, on what pdfium draws of the page: nothing of the file itself
reaches it. It inherits the limits of the reading process, gets a time limit, and writes no file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pypdfium2

TESSERACT = "tesseract"
LANGUAGE = "nld"

_DOTS = 300  # to an inch: what Tesseract is made for
_MOST_DOTS = 20_000_000  # of one page; a poster is drawn more coarsely
_POINTS = 72  # to an inch, in a PDF
_BEAT = 3.0  # seconds between two signs of life
_START = 10.0  # seconds in which Tesseract tells what it can
_WORD, _COLUMNS = "5", 12  # of the table that it writes: the level of a word; its columns
_LEAST = 0.4
"""Mean certainty below which what was recognised says nothing."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page.

    Attributes:
        text: Its lines; paragraphs stand apart by an empty line.
        confidence: How sure Tesseract is of its letters on average, in [0, 1].
    """

    text: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether it says anything."""
        return bool(self.text.strip()) and self.confidence >= _LEAST


@cache
def recogniser() -> str:
    """The program that reads scans here, with its version; "" where there is none for Dutch."""
    program = shutil.which(TESSERACT)
    if program is None or LANGUAGE not in _told(program, "--list-langs").split():
        return ""
    return " ".join(_told(program, "--version").split()[:2])


def _told(program: str, question: str) -> str:
    try:
        answer = subprocess.run(
            [program, question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_START,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.decode(errors="replace")


def recognise_page(
    page: pypdfium2.PdfPage, seconds: float, beat: Callable[[], None]
) -> Recognised | None:
    """Recognise the text of a page.

    Args:
        page: The page.
        seconds: How long that may take.
        beat: Called every few seconds meanwhile.

    Returns:
        What was recognised; None when Tesseract fails or takes too long.
    """
    command = [TESSERACT, "stdin", "stdout", "-l", LANGUAGE, "--psm", "1", "--dpi", str(_DOTS)]
    picture = _drawn(page)
    try:
        process = subprocess.Popen(
            [*command, "tsv"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads only wait for each other
        )
    except OSError:
        return None
    stop = threading.Timer(seconds, process.kill)
    stop.start()
    try:
        table = _answer(process, picture, beat)
    finally:
        stop.cancel()
        process.kill()
        process.wait()
    return None if table is None else _read(table)


def _answer(
    process: subprocess.Popen[bytes], picture: bytes, beat: Callable[[], None]
) -> bytes | None:
    """What Tesseract writes; None when it did not come to an end."""
    given: bytes | None = picture
    while True:
        try:
            table, _ = process.communicate(given, timeout=_BEAT)
        except subprocess.TimeoutExpired:
            given = None
            beat()
        else:
            return table if process.returncode == 0 else None


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    """A page as a picture in grey: a PGM file."""
    width, height = page.get_size()
    dots = max(width * height, 1) * (_DOTS / _POINTS) ** 2
    scale = _DOTS / _POINTS * min(1.0, (_MOST_DOTS / dots) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        data, stride = bytes(bitmap.buffer), bitmap.stride
        rows = (data[n * stride : n * stride + bitmap.width] for n in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
    finally:
        bitmap.close()


def _read(table: bytes) -> Recognised:
    """The text in Tesseract's table: one row a word, with its block, paragraph and line."""
    lines: dict[tuple[str, ...], list[str]] = {}
    sure = size = 0.0
    for row in table.decode("utf-8", errors="replace").split("\n"):
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD or not cells[-1].strip():
            continue
        word = cells[-1].strip()
        lines.setdefault(tuple(cells[2:5]), []).append(word)
        sure += float(cells[10]) * len(word)
        size += 100.0 * len(word)
    text, before = "", None
    for place, words in lines.items():
        gap = "" if before is None else "\n" if place[:2] == before[:2] else "\n\n"
        text += gap + " ".join(words)
        before = place
    return Recognised(text, sure / size if size else 0.0)
