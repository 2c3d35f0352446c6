from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Page, PassageKind, Reading
from ingest.structure import split_document

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))
PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."
LONG = " ".join([PROSE] * 4)


def passages_of(text, pages=()):
    return split_document(Reading(text, pages), "d")[1]


def check(text, pages=()):
    """Everything that holds for any text; gives what no passage holds."""
    passages = passages_of(text, pages)
    for passage in passages:
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        assert passage.id == f"d:{passage.start}-{passage.end}"
        edges = [passage.start, *(edge for span in passage.sentences for edge in span), passage.end]
        assert edges == sorted(edges)
        assert all(start < end for start, end in passage.sentences)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    starts = [0, *(passage.end for passage in passages)]
    ends = [*(passage.start for passage in passages), len(text)]
    return "\n".join(text[a:b] for a, b in zip(starts, ends, strict=True)).split()


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_real_documents_are_held_but_for_page_numbers_and_contents(path):
    left = " ".join(check(path.read_text("utf-8")))
    assert left in ("", "22 45") or left.startswith("Inhoudsopgave 1. Inleiding 3")


def test_lines_broken_at_the_margin_are_one_paragraph():
    first = "De gemeente wil dat iedereen in\nde wijk mee kan doen aan sport, cultuur en werk."
    first = f"{first}\nDaarvoor is geld nodig, dat de raad vorig jaar in de begroting opnam."
    assert [passage.text for passage in passages_of(f"{first}\n\n{LONG}")] == [first, LONG]


def test_a_paragraph_with_an_empty_line_after_every_line_is_one():
    lines = [
        "De gemeente verwacht van inwoners dat zij steeds meer nagaan wat zij zelf kunnen",
        "doen om een vraagstuk op te lossen. Onderlinge samenwerking is daarbij nodig, want",
        "Nederland verandert en meer organisaties zoeken een oplossing voor dezelfde",
        "vraagstukken. Samenwerking wordt ook afgedwongen, omdat de gemeente voor ieder doel",
        "maar een plan wil ontvangen.",
        "Dat plan mag door een coalitie worden ingediend. Een partij is de hoofdverantwoorde-",
        "lijke en betrekt de andere partners bij het opstellen van het plan, van begin tot eind.",
    ]
    first, second = passages_of("\n\n".join(lines))
    assert first.text.endswith("wil ontvangen.")
    assert len(first.sentences) == 3
    assert second.text.startswith("Dat plan")


def test_a_list_of_short_items_is_one_passage_with_its_introduction():
    text = "Doelen:\n\n  1. Inwoners doen mee\n  2. Inwoners zijn gezond\n\n" + LONG
    first = passages_of(text)[0]
    assert (first.kind, first.lead_in) == (PassageKind.LIST, "Doelen:")
    assert first.text == "Doelen:\n\n  1. Inwoners doen mee\n  2. Inwoners zijn gezond"
    assert [text[a:b] for a, b in first.sentences] == [
        "1. Inwoners doen mee",
        "2. Inwoners zijn gezond",
    ]


def test_long_items_are_passages_with_the_same_introduction():
    text = f"Dit zijn de kaders:\n\n1. Kracht: {LONG}\n\n2. Inclusie: {LONG}\n"
    first, second = passages_of(text)
    assert first.lead_in == second.lead_in == "Dit zijn de kaders:"
    assert second.text.startswith("2. Inclusie")
    assert len(second.sentences) == 4


def test_a_list_without_introduction_has_the_heading_for_one():
    first = passages_of("Kort samengevat\n\n• de agenda is de kapstok\n• het werk volgt\n")[0]
    assert (first.section, first.lead_in) == (("Kort samengevat",), "Kort samengevat")


def test_an_explanation_belongs_to_its_item():
    text = (
        "De vragen zijn:\n\na. Wat wil de raad?\nHet gaat hier om de doelen van de raad.\n\n"
        "b. Wat doet het college?\nHet gaat hier om de uitvoering.\n"
    )
    [passage] = passages_of(text)
    assert [text[a:b].split("\n")[-1] for a, b in passage.sentences] == [
        "Het gaat hier om de doelen van de raad.",
        "Het gaat hier om de uitvoering.",
    ]


def test_a_list_goes_on_over_a_page_break():
    text = "Thema's:\n\n1. Wonen\n\n2. Werken\n 3. Leven\n\n4. Leren\n"
    [passage] = passages_of(text)
    assert len(passage.sentences) == 4


def test_footnotes_stand_apart_from_the_item_that_they_break():
    text = (
        f"De kaders zijn:\n\n1. Kracht: {LONG} Dat geeft een verlaagde\n\n"
        "³ Zie de nota van de gemeente.\n\n⁴ Zie ook bijlage 2.\n\n"
        f"draagkracht. {PROSE}\n\n2. Inclusie: {LONG}\n"
    )
    first, note, other, rest, last = passages_of(text)
    assert [note.kind, other.kind] == [PassageKind.FOOTNOTE] * 2
    assert rest.text.startswith("draagkracht")
    assert rest.kind is PassageKind.LIST
    assert {first.lead_in, rest.lead_in, last.lead_in} == {"De kaders zijn:"}


def test_a_heading_stands_in_the_passage_under_it_or_alone():
    heading, passage = passages_of(f"2. Kaders\n\n2.1 Visie\n\n{PROSE}")
    assert (heading.kind, heading.text) == (PassageKind.HEADING, "2. Kaders")
    assert passage.text == f"2.1 Visie\n\n{PROSE}"
    assert [passage.text[a - passage.start : b] for a, b in passage.sentences] != ["2.1 Visie"]
    assert passage.sentences == ((passage.end - len(PROSE), passage.end),)


def test_a_long_paragraph_is_cut_between_sentences():
    sentence = PROSE + " "
    pieces = passages_of(sentence * 40)
    assert all(500 <= len(piece.text) <= 900 for piece in pieces)
    assert sum(len(piece.sentences) for piece in pieces) == 40


def test_lone_page_numbers_are_left_out_but_years_are_headings():
    text = f"{PROSE}\n\n\n\n22\n \n\n{PROSE}\n\n2018\n{PROSE}\n"
    assert check(text) == ["22"]
    assert passages_of(text)[-1].section == ("2018",)


def test_pages_follow_from_offsets_and_running_lines_are_left_out():
    words = ("wonen", "werken", "leven")
    leaves = [
        f"Jaarverslag\nPagina {n} van 3\nDe gemeente kijkt naar {word} en naar wie hulp nodig had."
        for n, word in enumerate(words, start=1)
    ]
    starts = [sum(len(leaf) + 2 for leaf in leaves[:n]) for n in range(3)]
    pages = tuple(
        Page(n + 1, str(n + 1), start, start + len(leaf))
        for n, (start, leaf) in enumerate(zip(starts, leaves, strict=True))
    )
    text = "\n\n".join(leaves)
    passages = passages_of(text, pages)
    assert [(p.first_page, p.last_page) for p in passages] == [(1, 1), (2, 2), (3, 3)]
    running = " ".join(f"Jaarverslag Pagina {n} van 3" for n in (1, 2, 3))
    assert " ".join(check(text, pages)) == running


def test_a_sentence_over_a_page_break_is_in_one_passage_that_knows_both_pages():
    text = "Wij bieden hulp aan alle\n\ninwoners van de gemeente."
    pages = (Page(1, "1", 0, 24), Page(2, "2", 26, len(text)))
    [passage] = passages_of(text, pages)
    assert (passage.first_page, passage.last_page) == (1, 2)


def test_nothing_gives_nothing():
    assert split_document(Reading(" \n\n\f "), "d") == ((), ())


PIECES = st.sampled_from(
    ["1. ", "2. ", "i. ", "a. ", "• ", "- ", "Thema Doelstelling Meting", "1. Wonen", "\f", "\t"]
    + ["Geachte raad,", "Hoofdstuk 1 Kop", "2.1 Kaders", "Bijlage 1:", "\n", "\n\n", "\n \n"]
    + ["a | b | c", "Knelpunten", "Knelpunten x", "Onderwerp", "Datum", "Kenmerk", "¹ noot"]
    + ["1 https://x", "22", "2017", "Doelen:", "Inhoudsopgave", "6.2.1 Iets", "# Kop", " ", "?"]
    + ["Met vriendelijke groet", "Wat is dit?", "x" * 90, "De gemeente doet mee. ", "hulp\n"]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=50).map("".join)), st.integers(0, 60))
def test_any_text_is_held_by_passages_that_do_not_overlap(text, cut):
    check(text)
    half = min(cut, len(text))
    check(text, (Page(1, "1", 0, half), Page(2, "2", half, len(text))))


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abAB .,:?€(\n", min_size=1), max_size=30).map("".join))
def test_text_without_digits_is_held_whole(text):
    assert check(text) == []
