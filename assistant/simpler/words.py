"""Words of official Dutch give way to plain ones, in the same place of the sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.simpler.verbs import AUXILIARIES, MODALS

FILE = Path(__file__).with_name("words.toml")
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r"„[^”]*”|“[^”]*”|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']{2,}'(?!\w)")
# What begins so is a title, and goes on for some words without a capital.
_TITLED = re.compile(
    r"\b(?:Wet|Besluit|Regeling|Verordening|Nota|Agenda|Programma|Project|Stichting|Handreiking|"
    r"Beleidsregels?|Beleidsplan|Visie)(?: [a-z]+){1,5}"
)
_BEFORE = re.compile(r"(\S+)\s+$")
_AFTER = re.compile(r"\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands in the place of a word, and beside which words.

    Attributes:
        to: The plain words.
        next: Words of which one must follow; empty for any. "#" is a number, "." an end or a comma.
        not_next: Words that must not follow.
        previous: Words of which one must come before; empty for any.
        not_previous: Words that must not come before.
        absent: Words that must not stand anywhere in the sentence.
        first: Whether it must begin the sentence.
        beside: Verbs of which one must stand beside it; empty for none.
    """

    to: str
    next: frozenset[str] = frozenset()
    not_next: frozenset[str] = frozenset()
    previous: frozenset[str] = frozenset()
    not_previous: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    first: bool = False
    beside: frozenset[str] = frozenset()

    def fits(self, before: str, after: str) -> bool:
        """Whether it may stand between two words.

        Args:
            before: The word before it, in small letters; "" at the beginning.
            after: The word after it, or "#" or ".".
        """
        if (self.next and after not in self.next) or after in self.not_next:
            return False
        if (self.previous and before not in self.previous) or before in self.not_previous:
            return False
        if self.first and before:
            return False
        noun = before == "het" and after == "van" and "kan" in self.beside
        return not self.beside or noun or before in self.beside or after in self.beside


def plain_words(sentence: str, protected: Sequence[str] = ()) -> str:
    """A sentence in plain words.

    Args:
        sentence: One sentence.
        protected: Terms and names in which no word is replaced.

    Returns:
        The sentence; quotations, names and titles in it stay as they are.
    """
    kept = [match.span() for match in (*_QUOTED.finditer(sentence), *_TITLED.finditer(sentence))]
    for term in protected:
        kept += [match.span() for match in re.finditer(re.escape(term), sentence, re.I)]

    def swapped(match: re.Match[str]) -> str:
        start, end = match.span()
        if any(first < end and start < last for first, last in kept):
            return match[0]
        if not match[0].islower() and (start > 0 or not match[0][1:].islower()):
            return match[0]  # a capital within a sentence is a name's
        swap = _swaps()[_SPACE.sub(" ", match[0].lower())]
        before, after = _previous(sentence, start), _next(sentence, end)
        if swap.absent & set(sentence.lower().split()) or not swap.fits(before, after):
            return match[0]
        return swap.to if match[0][0].islower() else swap.to[0].upper() + swap.to[1:]

    return _pattern().sub(swapped, sentence)


def _previous(sentence: str, start: int) -> str:
    found = _BEFORE.search(sentence, 0, start)
    return found[1].lower().strip("(„“\"'‘:;,") if found else ""


def _next(sentence: str, end: int) -> str:
    found = _AFTER.match(sentence, end)
    if not found or not sentence[end].isspace():
        return "."
    word = found[1].lower().strip("(„“\"'‘.,;:!?)”’")
    return "#" if word[:1].isdigit() or word in {"€", ""} else word


@cache
def _swaps() -> dict[str, Swap]:
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = {word: Swap(to) for word, to in tables["words"].items()}
    found |= {word.lower(): Swap(to, first=True) for word, to in tables["first"].items()}
    found |= {word: Swap(to, beside=MODALS) for word, to in tables["infinitives"].items()}
    found |= {word: Swap(to, beside=AUXILIARIES) for word, to in tables["participles"].items()}
    for word, given in tables["neighbours"].items():
        found[word] = _beside(given)
    return found


def _beside(given: Mapping[str, Any]) -> Swap:
    def side(name: str) -> frozenset[str]:
        return frozenset(given.get(name, ()))

    return Swap(
        given["to"],
        next=side("next"),
        not_next=side("not_next"),
        previous=side("previous"),
        not_previous=side("not_previous"),
        absent=side("absent"),
    )


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_swaps(), key=len, reverse=True)
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    # What ends in a full stop or a comma ends where that does.
    return re.compile(rf"(?<![\w-])(?:{words})(?:(?<=[.,])|(?![\w-]))", re.I)
