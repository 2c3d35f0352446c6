"""Answers as safe HTML: Markdown without links, images or raw HTML, and numbers that open proof.

Everything that is not one of the few tags written here is escaped, whatever a user typed or a
document holds. A number becomes a link only when the answer has a citation with that number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
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

# A sentence that a model wrote without proof, with the reason why it is struck through.
_STRUCK = re.compile(r"(?<!\\)~~.*?(?<!\\)~~ \([^)]*\) ?")

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
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    markdown.disable(LEADS_AWAY + MISREAD)

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


def without_struck(text: str) -> str:
    """The text of an answer without what is shown struck through."""
    return re.sub(r"(?m)^- *$\n?", "", _STRUCK.sub("", text))


def unescape(text: str) -> str:
    """Text as a reader sees it, of what ``assistant.citations.plain`` made harmless."""
    return re.sub(r"\\([\\`_\[\]<>|~&])", r"\1", text)


def end_lists(text: str) -> str:
    """Put a blank line after each list, without which Markdown draws the next line into it."""
    return LIST_END.sub(r"\1\n\n", text)


def answer_html(
    text: str, numbers: Collection[int], write: CitationWriter, *, fold: bool = False
) -> str:
    """Turn an answer's Markdown into HTML.

    Args:
        text: Markdown with [n] markers.
        numbers: Numbers of the citations that exist.
        write: Gives the HTML of one number.
        fold: Whether to fold each list under the line that names it.
    """
    markdown = parser(numbers)

    def render(
        renderer: RendererHTML, tokens: list[Token], index: int, options: object, env: object
    ) -> str:
        return write(int(tokens[index].meta["number"]))

    markdown.add_render_rule("citation", render)
    tokens = markdown.parse(end_lists(text))
    html = markdown.renderer.render(list(_folded(tokens)) if fold else tokens, markdown.options, {})
    # Headings of an answer start at level 4, below those of the page that it stands in.
    return re.sub(r"<(/?)h([1-6])>", _lower_heading, str(html))


def _folded(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens, with each paragraph that has a list right below it as the name of a fold."""
    inside = named = False
    for n, token in enumerate(tokens):
        outer = not token.level
        follows = tokens[n + 3].type if n + 3 < len(tokens) else ""
        if outer and token.type == "paragraph_open" and follows == "bullet_list_open":
            yield Token("details_open", "details", 1, attrs={"class": "bw-vouw"}, block=True)
            yield Token("summary_open", "summary", 1, block=True)
            inside = named = True
        elif named and token.type == "paragraph_close":
            yield Token("summary_close", "summary", -1, block=True)
            named = False
        else:
            yield token
        if inside and outer and token.type == "bullet_list_close":
            yield Token("details_close", "details", -1, block=True)
            inside = False


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
