"""A paper as Markdown, with footnotes as most readers of Markdown know them: [^1]."""

from __future__ import annotations

from assistant.export import escape_markdown
from assistant.reply.paper import Block, BlockKind, Paper, Table

_BEFORE = {
    BlockKind.TITLE: "# ",
    BlockKind.HEADING: "## ",
    BlockKind.SUBHEADING: "### ",
    BlockKind.ITEM: "- ",
}


def to_markdown(paper: Paper) -> str:
    """Write a paper as Markdown; nothing in it means layout, links or HTML but what is ours.

    Args:
        paper: The paper.
    """
    notes: list[str] = []
    parts = [_block(block, notes) for block in (*paper.blocks, *paper.annex)]
    if paper.table:
        parts.append(_table(paper.table))
    parts += [f"[^{n}]: {escape_markdown(note)}" for n, note in enumerate(notes, start=1)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block, notes: list[str]) -> str:
    text = ""
    for piece in block.pieces:
        words = escape_markdown(piece.text)
        text += f"**{words}**" if piece.open and words else words
        if piece.note:
            notes.append(piece.note)
            text += f"[^{len(notes)}]"
    return f"{_BEFORE.get(block.kind, '')}{text}"


def _table(table: Table) -> str:
    def row(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(escape_markdown(c).replace("\n", "<br>") for c in cells) + " |"

    rule = "|" + " --- |" * len(table.columns)
    return "\n".join([row(table.columns), rule, *map(row, table.rows)])
