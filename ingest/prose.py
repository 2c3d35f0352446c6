"""Sentences of running text that say themselves what they are, whatever stands around them."""

from __future__ import annotations

import re

from ingest.documents import Passage, StatementKind
from ingest.wording import Wording

Span = tuple[int, int, StatementKind]
"""Start and end of a statement in the document, its marker included, and what it is."""

MARKER = re.compile(
    r"^\s*(?:[-•*–▪○]|(?P<number>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s)|\((?P<inside>\w{1,3})\))\s*"
)
"""What marks an item of a list: a bullet, or its number."""
END_MARKS = frozenset(".!?*_)”")
"""What a sentence ends with."""
LONGEST = 3_000
"""Characters of a sentence that are looked at; a longer one is no sentence."""


def said(passage: Passage, start: int, end: int) -> str:
    """The words of a span on one line, as the patterns of words expect them."""
    return " ".join(passage.cut(start, end)[:LONGEST].split())


def kind_of_sentence(words: str, wording: Wording) -> StatementKind | None:
    """What a sentence says that it is; None where it does not say so.

    Args:
        words: The sentence on one line.
        wording: The words to go by.
    """
    kind = next((kind for kind, pattern in wording.prose.items() if pattern.search(words)), None)
    if kind is StatementKind.PROMISE and wording.signposts.search(words):
        return None
    if kind is StatementKind.GOAL and wording.foreign.search(words):
        return None
    return kind
