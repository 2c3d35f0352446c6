"""What a comparison sets side by side, and the evidence for each side.

Sides are, in this order: programmes named against each other ("MAG en MAG 3D"), municipalities
named, all municipalities ("de vier gemeenten"), years ("meer dan in 2017"), or other things named
against each other ("tussen Zorg in Natura en een pgb").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.material import Material
from assistant.evidence import Sentence
from assistant.question import ORDINALS, Question
from assistant.retrieval import named_programmes
from ingest.documents import PassageKind
from ingest.dutch.analysis import QueryWord
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words

MOST_SIDES = 8
# So few words after the name of a thing tell nothing of it: an item of a list, a heading.
FEW_WORDS = 2

_AGAINST = re.compile(
    r"\b(?:tussen|verschill?en(?: de \w+)?|vergelijk(?:ing)?(?: van| tussen)?)\s+(?P<sides>[^?]+)|"
    r"\bvan (?P<first>[^?,:]+?) naast (?:die|dat) van (?P<second>[^?,]+)|"
    r"\bverschil(?:t|len)\s+(?P<one>[^?]+?)\s+van\s+(?P<other>[^?,]+)|"
    r"^(?P<named>[^:?]+): ?wie doet wat\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_JOINT = re.compile(
    r"\s*,\s*|\s+(?:en|of|versus|vergeleken met|ten opzichte van)\s+", re.IGNORECASE
)
_ORDINALS = frozenset({*ORDINALS, "allereerste", "laatste", "oude", "nieuwe", "vorige", "huidige"})
_TAIL = re.compile(r"\s+(?:in|van de gemeente|volgens|bij|als het gaat)\b.*$", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"\b(?:alle|de|beide|twee|drie|vier|vijf|verschillende|elke|iedere) gemeente(?:n|s)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared, with the evidence for it alone."""

    name: str
    material: Material


@dataclass(frozen=True, slots=True)
class Sides:
    """All that is compared.

    Attributes:
        each: In the order of the question.
        named: Which of them a text names. None for municipalities, which tell of themselves only.
        subject: The question's words that name no side: on what they are compared.
        successive: Whether they may follow each other in time, as programmes do: what changed
            in the later one is then their difference.
    """

    each: tuple[Side, ...] = ()
    named: Callable[[str], frozenset[str]] | None = None
    subject: tuple[QueryWord, ...] = ()
    successive: bool = False


def sides_of(material: Material) -> Sides:
    """What the question compares; none or one when it names nothing against each other."""
    question = material.question
    if len(question.scope.programmes) > 1:
        return _programmes(material)
    names = question.scope.municipalities
    if len(names) > 1 or (not names and _EVERYBODY.search(question.understood)):
        chosen = names or _everybody(material)
        return Sides(tuple(Side(name, _of_municipality(material, name)) for name in chosen))
    if len(question.scope.years) > 1:
        return _years(material)
    return _things(material)


def _years(material: Material) -> Sides:
    """Each year a side: the figure of one is not that of the other."""
    question = material.question
    years = {str(year) for year in question.scope.years}
    subject = tuple(word for word in question.words if word.word not in years)
    each = []
    for year in question.scope.years:
        scope = replace(question.scope, years=(year,))
        found = material.search(replace(question, scope=scope, words=subject), material.within)
        own = [s for s in found.sentences if str(year) in s.text or _is_dated(s, year)]
        each.append(Side(str(year), replace(found, sentences=own)))
    return Sides(tuple(each), lambda text: frozenset(y for y in years if y in text), subject)


def _is_dated(sentence: Sentence, year: int) -> bool:
    """Whether the nearest heading gives the year of a sentence that names none."""
    section = sentence.passage.section
    return bool(section) and str(year) in section[-1] and not _YEAR.search(sentence.text)


def _everybody(material: Material) -> Sequence[str]:
    """All municipalities, those with evidence first: with many of them not all fit."""
    documents = material.index.documents
    found = dict.fromkeys(
        documents[h.passage.document_id].document.municipality for h in material.hits
    )
    names = dict.fromkeys([*found, *(d.document.municipality for d in documents.values())])
    return [name for name in names if name][:MOST_SIDES]


def _of_municipality(material: Material, name: str) -> Material:
    documents = frozenset(
        key for key, d in material.index.documents.items() if d.document.municipality == name
    )
    scope = replace(material.question.scope, municipalities=(name,), documents=())
    return material.search(replace(material.question, scope=scope), documents)


def _programmes(material: Material) -> Sides:
    programmes = material.question.scope.programmes

    def named(text: str) -> frozenset[str]:
        return frozenset(name.upper() for name in named_programmes(text, programmes))

    # "MAG" beside "MAG 2.0" is the earlier one of the same place, not the agenda of another.
    together = frozenset(
        name for name in material.searched if len(named(material.index.documents[name].text)) > 1
    )
    parts = {part for name in programmes for part in name.split()}
    # "De eerste MAG" is a programme as well; which one it is in a row is no subject.
    subject = tuple(
        w for w in material.question.words if w.word not in parts and w.word not in _ORDINALS
    )
    each = [
        Side(name.upper(), _of_programme(material, name, subject, together)) for name in programmes
    ]
    return Sides(tuple(each), named, subject, successive=True)


def _of_programme(
    material: Material, programme: str, subject: tuple[QueryWord, ...], documents: frozenset[str]
) -> Material:
    scope = replace(material.question.scope, programmes=(programme,))
    narrowed = replace(material.question, scope=scope, words=subject or material.question.words)
    found = material.search(narrowed, documents)
    others = [name for name in material.question.scope.programmes if name != programme]
    own = [s for s in found.sentences if _speaks_of(s, programme, others)]
    return replace(found, sentences=own or found.sentences)


def _speaks_of(sentence: Sentence, programme: str, others: Sequence[str]) -> bool:
    """Whether a sentence, or else its nearest heading, names this programme and no other."""
    for text in (sentence.text, *reversed(sentence.passage.section)):
        named = named_programmes(text, (programme, *others))
        if named:
            return named == {programme}
    return False


def _things(material: Material) -> Sides:
    things = _things_named(material.question)
    if len(things) < 2:
        return Sides()
    terms = {thing: _content(thing) for thing in things}

    def named(text: str) -> frozenset[str]:
        said = set(words(text))
        return frozenset(thing for thing, own in terms.items() if own and own <= said)

    subject = tuple(
        word
        for word in material.question.words
        if not any(set(words(word.asked)) & own for own in terms.values())
    )
    together = frozenset(
        name
        for name in material.searched
        if all(thing.lower() in material.index.documents[name].text.lower() for thing in things)
    )
    each = [Side(thing, _of_thing(material, thing, things, together)) for thing in things]
    return Sides(tuple(each), named, subject)


def _things_named(question: Question) -> list[str]:
    """What is set against each other in so many words: "tussen Zorg in Natura en een pgb"."""
    match = _AGAINST.search(question.understood)
    if not match:
        return []
    if match["one"] or match["first"]:
        parts = [match["one"] or match["first"], match["other"] or match["second"]]
    else:
        named = _JOINT.split(match["sides"] or match["named"])
        parts = [part.strip() for part in named if part.strip()]
    if len(parts) < 2:
        return []
    parts[-1] = _TAIL.sub("", parts[-1])
    parts = _with_noun(parts)
    bare = [re.sub(r"^(?:de|het|een|die van de|die van|rollen)\s+", "", part) for part in parts]
    return bare if all(len(part.split()) <= 6 for part in bare) else []


_ADJECTIVE = re.compile(r"[a-zà-ÿ]{3,}(?<!i)(?<!ent)(?<!ist)e-?$")


def _with_noun(parts: Sequence[str]) -> list[str]:
    """Things with the noun that only the last has: of "formele en informele zorg" both care."""
    last = parts[-1].split()
    if len(last) != 2 or not all(_ADJECTIVE.match(part) for part in (*parts[:-1], last[0])):
        return list(parts)
    return [*(f"{part.rstrip('-')} {last[1]}" for part in parts[:-1]), parts[-1]]


def _content(thing: str) -> set[str]:
    return {word for word in words(thing) if word not in STOP_WORDS}


def _of_thing(
    material: Material, thing: str, things: list[str], documents: frozenset[str]
) -> Material:
    """The question with only this thing's words and those that belong to neither.

    It is asked of the documents that name all things, if any do: elsewhere a word that they have
    in common ("team") may mean something else.
    """
    question = material.question
    others = {word for other in things if other != thing for word in other.lower().split()}
    own = set(thing.lower().split())
    kept = tuple(
        w
        for w in question.words
        if w.word != "onderscheid" and not set(w.asked.lower().split()) & (others - own)
    )
    narrowed = replace(question, understood=thing, words=kept or question.words)
    found = material.search(narrowed, documents)
    chosen = [s for s in found.sentences if _is_headed(s, thing)]
    if not chosen and all(set(w.asked.lower().split()) & own for w in kept):
        # Nothing is asked but what it is: then what tells of it and of nothing else says most.
        chosen = [s for s in found.sentences if _begins_with(s, thing)]
    return replace(found, sentences=chosen or found.sentences)


def _begins_with(sentence: Sentence, thing: str) -> bool:
    """Whether a sentence tells of a thing: "Het Sociaal Team is", "Bij een pgb", "Met X"."""
    opening = r"\W*(?:(?:bij|met|onder)\s+)?(?:(?:de|het|een)\s+)?"
    begins = re.match(opening + re.escape(thing), sentence.text, re.IGNORECASE)
    return begins is not None and len(sentence.text[begins.end() :].split()) > FEW_WORDS


def _is_headed(sentence: Sentence, thing: str) -> bool:
    """Whether a sentence stands under a heading that is this thing: "Rol: opdrachtgever"."""
    if sentence.passage.kind is PassageKind.HEADING or not sentence.passage.section:
        return False
    heading = set(words(sentence.passage.section[-1]))
    own = _content(thing)
    return bool(own) and own <= heading and len(heading - own) <= 1
