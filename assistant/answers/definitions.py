"""A definition: the sentences in which the documents themselves say what a word means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.material import Material, by_document
from assistant.citations import Draft, Line, Quote
from assistant.evidence import Sentence, with_neighbours
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words as normalise

Rated = tuple[float, Sentence]
"""How much a sentence reads as a definition, and the sentence."""
MOST = 3
POOL = 200
"""Sentences that are looked at, the best first."""
NEARLY_AS_GOOD = 0.85
LONGEST = 1_000
WHOLE = 7
"""Words from which what ends as a sentence does is taken for a whole one."""
_ENDS = frozenset(".!”’")
# What reading as a definition counts beside a sentence's score.
TELLING = 1.6
TERM = 0.5  # the term is the sentence's subject, with nothing that narrows it
DEFINITION = 0.4  # what reads as a definition scores at least this; less is a mere mention

# How Dutch policy prose defines: "X is een ...", "Met X bedoelen we", "X houdt in dat", "X: ...",
# "onder X verstaan wij", "X staat voor", "X bestaat uit".
_DEFINING = re.compile(
    r"\b(?:bedoel\w*|versta\w*|houdt in|betekent|staat voor|omvat|behelst|definitie|begrip|"
    r"bestaat uit|wil zeggen|optelsom|regelt|is de term)\b",
    re.IGNORECASE,
)
# "Met het begrip X bedoelen we", "onder X verstaan wij": nothing says it plainer.
_IN_SO_MANY_WORDS = re.compile(
    r"\b(?:met|onder)\b(?P<subject>.{2,80}?)\b(?:bedoel(?:en|t|de|den)|versta(?:an|at)|"
    r"word(?:t|en)\b.{0,60}?\b(?:verstaan|bedoeld))\b",
    re.IGNORECASE,
)
IN_SO_MANY_WORDS = 0.9
SHORT_FORM = 0.7
_LABEL = re.compile(r"^\W*(?:definitie|omschrijving|betekenis)\s*:", re.IGNORECASE)
_IS = re.compile(
    r"^\W*(?!(?:van|vanuit|uit|in|op|bij|voor|met|naar|door|over|onder|volgens|als)\b)"
    r"(?:de|het|een)?\s*(?P<subject>.{2,60}?)\s"
    r"(?:is|zijn|was|waren|betreft|betreffen|omvat|omvatten|bestaat uit|bestaan uit|houdt in|"
    r"houden in|richt(?:en)? zich op)\b"
    # "Bij een PGB koopt de cliënt zelf zorg in."
    r"|^\W*bij (?:de|het|een)\s(?P<case>[\w-]{2,30})\s(?!(?:van|voor|in|met|en|of|die|dat)\b)",
    re.I,
)
_ABOUT_TERMS = frozenset({"begrip", "term", "woord"})
_GLOSS = re.compile(r"^\W*(?P<subject>[\w .’'-]{2,60}?)\s*(?:\([^)]*\))?\s*:\s")


def is_defined(material: Material, least: float = DEFINITION) -> bool:
    """Whether a sentence of the evidence reads as a definition of what is asked.

    Of "huisregels van het dorpshuis" the first word is asked: what a dorpshuis is defines nothing.

    Args:
        material: The question with its evidence.
        least: How plainly it must be defined, from `DEFINITION` to `IN_SO_MANY_WORDS`.
    """
    first = _first_of_term(material)
    return any(
        _mentions(sentence.text, first) and _defines(sentence, material) >= least
        for sentence in material.sentences[:POOL]
    )


def _first_of_term(material: Material) -> set[str]:
    """The first word of the term that is asked for: of "maatwerk in de Wmo", "maatwerk"."""
    words = [word.word for word in material.question.words if word.word not in _ABOUT_TERMS]
    return set(words[:1])


def answer_definition(material: Material) -> Draft:
    """The sentences that define the term, best first; else those that say most about it."""
    rated = [(_defines(sentence, material), sentence) for sentence in material.sentences[:POOL]]
    rated.sort(key=lambda pair: -_worth(*pair))
    least = NEARLY_AS_GOOD * _worth(*rated[0])
    plain = [pair for pair in rated if pair[0] == IN_SO_MANY_WORDS]
    # Beside a definition in so many words, what only mentions the term is no answer; another
    # document may define it otherwise.
    told = {sentence.passage.document_id for _, sentence in plain}
    chosen = [pair for pair in rated if _worth(*pair) >= least]
    if plain:
        elsewhere = [
            (defines, sentence)
            for defines, sentence in chosen
            if defines > DEFINITION and sentence.passage.document_id not in told
        ]
        chosen = plain + elsewhere
    undefined = all(defines < DEFINITION for defines, _ in chosen[:MOST])
    chosen = (_telling(rated, material) or chosen)[:MOST] if undefined else chosen[:MOST]
    quotes: list[Quote] = []
    for _, sentence in chosen:
        more = with_neighbours(sentence, material.scorer, material.question)
        more = [quote for quote in more if quote not in quotes]
        length = sum(quote.end - quote.start for quote in (*quotes, *more))
        if not quotes or length <= LONGEST:
            quotes += more
    lines = by_document(material, quotes)
    if undefined:
        lines.insert(0, Line(material.phrases.say("geen_omschrijving")))
    return Draft(tuple(lines))


def _telling(rated: Sequence[Rated], material: Material) -> list[Rated]:
    """Whole sentences that say something of an undefined term, the best of each document first.

    A row of a table or a heading that holds the term tells nothing of it.
    """
    wanted = {word.word for word in material.question.words}
    firsts: dict[str, Rated] = {}
    others: list[Rated] = []
    for defines, sentence in rated:
        text, home = sentence.text, sentence.passage.document_id
        whole = len(text.split()) >= WHOLE and text.rstrip()[-1:] in _ENDS
        if not (whole and all(_mentions(text, {word}) for word in wanted)):
            continue
        if home in firsts:
            others.append((defines, sentence))
        else:
            firsts[home] = (defines, sentence)
    return [*firsts.values(), *others]


def _worth(defines: float, sentence: Sentence) -> float:
    return TELLING * defines + sentence.score


def _defines(sentence: Sentence, material: Material) -> float:
    """How much a sentence reads as a definition of the question's own words."""
    text = sentence.text.strip()
    wanted = {word.word for word in material.question.words}
    meant = _IN_SO_MANY_WORDS.search(text)
    if meant and _mentions(meant["subject"], _first_of_term(material)):
        return IN_SO_MANY_WORDS
    heading = " ".join(sentence.passage.section[-1:])
    if wanted and _LABEL.match(text) and all(_mentions(heading, {word}) for word in wanted):
        return IN_SO_MANY_WORDS
    if _is_entry(sentence, wanted):
        return IN_SO_MANY_WORDS if _in_glossary(sentence) else 0.5
    if _explains_short_form(text, wanted):
        return SHORT_FORM
    subject = _subject(text)
    told = bool(subject) and _mentions(subject, wanted)
    if told and _is_the_term(subject, wanted):
        return TERM
    if _DEFINING.search(text) and _mentions(text, wanted):
        return DEFINITION
    # "De eerste MAG is opgesteld" tells of the MAG, not what it is.
    return 0.1 if told else 0.0


def _subject(text: str) -> str:
    """What a sentence tells of when it reads as a definition; "" when it does not."""
    found = _IS.match(text) or _GLOSS.match(text)
    return next((told for told in found.groups() if told), "") if found else ""


def _explains_short_form(text: str, wanted: set[str]) -> bool:
    """Whether a sentence writes out a short form that is asked about: "Agenda (MAG) is ..."."""
    return any(
        short.lower() in wanted and re.search(rf"\({re.escape(short)}\)", text)
        for short in re.findall(r"\(([A-Z][\w!]{1,7})\)", text)
    )


def _is_the_term(subject: str, wanted: set[str]) -> bool:
    """Whether a sentence's subject is the term itself, with nothing that narrows it."""
    content = [word for word in normalise(subject) if word not in STOP_WORDS | _ABOUT_TERMS]
    return all(any(word[:5] == other[:5] for other in wanted) for word in content)


def _is_entry(sentence: Sentence, wanted: set[str]) -> bool:
    """Whether a sentence opens the text under a heading that is the term, as in a glossary."""
    passage = sentence.passage
    if (
        not wanted
        or not passage.section
        or (sentence.start, sentence.end) not in passage.sentences[:2]
    ):
        return False
    heading = set(normalise(passage.section[-1]))
    return wanted <= heading and len(heading) <= len(wanted) + 2


_GLOSSARY = re.compile(
    r"\b(?:begrippen(?:lijst|kader)?|woordenlijst|afkortingen(?:lijst)?|definities|"
    r"begripsbepalingen|verklarende)\b",
    re.IGNORECASE,
)


def _in_glossary(sentence: Sentence) -> bool:
    """Whether a sentence stands in a part of its document that explains words."""
    return any(_GLOSSARY.search(heading) for heading in sentence.passage.section[:-1])


def _mentions(text: str, wanted: set[str]) -> bool:
    """Whether a text has one of the words by itself, in any form; a compound with it does not."""
    lower = " ".join(normalise(text))
    return any(re.search(rf"\b{re.escape(word[:-1])}\w{{0,3}}\b", lower) for word in wanted if word)
