"""The lines of a document, with the layout that tells how they belong together.

A line of a file is seldom a line of the author: some files hold a paragraph a line, others break
lines at about a hundred characters, and others put an empty line after every line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from ingest.documents import Mark, Reading

WRAPPED = 160
"""Lines longer than this were not broken to fit a page; characters."""

_REACH = 12  # lines before and after that tell how wide the page is
_NEAR = 3  # lines before and after that tell whether the text is spaced out
_EDGE = 3  # lines at the top and bottom of a page that may be a running header or footer
_REPEATED = 3  # pages on which a running line stands, at least
_SHARE = 0.3  # share of the pages on which it stands, at least
_PHYSICAL = re.compile(r"[^\n\f]*[\n\f]?")
_PAGE_NUMBER = re.compile(
    r"(?:pagina|blz\.?|p\.)?\s*[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:van|/)\s*\d{1,3})?", re.IGNORECASE
)
_PAGE_OF = re.compile(r"pagina \d{1,3}(?: van \d{1,3})?", re.IGNORECASE)
_LEADERS = re.compile(r"\S.*?(?:\.{4,}|(?:\. ){4,}|…{2,}|_{4,}|\t|\s{4,})\s*\d{1,3}$")
_CONTENTS = re.compile(r"inhoud(?:sopgave)?\s*:?|inhoudstafel|table of contents", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r"\S.*\s\d{1,3}$")
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]*_⁰¹²³⁴-⁹]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, with its surroundings.

    Attributes:
        start: Offset of its first character that is not whitespace.
        end: Offset after its last such character.
        text: What stands between these.
        indent: Number of whitespace characters before it.
        reach: Length with the whitespace around it: how far it fills the page.
        gap: Empty lines before it.
        firm: Whether that white space is wider than what stands between all lines: more than one
            empty line, or one that holds spaces.
        turn: Whether a page begins here.
        torn: Whether a page number or running header was left out before it.
        width: Length of the longest line around it; None where lines are not broken to fit.
        spaced: Whether the lines around it mostly have an empty line before them.
        mark: What the format states of it; None where it states nothing.
    """

    start: int
    end: int
    text: str
    indent: int
    reach: int
    gap: int
    firm: bool
    turn: bool
    torn: bool = False
    width: int | None = None
    spaced: bool = False
    mark: Mark | None = None

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence ends, or with a web address."""
        address = "://" in self.text[-200:].split()[-1]
        return address or _CLOSED.search(self.text[-12:]) is not None

    @property
    def lower(self) -> bool:
        """Whether it begins as the middle of a sentence begins."""
        return self.text[0].islower() or self.text[0] in ",;.)&%"

    def fills(self, following: Line) -> bool:
        """Whether the first word of the following line would not have fitted on this one."""
        if self.width is None:
            return False
        word = following.text.split(None, 1)[0]
        return self.reach + 1 + len(word) > 0.9 * self.width


def read_lines(reading: Reading) -> tuple[Line, ...]:
    """Give the lines of a document without what the page and not the author put there.

    Left out are page numbers, running headers and footers, and the table of contents; of what
    the format states something, nothing is left out.

    Args:
        reading: The canonical text with its pages.

    Returns:
        The lines that hold text, in order.
    """
    lines = _physical_lines(reading)
    lines = _without(lines, _running(lines, len(reading.pages)))
    return _with_layout(_without_contents(lines))


def _physical_lines(reading: Reading) -> list[Line]:
    """All lines that hold something."""
    pages = sorted(page.start for page in reading.pages)
    mark_at = _Marks(reading)
    lines: list[Line] = []
    gap, firm, turn, page = 0, False, False, 0
    for match in _PHYSICAL.finditer(reading.text):
        raw = match.group()
        text, body = raw.strip(), raw.rstrip("\n\f")
        if not text:
            gap += 1 if raw else 0
            firm = firm or body != "" or gap > 1
            turn = turn or raw.endswith("\f")
            continue
        indent = len(body) - len(body.lstrip())
        start = match.start() + indent
        here = bisect_right(pages, start)
        turn = turn or here != page or (not pages and _begins_page(raw))
        line = Line(start, start + len(text), text, indent, len(body), gap, firm, turn)
        mark = mark_at.offset(start)
        lines.append(replace(line, mark=mark) if mark else line)
        gap, firm, turn, page = 0, False, raw.endswith("\f"), here
    return lines


class _Marks:
    """Finds the mark that holds an offset."""

    def __init__(self, reading: Reading) -> None:
        self.marks = reading.marks
        self.starts = [mark.start for mark in reading.marks]

    def offset(self, offset: int) -> Mark | None:
        at = bisect_right(self.starts, offset) - 1
        return self.marks[at] if at >= 0 and offset < self.marks[at].end else None


def _begins_page(raw: str) -> bool:
    """One single space before a line is what remains of a form feed in many extracted texts."""
    return raw.startswith(" ") and not raw[1].isspace()


def _running(lines: Sequence[Line], pages: int) -> set[int]:
    """Indices of page numbers and of lines that return at the edges of pages."""
    if not pages:
        return {
            n
            for n, line in enumerate(lines)
            if line.gap and line.mark is None and _PAGE_NUMBER.fullmatch(line.text)
        }
    edges = {n for n in _edges(lines) if lines[n].mark is None}
    counts = Counter(_shape(lines[n].text) for n in edges)
    least = max(_REPEATED, pages * _SHARE)
    # The reader of a format with pages left out their bare numbers: other lone numbers count.
    return {
        n
        for n in edges
        if (counts[_shape(lines[n].text)] >= least and not lines[n].text.endswith(":"))
        or _PAGE_OF.fullmatch(lines[n].text)
    }


def _edges(lines: Sequence[Line]) -> set[int]:
    """Indices of the first and last lines of each page."""
    turns = [n for n, line in enumerate(lines) if line.turn and n]
    found: set[int] = set()
    for begin, end in zip([0, *turns], [*turns, len(lines)], strict=True):
        found.update(range(begin, min(begin + _EDGE, end)))
        found.update(range(max(end - _EDGE, begin), end))
    return found


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _without(lines: Sequence[Line], dropped: Set[int]) -> list[Line]:
    """Leave lines out; the line after them knows it, and takes over their white space."""
    kept: list[Line] = []
    gap, firm, turn, torn = 0, False, False, False
    for n, line in enumerate(lines):
        gap, firm, turn = max(gap, line.gap), firm or line.firm, turn or line.turn
        if n in dropped:
            torn = True
            continue
        kept.append(replace(line, gap=gap, firm=firm, turn=turn, torn=torn) if torn else line)
        gap, firm, turn, torn = 0, False, False, False
    return kept


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """Leave out the table of contents with its heading."""
    dropped: set[int] = set()
    for begin, end in _runs([_has_leaders(line) for line in lines]):
        if end - begin >= 3:
            dropped.update(range(begin, end))
    for n, line in enumerate(lines):
        if line.mark is None and _CONTENTS.fullmatch(line.text):
            end = n + 1
            while end < len(lines) and (end in dropped or _is_entry(lines, end)):
                end += 1
            if end > n + 1:
                dropped.update(range(n, end))
    return [line for n, line in enumerate(lines) if n not in dropped]


def _is_entry(lines: Sequence[Line], n: int) -> bool:
    """Whether a line of a table of contents, or its first half, stands here."""
    return lines[n].mark is None and any(
        len(line.text) <= 140 and _ENDS_IN_NUMBER.fullmatch(line.text) for line in lines[n : n + 2]
    )


def _has_leaders(line: Line) -> bool:
    return line.mark is None and _LEADERS.match(line.text[:300]) is not None


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Half-open ranges of true values, single false ones between them included."""
    runs: list[tuple[int, int]] = []
    for n, flag in enumerate(flags):
        if not flag:
            continue
        if runs and n - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    return runs


def _with_layout(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Add to each line how wide the text around it is, and whether it is spaced out."""
    return tuple(
        replace(line, width=_width(lines, n), spaced=_is_spaced(lines, n))
        for n, line in enumerate(lines)
    )


def _width(lines: Sequence[Line], n: int) -> int | None:
    around = lines[max(0, n - _REACH) : n + _REACH + 1]
    reaches = [line.reach for line in around if " " in line.text] or [0]
    widest = max(reaches)
    full = sum(reach > 0.75 * widest for reach in reaches)
    return widest if widest <= WRAPPED and full > 2 else None


def _is_spaced(lines: Sequence[Line], n: int) -> bool:
    near = lines[max(0, n - _NEAR) : n + _NEAR + 1]
    return sum(line.gap > 0 for line in near) >= 0.7 * len(near)
