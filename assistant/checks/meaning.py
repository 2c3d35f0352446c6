"""How much of a sentence its evidence says, word by word.

A word is said by the same stem, by a part of a compound, by a word of the lexicon, or by one that
is near in the space of our embedding model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from assistant.checks.lexis import is_negated, lexis, stems, verbs_apart
from assistant.checks.places import other_adjectives, replaced_words
from assistant.checks.reasons import given_reasons
from assistant.checks.things import is_clause, opening_thing, things_in
from assistant.checks.turns import BEGINS_A_CLAUSE, apart
from assistant.checks.values import is_number, values_of
from assistant.matching import specificity
from ingest.dutch.stems import lemma, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.dutch.analysis import Analyzer
    from ingest.embeddings import Embedder

# A word with this cosine to one of the evidence may say the same; from the second it surely does.
SOMEWHAT_NEAR = 0.4
NEAR = 0.7
SAME = 0.9
"""A word that may stand for one of the evidence says as much of it."""
STRANGE = 0.05
"""A thing that is said less than this is not the evidence's."""
_ENUMERATION = re.compile(r"\w+(?:, \w+)+,? (?:en|of) \w+")
SURELY = 0.7
"""A member of an enumeration that is said so well is no other member."""
FEW = 2
"""Content words from which a clause can be told to be added."""
SHORT = 3
MOSTLY = 0.65
"""A sentence of few content words must be said word by word, or by so much of it."""
HALF = 0.5
IN_PLACE = 0.75
"""A word in the very place of another of the evidence must say it at least so well."""
FIGURE = 0.7
"""Information of a number, which another check has found in the evidence."""
LEAST_WEIGHT = 1.3
"""Information of a clause that is looked at by itself."""
# Words with the same beginning of this many letters are forms of one another: "monitoring".
SAME_BEGINNING = 6
SURE = 0.75
"""Support from which a word is surely said."""
_SPLIT_VERB = re.compile(r"\b(\w{2,5}) te (\w+en)\b")
_CLAUSE = re.compile(
    r"[,;:()–]\s|\s(?:en|maar|waardoor|waarvoor|waarbij|waarmee|zodat|omdat|want|mits|terwijl|"
    r"doordat|om)\s",
    re.I,
)
# Words that frame what is said: they stand in many a true sentence, and claim nothing themselves.
FRAMING = frozenset(
    "volgens ligt liggen lag staat staan stelt noemt noemen genoemd genoemde zegt zeggen "
    "aangegeven geeft geven "
    "blijkt gaat gaan betekent bijvoorbeeld zoals ook daarbij hierbij manier wijze onder meer "
    "document documenten tekst dit deze sprake gaat betreft gebied deel rol punt sinds "
    "zowel ertoe hetzelfde dezelfde eenzelfde iemand mensen hele steeds verschillende meerdere "
    "diverse bepaalde vooral eigen zolang zodra tenzij mits naarmate gezien gelet behalve ene "
    "andere anderen".split()
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of a sentence is said by its evidence.

    Attributes:
        share: Of its information, in [0, 1].
        weakest: The same for the clause that is said least.
        surest: What is surely said of the clause of which least is, its framing left out; 1 when
            each clause has a number or is too short to tell.
        reason: The same for the reason or consequence that is said least; 1 when it gives none.
        cosine: Of the whole sentence with the evidence, in [-1, 1].
        own: Share that the evidence itself says, without the facts of its source, in [0, 1].
        strange: A thing that the claim speaks of and the evidence does not; "" when there is none.
    """

    share: float
    weakest: float
    cosine: float
    own: float
    strange: str = ""
    reason: float = 1.0
    surest: float = 1.0


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

    def overlap(
        self, claim: str, evidence: Sequence[str], facts: str, plain: bool = True
    ) -> Overlap:
        """How much of a claim the evidence says.

        Args:
            claim: The sentence.
            evidence: Sentences of the evidence.
            facts: What is known of its sources; said as well.
            plain: Whether the claim is read with plain words for its set phrases.
        """
        plainly = lexis().in_plain_words
        written = "\n".join(evidence)
        text = plainly(written)
        claim = plainly(claim) if plain else claim
        # "uit te wisselen" is a form of "uitwisselen".
        text = _SPLIT_VERB.sub(r"\1\2 \1 te \2", text)
        in_phrases = set(words(written)) - set(words(text))
        text = " ".join((text, *verbs_apart(written), *in_phrases))
        own_forms = _forms(text)
        held = frozenset(self._ordered(text)) | frozenset(self._ordered(facts)) | own_forms
        tokens = frozenset(words(f"{text}\n{facts}"))
        near = self._vectors(text)
        said: dict[str, float] = {}
        alone: dict[str, float] = {}
        own, own_tokens = frozenset(self._ordered(text)) | own_forms, frozenset(words(text))
        for word in content_words(claim):
            said[word] = self._support(word, held, tokens, near)
            alone[word] = self._support(word, own, own_tokens, near)
        weights = {word: _weight(word) for word in said}
        proven = {word for word, value in alone.items() if value >= HALF}
        things = things_in(claim) | opening_thing(claim)
        share = _share(said, weights, sure=FIGURE * len(values_of(fold(claim))))
        if len(said) <= SHORT and share < MOSTLY:
            # In a short sentence each word is what it says, but for "het college erkent dat".
            things |= {word for word in said if not _forms(word) & lexis().framing}
        people = _people(text)
        things = frozenset(word for word in things if not stems(word) & people)
        own_things = {w: self._as_thing(w, said[w], held, own_forms) for w in said if w in things}
        own_things |= self._exchanged(claim, said, held)
        own_things |= other_adjectives(claim, text, said)
        own_things |= {w: 0.0 for w in replaced_words(claim, text) if alone.get(w, 1.0) < IN_PLACE}
        own_things = {w: v for w, v in own_things.items() if not _forms(w) & lexis().manner}
        strange = min(own_things, key=lambda w: own_things[w], default="")
        cosine = float(self._vector(claim) @ self._vector(text)) if text else 0.0
        return Overlap(
            share=share,
            weakest=self._weakest(claim, said, proven, weights),
            reason=_least([_of_clause(one, said, weights) for one in given_reasons(claim)]),
            cosine=cosine,
            own=_share(alone, weights, sure=FIGURE * len(values_of(fold(claim)))),
            surest=_surest(claim, said),
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
            things = things_in(clause) | opening_thing(clause)
            # Without a thing a clause claims little: "al is dat nog niet gelukt".
            if things & own.keys() and sum(weights[word] for word in own) >= LEAST_WEIGHT:
                # What only the facts of the source say proves no clause by itself; but "het
                # college waardeert" only frames one.
                if not proven & own.keys() and all(
                    value >= HALF or _forms(word) & lexis().framing for word, value in own.items()
                ):
                    continue
                shares.append(_share(own, weights) if proven & own.keys() else 0.0)
        return min(shares, default=_share(said, weights))

    def _as_thing(
        self, word: str, said: float, held: frozenset[str], bare: frozenset[str]
    ) -> float:
        """How far a thing is said: of a compound, what it is made with must be said too.

        "Drugsgebruik" is no "alcoholgebruik", however near the two words are.
        """
        own, *parts = self._ordered(word) or [word]
        if _synonyms(word) & held:
            return said
        if len(parts) > 1 and own not in held and parts[0] not in held and parts[-1] in held:
            # "Geldtekorten" may be the "tekorten" that the evidence speaks of.
            return said if parts[-1] in bare else 0.0
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
        if not terms or is_number(word):
            return 1.0  # numbers are looked at by themselves, by their value
        own, *parts = terms
        if own in held or (word.startswith("on") and stem(word[2:]) in held and is_negated(word)):
            return 1.0
        best = sum(part in held for part in parts) / len(parts) if parts else 0.0
        if parts and all(_is_said(part, held) for part in parts):
            best = max(best, SAME)
        if _synonyms(word) & held:
            best = max(best, SAME)
        for other, weight in self._related(word):
            meant = self._ordered(other)
            if meant and held.issuperset(meant):
                best = max(best, 0.5 + weight / 2)
        if any(_same_beginning(word, other) for other in tokens):
            best = max(best, 0.8)
        cosine = float((near @ self._vector(word)).max())
        return max(best, min(1.0, (cosine - SOMEWHAT_NEAR) / (NEAR - SOMEWHAT_NEAR)), 0.0)


def _is_said(stem_of: str, held: frozenset[str]) -> bool:
    """Whether a part of a compound is said, or a word that may stand for it."""
    return stem_of in held or not held.isdisjoint(lexis().same.get(stem_of, ()))


def _forms(text: str) -> frozenset[str]:
    """Stems of the words of a text and of their base forms: "langere" is "lang" too."""
    return stems(text) | {stem(lemma(word)) for word in words(text) if word not in STOP_WORDS}


@lru_cache(maxsize=50_000)
def _synonyms(word: str) -> frozenset[str]:
    """Stems of the words that may stand for a word, or are kinds of it."""
    same, kinds = lexis().same, lexis().kinds
    none: frozenset[str] = frozenset()
    return none.union(*(same.get(f, none) | kinds.get(f, none) for f in _forms(word)))


_BREAK = re.compile(rf"[,;:()–]\s|\b(?:{BEGINS_A_CLAUSE}|waarvoor|daarom|mits)\b", re.I)


def _surest(claim: str, said: dict[str, float]) -> float:
    """What is said for sure of the clause of which least is: of an added one next to nothing."""
    shares = []
    for piece in chain.from_iterable(map(apart, _BREAK.split(claim))):
        own = [w for w in content_words(piece) if w in said and not _forms(w) & lexis().framing]
        if len(own) >= FEW and is_clause(words(piece)) and not values_of(fold(piece)):
            sure = {word: float(said[word] >= SURE) for word in own}
            shares.append(_share(sure, {word: _weight(word) for word in own}))
    return _least(shares)


def _people(text: str) -> frozenset[str]:
    """Stems of words for people that are not strange to a text.

    People in general where it names nobody else, and those whom it only counts or quotes.
    """
    held = stems(text)
    found = [meant for meant, signs in lexis().implied if signs & held]
    if not held & lexis().actors.keys() - lexis().actors[stem("gemeente")]:
        found.append(lexis().people)
    return frozenset().union(*found)


def _of_clause(clause: str, said: dict[str, float], weights: dict[str, float]) -> float:
    return _share({word: said[word] for word in content_words(clause) if word in said}, weights)


def _least(shares: Sequence[float]) -> float:
    return min(shares, default=1.0)


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
