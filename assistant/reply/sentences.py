"""A letter as a row of sentences, each with the paragraph, item and heading that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reply.records import PointType, Span
from assistant.reply.wording import LetterWording
from ingest.documents import Passage, PassageKind, Reading
from ingest.letters import is_salutation
from ingest.sentences import sentence_spans
from ingest.structure import split_document

_MARKER = re.compile(
    r"\s*(?:[-•*–▪○o]|(?P<number>\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])[.):]|"
    r"\((?P<inside>\w{1,3})\))\s+"
)
_BLANK = re.compile(r"\n[ \t]*\n")
# A short line of its own above the sentence of an item: its title.
_TITLE = re.compile(r"(?P<title>[^\n]{3,70})(?<![.,;:?!])\n\s*(?=[A-Z‘“'\"])")
_LEAST_PART = 25  # characters of each of the two requests that one sentence holds
_LONGEST_TITLE = 70  # characters
_SIGNATURE = 600  # characters that a greeting with the names below it may take
_HEAD = 6_000  # characters in which a letter is addressed; further on, one is only quoted
# What comes after the signature and is read all the same: an annex, a postscript.
_ANNEX = re.compile(r"^[ \t]*(?:bijlagen?\b|p\.? ?s\.?[ :]|naschrift\b).*$", re.I | re.MULTILINE)
_ENDS = re.compile(
    r"\W*(?:(?:met )?(?:een )?(?:vriendelijke |hartelijke |beste |warme |veel )?groet(?:en|jes)?|"
    r"(?:met (?:de meeste )?)?hoogachting|hoogachtend|"
    r"(?:kind|best|warm) regards|(?:yours )?(?:sincerely|faithfully|truly))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a letter.

    Attributes:
        start: Offset in the letter.
        end: Offset after it.
        text: Its words on one line, without the marker of its item.
        heading: Whether it is a heading, a lead-in or the title of an item.
        paragraph: Number of its paragraph or item; sentences of one have the same.
        section: Headings above it, outermost first, with the lead-in of its list.
        item: Whether it stands in an item of a list.
        label: The printed number of that item, or "".
        first: Whether it is the first sentence of its item or paragraph.
        again: Whether it is the second thing that one sentence asks for.
    """

    start: int
    end: int
    text: str
    heading: bool
    paragraph: int
    section: tuple[str, ...]
    item: bool = False
    label: str = ""
    first: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """Where in a text the letter itself stands.

    Attributes:
        start: Offset after the salutation; 0 without one.
        end: Offset of the greeting; the length of the text without one.
        annex: Offset of what comes after the signature, an annex; the length of the text for none.
    """

    start: int
    end: int
    annex: int

    def holds(self, sentence: Sentence) -> bool:
        """Whether a sentence belongs to the letter or to its annex."""
        inside = sentence.start >= self.start and sentence.end <= self.end
        return inside or sentence.start >= self.annex


def body_of(text: str) -> Body:
    """Find the letter in its text: after the salutation, before the greeting; and its annex."""
    start, end, at = 0, len(text), 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if not start and at < _HEAD and is_salutation(words):
            start = at + len(line)
        elif end == len(text) and at > start and _ENDS.match(words):
            end = at
        at += len(line)
    return Body(start, end, _annex_of(text, end))


def _annex_of(text: str, end: int) -> int:
    """Where an annex begins: at its heading, or where far more follows than a signature."""
    heading = _ANNEX.search(text, end)
    if heading:
        return heading.start()
    gap = _BLANK.search(text, min(len(text), end + _SIGNATURE))
    return gap.end() if gap and len(text) - end > 2 * _SIGNATURE else len(text)


def sentences_of(reading: Reading, wording: LetterWording) -> list[Sentence]:
    """Cut a letter into sentences.

    Args:
        reading: What the reader of its format gave.
        wording: The words of its language.

    Returns:
        In reading order; they do not overlap, and together they hold every letter and digit of
        the text that `split_document` keeps.
    """
    found: list[Sentence] = []
    at = 0
    body = body_of(reading.text)
    edges = (body.start, body.end)
    for passage in split_document(reading, "brief")[1]:
        for start, end in _apart(_parts(passage), edges):
            paragraph = len(found)
            for sentence in _cut(reading.text, start, end, passage, paragraph, wording):
                if sentence.start >= at:
                    found.append(sentence)
                    at = sentence.end
    return _titled(found)


def _apart(spans: Iterator[Span], edges: Sequence[int]) -> Iterator[Span]:
    """Spans cut at edges: without an empty line, the salutation is one span with what follows."""
    for start, end in spans:
        inside = [edge for edge in edges if start < edge < end]
        yield from pairwise((start, *inside, end))


def _titled(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sentences with an item that is no more than a title ("8. Regio") made their heading."""
    titled: list[Sentence] = []
    title = ""
    for n, sentence in enumerate(sentences):
        following = sentences[n + 1] if n + 1 < len(sentences) else None
        alone = following is None or following.paragraph != sentence.paragraph
        if sentence.heading or sentence.label:
            title = ""
        listed = _is_listed(sentence, titled[-1] if titled else None, following)
        if sentence.label and alone and not listed and _is_title(sentence):
            title = sentence.text
            titled.append(replace(sentence, heading=True))
        elif title:
            titled.append(replace(sentence, section=(*sentence.section, title)))
        else:
            titled.append(sentence)
    return titled


def _is_listed(sentence: Sentence, before: Sentence | None, after: Sentence | None) -> bool:
    """Whether an item goes on with its lead-in, as those next to it do; a title has prose below."""
    if not sentence.section or sentence.section[-1][-1:] != ":":
        return False
    beside = [one for one in (before, after) if one and one.label and not one.heading]
    return any(one.section == sentence.section for one in beside)


def _is_title(sentence: Sentence) -> bool:
    return len(sentence.text) <= _LONGEST_TITLE and sentence.text[-1:] not in ".,;:?!"


def _parts(passage: Passage) -> Iterator[Span]:
    """The paragraphs and items of a passage, and what stands before its first sentence."""
    at = passage.start
    spans = list(passage.sentences)
    if passage.kind is PassageKind.LIST:
        groups: list[list[Span]] = []
        for span in spans:
            if not groups or _MARKER.match(passage.cut(*span)):
                groups.append([])
            groups[-1].append(span)
        edges = [(group[0][0], group[-1][1]) for group in groups]
    else:
        edges = [(spans[0][0], spans[-1][1])] if spans else []
    for start, end in edges:
        yield from _paragraphs(passage, at, start)
        yield from _paragraphs(passage, start, end)
        at = end
    yield from _paragraphs(passage, at, passage.end)


def _paragraphs(passage: Passage, start: int, end: int) -> Iterator[Span]:
    """A span cut at its empty lines."""
    at = start
    for gap in _BLANK.finditer(passage.cut(start, end)):
        yield at, start + gap.start()
        at = start + gap.end()
    yield at, end


def _cut(
    text: str,
    start: int,
    end: int,
    passage: Passage,
    paragraph: int,
    wording: LetterWording,
) -> Iterator[Sentence]:
    if not any(map(str.isalnum, text[start:end])):
        return
    marker = _MARKER.match(text, start, end)
    item = marker is not None and passage.kind is PassageKind.LIST
    label = (marker["number"] or marker["inside"] or "") if marker and item else ""
    begin = marker.end() if marker and item else start
    title = _TITLE.match(text, begin, end) if item else None
    before = passage.sentences[0][0] if passage.sentences else passage.end
    head = end <= before and not item
    section = tuple(part for part in (*passage.section, passage.lead_in) if part)
    first = True
    if title:
        yield Sentence(
            start, title.end("title"), title["title"].strip(), True, paragraph, section, item, label
        )
        section, start = (*section, title["title"].strip()), title.end("title")
    spans = sentence_spans(text, start, end)
    if passage.kind is PassageKind.TABLE_ROW:
        spans = tuple(cell for span in spans for cell in _cells(text, *span))
    for a, b, again in _seconds(text, spans, wording):
        inside = _MARKER.match(text, a, b) if first and item and not title else None
        words = " ".join(text[inside.end() if inside else a : b].split())
        words = words.strip("*_# ")
        yield Sentence(a, b, words, head, paragraph, section, item, label, first, again)
        first = False


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """A span of a table's row cut where a cell ends: a sentence does not go on in the next one."""
    at = start
    for cell in text[start:end].split("\t"):
        if cell.strip():
            yield at, at + len(cell)
        at += len(cell) + 1


def _seconds(
    text: str, spans: Sequence[Span], wording: LetterWording
) -> Iterator[tuple[int, int, bool]]:
    """Spans cut where a sentence goes on with a second request, and whether each is that."""
    for start, end in spans:
        again = False
        for at, stop in _cuts(text, start, end, wording):
            if min(stop - start, end - at) >= _LEAST_PART:
                yield start, stop, again
                start, again = at, True
        yield start, end, again


def _cuts(text: str, start: int, end: int, wording: LetterWording) -> Iterator[Span]:
    """Where the second request of a sentence begins, and where what goes before it ends."""
    orders = wording.orders.match(text, start, end) is not None
    for second in wording.second.finditer(text, start, end):
        if second["more"] or second["that"]:
            if wording.act_of(" ".join(text[start:end].split())) is PointType.REQUEST:
                stop = second.end("infinitive") if second["more"] else second.start()
                yield second.start("more" if second["more"] else "and"), stop
        elif second["order"]:
            if orders:
                yield second.start("and"), second.start()
        else:
            at = second.start("and") if second["and"] else second.start("stop")
            if wording.act_of(" ".join(text[at:end].split())) is not None:
                yield at, second.start() + (second["stop"] is not None)
