import pytest
from assistant_parts import prepared

from assistant.plain import in_plain_dutch, readability, simpler


def test_official_words_give_way_to_plain_ones():
    assert simpler("Wij doen dit conform de wet.") == ["Wij doen dit volgens de wet."]
    assert simpler("Tevens is er ten behoeve van ouderen een bus.") == [
        "Ook is er voor ouderen een bus."
    ]


def test_a_long_sentence_is_cut_where_the_order_of_words_stays():
    long = (
        "De gemeente wil dat alle inwoners die dat willen snel hulp krijgen van een wijkteam, "
        "maar zij vraagt eerst aan familie en buren wat die zelf kunnen doen."
    )
    assert simpler(long) == [
        "De gemeente wil dat alle inwoners die dat willen snel hulp krijgen van een wijkteam.",
        "Maar zij vraagt eerst aan familie en buren wat die zelf kunnen doen.",
    ]
    assert simpler("Het is kort, maar duidelijk.") == ["Het is kort, maar duidelijk."]


@pytest.mark.parametrize("text", ["Er is € 48.500.", "Dat is niet zo.", "Op 18 maart 2021."])
def test_numbers_dates_and_denials_stay(text):
    assert simpler(text) == [text]


def test_short_words_read_more_easily_than_long_ones():
    easy, hard = (
        "Wij gaan nu naar huis.",
        "Uitvoeringsorganisaties harmoniseren verantwoordelijkheden.",
    )
    assert readability(easy) > 60 > readability(hard)
    # Two words of one syllable: 206.84 - 0.93 * 2 - 77 * 1 = 127.98, above the scale.
    assert readability("Ga weg.") == 100


def test_terms_are_explained_in_the_documents_own_words(tmp_path_factory):
    assistant = prepared(tmp_path_factory)[0]
    answer = assistant.ask("Welke doelen zijn er voor mantelzorg in Duinbroek en Waal?")
    plain = in_plain_dutch(answer, assistant.documents)
    meanings = {term.term: term.meaning for term in plain.terms}
    assert meanings["Mantelzorg"].startswith("onbetaalde zorg voor een naaste")
    assert {number for _, number in plain.sentences} == {c.number for c in answer.citations}


def test_a_refusal_without_quotes_has_nothing_to_simplify(tmp_path_factory):
    assistant = prepared(tmp_path_factory)[0]
    answer = assistant.ask("Schrijf een gedicht.")
    assert answer.citations == ()
    assert in_plain_dutch(answer, assistant.documents) is None
