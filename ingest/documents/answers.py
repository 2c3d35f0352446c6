"""Questions and answers, with the evidence that they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.documents.document import Passage


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
        looked_over: What the model said when it looked its sentences over; "" when it did not.
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
    looked_over: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence of an answer that was put into plain Dutch.

    Attributes:
        original: The sentence as it was, without markers.
        text: As it is now, without markers; the same as ``original`` where it stayed.
        numbers: The citations that prove it: all that it had before.
        written: What a language model made of it, with what is wrong with that; "" when none was
            asked.
        problem: Why the model's words were not taken, in Dutch; "" when they were, or none was
            asked.
        detail: The number, name or word that the problem is about; "" when it is about all.
    """

    original: str
    text: str
    numbers: tuple[int, ...]
    written: str = ""
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an answer with what a document says that it means.

    Attributes:
        term: As the document writes it.
        meaning: The document's own words.
        title: That document's title.
    """

    term: str
    meaning: str
    title: str


@dataclass(frozen=True, slots=True)
class Plain:
    """What was done to put an answer into plain Dutch (B1).

    Attributes:
        original: The text of the answer before.
        sentences: Its sentences, in order.
        terms: What its terms mean.
        before: How easily it read, from 0 (very hard) to 100 (very easy).
        after: The same for what it reads now.
        note: What the reader is told of it, in Dutch.
        model: The language model that rewrote it; "" when that was done by rules.
        prompts: Name to version of the prompts that were used.
    """

    original: str
    sentences: tuple[Reworded, ...]
    terms: tuple[Term, ...]
    before: int
    after: int
    note: str
    model: str = ""
    prompts: dict[str, str] = field(default_factory=dict)


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
        plain: How it was put into plain Dutch; None when it was not.
        history: The conversation that it was asked in, oldest turn first.
        chosen: Ids of the documents that were to be searched; None for all.
        understood_by: The language model that made the question whole; "" when it did not.
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
    plain: Plain | None = None
    history: tuple[Turn, ...] = ()
    chosen: tuple[str, ...] | None = None
    understood_by: str = ""
