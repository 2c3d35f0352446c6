"""Long enumerations set out as lists: what becomes one, and what stays in its sentence."""

from dataclasses import replace

import pytest
from assistant_parts import prepared

from assistant.markup import answer_html
from assistant.plain import as_it_was, in_plain_dutch, readability
from assistant.simpler.lists import listed

HELP = "Wij bieden in onze gemeente vier soorten hulp: {}."


@pytest.mark.parametrize(
    ("sentence", "members"),
    [
        (
            HELP.format("vervoer, hulp bij geld, een maatje en een maaltijd aan huis"),
            ["vervoer", "hulp bij geld", "een maatje", "een maaltijd aan huis"],
        ),
        (
            HELP.format("vervoer, sport-, beweeg- en speeltuinen, hulp bij geld, en een maatje"),
            ["vervoer", "sport-, beweeg- en speeltuinen", "hulp bij geld", "een maatje"],
        ),
        (
            HELP.format("vervoer (bus, taxi), een maatje, hulp van ouders en buren, etc"),
            ["vervoer (bus, taxi)", "een maatje", "hulp van ouders en buren", "etc."],
        ),
        (
            HELP.format("vervoer naar de stad; hulp bij geld, ook thuis; een maatje voor ouderen"),
            ["vervoer naar de stad", "hulp bij geld, ook thuis", "een maatje voor ouderen"],
        ),
        # Whether the last "en" joins members or what one of them is for is not sure.
        (
            HELP.format("vervoer, een maatje, geld, zorg voor kinderen en ouderen"),
            ["vervoer", "een maatje", "geld", "zorg voor kinderen en ouderen"],
        ),
    ],
)
def test_a_long_enumeration_becomes_a_list_of_which_nothing_is_lost(sentence, members):
    lead, *items = listed(sentence).split("\n- ")
    assert lead == "Wij bieden in onze gemeente vier soorten hulp:"
    assert items == members


def test_examples_become_a_list():
    sentence = (
        "Denk bijvoorbeeld aan een spelmiddag, een wandeling, een kookles, een cursus en zang."
    )
    lead, *items = listed(sentence).split("\n- ")
    assert lead == "Denk bijvoorbeeld aan:"
    assert len(items) == 5


@pytest.mark.parametrize(
    "sentence",
    [
        "Er is hulp: vervoer, geld, een maatje en maaltijden.",  # short enough
        HELP.format("vervoer en een maatje voor wie alleen is in huis"),  # two members
        HELP.format("vervoer, een maatje dat helpt, hulp bij geld en maaltijden"),  # it says more
        HELP.format("vervoer, geen taxi, hulp bij geld, een maatje en maaltijden"),
        HELP.format("vervoer, een maatje, hulp bij geld, een maaltijd of een boek"),
        HELP.format("de bus is gratis, de taxi kost geld, het maatje komt langs, dat is fijn"),
        "Wat bieden wij in onze gemeente aan hulp: vervoer, geld, een maatje, maaltijden?",
        "Wij bieden ouderen, jongeren, kinderen en ouders in onze gemeente vervoer en geld aan.",
        "Wij zeggen dit jaar: hulp (zoals: vervoer, geld, een maatje, een maaltijd en meer.",
    ],
)
def test_what_is_short_or_not_sure_stays_in_its_sentence(sentence):
    assert listed(sentence) == sentence


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


QUOTE = HELP.format("vervoer, hulp bij geld, een maatje en maaltijden")
LIST = (
    "Wij bieden in onze gemeente vier soorten hulp: [1]\n{room}- vervoer [1]\n{room}- hulp bij "
    "geld [1]\n{room}- een maatje [1]\n{room}- maaltijden [1]"
)


def plainly(assistant, text):
    before = assistant.ask("Wat kost een rit met de wijkbus?")
    citation = replace(before.citations[0], quote=f"{QUOTE} Kom langs.", printed="")
    given = replace(before, text=text, citations=(citation,), closing="")
    answer = in_plain_dutch(given, assistant.documents, assistant.phrases)
    assert as_it_was(answer).text == text
    return answer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"**Bron**: „{QUOTE}” [1]\n\nEinde.", f"**Bron**: {LIST.format(room='')}\n\nEinde."),
        (
            f"„{QUOTE} Kom langs.” [1]",
            f"{LIST.format(room='')}\n\n„Kom langs.” [1]",
        ),
        (
            f"- „{QUOTE} Kom langs.” [1]\n- „Kom langs.” [1]",
            f"- {LIST.format(room='  ')}\n\n  „Kom langs.” [1]\n- „Kom langs.” [1]",
        ),
        (
            f"„{QUOTE}” [1] „Kom langs.” [1]",
            f"{LIST.format(room='')}\n\n „Kom langs.” [1]",
        ),
    ],
)
def test_each_item_keeps_the_number_and_what_follows_stands_below_the_list(assistant, text, shown):
    answer = plainly(assistant, text)
    assert answer.text == shown
    html = answer_html(shown, [1], lambda number: f"<b>{number}</b>")
    assert html.count("<b>1</b></li>") >= 4
    assert "<li>maaltijden <b>1</b></li>" in html


@pytest.mark.parametrize(
    "text", [f"| Bron | „{QUOTE}” [1] |", f"Zo staat er „{QUOTE}” [1], en verder niets."]
)
def test_in_a_table_or_a_sentence_of_ours_no_list_is_set(assistant, text):
    assert plainly(assistant, text).text == text


def test_an_item_counts_as_a_sentence():
    sentence = listed(QUOTE)
    # Each of the five lines is read by itself, so the text reads more easily than in one.
    assert readability(sentence) > readability(QUOTE)
    assert readability("Een man:\n- een pen\n- een kam") == readability(
        "Een man. Een pen. Een kam."
    )
