"""Threads: what one policy statement is to another.

Indicator → goal, reaction and promise → advice, advice → the same advice in another document, a
goal → its predecessor in an earlier programme, a monitor's verdict → its goal. Each link says why
it was made and how sure that is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.alignment import align, between
from ingest.documents import (
    Document,
    IndexedDocument,
    Link,
    LinkKind,
    Passage,
    PassageKind,
    Statement,
    StatementKind,
)
from ingest.grouping import grouped
from ingest.likeness import Likeness, Nearby
from ingest.wording import load_wording

Links = Mapping[str, tuple[Link, ...]]
"""The links that go out from each statement, by its id, surest first."""

# How sure a link is that is told by place: an answer right below its advice, an indicator in the
# row of its goal (on the same topic or not), a verdict between two that are known.
BY_PLACE = 0.9
BY_TOPIC = 0.7
BY_ROW = 0.4
BY_ORDER = 0.5
# Share of information, of the shorter of two statements, that makes them the same.
SAME = 0.7
# A predecessor must be as like as this in words and meaning together, and in each by itself.
SUCCESSOR = 0.56
SUCCESSOR_EACH = 0.45
# A verdict names its goal in few words, but stands in the order of the goals. A list of goals must
# be like the verdicts as a whole, by this much for each of them.
JUDGED = 0.25
JUDGED_TOGETHER = 0.15

COMPARED = frozenset({StatementKind.GOAL, StatementKind.RECOMMENDATION, StatementKind.FINDING})
"""The kinds of statement that `link_statements` compares in words."""

_ANSWERS = frozenset({StatementKind.REACTION, StatementKind.PROMISE})
_VERSION = re.compile(r"\s(\d\.\d|\dD)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with where it stands."""

    statement: Statement
    passage: Passage
    document: Document

    @property
    def id(self) -> str:
        """Id of the statement."""
        return self.statement.id

    @property
    def order(self) -> tuple[str, str, int]:
        """Sorts by date of the document, then as one reads."""
        return self.document.date, self.document.id, self.statement.start


def placed(documents: Iterable[IndexedDocument]) -> list[Placed]:
    """All statements of some documents with where they stand."""
    return [
        Placed(statement, passage, indexed.document)
        for indexed in documents
        for statement, passage in indexed.placed()
    ]


def told(statement: Statement) -> str:
    """What a statement is about: a row of a monitor without its verdicts, on one line."""
    text = " ".join(statement.text.split()).strip("*_ ")
    verdicts = load_wording().final_verdicts(text)
    return text[: verdicts.start()] if verdicts else text


def link_statements(statements: Sequence[Placed], likeness: Likeness) -> Links:
    """Find what hangs together.

    Args:
        statements: Of all documents, those of one document in reading order.
        likeness: Compares them by id; made of what is `told` by each.
    """
    found: dict[str, list[Link]] = defaultdict(list)
    for group in grouped(statements, lambda one: one.document.id):
        _link_rows(group, found)
        _link_answers(group, found)
        _link_verdicts(group, likeness, found)
    for group in grouped(statements, lambda one: one.document.municipality):
        _link_repeats(group, likeness, found)
        _link_successors(group, likeness, found)
    return {key: tuple(sorted(links, key=lambda link: -link.sure)) for key, links in found.items()}


def compared_in_meaning(statements: Sequence[Placed]) -> list[str]:
    """Ids of the statements whose vectors `link_statements` asks for, in order.

    They are the goals of successive programmes, and in a document with a monitor its rows and all
    goals.
    """
    found: set[str] = set()
    for group in grouped(statements, lambda one: one.document.municipality):
        order = successive(one.statement for one in group)
        found.update(one.id for one in group if one.statement.programme in order)
    for group in grouped(statements, lambda one: one.document.id):
        if rows := _monitored(group):
            goals = (one for one in group if one.statement.kind is StatementKind.GOAL)
            found.update(one.id for one in (*rows, *goals))
    return [one.id for one in statements if one.id in found]


def is_passed_on(programme: str) -> bool:
    """Whether the goals of a programme are those that it passes on to a provider."""
    return "opdracht" in programme.lower()


def successive(statements: Iterable[Statement]) -> list[str]:
    """Programmes that follow each other: the bare name, then its versions by year, or as met.

    Args:
        statements: Of one municipality; the programmes of its goals count.
    """
    years = {s.programme: s.year or 0 for s in statements if s.kind is StatementKind.GOAL}
    bare = {_VERSION.sub("", name) for name in years if _VERSION.search(name)}
    followed = [name for name in years if name and _VERSION.sub("", name) in bare]
    return sorted(followed, key=lambda name: (name not in bare, years[name]))


Found = dict[str, list[Link]]


def _link_rows(statements: Sequence[Placed], found: Found) -> None:
    """An indicator → the goals of its row: those on the same topic, else all of the row."""
    rows = grouped(
        (one for one in statements if one.passage.row),
        lambda one: (one.passage.section, one.statement.programme, one.passage.row),
    )
    for row in rows:
        goals = [one for one in row if one.statement.kind is StatementKind.GOAL]
        for one in row:
            if one.statement.kind is not StatementKind.INDICATOR or not goals:
                continue
            topics = set(one.statement.topics)
            close = [goal for goal in goals if topics & set(goal.statement.topics)]
            why = "zelfde thema en onderwerp" if close else "zelfde thema"
            sure = BY_TOPIC if close else BY_ROW
            found[one.id] += [
                Link(LinkKind.MEASURES, goal.id, why, sure) for goal in close or goals
            ]


def _link_answers(statements: Sequence[Placed], found: Found) -> None:
    """A reaction or promise → the advice before it in the same point or section."""
    advice: Placed | None = None
    for one in statements:
        if one.statement.kind is StatementKind.RECOMMENDATION:
            advice = one
        elif advice and one.statement.kind in _ANSWERS and not one.statement.implied:
            if one.passage.section != advice.passage.section:
                advice = None
                continue
            link = Link(LinkKind.ANSWERS, advice.id, "antwoord bij dit advies", BY_PLACE)
            found[one.id].append(link)


def _link_verdicts(statements: Sequence[Placed], likeness: Likeness, found: Found) -> None:
    """The rows of a monitor → the goals that they judge, in the order of the goals.

    Of several programmes the one fits whose goals are most like the rows together.
    """
    rows = _monitored(statements)
    programmes = grouped(
        (
            one
            for one in statements
            if one.statement.kind is StatementKind.GOAL
            and not is_passed_on(one.statement.programme)
        ),
        lambda one: one.statement.programme,
    )
    for monitor in grouped(rows, lambda one: (one.passage.section, one.passage.column)):
        best: list[tuple[Placed, Placed, float]] = []
        for goals in programmes:
            pairs = _judged(monitor, goals, likeness)
            if sum(sure for *_, sure in pairs) > sum(sure for *_, sure in best):
                best = pairs
        for row, goal, sure in best:
            why = "oordeel over hetzelfde doel"
            if not sure:
                why, sure = "oordeel op de plaats van dit doel", BY_ORDER
            found[row.id].append(Link(LinkKind.JUDGES, goal.id, why, round(sure, 2)))


def _monitored(statements: Sequence[Placed]) -> list[Placed]:
    """The rows of monitors: those that end with a verdict."""
    return [
        one
        for one in statements
        if one.statement.kind is StatementKind.FINDING
        and one.passage.kind is PassageKind.TABLE_ROW
        and load_wording().final_verdicts(one.statement.text)
    ]


def _judged(
    rows: Sequence[Placed], goals: Sequence[Placed], likeness: Likeness
) -> list[tuple[Placed, Placed, float]]:
    """Pairs of row and goal with their likeness, 0 for those told by place alone."""
    table = likeness.table([one.id for one in rows], [one.id for one in goals])
    pairs = align(table, JUDGED)
    gained = sum(table[pair] - JUDGED for pair in pairs)
    if gained < JUDGED_TOGETHER * len(rows):
        return []
    by_order = between(pairs)
    return [(rows[i], goals[j], min(1.0, float(table[i, j]))) for i, j in pairs] + [
        (rows[i], goals[j], 0.0) for i, j in by_order
    ]


def _link_repeats(statements: Sequence[Placed], likeness: Likeness, found: Found) -> None:
    """Advice that is said again by who answers it → the advice as it was given."""
    advice = [one for one in statements if one.statement.kind is StatementKind.RECOMMENDATION]
    by_id = {one.id: one for one in advice}
    nearby = Nearby(likeness, list(by_id), SAME)
    for one in advice:
        near = [
            (share, -likeness.besides(one.id, other.id), other)
            for other in (by_id[name] for name in nearby.of(one.id))
            if other.order < one.order and (share := likeness.words(one.id, other.id)) >= SAME
        ]
        if near:
            share, _, original = max(near, key=lambda pair: pair[:2])
            link = Link(
                LinkKind.REPEATS, original.id, "hetzelfde advies, herhaald", round(share, 2)
            )
            found[one.id].append(link)


def _link_successors(statements: Sequence[Placed], likeness: Likeness, found: Found) -> None:
    """A goal of a later programme → the goal of an earlier one that it goes on with.

    The nearest earlier programme comes first; where the goal did not come back there, the link
    says so.
    """
    order = successive(one.statement for one in statements)
    goals = {
        name: [
            one
            for one in statements
            if one.statement.kind is StatementKind.GOAL and one.statement.programme == name
        ]
        for name in order
    }
    by_id = {goal.id: goal for name in order for goal in goals[name]}
    nearby = {
        name: Nearby(likeness, [goal.id for goal in goals[name]], SUCCESSOR_EACH) for name in order
    }
    for place, later in enumerate(order):
        for goal in goals[later]:
            near = [
                (sure, back, former)
                for back, earlier in enumerate(reversed(order[:place]))
                for former in (by_id[name] for name in nearby[earlier].of(goal.id))
                if (sure := _succeeds(goal, former, likeness))
            ]
            if near:
                sure, back, former = max(near, key=lambda one: (one[0], -one[1]))
                skipped = order[place - back : place]
                found[goal.id].append(_successor(former, sure, skipped))


def _succeeds(goal: Placed, former: Placed, likeness: Likeness) -> float:
    """How sure a goal goes on with a former one, in [0, 1]; 0 where it does not."""
    words = likeness.words(goal.id, former.id)
    if words < SUCCESSOR_EACH:
        return 0.0
    meaning = likeness.meaning(goal.id, former.id)
    sure = (words + meaning) / 2
    return min(1.0, sure) if meaning >= SUCCESSOR_EACH and sure >= SUCCESSOR else 0.0


def _successor(former: Placed, sure: float, skipped: Sequence[str]) -> Link:
    like = "zelfde doel als" if sure >= SAME else "lijkt op een doel"
    why = f"{like} in {former.statement.programme}"
    if skipped:
        why += f"; in {' en '.join(skipped)} kwam het niet terug"
    return Link(LinkKind.SUCCEEDS, former.id, why, round(sure, 2))
