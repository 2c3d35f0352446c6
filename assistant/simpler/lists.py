"""A long enumeration in a sentence, set out as a list: every member in its own words and order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.simpler.verbs import FINITE, LOWER, words_of

MOST_WORDS = 12
"""Most words of a sentence that reads well with its enumeration in it."""
MANY = 4
"""Members from which an enumeration is long; one fewer, when semicolons stand between them."""
LONGEST = 15
"""Most words of a member: what is longer may be a clause of its own."""
ITEM = "\n- "
"""Begins a member in the text that is set out."""

# "Het gaat om drie thema's: ..."; nothing before the colon waits for what comes after the list.
_LED = re.compile(r"^(?P<lead>[^:;?!]{8,}): (?P<rest>[^:?!]+?)\.?$")
# As sentences begin that the rules make of examples; see ``assistant.simpler.remarks``.
_EXAMPLES = re.compile(r"^(?P<lead>Denk bijvoorbeeld aan|Daaronder vallen) (?P<rest>[^:;?!]+?)\.?$")
# Not all of them are members then, or not of the same enumeration.
_OTHER = re.compile(
    r"\b(?:niet|geen|wel|maar|of|zowel|noch|want|dus|namelijk|waaronder|met name|vooral|zoals|"
    r"bijvoorbeeld|onder andere|onder meer|te|d\.w\.z\.|enerzijds|anderzijds|samen|inclusief|mede|"
    r"al dan|bij voorkeur|respectievelijk)\b|^\d+[.)] ",
    re.I,
)
_PAIRS = {"(": ")", "„": "”", "“": "”", "‘": "’", "[": "]"}
_IN_PAIRS = re.compile(r"\([^()]*\)|„[^”]*”|“[^”]*”|‘[^’]*’|'[^']*'|\"[^\"]*\"")
_AND = re.compile(r"(?<!-) en (?!/)")
_ABBREVIATED = re.compile(r"\b(?:etc|enz)$")
# "zorg voor ouderen en jongeren": what follows "en" may belong to the word before it.
_BINDS = re.compile(
    r"\b(?:voor|van|in|naar|met|tussen|over|bij|op|aan|door|tot|uit|om|per|rond|tegen)\b", re.I
)


def listed(sentence: str) -> str:
    """A sentence with its enumeration as a list; itself where it has none that is long and sure.

    Returns:
        What leads in the list, with a colon, then each member after ``ITEM``.
    """
    if len(sentence.split()) <= MOST_WORDS:
        return sentence
    found = _LED.match(sentence) or _EXAMPLES.match(sentence)
    if not found or not _is_whole(found["lead"]) or not _is_whole(found["rest"]):
        return sentence
    members = _members(found["rest"])
    fewest = MANY - (";" in found["rest"])
    if len(members) < fewest or not all(map(_is_thing, members)):
        return sentence
    return found["lead"] + ":" + "".join(ITEM + member for member in members)


def _members(rest: str) -> list[str]:
    pieces = list(_split(rest, ";" if rest.count(";") > 1 else ","))
    last = pieces[-1] = _ABBREVIATED.sub(r"\g<0>.", pieces[-1])
    if last.startswith("en "):
        pieces[-1] = last.removeprefix("en ")
    else:
        joints = [joint for joint in _AND.finditer(last) if _is_whole(last[: joint.start()])]
        if len(joints) == 1 and not _BINDS.search(last[: joints[0].start()]):
            pieces[-1:] = [last[: joints[0].start()], last[joints[0].end() :]]
    return pieces


def _split(rest: str, mark: str) -> Iterator[str]:
    """The pieces between marks that stand in no brackets and no quotation marks."""
    start = 0
    for match in re.finditer(rf"(?<!-){mark} ", rest):  # "sport-, beweeg- en speeltuinen"
        if _is_whole(rest[start : match.start()]):
            yield rest[start : match.start()].strip()
            start = match.end()
    yield rest[start:].strip()


def _is_whole(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(
        text.count(a) == text.count(b) for a, b in _PAIRS.items()
    )


def _is_thing(member: str) -> bool:
    """Whether a member names a thing and says nothing of it."""
    bare = _IN_PAIRS.sub(" ", member)
    return (
        0 < len(member.split()) <= LONGEST
        and not words_of(bare) & (FINITE | LOWER)
        and not _OTHER.search(bare)
        and not bare.lower().startswith("en ")
    )
