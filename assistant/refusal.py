"""When the documents do not answer a question: decided from the evidence, and said with its kind.

A refusal says what is missing and shows what is near, never a list of unrelated sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answers.lists import collect
from assistant.answers.material import Material, source_name
from assistant.answers.recommendations import has_points
from assistant.citations import Draft, Line, plain
from assistant.evidence import Sentence
from assistant.matching import specificity
from assistant.premise import contradicted
from assistant.question import Question
from assistant.scope import Scope
from assistant.support import GENERAL, LOOKED_AT, NAMED, NEAR_SUPPORT, first_that_carries
from assistant.wording import enumeration
from ingest.documents import QuestionKind, Refusal
from ingest.dutch.words import words as normalise


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a question is not answered.

    Attributes:
        reason: The kind of refusal.
        sentence: Name of the fixed sentence that says it.
        missing: What the documents do not hold, in the question's own words; "" when all.
        near: Sentences to show beside it.
    """

    reason: Refusal = Refusal.NOT_FOUND
    sentence: str = "niet_gevonden"
    missing: str = ""
    near: tuple[Sentence, ...] = ()


# Orders to the machine. To make or write a list, an overview or a summary of the documents is a
# question, not such an order.
_ORDERS = re.compile(
    r"^\W*(?:negeer|vergeet|doe alsof|gedraag je|je bent nu|speel|ignore|pretend|forget|act as)\b"
    r"|\b(?:negeer|vergeet|ignore|forget) (?:\w+ ){0,3}(?:instructies|regels|prompt|instructions|"
    r"rules)\b|\bdoe alsof\b"
    r"|^\W*(?:schrijf|maak|vertaal|print|herhaal|stuur|mail|verwijder|wis|bereken|programmeer|zing|"
    r"vertel (?:een|me een)|write|translate|delete|send|repeat|open|download|voer)\b"
    r"(?!.*\b(?:lijst|lijstje|overzicht|samenvatting|doelen|aanbevelingen|indicatoren|paar|op)\b)"
    r"|\b(?:systeemprompt|system prompt|systeeminstructies?|je (?:instructies|regels|prompt)|"
    r"je wachtwoord|your password|jailbreak|developer mode|ontwikkelaarsmodus)\b",
    re.IGNORECASE,
)
_OPINIONS = re.compile(
    r"\b(?:volgens (?:jou|u)\b|is het (?:slim|verstandig|terecht|logisch|goed|dom|raar|eerlijk)\b|"
    r"(?:het )?beste (?:\w+ )?beleid|vind (?:je|jij|u)\b|vindt u (?:dat|van|het)\b|"
    r"wat vindt u\b(?! (?:in|over))|denk (?:je|jij)\b|denkt u\b|jouw mening|uw mening|"
    r"raad (?:je|jij|u) aan|(?<!waarom )zou (?:je|jij|u)|stem(?:men)? op|"
    r"(?:beste|slechtste|slimste|domste|leukste|mooiste) (?:gemeente|partij|wethouder|agenda|"
    r"document|plan)|what do you think|your opinion)\b"
    r"|^\W*(?:is|zijn|was|waren) (?:het|de|dit|dat|deze|die) (?!.*\bvolgens\b).*"
    r"\b(?:goed|slecht|slim|verstandig|dom|terecht|eerlijk)\W*$",
    re.IGNORECASE,
)
_PREDICTIONS = re.compile(
    r"\bvoorspel\w*\b|\b(?:wie|welke partij) (?:wint|gaat .*winnen)\b|"
    # "Hoeveel gaan wij volgend jaar betalen?" asks what a budget plans, not what will come true.
    r"^(?!\W*(?:hoeveel|wat|welke?|wanneer)\b).*\b(?:zal|zullen|wordt|worden|gaat|gaan)\b.*"
    r"\bvolgend jaar\b|"
    r"\b(?:zal|zullen|wordt|worden|gaat|gaan)\b.*\b(?:in de toekomst|ooit|"
    r"volgende (?:verkiezingen|raadsperiode|eeuw))\b|"
    r"\b(?:zal|zullen) .*\b(?:lukken|slagen|winnen|mislukken)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:artikel|art\.|lid) \d+(?:\.\d+)*\b"
    r"|\b(?:landelijk(?:e)?|in heel nederland|in nederland|nationaal|wereldwijd|in europa)\b"
    r"|\b(?:minister-president|premier|koning|president|hoofdstad)\b",
    re.IGNORECASE,
)


def why_not(material: Material) -> Refused | None:
    """The reason not to answer, or None when the evidence carries an answer.

    Args:
        material: The question with its evidence.
    """
    question = material.question
    parts = material.parts()
    if len(parts) > 1:
        reasons = [why_not(part) for part in parts]
        return None if None in reasons else reasons[0]
    if _ORDERS.search(question.asked):
        return Refused(Refusal.NOT_FOR_US, "opdracht")
    if _OPINIONS.search(question.asked) or _PREDICTIONS.search(question.asked):
        return Refused(Refusal.NOT_FOR_US, "mening")
    if _says_nothing(question):
        return Refused(Refusal.NO_QUESTION, "geen_vraag")
    if not material.sentences:
        return Refused()
    return _without_evidence(material)


_GREETING = re.compile(
    r"\W*(?:help|hallo|hoi|hey|goede\w+|test|ok[eé]?|ja|nee|dank\w*|bedankt|info|stop)\W*",
    re.IGNORECASE,
)


def _says_nothing(question: Question) -> bool:
    """Whether a question names no subject: "en?", "help", "gemeente"."""
    if _GREETING.fullmatch(question.asked):
        return True
    if question.wanted or question.scope.programmes:
        return False
    if not question.words:
        return question.scope == Scope()
    bare = len(question.understood.split()) <= 2
    return bare and all(specificity(word.word) <= GENERAL for word in question.words)


def _without_evidence(material: Material) -> Refused | None:
    question = material.question
    if not _part_exists(material):
        return Refused()
    stranger = _other_place(material)
    if stranger:
        return Refused(Refusal.NOT_FOUND, "vreemde_gemeente", missing=stranger)
    best = first_that_carries(material)
    if best is None and _is_registered(material):
        return None
    if best is None:
        return _elsewhere(material) or _nothing(material)
    contradiction = contradicted(question, material.sentences[:LOOKED_AT])
    if contradiction:
        return Refused(Refusal.ONLY_NEAR, "tegengesproken", near=(contradiction,))
    outside = _OUTSIDE.search(question.asked)
    if outside and best.own < 0.8 and outside.group().lower()[:8] not in best.text.lower():
        return _nothing(material)
    return None


def _is_registered(material: Material) -> bool:
    """Whether the register has the statements that are asked for, however the question was put."""
    question = material.question
    if question.kind is QuestionKind.LIST:
        return bool(collect(material))
    asked = question.kind is QuestionKind.RECOMMENDATION and question.wanted
    return bool(asked) and has_points(material)


_PART = re.compile(
    r"\b(?:in|uit|onder) (?:het|haar|zijn|hun|de) (nawoord|voorwoord|inleiding|samenvatting|"
    r"slotwoord|begrippenlijst)\b|\b(bijlage|hoofdstuk|paragraaf) (\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)


def _part_exists(material: Material) -> bool:
    """Whether the part of a document that the question names is there at all."""
    match = _PART.search(material.question.understood)
    if not match:
        return True
    name = match.group(1) or f"{match.group(2)} {match.group(3)}"
    wanted = re.compile(
        rf"\b{re.escape(name)}\b" + (rf"|^{re.escape(match.group(3))}\b" if match.group(3) else ""),
        re.IGNORECASE,
    )
    return any(
        wanted.search(heading)
        for document in material.searched
        for section in material.index.documents[document].sections
        for heading in section.path
    )


_PLACE = re.compile(
    r"\bgemeente ((?:Den |De |Het |'s-)?[A-Z][a-zé-]+(?:-[A-Z][a-z]+)*"
    r"(?: (?:aan|bij|en|op|of|a/d|van)(?: (?:den|de|het|der))? [A-Z][a-z-]+)*)(?![\w-])"
)


def _other_place(material: Material) -> str:
    """A municipality in the question of which there is no document; "" when there is none."""
    known = [d.document.municipality for d in material.index.documents.values()]
    match = _PLACE.search(material.question.understood)
    if not match or not all(known):
        return ""  # a document without a municipality may be anybody's
    named = normalise(match.group(1))
    if any(
        set(named) <= set(normalise(name)) or set(normalise(name)) <= set(named) for name in known
    ):
        return ""
    return match.group(1)


def _elsewhere(material: Material) -> Refused | None:
    """When another municipality does say it: the near miss, with what is there instead."""
    question = material.question
    if not question.scope.municipalities or len(question.words) < 2:
        return None  # one word in common ("wonen") makes nothing the same
    widened = replace(question, scope=replace(question.scope, municipalities=()))
    found = material.search(widened, frozenset())
    best = first_that_carries(found)
    if best is None or min(best.near, default=0.0) < NAMED or best.own < NAMED:
        return None  # what is shown of another must have every word, not most of them
    places = enumeration(question.scope.municipalities)
    return Refused(Refusal.ONLY_NEAR, "andere_gemeente", missing=places, near=(best,))


def _nothing(material: Material) -> Refused:
    near = tuple(s for s in material.sentences[:2] if s.support >= NEAR_SUPPORT)
    if near:
        return Refused(Refusal.ONLY_NEAR, "alleen_verwant", near=near)
    searched = material.searched
    unread = [name for name in searched if material.index.documents[name].unread]
    if unread and len(searched) < len(material.index.documents):
        # Only when the question limits itself to documents of which pages could not be read.
        titles = [material.index.documents[name].document.title for name in sorted(unread)]
        return Refused(Refusal.UNREADABLE, "onleesbaar", missing=enumeration(titles))
    return Refused()


def refuse(material: Material, refused: Refused) -> Draft:
    """Write a refusal: which kind, what was searched, and what is near."""
    if refused.reason in {Refusal.NOT_FOR_US, Refusal.NO_QUESTION}:
        return Draft((Line(material.phrases.say(refused.sentence)),))
    places = refused.missing
    opening = (
        material.phrases.say(refused.sentence, naam=plain(places))
        if places
        else material.phrases.say(refused.sentence)
    )
    lines = [Line(opening)]
    for sentence in refused.near:
        document = material.index.documents[sentence.passage.document_id].document
        name = material.phrases.say("bron", naam=source_name(document))
        lines.append(Line(f"- {name}", (sentence.quote(),)))
    return Draft(tuple(lines))
