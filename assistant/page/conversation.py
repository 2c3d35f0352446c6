"""The conversation as HTML: questions, answers with numbers, refusals and errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from assistant.markup import answer_html, link
from assistant.page import texts
from assistant.page.evidence import evidence_address, places, source_address
from assistant.plain import readability_in_words
from assistant.wording import MANY, UNDERSTOOD, coverage_in_words, origin_in_words, source_line
from ingest.documents import Answer, Citation, IndexedDocument, Refusal, Turn

REFUSALS = {
    Refusal.NOT_FOUND: "Geen antwoord: dit staat niet in de documenten",
    Refusal.ONLY_NEAR: "Geen antwoord: er staat alleen iets in de buurt",
    Refusal.UNREADABLE: "Geen antwoord: een pagina was niet te lezen",
    Refusal.NO_QUESTION: "Geen antwoord: dit is nog geen vraag",
    Refusal.NOT_FOR_US: "Geen antwoord: deze vraag gaat niet over de documenten",
}
NO_REASON = "Geen antwoord"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with what came of it.

    Attributes:
        question: As the user typed it.
        key: Key of the answer; "" while there is none.
        answer: The answer; None while it is looked for, or after an error.
        error: What went wrong, in Dutch; "" when nothing did.
        writing: Name of the language model that is putting the answer into words; "" for none.
    """

    question: str
    key: str = ""
    answer: Answer | None = None
    error: str = ""
    writing: str = ""


def history(exchanges: Iterable[Exchange]) -> tuple[Turn, ...]:
    """The answered questions, as the assistant wants them for a follow-up."""
    return tuple(
        Turn(exchange.answer.understood or exchange.answer.question, exchange.answer.text)
        for exchange in exchanges
        if exchange.answer is not None
    )


def conversation_html(
    exchanges: Iterable[Exchange], documents: Mapping[str, IndexedDocument]
) -> str:
    """The whole conversation, oldest first; a welcome when there is none yet."""
    body = "".join(
        _exchange(number, exchange, documents) for number, exchange in enumerate(exchanges, start=1)
    )
    body = body or f'<p class="bw-welkom">{texts.WELCOME}</p>'
    return f'<div id="gesprek" role="log" aria-label="{texts.CONVERSATION}">{body}</div>'


def _exchange(number: int, exchange: Exchange, documents: Mapping[str, IndexedDocument]) -> str:
    question = (
        f'<h2 class="bw-vraag"><span class="bw-sr">Uw vraag: </span>'
        f"{escape(exchange.question)}</h2>"
    )
    return (
        f'<article class="bw-uitwisseling" id="uitwisseling-{number}" '
        f'aria-label="Vraag {number}">{question if exchange.question.strip() else ""}'
        f"{_outcome(exchange, documents)}</article>"
    )


def _outcome(exchange: Exchange, documents: Mapping[str, IndexedDocument]) -> str:
    if exchange.error:
        return (
            f'<div class="bw-kaart bw-fout" role="alert"><h3>{texts.ERROR_TITLE}</h3>'
            f"<p>{escape(exchange.error)}</p></div>"
        )
    if exchange.answer is None:
        return (
            '<div class="bw-kaart bw-bezig" role="status"><span class="bw-draaier" '
            f'aria-hidden="true"></span>{texts.WORKING}</div>'
        )
    return _answer(exchange, exchange.answer, documents)


def _answer(exchange: Exchange, answer: Answer, documents: Mapping[str, IndexedDocument]) -> str:
    key = exchange.key
    found = {citation.number: citation for citation in answer.citations}
    body = answer_html(
        answer.text,
        found,
        lambda number: number_link(key, found[number]),
        fold=len(found) > MANY,
    )
    kind = "bw-weigering" if answer.abstained else "bw-antwoord"
    label = REFUSALS.get(answer.reason, NO_REASON) if answer.reason else NO_REASON
    heading = f"<h3>{label}</h3>" if answer.abstained else '<h3 class="bw-sr">Antwoord</h3>'
    return (
        f'<div class="bw-kaart {kind}" data-antwoord="{escape(key)}">{heading}'
        f'{_understood(answer)}{_writing(exchange)}<div class="bw-tekst">{body}</div>'
        f"{_note(answer)}{_plain(exchange, answer)}"
        f"{_near(key, answer, documents)}{_footer(key, answer, documents)}</div>"
    )


def _understood(answer: Answer) -> str:
    asked, understood = (" ".join(t.split()) for t in (answer.question, answer.understood))
    if not understood or asked.casefold() == understood.casefold():
        return ""
    return f'<p class="bw-begrepen">{UNDERSTOOD} <em>{escape(understood)}</em></p>'


def _writing(exchange: Exchange) -> str:
    """That a model is at work, with a button to stop it."""
    if not exchange.writing:
        return ""
    doing = (
        texts.WRITING if exchange.answer is None or exchange.answer.plain is None else texts.PLAINER
    )
    return (
        '<div class="bw-schrijft" role="status"><span class="bw-draaier" aria-hidden="true"></span>'
        f"<span>{escape(doing.format(model=exchange.writing))}</span>"
        f'<button type="button" data-stop="/antwoord/{escape(exchange.key)}/stop">'
        f"{texts.STOP_WRITING}</button></div>"
    )


def _note(answer: Answer) -> str:
    """What the reader must know of the model's part, and the sentences that were left out."""
    making = answer.making
    if making is None or not making.note:
        return ""
    return f'<p class="bw-taalmodel" role="note">{escape(making.note)}</p>'


def _plain(exchange: Exchange, answer: Answer) -> str:
    """What was done to put an answer into plain Dutch, its terms, and the text before."""
    plain = answer.plain
    if plain is None:
        return ""
    terms = "".join(
        f"<dt>{escape(one.term)}</dt><dd>{escape(one.meaning)} ({escape(one.title)})</dd>"
        for one in plain.terms
    )
    explained = f'<h4>{texts.PLAIN_TERMS}</h4><dl class="bw-feiten">{terms}</dl>' if terms else ""
    reads = texts.PLAIN_READS.format(
        before=plain.before,
        before_words=readability_in_words(plain.before),
        after=plain.after,
        after_words=readability_in_words(plain.after),
    )
    found = {citation.number: citation for citation in answer.citations}
    before = answer_html(
        plain.original,
        found,
        lambda number: number_link(exchange.key, found[number], "bw-nr-klein"),
    )
    return (
        f'<div class="bw-eenvoudig"><p class="bw-taalmodel" role="note">{escape(plain.note)} '
        f"{reads}</p>{explained}<details><summary>{texts.PLAIN_BEFORE}</summary>"
        f'<div class="bw-tekst">{before}</div></details></div>'
    )


def number_link(key: str, citation: Citation, style: str = "bw-nr") -> str:
    """A number in an answer: opens the evidence beside it, or the source in a new tab."""
    label = escape(f"Bewijs {citation.number}: {source_line(citation)}")
    return (
        f'<a class="{style}" href="{escape(source_address(citation))}" target="_blank" '
        f'rel="noopener noreferrer" data-bewijs="{evidence_address(key, citation.number)}" '
        f'aria-label="{label}" title="{label}">{citation.number}</a>'
    )


def _near(key: str, answer: Answer, documents: Mapping[str, IndexedDocument]) -> str:
    if answer.citations:
        return ""
    found = places(answer, documents)
    items = "".join(
        f"<li>{number_link(key, place)} {escape(source_line(place))}</li>" for place in found
    )
    return f'<p class="bw-nabij">Wel in de buurt:</p><ul>{items}</ul>' if found else ""


def _footer(key: str, answer: Answer, documents: Mapping[str, IndexedDocument]) -> str:
    coverage = coverage_in_words(answer, documents)
    lines = [line for line in (coverage, origin_in_words(answer)) if line]
    address = f"/antwoord/{key}"
    tools = (
        f'<button type="button" data-kopie="{address}.md">{texts.COPY}</button>'
        + link(f"{address}.md", texts.SAVE_MARKDOWN, extra=" download")
        + link(f"{address}.docx", texts.SAVE_DOCX, extra=" download")
        + link(f"{address}.json", texts.SAVE_JSON, extra=" download")
    )
    return (
        f'<div class="bw-voet"><p class="bw-dekking">{escape(". ".join(lines))}.</p>'
        f'<div class="bw-gereedschap">{tools}</div></div>'
    )
