"""How the sentences of a draft read: names, subjects, quotes, and what is still to be chosen."""

import re
from dataclasses import replace
from datetime import date

import pytest
from assistant_parts import prepared
from letter_parts import LETTER

from assistant.reply.draft import load_template, reply_paper
from assistant.reply.findings import find_answers
from assistant.reply.naming import addressee, article_of, is_sent, named_document
from assistant.reply.point_text import (
    Need,
    drafted_text,
    in_turn,
    need_of,
    needs,
    opening_of,
)
from assistant.reply.records import Point, PointType, Role, Stance
from assistant.reply.work import begin, change, item_of, move, retype

DAY = date(2024, 5, 1)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def letters(assistant, tmp_path_factory):
    """Gives the work on a letter."""
    folder = tmp_path_factory.mktemp("letters")

    def work(text):
        path = folder / "brief.txt"
        path.write_text(text, encoding="utf-8")
        return begin(find_answers(assistant, path))

    return work


@pytest.fixture(scope="module")
def work(letters):
    return letters(LETTER)


def lines_of(work, assistant):
    paper = reply_paper(work, assistant.documents, load_template(), DAY)
    return ["".join(piece.text for piece in block.pieces) for block in paper.blocks]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Sociale Agenda 2024", "de Sociale Agenda 2024"),
        ("Beleidsplan zorg", "het Beleidsplan zorg"),
        ("Bestuurlijke reactie op het rapport", "de Bestuurlijke reactie op het rapport"),
        ("Samen verder", "‘Samen verder’"),
        ("De Sociale Agenda", "‘De Sociale Agenda’"),
    ],
)
def test_a_document_is_named_with_its_article(title, named):
    assert named_document(title) == named


@pytest.mark.parametrize(
    ("sender", "salutation"),
    [
        ("Seniorenraad Duinbroek", "Geachte leden van de Seniorenraad Duinbroek,"),
        ("Mantelzorgplatform De Brug", "Geachte leden van het Mantelzorgplatform De Brug,"),
        ("Stichting Welzijn Duinbroek", "Geacht bestuur van de Stichting Welzijn Duinbroek,"),
        ("Samenwerkende Huisartsen", "Geachte heer, mevrouw,"),
    ],
)
def test_a_body_is_addressed_by_what_it_is(letters, assistant, sender, salutation):
    work = letters(LETTER.replace("Adviesraad Samenleving\nPostbus", f"{sender}\nPostbus"))
    assert work.letter.sender == sender
    assert salutation in lines_of(work, assistant)


def test_a_letterhead_in_capitals_is_written_as_a_name(letters):
    letter = LETTER.replace("Adviesraad Samenleving\nPostbus", "RAAD VAN OUDEREN IN ELST\nPostbus")
    assert letters(letter).letter.sender == "Raad van Ouderen in Elst"
    address = LETTER.replace("Adviesraad Samenleving\nPostbus 4, Elst", "Dorpsstraat 1, Elst")
    assert letters(address).letter.sender == ""


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("ongevraagd advies wijkteams", "Reactie op uw ongevraagd advies wijkteams"),
        ("zo kan het niet langer", "Reactie op uw brief ‘Zo kan het niet langer’"),
        ("reactie op de agenda", "Reactie op uw brief ‘Reactie op de agenda’"),
    ],
)
def test_the_subject_of_the_reply_is_a_phrase(letters, assistant, subject, reply):
    work = letters(LETTER.replace("advies over de sociale agenda", subject))
    assert f"Onderwerp: {reply}" in lines_of(work, assistant)


def test_an_open_article_or_noun_gives_no_article():
    assert article_of("Een goed begin: de agenda") == ""
    assert addressee("J. de Groot") == ""
    assert not is_sent("het is genoeg geweest")


def point(text, kind):
    return Point(1, kind, 0, len(text), text)


def test_a_point_is_introduced_by_what_it_says():
    asked = point("Zou u de scholen willen spreken?", PointType.REQUEST)
    unasked = point("Wat er dan gebeurt, is ons niet duidelijk.", PointType.QUESTION)
    assert opening_of(asked) == "punt_vraag"
    assert opening_of(unasked) == "punt_vraag_indirect"


def test_what_only_announces_is_not_quoted(letters):
    letter = LETTER.replace("2. Wij adviseren u de wijkteams", "2. Advies: stel de wijkteams")
    item = letters(letter).items[1]
    said = drafted_text(item, load_template()).split("\n")[0]
    assert "„stel de wijkteams ook op zaterdag te openen.”" in said


def test_the_choices_fit_the_type_of_point(work):
    """To a question nothing can be taken over."""
    at = next(n for n, item in enumerate(work.items) if "zonnepanelen" in item.point.quote)
    texts = {
        kind: drafted_text(retype(work, at, kind).items[at], load_template())
        for kind in PointType
        if kind is not PointType.COMPLIMENT
    }
    choices = {kind: text[text.rindex("[") :] for kind, text in texts.items()}
    assert "antwoord" in choices[PointType.QUESTION]
    assert "nemen dit over" not in choices[PointType.QUESTION]
    assert "tekst" in choices[PointType.TEXT]
    assert len(set(choices.values())) == len(choices)


def test_stances_of_a_template_without_types_hold_for_all(work):
    template = load_template()
    plain = {n: t for n, t in template.sentences.items() if not n.startswith("standpunt_niets_")}
    own = type(template)(template.version, plain)
    at = next(n for n, item in enumerate(work.items) if item.stance is Stance.NOTHING)
    for kind in (PointType.QUESTION, PointType.TEXT):
        text = drafted_text(retype(work, at, kind).items[at], own)
        assert text.endswith(in_turn(own, "standpunt_niets", 0))


def test_a_footnote_gives_a_quote_once(work, assistant):
    paper = reply_paper(work, assistant.documents, load_template(), DAY)
    notes = [piece.note for block in paper.blocks for piece in block.pieces if piece.note]
    again = [note for note in notes if note.endswith("(hierboven geciteerd)")]
    whole = [note for note in notes if note not in again]
    assert again
    assert len(whole) == len(set(whole))


def test_what_is_still_to_be_chosen_stands_at_the_top(work, assistant):
    found = needs(work.items, load_template())
    open_ones = found[Need.CHOICE]
    assert open_ones
    assert all(work.items[n - 1].stance is Stance.NOTHING for n in open_ones)
    told = next(line for line in lines_of(work, assistant) if line.startswith("[Nog te kiezen"))
    assert told.startswith(f"[Nog te kiezen bij {len(open_ones)} van de 6 punten: ")
    assert re.findall(r"\d+", told.split(": ")[1]) == [str(n) for n in open_ones]


def test_a_point_is_done_when_nothing_is_left_open(work, assistant):
    template = load_template()
    at = next(n for n, item in enumerate(work.items) if item.stance is Stance.NOTHING)
    assert need_of(work.items[at], template) is Need.CHOICE
    taken = change(work, at, stance=Stance.TAKEN_OVER)
    assert need_of(taken.items[at], template) is Need.WORDS
    written = change(work, at, text="Wij leggen panelen in mei.")
    assert need_of(written.items[at], template) is Need.NONE
    done = work
    for n in range(len(work.items)):
        done = change(done, n, text="Dat doen wij.")
    assert "[Bij alle punten is gekozen en aangevuld.]" in lines_of(done, assistant)


def test_a_stance_without_a_ticked_quote_is_no_claim(work):
    at = next(n for n, item in enumerate(work.items) if item.stance is Stance.NOTHING)
    chosen = change(work, at, stance=Stance.PARTLY, ticked=()).items[at]
    text = drafted_text(chosen, load_template())
    assert "geen bewijsplaats aangevinkt" in text
    assert "Niets gevonden" not in text


def test_the_order_of_the_letter_is_only_named_where_it_is_kept(work, assistant):
    assert any("de volgorde van uw brief" in line for line in lines_of(work, assistant))
    moved = lines_of(move(work, 1, -1), assistant)
    assert not any("de volgorde van uw brief" in line for line in moved)


def test_beside_what_carries_the_stance_only_what_says_nearly_as_much_is_taken_up(work):
    item, carried = next(
        (item, item.answered.carried_by)
        for item in work.items
        if item.answered.carried_by and item.answered.carried_by.text.endswith(".")
    )
    whole = replace(carried, role=Role.POLICY, support=0.8, bears=True)
    near, far = (replace(whole, support=support) for support in (0.75, 0.5))
    answered = replace(item.answered, evidence=(whole, far, near), carried_by=whole)
    assert whole.text.endswith(".")
    assert item_of(answered).ticked == (0, 2)
    praised = replace(answered, point=replace(item.point, type=PointType.COMPLIMENT))
    assert item_of(praised).ticked == ()


def test_what_other_municipalities_do_is_not_taken_up_by_itself(work):
    examples = [
        (item, n)
        for item in work.items
        for n, one in enumerate(item.evidence)
        if one.role is Role.EXAMPLE
    ]
    assert examples
    assert not any(n in item.ticked for item, n in examples)
