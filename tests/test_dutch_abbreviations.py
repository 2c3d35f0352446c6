import time

import pytest

from ingest.dutch.abbreviations import learn

HANGS = 30  # seconds: a guard against time that explodes with length, not a measure of speed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De Wet langdurige zorg (Wlz) geldt.", {"Wlz": "Wet langdurige zorg"}),
        ("WLZ: Wet langdurige zorg.", {"WLZ": "Wet langdurige zorg"}),
        ("(Wlz) Wet langdurige zorg is er ook.", {"Wlz": "Wet langdurige zorg"}),
        ("Wlz (Wet langdurige zorg)", {"Wlz": "Wet langdurige zorg"}),
        ("Kiest u Zorg in Natura (ZIN)?", {"ZIN": "Zorg in Natura"}),
        ("een persoonsgebonden budget (pgb)", {"pgb": "persoonsgebonden budget"}),
        ("de jeugdgezondheidszorg (hierna: JGZ)", {"JGZ": "jeugdgezondheidszorg"}),
        ("Centrum voor Jeugd en Gezin (CJG)", {"CJG": "Centrum voor Jeugd en Gezin"}),
        ("Wlz    Wet langdurige zorg", {"Wlz": "Wet langdurige zorg"}),
        ("Wet langdurige\nzorg (Wlz)", {"Wlz": "Wet langdurige zorg"}),
        (
            "de Wet maatschappelijke ondersteuning (Wmo 2015)",
            {"Wmo": "Wet maatschappelijke ondersteuning"},
        ),
        (
            "Kritische Prestatie Indicatoren (KPI’s)",
            {"KPI": "Kritische Prestatie Indicatoren"},
        ),
    ],
)
def test_explanations_are_learnt(text, expected):
    assert learn(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mensen (met een beperking) doen mee",
        "zorg (zie ook bijlage 2)",
        "de inwoners (in)",
        "een veilige omgeving (Utrecht)",
        "De raad besluit (2015).",
        "Dat is fijn. Zorg (WLZ)",
        "NB: dit is een ander verhaal",
        "",
    ],
)
def test_other_brackets_are_not_taken(text):
    assert learn(text) == {}


def test_the_first_explanation_counts():
    text = "Wet langdurige zorg (Wlz). Later: Wet lange zinnen (Wlz)."
    assert learn(text) == {"Wlz": "Wet langdurige zorg"}


@pytest.mark.parametrize(
    "text",
    [
        "aa a a a a a a a a a a a a a a (aaaaaaaaaa) " * 2_000,
        "(" * 50_000,
        "(hierna " + " " * 50_000,
        "AB" + " " * 50_000,
        "AB" + "\t" * 50_000 + "\n" * 50_000,
        ("Wet " * 50 + "(WWWWWWWWW) ") * 500,
    ],
)
def test_a_strange_text_does_not_hang(text):
    started = time.perf_counter()
    learn(text)
    assert time.perf_counter() - started < HANGS
