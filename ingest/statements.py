"""Recognises policy statements by structure and wording: goals, indicators, recommendations, ...

Two ways, both on general words (``statements.toml``). An item of a list or table is what its
column, its lead-in or its nearest heading calls it. A sentence of running text is a statement
when its own wording says so ("beveelt ... aan", "heeft als doel").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.answers import advice_and_answer, letter_points
from ingest.cells import cell_statements, number_of_row
from ingest.documents import Document, Passage, PassageKind, Section, Statement, StatementKind
from ingest.dutch.abbreviations import learn
from ingest.evaluations import is_apart
from ingest.norms import Voice, find_norms, voice_of
from ingest.programmes import Programmes, find_programmes
from ingest.prose import END_MARKS, LONGEST, MARKER, Span, kind_of_sentence, said
from ingest.wording import PolicyWording, Wording, heads, load_wording

_NAME_WORDS = 4
# A question about the state of things names no list: "In welke mate worden de doelen behaald?"
_ASKS_HOW = re.compile(
    r"\W*(?:\w{1,2}[.)]\s*)?(?:in welke mate|in hoeverre|wordt|worden|zijn|is|heeft|hebben|kan|"
    r"kunnen)\b",
    re.IGNORECASE,
)
# Right before the word that it announces; "de volgende" announces only what comes next.
_BELOW_WORDS = re.compile(r"onderstaande|hieronder staande", re.IGNORECASE)
_BELOW = re.compile(rf"\b(?:{_BELOW_WORDS.pattern})\s+(?:\w+\s+)?$", re.IGNORECASE)
# A heading with a verb says something; one without is a name.
_SAYS = re.compile(
    r"\b(?:is|zijn|wordt|worden|staat|staan|gaat|gaan|komt|komen|blijf(?:t)?|blijven|heeft|hebben|"
    r"kan|kunnen|moet|moeten|doet|doen|\w{3,}(?:eert|eren|ragt|ragen|erkt|erken|eeft|even|oudt|"
    r"ouden|aakt|aken|iedt|ieden|orgt|orgen))\b",
    re.IGNORECASE,
)
# Under a heading that announces one of these, a sentence that reads as another is that one.
_NORMATIVE = frozenset({StatementKind.PRINCIPLE, StatementKind.GOAL, StatementKind.PROMISE})
# What a list announces of these may be names alone.
_NAMED = frozenset({StatementKind.INDICATOR, StatementKind.PRINCIPLE})
_LISTED = frozenset({PassageKind.LIST, PassageKind.TABLE_ROW})


def find_statements(
    document: Document,
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    abbreviations: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """All statements of a document, in reading order.

    Args:
        document: Its metadata.
        text: Its canonical text.
        sections: Its sections.
        passages: Its passages, with their sentences.
        abbreviations: What it explains, by the short form; None to look for it.
    """
    wording = load_wording()
    programmes = find_programmes(text, learn(text) if abbreviations is None else abbreviations)
    titled = _titled(sections, wording)
    letters = letter_points(passages, wording)
    announced = _announced(passages, wording)
    voice = voice_of(document, wording)
    # A letter inside another document that answers advice speaks for itself.
    answering = {passage.section[0] for passage in passages if passage.id in letters}
    found: list[Statement] = []
    for passage in passages:
        title = titled.pop(passage.section, None)
        if title is not None:
            found += _title_statements(document, passage, title, wording.policy)
            if passage.kind is PassageKind.PARAGRAPH:
                continue
        spans = letters.get(passage.id) or list(_spans(passage, voice, announced, wording))
        own = [_statement(document, passage, span, programmes) for span in spans]
        norms = (
            _statement(document, passage, span, programmes, implied=True)
            for span in find_norms(passage, _speaks(passage, voice, answering), wording)
        )
        own += (norm for norm in norms if not any(_overlap(norm, other) for other in own))
        found += sorted(own, key=lambda statement: statement.start)
    return tuple(statement for statement in found if statement.text)


def _speaks(passage: Passage, voice: Voice, answering: Collection[str]) -> Voice:
    """Who speaks in a passage, by the letters that answer advice."""
    return Voice.ANSWERS if passage.section and passage.section[0] in answering else voice


def _overlap(one: Statement, other: Statement) -> bool:
    return one.start < other.end and other.start < one.end


def _statement(
    document: Document,
    passage: Passage,
    span: Span,
    programmes: Programmes,
    *,
    implied: bool = False,
) -> Statement:
    """The statement of a span, without the marker before it."""
    start, end, kind = span
    marker = MARKER.match(passage.cut(start, end))
    begin = start + (marker.end() if marker else 0)
    programme = programmes.of(passage)
    text = passage.cut(begin, end)
    number = (marker["number"] or marker["inside"] or "") if marker else ""
    return Statement(
        document_id=document.id,
        kind=kind,
        start=begin,
        end=end,
        text=text,
        number=number or number_of_row(passage),
        theme=_theme(passage, text),
        programme=programme,
        year=programmes.year_of(programme) or _year(document),
        implied=implied,
    )


def _theme(passage: Passage, text: str) -> str:
    """The row or heading that a statement stands under; not the row that it gives its name."""
    own = passage.cells and " ".join(text.split()) in passage.row
    if passage.row and not own:
        return passage.row
    return passage.section[-1] if passage.section else ""


def _titled(sections: Sequence[Section], wording: Wording) -> dict[tuple[str, ...], StatementKind]:
    """Sections whose own heading is a statement, by path.

    Under a heading such as "Uitgangspunten" at least three sections without a number each say
    one, with a verb; under a question such as "Welke uitgangspunten gelden?" each names one.
    """
    children: dict[tuple[str, ...], list[Section]] = {}
    for section in sections:
        children.setdefault(section.path[:-1], []).append(section)
    titled: dict[tuple[str, ...], StatementKind] = {}
    for parent, group in children.items():
        plain = [section for section in group if not section.number]
        kind = next(
            (k for k, pattern in wording.lists.items() if parent and pattern.search(parent[-1])),
            None,
        )
        asked = bool(parent) and parent[-1].rstrip().endswith("?")
        told = [section for section in plain if asked or _SAYS.search(section.heading)]
        if kind is not None and len(told) >= 3:
            titled |= {section.path: kind for section in told}
    return titled


def _announced(
    passages: Sequence[Passage], wording: Wording
) -> dict[tuple[str, ...], StatementKind]:
    """What the text of a section calls the items of the sections inside it, by its path.

    "Onderstaande randvoorwaarden zijn uitgewerkt naar inhoud en proces" says it for the lists
    under the headings "Inhoud" and "Proces"; in a section with a list of its own it says it for
    that one.
    """
    listing = {passage.section for passage in passages if passage.kind in _LISTED}
    found: dict[tuple[str, ...], StatementKind] = {}
    for passage in passages:
        if passage.section in listing:
            continue
        for start, end in passage.sentences:
            words = passage.cut(start, end)
            if not _BELOW_WORDS.search(words):
                continue
            for kind, pattern in wording.lists.items():
                match = pattern.search(words)
                if match and _BELOW.search(words[: match.start()]):
                    found.setdefault(passage.section, kind)
    return found


def _title_statements(
    document: Document, passage: Passage, kind: StatementKind, words: PolicyWording
) -> Iterable[Statement]:
    """The statement that a section's heading makes, and those that its text implies with it."""
    theme = passage.section[-2] if len(passage.section) > 1 else ""
    first = passage.sentences[0][0] if passage.sentences else passage.end
    heading = passage.cut(passage.start, first).rstrip()
    marks = len(heading) - len(heading.lstrip("# "))
    spans = [(passage.start + marks, passage.start + len(heading))] if heading else []
    if passage.kind is PassageKind.PARAGRAPH:
        norms = find_norms(passage, Voice.SETS, load_wording())
        spans += [(start, end) for start, end, found in norms if found in _NORMATIVE]
    for start, end in spans:
        yield Statement(
            document_id=document.id,
            kind=kind,
            start=start,
            end=end,
            text=passage.cut(start, end),
            theme=theme if end == passage.start + len(heading) else passage.section[-1],
            year=_year(document),
            implied=end != passage.start + len(heading),
        )


def _spans(
    passage: Passage,
    voice: Voice,
    announced: Mapping[tuple[str, ...], StatementKind],
    wording: Wording,
) -> Iterable[Span]:
    """What the sentences of a passage are, those that are no statement left out."""
    if passage.kind is PassageKind.HEADING:
        return ()
    if passage.cells:
        return list(_of_row(passage, announced, wording))
    kind = _kind_of_items(passage, wording) or announced.get(passage.section[:-1])
    if kind is None or passage.kind not in _LISTED:
        apart = any(heads(heading, wording.policy.apart) for heading in passage.section)
        study = voice is Voice.JUDGES and is_apart(passage, wording.evaluation)
        return () if apart or study else _told(passage, passage.sentences, wording)
    if kind is StatementKind.RECOMMENDATION:
        return advice_and_answer(passage, wording)
    items = list(_items(passage, kind, wording))
    if passage.kind is not PassageKind.LIST or _are_announced(passage, kind, wording):
        return items
    return () if all(_is_name(passage.cut(start, end)) for start, end, _ in items) else items


def _are_announced(passage: Passage, kind: StatementKind, wording: Wording) -> bool:
    """Whether items may be mere names: "Onze kernwaarden zijn:", "KPI's zijn er voor:"."""
    named = kind in _NAMED and wording.lists[kind].search(passage.lead_in)
    return bool(named) and passage.lead_in.rstrip().endswith(":")


def _of_row(
    passage: Passage, announced: Mapping[tuple[str, ...], StatementKind], wording: Wording
) -> Iterable[Span]:
    """What a row of a table with named columns holds, or else what its sentences say themselves."""
    near = _kind_of_items(replace(passage, column=""), wording)
    kind = near or announced.get(passage.section[:-1])
    found = list(cell_statements(passage, wording, kind, _is_name))
    return found or _told(passage, passage.sentences, wording)


def _is_name(words: str) -> bool:
    """Whether an item only names something: "Meedoen", "2. Gezond leven"."""
    marker = MARKER.match(words)
    name = (words[marker.end() :] if marker else words).split()
    if name and name[-1][-1] in END_MARKS:
        return False
    if name and name[-1].endswith("en"):
        name = ["", *name[:-1]]  # an infinitive at the end says nothing: "Voor jezelf zorgen"
    return len(name) <= _NAME_WORDS and not _SAYS.search(" ".join(name))


def _told(
    passage: Passage, sentences: Iterable[tuple[int, int]], wording: Wording
) -> Iterable[Span]:
    """Sentences that say themselves what they are."""
    for start, end in sentences:
        kind = kind_of_sentence(said(passage, start, end), wording)
        if kind is not None:
            yield start, end, kind


def _items(passage: Passage, kind: StatementKind, wording: Wording) -> Iterable[Span]:
    """Items of a list or table that are all of one kind."""
    marked = any(MARKER.match(passage.cut(*span)) for span in passage.sentences)
    for start, end in passage.sentences:
        words = passage.cut(start, end)
        if wording.nothing.search(words[:LONGEST]) or words.rstrip().endswith(":"):
            continue
        # Under marked items, a sentence without a marker introduces or explains; where no item is
        # marked, one that begins in the middle of a sentence is the end of an item before it.
        if MARKER.match(words) or not (marked or words[:1].islower()):
            yield start, end, _kind_of_item(passage, words, kind, wording)


def _kind_of_item(
    passage: Passage, words: str, kind: StatementKind, wording: Wording
) -> StatementKind:
    """What an item of a list or table is: what its list is called, or what its own words say."""
    if passage.kind is PassageKind.TABLE_ROW and wording.final_verdicts(words):
        return StatementKind.FINDING
    if kind is StatementKind.MEASURE and wording.evaluation.shows.search(words):
        return StatementKind.FINDING
    return kind


def _kind_of_items(passage: Passage, wording: Wording) -> StatementKind | None:
    """What the items of a list or table are, by the nearest words that say so."""
    if passage.kind is PassageKind.FOOTNOTE:
        return None
    if wording.defines.search(passage.lead_in):
        return None
    told = _called(passage.column, column=True)
    near = (passage.lead_in, *reversed(passage.section[-2:]))
    return told or next((kind for words in near if (kind := _called(words))), None)


@lru_cache(maxsize=10_000)
def _called(words: str, *, column: bool = False) -> StatementKind | None:
    """What a column, a lead-in or a heading calls what stands under it: its first such word."""
    if not words or _ASKS_HOW.match(words):
        return None
    patterns = load_wording().columns if column else load_wording().lists
    found = [
        (match.start(), kind)
        for kind, pattern in patterns.items()
        if (match := pattern.search(words))
    ]
    return min(found)[1] if found else None


def _year(document: Document) -> int | None:
    return int(document.date[:4]) if re.match(r"\d{4}", document.date) else None
