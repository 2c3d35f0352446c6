import io
import re
from datetime import datetime
from html import unescape

import docx
import pytest
from markdown_it import MarkdownIt

from assistant.citations import plain
from assistant.export import escape_markdown, to_docx, to_markdown
from assistant.markup import answer_html
from ingest.documents import Answer, Citation, Coverage, QuestionKind

SAVED = datetime(2026, 3, 9, 14, 5)


def citation(number, quote, **options):
    place = {"page": None, "page_label": "", "line": 12} | options
    return Citation(
        number, "agenda", "Agenda", "Voorbeeldstad", ("2 Zorg", "2.1 Doelen"), start=0,
        end=len(quote), quote=quote, **place,
    )  # fmt: skip


def answer(text="**Doelen**\n\n- Meer *rust* [1]\n- Minder druk [2]", **options):
    citations = (
        citation(1, "Meer\n rust"),
        citation(2, "Minder druk", page=4, page_label="ii", line=None),
    )
    given = {
        "question": "Welke doelen?", "understood": "Welke doelen?", "text": text,
        "citations": citations, "abstained": False, "reason": None, "kind": QuestionKind.LIST,
        "hits": (), "coverage": Coverage(2, ("agenda",), ("agenda",)), "seconds": 0.26,
    } | options  # fmt: skip
    return Answer(**given)


def paragraphs(data):
    return docx.Document(io.BytesIO(data)).paragraphs


def test_markdown_holds_question_answer_and_each_source():
    text = to_markdown(answer(), SAVED)
    assert text.startswith("# Welke doelen?\n\n**Doelen**\n\n- Meer *rust* [1]")
    assert "[1] Agenda (Voorbeeldstad), 2 Zorg › 2.1 Doelen, regel 12\n\n> Meer rust" in text
    assert "[2] Agenda (Voorbeeldstad), 2 Zorg › 2.1 Doelen, pagina 4 (gedrukt: ii)" in text
    assert "Opgeslagen op 9 maart 2026 om 14.05 uur." in text
    assert "0,3 seconde" in text
    assert "geautomatiseerd systeem" in text


def test_the_understood_question_is_written_only_when_it_differs():
    assert "Gelezen als" not in to_markdown(answer(), SAVED)
    text = to_markdown(answer(understood="Welke doelen voor zorg?"), SAVED)
    assert "Gelezen als: Welke doelen voor zorg?" in text
    [line] = [
        p.text
        for p in paragraphs(to_docx(answer(understood="Welke doelen voor zorg?"), SAVED))
        if p.text.startswith("Gelezen")
    ]
    assert line == "Gelezen als: Welke doelen voor zorg?"


def test_other_places_of_a_number_are_named_in_both_files():
    other = citation(1, "Meer rust", line=99)
    both = answer(citations=(citation(1, "Meer rust", also=(other,)),), text="Rust [1]")
    assert "Ook: Agenda (Voorbeeldstad), 2 Zorg › 2.1 Doelen, regel 99" in to_markdown(both, SAVED)
    texts = [p.text for p in paragraphs(to_docx(both, SAVED))]
    assert "Ook: Agenda (Voorbeeldstad), 2 Zorg › 2.1 Doelen, regel 99" in texts


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "![x](http://evil.example/p.png)", "[x](javascript:alert(1))",
     "<img src=x onerror=alert(1)>", "# kop", "- punt", "1. punt", "a | b", "`code`", "&lt;b&gt;"],
)  # fmt: skip
def test_text_from_user_and_document_is_shown_as_it_is(hostile):
    # A usual Markdown program, all features on, must show the characters and nothing else.
    html = MarkdownIt().render(escape_markdown(hostile))
    shown = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert shown.replace("&amp;", "&").strip() == f"<p>{hostile}</p>"
    saved = to_markdown(answer(question=hostile, citations=(citation(1, hostile),)), SAVED)
    page = MarkdownIt().render(saved)
    for forbidden in ("<script", "<img", "<a "):
        assert forbidden not in page


def test_escaped_text_of_a_document_reads_as_it_stands_there():
    source = "~~weg~~ &lt;b&gt; <i> Pen & Papier C:\\hulp_1 `x` | [y]"
    given = answer(text=f"{plain(source)}:\n- „{plain(source)}” [1]")
    texts = [p.text for p in paragraphs(to_docx(given, SAVED))]
    assert texts[1:3] == [f"{source}:", f"„{source}” [1]"]
    page = MarkdownIt().enable("strikethrough").render(to_markdown(given, SAVED))
    for html in (page, answer_html(given.text, {1}, lambda number: f"[{number}]")):
        assert f"„{source}” [1]" in unescape(html)
        assert not re.search(r"<(?:s|i|b|a|code)>|<table", html)


def test_docx_holds_headings_lists_bold_and_sources():
    found = paragraphs(to_docx(answer(), SAVED))
    assert [(p.style.name, p.text) for p in found[:4]] == [
        ("Heading 1", "Welke doelen?"),
        ("Normal", "Doelen"),
        ("List Bullet", "Meer rust [1]"),
        ("List Bullet", "Minder druk [2]"),
    ]
    assert found[1].runs[0].bold
    assert [run.text for run in found[2].runs if run.italic] == ["rust"]
    texts = [p.text for p in found]
    at = texts.index("Bronnen")
    assert texts[at + 1] == "[1] Agenda (Voorbeeldstad), 2 Zorg › 2.1 Doelen, regel 12"
    assert (found[at + 2].style.name, texts[at + 2]) == ("Quote", "Meer rust")
    assert "Opgeslagen op 9 maart 2026" in texts[-1]


def test_docx_writes_tables_and_nested_lists():
    text = "| A | B |\n|---|---|\n| links [1] | **rechts** |\n\n1. een\n   - twee\n"
    saved = docx.Document(io.BytesIO(to_docx(answer(text=text), SAVED)))
    [table] = saved.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["A", "B"],
        ["links [1]", "rechts"],
    ]
    styles = {p.text: p.style.name for p in saved.paragraphs}
    assert styles["een"] == "List Number"
    assert styles["twee"] == "List Bullet 2"


def test_docx_survives_control_characters():
    hostile = "voor\x0cna\x00"
    texts = [
        p.text
        for p in paragraphs(
            to_docx(answer(question=hostile, citations=(citation(1, hostile),)), SAVED)
        )
    ]
    assert texts[0] == "voor na "
    assert texts.count("voor na ") == 2


def test_a_number_without_a_citation_stays_plain_text():
    texts = [p.text for p in paragraphs(to_docx(answer(text="Zie [7] en [1]."), SAVED))]
    assert "Zie [7] en [1]." in texts


def test_a_refusal_without_sources_has_no_list_of_sources():
    refusal = answer(text="Dit staat er niet in.", citations=(), abstained=True)
    assert "Bronnen" not in to_markdown(refusal, SAVED)
    assert "Bronnen" not in [p.text for p in paragraphs(to_docx(refusal, SAVED))]
