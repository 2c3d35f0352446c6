from math import exp, log, sqrt

import pytest

from assistant.reply.phrase_training import (
    Spoken,
    hints_left_out,
    learn_phrases,
    save_phrases,
)
from assistant.reply.phrases import KINDS, PhraseWeights, hint_of, load_phrases, phrases_of
from assistant.reply.records import PointType
from assistant.reply.training import learnt_from

REQUEST, QUESTION = PointType.REQUEST, PointType.QUESTION


def row(**weights):
    """Weights by the name of the type, "none" for no point; 0 for the others."""
    return tuple(weights.get("none" if kind is None else kind.name.lower(), 0.0) for kind in KINDS)


def test_the_phrases_of_a_sentence():
    assert phrases_of("Maak 3 loketten, nu!", REQUEST) == {
        *("w maak", "w 0", "w loketten", "w ,", "w nu", "w !"),
        *("b maak 0", "b 0 loketten", "b loketten ,", "b , nu", "b nu !"),
        *("t maak 0 loketten", "t 0 loketten ,", "t loketten , nu", "t , nu !"),
        *("p loket", "s maak", "s maak 0", "e nu !", "a verzoek"),
    }
    assert phrases_of("***", None) == frozenset()


def test_a_hint_is_the_sum_of_what_its_phrases_count():
    weights = PhraseWeights(row(none=1.0), {"w graag": row(request=2.0), "w ?": row(question=3.0)})
    hint = hint_of("Graag een bankje?", None, weights)
    scores = {kind: 0.0 for kind in PointType}
    scores[REQUEST], scores[QUESTION] = 2 / sqrt(4), 3 / sqrt(4)
    some = sum(exp(score) for score in scores.values())
    assert hint.point == pytest.approx(log(some / exp(1.0)))
    assert hint.types == pytest.approx([log(exp(scores[kind]) / some) for kind in PointType])
    assert sum(map(exp, hint.types)) == pytest.approx(1.0)


def test_words_that_nobody_ever_read_hint_at_nothing_but_what_is_usual():
    weights = PhraseWeights(row(none=1.0), {"w graag": row(request=2.0)})
    assert hint_of("Xyz.", None, weights).point == pytest.approx(log(6 / exp(1.0)))


SPOKEN = [
    Spoken(letter, text, None, kind)
    for letter in ("a", "b", "c")
    for text, kind in (
        ("Wij zouden graag een bankje zien.", REQUEST),
        ("Hoeveel kost dat bankje?", QUESTION),
        ("Het bankje staat in het park.", None),
    )
]


def test_what_letters_show_is_learnt(tmp_path):
    weights = learn_phrases(SPOKEN)
    asked = hint_of("Hoeveel kost het?", None, weights)
    wished = hint_of("Wij zouden graag een lamp zien.", None, weights)
    assert asked.types[list(PointType).index(QUESTION)] > log(0.5)
    assert wished.types[list(PointType).index(REQUEST)] > log(0.5)
    stands = hint_of("Het staat in het park.", None, weights)
    assert min(asked.point, wished.point) > 0 > stands.point
    save_phrases(weights, tmp_path / "phrases.json")
    assert load_phrases(tmp_path / "phrases.json") == weights


def test_hints_to_learn_from_come_from_other_letters():
    """What only one letter says is no hint in it."""
    spoken = [*SPOKEN, Spoken("d", "Verdorie en nogmaals verdorie.", None, REQUEST)]
    *_, alone = hints_left_out(spoken)
    others = hint_of("Verdorie en nogmaals verdorie.", None, learn_phrases(SPOKEN))
    assert alone == others


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Daar worden wij niet vrolijk van.", "De vergadering is op dinsdag."),
        ("Het zou al schelen als er een bel zat.", "Er zit een bel bij de deur."),
        ("Daar zijn wij niet gerust op.", "Daar wonen driehonderd mensen."),
    ],
)
def test_what_sounds_like_a_point_hints_at_one(more, less):
    weights = load_phrases()
    assert hint_of(more, None, weights).point > hint_of(less, None, weights).point + 1


def test_of_a_sentence_in_two_halves_the_first_is_what_makes_the_point(tmp_path):
    text = (
        "Geacht college,\n\nDe bus rijdt niet meer.\n\n"
        "Wij adviseren u de agenda aan de raad voor te leggen en het platform te betrekken.\n\n"
        "Met vriendelijke groet,\nde adviesraad\n"
    )
    (tmp_path / "brief.txt").write_text(text, "utf-8")
    quote = "Wij adviseren u de agenda aan de raad voor te leggen en het platform te betrekken."
    gold = f'{{"letter": "brief", "quote": "{quote}", "type": "verzoek"}}\n'
    (tmp_path / "gold.jsonl").write_text(gold, "utf-8")
    [letter] = learnt_from(tmp_path)
    [place] = letter.types
    assert letter.sentences[place].text.startswith("Wij adviseren u")
    assert letter.sentences[place + 1].again
