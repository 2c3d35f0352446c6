"""What an OpenDocument file says of its paragraphs apart from their text: styles and numbering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.numbers import formatted

BULLET = "•"
OUTLINE = ""
"""The name under which the numbering of headings is kept."""
_DEEPEST = 20  # styles that are based on each other


class Styles:
    """The styles of a file: those of the template, and those made for one paragraph."""

    def __init__(self, *roots: Element) -> None:
        """Take the styles of these parts."""
        self._styles = {
            style.get("name", ""): style for root in roots for style in root.iter("style")
        }

    def _chain(self, name: str | None) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            found = self._styles.get(name or "")
            if found is None:
                return
            yield found
            name = found.get("parent-style-name")

    def _property(self, name: str | None, key: str) -> str:
        for style in self._chain(name):
            properties = style.find("text-properties")
            if properties is not None and key in properties.attrib:
                return properties.attrib[key]
        return ""

    def is_bold(self, name: str | None) -> bool | None:
        """Whether a style sets its text in bold; None where it says nothing of it."""
        weight = self._property(name, "font-weight")
        return weight in ("bold", "600", "700", "800", "900") if weight else None

    def is_hidden(self, name: str | None) -> bool:
        """Whether text of a style is not shown."""
        return self._property(name, "display") == "none"

    def is_title(self, name: str | None) -> bool:
        """Whether a style is that of the title of the document."""
        names = (style.get("name", "").lower() for style in self._chain(name))
        return any(name in ("title", "titel") for name in names)

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph style brings along."""
        named = (style.get("list-style-name") for style in self._chain(name))
        return next((style for style in named if style is not None), None)


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level is numbered."""

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    bullet: bool = False


@dataclass(slots=True)
class _List:
    """A list style: how its levels are numbered, and how far each is."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each item and heading its number, in the order of the text."""

    def __init__(self, *roots: Element) -> None:
        """Take the list styles of these parts."""
        self._lists: dict[str, _List] = {}
        for root in roots:
            for style in root.iter("list-style"):
                self._lists[style.get("name", "")] = _List(_levels(style))
            for style in root.iter("outline-style"):
                self._lists[OUTLINE] = _List(_levels(style))

    def restart(self, name: str) -> None:
        """A list begins that does not go on with the one before."""
        if name in self._lists:
            self._lists[name].counts.clear()

    def label(self, name: str, level: int, start: str | None = None) -> str:
        """The number or bullet of the next item; "" for one without.

        Args:
            name: The list style.
            level: From 1.
            start: The number that the item says it has, or None.
        """
        found = self._lists.get(name)
        form = found.levels.get(level) if found else None
        if found is None or form is None:
            return ""
        last = found.counts.get(level, form.start - 1)
        found.counts[level] = int(start) if start and start.isdigit() else last + 1
        for deeper in [other for other in found.counts if other > level]:
            del found.counts[deeper]
        if form.bullet:
            return BULLET
        numbers = (
            _value(found, shown) for shown in range(max(1, level - form.shown + 1), level + 1)
        )
        number = ".".join(filter(None, numbers))
        return f"{form.before}{number}{form.after}".strip() if form.form else ""


def _levels(style: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in style:
        level = element.get("level", "")
        if level.isdigit():
            levels[int(level)] = _Level(
                form=element.get("num-format", ""),
                before=element.get("num-prefix", ""),
                after=element.get("num-suffix", ""),
                start=_number(element.get("start-value"), 1),
                shown=_number(element.get("display-levels"), 1),
                bullet=element.tag != "list-level-style-number"
                and "num-format" not in element.attrib,
            )
    return levels


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


def _value(numbered: _List, level: int) -> str:
    form = numbered.levels.get(level, _Level("1"))
    return formatted(numbered.counts.get(level, form.start), form.form)
