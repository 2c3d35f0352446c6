"""Where the characters and the lines of a drawing stand on a page of a PDF, as pdfium sees them."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # what pdfium gives for a hyphen at the end of a line
_UNSEEN = "\u00ad\u200b\ufeff\0"
_THIN = 3.0  # a drawing that is no wider is a line; points
_SHORT = 4.0  # a line that is no longer is a dot or a tick; points
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_LONGEST_NAME = 128
_MOST_SEGMENTS = 20_000  # of all drawings on a page


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page as it is shown, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom; of a character about 1.2 times the size of its font."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre: from the left, from the top."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def joined(self, other: Box) -> Box:
        """The smallest place that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it stands on a page.

    Attributes:
        letter: What it says.
        box: Its place.
        number: Its number in pdfium's list; the letters of a ligature share one.
    """

    letter: str
    box: Box
    number: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The straight lines drawn on a page, each as a thin box."""

    vertical: tuple[Box, ...] = ()
    horizontal: tuple[Box, ...] = ()


class Geometry:
    """One page as pdfium sees it; each part is read when it is first asked for."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        """Take a page of an open document."""
        self._page = page
        self._text_page = page.get_textpage()
        self.width, self.height = page.get_size()
        self._rotation = page.get_rotation()

    def close(self) -> None:
        """Give back the memory of the page."""
        self._text_page.close()
        self._page.close()

    @cached_property
    def text(self) -> str:
        """The text in pdfium's own order."""
        text: str = self._text_page.get_text_range()
        for found, shown in _HYPHENS.items():
            text = text.replace(found, f"{shown}\n")
        return text

    @cached_property
    def glyphs(self) -> list[Glyph]:
        """Each character that shows something, ligatures as their letters."""
        rectangle = pdfium.FS_RECTF()
        found: list[Glyph] = []
        for n in range(pdfium.FPDFText_CountChars(self._text_page)):
            code = pdfium.FPDFText_GetUnicode(self._text_page, n)
            shown = _shown(chr(code)) if 0 < code < 0x110000 else ""
            if shown and pdfium.FPDFText_GetLooseCharBox(self._text_page, n, rectangle):
                box = self._turned(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                found += [Glyph(letter, box, n) for letter in shown]
        return found

    def is_bold(self, glyph: Glyph) -> bool:
        """Whether a character is set in bold, by the name of its font."""
        name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
        size = pdfium.FPDFText_GetFontInfo(
            self._text_page, glyph.number, name, _LONGEST_NAME, flags
        )
        return bool(size) and _BOLD.search(name.value) is not None

    @cached_property
    def rules(self) -> Rules:
        """The straight lines on the page: borders of tables, lines above notes."""
        vertical, horizontal = [], []
        for box in self._drawn_lines():
            if box.width <= _THIN and box.height > _SHORT:
                vertical.append(box)
            elif box.height <= _THIN and box.width > _SHORT:
                horizontal.append(box)
        return Rules(tuple(vertical), tuple(horizontal))

    @cached_property
    def image_share(self) -> float:
        """Share of the page that its largest picture covers, in [0, 1]."""
        areas = [
            box.width * box.height
            for kind, _, box in self._objects()
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE
        ]
        whole: float = max(self.width * self.height, 1.0)
        return min(1.0, max(areas, default=0.0) / whole)

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing at all is drawn on the page."""
        return not pdfium.FPDFPage_CountObjects(self._page)

    def _objects(self) -> Iterator[tuple[int, object, Box]]:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for n in range(pdfium.FPDFPage_CountObjects(self._page)):
            drawn = pdfium.FPDFPage_GetObject(self._page, n)
            if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
                box = self._turned(left.value, bottom.value, right.value, top.value)
                yield pdfium.FPDFPageObj_GetType(drawn), drawn, box

    def _drawn_lines(self) -> Iterator[Box]:
        """The edges of all drawings: of thin bars the bar, of the rest each straight stroke."""
        left = _MOST_SEGMENTS
        for kind, drawn, box in self._objects():
            if kind != pdfium.FPDF_PAGEOBJ_PATH:
                continue
            if box.width <= _THIN or box.height <= _THIN:
                yield box
                continue
            count = pdfium.FPDFPath_CountSegments(drawn)
            left -= count
            if left < 0:
                return
            yield from self._strokes(drawn, count)

    def _strokes(self, drawn: object, count: int) -> Iterator[Box]:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        before: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for n in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, n)
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                return
            point = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
                yield self._between(before, point)
            if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
                yield self._between(point, first)
            before = point

    def _between(self, one: tuple[float, float], other: tuple[float, float]) -> Box:
        (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return self._turned(x0, y0, x1, y1)

    def _turned(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A place in the file's own coordinates, as the page is shown."""
        match self._rotation:
            case 90:
                return Box(bottom, left, top, right)
            case 180:
                return Box(self.width - right, bottom, self.width - left, top)
            case 270:
                return Box(
                    self.width - top, self.height - right, self.width - bottom, self.height - left
                )
            case _:
                return Box(left, self.height - top, right, self.height - bottom)


def _shown(character: str) -> str:
    """The letters of a character that shows something; "" for white space and the like."""
    if character in _HYPHENS:
        return _HYPHENS[character]
    if character.isspace() or character in _UNSEEN:
        return ""
    return unicodedata.normalize("NFKC", character) if character in LIGATURES else character


LIGATURES = frozenset("ﬀﬁﬂﬃﬄﬅﬆĳĲ")
"""Characters that are set as one and read as several."""


def place(text: str, glyphs: Sequence[Glyph]) -> list[Glyph | None]:
    """Find where the characters of a text stand, although another program took it out.

    Args:
        text: Lines of the page, ligatures as their letters.
        glyphs: What pdfium found.

    Returns:
        For each character of the text what pdfium sees of it; None for white space, and for a
        line that is not found.
    """
    seen = "".join(glyph.letter for glyph in glyphs)
    places: list[Glyph | None] = [None] * len(text)
    pointer = offset = 0
    for line in text.split("\n"):
        wanted = "".join(line.split())
        at = seen.find(wanted, pointer) if wanted else -1
        at = seen.find(wanted) if wanted and at < 0 else at
        if at >= 0:
            pointer = at + len(wanted)
            shown = (offset + n for n, character in enumerate(line) if not character.isspace())
            for where, glyph in zip(shown, glyphs[at:pointer], strict=True):
                places[where] = glyph
        offset += len(line) + 1
    return places
