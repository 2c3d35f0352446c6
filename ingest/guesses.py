"""What the text and the name of a file give away about a document: guesses, marked as such.

Written for the opening of any Dutch policy document. A wrong guess misleads more than none, so
each needs a clue that stands where such a fact is stated: the front, the title, the file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from ingest.documents import MarkKind, Reading
from ingest.dutch.dates import MONTHS
from ingest.dutch.words import capital

# The first that fits decides.
_KINDS = (
    ("bestuurlijke reactie", r"bestuurlijke[ _-]reactie|collegereactie|reactienota"),
    ("evaluatie", r"evaluatie|rekenkamer(?:onderzoek|rapport)"),
    ("raadsvoorstel", r"raadsvoorstel"),
    ("raadsbesluit", r"raadsbesluit"),
    ("besluitenlijst", r"besluitenlijst"),
    ("raadsinformatiebrief", r"raadsinformatiebrief|\brib\b"),
    ("verordening", r"verordening"),
    ("beleidsregels", r"beleidsregels?|nadere regels"),
    ("brief", r"\b(?:kamer|raads|college|advies)?brief\b|^\s*geachte\b"),
    ("agenda", r"agenda(?!punt)"),
    ("uitvoeringsprogramma", r"uitvoerings(?:programma|plan|agenda)"),
    ("visie", r"visie\b"),
    ("beleidsplan", r"beleids(?:plan|nota|kader|notitie)"),
    ("jaarverslag", r"jaarverslag|jaarrekening"),
    ("begroting", r"\b(?:programma)?begroting\b|kadernota"),
)
# A letter may be about an advice, so this comes after all else.
_ADVICE = (("advies", r"\badvies\b"),)
_BODIES = (
    ("rekenkamercommissie", r"rekenkamercommissie"),
    ("rekenkamer", r"\brekenkamer\b"),
    ("college van burgemeester en wethouders", r"burgemeester en wethouders|\bons college\b"),
    ("adviesraad", r"namens de adviesraad|advies van de adviesraad"),
    ("gemeenteraad", r"\bde raad (?:van de gemeente|besluit)|raadsbesluit"),
)
_STATUSES = (
    ("concept", r"\bconcept(?:versie|[ -]?(?:notitie|nota|agenda|plan|beleid\w*))?\b|\bontwerp\b"),
    ("ingetrokken", r"\bingetrokken\b"),
    ("vastgesteld", r"\bvastgesteld\b"),
)
_MONTHS = {name: number for number, name in enumerate(MONTHS, start=1)}
_DAY = rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)\b"
# A date that says itself that it is the document's: behind a label, behind a place, or alone.
_OWN_DATE = re.compile(
    rf"^(?:\W*(?:datum|d\.d\.|versie|vastgesteld(?: (?:op|d\.d\.))?|verzonden)\W*|"
    rf"[A-Z][\w' -]{{2,30}}, )?(?:op )?{_DAY}\W*$|\bdatum\b\W*{_DAY}",
    re.IGNORECASE | re.MULTILINE,
)
_DATE = re.compile(rf"\b{_DAY}", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|—|t/m|tot en met)\s*((?:19|20)\d\d)(?!\d)")
_WORD = r"(?:['’]s-)?[^\W\d_a-z][\w'’]*"
_NAME = rf"{_WORD}(?:[- ](?:(?:en|aan|bij|op|in|de|den|der|het|ten)[- ])*{_WORD})*"
_MUNICIPALITY = re.compile(rf"\b(?:[Gg]emeente(?:raad van)?|wethouders van)\s+({_NAME})")
_SUBJECT = re.compile(r"^(?:onderwerp|betreft)[ :]*\n*[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_SALUTATION = re.compile(r"^\W*geachte?\b", re.IGNORECASE | re.MULTILINE)
_SUBJECT_LINES = 4
_LABEL = re.compile(
    r"[^\W\d_]+(?: [^\W\d_]+)?\s*:|(?:datum|kenmerk|uw |ons |bijlage)", re.IGNORECASE
)
# What stands above or before a title and is none itself.
_NO_TITLE = re.compile(
    r"\W*(?:colofon\b.*|inhoud(?:sopgave)?|leeswijzer|voorwoord|inleiding|samenvatting|"
    rf"bijlagen?(?: \w+)?|pagina \d+.*|versie\b.*|(?:\d+ )?(?:{'|'.join(_MONTHS)}) \d{{4}}|<.*)\W*",
    re.IGNORECASE,
)

# An item of a list, or a row of a table.
_NO_HEADING = re.compile(r"[-•·▪]\s|.*\t")

# In characters: where the facts about a document stand, and what still looks like a title.
_OPENING = 3000
_CLOSING = 1500
_SHORTEST_TITLE = 8
_LONGEST_TITLE = 150
_LONGEST_FREE_LINE = 60
# Share of its words that must stand in the opening for a title that a file states to be its own:
# templates carry the title of the document that they were made from.
_TITLE_SAID = 0.5
# A municipality must have this share of all that are named, and be named so often.
_OWN_SHARE = 0.5
_NAMED = 2


def guess(name: str, reading: Reading) -> dict[str, str]:
    """Guess the fields of a document that words give away.

    Args:
        name: Stem of the file's name.
        reading: What its reader gave.

    Returns:
        The guessed fields by the names of `Document`'s own; one without a clue is left out, but
        there always is a title.
    """
    front = _front(reading.text)
    words = name.replace("_", " ")
    title = _title(words, reading, front)
    facts = "\n".join(front)
    letter = "geachte" if _SALUTATION.search(reading.text[:_OPENING]) else ""
    guesses = {
        "title": title,
        "municipality": _municipality(reading.text, f"{facts}\n{title}", words),
        "kind": _first(_KINDS, title, words.replace("-", " "), facts, letter)
        or _first(_ADVICE, title, words),
        "body": _first(_BODIES, facts, reading.text[:_OPENING], reading.text[-_CLOSING:]),
        "date": _date(facts, name, title),
        "period": _period(title, words, facts),
        "status": _first(_STATUSES, title, words, facts),
    }
    return {field: value for field, value in guesses.items() if value}


def _front(text: str) -> list[str]:
    """The lines of title page or letterhead: those before the salutation or the first prose."""
    whole = text if len(text) <= _OPENING else text[:_OPENING].rpartition("\n")[0]
    lines = [line.strip(" \t#*_") for line in whole.splitlines()]
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else ""
        wrapped = len(line) > _LONGEST_FREE_LINE and following[:1].islower()
        if len(line) > _LONGEST_TITLE or wrapped or line.lower().startswith(("geachte", "geacht ")):
            return lines[:n]
    return lines


def _title(name: str, reading: Reading, front: Sequence[str]) -> str:
    """What the file states, else a letter's subject, else the first heading, else the name."""
    if reading.title and _is_said(reading.title, reading.text[:_OPENING]):
        return reading.title
    subject = _SUBJECT.search("\n".join(front))
    if subject:
        below = "\n".join(front)[subject.end() :].lstrip("\n")
        return _whole_subject(subject.group(1).strip(), below.split("\n") if below else [])
    is_letter = _SALUTATION.search(reading.text[:_OPENING])
    if not is_letter and (heading := _first_heading(reading)):
        return heading
    for line in () if is_letter else front:
        if (
            len(line) >= _SHORTEST_TITLE
            and not _NO_HEADING.match(line)
            and line[-1] not in ".,;:?"
            and not _NO_TITLE.fullmatch(line)
        ):
            return line
    named = " ".join(name.replace("-", " ").split())
    return capital(named)


def _first_heading(reading: Reading) -> str:
    """The heading that a document begins with, where its format states that; else ""."""
    first = reading.marks[0] if reading.marks else None
    if first is None or first.kind is not MarkKind.HEADING or reading.text[: first.start].strip():
        return ""
    heading = " ".join(reading.text[first.start : first.end].split())
    fits = len(heading) <= _LONGEST_TITLE and not heading[:1].isdigit()
    return heading if fits and not _NO_TITLE.fullmatch(heading) else ""


def _whole_subject(subject: str, below: Sequence[str]) -> str:
    """A subject with the lines that it goes on in, where an empty one follows them."""
    lines = list(takewhile(bool, below))
    labels = any(_LABEL.match(line) for line in lines)
    whole = " ".join((subject, *lines))
    fits = len(lines) < _SUBJECT_LINES and len(lines) < len(below) and len(whole) <= _LONGEST_TITLE
    return whole if lines and fits and not labels and subject[-1] not in ".?!" else subject


def _is_said(title: str, opening: str) -> bool:
    """Whether enough of a title stands in the opening of the text."""
    words = re.findall(r"\w{4,}", title.lower())
    said = sum(word in opening.lower() for word in words)
    return said >= _TITLE_SAID * len(words)


def _municipality(text: str, facts: str, name: str) -> str:
    """The municipality that the front names, else the one that the text is about.

    A text is about a municipality that it names more often than all others together.
    """
    in_front = _MUNICIPALITY.search(facts)
    if in_front:
        return in_front.group(1)
    names = Counter(match.group(1) for match in _MUNICIPALITY.finditer(text))
    if not names:
        return ""
    best, number = names.most_common(1)[0]
    by_name = best.lower().replace(" ", "-") in name.lower().replace(" ", "-")
    most = number >= _NAMED and number > _OWN_SHARE * names.total()
    return best if by_name or most else ""


def _first(patterns: tuple[tuple[str, str], ...], *texts: str) -> str:
    """The label of the first pattern that occurs, looking in one text after the other."""
    for text in texts:
        for label, pattern in patterns:
            if re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
                return label
    return ""


def _date(facts: str, name: str, title: str) -> str:
    """A date that is the document's own, as ISO; else a year in title or file name."""
    own = _OWN_DATE.search(facts)
    if own:
        return _iso(*[part for part in own.groups() if part])
    in_name = _ISO.search(name)
    if in_name:
        return "-".join(in_name.groups())
    years = (_YEAR.search(text) for text in (name, title))
    year = next((match.group(1) for match in years if match), "")
    on_front = _DATE.search(facts)
    if on_front and year in ("", on_front.group(3)):
        return _iso(*on_front.groups())
    return year


def _iso(day: str, month: str, year: str) -> str:
    return f"{year}-{_MONTHS[month.lower()]:02}-{int(day):02}"


def _period(*texts: str) -> str:
    for text in texts:
        match = _PERIOD.search(text)
        if match and match.group(1) < match.group(2):
            return f"{match.group(1)}-{match.group(2)}"
    return ""
