"""Where Dutch sentences begin and end."""

from __future__ import annotations

import re

from ingest.documents import Passage

# A full stop after one of these never ends a sentence, whatever follows.
_NEVER_LAST = frozenset(
    "art artt bijv bv blz ca dhr dr drs ds evt excl fam fig gem h hfdst hfst incl ing inz ir jo lt "
    "max mevr min mr mrs mw nl nr nrs no p pag par plv prof resp secr sr st stb stcrt tel tab toel "
    "trb vgl vnl vs vz wnd zgn zg jan feb febr mrt apr aug sep sept okt nov dec afb bijl burg weth "
    "geb gez ned tm".split()
)
# A full stop after one of these ends the sentence when a capital follows.
_MAYBE_LAST = frozenset("etc enz e.d c.s jl ll a.s e.a e.v o.i.d d.d m.m mln mld".split())

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]*_⁰¹²³⁴-⁹]*")
# A marker that is all there is of the sentence so far: "iv.", "12.", "a)", "• 3."
_ONLY_MARKER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[A-Za-z])\.")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘„«/]*$")
_NOTE_NUMBER = re.compile(r"\d{1,3}(?=\s)")
_NEXT = re.compile(r"\s+([\"'“‘„«(\[*_•▪●–—-]*)\s*(\S)")
_BULLET_LINE = re.compile(r"\n[ \t\u00a0]*[•▪●◦‣][ \t\u00a0]")


def sentence_spans(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Find the sentences of a piece of Dutch text.

    Abbreviations (bijv., o.a., art.), initials, list markers, amounts, dates and web addresses do
    not end a sentence; closing quotes and footnote markers belong to the sentence that they close.

    Args:
        text: The text that the offsets count in.
        start: Offset of the first character to look at.
        end: Offset after the last character to look at; clipped to the text's length.

    Returns:
        Half-open spans in ``text``, in order, without surrounding whitespace; together they hold
        every character of ``text[start:end]`` that is not whitespace.
    """
    end = min(end, len(text))
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in _cuts(text, start, end):
        _append(spans, text, begin, cut)
        begin = cut
    _append(spans, text, begin, end)
    return tuple(spans)


def sentences_within(passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """Find the sentences of a span of a passage, such as an item that counts as one sentence.

    Args:
        passage: The passage.
        start: Offset in the document, at least ``passage.start``.
        end: Offset in the document, at most ``passage.end``.

    Returns:
        Half-open spans in the document, in order.
    """
    at = passage.start
    found = sentence_spans(passage.text, start - at, end - at)
    return [(at + first, at + last) for first, last in found]


def _append(spans: list[tuple[int, int]], text: str, begin: int, cut: int) -> None:
    """Add a trimmed span; one without letters or digits joins the sentence before it."""
    while begin < cut and text[begin].isspace():
        begin += 1
    while begin < cut and text[cut - 1].isspace():
        cut -= 1
    if begin >= cut:
        return
    if spans and not any(map(str.isalnum, text[begin:cut])):
        spans[-1] = (spans[-1][0], cut)
    else:
        spans.append((begin, cut))


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets at which a new sentence begins."""
    cuts = {match.start() for match in _BULLET_LINE.finditer(text, start, end)}
    begin = start
    for match in _STOP.finditer(text, start, end):
        stop = match.end()
        note = _NOTE_NUMBER.match(text, stop, end)
        if note and match.start() > start and not text[match.start() - 1].isdigit():
            stop = note.end()
        if _ends_sentence(text, begin, match, stop, end):
            cuts.add(stop)
            begin = stop
    return sorted(cuts)


def _ends_sentence(text: str, begin: int, match: re.Match[str], stop: int, end: int) -> bool:
    following = _NEXT.match(text, stop, end)
    if following is None or following.group(2).islower():
        return False
    if match.group()[0] != ".":
        return True
    head = text[max(begin, match.start() - 40) : match.start()]
    if _ONLY_MARKER.fullmatch(head.strip() + ".") and match.start() - begin < 40:
        return False
    found = _WORD_BEFORE.search(head)
    return not _is_abbreviation(found.group() if found else "", following.group(2))


def _is_abbreviation(word: str, following: str) -> bool:
    """Whether the full stop after ``word`` belongs to the word only."""
    bare = word.strip(".,").lower()
    if bare in _MAYBE_LAST:
        return not following.isalpha()
    if bare in _NEVER_LAST:
        return True
    letters = word.split(".")
    if len(letters) > 1 and all(len(part) <= 2 and part.isalpha() for part in letters):
        return True
    return len(word) == 1 and word.isalpha() and word.isupper()
