"""Questions as people really put them: with an introduction, a slip, or words of their own."""

from functools import partial

import pytest
from assistant_parts import assistant_over, proven

from assistant.support import is_of_the_name
from ingest.documents import QuestionKind

AGENDA = """\
Maatschappelijke agenda Waterdorp 2024

0. Vooraf

Met ingang van 1 januari 2001 is de herindeling van de gemeenten Plasdorp, Vaart en Sluiswijk een \
feit. Zij heten samen Waterdorp.

1. Waarom een agenda?

Wij leven in een tijd van netwerken. Verenigingen en bedrijven pakken veel zelf op in de dorpen. \
De taak van de gemeente verschuift daarmee van uitvoerder naar aanjager. Dat vraagt een andere \
houding van de medewerkers in het gemeentehuis.

2. De Dorpsbalie en het Buurtteam

De Dorpsbalie is de plek in het gemeentehuis waar inwoners met al hun vragen beginnen.

Het Buurtteam is een groep hulpverleners die bij inwoners thuis komt als een vraag lastig is.

Ontwikkelopdracht

Zorg ervoor dat de Dorpsbalie en het Buurtteam elkaar elke week spreken. Onderzoek samen met de \
inwoners of de balie ook op zaterdag open kan.

3. Wat het moet opleveren

Met de opdracht ontmoeting worden drie maatschappelijke effecten genoemd.

- Inwoners van alle leeftijden komen elkaar tegen in het dorpshuis.
- Niemand eet elke avond alleen.
- Nieuwkomers leren binnen een jaar hun buren kennen.

4. Het onderzoek

Landelijk loopt nu ook het programma 'Samen aan tafel in elk dorp', waar wij aan meedoen.

In 2023 gaf de gemeente in totaal € 48.000 uit aan het dorpshuis. In 2022 gaf de gemeente in \
totaal € 31.000 uit aan het dorpshuis.

5. Rollen van de gemeente

Rol: supporter

Definitie: anderen bepalen het doel en de weg. De gemeente juicht toe en geeft ruimte.

Rol: toeschouwer

Definitie: de gemeente kijkt toe en doet niets.

6. Wat wij willen

Wij willen dat elk dorp een winkel houdt. Wij willen dat de brug open blijft. Wij willen dat er \
meer bomen komen in de straten.

Doelen:

- Elk dorp heeft een speeltuin.
- Elk dorp heeft een bushalte.

Bijlage 1: Begrippenlijst

Passende hulp

Een aanpak die bij de persoon en zijn situatie past, en niet langer duurt dan nodig is.

Vaste partners

Alle organisaties die zonder indicatie meedoen, zoals de kerk, de bibliotheek en de sportclub.
"""
REPLY = """\
College van burgemeester en wethouders van Waterdorp

Bestuurlijke reactie op het onderzoek naar het dorpshuis

Geachte leden van de raad,

1. Toezicht door de raad

De rekenkamer beveelt de raad aan elk jaar te vragen wat het dorpshuis kost. Wij nemen deze \
aanbeveling over.

2. Contact met de beheerders

De rekenkamer beveelt het college aan vaker bij de beheerders langs te gaan. Wij nemen deze \
aanbeveling niet over, want de beheerders zien ons vaak genoeg.
"""
LETTER = """\
Gemeente Waterdorp

Brief aan de Adviesraad Waterdorp over de agenda

Geachte leden van de Adviesraad,

Zorgen over de bus

U vraagt zich af of de wijkbus blijft rijden. Wij zullen u voor de zomer laten weten of de wijkbus \
blijft rijden.
"""
STUDY = """\
Onderzoek naar het dorpshuis van Waterdorp

1. Opzet

Wij spraken met twaalf beheerders van het dorpshuis en lazen de stukken van de raad.

Vaste partners zijn de twee bakkers die het dorpshuis brood geven.

2. Uit de gesprekken

Knelpunten:

- De zaal is in de winter te koud.
- De deur klemt als het regent.

3. Conclusies

Gebruik

Het dorpshuis wordt door alle leeftijden gebruikt en blijkt onmisbaar voor de ouderen.

Geld

De inkomsten uit de bar blijken te laag om de huur te betalen.
"""
CATALOG = """\
["agenda.txt"]
title = "Maatschappelijke agenda Waterdorp 2024"
municipality = "Waterdorp"
date = "2024"

["reactie.txt"]
title = "Bestuurlijke reactie onderzoek dorpshuis"
municipality = "Waterdorp"
date = "2024"

["brief.txt"]
title = "Brief aan de Adviesraad over de agenda"
municipality = "Waterdorp"
date = "2024"

["onderzoek.txt"]
title = "Onderzoek dorpshuis"
municipality = "Waterdorp"
date = "2023"
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {
        "agenda.txt": AGENDA,
        "reactie.txt": REPLY,
        "brief.txt": LETTER,
        "onderzoek.txt": STUDY,
        "catalog.toml": CATALOG,
    }
    return assistant_over(tmp_path_factory.mktemp("anders"), texts)


@pytest.fixture
def ask(assistant):
    return partial(proven, assistant)


def quotes(answer):
    return [" ".join(citation.quote.split()) for citation in answer.citations]


GLOSSARY = "Een aanpak die bij de persoon en zijn situatie past, en niet langer duurt dan nodig is."


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("Wat verstaat Waterdorp onder passende hulp?", GLOSSARY),
        ("passende hulp", GLOSSARY),
        ("Wie worden er in Waterdorp bedoeld met vaste partners?", "Alle organisaties die zonder"),
        ("Wat houdt de rol supporter in?", "Definitie: anderen bepalen het doel en de weg."),
    ],
)
def test_what_the_list_of_terms_says_stands_first(ask, asked, begins):
    answer = ask(asked)
    assert not answer.abstained
    assert quotes(answer)[0].startswith(begins)


def test_a_heading_announces_the_orders_under_it(ask):
    answer = ask("Welke ontwikkelopdracht is er voor de Dorpsbalie?")
    assert answer.kind is QuestionKind.LIST
    assert any(quote.startswith("Zorg ervoor dat de Dorpsbalie") for quote in quotes(answer))
    assert any(quote.startswith("Onderzoek samen") for quote in quotes(answer))


def test_one_thing_differs_from_another(ask):
    told = " ".join(quotes(ask("Waarin verschilt de Dorpsbalie van het Buurtteam?")))
    assert "waar inwoners met al hun vragen beginnen" in told
    assert "die bij inwoners thuis komt" in told


def test_what_points_back_is_shown_with_what_it_points_at(ask):
    answer = ask("Waarom verschuift de taak van de gemeente van uitvoerder naar aanjager?")
    assert "pakken veel zelf op" in " ".join(quotes(answer))


def test_a_list_that_is_announced_without_a_colon_is_given_whole(ask):
    told = " ".join(quotes(ask("Welke drie maatschappelijke effecten heeft de ontmoeting?")))
    assert "komen elkaar tegen in het dorpshuis" in told
    assert "Niemand eet elke avond alleen" in told
    assert "Nieuwkomers leren" in told


def test_a_name_in_quotes_is_a_name(ask):
    answer = ask("Hoe heet het landelijke programma waar Waterdorp aan meedoet?")
    assert not answer.abstained
    assert "**Samen aan tafel in elk dorp**" in answer.text


def test_the_sum_of_the_year_that_is_asked_for(ask):
    answer = ask("Wat is er in 2023 in totaal uitgegeven aan het dorpshuis?")
    assert "**€ 48.000**" in answer.text
    assert "31.000" not in answer.text


@pytest.mark.parametrize("name", ["Waterdorp", "Watterdorp", "waterdrop"])
def test_a_municipality_with_a_letter_wrong_is_recognised(ask, name):
    answer = ask(f"Wat verstaat {name} onder passende hulp?")
    assert quotes(answer)[0] == GLOSSARY


def test_what_introduces_a_question_need_not_be_in_the_answer(ask):
    answer = ask(
        "Ik werk aan een begroting voor de sportvelden. Wat is er in 2023 in totaal uitgegeven "
        "aan het dorpshuis?"
    )
    assert "**€ 48.000**" in answer.text


def test_advice_that_is_called_by_its_heading_stands_alone(ask):
    told = " ".join(quotes(ask("Hoe reageert het college op toezicht door de raad?")))
    assert "elk jaar te vragen" in told
    assert "beheerders" not in told


def test_what_is_promised_to_somebody_is_not_what_is_promised_to_others(ask):
    told = " ".join(quotes(ask("Wat beloofde het college aan de adviesraad?")))
    assert "voor de zomer laten weten" in told
    assert "aanbeveling over" not in told


def test_conclusions_are_those_that_are_called_so(ask):
    told = " ".join(quotes(ask("Wat zijn de conclusies in Waterdorp?")))
    assert "onmisbaar voor de ouderen" in told
    assert "te laag om de huur te betalen" in told
    assert "klemt" not in told


def test_places_are_named_where_they_are_enumerated(ask):
    answer = ask("Uit welke gemeenten is Waterdorp ontstaan?")
    assert not answer.abstained
    assert "**Plasdorp, Vaart en Sluiswijk**" in answer.text


def test_only_the_term_that_is_asked_for_is_defined(ask):
    assert "kijkt toe" not in " ".join(quotes(ask("Wat houdt de rol supporter in?")))
    # A "Rol" is no "rolverdeling", so what a role means may stand near, and defines nothing here.
    assert ask("Wat is rolverdeling?").abstained


def test_listed_goals_are_counted_whatever_the_running_text_wants(ask):
    told = ask("Hoeveel doelen heeft de agenda van Waterdorp?").text
    assert "Ik tel **2 doelen**" in told


def test_another_document_may_define_the_term_otherwise(ask):
    told = quotes(ask("Wat zijn vaste partners?"))
    assert any(quote.startswith("Alle organisaties die zonder") for quote in told)
    assert any("de twee bakkers" in quote for quote in told)


def test_a_goal_is_found_however_its_list_is_asked_for(ask):
    told = quotes(
        ask("Voor de commissie van donderdag zoek ik het rijtje doelen dat over een bushalte gaat.")
    )
    assert "Elk dorp heeft een bushalte." in told
    assert ask("Welke doelen gaan over kernenergie?").abstained


def test_what_the_college_says_to_advice_is_asked_after_it(ask):
    told = " ".join(
        quotes(
            ask(
                "De rekenkamer wil dat het college vaker bij de beheerders langsgaat. "
                "Wat zegt het college daarop?"
            )
        )
    )
    assert "de beheerders zien ons vaak genoeg" in told


def test_a_term_may_stand_in_the_sentence_before(ask):
    answer = ask("Als nieuwe medewerker lees ik steeds passende hulp. Wat verstaan we daaronder?")
    assert quotes(answer)[0] == GLOSSARY


def test_questions_behind_a_comma_are_all_answered(ask):
    told = " ".join(
        quotes(
            ask(
                "Hoeveel beheerders sprak het onderzoek, hoeveel is er in 2023 in totaal "
                "uitgegeven aan het dorpshuis?"
            )
        )
    )
    assert "twaalf beheerders" in told
    assert "€ 48.000" in told


def test_a_long_question_needs_less_of_its_words(ask):
    answer = ask(
        "Wanneer ging de herindeling in waarmee Plasdorp, Vaart en Sluiswijk na lang praten en "
        "veel protest uiteindelijk samengingen?"
    )
    assert not answer.abstained
    assert "**1 januari 2001**" in answer.text


def test_what_stands_under_a_theme_answers_together(ask):
    told = quotes(ask("Wat doet Waterdorp op het thema knelpunten uit de gesprekken?"))
    assert any("te koud" in quote for quote in told)
    assert any("klemt" in quote for quote in told)


def test_the_order_to_somebody_is_asked_for(ask):
    told = " ".join(quotes(ask("Wat is precies de opdracht aan de Dorpsbalie?")))
    assert "elkaar elke week spreken" in told
    assert "ook op zaterdag open" in told


def test_what_something_means_for_somebody_is_no_term(ask):
    answer = ask("Wat betekent de tijd van netwerken voor de medewerkers in het gemeentehuis?")
    assert answer.kind is QuestionKind.EXPLANATION
    assert "andere houding" in " ".join(quotes(answer))


def test_who_asks_which_advice_was_given_gets_the_advice_alone(tmp_path):
    points = "\n\n".join(
        f"{n}. Punt {n}\n\nDe rekenkamer beveelt het college aan {what}. Wij nemen deze "
        "aanbeveling over."
        for n, what in enumerate(
            ("de kosten te tellen", "vaker te bellen", "de zaal te verven", "later te sluiten"), 1
        )
    )
    text = f"Bestuurlijke reactie op het onderzoek naar de zaal\n\nGeachte raad,\n\n{points}\n"
    assistant = assistant_over(tmp_path, {"reactie.txt": text})
    told = " ".join(quotes(assistant.ask("Welke adviezen gaf de rekenkamer?")))
    assert "de kosten te tellen" in told
    assert "later te sluiten" in told
    assert "Wij nemen" not in told
    both = assistant.ask("Welke adviezen neemt het college over?")
    assert "Wij nemen" in " ".join(quotes(both))


def test_a_part_without_an_answer_is_named(ask):
    told = ask(
        "Wat is er in 2023 in totaal uitgegeven aan het dorpshuis en wanneer sloot het zwembad?"
    )
    assert "**€ 48.000**" in told.text
    assert "geen antwoord: „wanneer sloot het zwembad”" in told.text


@pytest.mark.parametrize(
    ("word", "named"),
    [("Oekraïense", True), ("Waterdorpse", False), ("Oekraïne", False), ("Turkse", False)],
)
def test_an_adjective_of_a_name_asks_for_the_name(word, named):
    assert is_of_the_name(word, "Er komen mensen uit Oekraïne wonen.") is named


def test_one_word_in_common_is_no_answer_of_another_place(tmp_path):
    texts = {
        "een.txt": "Agenda van Elst\n\nDe bus rijdt elke dag naar het dorp.\n",
        "twee.txt": "Agenda van Waal\n\nIn het tehuis wonen 24 mensen die hulp nodig hebben.\n",
        "catalog.toml": '["een.txt"]\nmunicipality = "Elst"\n["twee.txt"]\nmunicipality = "Waal"\n',
    }
    answer = assistant_over(tmp_path, texts).ask("Hoeveel mensen wonen er in Elst?")
    assert answer.abstained
    assert "tehuis" not in answer.text


def test_how_long_the_answer_may_be_is_no_subject(assistant):
    read = assistant.opened.reader.read
    short = read("Wat raadt de rekenkamer in één zin aan over de beheerders?")
    assert [word.asked for word in short.words] == [
        word.asked for word in read("Wat raadt de rekenkamer aan over de beheerders?").words
    ]
    assert short.kind is QuestionKind.RECOMMENDATION


def test_the_best_sentence_of_a_fact_stands_first(tmp_path):
    text = (
        "Agenda\n\nDe bus naar het dorp kwam in 1950 en hielp het dorp vooruit, zegt men.\n\n"
        "2. Vervoer\n\nDe bus naar het dorp kost € 12 per jaar.\n\n"
        "3. Slot\n\nDe bus naar het dorp kost de gemeente volgens de begroting € 40.000 per jaar.\n"
    )
    answer = assistant_over(tmp_path, {"agenda.txt": text}).ask(
        "Hoeveel kost de bus naar het dorp de gemeente volgens de begroting?"
    )
    assert "€ 40.000" in quotes(answer)[0]


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("Hoeveel kostte de zaal en hoeveel leverde die op in 2023?", [(2023,), (2023,)]),
        ("Hoeveel kostte de zaal in 2022 en hoeveel leverde die op?", [(2022,), (2022,)]),
        ("Hoeveel mensen kwamen er en hoeveel was er in 2023 nodig?", [(), (2023,)]),
    ],
)
def test_a_year_holds_for_what_is_asked_after_it_or_closes_the_question(assistant, asked, years):
    reader = assistant.opened.reader
    assert [part.scope.years for part in reader.parts(reader.read(asked))] == years


def test_a_document_is_known_by_the_short_form_of_its_title(tmp_path):
    texts = {
        "een.txt": "Evaluatie\n\nDeze evaluatie heeft als doel te zien of de hulp werkt.\n\n"
        "2. De Wmo\n\nDe Wmo geeft hulp aan wie dat nodig heeft.\n",
        "twee.txt": "Agenda\n\nDeze agenda gaat over wonen. Ook de Wmo is van belang.\n",
        "catalog.toml": '["een.txt"]\ntitle = "Evaluatie Wet maatschappelijke ondersteuning"\n'
        'kind = "evaluatie"\nbody = "rekenkamer"\n["twee.txt"]\ntitle = "Woonagenda"\n',
    }
    assistant = assistant_over(tmp_path, texts)
    for asked in (
        "Waar gaat de evaluatie van de Wmo over?",
        "Vat het stuk van de rekenkamer samen",
    ):
        answer = assistant.ask(asked)
        assert "Waar het over gaat" in answer.text
        assert quotes(answer)[0].startswith("Deze evaluatie heeft als doel")


def test_all_goals_are_counted_of_a_document_that_only_its_file_calls_by_its_kind(tmp_path):
    text = (
        "Waterdorp vooruit\n\nDoelen:\n\n- Elk dorp heeft een bushalte.\n"
        "- De begroting is sluitend.\n- Elk dorp heeft een speeltuin.\n"
    )
    catalog = '["begroting-2026.txt"]\ntitle = "Waterdorp vooruit"\n'
    assistant = assistant_over(tmp_path, {"begroting-2026.txt": text, "catalog.toml": catalog})
    assert "Ik tel **3 doelen**" in assistant.ask("Hoeveel doelen staan er in de begroting?").text


def test_what_is_counted_is_shown_however_much_it_is(tmp_path):
    goals = "\n".join(f"- Dorp {n} heeft een bushalte." for n in range(1, 46))
    assistant = assistant_over(tmp_path, {"agenda.txt": f"Agenda\n\nDoelen:\n\n{goals}\n"})
    answer = assistant.ask("Hoeveel doelen heeft de agenda?")
    assert "Ik tel **45 doelen**" in answer.text
    assert len(quotes(answer)) == 45


def test_a_year_before_a_comma_is_the_year_that_is_asked(tmp_path):
    text = (
        "Jaarverslag\n\n1. Cijfers\n\n"
        "In 2019, het jaar voor corona, vroegen 112 huishoudens om schuldhulp.\n\n"
        "In 2021, het tweede jaar van corona, vroegen 86 huishoudens om schuldhulp.\n"
    )
    assistant = assistant_over(tmp_path, {"verslag.txt": text})
    answer = assistant.ask("Hoeveel huishoudens vroegen in 2021 om schuldhulp?")
    assert not answer.abstained
    assert "86 huishoudens" in quotes(answer)[0]
    assert assistant.ask("Hoeveel huishoudens vroegen in 2020 om schuldhulp?").abstained


def test_an_entry_of_a_list_of_sources_is_no_answer_but_where_sources_are_asked(tmp_path):
    text = (
        "Agenda van Elst\n\n1. Wonen\n\nDe gemeente bouwt elk jaar huizen voor ouderen.\n\n"
        "2. Bronnen\n\nGemeente Elst. (2021). Woonvisie voor ouderen 2021 - 2030.\n\n"
        "GGD Waal. (2020). Gezondheid van ouderen in Elst.\n"
    )
    assistant = assistant_over(tmp_path, {"agenda.txt": text})
    told = " ".join(quotes(assistant.ask("Wat staat er over ouderen?")))
    assert "bouwt elk jaar huizen" in told
    assert "(2021)" not in told
    asked = " ".join(quotes(assistant.ask("Welke bronnen over ouderen zijn er gebruikt?")))
    assert "Woonvisie voor ouderen" in asked
