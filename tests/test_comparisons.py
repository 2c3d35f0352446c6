"""Comparisons of what one text tells of itself: versions of a plan, and other things."""

import pytest
from assistant_parts import assert_proven, assistant_over

from assistant.answers.sides import sides_of
from ingest.documents import QuestionKind

CHANGES = (
    "In het WEL stonden de doelen per wijk. In het WEL 2.0 gelden de doelen voor de hele gemeente. "
    "De doelen over sport zijn daarbij vervallen."
)
REPORT = f"""\
Terugblik op het welzijnsbeleid

1. Aanleiding

De gemeente Meerdijk heeft sinds 2014 een Welzijnsplan Lokaal (WEL). In 2019 volgde het WEL 2.0. \
De raad heeft het onderzoek gevraagd en het bureau Zicht heeft het gedaan, met hulp van dertig \
inwoners die aan tafel zijn gegaan met de onderzoekers van het bureau.

2. De doelen

{CHANGES}

3. Geld

Voor het WEL was 2 miljoen euro per jaar begroot, betaald uit de reserve van de gemeente. Het WEL \
2.0 kost 3 miljoen euro per jaar en wordt betaald uit de algemene middelen.

4. Hulp

De ouderenadviseur en de wijkcoach werken allebei vanuit het buurthuis.

Rol: ouderenadviseur

De taak is om thuis te komen bij mensen boven de 75 jaar en om met hen te kijken wat nodig is.

Rol: wijkcoach

De taak is om buren bij elkaar te brengen. Wie een plan heeft voor de straat, krijgt hulp.
"""
STEERING = """\
Werkwijze van het wijkteam

Het sturen op inzet is iets anders dan het sturen op effect. Bij het sturen op inzet is de vraag \
of het werk is gedaan. Bij het sturen op effect is de vraag of de inwoner er beter van wordt.
"""
TERMS = """\
Nota welzijn in de wijk

1. Wat wij bedoelen

Met lichte hulp bedoelen wij hulp waar niemand een besluit voor nodig heeft. Zware hulp richt zich \
op mensen die het zonder een vaste begeleider niet redden.

Bij een kluskaart kiest de inwoner zelf wie er komt klussen. De klusdienst stuurt iemand die in \
dienst is van het buurthuis.

2. Wat het kost

- een kluskaart;
- de klusdienst;

Lichte hulp en zware hulp kosten samen 3 miljoen euro. Het budget voor lichte hulp stijgt, dat \
voor zware hulp daalt, en over lichte hulp en zware hulp beslist de raad elk jaar.
"""
REASONS = """\
Brief over het meten van welzijn

Geachte leden van de Welzijnsraad,

1. Meten van resultaten

U vraagt waarom wij resultaten van welzijn niet meten. Dat is lastig om twee redenen:

- Resultaten van welzijn zijn slecht te meten.
- Er spelen ook zaken mee waar de gemeente niet over gaat.

2. Wie wat doet

Wij gaan over het 'wat'. Het 'hoe' is aan de buurthuizen. De zaal is open van negen tot vijf en \
kost vijf euro.
"""
NEIGHBOUR = """\
Visie van Oosterlo

Resultaten van welzijn meten wij elk jaar met een vragenlijst.

De raad gaat over het 'wat' en de dorpen gaan over het 'hoe'.

De gemeente Oosterlo heeft een Welzijnsplan Eenvoudig Leven (WEL). De doelen van het WEL zijn hier \
anders dan in andere plaatsen, want elk dorp heeft een eigen doel.
"""
CATALOG = """\
["nota.txt"]
title = "Nota welzijn in de wijk"
municipality = "Meerdijk"
kind = "nota"
date = "2023"

["terugblik.txt"]
title = "Terugblik op het welzijnsbeleid"
municipality = "Meerdijk"
kind = "evaluatie"
date = "2021"

["werkwijze.txt"]
title = "Werkwijze van het wijkteam"
municipality = "Meerdijk"
kind = "notitie"
date = "2021"

["brief.txt"]
title = "Brief aan de Welzijnsraad over het meten van welzijn"
municipality = "Meerdijk"
kind = "brief"
date = "2022"

["visie.txt"]
title = "Visie van Oosterlo"
municipality = "Oosterlo"
kind = "visie"
date = "2020"
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {
        "catalog.toml": CATALOG,
        "terugblik.txt": REPORT,
        "brief.txt": REASONS,
        "visie.txt": NEIGHBOUR,
        "werkwijze.txt": STEERING,
        "nota.txt": TERMS,
    }
    return assistant_over(tmp_path_factory.mktemp("comparisons"), texts)


@pytest.fixture
def ask(assistant):
    def answer(asked):
        given = assistant.ask(asked)
        assert given.kind is QuestionKind.COMPARISON
        assert_proven(given, assistant.documents)
        return given

    return answer


def quotes(answer):
    return [" ".join(citation.quote.split()) for citation in answer.citations]


@pytest.mark.parametrize(
    "asked",
    [
        "Wat is het verschil tussen de doelen van het WEL en het WEL 2.0?",
        "Wat veranderde er aan de doelen van het WEL toen het WEL 2.0 kwam?",
    ],
)
def test_the_text_that_compares_two_versions_is_the_answer(ask, asked):
    assert CHANGES in quotes(ask(asked))


def test_the_same_name_in_another_municipality_is_no_side(ask):
    answer = ask("Wat is het verschil tussen de doelen van het WEL en het WEL 2.0?")
    assert {citation.municipality for citation in answer.citations} == {"Meerdijk"}


def test_versions_that_no_sentence_compares_stand_side_by_side(ask):
    answer = ask("Wat is het verschil in miljoen euro per jaar tussen het WEL en het WEL 2.0?")
    text = " ".join(quotes(answer))
    assert "2 miljoen euro" in text
    assert "3 miljoen euro" in text


def test_a_side_is_told_from_under_the_heading_that_is_its_name(ask):
    answer = ask("Wat is het verschil tussen de ouderenadviseur en de wijkcoach?")
    adviser, coach = answer.text.split("**wijkcoach**")
    assert "boven de 75 jaar" in adviser
    assert "buren bij elkaar" in coach


def test_of_two_terms_it_is_told_what_each_is(ask):
    answer = ask("Wat is het verschil tussen lichte en zware hulp?")
    light, heavy = answer.text.split("**zware hulp**")
    assert "waar niemand een besluit voor nodig heeft" in light
    assert "zonder een vaste begeleider" in heavy
    assert "miljoen" not in answer.text


def test_an_entry_of_a_list_says_nothing_of_a_thing(ask):
    answer = ask("Wat is het verschil tussen een kluskaart en de klusdienst?")
    card, service = answer.text.split("**klusdienst**")
    assert "Bij een kluskaart kiest de inwoner zelf" in card
    assert "in dienst is van het buurthuis" in " ".join(service.split())


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        (
            "universele, selectieve en zware hulp",
            ["universele hulp", "selectieve hulp", "zware hulp"],
        ),
        ("formele- en informele zorg", ["formele zorg", "informele zorg"]),
        ("gemeente en lokale partners", ["gemeente", "lokale partners"]),
        ("de raad en de brede welzijnsraad", ["raad", "brede welzijnsraad"]),
    ],
)
def test_a_noun_that_only_the_last_has_belongs_to_all(assistant, asked, sides):
    opened = assistant._opened
    read = opened.reader.read(f"Wat is het verschil tussen {asked}?", ())
    assert [side.name for side in sides_of(assistant._gather(opened, read, None)).each] == sides


def test_all_municipalities_are_the_sides_not_the_two_that_share_the_work(assistant):
    asked = "Hoe verdelen de gemeenten het werk tussen gemeente en uitvoerders?"
    material = assistant._gather(assistant._opened, assistant._opened.reader.read(asked, ()), None)
    assert material.question.kind is QuestionKind.COMPARISON
    assert {side.name for side in sides_of(material).each} == {"Meerdijk", "Oosterlo"}


def test_what_tells_of_both_sides_is_shown_once(ask):
    answer = ask("Wat is het verschil tussen sturen op inzet en sturen op effect?")
    assert len(answer.citations) == 1
    assert answer.text.count("of het werk is gedaan") == 1
    assert "of de inwoner er beter van wordt" in quotes(answer)[0]


def test_a_side_gives_all_of_a_short_list_of_reasons(ask):
    told = quotes(
        ask("Wat zeggen Meerdijk en Oosterlo over het meten van de resultaten van welzijn?")
    )
    assert any("slecht te meten" in quote for quote in told)
    assert any("waar de gemeente niet over gaat" in quote for quote in told)
    assert any("elk jaar met een vragenlijst" in quote for quote in told)


@pytest.mark.parametrize(
    "asked",
    [
        "Hoe verdelen Meerdijk en Oosterlo het 'wat' en het 'hoe'?",
        "Wie gaat over het wat en wie over het hoe? Graag per gemeente: Meerdijk en Oosterlo.",
    ],
)
def test_small_words_that_are_set_apart_are_what_is_compared(ask, asked):
    told = " ".join(quotes(ask(asked)))
    assert "Het 'hoe' is aan de buurthuizen." in told
    assert "de dorpen gaan over het 'hoe'" in told
    assert "vijf euro" not in told
    assert "lastig om twee redenen" not in told


def test_what_was_answered_to_somebody_stands_in_the_letter_to_them(assistant):
    answer = assistant.ask(
        "De Welzijnsraad wil weten of welzijn te meten is. Wat was de reactie daarop?"
    )
    assert {citation.document_id for citation in answer.citations} == {"brief"}


def test_one_thing_may_be_set_beside_another(assistant):
    asked = "De taak van de ouderenadviseur naast die van de wijkcoach"
    material = assistant.opened
    read = material.reader.read(asked)
    sides = sides_of(assistant._gather(material, read, None))
    assert [side.name for side in sides.each] == ["ouderenadviseur", "wijkcoach"]
