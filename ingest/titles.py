"""What the text of a heading looks like: the patterns, apart from where a line stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from ingest.lists import marker_of


class Rank(IntEnum):
    """Levels of headings, outermost first.

    Chapters (1), sections (1.1) and what lies deeper count on from CHAPTER.
    """

    LETTER = 0
    PART = 1
    CHAPTER = 2
    DIVISION = 8
    PARAGRAPH = 9
    ARTICLE = 10
    NAMED = 11
    POINT = 12
    PLAIN = 13
    UNDER = 14


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the lines of a document.

    Attributes:
        first: Index of its first line.
        last: Index after its last line.
        number: Its number as printed, or "".
        title: Its text without the number.
        rank: How deep it lies; the smaller, the further out.
        signed: Whether a letter was signed between the heading before and this one.
        stated: Whether the format gives its level, so that its number need not tell it.
    """

    first: int
    last: int
    number: str
    title: str
    rank: int
    signed: bool = False
    stated: bool = False

    @property
    def name(self) -> str:
        """Number and title, as a path shows them."""
        if not self.title or not self.number:
            return self.title or self.number
        glue = ": " if self.number[0].isalpha() else ". " if self.number.isdigit() else " "
        return f"{self.number}{glue}{self.title}"


@dataclass(frozen=True, slots=True)
class Keyword:
    """A heading that names what it is: "Hoofdstuk 2: Kaders", "Artikel 5".

    Attributes:
        word: The word in lower case.
        number: Word and number as printed.
        value: The number alone.
        title: What comes after it, or "".
        rank: Its level.
    """

    word: str
    number: str
    value: str
    title: str
    rank: int


LONGEST = 110
"""Longest title; characters."""
LONGEST_QUESTION = 220
"""Longest title that is a question; characters."""

_TITLE = r"(?P<title>[\"'“‘„(*]*[A-ZÀ-Ý0-9].*)"
DEEP = re.compile(rf"(?P<number>[1-9]\d?(?:\.[1-9]\d?){{1,4}})\.?\s+{_TITLE}")
"""2.1 Titel."""
SINGLE = re.compile(rf"(?P<number>[1-9]\d?)\.\s+{_TITLE}")
"""2. Titel."""
BARE = re.compile(r"(?P<number>[1-9]\d?)\s+(?P<title>[A-ZÀ-Ý][a-zà-ÿ].*)")
"""2 Titel."""
LONE = re.compile(r"(?P<number>[1-9]\d?(?:\.[a-z\d]{1,2}){0,3})\.?")
"""5.b.1, with the title on the next line."""
MARKDOWN = re.compile(r"(?P<hashes>#{1,6})\s*(?P<title>[^\s#].*?)\s*#*")
CAPITAL = re.compile(r"[\"'“‘„(*_]*[A-ZÀ-Ý]")
KEYED = re.compile(r"(?P<key>[A-ZÀ-Ý][a-zà-ÿ]{2,20}):\s+\S")
"""Rol: opdrachtgever. A document that has several of these is divided by them."""

_RANKS = {
    "deel": Rank.PART,
    "hoofdstuk": Rank.CHAPTER,
    "bijlage": Rank.CHAPTER,
    "afdeling": Rank.DIVISION,
    "titel": Rank.DIVISION,
    "paragraaf": Rank.PARAGRAPH,
    "§": Rank.PARAGRAPH,
    "artikel": Rank.ARTICLE,
}
_NAMES = (
    "thema|aanbeveling|conclusie|programma|onderdeel|stap|fase|pijler|speerpunt|opgave|spoor|"
    "actielijn|bouwsteen|agendapunt|besluitpunt|beslispunt|deelvraag|onderzoeksvraag|ambitie|"
    "prioriteit"
)
_KEYWORD = re.compile(
    rf"(?P<word>(?i:{'|'.join(_RANKS)}|{_NAMES}))(?:\s+|(?<=§))"
    r"(?P<value>\d{1,3}(?:[.:]\d{1,3})*[a-z]?|[IVX]{1,5}|[A-Z])"
    r"(?:\s*[:.|–-]\s*(?P<title>\S.*)?|\s+(?P<open>[\"'“‘(]?[A-ZÀ-Ý].*))?"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?")
_LEAD_IN = re.compile(r"\b(?:volgende|als volgt|hieronder|onderstaande)\b", re.IGNORECASE)
_ENDS = re.compile(r"(?<!\.)\.$|[,;:\-–/]$|(?<!\.)[.;][\"'”’)*]+$")
_DANGLING = re.compile(
    r"\b(?:de|het|een|en|of|van|voor|met|op|in|aan|te|om|dat|die|bij|door|als|is|wordt|worden|zijn|"
    r"naar|uit|over|tot|onder|ook|niet)$"
)
_INITIALS = re.compile(r"(?:(?:dr|drs|mr|ir|ing|prof)\.\s*)*(?:[A-Z]\.\s?){1,4}[a-zA-Z]")
_NO_TITLE = re.compile(
    r"(?:bron|zie|figuur|tabel|afbeelding|foto|grafiek|namens|status|datum|kenmerk|noot|nb|"
    r"met (?:vriendelijke|hartelijke) groet|hoogachtend|pagina|versie)\b"
    r"|.*(?:https?://|@\w|\w\.(?:nl|com|org|eu|pdf)\b|[€→\t|]|[^\W\d_]{3,}\.[*_)]*\s)",
    re.IGNORECASE,
)


def keyword_of(text: str) -> Keyword | None:
    """Read a heading that names what it is; None for another line."""
    match = _KEYWORD.fullmatch(text)
    if match is None or not (text[0].isupper() or text[0] == "§"):
        return None
    word = match["word"].lower()
    title = (match["title"] or match["open"] or "").strip()
    rank = _RANKS.get(word, Rank.NAMED)
    return Keyword(word, f"{match['word']} {match['value']}", match["value"], title, rank)


def is_year(text: str) -> bool:
    """Whether a line is a year or a period of years."""
    return _YEARS.fullmatch(text) is not None


def introduces(text: str) -> bool:
    """Whether a line announces what follows: "De MAG heeft de volgende thema's"."""
    return _LEAD_IN.search(text) is not None


def ends_open(text: str) -> bool:
    """Whether a line ends as a title does not: with a stop, a comma or a colon."""
    return _ENDS.search(text) is not None


def dangles(text: str) -> bool:
    """Whether a line ends in a word that asks for more: an article, a preposition."""
    return _DANGLING.search(text) is not None


def reads_as_title(text: str) -> bool:
    """Whether an unnumbered line could be a heading, by its words alone."""
    if is_year(text):
        return True
    bare = text.strip("*_ ")
    if not 3 <= len(bare) <= (140 if bare.endswith("?") else 100):
        return False
    if not CAPITAL.match(bare) or ends_open(bare) or dangles(bare) or marker_of(bare):
        return False
    return not _NO_TITLE.match(bare) and not _INITIALS.match(bare)
