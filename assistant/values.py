"""The values that an exact question asks for: amounts, numbers, dates, names, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.kinds import Expected
from assistant.question import Question
from ingest.dutch.dates import MONTHS
from ingest.dutch.stopwords import STOP_WORDS

_MONTHS = "|".join(MONTHS)
_COUNT = (
    "nul|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|"
    "zestien|zeventien|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|"
    "negentig|honderd|duizend"
)
_NUMBER = rf"(?<![\w.,])\d+(?:\.\d{{3}})*(?:,\d+)?(?![\w])|\b(?!één\b)(?:{_COUNT})(?:tal|maal)?\b"
_UNIT = r"jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|uren"

YEAR = r"(?<![\d.,])(?:19|20)\d\d(?!\d|,\d)"
"""A year; also right before a comma of the sentence, not within a number."""

VALUES: dict[Expected, re.Pattern[str]] = {
    Expected.MONEY: re.compile(
        r"(?:€|euro)\s*\d[\d.]*(?:,\d+|,-)?(?:\s*(?:miljoen|miljard|mln))?|"
        r"\d[\d.]*(?:,\d+)?\s*(?:miljoen |miljard )?euro\b",
        re.IGNORECASE,
    ),
    Expected.PERCENTAGE: re.compile(r"\d+(?:,\d+)?\s*(?:%|procent)", re.IGNORECASE),
    Expected.DURATION: re.compile(
        rf"\b(?:\d+(?:,\d+)?|{_COUNT}|een|half|anderhalf)(?:\s*(?:tot|à|-|of)\s*(?:\d+|{_COUNT}))?"
        rf"\s*(?:{_UNIT})\b",
        re.IGNORECASE,
    ),
    Expected.YEAR: re.compile(YEAR),
    Expected.DATE: re.compile(
        rf"\b\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}}\b|\b\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?|\b(?:{_MONTHS})\s+\d{{4}}|"
        r"\b(?:voorjaar|zomer|najaar|herfst|winter)(?:\s+van)?\s+\d{4}|"
        r"\b(?:(?:elke|iedere) )?(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|"
        rf"{YEAR}",
        re.IGNORECASE,
    ),
    # Not a year, a version ("MAG 2.0"), the day of a date, nor the number of a list item.
    Expected.NUMBER: re.compile(
        rf"(?<!(?-i:[A-Z]{{3}}) )(?<!Wmo )(?!(?:19|20)\d\d(?!\d|%|[.,]\d))"
        rf"(?!\d{{1,2}}\s+(?:{_MONTHS}))(?!^\s*\d{{1,2}}\.\s)(?<!€)(?<!€\s)(?:{_NUMBER})",
        re.IGNORECASE,
    ),
    Expected.CONTACT: re.compile(
        r"\b[A-Z][a-z]+(?:straat|weg|laan|plein|kade|dijk) \d+|\b\d{4} ?[A-Z]{2}\b|"
        r"\b0\d{1,3}[- ]?\d{6,7}\b|\b14 ?0\d{2,3}\b|\S+@\S+|https?://\S+|www\.\S+|"
        r"\b\d{1,2}[.:]\d{2} uur\b"
    ),
    Expected.NAME: re.compile(
        r"(?<=[–:(] )[A-Z][^.,;:()’”\n]{3,60}|(?<=[‘“'\"])[A-Z][^.,;:()’”'\"\n]{3,60}|"
        r"(?:[A-Z]\.\s?){1,3}[A-Z][\w’'-]+"
    ),
    Expected.PLACE: re.compile(
        r"(?<=\b[Ii]n )(?:(?:De|Den|Het) )?[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*|"
        r"(?<=(?:bij|uit|van) )[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*|"
        r"(?<=\bgemeenten )[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*|"
        r"(?<=\b(?:dorpen|kernen|wijken) )[A-Z][\w’'-]+(?:(?:, | en )[A-Z][\w’'-]+)*"
    ),
    Expected.PERSON: re.compile(
        r"(?:[A-Z]\.\s?){1,3}(?:[a-z]+\s){0,2}[A-Z][\w’'-]+|"
        r"(?<=[a-z,:;] )[A-Z][\w’'!-]+(?:\s(?:[A-Z][\w’'!-]+|in de|van de[rn]?|van|de|en|of)){0,4}"
    ),
}


# What belongs to a value: a word that bounds it before, the thing counted behind.
_BOUND = re.compile(
    r"(?:meer dan|minder dan|ruim|bijna|circa|ongeveer|zo'n|maximaal|minimaal|minstens|"
    r"ten minste|tot|rond de|een kleine|gemiddeld)\s+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+([^\W\d_][\w-]+)")


# What stands before a number that names a place in a text, and counts nothing.
_NUMBERED = re.compile(
    r"(?:^\W*|\b(?:hoofdstuk|paragraaf|artikel|art\.|bijlage|thema|fase|stap|nummer|nr\.?)\s*|"
    r"§\s*[\d.]*)$",
    re.IGNORECASE,
)


def find_values(text: str, expected: Expected) -> list[tuple[int, int]]:
    """Spans in a text that hold a value of the expected sort, with the words that belong to it."""
    pattern = VALUES.get(expected)
    if pattern is None:
        return []
    return [
        _widened(text, *match.span(), expected)
        for match in pattern.finditer(text)
        if not (expected is Expected.NUMBER and _NUMBERED.search(text[: match.start()]))
    ]


_JOINS = re.compile(r"\s(?:in de|van de[rn]?|van|de|en|of)$")


def _widened(text: str, start: int, end: int, expected: Expected) -> tuple[int, int]:
    if expected is Expected.PERSON and (joins := _JOINS.search(text[start:end])):
        end = start + joins.start()
    while text[start:end] and text[end - 1] in ".,":
        end -= 1
    if expected is Expected.PERSON:
        start = _name_start(text, start)
    before = _BOUND.search(text[:start])
    if text[max(0, start - 2) : start].strip() == "€":
        start = text.rindex("€", 0, start)
    counted = _COUNTED.match(text, end) if expected is Expected.NUMBER else None
    if counted and counted.group(1).lower() not in STOP_WORDS:
        end = counted.end()
    return before.start() if before else start, end


_CAPITALISED = re.compile(r"(?<![\w’'-])([A-Z][\w’'!-]*)\s+$")


def _name_start(text: str, start: int) -> int:
    """Where a name begins: "GGD Regio Utrecht" at its first word with a capital."""
    while before := _CAPITALISED.search(text[:start]):
        if before[1].lower() in STOP_WORDS:
            break
        start = before.start(1)
    return start


_BY_SOMEBODY = re.compile(
    r"\b(?:door|bureau|heer|mevrouw|wethouder|burgemeester|minister|voorzitter)\s+"
    r"(?:de |het |stichting )?(?P<name>[A-Z][\w’'-]*)"
)


# "Tot welke leeftijd?" is answered by "tot 23 jaar" before "13-18 jaar".
_UNTIL = re.compile(r"\btot (?:en met )?(?:welke?|hoe|wanneer|hoeveel)\b", re.IGNORECASE)


def worth(values: Sequence[tuple[int, int]], start: int, text: str, question: Question) -> float:
    """What its values add to a sentence's score; a full date tells more than a bare year.

    Somebody whom the question names itself is not whom it asks for.
    """
    expected = question.expected
    if not values:
        return -0.05 if expected is Expected.PERSON else -0.15
    if expected is Expected.PERSON:
        asked = question.understood.lower()
        names = (match["name"].lower() for match in _BY_SOMEBODY.finditer(text))
        return 0.45 if any(name not in asked for name in names) else 0.1
    if _UNTIL.search(question.understood) and any(
        text[first - start : last - start].lower().startswith("tot") for first, last in values
    ):
        return 0.5
    if expected is not Expected.DATE:
        return 0.2
    longest = max((text[first - start : last - start] for first, last in values), key=len)
    return (
        0.25 if re.match(r"\d{1,2}(?: [a-z]|[-/])", longest) else 0.1 if len(longest) > 4 else 0.02
    )


def values_for(text: str, start: int, question: Question) -> tuple[tuple[int, int], ...]:
    """Spans of the values that a question expects, those it names itself left out."""
    return tuple(
        (start + first, start + last)
        for first, last in find_values(text, question.expected)
        if text[first:last].strip().lower() not in question.understood.lower()
        and text[first:last].lower() not in STOP_WORDS
    )
