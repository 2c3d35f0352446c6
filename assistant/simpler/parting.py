"""Long sentences are parted where both halves stay right.

Only what is certain by its form is touched; a sentence that is not, stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.simpler.joints import at_joint, at_second_verb
from assistant.simpler.remarks import at_examples, at_reference
from assistant.simpler.turns import at_preface, at_turn
from assistant.simpler.verbs import has_finite

LONG = 12
"""Most words of a sentence that is left whole; B1 texts have some ten to fifteen in one."""
SHORTEST = 4
"""Fewest words of a part."""
# What begins so is only a part of a sentence until its comma.
_BEGINS_LOWER = re.compile(
    r"^(?:(?:want|maar|en|dus|ook|zelfs|juist) )?(?:als|indien|wanneer|omdat|doordat|hoewel|om|"
    r"zodra|voordat|nadat|terwijl|toen|door|of|gezien|net als|evenals|aangezien|wie|wat)\b(?!.*,)",
    re.I,
)
_PAIRS = (("(", ")"), ("„", "”"), ("“", "”"), ("‘", "’"))


def parted(sentence: str) -> list[str]:
    """A sentence in shorter ones; in one when it is short, or cannot be parted safely."""
    if len(sentence.split()) <= LONG or not sentence.endswith("."):
        return [sentence]
    for head, tail in _ways(sentence):
        is_long = len(tail.split()) >= SHORTEST or tail.startswith("Zie ")
        if _stands(head[:-1]) and is_long:
            return [*parted(head), *parted(tail)]
    return [sentence]


def _ways(sentence: str) -> Iterator[tuple[str, str]]:
    for remark in (at_reference(sentence), at_examples(sentence)):
        if remark:
            yield remark
    for way in (at_joint, at_turn, at_preface, at_second_verb):
        yield from way(sentence)


def _stands(head: str) -> bool:
    """Whether the first part is a sentence by itself."""
    return (
        len(head.split()) >= SHORTEST
        and has_finite(head)
        and not _BEGINS_LOWER.match(head)
        and head.count('"') % 2 == 0
        and all(head.count(begin) == head.count(end) for begin, end in _PAIRS)
    )
