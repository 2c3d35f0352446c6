from fractions import Fraction

import pytest
from assistant_parts import shared_analyzer, shared_embedder

from assistant.checks.evidence import Facts, initials_in_full
from assistant.checks.exact import exchange_problem, name_problem, number_problem
from assistant.checks.lexis import lexis
from assistant.checks.meaning import Meaning
from assistant.checks.reasons import reason_problem
from assistant.checks.roles import role_problem
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
        ("In de eerste plaats telt dat.", "Vooral dat telt.", ""),
        ("De nulde lijn helpt.", "De 0e lijn helpt.", ""),
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


@pytest.mark.parametrize(
    ("text", "uniform"),
    [
        ("De huur is 600 euro per maand.", "De huur is 600 euro maandelijks."),
        ("Ieder half jaar komt er een verslag.", "tweemaal per jaar komt er een verslag."),
        ("Een (half)jaarlijks verslag.", "Een jaarlijks of tweemaal per jaar verslag."),
        ("Voor meisjes van twaalf jaar en ouder.", "Voor meisjes van vanaf twaalf jaar."),
        ("Een kind en zijn ouder.", "Een kind en zijn ouder."),
        ("In Bergen aan den Waal.", "In Bergen aan de Waal."),
        ("In Bergen a/d Waal.", "In Bergen aan de Waal."),
        ("Onder meer ouders.", "onder andere ouders."),
        ("B en W besluiten.", "college besluiten."),
        ("Het college van burgemeester en wethouders.", "Het college."),
        ("Dat is exclusief de kosten.", "Dat is zonder de kosten."),
        ("Dat is exclusief voor leden.", "Dat is exclusief voor leden."),
        ("Dat duurt een decennium.", "Dat duurt tien jaar."),
    ],
)
def test_what_is_written_in_several_ways_is_written_in_one(text, uniform):
    assert lexis().uniformly(text) == uniform


def test_a_colon_says_namelijk_and_gives_no_reason():
    evidence = "De punten (nieuw): a en b."
    assert reason_problem("Het telt drie punten, namelijk a en b.", evidence) == ""
    assert reason_problem("Het telt, omdat a en b er zijn.", evidence) == "omdat"


def test_initials_are_the_words_that_they_stand_for():
    text = "De Sociaal Maatschappelijke Agenda geldt vanaf 2021."
    full = "De Sociaal Maatschappelijke Agenda is er."
    assert initials_in_full("De SMA is er.", text) == full
    assert initials_in_full("De SMB is er.", text) == "De SMB is er."


@pytest.mark.parametrize(
    ("claim", "evidence", "wrong"),
    [
        ("In Nederland kost het meer.", "Landelijk kost het meer.", ""),
        ("In Nederland kost het meer.", "Hier kost het meer.", "Nederland"),
        ("Nederlanders betalen meer.", "In ons land kost het meer.", ""),
        ("Concreter wordt het later.", "Het wordt later uitgewerkt.", ""),
    ],
)
def test_names_that_follow_from_the_evidence(claim, evidence, wrong):
    assert name_problem(claim, evidence, NOTHING, {}) == wrong


@pytest.mark.parametrize(
    ("claim", "evidence", "wrong"),
    [
        ("Ambtenaren doen dat.", "De ambtelijke organisatie doet dat.", ""),
        ("Dat mag van de wet.", "Dat mag van de Jeugdwet.", ""),
        ("Zij werkt met stichting Waal.", "Zij werkt met Waal.", ""),
        ("Zij werkt met stichting Waal.", "Zij werkt met vereniging Waal.", "stichting"),
        ("Zij werkt met een stichting.", "Zij werkt met Waal.", "stichting"),
    ],
)
def test_who_is_named_by_what_they_are(claim, evidence, wrong):
    assert exchange_problem(claim, evidence, NOTHING) == wrong


def test_wij_is_who_wrote_it_and_a_name_does_something():
    claim = "De rekenkamer wil meer aandacht voor zorg."
    evidence = "Wij willen meer aandacht voor zorg."
    assert role_problem(claim, evidence, "college van Waal") == "rekenkamer"
    assert role_problem(claim, evidence, "rekenkamer") == ""
    claim = "Voor het plan heeft Berenschot ook leden van de raad gevraagd."
    assert (
        role_problem(claim, "Leden van de raad zijn gevraagd door Berenschot voor het plan.") == ""
    )


def test_the_plain_word_for_a_set_phrase_may_be_strange_and_the_phrase_not():
    meaning = Meaning(shared_analyzer(), shared_embedder())
    claim, evidence = "Wat goed is, verschilt per persoon.", ["Wat goed is, is voor ieder anders."]
    plain = meaning.overlap(claim, evidence, "")
    as_written = meaning.overlap(claim, evidence, "", plain=False)
    assert plain.strange == "individueel"
    assert as_written.strange != "individueel"
