"""The words that make another claim of a sentence, read from ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from wordfreq import zipf_frequency

from ingest.dutch.separable import separable_verbs
from ingest.dutch.stems import PARTICLES, infinitive, lemma, stem
from ingest.dutch.words import words

IN_USE = 2.0
"""Zipf frequency from which a word is one that is used."""
COMMON = 3.0
"""Zipf frequency from which the rest of a word is a word."""


def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text, stop words too, and of the infinitives of participles."""
    tokens = words(text)
    forms = (*tokens, *(infinitive(word) for word in tokens))
    return frozenset(stem(word) for word in forms if word)


Sides = tuple[frozenset[str], frozenset[str]]
"""Stems of the one side, and of its opposite."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """What ``words.toml`` holds, by stem.

    Attributes:
        exact: Stem to the stems that mean the same; another of these is another claim.
        sides: Stem to the stems of its own side and those of the other side, one by one.
        denying: Words that deny.
        softening: Stems of words that take something back.
        turning: Stems of words that turn what is said: refusing, ending, want.
        light: Stems of things that say little.
        manner: Stems of words that tell how, how much, when, or what one thinks of it.
        framing: Stems of verbs and nouns that only tell who says, thinks or does something.
        people: Stems of words for people in general.
        binding: Groups of words that bind a claim in the same way.
        same: Stem to the stems that may stand for it in any text.
        kinds: Stem to the stems of what is a kind of it.
        whole: Words that look like a negated one or another form, and are not.
        actors: Stem to the stems of who may be meant by it.
        implied: Stems of somebody, with stems of words that speak of them without naming them.
        uniform: Patterns of what is written in several ways, with the one way for them.
        phrases: Set phrases that deny or seem to, with other words for them.
        favourable: Stems of words for what is there, more, allowed, agreed, able or good.
        unfavourable: Stems of words for the contrary.
        neither: Words that look like an unfavourable one, and take no side.
        doubtful: Stems of words that may carry what an unfavourable one says.
        idioms: By their first word set phrases in small letters, the longest first, with plain
            words for them.
    """

    exact: Mapping[str, frozenset[str]]
    sides: Mapping[str, tuple[Sides, ...]]
    denying: frozenset[str]
    softening: frozenset[str]
    turning: frozenset[str]
    light: frozenset[str]
    manner: frozenset[str]
    framing: frozenset[str]
    people: frozenset[str]
    binding: tuple[frozenset[str], ...]
    same: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    whole: frozenset[str]
    actors: Mapping[str, frozenset[str]]
    implied: tuple[tuple[frozenset[str], frozenset[str]], ...]
    uniform: tuple[tuple[str, str], ...]
    phrases: tuple[tuple[str, str], ...]
    favourable: frozenset[str]
    unfavourable: frozenset[str]
    neither: frozenset[str]
    doubtful: frozenset[str]
    idioms: Mapping[str, Mapping[str, str]]

    def uniformly(self, text: str) -> str:
        """A text in which how often, from which age and who governs is written in one way."""
        for pattern, way in self.uniform:
            text = re.sub(rf"(?<!\w){pattern}(?!\w)", way, text, flags=re.IGNORECASE)
        return text

    def plainly(self, text: str) -> str:
        """A text in which set phrases say in so many words what they deny, or do not."""
        for phrase, meant in self.phrases:
            text = re.sub(rf"\b{phrase}\b", meant, text, flags=re.IGNORECASE)
        return text

    def in_plain_words(self, text: str) -> str:
        """A text with plain words for the set phrases of general Dutch."""
        small = text.lower()
        if len(small) != len(text):
            return text  # a letter with another length in small, of no Dutch word
        found, at = [], 0
        for match in _WORD.finditer(small):
            if match.start() < at:
                continue
            for phrase in self.idioms.get(match[0], ()):
                end = match.start() + len(phrase)
                if small.startswith(phrase, match.start()) and not small[end : end + 1].isalnum():
                    found += [text[at : match.start()], self.idioms[match[0]][phrase]]
                    at = end
                    break
        return "".join((*found, text[at:]))


_WORD = re.compile(r"\w+")


@cache
def lexis() -> Lexis:
    """Read the file; it comes with the program."""
    content = _read("words.toml")
    exact: dict[str, frozenset[str]] = {}
    for line in content["exact"]:
        same = stems(line)
        exact |= dict.fromkeys(same, same)
    synonyms = _read("synonyms.toml")
    taken = _read("polarity.toml")
    return Lexis(
        exact,
        _sides([*content["opposites"], *synonyms["opposites"]]),
        frozenset(content["denying"].split()),
        stems(content["softening"]),
        stems(content["turning"]),
        stems(content["light"]),
        stems(content["manner"]),
        stems(content["framing"]),
        stems(content["people"]),
        tuple(frozenset(line.split()) for line in content["binding"]),
        _together(synonyms["same"]),
        _kinds(synonyms["kinds"]),
        frozenset(content["whole"].split()),
        _together(content["actors"]),
        tuple((stems(meant), stems(signs)) for meant, signs in content["implied"]),
        tuple((pattern, way) for pattern, way in content["uniform"]),
        tuple((phrase, meant) for phrase, meant in content["phrases"]),
        _as_written(taken["favourable"]),
        _as_written(taken["unfavourable"]),
        frozenset(taken["neither"].split()),
        _as_written(taken["doubtful"]),
        _idioms(synonyms["same"], _read("phrases.toml").values()),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _together(lines: list[str]) -> dict[str, frozenset[str]]:
    """Stem to the stems of all lines that it stands in."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        same = _single(line)
        for one in same:
            found[one] = found.get(one, frozenset()) | same
    return found


def _kinds(lines: list[str]) -> dict[str, frozenset[str]]:
    """Stem of what is broader to the stems of all that is narrower."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        narrower, broader = map(_single, line.split(">"))
        for one in broader:
            found[one] = found.get(one, frozenset()) | narrower
    return found


def _sides(pairs: list[list[str]]) -> dict[str, tuple[Sides, ...]]:
    found: dict[str, tuple[Sides, ...]] = {}
    for pair in pairs:
        one, other = map(_single, pair)
        for own, against in ((one - other, other - one), (other - one, one - other)):
            for form in own:
                found[form] = (*found.get(form, ()), (own, against))
    return found


def _as_written(text: str) -> frozenset[str]:
    """Stems of the words of a list, without those of infinitives: "bezorgd" is not "bezorgen"."""
    return frozenset(map(stem, text.split()))


def _idioms(lines: list[str], tables: Iterable[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Set phrases by their first word; those of a line of synonyms with its first single word."""
    meant: dict[str, str] = {}
    for line in lines:
        members = line.split(", ")
        word = next((one for one in members if " " not in one), "")
        if word:
            meant |= {one: word for one in members if " " in one}
    for table in tables:
        meant |= table
    found: dict[str, dict[str, str]] = {}
    for phrase in sorted(meant, key=len, reverse=True):
        first = _WORD.search(phrase)
        if first:
            found.setdefault(first[0], {})[phrase] = meant[phrase]
    return found


def _single(line: str) -> frozenset[str]:
    """Stems of the members of a line that are one word."""
    return stems(" ".join(one for one in line.split(",") if " " not in one.strip()))


class _Dutch:
    """The words of Dutch, as far as they are in use."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and zipf_frequency(word, "nl") >= IN_USE


def is_negated(word: str) -> bool:
    """Whether a word on "on-" denies the rest of it: "onduidelijk", not "onderwerp"."""
    return len(word) > 5 and word not in lexis().whole and zipf_frequency(word[2:], "nl") >= COMMON


def verbs_apart(text: str) -> list[str]:
    """The infinitives of separable verbs that stand in two words: "neemt ... af" is "afnemen"."""
    found = list(separable_verbs(text, _Dutch()))
    for match in _APART.finditer(text):
        verb = _as_infinitive(match["verb"])
        if verb and match["particle"] + verb in _Dutch():
            found.append(match["particle"] + verb)
    return found


_APART = re.compile(
    rf"\b(?P<verb>[a-z]+t)\b[^.,;:!?()\n]*\s(?P<particle>{'|'.join(sorted(PARTICLES))})(?=[.,;:!?)]|$)"
)


@lru_cache(maxsize=50_000)
def _as_infinitive(word: str) -> str:
    """The infinitive of a third person that dictionaries take for another word: "wijst"; or ""."""
    base = word[:-1]
    hard = base[:-1] + {"s": "z", "f": "v"}.get(base[-1], base[-1])
    if lemma(word).endswith("n") or zipf_frequency(f"{hard}en", "nl") < zipf_frequency(word, "nl"):
        return ""
    return f"{hard}en"
