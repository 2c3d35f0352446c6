"""What a Word file says of its paragraphs apart from their text: styles and numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.numbers import formatted

BULLET = "•"
_HEADING = re.compile(r"(?:heading|kop) (?P<level>[1-9])", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|inhopg) \d|table of figures|toc heading", re.IGNORECASE)
_LEVEL = re.compile(r"%([1-9])")
_FORMS = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "none": "",
    "bullet": "",
}
_BODY = 9  # the outline level that says "no heading"
_DEEPEST = 20  # styles that are based on each other


def value_of(element: Element | None, path: str) -> str | None:
    """The value of a property; None where it is not set."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get("val", "")


def is_on(element: Element | None, path: str) -> bool | None:
    """Whether a property that is on or off is set; None where nothing is said."""
    value = value_of(element, path)
    return None if value is None else value not in ("0", "false", "off", "none")


class Styles:
    """The styles of a file."""

    def __init__(self, root: Element | None) -> None:
        """Take the styles.

        Args:
            root: The part with the styles; None for a file without one.
        """
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in () if root is None else root.iter("style"):
            name = style.get("styleId", "")
            self._styles[name] = style
            if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on"):
                self._default = name

    def _chain(self, style: str | None) -> Iterator[Element]:
        """A style and what it is based on."""
        name: str | None = self._default if style is None else style
        for _ in range(_DEEPEST):
            found = self._styles.get(name or "")
            if found is None:
                return
            yield found
            name = value_of(found, "basedOn")

    def heading_level(self, style: str | None) -> int:
        """Level of the headings that a style makes, from 1; 0 for another style."""
        for element in self._chain(style):
            name = value_of(element, "name") or ""
            if match := _HEADING.fullmatch(name):
                return int(match["level"])
            if _TITLE.fullmatch(name):
                return 1
            if outline := value_of(element, "pPr/outlineLvl"):
                return outline_level(outline)
        return 0

    def is_contents(self, style: str | None) -> bool:
        """Whether a style is one of a table of contents."""
        first = next(self._chain(style), None)
        return _CONTENTS.fullmatch(value_of(first, "name") or "") is not None

    def is_bold(self, style: str | None) -> bool:
        """Whether a style sets its text in bold."""
        said = (is_on(element, "rPr/b") for element in self._chain(style))
        return next((on for on in said if on is not None), False)

    def numbering(self, style: str | None) -> tuple[str, int] | None:
        """Id of the list and the level that a style puts its paragraphs in, if it does."""
        for element in self._chain(style):
            number = value_of(element, "pPr/numPr/numId")
            if number is not None:
                return number, int(value_of(element, "pPr/numPr/ilvl") or 0)
        return None


def outline_level(value: str) -> int:
    """A heading's level from 1; 0 where the outline says that it is none."""
    level = int(value) if value.isdigit() else _BODY
    return level + 1 if level < _BODY else 0


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class _List:
    """A list under way: how its levels are numbered, and how far each is."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph its number, in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        """Take the definitions.

        Args:
            root: The part with the numbering; None for a file without one.
        """
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        for element in () if root is None else root.iter("abstractNum"):
            levels = {int(e.get("ilvl", 0)): _level(e) for e in element.findall("lvl")}
            self._lists[element.get("abstractNumId", "")] = _List(levels)
        for element in () if root is None else root.findall("num"):
            number = element.get("numId", "")
            self._numbers[number] = value_of(element, "abstractNumId") or ""
            self._overrides[number] = _starts(element)

    def label(self, number: str, level: int) -> str:
        """The number or bullet of the next paragraph in a list; "" for one without.

        Args:
            number: Id of the list.
            level: Level in it, from 0.
        """
        found = self._lists.get(self._numbers.get(number, ""))
        if found is None or level not in found.levels:
            return ""
        for where, start in self._overrides.pop(number, {}).items():
            found.counts[where] = start - 1
        form = found.levels[level]
        found.counts[level] = found.counts.get(level, form.start - 1) + 1
        for deeper in [other for other in found.counts if other > level]:
            del found.counts[deeper]
        if form.form == "bullet":
            return BULLET
        return _LEVEL.sub(lambda match: _value(found, int(match[1]) - 1), form.text).strip()


def _level(element: Element) -> _Level:
    start = value_of(element, "start") or "1"
    return _Level(
        form=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
        start=int(start) if start.isdigit() else 1,
    )


def _starts(element: Element) -> dict[int, int]:
    """The levels that this list begins anew, with the number they begin at."""
    starts = {}
    for override in element.findall("lvlOverride"):
        start = value_of(override, "startOverride")
        if start is not None and start.isdigit():
            starts[int(override.get("ilvl", 0))] = int(start)
    return starts


def _value(numbered: _List, level: int) -> str:
    form = numbered.levels.get(level)
    count = numbered.counts.get(level, form.start if form else 1)
    if form is None:
        return str(count)
    if form.form == "decimalZero":
        return f"{count:02}"
    return f"{count}e" if form.form == "ordinal" else formatted(count, _FORMS.get(form.form, "1"))
