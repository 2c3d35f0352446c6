"""Answers as safe HTML: Markdown without links, images or raw HTML, and numbers that open proof.

Everything that is not one of the few tags written here is escaped, whatever a user typed or a
document holds. A number becomes a link only when the answer has a citation with that number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MARKER = re.compile(r"\[(\d{1,4})\]")
LEADS_AWAY = ["link", "image", "autolink", "html_inline", "html_block", "reference"]
# An answer holds no program text; a line that happens to be indented or underlined is none.
MISREAD = ["code", "fence", "lheading"]

ITEM = r"(?:[-*+]|\d+[.)])\s"
# A list item and, straight below it, a line that belongs to no list.
LIST_END = re.compile(rf"^([ ]*{ITEM}.*)\n(?!\s|{ITEM})(?=.)", re.M)

CitationWriter = Callable[[int], str]


def parser(numbers: Collection[int]) -> MarkdownIt:
    """A Markdown parser that knows [n] markers and nothing that can lead away from the page.

    Args:
        numbers: Numbers that exist; any other [n] stays plain text.

    Returns:
        A parser whose inline tokens include type "citation" with the number in ``meta``.
    """
    # An answer is written line by line, so a single line end is one for the reader too.
    options = {"html": False, "breaks": True}
    markdown = MarkdownIt("commonmark", options).enable("table").disable(LEADS_AWAY + MISREAD)

    def citation(state: StateInline, silent: bool) -> bool:
        match = MARKER.match(state.src, state.pos)
        if not match or int(match[1]) not in numbers:
            return False
        if not silent:
            state.push("citation", "", 0).meta = {"number": int(match[1])}
        state.pos = match.end()
        return True

    markdown.inline.ruler.push("citation", citation)
    return markdown


def end_lists(text: str) -> str:
    """Put a blank line after each list, without which Markdown draws the next line into it."""
    return LIST_END.sub(r"\1\n\n", text)


def answer_html(text: str, numbers: Collection[int], write: CitationWriter) -> str:
    """Turn an answer's Markdown into HTML.

    Args:
        text: Markdown with [n] markers.
        numbers: Numbers of the citations that exist.
        write: Gives the HTML of one number.
    """
    markdown = parser(numbers)

    def render(
        renderer: RendererHTML, tokens: list[Token], index: int, options: object, env: object
    ) -> str:
        return write(int(tokens[index].meta["number"]))

    markdown.add_render_rule("citation", render)
    # Headings of an answer start at level 4, below those of the page that it stands in.
    return re.sub(r"<(/?)h([1-6])>", _lower_heading, str(markdown.render(end_lists(text))))


def _lower_heading(match: re.Match[str]) -> str:
    return f"<{match[1]}h{min(6, int(match[2]) + 3)}>"


def link(href: str, text: str, new_tab: bool = False, extra: str = "") -> str:
    """A link with its address and text escaped.

    Args:
        href: Address on this machine, starting with "/".
        text: What the link reads.
        new_tab: Opens a new tab, and says so to who cannot see it.
        extra: Further attributes, already safe.
    """
    target = ' target="_blank" rel="noopener noreferrer"' if new_tab else ""
    note = '<span class="bw-sr"> (opent in een nieuw tabblad)</span>' if new_tab else ""
    return f'<a href="{escape(href)}"{target}{extra}>{escape(text)}{note}</a>'
