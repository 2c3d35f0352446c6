"""What is known about the documents: given in ``catalog.toml``, or else guessed and marked so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from ingest.documents import Document, Reading
from ingest.errors import CatalogError

CATALOG_FILE = "catalog.toml"
FIELDS = tuple(
    field.name
    for field in fields(Document)
    if field.name not in ("id", "file", "sha256", "guessed")
)
"""What an entry may say; the names of `Document`'s own fields."""

# Written for the opening of any Dutch policy document; the first that fits decides.
_KINDS = (
    ("bestuurlijke reactie", r"bestuurlijke[ _-]reactie|collegereactie|reactienota"),
    ("evaluatie", r"evaluatie|rekenkamer(?:onderzoek|rapport)"),
    ("raadsvoorstel", r"raadsvoorstel"),
    ("raadsbesluit", r"raadsbesluit"),
    ("raadsinformatiebrief", r"raadsinformatiebrief|\brib\b"),
    ("verordening", r"verordening"),
    ("beleidsregels", r"beleidsregels?|nadere regels"),
    ("brief", r"\bbrief\b|^\s*geachte\b"),
    ("agenda", r"agenda"),
    ("uitvoeringsprogramma", r"uitvoerings(?:programma|plan|agenda)"),
    ("visie", r"visie"),
    ("beleidsplan", r"beleids(?:plan|nota|kader|notitie)"),
    ("jaarverslag", r"jaarverslag|jaarrekening"),
    ("begroting", r"begroting|kadernota"),
)
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
_MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november "
        "december".split(),
        start=1,
    )
}
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|—|t/m|tot en met)\s*((?:19|20)\d\d)(?!\d)")
_WORD = r"(?:['’]s-)?[^\W\d_a-z][\w'’]*"
_NAME = rf"{_WORD}(?:[- ](?:(?:en|aan|bij|op|in|de|den|der|het|ten)[- ])*{_WORD})*"
_MUNICIPALITY = re.compile(rf"\b(?:[Gg]emeente(?:raad van)?|wethouders van)\s+({_NAME})")
_SUBJECT = re.compile(r"^(?:onderwerp|betreft)[ :]*\n*[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_SALUTATION = re.compile(r"^\W*geachte\b", re.IGNORECASE | re.MULTILINE)

# In characters: where the facts about a document stand, and what still looks like a title.
_OPENING = 3000
_CLOSING = 1500
_SHORTEST_TITLE = 8
_LONGEST_TITLE = 150
_LONGEST_FREE_LINE = 60


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalog of one folder.

    Attributes:
        entries: File name to the fields that are given for it.
        path: The catalog file; it need not exist.
    """

    entries: Mapping[str, Mapping[str, str]]
    path: Path

    def unknown(self, folder: Path) -> tuple[str, ...]:
        """Names of files in the catalog that do not stand in the folder."""
        return tuple(name for name in self.entries if not (folder / name).is_file())


def load_catalog(folder: Path) -> Catalog:
    """Read ``catalog.toml`` in a folder; a folder without one has an empty catalog.

    Args:
        folder: The folder with the documents.

    Returns:
        The catalog.

    Raises:
        CatalogError: If it is not valid TOML, or an entry has an unknown field or a value that is
            no text.
    """
    path = folder / CATALOG_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Catalog({}, path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path} is geen geldige TOML: {error}. Herstel die regel.") from error
    except OSError as error:
        raise CatalogError(f"{path} is niet te lezen: {error.strerror}.") from error
    return Catalog({name: _entry(path, name, entry) for name, entry in content.items()}, path)


def _entry(path: Path, name: str, entry: object) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise CatalogError(
            f"{path}: '{name}' is geen tabel. Begin een document met [\"bestandsnaam.txt\"]."
        )
    for field, value in entry.items():
        if field not in FIELDS:
            raise CatalogError(
                f"{path}: '{name}' heeft een onbekend veld '{field}'. "
                f"Bekend zijn: {', '.join(FIELDS)}."
            )
        if not isinstance(value, str):
            raise CatalogError(
                f"{path}: het veld '{field}' van '{name}' moet tekst tussen aanhalingstekens zijn."
            )
    return dict(entry)


def describe(path: Path, sha256: str, reading: Reading, catalog: Catalog) -> Document:
    """Make the metadata of a document: what the catalog gives, and guesses for the rest.

    A document that has an entry is described by it alone; only a missing title is guessed then.

    Args:
        path: The file.
        sha256: Hex digest of its bytes.
        reading: What its reader gave.
        catalog: The catalog of its folder.

    Returns:
        The metadata; `guessed` names the fields that were guessed.
    """
    given = catalog.entries.get(path.name)
    guesses = _guess(path, reading)
    if given is not None:
        guesses = {} if given.get("title") else {"title": guesses["title"]}
    values = {**guesses, **(given or {})}
    values.setdefault("title", path.stem)
    return Document(id=path.stem, file=path.name, sha256=sha256, guessed=tuple(guesses), **values)


def _guess(path: Path, reading: Reading) -> dict[str, str]:
    """Guess the fields that words give away; a field without a clue is left out."""
    front = _front(reading.text)
    name = path.stem.replace("_", " ")
    title = _title(name, reading, front)
    facts = "\n".join(front)
    guesses = {
        "title": title,
        "municipality": _municipality(reading.text),
        "kind": _first(_KINDS, title, name, reading.text[:_OPENING]),
        "body": _first(_BODIES, facts, reading.text[:_OPENING], reading.text[-_CLOSING:]),
        "date": _date(facts, name),
        "period": _period(title, name, facts),
        "status": _first(_STATUSES, title, name, facts),
    }
    return {field: value for field, value in guesses.items() if value}


def _front(text: str) -> list[str]:
    """The lines of title page or letterhead: those before the salutation or the first prose."""
    lines = [line.strip(" \t#*_") for line in text[:_OPENING].splitlines()]
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else ""
        wrapped = len(line) > _LONGEST_FREE_LINE and following[:1].islower()
        if len(line) > _LONGEST_TITLE or wrapped or line.lower().startswith("geachte"):
            return lines[:n]
    return lines


def _title(name: str, reading: Reading, front: Sequence[str]) -> str:
    """What the file states, else a letter's subject, else the first heading, else the name."""
    if reading.title:
        return reading.title
    subject = _SUBJECT.search("\n".join(front))
    if subject:
        return subject.group(1).strip()
    is_letter = _SALUTATION.search(reading.text[:_OPENING])
    for line in () if is_letter else front:
        if len(line) >= _SHORTEST_TITLE and line[-1] not in ".,;:?":
            return line
    return " ".join(name.replace("-", " ").split())


def _municipality(text: str) -> str:
    """The municipality that the text names most often."""
    names: dict[str, int] = {}
    for match in _MUNICIPALITY.finditer(text):
        names[match.group(1)] = names.get(match.group(1), 0) + 1
    return max(names, key=lambda name: names[name], default="")


def _first(patterns: tuple[tuple[str, str], ...], *texts: str) -> str:
    """The label of the first pattern that occurs, looking in one text after the other."""
    for text in texts:
        for label, pattern in patterns:
            if re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
                return label
    return ""


def _date(facts: str, name: str) -> str:
    """The first full date on the front, as ISO; else a year in the file name."""
    match = _DATE.search(facts)
    if match:
        day, month, year = int(match.group(1)), _MONTHS[match.group(2).lower()], match.group(3)
        return f"{year}-{month:02}-{day:02}"
    year_match = _YEAR.search(name)
    return year_match.group(1) if year_match else ""


def _period(*texts: str) -> str:
    for text in texts:
        match = _PERIOD.search(text)
        if match and match.group(1) < match.group(2):
            return f"{match.group(1)}-{match.group(2)}"
    return ""
