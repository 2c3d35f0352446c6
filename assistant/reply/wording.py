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


@dataclass(frozen=True)
class LetterWording:
    """The patterns of ``wording.toml``, compiled; its comments say what each is for."""

    acts: Mapping[PointType, re.Pattern[str]]
    headings: Mapping[PointType, re.Pattern[str]]
    orders: re.Pattern[str]
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
        KeyError: One of its tables is missing.
        ValueError: It names a type of point that there is not.
        re.error: One of its words is no regular expression.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))

    def joined(patterns: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)

    def words(table: str) -> re.Pattern[str]:
        return joined(content[table]["words"])

    return LetterWording(
        acts={PointType(kind): joined(found) for kind, found in content["acts"].items()},
        headings={PointType(kind): joined(found) for kind, found in content["headings"].items()},
        orders=re.compile(rf"\W*(?:{'|'.join(content['orders']['words'])})\b", re.IGNORECASE),
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
