"""The debate sheet as a paper: one A4 for a council member, every line cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from assistant.citations import shorten
from assistant.phrases import Phrases, load_phrases
from assistant.reply.naming import article_of, inside
from assistant.reply.paper import Block, BlockKind, Paper, Piece, clean
from assistant.reply.pdf_file import to_pdf
from assistant.reply.point_text import in_turn
from assistant.reply.sheet import LINES, LONGEST, Cited, Sheet
from assistant.reply.word_file import to_word
from assistant.wording import count, date_in_words
from ingest.dutch.words import capital

_FILE = Path(__file__).parent.parent.parent / "prompts" / "debatblad.toml"
QUESTIONS = 5
_LONGEST_ASKED = 140
_LONGEST_TITLE = 80
_GAPS_FIRST = 2  # questions about what a letter asks, before all others


@cache
def _phrases() -> Phrases:
    return load_phrases(_FILE)


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
        blocks += [_item(f"„{line.excerpt(LONGEST)}”", line.source) for line in lines]
        if not lines:
            blocks.append(Block(BlockKind.PARAGRAPH, (Piece(say("niets")),)))
    blocks.append(Block(BlockKind.HEADING, (Piece(say("vragen")),)))
    asked = list(_questions(sheet))[:QUESTIONS]
    blocks += [_item(text, source) for text, source in asked]
    return Paper(title, title, tuple(blocks))


def _item(text: str, source: str) -> Block:
    return Block(BlockKind.ITEM, (Piece(clean(text)), Piece(f" ({source})")))


def _questions(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Questions with their source: on what a letter asks, of each part, on what is not there.

    There are always as many as `QUESTIONS`: that nothing is found is worth a question too.
    """
    say, used = _phrases().say, Counter[str]()
    about = inside(shorten(sheet.subject, _LONGEST_ASKED))
    nowhere = say("niets_in", documenten=count(sheet.documents, "document", "documenten"))
    elsewhere = tuple(line for line in sheet.elsewhere if line.municipality)
    parts: tuple[tuple[str, str, tuple[Cited, ...]], ...] = (
        ("toezegging", "geen_toezegging", sheet.promised),
        ("bevinding", "geen_bevinding", sheet.found),
        ("beleid", "geen_beleid", sheet.policy),
        ("elders", "geen_elders" if sheet.municipality else "", elsewhere),
    )
    for gap in sheet.gaps[:_GAPS_FIRST]:
        yield _asked_of_gap(gap, sheet, used)
    yield from (_asked(name, lines[0], used) for name, _, lines in parts if lines)
    for _, missing, lines in parts:
        if missing and not lines:
            yield say(missing, onderwerp=about), nowhere
    for gap in sheet.gaps[_GAPS_FIRST:]:
        yield _asked_of_gap(gap, sheet, used)
    for row in range(1, LINES):
        for name, _, lines in parts:
            if row < len(lines):
                yield _asked(name, lines[row], used)
    for turn in range(2):
        yield in_turn(_phrases(), "algemeen", turn, onderwerp=about), say("zonder_bron")


def _asked(part: str, line: Cited, used: Counter[str]) -> tuple[str, str]:
    """A question about a line, by what kind of statement it is, in other words each time."""
    name = f"vraag_{part}"
    if part != "elders" and f"vraag_{line.kind}" in _phrases().sentences:
        name = f"vraag_{line.kind}"
    given = {"gemeente": line.municipality} if part == "elders" else {}
    return _in_turn(name, line, used, **given), line.source


def _asked_of_gap(gap: Cited, sheet: Sheet, used: Counter[str]) -> tuple[str, str]:
    """A question about what a letter asks and the documents do not answer."""
    sender = sheet.sender and f"{article_of(sheet.sender) or 'de'} {sheet.sender}"
    who = capital(sender or _phrases().say("de_brief"))
    return _in_turn(f"leemte_{gap.kind.replace(' ', '_')}", gap, used, wie=who), gap.source


def _in_turn(name: str, line: Cited, used: Counter[str], **given: str) -> str:
    shown = line.excerpt(_LONGEST_ASKED)
    stop = "" if shown[-1:] in ".!?…" else "."
    turn = used[name]
    used[name] += 1
    return in_turn(_phrases(), name, turn, citaat=f"„{shown}”{stop}", **given)


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
