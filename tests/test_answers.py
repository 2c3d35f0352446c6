import re

import pytest
from assistant_parts import assert_proven, assistant_over, prepared, unescaped

from ingest.documents import QuestionKind

DUIN_AGENDA, ELST_AGENDA = "duinbroek-agenda", "elst-agenda"
REPORT, REACTION, LETTER = "duinbroek-evaluatie", "duinbroek-reactie", "elst-brief"


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture
def ask(assistant):
    def answer(asked, kind, **options):
        given = assistant.ask(asked, **options)
        assert not given.abstained, given.text
        assert given.kind is kind
        assert_proven(given, assistant.documents)
        return given

    return answer


def quotes_of(answer, *documents):
    return [
        " ".join(c.quote.split())
        for c in answer.citations
        if not documents or c.document_id in documents
    ]


# The third answer is longer than what is shown of one of many; the fourth ends in a stray stop.
RESERVATION = (
    "Wij hebben begrip voor deze aanbeveling. Er moet echter eerst geld voor worden gevonden."
)
ADVICE = f"""\
Reactie op het onderzoek naar het zwembad

Geachte leden van de raad,

Hieronder geven wij per aanbeveling uit het onderzoek onze reactie:

1. Houd het zwembad open in de winter. Wij nemen deze aanbeveling over.
2. Verlaag de prijs van een kaartje. Wij nemen deze aanbeveling niet over.
3. Herstel het dak van het zwembad. {RESERVATION} De wethouder spreekt in het najaar met de \
provincie en met de buurgemeenten, en komt daarna met een voorstel naar de raad van de gemeente.
4. Leer alle kinderen zwemmen. Wij nemen deze aanbeveling over. .
5. Zorg voor genoeg badmeesters. Wij hebben begrip voor deze aanbeveling. De stichting is gevraagd \
om die mensen over te nemen.
"""
NOTE = """\
Nota over het zwembad

Kwetsbare inwoners zijn er in alle wijken, en het aantal kwetsbare inwoners neemt toe. Voor \
kwetsbare inwoners is zwemmen goed. Met het begrip ‘kwetsbare inwoners’ bedoelen we in deze nota \
‘inwoners die zonder hulp niet kunnen meedoen’.

Het is niet eenvoudig om de drukte in het zwembad te meten:

- De poortjes tellen ook bezoekers van de sportzaal.
- Schoolklassen gaan door een andere deur.

Daarnaast ontbreekt het geld voor nieuwe poortjes.
"""


@pytest.fixture(scope="session")
def ask_letter(tmp_path_factory):
    texts = {"reactie.txt": ADVICE, "nota.txt": NOTE}
    reader = assistant_over(tmp_path_factory.mktemp("advice"), texts)

    def answer(asked, kind=QuestionKind.RECOMMENDATION):
        given = reader.ask(asked)
        assert given.kind is kind, given.text
        assert_proven(given, reader.documents)
        return given

    return answer


# A fact ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "value", "document"),
    [
        ("Wat kost een rit met de deeltaxi?", "€ 3,10", ELST_AGENDA),
        ("Hoeveel geeft Duinbroek en Waal aan het steunpunt mantelzorg?", "€ 48.500", DUIN_AGENDA),
        ("Hoeveel procent van de reizigers is tevreden over de chauffeurs?", "92%", REPORT),
        ("Hoeveel mantelzorgers bereikte het steunpunt in 2019?", "275 mantelzorgers", REPORT),
        ("Hoeveel huishoudens vroegen om schuldhulp?", "86 huishoudens", ELST_AGENDA),
        ("Wanneer is de agenda van Duinbroek en Waal vastgesteld?", "18 maart 2021", DUIN_AGENDA),
        ("Wie is de wethouder voor zorg?", "T. van Loon", DUIN_AGENDA),
        pytest.param(
            "Welk adres heeft het steunpunt mantelzorg?", "Kerkstraat 12", DUIN_AGENDA,
            marks=pytest.mark.xfail(strict=True, reason="refused: 'adres' must stand in the text"),
        ),
        ("Wat vraagt de bibliotheek van Grafveen aan geld?", "€ 12,50", "grafveen-notitie"),
    ],
)  # fmt: skip
def test_a_fact_has_its_value_in_bold_and_its_proof(ask, asked, value, document):
    answer = ask(asked, QuestionKind.FACT)
    assert f"**{value}**" in answer.text
    proof = next(c for c in answer.citations if value in " ".join(c.quote.split()))
    assert proof.document_id == document
    assert len(answer.citations) <= 4
    assert "Gevonden:" not in answer.text


def test_the_document_that_states_a_fact_is_named_with_its_status(ask):
    answer = ask("Wat kost een rit met de deeltaxi?", QuestionKind.FACT)
    assert "**Sociale agenda Elst-Veenoord (Elst-Veenoord, 2022, concept)**" in answer.text
    answer = ask("Wie is de wethouder voor zorg?", QuestionKind.FACT)
    assert "(Duinbroek en Waal, 2021, vastgesteld)**" in answer.text


def test_both_parts_of_a_double_question_are_answered(ask):
    answer = ask("Hoeveel reizigers had de wijkbus in 2021 en wat kost een rit?", QuestionKind.FACT)
    assert "18.600 reizigers" in answer.text
    assert "€ 1,75" in answer.text


@pytest.mark.xfail(strict=True, reason="opening hours are looked for as a date, so years are bold")
def test_when_something_is_open_is_a_time(ask):
    answer = ask("Wanneer is het steunpunt mantelzorg open?", QuestionKind.FACT)
    assert "9.00 tot 17.00 uur" in answer.citations[0].quote
    assert not re.search(r"\*\*20\d\d\*\*", answer.text)


def test_only_what_is_counted_is_bold(ask):
    answer = ask("Hoeveel plaatsen krijgt het verpleeghuis erbij?", QuestionKind.FACT)
    assert "**twintig extra" in answer.text
    assert answer.text.count("**twintig") == 1


# A definition ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Wat is mantelzorg?", "Mantelzorg: onbetaalde zorg voor een naaste"),
        ("Wat is een algemene voorziening?", "Algemene voorziening: hulp waar iedere inwoner"),
        ("Wat wordt bedoeld met positieve gezondheid?", "het vermogen om met tegenslag om te gaan"),
        ("Wat betekent mantelzorg?", "Mantelzorg: onbetaalde zorg voor een naaste"),
    ],
)
def test_a_definition_opens_with_the_defining_sentence(ask, asked, words):
    answer = ask(asked, QuestionKind.DEFINITION)
    assert words in quotes_of(answer)[0]


def test_an_abbreviation_is_spelled_out(ask):
    answer = ask("Waar staat MAP voor?", QuestionKind.DEFINITION)
    assert "Maatschappelijk Actieplan (MAP)" in " ".join(quotes_of(answer))


@pytest.mark.xfail(strict=True, reason="an abbreviation that only a heading explains stays short")
def test_an_abbreviation_explained_in_a_heading_is_spelled_out(ask):
    answer = ask("Waar staat Wlz voor?", QuestionKind.DEFINITION)
    assert "Wet langdurige zorg" in answer.text


# A list ----------------------------------------------------------------------------------------

CARE_GOALS = {
    DUIN_AGENDA: [
        "Mantelzorgers weten waar zij hulp kunnen vinden.",
        "Iedere mantelzorger kan minstens twee weken per jaar op vakantie door respijtzorg.",
        "Werkgevers houden rekening met medewerkers die mantelzorg geven.",
    ],
    ELST_AGENDA: [
        "Mantelzorgers raken niet overbelast.",
        "Jonge mantelzorgers krijgen hulp op school.",
    ],
}


def test_a_list_is_complete_grouped_and_tells_its_coverage(ask, assistant):
    answer = ask("Welke doelen gaan over mantelzorg?", QuestionKind.LIST)
    for document, goals in CARE_GOALS.items():
        quoted = quotes_of(answer, document)
        assert [quote for quote in quoted if quote in goals] == goals
    text = answer.text
    assert text.index("(Duinbroek en Waal, 2021, vastgesteld)") < text.index(
        "(Elst-Veenoord, 2022, concept)"
    )
    told = re.search(r"Gevonden: (\d+) vindplaatsen in (\d) van (\d) documenten\.", text)
    assert told is not None
    places, found, searched = map(int, told.groups())
    assert places == len(answer.citations) == answer.coverage.places
    assert found == len({c.document_id for c in answer.citations}) == len(answer.coverage.found)
    assert searched == len(assistant.documents) == len(answer.coverage.searched)
    silent = set(answer.coverage.searched) - set(answer.coverage.found)
    assert silent
    last = text.split("\n")[-1]
    assert all(assistant.documents[name].document.title in last for name in silent)


def test_a_list_keeps_to_its_municipality(ask):
    answer = ask("Welke doelen heeft Elst-Veenoord voor mantelzorg?", QuestionKind.LIST)
    assert {c.municipality for c in answer.citations} == {"Elst-Veenoord"}
    assert set(CARE_GOALS[ELST_AGENDA]) <= set(quotes_of(answer))
    assert "in 1 van 2 documenten" in answer.text


def test_a_list_of_every_statement_of_a_kind(ask):
    answer = ask("Welke uitgangspunten gelden in Duinbroek en Waal?", QuestionKind.LIST)
    assert quotes_of(answer) == [
        "De inwoner houdt zelf de regie.",
        "Voorkomen gaat boven genezen.",
        "Eén gezin heeft één plan.",
    ]


def test_the_goals_of_a_programme_come_with_how_they_are_measured(ask):
    answer = ask("Welke doelen had MAP 2.0?", QuestionKind.LIST)
    assert {c.document_id for c in answer.citations} == {REPORT}
    quoted = quotes_of(answer)
    assert quoted[:6] == [
        "Inwoners bewegen vaker",
        "Jongeren drinken minder alcohol",
        "Deelname aan sport stijgt",
        "Alcoholgebruik onder jongeren daalt",
        "Inwoners met een beperking vinden werk",
        "Aantal plaatsingen via het werkbedrijf",
    ]
    assert {c.page for c in answer.citations if "Inwoners" in c.quote} == {2}
    assert "1. Gezond leven" in answer.text


def test_recommendations_of_a_report_are_no_goals(ask):
    answer = ask("Welke doelen had MAP 2.0?", QuestionKind.LIST)
    assert not [quote for quote in quotes_of(answer) if "prestatieafspraken" in quote]
    assert "Aanbevelingen" not in quotes_of(answer)


def test_only_indicators_when_indicators_are_asked_for(ask):
    answer = ask("Welke indicatoren had MAP 2.0?", QuestionKind.LIST)
    assert quotes_of(answer)[:3] == [
        "Deelname aan sport stijgt",
        "Alcoholgebruik onder jongeren daalt",
        "Aantal plaatsingen via het werkbedrijf",
    ]
    assert "Inwoners bewegen vaker" not in quotes_of(answer)


def test_either_of_two_subjects_counts(ask):
    answer = ask("Welke doelen zijn er voor jeugd of schulden?", QuestionKind.LIST)
    quoted = quotes_of(answer)
    assert "Alle kinderen kunnen zwemmen als zij twaalf zijn." in quoted
    assert "Minder huishoudens raken hun huis kwijt door huurschuld." in quoted


# Advice and its answer -------------------------------------------------------------------------


def test_a_recommendation_comes_with_the_reaction(ask):
    answer = ask("Wat deed het college met aanbeveling 3?", QuestionKind.RECOMMENDATION)
    assert quotes_of(answer, REACTION) == [
        "Onderzoek of de wijkbus ook op zondag kan rijden.",
        "Wij nemen deze aanbeveling niet over. Er zijn op zondag te weinig vrijwilligers.",
    ]
    lines = answer.text.split("\n")
    advice = next(n for n, line in enumerate(lines) if line.startswith("- Advies:"))
    assert lines[advice + 1].startswith("- Reactie:")


def test_the_points_of_a_letter_are_answered_each_under_its_heading(ask):
    answer = ask("Hoe reageert het college op het advies over eenzaamheid?",
                 QuestionKind.RECOMMENDATION)  # fmt: skip
    assert quotes_of(answer) == [
        "U adviseert om eenzaamheid onder ouderen als apart onderwerp op te nemen.",
        "Wij nemen dit advies over en voegen een hoofdstuk over eenzaamheid toe.",
    ]
    assert {c.section[-1] for c in answer.citations} == {"Eenzaamheid"}


def test_the_greeting_of_a_letter_is_no_reaction(ask):
    answer = ask("Hoe reageert het college op het advies over wijkteams op zaterdag?",
                 QuestionKind.RECOMMENDATION)  # fmt: skip
    assert "Dit advies nemen wij niet over" in " ".join(quotes_of(answer))
    assert "vriendelijke groet" not in answer.text


def test_advice_is_grouped_by_what_became_of_it(ask):
    text = ask("Welke aanbevelingen neemt het college over?", QuestionKind.RECOMMENDATION).text
    groups = {"Overgenomen:": "", "Niet overgenomen:": ""}
    group = ""
    for line in text.split("\n"):
        group = line if line in groups else group
        groups[group or "Overgenomen:"] += line
    assert "subsidiebeschikking" in groups["Overgenomen:"]
    assert "niet over" not in groups["Overgenomen:"]
    assert "te weinig vrijwilligers" in groups["Niet overgenomen:"]


def test_only_advice_that_was_turned_down_is_listed_when_that_is_asked(ask):
    answer = ask("Welke aanbevelingen neemt het college niet over?", QuestionKind.RECOMMENDATION)
    assert "te weinig vrijwilligers" in " ".join(quotes_of(answer))
    assert "subsidiebeschikking" not in " ".join(quotes_of(answer))


def test_of_many_long_answers_the_sentence_with_the_reservation_is_shown(ask_letter):
    answer = ask_letter("Welke aanbevelingen neemt het college over?")
    quoted = quotes_of(answer)
    assert RESERVATION in quoted
    assert "Ingekort: elk nummer geeft de hele tekst." in answer.text
    assert len(answer.citations) == 10  # five times an advice and its answer


def test_only_advice_is_taken_over_and_what_is_not_said_is_told_apart(ask_letter):
    text = ask_letter("Welke aanbevelingen neemt het college niet over?").text
    refused, unsaid = text.split("Niet met zoveel woorden overgenomen:")
    assert "Verlaag de prijs" in refused.split("Niet overgenomen:")[1]
    assert "Herstel het dak" in unsaid
    assert "genoeg badmeesters" in unsaid
    assert "Leer alle kinderen" not in text


def test_a_stray_full_stop_is_no_part_of_a_quote(ask_letter):
    quoted = quotes_of(ask_letter("Welke aanbevelingen neemt het college over?"))
    assert quoted.count("Wij nemen deze aanbeveling over.") == 2


# A comparison ----------------------------------------------------------------------------------


def sides_of(answer, *names):
    """The part of an answer under each name that stands alone on a line."""
    lines = answer.text.split("\n")
    at = [lines.index(f"**{name}**") for name in names]
    assert at == sorted(at)
    return ["\n".join(lines[a:b]) for a, b in zip(at, [*at[1:], len(lines)], strict=True)]


def test_a_comparison_has_both_municipalities_with_their_own_proof(ask):
    answer = ask("Wat is het verschil tussen Duinbroek en Waal en Elst-Veenoord bij mantelzorg?",
                 QuestionKind.COMPARISON)  # fmt: skip
    sides = sides_of(answer, "Duinbroek en Waal", "Elst-Veenoord")
    place = {c.number: c.municipality for c in answer.citations}
    for name, side in zip(("Duinbroek en Waal", "Elst-Veenoord"), sides, strict=True):
        assert {place[int(n)] for n in re.findall(r"\[(\d+)\]", side)} == {name}
        assert "antelzorg" in side
    assert "Gevonden:" in answer.text


def test_a_side_tells_what_its_text_says_of_the_subject(ask):
    answer = ask("Wat is het verschil tussen Duinbroek en Waal en Elst-Veenoord bij het vervoer?",
                 QuestionKind.COMPARISON)  # fmt: skip
    duin, elst = sides_of(answer, "Duinbroek en Waal", "Elst-Veenoord")
    assert "wijkbus" in duin
    assert "deeltaxi" not in duin
    assert "deeltaxi" in elst
    assert "wijkbus" not in elst


def test_the_sides_stand_in_the_order_of_the_question(ask):
    answer = ask("Vergelijk mantelzorg in Elst-Veenoord en Duinbroek en Waal",
                 QuestionKind.COMPARISON)  # fmt: skip
    sides_of(answer, "Elst-Veenoord", "Duinbroek en Waal")


def test_a_side_without_documents_left_is_named(ask):
    answer = ask("Vergelijk mantelzorg in Elst-Veenoord en Grafveen", QuestionKind.COMPARISON,
                 documents={ELST_AGENDA})  # fmt: skip
    elst, graf = sides_of(answer, "Elst-Veenoord", "Grafveen")
    assert "antelzorg" in elst
    assert "In de documenten van Grafveen heb ik hierover niets gevonden." in graf
    assert {c.document_id for c in answer.citations} == {ELST_AGENDA}


@pytest.mark.parametrize("subject", ["schulden", "mantelzorg", "vervoer"])
def test_a_side_without_evidence_is_named(ask, subject):
    answer = ask(f"Wat is het verschil tussen Elst-Veenoord en Grafveen bij {subject}?",
                 QuestionKind.COMPARISON)  # fmt: skip
    _, graf = sides_of(answer, "Elst-Veenoord", "Grafveen")
    assert "In de documenten van Grafveen heb ik hierover niets gevonden." in graf
    assert {c.municipality for c in answer.citations} == {"Elst-Veenoord"}


def test_two_things_are_compared(ask):
    answer = ask("Wat is het verschil tussen de wijkbus en de deeltaxi?", QuestionKind.COMPARISON)
    bus, taxi = sides_of(answer, "wijkbus", "deeltaxi")
    assert "wijkbus" in bus.split("\n", 1)[1]
    assert "deeltaxi" in taxi.split("\n", 1)[1]


def test_a_definition_in_so_many_words_leaves_out_what_only_mentions_the_term(ask_letter):
    answer = ask_letter("Wat zijn 'kwetsbare inwoners' volgens de nota?", QuestionKind.DEFINITION)
    assert [c.quote for c in answer.citations] == [
        "Met het begrip ‘kwetsbare inwoners’ bedoelen we in deze nota ‘inwoners die zonder hulp "
        "niet kunnen meedoen’."
    ]


# An explanation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Waarom rijden er vrijwilligers op de wijkbus?", "omdat een betaalde dienst drie keer"),
        ("Waarom kiest Elst-Veenoord voor wijkteams?", "omdat inwoners dan één vast gezicht"),
        ("Hoe helpt de gemeente als een huurder achterloopt met de huur?", "woningcorporatie De"),
    ],
)
def test_an_explanation_holds_the_reason_in_whole_sentences(ask, asked, words):
    answer = ask(asked, QuestionKind.EXPLANATION)
    assert words in unescaped(answer.text)
    assert sum(len(c.quote) for c in answer.citations) < 2_500


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Waarom kiest Elst-Veenoord voor wijkteams?", False),
        ("Waarom is er een waardering voor mantelzorgers in Elst-Veenoord?", True),
        ("Wat doet Elst-Veenoord voor mantelzorgers?", False),
    ],
)
def test_it_is_said_when_no_reason_is_given(ask, asked, told):
    answer = ask(asked, QuestionKind.EXPLANATION)
    line = "Een reden staat er niet met zoveel woorden. Wel staat hierover:"
    assert (line in answer.text) is told


def test_a_list_of_reasons_is_whole_and_is_taken_for_reasons(ask_letter):
    answer = ask_letter(
        "Waarom is het niet eenvoudig om de drukte in het zwembad te meten?",
        QuestionKind.EXPLANATION,
    )
    for reason in ("bezoekers van de sportzaal", "een andere deur", "ontbreekt het geld"):
        assert reason in answer.text
    assert "Een reden staat er niet" not in answer.text


def test_the_quotes_of_one_document_stand_in_reading_order(ask):
    answer = ask("Wat doet de gemeente Duinbroek en Waal voor mantelzorgers?",
                 QuestionKind.EXPLANATION)  # fmt: skip
    for document in {c.document_id for c in answer.citations}:
        starts = [c.start for c in answer.citations if c.document_id == document]
        assert starts == sorted(starts)


def test_what_is_said_twice_is_cited_with_both_places(ask):
    answer = ask("Waarom kiest Elst-Veenoord voor wijkteams?", QuestionKind.EXPLANATION)
    cited = next(c for c in answer.citations if "één vast gezicht" in c.quote)
    assert cited.also
    assert {cited.section, *(other.section for other in cited.also)} == {
        ("1. Waarom een sociale agenda",),
        ("6. Tot slot",),
    }


# An overview of a document ---------------------------------------------------------------------


def test_an_overview_holds_the_points_of_one_document(ask):
    answer = ask("Waar gaat de agenda van Duinbroek en Waal over?", QuestionKind.EXPLANATION)
    assert {c.document_id for c in answer.citations} == {DUIN_AGENDA}
    said = " ".join(quotes_of(answer))
    assert "In deze agenda staat wat de gemeente" in said
    assert "Mantelzorgers weten waar zij hulp kunnen vinden." in said
    assert "Alle kinderen kunnen zwemmen" in said
    assert "De inwoner houdt zelf de regie." in said
    assert "Maatschappelijk Actieplan (MAP)" in said
    assert "Doelen (5 van 5):" in answer.text
    assert "Uitgangspunten (3 van 3):" in answer.text


def test_an_overview_of_a_letter_holds_its_advice_and_promises(ask):
    answer = ask("Vat de brief van Elst-Veenoord samen", QuestionKind.EXPLANATION)
    assert {c.document_id for c in answer.citations} == {LETTER}
    assert "eenzaamheid onder ouderen" in " ".join(quotes_of(answer))
    assert "Hierover niets gevonden" not in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "Wat staat er in de agenda van Duinbroek en Waal over de wijkbus?",
        "Waar gaat de deeltaxi over de brug?",
    ],
)
def test_a_question_with_a_subject_is_no_overview(assistant, asked):
    assert "Doelen (" not in assistant.ask(asked).text


@pytest.mark.parametrize("verb", ["belooft het college", "heeft het college beloofd"])
def test_promises_are_asked_for_by_each_form_of_the_verb(ask, verb):
    promises = ask("Wat zegt het college toe aan de Adviesraad?", QuestionKind.RECOMMENDATION)
    answer = ask(f"Wat {verb} aan de Adviesraad?", QuestionKind.RECOMMENDATION)
    assert quotes_of(answer) == quotes_of(promises)
    assert "Advies:" not in answer.text


def test_a_promise_is_quoted_with_its_subject(ask):
    answer = ask("Welke toezeggingen doet het college van Duinbroek en Waal?",
                 QuestionKind.RECOMMENDATION)  # fmt: skip
    assert all(quote[:1].isupper() for quote in quotes_of(answer)), quotes_of(answer)
