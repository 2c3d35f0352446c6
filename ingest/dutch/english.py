"""Recognising a question in English."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.dutch.stopwords import STOP_WORDS

# Function words of English that are no Dutch words.
_TELLING = frozenset(
    """
    the what which how who where when why does did do are about with and for from there their they
    these those this that many much can could should would will by an my your his our its has have
    been being you she it i're i'm we're don't doesn't between into through any some
    """.split()
)
_DUTCH = STOP_WORDS | {"welke", "hoeveel", "gaat", "gaan", "staat"}
_FRAME = _TELLING | frozenset(
    """
    a is in of to on at as or be was were i he me us we not no if so do say says said tell explain
    describe list give show mean means meaning document documents municipality's please there
    does mention mentions mentioned stated state states according regarding concerning
    among don isn aren t s d m re ve ll
    """.split()
)


def is_english(words: Sequence[str]) -> bool:
    """Say whether a question is in English, by its function words.

    Args:
        words: The question's words, as `words` gives them.
    """
    english = sum(word in _TELLING for word in words)
    dutch = sum(word in _DUTCH and word not in _FRAME for word in words)
    return english > dutch and (english > 1 or len(words) <= 4)


def is_frame(word: str) -> bool:
    """Say whether an English word carries no subject: "the", "what", "mention"."""
    return word in _FRAME
