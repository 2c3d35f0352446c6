"""How a list is written: by programme, theme and kind; long ones with a summary, and shortened."""

import re

import pytest
from assistant_parts import assert_proven, assistant_over

from assistant.citations import shorten
from assistant.markup import answer_html
from ingest.grouping import grouped

ROWS = 30
LONG = "zodat iedereen weet waar hij aan toe is en niemand hoeft te wachten op een antwoord " * 5


def plan(*, item=""):
    """An agenda with two themes of so many goals, and a way to measure the first theme."""
    themes = ("Zwembad", "Bibliotheek")
    text = ["Agenda Meerdijk", "De gemeente Meerdijk wil dat iedereen mee kan doen in het dorp."]
    for place, theme in enumerate(themes, start=1):
        text += [f"{place}. {theme}", "Doelen:"]
        text += [f"{n}. Het {theme.lower()} krijgt plan {n} {item}." for n in range(1, ROWS + 1)]
    text += ["3. Meting", "Indicatoren:", "1. Aantal bezoekers per jaar.", "2. Aantal klachten."]
    return "\n\n".join(text)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return assistant_over(tmp_path_factory.mktemp("kort"), {"agenda-meerdijk.txt": plan()})


@pytest.fixture(scope="module")
def asked_at_length(tmp_path_factory):
    texts = {"agenda-meerdijk.txt": plan(item=LONG)}
    return assistant_over(tmp_path_factory.mktemp("lang"), texts)


def test_a_long_list_begins_with_how_many_there_are_of_what(asked):
    answer = asked.ask("Welke doelen staan er in de agenda?")
    assert answer.text.startswith("Samen 60 doelen, uit 1 document.")
    names = re.findall(r"^\d\..*:$", answer.text, re.MULTILINE)
    assert names == [
        "1. Zwembad (30 doelen):",
        "2. Bibliotheek (30 doelen):",
    ]
    assert len(answer.citations) == 60
    assert "…" not in answer.text


def test_a_short_list_has_no_summary_and_says_what_was_guessed(asked):
    answer = asked.ask("Welke indicatoren staan er in de agenda?")
    assert answer.text.startswith("**Agenda Meerdijk (vermoedelijk Meerdijk)**")
    assert "Samen" not in answer.text
    assert "3. Meting (2 indicatoren):" in answer.text


def test_what_would_fill_pages_is_shortened_and_says_so(asked_at_length):
    answer = asked_at_length.ask("Welke doelen staan er in de agenda?")
    assert_proven(answer, asked_at_length.documents)
    items = re.findall(r"„(.*)” \[\d+\]", answer.text)
    assert len(items) == 60
    assert {item.endswith("…") for item in items} == {True}
    assert max(map(len, items)) <= 120 + len(" …")
    assert "Ingekort: elk nummer geeft de hele tekst." in answer.text
    assert all(LONG.strip() in " ".join(c.quote.split()) for c in answer.citations)


@pytest.mark.parametrize(
    ("room", "shown"),
    [(50, "Een zin, met een komma"), (22, "Een zin, met een komma"), (21, "Een zin, met een …")]
    + [(9, "Een zin …"), (8, "Een …")],
)
def test_a_shortened_text_ends_at_a_word(room, shown):
    assert shorten("Een zin, met een komma", room) == shown


def test_groups_keep_the_order_of_their_first_items():
    assert grouped("banana", lambda letter: letter) == [["b"], ["a", "a", "a"], ["n", "n"]]


def test_the_page_folds_each_list_under_its_name():
    text = "Samen 3.\n\n**Titel**\n\nZorg (2):\n- een [1]\n- twee [2]\n\nWerk (1):\n- drie\n\nSlot."
    html = answer_html(text, {1, 2}, lambda n: f"<NR{n}>", fold=True)
    assert re.sub(r"\n", "", html) == (
        "<p>Samen 3.</p><p><strong>Titel</strong></p>"
        '<details class="bw-vouw"><summary>Zorg (2):</summary>'
        "<ul><li>een <NR1></li><li>twee <NR2></li></ul></details>"
        '<details class="bw-vouw"><summary>Werk (1):</summary><ul><li>drie</li></ul></details>'
        "<p>Slot.</p>"
    )
    assert "<details" not in answer_html(text, {1, 2}, str)
