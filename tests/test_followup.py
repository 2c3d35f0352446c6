import time

import pytest
from assistant_parts import prepared

from assistant.errors import QuestionError
from assistant.followup import make_whole
from assistant.question import LONGEST_QUESTION
from ingest.documents import Turn

HANGS = 30  # seconds: a guard against time that explodes with length, not a measure of speed


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


GOALS = (
    "- „Mantelzorgers raken niet overbelast.” [1]\n"
    "- „Jonge mantelzorgers krijgen hulp op school.” [2]"
)
RIDE = "Wat kost een rit met de wijkbus in Duinbroek en Waal?"
REACH = "Hoeveel mantelzorgers bereikte het steunpunt in 2019?"


@pytest.mark.parametrize(
    ("before", "asked", "whole"),
    [
        (RIDE, "En in Elst-Veenoord?", "Wat kost een rit met de wijkbus in Elst-Veenoord?"),
        (RIDE, "en in elst-veenoord", "Wat kost een rit met de wijkbus in Elst-Veenoord?"),
        (RIDE, "Elst-Veenoord?", "Wat kost een rit met de wijkbus in Elst-Veenoord?"),
        (RIDE, "en bij de gemeente Grafveen?", "Wat kost een rit met de wijkbus in Grafveen?"),
        (
            "Wat doet een wijkteam?",
            "En in Grafveen?",
            "Wat doet een wijkteam in Grafveen?",
        ),
        (
            "Wat vindt het college van aanbeveling 3?",
            "En de aanbeveling daarna?",
            "Wat vindt het college van aanbeveling 4?",
        ),
        (
            "Wat vindt het college van aanbeveling 3?",
            "en van de vorige?",
            "Wat vindt het college van aanbeveling 2?",
        ),
        (REACH, "en in 2018?", "Hoeveel mantelzorgers bereikte het steunpunt in 2018?"),
        (REACH, "En 2020?", "Hoeveel mantelzorgers bereikte het steunpunt in 2020?"),
        (REACH, "En twee jaar later?", "Hoeveel mantelzorgers bereikte het steunpunt in 2021?"),
        (REACH, "en één jaar eerder", "Hoeveel mantelzorgers bereikte het steunpunt in 2018?"),
        (
            "Welke doelen gelden er bij mantelzorg?",
            "en bij jeugd?",
            "Welke doelen gelden er bij jeugd?",
        ),
        (
            "Welke doelen heeft Elst-Veenoord voor mantelzorg?",
            "En voor schulden?",
            "Welke doelen heeft Elst-Veenoord voor schulden?",
        ),
        (
            "Wat wil de gemeente bij zorg in Elst-Veenoord?",
            "en bij vervoer?",
            "Wat wil de gemeente bij vervoer in Elst-Veenoord?",
        ),
        ("Welke doelen had MAP 2.0?", "en MAP 3.0?", "Welke doelen had MAP 3.0?"),
        (RIDE, "Welke doelen gaan over jeugd?", "Welke doelen gaan over jeugd?"),
        (RIDE, "Wat is een algemene voorziening?", "Wat is een algemene voorziening?"),
    ],
)
def test_a_part_of_the_last_question_is_exchanged(assistant, before, asked, whole):
    assert make_whole(asked, [Turn(before, "Een antwoord [1].")], assistant.documents) == whole


@pytest.mark.parametrize("asked", ["En in Grafveen?", "het tweede", "Waarom?", "en?"])
def test_without_a_conversation_nothing_is_added(assistant, asked):
    assert make_whole(asked, [], assistant.documents) == asked


@pytest.mark.parametrize(
    ("asked", "before", "topic"),
    [
        ("Waarom?", "Wie rijdt de wijkbus?", "wijkbus"),
        ("Hoezo?", "Wie rijdt de wijkbus?", "wijkbus"),
        ("En wanneer?", "Hoeveel plaatsen krijgt het verpleeghuis?", "verpleeghuis"),
        ("Wat kost die?", "Hoe vaak rijdt de wijkbus?", "wijkbus"),
        ("Hoeveel daarvan bereikte het steunpunt?", "Hoeveel inwoners geven mantelzorg?",
         "mantelzorg"),
    ],
)  # fmt: skip
def test_a_pointing_word_takes_over_the_topic(assistant, asked, before, topic):
    whole = make_whole(asked, [Turn(before, "Een antwoord [1].")], assistant.documents)
    assert whole.startswith(asked.removeprefix("En ").rstrip("?")[:1].upper())
    assert topic in whole


def test_an_ordinal_picks_the_item_of_the_answer(assistant):
    history = [Turn("Welke doelen heeft Elst-Veenoord voor mantelzorg?", GOALS)]
    whole = make_whole("Wat houdt het tweede in?", history, assistant.documents)
    assert "Jonge mantelzorgers krijgen hulp op school" in whole
    assert "overbelast" not in whole
    assert "Elst-Veenoord" in whole
    whole = make_whole("Wat houdt het eerste doel in?", history, assistant.documents)
    assert whole == "Wat houdt ‘Mantelzorgers raken niet overbelast’ in bij Elst-Veenoord?"
    whole = make_whole("Het eerste?", history, assistant.documents)
    assert whole == "‘Mantelzorgers raken niet overbelast’ in Elst-Veenoord?"


@pytest.mark.parametrize(
    ("answer", "second"),
    [
        ("1. meer rust\n2. minder druk\n3. tijd", "minder druk"),
        ("De doelen zijn: meer rust, minder druk en tijd.", "minder druk"),
        ("Er zijn er twee: (1) meer rust; (2) minder druk.", "minder druk"),
        ("**Agenda**\n3. Zorg (doel):\n- rust\n- minder druk\nGevonden: 2 in 1.", "minder druk"),
        ("Aanbeveling 1:\n- Advies: „Zoek.” [1]\n- Reactie: „Ja.” [2]\nAanbeveling 2:\n"
         "- Advies: „Leg vast.” [3]\n- Reactie: „Nee.” [4]", "Leg vast"),
        ("**A**: „Rust.” [1]\n**B**: „Minder\\_druk, of **„geen”** [x].” [2]\nGevonden: 2.",
         "Minder_druk, of geen [x]"),
        ("- „Rust.” [1]\n- „Minder druk.” [2] „En tijd.” [3]", "Minder druk. En tijd"),
    ],
)  # fmt: skip
def test_the_second_item_is_found_in_answers_of_any_form(assistant, answer, second):
    whole = make_whole("Wat is het tweede?", [Turn("Wat wil men?", answer)], assistant.documents)
    assert whole == f"Wat is ‘{second}’?"


def test_text_of_a_conversation_is_never_a_pattern(assistant):
    history = [Turn("Welke doelen had MAP 2.0 \\1 \\g<0>?", "- C:\\hulp\\1\n- D:\\g<9>\\q")]
    whole = make_whole("Wat is het tweede?", history, assistant.documents)
    assert whole == "Wat is ‘D:\\g<9>\\q’?"
    whole = make_whole("En in Grafveen?", history, assistant.documents)
    assert whole == "Welke doelen had MAP 2.0 \\1 \\g<0> in Grafveen?"


def test_the_topic_is_that_of_the_last_question_that_named_one(assistant):
    said = ["Wie rijdt de wijkbus?", "Waarom?", "Wat kost die?", "Hoe zit dat?"]
    history = [Turn(question, "Zo [1].") for question in said]
    whole = make_whole("Hoezo?", history, assistant.documents)
    assert whole == "Hoezo? (over: de wijkbus)"
    whole = make_whole("en in Grafveen?", [Turn(whole, "Zo [1].")], assistant.documents)
    assert whole == "Hoezo? (over: de wijkbus in Grafveen)"
    whole = make_whole("Waarom?", [Turn("Hoezo?", "Zo [1].")], assistant.documents)
    assert whole == "Waarom?"


@pytest.mark.parametrize(
    "piece", ["en hoe ", "in ", "?", " ", "\n", "„", "” [1]", "1. ", "(over: "]
)
@pytest.mark.parametrize("asked", ["En in X?", "Waarom?", "Wat is het tweede?", "en in Grafveen?"])
def test_a_long_conversation_does_not_hang(assistant, piece, asked):
    long = Turn(piece * 8_000, piece * 50_000)
    began = time.perf_counter()
    whole = make_whole(asked, [long] * 1_000, assistant.documents)
    assert time.perf_counter() - began < HANGS
    assert len(whole) <= LONGEST_QUESTION


def test_an_ordinal_beyond_the_list_picks_nothing(assistant):
    history = [Turn("Welke doelen zijn er?", GOALS)]
    whole = make_whole("Wat houdt het achtste in?", history, assistant.documents)
    assert "mantelzorgers" not in whole.lower()


def test_an_ordinal_picks_from_an_answer_of_our_own(assistant):
    first = assistant.ask("Welke doelen heeft Elst-Veenoord voor schulden?")
    second = assistant.ask("Wat houdt het tweede in?", [Turn(first.understood, first.text)])
    assert "Minder huishoudens raken hun huis kwijt" in second.understood


def test_a_conversation_leads_to_the_right_answers(assistant):
    history = []
    told = []
    for asked in (REACH, "en in 2018?", "En in 2020?"):
        answer = assistant.ask(asked, history)
        assert not answer.abstained
        history.append(Turn(answer.understood, answer.text))
        told.append(answer.text)
    for text, number in zip(told, ("275", "230", "310"), strict=True):
        assert f"**{number} mantelzorgers**" in text
    assert history[-1].question == "Hoeveel mantelzorgers bereikte het steunpunt in 2020?"


def test_another_place_is_refused_when_only_the_first_has_it(assistant):
    answer = assistant.ask("En in Elst-Veenoord?", [Turn(RIDE, "€ 1,75 [1]")])
    assert answer.abstained
    assert answer.question == "En in Elst-Veenoord?"
    assert answer.understood == "Wat kost een rit met de wijkbus in Elst-Veenoord?"


@pytest.mark.parametrize(
    "answer", ["", "[", "1.", "- \n- ", "((((", "*" * 2_000, "1) a 2) b " * 300]
)
def test_any_earlier_answer_is_borne(assistant, answer):
    for asked in ("het tweede", "en in Grafveen?", "Waarom?"):
        assert assistant.ask(asked, [Turn("?", answer), Turn(RIDE, answer)]).text


def test_a_question_does_not_grow_with_the_conversation(assistant):
    history = [Turn("Wie rijdt de wijkbus in Duinbroek en Waal?", "Vrijwilligers [1].")]
    for asked in ("Waarom?", "Hoezo?", "En wanneer?", "Wat kost die?") * 4:
        answer = assistant.ask(asked, history)
        history.append(Turn(answer.understood, answer.text))
        assert "wijkbus" in answer.understood
        assert len(answer.understood) < 120


@pytest.mark.parametrize("asked", ["en in Grafveen?", "Waarom?"])
def test_an_overlong_earlier_question_is_not_taken_over_whole(assistant, asked):
    long = Turn("Wat doet de gemeente bij mantelzorg? " * 550, "Veel [1].")
    try:
        answer = assistant.ask(asked, [long])
    except QuestionError:
        return
    assert len(answer.understood) <= LONGEST_QUESTION
