"""Who does what: the same words with the parts exchanged are another claim.

Of each clause of the claim and of the evidence it is read who does it, as far as Dutch shows that
without a grammar: who stands bare in it (no preposition before), or behind "door" in the passive.
Two clauses that say about the same are then compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.lexis import lexis, stems, verbs_apart
from assistant.checks.things import FINITE, is_clause, is_verb
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold

LIKE = 0.6
"""Share of what a clause says by which another says about the same; half of it may be chance."""
_CLAUSE = re.compile(
    r"([,;:.!?()„”‘’'\"–\n]|\b(?:maar|terwijl|omdat|doordat|zodat|waardoor|als|wanneer|indien|dat|"
    r"die|waarbij|waarmee|hoewel|want|om|dan|hoe|waarom|wat|wie|of|waar|en)\b)",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-&][^\W\d_]+)*")
_PREPOSITIONS = frozenset(
    "aan achter bij binnen boven door in met na naar naast namens om onder op over per rond sinds "
    "te tegen tot tussen uit van vanuit via volgens voor zonder richting jegens als dan ten".split()
)
_BEFORE_A_NOUN = frozenset(
    "de het een der den deze die dit dat elke elk iedere ieder alle hun haar zijn onze ons mijn "
    "uw veel meer andere eigen ook zelf".split()
)
# Of adjectives that do not end in "-e": "in het sociaal team".
_ADJECTIVE = re.compile(r"\w+(?:aal|eel|ief|isch|lijk|ig|baar|zaam|air)")
_SOMEBODY = frozenset("u hij zij ze hen ik je jij jullie men iedereen iemand niemand".split())
_RELATIVE = "die"
_PASSIVE = frozenset("wordt worden werd werden is zijn was waren geworden".split())
_PARTICIPLE = re.compile(
    r"(?:ge|be|ver|ont|her|onder|over)\w{2,}(?:d|t|en)$|\w+ge\w{2,}(?:d|t|en)$"
)
_NOT_DONE = frozenset("verantwoordelijk tevreden bereid verplicht bevoegd".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with who does it.

    Attributes:
        agents: Stems of who may be meant by who does it; empty when nobody is named.
        done: Stems of what is done to somebody, in the passive; empty in the active.
        content: Stems of what it says.
    """

    agents: frozenset[str]
    done: frozenset[str]
    content: frozenset[str]


def role_problem(claim: str, evidence: str, writer: str = "") -> str:
    """Who does something in a claim that somebody else does in its evidence; "" for nobody.

    Args:
        claim: The sentence.
        evidence: The text of the quotes.
        writer: The bodies that issued it, who are "wij" there, if they do not govern; "" when
            that is not known.
    """
    actors = lexis().actors
    if stems(writer) & actors.keys() - actors[stem("wij")] - actors[stem("raad")]:
        evidence = _WE.sub(writer.replace("\n", " en "), evidence)
    held = [clause for clause in clauses_of(evidence) if clause.content]
    for said in clauses_of(claim):
        if not said.agents or not said.content:
            continue
        alike = [other for other in held if _share(said, other) >= LIKE]
        doers = [other for other in alike if other.agents and _may_be(other.done, said.content)]
        if not doers or any(said.agents & other.agents for other in doers):
            continue
        best = max(doers, key=lambda other: _share(said, other))
        if _share(said, best) >= max(_share(said, other) for other in alike):
            return _named(claim, said.agents)
    return ""


_WE = re.compile(r"\b(?:wij|we)\b", re.I)


def _may_be(done: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a clause may tell of what is done in a passive one; any of an active one."""
    same = lexis().same
    return not done or any(word in said or same.get(word, frozenset()) & said for word in done)


def place_problem(claim: str, evidence: str) -> str:
    """A word that has taken the preposition of another, which has taken its own; "" for none.

    "De rol van de gemeente bij de school" is not "de rol van de school bij de gemeente".
    """
    said, held = _hanging(claim), _hanging(evidence)
    both = [word for word in said if word in held]
    for at, one in enumerate(both):
        for other in both[at + 1 :]:
            own, its = said[one], said[other]
            if own != its and own == held[other] and its == held[one]:
                return one
    return ""


def _hanging(text: str) -> dict[str, str]:
    """By the stem of an actor, the preposition that it hangs on, where that is always the same."""
    found: dict[str, set[str]] = {}
    for piece in re.split(r"[.;!?\n]", text):
        tokens = _words(piece)
        for at, token in enumerate(tokens):
            if stem(token) in lexis().actors:
                found.setdefault(stem(token), set()).add(_tied_preposition(tokens, at))
    return {word: given.pop() for word, given in found.items() if len(given) == 1}


def _share(said: Clause, held: Clause) -> float:
    same = lexis().same
    both = sum(
        bool(word in held.content or same.get(word, frozenset()) & held.content)
        for word in said.content
    )
    return both / len(said.content)


def _named(claim: str, agents: frozenset[str]) -> str:
    return next((word for word in _WORD.findall(claim) if stem(fold(word)) in agents), "")


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text, in order."""
    pieces = _CLAUSE.split(text)
    found, piece, opened = [], pieces[0], ""
    for mark, following in zip(pieces[1::2], pieces[2::2], strict=True):
        if mark.lower() == "en" and not _begins_a_clause(piece, following):
            piece = f"{piece}{mark}{following}"
            continue
        found.append(_clause(piece, opened))
        if mark.lower() in {"en", "of"} and _goes_on(following):
            # "Het team helpt, of geleidt de inwoner door": who does it is the same.
            mark = _RELATIVE
        # "Het team, dat de raad adviseert": behind a comma the word stands for who does it.
        relative = mark.lower() == "die" or (mark.lower() == "dat" and not piece.strip())
        piece, opened = following, _RELATIVE if relative else mark.lower()
    return [*found, _clause(piece, opened)]


def _goes_on(piece: str) -> bool:
    """Whether a part behind "en", "of" opens with its verb: who does it was named before."""
    first = _words(piece)[:1]
    return bool(first) and (first[0] in FINITE or is_verb(first[0]))


def _begins_a_clause(before: str, after: str) -> bool:
    """Whether "en" ties two clauses together, and not two nouns: then somebody stands behind it."""
    last, first = _words(before)[-1:], _words(after)[:4]
    if is_clause(_words(before)) and is_clause(_words(after)):
        return True
    if not last or stem(last[0]) in lexis().actors:
        return False
    while first and (first[0] in _BEFORE_A_NOUN or first[0].endswith("e")):
        if stem(first[0]) in lexis().actors:
            break
        first.pop(0)
    return bool(first) and stem(first[0]) in lexis().actors


def _names(piece: str) -> frozenset[str]:
    """The folded words of a piece with a capital, but for the first, that are no actors."""
    return frozenset(
        fold(word)
        for word in _WORD.findall(piece)[1:]
        if word[0].isupper() and stem(fold(word)) not in lexis().actors
    )


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _clause(piece: str, opened: str) -> Clause:
    tokens = _words(piece)
    bare: list[frozenset[str]] = []
    by: list[frozenset[str]] = []
    together = hanging = False  # tied by "en" to the one before it, which hangs on a preposition
    names = _names(piece)
    for at, token in enumerate(tokens):
        if (token in _SOMEBODY or (token in names and not _preposition(tokens, at))) and not bare:
            bare.append(frozenset())
        meant = lexis().actors.get(stem(token))
        if not meant:
            continue
        preposition = _preposition(tokens, at)
        if not preposition and together and hanging:
            pass  # "aan vrijwilligers en inwoners": it hangs on the same one
        elif preposition == "door":
            by.append(meant)
        elif not preposition and bare and together:
            bare[-1] |= meant
        elif not preposition:
            bare.append(meant)
        hanging = bool(preposition) or (together and hanging)
        together = "en" in tokens[at + 1 : at + 2]
    # "Om inwoners te helpen": who helps is not said.
    implied = opened == _RELATIVE or (opened == "om" and "te" in tokens)
    passive = _passive(tokens)
    if passive and not by:
        by = _named_by(tokens)
    # Without a verb it is a part of a sentence, of which another part says what is done.
    agents = by if passive else [] if implied or not is_clause(tokens) else bare
    known = lexis().actors
    content = stems(" ".join((*tokens, *verbs_apart(piece))))
    return Clause(
        agents[0] if agents else frozenset(),
        stems(" ".join(passive)),
        frozenset(word for word in content if word not in known and word not in _SMALL),
    )


def _named_by(tokens: Sequence[str]) -> list[frozenset[str]]:
    """Who a passive clause names behind "door", when it is nobody of the list."""
    if "door" not in tokens:
        return []
    behind = tokens[tokens.index("door") + 1 :][:3]
    if behind and behind[0] in _SOMEBODY:
        return [frozenset()]  # whoever was named before
    named = [w for w in behind if w not in _BEFORE_A_NOUN and w not in _PREPOSITIONS]
    return [stems(" ".join(named))] if named else []


def _preposition(tokens: Sequence[str], at: int) -> str:
    """The preposition that a noun hangs on, over its articles and adjectives; "" for none."""
    for before in reversed(tokens[max(0, at - 4) : at]):
        if before in _PREPOSITIONS:
            return before
        adjective = before.endswith("e") or _ADJECTIVE.fullmatch(before)
        if before not in _BEFORE_A_NOUN and not adjective:
            return ""
    return ""


def _tied_preposition(tokens: Sequence[str], at: int) -> str:
    """The preposition of a noun, or of the one that "en" ties it to: "tussen raad en college"."""
    own = _preposition(tokens, at)
    tie = next((n for n in range(at - 1, max(0, at - 4), -1) if tokens[n] in {"en", "of"}), 0)
    return own or (_preposition(tokens, tie - 1) if tie else "")


def _passive(tokens: Sequence[str]) -> list[str]:
    """The participles of a clause in the passive; none in the active."""
    done = [t for t in tokens if _PARTICIPLE.fullmatch(t) and t not in _NOT_DONE]
    return done if _PASSIVE.intersection(tokens) else []


_SMALL = frozenset(stem(word) for word in STOP_WORDS)
