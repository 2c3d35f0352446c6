"""The draft of the reply: sentences of a template around quotes, each with its footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistant.citations import Quote, cite, shorten
from assistant.phrases import Phrases, load_phrases
from assistant.reply.paper import Block, BlockKind, Paper, Piece, Table, blocks_of, clean, heading
from assistant.reply.records import Evidence, Point, PointType, Role, Stance
from assistant.reply.work import Item, Work
from assistant.wording import count, date_in_words, source_line
from ingest.documents import IndexedDocument

Documents = Mapping[str, IndexedDocument]
TEMPLATE = Path(__file__).parent.parent.parent / "prompts" / "antwoordbrief.toml"
LONGEST_QUOTE = 320
"""Characters of a quote that the text shows; its footnote holds all of it."""
_SHORTEST_TITLE = 10
_IN_TABLE = 200
_NEAREST = 2  # quotes that do not answer a point, in its row of the annex
# The bullet or number of an item in its list says nothing in a sentence of ours.
_MARKER = re.compile(r"^\W*(?:[•▪●–-]|(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)])\s+")
# A second request of one sentence begins so.
_JOINED = re.compile(r"^(?:en|maar|and|but)\s+", re.IGNORECASE)
_ORDER = (Role.ADVICE, Role.EARLIER, Role.PROMISE, Role.POLICY, Role.FINDING, Role.EXAMPLE)
_OPENINGS = {
    PointType.REQUEST: "punt_verzoek",
    PointType.QUESTION: "punt_vraag",
    PointType.CRITICISM: "punt_kritiek",
    PointType.COMPLIMENT: "punt_compliment",
    PointType.TEXT: "punt_tekstvoorstel",
    PointType.MISSING: "punt_ontbrekend",
}
_CARRIED = {
    Stance.POLICY: "standpunt_beleid",
    Stance.PARTLY: "standpunt_deels",
    Stance.DECLINED: "standpunt_niet",
    Stance.PROMISED: "standpunt_onderzocht",
}


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
    about = inside(letter.subject)
    subject = say("onderwerp", onderwerp=about) if about else say("onderwerp_zonder")
    unknown = say("onbekend")
    written = date_in_words(letter.date)
    sender = letter.sender
    head = say(
        "kopregels",
        afzender=_bare(sender) or unknown,
        uw_datum=written or unknown,
        uw_kenmerk=_bare(letter.reference) or unknown,
        onderwerp=_bare(subject),
    )
    blocks: list[Block] = [
        *_plain(say("melding", datum=date_in_words(day.isoformat())), BlockKind.SMALL),
        *_plain(head, BlockKind.LINE),
        Block(BlockKind.PARAGRAPH, (Piece(" "),)),
        *_plain(say("aanhef", afzender=_bare(sender)) if sender else say("aanhef_zonder")),
        *_plain(say("dank", datum=written) if written else say("dank_zonder")),
        *_plain(say("leeswijzer") if work.items else say("geen_punten")),
    ]
    for number, item in enumerate(work.items, start=1):
        blocks.append(heading(f"{number}. {item.heading}"))
        blocks += blocks_of(
            item_text(item, documents, template), notes_of(item, documents, template)
        )
    blocks += _plain(say("slot"))
    blocks += _plain(say("groet"))
    blocks += _plain(say("ondertekening", gemeente=_bare(work.municipality) or unknown))
    searched = count(len(documents), "document", "documenten")
    points = count(len(work.items), "punt", "punten")
    return Paper(
        title=clean(subject),
        subject=clean(f"{letter.name}, {sender}" if sender else letter.name),
        blocks=tuple(blocks),
        annex=(
            heading(say("bijlage")),
            *_plain(say("bijlage_uitleg", aantal=points, documenten=searched)),
        ),
        table=_table(work, documents, template),
    )


def item_text(item: Item, documents: Documents, template: Phrases) -> str:
    """The text of one point of the reply: the officer's own, or the drafted one.

    Returns:
        Plain text, a paragraph a line; "[n]" stands for the footnote to the n-th evidence, and
        other square brackets hold what the officer has to fill in or to choose.
    """
    return drafted_text(item, documents, template) if item.text is None else item.text


def drafted_text(item: Item, documents: Documents, template: Phrases) -> str:
    """The text of one point as it is drafted from what was ticked; see `item_text`."""
    point = item.point
    first = in_turn(template, _OPENINGS[point.type], point.number, citaat=_own_words(point))
    if point.also:
        first = f"{first} {template.say('herhaald')}"
    told = [text for _, text in _told(item, template)]
    stance = _stance_text(item, documents, template)
    return "\n\n".join(part for part in (first, " ".join(told), stance) if part)


def in_turn(template: Phrases, name: str, turn: int, **values: str) -> str:
    """One of the entries of a name, by turns: "punt_vraag", "punt_vraag_2".

    Args:
        template: The sentences.
        name: The name without a number.
        turn: Whose turn it is, from 0.
        **values: The variables of the sentence.
    """
    found = [name]
    while (following := f"{name}_{len(found) + 1}") in template.sentences:
        found.append(following)
    return template.say(found[turn % len(found)], **values)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the draft that tells what a quote says.

    Attributes:
        number: Number of its footnote.
        text: The sentence with its footnote's mark, without the open place that may follow it.
    """

    number: int
    text: str


def told_sentences(item: Item, template: Phrases) -> list[Told]:
    """The sentences of a drafted text that tell what a quote says, quote and all."""
    found = []
    for number, text in _told(item, template):
        sentence = text[: text.rindex(f"[{number}]")] + f"[{number}]"
        if "„" in sentence:
            found.append(Told(number, sentence))
    return found


def _told(item: Item, template: Phrases) -> Iterator[tuple[int, str]]:
    """A sentence for each ticked quote with its number; of one source only the first names it.

    What was advised before comes first, then what was answered and promised, then policy.
    """
    ticked = [n for n in item.ticked if 0 <= n < len(item.evidence)]
    last: Evidence | None = None
    again = 0
    for number in sorted(ticked, key=lambda n: (_ORDER.index(item.evidence[n].role), n)):
        one = item.evidence[number]
        same = last and (last.document.id, last.role) == (one.document.id, one.role)
        if same and one.role not in {Role.PROMISE, Role.ADVICE}:
            quoted = _quoted(one, number + 1)
            yield number + 1, in_turn(template, "bewijs_ook", again, citaat=quoted)
            again += 1
        else:
            yield number + 1, _evidence_text(one, number + 1, item.point.number, template)
        last = one


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


def _evidence_text(evidence: Evidence, number: int, turn: int, template: Phrases) -> str:
    """One sentence with a quote and the number of its footnote."""
    say, document = template.say, evidence.document
    title, year = short_title(_bare(document.title)), document.date[:4]
    quote = _quoted(evidence, number)
    match evidence.role:
        case Role.EXAMPLE:
            town = _bare(document.municipality) or say("onbekend")
            return say("bewijs_voorbeeld", document=title, gemeente=town, citaat=quote)
        case Role.EARLIER if year:
            return say("bewijs_antwoord", jaar=year, citaat=quote)
        case Role.EARLIER:
            return say("bewijs_antwoord_zonder", citaat=quote)
        case Role.ADVICE:
            return say("bewijs_advies", bron=f" [{number}]")
        case Role.PROMISE:
            return say("bewijs_toezegging", document=title, citaat=quote)
        case Role.FINDING:
            return say("bewijs_bevinding", document=title, citaat=quote)
    return in_turn(template, "bewijs_beleid", turn, document=title, citaat=quote)


def _quoted(evidence: Evidence, number: int) -> str:
    """A quote, without the marker of its item, with the number of its footnote.

    It closes the sentence that it stands in, with a full stop of ours where it has none.
    """
    words = without_marker(_bare(evidence.text)).strip("*_ ").rstrip(",;: ")
    shown = shorten(words, LONGEST_QUOTE)
    stop = "" if shown[-1:] in ".!?…" else "."
    return f"„{shown}”{stop} [{number}]"


def short_title(title: str) -> str:
    """A title without its subtitle; the footnote names all of it."""
    first = title.split(":", 1)[0].strip()
    return first if len(first) >= _SHORTEST_TITLE else title


def without_marker(words: str) -> str:
    """Words without the bullet or number of the item that they begin."""
    return _MARKER.sub("", words)


def _stance_text(item: Item, documents: Documents, template: Phrases) -> str:
    """What the college's stance is, with the footnote that carries it, or what is to be chosen."""
    say = template.say
    if item.stance is Stance.TAKEN_OVER:
        return say("standpunt_overgenomen")
    if item.point.type is PointType.COMPLIMENT:
        return say("standpunt_compliment")
    if item.stance is Stance.NOTHING:
        return say("standpunt_niets", documenten=count(len(documents), "document", "documenten"))
    carried = item.answered.carried_by
    proposed = item.stance is item.answered.stance and carried in item.evidence
    numbers = [item.evidence.index(carried)] if proposed and carried else list(item.ticked[:1])
    if not numbers:
        return say("standpunt_niets", documenten=count(len(documents), "document", "documenten"))
    source = f" [{numbers[0] + 1}]"
    return in_turn(template, _CARRIED[item.stance], item.point.number, bron=source)


def _table(work: Work, documents: Documents, template: Phrases) -> Table:
    """Point, evidence and stance, for whoever checks the draft."""
    columns = tuple(template.say("kolommen").split("|"))
    rows = []
    for number, item in enumerate(work.items, start=1):
        bearing = [one for one in item.evidence if one.bears]
        nearest = [one for one in item.evidence if not one.bears][:_NEAREST]
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
        quote = shorten(without_marker(item.point.core_text), _IN_TABLE)
        if item.answered.carried_by is None and item.point.type is not PointType.COMPLIMENT:
            found = [nothing, *([template.say("in_de_buurt"), *found] if found else [])]
        told = "\n".join(found) or nothing
        cells = (str(number), quote, item.point.type.value, told, item.stance.value)
        rows.append(tuple(clean(cell) for cell in cells))
    return Table(columns, tuple(rows))


def _own_words(point: Point) -> str:
    """The letter's own words for a point, in quotation marks."""
    core = without_marker(_bare(point.core_text)).strip(" -•*").rstrip(",;: ")
    shown = shorten(_JOINED.sub("", core), LONGEST_QUOTE)
    stop = "" if shown[-1:] in ".!?…" else "."
    return f"„{shown}”{stop}"


def inside(subject: str) -> str:
    """A subject as it stands within a sentence: "Ongevraagd advies" without its capital.

    A law ("Participatiewet") or short form ("Wmo-raad") keeps it, and so does what the next
    word's capital makes a name.
    """
    name = re.match(r"\w*wet\b|\w{2,4}-|[\w-]+ [A-Z]", subject, re.ASCII)
    return subject if name or not subject[1:2].islower() else subject[:1].lower() + subject[1:]


def _bare(text: str) -> str:
    """Text of others on one line, in which no bracket means a footnote or an open place."""
    return " ".join(clean(text).replace("[", "(").replace("]", ")").split())


def _plain(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[Block, ...]:
    return blocks_of(text, {}, kind)


__all__ = [
    "Block",
    "Paper",
    "Piece",
    "Told",
    "drafted_text",
    "item_text",
    "load_template",
    "notes_of",
    "reply_paper",
    "told_sentences",
]
