"""A quote in its surroundings as escaped HTML: readable blocks with the quote marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from ingest.documents import IndexedDocument, Passage, PassageKind, Section

CONTEXT = 1800
"""Most characters of the section that are shown before and after the quote."""

MORE = '<p class="bw-meer">… (dit deel van het document is langer)</p>'
BLANK_LINE = re.compile(r"\n\s*\n")
NAMES = {
    PassageKind.PARAGRAPH: "alinea",
    PassageKind.LIST: "lijst",
    PassageKind.TABLE_ROW: "rij",
    PassageKind.FOOTNOTE: "noot",
    PassageKind.HEADING: "kop",
}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document that reads as one thing.

    Attributes:
        lines: Spans that each stand on a line of their own, one after the other.
        name: How it is laid out.
    """

    lines: tuple[Span, ...]
    name: str


def surrounding_section(document: IndexedDocument, offset: int) -> Section | None:
    """The section that holds an offset, the shortest if several do; None when no section does."""
    around = (s for s in document.sections if s.start <= offset < s.end)
    return min(around, key=lambda section: section.end - section.start, default=None)


def context_of(document: IndexedDocument, quote: Span) -> Span:
    """The part of the section around a quote that is shown, widened to whole passages."""
    section = surrounding_section(document, quote[0])
    first, last = (section.start, section.end) if section else (0, len(document.text))
    start, end = max(first, quote[0] - CONTEXT), min(last, quote[1] + CONTEXT)
    for passage in document.passages:
        if passage.start < start < passage.end:
            start = max(first, passage.start)
        if passage.start < end < passage.end:
            end = passage.end
    return start, max(end, quote[1])


def blocks(document: IndexedDocument, span: Span) -> list[Block]:
    """Cut a span into its passages and the text between them, blank text left out."""
    found: list[Block] = []
    position = span[0]
    for passage in document.passages:
        start, end = max(passage.start, span[0]), min(passage.end, span[1])
        if start >= end:
            continue
        found += _between(document.text, (position, start))
        found.append(Block(_lines(passage, (start, end)), NAMES[passage.kind]))
        position = end
    return found + _between(document.text, (position, span[1]))


def _between(text: str, span: Span) -> list[Block]:
    """The text outside every passage, cut at blank lines."""
    if not text[span[0] : span[1]].strip():
        return []
    cuts = [match.end() for match in BLANK_LINE.finditer(text, *span)]
    paragraphs = (line for line in _cut(span, cuts) if text[line[0] : line[1]].strip())
    return [Block((paragraph,), "alinea") for paragraph in paragraphs]


def _lines(passage: Passage, span: Span) -> tuple[Span, ...]:
    """The items of a list or a table row each on a line; anything else as one running text."""
    if passage.kind not in {PassageKind.LIST, PassageKind.TABLE_ROW}:
        return (span,)
    return tuple(_cut(span, [start for start, _ in passage.sentences]))


def _cut(span: Span, cuts: list[int]) -> list[Span]:
    edges = [span[0], *(cut for cut in sorted(cuts) if span[0] < cut < span[1]), span[1]]
    return list(zip(edges, edges[1:], strict=False))


def marked(text: str, span: Span, quote: Span) -> str:
    """Escape the text of a span, with the part that the quote covers inside ``<mark>``."""
    start, end = span
    first, last = (max(start, min(offset, end)) for offset in quote)
    inside = text[first:last]
    middle = f"<mark>{escape(inside)}</mark>" if inside.strip() else escape(inside)
    return f"{escape(text[start:first])}{middle}{escape(text[last:end])}"


def excerpt_html(document: IndexedDocument, quote: Span) -> str:
    """The quote marked inside its section, as paragraphs, lists and headings."""
    start, end = context_of(document, quote)
    section = surrounding_section(document, quote[0])
    body = "".join(
        _block_html(document.text, block, quote) for block in blocks(document, (start, end))
    )
    before = MORE if section and start > section.start else ""
    after = MORE if section and end < section.end else ""
    return f"{before}{body}{after}"


def _block_html(text: str, block: Block, quote: Span) -> str:
    lines = "".join(f"<div>{marked(text, line, quote).strip()}</div>" for line in block.lines)
    return f'<div class="bw-{block.name}">{lines}</div>'
