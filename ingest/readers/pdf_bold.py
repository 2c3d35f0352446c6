"""Lines in bold between lines that are not: headings, or at least what their author set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.documents import Mark, MarkKind
from ingest.readers.pdf_lines import Line

_MOST_LINES = 4
_LONGEST = 300  # characters
_MOST_SHARE = 0.4  # of the lines of a page; where more are bold, it sets nothing apart
_SAME_HEIGHT = 0.08  # share by which the type of one heading may differ
_GAP = 0.7  # times the height of a line: white space between two headings
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.|[a-z]\))\s|(?:artikel|hoofdstuk)\s", re.I
)


def with_bold(lines: Sequence[Line]) -> list[Line]:
    """Mark paragraphs of which all is set in bold.

    Args:
        lines: The lines of a page.

    Returns:
        As many lines, or fewer: the lines of one such paragraph become one.
    """
    filled = [line for line in lines if line.text.strip()]
    if sum(line.strong for line in filled) > _MOST_SHARE * len(filled):
        return list(lines)
    found: list[Line] = []
    n = 0
    while n < len(lines):
        last = _end_of_group(lines, n)
        group = lines[n:last]
        if not group or not _sets_apart(group, lines[last:]):
            found += group or [lines[n]]
            n = max(last, n + 1)
            continue
        text = "\n".join(line.text.strip() for line in group)
        mark = Mark(MarkKind.PARAGRAPH, 0, len(text), strong=True)
        found.append(Line(text, group[0].box, strong=True, mark=mark))
        n = last
    return found


def _end_of_group(lines: Sequence[Line], n: int) -> int:
    """Index after the bold lines that begin here and belong together; n itself for none."""
    last = n
    while last < len(lines) and _is_plainly_bold(lines[last]):
        if last > n and not _goes_on(lines[last - 1], lines[last]):
            break
        last += 1
    return last


def _is_plainly_bold(line: Line) -> bool:
    return line.strong and line.mark is None and any(map(str.isalpha, line.text))


def _goes_on(before: Line, line: Line) -> bool:
    if before.box is None or line.box is None or _NUMBER.match(line.text):
        return False
    height = before.box.height
    return (
        abs(line.box.height - height) <= _SAME_HEIGHT * height
        and line.box.top - before.box.bottom <= _GAP * height
    )


def _sets_apart(group: Sequence[Line], rest: Sequence[Line]) -> bool:
    """Whether plain text follows, on the same page."""
    following = next((line for line in rest if line.text.strip()), None)
    short = len(group) <= _MOST_LINES and sum(len(line.text) for line in group) <= _LONGEST
    return short and following is not None
