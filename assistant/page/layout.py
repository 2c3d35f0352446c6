"""The parts of the page and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.page import texts
from assistant.page.catalogue import documents_html
from assistant.page.conversation import conversation_html
from assistant.page.document import adding_html, empty_document_html
from assistant.page.evidence import empty_pane
from assistant.page.letter import letter_tab_html
from assistant.page.session import PageParts


@dataclass(frozen=True, slots=True)
class FeedbackWidgets:
    """Verdict on the latest answer."""

    box: gr.Column
    useful: gr.Button
    useless: gr.Button
    remark_box: gr.Column
    remark: gr.Textbox
    save: gr.Button
    status: gr.HTML


@dataclass(frozen=True, slots=True)
class FilterWidgets:
    """Choice of the documents to search; `known` holds the ids of those that can be chosen."""

    chosen: gr.CheckboxGroup
    known: gr.JSON
    every: gr.Button
    none: gr.Button


@dataclass(frozen=True, slots=True)
class AskWidgets:
    """The tab with questions."""

    conversation: gr.HTML
    evidence: gr.HTML
    question: gr.Textbox
    send: gr.Button
    fresh: gr.Button
    plain: gr.Checkbox
    examples_box: gr.Accordion
    examples: tuple[gr.Button, ...]
    filter: FilterWidgets
    feedback: FeedbackWidgets


def html_block(value: str, name: str) -> gr.HTML:
    """Our own HTML, without Gradio's style and without a script of its own."""
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)


def place_header(parts: PageParts) -> None:
    """Place the title, the purpose, the notice, and what could not be read."""
    problems = "".join(f"<li>{escape(problem)}</li>" for problem in parts.problems)
    warning = (
        f'<div class="bw-melding bw-probleem" role="alert"><strong>{texts.PROBLEMS}</strong>'
        f"<ul>{problems}</ul></div>"
    )
    html_block(
        f'<a class="bw-sprong" href="#vraag">{texts.SKIP}</a>'
        f'<header class="bw-hoofd"><h1>{texts.TITLE}</h1><p>{texts.PURPOSE}</p></header>'
        f'<div class="bw-melding" role="note"><strong>{texts.NOTICE_TITLE}.</strong> '
        f"{escape(parts.notice)}</div>{warning if problems else ''}",
        "hoofd",
    )


def place_documents(parts: PageParts) -> gr.HTML:
    """Place the tab with all documents: adding, the list, and a pane with one of them."""
    with gr.Row(elem_id="documenten-blad"):
        with gr.Column(scale=3, min_width=300):
            if parts.intake is not None:
                html_block(adding_html(), "documenten-toevoegen")
            listed = html_block(documents_html(parts.documents), "documenten-lijst")
        if parts.intake is not None:
            with gr.Column(scale=2, min_width=300, elem_id="documenten-rechts"):
                html_block(empty_document_html(), "document")
    return listed


def place_letter(parts: PageParts) -> None:
    """Place the tab on which a letter is answered."""
    towns = parts.register.municipalities if parts.register else ()
    html_block(letter_tab_html(towns), "brieven-vak")


def place_model(parts: PageParts) -> None:
    """Place what is known of the language model, with a button to test the connection."""
    if parts.connection is None:
        html_block(f'<p class="bw-leeg">{texts.MODEL_NONE}</p>', "taalmodel-vak")
        return
    from assistant.page.model import (
        model_html,
        tester,
        testing_html,
    )  # needs the libraries of the model

    connection = parts.connection
    known = html_block(model_html(connection), "taalmodel-vak")
    button = gr.Button(texts.MODEL_TEST, size="md", elem_id="taalmodel-test")
    test = tester(connection)

    def tested() -> Iterator[dict[Any, Any]]:
        yield {known: testing_html(connection), button: gr.Button(interactive=False)}
        yield {known: test(), button: gr.Button(interactive=True)}

    button.click(tested, outputs=[known, button], show_progress="hidden", api_visibility="private")


def place_register() -> None:
    """Place the tab with goals and agreements; the page fetches it when it is looked at."""
    with gr.Row(elem_id="doelen-blad"):
        with gr.Column(scale=3, min_width=300):
            html_block(
                f'<div id="doelen" data-leeg><p class="bw-leeg">{texts.REGISTER_LOADING}</p></div>',
                "doelen-vak",
            )
        with gr.Column(scale=2, min_width=300, elem_id="doelen-rechts"):
            html_block(
                '<div id="uitspraak-inhoud" class="bw-paneel"><div class="bw-balk">'
                f'<h2 id="uitspraak-kop" tabindex="-1">{texts.REGISTER_ONE}</h2></div>'
                f'<p class="bw-leeg">{texts.REGISTER_EMPTY}</p></div>',
                "uitspraak",
            )


def place_ask(parts: PageParts) -> AskWidgets:
    """Place the conversation with the question box, and the evidence beside it."""
    with gr.Row(elem_id="werkblad"):
        with gr.Column(scale=3, min_width=300, elem_id="links"):
            conversation = html_block(conversation_html((), parts.documents), "gesprek-vak")
            feedback = _place_feedback()
            question, send, fresh, plain = _place_question()
            with gr.Accordion(texts.EXAMPLES, elem_id="voorbeelden") as examples_box:
                examples = _place_examples()
            filters = _place_filter(parts)
        with gr.Column(scale=2, min_width=300, elem_id="rechts"):
            evidence = html_block(empty_pane(), "bewijs")
    return AskWidgets(
        conversation,
        evidence,
        question,
        send,
        fresh,
        plain,
        examples_box,
        examples,
        filters,
        feedback,
    )


def _place_question() -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Checkbox]:
    with gr.Column(elem_id="vraagvak"):
        with gr.Row(elem_id="knoppen"):
            question = gr.Textbox(
                label=texts.QUESTION_LABEL,
                placeholder=texts.QUESTION_HINT,
                lines=1,
                max_lines=8,
                elem_id="vraag",
                html_attributes=gr.InputHTMLAttributes(lang="nl", autocomplete="off"),
            )
            send = gr.Button(texts.SEND, variant="primary", size="md", elem_id="stel")
            fresh = gr.Button(texts.NEW_CONVERSATION, size="md", elem_id="nieuw")
        plain = gr.Checkbox(label=texts.PLAIN, container=False, elem_id="eenvoudig")
        html_block(f"<p>{texts.REMINDER}</p>", "herinnering")
    return question, send, fresh, plain


def _place_examples() -> tuple[gr.Button, ...]:
    buttons: list[gr.Button] = []
    with gr.Row(elem_classes="bw-voorbeelden"):
        for group in texts.EXAMPLE_GROUPS:
            with gr.Column(min_width=220):
                gr.HTML(
                    f'<h2 class="bw-groep">{group.who}</h2>',
                    apply_default_css=False,
                    js_on_load=None,
                )
                buttons += [gr.Button(question, size="sm") for question in group.questions]
    return tuple(buttons)


def filter_choices(parts: PageParts) -> list[tuple[str, str]]:
    """What can be chosen to search: the name and the id of each document, by name."""
    return sorted(
        (f"{document.title} ({document.municipality or 'gemeente onbekend'})", document.id)
        for document in (indexed.document for indexed in parts.documents.values())
    )


def _place_filter(parts: PageParts) -> FilterWidgets:
    with gr.Accordion(texts.FILTER, open=False, elem_id="filter"):
        chosen = gr.CheckboxGroup(
            choices=filter_choices(parts),
            value=list(parts.documents),
            label=texts.FILTER_LABEL,
            elem_id="gekozen",
        )
        # In the browser, as the choice is: both change there at the same time.
        known = gr.JSON([name for _, name in filter_choices(parts)], visible=False)
        with gr.Row():
            every = gr.Button(texts.FILTER_ALL, size="sm")
            none = gr.Button(texts.FILTER_NONE, size="sm")
    return FilterWidgets(chosen, known, every, none)


def _place_feedback() -> FeedbackWidgets:
    with gr.Column(visible=False, elem_id="oordeel") as box:
        with gr.Row(elem_id="oordeel-rij"):
            html_block(f"<span>{texts.FEEDBACK}</span>", "oordeel-vraag")
            useful = gr.Button(texts.FEEDBACK_YES, size="sm", elem_id="duim-op")
            useless = gr.Button(texts.FEEDBACK_NO, size="sm", elem_id="duim-neer")
        with gr.Column(visible=False) as remark_box:
            remark = gr.Textbox(label=texts.FEEDBACK_REMARK, lines=2, max_lines=5)
            save = gr.Button(texts.FEEDBACK_SAVE, size="sm")
        status = html_block("", "oordeel-status")
    return FeedbackWidgets(box, useful, useless, remark_box, remark, save, status)
