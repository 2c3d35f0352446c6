"""A list: every statement about the topic, grouped by municipality and programme, none cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answers.explanations import answer_explanation
from assistant.answers.groups import Item, list_lines
from assistant.answers.headed import answer_headed_list
from assistant.answers.material import Material, by_document, source_name
from assistant.citations import Draft, Line, Quote
from assistant.evidence import Sentence
from assistant.kinds import wanted_statements
from assistant.question import Question
from assistant.register import verdicts_of
from assistant.retrieval import named_programmes
from assistant.scope import find_programmes
from assistant.support import LOOKED_AT
from assistant.topic import Topic
from ingest.documents import (
    IndexedDocument,
    Passage,
    PassageKind,
    Statement,
    StatementKind,
)
from ingest.topics import Topics
from ingest.wording import load_wording

# A statement is about the topic when its own words carry this share of it, or when the names it
# stands under (row, lead-in, heading) do.
OWN_FIT = 0.5
NAMED_FIT = 0.75
FURTHER = 6
_CHANGED = re.compile(
    r"\b(?:verander\w*|verschil\w*|anders|verbeter\w*|verslechter\w*|wijzig\w*)\b", re.IGNORECASE
)
_CHAPTER = re.compile(r"\b(?:hoofdstuk|paragraaf) (\d+(?:\.\d+)*)\b", re.IGNORECASE)


def answer_list(material: Material) -> Draft:
    """All statements of the wanted kinds about the topic; else the list that fits best."""
    material = of_named_programme(material)
    items = collect(material)
    if not items:
        # No row has the verdict that is asked for; a list of others would seem to have it.
        if material.question.asks_verdict:
            return Draft()
        headed = answer_headed_list(material)
        return headed if headed.lines else _best_list(material)
    return Draft(tuple(list_lines(material, items) + _further(material, items)))


def of_named_programme(material: Material) -> Material:
    """The evidence for a programme that the question names without a version: "de MAG"."""
    question = material.question
    if question.scope.programmes:
        return material
    named = tuple(
        name.lower()
        for name in material.register.programmes
        if re.search(rf"\b{re.escape(name)}(?!\s?(?:\d\.\d|\dD))(?!\w)", question.understood)
    )
    if not named:
        return material
    narrowed = replace(question, scope=replace(question.scope, programmes=named))
    return material.search(narrowed, material.within)


def collect(material: Material) -> list[Item]:
    """Every statement in scope that is of a wanted kind and about the topic, in reading order."""
    topic, question = material.topic, material.question
    wanted = [
        Item(statement, passage)
        for name in material.searched
        for statement, passage in announced(material.index.documents[name])
        if _is_wanted(statement, passage, question)
        and _is_of_programme(statement, passage, material)
        and _is_in_chapter(passage, question)
    ]
    found = [item for item in wanted if about(item.statement, item.passage, topic, material)]
    if not found and topic.alternatives:
        # Who says more than the subject ("het rijtje dat eronder hangt") is still asking for it.
        said = [
            material.terms(f"{item.statement.text}\n{_called(item.passage)}") for item in wanted
        ]
        known = topic.known(said)
        if known.alternatives:
            found = [i for i in wanted if about(i.statement, i.passage, known, material)]
    if topic.alternatives and (found or not _CHAPTER.search(question.understood)):
        return found
    # Who names a chapter has said where to look: its title says what it is about.
    return _called_so(wanted, material)


def _is_in_chapter(passage: Passage, question: Question) -> bool:
    """Whether a passage stands in the chapter that the question names, if it names one."""
    chapter = _CHAPTER.search(question.understood)
    if not chapter:
        return True
    number = re.compile(rf"\W*(?:hoofdstuk\s+)?{re.escape(chapter[1])}(?![\d.]*\d)", re.IGNORECASE)
    return any(number.match(heading) for heading in passage.section)


def _is_wanted(statement: Statement, passage: Passage, question: Question) -> bool:
    """Whether a statement is of a kind that is asked for, or has the verdict that is asked for."""
    if question.asks_verdict:
        given = verdicts_of(statement, passage)
        years = {str(year) for year in question.scope.years}
        if len(years) > 1 and _CHANGED.search(question.understood):
            return len({word for year, word in given.items() if year in years}) > 1
        said = {word for year, word in given.items() if not years or year in years}
        known = load_wording().verdict.findall(question.understood.lower())
        return bool(said.intersection(known) if known else said)
    return not question.wanted or statement.kind in question.wanted


def _called_so(items: list[Item], material: Material) -> list[Item]:
    """Of each document, only the items whose list is called as the question calls it, if any.

    Who asks for "kaders" wants the lists that are named so before all that means about the same.
    """
    nouns = [material.terms(noun) for noun in material.question.wanted_words]
    chosen: list[Item] = []
    for document_id in dict.fromkeys(item.passage.document_id for item in items):
        own = [item for item in items if item.passage.document_id == document_id]
        exact = [
            item
            for item in own
            if any(noun & material.terms(_names(item.passage)) for noun in nouns)
        ]
        chosen += exact or own
    return chosen


def _names(passage: Passage) -> str:
    return "\n".join((passage.column, passage.lead_in, *passage.section[-2:]))


def about(statement: Statement, passage: Passage, topic: Topic, material: Material) -> bool:
    """Whether a statement is about the topic, by its own words or the names it stands under."""
    if not topic.alternatives:
        return True
    if topic.fit(material.terms(statement.text)) >= OWN_FIT:
        return True
    if _has_topics(statement, topic, material.register.topics):
        return True
    return topic.fit(material.terms(_called(passage))) >= NAMED_FIT


def _called(passage: Passage) -> str:
    """The names that say what a statement is about.

    A row of a table is about what the row is called, not about all that its chapter holds; the
    name of a programme ("Samen wonen, werken en leven") is no subject either.
    """
    headings = [] if passage.row else passage.section[-2:]
    own = [heading for heading in headings if not find_programmes(heading)]
    return "\n".join((passage.row, passage.lead_in, *own))


def _has_topics(statement: Statement, topic: Topic, topics: Topics) -> bool:
    """Whether a statement has a topic of each word that the question asks about.

    "Versterken van respijtzorg" is about mantelzorg, though it does not say the word.
    """
    for group in topic.alternatives:
        asked = [set(topics.named(word.asked)) for word in group]
        if asked and all(one & set(statement.topics) for one in asked):
            return True
    return False


def announced(indexed: IndexedDocument) -> Iterable[tuple[Statement, Passage]]:
    """Each statement of a document that is announced as one, with its passage.

    A heading announces too: "Ontwikkelopdracht" above sentences that each give an order; of a
    chapter "Conclusies" the sections do not say so again.
    """
    for statement, passage in indexed.placed():
        if is_announced(statement, passage):
            yield statement, passage


def is_announced(statement: Statement, passage: Passage) -> bool:
    """Whether a list or heading says what a statement is."""
    named = _kinds_named(passage.section[-1:])
    named |= _kinds_named(passage.section[-2:-1]) & {StatementKind.FINDING}
    return not statement.implied or statement.kind in named


def _kinds_named(headings: Sequence[str]) -> frozenset[StatementKind]:
    """The kinds that headings are called by: "Sturing: conclusies", not "Welke kaders gelden?"."""
    called = (re.search(r"[\w-]+(?=\W*$)", heading) for heading in headings)
    headings = [last[0] for last in called if last]
    return frozenset().union(*(wanted_statements(heading.lower())[0] for heading in headings))


def _is_of_programme(statement: Statement, passage: Passage, material: Material) -> bool:
    """Whether a statement belongs to a programme that is asked for; a verdict, by its goal."""
    programmes = material.question.scope.programmes
    if not material.question.asks_verdict:
        return _in_programme(statement, passage, programmes)
    register = material.register
    goals = [register.by_id[to.target] for to in register.links.get(statement.id, ())]
    return not goals or any(_in_programme(g.statement, g.passage, programmes) for g in goals)


def _in_programme(statement: Statement, passage: Passage, programmes: Sequence[str]) -> bool:
    if not programmes:
        return True
    return bool(named_programmes(statement.programme or passage.context, programmes))


def _further(material: Material, items: Sequence[Item]) -> list[Line]:
    """Sentences about the topic that are no listed statement.

    They explain a listed kind of statement, use the word that the question asks for, or come
    from a document that the list does not name yet.
    """
    if not material.topic.alternatives or material.question.asks_verdict:
        return []
    listed = {item.passage.document_id for item in items}
    passages = {item.passage.id for item in _wanted_items(material)}
    taken = {(item.passage.document_id, item.statement.start) for item in items}
    nouns = material.terms(" ".join(material.question.wanted_words))
    chosen: list[Sentence] = []
    for sentence in material.sentences[:60]:
        document = sentence.passage.document_id
        if any(d == document and sentence.start <= at < sentence.end for d, at in taken):
            continue
        terms = material.terms(sentence.text)
        told = sentence.passage.id in passages or bool(nouns & terms) or document not in listed
        if told and material.topic.fit(terms) >= NAMED_FIT and len(chosen) < FURTHER:
            chosen.append(sentence)
            listed.add(document)
    lines = by_document(material, [sentence.quote() for sentence in chosen])
    return [Line(material.phrases.say("verder")), *lines] if lines else []


def _wanted_items(material: Material) -> Iterable[Item]:
    """Every statement of a wanted kind in scope, whatever it is about."""
    for name in material.searched:
        for statement, passage in material.index.documents[name].placed():
            if statement.kind in material.question.wanted:
                yield Item(statement, passage)


def _best_list(material: Material) -> Draft:
    """The list whose heading or lead-in fits the question best; without one, an explanation."""
    for hit in material.hits[:8]:
        passage = hit.passage
        if passage.kind not in {PassageKind.LIST, PassageKind.TABLE_ROW}:
            continue
        if material.topic.fit(material.terms(f"{passage.context}\n{passage.text}")) >= NAMED_FIT:
            document = material.index.documents[passage.document_id].document
            lines = [Line(material.phrases.say("kant", naam=source_name(document)))]
            lines += [Line("-", (Quote(passage, *span),)) for span in passage.sentences]
            return Draft(tuple(lines))
    if any(
        material.topic.fit(material.terms(f"{s.text}\n{s.passage.context}")) >= OWN_FIT
        for s in material.sentences[:LOOKED_AT]
    ):
        return answer_explanation(material)
    return Draft()
