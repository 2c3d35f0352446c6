from itertools import pairwise
from pathlib import Path

import pytest

from ingest.documents import PassageKind, Reading
from ingest.structure import split_document
from ingest.tables import columns_of

CORPUS = Path(__file__).parent.parent / "corpus"

GOALS = """\
De doelstellingen zijn per thema als volgt:

Thema Doelstelling Meting

1. Wonen i. Er is voldoende woonruimte voor

alle inwoners

ii. Inwoners voelen zich verantwoordelijk

i. Wachttijd voor een woning neemt af

2. Leven / gezondheid en

veiligheid

i. Inwoners leven gezond

ii. Inwoners drinken minder

i. Afname overgewicht

ii. Afname alcoholgebruik
 iii. Inwoners voelen zich veilig

3. Vastgoed

Geen doelstellingen benoemd

4. Werken i. Er is werk

i. Toename banen

De agenda is op 8 oktober 2012 door de gemeenteraad van de gemeente vastgesteld, na een lang debat.
"""


def cells(text):
    _, passages = split_document(Reading(text), "d")
    rows = [passage for passage in passages if passage.kind is PassageKind.TABLE_ROW]
    return [
        (row.row, row.column, [" ".join(text[a:b].split()) for a, b in row.sentences])
        for row in rows
    ]


def test_cells_of_a_flattened_table_know_row_and_column():
    assert cells(GOALS) == [
        ("1. Wonen", "Doelstelling", [
            "i. Er is voldoende woonruimte voor alle inwoners",
            "ii. Inwoners voelen zich verantwoordelijk",
        ]),
        ("1. Wonen", "Meting", ["i. Wachttijd voor een woning neemt af"]),
        ("2. Leven / gezondheid en veiligheid", "Doelstelling", [
            "i. Inwoners leven gezond",
            "ii. Inwoners drinken minder",
        ]),
        ("2. Leven / gezondheid en veiligheid", "Meting", [
            "i. Afname overgewicht",
            "ii. Afname alcoholgebruik",
        ]),
        ("2. Leven / gezondheid en veiligheid", "Doelstelling", [
            "iii. Inwoners voelen zich veilig",
        ]),
        ("3. Vastgoed", "Doelstelling", ["Geen doelstellingen benoemd"]),
        ("4. Werken", "Doelstelling", ["i. Er is werk"]),
        ("4. Werken", "Meting", ["i. Toename banen"]),
    ]  # fmt: skip


def test_a_table_ends_at_prose_and_learns_what_introduces_it():
    _, passages = split_document(Reading(GOALS), "d")
    assert passages[-1].kind is PassageKind.PARAGRAPH
    assert passages[-1].text.startswith("De agenda is")
    assert {row.lead_in for row in passages[:-1]} == {"De doelstellingen zijn per thema als volgt:"}


def test_a_whole_sentence_before_a_table_stays_a_passage_of_its_own():
    sentence = "Anders dan in het vorige plan worden geen metingen benoemd."
    text = f"{sentence}\n\n{GOALS[GOALS.index('Thema Doelstelling') :]}"
    _, passages = split_document(Reading(text), "d")
    assert passages[0].text == sentence
    assert passages[0].kind is PassageKind.PARAGRAPH
    assert passages[1].kind is PassageKind.TABLE_ROW


def test_verdicts_keep_their_row_and_all_columns():
    text = (
        "Thema Doelstelling Oordeel 2017 Oordeel 2018\n\nLeven / toegang\n\n"
        " i. Inwoners weten de weg Goed Goed\n\n ii. Vragen snel opgepakt Neutraal Goed\n\n"
        "Knelpunten Bemoeizorg is nog onvoldoende\ngeregeld\n\nWerken\n\n i. Balans Goed Goed\n"
    )
    columns = "Doelstelling, Oordeel 2017, Oordeel 2018"
    assert cells(text) == [
        ("Leven / toegang", columns, [
            "i. Inwoners weten de weg Goed Goed",
            "ii. Vragen snel opgepakt Neutraal Goed",
        ]),
        ("Leven / toegang", "Knelpunten", ["Knelpunten Bemoeizorg is nog onvoldoende geregeld"]),
        ("Werken", columns, ["i. Balans Goed Goed"]),
    ]  # fmt: skip


def test_lines_parted_by_bars_or_tabs_are_rows():
    text = "Thema | Doel | Bedrag\nWonen | Meer huizen | € 5\nWerken | Meer banen | € 6"
    assert cells(text)[1:] == [
        ("Wonen", "Thema, Doel, Bedrag", ["Wonen", "Meer huizen", "€ 5"]),
        ("Werken", "Thema, Doel, Bedrag", ["Werken", "Meer banen", "€ 6"]),
    ]


def test_lines_that_end_in_figures_are_a_table_with_a_sentence_a_line():
    text = "Omschrijving 2026 2027\nBaten 1.250 € 1.300\nLasten -4.641 -4.591\nSaldo (3.391) 0,5%"
    assert cells(text) == [("", "Omschrijving 2026 2027", text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thema Doelstelling Meting", ("Thema", "Doelstelling", "Meting")),
        ("Thema | Doel | Monitor 2018", ("Thema", "Doel", "Monitor 2018")),
        ("Aspect Norm", ("Aspect", "Norm")),
        ("Doelen", ()),
        ("Thema en doelen", ()),
        ("De thema's zijn", ()),
    ],
)
def test_header_lines(text, expected):
    assert columns_of(text) == expected


def test_the_goals_of_a_real_evaluation_are_complete():
    text = (CORPUS / "kaag-en-braassem_2020_evaluatie-sturing-wmo.txt").read_text("utf-8")
    _, passages = split_document(Reading(text), "d")
    rows = [
        passage
        for passage in passages
        if passage.kind is PassageKind.TABLE_ROW
        and passage.section[-1].startswith("5.4 MAG 2.0")
        and passage.column == "Doelstelling"
    ]
    # The report itself says "dertig doelen"; its table lists 25 under eight themes.
    assert len({row.row for row in rows}) == 8
    assert [sum(len(r.sentences) for r in rows if r.row == name) for name in
            dict.fromkeys(r.row for r in rows)] == [3, 3, 4, 3, 3, 4, 3, 3]  # fmt: skip
    assert rows[-2].row == "7. Leven / Investeren in mensen"
    assert all(a.end <= b.start for a, b in pairwise(rows))
