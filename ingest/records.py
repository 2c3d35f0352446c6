"""The records of a document to JSON and back.

A large document has many passages and statements, and all documents are loaded to open an index:
so each of these is a row without names, and what they quote stands in the document's text only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple
from typing import Any

from ingest.documents import (
    Cell,
    Document,
    IndexedDocument,
    Page,
    Passage,
    PassageKind,
    Personal,
    PersonalKind,
    Section,
    Statement,
    StatementKind,
)


def from_document(indexed: IndexedDocument) -> dict[str, Any]:
    """A document as JSON says it."""
    return {
        "document": asdict(indexed.document),
        "text": indexed.text,
        "pages": [astuple(page) for page in indexed.pages],
        "unread": indexed.unread,
        "sections": [astuple(section) for section in indexed.sections],
        "passages": [_from_passage(passage) for passage in indexed.passages],
        "statements": [_from_statement(statement) for statement in indexed.statements],
        "abbreviations": indexed.abbreviations,
        "format": indexed.format,
        "encoding": indexed.encoding,
        "notes": indexed.notes,
        "sketch": indexed.sketch,
        "personal": [astuple(one) for one in indexed.personal],
    }


def to_document(content: dict[str, Any]) -> IndexedDocument:
    """The document of its JSON.

    Raises:
        ValueError: If a kind is unknown, a row is not complete, or a span lies outside the text.
        KeyError: If a part is missing.
        TypeError: If a part is unknown.
        AttributeError: If it is something else altogether.
    """
    about = content["document"]
    names, guessed = tuple(about["names"]), tuple(about["guessed"])
    document = Document(**{**about, "names": names, "guessed": guessed})
    text = content["text"]
    sections = [
        Section(number, heading, tuple(path), start, end)
        for number, heading, path, start, end in content["sections"]
    ]
    paths = {section.path: section.path for section in sections}  # each once in memory
    return IndexedDocument(
        document=document,
        text=text,
        pages=tuple(Page(*page) for page in content["pages"]),
        unread=tuple(content["unread"]),
        sections=tuple(sections),
        passages=tuple(_to_passage(document.id, text, row, paths) for row in content["passages"]),
        statements=tuple(_to_statement(document.id, text, row) for row in content["statements"]),
        abbreviations=dict(content["abbreviations"]),
        format=str(content["format"]),
        encoding=str(content["encoding"]),
        notes=tuple(content["notes"]),
        sketch=tuple(content["sketch"]),
        personal=tuple(
            Personal(PersonalKind(kind), start, end) for kind, start, end in content["personal"]
        ),
    )


def _cut(text: str, start: int, end: int) -> str:
    if not 0 <= start <= end <= len(text):
        raise ValueError("a span lies outside the text")
    return text[start:end]


def _from_passage(passage: Passage) -> tuple[Any, ...]:
    return (
        passage.start,
        passage.end,
        passage.section,
        passage.first_page,
        passage.last_page,
        passage.kind,
        passage.lead_in,
        passage.row,
        passage.column,
        passage.sentences,
        [astuple(cell) for cell in passage.cells],
        passage.hyphens,
    )


def _to_passage(
    document_id: str,
    text: str,
    row: Sequence[Any],
    paths: dict[tuple[str, ...], tuple[str, ...]],
) -> Passage:
    start, end, path, first, last, kind, lead_in, name, column, sentences, cells, hyphens = row
    section = tuple(path)
    return Passage(
        id=f"{document_id}:{start}-{end}",
        document_id=document_id,
        section=paths.get(section, section),
        start=start,
        end=end,
        first_page=first,
        last_page=last,
        text=_cut(text, start, end),
        kind=PassageKind(kind),
        lead_in=lead_in,
        row=name,
        column=column,
        sentences=tuple(map(tuple, sentences)),
        cells=tuple(Cell(*cell) for cell in cells),
        hyphens=tuple(hyphens),
    )


def _from_statement(statement: Statement) -> tuple[Any, ...]:
    return (
        statement.kind,
        statement.start,
        statement.end,
        statement.number,
        statement.theme,
        statement.programme,
        statement.year,
        statement.implied,
        statement.topics,
        statement.theme_topics,
    )


def _to_statement(document_id: str, text: str, row: Sequence[Any]) -> Statement:
    kind, start, end, number, theme, programme, year, implied, topics, theme_topics = row
    return Statement(
        document_id=document_id,
        kind=StatementKind(kind),
        start=start,
        end=end,
        text=_cut(text, start, end),
        number=number,
        theme=theme,
        programme=programme,
        year=year,
        implied=implied,
        topics=tuple(topics),
        theme_topics=tuple(theme_topics),
    )
