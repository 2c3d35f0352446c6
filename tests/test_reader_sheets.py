"""Excel and CSV: rows with their headers, values as they are shown."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font
from reader_parts import marks_of, passages_of, reading_of, zipped

from ingest.errors import ReadingError
from ingest.readers.shown import as_shown


def xlsx(fill):
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(*rows, name="Blad1"):
    def fill(book):
        book.active.title = name
        for row in rows:
            book.active.append(row)

    return reading_of(xlsx(fill), "a.xlsx")


def test_each_row_knows_its_headers_and_its_name():
    reading = read(
        ("Thema", "Doel", "Bedrag"), ("Wonen", "Meer huizen", 1200), ("Zorg", "Minder wachten", 3)
    )
    assert marks_of(reading)[1:] == [
        ("row", [("Wonen", "Thema"), ("Meer huizen", "Doel"), ("1200", "Bedrag")]),
        ("row", [("Zorg", "Thema"), ("Minder wachten", "Doel"), ("3", "Bedrag")]),
    ]
    assert [q.row for q in passages_of(reading)] == ["Wonen", "Zorg"]


def test_titles_above_a_table_are_text_and_several_tables_stand_apart():
    reading = read(
        ("Begroting 2026",), (), ("Programma", "Lasten"), ("Wonen", 5), (), ("Zorg", 7), (),
        ("Indicatoren",), ("Indicator", "Norm"), ("Wachttijd", "4 weken"), name="Cijfers",
    )  # fmt: skip
    assert marks_of(reading) == [
        ("heading", "Cijfers"),
        ("paragraph", "Begroting 2026"),
        ("row", [("Programma", ""), ("Lasten", "")]),
        ("row", [("Wonen", "Programma"), ("5", "Lasten")]),
        ("row", [("Zorg", "Programma"), ("7", "Lasten")]),
        ("paragraph", "Indicatoren"),
        ("row", [("Indicator", ""), ("Norm", "")]),
        ("row", [("Wachttijd", "Indicator"), ("4 weken", "Norm")]),
    ]


def test_merged_headers_bold_headers_and_hidden_parts():
    def fill(book):
        sheet = book.active
        sheet.append(("Wie", "Begroting", None, "geheim"))
        sheet.append((None, "Lasten", "Baten", "geheim"))
        sheet.append(("Jan", 3, 4, "geheim"))
        sheet.append(("Weg", 3, 4, "geheim"))
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[4].hidden = True
        bold = book.create_sheet("Vet")
        bold.append(("Straat", "Huizen"))
        for cell in bold[1]:
            cell.font = Font(bold=True)
        bold.append(("Dam", "veel"))
        book.create_sheet("Geheim").append(("a", "b"))
        book["Geheim"].sheet_state = "hidden"

    reading = reading_of(xlsx(fill), "a.xlsx")
    assert ("row", [("Jan", "Wie"), ("3", "Begroting Lasten"), ("4", "Begroting Baten")]) in (
        marks_of(reading)
    )
    assert marks_of(reading)[-1] == ("row", [("Dam", "Straat"), ("veel", "Huizen")])
    assert "geheim" not in reading.text.lower()
    assert "Weg" not in reading.text
    assert reading.notes == ("a.xlsx heeft verborgen werkbladen; niet gelezen: 'Geheim'.",)


def test_formulas_without_a_result_are_named():
    reading = read(("Soort", "Som"), ("Totaal", "=1+1"))
    [note] = reading.notes
    assert "In a.xlsx staan cellen met een formule zonder uitkomst (1)" in note


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234.5, '"€" #,##0.00', "€ 1.234,50"),
        (1235.75, "#,##0", "1.236"),
        (-12000, "#,##0", "-12.000"),
        (-5, "0;(0)", "(5)"),
        (0.049, "0.0%", "4,9%"),
        (0.5, "0%", "50%"),
        (3.14159, "General", "3,14159"),
        (2026, "General", "2026"),
        (4.0, "General", "4"),
        (7, '0 "jaar"', "7 jaar"),
        (5, "[$€-413] #,##0", "€ 5"),
        (True, "General", "WAAR"),
        (datetime.date(2024, 6, 5), "d mmmm yyyy", "5 juni 2024"),
        (datetime.datetime(2024, 6, 5, 9, 3), "mm-dd-yy", "5-6-2024"),
        (datetime.datetime(2024, 6, 5, 9, 3), "dd-mm-yyyy hh:mm", "05-06-2024 09:03"),
        (datetime.datetime(2024, 6, 5), "[$-413]dddd d mmm yy", "woensdag 5 jun 24"),
        (datetime.time(14, 5), "h:mm", "14:05"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (None, "General", ""),
        ("tekst", "@", "tekst"),
    ],
)
def test_values_are_written_as_excel_shows_them_here(value, form, shown):
    assert as_shown(value, form) == shown


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (xlsx(lambda book: None), "bevat geen ingevulde cellen"),
        (zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "is beschadigd"),
        (xlsx(lambda book: None)[:-100], "is beschadigd"),
    ],
)
def test_a_broken_workbook_is_refused(data, message):
    with pytest.raises(ReadingError, match=rf"a\.xlsx {message}"):
        reading_of(data, "a.xlsx")


def test_entities_in_a_sheet_are_refused():
    data = xlsx(lambda book: book.active.append(("a", "b")))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts[sheet]
    with pytest.raises(ReadingError, match=r"a\.xlsx bevat een opdracht"):
        reading_of(zipped(parts), "a.xlsx")


def test_a_sheet_that_says_it_is_huge_is_read_for_what_it_holds():
    def fill(book):
        book.active.append(("Soort", "Aantal"))
        book.active.append(("Huis", 3))
        book.active["XFD1048576"] = "ver weg"

    assert "Soort\tAantal\nHuis\t3" in reading_of(xlsx(fill), "a.xlsx").text


def separated(text, encoding="utf-8", name="a.csv"):
    return reading_of(text.encode(encoding), name)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_recognised(separator):
    rows = [("Naam", "Plaats", "Bedrag"), ("Jan", "Elst", "2"), ("Els", "Goor", "3")]
    reading = separated("\n".join(separator.join(row) for row in rows))
    assert marks_of(reading)[1] == (
        "row", [("Jan", "Naam"), ("Elst", "Plaats"), ("2", "Bedrag")],
    )  # fmt: skip


def test_decimal_commas_quotes_and_line_ends_inside_a_field():
    reading = separated('Naam;Bedrag;Toelichting\n"Café ""x""";1.234,50;"een\ntwee"\n', "cp1252")
    assert marks_of(reading)[1] == (
        "row", [('Café "x"', "Naam"), ("1.234,50", "Bedrag"), ("een twee", "Toelichting")],
    )  # fmt: skip
    assert reading.encoding == "cp1252"


def test_a_line_that_names_the_separator_is_no_row():
    assert separated("sep=|\nNaam|Bedrag\nJan|2\n").text == "Naam\tBedrag\nJan\t2"


def test_the_first_line_of_figures_is_no_header():
    reading = separated("Jan;5\nEls;7\n")
    assert [mark.header for mark in reading.marks] == [False, False]


def test_a_file_without_values_or_with_an_open_quote_is_named():
    with pytest.raises(ReadingError, match="bevat geen ingevulde velden"):
        separated(";;\n;;\n")
    assert '"Jan' not in separated('Naam;Plaats\n"Jan;Elst\n').text


def test_dates_below_a_row_of_names_make_it_a_header():
    reading = read(
        ("Datum", "Actie", "Klaar"),
        (datetime.date(2025, 3, 1), "Start wijkteam", True),
        (datetime.date(2025, 4, 1), "Evaluatie", False),
    )
    [_, first, _] = marks_of(reading)
    assert first[1] == [("2025-03-01", "Datum"), ("Start wijkteam", "Actie"), ("WAAR", "Klaar")]
