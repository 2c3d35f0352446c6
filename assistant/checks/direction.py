"""What comes of what, and what comes first: "A leidt tot B" is not "B leidt tot A".

The same words can stand on either side of a word that ties a cause to its effect, a condition to
what follows, or what was earlier to what was later. Where a claim has exchanged the two, it says
another thing with the words of its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.lexis import lexis
from assistant.checks.things import is_clause
from assistant.checks.valence import share
from ingest.dutch.stems import infinitive, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words

CROSSED = 0.3
"""Share of either side that must be said on the other one."""
_NO_CAUSE = frozenset("te naar met op in aan tot en heen".split())
"""Behind these "door" is no preposition, or has none of the causes that it has."""
_PASSIVE = frozenset("wordt worden werd werden is zijn was waren".split())
NEAR = 4
"""Words behind "door" among which is who does it."""
_SENTENCE = re.compile(r"[.;!?\n]")
_COMES_OF = r"""
    leid(?:t|en|de|den)\ (?:er\ )?(?:toe|tot)|(?:heeft|hebben|had|hadden)\ geleid\ tot
    |(?:zorg(?:t|en|de|den)|gezorgd)\ (?:er\ )?voor|veroorza(?:akt?|ken|akten?)|waardoor|zodat
    |met\ als\ gevolg|result(?:eert|eren|eerde)\ in|draagt\ bij\ aan
    |ma(?:ak|akt|akte|akten|ken)\b(?=[^,]*\ mogelijk\b)
"""
_FROM = r"""
    omdat|doordat|want|aangezien|dankzij|vanwege|wegens|(?:als|ten)\ gevolge?\ van|door|indien
    |wanneer|als|zodra
"""
_THEN = r"voordat|alvorens|voorafgaand\ aan"
_AFTER = r"nadat|na"
_TIES = re.compile(
    rf"\b(?:(?P<cause>{_COMES_OF})|(?P<effect>{_FROM})|(?P<first>{_THEN})|(?P<last>{_AFTER}))\b",
    re.I | re.X,
)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parts of a sentence, of which one comes of the other or before it.

    Attributes:
        word: The word that ties them.
        in_time: Whether it is told what came first; else what comes of what.
        before: Stems of the cause, the condition or what came first.
        after: Stems of the effect, or what came later.
    """

    word: str
    in_time: bool
    before: frozenset[str]
    after: frozenset[str]


def direction_problem(claim: str, evidence: str) -> str:
    """The word around which a claim has exchanged cause and effect, or early and late; "" for none.

    Args:
        claim: The sentence.
        evidence: The sentences that it rests on.
    """
    held = list(ties_of(evidence))
    for said in ties_of(claim):
        for other in held:
            if said.in_time != other.in_time:
                continue
            there = share(said.before, other.after), share(said.after, other.before)
            here = share(said.before, other.before), share(said.after, other.after)
            if min(there) >= CROSSED and sum(there) > sum(here):
                return said.word
    return ""


def ties_of(text: str) -> Iterator[Tie]:
    """What a text ties together, in order."""
    for sentence in _SENTENCE.split(text):
        for match in _TIES.finditer(sentence):
            before, after = sentence[: match.start()], sentence[match.end() :]
            near, _, rest = after.partition(",")
            word = match[0].lower()
            done_by = word == "door" and _PASSIVE.intersection(words(before)[-1:])
            if done_by or _ties_nothing(word, words(near)) or words(sentence).count(word) > 1:
                continue
            if match["cause"] or match["first"]:
                one, other = (before, after) if _content(before) else (rest, near)
            else:
                one, other = near, f"{before} {rest}"
            sides = _content(one), _content(other)
            if all(sides):
                yield Tie(word, bool(match["first"] or match["last"]), *sides)


def _ties_nothing(word: str, near: Sequence[str]) -> bool:
    """Whether "als" or "door" tells what somebody is or who does it: "als gemeente kunnen wij"."""
    if word == "door":
        by = any(stem(one) in lexis().actors for one in near[:NEAR])
        return by or not near or near[0] in _NO_CAUSE
    return word == "als" and (not is_clause(near) or near[2:3] in (["wij"], ["we"], ["u"]))


def _content(text: str) -> frozenset[str]:
    found = [word for word in words(text) if word not in STOP_WORDS]
    stems = frozenset(stem(infinitive(word) or word) for word in found)
    return stems - lexis().framing
