"""Numbers that a text does not give but that follow from it: rounded, counted, computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from assistant.checks.values import Unit, Value

CLOSE = Fraction(7, 100)
"""Of a number that a claim gives roughly: how far off it may be."""
MANY = 3
"""Members from which a number may tell how many a text sums up."""
_MORE = r"ruim|(?:net )?iets meer dan|meer dan|dik|zeker|minstens|ten minste"
_LESS = r"bijna|krap|(?:net )?iets minder dan|minder dan|net geen|nog geen|hooguit"
_ABOUT = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS})|ongeveer|circa|zo'n|rond(?: de| het)?)\s*(?:€\s*)?$"
)
_BEGINNING = re.compile(r"\b(?:eerst|initie\w+|aanvankelijk\w*|begin\w*|start\w*)\b")
# "In de eerste plaats": before all else.
_ABOVE_ALL = re.compile(r"\s+(?:plaats|instantie)\b")
_TOTAL = re.compile(r"\b(?:totaal|totale|samen|opgeteld|bij elkaar|gezamenlijk\w*|som)\b")
_DIFFERENCE = re.compile(
    r"\b(?:verschil\w*|meer|minder|hoger|lager|groter|kleiner|duurder|goedkoper|langer|korter|"
    r"toegenomen|toename|gestegen|stijging|gegroeid|groei|afgenomen|afname|gedaald|daling|over)\b"
)
_YEARS = re.compile(r"\s+(?:jaar|jaren)\b")
_TIMES = re.compile(r"\s*(?:keer|maal) zo\b")
# "Vier opgaven: wonen, werken, leren en leven": what the claim itself sums up.
_SUMMED_UP = re.compile(r"^[^.;:]{0,60}?(?::|\bnamelijk\b|\bte weten\b)\s*(?P<members>[^.;:]+)")


def may_follow(value: Value, said: str, values: Sequence[Value], held: str) -> bool:
    """Whether a number that is not in the evidence follows from what is there.

    Args:
        value: The number.
        said: Folded text of the claim that it stands in.
        values: The numbers of the evidence.
        held: Folded text of the evidence.
    """
    if said[value.start : value.end] == "eerste" and (
        _BEGINNING.search(held) or _ABOVE_ALL.match(said[value.end :])
    ):
        return True
    return (
        _is_rounded(value, said, values)
        or _is_computed(value, said, values)
        or _is_counted(value, said, values, held)
        or _is_bound(value, said, held)
    )


def _is_rounded(value: Value, said: str, values: Iterable[Value]) -> bool:
    about = _ABOUT.search(said[: value.start])
    if not about or value.unit is Unit.YEAR:
        return False
    offs = [other.amount - value.amount for other in values if other.unit is value.unit]
    near = [off for off in offs if abs(off) <= CLOSE * value.amount]
    return any(off > 0 if about["more"] else off < 0 if about["less"] else True for off in near)


def _is_computed(value: Value, said: str, values: Sequence[Value]) -> bool:
    """Whether a number is a part, a multiple, a difference or a sum of two of the evidence."""
    rest = said[value.end :]
    years = [other.amount for other in values if other.unit is Unit.YEAR]
    if _YEARS.match(rest) and len(set(years)) > 1:
        return value.amount - (max(years) - min(years)) in {0, 1}
    alike = [other for other in values if other.unit is not Unit.YEAR and other.amount]
    pairs = [(a.amount, b.amount) for a, b in permutations(alike, 2) if a.unit is b.unit]
    if value.unit is Unit.SHARE and said[value.start : value.end].isalpha():
        return any(a / b == value.amount for a, b in pairs)
    if _TIMES.match(rest):
        return any(a / b == value.amount for a, b in pairs)
    same = [other.amount for other in alike if other.unit is value.unit]
    if re.match(r"\s*procentpunt", rest):
        same = [100 * other.amount for other in alike if other.unit is Unit.SHARE]
    if _DIFFERENCE.search(said) and any(a - b == value.amount for a, b in permutations(same, 2)):
        return True
    sums = {a + b for a, b in combinations(same, 2)} | {sum(same, Fraction(0))}
    return len(same) > 1 and bool(_TOTAL.search(said)) and value.amount in sums


def _is_counted(value: Value, said: str, values: Sequence[Value], held: str) -> bool:
    """Whether a number tells how many members the claim or the evidence sums up."""
    if value.unit is not Unit.COUNT or value.amount.denominator > 1:
        return False
    own = _SUMMED_UP.match(said[value.end :])
    if own and value.amount in _lengths(own["members"]):
        return True
    if any(other.unit is Unit.COUNT for other in values):
        return False
    return value.amount >= MANY and value.amount in _lengths(held)


def _lengths(text: str) -> set[int]:
    """How many members the enumerations of a text have: "rood, wit en blauw" has three."""
    return {
        match[0].count(",") + 2 - bool(re.search(r",\s+en\b", match[0]))
        for match in re.finditer(r"[^.;:,]+(?:,[^.;:,]+)*\ben\b", text)
    }


def _is_bound(value: Value, said: str, held: str) -> bool:
    """Whether a year is the last one of what lasts until the next, or the first after another.

    "Tot en met 2016" is "tot 2017", "na 2016" is "vanaf 2017".
    """
    if value.unit is not Unit.YEAR:
        return False
    before, year = said[: value.start], int(value.amount)
    for own, other, step in (
        (_UP_TO, _UNTIL, 1),
        (_UNTIL, _UP_TO, -1),
        (_AFTER, _SINCE, 1),
        (_SINCE, _AFTER, -1),
    ):
        if re.search(rf"{own}\s+$", before):
            return bool(re.search(rf"{other}\s+{year + step}\b", held))
    return False


_UP_TO = r"(?:\btot en met|\bt/m)"
_UNTIL = r"(?:\btot|\bvoor)(?: 1 januari)?"
_SINCE = r"(?:\bvanaf|\bsinds|\bmet ingang van)(?: 1 januari)?"
_AFTER = r"\bna"
