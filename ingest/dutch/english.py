"""Recognising a question in English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.dutch.stopwords import QUESTION_WORDS, STOP_WORDS
from ingest.dutch.words import words

_DUTCH = STOP_WORDS | QUESTION_WORDS
_SHORT_QUESTION = 4


class FunctionWords:
    """English words without a subject of their own: "the", "what", "mention"."""

    def __init__(self, telling: Iterable[str] = (), ambiguous: Iterable[str] = ()) -> None:
        """Take the words.

        Args:
            telling: Words that show a question to be in English.
            ambiguous: Words that are Dutch as well and show nothing.
        """
        cut = [words(word) for word in telling]
        # "Don't" is cut into "don" and "t", and so is "'t": such pieces show nothing.
        self._telling = frozenset(pieces[0] for pieces in cut if len(pieces) == 1)
        pieces = {piece for pieces in cut for piece in pieces}
        self._all = pieces.union(*(words(word) for word in ambiguous))

    def __contains__(self, word: str) -> bool:
        """Say whether a word, as `words` gives it, is one of these."""
        return word in self._all

    def show_english(self, question: Sequence[str]) -> bool:
        """Say whether a question is in English: more words show that than show Dutch.

        Args:
            question: The question's words, as `words` gives them. One English word is enough in
                a question of at most four words; in a longer one it may be a name.
        """
        english = sum(word in self._telling for word in question)
        dutch = sum(word in _DUTCH and word not in self for word in question)
        return english > dutch and (english > 1 or len(question) <= _SHORT_QUESTION)
