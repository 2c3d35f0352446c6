"""What the format states goes before what the text looks like."""

import pytest

from ingest.documents import Cell, Document, Mark, MarkKind, PassageKind, Reading
from ingest.readers.blocks import Block, Table, TableCell, note, paragraph
from ingest.readers.writing import marked_text
from ingest.statements import find_statements
from ingest.structure import split_document

PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def heading(text, level):
    return Block(MarkKind.HEADING, text, level)


def item(text, level=1):
    return Block(MarkKind.ITEM, text, level)


def table(*rows, headers=1):
    made = [[TableCell(tuple(map(paragraph, cell.split("\n")))) for cell in row] for row in rows]
    return Table(made, headers)


def split(*blocks):
    text, marks = marked_text(blocks)
    sections, passages = split_document(Reading(text, marks=marks), "d")
    return text, sections, passages


def statements(*blocks, kind="agenda"):
    text, sections, passages = split(*blocks)
    document = Document("d", "d.docx", "Agenda", kind=kind)
    found = find_statements(document, text, sections, passages)
    assert all(text[s.start : s.end] == s.text for s in found)
    return [(str(s.kind), s.text, s.number, s.theme) for s in found]


def test_levels_nest_whatever_the_headings_say():
    _, sections, _ = split(
        heading("Samen leven", 1),
        heading("2.1 Wonen", 2),
        paragraph(PROSE),
        heading("Artikel 5 Begrippen", 3),
        paragraph(PROSE),
        heading("Werken", 2),
    )
    assert [(s.number, s.heading, len(s.path)) for s in sections] == [
        ("", "Samen leven", 1),
        ("2.1", "Wonen", 2),
        ("Artikel 5", "Begrippen", 3),
        ("", "Werken", 2),
    ]


def test_a_line_like_a_heading_is_text_where_the_format_says_so():
    _, sections, passages = split(
        heading("Doelen", 1), paragraph(PROSE), paragraph("3. Wonen"), paragraph(PROSE)
    )
    assert [s.heading for s in sections] == ["Doelen"]
    assert "3. Wonen" in "".join(p.text for p in passages)


def test_articles_and_letters_are_found_among_stated_headings():
    _, sections, _ = split(
        heading("Bijlage", 1),
        paragraph("Artikel 3"),
        paragraph(PROSE),
        paragraph("Geachte leden van de raad,"),
        paragraph(PROSE),
    )
    assert [s.path for s in sections] == [
        ("Bijlage",),
        ("Bijlage", "Artikel 3"),
        ("Geachte leden van de raad",),
    ]


@pytest.mark.parametrize("text", ["Inhoud", "12", "pagina 3 van 8", "Doelen ........ 4"])
def test_of_what_is_stated_nothing_is_left_out(text):
    whole, _, passages = split(paragraph(PROSE), *[paragraph(text)] * 3, paragraph(PROSE))
    assert "".join(p.text for p in passages).count(text) == 3 == whole.count(text)


def test_a_line_break_inside_a_paragraph_or_item_does_not_part_it():
    _, _, [first, second] = split(
        paragraph("De gemeente\nVoorbeeldstad helpt. " + " ".join([PROSE] * 3)),
        paragraph("Daarvoor is dit nodig:"),
        item("• een plan\nmet geld"),
        item("• mensen"),
    )
    assert first.kind is PassageKind.PARAGRAPH
    assert second.kind is PassageKind.LIST
    assert [second.cut(*span) for span in second.sentences] == ["• een plan\nmet geld", "• mensen"]


def test_an_enumeration_typed_by_hand_is_a_list_too():
    _, _, [passage] = split(paragraph("Wij doen dit:"), paragraph("- een"), paragraph("- twee"))
    assert (passage.kind, passage.lead_in) == (PassageKind.LIST, "Wij doen dit:")


def test_a_note_stands_apart_and_the_list_goes_on_after_it():
    _, _, passages = split(
        paragraph("De doelen zijn:"), item("1. Wonen"), note(1, "Zie ook de nota."), item("2. Werk")
    )
    assert [(p.kind, p.lead_in) for p in passages] == [
        (PassageKind.LIST, "De doelen zijn:"),
        (PassageKind.FOOTNOTE, ""),
        (PassageKind.LIST, "De doelen zijn:"),
    ]


def test_long_cells_are_passages_of_their_own_that_know_row_and_column():
    long = "\n".join([PROSE] * 10)
    _, _, passages = split(table(("Thema", "Doel", "Aanpak"), ("Wonen", long, long)))
    assert [(p.row, p.column) for p in passages] == [("Wonen", "Thema, Doel"), ("Wonen", "Aanpak")]
    assert all(p.kind is PassageKind.TABLE_ROW for p in passages)
    assert sum(len(p.sentences) for p in passages) == 21


def test_columns_say_what_the_cells_of_a_row_are():
    rows = table(
        ("Nr", "Doel", "Indicator", "Trekker"),
        ("1", "Inwoners leven gezond", "Percentage met overgewicht", "M. de Vries"),
        ("2", "Kinderen sporten\nOuderen ontmoeten elkaar", "Geen indicator benoemd", "Welzijn"),
    )
    assert statements(heading("Gezondheid", 1), rows) == [
        ("doel", "Inwoners leven gezond", "1", "Gezondheid"),
        ("indicator", "Percentage met overgewicht", "1", "1 Inwoners leven gezond"),
        ("doel", "Kinderen sporten", "2", "Gezondheid"),
        ("doel", "Ouderen ontmoeten elkaar", "2", "Gezondheid"),
    ]


def test_a_table_of_advice_holds_the_reaction_beside_it():
    rows = table(
        ("Aanbeveling", "Reactie college"),
        ("Maak een plan voor mantelzorg", "Het college neemt dit over"),
    )
    assert [(kind, text) for kind, text, _, _ in statements(rows)] == [
        ("aanbeveling", "Maak een plan voor mantelzorg"),
        ("reactie", "Het college neemt dit over"),
    ]


def test_where_no_column_says_it_the_heading_names_one_statement_a_row():
    rows = table(
        ("Thema", "Omschrijving", "Toelichting"),
        ("Wonen", "Er komen meer huizen voor starters bij", "Dat is nu te weinig voor iedereen"),
    )
    assert statements(heading("Doelen", 1), rows) == [
        ("doel", "Er komen meer huizen voor starters bij", "", "Wonen")
    ]


def rows_of(*rows, headers=0):
    text, marks = marked_text([table(*rows, headers=headers)])
    return [
        (mark.header, mark.row, [(text[c.start : c.end], c.column) for c in mark.cells])
        for mark in marks
        if mark.kind is MarkKind.ROW
    ]


def test_a_header_that_is_not_stated_is_told_from_its_words():
    rows = rows_of(("Doel", "Begroting 2025"), ("Meer huizen", "€ 5.000"))
    assert [header for header, _, _ in rows] == [True, False]
    assert rows[1][2] == [("Meer huizen", "Doel"), ("€ 5.000", "Begroting 2025")]


def test_a_header_is_told_from_the_figures_below_it():
    rows = rows_of(("Soort", "Kort", "Lang"), ("Lening", "12", "15"), ("Krediet", "3", "4"))
    assert [header for header, _, _ in rows] == [True, False, False]


def test_a_table_of_names_and_facts_has_no_header():
    rows = rows_of(("Looptijd", "vier jaar"), ("Budget", "€ 25.000 per jaar"))
    assert [(header, row) for header, row, _ in rows] == [(False, "Looptijd"), (False, "Budget")]


def test_the_head_of_a_letter_is_no_table_and_gives_its_subject():
    head = table(
        ("Datum", "5 juni 2024"), ("Ons kenmerk", "2024-12"), ("Onderwerp", "Uw advies over zorg"),
        headers=0,
    )  # fmt: skip
    text, _, passages = split(head, paragraph("Geacht college,"), paragraph(PROSE))
    assert text.startswith("Datum 5 juni 2024\n\nOns kenmerk 2024-12\n\nOnderwerp Uw advies")
    assert passages[-1].section == ("Uw advies over zorg",)


def test_a_subject_goes_on_below_where_white_space_follows():
    text = (
        "Ons kenmerk 2024-12\nDatum 5 juni 2024\nBetreft Stand van zaken van de aanpak\n"
        "Geldzorgen en schulden\n\n" + PROSE
    )
    _, passages = split_document(Reading(text), "d")
    assert passages[-1].section == ("Stand van zaken van de aanpak Geldzorgen en schulden",)
    _, passages = split_document(Reading(text.replace("\n\n", "\n")), "d")
    assert passages[-1].section == ("Stand van zaken van de aanpak",)


def test_a_row_of_one_cell_names_the_rows_under_it():
    rows = rows_of(
        ("Taak", "2024", "2025"), ("Programma 1", "", ""), ("Lasten", "1", "2"),
        ("Programma 2", "", ""), ("Lasten", "3", "4"), headers=1,
    )  # fmt: skip
    assert [row for _, row, _ in rows][2::2] == ["Programma 1 / Lasten", "Programma 2 / Lasten"]


def test_what_has_one_column_is_no_table():
    assert rows_of((PROSE,), ("Kader",)) == []


def test_lines_without_a_mark_are_guessed_beside_those_with_one():
    text = f"Doelen\n\n{PROSE}\n\n1. Wonen\n\n{PROSE}"
    marks = (Mark(MarkKind.HEADING, 0, 6, level=1),)
    sections, _ = split_document(Reading(text, marks=marks), "d")
    assert [s.path for s in sections] == [("Doelen",), ("1. Wonen",)]


def test_cells_survive_the_cut_of_a_long_row_only_whole():
    text, marks = marked_text([table(("Doel", "Wie"), ("Wonen. " * 400, "Jan"))])
    _, passages = split_document(Reading(text, marks=marks), "d")
    for passage in passages:
        assert all(isinstance(cell, Cell) for cell in passage.cells)
        assert all(passage.start <= c.start < c.end <= passage.end for c in passage.cells)
