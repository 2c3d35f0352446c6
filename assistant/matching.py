"""How well a text says a word of the question, and how much that word tells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from wordfreq import zipf_frequency

from ingest.dutch.analysis import QueryWord


@lru_cache(maxsize=50_000)
def specificity(word: str) -> float:
    """How little a word belongs to everyday Dutch, from 0.3 (very common) to 1 (not at all).

    Falls with the Zipf frequency of wordfreq (log10 of occurrences per thousand million words).
    """
    return min(1.0, max(0.3, (6.5 - zipf_frequency(word, "nl")) / 2.5))


def match(word: QueryWord, terms: frozenset[str]) -> float:
    """How well terms say a word: by another word or phrase for it, or by the parts of a compound.

    A phrase ("informele zorg") is said where all its words are.

    One part of a compound is not the compound ("kind" is no "kindermishandeling"); parts count
    by how specific they are, so that "mantelzorg" says most of "mantelzorgbeleid".
    """
    whole = max(
        (w for term, w in word.terms.items() if term in terms and term not in word.parts),
        default=0.0,
    )
    for phrase, weight in word.phrases.items():
        if weight > whole and terms.issuperset(phrase):
            whole = weight
    if not word.parts:
        return whole
    weights = {part: specificity(part) for part in word.parts}
    said = sum(weight for part, weight in weights.items() if part in terms)
    return max(whole, said / sum(weights.values()))


def share(weights: Sequence[float], matches: Sequence[float]) -> float:
    """Share of the information of words that their matches carry, in [0, 1].

    Args:
        weights: How much information each word carries.
        matches: How well each is said, in [0, 1].
    """
    total = sum(weights)
    if not total:
        return 0.0
    return sum(w * m for w, m in zip(weights, matches, strict=True)) / total
