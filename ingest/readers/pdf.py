"""PDF: the text page by page, with the physical number and the printed label of each page."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pypdf import PageObject, PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from ingest.documents import Page, Reading
from ingest.errors import ReadingError
from ingest.readers.job import OUT_OF_MEMORY, Job

PAGE_BREAK = "\n\n"
NO_TEXT = "geen tekst: gescand of leeg"
DAMAGED = "beschadigd"

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
    struct.error,
    zlib.error,
)


def read(job: Job) -> Reading:
    """Read a PDF.

    A page that holds no text, or is damaged, does not cost the rest: it is listed in `unread`.
    Running headers and footers and lone page numbers are left out: they would break sentences
    that run on over a page.

    Args:
        job: The file.

    Returns:
        The pages' texts joined by an empty line, and where each page lies.

    Raises:
        ReadingError: If the file is encrypted, damaged, without pages, or without text.
    """
    try:
        return _read(job)
    except FileNotDecryptedError as error:
        raise _encrypted(job) from error
    except _DAMAGE as error:
        raise job.refuse(
            "is geen gave PDF: het bestand is beschadigd of niet volledig. Haal het opnieuw op, of "
            "sla het opnieuw op als PDF."
        ) from error


def _read(job: Job) -> Reading:
    reader = PdfReader(job.stream)
    _refuse_encrypted(reader, job)
    if not reader.pages:
        raise job.refuse("heeft geen pagina's. Haal het document opnieuw op.")
    if len(reader.pages) > job.limits.pages:
        raise job.refuse(
            f"heeft {len(reader.pages)} pagina's; meer dan {job.limits.pages} worden niet in één "
            "keer gelezen. Splits het in delen."
        )
    texts, problems = [], []
    for number, page in enumerate(reader.pages, start=1):
        text, problem = _page_text(job, number, page)
        texts.append(text)
        problems.append(problem)
    labels = _labels(reader, len(texts))
    texts = _without_running_lines(texts, labels)
    problems = [
        problem or ("" if text.strip() else NO_TEXT)
        for text, problem in zip(texts, problems, strict=True)
    ]
    return _join(job, texts, labels, problems, _title(reader))


def _refuse_encrypted(reader: PdfReader, job: Job) -> None:
    # Many files are encrypted with an empty password, only to forbid printing; those open.
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(job)


def _encrypted(job: Job) -> ReadingError:
    return job.refuse(
        "is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en probeer het opnieuw."
    )


def _page_text(job: Job, number: int, page: PageObject) -> tuple[str, str]:
    """The text of a page, or why there is none; a damaged page does not cost the rest."""
    problem = job.problem_with(number)
    if problem:
        return "", problem
    try:
        text = _normalise(page.extract_text())
    except _DAMAGE:
        return "", DAMAGED
    except MemoryError:
        return "", OUT_OF_MEMORY
    return text, ""


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


def _join(
    job: Job, texts: Sequence[str], labels: Sequence[str], problems: Sequence[str], title: str
) -> Reading:
    pages: list[Page] = []
    offset = 0
    for number, (text, label, problem) in enumerate(
        zip(texts, labels, problems, strict=True), start=1
    ):
        end = offset + len(text)
        read_by = "" if problem else "pypdf"
        pages.append(Page(number, label, offset, end, read_by, problem))
        offset = end + len(PAGE_BREAK)
    unread = tuple(page.number for page in pages if page.problem)
    if len(unread) == len(pages):
        raise job.refuse(_nothing_read(problems))
    return Reading(PAGE_BREAK.join(texts), tuple(pages), unread, title)


def _nothing_read(problems: Sequence[str]) -> str:
    if set(problems) == {NO_TEXT}:
        return (
            "bevat geen tekst: de pagina's zijn gescand of leeg. Maak er eerst doorzoekbare tekst "
            "van (OCR)."
        )
    whys = ", ".join(dict.fromkeys(problems))
    return (
        f"is niet te lezen: op geen enkele pagina komt er tekst uit ({whys}). Haal het opnieuw op."
    )
