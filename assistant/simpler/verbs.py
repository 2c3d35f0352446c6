"""Which word of a clause is its finite verb, as far as that is certain."""

from __future__ import annotations

import re

MODALS = frozenset(
    "kan kunnen kon konden moet moeten moest moesten wil willen wilde wilden mag mogen mocht "
    "mochten zal zullen zou zouden hoeft hoeven gaat gaan laat laten blijft blijven".split()
)
"""Verbs that go with an infinitive."""
AUXILIARIES = frozenset(
    "wordt worden werd werden is zijn was waren heeft hebben had hadden".split()
)
"""Verbs that go with a participle."""
FINITE = (
    MODALS
    | AUXILIARIES
    | frozenset(
        "krijgt krijgen geeft komt leidt zorgt ontstaat biedt blijkt lijkt betekent maakt houdt "
        "vindt weet ziet neemt draagt helpt ligt bestaat geldt speelt levert vraagt doet staat "
        "kiest bepaalt betaalt werkt begint wonen ontstaan bestaan liggen staan gebruikt voert "
        "regelt steunt vormt".split()
    )
)
"""Finite verbs that are no noun, and no infinitive where a subject stands before them."""
LOWER = frozenset(
    "dat die wat wie als omdat doordat zodat terwijl wanneer indien hoewel voordat nadat toen "
    "waar waardoor waarmee waarbij waarna waarin waarvoor waarop waaruit waarvan waaronder".split()
)
"""Words that begin a clause with its verb at the end."""

# As the last word of a clause these are its finite verb.
_LAST = frozenset(
    "krijgt krijgen ontstaat ontstaan komt komen leidt leiden bestaat bestaan ligt liggen staat "
    "staan geldt gelden stijgt stijgen daalt dalen groeit groeien verandert veranderen "
    "verbetert verbeteren kost weten".split()
)
_INNER = LOWER | {"of", "om", "dan", "te"}
_PRONOUN_AND_VERB = re.compile(
    r"\b(?:we|wij|zij|ze) [a-z]+(?:en|n)\b|\b[a-z]+(?:en|n) (?:we|wij|zij|ze)\b", re.I
)
# "het hebben van werk", "om te kunnen": no finite verb.
_NOUN = re.compile(r"\b(?:het|te) (?:\w+en|zijn)\b", re.I)
# "MAG", "WIL": names, which the same letters make no verb.
_NAME = re.compile(r"\b[A-Z]{2,}\b")
_SINGULAR = frozenset("is kan wil mag zal had was werd kon zou".split())


def words_of(text: str) -> set[str]:
    """The words of a text in small letters."""
    return set(re.findall(r"\w+", text.lower()))


def has_finite(text: str) -> bool:
    """Whether a text surely has a finite verb."""
    return bool(words_of(_NOUN.sub("", _NAME.sub("", text))) & FINITE) or bool(
        _PRONOUN_AND_VERB.search(text)
    )


def is_singular(verb: str) -> bool:
    """Whether a finite verb goes with one and not with several."""
    return verb.endswith("t") or verb in _SINGULAR


def is_participle(word: str) -> bool:
    """Whether a word looks like one: "geregeld", "aangepast", "verhoogd"."""
    return re.fullmatch(r"\w*ge\w+(?:d|t|en)|(?:ver|be|ont|her)\w+(?:d|t|en)", word) is not None


def finite_at(clause: list[str]) -> int | None:
    """Where the finite verb stands of a clause that has it at its end.

    Args:
        clause: Its words after the one that begins it; a comma stays with its word.

    Returns:
        None when there is any doubt: two groups of verbs, a clause within it, two that are joined.
    """
    bare = [word.rstrip(",") for word in clause]
    # What follows a comma is added to the clause, which has its verb before.
    last = next((at for at, word in enumerate(clause) if word.endswith(",")), len(clause) - 1)
    added, own = bare[last + 1 :], bare[: last + 1]
    if set(added) & FINITE and {"en", "maar", "of"} & set(added):
        return None
    sure = [at for at in range(len(own)) if _is_finite(own, at)]
    if not sure:
        return None
    before, after = own[: sure[0]], own[sure[-1] + 1 :]
    if not _together(own, sure) or set(before) & _INNER:
        return None
    if any(word in {"en", "of"} and before[at - 1].endswith("t") for at, word in enumerate(before)):
        return None
    return None if {"en", "of", "maar"} & set(after[:-3]) else sure[0]


def _is_finite(clause: list[str], at: int) -> bool:
    word = clause[at]
    if word == "zijn" and at < len(clause) - 1:  # or else it may be "his"
        return is_participle(clause[at + 1]) or is_participle(clause[at - 1])
    return (
        word in MODALS
        or word in AUXILIARIES
        or (at == 0 and word in FINITE)
        or (at == len(clause) - 1 and word in _LAST)
    )


def _together(clause: list[str], verbs: list[int]) -> bool:
    """Whether verbs stand side by side, at most with a participle between."""
    return all(
        at - before == 1 or (at - before == 2 and is_participle(clause[before + 1]))
        for before, at in zip(verbs, verbs[1:], strict=False)
    )
