import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Bijv. Kaag en Braassem doet mee.",
        "Dat geldt o.a. Voor de Wmo en art. 2.6.5 van die wet.",
        "De burgemeester, mr. K.M. van der Velde-Menting, en dhr. De Vries tekenen.",
        "Op 8 mei jl. hebben wij het rapport ontvangen.",
        "Het budget is € 3.677.000 en 10,15% daarvan.",
        "Dit gaat vooral over GO! voor jeugd.",
        "Zie www.waarstaatjegemeente.nl voor de cijfers.",
        "iv. Inwoners hebben een voldoende sociaal netwerk",
        "12. Wonen en leefomgeving",
        "Er is een wijkteam (o.l.v. Participe) in de kern.",
        "Volgens de Wet van 12 december 1996 (Stb. 1996, nr. 623) mag dat.",
    ],
)
def test_one_sentence_stays_whole(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat is zo. Daarna niet.", ["Dat is zo.", "Daarna niet."]),
        ("Dat deden wij in 2015. Daarna niet.", ["Dat deden wij in 2015.", "Daarna niet."]),
        ("Kerken, scholen etc. De rest niet.", ["Kerken, scholen etc.", "De rest niet."]),
        ("Dat kan.¹² Dan wel.", ["Dat kan.¹²", "Dan wel."]),
        ("Dat kan elders.12 We gaan door.", ["Dat kan elders.12", "We gaan door."]),
        ("‘Dat kan.’ Zei hij.", ["‘Dat kan.’", "Zei hij."]),
        ("Voor hen is dat de MAG 2.0. Daarna komt 3.0.",
         ["Voor hen is dat de MAG 2.0.", "Daarna komt 3.0."]),
        ("Kan dat? Ja! Natuurlijk…", ["Kan dat?", "Ja!", "Natuurlijk…"]),
        ("Wij lichten toe. .", ["Wij lichten toe. ."]),
        ("Het loopt\ndoor. En dan\nniet.", ["Het loopt\ndoor.", "En dan\nniet."]),
        ("Doelen\n• Wonen\n• Werken", ["Doelen", "• Wonen", "• Werken"]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


def test_offsets_count_in_the_whole_text():
    text = "Niet dit. Wel dit. Niet meer."
    assert sentence_spans(text, 10, 18) == ((10, 18),)
    assert sentence_spans(text, 10, 10_000)[-1] == (19, len(text))


@settings(deadline=None)
@given(st.text(alphabet="ab.A !?1€\n”•", max_size=80), st.integers(0, 20), st.integers(0, 100))
def test_spans_are_trimmed_ordered_and_hold_everything(text, start, end):
    spans = sentence_spans(text, start, end)
    held = "".join(text[a:b] for a, b in spans)
    assert [*held.replace(" ", "").replace("\n", "")] == [
        c for c in text[start:end] if not c.isspace()
    ]
    for begin, stop in spans:
        assert start <= begin < stop <= min(end, len(text))
        assert text[begin:stop] == text[begin:stop].strip()
    assert list(spans) == sorted(spans)
