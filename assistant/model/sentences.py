"""From pieces of a stream to whole sentences with the numbers that they cite.

Only whole sentences come out, so half a marker, half a number or half a claim is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.model.thoughts import FORGET
from ingest.sentences import sentence_spans

# One number or several between brackets: [2], [2, 5], [2][5]; small models also write [bewijs 2].
MARKER = re.compile(
    r"\s*\[(?:bewijs|bron|nr\.?)?\s*(\d{1,3}(?:\s*(?:,|;|en)\s*\d{1,3})*)\s*\]", re.I
)
# What may become a marker when more text comes.
_OPEN = re.compile(r"\s*\[[^\]\n]{0,40}$")
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
    for line in text.split("\n"):
        item = bool(_ITEM.match(line))
        body = _HEADING.sub("", _ITEM.sub("", line)).strip()
        for number, piece in enumerate(_pieces(body)):
            words, numbers = _parted(piece)
            if any(map(str.isalnum, words)):
                found.append(Written(words, numbers, item and number == 0))
    return found


def _pieces(line: str) -> list[str]:
    """A line cut at its sentences, each with the markers behind its full stop."""
    # A full stop between a sentence and its marker is moved behind it, where sentences end.
    turned = re.sub(rf"([.!?])((?:{MARKER.pattern})+)\.?", r"\2\1", line, flags=re.I)
    return [turned[start:end] for start, end in sentence_spans(turned, 0, len(turned))]


def _parted(piece: str) -> tuple[str, tuple[int, ...]]:
    """A sentence's words without layout and markers, and the numbers of its markers."""
    numbers = [
        int(number) for match in MARKER.finditer(piece) for number in re.findall(r"\d+", match[1])
    ]
    words = re.sub(r"\*\*|__|`", "", MARKER.sub("", piece))
    words = " ".join(words.split())
    return re.sub(r"\s+([.,;:!?])", r"\1", words), tuple(dict.fromkeys(numbers))
