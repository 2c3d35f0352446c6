from fractions import Fraction

import pytest
from assistant_parts import prepared, shared_analyzer, shared_embedder

from assistant.checks.check import Checker, Problem
from assistant.checks.evidence import Facts, Proof
from assistant.checks.exact import (
    address_problem,
    exchange_problem,
    name_problem,
    number_problem,
    quotation_problem,
)
from assistant.checks.lexis import lexis, stems
from assistant.checks.polarity import polarity_problem
from assistant.checks.things import things_in
from assistant.checks.values import Date, Unit, dates_of, folded, values_of

NOTHING = Facts("", "")


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("€ 3.677.000", 3677000, Unit.MONEY),
        ("3,7 miljoen euro", 3700000, Unit.MONEY),
        ("€ 25", 25, Unit.MONEY),
        ("9%", Fraction(9, 100), Unit.SHARE),
        ("negen procent", Fraction(9, 100), Unit.SHARE),
        ("1/3", Fraction(1, 3), Unit.SHARE),
        ("een derde", Fraction(1, 3), Unit.SHARE),
        ("de helft", Fraction(1, 2), Unit.SHARE),
        ("vijfentwintig", 25, Unit.COUNT),
        ("zestien", 16, Unit.COUNT),
        ("tweehonderd", 200, Unit.COUNT),
        ("de derde", 3, Unit.COUNT),
        ("3e", 3, Unit.COUNT),
        ("2023", 2023, Unit.YEAR),
    ],
)
def test_numbers_are_read_by_their_value(text, amount, unit):
    [value] = values_of(folded(text))
    assert (value.amount, value.unit) == (amount, unit)


def test_an_article_is_no_number_and_a_version_no_whole_one():
    assert values_of(folded("een plan")) == []
    [version], [whole] = values_of("2.0"), values_of("2")
    assert not version.same(whole)


def test_dates_are_read_as_far_as_they_go():
    assert dates_of(folded("11 oktober 2022")) == [Date("oktober", 11, 2022)]
    assert dates_of(folded("11-10-2022")) == [Date("oktober", 11, 2022)]
    assert dates_of(folded("het voorjaar van 2022")) == [Date("voorjaar", 0, 2022)]
    assert Date("oktober", 0, 2022).within(Date("oktober", 11, 2022))
    assert not Date("oktober", 12, 2022).within(Date("oktober", 11, 2022))


@pytest.mark.parametrize(
    ("claim", "evidence", "wrong"),
    [
        ("Er is € 650.000 uitgegeven.", "Er is € 650.000 uitgegeven.", ""),
        ("Er is 650.000 euro uitgegeven.", "Er is € 650.000 uitgegeven.", ""),
        ("Er is € 560.000 uitgegeven.", "Er is € 650.000 uitgegeven.", "560.000"),
        ("Er is € 650 uitgegeven.", "Er is € 650.000 uitgegeven.", "650"),
        ("Negen procent is tevreden.", "9% is tevreden.", ""),
        ("9 mensen zijn tevreden.", "9% is tevreden.", "9"),
        ("Er zijn zes wijken.", "Er zijn zes wijken en drie dorpen.", ""),
        (
            "Er zijn drie wijken.",
            "Er zijn zes wijken. Over het nieuwe plan zijn er dit jaar al drie avonden geweest.",
            "drie",
        ),
        ("Dat is in mei 2019 besloten.", "Dat is op 3 mei 2019 besloten.", ""),
        ("Dat is in juni 2019 besloten.", "Dat is op 3 mei 2019 besloten.", "juni 2019"),
    ],
)
def test_numbers_and_dates_must_be_in_the_evidence(claim, evidence, wrong):
    assert number_problem(claim, evidence, NOTHING) == wrong


def test_the_year_of_the_source_may_be_named():
    facts = Facts("gemeente Waal\n2021", "")
    assert number_problem("In 2021 wil Waal groeien.", "Wij willen groeien.", facts) == ""
    assert name_problem("In 2021 wil Waal groeien.", "Wij willen groeien.", facts, {}) == ""
    assert name_problem("Elst wil groeien.", "Wij willen groeien.", facts, {}) == "Elst"


def test_an_abbreviation_stands_for_its_full_form():
    full = {"MAG": "Maatschappelijke Agenda"}
    evidence = "De Maatschappelijke Agenda is nieuw."
    assert name_problem("De MAG is nieuw.", evidence, NOTHING, full) == ""
    assert name_problem("De MAG is nieuw.", evidence, NOTHING, {}) == "MAG"


def test_a_name_of_a_heading_does_not_replace_one_of_the_evidence():
    facts = Facts("", "Sociaal Loket en Sociaal Team")
    evidence = "Het Sociaal Team helpt inwoners."
    assert name_problem("Het Sociaal Loket helpt inwoners.", evidence, facts, {}) == "Loket"
    assert name_problem("Het Sociaal Loket helpt inwoners.", "Het helpt inwoners.", facts, {}) == ""


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("De raad stelt de kaders vast.", ""),
        ("De gemeenteraad stelt de kaders vast.", ""),
        ("Het college stelt de kaders vast.", "college"),
    ],
)
def test_one_body_is_not_another(claim, wrong):
    assert exchange_problem(claim, "De gemeenteraad stelt de kaders vast.", NOTHING) == wrong


@pytest.mark.parametrize("address", ["https://kwaad.example/x", "www.kwaad.nl", "a@kwaad.nl"])
def test_addresses_must_be_in_the_evidence(address):
    assert address_problem(f"Zie {address} voor meer.", "Zie de website.")
    assert not address_problem(f"Zie {address} voor meer.", f"Zie {address}.")


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        ("Het plan is vastgesteld.", "Het plan is niet vastgesteld.", True),
        ("Het plan is niet vastgesteld.", "Het plan is vastgesteld.", True),
        ("Het plan is nooit vastgesteld.", "Het plan is niet vastgesteld.", False),
        ("Het plan is alleen voor ouderen.", "Het plan is niet alleen voor ouderen.", True),
        ("Het plan is er ook voor jongeren.", "Het is niet alleen voor ouderen.", False),
        ("Het aantal klachten daalt.", "Het aantal klachten stijgt.", True),
        ("Het is lastig te meten.", "Het is niet eenvoudig te meten.", False),
        ("Het is eenvoudig te meten.", "Het is niet eenvoudig te meten.", True),
        (
            "Wij kijken naar formele grenzen en niet naar de inhoud.",
            "Wij kijken naar de inhoud en niet naar formele grenzen.",
            True,
        ),
        ("Het document was onduidelijk.", "Het document was niet duidelijk.", False),
        ("Het college neemt het plan niet over.", "Het plan nemen wij over.", True),
        ("Het college wijst het plan af.", "Het college overneemt het plan.", True),
        ("De gemeente haalt haar doelen nauwelijks.", "De doelen worden ruim gehaald.", True),
        ("De regels zijn steeds helder.", "De regels zijn niet altijd duidelijk.", True),
        ("Bussen vallen buiten de regeling.", "Bussen zijn onderdeel van de regeling.", True),
        ("Wij kiezen voor een boete op fietsen.", "Wij zien af van een boete op fietsen.", True),
        ("Er zijn te weinig bussen.", "Er is een tekort aan bussen.", False),
        ("Het lukt nauwelijks.", "Het lukt vrijwel niet.", False),
        ("Als dat niet lukt, bellen zij.", "Lukt dat niet, dan bellen zij.", False),
        ("Het college herkent zich niet.", "Het college herkent zich niet in het beeld.", False),
        ("Bezien wordt wat wel en niet kan.", "Wij onderzoeken wat kan.", False),
        ("De wethouder vroeg om de bus.", "De bus was te laat.", False),
    ],
)
def test_yes_is_not_no(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


def test_things_are_told_from_verbs_and_adjectives():
    assert things_in("De gemeente betaalt een boete aan de nieuwe vereniging.") == {
        "gemeente",
        "boete",
        "vereniging",
    }
    assert things_in("Het is belangrijk dat zij op tijd koppelt.") == set()


@pytest.fixture(scope="module")
def proof_of(tmp_path_factory):
    assistant = prepared(tmp_path_factory)[0]

    def find(text):
        for document in assistant.documents.values():
            for passage in document.passages:
                for start, end in passage.sentences:
                    if text in " ".join(passage.cut(start, end).split()):
                        return Proof(passage, start, end), assistant.documents
        raise AssertionError(text)

    return find


@pytest.fixture(scope="module")
def checker():
    return Checker(shared_analyzer(), shared_embedder())


def test_a_sentence_without_proof_fails(checker):
    assert checker.check("Dat is zo.", [], {}).problem is Problem.NO_CITATION


def test_a_sentence_is_proven_by_the_sentences_that_it_rests_on(checker, proof_of):
    proof, documents = proof_of("De wijkbus rijdt van maandag")
    whole = Proof(proof.passage, proof.passage.start, proof.passage.end)
    first, *_ = whole.sentences()
    text = proof.passage.cut(*first)
    verdict = checker.check(text, [whole], documents)
    assert verdict.ok
    assert verdict.proofs[0].start == first[0]
    assert all(p.text in documents[p.passage.document_id].text for p in verdict.proofs)


@pytest.mark.parametrize("said", ["Ja.", "Nee.", "Dat klopt."])
def test_what_says_nothing_cannot_be_proven(checker, proof_of, said):
    proof, documents = proof_of("De wijkbus rijdt van maandag")
    assert checker.check(said, [proof], documents).problem is Problem.MEANING


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Het college zegt „de bus blijft rijden”.", ""),
        ("Het college zegt „De bus   blijft rijden”.", ""),
        (
            "Het college zegt „de bus blijft voor altijd rijden”.",
            "de bus blijft voor altijd rijden",
        ),
        ('Het college zegt "wij houden van bussen".', "wij houden van bussen"),
        ("De „deeltaxi” rijdt ook.", ""),
    ],
)
def test_what_stands_between_quotation_marks_must_be_literal(claim, wrong):
    assert quotation_problem(claim, "Het college zegt dat de bus blijft rijden.") == wrong


def test_the_elderly_are_no_parents_and_a_year_is_not_each_year():
    same = lexis().same
    assert "ouder" not in same.get("senior", frozenset())
    assert "jar" not in same.get("jaarlijk", frozenset())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aanpakken", "oplossen"),
        ("behandelen", "afhandelen"),
        ("doelmatig", "doeltreffend"),
        ("meedenken", "deelnemen"),
        ("voorkeur", "keuze"),
        ("aanbesteden", "uitbesteden"),
        ("speciaal", "bijzonder"),
        ("vrijstelling", "ontheffing"),
        ("betrokkene", "belanghebbende"),
        ("oprichter", "initiatiefnemer"),
        ("huishouden", "gezin"),
        ("bijstand", "ondersteuning"),
        ("voorkomen", "optreden"),
        ("vaak", "beroep"),
        ("tablet", "medicijn"),
        ("buurt", "wijk"),
    ],
)
def test_what_is_weaker_or_only_related_is_not_the_same(one, other):
    assert not stems(one) & lexis().same.get(*stems(other), frozenset())
    assert not stems(one) & lexis().kinds.get(*stems(other), frozenset())


@pytest.mark.parametrize(
    "literal",
    [
        "Zij zijn er voor elkaar.",
        "Zij spreekt het hoofd van de afdeling.",
        "Er zitten stoffen in de lucht.",
        "Het huis staat in de kern Zuid.",
        "Zij is eigenaar van de grond.",
        "Hij is tegen zijn zin verhuisd.",
        "Hij koopt het voor zijn gezin.",
        "Het speelt in het leven van kinderen.",
        "Het is centraal geregeld.",
        "Zij leunt op hem om niet te vallen.",
        "Het lukt om het doel te bereiken.",
        "Dat weet hij niet eens.",
        "Er is hulp voor mensen met zorg.",
        "Het blijft in de eigen woning.",
        "Dat duurde meer dan een jaar.",
        "Kijk op de website.",
    ],
)
def test_words_that_only_look_like_a_set_phrase_stay(literal):
    assert lexis().in_plain_words(literal) == literal


def test_judges_are_no_opposite_of_what_is_on_the_left():
    assert "rechter" not in lexis().sides
