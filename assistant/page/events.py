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

AT_ONCE = 8
"""Questions that are worked on at the same time; further ones wait their turn."""

Exchanges = tuple[Exchange, ...]
Update = dict[Any, Any]


def connect(widgets: AskWidgets, parts: PageParts) -> None:
    """Tie the parts of the tab with questions to what they do."""
    exchanges: gr.State = gr.State(())
    asked: gr.State = gr.State("")
    _connect_asking(widgets, parts, exchanges, asked)
    _connect_plain(widgets, parts, exchanges)
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


def _connect_asking(
    widgets: AskWidgets, parts: PageParts, exchanges: gr.State, asked: gr.State
) -> None:
    ask = _ask(widgets, parts, exchanges, asked)
    shown = [widgets.conversation, widgets.evidence, widgets.send, widgets.examples_box]
    feedback = [widgets.feedback.box, widgets.feedback.remark_box, widgets.feedback.status]
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
        outputs=[*shown, *feedback, widgets.question, exchanges, asked],
        show_progress="hidden",
        trigger_mode="once",
        concurrency_limit=AT_ONCE,
        api_visibility="private",
    )
    asking.then(
        # Only the question that was asked is cleared: what was typed meanwhile stays.
        lambda now, before: "" if before and now == before else gr.skip(),
        inputs=[widgets.question, asked],
        outputs=widgets.question,
        show_progress="hidden",
        api_visibility="private",
    )
    widgets.fresh.click(
        lambda: _fresh(widgets, parts, exchanges, asked),
        outputs=[*shown, *feedback, widgets.question, exchanges, asked],
        cancels=[asking],
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
        question = question if example is None else str(example.value)
        if not check_question(question, chosen, parts):
            working = (*earlier, Exchange(question))
            yield {
                widgets.conversation: conversation_html(working, parts.documents),
                widgets.send: gr.Button(interactive=False),
                widgets.question: gr.skip() if example is None else question,
            }
        exchange = answer_question(question, earlier, chosen, parts, plain)
        answered = exchange.answer is not None
        yield _outcome(widgets, parts, (*earlier, exchange)) | {
            exchanges: (*earlier, exchange) if answered else earlier,
            asked: question if answered else "",
        }
        for grown in answer_in_words(exchange, earlier, chosen, parts, plain):
            yield _grown(widgets, parts, exchanges, (*earlier, grown))

    return ask


def _grown(widgets: AskWidgets, parts: PageParts, exchanges: gr.State, shown: Exchanges) -> Update:
    """What is shown while a model changes the last answer, and when it is done."""
    last = shown[-1]
    update: Update = {
        widgets.conversation: conversation_html(shown, parts.documents),
        # A question that is asked meanwhile would be passed over without a word.
        widgets.send: gr.Button(interactive=not last.writing),
    }
    if not last.writing and last.answer is not None:
        update |= {
            exchanges: shown,
            widgets.evidence: pane_html(last.key, last.answer, parts.documents),
        }
    return update


def _connect_plain(widgets: AskWidgets, parts: PageParts, exchanges: gr.State) -> None:
    """The switch also changes the answer that is shown last."""

    def switch(plain: bool, past: Exchanges) -> Iterator[Update]:
        # Gradio wants something from each event.
        yield {exchanges: gr.skip()}
        if past:
            for changed in in_other_words(past[-1], plain, parts):
                yield _grown(widgets, parts, exchanges, (*past[:-1], changed))

    widgets.plain.input(
        switch,
        inputs=[widgets.plain, exchanges],
        outputs=[widgets.conversation, widgets.send, widgets.evidence, exchanges],
        show_progress="hidden",
        trigger_mode="once",
        concurrency_limit=AT_ONCE,
        api_visibility="private",
    )


def _outcome(widgets: AskWidgets, parts: PageParts, exchanges: Exchanges) -> Update:
    last = exchanges[-1]
    update: Update = {
        widgets.conversation: conversation_html(exchanges, parts.documents),
        widgets.send: gr.Button(interactive=True),
    }
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
    return {
        widgets.conversation: conversation_html((), parts.documents),
        widgets.evidence: empty_pane(),
        widgets.send: gr.Button(interactive=True),
        widgets.examples_box: gr.Accordion(open=True),
        widgets.feedback.box: gr.Column(visible=False),
        exchanges: (),
        asked: "",
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
