"""A second check of what a model wrote, by the model itself; it can only make stricter.

The sentences that passed the rules are put to it once more, all in one request, with the evidence
that they cite. A plain "nee" takes a sentence out; whatever else it says changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.checks.check import Problem, Verdict
from assistant.model.draft import Sentence
from assistant.model.exhibits import shown_all
from assistant.model.prompts import Message, Prompt
from ingest.documents import IndexedDocument

SECOND_CHECK = "llm_second_check"
"""Its name among the settings that are kept with an answer; it stands there when it is on."""
TOKENS = 40
"""Most tokens of its answer, and ..."""
TOKENS_EACH = 10
"""... as many more for each sentence."""
_APART = re.compile(r"\n|;|,\s*(?=(?:zin\s*)?\d)", re.I)
_WORD = re.compile(r"(?:(?:zin\s*)?(?P<number>\d{1,3})\s*[:.)–-]?\s*)?(?P<word>ja|nee)[.!]?", re.I)


def asked(
    prompt: Prompt, sentences: Sequence[Sentence], documents: Mapping[str, IndexedDocument]
) -> tuple[Message, ...]:
    """What the model is asked.

    Args:
        prompt: The prompt "nakijken".
        sentences: Those that the rules passed; they are numbered from 1.
        documents: All documents by id.
    """
    cited = {exhibit.number: exhibit for one in sentences for exhibit, _ in one.used}
    lines = [
        f"{number}. {one.written.text} {''.join(f'[{n}]' for n in one.written.numbers)}"
        for number, one in enumerate(sentences, start=1)
    ]
    evidence = shown_all([cited[number] for number in sorted(cited)], documents)
    return prompt.fill(zinnen="\n".join(lines), bewijs=evidence)


def denied(reply: str, count: int) -> frozenset[int]:
    """The numbers of the sentences to which a model said a plain "nee".

    Args:
        reply: What it said.
        count: How many sentences it was asked about; without numbers, it must have a word for
            each of them.

    Returns:
        Numbers from 1 to ``count``; none of a sentence to which it said both.
    """
    lines = [line.strip(" \t*_`-•") for line in _APART.split(reply)]
    words = [found for line in lines if (found := _WORD.fullmatch(line.replace("*", "").strip()))]
    if all(word["number"] is None for word in words):
        if len(words) != count or len(words) != sum(map(bool, lines)):
            return frozenset()
        said = [(at, word["word"].lower()) for at, word in enumerate(words, start=1)]
    else:
        said = [(int(word["number"]), word["word"].lower()) for word in words if word["number"]]
    affirmed = {number for number, word in said if word == "ja"}
    return frozenset(n for n, word in said if word == "nee" and 1 <= n <= count) - affirmed


def struck(sentences: Sequence[Sentence], reply: str) -> list[Sentence]:
    """All sentences, those of the model's own doubt without their proof.

    Args:
        sentences: All that it wrote; what the rules struck stays struck.
        reply: What it said of those that the rules passed.
    """
    passed = [at for at, one in enumerate(sentences) if one.verdict.ok]
    out = {passed[number - 1] for number in denied(reply, len(passed))}
    return [
        replace(one, verdict=Verdict(Problem.SECOND), used=()) if at in out else one
        for at, one in enumerate(sentences)
    ]
