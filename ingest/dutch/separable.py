"""Separable verbs: "gaf in 2023 € 48.000 uit" says "uitgeven", in two words far apart."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from ingest.dutch.stems import PARTICLES, lemma
from ingest.dutch.words import words

# The others stand alone more often than at the end of their verb: "de deur is open".
_APART = PARTICLES - frozenset("buiten dicht open thuis vooruit".split())
# What may follow a particle that ends its verb: another part of the sentence.
_FOLLOWS = frozenset(
    "aan achter als bij dan dat door en in maar met na naar of om omdat onder op over per rond "
    "sinds te tegen tijdens tot uit van vanaf vanuit via volgens voor waar wanneer zodat "
    "zonder".split()
)
_CLAUSE = re.compile(r"[.,;:!?()\n„”\"]+(?=\s|$)")
_MAYBE = re.compile(rf"\b(?:{'|'.join(sorted(_APART))})\b", re.IGNORECASE)
# These stand before another verb's particle: "heeft ... uit te voeren".
_AUXILIARIES = frozenset("hebben zijn worden zullen willen kunnen moeten mogen doen laten".split())
SECOND = 2  # place in a clause, from 0; its first part may have two words
# So many words before its particle a verb is looked for.
FURTHEST = 12


def separable_verbs(text: str, known: Container[str]) -> Iterator[str]:
    """Give the infinitives of separable verbs whose particle stands apart in a text.

    Args:
        text: Any text.
        known: Dutch words; only a verb that is one of them is given.
    """
    for clause in _CLAUSE.split(text):
        if not _MAYBE.search(clause):
            continue
        told = words(clause)
        for at, particle in enumerate(told):
            if at and particle in _APART and _ends_its_verb(told, at):
                verb = _verb_before(told, at, known)
                if verb:
                    yield verb


def _ends_its_verb(told: list[str], at: int) -> bool:
    """Whether a particle closes its clause, or another part of the sentence begins behind it."""
    return at + 1 == len(told) or told[at + 1] in _FOLLOWS


def _verb_before(told: list[str], at: int, known: Container[str]) -> str:
    """The verb that a particle belongs to, the nearest before it; "" when there is none."""
    for place in range(at - 1, max(-1, at - 1 - FURTHEST), -1):
        word = told[place]
        base = _infinitive(word)
        # A form that is an infinitive itself ("leven") may be a noun: a verb stands second in its
        # clause, or right before its particle.
        finite = base != word or place == at - 1 or place <= SECOND
        if base and finite and base not in _AUXILIARIES and told[at] + base in known:
            return told[at] + base
    return ""


def _infinitive(word: str) -> str:
    if len(word) < 3 or not word.isalpha():
        return ""
    base = lemma(word)
    return base if base.endswith("n") and len(base) > 3 else ""
