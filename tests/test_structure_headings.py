import pytest

from ingest.documents import Reading
from ingest.lists import MarkerKind, marker_of, roman_numeral, roman_value
from ingest.structure import split_document

PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def paths(text):
    sections, _ = split_document(Reading(text), "d")
    return [section.path for section in sections]


def test_numbered_headings_nest_by_their_numbers():
    text = (
        f"1. Inleiding\n\n{PROSE}\n\n2. Kaders\n\n2.1 Visie\n\n{PROSE}\n\n2.1.1. Missie\n\n{PROSE}"
    )
    assert paths(text) == [
        ("1. Inleiding",),
        ("2. Kaders",),
        ("2. Kaders", "2.1 Visie"),
        ("2. Kaders", "2.1 Visie", "2.1.1 Missie"),
    ]


def test_words_such_as_hoofdstuk_and_artikel_nest():
    text = (
        f"Hoofdstuk 2: Kaders\n\nArtikel 5\n\n{PROSE}\n\nArtikel 6 Slotbepaling\n\n{PROSE}\n\n"
        f"Bijlage 3: overzicht van taken\n\n{PROSE}"
    )
    assert paths(text) == [
        ("Hoofdstuk 2: Kaders",),
        ("Hoofdstuk 2: Kaders", "Artikel 5"),
        ("Hoofdstuk 2: Kaders", "Artikel 6: Slotbepaling"),
        ("Bijlage 3: overzicht van taken",),
    ]


def test_a_heading_without_number_nests_under_the_last_number():
    text = f"3. Visie\n\n{PROSE}\n\nMissie\n\n{PROSE}\n\n4. Doelen\n\n{PROSE}"
    assert paths(text) == [("3. Visie",), ("3. Visie", "Missie"), ("4. Doelen",)]


def test_points_inside_a_chapter_are_no_chapters():
    text = (
        f"9. Conclusies\n\n9.2 Aanbevelingen\n\n{PROSE}\n\n1. Sturing door de raad\n\n{PROSE}\n\n"
        f"2. Samenwerking\n\n{PROSE}\n\n10. Nawoord\n\n{PROSE}"
    )
    assert paths(text)[2:] == [
        ("9. Conclusies", "9.2 Aanbevelingen", "1. Sturing door de raad"),
        ("9. Conclusies", "9.2 Aanbevelingen", "2. Samenwerking"),
        ("10. Nawoord",),
    ]


def test_a_numbered_list_is_no_row_of_headings():
    assert paths(f"Thema's\n\n1. Wonen\n\n2. Werken\n\n3. Leven\n\n{PROSE}") == [("Thema's",)]


def test_the_title_of_a_theme_may_stand_on_a_later_line():
    assert paths(f"Thema 1:\n\n'Kansrijk opgroeien'\n\n\n\n{PROSE}") == [
        ("Thema 1: 'Kansrijk opgroeien'",)
    ]


def test_a_heading_broken_over_two_lines_is_one():
    text = (
        "U vraagt zich af wat wij als gemeente gaan doen om dichter bij de uitvoering te zitten\n"
        "en te weten wat er gebeurt. Dat doen wij door meer in gesprek te gaan met al onze\n"
        "partners, ook met partners die geen contract hebben.\n\n"
        "Onvoldoende overzicht van de randvoorwaarden die voor de transitie benodigd\nZijn\n\n"
        "U mist een overzicht van de randvoorwaarden, zo geeft u in uw brief aan. Met de agenda\n"
        "beogen we geen nieuwe manier van werken.\n"
    )
    wanted = "Onvoldoende overzicht van de randvoorwaarden die voor de transitie benodigd Zijn"
    assert paths(text)[-1] == (wanted,)


def test_the_subject_of_a_letter_is_its_heading():
    text = (
        "Aan de raad\nPostbus 3\n\nOns kenmerk\n20.00582\nDatum\n11 maart 2020\n"
        f"Onderwerp\nReactie op de evaluatie\n\nGeachte leden van de raad,\n\n{PROSE}\n\n"
        f"Regie en visie\n\n{PROSE}"
    )
    assert paths(text) == [
        (),
        ("Reactie op de evaluatie",),
        ("Reactie op de evaluatie", "Regie en visie"),
    ]


def test_a_letter_after_a_report_begins_anew_and_ends_at_its_greeting():
    text = (
        f"9. Conclusies\n\n{PROSE}\n\nGeachte leden van de commissie,\n\n{PROSE}\n\n"
        f"1. Sturing\n\n{PROSE}\n\nMet vriendelijke groet,\n\nJ. Jansen, voorzitter\n\n"
        f"1. Nawoord\n\n{PROSE}"
    )
    assert paths(text) == [
        ("9. Conclusies",),
        ("Geachte leden van de commissie",),
        ("Geachte leden van de commissie", "1. Sturing"),
        ("1. Nawoord",),
    ]


@pytest.mark.parametrize("entry", ["{0}. Titel\t{0}", "{0}. Titel ....... {0}", "{0}. Titel {0}"])
def test_a_table_of_contents_gives_no_sections(entry):
    contents = "\n".join(entry.format(n) for n in range(1, 6))
    text = f"Inhoudsopgave\n\n{contents}\n\n1. Inleiding\n\n{PROSE}"
    sections, passages = split_document(Reading(text), "d")
    assert [section.heading for section in sections] == ["Inleiding"]
    assert [passage.text for passage in passages] == [f"1. Inleiding\n\n{PROSE}"]


def test_markdown_says_how_deep_a_heading_lies():
    text = f"# Nota\n\n{PROSE}\n\n## Doel\n\n{PROSE}\n\n# Bijlagen\n\n{PROSE}"
    assert paths(text) == [("Nota",), ("Nota", "Doel"), ("Bijlagen",)]


def test_questions_under_a_repeated_word_nest_below_it():
    text = "".join(
        f"Rol: {role}\n\n{PROSE}\n\nWaar zit de beslissingsmacht?\n\nBij de gemeente.\n\n"
        for role in ("opdrachtgever", "regisseur")
    )
    assert paths(text) == [
        ("Rol: opdrachtgever",),
        ("Rol: opdrachtgever", "Waar zit de beslissingsmacht?"),
        ("Rol: regisseur",),
        ("Rol: regisseur", "Waar zit de beslissingsmacht?"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("• Wonen", MarkerKind.BULLET, 0),
        ("- Wonen", MarkerKind.BULLET, 0),
        ("12. Wonen", MarkerKind.DIGIT, 12),
        ("3) Wonen", MarkerKind.DIGIT, 3),
        ("viii. Wonen", MarkerKind.ROMAN, 8),
        ("b. Wonen", MarkerKind.LETTER, 2),
    ],
)
def test_markers(text, kind, value):
    marker = marker_of(text)
    assert (marker.kind, marker.value, text[marker.length :]) == (kind, value, "Wonen")


@pytest.mark.parametrize("text", ["2012 was", "2.1 Titel", "3.677.000 euro", "*naast", "vx. a"])
def test_no_markers(text):
    assert marker_of(text) is None


def test_a_letter_that_may_be_a_numeral_goes_on_with_either():
    assert marker_of("i. x").follows(marker_of("h. x"))
    assert marker_of("v. x").follows(marker_of("iv. x"))
    assert not marker_of("v. x").follows(marker_of("ii. x"))


def test_roman_numerals_there_and_back():
    assert [roman_value(roman_numeral(n)) for n in range(1, 90)] == list(range(1, 90))
    assert roman_value("iiii") == roman_value("vx") == 0
