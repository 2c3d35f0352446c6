"""The records of a document, made of their JSON."""

from __future__ import annotations

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


def to_document(content: dict[str, Any]) -> IndexedDocument:
    """The document of its JSON.

    Raises:
        ValueError: If a kind is unknown.
        KeyError: If a part is missing.
        TypeError: If a part is unknown.
        AttributeError: If it is something else altogether.
    """
    metadata = content["document"]
    return IndexedDocument(
        document=Document(
            **{
                **metadata,
                "names": tuple(metadata["names"]),
                "guessed": tuple(metadata["guessed"]),
            }
        ),
        text=content["text"],
        pages=tuple(Page(**page) for page in content["pages"]),
        unread=tuple(content["unread"]),
        sections=tuple(Section(**{**s, "path": tuple(s["path"])}) for s in content["sections"]),
        passages=tuple(_passage(passage) for passage in content["passages"]),
        statements=tuple(_statement(statement) for statement in content["statements"]),
        abbreviations=dict(content["abbreviations"]),
        format=str(content["format"]),
        encoding=str(content["encoding"]),
        notes=tuple(content["notes"]),
        sketch=tuple(content["sketch"]),
        personal=tuple(
            Personal(PersonalKind(one["kind"]), one["start"], one["end"])
            for one in content["personal"]
        ),
    )


def _statement(content: dict[str, Any]) -> Statement:
    return Statement(
        **{
            **content,
            "kind": StatementKind(content["kind"]),
            "topics": tuple(content["topics"]),
            "theme_topics": tuple(content["theme_topics"]),
        }
    )


def _passage(content: dict[str, Any]) -> Passage:
    return Passage(
        **{
            **content,
            "section": tuple(content["section"]),
            "kind": PassageKind(content["kind"]),
            "sentences": tuple((start, end) for start, end in content["sentences"]),
            "hyphens": tuple(content["hyphens"]),
            "cells": tuple(Cell(**cell) for cell in content["cells"]),
        }
    )
