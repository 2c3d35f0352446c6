"""Two columns that were taken out line by line are read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf_lines import Line, around

_SAME_HEIGHT = 0.7  # share of two lines that lies side by side
_LEAST_LINES = 5  # side by side; fewer may be anything
_LEAST_LENGTH = 22  # characters of a line of running text in a column, on average
_LEAST_SHARE = 0.7  # of the lines in a run that cross the gutter


@dataclass(slots=True)
class _Run:
    """Lines that follow each other and leave the same gutter open.

    Attributes:
        lines: Index of each, and its left and right piece.
        left: Where the gutter begins.
        right: Where it ends.
    """

    lines: list[tuple[int, Line, Line | None]]
    left: float
    right: float

    @property
    def both(self) -> list[tuple[Line, Line]]:
        """The lines that hold a piece of either column."""
        return [(left, right) for _, left, right in self.lines if right is not None]


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Put lines that hold a piece of two columns in the order in which they are read.

    Args:
        lines: The lines of a page, in the order of the file.

    Returns:
        The lines; of each run of lines with the same gap in the middle first the left pieces, then
        the right ones. A row of a table is no such line: its pieces are short.
    """
    lines = _side_by_side(lines)
    ordered: list[Line] = []
    n = 0
    while n < len(lines):
        run = _run_at(lines, n)
        if run is None:
            ordered.append(lines[n])
            n += 1
            continue
        ordered += [left for _, left, _ in run.lines if left.text]
        ordered += [right for _, right in run.both if right.text]
        n = run.lines[-1][0] + 1
    return ordered


def _side_by_side(lines: Sequence[Line]) -> list[Line]:
    """Lines that follow each other and stand at the same height become one."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _is_beside(before, line):
            places = (*before.places, None, *line.places)
            found[-1] = replace(
                before,
                text=f"{before.text} {line.text}",
                box=around((before.box, line.box)),
                places=places,
                strong=before.strong and line.strong,
            )
        else:
            found.append(line)
    return found


def _is_beside(before: Line, line: Line) -> bool:
    if before.box is None or line.box is None or len(before.places) != len(before.text):
        return False
    shared = min(before.box.bottom, line.box.bottom) - max(before.box.top, line.box.top)
    lowest = min(before.box.height, line.box.height)
    return line.box.left > before.box.right and shared >= _SAME_HEIGHT * lowest


def _run_at(lines: Sequence[Line], n: int) -> _Run | None:
    """The run of two columns that begins at a line."""
    halves = _halves(lines[n])
    if halves is None:
        return None
    run = _Run([(n, *halves)], *_gutter(halves))
    for k in range(n + 1, len(lines)):
        if lines[k].text.strip() and not _take(run, k, lines[k]):
            break
    while run.lines[-1][2] is None:
        run.lines.pop()  # what follows the columns may go on over their whole width
    both = run.both
    enough = len(both) >= _LEAST_LINES and len(both) >= _LEAST_SHARE * len(run.lines)
    return run if enough and _is_running_text(both) else None


def _halves(line: Line) -> tuple[Line, Line] | None:
    """The two pieces of a line with one wide gap."""
    pieces = line.pieces()
    if len(pieces) != 2:
        return None
    return line.part(*pieces[0]), line.part(*pieces[1])


def _gutter(halves: tuple[Line, Line]) -> tuple[float, float]:
    left, right = halves
    assert left.box is not None
    assert right.box is not None
    return left.box.right, right.box.left


def _take(run: _Run, n: int, line: Line) -> bool:
    """Add a line to a run, if it leaves the gutter open."""
    if line.box is None:
        return False
    halves = _halves(line)
    left, right = run.left, run.right
    if halves is None:
        if line.box.right <= right - 1 and len(line.pieces()) == 1:
            run.lines.append((n, line, None))
            run.left = max(left, line.box.right)
            return run.right - run.left > 2
        return False
    own = _gutter(halves)
    left, right = max(left, own[0]), min(right, own[1])
    if right - left <= 2:
        return False
    run.left, run.right = left, right
    run.lines.append((n, *halves))
    return True


def _is_running_text(both: Sequence[tuple[Line, Line]]) -> bool:
    """Whether both columns hold lines of prose rather than the cells of a table."""
    return all(
        sum(len(pair[side].text) for pair in both) >= _LEAST_LENGTH * len(both) for side in (0, 1)
    )
