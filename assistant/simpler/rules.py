"""A sentence by all rules, as far as it still says the same."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.simpler.duties import plain_duties
from assistant.simpler.parting import parted
from assistant.simpler.words import plain_words
from ingest.sentences import sentence_spans


def simpler(text: str, protected: Sequence[str] = ()) -> list[str]:
    """The sentences of a text, shorter and in plain words.

    Args:
        text: One sentence or more.
        protected: Terms and names in which no word is replaced.
    """
    found: list[str] = []
    for start, end in sentence_spans(text, 0, len(text)):
        found += parted(plain_duties(plain_words(text[start:end], protected)))
    return found
