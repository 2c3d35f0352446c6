"""Makes a follow-up question whole from the conversation, without a language model.

Four ways, tried in turn: an ordinal that picks an item out of the last answer's list ("het
tweede"); a replaced part ("en in Wijk bij Duurstede?", "en bij meedoen?"); a pointing word
("daarvan", "die", "ze") or a sentence too short to stand alone, which takes over what the last
question was about; else the question stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.scope import Scope, find_scope
from ingest.documents import IndexedDocument, Turn

_OPENING = re.compile(r"^(?:en|maar|and|ook|dan|of)\s+(?:dan\s+|hoe zit het\s+)?", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:daarvan|daarover|daarin|daarbij|daarvoor|daarmee|daarop|daaronder|ervan|erover|ervoor|"
    r"hiervan|hierover|hiervoor|hierbij|die|dat|deze|dit|ze|zij|hun|hen|hij|het|er|dezelfde|"
    r"zo'?n|laatste|eerste|andere|them|those|that|it)\b",
    re.IGNORECASE,
)
_STRONG_POINTING = re.compile(
    r"\b(?:daarvan|daarover|daarin|daarbij|daarvoor|daarmee|daarop|daaronder|ervan|erover|ervoor|"
    r"hiervan|hierover|hiervoor|hierbij|dezelfde|die|ze|zij|hun|hen|hij|daar|dat ook)\b"
    r"|^(?:en\s+)?(?:waarom|hoezo|hoe dan|sinds wanneer|wanneer|hoeveel|wie)\??$",
    re.IGNORECASE,
)
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
_PREPOSITION = r"bij|in|voor|over|van|op|volgens|rond|met|onder|aan"
_REPLACED = re.compile(rf"^(?P<preposition>{_PREPOSITION})\s+(?P<rest>.+?)\s*\??$", re.IGNORECASE)


def make_whole(
    asked: str, history: Sequence[Turn], documents: Mapping[str, IndexedDocument]
) -> str:
    """The question as it would be asked without the conversation.

    Args:
        asked: As typed.
        history: Earlier turns, oldest first; empty means that nothing can be missing.
        documents: Their municipalities are the names that can be replaced.

    Returns:
        ``asked`` itself when it stands by itself.
    """
    if not history:
        return asked
    last = history[-1]
    opened = bool(_OPENING.match(asked))
    bare = _OPENING.sub("", asked).strip()
    scope = find_scope(asked, documents)
    item = _item_meant(bare, last)
    if item:
        return _with_scope(f"{_capital(_without_ordinal(bare, item))}", last, scope, documents)
    if opened or len(bare.split()) <= 3:
        replaced = _replace_part(bare, last.question, scope, documents)
        if replaced:
            return replaced
    if _STRONG_POINTING.search(asked) or (opened and _needs_topic(bare)):
        return _with_topic(bare, last, scope, documents)
    return _with_scope(asked, last, scope, documents) if opened else asked


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _needs_topic(bare: str) -> bool:
    if re.match(r"(?:wat|wie) (?:is|zijn) (?:dan )?(?:een |de |het )?[\w-]+\s*\??$", bare, re.I):
        return False
    return bool(_POINTING.search(bare)) or len(bare.split()) <= 3


def _item_meant(bare: str, last: Turn) -> str:
    """The item of the last answer's list that an ordinal points at; "" when there is none."""
    match = re.search(rf"\b(?:het|de|dat|die)\s+({'|'.join(_ORDINALS)})\b(?!\s+\w{{5,}})", bare)
    if not match:
        return ""
    items = _items(last.answer)
    at = _ORDINALS.index(match.group(1))
    return items[at] if at < len(items) else ""


def _items(answer: str) -> list[str]:
    """The parts of an answer that is a list: lines with a marker, numbered parts, or commas."""
    lines = re.findall(r"(?m)^\s*(?:[-•*]|\d+[.)])\s+(.+)$", answer)
    if len(lines) > 1:
        return [_plain(line) for line in lines]
    numbered = re.split(r"\(?\b[1-9][.)]\s+|\([1-9]\)\s*", answer)
    if len(numbered) > 2:
        return [_plain(part) for part in numbered[1:]]
    sentence = re.sub(r"^[^:]*:\s*", "", answer)
    return [_plain(part) for part in re.split(r"[,;]\s+|\s+en\s+", sentence)]


def _plain(part: str) -> str:
    return re.sub(r"\s*\[\d+\]|[*„”\"“]", "", part).strip(" .;,")


def _without_ordinal(bare: str, item: str) -> str:
    return re.sub(
        rf"\b(?:het|de|dat|die)\s+(?:{'|'.join(_ORDINALS)})\b", f"‘{item}’", bare, count=1
    )


def _replace_part(
    bare: str, question: str, scope: Scope, documents: Mapping[str, IndexedDocument]
) -> str:
    """The last question with one part exchanged; "" when it is not clear which."""
    before = find_scope(question, documents)
    if scope.municipalities and before.municipalities and _is_only_scope(bare, scope):
        return _swap(question, before.municipalities, scope.municipalities[0])
    if scope.municipalities and _is_only_scope(bare, scope):
        return f"{question.rstrip(' ?')} in {scope.municipalities[0]}?"
    if scope.years and before.years and re.fullmatch(r"(?:in )?\d{4}\s*\??", bare):
        return question.replace(str(before.years[0]), str(scope.years[0]))
    if scope.programmes and before.programmes and len(bare.split()) <= 5:
        pattern = before.programmes[0].replace(" ", r"[ -]?")
        return re.sub(pattern, scope.programmes[0].upper(), question, count=1, flags=re.IGNORECASE)
    match = _REPLACED.match(bare)
    if not match or len(match["rest"].split()) > 6:
        return ""
    return _replace_after(question, match["preposition"], match["rest"], before)


def _is_only_scope(bare: str, scope: Scope) -> bool:
    left = re.sub(rf"^(?:{_PREPOSITION})\s+", "", bare.strip(" ?"), flags=re.IGNORECASE)
    left = re.sub(r"^(?:de\s+)?gemeente\s+", "", left, flags=re.IGNORECASE)
    return len(left.split()) <= len(scope.municipalities[0].split()) + 1


def _swap(question: str, old: Sequence[str], new: str) -> str:
    for name in old:
        question = re.sub(
            re.sub(r"\\?[\s-]+", r"[\\s-]+", re.escape(name)), new, question, flags=re.IGNORECASE
        )
    return question if new in question else f"{question.rstrip(' ?')} in {new}?"


def _replace_after(question: str, preposition: str, rest: str, before: Scope) -> str:
    """Put ``rest`` after the same preposition of the question, keeping a place name behind it."""
    places = "|".join(re.escape(name) for name in before.municipalities) or r"(?!)"
    found = list(
        re.finditer(
            rf"\b{preposition}\s+(?P<article>(?:de|het|een)\s+)?(?P<noun>(?:opgave|thema|doel|"
            rf"onderwerp|onderdeel|hoofdstuk|deelopdracht)\s+)?(?P<old>.+?)"
            rf"(?P<tail>\s+(?:{_PREPOSITION})\s+(?:{places})\b.*|\s*\?*)$",
            question,
            re.IGNORECASE,
        )
    )
    if not found:
        return ""
    match = found[-1]
    kept = f"{match['article'] or ''}{match['noun'] or ''}" if match["noun"] else ""
    tail = match["tail"].rstrip(" ?")
    return f"{question[: match.start()]}{match.group()[: len(preposition)]} {kept}{rest}{tail}?"


def _with_topic(
    bare: str, last: Turn, scope: Scope, documents: Mapping[str, IndexedDocument]
) -> str:
    """The question with what the last one was about behind it."""
    topic = _topic(last.question)
    return f"{_capital(bare).rstrip(' ?')}? (over: {topic})" if topic else bare


def _topic(question: str) -> str:
    whole = re.sub(r"\s*\(over: (.+)\)$", r" \1", question)
    bare = re.sub(
        r"^(?:en\s+)?(?:(?:hoeveel|welke?)\s+|(?:wanneer|waarom|waar|wie|wat|hoe(?:\s+\w+)?)\s+"
        r"[a-z]+\s+)(?:(?:is|zijn|was|waren|heeft|hebben|werd|werden|gaan|gaat|wordt|worden)\s+)?",
        "",
        whole.rstrip(" ?"),
        flags=re.IGNORECASE,
    )
    return bare.strip()


def _with_scope(
    asked: str, last: Turn, scope: Scope, documents: Mapping[str, IndexedDocument]
) -> str:
    """The question with the municipality of the last one, when it names none itself."""
    before = find_scope(last.question, documents)
    if scope.municipalities or not before.municipalities:
        return asked
    places = " en ".join(before.municipalities)
    return f"{asked.rstrip(' ?')} in {places}?"
