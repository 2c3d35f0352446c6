"""A reason or a consequence that a claim adds to what its evidence says."""

from __future__ import annotations

import re

_REASON = re.compile(
    r"\b(?:omdat|doordat|want|aangezien|vanwege|wegens|dankzij|namelijk|immers)\b", re.I
)
_CONSEQUENCE = re.compile(r"\b(?:zodat|waardoor|daardoor|hierdoor|met als gevolg)\b", re.I)
# Whatever ties one thing to another may carry a reason in other words.
_TIES = re.compile(
    r"\b(?:omdat|doordat|door|want|aangezien|vanwege|wegens|dankzij|namelijk|immers|zodat|waardoor|"
    r"daardoor|hierdoor|daarom|dus|om|opdat|gezien|gelet|redenen?|oorza\w+|gevolg\w*|aanleiding|"
    r"als|indien|waarmee|waarbij|daarmee|hiermee|vandaar|zodoende|met het oog|leid(?:t|en|de|den)|"
    r"zorg(?:t|en|de|den) (?:er)?voor|maakt|maken|voor|bij|met|doel|bedoeld|behoefte|toch|maar|"
    r"echter|zo)\b",
    re.I,
)


# "Hierdoor" points back, and begins no clause.
_GIVEN = re.compile(rf"{_REASON.pattern}|\b(?:zodat|waardoor|met als gevolg dat)\b", re.I)
_END = re.compile(r"[,;:.!?]")


def given_reasons(claim: str) -> list[str]:
    """The clauses of a claim that give a reason or a consequence, each up to its comma."""
    return [_END.split(claim[match.end() :].strip())[0] for match in _GIVEN.finditer(claim)]


def reason_problem(claim: str, evidence: str) -> str:
    """The word by which a claim gives a reason or consequence where its evidence ties nothing."""
    for pattern in (_REASON, _CONSEQUENCE):
        match = pattern.search(claim)
        if match and not _TIES.search(evidence):
            return match[0]
    return ""
