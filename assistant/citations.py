"""Quotes become numbered citations, and none is shown that does not stand in its source.

An answer is drafted as lines, each with the quotes that prove it. ``number_citations`` turns the
draft into text with [n] markers: numbers follow the order of appearance, every number exists and
none is unused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.errors import CitationError
from assistant.wording import line_of, page_of
from ingest.documents import Citation, IndexedDocument, Passage


@dataclass(frozen=True, slots=True)
class Quote:
    """A span that proves something.

    Attributes:
        passage: The passage it stands in.
        start: Offset in the document.
        end: Offset after the quote.
        bold: Spans in document offsets that hold the value asked for.
        also: The same said elsewhere.
        room: Most characters of it that the text shows; None shows all. Its citation holds all.
    """

    passage: Passage
    start: int
    end: int
    bold: tuple[tuple[int, int], ...] = ()
    also: tuple[Quote, ...] = ()
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a drafted answer.

    Attributes:
        text: Words of ours; "" for a line of quotes alone. What it takes over from a document
            or a question must have gone through ``plain``.
        quotes: They follow the text, each with its number.
    """

    text: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations are numbered and verified."""

    lines: tuple[Line, ...] = field(default_factory=tuple)


def number_citations(
    draft: Draft, documents: Mapping[str, IndexedDocument]
) -> tuple[str, tuple[Citation, ...]]:
    """Write out a draft with [n] markers and give the citation of each number.

    Args:
        draft: Lines with their quotes.
        documents: The indexed documents by id.

    Returns:
        The text, and the citations in the order of their numbers. The same span cited twice
        keeps its first number.

    Raises:
        CitationError: If a quote is not the source's text at its offsets.
    """
    citations: dict[tuple[str, int, int], Citation] = {}
    lines = []
    for line in draft.lines:
        marked = []
        for quote in line.quotes:
            key = (quote.passage.document_id, quote.start, quote.end)
            if key not in citations:
                citations[key] = cite(quote, documents, number=len(citations) + 1)
            marked.append(f"„{show(quote)}” [{citations[key].number}]")
        lines.append(" ".join(part for part in (line.text, *marked) if part))
    return "\n".join(_spaced(lines)).strip(), tuple(citations.values())


def _spaced(lines: Sequence[str]) -> list[str]:
    """Lines with an empty one where a list ends, so that what follows is not part of its item."""
    spaced: list[str] = []
    for line in lines:
        if spaced and spaced[-1].startswith("- ") and not line.startswith("- "):
            spaced.append("")
        spaced.append(line)
    return spaced


def cite(quote: Quote, documents: Mapping[str, IndexedDocument], number: int) -> Citation:
    """Make the verified citation of a quote.

    Raises:
        CitationError: If the passage is not the document's text at its offsets, or the quote
            lies outside it.
    """
    passage = quote.passage
    indexed = documents[passage.document_id]
    if indexed.text[passage.start : passage.end] != passage.text:
        raise CitationError(
            f"De tekst van {indexed.document.title} is veranderd. "
            "Lees het document opnieuw in met: python -m ingest"
        )
    if not passage.start <= quote.start < quote.end <= passage.end:
        raise CitationError(f"Een citaat valt buiten zijn passage in {indexed.document.title}.")
    page = page_of(indexed.pages, quote.start)
    return Citation(
        number=number,
        document_id=passage.document_id,
        title=indexed.document.title,
        municipality=indexed.document.municipality,
        section=passage.section,
        page=page.number if page else None,
        page_label=page.label if page else "",
        line=None if indexed.pages else line_of(indexed.text, quote.start),
        start=quote.start,
        end=quote.end,
        quote=indexed.text[quote.start : quote.end],
        also=tuple(cite(other, documents, number) for other in quote.also),
        printed=passage.as_printed(quote.start, quote.end),
    )


def show(quote: Quote) -> str:
    """The quote as it reads in an answer: on one line, with the value asked for in bold.

    The citation keeps the source's own characters; here marks that would be taken for layout
    or for a citation number are made harmless, and bars part the cells of a table row.
    """
    text, start = quote.passage.text, quote.passage.start

    def plain_cells(piece: str) -> str:
        return plain(piece.replace("\t", " | ") if quote.passage.cells else piece)

    pieces, at = [], quote.start
    for first, last in sorted(quote.bold):
        first, last = max(first, at), min(last, quote.end)
        if first >= last:
            continue
        pieces.append(plain_cells(text[at - start : first - start]))
        pieces.append(f"**{plain_cells(text[first - start : last - start]).strip()}**")
        at = last
    pieces.append(plain_cells(text[at - start : quote.end - start]))
    shown = "".join(pieces).strip()
    return shown if quote.room is None else shorten(shown, quote.room)


def shorten(text: str, room: int) -> str:
    """The beginning of a text, up to the end of a word, with "…" where something is left out."""
    return text if len(text) <= room else f"{text[:room].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def plain(text: str) -> str:
    """Text of others on one line, in which no character means layout or a citation.

    For quotes, and for headings, titles and names that go into a line of ours. The result is
    Markdown: what reads it shows the characters of the text itself. Stray asterisks are dropped:
    extraction leaves them behind where the source had italics.
    """
    text = re.sub(r"\[(\d+)\]", r"(\1)", text)
    text = re.sub(r"[\u00ad¬]", "", text)
    text = re.sub(r"(?<=\w-)[ \t]*\n[ \t]*(?=[a-z])", "", text)
    text = re.sub(r"\s+", " ", text.replace("*", ""))
    return re.sub(r"([\\`_\[\]<>|]|~(?=~)|(?<=~)~|&(?=#?\w+;))", r"\\\1", text)


def merge(quotes: Iterable[Quote]) -> list[Quote]:
    """Join quotes of one passage that touch or overlap, so that one number proves them both."""
    merged: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.passage.document_id, q.start)):
        last = merged[-1] if merged else None
        if last and last.passage.id == quote.passage.id:
            if not quote.passage.cut(last.end, quote.start).strip():
                merged[-1] = replace(
                    last,
                    end=max(last.end, quote.end),
                    bold=last.bold + quote.bold,
                    also=last.also + quote.also,
                )
                continue
        merged.append(quote)
    return merged
