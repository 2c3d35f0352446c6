"""Recognises policy statements by structure and wording: goals, indicators, recommendations, ...

Two ways, both on general words (``statements.toml``). An item of a list or table is what its
column, its lead-in or its nearest heading calls it. A sentence of running text is a statement
when its own wording says so ("beveelt ... aan", "heeft als doel").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.documents import Document, Passage, PassageKind, Section, Statement, StatementKind
from ingest.dutch.abbreviations import learn
from ingest.letters import is_greeting
from ingest.sentences import sentence_spans

WORDS_FILE = Path(__file__).parent / "statements.toml"

_MARKER = re.compile(
    r"^\s*(?:[-•*–▪○]|(?P<number>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s)|\((?P<inside>\w{1,3})\))\s*"
)
_QUOTED = re.compile(r"(?P<mark>[*_]{1,2})(?=\S).+?(?<=\S)(?P=mark)(?!\w)", re.DOTALL)
_QUOTED_WORDS = 4  # fewer words in italics are a name before the advice, not the advice
_LETTER = re.compile(r"\W*(?:geachte|beste|aan de)\b", re.IGNORECASE)
# Right before the word that it announces; "de volgende" announces only what comes next.
_BELOW = re.compile(r"\b(?:onderstaande|hieronder staande)\s+(?:\w+\s+)?$", re.IGNORECASE)
_LISTED = frozenset({PassageKind.LIST, PassageKind.TABLE_ROW})
_PROGRAMME_WORDS = re.compile(r"agenda|programma|plan\b|nota\b|visie", re.IGNORECASE)

Span = tuple[int, int, StatementKind]
"""Start and end of a statement in the document, its marker included, and what it is."""


@dataclass(frozen=True)
class Wording:
    """The patterns of ``statements.toml``, compiled."""

    lists: Mapping[StatementKind, re.Pattern[str]]
    prose: Mapping[StatementKind, re.Pattern[str]]
    reacts: re.Pattern[str]
    restates: re.Pattern[str]
    leans: re.Pattern[str]
    closes: re.Pattern[str]
    verdicts: re.Pattern[str]


@cache
def load_wording(path: Path = WORDS_FILE) -> Wording:
    """Read the words by which statements are recognised.

    Args:
        path: A file with the tables of ``statements.toml``.

    Raises:
        OSError: The file cannot be read.
        tomllib.TOMLDecodeError: It is no TOML.
        KeyError: One of its tables is missing.
        ValueError: It names a kind of statement that there is not.
        re.error: One of its words is no regular expression.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))

    def joined(patterns: Iterable[str], edge: str = "") -> re.Pattern[str]:
        return re.compile(f"{edge}(?:{'|'.join(patterns)}){edge}", re.IGNORECASE | re.DOTALL)

    return Wording(
        lists={StatementKind(k): joined(v, r"\b") for k, v in content["lists"].items()},
        prose={StatementKind(k): joined(v) for k, v in content["prose"].items()},
        reacts=joined(content["reacts"]["words"]),
        restates=joined(content["restates"]["words"]),
        leans=joined(content["leans"]["words"]),
        closes=joined(content["closes"]["words"]),
        verdicts=re.compile(
            rf"(?:\s+(?:{'|'.join(content['verdicts']['words'])}))+\s*$", re.IGNORECASE
        ),
    )


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
    programmes = _programme_pattern(text)
    titled = _titled(sections, wording)
    letters = _letter_points(passages, wording)
    announced = _announced(passages, wording)
    found: list[Statement] = []
    for passage in passages:
        if passage.section in titled and passage.kind is PassageKind.PARAGRAPH:
            found.append(_title_statement(document, passage, titled.pop(passage.section)))
            continue
        spans = letters.get(passage.id) or _spans(passage, announced, wording)
        programme = _programme(passage, programmes)
        found += (_statement(document, passage, span, programme) for span in spans)
    return tuple(statement for statement in found if statement.text)


def _statement(document: Document, passage: Passage, span: Span, programme: str) -> Statement:
    """The statement of a span, without the marker before it."""
    start, end, kind = span
    marker = _MARKER.match(passage.cut(start, end))
    begin = start + (marker.end() if marker else 0)
    return Statement(
        document_id=document.id,
        kind=kind,
        start=begin,
        end=end,
        text=passage.cut(begin, end),
        number=(marker["number"] or marker["inside"] or "") if marker else "",
        theme=passage.row or (passage.section[-1] if passage.section else ""),
        programme=programme,
        year=_year(document),
    )


def _titled(sections: Sequence[Section], wording: Wording) -> dict[tuple[str, ...], StatementKind]:
    """Sections whose own heading is a statement, by path.

    Under a heading such as "Welke uitgangspunten gelden?" at least three sections without a
    number each name one.
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
        if kind is not None and len(plain) >= 3:
            titled |= {section.path: kind for section in plain}
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


def _title_statement(document: Document, passage: Passage, kind: StatementKind) -> Statement:
    """The statement that a section's heading makes, with the sentence that explains it."""
    end = passage.sentences[0][1] if passage.sentences else passage.end
    return Statement(
        document_id=document.id,
        kind=kind,
        start=passage.start,
        end=end,
        text=passage.cut(passage.start, end),
        theme=passage.section[-2] if len(passage.section) > 1 else "",
        year=_year(document),
    )


def _spans(
    passage: Passage, announced: Mapping[tuple[str, ...], StatementKind], wording: Wording
) -> Iterable[Span]:
    """What the sentences of a passage are, those that are no statement left out."""
    if passage.kind is PassageKind.HEADING:
        return ()
    kind = _kind_of_items(passage, wording) or announced.get(passage.section[:-1])
    if kind is None or passage.kind not in _LISTED:
        return _told(passage, passage.sentences, wording)
    if kind is StatementKind.RECOMMENDATION:
        return _advice_and_answer(passage, wording)
    return _items(passage, kind, wording)


def _told(
    passage: Passage, sentences: Iterable[tuple[int, int]], wording: Wording
) -> Iterable[Span]:
    """Sentences that say themselves what they are."""
    for start, end in sentences:
        kind = _kind_of_sentence(passage.cut(start, end), wording)
        if kind is not None:
            yield start, end, kind


def _items(passage: Passage, kind: StatementKind, wording: Wording) -> Iterable[Span]:
    """Items of a list or table that are all of one kind."""
    marked = any(_MARKER.match(passage.cut(*span)) for span in passage.sentences)
    for start, end in passage.sentences:
        words = passage.cut(start, end)
        # Under marked items, a sentence without a marker introduces or explains.
        if _MARKER.match(words) or not marked:
            judged = passage.kind is PassageKind.TABLE_ROW and wording.verdicts.search(words)
            yield start, end, StatementKind.FINDING if judged else kind


def _kind_of_items(passage: Passage, wording: Wording) -> StatementKind | None:
    """What the items of a list or table are, by the nearest words that say so."""
    if passage.kind is PassageKind.FOOTNOTE:
        return None
    near = [passage.column, passage.lead_in, *reversed(passage.section[-2:])]
    for words in near:
        found = [
            (match.start(), kind)
            for kind, pattern in wording.lists.items()
            if (match := pattern.search(words))
        ]
        if found:
            return min(found)[1]
    return None


def _advice_and_answer(passage: Passage, wording: Wording) -> Iterable[Span]:
    """Sentences of a list of advice: advice until somebody answers it, then the reaction."""
    for item in _marked_items(passage):
        answer = _answer_at(passage, item, wording)
        for n, (start, end) in enumerate(item):
            if is_greeting(passage.cut(start, end)):
                return
            yield start, end, StatementKind.RECOMMENDATION if n < answer else StatementKind.REACTION


def _marked_items(passage: Passage) -> list[list[tuple[int, int]]]:
    """The sentences of each item of a list; what stands before the first marker is one too."""
    items: list[list[tuple[int, int]]] = []
    for first, last in passage.sentences:
        if not items or _MARKER.match(passage.cut(first, last)):
            items.append([])
        # A short item counts as one sentence; advice and answer may share it.
        inner = sentence_spans(passage.text, first - passage.start, last - passage.start)
        items[-1] += [(passage.start + start, passage.start + end) for start, end in inner]
    return [item for item in items if item]


def _answer_at(passage: Passage, item: Sequence[tuple[int, int]], wording: Wording) -> int:
    """Which sentence of an item begins the answer; their number where none does.

    Advice may name who is to act ("Draag het college op om ..."): the sentence after the marker
    is never the answer.
    """
    marker = _MARKER.match(passage.cut(*item[0]))
    reacting = [n for n, span in enumerate(item) if wording.reacts.search(passage.cut(*span))]
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
            words = passage.cut(start, end)
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
    return next((kind for kind, pattern in wording.prose.items() if pattern.search(words)), None)


def _programme_pattern(text: str) -> re.Pattern[str] | None:
    """Short names of agendas and plans that the document itself explains, with their version."""
    names = [short for short, full in learn(text).items() if _PROGRAMME_WORDS.search(full)]
    if not names:
        return None
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})(?:\s?(\d\.\d|\dD))?(?!\w)")


def _programme(passage: Passage, pattern: re.Pattern[str] | None) -> str:
    """The programme that a passage stands under, by its nearest heading or lead-in."""
    if pattern is None:
        return ""
    for words in (passage.lead_in, *reversed(passage.section)):
        match = pattern.search(words)
        if match:
            return " ".join(part for part in match.groups() if part)
    return ""


def _year(document: Document) -> int | None:
    return int(document.date[:4]) if re.match(r"\d{4}", document.date) else None
