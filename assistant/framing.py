"""What stands around a question: who asks, what he works on, and a second question in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.scope import Scope
from ingest.dutch.analysis import QueryWord
from ingest.dutch.words import capital
from ingest.dutch.words import words as normalise

# A sentence with so many content words asks by itself; what stands before it only introduces.
ENOUGH_ASKED = 3

# What comes before a question and only says who asks, or that somebody does.
_PREAMBLE = re.compile(
    r"^(?:ik ben (?:een )?(?:nieuwe? )?(?:raadslid|ambtenaar|inwoner|wethouder|\w*medewerker)\b"
    r"[^:.?]*[:.]\s*|"
    r"(?:voor (?:het|de) \w*(?:debat|commissie|vergadering)[^:.?,]*,?\s*)?"
    r"(?:wil|zou|wilde) ik (?:graag )?(?:willen )?weten,?\s*|"
    r"voor (?:het|de) \w*(?:debat|commissie|vergadering)[^:.?]*?(?:weten|vraag)\b[:,]?\s*|"
    r"(?:in|tijdens|na) (?:het|de) \w*(?:debat|commissie|vergadering|raad)\b[^:.?,]*?\bvraag\b"
    r"(?: (?:op|gesteld|naar voren|aan de orde))?[:,]?\s*(?=waarom|hoe|wat|wie|welke)|"
    r"(?:een|mijn) (?:collega|fractiegenoot|raadslid|inwoner|buurman|buurvrouw|kennis|ambtenaar) "
    r"(?:zegt|zei|beweert|vertelt|vertelde|vraagt|vroeg)(?: mij| me| ons)?(?: dat| of)?,?\s*|"
    r"als (?:nieuwe? )?(?:raadslid|ambtenaar|inwoner|wethouder|\w*medewerker|lid van \w+ \w+)\b,? |"
    r"ik (?:wil|zou) (?:graag )?(?:willen )?weten,?\s*|"
    r"(?:kunt|kun|kan|zou|wilt|wil) (?:u|je|jij) (?:(?:me|mij|ons) )?(?:kunnen |willen )?"
    r"(?:vertellen|zeggen|uitleggen|aangeven|laten weten),?\s*|"
    r"(?:weet|weten) (?:u|je|jullie|iemand)(?: ook)?,?\s+(?=(?:wie|wat|waar|wanneer|welke?|hoe)))",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\s+(?:(?:kunt|kun|kan|wilt|wil) (?:u|je|jij) (?:dat|dit|het) (?:\w+ ){0,3}\w+\??|"
    r"(?:alvast )?(?:bedankt|dank u|dank je)\W*)$",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """A question without what only says who asks, or thanks for the answer.

    "Ik ben raadslid: waarom stijgen de kosten? Alvast bedankt." asks why the costs rise.
    """
    asked = _AFTERWARDS.sub("", _PREAMBLE.sub("", text))
    return capital(asked) if asked != text and len(asked.split()) > 1 else text


_ASKS = re.compile(
    r"(?:en |maar |dus )?(?:(?:aan|bij|door|in|met|op|sinds|uit|van|vanaf|voor) )?"
    r"(?:wie|wat|waar\w*|wanneer|welke?|hoe\w*)\b",
    re.IGNORECASE,
)


_WISHES = re.compile(
    r"(?:graag|liefst|het liefst|bij voorkeur|geef|noem|zet|som|maak)\b", re.IGNORECASE
)


def asking(text: str) -> str:
    """The sentence that asks, where others only tell: the first one with a question mark.

    "Het beroep op hulp stijgt, maar het aantal jongeren niet. Hoe komt dat?" asks for a cause.
    One that begins with a question word asks before one that wants a yes or no.
    """
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z‘“'\"])|(?<=[!?])\s+(?=[a-z])", text.strip())
    marked = [s for s in sentences if s.endswith("?")]
    asked = [s for s in marked if _ASKS.match(s)] or marked
    if len(sentences) == 1 or not asked:
        return text
    # "Wie doet wat? Graag per gemeente." goes on asking.
    wished = [s for s in sentences[sentences.index(asked[0]) + 1 :] if _WISHES.match(s)]
    return " ".join([asked[0], *wished])


_POINTS_BACK = re.compile(
    r"\b(?:die|dat|deze|dit|zij|ze|hij|hem|haar|hun|hen|het|daar\w*|er\w*|zo'?n|zulke?|zoiets)\b",
    re.IGNORECASE,
)
# Of whom somebody tells, which is not what he asks about; "een vriend" may be.
_SOMEBODY = re.compile(
    r"\b(?:mijn|m'n|mn|onze|(?P<any>een)) (?:eigen |oude |beste |goede )?"
    r"(?P<who>buurman|buurvrouw|overbuur\w*|vriend(?:in)?|kennis|tante|oom|neef|nicht|nichtje|"
    r"schoonzus|zwager|zus|zusje|broer|broertje|collega|achterbuur\w*)\b",
    re.IGNORECASE,
)


def introducing(text: str, content: Sequence[QueryWord], scope: Scope) -> tuple[QueryWord, ...]:
    """The words of sentences that come before the one that asks, when that one asks enough.

    "Ik werk aan een overzicht van de afspraken. Hoeveel indicatoren heeft het addendum?"
    When it does not, then of those sentences only whom they tell of: "Mijn buurman schaamt zich."
    A question of one sentence is asked for somebody too: "Is er hulp voor mijn buurman?"
    """
    sentence = asking(text)
    if sentence == text:
        people = {found["who"].lower() for found in _SOMEBODY.finditer(text) if not found["any"]}
        told = tuple(word for word in content if word.asked.lower() in people)
        return told if len(told) < len(content) else ()
    asked = set(normalise(sentence)) - scope.words
    own = [word for word in content if set(normalise(word.asked)) <= asked]
    if len(own) < ENOUGH_ASKED or _POINTS_BACK.search(sentence):
        told_of = {found["who"].lower() for found in _SOMEBODY.finditer(text)}
        return tuple(w for w in content if w not in own and w.asked.lower() in told_of)
    return tuple(word for word in content if word not in own)


_NEXT_PART = re.compile(
    # "een plan, waarin ..." asks nothing: behind a comma alone only what is no relative clause.
    r"(?:,?\s+(?:en|and)\s+(?=(?:(?:aan|bij|door|in|met|naar|op|over|per|sinds|tot|uit|van|vanaf|"
    r"voor)\s+)?"
    r"(?:hoe\w*|wie|wat|wanneer|waar\w*|welke?)\b)|"
    r",\s+(?=(?:hoe\w*|wanneer|waarom|welke?)\b))",
    re.IGNORECASE,
)


def parts_of(question: str) -> list[str]:
    """The questions that are asked in one: "Wie deed het onderzoek en wanneer?" asks two."""
    return [part.strip() for part in _NEXT_PART.split(question) if part.strip()]
