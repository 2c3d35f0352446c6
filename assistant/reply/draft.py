"""The draft of the reply as a paper: head, points with footnotes, closing, and the annex."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.citations import Quote, cite, shorten
from assistant.phrases import Phrases, load_phrases
from assistant.reply.naming import addressee, article_of, inside, is_sent
from assistant.reply.paper import Block, BlockKind, Paper, Piece, Table, blocks_of, clean, heading
from assistant.reply.point_text import (
    Documents,
    Need,
    bare,
    item_text,
    need_of,
    needs,
    without_marker,
)
from assistant.reply.records import Letter, PointType
from assistant.reply.work import Item, Work
from assistant.wording import count, date_in_words, enumeration, source_line
from ingest.dutch.words import capital

TEMPLATE = Path(__file__).parent.parent.parent / "prompts" / "antwoordbrief.toml"
_IN_TABLE = 200
_NEAREST = 2  # quotes that do not answer a point, in its row of the annex
_BEARING = 4  # quotes that bear on a point, besides those that the reply takes up


@cache
def load_template(path: Path = TEMPLATE) -> Phrases:
    """Read the sentences of the draft.

    Args:
        path: A municipality's own file; the one that comes with the program by default.

    Raises:
        PhrasesError: If the file is missing, or an entry is wrong.
    """
    return load_phrases(path)


def reply_paper(work: Work, documents: Documents, template: Phrases, day: date) -> Paper:
    """Write the reply.

    Args:
        work: The officer's work.
        documents: The indexed documents by id; every quote is checked against them.
        template: The sentences.
        day: The day on which it is written.

    Raises:
        CitationError: If a quote does not stand in its document.
        PhrasesError: If the template lacks a sentence.
    """
    letter, say = work.letter, template.say
    subject, sender = _subject(letter, template), letter.sender
    blocks: list[Block] = [
        *_plain(say("melding", datum=date_in_words(day.isoformat())), BlockKind.SMALL),
        *_plain(_still_open(work, template), BlockKind.SMALL),
        *_plain(_head(letter, subject, template), BlockKind.LINE),
        Block(BlockKind.PARAGRAPH, (Piece(" "),)),
        *_opening(work, template),
    ]
    for number, item in enumerate(work.items, start=1):
        blocks.append(heading(f"{number}. {item.heading}"))
        blocks += blocks_of(item_text(item, template), notes_of(item, documents, template))
    blocks += _plain(say("slot"))
    blocks += _plain(say("groet"))
    blocks += _plain(say("ondertekening", gemeente=bare(work.municipality) or say("onbekend")))
    searched = count(len(documents), "document", "documenten")
    points = count(len(work.items), "punt", "punten")
    return Paper(
        title=clean(subject),
        subject=clean(f"{letter.name}, {sender}" if sender else letter.name),
        blocks=_told_once(blocks, _short_notes(work, documents, template)),
        annex=(
            heading(say("bijlage")),
            *_plain(say("bijlage_uitleg", aantal=points, documenten=searched)),
        ),
        table=_table(work, documents, template),
    )


def _subject(letter: Letter, template: Phrases) -> str:
    """What the reply is about: "Reactie op uw advies over ...", or the letter by its subject."""
    about = bare(letter.subject)
    if not about:
        return template.say("onderwerp_zonder")
    if is_sent(about):
        return template.say("onderwerp", onderwerp=inside(about))
    return template.say("onderwerp_brief", onderwerp=capital(about))


def _head(letter: Letter, subject: str, template: Phrases) -> str:
    unknown = template.say("onbekend")
    return template.say(
        "kopregels",
        afzender=bare(letter.sender) or unknown,
        uw_datum=date_in_words(letter.date) or unknown,
        uw_kenmerk=bare(letter.reference) or unknown,
        onderwerp=bare(subject),
    )


def _opening(work: Work, template: Phrases) -> tuple[Block, ...]:
    """Salutation, thanks, and how the reply is set out."""
    say, sender = template.say, bare(work.letter.sender)
    written = date_in_words(work.letter.date)
    who, article = addressee(sender), article_of(sender) or "de"
    name = {"leden": "aanhef", "bestuur": "aanhef_bestuur"}.get(who, "aanhef_zonder")
    ordered = all(a.point.start <= b.point.start for a, b in pairwise(work.items))
    guide = "leeswijzer" if ordered else "leeswijzer_anders"
    return (
        *_plain(say(name, afzender=f"{article} {sender}") if who else say(name)),
        *_plain(say("dank", datum=written) if written else say("dank_zonder")),
        *_plain(say(guide) if work.items else say("geen_punten")),
    )


def _still_open(work: Work, template: Phrases) -> str:
    """Which points still need the officer, and how many; "" for a letter without points."""
    if not work.items:
        return ""
    found = needs(work.items, template)
    names = ((Need.CHOICE, "nog_kiezen"), (Need.WORDS, "nog_aanvullen"))
    total = count(len(work.items), "punt", "punten")
    told = [
        template.say(
            name,
            aantal=str(len(found[need])),
            totaal=total,
            punten=enumeration(map(str, found[need])),
        )
        for need, name in names
        if found[need]
    ]
    return "\n".join(told) or template.say("alles_gekozen")


def notes_of(item: Item, documents: Documents, template: Phrases) -> dict[int, str]:
    """The footnotes that the text of a point can use, by their number in it.

    Raises:
        CitationError: If a quote does not stand in its document.
    """
    return {
        number: _note(evidence.quote, documents, template)
        for number, evidence in enumerate(item.evidence, start=1)
    }


def _note(quote: Quote, documents: Documents, template: Phrases) -> str:
    """Where a quote stands, and the quote as it stands there."""
    citation = cite(quote, documents, number=1)
    words = " ".join(citation.quote.split())
    return template.say("voetnoot", bron=source_line(citation), citaat=f"„{words}”")


def _short_notes(work: Work, documents: Documents, template: Phrases) -> dict[str, str]:
    """For each footnote what stands in its place where it would come a second time."""
    return {
        clean(_note(one.quote, documents, template)): clean(
            template.say("voetnoot_weer", bron=source_line(cite(one.quote, documents, number=1)))
        )
        for item in work.items
        for one in item.evidence
    }


def _told_once(blocks: list[Block], short: dict[str, str]) -> tuple[Block, ...]:
    """Blocks in which a footnote gives a quote the first time only, and then the place alone."""
    seen: set[str] = set()

    def once(piece: Piece) -> Piece:
        if piece.note not in seen:
            seen.add(piece.note)
            return piece
        return replace(piece, note=short.get(piece.note, piece.note))

    return tuple(replace(block, pieces=tuple(map(once, block.pieces))) for block in blocks)


def _table(work: Work, documents: Documents, template: Phrases) -> Table:
    """Point, evidence and stance, for whoever checks the draft."""
    columns = tuple(template.say("kolommen").split("|"))
    rows = []
    for number, item in enumerate(work.items, start=1):
        quote = shorten(without_marker(item.point.core_text), _IN_TABLE)
        need = need_of(item, template)
        stance = item.stance.value if need is Need.NONE else f"{item.stance.value}\n({need.value})"
        told = _found_text(item, documents, template)
        cells = (str(number), quote, item.point.type.value, told, stance)
        rows.append(tuple(clean(cell) for cell in cells))
    return Table(columns, tuple(rows))


def _found_text(item: Item, documents: Documents, template: Phrases) -> str:
    """What was found for a point, a quote a line, or what was searched for in vain."""
    ticked = [item.evidence[n] for n in item.ticked if n < len(item.evidence)]
    first = [one for one in item.evidence if one.bears][:_BEARING]
    bearing = [one for one in item.evidence if one in ticked or one in first]
    nearest = [o for o in item.evidence if not o.bears and o not in ticked][:_NEAREST]
    found = [
        f"{source_line(cite(one.quote, documents, number=1))}: "
        f"„{shorten(' '.join(one.text.split()), _IN_TABLE)}” ({one.role.value})"
        for one in (bearing if item.answered.carried_by else [*bearing, *nearest])
    ]
    nothing = template.say(
        "niets_doorzocht",
        woorden=", ".join(item.answered.about) or "-",
        documenten=count(len(item.answered.searched), "document", "documenten"),
    )
    if item.answered.carried_by is None and item.point.type is not PointType.COMPLIMENT:
        found = [nothing, *([template.say("in_de_buurt"), *found] if found else [])]
    return "\n".join(found) or nothing


def _plain(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[Block, ...]:
    return blocks_of(text, {}, kind)
