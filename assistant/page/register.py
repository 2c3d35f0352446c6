"""The tab "Doelen en afspraken": a filter, a table, a picture, and a pane with one statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from operator import itemgetter

from assistant.markup import link
from assistant.page import texts
from assistant.page.choice import SHOWN, Query, statement_address
from assistant.page.evidence import document_address
from assistant.page.excerpt import excerpt_html
from assistant.page.pictures import pictures_html
from assistant.register import Entry, Register
from assistant.tables import COLUMNS, table_row
from assistant.wording import count, page_in_words, section_path
from ingest.documents import Link, StatementKind

TABLE = ("kind", "text", "programme", "theme", "municipality", "year", "topics")
"""Columns of the table on the page; an export has more."""


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
    return f"{head}{pictures_html(entries, register, query)}{_table(entries, register, query)}"


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
