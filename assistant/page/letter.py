"""A letter on the page: its points, what the documents say of one, and the draft; as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.citations import cite, shorten
from assistant.page import texts
from assistant.page.letter_head import head_html
from assistant.page.letters import Job
from assistant.phrases import Phrases
from assistant.reply.point_text import Documents, Need, item_text, need_of, needs
from assistant.reply.records import Evidence, PointType, Stance
from assistant.reply.work import LONGEST_SEARCH, Item, Work, cuts
from assistant.wording import count, source_line

_IN_LIST = 110
_IN_BUTTON = 40


def letter_tab_html(municipalities: Sequence[str]) -> str:
    """The tab before a letter was chosen."""
    towns = "".join(f"<option>{escape(town)}</option>" for town in municipalities)
    return (
        f'<section class="bw-toevoegen" aria-labelledby="brief-kop"><h2 id="brief-kop">'
        f"{texts.LETTER_TITLE}</h2><p>{texts.LETTER_PURPOSE}</p>"
        '<div class="bw-neer" id="brief-neer"><label class="bw-kies" for="brief-kies">'
        f"{texts.LETTER_CHOOSE}</label>"
        '<input class="bw-sr" type="file" id="brief-kies" '
        'accept=".pdf,.docx,.odt,.rtf,.txt,.md,.html,.eml,.json">'
        f"<span>{texts.LETTER_DROP}</span></div>"
        f'<p class="bw-uitleg">{texts.LETTER_LOCAL}</p>'
        f'<label for="brief-gemeente">{texts.LETTER_TOWN}</label> '
        f'<select id="brief-gemeente"><option value="">{texts.LETTER_TOWN_AUTO}</option>{towns}'
        "</select></section>"
        '<div id="brief-blad" aria-live="polite"></div>'
    )


def job_html(
    job: Job,
    documents: Documents,
    template: Phrases,
    municipalities: Sequence[str] = (),
    model: bool = False,
) -> str:
    """A letter as it is now: being read, refused, or its points with what was found.

    Args:
        job: The letter.
        documents: The indexed documents by id.
        template: The sentences of the draft.
        municipalities: Those that can answer.
        model: Whether a language model can smooth the draft.
    """
    if job.problem:
        return (
            f'<div class="bw-kaart bw-fout" role="alert"><h3>{texts.LETTER_FAILED}</h3>'
            f"<p>{escape(job.problem)}</p></div>"
        )
    if job.work is None or job.renewing:
        told = texts.LETTER_READING.format(name=job.name)
        if job.total:
            told = texts.LETTER_SEARCHING.format(done=job.done, total=job.total)
        most = job.total or 1
        return (
            f'<div class="bw-kaart bw-bezig" role="status" data-bezig="{escape(job.key)}">'
            f'<span class="bw-draaier" aria-hidden="true"></span><span>{escape(told)}</span>'
            f'<progress max="{most}" value="{job.done}"></progress></div>'
        )
    if not is_current(job.work, documents):
        return (
            f'<div class="bw-melding" role="alert" data-werk="{escape(job.key)}">'
            f"<p>{texts.LETTER_RENEWED}</p>"
            '<p class="bw-gereedschap"><button type="button" data-brief="vernieuw">'
            f"{texts.LETTER_RENEW}</button> "
            f'<a href="/brieven/{escape(job.key)}.json" download>'
            f"{texts.LETTER_SAVE_WORK}</a></p></div>"
        )
    return _work_html(job, job.work, documents, template, municipalities, model)


def is_current(work: Work, documents: Documents) -> bool:
    """Whether every quote of a work still stands in the documents as they are now."""
    quotes = (one.quote for item in work.items for one in item.evidence)
    return all(
        (home := documents.get(quote.passage.document_id)) is not None
        and home.text[quote.passage.start : quote.passage.end] == quote.passage.text
        for quote in quotes
    )


def _work_html(
    job: Job,
    work: Work,
    documents: Documents,
    template: Phrases,
    municipalities: Sequence[str],
    model: bool,
) -> str:
    chosen = min(job.chosen, len(work.items) - 1)
    item = work.items[chosen] if work.items else None
    told = [*work.letter.notices, *([job.remark] if job.remark else [])]
    notices = "".join(f"<li>{escape(notice)}</li>" for notice in told)
    warning = f'<div class="bw-melding" role="note"><ul>{notices}</ul></div>' if notices else ""
    empty = f'<p class="bw-leeg">{texts.LETTER_NO_POINT}</p>'
    middle = _evidence_html(work, item, chosen, documents, job.splitting) if item else empty
    right = _draft_html(work, chosen, template, model) if item else empty
    head = head_html(job, work, municipalities, needs(work.items, template))
    return (
        f'<div data-werk="{escape(job.key)}">{head}{warning}'
        '<div class="bw-brief">'
        f'<section class="bw-brief-punten" aria-labelledby="brief-punten-kop">'
        f'<h3 id="brief-punten-kop">{texts.LETTER_POINTS}</h3>'
        f"{_points_html(work, chosen, template)}{_rest_html(work)}</section>"
        '<section aria-labelledby="brief-bewijs-kop"><h3 id="brief-bewijs-kop" tabindex="-1">'
        f"{texts.LETTER_EVIDENCE}</h3>{middle}</section>"
        '<section aria-labelledby="brief-concept-kop"><h3 id="brief-concept-kop">'
        f"{texts.LETTER_DRAFT}</h3>{right}</section></div></div>"
    )


def _points_html(work: Work, chosen: int, template: Phrases) -> str:
    rows = []
    last = len(work.items) - 1
    for at, item in enumerate(work.items):
        current = ' aria-current="true"' if at == chosen else ""
        tools = "".join(
            _order(order, at, sign, label, item)
            for order, sign, label, possible in (
                ("omhoog", "↑", texts.LETTER_UP, at > 0),
                ("omlaag", "↓", texts.LETTER_DOWN, at < last),
                ("voegsamen", "+", texts.LETTER_MERGE, at < last),
                ("kiessplits", "÷", texts.LETTER_SPLIT, True),
                ("laatweg", "×", texts.LETTER_DROP_POINT, True),
            )
            if possible
        )
        name = f"{at + 1}. {escape(shorten(item.heading, _IN_LIST))}"
        need = need_of(item, template)
        badge = "" if need is Need.NONE else f' <strong class="bw-nog">{need.value}</strong>'
        rows.append(
            f'<li{current}><button type="button" class="bw-uitspraak" data-brief="toon" '
            f'data-punt="{at}"{current}>{name}</button>'
            f'<span class="bw-staat">{item.point.type.value} · {item.stance.value}{badge}</span>'
            f'<span class="bw-puntknoppen">{tools}</span></li>'
        )
    return f'<ol class="bw-punten">{"".join(rows)}</ol>'


def _order(order: str, at: int, sign: str, label: str, item: Item) -> str:
    name = escape(f"{label}: {item.heading}")
    return (
        f'<button type="button" data-brief="{order}" data-punt="{at}" title="{escape(label)}" '
        f'aria-label="{name}">{sign}</button>'
    )


def _rest_html(work: Work) -> str:
    rows = "".join(
        f'<li><span class="bw-staat">{rest.kind.value}</span> {escape(" ".join(rest.text.split()))}'
        f'<span class="bw-puntknoppen"><button type="button" data-brief="maakpunt" '
        f'data-punt="{at}">{texts.LETTER_MAKE_POINT}</button></span></li>'
        for at, rest in enumerate(work.letter.rest)
    )
    return (
        f'<details class="bw-vouw"><summary>{texts.LETTER_REST} ({len(work.letter.rest)})</summary>'
        f'<ul class="bw-restlijst">{rows}</ul></details>'
    )


def _evidence_html(work: Work, item: Item, at: int, documents: Documents, splitting: bool) -> str:
    quote = " ".join(item.point.quote.split())
    chosen = "".join(
        f"<option{' selected' if stance is item.stance else ''}>{stance.value}</option>"
        for stance in Stance
    )
    types = "".join(
        f"<option{' selected' if kind is item.point.type else ''}>{kind.value}</option>"
        for kind in PointType
    )
    proposed = texts.LETTER_PROPOSED.format(stance=item.answered.stance.value)
    shown = [
        (one.bears, _evidence_row(one, n, n in item.ticked, documents))
        for n, one in enumerate(item.evidence)
    ]
    rows = "".join(row for bears, row in shown if bears)
    near = "".join(row for bears, row in shown if not bears)
    nothing = texts.LETTER_SEARCHED.format(
        words=", ".join(item.answered.about) or "-",
        documents=count(len(item.answered.searched), "document", "documenten"),
    )
    carried = item.answered.carried_by is not None
    told = "" if carried else f'<p class="bw-leeg">{escape(nothing)}</p>'
    return (
        f'<blockquote class="bw-briefcitaat">{escape(quote)}</blockquote>'
        f"{_split_html(work, at, splitting)}"
        f'<p><label for="soort">{texts.LETTER_TYPE}</label> '
        f'<select id="soort" data-briefkeuze="soort" data-punt="{at}">{types}</select></p>'
        f'<p><label for="standpunt">{texts.LETTER_STANCE}</label> '
        f'<select id="standpunt" data-briefkeuze="standpunt" data-punt="{at}">{chosen}</select> '
        f'<span class="bw-staat">{escape(proposed)}</span></p>{told}'
        f'<ul class="bw-bewijslijst" data-punt="{at}">{rows}</ul>'
        f"{_near_html(near, at)}{_search_html(item, at)}"
    )


def _near_html(rows: str, at: int) -> str:
    """What lies nearest and does not say enough to answer the point."""
    if not rows:
        return ""
    return (
        f'<h4 class="bw-buurt">{texts.LETTER_NEAR}</h4>'
        f'<ul class="bw-bewijslijst" data-punt="{at}">{rows}</ul>'
    )


def _search_html(item: Item, at: int) -> str:
    opened = " open" if item.point.search else ""
    return (
        f'<details class="bw-vouw"{opened}><summary>{texts.LETTER_SEARCH}</summary>'
        f'<form data-briefzoek data-punt="{at}"><label for="zoekwoorden">{texts.LETTER_SEARCH_HOW}'
        f'</label><input id="zoekwoorden" name="woorden" maxlength="{LONGEST_SEARCH}" '
        f'value="{escape(item.point.search)}"><p class="bw-puntknoppen">'
        f'<button type="submit">{texts.LETTER_SEARCH_GO}</button></p></form></details>'
    )


def _split_html(work: Work, at: int, splitting: bool) -> str:
    """The words of a point with a button wherever it can be split."""
    places = cuts(work, at)
    point, text = work.items[at].point, work.letter.text
    edges = (point.start, *places, point.end)
    pieces = []
    for start, end in zip(edges, edges[1:], strict=False):
        words = " ".join(text[start:end].split())
        if start != point.start:
            name = escape(texts.LETTER_SPLIT_HERE.format(words=shorten(words, _IN_BUTTON)))
            pieces.append(
                f'<button type="button" data-brief="splits" data-punt="{at}" data-plaats="{start}" '
                f'title="{name}" aria-label="{name}">÷</button>'
            )
        pieces.append(f"<span>{escape(words)}</span>")
    how = texts.LETTER_SPLIT_HOW if places else texts.LETTER_WHOLE
    return (
        f'<details class="bw-vouw bw-splits"{" open" if splitting else ""}><summary>'
        f"{texts.LETTER_SPLIT}</summary><p>{how}</p><p>{' '.join(pieces)}</p></details>"
    )


def _evidence_row(one: Evidence, number: int, ticked: bool, documents: Documents) -> str:
    document = one.document
    place = source_line(cite(one.quote, documents, number=1))
    against = f' <strong class="bw-tegen">{texts.LETTER_AGAINST}</strong>' if one.against else ""
    link = f"/bron/{document.id}?van={one.quote.start}&tot={one.quote.end}"
    return (
        f'<li><label><input type="checkbox" data-briefkeuze="vink" data-nummer="{number}"'
        f"{' checked' if ticked else ''}> [{number + 1}] {escape(one.role.value)}{against}</label>"
        f'<q>{escape(" ".join(one.text.split()))}</q><span class="bw-staat">{escape(place)} '
        f'<a href="{escape(link)}" target="_blank" rel="noopener">{texts.LETTER_SOURCE}</a></span>'
        "</li>"
    )


def _draft_html(work: Work, at: int, template: Phrases, model: bool) -> str:
    item = work.items[at]
    text = item_text(item, template)
    own = f'<p class="bw-staat">{texts.LETTER_OWN_TEXT}</p>' if item.text is not None else ""
    told = "".join(f"<li>{escape(remark)}</li>" for remark in item.remarks)
    remarks = f'<ul class="bw-opmerkingen" role="status">{told}</ul>' if told else ""
    smooth = (
        f'<button type="button" data-brief="vloeiend" data-punt="{at}">'
        f"{texts.LETTER_SMOOTH}</button>"
        if model and item.text is None and item.ticked
        else ""
    )
    return (
        f'<form data-brieftekst data-punt="{at}"><label for="punt-kop">{texts.LETTER_HEADING}'
        f'</label><input id="punt-kop" name="kop" maxlength="300" value="{escape(item.heading)}">'
        f'<label for="punt-tekst">{texts.LETTER_TEXT}</label>'
        f'<textarea id="punt-tekst" name="tekst" rows="18" maxlength="50000">{escape(text)}'
        f'</textarea>{own}{remarks}<p class="bw-uitleg">{texts.LETTER_MARKS}</p>'
        f'<p class="bw-puntknoppen"><button type="submit">{texts.LETTER_KEEP}</button>'
        f'<button type="button" data-brief="opnieuw" data-punt="{at}">{texts.LETTER_AGAIN}</button>'
        f"{smooth}</p></form>{_onward_html(work, at, template)}"
    )


def _onward_html(work: Work, at: int, template: Phrases) -> str:
    """A button to the next point that still needs a choice or words, going round at the end."""
    found = needs(work.items, template)
    places = sorted(number - 1 for need in (Need.CHOICE, Need.WORDS) for number in found[need])
    others = [*(n for n in places if n > at), *(n for n in places if n < at)]
    onward = (
        f'<button type="button" data-brief="naar" data-punt="{others[0]}">'
        f"{texts.LETTER_NEXT_OPEN}</button>"
        if others
        else ""
    )
    return (
        f'<p class="bw-puntknoppen">{onward}<a class="bw-naarlijst" href="#brief-punten-kop">'
        f"{texts.LETTER_TO_LIST}</a></p>"
    )
