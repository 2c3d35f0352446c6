"""The debate sheet: one A4 for a council member, on a topic or on a letter, every line cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path

from assistant.citations import Quote, cite, shorten
from assistant.phrases import Phrases, load_phrases
from assistant.register import Entry, Register
from assistant.reply.naming import inside, short_title
from assistant.reply.paper import Block, BlockKind, Paper, Piece, clean
from assistant.reply.pdf_file import to_pdf
from assistant.reply.point_text import Documents, in_turn, without_marker
from assistant.reply.records import PointType, Role, Stance
from assistant.reply.word_file import to_word
from assistant.reply.work import Work
from assistant.wording import count, date_in_words, position
from ingest.documents import StatementKind

_FILE = Path(__file__).parent.parent.parent / "prompts" / "debatblad.toml"
LINES = 3
"""Lines that each part of the sheet has at most."""
QUESTIONS = 5
LONGEST = 170
"""Characters of a quote that a line shows; so that the sheet stays on one page."""
_LONGEST_ASKED = 110
_LONGEST_TITLE = 80
_FEW = 4  # words of a line that tells something
_POLICY = (
    StatementKind.GOAL,
    StatementKind.PRINCIPLE,
    StatementKind.MEASURE,
    StatementKind.ASSIGNMENT,
)
_FOUND = (StatementKind.FINDING, StatementKind.RECOMMENDATION)


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the sheet.

    Attributes:
        text: The quote, whole.
        source: Where it stands, in words.
        municipality: Whose it is, or "".
    """

    text: str
    source: str
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A debate sheet before it is a file.

    Attributes:
        subject: What it is about.
        municipality: Whose policy it is about; "" for that of all.
        documents: Number of documents that were searched.
        policy: What is policy.
        promised: What was promised and not yet reported.
        found: What an evaluator found.
        elsewhere: What other municipalities do.
        gaps: Points of a letter of which the documents say nothing.
    """

    subject: str
    municipality: str
    documents: int
    policy: tuple[Cited, ...]
    promised: tuple[Cited, ...]
    found: tuple[Cited, ...]
    elsewhere: tuple[Cited, ...]
    gaps: tuple[Cited, ...] = ()


@cache
def _phrases() -> Phrases:
    return load_phrases(_FILE)


def sheet_on(topic: str, municipality: str, documents: Documents, register: Register) -> Sheet:
    """Gather a sheet on a topic from the register.

    Args:
        topic: A topic or words, as typed.
        municipality: Whose policy it is about; "" for that of all.
        documents: The indexed documents by id.
        register: Their statements.
    """
    entries = _about(topic, register)
    own = [e for e in entries if municipality in ("", e.home.document.municipality)]
    others = [e for e in entries if e not in own] if municipality else []

    def lines(some: Sequence[Entry], kinds: Sequence[StatementKind]) -> tuple[Cited, ...]:
        chosen = [entry for entry in some if entry.statement.kind in kinds]
        return tuple(_cited(entry, documents) for entry in _ranked(chosen, topic, register)[:LINES])

    return Sheet(
        topic,
        municipality,
        len(documents),
        policy=lines(own, _POLICY),
        promised=lines([e for e in own if _is_open(e, register)], (StatementKind.PROMISE,)),
        found=lines(own, _FOUND),
        elsewhere=lines(others, _POLICY),
    )


def sheet_of_work(work: Work, documents: Documents) -> Sheet:
    """Gather a sheet on a letter from what was found for its points.

    Args:
        work: The work on the letter.
        documents: The indexed documents by id.
    """
    found: dict[Role, list[Cited]] = {role: [] for role in Role}
    # The best quote of each point comes first, then the second best.
    for row in zip_longest(*(item.evidence for item in work.items)):
        for one in filter(None, row):
            line = _line(one.quote, documents)
            if line not in found[one.role]:
                found[one.role].append(line)
    gaps = [
        Cited(item.point.core_text, work.letter.name)
        for item in work.items
        if item.stance is Stance.NOTHING and item.point.type is not PointType.COMPLIMENT
    ]
    subject = work.letter.subject or work.letter.name
    policy = [*found[Role.POLICY], *found[Role.EARLIER]]
    return Sheet(
        subject,
        work.municipality,
        len(documents),
        policy=tuple(policy[:LINES]),
        promised=tuple(found[Role.PROMISE][:LINES]),
        found=tuple(found[Role.FINDING][:LINES]),
        elsewhere=tuple(found[Role.EXAMPLE][:LINES]),
        gaps=tuple(gaps[:LINES]),
    )


def _about(topic: str, register: Register) -> list[Entry]:
    """The statements about a topic: by its name in the vocabulary, or by all of its words."""
    named = {name for word in topic.split() for name in register.topics.named(word)}
    named |= {topic.strip().casefold()} & set(register.topics.names)
    words = register.terms(topic)
    return [
        entry
        for entry in register.entries
        if named & set(entry.statement.topics)
        or (words and words <= register.terms(f"{entry.text}\n{entry.named}"))
    ]


def _ranked(entries: Sequence[Entry], topic: str, register: Register) -> list[Entry]:
    """What says the topic itself before what only stands under it; the latest first.

    A catchword comes last: "Mantelzorg." tells a reader nothing.
    """
    words = register.terms(topic)

    def rank(entry: Entry) -> tuple[bool, bool, bool, int]:
        own = words <= register.terms(entry.text)
        tells = len(entry.text.split()) >= _FEW
        return (tells, own, not entry.statement.implied, entry.statement.year or 0)

    return sorted(entries, key=rank, reverse=True)


def _is_open(promise: Entry, register: Register) -> bool:
    """Whether no later document of the same thread reports on a promise."""
    thread = next((t for t in register.threads if promise in t), ())
    day = promise.home.document.date
    return not any(other.home.document.date > day for other in thread)


def _cited(entry: Entry, documents: Documents) -> Cited:
    return _line(Quote(entry.passage, entry.statement.start, entry.statement.end), documents)


def _line(quote: Quote, documents: Documents) -> Cited:
    """A quote, checked, with where it stands."""
    citation = cite(quote, documents, number=1)
    title = shorten(short_title(citation.title), _LONGEST_TITLE)
    town = "" if citation.municipality in title else citation.municipality
    where = ", ".join(part for part in (title, town, position(citation)) if part)
    words = without_marker(" ".join(citation.quote.split())).replace("*", "").strip("_ ")
    return Cited(clean(words), clean(where), citation.municipality)


def sheet_paper(sheet: Sheet, day: date) -> Paper:
    """Write a sheet.

    Args:
        sheet: What was gathered.
        day: The day on which it is written.
    """
    say = _phrases().say
    title = clean(say("titel", onderwerp=shorten(sheet.subject, _LONGEST_TITLE)))
    about = say(
        "uitleg",
        datum=date_in_words(day.isoformat()),
        documenten=count(sheet.documents, "document", "documenten"),
        gemeente=sheet.municipality or say("alle_gemeenten"),
    )
    blocks = [
        Block(BlockKind.TITLE, (Piece(title),)),
        Block(BlockKind.SMALL, (Piece(clean(about)),)),
    ]
    parts = (
        ("beleid", sheet.policy),
        ("toegezegd", sheet.promised),
        ("bevonden", sheet.found),
        ("elders", sheet.elsewhere),
    )
    for name, lines in parts:
        blocks.append(Block(BlockKind.HEADING, (Piece(say(name)),)))
        blocks += [_item(f"„{shorten(line.text, LONGEST)}”", line.source) for line in lines]
        if not lines:
            blocks.append(Block(BlockKind.PARAGRAPH, (Piece(say("niets")),)))
    blocks.append(Block(BlockKind.HEADING, (Piece(say("vragen")),)))
    asked = list(_questions(sheet))[:QUESTIONS]
    blocks += [_item(text, source) for text, source in asked]
    if not asked:
        blocks.append(Block(BlockKind.PARAGRAPH, (Piece(say("niets")),)))
    return Paper(title, title, tuple(blocks))


def _item(text: str, source: str) -> Block:
    return Block(BlockKind.ITEM, (Piece(clean(text)), Piece(f" ({source})")))


def _questions(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Questions with their source: one of each kind, then of what was not found, then the others.

    There are always as many as `QUESTIONS`: that nothing is found is worth a question too.
    """
    say = _phrases().say
    about = inside(shorten(sheet.subject, _LONGEST_ASKED))
    nowhere = say("niets_in", documenten=count(sheet.documents, "document", "documenten"))
    kinds: tuple[tuple[str, str, tuple[Cited, ...]], ...] = (
        ("vraag_toegezegd", "geen_toezegging", sheet.promised),
        ("vraag_bevonden", "geen_bevinding", sheet.found),
        ("vraag_beleid", "geen_beleid", sheet.policy),
        ("vraag_leemte", "", sheet.gaps),
        (
            "vraag_elders",
            "geen_elders" if sheet.municipality else "",
            tuple(line for line in sheet.elsewhere if line.municipality),
        ),
    )
    yield from (_asked(name, 0, lines[0]) for name, _, lines in kinds if lines)
    for _, missing, lines in kinds:
        if missing and not lines:
            yield say(missing, onderwerp=about), nowhere
    for row in range(1, LINES):
        for name, _, lines in kinds:
            if row < len(lines):
                yield _asked(name, row, lines[row])
    for turn in range(2):
        yield in_turn(_phrases(), "algemeen", turn, onderwerp=about), say("zonder_bron")


def _asked(name: str, turn: int, line: Cited) -> tuple[str, str]:
    """A question about a line, in the words of its kind by turns."""
    given = {"citaat": f"„{shorten(line.text, _LONGEST_ASKED)}”"}
    if name == "vraag_elders":
        given["gemeente"] = line.municipality
    return in_turn(_phrases(), name, turn, **given), line.source


def _docx(paper: Paper) -> bytes:
    return to_word(replace(paper, compact=True))


_WRITERS: Mapping[str, Callable[[Paper], bytes]] = {".docx": _docx, ".pdf": to_pdf}


def sheet_file(sheet: Sheet, suffix: str, day: date) -> bytes:
    """Write a sheet in one of the formats of `SHEET_SUFFIXES`.

    Args:
        sheet: What was gathered.
        suffix: ".docx" or ".pdf".
        day: The day on which it is written.
    """
    return _WRITERS[suffix](sheet_paper(sheet, day))


SHEET_SUFFIXES: Mapping[str, object] = _WRITERS
"""The suffixes of files that a sheet can be written as."""
