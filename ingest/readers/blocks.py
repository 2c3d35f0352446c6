"""What the readers of structured formats make of a file: paragraphs of all sorts, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.documents import MarkKind

_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\0]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NO_TITLE = re.compile(
    r"untitled|naamloos|titel|title|document\d*|microsoft word - .*|.*\.(?:docx?|pdf|indd|odt|rtf)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of any sort.

    Attributes:
        kind: What it is; never a row.
        text: Its text, its number or bullet included; may hold line ends.
        level: Depth of a heading or an item, from 1; 0 for the other kinds.
        strong: Whether all of it is set in bold.
    """

    kind: MarkKind
    text: str
    level: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table.

    Attributes:
        blocks: What it holds.
        width: Number of columns that it takes.
        below: Whether it goes on with the cell above it, so that it holds nothing itself.
    """

    blocks: tuple[Block, ...] = ()
    width: int = 1
    below: bool = False

    @property
    def text(self) -> str:
        """What it holds, one paragraph a line."""
        lines = (clean(block.text).replace("\n", " ") for block in self.blocks)
        return "\n".join(line for line in lines if line)

    @property
    def strong(self) -> bool:
        """Whether all that it holds is set in bold."""
        return all(block.strong for block in self.blocks if block.text.strip())


@dataclass(slots=True)
class Table:
    """A table.

    Attributes:
        rows: Its rows from the top, each with its cells from the left.
        headers: Number of rows at its top that the format states to be its header.
    """

    rows: list[list[TableCell]] = field(default_factory=list)
    headers: int = 0

    def blocks(self) -> Iterator[Block]:
        """What its cells hold, in reading order."""
        return (block for row in self.rows for cell in row for block in cell.blocks)


def paragraph(text: str, *, strong: bool = False) -> Block:
    """A paragraph of running text."""
    return Block(MarkKind.PARAGRAPH, text, strong=strong)


def note(number: int, text: str) -> Block:
    """A footnote with its number, raised as in print."""
    return Block(MarkKind.FOOTNOTE, f"{str(number).translate(_RAISED)} {text}")


def clean(text: str) -> str:
    """Leave out what shows nothing, and keep one space where there are several."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return re.sub(r" ?\n ?", "\n", text).strip()


def stated_title(title: str | None) -> str:
    """The title that a file states; "" for what a program fills in by itself."""
    title = " ".join(clean(title or "").split())
    return "" if _NO_TITLE.fullmatch(title) else title
