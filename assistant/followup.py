"""Makes a follow-up question whole from the conversation, without a language model.

Four ways, tried in turn: an ordinal that picks an item out of the last answer's list ("het
tweede"); a replaced part ("en in Wijk bij Duurstede?", "en bij meedoen?"); a pointing word
("daarvan", "die", "ze") or a sentence too short to stand alone, which takes over what the last
question was about; else the question stands by itself.

Earlier turns may have any length, so all are cut before they are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.question import LONGEST_QUESTION, ORDINALS, POINT
from assistant.scope import Scope, find_scope
from ingest.documents import IndexedDocument, Turn
from ingest.dutch.words import capital

# What is looked at of a conversation: turns, and characters of an answer.
LOOKED_BACK = 8
LONGEST_ANSWER = 20_000
# Characters that a topic or an item of a list may add to a question.
LONGEST_ADDITION = 400

_OPENING = re.compile(r"^(?:en|maar|and|ook|dan|of)\s+(?:dan\s+|hoe zit het\s+)?", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:daarvan|daarover|daarin|daarbij|daarvoor|daarmee|daarop|daaronder|ervan|erover|ervoor|"
    r"hiervan|hierover|hiervoor|hierbij|die|dat|deze|dit|ze|zij|hun|hen|hij|het|er|dezelfde|"
    r"zo'?n|laatste|eerste|andere|them|those|that|it)\b",
    re.IGNORECASE,
)
_STRONG_POINTING = re.compile(
    r"\ber\b[^?]*\b(?:voor|over|van|mee|bij)\b(?! (?:de|het|een|\w+en)\b)|"
    r"\b(?:daarvan|daarover|daarin|daarbij|daarvoor|daarmee|daarop|daaronder|ervan|erover|ervoor|"
    r"hiervan|hierover|hiervoor|hierbij|dezelfde|die|ze|zij|hun|hen|hij|daar|dat ook)\b"
    r"|^(?:en\s+)?(?:waarom|hoezo|hoe dan|sinds wanneer|wanneer|hoeveel|wie)\??$",
    re.IGNORECASE,
)
# Words that by themselves name no topic.
_SAYS_NOTHING = re.compile(
    r"\b(?:en|maar|ook|dan|of|waarom|hoezo|wanneer|sinds|hoe|hoeveel|wie|wat|waar|welke?|daar|"
    r"is|zijn|was|waren|kan|de|een)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"\b(?:het|de|dat|die)\s+(?P<ordinal>{'|'.join(ORDINALS)})\b(?!\s+\w{{5,}})"
    r"(?:\s+(?:doel|punt|deel|stap)\b)?",
    re.IGNORECASE,
)
# The point before or after the one that was asked about: "en de aanbeveling daarna?"
_NUMBERED = re.compile(rf"(\b{POINT} (?:nummer |nr\.? )?)(\d{{1,2}})\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:daarna|erna|volgende)\b", re.IGNORECASE)
_PREVIOUS = re.compile(r"\b(?:daarvoor|ervoor|vorige)\b", re.IGNORECASE)
_LONGEST_STEP = 6  # words
# Another year, counted from the one that was asked about: "en twee jaar later?"
COUNT = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_LATER = re.compile(
    rf"(?:hoe was dat )?(één|{'|'.join(COUNT[1:])}) jaar (later|erna|daarna|eerder|daarvoor|ervoor)"
    r"\W*",
    re.IGNORECASE,
)
_PREPOSITION = r"bij|in|voor|over|van|op|volgens|rond|met|onder|aan"
# A verb at the end of a question: "... van ondernemers verwacht?"
_VERB = r"(?:ge\w{3,}|be\w{3,}[dt]|ver\w{3,}[dt]|ont\w{3,}[dt]|worden|zijn|hebben)"
_REPLACED = re.compile(rf"^(?P<preposition>{_PREPOSITION})\s+(?P<rest>.+?)\s*\??$", re.IGNORECASE)
_OVER = " (over: "


def make_whole(
    asked: str, history: Sequence[Turn], documents: Mapping[str, IndexedDocument]
) -> str:
    """The question as it would be asked without the conversation.

    Args:
        asked: As typed.
        history: Earlier turns, oldest first; empty means that nothing can be missing.
        documents: Their municipalities are the names that can be replaced.

    Returns:
        ``asked`` itself when it stands by itself, or when the whole would be too long a question.
    """
    if not history:
        return asked
    whole = _whole(asked, [_cut(turn) for turn in history[-LOOKED_BACK:]], documents)
    return whole if len(whole) <= LONGEST_QUESTION else asked


def _cut(turn: Turn) -> Turn:
    """A turn of bearable length, its question on one line with single spaces."""
    question = " ".join(turn.question[:LONGEST_QUESTION].split())
    return Turn(question, turn.answer[:LONGEST_ANSWER])


def _whole(asked: str, history: Sequence[Turn], documents: Mapping[str, IndexedDocument]) -> str:
    last = history[-1]
    opened = bool(_OPENING.match(asked))
    bare = _OPENING.sub("", asked).strip()
    scope = find_scope(asked, documents)
    neighbour = _neighbour(bare, last.question)
    if neighbour:
        return neighbour
    item = _item_meant(bare, last.answer)
    if item:
        named = _ORDINAL.sub(lambda _: f"‘{item}’", bare, count=1)
        return _with_scope(capital(named), last, scope, documents)
    if opened or len(bare.split()) <= 3:
        replaced = _replace_part(bare, last.question, scope, documents)
        if replaced:
            return replaced
    if _STRONG_POINTING.search(asked) or (opened and _needs_topic(bare)):
        return _with_topic(bare, history)
    return _with_scope(asked, last, scope, documents) if opened else asked


def _shortened(text: str) -> str:
    """Text up to the last whole word that an addition has room for."""
    if len(text) <= LONGEST_ADDITION:
        return text
    return text[:LONGEST_ADDITION].rpartition(" ")[0] or text[:LONGEST_ADDITION]


def _needs_topic(bare: str) -> bool:
    if re.match(r"(?:wat|wie) (?:is|zijn) (?:dan )?(?:een |de |het )?[\w-]+\s*\??$", bare, re.I):
        return False
    return bool(_POINTING.search(bare)) or len(bare.split()) <= 3


def _neighbour(bare: str, question: str) -> str:
    """The last question about the next or the previous point; "" when that is not asked."""
    step = 1 if _NEXT.search(bare) else -1 if _PREVIOUS.search(bare) else 0
    numbered = _NUMBERED.search(question)
    if not step or not numbered or len(bare.split()) > _LONGEST_STEP:
        return ""
    number = int(numbered[2]) + step
    return _NUMBERED.sub(rf"\g<1>{number}", question, count=1) if number > 0 else ""


def _item_meant(bare: str, answer: str) -> str:
    """The item of the last answer's list that an ordinal points at; "" when there is none."""
    match = _ORDINAL.search(bare)
    if not match:
        return ""
    items = _items(answer)
    at = ORDINALS.index(match["ordinal"].lower())
    return _shortened(items[at]) if at < len(items) else ""


def _items(answer: str) -> list[str]:
    """The parts of an answer that is a list: quotes, lines with a marker, numbered parts, commas.

    A line that ends in a colon or is bold as a whole stands above items and is none itself.
    """
    lines = [" ".join(line.split()) for line in answer.splitlines()]
    quoted = _quoted_items(lines)
    if quoted:
        return quoted
    marked = [
        match[1] for match in (re.match(r"(?:[-•*]|\d+[.)]) (.+)", li) for li in lines) if match
    ]
    marked = [
        _plain(item) for item in marked if not re.search(r":(?:\*\*)?$|^\*\*[^*]+\*\*$", item)
    ]
    if len(marked) > 1:
        return marked
    text = " ".join(lines)
    numbered = re.split(r"\(?\b[1-9][.)] +|\([1-9]\) *", text)
    if len(numbered) > 2:
        return [_plain(part) for part in numbered[1:]]
    return [_plain(part) for part in re.split(r"[,;] | en ", re.sub(r"^[^:]*: *", "", text))]


def _quoted_items(lines: Sequence[str]) -> list[str]:
    """The words quoted on each line of an answer of ours.

    Where a point has lines of several sorts ("Advies:", "Reactie:"), the first sort is its item.
    """
    items: list[tuple[str, str]] = []
    for line in lines:
        before, mark, rest = line.partition("„")
        end = rest.rfind("” [")
        if mark and end >= 0:
            words = re.sub(r"” \[\d+\](?: „)?", " ", rest[:end])
            label = "" if "**" in before else before.strip("-•* ")
            items.append((label, _plain(re.sub(r"\\(?=[\\`_\[\]<>|~&])", "", words))))
    return [words for label, words in items if label == items[0][0]]


def _plain(part: str) -> str:
    return " ".join(re.sub(r"\[\d+\]|[*„”\"“]", "", part).split()).strip(" .;,")


def _replace_part(
    bare: str, question: str, scope: Scope, documents: Mapping[str, IndexedDocument]
) -> str:
    """The last question with one part exchanged; "" when it is not clear which."""
    before = find_scope(question, documents)
    if scope.municipalities and _is_only_scope(bare, scope):
        return _swap(question, before.municipalities, scope.municipalities[0])
    if scope.years and before.years and re.fullmatch(r"(?:in )?\d{4}\s*\??", bare):
        return question.replace(str(before.years[0]), str(scope.years[0]))
    if scope.programmes and before.programmes and len(bare.split()) <= 5:
        pattern = re.escape(before.programmes[0]).replace(r"\ ", r"[ -]?")
        programme = scope.programmes[0].upper()
        return re.sub(pattern, lambda _: programme, question, count=1, flags=re.IGNORECASE)
    later = _LATER.fullmatch(bare)
    if later and before.years:
        count = 1 if later[1].lower() in {"een", "één"} else COUNT.index(later[1].lower())
        step = count if later[2].lower() in {"later", "erna", "daarna"} else -count
        return question.replace(str(before.years[0]), str(before.years[0] + step))
    condition = re.match(r"(als|wanneer|indien)\b", bare, re.IGNORECASE)
    if condition and (former := re.search(rf"\b{condition[1]} .*", question, re.IGNORECASE)):
        return f"{question[: former.start()]}{bare[0].lower()}{bare[1:].rstrip(' ?')}?"
    match = _REPLACED.match(bare)
    if not match or len(match["rest"].split()) > 6:
        return ""
    return _replace_after(question, match["preposition"], match["rest"], before)


def _is_only_scope(bare: str, scope: Scope) -> bool:
    left = re.sub(rf"^(?:{_PREPOSITION})\s+", "", bare.strip(" ?"), flags=re.IGNORECASE)
    left = re.sub(r"^(?:de\s+)?gemeente\s+", "", left, flags=re.IGNORECASE)
    return len(left.split()) <= len(scope.municipalities[0].split()) + 1


def _swap(question: str, old: Sequence[str], new: str) -> str:
    """The question with another municipality, behind it where it names none."""
    for name in old:
        pattern = re.sub(r"\\?[\s-]+", r"[\\s-]+", re.escape(name))
        question = re.sub(pattern, lambda _: new, question, flags=re.IGNORECASE)
    return question if new in question else _placed(question, new)


def _placed(question: str, place: str) -> str:
    """The question about a place: "... in <place>?", or "bij" where "in" is part of its verb."""
    front, over, topic = question.rstrip(" ?").partition(_OVER)
    if over:
        return f"{front}{over}{topic.removesuffix(')')} in {place})"
    preposition = "bij" if re.search(r"\bin$", front, re.IGNORECASE) else "in"
    return f"{front} {preposition} {place}?"


def _replace_after(question: str, preposition: str, rest: str, before: Scope) -> str:
    """Put ``rest`` after the same preposition of the question, keeping a place name behind it.

    A place name behind that preposition itself is not what is exchanged.
    """
    places = "|".join(re.escape(name) for name in before.municipalities) or r"(?!)"
    match = re.search(
        rf"\b{preposition} (?!(?:{places})\b)"
        rf"(?P<article>(?:de|het|een) )?(?P<noun>(?:opgave|thema|doel|"
        rf"onderwerp|onderdeel|hoofdstuk|deelopdracht) )?(?P<old>.+?)"
        rf"(?P<tail> (?:{_PREPOSITION}) (?:{places})\b.*| {_VERB}[ ?]*$|[ ?]*$)",
        question,
        re.IGNORECASE,
    )
    if not match:
        return ""
    kept = f"{match['article'] or ''}{match['noun'] or ''}" if match["noun"] else ""
    tail = match["tail"].rstrip(" ?")
    return f"{question[: match.start()]}{match.group()[: len(preposition)]} {kept}{rest}{tail}?"


def _with_topic(bare: str, history: Sequence[Turn]) -> str:
    """The question with what the conversation is about behind it."""
    topics = (_topic(turn.question) for turn in reversed(history))
    topic = next((topic for topic in topics if topic), "")
    return f"{capital(bare).rstrip(' ?')}?{_OVER}{_shortened(topic)})" if topic else bare


def _topic(question: str) -> str:
    """What a question is about; "" when it only points at something said before."""
    _, over, topic = question.partition(_OVER)
    if over:
        return topic.rstrip(" ?").removesuffix(")")
    bare = re.sub(
        r"^(?:en\s+)?(?:(?:hoeveel|welke?)\s+|(?:wanneer|waarom|waar|wie|wat|hoe(?:\s+\w+)?)\s+"
        r"[a-z]+\s+)(?:(?:is|zijn|was|waren|heeft|hebben|werd|werden|gaan|gaat|wordt|worden)\s+)?",
        "",
        question.rstrip(" ?"),
        flags=re.IGNORECASE,
    )
    left = _SAYS_NOTHING.sub("", _POINTING.sub("", bare))
    return bare.strip() if re.search(r"\w", left) else ""


def _with_scope(
    asked: str, last: Turn, scope: Scope, documents: Mapping[str, IndexedDocument]
) -> str:
    """The question with the municipality of the last one, when it names none itself."""
    before = find_scope(last.question, documents)
    if scope.municipalities or not before.municipalities:
        return asked
    return _placed(asked, " en ".join(before.municipalities))
