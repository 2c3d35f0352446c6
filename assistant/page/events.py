"""What happens on the page when a user does something; all state belongs to one user."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

import gradio as gr

from assistant.page import texts
from assistant.page.catalogue import documents_html
from assistant.page.conversation import Exchange, conversation_html
from assistant.page.evidence import empty_pane, pane_html
from assistant.page.feedback import Verdict
from assistant.page.layout import AskWidgets, filter_choices
from assistant.page.session import (
    PageParts,
    answer_in_words,
    answer_question,
    check_question,
    in_other_words,
)
from assistant.question import without_halves

AT_ONCE = 8
"""Questions that are worked on at the same time; further ones wait their turn."""

Exchanges = tuple[Exchange, ...]
Update = dict[Any, Any]


def connect(widgets: AskWidgets, parts: PageParts) -> None:
    """Tie the parts of the tab with questions to what they do."""
    exchanges: gr.State = gr.State(())
    asked: gr.State = gr.State("")
    asking = _connect_asking(widgets, parts, exchanges, asked)
    switching = _connect_plain(widgets, parts, exchanges)
    _connect_fresh(widgets, parts, exchanges, asked, [asking, switching])
    _connect_filter(widgets, parts)
    _connect_feedback(widgets, parts, exchanges)


def keep_up(
    page: gr.Blocks, tab: gr.Tab, widgets: AskWidgets, listed: gr.HTML, parts: PageParts
) -> None:
    """Show the documents of now to whoever opens the page or its first tab."""
    known = widgets.filter.known

    def choices(chosen: list[str], before: Sequence[str]) -> tuple[Any, Any]:
        parts.refresh()
        now = filter_choices(parts)
        if [name for _, name in now] == list(before):
            return gr.skip(), gr.skip()
        kept = [name for _, name in now if name in chosen or name not in before]
        return gr.update(choices=now, value=kept), [name for _, name in now]

    def shown(chosen: list[str], before: Sequence[str]) -> tuple[Any, ...]:
        renewed = choices(chosen, before)
        return documents_html(parts.documents), *renewed

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    chosen = widgets.filter.chosen
    page.load(shown, inputs=[chosen, known], outputs=[listed, chosen, known], **quiet)
    tab.select(choices, inputs=[chosen, known], outputs=[chosen, known], **quiet)


def _shown(widgets: AskWidgets) -> list[Any]:
    """What a question, or a new conversation, changes on the page."""
    feedback = widgets.feedback
    shown = [widgets.conversation, widgets.evidence, widgets.send, widgets.examples_box]
    return [*shown, widgets.plain, feedback.box, feedback.remark_box, feedback.status]


def _connect_asking(
    widgets: AskWidgets, parts: PageParts, exchanges: gr.State, asked: gr.State
) -> dict[str, Any]:
    ask = _ask(widgets, parts, exchanges, asked)
    triggers = [widgets.send.click, widgets.question.submit]
    asking = gr.on(
        [*triggers, *(button.click for button in widgets.examples)],
        ask,
        inputs=[
            widgets.question,
            exchanges,
            widgets.filter.chosen,
            widgets.filter.known,
            widgets.plain,
        ],
        outputs=[*_shown(widgets), widgets.question, exchanges, asked],
        show_progress="hidden",
        trigger_mode="once",
        concurrency_limit=AT_ONCE,
        api_visibility="private",
    )
    asking.then(
        # Only the question that was asked is cleared: what was typed meanwhile stays.
        lambda now, before: _ready(widgets) | {widgets.question: _cleared(now, before)},
        inputs=[widgets.question, asked],
        outputs=[widgets.question, widgets.send, widgets.plain],
        show_progress="hidden",
        api_visibility="private",
    )
    event: dict[str, Any] = asking
    return event


def _busy(widgets: AskWidgets) -> Update:
    """While an event runs: what is asked or switched meanwhile would be passed over, unsaid."""
    return {
        widgets.send: gr.Button(interactive=False),
        widgets.plain: gr.Checkbox(interactive=False),
    }


def _ready(widgets: AskWidgets) -> Update:
    """Once an event has ended or was cancelled; not with its last update, which comes before."""
    return {
        widgets.send: gr.Button(interactive=True),
        widgets.plain: gr.Checkbox(interactive=True),
    }


def _cleared(now: str, before: str) -> Any:  # noqa: ANN401 - what Gradio takes for an update
    return "" if before and without_halves(now) == before else gr.skip()


def _connect_fresh(
    widgets: AskWidgets,
    parts: PageParts,
    exchanges: gr.State,
    asked: gr.State,
    running: list[dict[str, Any]],
) -> None:
    """A new conversation shows nothing more of what a model still does for the one before."""

    def fresh(now: str, before: str, past: Exchanges) -> Update:
        # A cancelled event holds up the next one for as long as its model is silent.
        if past:
            parts.running.stop(past[-1].key, leave=True)
        cleared = {widgets.question: _cleared(now, before)}
        return _fresh(widgets, parts, exchanges, asked) | cleared

    widgets.fresh.click(
        fresh,
        inputs=[widgets.question, asked, exchanges],
        outputs=[*_shown(widgets), widgets.question, exchanges, asked],
        cancels=running,
        show_progress="hidden",
        api_visibility="private",
    )


def _ask(
    widgets: AskWidgets, parts: PageParts, exchanges: gr.State, asked: gr.State
) -> Callable[..., Iterator[Update]]:
    def ask(
        question: str,
        earlier: Exchanges,
        chosen: list[str],
        known: Sequence[str],
        plain: bool,
        event: gr.EventData,
    ) -> Iterator[Update]:
        if set(chosen) >= set(known):  # all of them, those that came since included
            parts.refresh()
            chosen = list(parts.documents)
        example = next((b for b in widgets.examples if b is event.target), None)
        question = without_halves(question) if example is None else str(example.value)
        if not check_question(question, chosen, parts):
            working = (*earlier, Exchange(question))
            yield _busy(widgets) | {
                widgets.conversation: conversation_html(working, parts.documents),
                widgets.question: gr.skip() if example is None else question,
            }
        exchange = answer_question(question, earlier, chosen, parts, plain)
        answered = exchange.answer is not None
        yield _outcome(widgets, parts, (*earlier, exchange)) | {
            exchanges: (*earlier, exchange) if answered else earlier,
            asked: question if answered else "",
        }
        grown = exchange
        for grown in answer_in_words(exchange, earlier, chosen, parts, plain):
            yield _grown(widgets, parts, exchanges, (*earlier, grown))
        if grown.writing:
            yield _left(widgets, parts, exchanges)

    return ask


def _grown(widgets: AskWidgets, parts: PageParts, exchanges: gr.State, shown: Exchanges) -> Update:
    """What is shown while a model changes the last answer, and when it is done."""
    last = shown[-1]
    update: Update = {widgets.conversation: conversation_html(shown, parts.documents)}
    if last.writing:
        update |= _busy(widgets)
    elif last.answer is not None:
        update |= {
            exchanges: shown,
            widgets.evidence: pane_html(last.key, last.answer, parts.documents),
        }
    return update


def _connect_plain(widgets: AskWidgets, parts: PageParts, exchanges: gr.State) -> dict[str, Any]:
    """The switch also changes the answer that is shown last."""

    def switch(plain: bool, past: Exchanges) -> Iterator[Update]:
        # Gradio wants something from each event.
        yield {exchanges: gr.skip()}
        if past:
            changed = past[-1]
            for changed in in_other_words(past[-1], plain, parts):
                yield _grown(widgets, parts, exchanges, (*past[:-1], changed))
            if changed.writing:
                yield _left(widgets, parts, exchanges)

    switching = widgets.plain.input(
        switch,
        inputs=[widgets.plain, exchanges],
        outputs=[
            widgets.conversation,
            widgets.send,
            widgets.plain,
            widgets.evidence,
            exchanges,
        ],
        show_progress="hidden",
        trigger_mode="once",
        concurrency_limit=AT_ONCE,
        api_visibility="private",
    )
    switching.then(
        lambda: _ready(widgets),
        outputs=[widgets.send, widgets.plain],
        show_progress="hidden",
        api_visibility="private",
    )
    event: dict[str, Any] = switching
    return event


def _outcome(widgets: AskWidgets, parts: PageParts, exchanges: Exchanges) -> Update:
    last = exchanges[-1]
    update: Update = {widgets.conversation: conversation_html(exchanges, parts.documents)}
    if last.answer is not None:
        update |= {
            widgets.evidence: pane_html(last.key, last.answer, parts.documents),
            widgets.examples_box: gr.Accordion(open=False),
            widgets.feedback.box: gr.Column(visible=True),
            widgets.feedback.remark_box: gr.Column(visible=False),
            widgets.feedback.status: "",
        }
    return update


def _fresh(widgets: AskWidgets, parts: PageParts, exchanges: gr.State, asked: gr.State) -> Update:
    return _left(widgets, parts, exchanges) | {
        widgets.examples_box: gr.Accordion(open=True),
        widgets.feedback.box: gr.Column(visible=False),
        asked: "",
    }


def _left(widgets: AskWidgets, parts: PageParts, exchanges: gr.State) -> Update:
    """The conversation as it begins; also what an event shows last whose conversation was left."""
    return {
        widgets.conversation: conversation_html((), parts.documents),
        widgets.evidence: empty_pane(),
        exchanges: (),
    }


def _connect_filter(widgets: AskWidgets, parts: PageParts) -> None:
    chosen = widgets.filter.chosen
    for button, choose in (
        (widgets.filter.every, lambda: list(parts.documents)),
        (widgets.filter.none, list),
    ):
        button.click(
            choose,
            outputs=chosen,
            show_progress="hidden",
            api_visibility="private",
        )


def _connect_feedback(widgets: AskWidgets, parts: PageParts, exchanges: gr.State) -> None:
    feedback = widgets.feedback
    verdict: gr.State = gr.State(Verdict.USEFUL)

    def judge(value: Verdict) -> Callable[[Exchanges], tuple[Any, ...]]:
        return lambda past: (value, gr.Column(visible=True), _save(parts, past, value, ""), "")

    for button, value in (
        (feedback.useful, Verdict.USEFUL),
        (feedback.useless, Verdict.USELESS),
    ):
        button.click(
            judge(value),
            inputs=exchanges,
            outputs=[verdict, feedback.remark_box, feedback.status, feedback.remark],
            show_progress="hidden",
            api_visibility="private",
        )
    feedback.save.click(
        lambda past, value, remark: (
            _save(parts, past, value, remark),
            gr.Column(visible=False),
        ),
        inputs=[exchanges, verdict, feedback.remark],
        outputs=[feedback.status, feedback.remark_box],
        show_progress="hidden",
        api_visibility="private",
    )


def _save(parts: PageParts, exchanges: Exchanges, verdict: Verdict, remark: str) -> str:
    """Keep a verdict on the latest answer; what happened, as HTML."""
    last = exchanges[-1] if exchanges else None
    if last is None or last.answer is None:
        return ""
    try:
        parts.feedback.add(last.key, last.answer, verdict, remark)
    except OSError:
        text = texts.FEEDBACK_FAILED.format(folder=parts.feedback.folder)
        return f'<p role="alert" class="bw-fout">{escape(text)}</p>'
    return f'<p role="status">{escape(texts.FEEDBACK_SAVED.format(verdict=verdict.value))}</p>'
