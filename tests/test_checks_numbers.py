from fractions import Fraction

import pytest

from assistant.checks.evidence import Facts
from assistant.checks.exact import number_problem
from assistant.checks.values import Unit, folded, values_of

NOTHING = Facts("", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anderhalve ton", [(150_000, Unit.MONEY)]),
        ("tweeënhalf miljoen euro", [(2_500_000, Unit.MONEY)]),
        ("75 mille", [(75_000, Unit.MONEY)]),
        ("een miljoen", [(1_000_000, Unit.COUNT)]),
        ("een half miljoen euro", [(500_000, Unit.MONEY)]),
        ("84 en 85 procent", [(Fraction(84, 100), Unit.SHARE), (Fraction(85, 100), Unit.SHARE)]),
        ("10 tot 20 euro", [(10, Unit.MONEY), (20, Unit.MONEY)]),
        ("10 mensen en 20 euro", [(10, Unit.COUNT), (20, Unit.MONEY)]),
        ("in 2017 € 5", [(2017, Unit.YEAR), (5, Unit.MONEY)]),
    ],
)
def test_numbers_are_read_with_their_unit(text, expected):
    assert [(value.amount, value.unit) for value in values_of(folded(text))] == expected


@pytest.mark.parametrize(
    ("claim", "evidence", "wrong"),
    [
        # rounded
        ("Het kostte iets meer dan 1 miljoen euro.", "Het kostte € 1.059.000.", ""),
        ("Het kostte bijna een miljoen euro.", "Het kostte € 1.059.000.", "een miljoen"),
        # a part, a multiple, a difference, a sum
        ("De helft is voor clubs.", "Er is € 150.000, waarvan € 75.000 voor clubs.", ""),
        ("Een kwart is voor clubs.", "Er is € 150.000, waarvan € 75.000 voor clubs.", "kwart"),
        ("Hier is dat 9 procentpunt lager.", "Hier zegt 30% dat, elders 39%.", ""),
        ("Hier is dat 12 procentpunt lager.", "Hier zegt 30% dat, elders 39%.", "12"),
        ("Samen kostte dat 50 euro.", "Het eerste kostte € 20 en het tweede € 30.", ""),
        ("Samen kostte dat 60 euro.", "Het eerste kostte € 20 en het tweede € 30.", "60"),
        ("Dat kostte 50 euro.", "Het eerste kostte € 20 en het tweede € 30.", "50"),
        ("In acht jaar is het veranderd.", "Tussen 2012 en 2019 is het veranderd.", ""),
        ("In vier jaar is het veranderd.", "Tussen 2012 en 2019 is het veranderd.", "vier"),
        # counted in the claim itself
        ("Er zijn drie taken: zien, horen en zwijgen.", "Zij zien 2 wijken en horen.", ""),
        ("Er zijn vier taken: zien, horen en zwijgen.", "Zij zien 2 wijken en horen.", "vier"),
        # until and up to
        ("Dat gold tot en met 2016.", "Dat gold tot 2017.", ""),
        ("Dat gold tot en met 2018.", "Dat gold tot 2017.", "2018"),
        ("Dat geldt vanaf 2017.", "Dat geldt na 2016.", ""),
    ],
)
def test_a_number_may_follow_from_the_evidence(claim, evidence, wrong):
    assert number_problem(claim, evidence, NOTHING) == wrong
