"""What a sentence may rest on: the quotes that it cites, and what is known of their sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.checks.lexis import stems
from assistant.wording import date_in_words
from ingest.documents import Citation, IndexedDocument, Passage
from ingest.sentences import sentences_within


@dataclass(frozen=True, slots=True)
class Proof:
    """A span of a document that a sentence may cite.

    Attributes:
        passage: The passage it stands in.
        start: Offset in the document.
        end: Offset after it.
    """

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its characters, exactly."""
        return self.passage.cut(self.start, self.end)

    def sentences(self) -> list[tuple[int, int]]:
        """Spans of its sentences, offsets in the document; itself when it holds none."""
        found = sentences_within(self.passage, self.start, self.end)
        return found or [(self.start, self.end)]


def proof_of(citation: Citation, documents: Mapping[str, IndexedDocument]) -> Proof | None:
    """What a citation quotes; None when it no longer stands in one passage."""
    document = documents.get(citation.document_id)
    if document is None:
        return None
    inside = (p for p in document.passages if p.start <= citation.start and citation.end <= p.end)
    passage = next(inside, None)
    return None if passage is None else Proof(passage, citation.start, citation.end)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of where the proofs stand; a sentence may name it without another citation.

    Attributes:
        source: Title, municipality, sort, body, date, period and status of the documents.
        headings: Headings, lead-in, row and column above them, without their numbers.
        writer: The bodies that issued the documents.
        titles: Titles of the documents; that of a letter names whom it is to.
    """

    source: str
    headings: str
    writer: str = ""
    titles: str = ""

    @property
    def all(self) -> str:
        """Both."""
        return f"{self.source}\n{self.headings}"


COLLEGE = "college van burgemeester en wethouders"
_SECTION_NUMBER = re.compile(r"^\W*(?:(?:hoofdstuk|bijlage|thema)\s+)?\d+(?:\.\d+)*\.?:?\s", re.I)


_SALUTATION = re.compile(r"\bgeachte .+", re.I)


def writer_of(body: str, context: str) -> str:
    """Who speaks in a passage: the body that issued the document.

    In a letter to that body, printed in its own document, it is the college that answers.
    """
    addressed = stems(" ".join(_SALUTATION.findall(context)))
    return COLLEGE if stems(body.partition(" van ")[0]) & addressed else body


def facts_of(proofs: Sequence[Proof], documents: Mapping[str, IndexedDocument]) -> Facts:
    """What is known of where the proofs stand."""
    source: dict[str, None] = {}
    headings: dict[str, None] = {}
    writers: dict[str, None] = {}
    titles: dict[str, None] = {}
    for proof in proofs:
        document = documents[proof.passage.document_id].document
        writer = writer_of(document.body, proof.passage.context)
        writers[writer] = titles[document.title] = None
        for line in (
            document.title,
            f"gemeente {document.municipality}",
            document.kind,
            document.body,
            writer,
            date_in_words(document.date),
            document.date[:4],
            document.period.replace("-", " "),
            document.status,
        ):
            source[line] = None
        for line in proof.passage.context.split("\n"):
            headings[_SECTION_NUMBER.sub("", line)] = None
    return Facts(*("\n".join(lines) for lines in (source, headings, writers, titles)))


def abbreviations_of(
    proofs: Sequence[Proof], documents: Mapping[str, IndexedDocument]
) -> dict[str, str]:
    """Short forms with their full ones, as the documents of the proofs explain them."""
    found: dict[str, str] = {}
    for proof in proofs:
        found |= documents[proof.passage.document_id].abbreviations
    return found


_INITIALS = re.compile(r"\b[A-Z]{3,}\b")


def initials_in_full(claim: str, text: str) -> str:
    """A claim in which the initials of words that stand together in a text are those words.

    "De SMA" is "De Sociaal Maatschappelijke Agenda" where the text has that and no "SMA".
    """
    lines = [_LETTERS.findall(line) for line in text.splitlines()]
    for short in dict.fromkeys(_INITIALS.findall(claim)):
        if re.search(rf"\b{short}\b", text):
            continue
        size = len(short)
        runs = (line[at : at + size] for line in lines for at in range(len(line) - size + 1))
        full = next((run for run in runs if "".join(w[0] for w in run).upper() == short), None)
        if full and full[0][0].isupper():
            claim = re.sub(rf"\b{short}\b", " ".join(full), claim)
    return claim


_LETTERS = re.compile(r"[^\W\d_]+")
