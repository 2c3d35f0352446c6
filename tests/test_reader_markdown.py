import pytest
from reader_parts import marks_of, passages_of, reading_of

from ingest.errors import ReadingError

PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def read(text):
    return reading_of(text.encode(), "a.md")


def test_every_line_stays_on_its_line_without_its_layout():
    source = (
        "# Doelen *nu*\n\nTekst met [een link](http://x.nl) en\n**vet**, `code` en ~~weg~~<br>.\n\n"
        "1. een\n   vervolg\n\n   alinea\n2. twee\n   - sub\n\n> citaat\n\n```\ncode\n```\n\n"
        "Slot\n====\n\n##Zonder spatie\n"
    )
    reading = read(source)
    assert reading.text.split("\n")[:24] == [
        "Doelen nu", "", "Tekst met een link en", "vet, code en .", "", "1. een", "vervolg", "",
        "alinea", "2. twee", "- sub", "", "citaat", "", "", "code", "", "", "Slot", "", "",
        "Zonder spatie", "", "",
    ]  # fmt: skip
    assert marks_of(reading) == [
        ("heading", "Doelen nu"),
        ("paragraph", "Tekst met een link en\nvet, code en ."),
        ("item", "1. een\nvervolg\n\nalinea"),
        ("item", "2. twee"),
        ("item", "- sub"),
        ("paragraph", "citaat"),
        ("paragraph", "code"),
        ("heading", "Slot"),
        ("heading", "Zonder spatie"),
    ]
    assert [mark.level for mark in reading.marks if str(mark.kind) == "heading"] == [1, 1, 2]


def test_tables_have_rows_with_headers():
    reading = read(
        "Doelen:\n\n| Thema | Doel |\n|---|:--|\n| Wonen | Meer \\| huizen |\n| Zorg | |\n"
    )
    assert marks_of(reading)[1:] == [
        ("row", [("Thema", ""), ("Doel", "")]),
        ("row", [("Wonen", "Thema"), ("Meer | huizen", "Doel")]),
        ("row", [("Zorg", "Thema")]),
    ]
    assert reading.text.split("\n")[4] == "Wonen\tMeer | huizen"


def test_notes_front_matter_and_html_are_taken_for_what_they_are():
    reading = read(
        '---\ntitle: "Nota Wonen"\ntags: x\n---\n<meta charset="utf-8"/>\n\n'
        "Een zin[^1] over m<sup>2</sup>.\n\n<script>alert(1)</script>\n\n"
        "<div>Uit <b>HTML</b></div>\n\n[^1]: Zie de nota.\n"
    )
    assert reading.title == "Nota Wonen"
    assert marks_of(reading) == [
        ("paragraph", "Een zin over m2."),
        ("paragraph", "Uit HTML"),
        ("footnote", "¹ Zie de nota."),
    ]
    assert reading.text.split("\n")[6] == "Een zin over m2."


def test_chapters_and_articles_on_one_level_nest_by_their_words():
    reading = read(
        f"### Hoofdstuk I\n\n#### Algemeen\n\n### Artikel 1\n\n{PROSE}\n\n"
        f"### Hoofdstuk II\n\n### Artikel 2\n\n{PROSE}\n"
    )
    assert [q.section for q in passages_of(reading)][1::2] == [
        ("Hoofdstuk I: Algemeen", "Artikel 1"),
        ("Hoofdstuk II", "Artikel 2"),
    ]


def test_a_file_without_text_is_refused():
    with pytest.raises(ReadingError, match=r"a\.md bevat geen tekst, alleen opmaak"):
        read("---\n\n---\n\n***\n")


def test_other_character_sets_are_recognised():
    assert reading_of("# Café".encode("cp1252"), "a.md").encoding == "cp1252"


def test_deep_nesting_ends():
    assert "Diep" in read(">" * 60 + " Diep\n").text
    assert read("Ervoor\n\n" + ">" * 5000 + " Te diep\n\nErna").text.split() == ["Ervoor", "Erna"]
    deep = "".join("  " * n + f"- punt {n}\n" for n in range(300))
    assert "punt 40" in read(deep).text
