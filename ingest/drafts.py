"""Passages in the making, and how long they may become.

Only lengths, kinds and places count here, and whether a fragment ends as a sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.documents import Cell, PassageKind

LONGEST = 1200
"""A paragraph over this length is cut; characters."""
TARGET = 800
"""Length that the pieces of a long paragraph aim at; characters."""
LONG_ITEM = 280
"""An item over this length is a passage of its own; characters."""
LONGEST_LIST = 2000
"""A list over this length is cut between items; characters."""
FRAGMENT = 120
"""A paragraph under this length joins its neighbour; characters."""


@dataclass(slots=True)
class Draft:
    """A passage in the making.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        kind: What it is.
        section: Index of the heading above it; -1 before the first heading.
        lead_in: What introduces it, or "".
        row: Name of its table row, or "".
        column: Name of its table column, or "".
        sentences: Spans of its sentences.
        cells: The cells of a table row, where the format states them.
        torn: Whether a page number or running header stands right before it, so that it cannot
            join what comes before.
    """

    start: int
    end: int
    kind: PassageKind
    section: int
    lead_in: str = ""
    row: str = ""
    column: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    cells: tuple[Cell, ...] = ()
    torn: bool = False

    @property
    def size(self) -> int:
        """Its length in characters."""
        return self.end - self.start


def cut(draft: Draft, longest: int = LONGEST) -> list[Draft]:
    """Cut what is too long between sentences, into pieces of about the same length.

    Args:
        draft: What may be too long.
        longest: Length up to which it stays whole; characters.

    Returns:
        The pieces in order; together they hold all sentences.
    """
    if draft.size <= longest or len(draft.sentences) < 2:
        return [draft]
    target = draft.size / -(-draft.size // TARGET)
    pieces: list[Draft] = []
    begin = 0
    following = [*draft.sentences[1:], (draft.end, draft.end)]
    for n, ((_, end), (_, next_end)) in enumerate(zip(draft.sentences, following, strict=True), 1):
        # Cut where the piece comes nearest to the length aimed at.
        enough = (end + next_end) / 2 - draft.sentences[begin][0] >= target
        last = n == len(draft.sentences)
        if last or (enough and draft.end - end >= 0.5 * target):
            start = draft.sentences[begin][0] if pieces else draft.start
            sentences = draft.sentences[begin:n]
            pieces.append(replace(draft, start=start, end=end, sentences=sentences))
            begin = n
    pieces[-1].end = draft.end
    return pieces


def pack(items: Sequence[Draft]) -> list[Draft]:
    """Put the short items of a list together and leave the long ones on their own.

    Args:
        items: The items of one list in order.

    Returns:
        The passages of the list; each item on its own where most are long.
    """
    long = sum(item.size > LONG_ITEM for item in items)
    if long * 2 >= len(items):
        return [piece for item in items for piece in cut(item)]
    together = items[-1].end - items[0].start <= LONGEST
    packed: list[Draft] = []
    apart = True  # whether the next item begins a passage
    for item in items:
        alone = item.size > LONG_ITEM and not together
        if apart or alone or item.end - packed[-1].start > LONGEST_LIST:
            packed += cut(item)
        else:
            packed[-1].end = item.end
            packed[-1].sentences += item.sentences
        apart = alone
    return packed


def join_fragments(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Let fragments join what stands before or after them.

    Args:
        text: The document's text.
        drafts: All drafts in reading order.
    """
    result: list[Draft] = []
    for n, draft in enumerate(drafts):
        last = result[-1] if result else None
        following = drafts[n + 1] if n + 1 < len(drafts) else None
        if following is not None and _heads_table(text, draft, following):
            following.start, following.torn = draft.start, draft.torn
        elif last is not None and (_fit(last, draft) or _trails(last, draft, following)):
            last.end = draft.end
            last.sentences += draft.sentences
        else:
            result.append(draft)
    return result


def _heads_table(text: str, draft: Draft, following: Draft) -> bool:
    """Whether a fragment introduces a table; a whole sentence says something by itself."""
    fragment = draft.kind is PassageKind.PARAGRAPH and draft.size < FRAGMENT
    fragment = fragment and not following.torn and text[draft.end - 1] not in ".!?"
    table = following.kind is PassageKind.TABLE_ROW and following.section == draft.section
    return fragment and table


def _fit(last: Draft, draft: Draft) -> bool:
    """Whether two paragraphs of which one is a fragment read as one."""
    paragraphs = last.kind is draft.kind is PassageKind.PARAGRAPH and last.section == draft.section
    fragment = min(last.size, draft.size) < FRAGMENT and not draft.torn
    return paragraphs and fragment and draft.end - last.start <= TARGET + 100


def _trails(last: Draft, draft: Draft, following: Draft | None) -> bool:
    """Whether a fragment closes the list before it: a total, a remark."""
    closes = draft.kind is PassageKind.PARAGRAPH and draft.size < FRAGMENT and not draft.torn
    closes = closes and last.kind is PassageKind.LIST and last.section == draft.section
    opens = (
        following is not None
        and following.kind is PassageKind.PARAGRAPH
        and following.section == draft.section
    )
    return closes and not opens and draft.end - last.start <= LONGEST


def hold_headings(drafts: Iterable[Draft]) -> list[Draft]:
    """Let a heading stand at the start of the first passage under it."""
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        under = last is not None and last.kind is PassageKind.HEADING
        holds = draft.kind not in (PassageKind.HEADING, PassageKind.FOOTNOTE) and not draft.torn
        if last is not None and under and holds and last.section == draft.section:
            result.pop()
            draft.start, draft.torn = last.start, last.torn
        result.append(draft)
    return result
