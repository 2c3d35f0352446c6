"""What the reader of a format gives: text, pages, and what the format states of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document that has pages.

    Attributes:
        number: Physical number, counted from 1.
        label: Number as printed ("iv", "A-1"); the physical number when nothing else is known.
        start: Offset of its first character.
        end: Offset after its last character; equal to start for a page without text.
        read_by: Program that its text was taken out with: "pypdf", "pypdfium2"; "tesseract" for a
            scan whose text was recognised.
        problem: Why it could not be read, in words for the user; "" when it was.
        confidence: Of a scan: how sure its text is, in [0, 1]; None for a page that was no scan.
    """

    number: int
    label: str
    start: int
    end: int
    read_by: str = ""
    problem: str = ""
    confidence: float | None = None


class MarkKind(StrEnum):
    """What a format can say that a piece of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        column: Header of its column, or "" where the table has none.
    """

    start: int
    end: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the format itself says of a piece of text, so that nobody need guess it.

    Attributes:
        kind: What it is.
        start: Offset of its first character, its number or bullet included.
        end: Offset after its last character.
        level: Depth of a heading or an item, from 1 for the outermost; 0 for the other kinds.
        strong: Whether all of it is set in bold.
        header: Whether it is a row that names the columns.
        row: Name of a table row, or "".
        cells: Cells of a table row that hold something, in order.
    """

    kind: MarkKind
    start: int
    end: int
    level: int = 0
    strong: bool = False
    header: bool = False
    row: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    r"""What the reader of a format gives: the canonical text, its pages, and what is stated of it.

    Attributes:
        text: The canonical text; line ends are "\n".
        pages: In order; empty for a format without pages.
        unread: Physical numbers of pages that hold no readable text.
        title: Title that the file itself states, or "".
        encoding: Character set that the text was decoded from, or "" where that says nothing.
        format: What a user calls such a file: "Word-bestand", "pdf".
        marks: What the format says of its parts, in order; they do not overlap. What no mark holds
            is guessed from the text.
        notes: Remarks for the user about the file, each a sentence.
        hyphens: Offsets at which the source has a hyphen and a line end between two letters of a
            word, in order: the text holds the word as a whole.
    """

    text: str
    pages: tuple[Page, ...] = ()
    unread: tuple[int, ...] = ()
    title: str = ""
    encoding: str = ""
    format: str = ""
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    hyphens: tuple[int, ...] = ()
