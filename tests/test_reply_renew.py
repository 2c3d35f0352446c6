"""Work searched for again keeps what the officer did."""

from dataclasses import replace

import pytest
from assistant_parts import prepared
from letter_parts import LETTER

from assistant.reply.findings import answerer, find_answers
from assistant.reply.records import Role, Stance
from assistant.reply.renew import renew
from assistant.reply.work import begin, change


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def work(assistant, tmp_path_factory):
    path = tmp_path_factory.mktemp("letters") / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    return begin(find_answers(assistant, path))


def test_for_the_same_municipality_nothing_changes(assistant, work):
    told = []
    again = renew(
        work, work.municipality, answerer(assistant, work.municipality), lambda *n: told.append(n)
    )
    assert again == work
    assert told == [(n, len(work.items)) for n in range(1, len(work.items) + 1)]


def test_what_was_only_proposed_is_proposed_anew(assistant, work):
    town = "Duinbroek en Waal"
    again = renew(work, town, answerer(assistant, town))
    assert again.municipality == town
    pairs = list(zip(work.items, again.items, strict=True))
    assert any(a.stance is not b.stance for a, b in pairs)
    assert all(b.stance is b.answered.stance for _, b in pairs)
    own = [e for b in again.items for e in b.evidence if e.role is not Role.EXAMPLE]
    assert {one.document.municipality for one in own} <= {town}


def test_choices_ticks_and_marks_go_along(assistant, work):
    at = next(n for n, item in enumerate(work.items) if len(item.evidence) > 2)
    item = work.items[at]
    kept = change(
        work, at, stance=Stance.DECLINED, ticked=(1, 2), text="Zie hier. [2]", heading="Eigen"
    )
    town = "Duinbroek en Waal"
    made = renew(kept, town, answerer(assistant, town)).items[at]
    assert (made.stance, made.heading) == (Stance.DECLINED, "Eigen")
    quotes = [one.quote for one in made.evidence]
    still = [
        quotes.index(item.evidence[n].quote) for n in (1, 2) if item.evidence[n].quote in quotes
    ]
    assert made.ticked == tuple(still)
    second = item.evidence[1].quote
    number = f"[{quotes.index(second) + 1}]" if second in quotes else "[bron niet meer gevonden]"
    assert made.text == f"Zie hier. {number}"


def test_a_source_that_is_gone_leaves_an_open_place(work):
    at = next(n for n, item in enumerate(work.items) if item.evidence)
    kept = change(work, at, text="Zie hier. [1]")

    def nothing(point):
        return replace(work.items[at].answered, point=point, evidence=(), carried_by=None)

    assert renew(kept, "", nothing).items[at].text == "Zie hier. [bron niet meer gevonden]"
