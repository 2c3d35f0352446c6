"""A list that stands under its own name: "Wat zijn de spelregels voor subsidie?".

Not every list is one of goals or advice. Where a heading, or the sentence that announces a list,
says what the question asks for, its items are the answer, all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.material import Material, source_name, whole_list
from assistant.citations import Draft, Line, Quote, plain
from assistant.kinds import wanted_statements
from ingest.documents import Passage, PassageKind
from ingest.dutch.analysis import QueryWord
from ingest.lists import marker_of

# Who asks so wants several things.
_SEVERAL = re.compile(
    r"^(?:en )?(?:(?:aan|bij|in|met|onder|op|uit|van|voor) )?"
    r"(?:wat (?:zijn|waren)|welke?|noem|geef|som)\b",
    re.IGNORECASE,
)
# Share of the question that a name must say, and how near to the best one others must come.
NAMED = 0.7
NEARLY_AS_GOOD = 0.95
LEAST_ITEMS = 2
MOST_LISTS = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its name; a long one takes several passages.

    Attributes:
        passages: In reading order.
        fit: Share of the question that its name says.
    """

    passages: tuple[Passage, ...]
    fit: float

    @property
    def items(self) -> list[Quote]:
        """Its items, each a quote; beside items with a mark, a sentence without one is none."""
        spans = [(passage, span) for passage in self.passages for span in passage.sentences]
        marked = [(passage, span) for passage, span in spans if marker_of(passage.cut(*span))]
        return [Quote(passage, *span) for passage, span in marked or spans]


def answer_headed_list(material: Material) -> Draft:
    """The lists whose names say what is asked; empty for other questions, or without such lists."""
    if not _SEVERAL.match(material.question.understood):
        return Draft()
    found = _named_lists(material)
    if not found:
        return Draft()
    best = max(listed.fit for listed in found)
    lines: list[Line] = []
    document_id = ""
    for listed in [one for one in found if one.fit >= NEARLY_AS_GOOD * best][:MOST_LISTS]:
        first = listed.passages[0]
        if first.document_id != document_id:
            document_id = first.document_id
            document = material.index.documents[document_id].document
            lines.append(Line(material.phrases.say("kant", naam=source_name(document))))
        lines.append(Line(f"{plain(_name(first))}:"))
        lines += [Line("-", (quote,)) for quote in listed.items]
    return Draft(tuple(lines))


def _named_lists(material: Material) -> list[Listed]:
    """The lists among the evidence whose names say enough, best first."""
    words = _asked_for(material)
    found: dict[tuple[object, ...], Listed] = {}
    for hit in material.hits:
        passage = hit.passage
        key = (passage.document_id, passage.section, passage.lead_in)
        if passage.kind is not PassageKind.LIST or key in found or _is_other(passage, material):
            continue
        fit = max(material.scorer.said(words, name) for name in _names(passage))
        listed = Listed(whole_list(passage, material), fit)
        if fit >= NAMED and len(listed.items) >= LEAST_ITEMS:
            found[key] = listed
    return sorted(found.values(), key=lambda listed: -listed.fit)


def _is_other(passage: Passage, material: Material) -> bool:
    """Whether a list is named as another kind than is asked for: "kaders" for an "opdracht"."""
    wanted = material.question.wanted
    named = wanted_statements(_name(passage).lower())[0]
    return bool(wanted and named) and named.isdisjoint(wanted)


def _asked_for(material: Material) -> Sequence[QueryWord]:
    """The question's words, with the nouns that ask for a list."""
    question = material.question
    nouns = [word for word in question.names if word.asked.lower() in question.wanted_words]
    return [*question.words, *nouns]


def _names(passage: Passage) -> list[str]:
    """What may name a list: what announces it, its heading, and that with the one above it."""
    lead_in, section = passage.lead_in, passage.section
    return [name for name in (lead_in, *section[-1:], "\n".join(section[-2:])) if name] or [""]


def _name(passage: Passage) -> str:
    """The name as the answer gives it."""
    named = passage.lead_in or (passage.section[-1] if passage.section else "")
    return named.rstrip(" :")
