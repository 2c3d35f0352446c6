"""The register: every policy statement of the index, with its thread to others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.wording import line_of, page_of
from ingest.documents import (
    IndexedDocument,
    Link,
    LinkKind,
    Page,
    Passage,
    Statement,
    StatementKind,
)
from ingest.grouping import grouped
from ingest.links import Links, successive
from ingest.topics import Topics
from ingest.wording import load_wording

Terms = Callable[[str], frozenset[str]]
_NO_YEAR = 10_000
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in the register.

    Attributes:
        id: Document id and offsets; stays the same as long as the document does.
        statement: The statement.
        passage: The passage it stands in.
        home: Its document.
    """

    id: str
    statement: Statement
    passage: Passage
    home: IndexedDocument

    @property
    def page(self) -> Page | None:
        """The page it begins on; None in a text without pages."""
        return page_of(self.home.pages, self.statement.start)

    @property
    def line(self) -> int | None:
        """The line it begins on; None where there are pages."""
        return None if self.home.pages else line_of(self.home.text, self.statement.start)

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.statement.text.split()).strip("*_ ")

    @property
    def named(self) -> str:
        """What it stands under: theme, lead-in and headings."""
        return "\n".join((self.statement.theme, self.passage.lead_in, *self.passage.section))

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdicts that a row of a monitor ends with, by year; see `verdicts_of`."""
        return verdicts_of(self.statement, self.passage)

    @property
    def all_topics(self) -> frozenset[str]:
        """Its own topics and those that only its theme or heading gives it."""
        return frozenset((*self.statement.topics, *self.statement.theme_topics))


@dataclass(frozen=True, slots=True)
class Filter:
    """What to take from the register; what is empty takes all.

    Attributes:
        kinds: Kinds of statement.
        topics: Topics, of a statement's own words or of its theme.
        municipalities: Names as the catalog writes them.
        documents: Document ids.
        programmes: Programmes as the register writes them.
        years: Years of the document.
        words: A text of which all words must stand in the statement, its theme or its headings.
        implied: Whether to take statements too that only their wording makes one.
    """

    kinds: frozenset[StatementKind] = frozenset()
    topics: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    words: str = ""
    implied: bool = True


class Register:
    """All statements of the documents, in order, and what links them."""

    def __init__(
        self,
        documents: Mapping[str, IndexedDocument],
        links: Links,
        terms: Terms,
        topics: Topics,
    ) -> None:
        """Collect the statements.

        Args:
            documents: The indexed documents by id.
            links: What hangs together, by the id of the statement that the link goes out from.
            terms: Gives the terms of a text.
            topics: The vocabulary that gave the statements their topics.
        """
        self._terms = terms
        self.topics = topics
        self.links = links
        self.entries = tuple(
            Entry(statement.id, statement, passage, home)
            for home in documents.values()
            for statement, passage in home.placed()
        )

    def select(self, wanted: Filter) -> list[Entry]:
        """The entries that a filter takes, in order."""
        words = self._terms(wanted.words)
        return [
            entry
            for entry in self.entries
            if (wanted.implied or not entry.statement.implied)
            and _takes(wanted.kinds, entry.statement.kind)
            and _takes(wanted.municipalities, entry.home.document.municipality)
            and _takes(wanted.documents, entry.statement.document_id)
            and _takes(wanted.programmes, entry.statement.programme)
            and _takes(wanted.years, entry.statement.year)
            and (not wanted.topics or wanted.topics & entry.all_topics)
            and (not words or words <= self._terms(f"{entry.text}\n{entry.named}"))
        ]

    def terms(self, text: str) -> frozenset[str]:
        """The terms of a text."""
        return self._terms(text)

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities that have statements, in order."""
        names = (entry.home.document.municipality for entry in self.entries)
        return tuple(name for name in dict.fromkeys(names) if name)

    @cached_property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that statements belong to, in order."""
        names = dict.fromkeys(entry.statement.programme for entry in self.entries)
        return tuple(name for name in names if name)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by their id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def followed_by(self) -> Mapping[tuple[str, str], str]:
        """By document id and programme: the programme that came after it ("MAG": "MAG 3D").

        A document that is later than all that know the later programme has a new one of its own.
        """
        found: dict[tuple[str, str], str] = {}
        for group in self._municipalities():
            dates: dict[str, str] = defaultdict(str)
            for entry in group:
                name = entry.statement.programme
                dates[name] = max(dates[name], entry.home.document.date)
            for earlier, later in pairwise(successive(entry.statement for entry in group)):
                for entry in group:
                    if entry.statement.programme != earlier:
                        continue
                    if entry.home.document.date <= dates[later]:
                        found[entry.statement.document_id, earlier] = later
        return found

    @cached_property
    def incoming(self) -> Mapping[str, tuple[tuple[str, Link], ...]]:
        """The links that come in to each entry: from which one, and the link."""
        found: dict[str, list[tuple[str, Link]]] = defaultdict(list)
        for source, links in self.links.items():
            for link in links:
                found[link.target].append((source, link))
        return {key: tuple(links) for key, links in found.items()}

    @cached_property
    def threads(self) -> tuple[tuple[Entry, ...], ...]:
        """Entries that hang together, directly or through others, each thread in order of time.

        How a goal is measured does not count: an indicator stands beside its goal, at its time.
        """
        parents: dict[str, str] = {}

        def root(name: str) -> str:
            while (parent := parents.get(name, name)) != name:
                parents[name] = parents.get(parent, parent)
                name = parents[name]
            return name

        for source, links in self.links.items():
            for link in links:
                if link.kind is not LinkKind.MEASURES and link.target in self.by_id:
                    parents[root(source)] = root(link.target)
        linked = [e for e in self.entries if root(e.id) != e.id or e.id in parents.values()]
        groups = grouped(linked, lambda entry: root(entry.id))
        return tuple(tuple(sorted(group, key=_time)) for group in groups)

    def _municipalities(self) -> Iterable[Sequence[Entry]]:
        return grouped(self.entries, lambda entry: entry.home.document.municipality)


def _time(entry: Entry) -> tuple[int, str, int]:
    """Sorts by the year that is judged or that the statement has; what has none comes last."""
    judged = [int(year) for year in entry.verdicts if year.isdecimal()]
    year = min(judged, default=entry.statement.year or _NO_YEAR)
    return year, entry.home.document.date, entry.statement.start


def verdicts_of(statement: Statement, passage: Passage) -> dict[str, str]:
    """The verdicts that a row of a monitor ends with, by the year that its column names.

    "Bestaansniveau Neutraal Goed" under "Oordeel 2017, Oordeel 2018" is {"2017": "neutraal",
    "2018": "goed"}; a column without a year has its own name.
    """
    tail = load_wording().final_verdicts(statement.text)
    if statement.kind is not StatementKind.FINDING or tail is None or not passage.column:
        return {}
    words = tail.group().lower().split()
    columns = passage.column.split(", ")[-len(words) :]
    years = (_YEAR.search(column) for column in columns)
    names = [year.group() if year else column for year, column in zip(years, columns, strict=True)]
    return dict(zip(names, words, strict=False))


def _takes(wanted: Collection[object], value: object) -> bool:
    return not wanted or value in wanted
