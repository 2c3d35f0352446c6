"""A text with footnotes and a table, before it becomes a file of some format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# A footnote's number within its point, or a place that the officer fills in.
_MARK = re.compile(r"\[(?P<number>\d{1,2})\]|(?P<open>\[[^\[\]]*\])")
# Word processors refuse control characters; a form feed is common in text taken from PDF.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

ANNEX_WIDTHS = (1.0, 7.5, 2.8, 10.2, 3.2)
"""Of the columns of the table in the annex, in cm; they fill an A4 that lies down."""


class BlockKind(StrEnum):
    """What a block of a text is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    LINE = "line"
    SMALL = "small"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text.

    Attributes:
        text: Its characters; "" for a mere footnote.
        note: Text of the footnote behind it, or "".
        open: Whether the officer has to fill it in or choose.
    """

    text: str
    note: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item.

    Attributes:
        kind: What it is.
        pieces: Its runs, in order.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A text to be written as a file.

    Attributes:
        title: Title, for the properties of the file.
        subject: Subject, for the same.
        blocks: The text, in order.
        annex: What stands on a page of its own behind it, without its table; empty for none.
        table: The table of the annex; None for none.
        compact: Whether it has to fit on one page.
    """

    title: str
    subject: str
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...] = ()
    table: Table | None = None
    compact: bool = False


def clean(text: str) -> str:
    """Text without characters that a file of text cannot hold."""
    return _CONTROL.sub(" ", text)


def blocks_of(
    text: str, notes: Mapping[int, str], kind: BlockKind = BlockKind.PARAGRAPH
) -> tuple[Block, ...]:
    """Plain text as blocks: a line each, "[n]" a footnote, other square brackets open places.

    Args:
        text: The text; empty lines part nothing more than line ends do.
        notes: Text of the footnote of each number. A number that there is not stays as it is.
        kind: What the lines are; a line that begins with "- " is an item.
    """
    blocks = []
    for line in clean(text).splitlines():
        words = line.strip()
        item = words.startswith("- ")
        pieces = tuple(_pieces(words[2:] if item else words, notes))
        if pieces:
            blocks.append(Block(BlockKind.ITEM if item else kind, pieces))
    return tuple(blocks)


def heading(text: str, kind: BlockKind = BlockKind.HEADING) -> Block:
    """A heading; brackets in it mean nothing."""
    return Block(kind, (Piece(clean(" ".join(text.split()))),))


def _pieces(line: str, notes: Mapping[int, str]) -> Sequence[Piece]:
    pieces: list[Piece] = []
    at = 0
    for mark in _MARK.finditer(line):
        number = int(mark["number"]) if mark["number"] else None
        if number is not None and number not in notes:
            continue
        before = line[at : mark.start()]
        if number is None:
            pieces += [Piece(before)] if before else []
            pieces.append(Piece(mark["open"], open=True))
        else:
            # The footnote stands against the word that it proves.
            pieces.append(Piece(before.rstrip(), note=clean(notes[number])))
        at = mark.end()
    return [*pieces, Piece(line[at:])] if line[at:] else pieces
