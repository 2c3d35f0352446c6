"""What returns on page after page is no text: running headers and footers, and page numbers.

A page number is left out of the text but kept as the label of its page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.numbers import roman
from ingest.readers.pdf_lines import Line

_EDGE_LINES = 3
_REPEATED_ON = 3
_MOST_MISSING = 4  # pages without a number between those of one count
_EDGE = 0.22  # share of the height of a page from its edge in which a line can be a running one
_SAME_HEIGHT = 4.0  # points: letters with a tail make a line higher
_SAME_PLACE = 2.0  # points by which a line that stands at the same place may differ
_PAGE_COUNT = re.compile(
    r"(?:pagina|blz\.?|p\.)?[ :]*[-–—|]? ?# ?[-–—|]?(?: ?(?:van|/|\|) ?\d{1,4})?", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(
    r"(?:(?:pagina|blz\.?|p\.) ?)?(?P<label>(?P<roman>[ivxlcdm]+|[IVXLCDM]+)|"
    r"(?P<prefix>[A-Z]{1,2}[-. ]?)(?P<number>\d{1,3}))"
)
_NUMBER = re.compile(r"\d{1,4}|[ivxl]+")
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page before its running lines are left out.

    Attributes:
        lines: Its lines, empty ones included.
        label: The label that the file states for it, or "".
        height: Its height in points; 0 when unknown.
    """

    lines: Sequence[Line]
    label: str
    height: float = 0.0


def without_running_lines(pages: Sequence[PageLines]) -> list[tuple[list[Line], str]]:
    """Leave out running headers and footers, and page numbers.

    Args:
        pages: The pages in order.

    Returns:
        For each page the other lines, and its label: the one that the file states, else the
        number that is printed on it, else the one that follows from its neighbours, else its
        physical number.
    """
    labels = printed_labels(pages)
    pages = [
        _without(page, number, places)
        for number, (page, places) in enumerate(
            zip(_without_numbered(pages, labels), _running_places(pages), strict=True), start=1
        )
    ]
    running = _running_keys(pages)
    return [
        (_trimmed(_strip_edges(page.lines, number, label, running)), label)
        for number, (page, label) in enumerate(zip(pages, labels, strict=True), start=1)
    ]


def _without(page: PageLines, number: int, places: set[tuple[str, int, int]]) -> PageLines:
    kept = [line for line in page.lines if _place_key(line, page, number) not in places]
    return replace(page, lines=kept)


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


# Lines that stand at the same place on page after page.


def _place_key(line: Line, page: PageLines, number: int) -> tuple[str, int, int] | None:
    """What tells a line at the edge of a page from others: its words and its place.

    Of a page number how far it is off counts, and not what it says.
    """
    if line.box is None or not page.height or not any(map(str.isalnum, line.text)):
        return None
    top = line.box.top / page.height
    if _EDGE < top < 1 - _EDGE:
        return None
    text = " ".join(line.text.split())
    count = next((key for key in _counts(text, number) if key[0] == "1"), None)
    text = f"{count[0]} {count[1]}" if count else text
    return text, round(line.box.left / _SAME_PLACE), round(line.box.top / _SAME_PLACE)


def _running_places(pages: Sequence[PageLines]) -> list[set[tuple[str, int, int]]]:
    """For each page the keys of lines that stand there on enough pages in a row."""
    places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        for key in {_place_key(line, page, number) for line in page.lines}:
            if key is not None:
                places[key].append(number)
    found: list[set[tuple[str, int, int]]] = [set() for _ in pages]
    for key, numbers in places.items():
        if _is_run(numbers):
            for number in numbers:
                found[number - 1].add(key)
    return found


# Running lines that hold the number of the page: "4 HOOFDSTUK 1. DOELEN", "ONZE DOELEN 5".


def _outermost(lines: Sequence[Line]) -> list[Line]:
    """The first line and the last, of those that hold something."""
    filled = [line for line in lines if line.text.strip()]
    return [filled[0], *filled[1:][-1:]] if filled else []


def _numbered(text: str) -> Iterator[tuple[str, str]]:
    """The number at the begin or the end of a line, and what else the line says.

    A number after a single word is that of a part: "Hoofdstuk 2", "Thema 3".
    """
    words = text.split()
    if len(words) > 1 and _NUMBER.fullmatch(words[0]):
        yield words[0], " ".join(words[1:])
    if len(words) > 2 and _NUMBER.fullmatch(words[-1]):
        yield words[-1], " ".join(words[:-1])


def _without_numbered(pages: Sequence[PageLines], labels: Sequence[str]) -> list[PageLines]:
    """Leave out running lines that hold the number of the page beside other words.

    They stand at one height on page after page, and what they say comes back: "3 Doelen" and
    "4 Middelen" on top of pages are headings.
    """
    heights: dict[int, list[tuple[int, Line, str]]] = defaultdict(list)
    for number, (page, label) in enumerate(zip(pages, labels, strict=True), start=1):
        for line in _outermost(page.lines):
            for found, rest in _numbered(line.text):
                if found == label:
                    top = line.box.top if line.box is not None else 0.0
                    heights[round(top / _SAME_HEIGHT)].append((number, line, rest))
    running: set[int] = set()
    for group in heights.values():
        said = [rest for _, _, rest in group]
        if _is_run([number for number, _, _ in group]) and len(set(said)) < len(said):
            running.update(id(line) for _, line, _ in group)
    return [
        replace(page, lines=[line for line in page.lines if id(line) not in running])
        for page in pages
    ]


# Lines that return, whatever their place, from the outside in.


def _running_keys(pages: Sequence[PageLines]) -> set[_Key]:
    places: dict[_Key, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        keys = {
            key
            for n in _edges(page.lines)
            for key in _keys(page.lines[n].text, number, page.label or str(number))
        }
        for key in keys:
            places[key].append(number)
    return {key for key, numbers in places.items() if _is_run(numbers)}


def _edges(lines: Sequence[Line]) -> list[int]:
    """Positions of the first and last few lines that hold something."""
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    return sorted({*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]})


def _keys(line: str, number: int, label: str) -> Iterator[_Key]:
    """What this line has in common with the same running line on another page.

    Its digits may differ only where they count pages: "Hoofdstuk 1", "Hoofdstuk 2" on the top of
    pages are no running line.
    """
    text = " ".join(line.split())
    yield text, 0
    for match in re.finditer(r"\d{1,4}", text):
        shape = f"{text[: match.start()]}#{text[match.end() :]}"
        if _PAGE_COUNT.fullmatch(shape):
            yield shape, int(match.group()) - number
        elif match.group() in (str(number), label):
            yield shape, 0


def _is_run(numbers: Sequence[int]) -> bool:
    """Whether enough pages follow each other, or each other's left or right neighbour."""
    length = 1
    for before, after in pairwise(numbers):
        length = length + 1 if after - before <= 2 else 1
        if length >= _REPEATED_ON:
            return True
    return False


def _strip_edges(lines: Sequence[Line], number: int, label: str, running: set[_Key]) -> list[Line]:
    """Drop running lines from the outside in; the first line that is none ends it."""
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    own_number = {str(number), label.lower()}
    dropped: set[int] = set()
    for edge in (filled[:_EDGE_LINES], filled[::-1][:_EDGE_LINES]):
        for n in edge:
            bare = lines[n].text.strip(" -–—|").lower()
            keys = _keys(lines[n].text, number, label)
            if bare not in own_number and running.isdisjoint(keys):
                break
            dropped.add(n)
    return [line for n, line in enumerate(lines) if n not in dropped]


# Labels.


def printed_labels(pages: Sequence[PageLines]) -> list[str]:
    """The label of each page.

    A number at the edge of a page counts where enough pages in a row count on: 1, 2, 3; iv, v, vi;
    A-1, A-2, A-3. A page between them without a number has the one that follows.
    """
    if any(page.label for page in pages):
        return [page.label or str(n) for n, page in enumerate(pages, start=1)]
    offsets: dict[_Key, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        for key in {key for line in _at_edges(page) for key in _counts(line.text, number)}:
            offsets[key].append(number)
    for key, numbers in _beside_words(pages).items():
        offsets[key] = sorted({*offsets[key], *numbers})
    labels = [str(number) for number in range(1, len(pages) + 1)]
    for key, numbers in sorted(offsets.items(), key=lambda item: len(item[1])):
        for first, last in _stretches(numbers, len(pages)):
            for number in range(first, last + 1):
                if number + key[1] > 0:
                    labels[number - 1] = _label(key, number)
    return labels


def _beside_words(pages: Sequence[PageLines]) -> dict[_Key, list[int]]:
    """Pages with a number beside other words on their first or last line, by how it counts.

    It counts where the same words stand beside it on another page.
    """
    said: dict[tuple[_Key, str], list[int]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        for line in _outermost(page.lines):
            for found, rest in _numbered(line.text):
                for key in _counts(found, number):
                    said[key, rest].append(number)
    counting = {key for (key, _), numbers in said.items() if len(numbers) > 1}
    found_on: dict[_Key, list[int]] = defaultdict(list)
    for (key, _), numbers in said.items():
        if key in counting:
            found_on[key] += numbers
    return found_on


def _at_edges(page: PageLines) -> Iterator[Line]:
    """Lines that may be a page number: the first and last few, and those near an edge."""
    first = {id(page.lines[n]) for n in _edges(page.lines)}
    for line in page.lines:
        near = line.box is not None and page.height
        top = line.box.top / page.height if line.box is not None and near else 0.5
        if id(line) in first or not _EDGE < top < 1 - _EDGE:
            yield line


def _counts(text: str, number: int) -> Iterator[_Key]:
    """How the number on a line, if it is one, counts pages: its form, and how far it is off."""
    text = " ".join(text.split()).strip(" -–—|")
    for match in re.finditer(r"\d{1,4}", text):
        shape = f"{text[: match.start()]}#{text[match.end() :]}"
        if _PAGE_COUNT.fullmatch(shape):
            yield "1", int(match.group()) - number
    other = _OTHER_NUMBER.fullmatch(text)
    if other is None:
        return
    if other["prefix"]:
        yield other["prefix"], int(other["number"]) - number
        return
    numeral = other["roman"]
    value = next((n for n in range(1, 200) if roman(n) == numeral.lower()), 0)
    if value:
        yield ("i" if numeral.islower() else "I"), value - number


def _label(key: _Key, number: int) -> str:
    form, offset = key
    value = number + offset
    if form == "i":
        return roman(value)
    if form == "I":
        return roman(value).upper()
    return str(value) if form == "1" else f"{form}{value}"


def _stretches(numbers: Sequence[int], pages: int) -> Iterator[tuple[int, int]]:
    """First and last page of each run that is long enough.

    A run may miss a few pages between its own, and a few before and after them.
    """
    run: list[int] = []
    for number in [*numbers, pages + 2 * _MOST_MISSING]:
        if run and number - run[-1] > _MOST_MISSING:
            if len(run) >= _REPEATED_ON:
                yield max(1, run[0] - _MOST_MISSING), min(pages, run[-1] + _MOST_MISSING)
            run = []
        run.append(number)
