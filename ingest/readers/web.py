"""HTML: the text of a page with its headings, lists and tables, as a browser would show it.

Scripts, styles, forms, hidden elements, and what only helps to find one's way (menus, bread
crumbs, footers) are left out. Nothing is run and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from justhtml import JustHTML
from justhtml.dom import Comment, Element, NodeType, Text

from ingest.documents import MarkKind, Reading
from ingest.errors import ReadingError
from ingest.readers.blocks import Block, Table, TableCell, clean, stated_title
from ingest.readers.job import Job
from ingest.readers.numbers import formatted
from ingest.readers.text import decoded
from ingest.readers.writing import marked_text

_LEFT_OUT = frozenset(
    "script style noscript template head nav aside footer form button select textarea input iframe "
    "object embed svg canvas audio video map dialog menu datalist".split()
)
_ROLES = frozenset("navigation banner contentinfo search complementary menu dialog alert".split())
_WAYFINDING = re.compile(
    r"(?:main|top|sub|hoofd|site|page|global|skip)?[-_]?(?:nav|navbar|navigation|navigatie|menu|"
    r"breadcrumbs?|kruimelpad|cookies?|cookiebar|cookie-?consent|footer|skip|skip-?links?|social|"
    r"share|sidebar|pagination|paginering)(?:[-_]\w+)*",
    re.IGNORECASE,
)
_FOR_SCREEN_READERS = re.compile(
    r"nonvisual|(?:visually|screen)[-_]?(?:hidden|reader(?:[-_]?(?:text|only))?)|sr[-_]only|offscreen",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure header "
    "html legend main p section summary tbody td tfoot th thead tr caption".split()
)
_HEADING = re.compile(r"h([1-6])")
_SPACE = re.compile(r"\s+")
_DEEPEST = 150  # elements inside each other
_LEAST_SHARE = 0.25  # of the text of the page, for an element to be its main part
_MOST_SHARE = 0.3  # of that text, for an element that is left out by its name
_MOST_SPAN = 1000
# A page of frames holds no text but what a browser without frames is to show.
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_FRAME = re.compile(r"<frame\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,200})", re.IGNORECASE)
_NO_FRAMES = re.compile(r"<noframes\b[^>]*>(?P<shown>.*?)(?:</noframes|\Z)", re.I | re.S)
_MOST_FRAMES = 5


def read(job: Job) -> Reading:
    """Read a web page.

    Args:
        job: The file.

    Returns:
        Its text without pages.

    Raises:
        ReadingError: If the file holds something else than text, or nothing that is shown.
    """
    html, encoding = decoded(job)
    frames = _FRAME.findall(html) if _FRAMES.search(html) else []
    inside = _NO_FRAMES.search(html) if frames else None
    title, blocks = read_html(inside["shown"] if inside else html)
    text, marks = marked_text(blocks)
    elsewhere = (
        f"{job.name} bestaat uit andere pagina's ({', '.join(frames[:_MOST_FRAMES])}); die staan "
        "niet in dit bestand. Bied ze apart aan."
    )
    if not text:
        nothing = "bevat geen tekst die een browser toont. Kijk of het de goede pagina is."
        raise ReadingError(elsewhere) if frames else job.refuse(nothing)
    notes = (elsewhere,) if frames else ()
    return Reading(text, title=title, encoding=encoding, marks=marks, notes=notes)


def read_html(html: str) -> tuple[str, list[Block | Table]]:
    """The title and the blocks of a web page or a message."""
    # Not sanitized, because that drops what tells which elements are hidden; nothing of the tree
    # goes further than its text.
    root = JustHTML(html, sanitize=False).root
    elements = list(_elements(root))
    body = next((e for e in elements if e.name == "body"), root)
    page = _Page(_hidden_names(elements))
    blocks = list(page.blocks(_main_part(elements, body)))
    return _title(elements), blocks


def _elements(root: NodeType) -> Iterator[Element]:
    """All elements in the order of the text; without recursion, since depth is no limit here."""
    stack: list[NodeType] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            yield node
        stack.extend(reversed(node.children or ()))


def _all_text(node: NodeType) -> str:
    pieces: list[str] = []
    stack: list[NodeType] = [node]
    while stack:
        inner = stack.pop()
        if isinstance(inner, Text):
            pieces.append(inner.data or "")
        elif not (isinstance(inner, Element) and inner.name in ("script", "style")):
            stack.extend(reversed(inner.children or ()))
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _title(elements: Sequence[Element]) -> str:
    """The page's title, without the name of the site where its only main heading says as much."""
    title = next((_all_text(e) for e in elements if e.name == "title"), "")
    headings = [_all_text(e) for e in elements if e.name == "h1"]
    if len(headings) == 1 and headings[0] and headings[0] in title:
        return stated_title(headings[0])
    return stated_title(title)


def _main_part(elements: Sequence[Element], body: NodeType) -> NodeType:
    """What the page says is its main part, if that holds a fair share of its text."""
    mains = [e for e in elements if e.name == "main" or _attribute(e, "role") == "main"]
    mains = mains or [e for e in elements if e.name == "article"]
    if len(mains) == 1 and len(_all_text(mains[0])) >= _LEAST_SHARE * len(_all_text(body)):
        return mains[0]
    return body


def _attribute(element: Element, name: str) -> str:
    return (element.attrs or {}).get(name) or ""


def _hidden_names(elements: Sequence[Element]) -> frozenset[str]:
    """Classes (".x") and ids ("#x") that the page's own style sheet does not show."""
    found: set[str] = set()
    for element in elements:
        if element.name == "style":
            sheet = "".join(c.data or "" for c in element.children or () if isinstance(c, Text))
            for selectors, rules in _RULE.findall(_AT_RULE.sub("", sheet)):
                if _NOT_SHOWN.search(rules):
                    found.update(selector.strip() for selector in selectors.split(","))
    return frozenset(found)


@dataclass(slots=True)
class _Line:
    """A paragraph as it is put together."""

    pieces: list[str] = field(default_factory=list)
    plain: bool = False  # whether any of it is not set in bold

    def add(self, text: str, *, bold: bool) -> None:
        self.pieces.append(text)
        self.plain = self.plain or (not bold and bool(text.strip()))


class _Page:
    """Goes through a page once."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        self._line = _Line()
        self._size = 0

    def blocks(self, part: NodeType) -> Iterator[Block | Table]:
        """The blocks of a part of the page."""
        self._size = len(_all_text(part))
        yield from self._inside(part.children or (), 0, bold=False)
        yield from self._flush()

    def _flush(self, kind: MarkKind = MarkKind.PARAGRAPH, level: int = 0) -> Iterator[Block]:
        line, self._line = self._line, _Line()
        text = "".join(line.pieces)
        if text.strip():
            yield Block(kind, text, level, not line.plain)

    def _inside(
        self, nodes: Iterable[NodeType], depth: int, *, bold: bool
    ) -> Iterator[Block | Table]:
        for node in nodes:
            if isinstance(node, Text):
                self._line.add(_SPACE.sub(" ", node.data or ""), bold=bold)
            elif isinstance(node, Element) and not self._is_left_out(node):
                if depth > _DEEPEST:
                    self._line.add(_all_text(node), bold=bold)
                else:
                    yield from self._element(node, depth + 1, bold=bold)
            elif not isinstance(node, (Comment, Element)):
                yield from self._inside(node.children or (), depth, bold=bold)

    def _element(self, element: Element, depth: int, *, bold: bool) -> Iterator[Block | Table]:
        name, children = element.name, element.children or ()
        if heading := _HEADING.fullmatch(name):
            yield from self._flush()
            yield from self._inside(children, depth, bold=False)
            yield from self._flush(MarkKind.HEADING, int(heading[1]))
        elif name in ("ul", "ol"):
            yield from self._flush()
            yield from self._list(element, depth, 1)
        elif name == "table":
            yield from self._flush()
            yield self._table(element, depth)
        elif name == "pre":
            yield from self._flush()
            yield Block(MarkKind.PARAGRAPH, _lines(element))
        elif name == "br":
            self._line.add("\n", bold=bold)
        elif name == "hr":
            yield from self._flush()
        elif name in _BLOCKS:
            yield from self._flush()
            yield from self._inside(children, depth, bold=name == "dt")
            yield from self._flush()
        else:
            yield from self._inside(children, depth, bold=bold or name in ("b", "strong"))

    def _list(self, element: Element, depth: int, level: int) -> Iterator[Block | Table]:
        """The items of a list; what stands in an item beside text follows it."""
        number = _number(_attribute(element, "start"), 1)
        form = _attribute(element, "type") or "1"
        for item in element.children or ():
            if not isinstance(item, Element) or self._is_left_out(item):
                continue
            if item.name in ("ul", "ol"):
                yield from self._nested(item, depth + 1, level + 1)
                continue
            number = _number(_attribute(item, "value"), number)
            label = "•" if element.name == "ul" else f"{formatted(number, form) or number}."
            number += 1
            for block in self._item(item, depth + 1, level):
                if label and isinstance(block, Block) and block.kind is MarkKind.PARAGRAPH:
                    block = Block(MarkKind.ITEM, f"{label} {block.text}", level, block.strong)
                label = "" if isinstance(block, Block) else label
                yield block

    def _item(self, item: Element, depth: int, level: int) -> Iterator[Block | Table]:
        for child in item.children or ():
            if isinstance(child, Element) and child.name in ("ul", "ol"):
                yield from self._flush()
                if not self._is_left_out(child):
                    yield from self._nested(child, depth, level + 1)
            else:
                yield from self._inside([child], depth, bold=False)
        yield from self._flush()

    def _nested(self, element: Element, depth: int, level: int) -> Iterator[Block | Table]:
        if depth > _DEEPEST:
            yield Block(MarkKind.PARAGRAPH, _all_text(element))
        else:
            yield from self._list(element, depth, level)

    def _table(self, element: Element, depth: int) -> Table:
        table = Table()
        below: dict[int, int] = {}  # column to the rows that a cell above still takes
        for row, in_head in _rows(element):
            if self._is_left_out(row):
                continue
            cells = [c for c in row.children or () if _is_cell(c)]
            made = list(self._cells(cells, below, depth))
            heads = [c for c in cells if isinstance(c, Element) and c.name == "th"]
            header = in_head or (len(heads) == len(cells) > 1)
            if header and table.headers == len(table.rows):
                table.headers += 1
            table.rows.append(made)
        return table

    def _cells(
        self, cells: Sequence[NodeType], below: dict[int, int], depth: int
    ) -> Iterator[TableCell]:
        column = 0
        for cell in cells:
            while below.get(column, 0):
                below[column] -= 1
                column += 1
                yield TableCell(below=True)
            if not isinstance(cell, Element) or self._is_left_out(cell):
                continue
            width = min(_number(_attribute(cell, "colspan"), 1) or 1, _MOST_SPAN)
            height = min(_number(_attribute(cell, "rowspan"), 1) or 1, _MOST_SPAN)
            for at in range(column, column + width):
                below[at] = height - 1
            column += width
            yield TableCell(tuple(self._flat(cell, depth)), width)
        while below.get(column, 0):
            below[column] -= 1
            column += 1
            yield TableCell(below=True)

    def _flat(self, cell: Element, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            yield Block(MarkKind.PARAGRAPH, _all_text(cell))
            return
        for block in self._inside(cell.children or (), depth + 1, bold=cell.name == "th"):
            if isinstance(block, Table):
                yield from block.blocks()
            else:
                yield block
        yield from self._flush()

    def _is_left_out(self, element: Element) -> bool:
        if element.name in _LEFT_OUT or _attribute(element, "role") in _ROLES:
            return True
        attributes = element.attrs or {}
        if "hidden" in attributes or _attribute(element, "aria-hidden") == "true":
            return True
        if _NOT_SHOWN.search(_attribute(element, "style")):
            return True
        names = [*_attribute(element, "class").split(), _attribute(element, "id")]
        marked = {f".{name}" for name in names} | {f"#{name}" for name in names}
        if not self._hidden.isdisjoint(marked):
            return True
        if any(_FOR_SCREEN_READERS.fullmatch(name) for name in names):
            return not _HEADING.fullmatch(element.name)
        # By its name alone nothing that holds much of the page is left out.
        found = any(_WAYFINDING.fullmatch(name) for name in names if name)
        return found and len(_all_text(element)) < _MOST_SHARE * self._size


def _lines(element: Element) -> str:
    """Preformatted text, line by line."""
    lines = "".join(
        node.data or "" for node in _nodes(element) if isinstance(node, Text)
    ).splitlines()
    return "\n".join(clean(line) for line in lines)


def _nodes(element: Element) -> Iterator[NodeType]:
    stack: list[NodeType] = [element]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children or ()))


def _is_cell(node: NodeType) -> bool:
    return isinstance(node, Element) and node.name in ("td", "th")


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    for child in table.children or ():
        if not isinstance(child, Element):
            continue
        if child.name == "tr":
            yield child, False
        elif child.name in ("thead", "tbody", "tfoot"):
            for row in child.children or ():
                if isinstance(row, Element) and row.name == "tr":
                    yield row, child.name == "thead"


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() and len(text) < 7 else otherwise
