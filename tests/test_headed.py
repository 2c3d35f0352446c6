"""A list that stands under its own name, a chapter that is named, and years side by side."""

import re
from functools import partial

import pytest
from assistant_parts import assistant_over, proven

from ingest.documents import QuestionKind

NOTE = """\
Nota vrijwilligers Meerdijk

1. Inleiding

De gemeente Meerdijk heeft in deze nota opgeschreven hoe zij met vrijwilligers omgaat in de dorpen.

2. Zo geven wij subsidie

Een vereniging krijgt subsidie als zij open staat voor iedereen in het dorp en de buurt.

Deze zaken tellen mee bij een aanvraag om subsidie:

- Het aantal leden van de vereniging
- De huur van de zaal
- Wat de leden zelf betalen

Wie subsidie krijgt, legt na een jaar uit wat er met het geld is gedaan en voor wie dat was.

3. Huisregels van het dorpshuis

- Ruim na afloop de zaal op.
- Doe het licht uit.

Het dorpshuis is van en voor alle inwoners van Meerdijk, van jong tot oud, en een \
groep inwoners beheert het sinds de gemeente daar in het voorjaar mee is opgehouden.

4. Wat wij willen

Doelen:

- Elk dorp heeft een dorpshuis.
- Vrijwilligers voelen zich gezien.

5. Later

Doelen:

- Elk dorp heeft een bibliotheek.

6. Geld

In 2019 is € 45.000 aan subsidie voor vrijwilligers betaald. In 2020 is € 52.000 aan subsidie voor \
vrijwilligers betaald, omdat er twee verenigingen bij kwamen. De penningmeester is Jan de Wit.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_over(tmp_path_factory.mktemp("lijsten"), {"nota.txt": NOTE})


@pytest.fixture
def ask(assistant):
    return partial(proven, assistant)


def quotes(answer):
    return [" ".join(citation.quote.split()).removeprefix("- ") for citation in answer.citations]


@pytest.mark.parametrize(
    ("asked", "items"),
    [
        (
            "Wat zijn de huisregels van het dorpshuis?",
            ["Ruim na afloop de zaal op.", "Doe het licht uit."],
        ),
        (
            "Welke zaken tellen mee bij een aanvraag om subsidie?",
            [
                "Het aantal leden van de vereniging",
                "De huur van de zaal",
                "Wat de leden zelf betalen",
            ],
        ),
    ],
)
def test_a_list_is_given_whole_by_its_heading_or_by_what_announces_it(ask, asked, items):
    assert quotes(ask(asked)) == items


def test_who_asks_for_one_thing_gets_no_list(ask):
    answer = ask("Wie beheert het dorpshuis?")
    assert answer.kind is QuestionKind.FACT
    assert "een groep inwoners beheert het" in answer.text
    assert "Doe het licht uit" not in answer.text


@pytest.mark.parametrize(
    ("chapter", "items"),
    [
        ("hoofdstuk 4", ["Elk dorp heeft een dorpshuis.", "Vrijwilligers voelen zich gezien."]),
        ("hoofdstuk 5", ["Elk dorp heeft een bibliotheek."]),
    ],
)
def test_a_chapter_that_is_named_limits_the_list(ask, chapter, items):
    assert quotes(ask(f"Welke doelen van de gemeente staan er in {chapter}?")) == items


def test_years_are_set_side_by_side(ask):
    answer = ask("Is er in 2020 meer of minder subsidie voor vrijwilligers betaald dan in 2019?")
    assert answer.kind is QuestionKind.COMPARISON
    assert {"€ 45.000", "€ 52.000"} <= set(re.findall(r"€ [\d.]+\d", answer.text))


def test_everyday_words_get_the_places_nearest_in_meaning_and_are_told_so(ask):
    answer = ask("Ik wil graag onbetaald de handen uit de mouwen steken, kan dat hier?")
    assert not answer.abstained
    assert answer.text.startswith("De documenten zeggen het met andere woorden.")


def test_a_question_about_something_else_is_still_refused(ask):
    assert ask("Hoe snoei ik een appelboom in de winter?").abstained
