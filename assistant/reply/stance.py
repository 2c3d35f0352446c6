"""How policy stands to a point, as far as a quote of the own municipality carries it.

The rules are careful on purpose: a stance that is proposed wrongly costs the officer more than one
that is not proposed. What only other municipalities say carries none, and a finding of an evaluator
carries no more than "deels".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp

from assistant.reply.acts import ActReader
from assistant.reply.records import Evidence, Point, PointType, Role, Stance
from assistant.reply.wording import wording_for

STRONG = 0.72
"""Share of a point that a quote itself must say to bear on it whatever its chance, and to carry
"staat al in beleid" for a request."""
FOUND = 0.5
"""Share of a point that a quote which declines something must say itself, and that an earlier
answer which is not `SURE` must say with its surroundings."""
MUCH = 4.5
"""Weights of a point's words together from which a quote can carry "staat al in beleid" or "niet
met reden": two common words stand together by chance."""
LIKELY = 0.4
"""Chance from which a quote bears on a point."""
SURE = 0.6
"""Chance from which an earlier answer, or the advice that it answers, is one to the point."""
WEIGHTS = {
    Stance.PARTLY: (0.41, 0.70, 2.96, -2.75, 2.96, -1.94, 1.39, 0.34),
    Stance.POLICY: (-2.05, -2.54, -2.59, 1.69, -2.82, -3.64, 0.61, 1.86),
}
"""What each of the `measures` counts for a stance being right: a logistic regression on the points
that are found in letters with gold (tests/evaluation/letters/fit_stance.py)."""
LEAST = 0.88
"""Chance of being right from which a stance is proposed. A type that is unsure makes it lower."""
ALIKE = 0.03
"""Two chances that differ by no more say the same; then the order of the search tells."""
MIXED = 0.2
"""Chance of praise, and of anything else, from which a point may be both."""
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
    point: Point, evidence: Sequence[Evidence], telling: float
) -> tuple[Stance, Evidence | None]:
    """Propose a stance.

    Args:
        point: The point.
        evidence: What was found for it, the best first.
        telling: How much the point tells of its subject, as `Subject.telling` gives it.

    Returns:
        The stance and the quote that carries it; "niets gevonden" and None where none does.
    """
    own = [one for one in evidence if one.bears and one.role is not Role.EXAMPLE]
    spoken = [one for one in own if one.role in _COLLEGE]
    policy = [one for one in own if one.role is Role.POLICY]
    praises = point.type is PointType.COMPLIMENT
    answered = bool(spoken) and spoken[0] is own[0] and not praises
    if point.type is PointType.TEXT:
        # That its words stand somewhere says nothing of the change that is proposed.
        return Stance.NOTHING, None
    if answered and (own[0].chance >= SURE or own[0].support >= FOUND):
        place = spoken[0].quote.passage.section
        same = [one for one in spoken if one.quote.passage.section == place]
        decided = _of_answer(same)
        if decided[1] is not None:
            return decided
    if not praises and telling >= MUCH:
        refused = (o for o in policy if _REFUSES.search(o.text) and o.own >= FOUND)
        if (one := next(refused, None)) is not None:
            return Stance.DECLINED, one
    quotes = carrying(evidence)
    if not quotes or _mixed(point) or not _says_its_type(point):
        return Stance.NOTHING, None
    top = max(map(_chance, quotes))
    best = next(one for one in quotes if _chance(one) >= top - ALIKE)
    likely = chances_of(measures(point, quotes))
    stance = max(likely, key=lambda each: likely[each])
    if likely[stance] < LEAST:
        return Stance.NOTHING, None
    full = point.type is PointType.REQUEST and best.role is Role.POLICY and telling >= MUCH
    if full and best.own >= STRONG and not _LACKS.search(best.text):
        return Stance.POLICY, best
    return stance, best


def carrying(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The quotes that may carry a stance: of the own municipality, and no advice said again."""
    apart = {Role.EXAMPLE, Role.ADVICE}
    return [one for one in evidence if one.bears and one.role not in apart]


def measures(point: Point, quotes: Sequence[Evidence]) -> tuple[float, ...]:
    """What tells which stances are right: the chance of each type, and how much the quotes say.

    Args:
        point: The point.
        quotes: One or more, as `carrying` gives them.
    """
    chance, support = max(map(_chance, quotes)), max(one.support for one in quotes)
    return (*point.chances(), chance, support)


def chances_of(measured: Sequence[float]) -> dict[Stance, float]:
    """The chance that a stance is right, for those that a point may get by what is likely."""
    return {
        stance: 1.0 / (1.0 + exp(-sum(w * one for w, one in zip(weights, measured, strict=True))))
        for stance, weights in WEIGHTS.items()
    }


def _chance(evidence: Evidence) -> float:
    """Chance that a quote bears on a point.

    Where documents are few, no word is rare, and chances are low; then it tells that a quote says
    nearly all of a point.
    """
    return 1.0 if evidence.own >= STRONG else evidence.chance


def _mixed(point: Point) -> bool:
    """Whether a point may be praise and may be something else: then no stance fits it."""
    praise = point.chances()[list(PointType).index(PointType.COMPLIMENT)]
    return MIXED < praise < 1.0 - MIXED


def _says_its_type(point: Point) -> bool:
    """Whether a sentence of a point does by its own words what the point does.

    A type that was only guessed from what else a sentence holds carries no stance; one that a
    person chose does.
    """
    if point.chances() != point.types:
        return True
    wording = wording_for(point.quote)
    orders = ActReader(wording).orders
    return any(
        wording.act_of(one) is point.type or (point.type is PointType.REQUEST and orders(one))
        for one in point.cores
    )


def _of_answer(answered: Sequence[Evidence]) -> tuple[Stance, Evidence | None]:
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
    return Stance.NOTHING, None
