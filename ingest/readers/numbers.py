"""Numbers as lists and pages print them."""

from __future__ import annotations

_STEPS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 4000


def roman(value: int) -> str:
    """A small roman numeral; the digits themselves outside 1 to 3999."""
    if not 0 < value < _LARGEST:
        return str(value)
    numeral = ""
    for step, text in _STEPS:
        while value >= step:
            numeral, value = numeral + text, value - step
    return numeral


def letters(value: int) -> str:
    """A to z, then aa, bb and so on, as word processors count; the digits themselves below 1."""
    if value < 1:
        return str(value)
    times, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 10)


def formatted(value: int, form: str) -> str:
    """A number in the form that a list asks for: "1", "a", "A", "i" or "I"; "" for another."""
    match form:
        case "a":
            return letters(value)
        case "A":
            return letters(value).upper()
        case "i":
            return roman(value)
        case "I":
            return roman(value).upper()
        case "1":
            return str(value)
        case _:
            return ""
