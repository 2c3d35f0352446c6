"""The text of one point of the reply: sentences of a template around quotes, with footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.citations import shorten
from assistant.phrases import Phrases
from assistant.reply.naming import named_document, short_title
from assistant.reply.paper import blocks_of, clean
from assistant.reply.records import Evidence, Point, PointType, Role, Stance
from assistant.reply.work import Item, announced
from ingest.documents import IndexedDocument

Documents = Mapping[str, IndexedDocument]
LONGEST_QUOTE = 320
"""Characters of a quote that the text shows; its footnote holds all of it."""
_LONGEST_PLACE = 90
# The bullet or number of an item in its list, or the mark of a footnote, says nothing here.
_MARKER = re.compile(
    r"^\W*(?:[•▪●–-]|(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)\s+"
)
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


class Need(StrEnum):
    """What a point still needs of the officer."""

    CHOICE = "nog kiezen"
    WORDS = "nog aanvullen"
    NONE = "klaar"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the draft that tells what a quote says.

    Attributes:
        number: Number of its footnote.
        text: The sentence with its footnote's mark, without the open place that may follow it.
    """

    number: int
    text: str


def item_text(item: Item, template: Phrases) -> str:
    """The text of one point of the reply: the officer's own, or the drafted one.

    Returns:
        Plain text, a paragraph a line; "[n]" stands for the footnote to the n-th evidence, and
        other square brackets hold what the officer has to fill in or to choose.
    """
    return drafted_text(item, template) if item.text is None else item.text


def drafted_text(item: Item, template: Phrases) -> str:
    """The text of one point as it is drafted from what was ticked; see `item_text`."""
    point = item.point
    said = _own_words(point)
    first = in_turn(template, opening_of(point), point.number, citaat=said)
    if point.also:
        first = f"{first} {template.say('herhaald')}"
    told = [text for _, text in _told(item, template)]
    stance = _stance_text(item, template)
    return "\n\n".join(part for part in (first, " ".join(told), stance) if part)


def need_of(item: Item, template: Phrases) -> Need:
    """What a point needs before the college can sign: a stance, words in open places, or nothing.

    Whoever takes the open places out of a text has made the choice.
    """
    marks = dict.fromkeys(range(1, len(item.evidence) + 1), "")
    text = item_text(item, template)
    pieces = (piece for block in blocks_of(text, marks) for piece in block.pieces)
    if not any(piece.open for piece in pieces):
        return Need.NONE
    return Need.CHOICE if item.stance is Stance.NOTHING else Need.WORDS


def opening_of(point: Point) -> str:
    """The name of the sentence that tells what a point says.

    A request in the form of a question is introduced as one; a question without its mark is not.
    """
    asks = point.core_text.rstrip("”’'\" ").endswith("?")
    if point.type is PointType.REQUEST and asks:
        return "punt_vraag"
    if point.type is PointType.QUESTION and "?" not in point.core_text:
        return "punt_vraag_indirect"
    return _OPENINGS[point.type]


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
        quoted = _quoted(one, number + 1)
        if same and one.role not in {Role.PROMISE, Role.ADVICE}:
            place = _place(one)
            if last and place and place != _place(last):
                yield number + 1, template.say("bewijs_ook_onder", kop=place, citaat=quoted)
            else:
                yield number + 1, in_turn(template, "bewijs_ook", again, citaat=quoted)
            again += 1
        else:
            yield number + 1, _evidence_text(one, number + 1, item, template)
        last = one


def _evidence_text(evidence: Evidence, number: int, item: Item, template: Phrases) -> str:
    """One sentence with a quote and the number of its footnote."""
    say, document, turn = template.say, evidence.document, item.point.number
    title, year = named_document(short_title(bare(document.title))), document.date[:4]
    quote = _quoted(evidence, number)
    match evidence.role:
        case Role.EXAMPLE:
            town = bare(document.municipality) or say("onbekend")
            return say("bewijs_voorbeeld", document=title, gemeente=town, citaat=quote)
        case Role.EARLIER if year:
            return in_turn(template, "bewijs_antwoord", turn, jaar=year, citaat=quote)
        case Role.EARLIER:
            return say("bewijs_antwoord_zonder", citaat=quote)
        case Role.ADVICE:
            return say("bewijs_advies", bron=f" [{number}]")
        case Role.PROMISE:
            # What became of it is asked once: where the stance is that it was promised, there.
            asked = "" if item.stance is Stance.PROMISED else f" {say('nagekomen')}"
            return f"{say('bewijs_toezegging', document=title, citaat=quote)}{asked}"
        case Role.FINDING:
            return in_turn(template, "bewijs_bevinding", turn, document=title, citaat=quote)
    if place := _place(evidence):
        return say("bewijs_onder", document=title, kop=place, citaat=quote)
    return in_turn(template, "bewijs_beleid", turn, document=title, citaat=quote)


def _place(evidence: Evidence) -> str:
    """What introduces a quote that is no sentence by itself: its list's lead-in; else ""."""
    words = without_marker(bare(evidence.text)).strip("*_ ")
    if words[:1].isupper() and words[-1:] in ".!?":
        return ""
    place = _tidy(bare(evidence.quote.passage.lead_in)).rstrip(".")
    return place if len(place) <= _LONGEST_PLACE else ""


def _tidy(words: str) -> str:
    return without_marker(words).strip("*_# ").rstrip(",;: ")


def _quoted(evidence: Evidence, number: int) -> str:
    """A quote, without the marker of its item, with the number of its footnote.

    It closes the sentence that it stands in, with a full stop of ours where it has none.
    """
    shown = shorten(_tidy(bare(evidence.text)), LONGEST_QUOTE)
    stop = "" if shown[-1:] in ".!?…" else "."
    return f"„{shown}”{stop} [{number}]"


def without_marker(words: str) -> str:
    """Words without the bullet or number of the item that they begin."""
    return _MARKER.sub("", words)


def _stance_text(item: Item, template: Phrases) -> str:
    """What the college's stance is, with the footnote that carries it, or what is to be chosen."""
    say, point = template.say, item.point
    if item.stance is Stance.TAKEN_OVER:
        return say("standpunt_overgenomen")
    if point.type is PointType.COMPLIMENT:
        return say("standpunt_compliment")
    if item.stance is Stance.NOTHING:
        return in_turn(template, _for_type(template, "standpunt_niets", point.type), point.number)
    carried = item.answered.carried_by
    proposed = item.stance is item.answered.stance and carried in item.evidence
    numbers = [item.evidence.index(carried)] if proposed and carried else list(item.ticked[:1])
    if not numbers:
        return say("standpunt_zonder_bron", standpunt=item.stance.value)
    name = _for_type(template, _CARRIED[item.stance], point.type)
    return in_turn(template, name, point.number, bron=f" [{numbers[0] + 1}]")


def _for_type(template: Phrases, name: str, kind: PointType) -> str:
    """The name of a sentence for one type of point, where the template has it; else the name."""
    own = f"{name}_{_OPENINGS[kind].removeprefix('punt_')}"
    return own if own in template.sentences else name


def _own_words(point: Point) -> str:
    """The letter's own words for a point, in quotation marks."""
    core = without_marker(bare(point.core_text)).strip(" -•*").rstrip(",;: ")
    core = announced(core)
    shown = shorten(_JOINED.sub("", core), LONGEST_QUOTE)
    stop = "" if shown[-1:] in ".!?…" else "."
    return f"„{shown}”{stop}"


def bare(text: str) -> str:
    """Text of others on one line, in which no bracket means a footnote or an open place."""
    return " ".join(clean(text).replace("[", "(").replace("]", ")").split())


def needs(items: Sequence[Item], template: Phrases) -> Mapping[Need, tuple[int, ...]]:
    """The numbers, from 1, of the points by what they need."""
    found: dict[Need, tuple[int, ...]] = dict.fromkeys(Need, ())
    for number, item in enumerate(items, start=1):
        need = need_of(item, template)
        found[need] = (*found[need], number)
    return found
