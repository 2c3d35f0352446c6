"""A document's text becomes sections and passages.

What the format of the file states (its marks) is taken as it is; the rest is guessed from words
and layout. The flow: lines → tables and headings → blocks → sections and passages. A line of the
file is seldom a line of the author; a block is what the author wrote as one (a paragraph, an item
of a list, a cell of a table); a passage is what a reader would call one thing.
"""

from __future__ import annotations

from ingest.blocks import build_blocks
from ingest.documents import Passage, Reading, Section
from ingest.headings import find_headings
from ingest.lines import read_lines
from ingest.passages import build_passages
from ingest.sections import build_sections, paths_of
from ingest.tables import find_tables


def split_document(
    reading: Reading, document_id: str
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Split a document into sections and passages.

    A heading stands at the start of the first passage under it, and is a passage of its own only
    where no text follows it. A line that only announces a list or table ("Doelen:") stands in that
    passage and in its ``lead_in``; neither counts as a sentence.

    Args:
        reading: The canonical text and its pages.
        document_id: Id that the passages carry.

    Returns:
        The sections and the passages, both in reading order. Passages do not overlap; together
        they hold all text but lone page numbers and the table of contents.
    """
    lines = read_lines(reading)
    if not lines:
        return (), ()
    tables = find_tables(reading.text, lines)
    taken = frozenset(n for table in tables for n in range(table.first, table.last))
    headings = find_headings(lines, taken)
    paths = paths_of(headings)
    blocks = build_blocks(reading.text, lines, headings, tables)
    passages = build_passages(reading, document_id, blocks, paths)
    return build_sections(lines, headings, paths), passages
