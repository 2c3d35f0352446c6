"""The register: every policy statement of the index, with its thread to others.

A thread is a chain of links: indicator → goal, reaction and promise → advice, advice → the same
advice in another document, a goal → its successor in a later programme, a monitor's verdict → its
goal. Each link says why it was made and how sure that is.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from itertools import pairwise

from assistant.grouping import grouped
from assistant.wording import line_of, page_of
from ingest.documents import IndexedDocument, Page, Passage, PassageKind, Statement, StatementKind
from ingest.topics import Topics
from ingest.wording import load_wording

Terms = Callable[[str], frozenset[str]]

# How sure a link is: told by place, or by how many words two statements share.
BY_PLACE = 0.9
BY_TOPIC = 0.7
BY_ROW = 0.4
# Share of information, of the shorter of two statements, that makes them the same, or successors.
SAME = 0.7
SUCCESSOR = 0.5
LEAST_WORDS = 2

_ANSWERS = frozenset({StatementKind.REACTION, StatementKind.PROMISE})
_VERSION = re.compile(r"\s(\d\.\d|\dD)$", re.IGNORECASE)


class LinkKind(StrEnum):
    """What one statement is to another, as the register's readers see it."""

    MEASURES = "meet"
    ANSWERS = "antwoordt op"
    REPEATS = "herhaalt"
    SUCCEEDS = "volgt op"
    JUDGES = "beoordeelt"


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a thread.

    Attributes:
        kind: What the statement is to the other.
        target: Id of the other statement.
        why: The reason, in Dutch.
        sure: How sure it is, in (0, 1].
    """

    kind: LinkKind
    target: str
    why: str
    sure: float


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
        self, documents: Mapping[str, IndexedDocument], terms: Terms, topics: Topics
    ) -> None:
        """Collect the statements; the threads are made when they are first asked for.

        Args:
            documents: The indexed documents by id.
            terms: Gives the terms of a text.
            topics: The vocabulary that gave the statements their topics.
        """
        self._terms = terms
        self.topics = topics
        self.entries = tuple(
            Entry(entry_id(statement), statement, passage, home)
            for home in documents.values()
            for statement, passage in with_passages(home)
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
    def links(self) -> Mapping[str, tuple[Link, ...]]:
        """The links that go out from each entry, by its id, surest first."""
        found: dict[str, list[Link]] = defaultdict(list)
        for group in self._documents():
            _link_rows(group, found)
            _link_answers(group, found)
            self._link_verdicts(group, found)
        for group in self._municipalities():
            self._link_repeats(group, found)
            self._link_successors(group, found)
        return {
            key: tuple(sorted(links, key=lambda link: -link.sure)) for key, links in found.items()
        }

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
            for earlier, later in pairwise(_programmes(group)):
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

    def _documents(self) -> Iterable[Sequence[Entry]]:
        return grouped(self.entries, lambda entry: entry.statement.document_id)

    def _municipalities(self) -> Iterable[Sequence[Entry]]:
        return grouped(self.entries, lambda entry: entry.home.document.municipality)

    def _words(self, entry: Entry) -> frozenset[str]:
        """The terms of a statement; a monitor's verdict is not what it is about."""
        text = entry.text
        verdicts = load_wording().final_verdicts(text)
        return self._terms(text[: verdicts.start()] if verdicts else text)

    def _link_verdicts(self, entries: Sequence[Entry], found: dict[str, list[Link]]) -> None:
        """A row of a monitor → the goal that it judges, said in the same words."""
        goals = self._indexed(e for e in entries if e.statement.kind is StatementKind.GOAL)
        for entry in entries:
            judged = entry.statement.kind is StatementKind.FINDING
            if not judged or entry.passage.kind is not PassageKind.TABLE_ROW:
                continue
            best = self._best(
                entry, goals, SAME, lambda goal: not is_passed_on(goal.statement.programme)
            )
            if best:
                goal, share = best
                found[entry.id].append(
                    Link(LinkKind.JUDGES, goal.id, "oordeel over hetzelfde doel", share)
                )

    def _link_repeats(self, entries: Sequence[Entry], found: dict[str, list[Link]]) -> None:
        """Advice that is said again by who answers it → the advice as it was given."""
        advice = [e for e in entries if e.statement.kind is StatementKind.RECOMMENDATION]
        index = self._indexed(advice)
        for entry in advice:
            best = self._best(entry, index, SAME, partial(_is_before, entry))
            if best:
                original, share = best
                found[entry.id].append(
                    Link(LinkKind.REPEATS, original.id, "hetzelfde advies, herhaald", share)
                )

    def _link_successors(self, entries: Sequence[Entry], found: dict[str, list[Link]]) -> None:
        """A goal of a later programme → the goal of an earlier one that it goes on with."""
        order = _programmes(entries)
        goals = [
            e
            for e in entries
            if e.statement.kind is StatementKind.GOAL and e.statement.programme in order
        ]
        for earlier, later in pairwise(order):
            former = self._indexed(g for g in goals if g.statement.programme == earlier)
            for goal in goals:
                if goal.statement.programme != later:
                    continue
                best = self._best(goal, former, SUCCESSOR, lambda _: True)
                if best:
                    old, share = best
                    same = "zelfde doel als" if share >= SAME else "lijkt op een doel"
                    link = Link(LinkKind.SUCCEEDS, old.id, f"{same} in {earlier}", share)
                    found[goal.id].append(link)

    def _indexed(self, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
        """Entries by each of their terms."""
        index: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for term in self._words(entry):
                index[term].append(entry)
        return index

    def _best(
        self,
        entry: Entry,
        index: Mapping[str, list[Entry]],
        least: float,
        may: Callable[[Entry], bool],
    ) -> tuple[Entry, float] | None:
        """The entry of an index that shares most words with another, and that share."""
        own = self._words(entry)
        near = {other.id: other for term in own for other in index.get(term, ())}
        found = []
        for other in near.values():
            if other.id == entry.id or not may(other):
                continue
            theirs = self._words(other)
            share = self._share(own, theirs)
            if share >= least:
                # Of two that are as near: what says least besides, then the later one, since a
                # monitor judges the present programme.
                besides = self._information(own ^ theirs)
                found.append((share, -besides, _place(other), other))
        if not found:
            return None
        share, _, _, best = max(found, key=lambda one: one[:3])
        return best, share

    def _share(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Share of the information of the shorter of two statements that they have in common.

        A word carries ``log(statements / statements with it)``. Where one says much more than
        the other, the share counts for less.
        """
        if min(len(one), len(other)) < LEAST_WORDS:
            return 0.0
        first, second = self._information(one), self._information(other)
        shorter, longer = min(first, second), max(first, second)
        if not shorter:
            return 0.0
        return round(self._information(one & other) / shorter * min(1.0, 2 * shorter / longer), 2)

    def _information(self, words: frozenset[str]) -> float:
        return sum(self._rarity.get(word, 0.0) for word in words)

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        counts = Counter(term for entry in self.entries for term in self._words(entry))
        return {term: math.log(len(self.entries) / count) for term, count in counts.items()}


def _takes(wanted: Collection[object], value: object) -> bool:
    return not wanted or value in wanted


def entry_id(statement: Statement) -> str:
    """Id of a statement: its document and offsets."""
    return f"{statement.document_id}:{statement.start}-{statement.end}"


def with_passages(home: IndexedDocument) -> Iterable[tuple[Statement, Passage]]:
    """Each statement of a document with its passage."""
    passages = iter(home.passages)
    passage = next(passages, None)
    for statement in home.statements:
        while passage is not None and passage.end <= statement.start:
            passage = next(passages, None)
        if passage is not None and passage.start <= statement.start < passage.end:
            yield statement, passage


def _link_rows(entries: Sequence[Entry], found: dict[str, list[Link]]) -> None:
    """An indicator → the goals of its row: those on the same topic, else all of the row."""
    rows = grouped(
        (e for e in entries if e.passage.row),
        lambda e: "\n".join((*e.passage.section, e.statement.programme, e.passage.row)),
    )
    for row in rows:
        goals = [e for e in row if e.statement.kind is StatementKind.GOAL]
        for entry in row:
            if entry.statement.kind is not StatementKind.INDICATOR or not goals:
                continue
            topics = set(entry.statement.topics)
            close = [goal for goal in goals if topics & set(goal.statement.topics)]
            why = "zelfde thema en onderwerp" if close else "zelfde thema"
            sure = BY_TOPIC if close else BY_ROW
            found[entry.id] += [
                Link(LinkKind.MEASURES, goal.id, why, sure) for goal in close or goals
            ]


def _link_answers(entries: Sequence[Entry], found: dict[str, list[Link]]) -> None:
    """A reaction or promise → the advice before it in the same point or section."""
    advice: Entry | None = None
    for entry in entries:
        if entry.statement.kind is StatementKind.RECOMMENDATION:
            advice = entry
        elif advice and entry.statement.kind in _ANSWERS and not entry.statement.implied:
            if entry.passage.section != advice.passage.section:
                advice = None
                continue
            why = "antwoord bij dit advies"
            found[entry.id].append(Link(LinkKind.ANSWERS, advice.id, why, BY_PLACE))


def _programmes(entries: Sequence[Entry]) -> list[str]:
    """Programmes that follow each other: the bare name, then its versions by year, or as met."""
    years = {
        e.statement.programme: e.statement.year or 0
        for e in entries
        if e.statement.kind is StatementKind.GOAL
    }
    bare = {_VERSION.sub("", name) for name in years if _VERSION.search(name)}
    followed = [name for name in years if name and _VERSION.sub("", name) in bare]
    return sorted(followed, key=lambda name: (name not in bare, years[name]))


def _is_before(entry: Entry, other: Entry) -> bool:
    """Whether another statement stands before one; documents by date, then by id."""
    return _place(other) < _place(entry)


def _place(entry: Entry) -> tuple[str, str, int]:
    return entry.home.document.date, entry.statement.document_id, entry.statement.start


def is_passed_on(programme: str) -> bool:
    """Whether the goals of a programme are those that it passes on to a provider."""
    return "opdracht" in programme.lower()
