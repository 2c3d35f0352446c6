"""How policy stands to a point, as far as a quote of the own municipality carries it.

The rules are careful on purpose: a stance that is proposed wrongly costs the officer more than one
that is not proposed. What only other municipalities say carries none, and a finding of an evaluator
carries no more than "deels".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reply.records import Evidence, Point, PointType, Role, Stance

STRONG = 0.72
"""Share of a point that a quote itself must say to carry "staat al in beleid", or "deels" whatever
its chance."""
SOME = 0.42
"""Share that carries "deels" where a telling word of the point stands nowhere in the documents."""
KNOWN = 0.31
"""The same where all telling words of the point stand somewhere in the documents."""
FOUND = 0.5
"""Share of a point that a quote which declines something must say itself."""
MUCH = 4.5
"""Weights of a point's words together from which a quote can carry "staat al in beleid" or "niet
met reden": two common words stand together by chance."""
LIKELY, SURE, RATHER = 0.4, 0.6, 0.75
"""Chance from which a quote carries a stance on what is praised or criticised, which is nearly
always there; on what is asked for; and on what a council misses, which is mostly not there, however
much is said of what is near to it. Measured on letters that were written blind, so that about one
stance of twenty is wrong."""
SOMETHING = 0.15
"""Share of what is asked for or missed that such a quote must say itself."""
_THERE = frozenset({PointType.COMPLIMENT, PointType.CRITICISM})
_WILL = re.compile(
    r"\b(?:onderzoeken|onderzoekt|zullen|zal|gaan (?:wij|we)|(?:wij|we) gaan|terugkoppelen|bezien|"
    r"meenemen in|overgenomen|(?:nemen|neemt|overneemt) .*\bover\b|overneemt|nader concretiseren|"
    r"willen .*\b(?:meenemen|bezien|betrekken)|verkennen|werken .*\buit)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:zien af|niet over(?:nemen|genomen)|(?:nemen|neemt) .*\bniet over|te simpel|dus geen|"
    r"geen (?:enkele )?(?:reden|noodzaak)|niet eenvoudig|nuanceren|achterhaald|"
    r"(?:beogen|willen|kiezen) (?:wij |we )?(?:echter )?(?:geen|niet))\b",
    re.IGNORECASE,
)
_GRANTS = re.compile(r"\bmaar\b.*\bwel\b", re.IGNORECASE | re.DOTALL)
_LACKS = re.compile(
    r"\b(?:nog (?:niet|onvoldoende)|onvoldoende|onduidelijk|dreigt|tekort|worstel\w*|aandachtspunt|"
    r"lastig|begrip voor)\b",
    re.IGNORECASE,
)
_COLLEGE = frozenset({Role.EARLIER, Role.PROMISE, Role.ADVICE})


def decides(text: str) -> bool:
    """Whether a sentence of an answer says what is going to be done, or declines."""
    return _WILL.search(text) is not None or _REFUSES.search(text) is not None


def stance_on(
    point: Point, evidence: Sequence[Evidence], telling: float, strange: bool
) -> tuple[Stance, Evidence | None]:
    """Propose a stance.

    Args:
        point: The point.
        evidence: What was found for it, the best first.
        telling: How much the point tells of its subject, as `Subject.telling` gives it.
        strange: Whether a word that tells much of it stands nowhere in the documents.

    Returns:
        The stance and the quote that carries it; "niets gevonden" and None where none does.
    """
    own = [one for one in evidence if one.bears and one.role is not Role.EXAMPLE]
    spoken = [one for one in own if one.role in _COLLEGE]
    policy = [one for one in own if one.role is Role.POLICY]
    least = SOME if strange else KNOWN
    praises = point.type is PointType.COMPLIMENT
    answered = bool(spoken) and spoken[0] is own[0] and not praises
    if point.type is PointType.TEXT:
        # That its words stand somewhere says nothing of the change that is proposed.
        return Stance.NOTHING, None
    if answered:
        place = spoken[0].quote.passage.section
        same = [one for one in spoken if one.quote.passage.section == place]
        stance = _of_answer(same, least)
        if stance[1] is not None:
            return stance
    if not praises and telling >= MUCH:
        refused = (o for o in policy if _REFUSES.search(o.text) and o.own >= FOUND)
        if (one := next(refused, None)) is not None:
            return Stance.DECLINED, one
    carrying = [one for one in own if one.role is not Role.ADVICE and _carries(point, one)]
    if not carrying:
        return Stance.NOTHING, None
    best = max(carrying, key=lambda one: one.chance)
    if praises:
        # What is praised is there, when a quote is about the same.
        return Stance.POLICY, best
    # Who criticises or asks knows of the policy, and is not answered by it in full.
    strong = point.type is PointType.REQUEST and best.role is Role.POLICY and telling >= MUCH
    strong = strong and best.own >= STRONG and not _LACKS.search(best.text)
    return (Stance.POLICY if strong else Stance.PARTLY), best


def _carries(point: Point, evidence: Evidence) -> bool:
    """Whether it is likely enough that a quote bears on a point to tell how policy stands to it.

    Where documents are few, no word is rare, and chances are low; then it tells that a quote says
    nearly all of a point.
    """
    if evidence.own >= STRONG and point.type is not PointType.MISSING:
        return True
    if point.type in _THERE:
        return evidence.chance >= LIKELY
    least = RATHER if point.type is PointType.MISSING else SURE
    return evidence.chance >= least and evidence.own >= SOMETHING


def _of_answer(answered: Sequence[Evidence], least: float) -> tuple[Stance, Evidence | None]:
    """The stance of an earlier answer; what only says again what was advised carries none."""
    answers = [one for one in answered if one.role is not Role.ADVICE]
    refuses = next((one for one in answers if _REFUSES.search(one.text)), None)
    does = (one for one in answers if _WILL.search(one.text) and not _REFUSES.search(one.text))
    will = next(does, None)
    if refuses and (will or _GRANTS.search(refuses.text)):
        return Stance.PARTLY, refuses
    if refuses:
        return Stance.DECLINED, refuses
    if will:
        return Stance.PROMISED, will
    lacks = next((one for one in answers if _LACKS.search(one.text)), None)
    if lacks:
        return Stance.PARTLY, lacks
    plain = next((one for one in answers if one.support >= least), None)
    return (Stance.PARTLY, plain) if plain else (Stance.NOTHING, None)
