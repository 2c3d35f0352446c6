"""Questions in everyday words: a story, an idiom, two things at once, a verb for a term."""

from functools import partial

import pytest
from assistant_parts import assistant_over, proven

from assistant.kinds import Expected
from assistant.matching import match
from assistant.values import find_values
from ingest.documents import QuestionKind, Refusal
from ingest.dutch.analysis import Analyzer, word_frequencies
from ingest.dutch.lexicon import Entry, Lexicon

AGENDA = """\
Sociale agenda Waterdorp 2024

1. Vooraf

Met ingang van 1 januari 2001 is de herindeling van de gemeenten Plasdorp, Vaart en Sluiswijk een \
feit. Zij heten samen Waterdorp.

2. Plekken in het dorp

- Buurman Bas
- Zwembad De Golf
- Kantine Zuid

3. Hulp die naar u toe komt

Wie zich schaamt, vraagt niet om hulp. Daarom belt de wijkverpleegkundige ook daar aan.

4. Jongeren

Doelen:

- Jongeren hebben een plek om elkaar te zien.
- Jongeren sporten elke week.

5. Ouderen

Doelen:

- Ouderen sporten elke maand.
"""
CATALOG = """\
["agenda.txt"]
title = "Sociale agenda Waterdorp 2024"
municipality = "Waterdorp"
date = "2024"
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {"agenda.txt": AGENDA, "catalog.toml": CATALOG}
    return assistant_over(tmp_path_factory.mktemp("gewoon"), texts)


@pytest.fixture
def ask(assistant):
    return partial(proven, assistant)


def quotes(answer):
    return [" ".join(citation.quote.split()) for citation in answer.citations]


def test_of_whom_a_story_tells_is_not_what_it_asks(ask):
    told = quotes(
        ask("Mijn buurman schaamt zich en vraagt nooit om hulp. Komt er iemand bij zulke mensen?")
    )
    assert told[0].startswith("Wie zich schaamt, vraagt niet om hulp.")
    assert not any("Buurman Bas" in quote for quote in told)


def test_for_whom_a_question_is_asked_is_not_what_it_asks(ask):
    assert not any("Buurman Bas" in quote for quote in quotes(ask("Is er hulp voor mijn buurman?")))


def test_who_is_asked_about_is_still_found(ask):
    assert "Buurman Bas" in " ".join(quotes(ask("Waar woont mijn buurman?")))
    assert "Buurman Bas" in " ".join(quotes(ask("Waar vind ik Buurman Bas?")))


def test_a_part_is_not_missing_when_the_quote_for_another_holds_it(ask):
    answer = ask("Uit welke oude gemeenten is Waterdorp ontstaan en per wanneer?")
    assert not answer.abstained
    assert "1 januari 2001" in quotes(answer)[0]
    assert "geen antwoord" not in answer.text


def test_what_is_wanted_for_somebody_is_a_list_when_a_list_is_asked_for(ask):
    answer = ask("wat wil waterdorp allemaal aanpakken voor jongeren? geef het lijstje")
    assert answer.kind is QuestionKind.LIST
    assert quotes(answer) == [
        "Jongeren hebben een plek om elkaar te zien.",
        "Jongeren sporten elke week.",
    ]
    assert ask("Wat gaan jullie doen voor jongeren?").kind is not QuestionKind.LIST


def test_a_phrase_that_is_said_whole_says_more_than_one_of_its_words():
    entry = Entry(("begrijpelijke taal",), ("moeilijke brieven",), ())
    analyzer = Analyzer(word_frequencies(), Lexicon([entry], {}, "a"))
    word, _ = analyzer.query("moeilijke brieven", frozenset(["moeilijk", "brief"]), {})
    assert match(word, frozenset(analyzer.terms("Wij schrijven in begrijpelijke taal."))) == 0.8
    assert match(word, frozenset(analyzer.terms("Hij leert een andere taal."))) == 0.4
    assert match(word, frozenset(analyzer.terms("Een moeilijk jaar."))) == 1.0


BUDGET = """\
Begroting Waterdorp 2025

1. Belastingen

In 2025 betaalt een huishouden € 14 meer aan gemeentebelasting.
"""


@pytest.fixture(scope="module")
def budget(tmp_path_factory):
    return assistant_over(tmp_path_factory.mktemp("begroting"), {"begroting.txt": BUDGET})


def test_what_is_planned_for_next_year_is_no_prediction(budget):
    answer = budget.ask("Hoeveel gaan we volgend jaar meer aan gemeentebelasting betalen?")
    assert "€ 14" in answer.text
    asked = budget.ask("Gaan de huizenprijzen volgend jaar dalen?")
    assert asked.reason is Refusal.NOT_FOR_US


def test_the_day_of_a_date_that_is_broken_over_a_line_counts_nothing():
    assert find_values("Sinds 1\njanuari 2021 tellen wij hen.", Expected.NUMBER) == []
    assert find_values("Sinds toen zijn het er 1200.", Expected.NUMBER) != []
