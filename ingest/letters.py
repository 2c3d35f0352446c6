"""The parts of a letter: its head, its subject, the salutation, the greeting at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

_REACH = 40  # lines above a salutation, or from the start, that a letter's head may take
_SUBJECT_LINES = 4
_LONGEST_SUBJECT = 250
_ABOVE_LABELS = 8  # lines of the address above the first label
_GREETING = re.compile(
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?\b|hoogachtend\b", re.IGNORECASE
)
_SALUTATION = re.compile(r"(?:(?:hoog)?geachte?|beste|hoi|hallo|dear)\s.{3,100}?,", re.IGNORECASE)
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


def is_label(text: str) -> bool:
    """Whether a text begins as the labels in the head of a letter do: "Ons kenmerk", "Datum"."""
    return _LABEL.match(text) is not None


def end_of_subject(lines: Sequence[Line], n: int) -> int:
    """Where the subject of a letter ends.

    Args:
        lines: The lines of the document.
        n: Index of the line on which it begins.

    Returns:
        Index after its last line. It goes on below where white space follows within a few lines;
        else nothing would tell it from the letter itself.
    """
    last = n + 1
    while last < min(n + _SUBJECT_LINES, len(lines)) and _goes_on(lines[last - 1], lines[last]):
        last += 1
    ends = last < len(lines) and _is_apart(lines[last - 1], lines[last])
    length = sum(len(line.text) for line in lines[n:last])
    return last if ends and length <= _LONGEST_SUBJECT else n + 1


def _goes_on(before: Line, line: Line) -> bool:
    return not _is_apart(before, line) and not before.closed


def _is_apart(before: Line, line: Line) -> bool:
    """Whether white space, another paragraph or another label parts two lines."""
    apart = line.gap or line.turn or line.mark is not before.mark
    return bool(apart) or _LABEL.match(line.text) is not None


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
