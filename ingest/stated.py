"""Headings and tables that the format of the file states; nothing here is guessed from the text."""

from __future__ import annotations

from collections.abc import Sequence, Set

from ingest.documents import Mark, MarkKind
from ingest.lines import Line
from ingest.sentences import sentence_spans
from ingest.titles import BARE, DEEP, SINGLE, Heading, Rank, keyword_of

_LONGEST_HEADING = 300
_LONGEST_NAMED = 150  # a longer heading that ends as a sentence does is one; characters
_LONGEST_LABEL = 60  # a longer one that ends in a colon announces what follows; characters


def has_headings(lines: Sequence[Line]) -> bool:
    """Whether the format states any heading."""
    return any(line.mark is not None and line.mark.kind is MarkKind.HEADING for line in lines)


def begins(lines: Sequence[Line], n: int) -> bool:
    """Whether the mark that holds a line begins on it."""
    return n == 0 or lines[n - 1].mark is not lines[n].mark


def end_of(lines: Sequence[Line], n: int) -> int:
    """Index after the last line of the mark that holds a line."""
    last = n + 1
    while last < len(lines) and lines[last].mark is lines[n].mark:
        last += 1
    return last


def text_of(lines: Sequence[Line], n: int) -> str:
    """What the mark on a line holds from there on, on one line."""
    return " ".join(" ".join(line.text for line in lines[n : end_of(lines, n)]).split())


def rows_of_table(lines: Sequence[Line], n: int) -> tuple[list[Mark], int]:
    """The rows of the table that begins on a line.

    Args:
        lines: The lines of the document.
        n: Index of a line.

    Returns:
        The rows down to the next header, those that name the columns first, and the index after
        their last line; no rows where no table begins here.
    """
    rows: list[Mark] = []
    while n < len(lines):
        mark = lines[n].mark
        if mark is None or mark.kind is not MarkKind.ROW:
            break
        if rows and mark.header and not rows[-1].header:
            break
        rows.append(mark)
        n = end_of(lines, n)
    return rows, n


def words_on_one_level(lines: Sequence[Line]) -> frozenset[str]:
    """Words such as "hoofdstuk" and "artikel" that the format puts on the same level.

    Their own order then says more than that level does.
    """
    levels: dict[int, set[str]] = {}
    for n, line in enumerate(lines):
        if line.mark is not None and line.mark.kind is MarkKind.HEADING and begins(lines, n):
            keyword = keyword_of(text_of(lines, n))
            if keyword is not None:
                levels.setdefault(line.mark.level, set()).add(keyword.word)
    return frozenset(word for words in levels.values() if len(words) > 1 for word in words)


def heading_at(lines: Sequence[Line], n: int, ordered: Set[str]) -> Heading | None:
    """The heading that the format states on a line.

    Args:
        lines: The lines of the document.
        n: Index of a line on which the mark of a heading begins.
        ordered: Words whose own order goes before the level that is stated.

    Returns:
        None for running text: contracts and by-laws often number their clauses with the styles of
        headings.
    """
    text, last, level = text_of(lines, n), end_of(lines, n), _level(lines, n)
    rank: int = min(Rank.CHAPTER + level - 1, Rank.DIVISION - 1)
    keyword = keyword_of(text)
    if keyword is None:
        number, title = _number_and_title(text)
        return None if _is_running_text(title) else _made(n, last, number, title, rank)
    title = keyword.title
    if not title and _level(lines, last) > level and keyword_of(text_of(lines, last)) is None:
        title, last = text_of(lines, last), end_of(lines, last)
    if _is_running_text(title):
        return None
    rank = keyword.rank if keyword.word in ordered else rank
    return _made(n, last, keyword.number, title, rank)


def _made(first: int, last: int, number: str, title: str, rank: int) -> Heading:
    return Heading(first, last, number, title.strip("*_ "), rank, stated=True)


def _level(lines: Sequence[Line], n: int) -> int:
    """The level of the heading that is stated on a line; 0 where there is none."""
    mark = lines[n].mark if n < len(lines) else None
    return mark.level if mark is not None and mark.kind is MarkKind.HEADING else 0


def _is_running_text(title: str) -> bool:
    if len(title) > _LONGEST_HEADING:
        return True
    announces = len(title) > _LONGEST_LABEL and title.endswith((":", ";", ","))
    says = len(title) > _LONGEST_NAMED and title.endswith(".")
    return announces or says or len(sentence_spans(title, 0, len(title))) > 1


def _number_and_title(text: str) -> tuple[str, str]:
    """Part a heading from the number before it: "2.1 Doel"."""
    match = DEEP.fullmatch(text) or SINGLE.fullmatch(text) or BARE.fullmatch(text)
    return (match["number"], match["title"]) if match else ("", text)
