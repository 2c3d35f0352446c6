"""The tab "Doelen en afspraken": a filter, a table, a picture, and a pane with one statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from operator import itemgetter
from urllib.parse import urlencode

from assistant.markup import link
from assistant.page import texts
from assistant.page.evidence import document_address
from assistant.page.excerpt import excerpt_html
from assistant.register import Entry, Filter, Register
from assistant.tables import COLUMNS, table_row
from assistant.wording import count, page_in_words, section_path
from ingest.documents import Link, StatementKind

SHOWN = 100
"""Most rows at first; further ones come with a button."""
TABLE = ("kind", "text", "programme", "theme", "municipality", "year", "topics")
"""Columns of the table on the page; an export has more."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the user chose, as it stands in an address; "" and False choose nothing.

    Attributes:
        soort: Kind of statement.
        gemeente: Municipality.
        document: Document id.
        programma: Programme.
        onderwerp: Topic.
        jaar: Year of the document.
        tekst: Words that must stand there.
        ook: "ja" takes statements too that only their wording makes one.
        sorteer: Column to sort by, with "-" in front for the other way round.
        tot: Most rows to show.
    """

    soort: str = ""
    gemeente: str = ""
    document: str = ""
    programma: str = ""
    onderwerp: str = ""
    jaar: str = ""
    tekst: str = ""
    ook: str = ""
    sorteer: str = ""
    tot: int = SHOWN

    def filter(self) -> Filter:
        """As the register takes it; a kind or year that there is not is passed over."""
        known = {str(kind): kind for kind in StatementKind}
        return Filter(
            kinds=frozenset({known[self.soort]}) if self.soort in known else frozenset(),
            topics=_one(self.onderwerp),
            municipalities=_one(self.gemeente),
            documents=_one(self.document),
            programmes=_one(self.programma),
            years=frozenset({int(self.jaar)}) if self.jaar.isdecimal() else frozenset(),
            words=self.tekst,
            implied=self.ook == "ja",
        )

    def address(self, path: str, **changed: str | int) -> str:
        """An address with this choice, some of it changed."""
        values = {name: getattr(self, name) for name in self.__slots__} | changed
        chosen = {name: value for name, value in values.items() if value not in ("", SHOWN)}
        return f"{path}?{urlencode(chosen)}" if chosen else path


def register_html(register: Register, query: Query) -> str:
    """The whole tab: the filter and what it takes."""
    return f'{_form(register, query)}<div id="doelen-uitkomst">{result_html(register, query)}</div>'


def result_html(register: Register, query: Query) -> str:
    """The part below the filter: how many, the exports, the table and the picture."""
    entries = chosen(register, query)
    total = count(len(entries), "regel", "regels")
    where = len({entry.statement.document_id for entry in entries})
    exports = " ".join(
        link(query.address(f"/doelen.{name}"), text)
        for name, text in (("xlsx", "Excel"), ("csv", "CSV"), ("md", "Markdown"))
    )
    head = (
        f'<p class="bw-doelen-telling" role="status">{total} in '
        f"{count(where, 'document', 'documenten')}. "
        f'<span class="bw-gereedschap">{texts.REGISTER_SAVE} {exports}</span></p>'
    )
    if not entries:
        return f'{head}<p class="bw-leeg">{texts.REGISTER_NONE}</p>'
    return f"{head}{_picture(entries, query)}{_table(entries, register, query)}"


def chosen(register: Register, query: Query) -> list[Entry]:
    """The entries that a choice takes, sorted as it says."""
    entries = register.select(query.filter())
    column = query.sorteer.removeprefix("-")
    if column in TABLE:
        entries.sort(
            key=lambda entry: table_row(entry, register)[column].casefold(),
            reverse=query.sorteer.startswith("-"),
        )
    return entries


def _one(value: str) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


# The filter


def _form(register: Register, query: Query) -> str:
    documents = {e.statement.document_id: e.home.document.title for e in register.entries}
    titles = sorted(documents.items(), key=itemgetter(1))
    topics = Counter(topic for e in register.entries for topic in e.all_topics)
    years = sorted({str(e.statement.year) for e in register.entries if e.statement.year})
    present = {e.statement.kind for e in register.entries}
    kinds = [str(kind) for kind in StatementKind if kind in present]
    fields = (
        _choice("soort", "Soort", query.soort, _same(kinds)),
        _choice("onderwerp", "Onderwerp", query.onderwerp, _same(sorted(topics))),
        _choice("gemeente", "Gemeente", query.gemeente, _same(sorted(register.municipalities))),
        _choice("document", "Document", query.document, titles),
        _choice("programma", "Programma", query.programma, _same(sorted(register.programmes))),
        _choice("jaar", "Jaar", query.jaar, _same(years)),
    )
    return (
        f'<form id="doelen-filter" class="bw-doelen-filter" aria-label="{texts.REGISTER_FILTER}" '
        f'data-doelen="/doelen/uitkomst">{"".join(fields)}'
        '<div class="bw-veld"><label for="doelen-tekst">Woorden</label>'
        '<input type="search" id="doelen-tekst" name="tekst" autocomplete="off" maxlength="200" '
        f'value="{escape(query.tekst)}"></div>'
        f'<label class="bw-vink"><input type="checkbox" name="ook" value="ja"'
        f"{' checked' * (query.ook == 'ja')}> "
        f"{texts.REGISTER_IMPLIED}</label>"
        f'<button type="reset">{texts.REGISTER_RESET}</button></form>'
    )


def _same(values: Iterable[str]) -> list[tuple[str, str]]:
    """Options that are shown as they are sent."""
    return [(value, value) for value in values]


def _choice(name: str, label: str, now: str, options: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == now)}>{escape(shown)}</option>'
        for value, shown in options
    )
    return (
        f'<div class="bw-veld"><label for="doelen-{name}">{label}</label>'
        f'<select id="doelen-{name}" name="{name}"><option value="">alle</option>{rows}</select>'
        "</div>"
    )


# The table


def _table(entries: Sequence[Entry], register: Register, query: Query) -> str:
    head = "".join(_heading(name, query) for name in TABLE)
    rows = "".join(_row(entry, register) for entry in entries[: query.tot])
    more = ""
    if len(entries) > query.tot:
        address = escape(query.address("/doelen/uitkomst", tot=query.tot + 5 * SHOWN))
        left = count(len(entries) - query.tot, "regel", "regels")
        more = (
            f'<p><button type="button" class="bw-meer-regels" data-doelen="{address}">'
            f"Toon meer: nog {left}</button></p>"
        )
    return (
        f'<div class="bw-tabelrand" tabindex="0" role="region" aria-label="{texts.TAB_REGISTER}">'
        f'<table class="bw-tabel bw-doelen"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{more}"
    )


def _heading(name: str, query: Query) -> str:
    up = query.sorteer == name
    down = query.sorteer == f"-{name}"
    state = "ascending" if up else "descending" if down else "none"
    address = escape(query.address("/doelen/uitkomst", sorteer=f"-{name}" if up else name))
    arrow = " ▲" if up else " ▼" if down else ""
    return (
        f'<th scope="col" aria-sort="{state}"><button type="button" data-doelen="{address}">'
        f"{COLUMNS[name].capitalize()}{arrow}</button></th>"
    )


def _row(entry: Entry, register: Register) -> str:
    row = table_row(entry, register)
    cells = []
    for name in TABLE:
        shown = escape(row[name])
        if name == "text":
            shown = (
                f'<button type="button" class="bw-uitspraak" '
                f'data-uitspraak="{escape(statement_address(entry))}">{shown}</button>'
            )
        cells.append(f'<td data-kolom="{COLUMNS[name].capitalize()}">{shown}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def statement_address(entry: Entry) -> str:
    """Address of the pane with one statement."""
    return f"/doelen/uitspraak?{urlencode({'id': entry.id})}"


# The picture: topics by document


def _picture(entries: Sequence[Entry], query: Query) -> str:
    """A heat map: how many of the entries are about each topic, by document."""
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
        + "".join(_cell(topic, name, numbers, most, query) for name in titles)
        + "</tr>"
        for topic, _ in sorted(topics.items(), key=lambda item: (-item[1], item[0]))
    )
    return (
        f'<details class="bw-beeld"><summary>{texts.REGISTER_PICTURE}</summary>'
        '<div class="bw-tabelrand" tabindex="0" role="region" '
        f'aria-label="{texts.REGISTER_PICTURE}"><table class="bw-tabel bw-warmte">'
        f'<thead><tr><th scope="col">Onderwerp</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _cell(
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


# One statement


def statement_html(entry: Entry, register: Register) -> str:
    """The pane with one statement: its passage, marked, and its thread."""
    statement, home = entry.statement, entry.home
    page = entry.page
    place = page_in_words(page.number, page.label) if page else f"regel {entry.line}"
    facts = (
        ("Soort", str(statement.kind)),
        ("Gemeente", home.document.municipality or "onbekend"),
        ("Programma", statement.programme),
        ("Onder", section_path(entry.passage.section)),
        ("Plaats", place),
        ("Onderwerpen", ", ".join(statement.topics)),
        ("Door het thema", ", ".join(statement.theme_topics)),
        ("Herkend", texts.REGISTER_BY_WORDING if statement.implied else ""),
    )
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    source = f"{document_address(statement.document_id)}?van={statement.start}&tot={statement.end}"
    return (
        f'<div class="bw-balk"><h2 id="uitspraak-kop" tabindex="-1">{texts.REGISTER_ONE}</h2></div>'
        f'<p class="bw-titel">{escape(home.document.title)}</p><dl class="bw-feiten">{rows}</dl>'
        '<div class="bw-uittreksel" tabindex="0" role="region" '
        'aria-label="Tekst van het document, met de uitspraak gemarkeerd">'
        f"{excerpt_html(home, (statement.start, statement.end))}</div>"
        f'<p class="bw-origineel">{link(f"{source}#citaat", texts.OPEN_SOURCE, new_tab=True)}</p>'
        f"{_thread(entry, register)}"
    )


def _thread(entry: Entry, register: Register) -> str:
    steps = [
        _step(str(to.kind), register.by_id[to.target], to)
        for to in register.links.get(entry.id, ())
        if to.target in register.by_id
    ]
    steps += [
        _step(texts.REGISTER_BACK[to.kind], register.by_id[source], to)
        for source, to in register.incoming.get(entry.id, ())
    ]
    if not steps:
        return f'<p class="bw-leeg">{texts.REGISTER_NO_THREAD}</p>'
    return f'<div class="bw-ook"><h3>{texts.REGISTER_THREAD}</h3><ul>{"".join(steps)}</ul></div>'


def _step(name: str, other: Entry, to: Link) -> str:
    sure = f"{round(100 * to.sure)}%"
    where = ", ".join(
        part for part in (other.statement.programme, str(other.statement.year or "")) if part
    )
    return (
        f'<li>{escape(name)} <button type="button" class="bw-uitspraak" '
        f'data-uitspraak="{escape(statement_address(other))}">{escape(other.text)}</button> '
        f"({escape(where)}; {escape(to.why)}, zekerheid {sure})</li>"
    )
