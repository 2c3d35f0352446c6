"""Reads a letter: its head, its points, and the rest of it. Nothing is added to the index."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import LetterError
from assistant.reply.layout import laid_out
from assistant.reply.notices import HEAD_REACH, MOST_POINTS, locked, no_text, notices
from assistant.reply.points import PointFinder, Terms
from assistant.reply.records import Letter, Point, Rest, RestKind
from assistant.reply.sentences import Body, Sentence, body_of, sentences_of
from assistant.reply.wording import LetterWording, wording_for
from ingest.documents import Reading
from ingest.dutch.words import words as plain_words
from ingest.errors import ReadingError
from ingest.guesses import guess
from ingest.letters import is_greeting, is_salutation
from ingest.readers import ReaderProcess

_SENDER = re.compile(
    r"\b(?:namens|van:|afzender:?)?\s*(?:(?:de|het|wmo-?|participatie)\s*)*"
    r"(?P<name>(?:[A-Z][\w-]*\s+)*?(?:Wmo-|Participatie|Senioren|Jeugd|Cliënten|Advies|Inwoners)?"
    r"(?:[Aa]dviesraad|ADVIESRAAD|CLIËNTENRAAD|[Aa]dviescommissie|"
    r"(?:[Cc]liënten|[Ss]enioren|[Oo]uderen|[Jj]ongeren|[Jj]eugd|[Dd]orps|[Ww]ijk|[Pp]articipatie|"
    r"[Ii]nwoners|[Gg]ehandicapten|[Mm]antelzorg|[Mm]inima|[Bb]urger)(?:advies)?raad|"
    r"[Aa]dvisory [Cc]ouncil)"
    r"(?:[ \t]+(?:[A-Z][\w’'-]*|[Ss]ociaal|[Dd]omein|bij|en|van|de|het|voor|Wmo))*)"
)
# What the first line of a letter is, when it is no letterhead: an address, or a line of its head.
_NO_LETTERHEAD = re.compile(
    r"[\d:@#*|]|^\W*(?:aan|datum|betreft|onderwerp|college|gemeente|geachte?|beste|burgemeester|brief|"
    r"advies|reactie|zienswijze|per|dear|to)\b",
    re.IGNORECASE,
)
_LETTERHEAD = 80  # characters
_LEAST_WORDS_OF_NAME = 2
_LOOSE_END = re.compile(r"(?: (?:bij|en|van|de|het|voor))+$")
_REFERENCE = re.compile(
    r"^\W*(?:ons |onze )?(?:kenmerk|referentie|briefnummer|ref\.)\s*:?\s*(?P<it>\S.{0,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(
    r"^\W*(?:onderwerp|betreft|subject|re:)\s*:?\s*(?P<it>\S.{2,250})$",
    re.IGNORECASE | re.MULTILINE,
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LEAST_WORDS = 20
_PASSWORD = "wachtwoord"
_BLANK_LINE = 2  # line ends in it
_TAIL_REACH = 600


def read_letter(
    path: Path, municipalities: Collection[str], terms: Terms, name: str = ""
) -> Letter:
    """Read a letter from a file, in the isolated process that reads documents.

    Args:
        path: The file: any format that the corpus may hold.
        municipalities: Names of the municipalities in the index.
        terms: Gives the terms of a text.
        name: What to call the file; its own name when "".

    Raises:
        ReadingError: If the file cannot be read.
        LetterError: If it holds no text (an empty file, or a scan), or asks for a password.
    """
    shown = name or path.name
    with ReaderProcess() as process:
        try:
            reading = process.read(path)
        except ReadingError as error:
            if _PASSWORD in str(error):
                # Who uploads a letter has no catalog to write its password in.
                raise LetterError(locked(shown)) from error
            # The file may have another name here than the one that the user knows it by.
            raise ReadingError(str(error).replace(path.name, shown)) from error
    return letter_of(reading, shown, municipalities, terms)


def letter_of(reading: Reading, name: str, municipalities: Collection[str], terms: Terms) -> Letter:
    """Find the head, the points and the rest of a letter.

    Args:
        reading: What the reader of its format gave.
        name: Name of its file.
        municipalities: Names of the municipalities in the index.
        terms: Gives the terms of a text.

    Raises:
        LetterError: If it holds no text.
    """
    reading = replace(reading, text=laid_out(reading.text))
    text = reading.text
    if len(plain_words(text)) < _LEAST_WORDS:
        raise LetterError(no_text(reading, name))
    wording = wording_for(text)
    body = body_of(text)
    sentences = sentences_of(reading, wording)
    inside = [sentence for sentence in sentences if body.holds(sentence)]
    found = PointFinder(wording, terms).find(inside)
    points = tuple(in_letter(point, text) for point in found[:MOST_POINTS])
    head = text[: body.start] if body.start else text[:HEAD_REACH]
    guessed = guess(Path(name).stem, reading)
    return Letter(
        name=name,
        text=text,
        sender=_sender(head, text[body.end :][:_TAIL_REACH] or text[-_TAIL_REACH:])
        or (_letterhead(head) if body.start else ""),
        date=guessed.get("date", ""),
        reference=_of(_REFERENCE, head),
        subject=_of(_SUBJECT, head),
        municipality=_municipality(f"{head}\n{name}", text, municipalities),
        points=points,
        rest=_rest(text, points, sentences, body, wording),
        notices=notices(reading, found, sentences, body, wording),
    )


def rest_around(reading: Reading, points: Sequence[Point]) -> tuple[Rest, ...]:
    """All of a letter that is in none of the points given.

    Args:
        reading: What the reader of its format gave.
        points: Points of it, in any order; they may be others than `letter_of` finds.
    """
    reading = replace(reading, text=laid_out(reading.text))
    wording = wording_for(reading.text)
    sentences, body = sentences_of(reading, wording), body_of(reading.text)
    return _rest(reading.text, points, sentences, body, wording)


def in_letter(point: Point, text: str) -> Point:
    """A point with its words and those of its paragraph around it.

    Args:
        point: The point; its start and end count.
        text: The letter that it stands in.
    """
    breaks = [found.end() for found in _PARAGRAPH.finditer(text, 0, point.start)]
    ends = _PARAGRAPH.search(text, point.end)
    return replace(
        point,
        quote=text[point.start : point.end],
        before=text[breaks[-1] if breaks else 0 : point.start].strip(),
        after=text[point.end : ends.start() if ends else len(text)].strip(),
    )


def _of(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(found["it"].split()) if found else ""


def _sender(head: str, tail: str) -> str:
    """Who wrote it: the council that the letterhead or the end of the letter names."""
    for text in (head, tail):
        found = _SENDER.search(text)
        if found:
            name = _LOOSE_END.sub("", " ".join(found["name"].split()))
            return _spelled(name)
    return ""


def _letterhead(head: str) -> str:
    """The first line of a letter, where it can be the name of who wrote; "" where it cannot."""
    first = next((line.strip() for line in head.splitlines() if line.strip()), "")
    words = first.split()
    if not _LEAST_WORDS_OF_NAME <= len(words) or len(first) > _LETTERHEAD:
        return ""
    plain = first[:1].isupper() and first[-1].isalnum()
    return _spelled(first) if plain and not _NO_LETTERHEAD.search(first) else ""


def _spelled(name: str) -> str:
    """A name without the capitals of a letterhead."""
    if not name.isupper():
        return name
    small = {"De", "Het", "Een", "En", "Van", "Voor", "Bij", "In", "Op", "Der", "Den", "Aan"}
    first, *others = name.title().split(" ")
    return " ".join([first, *(one.lower() if one in small else one for one in others)])


def _municipality(head: str, text: str, known: Collection[str]) -> str:
    """The municipality of the index that the head names, else the one named most."""

    def named(where: str) -> list[tuple[int, str]]:
        lower = " ".join(where.lower().replace("-", " ").split())
        counts = ((lower.count(name.lower().replace("-", " ")), name) for name in known if name)
        return sorted((pair for pair in counts if pair[0]), reverse=True)

    for where in (head, text):
        found = named(where)
        if found:
            return found[0][1]
    return ""


def _rest(
    text: str,
    points: Sequence[Point],
    sentences: Sequence[Sentence],
    body: Body,
    wording: LetterWording,
) -> tuple[Rest, ...]:
    """All that is in no point, cut where the sentences are."""
    taken = sorted((p.start, p.end) for p in points)
    taken = sorted([*taken, *(span for p in points for span in p.also)])
    rest: list[Rest] = []
    at = 0
    for start, end in [*taken, (len(text), len(text))]:
        rest += _pieces(text, at, start, sentences, body, wording)
        at = max(at, end)
    return tuple(rest)


def _pieces(
    text: str,
    start: int,
    end: int,
    sentences: Sequence[Sentence],
    body: Body,
    wording: LetterWording,
) -> list[Rest]:
    """A part of the letter cut at its sentences; what no sentence holds goes with its neighbour."""
    edges = sorted(
        {start, end, *(s.start for s in sentences if start < s.start < end)}
        | {edge for edge in (body.start, body.end, body.annex) if start < edge < end}
    )
    pieces: list[Rest] = []
    for first, last in zip(edges, edges[1:], strict=False):
        said = text[first:last]
        lead = len(said) - len(said.lstrip())
        said = said.strip()
        if not any(map(str.isalnum, said)):
            continue
        begin = first + lead
        heading = next((s.heading for s in sentences if s.start == begin), False)
        kind = _kind_of_rest(said, heading, begin, body, wording)
        if pieces and pieces[-1].kind is kind and _joins(text, pieces[-1], begin):
            begin = pieces.pop().start
        finish = first + lead + len(said)
        pieces.append(Rest(kind, begin, finish, text[begin:finish]))
    return pieces


def _joins(text: str, before: Rest, begin: int) -> bool:
    """Whether what begins at an offset goes on with the part before it."""
    if before.kind in {RestKind.HEAD, RestKind.CLOSING}:
        return True
    between = text[before.end : begin]
    return before.kind is not RestKind.HEADING and between.count("\n") < _BLANK_LINE


def _kind_of_rest(
    said: str, heading: bool, start: int, body: Body, wording: LetterWording
) -> RestKind:
    words = " ".join(said.split())
    if wording.commands.search(words):
        return RestKind.COMMAND
    if body.start and start < body.start:
        return RestKind.SALUTATION if is_salutation(said) else RestKind.HEAD
    if body.end <= start < body.annex or is_greeting(said):
        return RestKind.CLOSING
    if heading:
        return RestKind.HEADING
    if wording.opens.search(words):
        return RestKind.INTRODUCTION
    return RestKind.CLOSING if wording.courtesy.search(words) else RestKind.EXPLANATION
