"""Numbers, amounts, shares and dates in Dutch text, in figures or written out.

What is read is compared by value: "3,7 miljoen euro" is "€ 3.700.000", "negen procent" is "9%".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ingest.dutch.dates import MONTHS
from ingest.dutch.words import fold


class Unit(StrEnum):
    """What a number counts, as far as it makes another claim of it."""

    COUNT = "aantal"
    MONEY = "bedrag"
    SHARE = "percentage"
    YEAR = "jaar"


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a text.

    Attributes:
        amount: Its value; a share as a part of one, so 9% is 9/100.
        unit: What it counts.
        start: Offset in the text that was read.
        end: Offset after it.
    """

    amount: Fraction
    unit: Unit
    start: int
    end: int

    def same(self, other: Value) -> bool:
        """Whether both say the same number of the same sort."""
        return self.amount == other.amount and self.unit is other.unit


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is given: day and year may be missing (0); season in place of a month."""

    month: str
    day: int = 0
    year: int = 0

    def within(self, other: Date) -> bool:
        """Whether all that this date says, the other says too."""
        return (
            self.month == other.month
            and self.day in (0, other.day)
            and (self.year in (0, other.year))
        )


_ONES = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien"
).split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_SCALES = {
    "honderd": 100,
    "duizend": 1000,
    "miljoen": 10**6,
    "mln": 10**6,
    "miljard": 10**9,
    "mld": 10**9,
    "mille": 1000,
    "ton": 10**5,
}
_OF_MONEY = frozenset({"mille", "ton"})


def _spelled() -> dict[str, Fraction]:
    found = {word: Fraction(n) for n, word in enumerate(_ONES)}
    for n, ten in enumerate(_TENS, start=2):
        found[ten] = Fraction(10 * n)
        for one in range(1, 10):
            found[f"{_ONES[one]}en{ten}"] = Fraction(10 * n + one)
    for word, size in (("honderd", 100), ("duizend", 1000)):
        found[word] = Fraction(size)
        found |= {f"{_ONES[n]}{word}": Fraction(n * size) for n in range(2, 20)}
    found |= dict.fromkeys(("anderhalf", "anderhalve"), Fraction(3, 2))
    for n in range(2, 10):
        found |= dict.fromkeys((f"{_ONES[n]}enhalf", f"{_ONES[n]}enhalve"), n + Fraction(1, 2))
    return found


_WORDS = _spelled()
_ORDINALS = {
    "nulde": 0,
    "eerste": 1,
    "derde": 3,
    "achtste": 8,
    **{f"{_ONES[n]}de": n for n in (2, 4, 5, 6, 7, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19)},
    "elfde": 11,
    "twintigste": 20,
}
_PARTS = {
    "helft": Fraction(1, 2),
    "half": Fraction(1, 2),
    "halve": Fraction(1, 2),
    "kwart": Fraction(1, 4),
    "driekwart": Fraction(3, 4),
}
_PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?(?:\.\d+)*")
_TOKEN = re.compile(
    r"(?P<fraction>\b\d{1,2}/\d{1,2}\b)"
    rf"|(?<![\d.,])(?P<figure>{_PLAIN.pattern})(?P<ordinal>(?:e|de|ste)\b)?"
    r"|\b(?P<word>[a-z]+)\b"
)
_MONEY_BEFORE = re.compile(r"(?:€|\beuro|\beur)\s*$")
# "In 2017 € 5": the sign belongs to what follows it.
_MONEY_AFTER = re.compile(r"\s*(?:,-)?\s*(?:euro\b|€(?!\s*\d))")
_SHARE_AFTER = re.compile(r"\s*(?:%|procent\b|pct\b)")
_SCALE_AFTER = re.compile(rf"\s*(?P<scale>{'|'.join(_SCALES)})\b")
# "een derde van", "twee derde": an ordinal behind a count is a part.
_PART = re.compile(
    r"\b(?P<count>een|twee|drie|vier)\s+(?P<part>derde|vierde|vijfde|zesde|tiende)\b(?!\s+(?:keer|maal))"
)
# "Acht op de tien".
_OUT_OF = re.compile(
    r"(?P<count>een|twee|drie|vier|vijf|zes|zeven|acht|negen|\d{1,2})\s+op\s+(?:de|elke)\s+"
    r"(?P<of>drie|vier|vijf|zes|acht|tien|\d{1,3})\b"
)
# "84 en 85 procent", "tussen de 10 en 20 euro": what the second is, the first is too.
_JOINED = re.compile(r"\s*(?:-|,|en|of|tot|a|naar|tot en met)\s*(?:de\s+)?(?:€\s*)?")
_TIMES = re.compile(r"(?:maal|keer|voudige?|tal)$")
_SEASONS = "voorjaar zomer najaar herfst winter lente".split()
_SAME_SEASON = {"lente": "voorjaar", "herfst": "najaar"}
_MONTH_SHORT = {month[:3]: month for month in MONTHS} | {"mrt": "maart", "sept": "september"}
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:e)?\s+)?(?P<month>{'|'.join((*MONTHS, *_SEASONS))})\b"
    r"(?:\s+(?:van\s+)?(?P<year>(?:19|20)\d\d))?"
    r"|\b(?P<d>\d{1,2})[-/](?P<m>\d{1,2})[-/](?P<y>(?:19|20)\d\d)\b"
)


def folded(text: str) -> str:
    """Text in small letters without diacritics; "één" is "een", as far as numbers go."""
    return fold(text)


def values_of(text: str) -> list[Value]:
    """The numbers in a text, in order; "een" counts nothing, since it is an article too.

    Args:
        text: Folded text.
    """
    found: list[Value] = []
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() < at:
            continue
        value = _value(text, match)
        if value is not None:
            found.append(value)
            at = value.end
    return _with_joined_units(text, found)


def is_number(word: str) -> bool:
    """Whether a folded word is a number, or tells how many hundreds, thousands, ... one is."""
    return word in _WORDS or word in _SCALES or word in _PARTS or word in _ORDINALS


def _with_joined_units(text: str, values: list[Value]) -> list[Value]:
    """The numbers, those that share the unit of the next one with that unit."""
    found = values[-1:]
    for value in reversed(values[:-1]):
        after = found[0]
        if (
            value.unit is Unit.COUNT
            and (_SHARE_AFTER.match(text, after.end) or _MONEY_AFTER.match(text, after.end))
            and _JOINED.fullmatch(text[value.end : after.start])
        ):
            per = 100 if after.unit is Unit.SHARE else 1
            value = Value(value.amount / per, after.unit, value.start, value.end)
        found.insert(0, value)
    return found


def _value(text: str, match: re.Match[str]) -> Value | None:
    part = _PART.match(text, match.start())
    if part:
        amount = Fraction(_ONES.index(part["count"]), _ORDINALS[part["part"]])
        return Value(amount, Unit.SHARE, match.start(), part.end())
    out_of = _OUT_OF.match(text, match.start())
    if out_of:
        above, below = (_WORDS.get(one) or Fraction(one) for one in out_of.groups())
        return Value(above / below, Unit.SHARE, match.start(), out_of.end())
    found, unit = _amount(match)
    if match["word"] == "een" and _SCALE_AFTER.match(text, match.end()):
        found = Fraction(1)
    if found is None:
        return None
    amount, end = found, match.end()
    scaled = _SCALE_AFTER.match(text, end)
    if scaled:
        amount, end = amount * _SCALES[scaled["scale"]], scaled.end()
        unit = Unit.MONEY if scaled["scale"] in _OF_MONEY else Unit.COUNT
    if _SHARE_AFTER.match(text, end):
        return Value(amount / 100, Unit.SHARE, match.start(), end)
    if _MONEY_BEFORE.search(text[: match.start()]) or _MONEY_AFTER.match(text, end):
        return Value(amount, Unit.MONEY, match.start(), end)
    return Value(amount, unit, match.start(), end)


def _amount(match: re.Match[str]) -> tuple[Fraction | None, Unit]:
    if match["fraction"]:
        above, below = map(int, match["fraction"].split("/"))
        return (Fraction(above, below) if below else None), Unit.SHARE
    if match["figure"]:
        return _figure(match["figure"], bool(match["ordinal"]))
    word = match["word"]
    if word in _PARTS:
        return _PARTS[word], Unit.SHARE
    if word in _ORDINALS:
        return Fraction(_ORDINALS[word]), Unit.COUNT
    if word == "een":
        return None, Unit.COUNT
    return _WORDS.get(word, _WORDS.get(_TIMES.sub("", word))), Unit.COUNT


def _figure(figure: str, ordinal: bool) -> tuple[Fraction, Unit]:
    if figure.count(".") == 1 and not re.fullmatch(r"\d{1,3}\.\d{3}", figure):
        # A version or a section: "MAG 2.0", "4.2". Kept apart from whole numbers.
        before, after = figure.split(".")
        return Fraction(int(before)) + Fraction(int(after.split(",")[0]) + 1, 10**6), Unit.COUNT
    plain = figure.replace(".", "").replace(",", ".")
    amount = Fraction(plain)
    is_year = re.fullmatch(r"(?:19|20)\d\d", figure) and not ordinal
    return amount, Unit.YEAR if is_year else Unit.COUNT


def dates_of(text: str) -> list[Date]:
    """The dates in a text that name a month or a season, in order.

    Args:
        text: Folded text.
    """
    found = []
    for match in _DATE.finditer(text):
        if match["month"]:
            month = _SAME_SEASON.get(match["month"], match["month"])
            found.append(Date(month, int(match["day"] or 0), int(match["year"] or 0)))
        elif 1 <= int(match["m"]) <= len(MONTHS):
            found.append(Date(MONTHS[int(match["m"]) - 1], int(match["d"]), int(match["y"])))
    return found
