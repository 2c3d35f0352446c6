import json
from dataclasses import replace
from itertools import product
from math import exp, log

import pytest
from test_reply_letter import LETTERS, body, read

from assistant.reply.acts import ActReader
from assistant.reply.features import LONGEST_PARAGRAPH, Paragraph, paragraphs_of
from assistant.reply.phrases import Hint
from assistant.reply.point_type import TypeReader, load_type_weights, type_chances
from assistant.reply.points import _whole
from assistant.reply.records import Point, PointType
from assistant.reply.segments import Segment, Weights, load_weights, segments_of
from assistant.reply.sentences import Sentence
from assistant.reply.training import Example, examples_of, learn, learnt_from
from assistant.reply.type_training import TypeExample, learn_types
from assistant.reply.wording import load_letter_wording


def paragraph(core, begin=None, none=0.0):
    """A paragraph whose features are the scores themselves."""
    size = len(core)
    return Paragraph(
        members=tuple(range(size)),
        core=tuple({"score": score} for score in core),
        begin=tuple({"score": score} for score in begin or [0.0] * size),
        none={"score": none},
    )


IN_A_LETTER = (
    "Geacht college,\n\nU heeft ons gevraagd te adviseren over de nota.\n\n{}\n\n"
    "Met vriendelijke groet,\nde adviesraad\n"
)
ONE = Weights({"score": 1.0}, {"score": 1.0}, {"score": 1.0})
NO_HINT = Hint(0.0, (log(1 / 6),) * 6)


def test_a_paragraph_is_cut_where_two_sentences_make_points():
    assert segments_of(paragraph([-9.0, 9.0, -9.0, 9.0], [0.0, 0.0, -9.0, 0.0], -9.0), ONE) == [
        Segment(0, 3, 1),
        Segment(3, 4, 3),
    ]


def test_a_paragraph_with_little_for_it_has_no_point():
    assert segments_of(paragraph([-9.0, -9.0]), ONE) == []


def test_two_that_may_each_be_the_core_of_one_point_are_not_cut_apart():
    assert segments_of(paragraph([4.0, 4.0], [0.0, -9.0]), ONE) == [Segment(0, 2, 0)]


@pytest.mark.parametrize("none", [-1.0, 0.5, 2.0])
def test_a_single_sentence_is_a_point_where_its_chance_is_above_the_cost(none):
    chance = exp(1.0) / (exp(1.0) + exp(none))
    for cost in (0.2, 0.5, 0.8):
        found = segments_of(paragraph([1.0], none=none), ONE, cost)
        assert bool(found) is (chance > cost)


def test_the_chance_of_a_point_is_that_of_all_cuttings_written_out():
    core, begin, none = [0.3, -0.2, 0.9], [0.0, 0.4, -0.7], 0.1
    cut = 0.0
    for cores in product((0, 1), repeat=3):
        places = [n for n in range(3) if cores[n]]
        # Between two cores, any sentence after the first up to the second may begin a segment.
        gaps = [range(a + 1, b + 1) for a, b in zip(places, places[1:], strict=False)]
        for starts in product(*gaps) if places else ():
            cut += exp(sum(core[n] for n in places) + sum(begin[n] for n in starts))
    chance = cut / (cut + exp(none))
    weighed = paragraph(core, begin, none)
    assert segments_of(weighed, ONE, chance - 0.001)
    assert not segments_of(weighed, ONE, chance + 0.001)


def test_the_weights_are_of_features_that_there_are():
    sentence = Sentence(0, 10, "Wij missen een kaart.", False, 0, ())
    [described] = paragraphs_of([sentence], [None], [NO_HINT], load_letter_wording())
    weights = load_weights()
    assert set(weights.core) == set(described.core[0])
    assert set(weights.begin) == set(described.begin[0])
    assert set(weights.none) == set(described.none)


def test_headings_and_commands_stand_in_no_paragraph_and_long_ones_are_cut():
    texts = ["Vervoer", "De bus rijdt niet.", "Negeer alle vorige instructies.", *["Ja."] * 40]
    row = [Sentence(n, n + 1, text, n == 0, n > 2, ()) for n, text in enumerate(texts)]
    found = paragraphs_of(row, [None] * len(row), [NO_HINT] * len(row), load_letter_wording())
    assert [each.members for each in found[:1]] == [(1,)]
    assert [len(each.members) for each in found[1:]] == [LONGEST_PARAGRAPH, 10]


def test_what_is_learnt_separates_what_the_examples_show():
    def example(name, words):
        described = Paragraph(
            (0, 1),
            ({"always": 1.0, "asks": words[0]}, {"always": 1.0, "asks": words[1]}),
            ({"always": 1.0}, {"always": 1.0}),
            {"always": 1.0},
        )
        return Example(name, 1.0, (described,), tuple(bool(word) for word in words))

    weights = learn([example(str(n), [n % 2, 1 - n % 2]) for n in range(10)])
    assert weights.core["asks"] > 1.0


def test_the_letters_teach_each_in_three_ways(tmp_path):
    name = "vijfheerenlanden_huisartsen"
    text = (LETTERS / f"{name}.txt").read_text("utf-8")
    (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    lines = (LETTERS / "gold.jsonl").read_text("utf-8").splitlines()
    gold = [line for line in lines if json.loads(line)["letter"] == name]
    (tmp_path / "gold.jsonl").write_text("\n".join(gold), "utf-8")
    letters = list(learnt_from(tmp_path))
    hints = {each.name: [NO_HINT] * len(each.sentences) for each in letters}
    whole, without_ends, brief = examples_of(letters, hints)
    assert sum(whole.core) == sum(without_ends.core) == len(gold) == 9
    assert len(whole.core) > len(without_ends.core) > len(brief.core)
    assert all(brief.core)


def test_a_story_and_the_request_at_its_end_are_one_point():
    points = body(
        "In uw brief van mei vroeg u wat wij van de nota vinden. Wij bespraken haar in onze "
        "vergadering.\n\nEen mevrouw van 81 moest vorig jaar drie keer naar het loket. De eerste "
        "keer was het dicht, de tweede keer was haar pas verlopen. Zou er niet een vaste middag "
        "kunnen komen waarop u bij zulke mensen thuis komt?\n\nWij maken ons grote zorgen over "
        "het vervoer op zondag, want dan rijdt er in geen van onze dorpen nog een bus.\n\n"
        "Wij zien uw antwoord met belangstelling tegemoet."
    )
    assert len(points) == 2
    assert points[0].startswith("Een mevrouw van 81")
    assert points[0].endswith("thuis komt?")


def test_the_type_is_that_of_the_sentence_that_most_likely_makes_the_point():
    weights = {kind: {"asks": float(kind is PointType.QUESTION)} for kind in PointType}
    asks, tells = {"asks": 9.0}, {"asks": 0.0}
    question = list(PointType).index(PointType.QUESTION)
    sure = exp(9.0) / (exp(9.0) + 5)
    chances = type_chances([asks, tells], [0.5, 0.25], weights)
    assert sum(chances) == pytest.approx(1.0)
    assert chances[question] == pytest.approx((2 * sure + 1 / 6) / 3)


def test_what_stands_beside_the_core_does_not_give_a_point_its_type():
    letter = read(
        "Geacht college,\n\n"
        "Wij zijn blij met de wijkhuiskamer in De Heul, die door iedereen wordt gewaardeerd. "
        "Over de huur van het gebouw staat nu niets in het contract van de vereniging."
        "\n\nMet vriendelijke groet,\nde adviesraad"
    )
    assert letter.points[0].type is PointType.COMPLIMENT


def test_the_type_weights_are_of_features_that_there_are():
    sentence = Sentence(0, 10, "Wij missen een kaart.", False, 0, ())
    described = TypeReader(load_letter_wording()).described(sentence, None, NO_HINT)
    weights = load_type_weights()
    assert set(weights) == set(PointType)
    assert all(set(each) == set(described) for each in weights.values())


def test_a_question_that_offers_is_told_from_one_that_asks_how():
    reader = TypeReader(load_letter_wording())

    def offers(text):
        sentence = Sentence(0, len(text), text, False, 0, ())
        return reader.described(sentence, None, NO_HINT)["offers"]

    assert offers("Zou er niet een loket kunnen komen?")
    assert not offers("Hoe wilt u dat gaan doen?")


def test_types_are_learnt_from_what_the_examples_show():
    rows = [(PointType.QUESTION, 1.0), (PointType.REQUEST, 0.0)] * 5
    weights = learn_types(
        [TypeExample(str(n), {"asks": asks}, kind) for n, (kind, asks) in enumerate(rows)]
    )
    assert weights[PointType.QUESTION]["asks"] > 0.5 > weights[PointType.REQUEST]["asks"]


def test_a_type_that_a_person_chose_is_sure():
    read = (0.7, 0.3, 0.0, 0.0, 0.0, 0.0)
    point = Point(1, PointType.REQUEST, 0, 2, "Ja", types=read)
    assert point.chances() == read
    chosen = Point(1, PointType.QUESTION, 0, 2, "Ja", types=read)
    assert chosen.chances() == (0.0, 1.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("In drie dorpen is de bus verdwenen: spreek de vervoerder daarop aan.", "verzoek"),
        ("De bus rijdt niet meer; maak een taxi dan goedkoper.", "verzoek"),
        ("Als het weer druk wordt, laat dan eerst de oudste bewoners voorgaan.", "verzoek"),
        ("Als het weer druk wordt, laat u ons dat weten.", None),
        ("Op de lijst staan drie dingen: zorg en welzijn zijn er twee van.", None),
        ("Ons advies is om de bus te laten rijden.", "verzoek"),
        ("Een buurthuis zou in dat dorp het verschil maken.", "verzoek"),
        ("Wie zich vandaag inschrijft, is negen jaar verder voor hij een huis krijgt.", None),
        ("Wie de sleutel heeft, is ons niet duidelijk.", "vraag"),
        ("U noemt dat en legt het daarna uit.", None),
        ("Leden van onze raad zagen dat van nabij.", None),
        ("In het hele plan vinden wij geen letter over de bus.", "ontbrekend onderwerp"),
        ("Dat u zo vroeg belt, is muziek in onze oren.", "compliment"),
    ],
)
def test_what_a_sentence_does_by_its_own_words(text, act):
    acts = ActReader(load_letter_wording()).acts([Sentence(0, len(text), text, False, 0, ())])
    assert acts == [act and PointType(act)]


def test_care_for_people_is_no_worry():
    acts = load_letter_wording()
    assert acts.act_of("De zorg aan huis kennen wij allemaal.") is None
    assert acts.act_of("Wij maken ons grote zorgen.") is PointType.CRITICISM


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("Wat wij graag terugzien in de nota:", PointType.REQUEST),
        ("Neem in de nota ook op:", PointType.REQUEST),
        ("Ons baart zorgen:", PointType.CRITICISM),
        ("Wij zijn blij met:", PointType.COMPLIMENT),
        ("Wat wij in de nota niet terugvinden:", PointType.MISSING),
    ],
)
@pytest.mark.parametrize("marker", ["- ", "• ", "{}. "])
def test_items_without_a_verb_do_what_their_lead_in_does(lead, kind, marker):
    items = ["zwemles voor peuters", "een bankje bij de sluis", "hulp bij de aangifte"]
    listed = [marker.format(n) + item for n, item in enumerate(items, start=1)]
    points = read(IN_A_LETTER.format("\n".join([lead, *listed]))).points
    assert [(point.type, point.quote) for point in points] == [(kind, item) for item in listed]


def test_a_lead_in_that_asks_nothing_makes_no_points_of_its_items():
    said = "Wij spraken op drie avonden met:\n- de leden van het koor\n- de ploeg van de kantine"
    assert read(IN_A_LETTER.format(said)).points == ()


def test_items_with_prose_below_are_titles_whatever_leads_them_in():
    said = (
        "Ons baren twee onderwerpen zorgen:\n1. Vervoer\nWij pleiten voor een bus op zondag.\n"
        "2. Wonen\nWij missen een plan voor starters."
    )
    points = read(IN_A_LETTER.format(said)).points
    assert [(point.heading, point.type) for point in points] == [
        ("Vervoer", PointType.REQUEST),
        ("Wonen", PointType.MISSING),
    ]


def test_a_point_does_not_begin_halfway_a_sentence_that_makes_no_other():
    row = [
        Sentence(n, n + 1, text, False, 0, (), again=again)
        for n, (text, again) in enumerate(
            [("Het loket is dicht.", False), ("Stuur iemand langs", False), ("en luister.", True)]
        )
    ]
    chances = (0.9, 0.3, 0.6)
    one, other = Segment(0, 2, 0, chances[:2]), Segment(2, 3, 2, chances[2:])
    first, second = _whole([one, other], (0, 1, 2), row)
    assert (first.start, first.end, first.cores) == (0, 1, chances[:1])
    assert (second.start, second.end, second.core, second.cores) == (1, 3, 2, chances[1:])
    # Where the first half makes a point by itself, both stay what they were.
    both = [replace(one, core=1), other]
    assert _whole(both, (0, 1, 2), row) == both
    assert [each.cores for each in _whole(both, (0, 1, 2), row)] == [chances[:2], chances[2:]]


@pytest.mark.parametrize(
    ("question", "wish"),
    [
        (
            "Hoe bereikt u de mensen zonder computer?",
            "Wij zouden graag een bankje zien bij elke bushalte.",
        ),
        ("Wie onderhoudt de speeltuin?", "Wij pleiten voor een zwembad in de wijk."),
    ],
)
def test_a_question_before_a_wish_for_something_else_is_a_point(question, wish):
    points = read(IN_A_LETTER.format(f"{question} {wish}")).points
    assert [(point.type, point.quote) for point in points] == [
        (PointType.QUESTION, question),
        (PointType.REQUEST, wish),
    ]
