"""How the lines of a heading lie: where its title ends, and what the lines around it tell."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.lines import Line
from ingest.lists import marker_of
from ingest.titles import LONE, LONGEST, LONGEST_QUESTION, dangles, ends_open, reads_as_title


def line_at(lines: Sequence[Line], n: int) -> Line | None:
    """A line; None after the last."""
    return lines[n] if n < len(lines) else None


def joined(lines: Sequence[Line], first: int, last: int) -> str:
    """The text of some lines on one."""
    return " ".join(line.text for line in lines[first:last])


def is_followed_by_gap(lines: Sequence[Line], n: int) -> bool:
    """Whether an empty line comes after the line, or after the line that it goes on in."""
    return any(line.gap > 0 for line in lines[n + 1 : n + 3])


def is_title_below(lines: Sequence[Line], n: int) -> bool:
    """Whether a line is the title that goes with the number above it."""
    line, after = lines[n], line_at(lines, n + 1)
    goes_on = after is not None and not after.gap and (after.lower or line.fills(after))
    return reads_as_title(line.text) and not goes_on


def belongs_to_title(lines: Sequence[Line], n: int, k: int) -> bool:
    """Whether line `k` can be part of the title below the number on line `n`."""
    line = lines[k]
    if ends_open(line.text) or marker_of(line.text) or LONE.fullmatch(line.text):
        return False
    return k == n + 1 or not line.gap


def title_end(lines: Sequence[Line], n: int) -> int:
    """Index after the last line of a numbered title that is broken over lines."""
    last = n + 1
    while last < min(n + 4, len(lines)):
        line = lines[last]
        short = line.width is None or line.reach < 0.75 * line.width
        if line.gap or not line.lower or not short or ends_open(line.text):
            break
        last += 1
    return last


def is_title(lines: Sequence[Line], n: int, last: int) -> bool:
    """Whether numbered lines read as a title."""
    line, end, following = lines[n], lines[last - 1], line_at(lines, last)
    most = LONGEST_QUESTION if end.text.endswith("?") else LONGEST
    if end.end - line.start > most or ends_open(end.text) or dangles(end.text):
        return False
    return following is None or not (following.lower or runs_on(end, following))


def breaks_prose(lines: Sequence[Line], n: int) -> bool:
    """Whether a short line stands between full ones, in a text without empty lines."""
    before, line, following = lines[n - 1 : n + 2]
    if line.width is None or line.spaced or not before.closed or len(line.text) < 4:
        return False
    full = following.reach > 0.7 * line.width or marker_of(following.text) is not None
    return line.reach < 0.6 * line.width and full and not following.gap


def two_lines(lines: Sequence[Line], n: int) -> int:
    """A heading broken over two lines: the index after it, or 0."""
    line, second, after = lines[n], line_at(lines, n + 1), line_at(lines, n + 2)
    if second is None or after is None or second.gap or not after.gap or not line.gap:
        return 0
    text = f"{line.text} {second.text}"
    fits = len(text) <= LONGEST and line.fills(second) and len(second.text) < len(line.text)
    return n + 2 if fits and reads_as_title(text) and not after.lower else 0


def runs_on(line: Line, following: Line) -> bool:
    """Whether a line is full and the next goes on with it."""
    return not following.gap and line.fills(following)


def defines(line: Line, following: Line) -> bool:
    """Whether a word of a glossary stands above its definition."""
    words = len(line.text.split())
    return line.width is None and not following.gap and words <= 4 and len(following.text) > 40
