"""PDF: the text page by page, with the physical number and the printed label of each page.

Each page is taken out with pypdf; where pdfium's text of it is measurably better, with pdfium
(`pdf_quality` says how that is measured). pdfium also tells where everything stands: which lines
are columns, rows of a table, footnotes or running headers.
"""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2
from pypdf import PageObject, PdfReader
from pypdf.errors import DeprecationError, FileNotDecryptedError, PyPdfError

from ingest.documents import Reading
from ingest.errors import ReadingError
from ingest.readers.blocks import stated_title
from ingest.readers.job import OUT_OF_MEMORY, Job
from ingest.readers.pdf_columns import in_reading_order
from ingest.readers.pdf_forms import filled_in
from ingest.readers.pdf_geometry import Geometry
from ingest.readers.pdf_lines import lines_of, normalised
from ingest.readers.pdf_outline import Entry, outline_of
from ingest.readers.pdf_quality import BETTER, is_nonsense, quality, reads_as_words
from ingest.readers.pdf_running import PageLines, without_running_lines
from ingest.readers.pdf_tables import find_grids, is_inside
from ingest.readers.pdf_text import BLANK, NO_TEXT, SCANNED, PageText, join, structured
from ingest.readers.scans import TESSERACT, recognise_page, recogniser

PYPDF, PDFIUM = "pypdf", "pypdfium2"
MOSTLY_IMAGE = "vooral beeld, dat niet gelezen is"
DAMAGED = "beschadigd"
UNREADABLE = "de tekens zijn niet te ontcijferen"
NOT_RECOGNISED = "herkennen lukte niet"

_SCAN_SHARE = 0.5  # of a page that a picture covers, when it is a scan
_PICTURE_SHARE = 0.05  # of a page without text, when the picture is what it holds
_MOST_NAMED = 10  # attachments
_LONGEST_NAME = 100  # characters of one's name
_NOISE = 60  # letters and digits; fewer on a scan are specks, or a heading above a picture

# What pypdf raises for damaged files besides its own errors: it indexes, converts and recurses
# over whatever the file says.
_DAMAGE = (
    PyPdfError,
    DeprecationError,
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
    Running headers and footers and page numbers are left out: they would break sentences that run
    on over a page. Words that the end of a line broke in two are joined.

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
    job.pages = len(reader.pages)
    with _second_view(job) as second:
        taken = [
            _take_page(job, number, page, second)
            for number, page in enumerate(reader.pages, start=1)
        ]
    stated = _stated_labels(reader, len(taken))
    pages = without_running_lines(
        [
            PageLines(page.lines, label, page.height)
            for page, label in zip(taken, stated, strict=True)
        ]
    )
    lines = structured([lines for lines, _ in pages], taken, _outline(reader))
    joined = join(job, lines, [label for _, label in pages], taken, _title(reader))
    return replace(joined, notes=(*joined.notes, *_attached(job, reader)))


def _refuse_encrypted(reader: PdfReader, job: Job) -> None:
    # Many files are encrypted with an empty password, only to forbid printing; those open.
    if reader.is_encrypted and not (reader.decrypt("") or reader.decrypt(job.password)):
        raise _encrypted(job)


def _encrypted(job: Job) -> ReadingError:
    if job.password:
        return job.refuse("is beveiligd met een ander wachtwoord. Herstel het in catalog.toml.")
    return job.refuse(
        "is beveiligd met een wachtwoord. Zet het wachtwoord bij dit bestand in catalog.toml, of "
        "sla het op zonder wachtwoord."
    )


# Taking the pages out.


@contextmanager
def _second_view(job: Job) -> Iterator[pypdfium2.PdfDocument | None]:
    """The same file as pdfium opens it; None where it cannot."""
    job.stream.seek(0)
    try:
        document = pypdfium2.PdfDocument(job.stream, password=job.password or None)
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        yield document
    finally:
        document.close()


def _take_page(
    job: Job, number: int, page: PageObject, second: pypdfium2.PdfDocument | None
) -> PageText:
    """Take one page out; a damaged one does not cost the rest."""
    problem = job.problem_with(number)
    if problem:
        return PageText(problem=problem)
    geometry = None
    try:
        geometry = _geometry(second, number)
        taken = _page_text(page, geometry)
        if second is not None and _is_scan(taken):
            return _recognised(job, number, second, taken)
        return taken
    except MemoryError:
        return PageText(problem=OUT_OF_MEMORY)
    finally:
        if geometry is not None:
            geometry.close()


def _is_scan(taken: PageText) -> bool:
    """Whether a page is a picture, with a number or a few specks as its only text."""
    if taken.problem or not taken.pictured:
        return taken.problem in (SCANNED, MOSTLY_IMAGE)
    return not reads_as_words("\n".join(line.text for line in taken.lines))


def _recognised(job: Job, number: int, second: pypdfium2.PdfDocument, taken: PageText) -> PageText:
    """A scan with its text recognised, where that can be done here and makes sense."""
    if not recogniser() or job.scans >= job.limits.scans:
        return taken
    job.scans += 1
    job.beat(number)
    limits, began = job.limits, time.monotonic()
    hopeful = job.vain < limits.seconds_in_vain
    seconds = limits.seconds_a_scan if hopeful else limits.seconds_a_try
    try:
        found = recognise_page(second[number - 1], seconds, lambda: job.beat(number))
    except pypdfium2.PdfiumError:
        found = None
    sure = found is not None and found.is_sure and not is_nonsense(found.text)
    job.vain = 0.0 if sure else job.vain + time.monotonic() - began
    if found is None or not sure:
        return replace(taken, problem=f"{taken.problem or SCANNED}; {NOT_RECOGNISED}")
    lines = tuple(lines_of(normalised(found.text), None))
    return replace(
        taken, lines=lines, read_by=TESSERACT, problem="", confidence=found.confidence, grids=()
    )


def _geometry(second: pypdfium2.PdfDocument | None, number: int) -> Geometry | None:
    if second is None or number > len(second):
        return None
    try:
        return Geometry(second[number - 1])
    except pypdfium2.PdfiumError:
        return None


def _page_text(page: PageObject, geometry: Geometry | None) -> PageText:
    text, problem = "", ""
    try:
        text = normalised(page.extract_text())
    except _DAMAGE:
        problem = DAMAGED
    read_by = PYPDF
    other = normalised(geometry.text) if geometry else ""
    if _letters(text) != _letters(other) and quality(other) > quality(text) + BETTER:
        text, read_by, problem = other, PDFIUM, ""
    fields = _filled_in(page)
    text = "\n\n".join(filter(str.strip, (text, "\n".join(fields))))
    problem = problem or _problem(text, geometry)
    if problem and problem != MOSTLY_IMAGE:
        return PageText(problem=problem)
    lines = in_reading_order(lines_of(text, geometry))
    height = geometry.height if geometry else 0.0
    grids = tuple(find_grids(geometry.rules)) if geometry else ()
    # Of a long document the place of each character would fill the memory.
    kept = (
        line if any(is_inside(grid, line) for grid in grids) else replace(line, places=())
        for line in lines
    )
    pictured = geometry is not None and geometry.image_share >= _PICTURE_SHARE
    return PageText(tuple(kept), read_by, problem, height, pictured, grids)


def _filled_in(page: PageObject) -> list[str]:
    try:
        return filled_in(page)
    except _DAMAGE:
        return []


def _letters(text: str) -> str:
    return "".join(text.split())


def _problem(text: str, geometry: Geometry | None) -> str:
    """Why a page cannot be read; "" for one that can."""
    shown = sum(map(str.isalnum, text))
    scanned = geometry is not None and geometry.image_share >= _SCAN_SHARE
    if scanned and shown < _NOISE:
        return MOSTLY_IMAGE if reads_as_words(text) else SCANNED
    if not shown:
        if geometry is not None and geometry.is_blank:
            return BLANK
        pictured = geometry is not None and geometry.image_share >= _PICTURE_SHARE
        return SCANNED if pictured else NO_TEXT
    return UNREADABLE if is_nonsense(text) else ""


# What the file says of itself.


def _stated_labels(reader: PdfReader, pages: int) -> list[str]:
    """The labels that the file states; empty ones where it states none or none that make sense."""
    try:
        labels = list(reader.page_labels) if "/PageLabels" in reader.root_object else []
    except _DAMAGE:
        labels = []
    # Labels that only count the pages say nothing of what is printed on them.
    counted = labels == [str(number) for number in range(1, pages + 1)]
    return [""] * pages if len(labels) != pages or counted else labels


def _outline(reader: PdfReader) -> list[Entry]:
    try:
        return outline_of(reader)
    except _DAMAGE:
        return []


def _attached(job: Job, reader: PdfReader) -> list[str]:
    """Tell of the files that are attached: in a portfolio they are what matters."""
    try:
        names = list(reader.attachments)
    except _DAMAGE:
        return []
    if not names:
        return []
    more = f" en nog {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    told = ", ".join(name[:_LONGEST_NAME] for name in names[:_MOST_NAMED])
    return [
        f"{job.name} heeft bijlagen in zich, die niet gelezen zijn: {told}{more}. Sla ze apart op "
        "en bied ze ook aan."
    ]


def _title(reader: PdfReader) -> str:
    """The title that the file states: XMP first, as the newer of the two places."""
    try:
        xmp = reader.xmp_metadata
        titles = list((xmp.dc_title or {}).values()) if xmp else []
        stated = titles[0] if titles else reader.metadata and reader.metadata.title
    except _DAMAGE:
        return ""
    return stated_title(str(stated or ""))
