"""Words of a claim that stand in the place of others of its evidence."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.checks.things import is_infinitive, is_verb, leads_on
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold, words

COPIED = 0.7
"""Share of its words by which a claim keeps to those of its evidence."""
ALL_BUT_A_WORD = 0.8
"""The same, for verbs."""
FAR = 0.2
"""An adjective that is said less is another one."""


def replaced_words(claim: str, evidence: str) -> set[str]:
    """The words of a claim that stand in the place of one other word of its evidence.

    That is so where the words before and behind are the same, and one word is another, in a claim
    that keeps to the words of its evidence for the rest.
    """
    said, held = words(claim), words(evidence)
    own, other = [stem(word) for word in said], [stem(word) for word in held]
    found: set[str] = set()
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    copied = sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(own))
    if copied < COPIED:
        return found
    for how, start, end, first, last in matcher.get_opcodes():
        between = (start == 0 or first > 0) and (end == len(own) or last < len(other))
        if how == "replace" and end - start == 1 and last - first == 1 and between:
            word = said[start]
            verb = is_verb(word) or is_infinitive(word)
            # Verbs change with the way of saying it, but not where nothing else does.
            counts = not verb or copied >= ALL_BUT_A_WORD
            if word not in STOP_WORDS and counts and held[first] not in STOP_WORDS:
                found.add(word)
    return found


def other_adjectives(claim: str, text: str, said: dict[str, float]) -> dict[str, float]:
    """The adjective of a claim in the place of another that the evidence gives the same thing."""
    own = _adjectives(text)
    spoken = {stem(word) for word in words(claim)}
    held = {stem(word) for word in words(text)}
    found: dict[str, float] = {}
    for noun, adjectives in _adjectives(claim).items():
        there = {stem(one) for one in own.get(noun, ())}
        if there and not there & spoken:
            found |= {one: 0.0 for one in adjectives if said.get(one, 1.0) < FAR}
        # Or one that the evidence gives to something else that the claim names as well.
        for one in adjectives:
            nouns = {name for name, given in own.items() if stem(one) in map(stem, given)}
            if nouns & spoken and noun not in nouns and noun in held:
                found[one] = 0.0
    return found


def _adjectives(text: str) -> dict[str, set[str]]:
    """By the stem of a noun, the inflected adjectives right before it."""
    tokens = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|[,.;:()]", fold(text)) + ["."]
    found: dict[str, set[str]] = {}
    waiting: list[str] = []
    for token, following in pairwise(tokens):
        if token not in STOP_WORDS and leads_on(token, following):
            waiting.append(token)
        elif waiting and token not in {"en", "of", ","}:
            if token[0].isalpha() and token not in STOP_WORDS:
                found.setdefault(stem(token), set()).update(waiting)
            waiting = []
    return found
