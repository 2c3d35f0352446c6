import dataclasses
import re

import pytest
from assistant_parts import assert_proven, prepared, read_corpus, shared_analyzer, shared_embedder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.citations import Draft, Line, Quote, merge, number_citations, plain, show
from assistant.engine import Assistant
from assistant.errors import CitationError, QuestionError
from assistant.phrases import load_phrases
from ingest.documents import Cell, Document, IndexedDocument, Page, Passage, PassageKind
from ingest.index import Index


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


def a_passage(text, start, end, name="plan"):
    return Passage(
        f"{name}:{start}-{end}", name, ("1. Zorg",), start, end, None, None, text[start:end],
        PassageKind.PARAGRAPH,
    )  # fmt: skip


def documents_of(text, name="plan", pages=()):
    document = Document(name, f"{name}.txt", f"Het {name}", municipality="Grafveen")
    return {name: IndexedDocument(document, text, tuple(pages), (), (), ())}


TEXT = "Eerste regel.\nTweede regel is hier.\nDerde regel staat daar.\n"
WHOLE = a_passage(TEXT, 0, len(TEXT))
FIRST, SECOND, THIRD = Quote(WHOLE, 0, 13), Quote(WHOLE, 14, 35), Quote(WHOLE, 36, 59)


def test_numbers_follow_the_order_of_appearance_and_a_span_keeps_its_first_number():
    draft = Draft((
        Line("Kop"),
        Line("-", (THIRD,)),
        Line("", (SECOND, THIRD)),
        Line("Ook:", (FIRST, SECOND)),
    ))  # fmt: skip
    text, citations = number_citations(draft, documents_of(TEXT))
    assert [line for line in text.split("\n") if line] == [
        "Kop",
        "- „Derde regel staat daar.” [1]",
        "„Tweede regel is hier.” [2] „Derde regel staat daar.” [1]",
        "Ook: „Eerste regel.” [3] „Tweede regel is hier.” [2]",
    ]
    assert [(c.number, c.quote) for c in citations] == [
        (1, "Derde regel staat daar."),
        (2, "Tweede regel is hier."),
        (3, "Eerste regel."),
    ]


def test_a_text_gives_the_line_and_a_document_with_pages_the_page_and_its_label():
    _, (cited,) = number_citations(Draft((Line("", (THIRD,)),)), documents_of(TEXT))
    assert (cited.line, cited.page, cited.page_label) == (3, None, "")
    pages = (Page(1, "iv", 0, 14), Page(2, "1", 14, len(TEXT)))
    found = number_citations(Draft((Line("", (FIRST, THIRD)),)), documents_of(TEXT, pages=pages))[1]
    assert [(c.line, c.page, c.page_label) for c in found] == [(None, 1, "iv"), (None, 2, "1")]
    assert cited.section == ("1. Zorg",)
    assert (cited.title, cited.municipality) == ("Het plan", "Grafveen")


def test_a_changed_document_is_not_cited():
    changed = documents_of(TEXT.replace("Tweede", "Vierde"))
    with pytest.raises(CitationError, match=r"Het plan.*python -m ingest"):
        number_citations(Draft((Line("", (SECOND,)),)), changed)


@pytest.mark.parametrize(("start", "end"), [(0, 14), (20, 99), (20, 20), (25, 20), (-3, 20)])
def test_a_quote_outside_its_passage_is_not_cited(start, end):
    quote = Quote(a_passage(TEXT, 14, 35), start, end)
    with pytest.raises(CitationError, match="Het plan"):
        number_citations(Draft((Line("", (quote,)),)), documents_of(TEXT))


def test_a_tampered_document_raises_in_the_whole_assistant(assistant):
    index, name = assistant.index, "elst-agenda"
    tampered = dict(index.documents)
    text = tampered[name].text.replace("€ 3,10", "€ 9,99")
    tampered[name] = dataclasses.replace(tampered[name], text=text)
    other = Assistant(_WithDocuments(index, tampered), shared_analyzer(), shared_embedder(),
                      load_phrases())  # fmt: skip
    with pytest.raises(CitationError, match="Sociale agenda Elst-Veenoord"):
        other.ask("Wat kost een rit met de deeltaxi?")


class _WithDocuments:
    """An index whose documents were changed after it was made."""

    def __init__(self, index, documents):
        self._index = index
        self.documents = documents

    def __getattr__(self, name):
        return getattr(self._index, name)


def test_the_other_places_of_a_quote_carry_its_number():
    quote = dataclasses.replace(FIRST, also=(SECOND, THIRD))
    text, (cited,) = number_citations(Draft((Line("", (quote,)),)), documents_of(TEXT))
    assert text == "„Eerste regel.” [1]"
    assert [(c.number, c.quote, c.line) for c in cited.also] == [
        (1, "Tweede regel is hier.", 2),
        (1, "Derde regel staat daar.", 3),
    ]


def test_the_value_asked_for_is_bold_and_overlapping_values_are_not_doubled():
    at = TEXT.index("regel", 14)
    quote = Quote(WHOLE, 14, 35, bold=((at, at + 5), (at + 2, at + 8), (14, 16), (0, 3)))
    assert show(quote) == "**Tw**eede **regel****is** hier."


def test_bars_part_the_cells_of_a_row_and_the_quote_stays_as_it_is():
    text = "Wonen\tMeer huizen\t€ 5"
    cells = (Cell(0, 5, "Thema"), Cell(6, 17, "Doel"), Cell(18, 21, "Bedrag"))
    row = Passage("d:0-21", "d", (), 0, 21, None, None, text, PassageKind.TABLE_ROW, cells=cells)
    quote = Quote(row, 0, 21, bold=((18, 21),))
    assert show(quote) == "Wonen \\| Meer huizen \\| **€ 5**"
    plain_row = dataclasses.replace(row, cells=())
    assert show(dataclasses.replace(quote, passage=plain_row)) == "Wonen Meer huizen **€ 5**"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("zie [3] en [12]", "zie (3) en (12)"),
        ("**dik** en *schuin*", "dik en schuin"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        (r"C:\map_een", r"C:\\map\_een"),
        ("a | b `c`", r"a \| b \`c\`"),
        ("[klik](http://kwaad.nl)", r"\[klik\](http://kwaad.nl)"),
        ("~~weg~~ &lt;b&gt; Pen & Papier", r"\~\~weg\~\~ \&lt;b\&gt; Pen & Papier"),
        ("over\n  twee\tregels", "over twee regels"),
        ("mantel-\nzorg", "mantel-zorg"),
        ("mantel\u00adzorg", "mantelzorg"),
        ("Sociaal-\nEconomisch", "Sociaal- Economisch"),
    ],
)
def test_source_text_is_harmless_and_stands_on_one_line(source, shown):
    assert plain(source) == shown


def test_quotes_that_follow_each_other_become_one():
    other = Quote(a_passage(TEXT, 0, 13, "brief"), 0, 13)
    merged = merge([THIRD, other, FIRST, SECOND])
    assert [(q.passage.document_id, q.start, q.end) for q in merged] == [
        ("brief", 0, 13),
        ("plan", 0, 59),
    ]
    assert [(q.start, q.end) for q in merge([THIRD, FIRST])] == [(0, 13), (36, 59)]


@pytest.mark.parametrize("inner", [(14, 35), (0, 35), (40, 59)])
def test_a_quote_within_another_does_not_shorten_it(inner):
    whole, within = Quote(WHOLE, 0, 59, bold=((0, 6),)), Quote(WHOLE, *inner, bold=(inner,))
    for quotes in ([whole, within], [within, whole]):
        [merged] = merge(quotes)
        assert (merged.start, merged.end) == (0, 59)
        assert set(merged.bold) == {(0, 6), inner}


def test_braces_in_a_quote_or_a_line_are_characters_as_any_other():
    text = "Vul {1} in. Klaar."
    passage = a_passage(text, 0, len(text))
    draft = Draft((Line("Punt {0}:", (Quote(passage, 0, 11), Quote(passage, 12, 18))),))
    shown, _ = number_citations(draft, documents_of(text))
    assert shown == "Punt {0}: „Vul {1} in.” [1] „Klaar.” [2]"


words = st.sampled_from(
    "de zorg [1] ** <b> \\ {0} {1} € mantelzorg\n é ‘ ” | _ # 3. -\n".split(" ") + ["\n", " ", "\t"]
)


@given(st.data())
def test_every_number_has_its_quote_for_random_spans(data):
    text = " ".join(data.draw(st.lists(words, min_size=3, max_size=30)))
    cut = data.draw(st.integers(1, len(text) - 1))
    passages = [a_passage(text, 0, cut), a_passage(text, cut, len(text))]
    lines = []
    for _ in range(data.draw(st.integers(1, 6))):
        quotes = []
        for _ in range(data.draw(st.integers(0, 3))):
            passage = data.draw(st.sampled_from(passages))
            start = data.draw(st.integers(passage.start, passage.end - 1))
            end = data.draw(st.integers(start + 1, passage.end))
            low = data.draw(st.integers(start, end))
            quotes.append(Quote(passage, start, end, bold=((low, end),)))
        lines.append(Line("-", tuple(quotes)))
    shown, citations = number_citations(Draft(tuple(lines)), documents_of(text))
    numbers = [int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", shown)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(citations) + 1))
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    assert all(c.quote == text[c.start : c.end] for c in citations)
    assert len({(c.start, c.end) for c in citations}) == len(citations)
    assert len([line for line in shown.split("\n") if line]) <= len(lines)


# A document's text in the assistant ------------------------------------------------------------


def test_a_pdf_is_cited_by_page_and_printed_label(assistant):
    answer = assistant.ask("Hoeveel procent van de reizigers is tevreden over de chauffeurs?")
    cited = next(c for c in answer.citations if "92%" in c.quote)
    assert cited.document_id == "duinbroek-evaluatie"
    assert (cited.page, cited.page_label, cited.line) == (2, "1", None)
    answer = assistant.ask("Wie heeft de evaluatie uitgevoerd?")
    cited = next(c for c in answer.citations if "Helder Zicht" in c.quote)
    assert (cited.page, cited.page_label) == (1, "i")


def test_a_text_is_cited_by_line_and_section(assistant):
    answer = assistant.ask("Wat kost een rit met de deeltaxi?")
    cited = next(c for c in answer.citations if "€ 3,10" in c.quote)
    lines = assistant.documents["elst-agenda"].text.split("\n")
    assert "€ 3,10" in lines[cited.line - 1]
    assert (cited.page, cited.page_label) == (None, "")
    assert cited.section == ("4. Vervoer",)


def test_layout_in_a_quote_is_harmless_but_the_citation_keeps_it(assistant):
    answer = assistant.ask("Wat noteert de computerhulp?")
    assert_proven(answer, assistant.documents)
    quoted = " ".join(c.quote for c in answer.citations)
    assert "**Muisarm** noteert [3] afspraken in C:\\hulp\\agenda_2023" in quoted
    assert "<script>alert('x')</script>" in quoted
    assert "noteert (3) afspraken" in answer.text
    assert not re.search(r"(?<!\\)[<>|]", answer.text)
    assert r"C:\\hulp\\agenda\_2023" in answer.text
    assert "**Muisarm**" not in answer.text


def test_layout_in_a_heading_is_harmless(assistant):
    answer = assistant.ask("Welke doelen gaan over internet?")
    assert "Iedere inwoner heeft internet thuis." in [c.quote for c in answer.citations]
    assert not re.search(r"(?<!\\)<b>", answer.text)
    assert_proven(answer, assistant.documents)


def test_layout_in_a_question_is_harmless(assistant):
    answer = assistant.ask("Wat is het verschil tussen <b>wijkbus</b> [8] en de deeltaxi?")
    assert not re.search(r"(?<!\\)<b>", answer.text)
    assert_proven(answer, assistant.documents)


NOUNS = "zorg gemeente mantelzorg inwoners kinderen budget vervoer doelen aanbeveling college raad"
VERBS = "helpt wil krijgt onderzoekt adviseert betaalt vergroot vermindert noemt"
ODD = ["[4]", "**", "<i>", "\\", "{0}", "€ 1.200", "12%", "2021", "\u00ad", "’", "…", "\ufb01", "é́"]
word = st.sampled_from((NOUNS + " " + VERBS).split()) | st.sampled_from(ODD)
sentence = st.lists(word, min_size=3, max_size=9).map(lambda ws: "De " + " ".join(ws) + ".")
block = st.one_of(
    st.lists(sentence, min_size=1, max_size=3).map(" ".join),
    st.tuples(st.integers(1, 9), word, word).map(lambda t: f"{t[0]}. {t[1].title()} {t[2]}"),
    st.lists(sentence, min_size=2, max_size=4).map(
        lambda items: "Doelen:\n\n" + "\n".join(f"- {item}" for item in items)
    ),
    st.lists(sentence, min_size=2, max_size=3).map(
        lambda items: "\n".join(f"{n}) {item}" for n, item in enumerate(items, 1))
    ),
)
document = st.lists(block, min_size=2, max_size=8).map("\n\n".join)
OPENINGS = ("Welke doelen gaan over ", "Hoeveel kost ", "Waarom ", "Wat is ", "Wat deed u met ")


@settings(max_examples=8, deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(
    texts=st.lists(document, min_size=2, max_size=2),
    data=st.data(),
)
def test_random_documents_are_answered_with_verbatim_quotes(tmp_path_factory, texts, data):
    folder = tmp_path_factory.mktemp("random")
    (folder / "corpus").mkdir()
    for number, text in enumerate(texts):
        (folder / "corpus" / f"doc{number}.txt").write_text(text, encoding="utf-8")
    kept = read_corpus(folder / "corpus", folder / "index")
    index = Index.open(kept, shared_embedder(), shared_analyzer())
    assistant = Assistant(index, shared_analyzer(), shared_embedder(), load_phrases())
    known = sorted({w for text in texts for w in text.split()})
    for opening in OPENINGS:
        chosen = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
        try:
            answer = assistant.ask(opening + " ".join(chosen) + "?")
        except QuestionError:
            continue
        for cited in answer.citations:
            for place in (cited, *cited.also):
                text = assistant.documents[place.document_id].text
                assert place.quote == text[place.start : place.end]
        assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    index.close()
