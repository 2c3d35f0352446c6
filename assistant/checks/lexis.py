"""The words that make another claim of a sentence, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.dutch.stems import infinitive, stem
from ingest.dutch.words import words


def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text, stop words too, and of the infinitives of participles."""
    tokens = words(text)
    forms = (*tokens, *(infinitive(word) for word in tokens))
    return frozenset(stem(word) for word in forms if word)


@dataclass(frozen=True, slots=True)
class Lexis:
    """What ``words.toml`` holds, by stem.

    Attributes:
        exact: Stem to the stems that mean the same; another of these is another claim.
        sides: Stem to the stems of its own side and those of the other side.
        denying: Words that deny.
        softening: Stems of words that take something back.
        light: Stems of things that say little.
        binding: Groups of words that bind a claim in the same way.
    """

    exact: Mapping[str, frozenset[str]]
    sides: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    denying: frozenset[str]
    softening: frozenset[str]
    light: frozenset[str]
    binding: tuple[frozenset[str], ...]


@cache
def lexis() -> Lexis:
    """Read the file; it comes with the program."""
    content = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    exact: dict[str, frozenset[str]] = {}
    for line in content["exact"]:
        same = stems(line)
        exact |= dict.fromkeys(same, same)
    sides: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for one, other in content["opposites"]:
        first, second = stems(one), stems(other)
        sides |= dict.fromkeys(first, (first, second))
        sides |= dict.fromkeys(second, (second, first))
    return Lexis(
        exact,
        sides,
        frozenset(content["denying"].split()),
        stems(content["softening"]),
        stems(content["light"]),
        tuple(frozenset(line.split()) for line in content["binding"]),
    )
