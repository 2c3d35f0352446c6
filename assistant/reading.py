"""Reads a question: makes it whole from the conversation, finds its words and its scope."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.followup import make_whole
from assistant.framing import bare, parts_of
from assistant.question import Question, check, understand
from assistant.scope import find_scope
from ingest.documents import IndexedDocument, Turn
from ingest.dutch.analysis import Analyzer, QueryWord
from ingest.index import Index

# Says where to look, and nothing of what is looked for.
_SOURCE = re.compile(
    r"\bvolgens (?:het|dit|de|deze) (?:advies|rapport|document|stuk|nota|notitie|brief)\b"
    r"(?! (?:van|over|uit)\b)",
    re.IGNORECASE,
)
# Says how long the answer may be, and nothing of what it is about.
_IN_SHORT = re.compile(
    r"\b(?:in (?:één|een|1) (?:zin|alinea)|in (?:het kort|een paar (?:woorden|zinnen))|"
    r"kort (?:gezegd|samengevat)|(?:graag )?zo kort mogelijk)\b",
    re.IGNORECASE,
)
# Who "goes over" something is responsible for it, in Dutch.
_IN_CHARGE = re.compile(r"\bwie ga(?:at|an)(?: er)? over\b(?! het (?:wat|hoe)\b)", re.IGNORECASE)
_POINTS_BACK = re.compile(
    # "Het zwembad" points at nothing before it; "hoe lang duurt het?" does.
    r"\b(?:dat|dit|het(?=\W*$|\s(?:is|was|wordt|werd|kost|kostte|duurt|duurde|heeft|had)\b)|"
    r"ze|zij|die|deze|er|daar\w+|ervan|that|it|they)\b",
    re.IGNORECASE,
)


class QuestionReader:
    """Turns typed text into a question that the later stages can work with."""

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        """Make a reader.

        Args:
            index: Its documents give the names that a question can mean; its words those that
                a slip of the pen is corrected to.
            analyzer: The same that made the index.
        """
        self._index = index
        self._analyzer = analyzer
        self._abbreviations = _all_abbreviations(index.documents)

    def read(self, asked: str, history: Sequence[Turn] = ()) -> Question:
        """Read a question.

        Args:
            asked: As typed.
            history: Earlier turns, oldest first.

        Raises:
            QuestionError: If it is empty, only punctuation, or too long.
        """
        asked = check(asked)
        understood = make_whole(bare(asked), history, self._index.documents)
        scope = find_scope(understood, self._index.documents)
        return understand(asked, understood, self._words(understood), scope)

    def parts(self, question: Question) -> list[Question]:
        """The questions asked in one; the question itself when it asks one thing.

        A part that points back ("hoeveel was dat ...?") or names nothing by itself takes over
        the words of the first part.
        """
        texts = parts_of(question.understood)
        if len(texts) < 2:
            return [question]
        read: list[Question] = []
        # A year that closes the question holds for all of it; another one for what is asked after
        # it, until the next.
        closing = question.understood.rstrip(" ?.!")[-len("2024") :]
        years = tuple(year for year in question.scope.years if str(year) == closing)
        for text in texts:
            years = tuple(year for year in question.scope.years if str(year) in text) or years
            scope = replace(question.scope, years=years)
            part = understand(question.asked, text, self._words(text), scope)
            if read and (not part.words or _POINTS_BACK.search(text)):
                part = replace(part, words=(*part.words, *read[0].words))
            read.append(replace(part, names=question.names))
        return read

    def _words(self, text: str) -> list[QueryWord]:
        said = _IN_CHARGE.sub(r"\g<0> verantwoordelijk", _IN_SHORT.sub(" ", _SOURCE.sub(" ", text)))
        return self._analyzer.query(said, self._index.lexical.vocabulary, self._abbreviations)


def _all_abbreviations(documents: Mapping[str, IndexedDocument]) -> dict[str, str]:
    learnt: dict[str, str] = {}
    for indexed in documents.values():
        for short, full in indexed.abbreviations.items():
            learnt.setdefault(short, full)
    return learnt
