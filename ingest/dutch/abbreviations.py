"""Learning abbreviations from the places where a text explains them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dutch.words import fold

_SHORT = r"[A-Za-z][A-Za-z0-9&]{1,9}"
# Runs of blanks are made one blank before these patterns are tried.
_SPACE = r"[ \t]?\n?[ \t]?"
_BLANKS = re.compile(r"[ \t]+")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[\w])?")
_LONGEST = 12

# "Wet langdurige zorg (Wlz)", "(hierna: de Wlz)"
_AFTER = re.compile(
    rf"\((?:(?:verder|hierna|afgekort)(?:{_SPACE}te noemen)?{_SPACE}:?{_SPACE}(?:de|het)?{_SPACE})?"
    rf"['\"‘“]?({_SHORT})(?:['’]s)?['\"’”]?(?:{_SPACE}[0-9]{{4}})?(?:{_SPACE}[,;][^()\n]{{0,40}})?\)",
    re.IGNORECASE,
)
# "Wlz (Wet langdurige zorg)"
_BEFORE = re.compile(rf"\b({_SHORT}){_SPACE}\(([^()]{{6,120}})\)")
# "WLZ: Wet langdurige zorg.", "WLZ = ...", "WLZ - ..." at the start of a line
_LISTED = re.compile(
    rf"^[ \t•*·-]{{0,6}}({_SHORT})[ \t]?(?:[:=]|[-–—](?=[ \t])|(?<=\t))[ \t]?(\S.{{4,200}})",
    re.MULTILINE,
)
# "(Wlz) Wet langdurige zorg"
_BRACKETED = re.compile(rf"\(({_SHORT})\){_SPACE}(\S.{{4,200}})")

_FUNCTION_WORDS = frozenset(
    "de het een en of van voor in op aan met tot ter te der den des door bij naar om uit".split()
)


def learn(text: str) -> dict[str, str]:
    """Find the abbreviations that a text explains.

    An explanation counts when the abbreviation's letters are the initials of its words, function
    words left out or not ("Zorg in Natura (ZIN)"), or of a word's parts ("persoonsgebonden budget
    (pgb)"). Brackets with other content are therefore not taken.

    Args:
        text: A document's text.

    Returns:
        Abbreviation to its words, both as printed; of several explanations the first.
    """
    text = _BLANKS.sub(_one_blank, text)
    found: list[tuple[int, str, str]] = []
    for match in _AFTER.finditer(text):
        _note(
            found, match, _preceding(text[max(0, match.start() - 200) : match.start()]), last=True
        )
    for match in _BEFORE.finditer(text):
        _note(found, match, _leading(match[2]), last=False, whole=True)
    for pattern in (_LISTED, _BRACKETED):
        for match in pattern.finditer(text):
            _note(found, match, _leading(match[2]), last=False)
    learnt: dict[str, str] = {}
    for _, short, full in sorted(found):
        learnt.setdefault(short, full)
    return learnt


def _one_blank(match: re.Match[str]) -> str:
    """A tab for what sets columns apart, else a space."""
    return "\t" if "\t" in match[0] or len(match[0]) > 2 else " "


def _note(
    found: list[tuple[int, str, str]],
    match: re.Match[str],
    words: Sequence[str],
    *,
    last: bool,
    whole: bool = False,
) -> None:
    """Add what the words before or after an abbreviation explain, if they do."""
    short = match[1]
    if not _looks_short(short):
        return
    spans = [words] if whole else _spans(words, last=last)
    scored = [(count, -len(span), span) for span in spans if (count := _initials(short, span))]
    if scored:
        _, _, best = max(scored, key=lambda item: item[:2])
        found.append((match.start(), short, " ".join(best)))


def _looks_short(short: str) -> bool:
    """An abbreviation has a capital and is short or has another one, or it has no vowels."""
    capital = any(c.isupper() for c in short)
    vowels = sum(c in "aeiou" for c in short.lower())
    return (capital and (len(short) <= 6 or short[1:] != short[1:].lower())) or vowels == 0


def _spans(words: Sequence[str], *, last: bool) -> list[Sequence[str]]:
    """All runs of words that end, or begin, next to the abbreviation."""
    sizes = range(1, len(words) + 1)
    return [words[-size:] if last else words[:size] for size in sizes]


def _preceding(text: str) -> list[str]:
    """The words directly before a bracket, back to the end of a sentence or another bracket."""
    text = re.split(r"[.;:!?()•]\s|\n\s*\n", text)[-1]
    return _WORD.findall(_joined(text))[-_LONGEST:]


def _leading(text: str) -> list[str]:
    """The words directly after an abbreviation, up to the end of the sentence."""
    text = re.split(r"[.;:!?()•]|\n\s*\n", text, maxsplit=1)[0]
    return _WORD.findall(_joined(text))[:_LONGEST]


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u00ac]", "", text))


def _initials(short: str, words: Sequence[str]) -> int:
    """Count the letters of an abbreviation that are initials of the words.

    Returns:
        0 when the words do not explain the abbreviation: each content word must give its initial,
        each letter must be found in order, and at most half of them, rounded up, inside words.
    """
    letters = re.sub(r"[^a-z]", "", fold(short))
    plain = [re.sub(r"[^a-z]", "", fold(word)) for word in words]
    if len(letters) < 2 or not plain or sum(map(len, plain)) < 2 * len(letters):
        return 0
    if plain[-1] in _FUNCTION_WORDS or plain[0] in _FUNCTION_WORDS or letters in plain:
        return 0
    count = _match(letters, plain)
    return count if 2 * count >= len(letters) or len(plain) == 1 else 0


def _match(letters: str, words: Sequence[str]) -> int:
    """The most initials with which the words use up all letters in order; 0 when they cannot."""
    if not words:
        return 0
    word, rest = words[0], words[1:]
    best = _match(letters, rest) if word in _FUNCTION_WORDS and rest else 0
    if not letters or not word.startswith(letters[0]):
        return best
    for used in range(1, len(letters) + 1):
        if not _inside(letters[1:used], word[1:]):
            break
        if used == len(letters):
            best = max(best, 1 if not rest else 0)
        elif rest and (more := _match(letters[used:], rest)):
            best = max(best, 1 + more)
    return best


def _inside(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in order."""
    position = iter(word)
    return all(letter in position for letter in letters)
