"""A document, its passages, and all that the index holds of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.documents.readings import Cell, Page
from ingest.documents.statements import Statement


@dataclass(frozen=True, slots=True)
class Document:
    """What is known about a document apart from its text.

    Attributes:
        id: File stem in the corpus; unique within an index. Of what was inside a message or
            archive: that one's id, a "+", and its own name.
        file: File name with its extension; of what was inside a message or archive with that
            before it: "bundel.zip/2024/nota.pdf".
        title: Title as a reader would cite it.
        municipality: Name of the municipality, or "" when unknown.
        kind: Sort of document in Dutch: agenda, evaluatie, brief, bestuurlijke reactie, ...
        body: Who issued it: college, rekenkamercommissie, ...; "" when unknown.
        date: ISO date, year-month or year of issue; "" when unknown.
        period: Years it covers, as "2023-2027"; "" when it states none.
        status: "vastgesteld", "concept", ... ; "" when unknown.
        supersedes: Title or id of what it replaces; "" when nothing is known.
        source: Where it was published; "" when unknown.
        sha256: Hex digest of the file's bytes.
        origin: File name of the message or archive that it was inside; "" for a file itself.
        names: Other names under which the very same file was found.
        guessed: Names of the fields above that were guessed rather than given in the catalog.
    """

    id: str
    file: str
    title: str
    municipality: str = ""
    kind: str = ""
    body: str = ""
    date: str = ""
    period: str = ""
    status: str = ""
    supersedes: str = ""
    source: str = ""
    sha256: str = ""
    origin: str = ""
    names: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it, up to the next heading of any level.

    Attributes:
        number: Number as printed ("2.1", "Bijlage 3"), or "".
        heading: The heading's own text without its number; "" for text before the first heading.
        path: Headings from the outermost to this one, with their numbers.
        start: Offset of the heading.
        end: Offset after the section's own text (subsections excluded).
    """

    number: str
    heading: str
    path: tuple[str, ...]
    start: int
    end: int


class PassageKind(StrEnum):
    """What a passage is, seen by a reader."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE_ROW = "table row"
    FOOTNOTE = "footnote"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: what a reader would call one thing.

    Attributes:
        id: "<document id>:<start>-<end>".
        document_id: The document it stands in.
        section: Headings above it, outermost first.
        start: Offset of its first character.
        end: Offset after its last character.
        first_page: Physical number of the page it begins on; None without pages.
        last_page: Physical number of the page it ends on; None without pages.
        text: Exactly ``document_text[start:end]``.
        kind: What it is.
        lead_in: The sentence that introduces a list ("Doelen:"), or "".
        row: Name of the table row it belongs to ("7. Leven / Investeren in mensen"), or "".
        column: Name of the table column(s) it belongs to ("Doelstelling"), or "".
        sentences: Spans of its sentences in document offsets, in order; a list item or a table
            cell's item counts as one sentence, its marker included, and so does a short table row.
        cells: Cells of a table row whose columns the file itself states; else empty.
        hyphens: Offsets in the document at which the source breaks a word of it in two.
    """

    id: str
    document_id: str
    section: tuple[str, ...]
    start: int
    end: int
    first_page: int | None
    last_page: int | None
    text: str
    kind: PassageKind
    lead_in: str = ""
    row: str = ""
    column: str = ""
    sentences: tuple[tuple[int, int], ...] = ()
    cells: tuple[Cell, ...] = ()
    hyphens: tuple[int, ...] = ()

    @property
    def context(self) -> str:
        """Headings, lead-in, row and column: what tells a reader what the passage is about."""
        return "\n".join(
            part for part in (*self.section, self.lead_in, self.row, self.column) if part
        )

    def cut(self, start: int, end: int) -> str:
        """The characters of a span of the document that lies inside the passage.

        Args:
            start: Offset in the document, at least ``self.start``.
            end: Offset in the document, at most ``self.end``.

        Returns:
            Exactly ``document_text[start:end]``.
        """
        return self.text[start - self.start : end - self.start]

    def as_printed(self, start: int, end: int) -> str:
        """The characters of a span as the source has them, broken words broken.

        Args:
            start: Offset in the document, at least ``self.start``.
            end: Offset in the document, at most ``self.end``.

        Returns:
            What ``cut`` gives, with a hyphen and a line end where the source has them in a word.
        """
        edges = [start, *(at for at in self.hyphens if start < at < end), end]
        return "-\n".join(self.cut(a, b) for a, b in zip(edges, edges[1:], strict=False))


class PersonalKind(StrEnum):
    """The kinds of personal data that are looked for."""

    CITIZEN = "burgerservicenummer"
    ACCOUNT = "rekeningnummer"
    MAIL = "e-mailadres"
    PHONE = "telefoonnummer"


@dataclass(frozen=True, slots=True)
class Personal:
    """A place where personal data stand.

    Attributes:
        kind: What stands there.
        start: Offset of its first character.
        end: Offset after its last character.
    """

    kind: PersonalKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index holds it: its text and all that was made of it.

    Attributes:
        document: Its metadata.
        text: The canonical text.
        pages: In order; empty for a format without pages.
        unread: Physical numbers of pages that hold no readable text.
        format: What a user calls such a file: "Word-bestand", "pdf"; "" when unknown.
        encoding: Character set that the text was decoded from, or "" where that says nothing.
        notes: What its reader remarked, each a sentence for the user.
        sketch: A small sample of its text, to tell which documents are nearly the same.
        personal: Where personal data stand in it, in order.
        sections: In reading order.
        passages: In reading order; they do not overlap.
        statements: In reading order.
        abbreviations: Short form to full form, as the document itself explains them.
    """

    document: Document
    text: str
    pages: tuple[Page, ...]
    unread: tuple[int, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...] = ()
    abbreviations: dict[str, str] = field(default_factory=dict)
    format: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()
    personal: tuple[Personal, ...] = ()

    def placed(self) -> Iterator[tuple[Statement, Passage]]:
        """Each statement with the passage it stands in, in reading order."""
        passages = iter(self.passages)
        passage = next(passages, None)
        for statement in self.statements:
            while passage is not None and passage.end <= statement.start:
                passage = next(passages, None)
            if passage is not None and passage.start <= statement.start < passage.end:
                yield statement, passage
