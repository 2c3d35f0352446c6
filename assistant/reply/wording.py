"""The words by which the points of a letter are recognised, read from ``wording.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.reply.records import PointType
from ingest.dutch.words import words as plain_words

WORDS_FILE = Path(__file__).parent / "wording.toml"
ENGLISH_FILE = Path(__file__).parent / "wording_english.toml"
"""The same for letters in English."""
LONGEST = 2_000
"""Characters of a sentence that are looked at; a longer one is no sentence."""
_ENGLISH = frozenset("the and of to that for with are this we our would should you your it".split())
_DUTCH = frozenset("de het een en van dat voor met wij we u uw zijn niet om te die deze".split())
_MUCH_MORE = 3
# The name of a part, in a pattern that is made of parts.
_PART = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class LetterWording:
    """The patterns of ``wording.toml``, compiled; its comments say what each is for."""

    acts: Mapping[PointType, re.Pattern[str]]
    tells: Mapping[str, re.Pattern[str]]
    headings: Mapping[PointType, re.Pattern[str]]
    orders: re.Pattern[str]
    later_orders: re.Pattern[str]
    second: re.Pattern[str]
    writers: re.Pattern[str]
    concedes: re.Pattern[str]
    reasons: re.Pattern[str]
    frames: re.Pattern[str]
    promises: re.Pattern[str]
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


def wording_for(text: str) -> LetterWording:
    """The words for a letter: those of English for one in English, else those of Dutch."""
    return load_letter_wording(ENGLISH_FILE) if is_english(text) else load_letter_wording()


def is_english(text: str) -> bool:
    """Whether a text is in English: the small words of that language are many times as common."""
    words = plain_words(text)
    english = sum(word in _ENGLISH for word in words)
    return english > _MUCH_MORE * sum(word in _DUTCH for word in words)


def _order(verbs: Iterable[str]) -> str:
    """A verb as an order; "Werk is meer dan inkomen" begins with a noun that looks like one."""
    finite = "is|was|zijn|wordt|worden|heeft|hebben|kan|kunnen|moet|moeten|zal|blijft|gaat|en"
    return rf"(?:{'|'.join(verbs)})\b(?!\s+(?:{finite})\b)"


def _later(conditions: re.Pattern[str], orders: Iterable[str]) -> re.Pattern[str]:
    """An order that does not begin its sentence: "...: spreek ...", "Als het druk is, zorg ..."."""
    return re.compile(
        rf"(?:[:;]\s+|^\W*(?:{conditions.pattern})[^,:;]*,\s+)"
        rf"{_order(orders)}(?!\s+(?:wij|we|u|zij|ze|hij|ik|je|er)\b)",
        re.IGNORECASE,
    )


def _second(table: Mapping[str, Any], orders: Iterable[str]) -> re.Pattern[str]:
    """Where a sentence goes on with another request.

    "en verzoeken wij u", "en zorg voor", "... vast te stellen en ... te houden", "en dat u".
    """
    joins, that, to = table["joins"], table["that"], table["infinitive"]
    asks = "|".join(f"(?:{one})" for one in table["words"])
    order = rf"{_order(orders)}(?!\s+(?:wij|we|u|zij|ze|hij|ik|je)\b)"
    return re.compile(
        rf",?\s+(?P<and>(?:{joins})\s+(?:{asks}|(?P<order>{order})|(?P<that>{that}\s+)))|"
        rf"(?P<infinitive>{to}),?\s+(?P<more>(?:{joins})\s+(?=(?:\S+\s+){{2,}}{to}\W*$))|"
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
        tells={name: joined(found) for name, found in content["tells"].items()},
        headings={PointType(kind): joined(found) for kind, found in content["headings"].items()},
        orders=re.compile(rf"\W*{_order(content['orders']['words'])}", re.IGNORECASE),
        later_orders=_later(joined(content["orders"]["conditions"]), content["orders"]["words"]),
        second=_second(content["second"], content["orders"]["words"]),
        writers=words("speaks"),
        concedes=words("concedes"),
        reasons=words("reasons"),
        frames=words("frames"),
        promises=words("promises"),
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
