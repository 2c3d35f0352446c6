"""Values of a spreadsheet as Excel shows them in the Netherlands: 1.234,50 and 5 juni 2024."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
_DATE_PART = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|yyyy|yy|m{1,4}|d{1,4}|hh?|ss?|am/pm|.", re.I)
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?](?:[#0?,.\s]*[#0?])?")
_GENERAL = ("General", "Standaard", "@", "")
# Built-in formats whose look follows the language of the user.
_LOCAL_DATES = {"mm-dd-yy": "d-m-yyyy", "m/d/yy h:mm": "d-m-yyyy h:mm"}
_MOST_DIGITS = 11


def as_shown(value: object, form: str) -> str:
    """Write a value as it is shown.

    Args:
        value: What the cell holds.
        form: Its number format, as the file gives it.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, (int, float)):
        return _number(value, form)
    if isinstance(value, (datetime, date, time)):
        return _date(value, form)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def date_in_words(value: date) -> str:
    """A date as a sentence says it: 5 juni 2024."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _number(value: float, form: str) -> str:
    section = form.split(";")[1 if value < 0 and form.count(";") else 0]
    plain = _LITERAL.sub(lambda m: m[1] or m[2] or m[3] or "", section)
    digits = _DIGITS.search(_LITERAL.sub("", section))
    if form in _GENERAL or digits is None:
        return _general(value)
    decimals = len(re.findall(r"[#0?]", digits.group().partition(".")[2]))
    percent = "%" in section
    text = f"{abs(value) * (100 if percent else 1):,.{decimals}f}"
    if "," not in digits.group():
        text = text.replace(",", "")
    text = text.translate(str.maketrans(",.", ".,"))
    shown = plain.replace(digits.group(), text, 1) if digits.group() in plain else text
    minus = "-" if value < 0 and ";" not in form else ""
    return " ".join(f"{minus}{shown}".split())


def _general(value: float) -> str:
    text = str(value) if isinstance(value, int) else f"{value:.{_MOST_DIGITS}g}"
    return text.replace(".", ",")


def _date(value: datetime | date | time, form: str) -> str:
    form = _LOCAL_DATES.get(form.lower(), form.split(";")[0])
    parts = _DATE_PART.findall(form)
    if not any(part[:1].lower() in "ymdhs" for part in parts):
        form = "h:mm" if isinstance(value, time) else "d-m-yyyy"
        parts = _DATE_PART.findall(form)
    shown, hour = [], False
    for part in parts:
        key = part.lower()
        minutes = key in ("m", "mm") and hour
        shown.append(_time_part(value, key) if minutes else _date_part(value, key, part))
        hour = key[:1] == "h" or (hour and not key.isalpha())
    return " ".join("".join(shown).split())


def _time_part(value: datetime | date | time, key: str) -> str:
    minute = getattr(value, "minute", 0)
    return f"{minute:02}" if key == "mm" else str(minute)


def _date_part(value: datetime | date | time, key: str, part: str) -> str:
    hours, seconds = getattr(value, "hour", 0), getattr(value, "second", 0)
    if key in ("h", "hh", "s", "ss"):
        count = hours if key[0] == "h" else seconds
        return f"{count:02}" if len(key) == 2 else str(count)
    if key[:1] in "ymd" and key.isalpha() and not isinstance(value, time):
        return _calendar_part(value, key)
    if key == "am/pm" or key.startswith("["):
        return ""
    return part.strip('"\\')


def _calendar_part(value: date, key: str) -> str:
    month = _MONTHS[value.month - 1]
    names = {
        "yyyy": str(value.year),
        "yy": f"{value.year % 100:02}",
        "mmmm": month,
        "mmm": month[:3],
        "mm": f"{value.month:02}",
        "m": str(value.month),
        "dddd": _DAYS[value.weekday()],
        "ddd": _DAYS[value.weekday()][:2],
        "dd": f"{value.day:02}",
        "d": str(value.day),
    }
    return names.get(key, "")
