"""Words that bind a claim: a condition, a limit, a possibility. Without them it says more."""

from __future__ import annotations

from assistant.checks.lexis import lexis
from ingest.dutch.words import words


def lost_condition(sentence: str, rewritten: str) -> str:
    """The first word of a sentence that binds it, where its new words hold none that bind so.

    Args:
        sentence: The sentence as it was.
        rewritten: Its new words.
    """
    kept = set(words(rewritten))
    for word in words(sentence):
        for group in lexis().binding:
            if word in group and not group & kept:
                return word
    return ""
