"""When the documents do not answer a question: decided from the evidence, and said with its kind.

A refusal says what is missing and shows what is near, never a list of unrelated sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answers.material import Material, source_name
from assistant.citations import Draft, Line
from assistant.coverage import enumerate_names
from assistant.evidence import Sentence
from assistant.matching import match, specificity
from assistant.premise import contradicted
from assistant.question import Expected, Question
from assistant.scope import Scope, in_scope
from ingest.documents import QuestionKind, Refusal
from ingest.dutch.analysis import QueryWord


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


# Share of the question's information that the evidence must carry, by kind of question: the
# more exact the question, the more of it must be there. Measured on tests/evaluation/pairs.jsonl.
SUPPORT = {
    QuestionKind.FACT: 0.62,
    QuestionKind.DEFINITION: 0.5,
    QuestionKind.LIST: 0.4,
    QuestionKind.RECOMMENDATION: 0.4,
    QuestionKind.COMPARISON: 0.4,
    QuestionKind.EXPLANATION: 0.5,
}
# A sentence with this cosine, and some of the words, may say the same as everyday words.
SAME_MEANING = 0.35
SOME_SUPPORT = 0.1
# How well a name, or the thing counted, must be matched.
NAMED = 0.5
# Words less specific than this ("mensen", "keer") may be said in another way.
GENERAL = 0.65
# A figure of another year than asked is wrong, so the document's own date proves nothing for it.
FIGURES = frozenset({Expected.MONEY, Expected.NUMBER, Expected.PERCENTAGE})
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,])")
NEAR_SUPPORT = 0.3
# A value only answers what its own and the adjoining sentences are about.
LOCAL = 0.4
DATED = 0.25
ALL_ELSE = 0.6

_ORDERS = re.compile(
    r"\b(?:negeer|vergeet|doe alsof|gedraag je|je bent nu|speel|ignore|pretend|forget|act as)\b"
    r"|^(?:schrijf|maak|vertaal|print|herhaal|stuur|mail|verwijder|wis|bereken|programmeer|zing|"
    r"vertel (?:een|me een)|write|translate|delete|send|repeat|open|download|voer)\b"
    r"|\b(?:systeemprompt|system prompt|systeeminstructies?|je (?:instructies|regels|prompt)|"
    r"wachtwoord|password|jailbreak|developer mode|ontwikkelaarsmodus)\b",
    re.IGNORECASE,
)
_OPINIONS = re.compile(
    r"\b(?:volgens (?:jou|u)\b|is het (?:slim|verstandig|terecht|logisch|goed|dom|raar|eerlijk)\b|"
    r"(?:het )?beste (?:\w+ )?beleid|vind (?:je|jij|u)|vindt u|denk (?:je|jij)|denkt u|"
    r"jouw mening|uw mening|"
    r"raad (?:je|jij|u) aan|zou (?:je|jij|u)|stem(?:men)? op|"
    r"(?:beste|slechtste|slimste|domste|leukste|mooiste) (?:gemeente|partij|wethouder|agenda|"
    r"document|aanpak|plan)|what do you think|your opinion)\b",
    re.IGNORECASE,
)
_PREDICTIONS = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|wordt|worden)\b.*\b(?:20[3-9]\d|volgende (?:verkiezingen|"
    r"raadsperiode|eeuw)|ooit|over (?:tien|twintig|vijftig|\d+) jaar|in de toekomst (?:winnen|"
    r"lukken|slagen))\b|\bvoorspel\w*\b|\bwie (?:wint|gaat .*winnen)\b|"
    r"\b(?:zal|zullen|wordt|worden|gaat|gaan)\b.*\b(?:volgend jaar|in de toekomst|straks)\b|"
    r"\b(?:zal|zullen) .*\b(?:lukken|slagen|winnen|mislukken|halen)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:artikel|art\.|lid) \d+(?:\.\d+)*\b(?!.*\b(?:aanbested|college|reactie)\b)"
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
    best = _best(material)
    if best is None:
        return _elsewhere(material) or _nothing(material)
    contradiction = contradicted(question, material.sentences[:12])
    if contradiction:
        return Refused(Refusal.ONLY_NEAR, "tegengesproken", near=(contradiction,))
    if _OUTSIDE.search(question.asked) and best.own < 0.8:
        return _nothing(material)
    return None


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
    documents = in_scope(material.question.scope, material.index.documents) & material.within
    return any(
        wanted.search(heading)
        for document in documents
        for section in material.index.documents[document].sections
        for heading in section.path
    )


def _other_place(material: Material) -> str:
    """A municipality in the question of which there is no document; "" when there is none."""
    known = {d.document.municipality for d in material.index.documents.values()}
    match = re.search(
        r"\bgemeente ([A-Z][\w-]+"
        r"(?: (?:aan|bij|en|op|de|den|der|a/d|van) (?:[a-z]+ )?[A-Z][\w-]+)?)",
        material.question.understood,
    )
    if not match or any(match.group(1) in name or name in match.group(1) for name in known if name):
        return ""
    return match.group(1)


def _best(material: Material) -> Sentence | None:
    """The first sentence that carries enough of the question."""
    return next((s for s in material.sentences[:12] if carries(s, material)), None)


def carries(sentence: Sentence, material: Material) -> bool:
    """Whether a sentence with its surroundings holds enough to answer the question."""
    question = material.question
    exact = question.is_exact
    if exact and not (sentence.values and _tied(sentence, material)):
        return False
    if exact and (_denies(sentence, question) or not _is_there(sentence, question)):
        return False
    if not _names_said(sentence, material) or not _in_time(sentence, material, exact):
        return False
    if sentence.support >= SUPPORT.get(question.kind, 0.5):
        return True
    if exact or not question.is_everyday:
        return False
    return sentence.support >= NEAR_SUPPORT or (
        sentence.dense >= SAME_MEANING and sentence.support >= SOME_SUPPORT
    )


def _is_there(sentence: Sentence, question: Question) -> bool:
    """Whether an exact value stands where the question's own words are.

    A date must share words with its very sentence; a person's role is looked at by itself.
    """
    if question.expected is Expected.PERSON:
        return True
    if question.expected in {Expected.DATE, Expected.YEAR} and sentence.own < DATED:
        return False
    return sentence.local >= LOCAL


def _denies(sentence: Sentence, question: Question) -> bool:
    """Whether the sentence says "niet" of what the question asks about: "nog niet vastgesteld"."""
    if re.search(r"\b(?:niet|geen)\b", question.understood.lower()):
        return False
    denied = re.findall(r"\bniet (\w{5,})", sentence.text.lower())
    asked = {word.word for word in question.words}
    return any(word in asked for word in denied)


def _names_said(sentence: Sentence, material: Material) -> bool:
    """Whether each name in the question stands in the sentence's surroundings.

    A word with a capital that the documents also write without is no name.
    """
    question = material.question
    return all(
        near >= NAMED or _is_ordinary(word.asked, material)
        for word, near in zip(question.words, sentence.near, strict=True)
        if word.word in question.proper
    )


def _is_ordinary(word: str, material: Material) -> bool:
    lower = re.compile(rf"\b{re.escape(word.lower())}\b")
    return any(lower.search(indexed.text) for indexed in material.index.documents.values())


_COUNTED = re.compile(
    r"\b(?:hoeveel|aantal|wie (?:is|was|zijn|waren)(?: nu| daar| er)?(?: de| het)?) ([\w-]+)"
)


def _tied(sentence: Sentence, material: Material) -> bool:
    """Whether the value belongs to what is counted or named, not to something else near it."""
    question = material.question
    if question.expected is Expected.NAME:
        return _follows_noun(sentence, question)
    counted = _COUNTED.search(question.understood.lower())
    if not counted:
        return True
    noun = next((w for w in question.words if w.asked.lower() == counted.group(1)), None)
    if noun is None or counted.group().startswith("aantal"):
        return True
    if counted.group().startswith("hoeveel"):
        if question.expected is not Expected.NUMBER:
            return True
        if len(question.words) == 1 and question.scope.municipalities:
            return bool(_OF_THE_PLACE.search(sentence.text)) and _counts(noun, sentence, material)
        if _counts(noun, sentence, material):
            return True
        # Counted under another name ("respondenten"), when all else around it fits.
        return len(question.words) > 2 and sentence.local >= ALL_ELSE
    return match(noun, material.terms(sentence.text)) >= NAMED


# "Hoeveel inwoners heeft X?" asks for a figure of the whole place, not of some of them.
_OF_THE_PLACE = re.compile(
    r"\b(?:heeft|hebben|hadden|telt|tellen|kent|wonen|waren|zijn er)\b", re.I
)


def _counts(noun: QueryWord, sentence: Sentence, material: Material) -> bool:
    """Whether one of the sentence's values counts the noun: "vijf bezwaren", "bezwaren: 5"."""
    text, first = sentence.text, sentence.start
    for start, end in sentence.values:
        near = text[max(0, start - first - 15) : end - first + 20]
        if match(noun, material.terms(near)) >= NAMED:
            return True
    return False


def _follows_noun(sentence: Sentence, question: Question) -> bool:
    """Whether a name stands right behind the thing whose name is asked."""
    text = sentence.text.lower()
    for word in question.words:
        at = text.find(word.word[: max(5, len(word.word) - 2)])
        ends = at + len(word.word)
        if at >= 0 and any(
            ends - 3 <= first - sentence.start <= ends + 8 for first, _ in sentence.values
        ):
            return True
    return False


def _in_time(sentence: Sentence, material: Material, exact: bool) -> bool:
    """Whether the years that the question names are the evidence's own.

    For an exact value the year must stand in the sentence, or nothing else may stand there and
    the sentence before it, a heading or the document's date give the year.
    """
    years = {str(year) for year in material.question.scope.years}
    if not years:
        return True
    passage = sentence.passage
    document = material.index.documents[passage.document_id].document
    dated = set(_YEAR.findall(f"{document.date} {document.period} {document.title}"))
    headed = set(_YEAR.findall(passage.context))
    if not exact:
        told = headed | set(_YEAR.findall(passage.text))
        return years <= (told or dated)
    own = set(_YEAR.findall(sentence.text))
    before = set(_YEAR.findall(passage.text[: sentence.start - passage.start][-200:]))
    if own or before or headed or material.question.expected in FIGURES:
        return bool(years & (own or before | headed))
    return bool(years & dated)


def _elsewhere(material: Material) -> Refused | None:
    """When another municipality does say it: the near miss, with what is there instead."""
    question = material.question
    if not question.scope.municipalities:
        return None
    widened = replace(question, scope=replace(question.scope, municipalities=()))
    found = material.search(widened, frozenset())
    best = next((s for s in found.sentences[:12] if carries(s, found)), None)
    if best is None:
        return None
    places = enumerate_names(question.scope.municipalities)
    return Refused(Refusal.ONLY_NEAR, "andere_gemeente", missing=places, near=(best,))


def _nothing(material: Material) -> Refused:
    near = tuple(s for s in material.sentences[:2] if s.support >= NEAR_SUPPORT)
    unread = any(d.unread for d in material.index.documents.values())
    if near:
        return Refused(Refusal.ONLY_NEAR, "alleen_verwant", near=near)
    return Refused(Refusal.UNREADABLE if unread else Refusal.NOT_FOUND)


def refuse(material: Material, refused: Refused) -> Draft:
    """Write a refusal: which kind, what was searched, and what is near."""
    if refused.reason in {Refusal.NOT_FOR_US, Refusal.NO_QUESTION}:
        return Draft((Line(material.phrases.say(refused.sentence)),))
    places = refused.missing
    opening = (
        material.phrases.say(refused.sentence, gemeente=places)
        if places
        else material.phrases.say(refused.sentence)
    )
    lines = [Line(opening)]
    for sentence in refused.near:
        document = material.index.documents[sentence.passage.document_id].document
        name = material.phrases.say("bron", naam=source_name(document))
        lines.append(Line(f"- {name}", (sentence.quote(),)))
    return Draft(tuple(lines))
