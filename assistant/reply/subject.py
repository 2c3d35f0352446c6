"""What a point of a letter is about: its words, and how well a text says them."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from assistant.kinds import Expected
from assistant.matching import match, share, specificity
from assistant.question import Question
from assistant.reading import QuestionReader
from assistant.reply.records import Point
from assistant.reply.wording import LetterWording
from assistant.scope import Scope
from ingest.documents import QuestionKind
from ingest.dutch.analysis import QueryWord
from ingest.dutch.stems import lemma
from ingest.dutch.words import words as plain_words

LONGEST = 1_500
"""Characters of a point that are searched for; more would blur what it is about."""
NEAR = 400
"""Characters before and after the sentences that make a point that tell what it is about."""
SHOWN = 8
"""Words that were searched for of which the reader is told."""
# What an item of a list begins with.
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[•▪●*–-]|\d{1,2}[.)]|[a-z][.)])(?=\s|$)")
# A verb or a comparative says less of what a point is about than a noun does, however rare it is.
_VERB = 0.35
_ADJECTIVE = 0.5
# A word of which the documents know nothing and that is no verb takes this off the fit.
UNKNOWN = 0.75
_FEW = 2
_LITTLE = 3.0  # of all weights together
_OTHERWISE = 0.5
# What is less specific than this is in any letter: "jaar", "goed".
_CONTENT = 0.55
# A word that tells at least so much of what the weightiest one tells is what a point is about.
_MAIN = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a letter says on a point.

    Attributes:
        words: Its words.
        weights: How much information each carries, whatever kind of word it is.
    """

    words: tuple[QueryWord, ...] = ()
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a point is about.

    Attributes:
        question: It as a question, so that the same search finds it.
        weights: How much each word of the question tells.
        unknown: Whether a word that tells much stands nowhere in the documents, nor what it is
            made of or is also called.
        strange: Whether such a word itself stands nowhere in them: of a "stadsdichter" they say
            nothing, though they speak of the "stad".
        whole: All of it with what is around it, as a question; None where the first says as much.
        core: The sentences that make the point.
        before: What its paragraph says before them.
        all_text: These, what stands after them and the heading above, as one text.
    """

    question: Question
    weights: tuple[float, ...]
    unknown: bool
    strange: bool
    whole: Question | None = None
    core: Part = Part()
    before: Part = Part()
    all_text: str = ""

    def said_by(self, terms: frozenset[str]) -> float:
        """Share of what the point is about that terms say, in [0, 1]."""
        return share(self.weights, [match(word, terms) for word in self.question.words])

    def said_itself_by(self, terms: frozenset[str]) -> float:
        """The same share, where another word for a word counts for half.

        That is enough to look at a text, and too little to say that it is policy.
        """
        matches = []
        for word in self.question.words:
            own = {term: w for term, w in word.terms.items() if w == 1.0 or term in word.parts}
            itself = match(replace(word, terms=own, phrases={}), terms)
            matches.append(max(itself, _OTHERWISE * match(word, terms)))
        return share(self.weights, matches)

    @property
    def telling(self) -> float:
        """How much all its words tell together."""
        return sum(self.weights)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are searched for, as the letter writes them, each once.

        Of many the `SHOWN` that tell most, in their order, those of the paragraph before too.
        """
        weight: dict[str, float] = {}
        for word, telling in zip(self.question.words, self.weights, strict=True):
            weight.setdefault(word.asked, telling)
        for part in (self.core, self.before):
            for word, information in zip(part.words, part.weights, strict=True):
                weight.setdefault(word.asked, information * _telling(word.word))
        most = sorted(weight, key=lambda asked: -weight[asked])[:SHOWN]
        return tuple(asked for asked in weight if asked in most)


def subject_of(
    point: Point,
    reader: QuestionReader,
    importance: Callable[[QueryWord], float],
    known: AbstractSet[str],
    terms: Callable[[str], frozenset[str]],
    wording: LetterWording,
) -> Subject:
    """Find what a point is about.

    Args:
        point: The point.
        reader: Reads the words of a question.
        importance: How much information a word carries.
        known: The terms that stand in the documents.
        terms: Gives the terms of a text.
        wording: Its frame is left out: "wij adviseren u om".
    """

    def part(text: str) -> Part:
        if not any(map(str.isalnum, text)):
            return Part()
        words = _read(reader, _bare(text, wording), terms).words
        return Part(words, tuple(map(importance, words)))

    core = (point.search or point.core_text)[:LONGEST]
    before, after = ("", "") if point.search else _around(point)
    heading = "" if point.search else point.heading
    whole = " ".join(f"{before} {core} {after}".split())[:LONGEST]
    with_heading = f"{heading} {whole}".strip()
    # What is asked stands before what it is for.
    asked = wording.reasons.split(core, maxsplit=1)[0]
    for text in (asked, core, whole, with_heading):
        question = _read(reader, _bare(text, wording), terms)
        weights = tuple(importance(word) * _telling(word.word) for word in question.words)
        if len(weights) >= _FEW and sum(weights) >= _LITTLE:
            break
    # The meaning is that of the sentence as it stands.
    question = replace(question, understood=core)
    most = max(weights, default=0.0)
    main = [
        word
        for weight, word in zip(weights, question.words, strict=True)
        if weight >= _MAIN * most and _telling(word.word) == 1.0
    ]
    unknown = any(not word.terms.keys() & known for word in main)
    strange = any(
        not any(term in known for term, weight in word.terms.items() if weight == 1.0)
        for word in main
    )
    more = with_heading if len(with_heading) > len(core) else ""
    all_of_it = _read(reader, _bare(more, wording), terms) if more else None
    if all_of_it is not None:
        all_of_it = replace(all_of_it, understood=with_heading)
    return Subject(
        question,
        weights,
        unknown,
        strange,
        all_of_it,
        part(core),
        part(before),
        with_heading,
    )


def _around(point: Point) -> tuple[str, str]:
    """What the letter says before and after the sentences that make a point, near to them."""
    spans = point.core or ((point.start, point.end),)
    to_core = point.quote[: spans[0][0] - point.start]
    first = point.quote[spans[0][0] - point.start :]
    before = _without_items(f"{point.before}\n{to_core}", first)
    after = f"{point.quote[spans[-1][1] - point.start :]} {point.after}"
    return before[-NEAR:], after[:NEAR]


def _without_items(before: str, core: str) -> str:
    """What stands before a point; where it begins an item of a list, without the items before it.

    Those make other points; what leads the list in is kept.
    """
    markers = list(_ITEM.finditer(before))
    begins = _ITEM.match(core) or (markers and not before[markers[-1].end() :].strip())
    return before[: markers[0].start()] if markers and begins else before


def _bare(text: str, wording: LetterWording) -> str:
    return " ".join(wording.frame.sub(" ", text).split())


def _read(reader: QuestionReader, text: str, terms: Callable[[str], frozenset[str]]) -> Question:
    """A text as a question that is limited to nothing, with the words that a question lacks.

    A question leaves out what asks for a list ("randvoorwaarden"); in a letter that is what a
    point is about.
    """
    read = reader.read(text if any(map(str.isalnum, text)) else "advies")
    each = {word.word: word for word in read.words if not word.word.isdecimal()}
    there = frozenset(term for word in each.values() for term in word.terms)
    for word in plain_words(text):
        own = terms(word)
        if own and not own & there and not word.isdecimal() and specificity(word) >= _CONTENT:
            each.setdefault(word, QueryWord(word, word, dict.fromkeys(own, 1.0), frozenset()))
    return replace(
        read,
        words=tuple(each.values()),
        scope=Scope(programmes=read.scope.programmes),
        kind=QuestionKind.EXPLANATION,
        expected=Expected.ANYTHING,
        number=None,
    )


def _telling(word: str) -> float:
    """How much the kind of a word tells of a subject, by its base form: most where it is a noun."""
    base = lemma(word)
    infinitive = base.endswith("en") and (base == word or not word.startswith(base))
    if infinitive or (word.endswith("er") and base == word[:-2]):
        return _VERB
    adjective = word.endswith("e") and base != word
    return _ADJECTIVE if adjective else 1.0
