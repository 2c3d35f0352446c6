"""Remarks within a sentence that can be sentences of their own: references and examples."""

from __future__ import annotations

import re

from assistant.simpler.verbs import FINITE, LOWER, is_participle, words_of

# It begins with a circumstance, not with a thing.
_NO_THING = (
    r"(?:aan|door|in|bij|voor|met|via|op|om|als|omdat|wanneer|dat|van|te|uit|naar|over|na|tijdens|"
    r"onder|tussen|ook|eerder|hierboven|hiervoor|nu|al|niet|wie|wat|waar\w*|hoe)\b"
)
_REFERENCE = re.compile(r" \(zie (?P<where>[^()]+)\)", re.I)
_EXAMPLES = re.compile(
    rf" \((?:bijvoorbeeld|zoals|denk aan) (?P<bracketed>(?!{_NO_THING})[^()]+)\)\.$"
    rf"|, (?:bijvoorbeeld|zoals) (?P<listed>(?!{_NO_THING})[^();:]+)\.$"
    rf"|, waaronder (?P<among>(?!{_NO_THING})[^();:]+ en [^();:]+)\.$"
)
_DENIED = re.compile(r"\b(?:geen|niet|nooit|niemand|zonder)\b", re.I)


def at_reference(sentence: str) -> tuple[str, str] | None:
    """A sentence without "(zie ...)", and that reference."""
    found = list(_REFERENCE.finditer(sentence))
    if len(found) != 1:
        return None
    rest = sentence[: found[0].start()] + sentence[found[0].end() :]
    return rest, f"Zie {found[0]['where'].rstrip('.')}."


def at_examples(sentence: str) -> tuple[str, str] | None:
    """A sentence without the examples that it ends with, and the examples."""
    found = _EXAMPLES.search(sentence)
    if not found or _DENIED.search(sentence[: found.start()]):
        return None
    head = f"{sentence[: found.start()]}."
    if found["bracketed"]:
        return head, f"Denk bijvoorbeeld aan {found['bracketed'].rstrip('.')}."
    listed = found["listed"] or found["among"]
    if not _are_things(listed):
        return None
    return head, f"{'Denk bijvoorbeeld aan' if found['listed'] else 'Daaronder vallen'} {listed}."


def _are_things(listed: str) -> bool:
    """Whether a list names things and says nothing of them."""
    if words_of(listed) & (FINITE | LOWER) or is_participle(listed.split()[0].lower()):
        return False
    # It ends with its last thing: "..., zoals a en b, zijn niet meer nodig" goes on.
    return " en " in listed.rpartition(",")[2] or ("," not in listed and len(listed.split()) < 3)
