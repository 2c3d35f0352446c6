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
from ingest.sentences import sentence_spans

WORDS_FILE = Path(__file__).parent / "statements.toml"

_MARKER = re.compile(
    r"^\s*(?:[-•*–▪○]|(?P<number>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s)|\((?P<inside>\w{1,3})\))\s*"
)
_LETTER = re.compile(r"\W*(?:geachte|beste|aan de)\b", re.IGNORECASE)
_PROGRAMME_WORDS = re.compile(r"agenda|programma|plan\b|nota\b|visie", re.IGNORECASE)


@dataclass(frozen=True)
class Wording:
    """The patterns of ``statements.toml``, compiled."""

    lists: Mapping[StatementKind, re.Pattern[str]]
    prose: Mapping[StatementKind, re.Pattern[str]]
    reacts: re.Pattern[str]
    restates: re.Pattern[str]
    verdicts: re.Pattern[str]


@cache
def load_wording(path: Path = WORDS_FILE) -> Wording:
    """Read the words by which statements are recognised."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))

    def joined(patterns: Iterable[str], edge: str = "") -> re.Pattern[str]:
        return re.compile(f"{edge}(?:{'|'.join(patterns)}){edge}", re.IGNORECASE | re.DOTALL)

    return Wording(
        lists={StatementKind(k): joined(v, r"\b") for k, v in content["lists"].items()},
        prose={StatementKind(k): joined(v) for k, v in content["prose"].items()},
        reacts=joined(content["reacts"]["words"]),
        restates=joined(content["restates"]["words"]),
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
    found: list[Statement] = []
    titled = _titled(sections, wording)
    letters = _letter_points(passages, wording)
    for passage in passages:
        kind = _kind_of_items(passage, wording)
        if passage.section in titled and passage.kind is PassageKind.PARAGRAPH:
            found.append(_title_statement(document, passage, titled.pop(passage.section)))
            continue
        programme = _programme(passage, programmes)
        year = _year(document)
        spans = letters.get(passage.id) or _spans(passage, kind, wording)
        for start, end, what in spans:
            marker = _MARKER.match(text[start:end])
            begin = start + (marker.end() if marker else 0)
            if begin >= end:
                continue
            found.append(
                Statement(
                    document_id=document.id,
                    kind=what,
                    start=begin,
                    end=end,
                    text=text[begin:end],
                    number=(marker["number"] or marker["inside"] or "") if marker else "",
                    theme=passage.row or (passage.section[-1] if passage.section else ""),
                    programme=programme,
                    year=year,
                )
            )
    return tuple(found)


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


def _title_statement(document: Document, passage: Passage, kind: StatementKind) -> Statement:
    """The statement that a section's heading makes, with the sentence that explains it."""
    end = passage.sentences[0][1] if passage.sentences else passage.end
    return Statement(
        document_id=document.id,
        kind=kind,
        start=passage.start,
        end=end,
        text=passage.text[: end - passage.start],
        theme=passage.section[-2] if len(passage.section) > 1 else "",
        year=_year(document),
    )


def _spans(
    passage: Passage, kind: StatementKind | None, wording: Wording
) -> Iterable[tuple[int, int, StatementKind]]:
    if kind is StatementKind.RECOMMENDATION:
        yield from _advice_and_answer(passage, wording)
        return
    if passage.kind is PassageKind.HEADING:
        return
    items = passage.kind in {PassageKind.LIST, PassageKind.TABLE_ROW}
    marked = items and any(_MARKER.match(_cut(passage, *span)) for span in passage.sentences)
    for start, end in passage.sentences:
        words = _cut(passage, start, end)
        if kind is not None and items:
            # Under marked items, a sentence without a marker introduces or explains.
            if _MARKER.match(words) or not marked:
                judged = passage.kind is PassageKind.TABLE_ROW and wording.verdicts.search(words)
                yield start, end, StatementKind.FINDING if judged else kind
            continue
        told = _kind_of_sentence(words, wording)
        if told is not None:
            yield start, end, told


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


def _advice_and_answer(
    passage: Passage, wording: Wording
) -> Iterable[tuple[int, int, StatementKind]]:
    """Sentences of a list of advice: advice until somebody answers it, then the reaction."""
    if passage.kind is PassageKind.PARAGRAPH:
        for start, end in passage.sentences:
            told = _kind_of_sentence(_cut(passage, start, end), wording)
            if told is not None:
                yield start, end, told
        return
    answered = False
    # A short item counts as one sentence; advice and answer may share it.
    spans = [
        (passage.start + start, passage.start + end)
        for first, last in passage.sentences
        for start, end in sentence_spans(passage.text, first - passage.start, last - passage.start)
    ]
    for start, end in spans:
        words = _cut(passage, start, end)
        if _MARKER.match(words):
            answered = False
        answered = answered or bool(wording.reacts.search(words))
        yield start, end, StatementKind.REACTION if answered else StatementKind.RECOMMENDATION


def _letter_points(
    passages: Sequence[Passage], wording: Wording
) -> dict[str, list[tuple[int, int, StatementKind]]]:
    """Advice and answer in letters: by passage id, what each sentence is.

    A section of a letter in which "u adviseert" or the like stands answers that point: the
    sentences that say it again are the advice, those after it the reaction or a promise.
    """
    found: dict[str, list[tuple[int, int, StatementKind]]] = {}
    answering: tuple[str, ...] = ()
    for passage in passages:
        if not passage.section or not _LETTER.match(passage.section[0]):
            continue
        spans: list[tuple[int, int, StatementKind]] = []
        for start, end in passage.sentences:
            words = _cut(passage, start, end)
            if wording.restates.search(words):
                answering = passage.section
                kind = StatementKind.RECOMMENDATION
            elif answering == passage.section:
                told = _kind_of_sentence(words, wording)
                kind = told if told is StatementKind.PROMISE else StatementKind.REACTION
            else:
                continue
            spans.append((start, end, kind))
        if spans:
            found[passage.id] = spans
    return found


def _cut(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]


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
