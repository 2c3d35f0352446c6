import pytest
from reader_parts import marks_of, passages_of, reading_of

from ingest.errors import ReadingError

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Calibri;}}{\stylesheet{\s0 Normal;}"
    r"{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s5 toc 1;}}{\info{\title Nota Wonen}"
    r"{\author X}}{\header Kop van de bladzijde}"
)
PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def read(body):
    return reading_of((HEAD + body + "}").encode("latin-1"), "a.rtf")


def test_text_in_every_way_that_it_can_be_written():
    reading = read(
        r"caf\'e9 \u8364?\~25.000 \u55357?\u56832? \{haak\} a\_b c\-d\emdash e \lquote f\rquote"
        "\r\n \\uc2\\u233xxn\\line g\\tab h\\par"
    )
    assert reading.text == "café € 25.000 😀 {haak} a-b cd—e ‘f’ én\ng h"
    assert reading.title == "Nota Wonen"


def test_headings_lists_and_bold_type():
    reading = read(
        r"\pard\s1 Doelen\par\pard\s2 Wonen\par\pard\plain " + PROSE + r"\par"
        r"{\listtext\pard\plain 1.\tab}\pard\ls1\ilvl0 Een punt\par"
        r"{\listtext\pard\plain\'b7\tab}\pard\ls2\ilvl1 Een stip\par"
        r"\pard\s5 Doelen 4\par\pard\plain\b Vet\b0\par"
        r"\pard\outlinelevel1 Slot\par\pard " + PROSE + r"\par"
    )
    assert marks_of(reading) == [
        ("heading", "Doelen"),
        ("heading", "Wonen"),
        ("paragraph", PROSE),
        ("item", "1. Een punt"),
        ("item", "• Een stip"),
        ("paragraph", "Vet"),
        ("heading", "Slot"),
        ("paragraph", PROSE),
    ]
    assert [mark.level for mark in reading.marks] == [1, 2, 0, 1, 2, 0, 2, 0]
    assert passages_of(reading)[-1].section == ("Doelen", "Slot")


def test_what_is_no_text_of_the_document_is_left_out():
    reading = read(
        r"Zicht{\deleted weg}{\v verborgen}baar {\field{\*\fldinst HYPERLINK x}{\fldrslt hier}}"
        r"{\pict\pngblip 0102}{\object\objemb{\*\objdata 0105}{\result iets}}"
        r"{\*\annotation Opmerking}{\*\onbekend tekst}{\footer Voet}\bin3 {{{.\par"
    )
    assert reading.text == "Zichtbaar hier."


def test_notes_and_text_boxes_stand_after_their_paragraph():
    reading = read(
        r"De gemeente helpt.{\footnote\pard\plain {\super\chftn} Zie de nota.}"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In een kader\par}}{\shprslt In een kader}}"
        r"\par Verder.\par"
    )
    assert marks_of(reading) == [
        ("paragraph", "De gemeente helpt."),
        ("footnote", "¹ Zie de nota."),
        ("paragraph", "In een kader"),
        ("paragraph", "Verder."),
    ]


def test_rows_know_their_headers_and_merged_names():
    reading = read(
        r"\trowd\trhdr\cellx1\cellx2\pard\intbl Thema\cell Doel\cell\row"
        r"\trowd\clvmgf\cellx1\cellx2\pard\intbl Wonen\cell Meer huizen\par en banen\cell\row"
        r"\trowd\clvmrg\cellx1\cellx2\pard\intbl\cell Betaalbaar\cell\row\pard Slot\par"
    )
    assert marks_of(reading) == [
        ("row", [("Thema", ""), ("Doel", "")]),
        ("row", [("Wonen", "Thema"), ("Meer huizen\nen banen", "Doel")]),
        ("row", [("Betaalbaar", "Doel")]),
        ("paragraph", "Slot"),
    ]
    assert [mark.row for mark in reading.marks] == ["", "Wonen", "Wonen", ""]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{\\rtf1}", "bevat geen tekst"),
        (b"{\\rtf1 a}}}", "is beschadigd"),
        (b"\1\2{\\rtf1", "is geen RTF-bestand"),
        (b"{\\rtf1" + b"{" * 6000, "is beschadigd"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_by_name(data, message):
    with pytest.raises(ReadingError, match=rf"a\.rtf {message}"):
        reading_of(data, "a.rtf")


def test_a_truncated_file_gives_what_it_holds():
    assert reading_of(HEAD.encode() + b" Halve zin", "a.rtf").text == "Halve zin"
