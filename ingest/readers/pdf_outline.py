"""The outline of a PDF (its bookmarks) says which lines are headings, and how they nest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PdfReader

from ingest.documents import Mark, MarkKind
from ingest.readers.pdf_lines import Line

_DEEPEST = 12
_MOST = 5000
_MOST_LINES = 4  # that one heading is broken over
_LETTERS = re.compile(r"[\W_]+")
_LEAST_SHARE = 0.6  # of the entries whose heading is found, for an outline to be trusted


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an outline.

    Attributes:
        title: Its text.
        page: Number of the page that it leads to, from 1.
        level: Its depth, from 1.
    """

    title: str
    page: int
    level: int


def outline_of(reader: PdfReader) -> list[Entry]:
    """The entries that lead to a page, in order; empty for a file without an outline."""
    return list(_entries(reader, reader.outline, 1))[:_MOST]


def _entries(reader: PdfReader, items: Any, level: int) -> Iterator[Entry]:  # noqa: ANN401 - pypdf's own nested lists
    # Damaged outlines may lead back to themselves.
    for item in items if level <= _DEEPEST else ():
        if isinstance(item, list):
            yield from _entries(reader, item, level + 1)
            continue
        page = reader.get_destination_page_number(item)
        title = " ".join(str(item.title or "").split())
        if title and page is not None and page >= 0:
            yield Entry(title, page + 1, level)


def with_headings(pages: Sequence[Sequence[Line]], entries: Sequence[Entry]) -> list[list[Line]]:
    """Mark the lines that the entries of an outline name as headings.

    Args:
        pages: The lines of each page.
        entries: The outline.

    Returns:
        The pages; a heading that was broken over lines is one line. Unchanged where most entries
        name nothing that stands on their page.
    """
    marked = [list(lines) for lines in pages]
    found = sum(
        _mark(marked[entry.page - 1], entry) for entry in entries if entry.page <= len(marked)
    )
    return marked if found >= _LEAST_SHARE * len(entries) else [list(lines) for lines in pages]


def _mark(lines: list[Line], entry: Entry) -> bool:
    """Mark one heading; whether it was found on its page."""
    wanted = _letters(entry.title)
    for first, line in enumerate(lines):
        if not _is_free(line) or not wanted or not _letters(line.text):
            continue
        said, last = "", first
        while last < min(first + _MOST_LINES, len(lines)) and _is_free(lines[last]):
            said += _letters(lines[last].text)
            last += 1
            if not wanted.startswith(said):
                break
            if said == wanted:
                text = "\n".join(part.text for part in lines[first:last] if part.text.strip())
                mark = Mark(MarkKind.HEADING, 0, len(text), level=entry.level)
                lines[first:last] = [replace(line, text=text, places=(), mark=mark)]
                return True
    return False


def _is_free(line: Line) -> bool:
    """Whether nobody says yet what a line is, but perhaps that it is bold."""
    return line.mark is None or line.mark.strong


def _letters(text: str) -> str:
    """Letters and digits alone: outlines differ from the page in spaces and punctuation."""
    return _LETTERS.sub("", text).lower()
