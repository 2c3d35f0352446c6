"""The words by which the points of a letter are recognised, read from ``wording.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.reply.records import PointType

WORDS_FILE = Path(__file__).parent / "wording.toml"
LONGEST = 2_000
"""Characters of a sentence that are looked at; a longer one is no sentence."""
# The name of a part, in a pattern that is made of parts.
_PART = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class LetterWording:
    """The patterns of ``wording.toml``, compiled; its comments say what each is for."""

    acts: Mapping[PointType, re.Pattern[str]]
    weak: re.Pattern[str]
    neutral: re.Pattern[str]
    headings: Mapping[PointType, re.Pattern[str]]
    orders: re.Pattern[str]
    second: re.Pattern[str]
    writers: re.Pattern[str]
    concedes: re.Pattern[str]
    reasons: re.Pattern[str]
    courtesy: re.Pattern[str]
    opens: re.Pattern[str]
    leans: re.Pattern[str]
    turns: re.Pattern[str]
    repeats: re.Pattern[str]
    commands: re.Pattern[str]
    frame: re.Pattern[str]
    addressed: re.Pattern[str]
    answers: re.Pattern[str]

    def act_of(self, sentence: str) -> PointType | None:
        """The type of point that a sentence by itself makes; None for none."""
        return _first(self.acts, sentence)

    def announced_by(self, heading: str) -> PointType | None:
        """The type of the points that a heading or lead-in announces; None for none."""
        return _first(self.headings, heading)


def _order(verbs: Iterable[str]) -> str:
    """A verb as an order; "Werk is meer dan inkomen" begins with a noun that looks like one."""
    finite = "is|was|zijn|wordt|worden|heeft|hebben|kan|kunnen|moet|moeten|zal|blijft|gaat|en"
    return rf"(?:{'|'.join(verbs)})\b(?!\s+(?:{finite})\b)"


def _second(asking: Iterable[str], orders: Iterable[str]) -> re.Pattern[str]:
    """Where a sentence goes on with another request.

    "en verzoeken wij u", "en zorg voor", "... vast te stellen en ... te houden", "en dat u".
    """
    asks = "|".join(f"(?:{one})" for one in asking)
    order = rf"{_order(orders)}(?!\s+(?:wij|we|u|zij|ze|hij|ik|je)\b)"
    return re.compile(
        rf",?\s+(?P<and>(?:en|maar)\s+(?:{asks}|(?P<order>{order})|(?P<that>dat\s+)))|"
        rf"(?P<infinitive>\bte\s+\w+en),?\s+(?P<more>en\s+(?=(?:\S+\s+){{2,}}te\s+\w+en\W*$))|"
        rf";\s+(?P<stop>\S)",
        re.IGNORECASE,
    )


def _first(patterns: Mapping[PointType, re.Pattern[str]], text: str) -> PointType | None:
    said = text[:LONGEST]
    return next((kind for kind, pattern in patterns.items() if pattern.search(said)), None)


@cache
def load_letter_wording(path: Path = WORDS_FILE) -> LetterWording:
    """Read the words by which points are recognised.

    Args:
        path: A file with the tables of ``wording.toml``.

    Raises:
        OSError: The file cannot be read.
        tomllib.TOMLDecodeError: It is no TOML.
        KeyError: One of its tables is missing, or a part that a pattern names.
        ValueError: It names a type of point that there is not.
        re.error: One of its words is no regular expression.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))

    parts: Mapping[str, str] = content["parts"]

    def joined(patterns: Iterable[str]) -> re.Pattern[str]:
        each = (f"(?:{_PART.sub(lambda name: parts[name[1]], one)})" for one in patterns)
        return re.compile("|".join(each), re.IGNORECASE)

    def words(table: str) -> re.Pattern[str]:
        return joined(content[table]["words"])

    return LetterWording(
        acts={PointType(kind): joined(found) for kind, found in content["acts"].items()},
        weak=words("weak"),
        neutral=words("neutral"),
        headings={PointType(kind): joined(found) for kind, found in content["headings"].items()},
        orders=re.compile(rf"\W*{_order(content['orders']['words'])}", re.IGNORECASE),
        second=_second(content["second"]["words"], content["orders"]["words"]),
        writers=words("speaks"),
        concedes=words("concedes"),
        reasons=words("reasons"),
        courtesy=words("courtesy"),
        opens=words("opens"),
        leans=words("leans"),
        turns=words("turns"),
        repeats=words("repeats"),
        commands=words("commands"),
        frame=words("frame"),
        addressed=joined(content["kinds"]["addressed"]),
        answers=re.compile(
            "|".join(f"(?:{one})" for one in content["kinds"]["answers"]),
            re.IGNORECASE | re.MULTILINE,
        ),
    )
