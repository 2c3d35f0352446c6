"""A reason, condition, emphasis, order or comparison that a claim adds to its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """A way in which a sentence ties one thing to another, or singles it out.

    Attributes:
        said: How a claim does it.
        held: How evidence may do it, in these or other words.
    """

    said: re.Pattern[str]
    held: re.Pattern[str]


def _relation(said: str, held: str) -> Relation:
    return Relation(re.compile(rf"\b(?:{said})\b", re.I), re.compile(rf"\b(?:{held})\b", re.I))


_CAUSE = r"omdat|doordat|want|aangezien|vanwege|wegens|dankzij|immers"
_REASON = rf"{_CAUSE}|namelijk"
_CONSEQUENCE = r"zodat|waardoor|met als gevolg"
# Words such as "voor", "bij" and "maar" tie things in nearly every sentence, and carry no reason.
_TIES = (
    rf"{_REASON}|{_CONSEQUENCE}|door|daardoor|hierdoor|hierom|daarom|dus|om\b[^.;]*\bte|opdat|gezien|"
    r"gelet|reden(?:en)?|oorza\w+|gevolg\w*|aanleiding|als|indien|wanneer|nu|waarmee|daarmee|hiermee|"
    r"vandaar|zodoende|met het oog|leid(?:t|en|de|den)|zorg(?:t|en|de|den) (?:er)?voor|bijdra\w+|"
    r"draagt|dragen|gebrek|betekent|behoefte|zo \w+ (?:is |zijn |was |waren )?dat|"
    r"maakt(?! (?:deel|onderdeel))|maken|maakte|doel|bedoeld|wil zeggen|vraagt|vragen|vereist|"
    r"nodig|afhankelijk\w*|voorkom\w+|dit|vind(?:t|en)|acht(?:en)?|te \w+ (?:om|voor)|effect\w*|"
    r"daartoe|hiertoe|resulte\w+|samenhang\w*|hangt"
)
_RELATIONS = (
    _relation(_CAUSE, _TIES),
    _relation("namelijk", rf"{_TIES}|\w+\)?:\s*"),  # a colon says it as well
    _relation(rf"{_CONSEQUENCE}|daardoor|hierdoor", _TIES),
    _relation(  # a condition
        r"mits|tenzij|(?:op|onder de) voorwaarde dat|zolang|alleen (?:als|wanneer|indien)",
        r"als|indien|wanneer|mits|tenzij|zodra|zolang|\w*voorwaarden?|moet(?:en)?|moest(?:en)?|"
        r"dien(?:t|en)|alleen|slechts|pas|zonder|eerst|eis(?:en|t)?|vereist|behalve|voor ?zover|"
        r"uitsluitend|enkel|niet|afhankelijk\w*|nadat|voordat|mag|mogen|waar (?:nodig|mogelijk)",
    ),
    _relation(  # an emphasis
        r"vooral|met name|in het bijzonder|voornamelijk|hoofdzakelijk",
        r"vooral|met name|bijzonder\w*|voornamelijk|hoofdzakelijk|zeker|juist|voorop|voorkeur|"
        r"primair\w*|nadruk|accent|zoveel (?:als )?mogelijk|meer dan|eerder|liever|veelal|vaak|"
        r"speciaal|specifiek|gericht\w*|focus\w*|allereerst|eerst|kern|sterk\w*|\w+st|\w+ste",
    ),
    _relation(  # a comparison
        r"(?:meer|minder|beter|\w{3,}er)\b(?: \w+){0,3} dan",
        r"meer|minder|beter|\w{3,}ere?|dan|boven|voorkeur|verschil\w*|niet (?:alleen|binnen|enkel)|"
        r"te \w+|\w+st|\w+ste|\d+",
    ),
    _relation(  # what came after what
        r"waarna|nadat|voordat|alvorens|vervolgens|daarna",
        r"waarna|daarna|daarvoor|vervolgens|aansluitend|na|nadat|eerst\w*|eerder|dan|toen|later|"
        r"voor(?:dat)?|vooraf\w*|eind\w*|uiteindelijk|tot slot|sinds|zodra|als|wanneer|alvorens|"
        r"pas|volgende?|gevolgd|gevolg\w*|ook|verder|stap\w*|en",
    ),
    _relation(  # what is most of all; "het best" and "het liefst" only say how
        r"het (?!best|liefst|meest|minst|eerst|laatst|gewenst|bewust|juist|vast|just)\w{3,}st",
        r"\w{3,}ste?|meer|vooral|\w+er dan|zeer|erg|met name|voorop|bij uitstek",
    ),
    _relation(r"jaarlijkse?|(?:elk|ieder) jaar|al jaren|jarenlang", r"\w*(?:jaar|jaren)\w*"),
    _relation(r"maandelijkse?|(?:elke|iedere) maand|al maanden", r"\w*maand\w*"),
    _relation(r"wekelijkse?|(?:elke|iedere) week|al weken", r"\w*(?:week|weken|wekelijks)\w*"),
    _relation(r"dagelijkse?|(?:elke|iedere) dag|al dagen", r"\w*dag\w*"),
)
# "Hierdoor" points back, and begins no clause.
_GIVEN = re.compile(rf"\b(?:{_REASON}|zodat|waardoor|met als gevolg dat)\b", re.I)
_END = re.compile(r"[,;:.!?]")


def given_reasons(claim: str) -> list[str]:
    """The clauses of a claim that give a reason or a consequence, each up to its comma."""
    return [_END.split(claim[match.end() :].strip())[0] for match in _GIVEN.finditer(claim)]


def reason_problem(claim: str, evidence: str) -> str:
    """The word by which a claim adds a relation that its evidence has nothing of; "" for none.

    A relation is a reason, a consequence, a condition, an emphasis, an order in time, a comparison
    or how often.
    """
    for relation in _RELATIONS:
        match = relation.said.search(claim)
        if match and not relation.held.search(evidence):
            return match[0]
    return ""
