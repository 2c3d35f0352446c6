"""Which lines are headings.

A numbered line can be a heading, an item of a list or a row of a table: what stands around it
decides. The finder goes through the lines once and remembers which list and which numbering is
under way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from ingest import stated
from ingest.documents import Mark, MarkKind
from ingest.heading_rows import without_rows
from ingest.letters import end_of_subject, heads_of_letters, is_greeting, is_salutation, subject_of
from ingest.lines import Line
from ingest.lists import MarkerKind, marker_of
from ingest.title_lines import (
    belongs_to_title,
    breaks_prose,
    defines,
    is_followed_by_gap,
    is_title,
    is_title_below,
    joined,
    line_at,
    title_end,
    two_lines,
)
from ingest.titles import (
    BARE,
    CAPITAL,
    DEEP,
    KEYED,
    LONE,
    LONGEST,
    LONGEST_QUESTION,
    MARKDOWN,
    SINGLE,
    Heading,
    Rank,
    introduces,
    keyword_of,
    reads_as_title,
)

_LIST_REACH = 40  # lines in which the next item of a list of short items must come


def find_headings(lines: Sequence[Line], taken: Set[int]) -> tuple[Heading, ...]:
    """Find the headings among the lines.

    Those that the format states are taken as they are. In a document that states some, its other
    paragraphs are headings only where they say so themselves ("Artikel 5"), begin a letter, or
    are set in bold.

    Args:
        lines: The lines of the document.
        taken: Indices of lines that belong to tables.

    Returns:
        The headings in order; the lines under a heading reach to the next one.
    """
    return tuple(without_rows(_Finder(lines, taken).find(), lines))


class _Finder:
    """Finds the headings in one go through the lines."""

    def __init__(self, lines: Sequence[Line], taken: Set[int]) -> None:
        self.lines = lines
        self.taken = taken
        self.letterheads = heads_of_letters(lines)
        self.stated = stated.has_headings(lines)
        self.ordered = stated.words_on_one_level(lines)
        self.keys = _repeated_keys(lines)
        self.headings: list[Heading] = []
        self.titles: set[str] = set()
        self.item = 0  # number of the list item that the lines before belong to; 0 for none
        self.chapter = 0  # the last chapter
        self.point = 0  # the last numbered point inside a section
        self.signed = False  # below a greeting: names, no headings
        self.letter_over = False  # whether the next heading stands outside the letter

    def find(self) -> list[Heading]:
        n = 0
        while n < len(self.lines):
            if n in self.taken:
                self.item = 0  # the numbers of a table's rows count for no list
                n += 1
                continue
            heading = self._at(n)
            if heading is None:
                self._pass(n)
                n += 1
            else:
                self.headings.append(heading)
                self.titles.add(heading.title)
                self.item, self.letter_over, self.signed = 0, False, False
                n = heading.last
        return self.headings

    def _pass(self, n: int) -> None:
        """Remember what a line that is no heading says about the next ones."""
        line = self.lines[n]
        if is_greeting(line.text):
            self.signed = self.letter_over = True
        elif line.turn:
            self.signed = False
        marker = marker_of(line.text)
        if marker and marker.kind is MarkerKind.DIGIT:
            self.item = marker.value
        elif line.gap and not marker and not line.lower:
            self.item = 0

    def _at(self, n: int) -> Heading | None:
        mark = self.lines[n].mark
        if mark is None:
            return self._guessed(n)
        if not stated.begins(self.lines, n):
            return None
        if mark.kind is MarkKind.HEADING:
            return self._heading(n)
        if mark.kind is not MarkKind.PARAGRAPH:
            return None
        if not self.stated:
            found = self._guessed(n)
            whole = found is not None and found.last >= stated.end_of(self.lines, n)
            return found if whole else self._bold(n, mark)
        return self._subject(n) or self._salutation(n) or self._keyword(n) or self._bold(n, mark)

    def _guessed(self, n: int) -> Heading | None:
        attempts: tuple[Callable[[int], Heading | None], ...] = (self._subject,)
        if self._interrupts(n):
            attempts += (self._markdown, self._keyword, self._deep, self._lone)
        if self._may_begin(n):
            attempts += (self._salutation, self._single, self._bare, self._plain)
        found = (attempt(n) for attempt in attempts)
        return next((heading for heading in found if heading is not None), None)

    def _interrupts(self, n: int) -> bool:
        """Whether a heading with a clear number can stand here."""
        before, line = self.lines[n - 1] if n else None, self.lines[n]
        if before is None or line.gap or line.turn:
            return True
        return before.closed or not before.fills(line)

    def _may_begin(self, n: int) -> bool:
        """Whether the line before is finished, so that any heading can stand here."""
        line = self.lines[n]
        if n == 0 or self._follows_heading(n):
            return True
        before = self.lines[n - 1]
        if line.gap or line.turn:
            return before.closed or line.firm or line.turn or not before.fills(line)
        numbered = marker_of(line.text) is not None and is_followed_by_gap(self.lines, n)
        return before.closed or (numbered and not before.fills(line))

    def _follows_heading(self, n: int) -> bool:
        return bool(self.headings) and self.headings[-1].last == n

    def _make(self, first: int, last: int, number: str, title: str, rank: int) -> Heading:
        title = " ".join(title.split()).strip("*_ ")
        return Heading(first, last, number, title, rank, self.letter_over)

    # Headings that the format states, or shows by bold type.

    def _heading(self, n: int) -> Heading | None:
        found = stated.heading_at(self.lines, n, self.ordered)
        return replace(found, signed=self.letter_over) if found else None

    def _bold(self, n: int, mark: Mark) -> Heading | None:
        """A paragraph all in bold, with one that is not below it."""
        last = stated.end_of(self.lines, n)
        following = line_at(self.lines, last)
        if not mark.strong or following is None or self.signed or n in self.letterheads:
            return None
        if following.mark is not None and following.mark.strong:
            return None
        text = stated.text_of(self.lines, n)
        deep, single = DEEP.fullmatch(text), SINGLE.fullmatch(text)
        if deep and len(text) <= LONGEST_QUESTION:
            rank = Rank.CHAPTER + deep["number"].count(".")
            return self._make(n, last, deep["number"], deep["title"], rank)
        if single and len(text) <= LONGEST_QUESTION:
            rank = self._level(int(single["number"]))
            return self._make(n, last, single["number"], single["title"], rank)
        return self._make(n, last, "", text, Rank.UNDER) if reads_as_title(text) else None

    # Headings that say what they are.

    def _markdown(self, n: int) -> Heading | None:
        match = MARKDOWN.fullmatch(self.lines[n].text)
        if match is None:
            return None
        keyword, depth = keyword_of(" ".join(match["title"].split())), len(match["hashes"])
        if keyword is None:
            return self._make(n, n + 1, "", match["title"], Rank.CHAPTER + depth - 1)
        title, last, following = keyword.title, n + 1, line_at(self.lines, n + 1)
        below = MARKDOWN.fullmatch(following.text) if following else None
        if not title and below and len(below["hashes"]) > depth:
            title, last = below["title"], n + 2
        return self._make(n, last, keyword.number, title, keyword.rank)

    def _keyword(self, n: int) -> Heading | None:
        text = self.lines[n].text
        keyword = keyword_of(text) if len(text) <= LONGEST + 20 else None
        if keyword is None:
            return None
        title, last, following = keyword.title, title_end(self.lines, n), line_at(self.lines, n + 1)
        if title:
            title = f"{title} {joined(self.lines, n + 1, last)}".strip()
        elif following and is_title_below(self.lines, n + 1):
            title, last = following.text, n + 2
        if title.endswith((",", ";", ":")) or (title.endswith(".") and len(title) > 80):
            return None
        if keyword.word == "hoofdstuk" and keyword.value.isdigit():
            self.chapter, self.point = int(keyword.value), 0
        return self._make(n, last, keyword.number, title.rstrip("."), keyword.rank)

    def _subject(self, n: int) -> Heading | None:
        """The subject of a letter, on the line of its label or on the next."""
        subject = subject_of(self.lines[n].text) if n in self.letterheads else None
        following = line_at(self.lines, n + 1)
        if subject is None or not (subject or following):
            return None
        first = n if subject else n + 1
        last = end_of_subject(self.lines, first)
        title = f"{subject} {joined(self.lines, n + 1, last)}".strip()
        return self._make(n, last, "", title, Rank.LETTER)

    def _salutation(self, n: int) -> Heading | None:
        text = self.lines[n].text
        subject = bool(self.headings) and self.headings[-1].rank == Rank.LETTER
        if not is_salutation(text) or (subject and n - self.headings[-1].last < 6):
            return None
        self.chapter = self.point = 0
        return self._make(n, n + 1, "", text.rstrip(","), Rank.LETTER)

    # Numbered headings.

    def _deep(self, n: int) -> Heading | None:
        match, last = DEEP.fullmatch(self.lines[n].text), title_end(self.lines, n)
        if match is None or not is_title(self.lines, n, last):
            return None
        parts = match["number"].split(".")
        self.chapter, self.point = int(parts[0]), 0
        title = f"{match['title']} {joined(self.lines, n + 1, last)}"
        return self._make(n, last, match["number"], title, Rank.CHAPTER + len(parts) - 1)

    def _lone(self, n: int) -> Heading | None:
        """A number on a line of its own with the title below it, as in lists of decisions."""
        match, line = LONE.fullmatch(self.lines[n].text), self.lines[n]
        if match is None or not (line.gap or line.turn):
            return None
        last = n + 1
        while last < min(n + 4, len(self.lines)) and belongs_to_title(self.lines, n, last):
            last += 1
        title = joined(self.lines, n + 1, last)
        if not CAPITAL.match(title) or len(title) > LONGEST_QUESTION:
            return None
        rank = Rank.CHAPTER + match["number"].count(".")
        return self._make(n, last, match["number"], title, rank)

    def _single(self, n: int) -> Heading | None:
        line, match = self.lines[n], SINGLE.fullmatch(self.lines[n].text)
        if match is None:
            return None
        value, last, following = int(match["number"]), n + 1, line_at(self.lines, n + 1)
        if following and not line.closed:
            question = following.lower and following.text.endswith("?")
            last = n + 2 if question else title_end(self.lines, n)
        title = f"{match['title']} {joined(self.lines, n + 1, last)}".strip()
        if not is_title(self.lines, n, last) or self._in_list(last, value, title.endswith("?")):
            return None
        return self._make(n, last, match["number"], title, self._level(value))

    def _bare(self, n: int) -> Heading | None:
        """A chapter whose number has no full stop: accepted only where that chapter is due."""
        line, following = self.lines[n], line_at(self.lines, n + 1)
        match = BARE.fullmatch(line.text)
        if match is None or following is None or len(line.text) > 70:
            return None
        due = int(match["number"]) == self.chapter + 1 and (line.gap > 0 or line.turn)
        if not due or not is_title(self.lines, n, n + 1) or following.text[0].isdigit():
            return None
        self.chapter, self.point = self.chapter + 1, 0
        return self._make(n, n + 1, match["number"], match["title"], Rank.CHAPTER)

    def _level(self, value: int) -> int:
        """Tell a chapter from a point inside a section, by the numbering."""
        if self.point and value == self.point + 1:
            self.point = value
            points = (Rank.POINT, Rank.UNDER)
            return next(h.rank for h in reversed(self.headings) if h.rank in points)
        if value > self.chapter:
            self.chapter, self.point = value, 0
            return Rank.CHAPTER
        self.point = value
        plain = bool(self.headings) and self.headings[-1].rank >= Rank.PLAIN
        return Rank.UNDER if plain else Rank.POINT

    def _in_list(self, last: int, value: int, question: bool) -> bool:
        """Whether a numbered line is an item: its neighbour follows without text between."""
        if self.item and value == self.item + 1:
            return True
        for n, line in enumerate(self.lines[last : last + _LIST_REACH]):
            marker = marker_of(line.text)
            if marker is None:
                prose = (line.gap or line.turn) and not line.lower
                if prose or (line.closed and len(line.text) > 60):
                    return False
            elif marker.kind is MarkerKind.DIGIT:
                return marker.value == value + 1 and (n == 0 or not question)
            elif question:
                return False
        return False

    # Headings without a number.

    def _plain(self, n: int) -> Heading | None:
        line, following = self.lines[n], line_at(self.lines, n + 1)
        if following is None or self.signed or n in self.letterheads:
            return None
        if not self._stands_apart(n) or (introduces(line.text) and marker_of(following.text)):
            return None
        opens = reads_as_title(line.text) and self._opens(line, following)
        last = n + 1 if opens else two_lines(self.lines, n)
        if not last:
            return None
        title = joined(self.lines, n, last)
        match = KEYED.match(title)
        rank = Rank.NAMED if match and match["key"] in self.keys else Rank.PLAIN
        return self._make(n, last, "", title, rank)

    def _stands_apart(self, n: int) -> bool:
        """Whether white space or a finished text stands above the line."""
        line = self.lines[n]
        if n == 0 or self._follows_heading(n):
            return True
        if not line.gap and not line.turn:
            return breaks_prose(self.lines, n)
        if self.lines[n - 1].text.endswith(":"):
            following = line_at(self.lines, n + 1)
            return bool(following and marker_of(following.text)) and not line.text.isupper()
        return True

    def _opens(self, line: Line, following: Line) -> bool:
        """Whether what follows can be the text under a heading."""
        if following.lower and not defines(line, following):
            return False
        if line.width and line.reach > 0.6 * line.width:
            if not following.gap or line.fills(following):
                return False
        if following.gap or line.text in self.titles:
            return True
        return len(following.text) >= 40 or marker_of(following.text) is not None


def _repeated_keys(lines: Iterable[Line]) -> frozenset[str]:
    """Words before a colon that several short lines begin with: Rol, Stap."""
    keys = (KEYED.match(line.text) for line in lines if len(line.text) <= LONGEST)
    counts = Counter(match["key"] for match in keys if match)
    return frozenset(key for key, count in counts.items() if count > 1)
