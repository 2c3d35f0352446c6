"""The words of a text that are things, as far as Dutch shows it without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from wordfreq import zipf_frequency

from assistant.checks.lexis import lexis
from assistant.checks.values import values_of
from ingest.dutch.stems import lemma, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold, words

COMMON = 3.0
AS_OFTEN = 1.3
_BEFORE_A_THING = frozenset(
    "de het een geen dit dat deze die elk elke ieder iedere hun haar zijn onze ons alle veel "
    "meer minder van voor met door aan in op over bij uit naar tot tegen onder binnen zonder "
    "tussen".split()
)


def things_in(text: str) -> frozenset[str]:
    """The words of a text that are things, as far as Dutch shows it without a dictionary.

    A thing stands behind an article or preposition, with at most an adjective between, or is a
    further member of an enumeration. Verbs, adjectives and things that say little are left out.
    """
    found: set[str] = set()
    tokens = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|[,.;:]", fold(text)) + ["."]
    ready = False
    for token, following in pairwise(tokens):
        if token in {"en", "of", ","}:
            continue
        if token in _BEFORE_A_THING:
            ready = True
        elif ready and not leads_on(token, following):
            ready = following in {"en", "of"} or (following == "," and token not in STOP_WORDS)
            if token not in STOP_WORDS and token[0].isalpha() and not _is_no_thing(token):
                found.update(words(token))
            if not token[0].isalpha():
                ready = False
    return frozenset(found)


def opening_thing(claim: str) -> frozenset[str]:
    """The word that a sentence opens with, when it is a thing: what the sentence is about."""
    first, following = (*words(claim)[:2], "", "")[:2]
    no_thing = not first or first in _BEFORE_A_THING or _is_no_thing(first)
    adjective = bool(following) and leads_on(first, following)
    return frozenset() if no_thing or adjective else frozenset({first})


def leads_on(token: str, following: str) -> bool:
    """Whether a word may be the adjective of the thing that follows."""
    ends = following in STOP_WORDS or not following[0].isalpha() or is_verb(following)
    return token.endswith("e") and not ends and _is_inflected(token)


@lru_cache(maxsize=50_000)
def _is_inflected(word: str) -> bool:
    """Whether a word on "-e" is another word without it: "grote", "nieuwe"; not "gemeente"."""
    base = word[:-1]
    forms = {base, re.sub(r"([aeou])(?=[^aeiou]$)", r"\1\1", base)}
    forms |= {form[:-1] for form in forms if form[-2:-1] == form[-1:]}
    forms |= {form[:-1] + {"z": "s", "v": "f"}.get(form[-1:], form[-1:]) for form in forms}
    return any(len(form) > 1 and zipf_frequency(form, "nl") >= COMMON for form in forms)


@lru_cache(maxsize=50_000)
def is_verb(word: str) -> bool:
    """Whether a word is a form of a verb, other than its infinitive."""
    base = lemma(word)
    return base.endswith("en") and base != word and not word.endswith(("en", "e"))


_VOWELS = "aeou"


@lru_cache(maxsize=50_000)
def is_infinitive(word: str) -> bool:
    """Whether a word on "-en" has a form on "-t" that is about as usual: "bekijken", "bekijkt"."""
    if re.search(r"\w{2}(?:st|g)aan$", word):
        return zipf_frequency(f"{word[:-1]}t", "nl") >= COMMON
    if not word.endswith("en") or len(word) < 5:
        return False
    base = word[:-2]
    bases = {base, base[:-1] + {"z": "s", "v": "f"}.get(base[-1], base[-1])}
    bases |= {one[:-1] for one in bases if one[-2:-1] == one[-1:]}
    bases |= {
        re.sub(rf"(?<![{_VOWELS}i])([{_VOWELS}])([^aeiou])$", r"\1\1\2", one) for one in bases
    }
    often = max(zipf_frequency(f"{one}t", "nl") for one in bases)
    return often >= COMMON and often >= zipf_frequency(word, "nl") - AS_OFTEN


@lru_cache(maxsize=50_000)
def _is_no_thing(word: str) -> bool:
    if stem(word) in lexis().light or values_of(word) or is_verb(word) or is_infinitive(word):
        return True
    # An adjective is about as frequent with its ending as without.
    inflected = re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", word) + "e"
    often = zipf_frequency(inflected, "nl")
    return often >= COMMON and often >= zipf_frequency(word, "nl") - AS_OFTEN


FINITE = frozenset(
    "is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen kon konden mag "
    "mogen mocht moet moeten moest moesten zal zullen zou zouden wil willen wilde wilden gaat gaan "
    "ging gingen doet doen deed deden ziet zien zag zagen staat staan stond krijgt krijgen kreeg "
    "komt komen kwam hoeft hoeven dient dienen blijft blijven bleef laat laten liet".split()
)
"""Usual verbs of a clause, of which no other form shows that they are one."""


def is_finite(word: str) -> bool:
    """Whether a word may be the verb of a clause."""
    return word in FINITE or is_verb(word) or is_infinitive(word)


def is_clause(tokens: Sequence[str]) -> bool:
    """Whether words may be a clause: one of them is a verb."""
    return any(map(is_finite, tokens))
