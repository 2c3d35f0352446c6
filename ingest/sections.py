"""How headings nest, and the sections that they make."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.documents import Section
from ingest.lines import Line
from ingest.titles import Heading, Rank


def paths_of(headings: Sequence[Heading]) -> tuple[tuple[str, ...], ...]:
    """Give the path of each heading, outermost first and the heading itself last."""
    stack: list[Heading] = []
    paths = []
    for heading in headings:
        if heading.signed or heading.rank == Rank.LETTER:
            stack.clear()
        while stack and (stack[-1].rank >= heading.rank or _is_foreign(stack[-1], heading)):
            stack.pop()
        stack.append(heading)
        paths.append(tuple(above.name for above in stack))
    return tuple(paths)


def _is_foreign(above: Heading, heading: Heading) -> bool:
    """Whether a heading such as 2.1 cannot stand under another chapter than 2."""
    chapter = above.number.removeprefix("Hoofdstuk ")
    if heading.stated or "." not in heading.number:
        return False
    if above.rank != Rank.CHAPTER or not chapter.isdigit():
        return False
    return heading.number.split(".")[0] != chapter


def build_sections(
    lines: Sequence[Line], headings: Sequence[Heading], paths: Sequence[tuple[str, ...]]
) -> tuple[Section, ...]:
    """Make the sections of a document.

    Args:
        lines: Its lines; at least one.
        headings: Its headings.
        paths: The path of each heading.

    Returns:
        The sections in reading order, first the one without a heading where text stands before
        the first heading.
    """
    sections = []
    first = headings[0].first if headings else len(lines)
    if first:
        sections.append(Section("", "", (), lines[0].start, lines[first - 1].end))
    ends = [*(heading.first for heading in headings[1:]), len(lines)]
    for heading, path, end in zip(headings, paths, ends, strict=False):
        start = lines[heading.first].start
        sections.append(Section(heading.number, heading.title, path, start, lines[end - 1].end))
    return tuple(sections)
