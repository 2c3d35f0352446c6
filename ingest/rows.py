"""Rows of a flattened table whose cells are enumerations.

What a reader sees as a grid stands in the text as a row's name, broken over lines, then the items
of its first column, then those of the second. A restart of the numbering is the next column. A
page break puts the end of the first column after the second: the numbering tells that too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.lines import Line
from ingest.lists import Marker, MarkerKind, marker_of
from ingest.titles import is_year


@dataclass(slots=True)
class Run:
    """Items of one column of one row that stand together.

    Attributes:
        row: Name of the row.
        column: Index of the column, counted from the one after the names.
        label: The word that the run begins with where it names itself ("Knelpunten"), or "".
        items: First and last offset of each item.
        end: Offset after a bare label that closes the run; 0 where there is none.
    """

    row: str
    column: int
    label: str = ""
    items: list[list[int]] = field(default_factory=list)
    end: int = 0


_ROW = re.compile(r"(?P<number>\d{1,2})\.\s+(?P<name>\S.*)")
_INNER = re.compile(r"(?P<name>.{2,70}?)\s+(?P<item>(?:i|a)\.\s+\S.*)")
_FIGURE = re.compile(r"\d{1,2}(?:\.\d{1,2}){2}\s")
_NEXT_SECTION = re.compile(r"[1-9]\d?\.[1-9]\d?\.?\s+[\"'“‘]?[A-ZÀ-Ý]")
_LABELS = frozenset(
    "knelpunt knelpunten toelichting opmerking opmerkingen conclusie aandachtspunt "
    "aandachtspunten risico risico's risico’s kansen".split()
)
_MOST_LINES = 400  # of one table; a guard against text that only looks like one
_NAME_LINES = 6
_LONGEST_NAME = 90
_LONGEST_NAME_LINE = 50


class RowReader:
    """Reads the rows below a header until the table ends.

    Attributes:
        runs: What was read, in order.
    """

    def __init__(self, lines: Sequence[Line], header: int, columns: int) -> None:
        """Prepare to read.

        Args:
            lines: The lines of the document.
            header: Index of the line with the columns' names.
            columns: Number of columns, that of the rows' names included.
        """
        self.runs: list[Run] = []
        self._lines = lines
        self._header = header
        self._columns = columns
        self._row = ""
        self._number = 0  # of the present row
        self._markers: dict[int, Marker] = {}  # last marker of each column of the present row
        self._digits = False  # whether the items of the present row have digits
        self._widest = 0

    def read(self) -> int:
        """Read on; give the index after the last line of the table."""
        n = self._header + 1
        most = min(len(self._lines), n + _MOST_LINES)
        while n < most and not self._ends(self._lines[n]):
            step = self._name(n) or self._item(n) or self._label(n) or self._more(n)
            if not step:
                break
            n += step
        return n

    def _ends(self, line: Line) -> bool:
        return line.mark is not None or _NEXT_SECTION.match(line.text) is not None

    # Names of rows. Each gives the number of lines that it took, or 0.

    def _name(self, n: int) -> int:
        text = self._lines[n].text
        match, marker = _ROW.fullmatch(text), marker_of(text)
        if match and int(match["number"]) == self._number + 1 and not self._digits:
            taken = self._joined_name(n)
            self._number += 1 if taken else 0
            return taken
        if marker is None:
            return self._unnumbered(n)
        return self._joined_name(n) if marker.kind is MarkerKind.BULLET else 0

    def _joined_name(self, n: int) -> int:
        """A name with a number or bullet, joined up to the first item of its row."""
        parts: list[str] = []
        for k in range(n, min(n + _NAME_LINES, len(self._lines))):
            line = self._lines[k]
            marker, inner = marker_of(line.text), _INNER.fullmatch(line.text)
            if inner and (k == n or marker is None):
                self._begin(" ".join([*parts, inner["name"]]))
                self._add(line, line.start + inner.start("item"), marker_of(inner["item"]))
                return k - n + 1
            if marker and k > n:
                return self._close_name(n, k, parts, marker)
            parts.append(line.text)
            if sum(map(len, parts)) > _LONGEST_NAME:
                return 0
        return 0

    def _close_name(self, n: int, k: int, parts: list[str], marker: Marker) -> int:
        """End a name before the line with index ``k``, which begins with a marker."""
        bulleted = marker_of(parts[0]) is not None and not parts[0][0].isdigit()
        listed = marker.kind in (MarkerKind.ROMAN, MarkerKind.LETTER) and marker.first
        if bulleted and not listed:
            return 0
        if marker.kind is not MarkerKind.DIGIT:
            self._begin(" ".join(parts))
            return k - n
        # Another row follows: what begins with a capital is this row's only cell.
        cut = next((m for m in range(1, len(parts)) if not self._lines[n + m].lower), len(parts))
        self._begin(" ".join(parts[:cut]))
        for m in range(cut, len(parts)):
            line = self._lines[n + m]
            self._add(line, line.start, None)
        return k - n

    def _unnumbered(self, n: int) -> int:
        """Short lines right before an enumeration that begins."""
        first = self._lines[n]
        if self._number or not first.gap or first.lower or self._label_of(first):
            return 0
        for k in range(n, min(n + 4, len(self._lines))):
            line = self._lines[k]
            if marker_of(line.text) or _FIGURE.match(line.text):
                if k > n:
                    self._begin(" ".join(part.text for part in self._lines[n:k]))
                return k - n
            if len(line.text) > _LONGEST_NAME_LINE or line.closed or (k > n and line.gap):
                return 0
        return 0

    def _begin(self, name: str) -> None:
        marker = marker_of(name)
        bullet = marker is not None and marker.kind is MarkerKind.BULLET
        self._row = " ".join((name[marker.length :] if marker and bullet else name).split())
        self._markers, self._digits = {}, False

    # What stands in the cells.

    def _item(self, n: int) -> int:
        line = self._lines[n]
        marker = marker_of(line.text)
        if (marker is None and not _FIGURE.match(line.text)) or not self._row:
            return 0
        self._add(line, line.start, marker)
        return 1

    def _add(self, line: Line, start: int, marker: Marker | None) -> None:
        column = self._place(marker, line)
        if marker and marker.kind is not MarkerKind.BULLET:
            self._markers[column] = marker
            self._digits = marker.kind is MarkerKind.DIGIT
        self._widest = max(self._widest, line.reach)
        run = self.runs[-1] if self.runs else None
        if run is None or (run.row, run.column) != (self._row, column) or run.label:
            run = Run(self._row, column)
            self.runs.append(run)
        run.items.append([start, line.end])

    def _place(self, marker: Marker | None, line: Line) -> int:
        """The column that an item belongs to, told by its number."""
        here = self.runs[-1].column if self.runs and self.runs[-1].row == self._row else 0
        if marker is None or marker.kind is MarkerKind.BULLET or not self._markers:
            return here
        fits = [column for column, last in self._markers.items() if marker.follows(last)]
        if fits:
            return min(fits) if line.turn or here not in fits else here
        begins = marker.first and len(self._markers) < self._columns - 1
        return len(self._markers) if begins else here

    def _label_of(self, line: Line) -> str:
        word = line.text.split(None, 1)[0].rstrip(":")
        return word if word.lower() in _LABELS else ""

    def _label(self, n: int) -> int:
        """A line of the row that names itself: "Knelpunten Er zijn meer woningen nodig"."""
        line = self._lines[n]
        label = self._label_of(line) if self._row else ""
        if not label:
            return 0
        if " " in line.text:
            column = self.runs[-1].column if self.runs else 0
            self.runs.append(Run(self._row, column, label, [[line.start, line.end]]))
        elif self.runs:
            self.runs[-1].end = line.end
        return 1

    def _more(self, n: int) -> int:
        """A line that goes on with the item before it."""
        line, before = self._lines[n], self._lines[n - 1]
        if not self.runs or is_year(line.text):
            return 0
        run = self.runs[-1]
        middle = line.lower or (not line.text[0].isalpha() and not before.closed)
        labelled = bool(run.label) and not line.firm and not line.turn
        if not (middle or labelled or self._fits(before, line)):
            return 0
        run.items[-1][1] = line.end
        if middle and not labelled:
            self._widest = max(self._widest, line.reach)
        return 1

    def _fits(self, before: Line, line: Line) -> bool:
        """Whether a line that begins with a capital goes on in the same column."""
        if line.firm or line.reach > max(1.15 * self._widest, 60):
            return False
        word = line.text.split(None, 1)[0]
        return before.reach + len(word) + 1 > 0.9 * self._widest
