"""How much of a sentence its evidence says, word by word.

A word is said by the same stem, by a part of a compound, by a word of the lexicon, or by one that
is near in the space of our embedding model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from wordfreq import zipf_frequency

from assistant.checks.lexis import lexis
from assistant.checks.polarity import is_negated
from assistant.checks.values import values_of
from assistant.matching import specificity
from ingest.dutch.stems import lemma, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.dutch.analysis import Analyzer
    from ingest.embeddings import Embedder

# A word with this cosine to one of the evidence may say the same; from the second it surely does.
SOMEWHAT_NEAR = 0.35
NEAR = 0.7
STRANGE = 0.15
"""A thing that is said less than this is not the evidence's."""
_ENUMERATION = re.compile(r"\w+(?:, \w+)+,? (?:en|of) \w+")
SURELY = 0.7
"""A member of an enumeration that is said so well is no other member."""
FEW = 2
MOSTLY = 0.65
"""A sentence of few content words must be said word by word, or by so much of it."""
HALF = 0.5
FIGURE = 0.7
"""Information of a number, which another check has found in the evidence."""
LEAST_WEIGHT = 1.3
"""Information of a clause that is looked at by itself."""
COMMON = 3.0
AS_OFTEN = 1.3
# Words with the same beginning of this many letters are forms of one another: "monitoring".
SAME_BEGINNING = 6
_SPLIT_VERB = re.compile(r"\b(\w{2,5}) te (\w+en)\b")
_BEFORE_A_THING = frozenset(
    "de het een geen dit dat deze die elk elke ieder iedere hun haar zijn onze ons alle veel "
    "meer minder van voor met door aan in op over bij uit naar tot tegen onder binnen zonder "
    "tussen".split()
)
_CLAUSE = re.compile(
    r"[,;:()–]\s|\s(?:en|maar|waardoor|waarvoor|waarbij|waarmee|zodat|omdat|want|mits|terwijl|"
    r"doordat|om)\s",
    re.I,
)
# Words that frame what is said: they stand in many a true sentence, and claim nothing themselves.
FRAMING = frozenset(
    "volgens staat staan stelt noemt noemen genoemd genoemde zegt zeggen aangegeven geeft geven "
    "blijkt gaat gaan betekent bijvoorbeeld zoals ook daarbij hierbij manier wijze onder meer "
    "document documenten tekst dit deze sprake gaat betreft gebied deel rol punt sinds "
    "zowel ertoe hetzelfde dezelfde eenzelfde iemand mensen hele steeds verschillende meerdere "
    "diverse bepaalde vooral eigen".split()
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of a sentence is said by its evidence.

    Attributes:
        share: Of its information, in [0, 1].
        weakest: The same for the clause that is said least.
        cosine: Of the whole sentence with the evidence, in [-1, 1].
        own: Share that the evidence itself says, without the facts of its source, in [0, 1].
        strange: A thing that the claim speaks of and the evidence does not; "" when there is none.
    """

    share: float
    weakest: float
    cosine: float
    own: float
    strange: str = ""


class Meaning:
    """Measures overlap; safe between threads."""

    def __init__(self, analyzer: Analyzer, embedder: Embedder) -> None:
        """Take the Dutch analysis and the embedding model of the index."""
        self._ordered = lru_cache(maxsize=50_000)(analyzer.terms)
        self._related = analyzer.related
        self._embedder = embedder
        self._vector = lru_cache(maxsize=20_000)(self._make_vector)

    def _make_vector(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed_passages([text])[0]
        return vector

    def overlap(self, claim: str, evidence: Sequence[str], facts: str) -> Overlap:
        """How much of a claim the evidence says.

        Args:
            claim: The sentence.
            evidence: Sentences of the evidence.
            facts: What is known of its sources; said as well.
        """
        text = "\n".join(evidence)
        # "uit te wisselen" is a form of "uitwisselen".
        text = _SPLIT_VERB.sub(r"\1\2 \1 te \2", text)
        held = frozenset(self._ordered(text)) | frozenset(self._ordered(facts))
        tokens = frozenset(words(f"{text}\n{facts}"))
        near = self._vectors(text)
        said: dict[str, float] = {}
        alone: dict[str, float] = {}
        own, own_tokens = frozenset(self._ordered(text)), frozenset(words(text))
        for word in content_words(claim):
            said[word] = self._support(word, held, tokens, near)
            alone[word] = self._support(word, own, own_tokens, near)
        weights = {word: _weight(word) for word in said}
        proven = {word for word, value in alone.items() if value >= HALF}
        things = things_in(claim) | _opening(claim)
        if len(said) <= FEW and _share(said, weights) < MOSTLY:
            things |= set(said)  # in a short sentence each word is what it says
        own_things = {w: self._as_thing(w, said[w], held) for w in said if w in things}
        own_things |= self._exchanged(claim, said, held)
        strange = min(own_things, key=lambda w: own_things[w], default="")
        cosine = float(self._vector(claim) @ self._vector(text)) if text else 0.0
        return Overlap(
            share=_share(said, weights, sure=FIGURE * len(values_of(fold(claim)))),
            weakest=self._weakest(claim, said, proven, weights),
            cosine=cosine,
            own=_share(alone, weights, sure=FIGURE * len(values_of(fold(claim)))),
            strange=strange if strange and own_things[strange] < STRANGE else "",
        )

    def _weakest(
        self,
        claim: str,
        said: dict[str, float],
        proven: set[str],
        weights: dict[str, float],
    ) -> float:
        shares = []
        for clause in _CLAUSE.split(claim):
            own = {word: said[word] for word in content_words(clause) if word in said}
            things = things_in(clause) | _opening(clause)
            # Without a thing a clause claims little: "al is dat nog niet gelukt".
            if things & own.keys() and sum(weights[word] for word in own) >= LEAST_WEIGHT:
                # What only the facts of the source say proves no clause by itself.
                shares.append(_share(own, weights) if proven & own.keys() else 0.0)
        return min(shares, default=_share(said, weights))

    def _as_thing(self, word: str, said: float, held: frozenset[str]) -> float:
        """How far a thing is said: of a compound, what it is made with must be said too.

        "Drugsgebruik" is no "alcoholgebruik", however near the two words are.
        """
        own, *parts = self._ordered(word) or [word]
        if len(parts) > 1 and own not in held and parts[0] not in held and parts[-1] in held:
            return 0.0
        return said

    def _exchanged(
        self, claim: str, said: dict[str, float], held: frozenset[str]
    ) -> dict[str, float]:
        """The member of an enumeration that has taken the place of one of the evidence's."""
        found: dict[str, float] = {}
        for match in _ENUMERATION.finditer(fold(claim)):
            members = [w for w in words(match[0]) if w in said]
            exact = [w for w in members if self._ordered(w)[0] in held]
            if len(members) > 2 and len(exact) == len(members) - 1:
                found |= {w: 0.0 for w in members if w not in exact and said[w] < SURELY}
        return found

    def _vectors(self, text: str) -> NDArray[np.float32]:
        found = [self._vector(word) for word in dict.fromkeys(content_words(text))]
        return np.stack(found) if found else np.zeros((1, self._embedder.dimension), np.float32)

    def _support(
        self,
        word: str,
        held: frozenset[str],
        tokens: frozenset[str],
        near: NDArray[np.float32],
    ) -> float:
        terms = self._ordered(word)
        if not terms:
            return 1.0
        own, *parts = terms
        if own in held or (word.startswith("on") and stem(word[2:]) in held and is_negated(word)):
            return 1.0
        best = sum(part in held for part in parts) / len(parts) if parts else 0.0
        for other, weight in self._related(word):
            meant = self._ordered(other)
            if meant and held.issuperset(meant):
                best = max(best, 0.5 + weight / 2)
        if any(_same_beginning(word, other) for other in tokens):
            best = max(best, 0.8)
        cosine = float((near @ self._vector(word)).max())
        return max(best, min(1.0, (cosine - SOMEWHAT_NEAR) / (NEAR - SOMEWHAT_NEAR)), 0.0)


def content_words(text: str) -> list[str]:
    """The words of a text that say something, in order, in small letters."""
    return [
        word
        for word in words(text)
        if word not in STOP_WORDS
        and word not in FRAMING
        and word.isalpha()
        and len(word) > 1
        and stem(word) not in lexis().softening
    ]


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
        elif ready and not _leads_on(token, following):
            ready = following in {"en", "of"} or (following == "," and token not in STOP_WORDS)
            if token not in STOP_WORDS and token[0].isalpha() and not _is_no_thing(token):
                found.update(words(token))
            if not token[0].isalpha():
                ready = False
    return frozenset(found)


def _opening(claim: str) -> frozenset[str]:
    """The word that a sentence opens with, when it is a thing: what the sentence is about."""
    first = next(iter(words(claim)), "")
    no_thing = not first or first in _BEFORE_A_THING or _is_no_thing(first)
    return frozenset() if no_thing else frozenset({first})


def _leads_on(token: str, following: str) -> bool:
    """Whether a word may be the adjective of the thing that follows."""
    ends = following in STOP_WORDS or not following[0].isalpha() or _is_verb(following)
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
def _is_verb(word: str) -> bool:
    base = lemma(word)
    return base.endswith("en") and base != word and not word.endswith(("en", "e"))


@lru_cache(maxsize=50_000)
def _is_no_thing(word: str) -> bool:
    if stem(word) in lexis().light or values_of(word) or _is_verb(word):
        return True
    # An adjective is about as frequent with its ending as without.
    inflected = re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", word) + "e"
    often = zipf_frequency(inflected, "nl")
    return often >= COMMON and often >= zipf_frequency(word, "nl") - AS_OFTEN


def _same_beginning(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return (
        shorter >= SAME_BEGINNING
        and one[:SAME_BEGINNING] == other[:SAME_BEGINNING]
        and (one[: round(0.7 * shorter)] == other[: round(0.7 * shorter)])
    )


def _weight(word: str) -> float:
    return specificity(word)


def _share(said: dict[str, float], weights: dict[str, float], sure: float = 0.0) -> float:
    """Share of the information that is said; ``sure`` is that of what is said in any case."""
    total = sure + sum(weights[word] for word in said)
    given = sure + sum(weights[word] * value for word, value in said.items())
    return given / total if total else 1.0
