"""What must be in the evidence as it is: numbers, dates, names, and who a sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wordfreq import zipf_frequency

from assistant.checks.derived import may_follow
from assistant.checks.evidence import Facts
from assistant.checks.lexis import lexis, stems
from assistant.checks.values import Unit, Value, dates_of, folded, values_of
from ingest.dutch.stems import lemma, stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import fold, words

NEAR = 6
"""Words between a number and what it counts."""
_NAME = re.compile(r"(?<![\w])(?:[A-Z][\w’'&]*|\d+[A-Za-z][\w]*)(?:-[\w’']+)*")
_SENTENCE_START = re.compile(r"^[\W_]*")
COMMON = 3.6
"""Zipf frequency from which a word that only opens a sentence with a capital is no name."""


def number_problem(claim: str, evidence: str, facts: Facts) -> str:
    """The first number or date of a claim that the evidence does not hold; "" when all are there.

    Args:
        claim: The sentence.
        evidence: The text of the quotes.
        facts: What is known of their sources; its years count, its other numbers too.
    """
    said, held, known = folded(claim), folded(evidence), folded(facts.all)
    values, more, own = values_of(held), values_of(known), values_of(said)
    for value in own:
        there = [other for other in values if value.same(other)]
        # A number of a heading has no place where the evidence has one that is left out.
        known_only = any(value.same(other) for other in more) and not any(
            other.unit is value.unit and not any(other.same(one) for one in own) for other in values
        )
        if not there and not known_only and not may_follow(value, said, values, held):
            return said[value.start : value.end].strip()
        if there and not _counts_the_same(value, said, there, held):
            return said[value.start : value.end].strip()
    dates = [*dates_of(held), *dates_of(known)]
    for date in dates_of(said):
        if not any(date.within(other) for other in dates):
            parts = (str(date.day or ""), date.month, str(date.year or ""))
            return " ".join(part for part in parts if part)
    return ""


def _counts_the_same(value: Value, said: str, there: list[Value], held: str) -> bool:
    """Whether a number stands by the same noun in the evidence, when that noun is there at all."""
    if value.unit is not Unit.COUNT or value.amount.denominator > 1:
        return True
    noun = _counted(said[value.end :])
    if not noun:
        return True
    places = [m.start() for m in re.finditer(r"[a-z]+", held) if stem(m[0]) == noun]
    if not places:
        return True
    return any(
        _words_between(held, value, place) <= NEAR or _NUMBER_OF.search(held[:place])
        for value in there
        for place in places
    )


_NUMBER_OF = re.compile(r"\b(?:aantal|hoeveelheid)\s+(?:\w+e\s+)?$")
"""Before what is counted, however far from it its number: "het aantal teams is ... drie"."""


def _counted(rest: str) -> str:
    """The stem of the noun behind a number, if one stands there; "" otherwise."""
    match = re.match(r"\s+([a-z]{3,})", rest)
    if not match or match[1] in STOP_WORDS or values_of(match[1]):
        return ""
    return stem(match[1])


def _words_between(text: str, value: Value, place: int) -> int:
    first, last = sorted((value.start, place))
    return len(text[first:last].split())


def name_problem(claim: str, evidence: str, facts: Facts, full: Mapping[str, str]) -> str:
    """The first name of a claim that stands neither in the evidence nor in its facts; "" if none.

    A name that only a heading gives is none of the evidence's own where the evidence names others
    that the claim leaves out: then the one has been put in the place of the other.

    Args:
        claim: The sentence.
        evidence: The text of the quotes.
        facts: What is known of their sources.
        full: Short form to full form, as the documents explain them; either stands for the other.
    """
    own = stems(f"{evidence}\n{' '.join(_in_full(evidence, facts, full))}")
    own |= {word.removesuffix("'s") for word in words(evidence)}  # "KPI's"
    if own & _NATIONAL:
        own |= _COUNTRY
    source, headings = stems(facts.source), stems(facts.headings)
    left_out = _left_out(claim, evidence)
    for name in _names(claim):
        parts = [
            stem(part)
            for word in words(name)
            if name.isupper() or word not in STOP_WORDS
            for part in ([word] if stem(word) in own else word.split("-"))
        ]
        if all(part in own or part in source for part in parts):
            continue
        if left_out or not all(part in own | source | headings for part in parts):
            return name
    return ""


_COUNTRY = stems("Nederland Nederlands Nederlandse Nederlander")
_NATIONAL = stems("landelijk nationaal rijk rijksoverheid kabinet land") | _COUNTRY


_ADDRESS = re.compile(
    r"(?:https?:|www\.|mailto:|data:|javascript:)\S*|\S+@\S+\.\w+|\b[\w-]+\.(?:com|nl|org|net|eu|io)\b\S*"
    r"|\b0\d{1,3}[- ]?\d{6,8}\b",
    re.I,
)


def address_problem(claim: str, evidence: str) -> str:
    """The first web or mail address or telephone number that the evidence does not hold."""
    held = "".join(evidence.split()).lower()
    for match in _ADDRESS.finditer(claim):
        if match[0].strip(".,)(<>").lower().replace(" ", "") not in held:
            return match[0]
    return ""


def _left_out(claim: str, evidence: str) -> bool:
    """Whether the evidence has names, and the claim has none of them."""
    held = {stem(w) for name in _names(evidence) for w in words(name) if w not in STOP_WORDS}
    return bool(held - stems(claim))


_QUOTATION = re.compile(r"[„“‘\"](?P<said>[^„“”‘’\"]+)[”“’\"](?!\w)")
MOST_OF_A_TERM = 2
"""Words up to which what stands between quotation marks is a term, and no quotation."""


def quotation_problem(claim: str, evidence: str) -> str:
    """The first text between quotation marks that its evidence does not hold word for word."""
    held = " ".join(words(evidence))
    for match in _QUOTATION.finditer(claim):
        said = words(match["said"])
        if len(said) > MOST_OF_A_TERM and " ".join(said) not in held:
            return match["said"]
    return ""


_TITLE = re.compile(r"[‘'„“\"](?P<title>[A-Z][^‘’'„”“\"]{2,60})[’'”\"](?!\w)")
_LAW = re.compile(r"\bWet (?:[a-z]{4,} ?)+")


def title_problem(claim: str, evidence: str, facts: Facts, full: Mapping[str, str]) -> str:
    """The first title between quotation marks, or name of a law, that stands nowhere; "" if none.

    Args:
        claim: The sentence.
        evidence: The text of the quotes.
        facts: What is known of their sources.
        full: Short form to full form, as the documents explain them.
    """
    held = " ".join(words("\n".join((evidence, facts.all, *_in_full(evidence, facts, full)))))
    for match in _TITLE.finditer(claim):
        if " ".join(words(match["title"])) not in held:
            return match["title"]
    for match in _LAW.finditer(claim):
        # How far the name of a law goes, its words do not say: the first belongs to it.
        if " ".join(words(match[0])[:2]) not in held:
            return match[0].strip()
    return ""


def _in_full(evidence: str, facts: Facts, full: Mapping[str, str]) -> list[str]:
    """The full forms of what is in the evidence in short, and the other way round."""
    text = f"{evidence}\n{facts.all}"
    more = [long for short, long in full.items() if short in text]
    return more + [short for short, long in full.items() if folded(long) in folded(text)]


_ORDINAL = re.compile(r"\d+(?:e|de|ste)")


def _names(claim: str) -> Iterator[str]:
    opening = _SENTENCE_START.match(claim)
    first = opening.end() if opening else 0
    for match in _NAME.finditer(claim):
        opens = match.start() == first or claim[: match.start()].rstrip()[-1:] in {":", "„", "‘"}
        if _ORDINAL.fullmatch(match[0]):
            continue  # "23e": looked at as a number
        if opens and match[0][1:].islower() and _is_common(match[0].lower()):
            continue
        if values_of(folded(match[0])) and match[0].isalpha():
            continue  # "Driekwart": looked at as a number
        if opens and match[0].lower() in STOP_WORDS and not match[0].isupper():
            continue
        yield match[0]


def _is_common(word: str) -> bool:
    """Whether a word is no name, as far as its use or that of its base form tells."""
    return max(zipf_frequency(form, "nl") for form in (word, lemma(word))) >= COMMON


def exchange_problem(claim: str, evidence: str, facts: Facts) -> str:
    """The first word of a claim that names somebody or something else than the evidence does.

    Args:
        claim: The sentence.
        evidence: The text of the quotes.
        facts: What is known of their sources: who issued them.
    """
    exact = lexis().exact
    held, known = _with_parts(evidence), _with_parts(facts.all)
    said = _with_parts(claim)
    others = any(word in exact and not exact[word] & said for word in held)
    present = _spoken_to(evidence, facts)
    named = _named_bodies(claim, stems(evidence))
    for word in words(claim):
        own = stem(word)
        if word in named:
            continue
        if word in lexis().whole or own not in exact or exact[own] & (held | _implied(held)):
            continue
        if exact[own] & present:
            continue
        if others or _left_out(claim, evidence) or not exact[own] & known:
            return word
    return ""


_BODY = re.compile(r"\b(?P<sort>[Ss]tichting|[Vv]ereniging|[Bb]ibliotheek)\s+(?P<name>[A-Z]\w+)")


def _named_bodies(claim: str, held: frozenset[str]) -> frozenset[str]:
    """Words that only say what sort of body one is that the evidence names: "stichting Waal"."""
    if held & {stem(sort) for sort in ("stichting", "vereniging", "bibliotheek")}:
        return frozenset()  # another sort than the one that is named there
    named = (m for m in _BODY.finditer(claim) if stem(fold(m["name"])) in held)
    return frozenset(m["sort"].lower() for m in named)


_RICH = re.compile(r"rijke?$")
"""In compounds it says what something is rich in: "belangrijk", "omvangrijk"."""
_FIRST_PERSON = frozenset("wij we ons onze".split())
_SECOND_PERSON = frozenset("u uw".split())


def _spoken_to(evidence: str, facts: Facts) -> frozenset[str]:
    """Stems of who is "wij" in the evidence, and of who is "u"."""
    tokens = frozenset(words(evidence))
    wrote = stems(facts.writer.partition(" van ")[0])
    found: frozenset[str] = wrote if tokens & _FIRST_PERSON else frozenset()
    if tokens & _SECOND_PERSON:
        found |= stems(facts.titles) - wrote
    return found


def _implied(held: frozenset[str]) -> frozenset[str]:
    """Stems of who may be named without being named in the evidence, for what is said of them."""
    return frozenset().union(*(meant for meant, signs in lexis().implied if signs & held))


def _with_parts(text: str) -> frozenset[str]:
    """Stems of the words, and of compounds the listed words that they end with."""
    found = set(stems(text))
    listed = lexis().exact
    for word in words(text):
        if len(word) > 8 and not _RICH.search(word):
            found |= {name for name in listed if len(name) > 3 and name in word}
    return frozenset(found)
