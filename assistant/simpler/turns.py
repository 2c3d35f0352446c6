"""Last clauses with their verb at the end, made into sentences of their own.

"..., waardoor zij thuis kunnen wonen" becomes "Daardoor kunnen zij thuis wonen". Where words can go
before the clause, nothing in it moves: "De reden is dat zij dat willen".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.simpler.verbs import finite_at

_TURNED = {
    "waardoor": "Daardoor",
    "waarmee": "Daarmee",
    "waarbij": "Daarbij",
    "waarna": "Daarna",
    "waarin": "Daarin",
    "waaruit": "Daaruit",
    "waarvoor": "Daarvoor",
    "die": "Die",
    "zodat": "Zo",
}
# They are about a thing that was named, which must be there then.
_OF_A_THING = {"waarmee", "waarbij", "waarin", "waaruit", "waarvoor", "die"}
_END = r"(?P<clause>[^;:()„“\"?!]+)\.$"
_CLAUSE = re.compile(
    rf"^(?P<head>.+)(?:, (?P<word>{'|'.join(_TURNED)})|(?<!,) (?P<alone>zodat)) {_END}"
)
_UNREAL = re.compile(
    r"\b(?:geen|niet|nooit|niemand|zonder|weinig|zou|zouden|wil|willen|moet|moeten|als|indien|dat|"
    r"of|tenzij)\b",
    re.I,
)
_CONDITIONAL = re.compile(
    r"\b(?:dat|als|indien|of|zou|zouden|tenzij|voorgesteld|voorstel|verzoekt?|vraagt|adviseert|zo)\b",
    re.I,
)
_PREFACED = (
    (re.compile(rf"^(?P<head>.+), wat (?=(?:betekent|leidt|zorgt|blijkt)\b){_END}"), "Dat"),
    (re.compile(rf"^(?P<head>.+), omdat {_END}"), "De reden is dat"),
    (re.compile(rf"^(?P<head>.+), doordat {_END}"), "Dat komt doordat"),
)
# The reason of another reason, or of what is not so.
_BOUND = re.compile(
    r"\b(?:niet|alleen|juist|vooral|mede|ook|dan|deels|zowel|hetzij|maar|en|of|namelijk)$"
    r"|\b(?:als|indien|wanneer|omdat|doordat|tenzij)\b",
    re.I,
)
_GOES_ON = re.compile(
    r", (?:maar|want|dus|en|of|waardoor|zodat|terwijl|dan|is|zijn|wordt|worden)\b"
    r"|\b(?:omdat|doordat)\b"
)


def at_turn(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence parted before a last clause, of which the verb comes in second place."""
    found = _CLAUSE.match(sentence)
    if not found:
        return
    head, word = found["head"], found["word"] or found["alone"]
    if (_UNREAL if word in _OF_A_THING else _CONDITIONAL).search(head):
        return
    clause = found["clause"].split()
    at = finite_at(clause)
    if at is not None:
        verb, comma = clause[at].rstrip(","), "," * clause[at].endswith(",")
        turned = " ".join((_TURNED[word], verb, *clause[:at])) + comma
        yield f"{head}.", f"{' '.join((turned, *clause[at + 1 :]))}."


def at_preface(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence parted before a last clause that only needs other words before it."""
    for way, preface in _PREFACED:
        found = way.match(sentence)
        if found and not _BOUND.search(found["head"]) and not _GOES_ON.search(found["clause"]):
            yield f"{found['head']}.", f"{preface} {found['clause']}."
