"""The head of a letter on the page: what it is, what is still to be done, and the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.citations import shorten
from assistant.page import texts
from assistant.page.letters import Job
from assistant.reply.point_text import Need
from assistant.reply.records import Stance
from assistant.reply.work import Work
from assistant.wording import count

_IN_NAME = 80
_DOWNLOADS = (("docx", "Word"), ("odt", "OpenDocument"), ("md", "Markdown"), ("json", "bewaren"))
_SHEETS = (("debat.docx", "Word"), ("debat.pdf", "pdf"))
_STILL = ((Need.CHOICE, texts.LETTER_STILL_CHOOSE), (Need.WORDS, texts.LETTER_STILL_FILL))


def head_html(
    job: Job, work: Work, municipalities: Sequence[str], needed: Mapping[Need, tuple[int, ...]]
) -> str:
    """The head of a letter.

    Args:
        job: The letter.
        work: The work on it.
        municipalities: Those that can answer.
        needed: The numbers of the points by what they need.
    """
    letter = work.letter
    gaps = sum(item.stance is Stance.NOTHING for item in work.items)
    about = " · ".join(escape(fact) for fact in (letter.sender, letter.subject) if fact)
    points = count(len(work.items), "punt", "punten")
    found = texts.LETTER_COUNT.format(points=points, gaps=gaps) if work.items else ""
    told = "<br>".join(filter(None, (about, found)))
    return (
        f'<p class="bw-titel">{escape(letter.name)}</p>'
        f'<p class="bw-telling">{told}</p>{_town_html(work, municipalities)}'
        f"{_still_html(work, needed)}"
        f'<p class="bw-gereedschap"><span>{texts.LETTER_SAVE}</span> {_links(job, _DOWNLOADS)} '
        f"<span>{texts.LETTER_SHEET}</span> {_links(job, _SHEETS)}</p>"
    )


def _links(job: Job, files: Sequence[tuple[str, str]]) -> str:
    return " ".join(
        f'<a href="/brieven/{escape(job.key)}.{form}" download>{name}</a>' for form, name in files
    )


def _town_html(work: Work, municipalities: Sequence[str]) -> str:
    """The choice of the municipality that answers."""
    towns = "".join(
        f"<option{' selected' if town == work.municipality else ''}>{escape(town)}</option>"
        for town in municipalities
    )
    unknown = "" if work.municipality else f'<option value="">{texts.LETTER_TOWN_UNKNOWN}</option>'
    how = texts.LETTER_TOWN_HOW if work.municipality else texts.LETTER_TOWN_WHY
    return (
        f'<p><label for="werk-gemeente">{texts.LETTER_TOWN}</label> '
        f'<select id="werk-gemeente" data-briefkeuze="gemeente" aria-describedby="gemeente-uitleg">'
        f'{unknown}{towns}</select> <span class="bw-staat" id="gemeente-uitleg">{how}</span></p>'
    )


def _still_html(work: Work, needed: Mapping[Need, tuple[int, ...]]) -> str:
    """Which points still need a choice or words, each a button that shows it."""
    if not work.items:
        return ""
    total = count(len(work.items), "punt", "punten")
    lines = []
    for need, told in _STILL:
        if numbers := needed[need]:
            buttons = " ".join(_to_point(work, number) for number in numbers)
            line = told.format(some=len(numbers), all=total)
            lines.append(f'<p class="bw-puntknoppen"><span>{line}</span> {buttons}</p>')
    return f'<div class="bw-nogopen">{"".join(lines) or f"<p>{texts.LETTER_ALL_DONE}</p>"}</div>'


def _to_point(work: Work, number: int) -> str:
    heading = shorten(work.items[number - 1].heading, _IN_NAME)
    name = escape(texts.LETTER_TO_POINT.format(number=number, heading=heading))
    return (
        f'<button type="button" data-brief="naar" data-punt="{number - 1}" title="{name}" '
        f'aria-label="{name}">{number}</button>'
    )
