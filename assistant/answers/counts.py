"""A count: "hoeveel doelen heeft de MAG 2.0?" is counted in the register, and all are listed.

Where the text itself claims another number, that is said, with its proof: a reader who knows the
claim would else take the count for a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.groups import Item, group_lines, room_of
from assistant.answers.lists import collect, of_named_programme
from assistant.answers.material import Material, by_document, source_name
from assistant.citations import Draft, Line, plain
from assistant.evidence import Sentence
from assistant.kinds import LIST_NOUNS
from assistant.retrieval import named_programmes
from assistant.scope import find_programmes
from assistant.support import LOOKED_AT, carries
from assistant.wording import count
from ingest.documents import StatementKind
from ingest.links import is_passed_on

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
# Of these a text may tell each in a sentence of its own; goals and principles it lists.
_TOLD = frozenset({StatementKind.RECOMMENDATION, StatementKind.PROMISE})
_ASKED = re.compile(r"^(?:en )?hoeveel (?:\w+e )?(?P<noun>[\w'’-]+)", re.IGNORECASE)
# What became of statements, or who gave them, is told in the text and not counted here.
_FATE = re.compile(
    r"\b(?:neem(?:t)?|nemen|nam(?:en)?|overgenomen|overneemt|overnemen|afgewezen|behaald|gehaald|"
    r"haalt|gerealiseerd|uitgevoerd|bereikt|opgevolgd|nagekomen|gaf|gaven|kregen|krijgt)\b",
    re.IGNORECASE,
)
# Words that point at a document by its kind.
_DOCUMENT_NOUN = re.compile(
    r"(?:\w*agenda|\w*nota|notitie|\w*brief|evaluatie|\w*rapport|visie|\w*plan|reactie|document|stuk|"
    r"\w*begroting|jaarverslag|jaarrekening|verordening|\w*programma|protocol|\w*overeenkomst)"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
        "zestien zeventien achttien negentien twintig".split(),
        start=2,
    )
} | {"één": 1, "dertig": 30, "veertig": 40, "vijftig": 50}
_NUMBERS |= {
    "tweetal": 2, "drietal": 3, "viertal": 4, "vijftal": 5, "zestal": 6, "zevental": 7,
    "achttal": 8, "negental": 9, "tiental": 10, "twaalftal": 12,
}  # fmt: skip
# Before a number, these make it no count of all: "hoofdstuk 5", "drie van de", "ruim dertig".
_NO_TOTAL = re.compile(
    r"(?:hoofdstuk|paragraaf|punt|bijlage|artikel|thema|nummer|van de|van die|van deze|ruim|circa|"
    r"ongeveer|bijna|minstens|maximaal|eerste|andere)\s*$|[§\d.,–-]$",
    re.IGNORECASE,
)
# A claim without a programme must say that it is the document's own.
_OF_ITSELF = re.compile(
    r"\b(?:deze|dit|onze|de) (?:\w+ ){0,3}(?:agenda|nota|notitie|brief|evaluatie|rapport|visie|"
    r"reactie|gemeente|college|rekenkamer\w*)\b",
    re.IGNORECASE,
)
_ONE = {
    "doelen": "doel", "subdoelen": "subdoel", "kaders": "kader", "beleidskaders": "beleidskader",
    "opgaven": "opgave", "adviezen": "advies", "voorwaarden": "voorwaarde",
    "randvoorwaarden": "randvoorwaarde", "ambities": "ambitie", "kpi's": "kpi", "kpi’s": "kpi",
    "principes": "principe", "kernwaarden": "kernwaarde", "beloftes": "belofte",
    "afspraken": "afspraak", "resultaten": "resultaat", "prioriteiten": "prioriteit",
    "spelregels": "spelregel",
}  # fmt: skip
# With more than this, and a number of the text's own to quote, they are counted and not listed.
MOST_LISTED = 40


def answer_count(material: Material) -> Draft:
    """How many statements there are, by document and programme, and which; empty for no count."""
    asked = material.question.understood
    noun, kinds = _counted(asked)
    if not kinds or _FATE.search(asked):
        return Draft()
    material = _in_the_document(of_named_programme(material))
    question = replace(material.question, wanted=kinds)
    asked_for_passed_on = bool(re.search(r"\bopdracht\w*\b", asked, re.IGNORECASE))
    items = [
        item
        for item in collect(replace(material, question=question))
        if asked_for_passed_on or not is_passed_on(item.statement.programme)
    ]
    if not items:
        return Draft()
    lines: list[Line] = []
    for name in dict.fromkeys((i.passage.document_id, i.statement.programme) for i in items):
        group = [i for i in items if (i.passage.document_id, i.statement.programme) == name]
        alone = all(i.passage.document_id != name[0] or i in group for i in items)
        claim = None
        if not material.topic.alternatives and (alone or name[1]):
            claim = _claim(material, *name, kinds)
        told_too = _told_too(*name, kinds, material)
        told = bool(kinds & _TOLD)
        if told and ((claim and told_too) or told_too > len(group)):
            return Draft()  # what the text says of itself is a better count than ours
        lines += _group_lines(material, group, noun, claim, told_too=bool(told_too))
    return Draft(tuple(lines))


def _told_too(
    document_id: str, programme: str, kinds: frozenset[StatementKind], material: Material
) -> int:
    """How many of these a document's running text holds besides those that it announces.

    Of a programme only its own: what an evaluation tells of others is none of them.
    """
    return sum(
        entry.statement.implied
        and entry.statement.kind in kinds
        and entry.statement.document_id == document_id
        and entry.statement.programme == programme
        for entry in material.register.entries
    )


def _in_the_document(material: Material) -> Material:
    """The evidence within the documents that the question points at by their kind, if it does."""
    words = [word for group in material.topic.alternatives for word in group]
    nouns = [word for word in words if _DOCUMENT_NOUN.fullmatch(word.word)]
    if not nouns:
        return material
    documents = material.index.documents
    within = frozenset(
        name
        for name in material.searched
        for about in (documents[name].document,)
        # The name of its file may tell the kind too, where its title does not.
        if any(noun.word in f"{about.kind} {about.title} {name}".lower() for noun in nouns)
    )
    left = tuple(word for word in material.question.words if word not in nouns)
    return material.search(replace(material.question, words=left), within) if within else material


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
    material: Material,
    items: Sequence[Item],
    noun: str,
    claim: tuple[Sentence, int] | None,
    *,
    told_too: bool,
) -> list[Line]:
    document_id, programme = items[0].passage.document_id, items[0].statement.programme
    document = material.index.documents[document_id].document
    number = count(len(items), _one(noun), noun)
    where = f"{plain(programme)}, {source_name(document)}" if programme else source_name(document)
    phrase = "telling_aangekondigd" if told_too else "telling"
    lines = [Line(material.phrases.say(phrase, aantal=number, naam=where))]
    if claim and claim[1] != len(items):
        lines.append(Line(material.phrases.say("telling_anders")))
        lines += by_document(material, [claim[0].quote()])
    if claim and len(items) > MOST_LISTED:
        return lines
    # Without a claim to quote, the count has no other proof than the items themselves.
    room = room_of(items)
    lines += group_lines(material, items, room)
    if room is not None:
        lines.append(Line(material.phrases.say("ingekort")))
    return lines


def _claim(
    material: Material, document_id: str, programme: str, kinds: frozenset[StatementKind]
) -> tuple[Sentence, int] | None:
    """The best sentence that says how many a programme of a document has, and that number."""
    nouns = [pattern for pattern, meant in LIST_NOUNS.items() if meant & kinds]
    if not nouns:
        return None
    claims = re.compile(
        rf"\b(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:\w+\s+){{0,2}}(?:{'|'.join(nouns)})\b",
        re.IGNORECASE,
    )
    for sentence in material.sentences[:LOOKED_AT]:
        text = sentence.text
        claim = claims.search(text)
        if not claim or sentence.passage.document_id != document_id:
            continue
        if _NO_TOTAL.search(text[: claim.start()]) or not _is_of(text, programme):
            continue
        if carries(sentence, material):
            number = claim["number"].lower()
            return sentence, int(number) if number.isdigit() else _NUMBERS[number]
    return None


def _is_of(claim: str, programme: str) -> bool:
    """Whether a claim itself says what it counts: the programme, or the document that it is in."""
    if programme:
        return bool(named_programmes(claim, (programme.lower(),)))
    return bool(_OF_ITSELF.search(claim)) and not find_programmes(claim)


def _one(noun: str) -> str:
    """The singular, for a count of one."""
    return _ONE.get(noun, re.sub(r"(?<=\w{4})en$", "", noun))
