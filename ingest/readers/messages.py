"""What the reading process and the one that it reads for say to each other.

Each message is one line of JSON, so that what a hostile file made of its reader can be no more
than data.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ingest.documents import Cell, Mark, MarkKind, Page, Reading
from ingest.readers.containers import Contents, Member

PAGE, PAGES, SCANS, READING, CONTENTS = "page", "pages", "scans", "reading", "contents"
BYTES, REFUSED, MEMORY = "bytes", "refused", "memory"
"""The kinds of message that come back."""


def encode(message: Mapping[str, Any]) -> bytes:
    """Write a message as one line."""
    return json.dumps(message).encode("ascii") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """Read a message.

    Raises:
        ValueError: If it is none.
    """
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message


def from_reading(reading: Reading) -> dict[str, Any]:
    """A reading as the message says it."""
    return asdict(reading)


def to_reading(content: Mapping[str, Any]) -> Reading:
    """The reading of a message.

    Raises:
        ValueError: If it is none, or a span lies outside its text.
        KeyError: If a part is missing.
        TypeError: If a part is unknown.
    """
    reading = Reading(
        **{
            **content,
            "pages": tuple(Page(**page) for page in content["pages"]),
            "unread": tuple(content["unread"]),
            "marks": tuple(_mark(mark) for mark in content["marks"]),
            "notes": tuple(content["notes"]),
            "hyphens": tuple(content["hyphens"]),
        }
    )
    if not _is_sound(reading):
        raise ValueError("a span lies outside the text")
    return reading


def to_contents(content: Mapping[str, Any]) -> Contents:
    """The contents of a message.

    Raises:
        KeyError: If a part is missing.
        TypeError: If a part is unknown.
    """
    members = [Member(tuple(m["inside"]), str(m["sha256"])) for m in content["members"]]
    return Contents(members, dict(content["refused"]), list(content["notes"]))


def from_bytes(data: bytes) -> str:
    """Bytes as the message says them."""
    return b64encode(data).decode("ascii")


def to_bytes(content: str) -> bytes:
    """The bytes of a message.

    Raises:
        ValueError: If they are none.
    """
    return b64decode(content, validate=True)


def _mark(content: Mapping[str, Any]) -> Mark:
    cells = tuple(Cell(**cell) for cell in content["cells"])
    return Mark(**{**content, "kind": MarkKind(content["kind"]), "cells": cells})


def _is_sound(reading: Reading) -> bool:
    """Whether the text is one and all spans lie in it, the marks in order."""
    edges = [0]
    for mark in reading.marks:
        edges += [mark.start, *(at for cell in mark.cells for at in (cell.start, cell.end))]
        edges.append(mark.end)
    spans = [(page.start, page.end) for page in reading.pages]
    size = len(reading.text)
    return (
        edges == sorted(edges)
        and edges[-1] <= size
        and all(0 <= start <= end <= size for start, end in spans)
    )
