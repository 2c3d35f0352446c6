"""What stands on which side: "A boven B" is not "B boven A", "van A naar B" not "van B naar A"."""

from __future__ import annotations

import re

from assistant.checks.lexis import lexis
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words

_SIDES = re.compile(
    r"\b(boven|gaa(?:t|n) voor|voorrang op|naar|dan|in plaats van|ten koste van|onder)\b", re.I
)
_FIRST = frozenset(
    {"boven", "gaat voor", "gaan voor", "voorrang op", "in plaats van", "ten koste van"}
)
"""What stands before these comes first, or in the place of what stands behind them."""
NEAREST = 2
"""Content words on either side that are looked at."""
_SENTENCE = re.compile(r"(?<=[.;!?])\s|,\s")


def order_problem(claim: str, evidence: str) -> str:
    """The word around which a claim has exchanged the two sides of its evidence; "" for none."""
    for word, before, after in _sides(claim):
        for other, left, right in _sides(evidence):
            gone = (before & right - left) | (after & left - right)
            kept = (before & left - right) | (after & right - left)
            alike = other == word or {word, other} <= _FIRST
            if alike and before & right and after & left and len(kept) < len(gone):
                return word
    return ""


def _sides(text: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    found = []
    for sentence in _SENTENCE.split(text):
        for match in _SIDES.finditer(sentence):
            before, after = sentence[: match.start()], sentence[match.end() :]
            near = _content(before)[-NEAREST:], _content(after)[:NEAREST]
            found.append((match[0].lower(), frozenset(near[0]), frozenset(near[1])))
    return found


def _content(text: str) -> list[str]:
    return [
        stem(word)
        for word in words(text)
        if word not in STOP_WORDS and stem(word) not in lexis().light
    ]
