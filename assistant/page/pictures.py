"""Pictures of the register: topics by document, and threads over the years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from assistant.citations import shorten
from assistant.page import texts
from assistant.page.choice import Query, statement_address
from assistant.register import Entry, Register
from assistant.wording import count

MOST_THREADS = 60
NAME_ROOM = 90
"""Characters of a thread's name."""


def pictures_html(entries: Sequence[Entry], register: Register, query: Query) -> str:
    """What the entries look like together: how often, and when.

    Args:
        entries: Those that are shown in the table.
        register: Gives their threads.
        query: What the user chose; a click on the first picture chooses from it.
    """
    return _heat_map(entries, query) + _time_line(entries, register)


def _fold(title: str, table: str, note: str = "") -> str:
    return (
        f'<details class="bw-beeld"><summary>{title}</summary>{note}'
        f'<div class="bw-tabelrand" tabindex="0" role="region" aria-label="{title}">'
        f"{table}</div></details>"
    )


# Topics by document


def _heat_map(entries: Sequence[Entry], query: Query) -> str:
    """How many of the entries are about each topic, by document."""
    titles = {e.statement.document_id: e.home.document.title for e in entries}
    numbers = Counter(
        (topic, entry.statement.document_id) for entry in entries for topic in entry.all_topics
    )
    topics = Counter(topic for topic, _ in numbers.elements())
    if not topics:
        return ""
    most = max(numbers.values())
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles.values())
    rows = "".join(
        f'<tr><th scope="row">{escape(topic)}</th>'
        + "".join(_warm_cell(topic, name, numbers, most, query) for name in titles)
        + "</tr>"
        for topic, _ in sorted(topics.items(), key=lambda item: (-item[1], item[0]))
    )
    return _fold(
        texts.REGISTER_PICTURE,
        f'<table class="bw-tabel bw-warmte"><thead><tr><th scope="col">Onderwerp</th>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table>",
    )


def _warm_cell(
    topic: str, document: str, numbers: Mapping[tuple[str, str], int], most: int, query: Query
) -> str:
    number = numbers[topic, document]
    if not number:
        return "<td></td>"
    warmth = 1 + round(4 * number / most)
    address = escape(query.address("/doelen/uitkomst", onderwerp=topic, document=document))
    return (
        f'<td><button type="button" class="bw-warm-{warmth}" data-doelen="{address}" '
        f'data-kies="{escape(urlencode({"onderwerp": topic, "document": document}))}" '
        f'aria-label="{number}: {escape(topic)}">{number}</button></td>'
    )


# Threads over the years


def _time_line(entries: Sequence[Entry], register: Register) -> str:
    """The threads of the entries that run over more than one year, a row each."""
    shown = {entry.id for entry in entries}
    rows = []
    for thread in register.threads:
        moments = _moments(thread)
        if len(moments) > 1 and not shown.isdisjoint(entry.id for entry in thread):
            rows.append((thread[0], moments))
    if not rows:
        return ""
    rows.sort(key=lambda row: -len(row[1]))
    left = len(rows) - MOST_THREADS
    note = ""
    if left > 0:
        more = count(left, texts.REGISTER_THREAD_ONE, texts.REGISTER_THREAD_MANY)
        note = f'<p class="bw-leeg">{texts.REGISTER_TIME_MORE.format(more=more)}</p>'
    rows = rows[:MOST_THREADS]
    years = sorted({year for _, moments in rows for year in moments})
    head = "".join(f'<th scope="col">{year}</th>' for year in years)
    body = "".join(_time_row(first, moments, years) for first, moments in rows)
    return _fold(
        texts.REGISTER_TIME,
        f'<table class="bw-tabel bw-warmte bw-tijd"><thead><tr><th scope="col">'
        f"{texts.REGISTER_TIME_NAME}</th>{head}</tr></thead><tbody>{body}</tbody></table>",
        note,
    )


def _moments(thread: Sequence[Entry]) -> Mapping[int, list[tuple[Entry, str]]]:
    """What happened in each year: the entry and what it is; a verdict in the year it is about."""
    moments: dict[int, list[tuple[Entry, str]]] = defaultdict(list)
    for entry in thread:
        verdicts = {int(y): v for y, v in entry.verdicts.items() if y.isdecimal()}
        for year, verdict in verdicts.items():
            if all(what != verdict for _, what in moments[year]):
                moments[year].append((entry, verdict))
        if not verdicts and entry.statement.year:
            moments[entry.statement.year].append((entry, str(entry.statement.kind)))
    return moments


def _time_row(
    first: Entry,
    moments: Mapping[int, Sequence[tuple[Entry, str]]],
    years: Collection[int],
) -> str:
    name = escape(shorten(first.text, NAME_ROOM))
    cells = "".join(
        f"<td>{''.join(_moment(*one, year) for one in moments.get(year, ()))}</td>"
        for year in years
    )
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _moment(entry: Entry, what: str, year: int) -> str:
    label = escape(f"{year}, {what}: {entry.text}")
    return (
        f'<button type="button" class="bw-warm-2" aria-label="{label}" title="{label}" '
        f'data-uitspraak="{escape(statement_address(entry))}">{escape(what)}</button>'
    )
