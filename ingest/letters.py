"""The parts of a letter: its head, its subject, the salutation, the greeting at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

_REACH = 40  # lines above a salutation, or from the start, that a letter's head may take
_ABOVE_LABELS = 8  # lines of the address above the first label
_GREETING = re.compile(
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?\b|hoogachtend\b", re.IGNORECASE
)
_SALUTATION = re.compile(r"(?:geachte|beste)\s.{3,100}?,", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:onderwerp|betreft)\s*:?\s*(?P<subject>.*)", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?:ons|uw|onze) (?:kenmerk|brief|bsn|referentie)|kenmerk|datum|behandeld door|"
    r"telefoonnummer|betreft|onderwerp|retouradres)\b",
    re.IGNORECASE,
)


def is_salutation(text: str) -> bool:
    """Whether a line addresses the reader of a letter."""
    return _SALUTATION.fullmatch(text) is not None


def is_greeting(text: str) -> bool:
    """Whether a line begins the end of a letter."""
    return _GREETING.match(text) is not None


def subject_of(text: str) -> str | None:
    """The subject on a line of a letter's head; "" where it is on the next, None elsewhere."""
    match = _SUBJECT.fullmatch(text)
    return match["subject"] if match else None


def heads_of_letters(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines of address, reference and date above letters.

    Args:
        lines: The lines of the document.

    Returns:
        Indices of these lines.
    """
    found: set[int] = set()
    opening = [n for n, line in enumerate(lines[:_REACH]) if _LABEL.match(line.text)]
    if len(opening) > 1:
        found.update(range(opening[-1] + 2))
    for n, line in enumerate(lines):
        if is_salutation(line.text):
            labels = [k for k in range(max(0, n - _REACH), n) if _LABEL.match(lines[k].text)]
            if labels:
                found.update(range(max(0, labels[0] - _ABOVE_LABELS), n))
    return frozenset(found)
