"""Whether a claim says "no" where its evidence says "yes", clause by clause.

A denial, a verb of refusing or ending and a word of want each turn a clause once; so does a word
that the other text has the opposite of. Two clauses that speak of the same then say the contrary
when an odd number of such turns is left, after those that both of them have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.checks.lexis import lexis, stems, verbs_apart
from assistant.checks.things import is_clause
from assistant.matching import specificity
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words

ALIKE = 0.5
"""Share of what a clause says by which another speaks of the same."""
LITTLE = frozenset(map(stem, ("weinig", "minder", "gering", "beperkt", "klein")))
"""Stems of words that may stand for one another where little is there."""
NEARLY_AS_GOOD = 0.8
"""Share of the best likeness from which another clause may be meant as well."""
BEGINS_A_CLAUSE = (
    "maar|terwijl|doch|omdat|doordat|want|zodat|waardoor|hoewel|waar|waarbij|waarin|waarmee|waarvan|"
    "die|dat|om|als|indien|wanneer|zolang|tenzij|dan"
)
"""Words that begin another clause, as alternatives of a pattern."""
MARK = r"[,.:](?!\d)|[;!?()–]"
"""A mark that ends a clause, as alternatives of a pattern; not the comma in "€ 1,75"."""
_BREAK = re.compile(
    rf"{MARK}|[\n„“”]|\b(?:{BEGINS_A_CLAUSE}|al|of)\b|"
    r"\b(?=(?:zonder|bij gebrek|wegens|vanwege)\b)",
    re.I,
)
_AND = re.compile(r"\ben\b", re.I)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes:
        content: Stems of what it says, without what turns it.
        denials: How many words deny it.
        turns: Stems of the other words that turn it.
    """

    content: frozenset[str]
    denials: int
    turns: frozenset[str]

    @property
    def is_turned(self) -> bool:
        """Whether anything turns it."""
        return bool(self.denials or self.turns)


def turned_problem(claim: str, evidence: str, softened: tuple[bool, bool]) -> str:
    """What of a claim its evidence turns round; "" for nothing.

    Args:
        claim: The sentence, set phrases in plain words.
        evidence: The sentences that it rests on, likewise.
        softened: Whether the claim, and whether the evidence, takes something back with a word of
            its own; that may be what a denial of the other says.
    """
    said, held = clauses_of(claim), clauses_of(evidence)
    said, held = _without_shared(said, held), _without_shared(held, said)
    own_turns = softened[0] or any(clause.is_turned for clause in said)
    its_turns = softened[1] or any(clause.is_turned for clause in held)
    for clause in said:
        if len(clause.content) == 1 and len(said) > 1:
            continue
        alike = _alike(clause, held)
        if not alike or not all(_contrary(clause, other) for other in alike):
            continue
        # What is turned elsewhere in the one may make up for what is turned here in the other.
        if clause.is_turned == alike[0].is_turned:
            made_up = own_turns or its_turns
        else:
            made_up = its_turns if clause.is_turned else own_turns
        if not made_up:
            return "een ontkenning"
    return ""


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text, in order; a denial alone belongs to the one before it."""
    found: list[Clause] = []
    for piece in pieces_of(text):
        clause = _clause(piece)
        if not clause.content and found and clause.is_turned:
            last = found.pop()
            clause = Clause(last.content, last.denials + clause.denials, last.turns | clause.turns)
        if clause.content or clause.is_turned:
            found.append(clause)
    return found


def pieces_of(text: str) -> Iterable[str]:
    """The texts of its clauses, in order."""
    return chain.from_iterable(map(apart, _BREAK.split(text)))


def apart(piece: str) -> Iterable[str]:
    """The parts of a text that "en" ties together, where each of them has a verb."""
    before, *others = _AND.split(piece)
    for other in others:
        if is_clause(words(before)) and is_clause(words(other)):
            yield before
            before = other
        else:
            before = f"{before} en {other}"
    yield before


def _clause(piece: str) -> Clause:
    content, turns, denials = set(), set(), 0
    for word in (*words(piece), *verbs_apart(piece)):
        if word in lexis().denying:
            denials += 1
        elif stems(word) & lexis().turning:
            turns.add(stem(word))
        elif word not in STOP_WORDS:
            content.add(stem(word))
    return Clause(frozenset(content), denials, frozenset(turns))


def _says(word: str, held: frozenset[str]) -> bool:
    """Whether a word is among others, in the same or other words, or as something narrower."""
    same, kinds = lexis().same.get(word, _NONE), lexis().kinds.get(word, _NONE)
    return word in held or not held.isdisjoint(same) or not held.isdisjoint(kinds)


_NONE: frozenset[str] = frozenset()


def _without_shared(clauses: Sequence[Clause], others: Sequence[Clause]) -> list[Clause]:
    """Clauses without the turns that the other text has as well, wherever it has them."""
    known = _NONE.union(*(other.turns for other in others))
    known = known.union(*(lexis().same.get(turn, _NONE) for turn in known))
    if any(not LITTLE.isdisjoint(other.turns | other.content) for other in others):
        known |= LITTLE
    return [Clause(one.content, one.denials, one.turns - known) for one in clauses]


def _alike(said: Clause, held: Sequence[Clause]) -> list[Clause]:
    """The clauses of the evidence that speak of the same as one of the claim."""
    shares = [(_likeness(said, other), other) for other in held if other.content]
    best = max((share for share, _ in shares), default=0.0)
    if best < ALIKE:
        return []
    return [other for share, other in shares if share >= NEARLY_AS_GOOD * best]


def _likeness(said: Clause, held: Clause) -> float:
    total = sum(map(specificity, said.content))
    both = [w for w in said.content if _says(w, held.content) or _against(w, said, held)]
    return sum(map(specificity, both)) / total if total else 0.0


def _against(word: str, said: Clause, held: Clause) -> bool:
    """Whether a word of the one is the opposite of one of the other."""
    its = held.content | held.turns
    ours = said.content | said.turns
    return any(
        other & its and not own & its and not other & ours
        for own, other in lexis().sides.get(word, ())
    )


def _contrary(said: Clause, held: Clause) -> bool:
    """Whether one clause says the contrary of the other."""
    against = any(
        not _says(word, held.content) and _against(word, said, held) for word in said.content
    )
    turns = said.denials + len(said.turns) + held.denials + len(held.turns)
    return bool((turns + against) % 2)
