"""A comparison: the same question to each side, one beside the other.

Sides are, in this order: programmes or other things named against each other ("tussen MAG en
MAG 3D"), municipalities named, or all municipalities. A question about a change has one side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.explanations import answer_explanation, explaining_windows
from assistant.answers.material import Material, by_document
from assistant.citations import Draft, Line, Quote, plain
from assistant.evidence import Sentence
from assistant.question import Question
from assistant.retrieval import named_programmes
from assistant.support import LOOKED_AT, NEAR_SUPPORT

MOST_SIDES = 8
MOST_WINDOWS = 3
MOST_SENTENCES = 4
NEARLY_AS_GOOD = 0.8
LONGEST_SIDE = 700

_AGAINST = re.compile(
    r"\b(?:tussen|verschill?en(?: de \w+)?|vergelijk(?:ing)?(?: van| tussen)?)\s+(?P<sides>[^?]+)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*,\s*|\s+(?:en|of|versus|vergeleken met|ten opzichte van)\s+", re.IGNORECASE
)
_TAIL = re.compile(r"\s+(?:in|van de gemeente|volgens|bij|als het gaat)\b.*$", re.IGNORECASE)
_EVERYBODY = re.compile(r"\b(?:alle|de|beide|twee|drie|vier|vijf|verschillende) gemeenten\b", re.I)


def answer_comparison(material: Material) -> Draft:
    """A heading for each side with its best sentences; a side without evidence is named."""
    sides = _sides(material)
    if len(sides) < 2:
        return answer_explanation(material)
    lines: list[Line] = []
    for name, own in sides:
        lines.append(Line(material.phrases.say("kant", naam=plain(name))))
        quotes = _best(own)
        lines += by_document(own, quotes)
        if not quotes:
            lines.append(Line(material.phrases.say("kant_zonder", naam=plain(name))))
    return Draft(tuple(lines))


def _sides(material: Material) -> list[tuple[str, Material]]:
    question = material.question
    if len(question.scope.programmes) > 1:
        return [(p.upper(), _for_programme(material, p)) for p in question.scope.programmes]
    names = question.scope.municipalities
    if len(names) > 1:
        return [(name, _for_municipality(material, name)) for name in names]
    things = _things(question)
    if len(things) > 1:
        return [(thing, _for_thing(material, thing, things)) for thing in things]
    if names or not _EVERYBODY.search(question.understood):
        return []
    # Those with evidence first, by how well it was found: with many municipalities not all fit.
    documents = material.index.documents
    found = dict.fromkeys(
        documents[h.passage.document_id].document.municipality for h in material.hits
    )
    everybody = dict.fromkeys([*found, *(d.document.municipality for d in documents.values())])
    sides = [name for name in everybody if name][:MOST_SIDES]
    return [(name, _for_municipality(material, name)) for name in sides]


def _things(question: Question) -> list[str]:
    """What is set against each other in so many words: "tussen Zorg in Natura en een pgb"."""
    match = _AGAINST.search(question.understood)
    if not match:
        return []
    parts = [part.strip() for part in _JOINT.split(match["sides"]) if part.strip()]
    if len(parts) < 2:
        return []
    parts[-1] = _TAIL.sub("", parts[-1])
    bare = [re.sub(r"^(?:de|het|een|die van de|die van|rollen)\s+", "", part) for part in parts]
    return bare if all(len(part.split()) <= 6 for part in bare) else []


def _for_thing(material: Material, thing: str, things: list[str]) -> Material:
    """The question with only this thing's words and those that belong to neither."""
    question = material.question
    others = {word for other in things if other != thing for word in other.lower().split()}
    own = set(thing.lower().split())
    words = tuple(w for w in question.words if not set(w.asked.lower().split()) & (others - own))
    narrowed = replace(question, understood=thing, words=words or question.words)
    return material.search(narrowed, frozenset())


def _for_programme(material: Material, programme: str) -> Material:
    scope = replace(material.question.scope, programmes=(programme,))
    parts = {part for name in material.question.scope.programmes for part in name.split()}
    words = tuple(w for w in material.question.words if w.word not in parts)
    narrowed = replace(material.question, scope=scope, words=words or material.question.words)
    found = material.search(narrowed, frozenset())
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


def _for_municipality(material: Material, name: str) -> Material:
    documents = frozenset(
        key for key, d in material.index.documents.items() if d.document.municipality == name
    )
    scope = replace(material.question.scope, municipalities=(name,), documents=())
    return material.search(replace(material.question, scope=scope), documents)


def _best(material: Material) -> list[Quote]:
    """The best windows of one side, within what a reader would bear."""
    if not any(s.support >= NEAR_SUPPORT for s in material.sentences[:LOOKED_AT]):
        return []
    if len(material.question.scope.programmes) == 1:
        best = material.sentences[0].score
        near = [s for s in material.sentences[:6] if s.score >= NEARLY_AS_GOOD * best]
        return [sentence.quote() for sentence in near[:MOST_SENTENCES]]
    windows = explaining_windows(material)
    quotes: list[Quote] = []
    length = 0
    for window in windows[:MOST_WINDOWS]:
        if window.score < NEARLY_AS_GOOD * windows[0].score:
            break
        if length and length + window.length > LONGEST_SIDE:
            continue
        quotes += [Quote(window.passage, *span) for span in window.spans]
        length += window.length
    return quotes
