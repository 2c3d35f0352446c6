"""The markers before the items of an enumeration: bullets, digits, roman numerals and letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class MarkerKind(StrEnum):
    """The sorts of marker."""

    BULLET = "bullet"
    DIGIT = "digit"
    ROMAN = "roman"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before an item.

    Attributes:
        kind: Its sort; a single letter that may be a numeral ("i", "v") is a numeral here.
        value: Its place in the order, counted from 1; 0 for a bullet.
        label: The marker as printed, without its full stop.
        length: Characters from the start of the line to the item's own text.
        letter: Its place in the alphabet where it may be a letter, else 0.
    """

    kind: MarkerKind
    value: int
    label: str
    length: int
    letter: int = 0

    def follows(self, other: Marker) -> bool:
        """Whether this is the marker of the item after the other one."""
        if self.kind is MarkerKind.BULLET or other.kind is MarkerKind.BULLET:
            return self.kind is other.kind and self.label == other.label
        if self.kind is other.kind and self.value == other.value + 1:
            return True
        return bool(self.letter and other.letter) and self.letter == other.letter + 1

    @property
    def first(self) -> bool:
        """Whether a list may begin with it."""
        return self.value <= 1 or self.letter == 1


_BULLETS = "•▪●○◦‣·–—−\uf0b7\uf0a7➢✓"
_MARKER = re.compile(
    rf"(?:(?P<bullet>[{_BULLETS}]|[-*](?=\s)|o(?=\s{{2,}}))"
    r"|\(?(?P<digit>\d{1,3})(?:\.\)?|\))(?=\s)"
    r"|\(?(?P<roman>[ivxl]{1,6})(?:\.\)?|\))(?=\s)"
    r"|\(?(?P<letter>[a-z]|[A-H](?=\.))(?:\.\)?|\)|°\.?)(?=\s))\s*(?=\S)"
)
_NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50}


def marker_of(text: str) -> Marker | None:
    """Read the marker at the start of a line; None where there is none."""
    match = _MARKER.match(text)
    if match is None:
        return None
    length = match.end()
    if match["bullet"]:
        return Marker(MarkerKind.BULLET, 0, match["bullet"], length)
    if match["digit"]:
        return Marker(MarkerKind.DIGIT, int(match["digit"]), match["digit"], length)
    label = match["roman"] or match["letter"]
    letter = ord(label.lower()) - ord("a") + 1 if len(label) == 1 else 0
    if match["roman"] and roman_value(label):
        return Marker(MarkerKind.ROMAN, roman_value(label), label, length, letter)
    if letter:
        return Marker(MarkerKind.LETTER, letter, label, length, letter)
    return None


def roman_value(numeral: str) -> int:
    """Value of a small roman numeral, 0 for letters that are none ("iiii", "vx")."""
    values = [_NUMERALS[letter] for letter in numeral]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if roman_numeral(total) == numeral else 0


def roman_numeral(value: int) -> str:
    """Write a number from 1 to 89 as a small roman numeral; "" outside that range."""
    if not 0 < value < 90:
        return ""
    steps = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    numeral = ""
    for step, letters in steps:
        while value >= step:
            numeral, value = numeral + letters, value - step
    return numeral
