"""What a model thinks, kept apart from what it says.

Some servers send thoughts in a field of their own, which is not read at all. Others leave them in
the text: <think>...</think>, or without the beginning, where the server's template wrote that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FORGET = "</think>"
"""Comes as a piece of its own when all text before it was a thought that nobody saw begin."""
_NAMES = ("think", "thinking", "thought", "reasoning")
_BEGINS = (*(f"<{name}>" for name in _NAMES), "[think]")
_ENDS = (*(f"</{name}>" for name in _NAMES), "[/think]")
_TAG = re.compile("|".join(map(re.escape, _BEGINS + _ENDS)), re.I)


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The text of a stream without thoughts.

    Args:
        pieces: The text in pieces of any length.

    Returns:
        The text in pieces, some of them empty; ``FORGET`` where all before it was a thought.
    """
    held, inside = "", False
    for piece in pieces:
        held += piece
        while match := _TAG.search(held):
            if match[0].lower() in _BEGINS:
                if not inside:
                    yield held[: match.start()]
                inside = True
            else:
                if not inside:
                    yield FORGET
                inside = False
            held = held[match.end() :]
        known = _settled(held)
        yield "" if inside else held[:known]
        held = held[known:]
    if not inside:
        yield held


def _settled(text: str) -> int:
    """Up to where a text cannot be part of a mark that goes on in the next piece."""
    for at in (text.rfind("<"), text.rfind("[")):
        if at >= 0 and any(tag.startswith(text[at:].lower()) for tag in _BEGINS + _ENDS):
            return at
    return len(text)


def said(pieces: Iterable[str]) -> str:
    """What was said in all, once a stream without thoughts has ended."""
    return "".join(pieces).rpartition(FORGET)[2]
