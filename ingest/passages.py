"""Blocks become passages: what a reader would call one thing, neither too long nor a fragment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.documents import Page, Passage, PassageKind, Reading
from ingest.drafts import (
    FRAGMENT,
    LONG_ITEM,
    LONGEST,
    LONGEST_LIST,
    Draft,
    cut,
    hold_headings,
    join_fragments,
    pack,
)
from ingest.lists import Marker

LONGEST_LEAD_IN = 300
"""A longer introduction is a passage apart from the list that it introduces; characters."""


@dataclass(slots=True)
class _Memory:
    """What came before and may still introduce what comes now.

    Attributes:
        lead_in: Introduction of the list or table that was last met.
        markers: The last marker of each kind in that list.
        section: Index of the heading that this item stands under.
        last: The block before.
    """

    lead_in: str = ""
    markers: tuple[Marker, ...] = ()
    section: int = -1
    last: Block | None = None


def build_passages(
    reading: Reading,
    document_id: str,
    blocks: Sequence[Block],
    paths: Sequence[tuple[str, ...]],
) -> tuple[Passage, ...]:
    """Make passages out of blocks.

    Args:
        reading: The document's text and pages.
        document_id: Id that the passages carry.
        blocks: The blocks in reading order.
        paths: Path of each heading, by its index.

    Returns:
        The passages in reading order.
    """
    memory = _Memory()
    drafts = [draft for group in _groups(blocks) for draft in _drafts(reading.text, group, memory)]
    drafts = hold_headings(join_fragments(reading.text, drafts))
    pages = _Pages(reading.pages)
    return tuple(_passage(reading, document_id, draft, paths, pages) for draft in drafts)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that are judged together: the items of one list with the block before them."""
    group: list[Block] = []
    for n, block in enumerate(blocks):
        items = block.kind is BlockKind.ITEM
        if group and (not items or block.resumes or block.torn):
            yield group
            group = []
        if items or _precedes_list(blocks, n):
            group.append(block)
        else:
            yield [block]
    if group:
        yield group


def _precedes_list(blocks: Sequence[Block], n: int) -> bool:
    if n + 1 == len(blocks) or blocks[n].kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return False
    following = blocks[n + 1]
    return following.kind is BlockKind.ITEM and not (following.resumes or following.torn)


def _drafts(text: str, group: list[Block], memory: _Memory) -> list[Draft]:
    first = group[0]
    if len(group) > 1 or first.kind is BlockKind.ITEM:
        return _list(text, group, memory)
    before, memory.last = memory.last, first
    if first.kind is BlockKind.HEADING:
        return [_heading(first)]
    if first.kind is BlockKind.FOOTNOTE:
        return cut(_draft(first, PassageKind.FOOTNOTE))
    if first.kind is BlockKind.CELL:
        return _cell(text, first, before, memory)
    return cut(_draft(first, PassageKind.PARAGRAPH))


def _draft(block: Block, kind: PassageKind) -> Draft:
    draft = Draft(block.start, block.end, kind, block.section)
    draft.row, draft.column, draft.torn = block.row, block.column, block.torn
    draft.sentences, draft.cells = list(block.sentences), block.cells
    return draft


def _heading(block: Block) -> Draft:
    """A heading, which is one sentence whatever its punctuation."""
    draft = Draft(block.start, block.end, PassageKind.HEADING, block.section)
    draft.sentences, draft.torn = [(block.start, block.end)], block.torn
    return draft


def _cell(text: str, block: Block, before: Block | None, memory: _Memory) -> list[Draft]:
    """A table cell; the first of a table learns what introduces the table."""
    if before is None or before.kind is not BlockKind.CELL:
        introduced = before is not None and before.kind is BlockKind.PARAGRAPH
        memory.lead_in = _lead_in(text, before) if before is not None and introduced else ""
    draft = _draft(block, PassageKind.TABLE_ROW)
    draft.lead_in = memory.lead_in
    return cut(draft, LONGEST_LIST)


def _lead_in(text: str, block: Block) -> str:
    """The last sentence of a block, on one line."""
    begin, end = block.sentences[-1] if block.sentences else (block.start, block.end)
    return " ".join(text[begin:end].split())


def _list(text: str, group: list[Block], memory: _Memory) -> list[Draft]:
    """The passages of a list, with the passage that introduces it."""
    head = None if group[0].kind is BlockKind.ITEM else group[0]
    items = group if head is None else group[1:]
    goes_on = _goes_on(items[0], memory)
    announced = head is not None and (not goes_on or text[head.end - 1] == ":")
    if head is not None and announced:
        memory.lead_in = _lead_in(text, head)
    elif not goes_on:
        memory.lead_in = ""
    last = {item.marker.kind: item.marker for item in items if item.marker}
    memory.markers = tuple(last.values())
    memory.section, memory.last = items[-1].section, items[-1]
    packed = pack([_item(block) for block in items])
    for draft in packed:
        draft.lead_in = memory.lead_in
    if head is None:
        return packed
    if head.kind is BlockKind.HEADING:
        return [_heading(head), *packed]
    if announced and _belongs(head, packed):
        packed[0].start, packed[0].torn = head.start, head.torn
        packed[0].sentences[:0] = _stated(text, head)
        return packed
    return cut(_draft(head, PassageKind.PARAGRAPH)) + packed


def _goes_on(item: Block, memory: _Memory) -> bool:
    """Whether an item goes on with the list that something else broke."""
    if not memory.markers or item.section != memory.section:
        return False
    if item.resumes or item.marker is None:
        return item.resumes
    return any(item.marker.follows(marker) for marker in memory.markers)


def _belongs(head: Block, packed: Sequence[Draft]) -> bool:
    """Whether an introduction is so short that it stands in one passage with its list."""
    short = head.size <= LONGEST_LEAD_IN and len(packed) == 1
    return head.size <= FRAGMENT or (short and packed[0].end - head.start <= LONGEST)


def _stated(text: str, head: Block) -> list[tuple[int, int]]:
    """The sentences of an introduction that say something on their own."""
    sentences = list(head.sentences)
    if sentences and text[sentences[-1][1] - 1] not in ".!?":
        sentences.pop()
    return sentences


def _item(block: Block) -> Draft:
    draft = _draft(block, PassageKind.LIST)
    if block.size <= LONG_ITEM:
        draft.sentences = [(block.start, block.end)]
    return draft


class _Pages:
    """Finds the page of an offset."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = sorted(pages, key=lambda page: page.start)
        self.starts = [page.start for page in self.pages]

    def number(self, offset: int) -> int | None:
        if not self.pages:
            return None
        return self.pages[max(0, bisect_right(self.starts, offset) - 1)].number


def _passage(
    reading: Reading,
    document_id: str,
    draft: Draft,
    paths: Sequence[tuple[str, ...]],
    pages: _Pages,
) -> Passage:
    inner = reading.text[draft.start : draft.end].strip()
    start = reading.text.index(inner, draft.start)
    end = start + len(inner)
    broken = slice(bisect_right(reading.hyphens, start), bisect_left(reading.hyphens, end))
    return Passage(
        id=f"{document_id}:{start}-{end}",
        document_id=document_id,
        section=paths[draft.section] if draft.section >= 0 else (),
        start=start,
        end=end,
        first_page=pages.number(start),
        last_page=pages.number(end - 1),
        text=inner,
        kind=draft.kind,
        lead_in=draft.lead_in,
        row=draft.row,
        column=draft.column,
        sentences=tuple(draft.sentences),
        hyphens=reading.hyphens[broken],
        cells=tuple(cell for cell in draft.cells if start <= cell.start and cell.end <= end),
    )
