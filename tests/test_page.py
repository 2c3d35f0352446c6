import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html import escape

import pytest
from assistant_parts import VERSIONS, assistant_over, prepared
from fastapi import FastAPI
from fastapi.testclient import TestClient
from page_parts import corpus_documents, indexed, page_parts

from app import free_port
from assistant.errors import AssistantError
from assistant.markup import answer_html, end_lists
from assistant.page import texts
from assistant.page.answers import AnswerStore
from assistant.page.catalogue import documents_html
from assistant.page.choice import Query
from assistant.page.conversation import Exchange, conversation_html, history
from assistant.page.evidence import Place, evidence_html, pane_html, places
from assistant.page.excerpt import excerpt_html, marked
from assistant.page.feedback import FeedbackFile, Verdict
from assistant.page.guard import clean_page, policy, script_hashes
from assistant.page.originals import OriginalFiles
from assistant.page.register import chosen, register_html, result_html, statement_html
from assistant.page.routes import routes
from assistant.page.session import PageParts, answer_question
from assistant.page.source import source_html
from assistant.register import Register
from assistant.tables import to_csv
from assistant.wording import (
    UNDERSTOOD,
    date_in_words,
    enumeration,
    number_in_words,
    page_in_words,
    status_in_words,
)
from ingest.documents import Document, Page

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>[a](javascript:b)![c](//d)"


@pytest.fixture(scope="module")
def documents():
    return corpus_documents()


@pytest.fixture
def parts(tmp_path, documents):
    return page_parts(tmp_path, documents)


def ask(question, parts, earlier=(), chosen=None):
    chosen = list(parts.documents) if chosen is None else chosen
    return answer_question(question, earlier, chosen, parts)


# Wording


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2012-10-08", "8 oktober 2012"),
        ("2012-10", "oktober 2012"),
        ("2012", "2012"),
        ("2012-13", "2012-13"),
        ("2023-2027", "2023-2027"),
        ("", ""),
        ("najaar 2012", "najaar 2012"),
    ],
)
def test_dates(iso, words):
    assert date_in_words(iso) == words


def test_numbers_pages_and_enumerations():
    assert number_in_words(3677000) == "3.677.000"
    assert page_in_words(12, "10") == "pagina 12 (gedrukt: 10)"
    assert page_in_words(12, "12") == "pagina 12"
    assert enumeration(["a", "b", "c"]) == "a, b en c"
    assert enumeration(["a"]) == "a"


def test_status_names_period_and_successor():
    old = Document("oud", "oud.txt", "Oude agenda", status="concept", period="2018-2022")
    new = Document("nieuw", "nieuw.txt", "Nieuwe agenda", supersedes="oud")
    assert status_in_words(old, [old, new]) == (
        "concept; looptijd 2018-2022; vervangen door: Nieuwe agenda"
    )
    assert status_in_words(new, [old, new]) == "onbekend"


# Safety of text


def test_markdown_becomes_html_and_only_existing_numbers_become_links():
    html = answer_html("**A** b [1] c [2] \\[1\\]", {1}, lambda n: f"<NR{n}>")
    assert html.strip() == "<p><strong>A</strong> b <NR1> c [2] [1]</p>"


@pytest.mark.parametrize(
    "text", [HOSTILE, f"- {HOSTILE} [1]", f"```\n{HOSTILE}\n```", f"    {HOSTILE}"]
)
def test_nothing_from_text_becomes_a_tag_or_a_link(text):
    html = answer_html(text, {1}, lambda n: "")
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"p", "ul", "li", "br", "code"}
    assert "&lt;script&gt;" in html


def test_a_line_below_a_list_is_not_drawn_into_it():
    text = "**A**\nb:\n- een\n- twee\n**C**\n1. drie\nvier\n- vijf\n  nog vijf"
    assert end_lists(text) == (
        "**A**\nb:\n- een\n- twee\n\n**C**\n1. drie\n\nvier\n- vijf\n  nog vijf"
    )
    html = answer_html("- een\n**C**\n- twee", set(), str)
    assert html.replace("\n", "") == (
        "<ul><li>een</li></ul><p><strong>C</strong></p><ul><li>twee</li></ul>"
    )


def test_headings_of_an_answer_stand_below_those_of_the_page():
    assert answer_html("# A\n\n### B", set(), str).split("\n")[:2] == ["<h4>A</h4>", "<h6>B</h6>"]


def test_hostile_question_answer_and_document_are_escaped_everywhere(tmp_path):
    about = Document("x", "x.txt", HOSTILE, HOSTILE, kind=HOSTILE, status=HOSTILE)
    document = indexed(about, f"Over zorgplan {HOSTILE} staat hier iets.")
    parts = page_parts(tmp_path, {"x": document})
    exchange = ask(f"zorgplan {HOSTILE}", parts)
    exchange = ask("zorgplan", parts) if exchange.answer.abstained else exchange
    shown = Exchange(HOSTILE, exchange.key, exchange.answer)
    pieces = [
        conversation_html([shown, Exchange(HOSTILE, error=HOSTILE)], parts.documents),
        pane_html(exchange.key, exchange.answer, parts.documents),
        documents_html(parts.documents),
        source_html(document, (0, 20), [about]),
    ]
    for html in pieces:
        assert "<script" not in html
        assert "<img" not in html
        assert "javascript:" not in re.findall(r'href="([^"]*)', html)
    assert exchange.answer.citations


def test_the_guard_cleans_the_start_page_and_allows_only_its_own_scripts():
    page = (
        b'<html lang="en"><meta property="og:image" content="https://x/y.png" />'
        b'<link rel="manifest" href="/manifest.json" /><script>1</script><script src="a"></script>'
    )
    cleaned = clean_page(page)
    assert cleaned == b'<html lang="nl"><script>1</script><script src="a"></script>'
    # printf 1 | openssl sha256 -binary | base64
    digest = "a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s="
    assert script_hashes(cleaned) == [f"'sha256-{digest}'"]
    assert "'unsafe-inline'" not in policy(["x"]).split("style-src")[0]
    assert "script-src 'none'" in policy([])


# Evidence


def test_the_quote_is_marked_and_the_rest_of_the_section_stands_around_it(documents):
    document = next(iter(documents.values()))
    passage = document.passages[25]
    html = excerpt_html(document, (passage.start, passage.end))
    [mark] = re.findall(r"<mark>(.*?)</mark>", html, re.S)
    assert mark.split() == escaped_html(passage.text).split()
    assert escaped_html(document.passages[24].text).split()[0] in html


def escaped_html(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(
        "'", "&#x27;"
    ).replace('"', "&quot;")  # fmt: skip


def test_marked_clips_the_quote_to_the_span():
    assert marked("abcdef", (0, 4), (2, 6)) == "ab<mark>cd</mark>"
    assert marked("abcdef", (0, 2), (3, 5)) == "ab"
    assert marked("a<b>", (0, 4), (1, 3)) == "a<mark>&lt;b</mark>&gt;"


def test_evidence_names_title_municipality_place_and_neighbours(parts):
    exchange = ask("Wat staat er over mantelzorg?", parts)
    citations = places(exchange.answer, parts.documents)
    assert len(citations) >= 3
    html = evidence_html(Place("k", 2, len(citations), citations[1]), parts.documents)
    assert f"Bewijs 2 van {len(citations)}" in html
    assert 'data-stap="vorige" data-bewijs="/antwoord/k/bewijs/1"' in html
    assert 'data-stap="volgende" data-bewijs="/antwoord/k/bewijs/3"' in html
    assert f"regel {number_in_words(citations[1].line)}" in html
    assert citations[1].municipality in html
    first = evidence_html(Place("k", 1, len(citations), citations[0]), parts.documents)
    assert '<button type="button" data-stap="vorige" disabled>' in first


def test_evidence_of_a_document_that_was_renewed_is_not_shown_from_elsewhere(tmp_path, documents):
    parts = page_parts(tmp_path, documents)
    exchange = ask("Wat staat er over mantelzorg?", parts)
    key = parts.answers.add(exchange.answer)
    name = exchange.answer.citations[0].document_id
    own = FastAPI()
    own.include_router(routes(parts, OriginalFiles((tmp_path,))))
    address = f"/antwoord/{key}/bewijs/1"
    with TestClient(own) as client:
        assert client.get(address).status_code == 200
        for renewed in (
            documents | {name: indexed(documents[name].document, "Heel andere tekst. " * 9_000)},
            {other: d for other, d in documents.items() if other != name},
        ):
            parts.assistant.documents = renewed
            reply = client.get(address)
            assert reply.status_code == 404
            assert texts.EVIDENCE_RENEWED in reply.text
    gone = client.get("/antwoord/onbekend/bewijs/1")
    assert gone.status_code == 404
    assert texts.EVIDENCE_GONE in gone.text


def test_other_places_are_listed_with_links(parts):
    exchange = ask("Wat staat er over mantelzorg?", parts)
    first, second, *_ = exchange.answer.citations
    html = evidence_html(Place("k", 1, 1, replace(first, also=(second,))), parts.documents)
    assert "Ook te vinden op" in html
    assert f"/bron/{second.document_id}?van={second.start}&amp;tot={second.end}#citaat" in html


def test_a_near_miss_shows_the_nearest_passages_and_a_plain_refusal_shows_none(parts):
    near = ask("Wat kost het qqqnabijqqq?", parts)
    assert near.answer.abstained
    assert len(places(near.answer, parts.documents)) == 3
    html = conversation_html([near], parts.documents)
    assert "er staat alleen iets in de buurt" in html
    assert html.count('class="bw-nr"') == 3
    nothing = ask("Wat kost een qqqzeppelin?", parts)
    assert places(nothing.answer, parts.documents) == ()
    html = conversation_html([nothing], parts.documents)
    assert "dit staat niet in de documenten" in html
    assert 'class="bw-nr"' not in html


def test_source_page_marks_the_quote_on_each_of_its_lines():
    document = indexed(Document("a", "a.txt", "Titel"), "een twee\ndrie vier\nvijf")
    html = source_html(document, (4, 13), [document.document])
    assert (
        'id="regel-1"><span class="nr">1</span><span><a id="citaat"></a>een <mark>twee</mark>'
        in html
    )
    assert '<span class="nr">2</span><span><mark>drie</mark> vier</span>' in html
    assert html.count('id="citaat"') == 1


def test_source_page_of_a_pdf_names_its_pages():
    pages = (Page(1, "i", 0, 4), Page(2, "ii", 4, 4), Page(3, "1", 4, 9))
    document = indexed(Document("a", "a.pdf", "Titel"), "een\ntwee\n", pages)
    html = source_html(document, None, [document.document])
    assert re.findall(r'<h2 class="pagina" id="pagina-\d">(.*?)</h2>', html) == [
        "Pagina 1 (gedrukt: i)",
        "Pagina 3 (gedrukt: 1)",
    ]


# Asking


def test_bad_questions_get_a_plain_sentence(parts):
    assert ask("  ", parts).error == texts.ERROR_EMPTY
    assert "2.001 tekens" in ask("a" * 2001, parts).error
    assert ask("a" * 2000, parts).answer is not None
    assert ask("mantelzorg", parts, chosen=[]).error == texts.ERROR_NO_DOCUMENTS
    assert ask("stuk", parts).error.startswith("Deze vraag kan niet worden gelezen.")
    assert parts.assistant.asked[-1][0] == "stuk"


def test_a_fault_of_ours_is_told_and_logged(parts, caplog):
    assert "RuntimeError" in ask("kapot", parts).error
    assert "fault" in caplog.text


def test_without_an_index_each_question_says_what_to_do(parts):
    assert "python -m ingest" in ask("mantelzorg", replace(parts, assistant=None)).error


def test_the_conversation_and_the_choice_of_documents_reach_the_assistant(parts):
    first = ask("Wat staat er over mantelzorg?", parts)
    name = next(iter(parts.documents))
    ask("En over jeugd?", parts, earlier=(first, Exchange("x", error="y")), chosen=[name])
    (_, turns, chosen) = parts.assistant.asked[-1]
    assert [turn.question for turn in turns] == ["Wat staat er over mantelzorg?"]
    assert chosen == (name,)
    assert parts.assistant.asked[0][2] is None
    assert history([Exchange("x", error="y")]) == ()


def test_the_understood_question_shows_only_when_it_differs(parts):
    first = ask("Wat staat er over mantelzorg?", parts)
    assert UNDERSTOOD not in conversation_html([first], parts.documents)
    second = ask("En jeugdhulp?", parts, earlier=(first,))
    assert UNDERSTOOD in conversation_html([second], parts.documents)


def test_the_oldest_answers_make_room(parts):
    answer = ask("mantelzorg", parts).answer
    store = AnswerStore(size=2)
    first, second, third = (store.add(answer) for _ in range(3))
    assert store.get(first) is None
    assert store.get(second) is store.get(third) is answer
    assert len({first, second, third}) == 3


# Documents, files, feedback


def test_the_table_lists_each_document_with_what_was_guessed(documents):
    html = documents_html(documents)
    assert html.count('<th scope="row">') == len(documents) == 5
    assert 'data-kolom="Geraden gegevens">titel en datum</td>' in html
    assert documents_html({}) == f'<p class="bw-leeg">{texts.NO_DOCUMENTS}</p>'


def test_only_the_file_that_was_read_is_served_and_only_from_its_folders(tmp_path):
    corpus, added = tmp_path / "corpus", tmp_path / "added"
    (corpus / "map").mkdir(parents=True)
    added.mkdir()
    content = b"%PDF-1.4"
    digest = hashlib.sha256(content).hexdigest()
    for place in (corpus / "in.pdf", corpus / "map" / "deep [1].pdf", tmp_path / "out.pdf"):
        place.write_bytes(content)
    (added / "in.pdf").write_bytes(b"%PDF-1.4 other")
    (corpus / "link.pdf").symlink_to(tmp_path / "out.pdf")
    (corpus / "changed.pdf").write_bytes(b"%PDF-1.7")

    def found(name, **others):
        document = Document("a", name, "A", sha256=digest, **others)
        original = OriginalFiles((added, corpus)).of(document)
        return original and original.path

    assert found("in.pdf") == (corpus / "in.pdf").resolve()
    assert found("deep [1].pdf") == (corpus / "map" / "deep [1].pdf").resolve()
    for name in ("../out.pdf", "link.pdf", "gone.pdf", "changed.pdf"):
        assert found(name) is None


def test_feedback_is_one_line_of_json_each(tmp_path, parts):
    exchange = ask("Wat staat er over mantelzorg?", parts)
    file = FeedbackFile(tmp_path / "deep" / "feedback")
    file.add(exchange.key, exchange.answer, Verdict.USEFUL)
    file.add(exchange.key, exchange.answer, Verdict.USELESS, " te\nlang " + "x" * 3000)
    lines = (file.folder / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["verdict"], first["remark"]) == ("nuttig", "")
    assert second["verdict"] == "niet nuttig"
    assert len(second["remark"]) == 2000
    assert first["question"] == "Wat staat er over mantelzorg?"
    assert len(first["citations"]) == len(exchange.answer.citations) > 0


# app.py


def test_a_port_in_use_is_told_before_any_work():
    with free_port("127.0.0.1", 0) as address:
        port = address.getsockname()[1]
        with pytest.raises(AssistantError, match=f"--port {port % 65535 + 1}"):
            with free_port("127.0.0.1", port):
                pass


# Goals and agreements


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return prepared(tmp_path_factory)[0].register


def rows(html):
    return re.findall(r'data-uitspraak="[^"]*">(.*?)</button>', html)


def test_the_list_holds_what_the_filter_takes(register):
    query = Query(soort="doel", onderwerp="mantelzorg", gemeente="Elst-Veenoord")
    html = result_html(register, query)
    assert "2 regels in 1 document." in html
    assert rows(html) == [
        "Mantelzorgers raken niet overbelast.",
        "Jonge mantelzorgers krijgen hulp op school.",
    ]
    assert 'href="/doelen.xlsx?soort=doel&amp;' in html
    assert texts.REGISTER_NONE in result_html(register, Query(soort="doel", jaar="1900"))


def test_the_form_shows_what_was_chosen(register):
    html = register_html(register, Query(soort="doel", ook="ja", tekst="zorg"))
    assert '<option value="doel" selected>' in html
    assert 'name="ook" value="ja" checked' in html
    assert 'value="zorg"' in html


def test_an_empty_list_still_has_its_headings(register):
    [header] = to_csv([], register).splitlines()
    assert header.startswith("document,kind,quote,text")


def test_a_choice_that_there_is_not_takes_no_part(register):
    assert chosen(register, Query(soort="onzin", sorteer="onzin", jaar="x")) == chosen(
        register, Query()
    )


def test_a_column_sorts_both_ways(register):
    up = rows(result_html(register, Query(soort="doel", sorteer="text")))
    assert up == sorted(up, key=str.casefold)
    assert rows(result_html(register, Query(soort="doel", sorteer="-text"))) == up[::-1]
    assert 'aria-sort="ascending"' in result_html(register, Query(sorteer="text"))


def test_a_long_list_comes_in_parts(register):
    html = result_html(register, Query(tot=3))
    assert len(rows(html)) == 3
    assert "Toon meer: nog" in html
    assert "tot=503" in html


def test_the_picture_counts_topics_by_document(register):
    entries = chosen(register, Query(soort="doel", onderwerp="mantelzorg"))
    counts = Counter(e.statement.document_id for e in entries if "mantelzorg" in e.all_topics)
    html = result_html(register, Query(soort="doel", onderwerp="mantelzorg"))
    for number in counts.values():
        assert f'aria-label="{number}: mantelzorg"' in html


def test_a_statement_shows_its_passage_and_its_thread(register):
    answer = next(e for e in register.entries if "niet over" in e.text and register.links.get(e.id))
    html = statement_html(answer, register)
    assert "<mark>" in html
    assert "antwoordt op" in html
    advice = register.by_id[register.links[answer.id][0].target]
    assert escape(advice.text) in html
    assert "antwoord:" in statement_html(advice, register)


def test_a_time_line_shows_the_threads_over_the_years_each_step_to_be_opened(tmp_path_factory):
    texts = {"evaluatie.txt": VERSIONS, "catalog.toml": '["evaluatie.txt"]\ndate = "2021"\n'}
    register = assistant_over(tmp_path_factory.mktemp("tijd"), texts).register
    html = register_html(register, Query(soort="doel"))
    table = html.split("bw-tijd")[1].split("</table>")[0]
    years = re.findall(r'<th scope="col">(\d+)</th>', table)
    assert years == ["2014", "2019", "2021"]
    rows = [re.findall(r">(doel|goed|slecht)</button>", row) for row in table.split("<tr>")[2:]]
    assert rows == [["doel", "doel", "goed"], ["doel", "slecht"]]
    assert table.count("data-uitspraak=") == 5
    # What was chosen decides whose threads are shown.
    assert "bw-tijd" not in register_html(register, Query(soort="indicator"))


def test_nothing_of_a_document_becomes_html_in_the_list(tmp_path_factory, register):
    hostile = next(e for e in register.entries if "tientje" in e.text)
    entry = replace(
        hostile,
        statement=replace(hostile.statement, text=HOSTILE, theme=HOSTILE, programme=HOSTILE),
    )
    own = Register({}, {}, lambda text: frozenset(), register.topics)
    own.entries = (entry,)
    for html in (register_html(own, Query(tekst=HOSTILE)), statement_html(entry, own)):
        assert "<script" not in html
        assert "<img" not in html


def test_the_addresses_of_the_list(tmp_path, tmp_path_factory):
    assistant = prepared(tmp_path_factory)[0]
    parts = PageParts(assistant, FeedbackFile(tmp_path))
    own = FastAPI()
    own.include_router(routes(parts, OriginalFiles(())))
    with TestClient(own) as client:
        assert "doelen-filter" in client.get("/doelen").text
        assert "Mantelzorgers" in client.get("/doelen/uitkomst?soort=doel&tot=9999999").text
        for form, start in (("csv", b"document,"), ("xlsx", b"PK"), ("md", b"## ")):
            reply = client.get(f"/doelen.{form}?soort=doel")
            assert reply.content.startswith(start)
            assert f"doelen-en-afspraken.{form}" in reply.headers["content-disposition"]
        assert client.get("/doelen.exe").status_code == 404
        entry = assistant.register.entries[0]
        assert "<mark>" in client.get("/doelen/uitspraak", params={"id": entry.id}).text
        gone = client.get("/doelen/uitspraak", params={"id": "weg:0-1"})
        assert gone.status_code == 404
        assert texts.REGISTER_GONE in gone.text
    empty = FastAPI()
    empty.include_router(
        routes(PageParts(None, FeedbackFile(tmp_path)), OriginalFiles((tmp_path,)))
    )
    with TestClient(empty) as client:
        assert texts.NO_DOCUMENTS in client.get("/doelen").text
        assert client.get("/doelen.csv").status_code == 404
