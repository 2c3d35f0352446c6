"""A page of a PDF as lines that know where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.documents import Mark
from ingest.readers.hyphens import JOINT
from ingest.readers.pdf_geometry import LIGATURES, Box, Geometry, Glyph, place

_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in LIGATURES}
_SOFT_HYPHEN = "\u00ad"
_WIDE_GAP = 1.1  # times the height of the line: no space between words is that wide
_PARAGRAPH = 0.45  # times the height of a line: more white space than usual parts paragraphs
_TALL = 3.0  # times the usual height: a line that is taller runs from top to bottom


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: What it says; a table row may hold tabs and line ends.
        box: Its place; None when that is not known.
        places: The place of each of its characters; empty when unknown or no longer needed.
        height: The usual height of its characters; 0 when unknown.
        strong: Whether all of it is set in bold.
        mark: What it is, in offsets from its start; None where nobody says so.
    """

    text: str
    box: Box | None = None
    places: tuple[Box | None, ...] = ()
    height: float = 0.0
    strong: bool = False
    mark: Mark | None = None

    def pieces(self) -> list[tuple[int, int]]:
        """Spans of its text that wide gaps part: cells of a row, or columns side by side."""
        spans: list[tuple[int, int]] = []
        before: Box | None = None
        for n, box in enumerate(self.places):
            if box is None:
                continue
            gap = before is not None and box.left - before.right > _WIDE_GAP * box.height
            if before is None or gap:
                spans.append((n, n + 1))
            else:
                spans[-1] = (spans[-1][0], n + 1)
            before = box
        return spans

    def part(self, start: int, end: int) -> Line:
        """A piece of it as a line of its own."""
        places = self.places[start:end]
        return Line(self.text[start:end].strip(), around(places), places, self.height, self.strong)


def around(places: Iterable[Box | None]) -> Box | None:
    """The place that holds all these."""
    whole: Box | None = None
    for box in places:
        whole = box if whole is None else whole if box is None else whole.joined(box)
    return whole


def normalised(text: str) -> str:
    """Undo what belongs to the typesetting: ligatures, soft hyphens, odd spaces and line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
    # At a line's end a soft hyphen is the hyphen that a reader sees; elsewhere it shows nothing.
    text = re.sub(f"{_SOFT_HYPHEN}[ \t]*(?=\n)", "-", text).replace(_SOFT_HYPHEN, "")
    text = text.replace("\0", "").replace(JOINT, "").replace("\u00a0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def lines_of(text: str, geometry: Geometry | None) -> list[Line]:
    """The lines of a page, empty ones included.

    Args:
        text: Its text, normalised.
        geometry: The page as pdfium sees it; None when that is not known.
    """
    lines = text.split("\n")
    if geometry is None:
        return [Line(line) for line in lines]
    places = place(text, geometry.glyphs)
    found, offset = [], 0
    for line in lines:
        own = places[offset : offset + len(line)]
        seen = [glyph for glyph in own if glyph is not None]
        boxes = tuple(glyph.box if glyph else None for glyph in own) if seen else ()
        strong = bool(seen) and all(
            map(geometry.is_bold, (seen[0], seen[len(seen) // 2], seen[-1]))
        )
        height = median(glyph.box.height for glyph in seen) if seen else 0.0
        found.append(Line(line, around(boxes), boxes, height, strong))
        offset += len(line) + 1
    return _without_upright(found)


def _sample(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The first, middle and last of a line's letters: enough to tell whether all are bold."""
    return glyphs[0], glyphs[len(glyphs) // 2], glyphs[-1]


def _without_upright(lines: Sequence[Line]) -> list[Line]:
    """Lines that are not known to run from left to right lose their place."""
    usual = usual_height(lines)
    return [
        replace(line, box=None, places=())
        if line.box is not None and usual and line.box.height > _TALL * usual
        else line
        for line in lines
    ]


def with_gaps(lines: Sequence[Line]) -> list[Line]:
    """Put an empty line where the page has white space between paragraphs.

    Args:
        lines: The lines of a page in reading order.

    Returns:
        The lines; between two that stand further apart than most an empty one, if there is none.
    """
    placed = [line.box for line in lines if line.box is not None]
    gaps = [gap for gap in map(_gap, placed, placed[1:]) if gap is not None]
    if not gaps:
        return list(lines)
    usual = median(gaps)
    found: list[Line] = []
    for line in lines:
        before = found[-1].box if found else None
        gap = _gap(before, line.box) if before is not None and line.box is not None else None
        if gap is not None and before is not None and gap > usual + _PARAGRAPH * before.height:
            found.append(Line(""))
        found.append(line)
    return found


def _gap(upper: Box, lower: Box) -> float | None:
    """White space between two lines; None where the lower one does not stand below the other."""
    return lower.top - upper.bottom if lower.top > upper.top else None


def usual_height(lines: Iterable[Line]) -> float:
    """The height of most characters of these lines; 0 when none is known."""
    heights = [line.height for line in lines for _ in range(len(line.text)) if line.height]
    return median(heights) if heights else 0.0
