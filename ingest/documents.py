"""The records that flow between the stages, from a file on disk to an answer on the page.

Offsets rule everything: each document has one canonical text, and every page, section, passage,
statement and citation is a half-open span ``[start, end)`` of it, counted in characters.
This module imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


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


class StatementKind(StrEnum):
    """The kinds of policy statement that the register keeps."""

    GOAL = "doel"
    INDICATOR = "indicator"
    PRINCIPLE = "uitgangspunt"
    MEASURE = "maatregel"
    RECOMMENDATION = "aanbeveling"
    REACTION = "reactie"
    PROMISE = "toezegging"
    ASSIGNMENT = "opdracht"
    FINDING = "bevinding"


@dataclass(frozen=True, slots=True)
class Statement:
    """One policy statement: a goal, an indicator, a recommendation, ...

    Attributes:
        document_id: The document it stands in.
        kind: What it is.
        start: Offset of its first character (its list marker excluded).
        end: Offset after its last character.
        text: Exactly ``document_text[start:end]``.
        number: Its number in its list ("3", "iv"), or "".
        theme: The theme, row or heading it stands under, or "".
        programme: The programme it belongs to ("MAG 2.0"), or "".
        year: Year of its programme where the text dates that, else of the document; None when
            both are unknown.
        implied: Whether only its wording in the running text of a policy document makes it one:
            no list, table, heading or word such as "uitgangspunt" says so.
        topics: Topics of its own words, from the vocabulary.
        theme_topics: Further topics that only its theme gives it.
    """

    document_id: str
    kind: StatementKind
    start: int
    end: int
    text: str
    number: str = ""
    theme: str = ""
    programme: str = ""
    year: int | None = None
    implied: bool = False
    topics: tuple[str, ...] = ()
    theme_topics: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Document id and offsets; stays the same as long as the document does."""
        return f"{self.document_id}:{self.start}-{self.end}"


class LinkKind(StrEnum):
    """What one statement is to another, as the register's readers see it."""

    MEASURES = "meet"
    ANSWERS = "antwoordt op"
    REPEATS = "herhaalt"
    SUCCEEDS = "volgt op"
    JUDGES = "beoordeelt"


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a thread: what one statement is to another.

    Attributes:
        kind: What the statement is to the other.
        target: Id of the other statement.
        why: The reason, in Dutch.
        sure: How sure it is, in (0, 1].
    """

    kind: LinkKind
    target: str
    why: str
    sure: float


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


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        passage: What was found.
        score: Rank score, higher is better; comparable only within one question.
        lexical: Its share from words, in [0, 1].
        dense: Cosine with the question's vector, in [-1, 1].
        also: Passages that say nearly the same elsewhere, folded into this one.
    """

    passage: Passage
    score: float
    lexical: float = 0.0
    dense: float = 0.0
    also: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verified quote with the place where it stands.

    Attributes:
        number: The [n] in the answer's text, counted from 1 in order of appearance.
        document_id: The document it stands in.
        title: That document's title.
        municipality: That document's municipality, or "".
        section: Headings above it, outermost first.
        page: Physical page of the quote's first character; None without pages.
        page_label: That page's printed label; "" without pages.
        line: Line of the quote's first character, from 1, where the text has no pages; else None.
        start: Offset of the quote.
        end: Offset after the quote.
        quote: Exactly ``document_text[start:end]``.
        printed: The quote as the source prints it, with words broken at the end of a line; "" for
            the quote itself.
        also: Citations of other places that say nearly the same; they carry this number too.
    """

    number: int
    document_id: str
    title: str
    municipality: str
    section: tuple[str, ...]
    page: int | None
    page_label: str
    line: int | None
    start: int
    end: int
    quote: str
    also: tuple[Citation, ...] = ()
    printed: str = ""


class QuestionKind(StrEnum):
    """What sort of answer a question asks for."""

    FACT = "feit"
    DEFINITION = "begrip"
    LIST = "lijst"
    RECOMMENDATION = "aanbeveling"
    COMPARISON = "vergelijking"
    EXPLANATION = "uitleg"
    NONE = "geen"


class Refusal(StrEnum):
    """Why a question was not answered."""

    NOT_FOUND = "niet in de documenten"
    ONLY_NEAR = "alleen iets in de buurt"
    UNREADABLE = "een pagina was niet te lezen"
    NO_QUESTION = "geen vraag"
    NOT_FOR_US = "geen vraag over de documenten"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier exchange in the conversation.

    Attributes:
        question: What the user asked, as understood.
        answer: What was answered.
    """

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """In which documents the evidence was found, out of those that were searched.

    Attributes:
        places: Number of places found.
        found: Ids of the documents that hold them.
        searched: Ids of all documents that were searched.
        unread: Document id to the physical numbers of its pages that could not be read.
    """

    places: int = 0
    found: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    unread: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence that a language model wrote, with what came of checking it.

    Attributes:
        text: The sentence, without markers.
        cited: The numbers of the evidence that it cited, as the model was given them.
        problem: Why it is not proven, in Dutch; "" when it is.
        detail: The number, name or word that the problem is about; "" when it is about all.
        shown: Whether it stands in the answer as proven.
    """

    text: str
    cited: tuple[int, ...]
    problem: str = ""
    detail: str = ""
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Making:
    """How a language model had part in an answer; with it, the answer can be made again.

    Attributes:
        model: Its name.
        place: Where it runs, in Dutch.
        prompts: Name to version of the prompts that were used.
        settings: Name to value of what was set: tokens, temperature, what happens to failures.
        messages: Role and text of what was asked, in order.
        written: All that the model wrote.
        judged: Its sentences, in order.
        extractive: The text of the answer without the model.
        note: What the reader is told of the model's part, in Dutch; "" for nothing.
    """

    model: str
    place: str = ""
    prompts: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    messages: tuple[tuple[str, str], ...] = ()
    written: str = ""
    judged: tuple[Judged, ...] = ()
    extractive: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof.

    Attributes:
        question: The question as it was asked.
        understood: The question as it was understood: made whole from the conversation.
        text: Markdown with [n] markers; document text in it is escaped.
        citations: One for each number in the text, in order.
        abstained: True for a refusal.
        reason: Which kind of refusal; None when the question was answered.
        kind: The kind of question.
        hits: The ranked evidence that was looked at, best first.
        coverage: Where the evidence was found.
        made_by: "extractief", or the name of the language model.
        seconds: Time from question to answer.
        closing: The last line of the text, on where was found what and where nothing; "" for none.
        fixed: Whether the text states what was counted or is an overview, which no model rewords.
        making: What part a language model had; None when none was asked.
    """

    question: str
    understood: str
    text: str
    citations: tuple[Citation, ...]
    abstained: bool
    reason: Refusal | None
    kind: QuestionKind
    hits: tuple[Hit, ...]
    coverage: Coverage
    made_by: str = "extractief"
    seconds: float = 0.0
    closing: str = ""
    fixed: bool = False
    making: Making | None = None
