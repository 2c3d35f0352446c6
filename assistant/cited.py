"""The parts of an answer's text that carry numbers: its quotes, and the sentences of a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.markup import unescape
from ingest.documents import Answer, Citation

_MARKERS = re.compile(r"(?:\s*(?<!\\)\[\d{1,4}\])+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CUT = " …"
_BEGINS = re.compile(r"\s*$|\s+[A-Z„*]")
"""What may follow a part that ends its sentence."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A part of an answer's text with the numbers that prove it.

    Attributes:
        start: Offset in the text of the answer; a list's mark and words of ours stand before it.
        end: Offset after its last number.
        words: What it says: without markers, quotation marks and layout.
        numbers: Its numbers, in order.
        is_quote: Whether it is a quote, between „ and ”.
        is_cut: Whether it shows only the beginning of its quote.
        bold: What of it stands in bold.
        room: What stands before each item of a list that is set below it: "" in running text,
            spaces in an item; None where no list can stand: in a table, or within a sentence.
        is_last: Whether nothing follows it in its line.
    """

    start: int
    end: int
    words: str
    numbers: tuple[int, ...]
    is_quote: bool
    is_cut: bool = False
    bold: tuple[str, ...] = ()
    room: str | None = ""
    is_last: bool = True


def cited_parts(answer: Answer) -> list[Cited]:
    """The parts of an answer that carry numbers, in order."""
    citations = {citation.number: citation for citation in answer.citations}
    found, at = [], 0
    for line in answer.text.split("\n"):
        done = 0
        for match in _MARKERS.finditer(line):
            numbers = tuple(int(number) for number in re.findall(r"\d+", match[0]))
            if not set(numbers) <= citations.keys():
                continue
            begin = _begin(line, done, match.start(), citations[numbers[0]])
            shown = line[begin : match.start()]
            done = match.end()
            if shown.strip():
                part = _part(at + begin, at + done, shown, numbers)
                rest = line[match.end() :]
                found.append(replace(part, room=_room(line, rest), is_last=not rest.strip()))
        at += len(line) + 1
    return found


def _room(line: str, rest: str) -> str | None:
    if line.lstrip().startswith("|") or not _BEGINS.match(rest):
        return None
    item = _ITEM.match(line)
    return " " * len(item[0]) if item else ""


def _begin(line: str, done: int, end: int, citation: Citation) -> int:
    """Where a part begins: at its quote, or else behind what came before it in its line."""
    quoted = _letters(citation.printed or citation.quote)
    if line[done:end].endswith("”"):
        for match in re.finditer("„", line[done:end]):
            own = _letters(unescape(line[done + match.end() : end - 1].removesuffix(_CUT)))
            if own and quoted.startswith(own):
                return done + match.start()
    item = _ITEM.match(line, done, end)
    start = item.end() if item else done
    return start + len(line[start:end]) - len(line[start:end].lstrip())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _part(start: int, end: int, shown: str, numbers: tuple[int, ...]) -> Cited:
    is_quote = shown.startswith("„") and shown.endswith("”")
    inside = shown[1:-1] if is_quote else shown
    bold = tuple(unescape(text) for text in _BOLD.findall(inside))
    words = unescape(_BOLD.sub(r"\1", inside)).strip()
    return Cited(start, end, words, numbers, is_quote, words.endswith(_CUT), bold)


def replaced(answer: Answer, texts: Mapping[int, str]) -> str:
    """The text of an answer with parts of it in other words.

    Args:
        answer: The answer.
        texts: By the offset at which a part begins, what stands there instead, numbers included.
    """
    pieces, at = [], 0
    for part in cited_parts(answer):
        if part.start in texts:
            pieces += [answer.text[at : part.start], texts[part.start]]
            at = part.end
    return "".join((*pieces, answer.text[at:]))
