"""Whether a claim says something unfavourable where its evidence says nothing of the kind.

"De resultaten vallen tegen" has no word of denial, and still denies "er is veel bereikt". What
takes the unfavourable side is a word of the list, a denial, or a word on "on-". Where only one of
two texts that speak of the same has any of these, the one says the contrary of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.checks.lexis import is_negated, lexis, verbs_apart
from assistant.checks.turns import pieces_of
from assistant.matching import specificity
from ingest.dutch.stems import lemma, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words

ALIKE = 0.3
"""Share of the rest of a clause by which the other text speaks of the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause with what it says for or against.

    Attributes:
        content: Stems of the rest that it says.
        against: Its words that take the unfavourable side, denials left out.
        turns: How many words deny or turn it.
        doubtful: Whether it has a word that may carry what an unfavourable one says.
    """

    content: frozenset[str]
    against: tuple[str, ...]
    turns: int
    doubtful: bool

    @property
    def is_unfavourable(self) -> bool:
        """Whether it is so as a whole: two words make up for one another ("minder mislukt")."""
        return bool(len(self.against) % 2) and not (self.turns or self.doubtful)

    @property
    def is_clean(self) -> bool:
        """Whether nothing in it may be unfavourable."""
        return not (self.against or self.turns or self.doubtful)


def valence_problem(claim: str, evidence: str) -> str:
    """The word by which a claim or its evidence alone is unfavourable; "" for none.

    Args:
        claim: The sentence, set phrases in plain words.
        evidence: The sentences that it rests on, likewise.
    """
    said, held = parts_of(claim), parts_of(evidence)
    return _only_here(said, held) or _only_here(held, said)


def _only_here(parts: Sequence[Part], others: Sequence[Part]) -> str:
    """The unfavourable word of a clause, where the other text speaks of the same without any."""
    if not all(other.is_clean for other in others):
        return ""
    spoken = frozenset(chain.from_iterable(other.content for other in others))
    everything = frozenset(chain.from_iterable(part.content for part in parts))
    for part in parts:
        content = part.content or everything
        if part.is_unfavourable and share(content, spoken) >= ALIKE:
            return part.against[0]
    return ""


def share(content: Iterable[str], spoken: frozenset[str]) -> float:
    """Share of what is said that is spoken of elsewhere, in the same or other words."""
    same, kinds = lexis().same, lexis().kinds
    total = given = 0.0
    for word in content:
        total += specificity(word)
        if word in spoken or not spoken.isdisjoint(same.get(word, _NONE) | kinds.get(word, _NONE)):
            given += specificity(word)
    return given / total if total else 0.0


_NONE: frozenset[str] = frozenset()


def parts_of(text: str) -> list[Part]:
    """The clauses of a text, in order."""
    return [_part(piece) for piece in pieces_of(text)]


def _part(piece: str) -> Part:
    known = lexis()
    content: set[str] = set()
    against: list[str] = []
    turns, doubtful = 0, False
    for word in (*words(piece), *verbs_apart(piece)):
        forms = {stem(word), stem(lemma(word))}
        if word in known.denying:
            turns += 1
        elif is_unfavourable(word):
            against.append(word)
        elif forms & (known.doubtful | known.turning):
            doubtful = True
        elif word not in STOP_WORDS and not forms & known.favourable:
            content |= {stem(word)}
    return Part(frozenset(content), tuple(against), turns, doubtful)


def is_unfavourable(word: str) -> bool:
    """Whether a word takes the unfavourable side by itself: "onduidelijk", "zinloos", "mislukt"."""
    forms = {stem(word), stem(lemma(word))}
    if forms & lexis().favourable or word in lexis().neither:
        return False
    if word.startswith("on") and is_negated(word):
        return True
    return bool(forms & lexis().unfavourable)
