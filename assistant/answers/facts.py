"""A fact: the sentence that holds the value asked for, the value in bold."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.material import Material, by_document
from assistant.citations import Draft, Line, Quote, plain
from assistant.evidence import Sentence, with_neighbours
from assistant.support import LOCAL, carries, first_that_carries

NEARLY_AS_GOOD = 0.86
MOST = 3


def answer_fact(material: Material) -> Draft:
    """For each thing asked: the best sentence, and those nearly as good that say more."""
    quotes: list[Quote] = []
    missed: list[Material] = []
    for part in material.parts():
        found = _answer_one(part)
        quotes += [quote for quote in found if quote not in quotes]
        if not found:
            missed.append(part)
    lines = by_document(material, quotes, best_first=True)
    if lines:
        say = material.phrases.say
        unsaid = [part.question.understood for part in missed if not _is_quoted(part, quotes)]
        lines += [Line(say("deel_zonder", deel=plain(text.rstrip(" ?.!")))) for text in unsaid]
    return Draft(tuple(lines))


def _is_quoted(part: Material, quotes: Sequence[Quote]) -> bool:
    """Whether what is quoted for other parts holds the value that this one asks for too."""
    return any(
        sentence.values and sentence.local >= LOCAL
        for sentence in part.sentences
        for quote in quotes
        if quote.passage.id == sentence.passage.id and quote.start <= sentence.start < quote.end
    )


def _answer_one(material: Material) -> list[Quote]:
    best = first_that_carries(material)
    if best is None:
        return []
    chosen = [best]
    for sentence in material.sentences[:20]:
        if len(chosen) == MOST or sentence.score < NEARLY_AS_GOOD * best.score:
            break
        if _adds(sentence, chosen) and _stands(sentence, best, material):
            chosen.append(sentence)
    return [
        quote
        for sentence in chosen
        for quote in with_neighbours(sentence, material.scorer, material.question)
    ]


def _stands(sentence: Sentence, best: Sentence, material: Material) -> bool:
    """Whether a sentence answers an exact question too: by itself, or with the same value."""
    if not material.question.is_exact or carries(sentence, material):
        return True
    values, others = ({s.passage.cut(*span).strip() for span in s.values} for s in (sentence, best))
    return bool(values & others)


def _adds(sentence: Sentence, chosen: list[Sentence]) -> bool:
    """Whether a sentence is not the words of an earlier one again."""
    words = set(sentence.text.lower().split())
    for other in chosen:
        others = set(other.text.lower().split())
        if len(words & others) >= 0.7 * min(len(words), len(others)):
            return False
    return True
