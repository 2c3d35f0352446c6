"""Recognises policy statements by structure and wording: goals, indicators, recommendations, ...

Two ways, both on general words (``statements.toml``). An item of a list or table is what its
column, its lead-in or its nearest heading calls it. A sentence of running text is a statement
when its own wording says so ("beveelt ... aan", "heeft als doel").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.cells import cell_statements, number_of_row
from ingest.documents import Document, Passage, PassageKind, Section, Statement, StatementKind
from ingest.letters import is_greeting
from ingest.norms import Voice, find_norms, join_leaning, voice_of
from ingest.programmes import Programmes, find_programmes
from ingest.sentences import sentences_within
from ingest.wording import PolicyWording, Wording, load_wording

_MARKER = re.compile(
    r"^\s*(?:[-•*–▪○]|(?P<number>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s)|\((?P<inside>\w{1,3})\))\s*"
)
_QUOTED = re.compile(r"(?P<mark>[*_]{1,2})(?=\S).+?(?<=\S)(?P=mark)(?!\w)", re.DOTALL)
_END_MARKS = frozenset(".!?*_)”")
_LONGEST = 3_000  # characters of a sentence that are looked at; a longer one is no sentence
_NAME_WORDS = 4
_QUOTED_WORDS = 4  # fewer words in italics are a name before the advice, not the advice
# A question about the state of things names no list: "In welke mate worden de doelen behaald?"
_ASKS_HOW = re.compile(
    r"\W*(?:\w{1,2}[.)]\s*)?(?:in welke mate|in hoeverre|wordt|worden|zijn|is|heeft|hebben|kan|"
    r"kunnen)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\W*(?:geachte?|beste|aan de)\b", re.IGNORECASE)
# Right before the word that it announces; "de volgende" announces only what comes next.
_BELOW = re.compile(r"\b(?:onderstaande|hieronder staande)\s+(?:\w+\s+)?$", re.IGNORECASE)
# A heading with a verb says something; one without is a name.
_SAYS = re.compile(
    r"\b(?:is|zijn|wordt|worden|staat|staan|gaat|gaan|komt|komen|blijf(?:t)?|blijven|heeft|hebben|"
    r"kan|kunnen|moet|moeten|doet|doen|\w{3,}(?:eert|eren|ragt|ragen|erkt|erken|eeft|even|oudt|"
    r"ouden|aakt|aken|iedt|ieden|orgt|orgen))\b",
    re.IGNORECASE,
)
# Under a heading that announces one of these, a sentence that reads as another is that one.
_NORMATIVE = frozenset({StatementKind.PRINCIPLE, StatementKind.GOAL, StatementKind.PROMISE})
_LISTED = frozenset({PassageKind.LIST, PassageKind.TABLE_ROW})
_AND_WILL = re.compile(
    r"(?P<reaction>.*\b(?:over|overgenomen|eens))\s+en\s+"
    r"(?P<promise>(?:zal|zullen|willen|gaan|leggen|betrekken)\b.*)",
    re.IGNORECASE | re.DOTALL,
)

Span = tuple[int, int, StatementKind]
"""Start and end of a statement in the document, its marker included, and what it is."""


def find_statements(
    document: Document, text: str, sections: Sequence[Section], passages: Sequence[Passage]
) -> tuple[Statement, ...]:
    """All statements of a document, in reading order.

    Args:
        document: Its metadata.
        text: Its canonical text.
        sections: Its sections.
        passages: Its passages, with their sentences.
    """
    wording = load_wording()
    programmes = find_programmes(text)
    titled = _titled(sections, wording)
    letters = _letter_points(passages, wording)
    announced = _announced(passages, wording)
    voice = voice_of(document, wording.policy)
    found: list[Statement] = []
    for passage in passages:
        title = titled.pop(passage.section, None)
        if title is not None:
            found += _title_statements(document, passage, title, wording.policy)
            if passage.kind is PassageKind.PARAGRAPH:
                continue
        spans = letters.get(passage.id) or list(_spans(passage, announced, wording))
        own = [_statement(document, passage, span, programmes) for span in spans]
        norms = (
            _statement(document, passage, span, programmes, implied=True)
            for span in find_norms(passage, voice, wording.policy)
        )
        own += (norm for norm in norms if not any(_overlap(norm, other) for other in own))
        found += sorted(own, key=lambda statement: statement.start)
    return tuple(statement for statement in found if statement.text)


def _said(passage: Passage, start: int, end: int) -> str:
    """The words of a span on one line, as the patterns of words expect them."""
    return " ".join(passage.cut(start, end)[:_LONGEST].split())


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
    marker = _MARKER.match(passage.cut(start, end))
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
        norms = find_norms(passage, Voice.SETS, words)
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
    passage: Passage, announced: Mapping[tuple[str, ...], StatementKind], wording: Wording
) -> Iterable[Span]:
    """What the sentences of a passage are, those that are no statement left out."""
    if passage.kind is PassageKind.HEADING:
        return ()
    if passage.cells:
        return list(_of_row(passage, announced, wording))
    kind = _kind_of_items(passage, wording) or announced.get(passage.section[:-1])
    if kind is None or passage.kind not in _LISTED:
        apart = any(wording.policy.apart.search(heading) for heading in passage.section)
        return () if apart else _told(passage, passage.sentences, wording)
    if kind is StatementKind.RECOMMENDATION:
        return _advice_and_answer(passage, wording)
    items = list(_items(passage, kind, wording))
    names = (_is_name(passage.cut(start, end)) for start, end, _ in items)
    return () if passage.kind is PassageKind.LIST and all(names) else items


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
    marker = _MARKER.match(words)
    said = (words[marker.end() :] if marker else words).split()
    if said and said[-1][-1] in _END_MARKS:
        return False
    if said and said[-1].endswith("en"):
        said = ["", *said[:-1]]  # an infinitive at the end says nothing: "Voor jezelf zorgen"
    return len(said) <= _NAME_WORDS and not _SAYS.search(" ".join(said))


def _told(
    passage: Passage, sentences: Iterable[tuple[int, int]], wording: Wording
) -> Iterable[Span]:
    """Sentences that say themselves what they are."""
    for start, end in sentences:
        kind = _kind_of_sentence(_said(passage, start, end), wording)
        if kind is not None:
            yield start, end, kind


def _items(passage: Passage, kind: StatementKind, wording: Wording) -> Iterable[Span]:
    """Items of a list or table that are all of one kind."""
    marked = any(_MARKER.match(passage.cut(*span)) for span in passage.sentences)
    for start, end in passage.sentences:
        words = passage.cut(start, end)
        if wording.nothing.search(words[:_LONGEST]):
            continue
        # Under marked items, a sentence without a marker introduces or explains.
        if _MARKER.match(words) or not marked:
            judged = passage.kind is PassageKind.TABLE_ROW and wording.final_verdicts(words)
            yield start, end, StatementKind.FINDING if judged else kind


def _kind_of_items(passage: Passage, wording: Wording) -> StatementKind | None:
    """What the items of a list or table are, by the nearest words that say so."""
    if passage.kind is PassageKind.FOOTNOTE:
        return None
    near = [passage.column, passage.lead_in, *reversed(passage.section[-2:])]
    for words in near:
        if _ASKS_HOW.match(words):
            continue
        found = [
            (match.start(), kind)
            for kind, pattern in wording.lists.items()
            if (match := pattern.search(words))
        ]
        if found:
            return min(found)[1]
    return None


def _advice_and_answer(passage: Passage, wording: Wording) -> Iterable[Span]:
    """A list of advice: each item's advice as a whole, and what answers it sentence by sentence."""
    for item in _marked_items(passage):
        answer = _answer_at(passage, item, wording)
        if is_greeting(passage.cut(*item[0])):
            return
        for start, end in _whole(passage, item[:answer]):
            yield start, end, StatementKind.RECOMMENDATION
        answered: list[tuple[int, int, StatementKind | None]] = []
        for start, end in item[answer:]:
            if is_greeting(passage.cut(start, end)):
                break
            answered += _answer(passage, start, end, wording)
        yield from join_leaning(passage, answered, wording.policy)


def _whole(passage: Passage, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences of one item as one; what follows words without an end mark stands apart."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences:
        if spans and passage.cut(*spans[-1]).rstrip()[-1:] in _END_MARKS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _answer(passage: Passage, start: int, end: int, wording: Wording) -> Iterable[Span]:
    """What a sentence that answers is; "wij nemen dit over en zullen ..." is two statements."""
    both = _AND_WILL.match(passage.cut(start, end))
    if both:
        yield start, start + both.end("reaction"), StatementKind.REACTION
        yield start + both.start("promise"), end, StatementKind.PROMISE
    else:
        yield start, end, _kind_of_answer(_said(passage, start, end), wording)


def _marked_items(passage: Passage) -> list[list[tuple[int, int]]]:
    """The sentences of each item of a list; what stands before the first marker is one too."""
    items: list[list[tuple[int, int]]] = []
    for first, last in passage.sentences:
        if not items or _MARKER.match(passage.cut(first, last)):
            items.append([])
        # A short item counts as one sentence; advice and answer may share it.
        items[-1] += sentences_within(passage, first, last)
    return [item for item in items if item]


def _answer_at(passage: Passage, item: Sequence[tuple[int, int]], wording: Wording) -> int:
    """Which sentence of an item begins the answer; their number where none does.

    Advice may name who is to act ("Draag het college op om ..."): the sentence after the marker
    is never the answer.
    """
    marker = _MARKER.match(passage.cut(*item[0]))
    reacting = [n for n, span in enumerate(item) if wording.reacts.search(_said(passage, *span))]
    answer = next((n for n in reacting if n or not marker), len(item))
    if not marker or answer == len(item):
        return answer
    # Where the advice is quoted in italics and answered, the answer is all that follows.
    start = item[0][0] + marker.end()
    quoted = _QUOTED.match(passage.cut(start, item[-1][1]))
    if not quoted or len(quoted.group().split()) < _QUOTED_WORDS:
        return answer
    return next((n for n in range(1, answer) if item[n][0] >= start + quoted.end()), answer)


def _letter_points(passages: Sequence[Passage], wording: Wording) -> dict[str, list[Span]]:
    """Advice and answer in letters: by passage id, what each sentence is.

    A section of a letter in which "u adviseert" or the like stands answers that point: the
    sentences that say it again are the advice, with those that go on about it ("Dit omdat ...");
    those after it are the reaction or a promise, up to the letter's greeting.
    """
    found: dict[str, list[Span]] = {}
    answering: tuple[str, ...] = ()
    for passage in passages:
        if passage.kind is PassageKind.FOOTNOTE:
            continue
        if not passage.section or not _LETTER.match(passage.section[0]):
            continue
        spans: list[Span] = []
        for start, end in passage.sentences:
            words = _said(passage, start, end)
            advised = bool(spans) and spans[-1][2] is StatementKind.RECOMMENDATION
            if is_greeting(words):
                answering = ()
            elif wording.restates.search(words):
                answering = passage.section
                spans.append((start, end, StatementKind.RECOMMENDATION))
            elif advised and wording.leans.search(words) and not wording.reacts.search(words):
                spans.append((start, end, StatementKind.RECOMMENDATION))
            elif answering == passage.section and not wording.closes.search(words):
                spans.append((start, end, _kind_of_answer(words, wording)))
        if spans:
            found[passage.id] = spans
    return found


def _kind_of_answer(words: str, wording: Wording) -> StatementKind:
    told = _kind_of_sentence(words, wording)
    return told if told is StatementKind.PROMISE else StatementKind.REACTION


def _kind_of_sentence(words: str, wording: Wording) -> StatementKind | None:
    kind = next((kind for kind, pattern in wording.prose.items() if pattern.search(words)), None)
    if kind is StatementKind.PROMISE and wording.signposts.search(words):
        return None
    return kind


def _year(document: Document) -> int | None:
    return int(document.date[:4]) if re.match(r"\d{4}", document.date) else None
