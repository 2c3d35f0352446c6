"""From the pages of a PDF, as they were taken out, to one text with what the pages are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.documents import Mark, Page, Reading
from ingest.readers.hyphens import JOINT, Joiner, without_joints
from ingest.readers.job import Job
from ingest.readers.pdf_bold import with_bold
from ingest.readers.pdf_lines import Line, with_gaps
from ingest.readers.pdf_notes import with_notes
from ingest.readers.pdf_outline import Entry, with_headings
from ingest.readers.pdf_tables import Carried, Grid, with_tables
from ingest.readers.scans import recogniser

PAGE_BREAK = "\n\n"
BLANK = "leeg: geen tekst en geen beeld"
SCANNED = "gescand: alleen beeld"
NO_TEXT = "geen tekst"
_HELP = ", of installeer Tesseract: tesseract-ocr en tesseract-ocr-nld"


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it was taken out.

    Attributes:
        lines: Its lines, in the order in which they are read; empty where nothing was read.
        read_by: The program that took them out.
        problem: Why it, or most of it, could not be read; "" when it was.
        height: Its height in points; 0 when unknown.
        pictured: Whether a picture covers a fair part of it.
        grids: The borders of the tables on it.
        confidence: How sure the text of a scan is, in [0, 1]; None for a page that is none.
    """

    lines: tuple[Line, ...] = ()
    read_by: str = ""
    problem: str = ""
    height: float = 0.0
    pictured: bool = False
    grids: tuple[Grid, ...] = ()
    confidence: float | None = None


def structured(
    pages: Sequence[Sequence[Line]], taken: Sequence[PageText], outline: Sequence[Entry]
) -> list[list[Line]]:
    """The lines of each page, with what they are: rows, notes, headings.

    Args:
        pages: The lines of each page, without running headers and footers.
        taken: The same pages as they were taken out.
        outline: The headings that the file states.
    """
    joiner = Joiner(line.text for lines in pages for line in lines)
    carried = Carried()
    found = []
    for lines, page in zip(pages, taken, strict=True):
        tabled = with_tables(with_gaps(lines), page.grids, joiner, carried)
        found.append(with_bold(with_notes(tabled)))
    headed = with_headings(found, outline) if outline else found
    return [_joined(lines, joiner) for lines in headed]


def _joined(lines: Sequence[Line], joiner: Joiner) -> list[Line]:
    """Lines in which broken words are whole; a line that went to the one before is left out."""
    texts = joiner.join([line.text if line.mark is None else _AS_IT_IS for line in lines])
    joined = []
    for line, text in zip(lines, texts, strict=True):
        if line.mark is not None:
            inner = "\n".join(filter(None, joiner.join(line.text.split("\n"))))
            joined.append(line if line.mark.cells else _remarked(line, inner))
        elif text or not line.text:
            joined.append(replace(line, text=text, places=()))
    return joined


_AS_IT_IS = "\0"


def _remarked(line: Line, text: str) -> Line:
    assert line.mark is not None
    return replace(line, text=text, mark=replace(line.mark, end=len(text)))


def join(
    job: Job,
    pages: Sequence[Sequence[Line]],
    labels: Sequence[str],
    taken: Sequence[PageText],
    title: str,
) -> Reading:
    """Make one text of the pages.

    Args:
        job: The file, for messages.
        pages: The lines of each page.
        labels: The number that is printed on each.
        taken: The same pages as they were taken out.
        title: The title that the file states.

    Raises:
        ReadingError: If there is no text on any page.
    """
    texts = ["\n".join(line.text for line in lines) for lines in pages]
    problems = [
        page.problem or ("" if text.strip() else SCANNED if page.pictured else NO_TEXT)
        for page, text in zip(taken, texts, strict=True)
    ]
    if not any(text.strip() for text in texts):
        raise job.refuse(_nothing_read(problems))
    whole = PAGE_BREAK.join(texts)
    text, hyphens = without_joints(whole)
    moved = _Moved(whole)
    found, marks, offset = [], [], 0
    for number, (lines, page) in enumerate(zip(pages, taken, strict=True), start=1):
        start = offset
        for line in lines:
            if line.mark is not None:
                marks.append(moved.mark(line.mark, offset))
            offset += len(line.text) + 1
        end = start + len(texts[number - 1])
        problem = problems[number - 1]
        read_by = page.read_by if texts[number - 1].strip() else ""
        label = labels[number - 1]
        span = moved.to(start), moved.to(end)
        found.append(Page(number, label, *span, read_by, problem, page.confidence))
        offset = end + len(PAGE_BREAK)
    unread = tuple(page.number for page in found if page.problem)
    return Reading(text, tuple(found), unread, title, marks=tuple(marks), hyphens=hyphens)


class _Moved:
    """Offsets of a text with joints, in the text without them."""

    def __init__(self, text: str) -> None:
        self._before = [0]
        for character in text:
            self._before.append(self._before[-1] + (character == JOINT))

    def to(self, offset: int) -> int:
        return offset - self._before[offset]

    def mark(self, mark: Mark, offset: int) -> Mark:
        cells = tuple(
            replace(cell, start=self.to(offset + cell.start), end=self.to(offset + cell.end))
            for cell in mark.cells
        )
        start, end = self.to(offset + mark.start), self.to(offset + mark.end)
        row = mark.row.replace(JOINT, "")
        return replace(mark, start=start, end=end, cells=cells, row=row)


def _nothing_read(problems: Sequence[str]) -> str:
    if set(problems) <= {NO_TEXT, SCANNED, BLANK}:
        return (
            "bevat geen tekst: de pagina's zijn gescand of leeg. Maak er eerst doorzoekbare tekst "
            f"van (OCR){_HELP if not recogniser() else ''}."
        )
    whys = ", ".join(dict.fromkeys(problems))
    if all(problem.startswith((SCANNED, BLANK)) for problem in problems):
        return (
            f"is niet te lezen: de pagina's zijn beeld, en daarin is geen tekst herkend ({whys}). "
            "Scan het scherper, of typ het over als het met de hand geschreven is."
        )
    return (
        f"is niet te lezen: op geen enkele pagina komt er tekst uit ({whys}). Haal het opnieuw op."
    )
