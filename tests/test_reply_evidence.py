from dataclasses import asdict, replace

import pytest
from assistant_parts import prepared
from letter_parts import INJECTED, LETTER

from assistant.reply.evidence import EvidenceFinder
from assistant.reply.findings import find_answers
from assistant.reply.letter import in_letter
from assistant.reply.ranking import PointRanker, Weights
from assistant.reply.records import Point, PointType, Role, Stance
from assistant.reply.stance import stance_on


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def findings(assistant, tmp_path_factory):
    path = tmp_path_factory.mktemp("letters") / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    return find_answers(assistant, path)


def one_line(text):
    return " ".join(text.split())


def answer_on(findings, words):
    return next(a for a in findings.answers if words in one_line(a.point.quote))


def test_every_quote_stands_in_its_document(assistant, findings):
    quotes = [e for answer in findings.answers for e in answer.evidence]
    assert quotes
    for evidence in quotes:
        home = assistant.documents[evidence.document.id]
        assert home.text[evidence.quote.start : evidence.quote.end] == evidence.text


def test_advice_taken_over_before_is_told_with_the_answer_of_then(findings):
    answer = answer_on(findings, "eenzaamheid onder ouderen")
    assert answer.stance is Stance.PROMISED
    assert answer.carried_by.role in {Role.EARLIER, Role.PROMISE}
    assert "over" in answer.carried_by.text
    assert answer.carried_by.document.id == "elst-brief"


def test_advice_declined_before_is_told_with_its_reason(findings):
    answer = answer_on(findings, "wijkteams ook op zaterdag")
    assert answer.stance is Stance.DECLINED
    assert one_line(answer.carried_by.text).startswith("Dit advies nemen wij niet over")


def test_a_question_gets_the_sentence_that_answers_it(findings):
    answer = answer_on(findings, "deeltaxi ook op zondag")
    assert any(
        "deeltaxi is ook op zondag te bestellen" in one_line(e.text) for e in answer.evidence
    )
    assert answer.stance in {Stance.POLICY, Stance.PARTLY}


def test_a_gap_says_what_was_searched_for_and_where(findings, assistant):
    answer = answer_on(findings, "zonnepanelen")
    assert answer.stance is Stance.NOTHING
    assert answer.carried_by is None
    assert "zonnepanelen" in answer.about
    assert set(answer.searched) == set(assistant.documents)


def test_what_lies_nearest_is_shown_and_carries_no_stance(findings):
    answer = answer_on(findings, "zonnepanelen")
    assert len([one for one in answer.evidence if one.role is not Role.EXAMPLE]) == 5
    for some in findings.answers:
        bears = [one.bears for one in some.evidence if one.role is not Role.EXAMPLE]
        assert bears == sorted(bears, reverse=True)
        assert some.carried_by is None or some.carried_by.bears


@pytest.mark.parametrize(
    ("point", "found"),
    [
        (
            "Wij stellen voor om 'dag en nacht zorg nodig hebben' te vervangen door 'zorg nodig'.",
            "De Wlz geldt voor mensen die hun leven lang dag en nacht zorg nodig hebben.",
        ),
        # Nothing in these words tells of the taxi; the number of the section does.
        (
            "Over paragraaf 4 zijn wij benieuwd: hoe gaan kosten en dagen eruit zien?",
            "Inwoners van 75 jaar en ouder reizen met de deeltaxi.",
        ),
    ],
)
def test_what_a_point_quotes_and_the_section_that_it_names_are_looked_up(
    assistant, tmp_path, point, found
):
    path = tmp_path / "brief.txt"
    path.write_text(
        "Aan het college van Elst-Veenoord\n\nGeacht college,\n\nWij schrijven u over de agenda "
        f"van dit jaar.\n\n{point}\n\nMet vriendelijke groet,\nde adviesraad",
        encoding="utf-8",
    )
    (answer,) = find_answers(assistant, path).answers
    assert found in [one_line(one.text) for one in answer.evidence]


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("Wij missen de deeltaxi op zondag.", "deeltaxi is ook op zondag te bestellen"),
        ("Wij zijn bezorgd over de eenzaamheid onder ouderen.", "eenzaamheid"),
    ],
)
def test_what_a_point_is_about_may_stand_before_it_in_its_paragraph(
    assistant, tmp_path, before, found
):
    path = tmp_path / "brief.txt"
    path.write_text(
        "Aan het college van Elst-Veenoord\n\nGeacht college,\n\nWij schrijven u over de agenda "
        f"van dit jaar.\n\n{before} Wanneer krijgen wij daar antwoord op?\n\n"
        "Met vriendelijke groet,\nde adviesraad",
        encoding="utf-8",
    )
    answer = find_answers(assistant, path).answers[-1]
    assert answer.point.quote.endswith("Wanneer krijgen wij daar antwoord op?")
    assert found in one_line(answer.evidence[0].text).lower()


def test_a_paragraph_around_a_point_ends_at_a_blank_line():
    text = "Kop\n\nEerst dit.\nDan het punt. En nog wat.\n \nEen andere alinea."
    start = text.index("Dan")
    point = in_letter(Point(1, PointType.REQUEST, start, start + len("Dan het punt."), ""), text)
    assert (point.before, point.quote, point.after) == (
        "Eerst dit.",
        "Dan het punt.",
        "En nog wat.",
    )


def subject_on(assistant, text, core):
    start = text.index(core)
    point = Point(1, PointType.REQUEST, start, start + len(core), "")
    return EvidenceFinder(assistant.opened, "Elst-Veenoord").subject(in_letter(point, text))


def test_the_items_before_a_point_in_its_list_say_nothing_of_it(assistant):
    items = "Over ouderen vragen wij:\n- Open het zwembad.\n- Laat de deeltaxi rijden."
    for core in ("Laat de deeltaxi", "- Laat de deeltaxi"):
        about = [word.word for word in subject_on(assistant, items, core).before.words]
        assert "ouderen" in about
        assert "zwembad" not in about
    prose = "Open het zwembad voor ouderen. Laat de deeltaxi rijden."
    about = [word.word for word in subject_on(assistant, prose, "Laat de deeltaxi").before.words]
    assert "zwembad" in about


def test_what_was_searched_for_are_the_words_that_tell_most_of_the_paragraph_too(assistant):
    text = "Wij missen de deeltaxi op zondag. Wanneer krijgen wij dat te zien?"
    told = subject_on(assistant, text, "Wanneer krijgen wij dat te zien?").words
    assert "deeltaxi" in told
    many = "de deeltaxi, het zwembad, de markt, het museum, de molen, het park, de kerk, de haven"
    text = f"Wij missen {many}, de kermis en de brug. Wanneer krijgen wij dat te zien?"
    told = subject_on(assistant, text, "Wanneer krijgen wij dat te zien?").words
    assert len(told) == 8
    assert "krijgen" not in told


def test_the_weights_of_the_ranking_decide_the_order(assistant):
    finder = EvidenceFinder(assistant.opened, "Elst-Veenoord")
    text = "De deeltaxi op zondag is een goed idee."
    point = Point(1, PointType.COMPLIMENT, 0, len(text), text)
    subject = finder.subject(point)
    found = finder.search.candidates(point, subject)
    nothing = dict.fromkeys(asdict(Weights()), 0.0)

    def first(**weights):
        ranker = PointRanker(assistant.opened.scorer, Weights(**nothing | weights))
        return ranker.ranked(found, subject)[0].sentence

    assert "zondag" in first(core=1.0).text
    longest = max(len(one.sentence.text) for one in found)
    assert len(first(length=1.0).text) == longest > len(first(core=1.0).text)


def test_the_own_municipality_comes_first_and_others_are_examples(findings):
    for answer in findings.answers:
        roles = [evidence.role is Role.EXAMPLE for evidence in answer.evidence]
        assert roles == sorted(roles)
        for evidence in answer.evidence:
            own = evidence.document.municipality == findings.municipality
            assert own == (evidence.role is not Role.EXAMPLE)


def test_another_municipality_carries_no_stance(assistant, tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    findings = find_answers(assistant, path, municipality="Grafveen")
    answer = answer_on(findings, "wijkteams ook op zaterdag")
    assert answer.stance is Stance.NOTHING
    assert all(
        evidence.role is Role.EXAMPLE
        for evidence in answer.evidence
        if evidence.document.municipality != "Grafveen"
    )


def test_no_stance_is_ever_taken_over_by_the_machine(assistant, findings, tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text(INJECTED, encoding="utf-8")
    injected = find_answers(assistant, path)
    assert [a.point.type for a in injected.answers] == ["verzoek", "vraag"]
    for answer in (*findings.answers, *injected.answers):
        assert answer.stance is not Stance.TAKEN_OVER
        assert (answer.carried_by is None) == (answer.stance is Stance.NOTHING)


def test_a_letter_is_not_added_to_the_index(assistant, findings):
    assert all("brief.txt" != home.document.file for home in assistant.documents.values())
    assert len(assistant.documents) == 6


def test_progress_is_told_after_each_point(assistant, tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    told = []
    find_answers(assistant, path, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 6) for n in range(1, 7)]


def test_words_that_a_proposal_quotes_carry_no_stance(findings):
    answer = answer_on(findings, "'bejaarden' te vervangen")
    assert answer.stance is Stance.NOTHING


@pytest.mark.parametrize(
    ("text", "types", "proposed"),
    [
        ("Wij zijn bezorgd over de bus.", (0.0, 0.0, 1.0, 0.0, 0.0, 0.0), Stance.PARTLY),
        ("Wij zijn blij met de bus.", (0.0, 0.0, 0.0, 1.0, 0.0, 0.0), Stance.POLICY),
        # Or what is missing; or praise; or no more than a guess.
        ("Wij zijn bezorgd over de bus.", (0.0, 0.0, 0.55, 0.0, 0.0, 0.45), Stance.NOTHING),
        ("Wij zijn bezorgd over de bus.", (0.0, 0.0, 0.7, 0.3, 0.0, 0.0), Stance.NOTHING),
        ("De bus rijdt door de straat.", (0.0, 0.0, 1.0, 0.0, 0.0, 0.0), Stance.NOTHING),
    ],
)
def test_an_unsure_type_carries_no_stance(findings, text, types, proposed):
    found = answer_on(findings, "eenzaamheid onder ouderen").evidence
    policy = [replace(e, role=Role.POLICY, chance=0.5, support=0.5, own=0.4) for e in found[:1]]
    kind = list(PointType)[types.index(max(types))]
    point = Point(1, kind, 0, len(text), text, types=types)
    assert stance_on(point, policy, telling=9.0)[0] is proposed
    chosen = replace(point, types=())
    assert stance_on(chosen, policy, telling=9.0)[0] is not Stance.NOTHING


def test_of_quotes_that_are_alike_the_first_carries_the_stance(findings):
    found = answer_on(findings, "eenzaamheid onder ouderen").evidence
    first = replace(found[0], role=Role.POLICY, bears=True, chance=0.60, support=0.5, own=0.4)
    second = replace(first, role=Role.FINDING, chance=0.61)
    text = "Wij zijn bezorgd over de bus."
    point = Point(1, PointType.CRITICISM, 0, len(text), text)
    assert stance_on(point, [first, second], telling=9.0) == (Stance.PARTLY, first)
    likelier = replace(second, chance=0.9)
    assert stance_on(point, [first, likelier], telling=9.0) == (Stance.PARTLY, likelier)
