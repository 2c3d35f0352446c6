"""How far something is: what is still asked is not settled, and what is done need not be done.

"Het college onderzoekt of het mag" does not say that it may, and "er zijn inmiddels teams" not that
there must still be some.
"""

from __future__ import annotations

import re

_SETTLED = re.compile(
    r"\b(?:stel(?:t|len|de|den) [^,.;]*\bvast|vastgesteld|constate\w+|conclude\w+|staa[nt] vast|"
    r"overtuigd|bevestig\w+|zeker)\b",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:vraagt? [^,.;]*\bzich af|vragen [^,.;]*\b(?:ons|zich) af|onderzoek(?:t|en)?|onderzocht|"
    r"wil(?:t|len)? weten|betwijfel\w+|twijfel\w*|onduidelijk\w*|onzeker|nagaan|"
    r"benieuwd|vermoed\w*)\b",
    re.I,
)
_STILL = re.compile(
    r"\bmoet(?:en)?\b[^,.;]*\bnog\b|\bnog\b[^,.;]*\bmoet(?:en)?\b|\bnog te \w+en\b", re.I
)
_DONE = re.compile(r"\b(?:al|reeds|inmiddels|intussen|ondertussen)\b", re.I)
_ALREADY = re.compile(
    # "Al is dat ..." and "al jaren" say something else.
    r"\b(?:reeds|inmiddels|al(?! (?:dan|met|is|zijn|was|waren|die|deze|dit|dat|het|de|een|onze|hun|"
    r"\w*jaren\w*|langer|lang|enige|enkele|sinds|geruime|meer|vanaf|vroeg|tijdens|in|voor)\b))\b",
    re.I,
)
_TO_DO = re.compile(r"\b(?:nog|moet(?:en)?|nader|verder)\b", re.I)


def certainty_problem(claim: str, evidence: str) -> str:
    """The words by which a claim settles what its evidence asks, or leaves what it has done; or "".

    Args:
        claim: The sentence.
        evidence: The sentences that it rests on.
    """
    settled = _SETTLED.search(claim)
    if settled and not _ASKED.search(claim):
        if _ASKED.search(evidence) and not _SETTLED.search(evidence):
            return settled[0]
    already = _ALREADY.search(claim)
    if already and not _STILL.search(claim):
        if _STILL.search(evidence) and not _DONE.search(evidence):
            return already[0]
    still = _STILL.search(claim)
    if still and _DONE.search(evidence) and not _TO_DO.search(evidence):
        return still[0]
    return ""
