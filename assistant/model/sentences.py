"""From pieces of a stream to whole sentences with the numbers that they cite.

Only whole sentences come out, so half a marker, half a number or half a claim is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.model.thoughts import FORGET
from ingest.sentences import sentence_spans

# One number or several between brackets: [2], [2, 5], [2-4]; small models also write [bewijs 2].
MARKER = re.compile(
    r"\s*\[(?:bewijs|bron|nr\.?)?\s*(\d{1,3}(?:\s*(?:,|;|en|-|–)\s*\d{1,3})*)\s*\]", re.I
)
# As other assistants cite, whose texts models have learnt from: [[2]], [^2], 【2†bron】.
_OTHERWISE = re.compile(
    r"\[\[(?P<double>\d{1,3})\]\]|\[\^(?P<note>\d{1,3})\]|【(?P<thick>\d{1,3})(?:†[^】\n]{0,60})?】"
)
_IN_BRACKETS = re.compile(
    rf"\s*\((?:zie\s+)?(?:bron(?:nen)?|bewijs)?:?((?:{MARKER.pattern},?)+)\s*\)", re.I
)
# The marker is a word of the sentence: "Volgens [2] is ...", "[2] zegt dat ...".
_AS_WORD = re.compile(
    rf"\b(?P<before>volgens|uit|in|blijkens|op basis van|op grond van)\s*(?:bron|bewijs)?"
    rf"(?P<marks>(?:(?:{MARKER.pattern})(?:,| en)?)+)(?=\s+(?-i:[a-z]))"
    rf"|^(?:bron|bewijs)?(?P<subject>{MARKER.pattern})(?=\s+(?-i:[a-z]))",
    re.I,
)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
LONGEST_RANGE = 10
# What may become a marker when more text comes.
_OPEN = re.compile(r"\s*(?:\([\w ]{0,12})?[\[【][^\]】\n]{0,60}$")
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it.

    Attributes:
        text: Its words, without markers; what layout it had is gone.
        numbers: The numbers that it cites, in order, each once; of the evidence, if they exist.
        item: Whether it begins an item of a list.
    """

    text: str
    numbers: tuple[int, ...]
    item: bool = False


def sentences_of(pieces: Iterable[str]) -> Iterator[Written]:
    """The sentences of a stream, each as soon as it is whole.

    A sentence is whole when the next one has begun, since its markers may stand behind its full
    stop.

    Args:
        pieces: The text in pieces of any length, without thoughts; after ``FORGET`` all begins
            anew, and what came out before it is no sentence of the answer.
    """
    text, given = "", 0
    for piece in pieces:
        if piece == FORGET:
            text, given = "", 0
            continue
        text += piece
        found = split(_settled(text))
        # The last one may go on; what went out before stays, whatever follows it.
        yield from found[given:-1]
        given = max(given, len(found) - 1)
    yield from split(text)[given:]


def _settled(text: str) -> str:
    """The text without what may yet become a marker."""
    open_marker = _OPEN.search(text)
    return text[: open_marker.start()] if open_marker else text


def split(text: str) -> list[Written]:
    """The sentences of a text, in order; a line of its own is a sentence of its own."""
    found: list[Written] = []
    for line in _usual(text).split("\n"):
        item = bool(_ITEM.match(line))
        body = _HEADING.sub("", _ITEM.sub("", line)).strip()
        for number, piece in enumerate(_pieces(body)):
            words, numbers = _parted(piece)
            if any(map(str.isalnum, words)):
                found.append(Written(words, numbers, item and number == 0))
    return found


def _usual(text: str) -> str:
    """A text with its markers in the usual form."""
    plain = _OTHERWISE.sub(lambda match: f"[{next(filter(None, match.groups()))}]", text)
    return _IN_BRACKETS.sub(lambda match: " " + "".join(map(str.strip, match[1].split(","))), plain)


def _pieces(line: str) -> list[str]:
    """A line cut at its sentences, each with the markers behind its full stop."""
    # A full stop between a sentence and its marker is moved behind it, where sentences end.
    turned = re.sub(rf"([.!?])((?:{MARKER.pattern})+)\.?", r"\2\1", line, flags=re.I)
    return [turned[start:end] for start, end in sentence_spans(turned, 0, len(turned))]


def _parted(piece: str) -> tuple[str, tuple[int, ...]]:
    """A sentence's words without layout and markers, and the numbers of its markers."""
    numbers = [number for match in MARKER.finditer(piece) for number in _numbers(match[1])]
    words = MARKER.sub("", _AS_WORD.sub(_worded, piece))
    words = re.sub(r"\*\*|__|`", "", words)
    words = " ".join(words.split())
    return re.sub(r"\s+([.,;:!?])", r"\1", words), tuple(dict.fromkeys(numbers))


def _numbers(marked: str) -> list[int]:
    """The numbers of a marker; all of a range, when it is no long one."""

    def listed(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        every = range(first, last + 1) if last - first < LONGEST_RANGE else (first, last)
        return ",".join(map(str, every))

    return [int(number) for number in re.findall(r"\d+", _RANGE.sub(listed, marked))]


def _worded(match: re.Match[str]) -> str:
    """The words that stand for a marker without which a sentence is none."""
    if match["subject"]:
        return "Het document"
    several = len(MARKER.findall(match["marks"])) > 1
    return f"{match['before']} {'de documenten' if several else 'het document'}"
