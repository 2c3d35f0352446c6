"""PDF: the text page by page, with the physical number and the printed label of each page."""

from __future__ import annotations

import logging
import re
import struct
import threading
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import IO

from pypdf import PageObject, PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from ingest.documents import Page, Reading
from ingest.errors import ReadingError

PAGE_BREAK = "\n\n"
MOST_SECONDS = 300
"""A file that takes longer is given up, so that it cannot stop a whole run."""

_EDGE_LINES = 3
_REPEATED_ON = 3
_PAGE_COUNT = re.compile(
    r"(?:pagina|blz\.?|p\.)?[ :]*[-–—|]? ?# ?[-–—|]?(?: ?(?:van|/|\|) ?\d{1,4})?", re.IGNORECASE
)
_NO_TITLE = re.compile(r"untitled|naamloos|microsoft word - .*|.*\.(?:docx?|pdf|indd|odt)", re.I)
_Key = tuple[str, int]
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆĳĲ"}
_SOFT_HYPHEN = "\u00ad"

# What pypdf raises for damaged files besides its own errors: it indexes, converts and recurses
# over whatever the file says.
_DAMAGE = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    ArithmeticError,
    NotImplementedError,
    AssertionError,
    MemoryError,
    struct.error,
    zlib.error,
)


def read_pdf(path: Path) -> Reading:
    """Read a PDF.

    A page that holds no text, or is damaged, does not cost the rest: it is listed in `unread`.
    Running headers and footers and lone page numbers are left out: they would break sentences
    that run on over a page.

    Args:
        path: The file.

    Returns:
        The pages' texts joined by an empty line, and where each page lies.

    Raises:
        ReadingError: If the file is empty, encrypted, damaged, without pages, or without text.
        OSError: If it cannot be opened.
    """
    if not path.stat().st_size:
        raise ReadingError(f"{path.name} is leeg. Haal het document opnieuw op.")
    outcome: list[Reading | ReadingError | OSError] = []
    # A thread, because a page can keep pypdf busy for ever and Python cannot break into that. The
    # thread that is given up dies with the program.
    thread = threading.Thread(target=lambda: outcome.append(_attempt(path)), daemon=True)
    thread.start()
    thread.join(MOST_SECONDS)
    if not outcome:
        raise ReadingError(
            f"Het lezen van {path.name} duurt te lang (meer dan {MOST_SECONDS} seconden). "
            "Sla het opnieuw op als PDF, of splits het."
        )
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _attempt(path: Path) -> Reading | ReadingError | OSError:
    """Read the file; an error is handed over, since a thread cannot raise it in another."""
    try:
        with path.open("rb") as stream, _quiet_pypdf():
            return _read(stream, path.name)
    except (ReadingError, OSError) as error:
        return error
    except FileNotDecryptedError:
        return _encrypted(path.name)
    except _DAMAGE:
        return ReadingError(
            f"{path.name} is geen gave PDF: het bestand is beschadigd of niet volledig. "
            "Haal het opnieuw op, of sla het opnieuw op als PDF."
        )


def _read(stream: IO[bytes], name: str) -> Reading:
    reader = PdfReader(stream)
    _refuse_encrypted(reader, name)
    if not reader.pages:
        raise ReadingError(f"{name} heeft geen pagina's. Haal het document opnieuw op.")
    texts = [_page_text(page) for page in reader.pages]
    labels = _labels(reader, len(texts))
    return _join(_without_running_lines(texts, labels), labels, _title(reader), name)


def _refuse_encrypted(reader: PdfReader, name: str) -> None:
    # Many files are encrypted with an empty password, only to forbid printing; those open.
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(name)


def _encrypted(name: str) -> ReadingError:
    return ReadingError(
        f"{name} is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en probeer het "
        "opnieuw."
    )


def _page_text(page: PageObject) -> str:
    """The text of a page; "" for a damaged one, so that it does not cost the rest."""
    try:
        return _normalise(page.extract_text())
    except _DAMAGE:
        return ""


def _normalise(text: str) -> str:
    """Undo what belongs to the typesetting: ligatures, soft hyphens, odd spaces and line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
    # At a line's end a soft hyphen is the hyphen that a reader sees; elsewhere it shows nothing.
    text = re.sub(f"{_SOFT_HYPHEN}[ \t]*(?=\n)", "-", text).replace(_SOFT_HYPHEN, "")
    text = text.replace("\0", "").replace("\u00a0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _labels(reader: PdfReader, pages: int) -> list[str]:
    """Printed labels; the physical numbers where a file's own labels make no sense."""
    try:
        labels = list(reader.page_labels)
    except _DAMAGE:
        labels = []
    if len(labels) != pages:
        labels = [""] * pages
    return [label or str(number) for number, label in enumerate(labels, start=1)]


def _title(reader: PdfReader) -> str:
    """The title that the file states: XMP first, as the newer of the two places."""
    try:
        xmp = reader.xmp_metadata
        titles = list((xmp.dc_title or {}).values()) if xmp else []
        stated = titles[0] if titles else reader.metadata and reader.metadata.title
    except _DAMAGE:
        return ""
    title = " ".join(str(stated or "").split())
    return "" if _NO_TITLE.fullmatch(title) else title


def _without_running_lines(texts: Sequence[str], labels: Sequence[str]) -> list[str]:
    """Leave out running headers and footers, and page numbers."""
    pages = [text.split("\n") for text in texts]
    places: dict[_Key, list[int]] = defaultdict(list)
    for number, (lines, label) in enumerate(zip(pages, labels, strict=True), start=1):
        for key in {key for n in _edges(lines) for key in _keys(lines[n], number, label)}:
            places[key].append(number)
    running = {key for key, numbers in places.items() if _is_run(numbers)}
    return [
        "\n".join(_strip_edges(lines, number, label, running)).strip("\n")
        for number, (lines, label) in enumerate(zip(pages, labels, strict=True), start=1)
    ]


def _edges(lines: Sequence[str]) -> list[int]:
    """Positions of the first and last few lines that hold something."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return sorted({*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]})


def _keys(line: str, number: int, label: str) -> Iterator[_Key]:
    """What this line has in common with the same running line on another page.

    Its digits may differ only where they count pages: "Hoofdstuk 1", "Hoofdstuk 2" on the top of
    pages are no running line.
    """
    text = " ".join(line.split())
    yield text, 0
    for match in re.finditer(r"\d{1,4}", text):
        shape = f"{text[: match.start()]}#{text[match.end() :]}"
        if _PAGE_COUNT.fullmatch(shape):
            yield shape, int(match.group()) - number
        elif match.group() in (str(number), label):
            yield shape, 0


def _is_run(numbers: Sequence[int]) -> bool:
    """Whether enough pages follow each other, or each other's left or right neighbour."""
    length = 1
    for before, after in pairwise(numbers):
        length = length + 1 if after - before <= 2 else 1
        if length >= _REPEATED_ON:
            return True
    return False


def _strip_edges(lines: Sequence[str], number: int, label: str, running: set[_Key]) -> list[str]:
    """Drop running lines from the outside in; the first line that is none ends it."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    own_number = {str(number), label.lower()}
    dropped: set[int] = set()
    for edge in (filled[:_EDGE_LINES], filled[::-1][:_EDGE_LINES]):
        for n in edge:
            bare = lines[n].strip(" -–—|").lower()
            if bare not in own_number and running.isdisjoint(_keys(lines[n], number, label)):
                break
            dropped.add(n)
    return [line for n, line in enumerate(lines) if n not in dropped]


def _join(texts: Sequence[str], labels: Sequence[str], title: str, name: str) -> Reading:
    pages: list[Page] = []
    offset = 0
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), start=1):
        pages.append(Page(number, label, offset, offset + len(text)))
        offset += len(text) + len(PAGE_BREAK)
    unread = tuple(page.number for page, text in zip(pages, texts, strict=True) if not text.strip())
    if len(unread) == len(pages):
        raise ReadingError(
            f"Uit {name} komt geen tekst: de pagina's zijn gescand of beschadigd. Haal het "
            "document opnieuw op, of maak er eerst doorzoekbare tekst van (OCR)."
        )
    return Reading(PAGE_BREAK.join(texts), tuple(pages), unread, title)


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """Keep pypdf's remarks about sloppy files off the screen while it reads."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
