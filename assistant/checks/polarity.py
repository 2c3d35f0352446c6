"""Whether a sentence says "yes" where its evidence says "no", or names the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.checks.lexis import Sides, lexis, stems, verbs_apart
from assistant.checks.things import is_verb
from assistant.checks.turns import LITTLE, MARK, apart, turned_problem
from assistant.checks.valence import is_unfavourable, share, valence_problem
from ingest.dutch.stems import PARTICLES, lemma, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words

# "Niet alleen A maar ook B" denies neither.
_NO_DENIAL = re.compile(
    r"\bniet (?:altijd |per se )?(?:alleen|enkel|slechts|uitsluitend)\b|"
    r"\bal dan niet\b|\bof (?:juist )?niet\b|\bniet zonder\b",
    re.I,
)
_UNTRUE = re.compile(
    r"\b(?:niet (?:waar|juist|zo)|onwaar|onjuist|gelogen|een (?:misverstand|leugen|fabel)),? dat\b",
    re.I,
)
_NOT_ONLY = re.compile(
    r"\bniet (?:altijd |steeds |per se )?(?:alleen|enkel|slechts|uitsluitend)\b|"
    r"\b(\w+) (?:en|of) niet[ -]\1|\bzowel\b|"
    r"\b(?:meer|anders|verder) dan (?:alleen|enkel)\b|\bonder (?:andere|meer)\b|"
    r"\bbijvoorbeeld\b|\bof (?:juist )?niet\b",
    re.I,
)
_ONLY = re.compile(r"\b(?:alleen|enkel|slechts|uitsluitend)\b", re.I)
_CLAUSE = re.compile(
    rf"{MARK}|\b(?:maar|terwijl|doch|omdat|want|zodat|waardoor|hoewel|waar|die|dat)\b", re.I
)
SHARED = 0.5
"""Share of a denied clause's words by which a claim is about the same."""
DENIED = 0.4
"""Share of what a denial is about by which a claim that takes nothing back says it anyway."""


_PLAIN_DENIALS = frozenset({"niet", "geen"})
_NOT_ALL = frozenset("alle alles iedereen altijd elke elk iedere ieder overal".split())
RIGHT_BEHIND = 2
"""Words behind a denial that it is surely about."""
NEAR = 4
"""Words between a word that takes a side and what it says that of."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes:
        content: Stems of its content words.
        denied: Those of them that a denial is about: what stands behind it, or else before it;
            empty without a denial.
        soft: Whether it takes something back without a denial.
    """

    content: frozenset[str]
    denied: frozenset[str] = frozenset()
    soft: bool = False


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text, in order; such as hold no content word are left out."""
    text = _NO_DENIAL.sub(" ", text)
    found: list[Clause] = []
    for piece in chain.from_iterable(map(apart, _CLAUSE.split(text))):
        tokens = words(piece)
        content = _content(tokens)
        if not content:
            if found and not found[-1].denied and lexis().denying.intersection(tokens):
                found[-1] = Clause(found[-1].content, found[-1].content, found[-1].soft)
            continue
        at = next((n for n, word in enumerate(tokens) if word in lexis().denying), None)
        denied = frozenset() if at is None else _content(tokens[at + 1 :]) or content
        if at is not None:
            # "Herkent zich niet in": the verb before it is denied too.
            denied |= _content([word for word in tokens[:at] if is_verb(word)][-1:])
        found.append(Clause(content, denied, bool(_soft(piece))))
    return found


def _content(tokens: Sequence[str]) -> frozenset[str]:
    return frozenset(_stems(tokens))


def polarity_problem(claim: str, evidence: str) -> str:
    """Why a claim says the contrary of its evidence; "" when it does not.

    Args:
        claim: The sentence.
        evidence: The sentences of the evidence that it rests on.

    Returns:
        What differs, as part of a Dutch sentence.
    """
    claim, evidence = _plainly(claim), _plainly(evidence)
    claim, evidence = _with_what_is_to_come(claim, evidence)
    if _only(claim, evidence):
        return "‘alleen’"
    if _exchanged(claim, evidence):
        return "een ontkenning"
    said, held = clauses_of(claim), clauses_of(evidence)
    if _of_all(claim, evidence) and not any(clause.denied for clause in said):
        return "‘alle’, ‘altijd’"
    said_soft, held_soft = _soft(claim), _soft(evidence)
    said_denied = any(clause.denied for clause in said)
    held_denied = any(clause.denied for clause in held)
    if _UNTRUE.search(claim) and not held_denied and not _UNTRUE.search(evidence):
        return "een ontkenning"
    no, its_no = _union(c.denied for c in said), _union(c.denied for c in held)
    if (
        no & _union(c.content for c in held)
        and not held_denied
        and not _takes_back(held_soft - said_soft, no)
        and not _says_in_full(no, claim, evidence)
    ):
        return "een ontkenning"
    if (
        held_denied
        and not said_denied
        and not _takes_back(said_soft - held_soft, its_no)
        and not _says_in_full(its_no, evidence, claim)
        and _is_about_denied(said, held)
    ):
        return "een ontkenning"
    straight = not any(map(is_unfavourable, words(f"{claim} {evidence}")))
    stressed = frozenset() if held_denied else _stressed(evidence)
    if said_denied and (held_denied or straight) and _affirmed(claim, held, stressed):
        return "een ontkenning"
    opposite = _opposite(claim, evidence, said_denied != held_denied)
    opposite = opposite or _valence(claim, evidence)
    said_soft, held_soft = said_soft | _doubtful(claim), held_soft | _doubtful(evidence)
    softened = bool(said_soft - held_soft), bool(held_soft - said_soft)
    return opposite or turned_problem(
        _NO_DENIAL.sub(" ", claim), _NO_DENIAL.sub(" ", evidence), softened
    )


_SPLIT_VERB = re.compile(rf"\b({'|'.join(sorted(PARTICLES))}) te (\w+en)\b", re.I)


def _plainly(text: str) -> str:
    """A text with set phrases in plain words, and "aan te passen" as "aanpassen"."""
    return _SPLIT_VERB.sub(r"\1\2", lexis().plainly(text))


_NOT_YET = re.compile(r"\bnog (?:niet|geen)\b", re.I)
_TO_COME = re.compile(
    r"\b(?:moet(?:en)?|word(?:t|en)|te)\b[^,.;]*\bnog\b(?! (?:niet|geen))|"
    r"\bnog\b(?! (?:niet|geen))[^,.;]*\b(?:moet(?:en)?|word(?:t|en)|te \w+en)\b",
    re.I,
)


def _with_what_is_to_come(claim: str, evidence: str) -> tuple[str, str]:
    """Both texts, "nog niet" in the one without its denial where the other has it still to come."""
    if _TO_COME.search(evidence):
        return _NOT_YET.sub("nog", claim), evidence
    if _TO_COME.search(claim):
        return claim, _NOT_YET.sub("nog", evidence)
    return claim, evidence


def _valence(claim: str, evidence: str) -> str:
    word = valence_problem(_NO_DENIAL.sub(" ", claim), _NO_DENIAL.sub(" ", evidence))
    return f"het tegendeel: ‘{word}’" if word else ""


def _only(claim: str, evidence: str) -> bool:
    """Whether the claim says "alleen" of what the evidence says "niet alleen" of."""
    return bool(
        _NOT_ONLY.search(evidence)
        and not _ONLY.search(_NOT_ONLY.sub(" ", evidence))
        and _ONLY.search(_NOT_ONLY.sub(" ", claim))
    )


_UNIVERSAL = re.compile(
    r"\b(?:altijd|steeds|telkens|elke?|iedere?|alle|alles|allen|allemaal|iedereen|overal|volledig|"
    r"heel|hele|geheel|helemaal|voortdurend|continu)\b",
    re.I,
)
_IN_PART = re.compile(
    r"\b(?:niet (?:(?:aan|in|voor|op|bij|met|door|van) )?"
    r"(?:altijd|alle|alles|iedereen|overal|elke?|steeds|alleen)|soms|vaak|meestal|"
    r"doorgaans|sommige|deels|ten dele|voor een (?:groot )?deel|"
    r"niet (?:geheel|volledig|helemaal|per (?:definitie|se)|vanzelf|noodzakelijk)|"
    r"gedeeltelijk|verschillen|verschilt|grotendeels|meeste)\b",
    re.I,
)


def _of_all(claim: str, evidence: str) -> bool:
    """Whether a claim says of all what its evidence says of some, or of most."""
    others = _UNIVERSAL.search(_IN_PART.sub(" ", evidence))
    of_all = _UNIVERSAL.search(claim) and not _IN_PART.search(claim)
    return bool(of_all and not others and _IN_PART.search(evidence))


_CONTRAST = re.compile(
    r"\b(?:niet|geen)\b(?P<no>[^.;:]+?),?\s+maar\s+(?!ook\b)(?P<yes>[^.;:,]+)"
    r"|(?P<before>[^.;:,]+),?\s+(?:en|maar)?\s*(?:niet|geen)\s+"
    r"(?P<behind>(?:om|op|aan|naar|voor|van) [^.;:,]+)"
    r"|(?P<rather>[^.;:,]+) in plaats van (?P<than>[^.;:,]+)",
    re.I,
)


def _contrasts(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """What a text says yes to and, in contrast, no to.

    "Niet A maar B", "B en niet op A" and "B in plaats van A" say yes to B and no to A.
    """
    return [
        (
            _content(words(m["yes"] or m["before"] or m["rather"])),
            _content(words(m["no"] or m["behind"] or m["than"])),
        )
        for m in _CONTRAST.finditer(text)
        if not m["before"] or not lexis().denying.intersection(words(m["before"]))
    ]


def _exchanged(claim: str, evidence: str) -> bool:
    """Whether a claim says yes to what its evidence says no to in a contrast, or the reverse.

    What both say yes to ("de stad betaalt") is no part of the contrast.
    """
    held = [(_or_the_same(yes), _or_the_same(no)) for yes, no in _contrasts(evidence)]
    for yes, no in _contrasts(claim):
        for its_yes, its_no in held:
            straight = len(no & its_no - its_yes)
            crossed = len(yes & its_no - its_yes) + len(no & its_yes - its_no)
            if crossed > straight:
                return True
    return False


def _or_the_same(content: frozenset[str]) -> frozenset[str]:
    return content.union(*(lexis().same.get(word, frozenset()) for word in content))


def _soft(text: str) -> frozenset[str]:
    """The words by which a text takes something back; "on-" words are among them."""
    tokens = words(_NO_DENIAL.sub(" ", text))
    found = {
        stem(word) for word in tokens if stem(word) in lexis().softening and word not in _OTHER
    }
    found |= {stem(word) for word in tokens if is_unfavourable(word)}
    found |= {match[0].lower() for match in _INSTEAD.finditer(text)}
    # "Weinig draagkracht" and "minder draagkracht" take the same back.
    return frozenset(found | LITTLE if found & LITTLE else found)


def _takes_back(soft: frozenset[str], denied: frozenset[str]) -> bool:
    """Whether any word takes something back that is not just what the other text denies.

    "Een scherp verschil" is what "geen onderscheid" denies, and "voorop" what "geen voorrang" does.
    """
    return any(not denied & _own_side(word) for word in soft)


def _own_side(word: str) -> frozenset[str]:
    """A word with those that mean the same, or speak for the same side."""
    found = lexis().same.get(word, frozenset()) | {word}
    return found.union(*(own for own, _ in lexis().sides.get(word, ())))


def _says_in_full(denied: frozenset[str], text: str, other: str) -> bool:
    """Whether a text denies the opposite of what the other says: "stopt niet" is "gaat door"."""
    ours, its = _with_bases(text), _with_bases(" ".join((other, *verbs_apart(other))))
    return any(
        against & its and not own & its and not against & ours
        for word in denied | stems(" ".join(verbs_apart(text)))
        for own, against in lexis().sides.get(word, ())
    )


def _doubtful(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text)) & lexis().doubtful


_INSTEAD = re.compile(r"\bin (?:de )?plaats van\b|\bandere (?:manier|wijze) dan\b", re.I)
"""What is not so, without a denial."""
_OTHER = frozenset("andere ander anderen wijk wijken verschillende passen pasen late".split())
"""No forms of "anders", "wijkt af", "verschil", "pas" or "laten", whatever their stems."""


def _is_about_denied(said: list[Clause], held: list[Clause]) -> bool:
    """Whether a claim without a denial speaks of what its evidence denies."""
    everything = _union(clause.content for clause in said)
    takes_back = any(clause.soft for clause in said)
    for clause in held:
        if clause.denied and len(clause.content & everything) >= SHARED * len(clause.content):
            return True
        told = clause.denied - lexis().light - lexis().framing
        if told and not takes_back and share(told, everything) >= DENIED:
            return True
    return False


_STRESS = re.compile(r"\b(?:vooral|met name|juist|voornamelijk)\b([^,;:.]*)", re.I)


def _stressed(text: str) -> frozenset[str]:
    """The first words behind "vooral": what a text says before all."""
    return _union(frozenset(_stems(words(match[1]))[:NEAR]) for match in _STRESS.finditer(text))


def _stems(tokens: Sequence[str]) -> list[str]:
    return [stem(word) for word in tokens if word not in STOP_WORDS]


def _affirmed(claim: str, held: list[Clause], stressed: frozenset[str]) -> bool:
    """Whether the evidence affirms what a claim denies: the words right behind "niet", "geen"."""
    denied = _union(clause.denied for clause in held)
    affirmed = _union(c.content - c.denied for c in held if not c.soft) - denied | stressed
    for piece in _CLAUSE.split(_NO_DENIAL.sub(" ", claim)):
        tokens = words(piece)
        at = next((n for n, token in enumerate(tokens) if token in _PLAIN_DENIALS), len(tokens))
        if tokens[at + 1 : at + 2] and tokens[at + 1] in _NOT_ALL:
            continue
        behind = _stems(tokens[at + 1 :])[:RIGHT_BEHIND]
        if behind and all(word in affirmed for word in behind):
            return True
    return False


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(sets))


_NO_SIDE = re.compile(
    r"\b(?:(?:onder|niet) meer|en meer(?! \w)|onder andere|(?:nog|wel|weer) eens|het rijk)\b", re.I
)
"""What has a word of a side and takes none."""


def _opposite(claim: str, evidence: str, turned: bool) -> str:
    """A word of the claim of which the evidence has the opposite, unless a denial turns it."""
    sides = lexis().sides
    claim, evidence = _NO_SIDE.sub(" ", claim), _NO_SIDE.sub(" ", evidence)
    held = _with_bases(" ".join((evidence, *verbs_apart(evidence))))
    separable = verbs_apart(claim)
    said = _with_bases(" ".join((claim, *separable)))
    if turned:
        return ""
    for word in (*words(claim), *separable):
        for own in dict.fromkeys(
            pair for form in _with_bases(word) for pair in sides.get(form, ())
        ):
            if not own[1] & held or own[1] & said:
                continue
            if not own[0] & held or _of_another(claim, evidence, own):
                return f"het tegendeel: ‘{word}’"
    return ""


def _with_bases(text: str) -> frozenset[str]:
    """Stems of the words and of their base forms: "lastiger" is "lastig" too."""
    return stems(text) | {stem(lemma(word)) for word in words(text)}


def _of_another(claim: str, evidence: str, own: Sides) -> bool:
    """Whether evidence that takes both sides takes the other one of what the claim speaks of."""
    tokens = [stem(word) for word in words(evidence)]
    same = [at for at, word in enumerate(tokens) if word in own[0]]
    denying = lexis().denying
    other = [
        at
        for at, word in enumerate(tokens)
        if word in own[1] and tokens[max(0, at - 1)] not in denying
    ]
    spoken = {stem(word) for word in words(claim) if word not in STOP_WORDS} - own[0] - own[1]
    nearest = []
    for at, word in enumerate(tokens):
        if word in spoken:
            to_same = min((abs(at - one) for one in same), default=len(tokens))
            to_other = min((abs(at - one) for one in other), default=len(tokens))
            if min(to_same, to_other) <= NEAR:
                nearest.append(to_other < to_same)
    return bool(other) and bool(nearest) and all(nearest)
