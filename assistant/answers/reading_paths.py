"""A reading path for newcomers: where to begin, who is who, and what was decided when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from assistant.answers.groups import Item
from assistant.answers.lists import about, announced
from assistant.answers.material import Material, source_name
from assistant.answers.names import actors, explained
from assistant.answers.overviews import purposes
from assistant.citations import Draft, Line, plain
from assistant.evidence import LEANING, Sentence
from assistant.wording import kinds_in_words
from ingest.documents import IndexedDocument, Passage, PassageKind, StatementKind
from ingest.grouping import grouped
from ingest.links import is_passed_on
from ingest.norms import Voice, voice_of
from ingest.wording import load_wording

_ASKED = re.compile(
    r"\bwaar (?:begin|start)\b|\bwaar (?:moet|kan|zal) ik (?:\w+ ){0,3}(?:beginnen|starten)\b|"
    r"\bwat (?:moet|kan|zal|lees) ik (?:\w+ )*?(?:eerst|als eerste|lezen)\b|"
    r"\bik ben (?:hier |net )?(?:nieuw|begonnen)\b|\binwerken\b|\bingewerkt\b|\binlezen\b|"
    r"\blees(?:route|lijst|pad|wijzer)\b|\bwegwijs\b|\bwie is wie\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\bwie is wie\b", re.IGNORECASE)
# Who begins so goes on with something else.
_GOES_ON = re.compile(r"^\W*(?:bij ?voorbeeld|hoewel|zonder|zoals)\b", re.IGNORECASE)
# Words that ask for the path and are no subject.
_FRAME = re.compile(
    r"begin\w*|start\w*|lezen|lees\w*|nieuwe?|net|inwerk\w*|ingewerkt|inlezen|wegwijs|eerste?|"
    r"weten|onderwerp|thema|raadslid|ambtenaar|collega|medewerker|beleidsmedewerker|gemeente|"
    r"document\w*|stuk\w*|wie|willen|wil|graag|maak|maken|goed|beste?"
)
MOST_PLACES = 4
MOST_ACTORS = 6
MOST_SHORT_FORMS = 4
MOST_DECIDED = 3
# What a place to begin must be worth, and what passage, heading, prose and standing first add.
TOLD = 0.5
STAYS = 0.3
HEADED = 0.6
PROSE = 0.2
OPENS = 0.1
# Characters of a sentence that tells something by itself.
SHORTEST = 60
LONGEST = 400
LEAST_WORDS = 3
_DECIDED = frozenset(
    {
        StatementKind.GOAL,
        StatementKind.PRINCIPLE,
        StatementKind.RECOMMENDATION,
        StatementKind.PROMISE,
        StatementKind.ASSIGNMENT,
    }
)


def answer_reading_path(material: Material) -> Draft:
    """Where to begin on a topic, or with the documents as a whole; empty for other questions."""
    if not _ASKED.search(material.question.understood):
        return Draft()
    words = tuple(w for w in material.question.words if not _FRAME.fullmatch(w.word))
    material = material.search(
        replace(material.question, words=words, understood=_subject(material, words)),
        material.within,
    )
    say = material.phrases.say
    parts = [_under(say("pad_begin"), _places(material)), _under(say("pad_wie"), _who(material))]
    if not parts[0]:
        return Draft()
    if _WHO.search(material.question.asked):
        parts.reverse()
    parts.append(_under(say("pad_besloten"), _decided(material)))
    return Draft(tuple(line for part in parts for line in part))


def _subject(material: Material, words: Sequence[object]) -> str:
    """The question as it is searched with: its subject alone, so that no "begin" is looked for."""
    asked = " ".join(getattr(word, "asked", "") for word in words)
    return asked or material.question.understood


def _under(name: str, lines: Sequence[Line]) -> list[Line]:
    return [Line(name), *lines] if lines else []


def _places(material: Material) -> list[Line]:
    """The best place to begin in each document, the most fitting document first."""
    if not material.topic.alternatives:
        return _documents(material)
    best: dict[str, tuple[float, Sentence]] = {}
    for sentence in material.sentences:
        worth = _worth(sentence, material)
        if worth >= TOLD and worth > best.get(sentence.passage.document_id, (0.0,))[0]:
            best[sentence.passage.document_id] = (worth, sentence)
    ranked = sorted(best.values(), key=lambda pair: -pair[0])[:MOST_PLACES]
    return [_place(sentence, material) for _, sentence in ranked]


def _worth(sentence: Sentence, material: Material) -> float:
    """How good a sentence is to begin with.

    It tells of the topic in a whole sentence of prose that can be read alone, in a passage that
    stays with the topic, and best under its name; 0 when it cannot be read alone.
    """
    passage, text = sentence.passage, sentence.text
    whole = SHORTEST <= len(text) <= LONGEST and not text.endswith("?")
    if not whole or LEANING.match(text) or _GOES_ON.match(text):
        return 0.0
    fits = [
        material.topic.fit(material.terms(said))
        for said in (text, passage.text, *passage.section[-2:])
    ]
    prose = passage.kind is PassageKind.PARAGRAPH
    first = (sentence.start, sentence.end) == passage.sentences[0]
    own = fits[0] + STAYS * fits[1] + HEADED * max(fits[2:], default=0.0)
    return own + PROSE * prose + OPENS * first if own else 0.0


def _place(sentence: Sentence, material: Material) -> Line:
    passage = sentence.passage
    document = material.index.documents[passage.document_id].document
    section = plain(passage.section[-1]) if passage.section else ""
    name = f"{source_name(document)}, {section}" if section else source_name(document)
    return Line(f"- {material.phrases.say('bron', naam=name)}", (sentence.quote(),))


def _documents(material: Material) -> list[Line]:
    """Each document with what it says that it is for, those that set policy now first."""
    documents = [material.index.documents[name] for name in material.searched]
    words = load_wording()
    documents.sort(key=lambda indexed: indexed.document.date, reverse=True)
    documents.sort(key=lambda indexed: voice_of(indexed.document, words) is not Voice.SETS)
    lines = []
    for indexed in documents[:MOST_PLACES]:
        name = material.phrases.say("bron", naam=source_name(indexed.document))
        lines += [Line(f"- {name}", (quote,)) for quote in purposes(indexed)[:1]]
    return lines


# Who is who


def _who(material: Material) -> list[Line]:
    """Actors and short forms in what is told of the topic, each with its explanation."""
    by_document = [
        _actors(indexed, _told(indexed, material))
        for indexed in (material.index.documents[name] for name in material.searched)
    ]
    # Each document in turn, so that one with many does not crowd out the rest.
    in_turn = (line for lines in zip_longest(*by_document) for line in lines if line)
    lines = list(islice(in_turn, MOST_ACTORS))
    short_forms: dict[str, Line] = {}
    for name in material.searched:
        indexed = material.index.documents[name]
        text = "\n".join(passage.text for passage in _told(indexed, material))
        for short, full in indexed.abbreviations.items():
            if short in short_forms or not re.search(rf"\b{re.escape(short)}\b", text):
                continue
            quote = explained(indexed, short, full)
            if quote and quote.end - quote.start <= LONGEST:
                short_forms[short] = Line(f"- **{plain(short)}**:", (quote,))
    return [*lines, *list(short_forms.values())[:MOST_SHORT_FORMS]]


def _told(indexed: IndexedDocument, material: Material) -> list[Passage]:
    """The passages of a document that are about the topic."""
    topic = material.topic
    if not topic.alternatives:
        return list(indexed.passages)
    return [p for p in indexed.passages if topic.fit(material.terms(p.text)) >= TOLD]


def _actors(indexed: IndexedDocument, passages: Iterable[Passage]) -> list[Line]:
    """The actors that the passages tell most of, each with the sentence that tells best."""
    told = grouped(actors(indexed, passages), lambda one: one[0].casefold())
    told.sort(key=lambda group: (not any(says_what for _, says_what, _ in group), -len(group)))
    lines = []
    for group in told:
        name, _, quote = next((one for one in group if one[1]), group[0])
        if quote.end - quote.start <= LONGEST:
            lines.append(Line(f"- **{plain(name[0].upper() + name[1:])}**:", (quote,)))
    return lines


# What was decided when


def _decided(material: Material) -> list[Line]:
    """Goals, principles, advice and promises by year and programme, the oldest first."""
    items = [
        Item(statement, passage)
        for name in material.searched
        for statement, passage in announced(material.index.documents[name])
        if statement.kind in _DECIDED
        and not is_passed_on(statement.programme)
        and len(statement.text.split()) >= LEAST_WORDS
        and about(statement, passage, material.topic, material)
    ]
    groups = grouped(items, lambda item: (item.statement.document_id, item.statement.programme))
    groups.sort(key=lambda group: group[0].statement.year or 0)
    lines: list[Line] = []
    # Of the documents as a whole, one example of each says enough.
    most = MOST_DECIDED if material.topic.alternatives else 1
    for group in groups:
        lines.append(Line(_when(group, material, most)))
        lines += [Line("-", (item.quote(),)) for item in group[:most]]
    return lines


def _when(group: Sequence[Item], material: Material, most: int) -> str:
    """Year, programme or document, and how many of what: "2012, MAG: 3 doelen"."""
    statement = group[0].statement
    document = material.index.documents[statement.document_id].document
    later = material.register.followed_by.get((statement.document_id, statement.programme))
    named = plain(statement.programme) if statement.programme else plain(document.title)
    parts = (
        str(statement.year or ""),
        named,
        document.municipality,
        material.phrases.say("opgevolgd", naam=plain(later)) if later else "",
    )
    number = kinds_in_words(item.statement.kind for item in group)
    some = material.phrases.say("pad_voorbeeld", aantal=number)
    told = some if len(group) > most else f"{number}:"
    return f"{', '.join(part for part in parts if part)}: {told}"
