"""A count: "hoeveel doelen heeft de MAG 2.0?" is counted in the register, and all are listed.

Where the text itself claims another number, that is said, with its proof: a reader who knows the
claim would else take the count for a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.lists import Item, collect, document_lines
from assistant.answers.material import Material, by_document, source_name
from assistant.citations import Draft, Line, plain
from assistant.evidence import Sentence
from assistant.question import LIST_NOUNS
from assistant.retrieval import named_programmes
from assistant.support import LOOKED_AT, carries
from assistant.wording import count
from ingest.documents import StatementKind

# Kinds of which the register is to hold every one; of activities a text tells more than it lists.
_COUNTED = frozenset(
    {
        StatementKind.GOAL,
        StatementKind.INDICATOR,
        StatementKind.PRINCIPLE,
        StatementKind.RECOMMENDATION,
        StatementKind.PROMISE,
        StatementKind.ASSIGNMENT,
    }
)
_ASKED = re.compile(r"^(?:en )?hoeveel (?:\w+e )?(?P<noun>[\w-]+)", re.IGNORECASE)
_PASSED_ON = re.compile(r"\bopdracht\w*\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
        "zestien zeventien achttien negentien twintig".split(),
        start=1,
    )
} | {"één": 1, "dertig": 30, "veertig": 40, "vijftig": 50}
# With more than this, the groups are counted and not listed.
MOST_LISTED = 40


def answer_count(material: Material) -> Draft:
    """How many statements there are, by document and programme, and which; empty for no count."""
    noun, kinds = _counted(material.question.understood)
    if not kinds:
        return Draft()
    question = replace(material.question, wanted=kinds)
    asked_for_passed_on = bool(_PASSED_ON.search(question.understood))
    items = [
        item
        for item in collect(replace(material, question=question))
        if asked_for_passed_on or not _PASSED_ON.search(item.statement.programme)
    ]
    if not items:
        return Draft()
    lines: list[Line] = []
    for name in dict.fromkeys((i.passage.document_id, i.statement.programme) for i in items):
        group = [i for i in items if (i.passage.document_id, i.statement.programme) == name]
        lines += _group_lines(material, group, noun, kinds)
    return Draft(tuple(lines))


def _counted(question: str) -> tuple[str, frozenset[StatementKind]]:
    """The noun that is counted, and the kinds that it means; empty when nothing of ours is."""
    asked = _ASKED.match(question)
    if not asked:
        return "", frozenset()
    noun = asked["noun"].lower()
    kinds = next(
        (kinds for pattern, kinds in LIST_NOUNS.items() if re.fullmatch(pattern, noun)),
        frozenset[StatementKind](),
    )
    return noun, kinds & _COUNTED


def _group_lines(
    material: Material, items: Sequence[Item], noun: str, kinds: frozenset[StatementKind]
) -> list[Line]:
    document_id, programme = items[0].passage.document_id, items[0].statement.programme
    document = material.index.documents[document_id].document
    number = count(len(items), _one(noun), noun)
    where = f"{plain(programme)}, {source_name(document)}" if programme else source_name(document)
    lines = [Line(material.phrases.say("telling", aantal=number, naam=where))]
    claim = _claim(material, document_id, programme, kinds)
    if claim and claim[1] != len(items):
        lines.append(Line(material.phrases.say("telling_anders")))
        lines += by_document(material, [claim[0].quote()])
    if len(items) <= MOST_LISTED:
        lines += document_lines(material, items)
    return lines


def _claim(
    material: Material, document_id: str, programme: str, kinds: frozenset[StatementKind]
) -> tuple[Sentence, int] | None:
    """The best sentence that says how many a programme of a document has, and that number."""
    nouns = "|".join(pattern for pattern, meant in LIST_NOUNS.items() if meant & kinds)
    claims = re.compile(
        rf"\b(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:\w+\s+){{0,2}}(?:{nouns})\b",
        re.IGNORECASE,
    )
    for sentence in material.sentences[:LOOKED_AT]:
        claim = claims.search(sentence.text)
        if not claim or sentence.passage.document_id != document_id:
            continue
        named = f"{sentence.text}\n{sentence.passage.context}"
        of_it = not programme or named_programmes(named, (programme.lower(),))
        if of_it and carries(sentence, material):
            number = claim["number"].lower()
            return sentence, int(number) if number.isdigit() else _NUMBERS[number]
    return None


def _one(noun: str) -> str:
    """The singular, for a count of one."""
    return {"doelen": "doel", "kaders": "kader"}.get(noun, re.sub(r"(?<=\w{4})en$", "", noun))
