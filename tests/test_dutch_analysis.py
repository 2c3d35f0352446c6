import time

import pytest

from ingest.dutch.analysis import Analyzer, word_frequencies
from ingest.dutch.english import FunctionWords
from ingest.dutch.lexicon import Entry, Lexicon

HANGS = 30  # seconds: a guard against time that explodes with length, not a measure of speed

ENTRIES = [
    Entry(
        policy=("mantelzorg", "mantelzorger", "informele zorg"),
        lay=("zorgen voor je zieke vrouw",),
        related=("respijtzorg",),
    ),
    Entry(policy=("verhuurder", "woningcorporatie"), lay=("huisbaas",), related=()),
    Entry(policy=("toegang",), lay=("waar moet ik heen",), related=()),
]
ENGLISH = {
    "carer": ["mantelzorger"],
    "informal care": ["mantelzorg"],
    "goal": ["doel"],
    "quality of life": ["leefbaarheid"],
    "life": ["leven"],
}
FUNCTION_WORDS = FunctionWords(["what", "are", "the", "for", "and"], ["in", "is", "of"])
KNOWN = frozenset(
    "mantelzorg doel wlz wet langdur zorg eenzam gehandicaptenparkeerkaart mag 3d wijk "
    "duursted verhuurder client budget respijtzorg document".split()
)
SHORT = {"Wlz": "Wet langdurige zorg", "MAG": "Maatschappelijke agenda"}


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer(word_frequencies(), Lexicon(ENTRIES, ENGLISH, "a", FUNCTION_WORDS))


@pytest.fixture(scope="module")
def program():
    return Analyzer.load()


@pytest.fixture
def ask(analyzer):
    return lambda question: analyzer.query(question, KNOWN, SHORT)


def test_terms_in_order_without_stop_words(analyzer):
    assert analyzer.terms("De gemeenten en het doel van cliënten") == ["gemeent", "doel", "client"]


def test_a_compound_gives_itself_and_its_parts(analyzer):
    assert analyzer.terms("mantelzorgondersteuner") == [
        "mantelzorgondersteuner",
        "mantelzorg",
        "ondersteuner",
    ]


def test_neighbouring_parts_that_form_a_word_are_terms_too(analyzer):
    assert set(analyzer.terms("jeugdgezondheidszorg")) == {
        "jeugdgezondheidszorg",
        "jeugd",
        "gezond",
        "zorg",
        "gezondheidszorg",
    }


def test_a_stop_word_in_capitals_is_a_name(analyzer):
    assert analyzer.terms("De MAG mag dat") == ["mag"]
    assert analyzer.terms("de MAG3D") == ["mag", "3d"]
    assert "mag" not in analyzer.terms("Dat mag niet.")


def test_frame_words_are_left_out(ask):
    assert [word.word for word in ask("Welke doelen gaan over mantelzorg?")] == [
        "doelen",
        "mantelzorg",
    ]


def test_frame_words_stay_when_nothing_else_is_left(ask):
    assert [word.word for word in ask("Welke documenten zijn er?")] == ["documenten"]


@pytest.mark.parametrize("question", ["", "???", "de het een"])
def test_no_content_gives_nothing(ask, question):
    assert ask(question) == []


def test_own_stem_weighs_one_and_parts_less(ask):
    [word] = ask("gehandicaptenparkeerkaarten")
    assert word.terms["gehandicaptenparkeerkaart"] == 1.0
    parts = {term: weight for term, weight in word.terms.items() if weight < 1}
    assert {"gehandicapt", "parker", "kaart"} <= set(parts)
    assert set(parts.values()) == {0.6}
    assert word.parts == set(parts)


def test_as_typed_is_kept(ask):
    [word] = ask('"Cliënten"?')
    assert (word.asked, word.word) == ("Cliënten", "clienten")


def test_a_slip_is_corrected_to_what_the_index_knows(ask):
    words = ask("eenzaamhijd en respeitzorg in Wijk bij Duurstee")
    assert [word.word for word in words] == ["eenzaamheid", "respijtzorg", "wijk", "duurstede"]
    assert words[0].asked == "eenzaamhijd"


@pytest.mark.parametrize("word", ["zwembad", "tarwe", "WIJG", "fietsenstalling"])
def test_a_proper_word_that_the_index_does_not_know_is_left(ask, word):
    assert [found.word for found in ask(word)] == [word.lower()]


def test_a_proper_word_is_not_taken_for_a_slip(ask):
    assert [found.word for found in ask("zomaar budgetten")] == ["zomaar", "budgetten"]


@pytest.mark.parametrize("question", ["mantel zorg", "mantel-zorg"])
def test_either_half_of_a_compound_in_two_words_may_be_the_compound(ask, question):
    words = ask(question)
    assert [word.word for word in words] == ["mantel", "zorg"]
    assert [word.terms for word in words] == [
        {"mantel": 1.0, "mantelzorg": 0.9},
        {"zorg": 1.0, "mantelzorg": 0.9},
    ]


def test_two_words_in_one_phrase_and_as_one_compound_get_both(ask):
    [mantel, zorg] = ask("mantel zorg")
    assert not mantel.parts | zorg.parts
    [_, zorg, ziek, _] = ask("Mantel zorg: zieke vrouw")
    # The compound weighs more (0.9) than the phrase's policy word (0.8), which "zieke" has.
    assert (zorg.terms["mantelzorg"], ziek.terms["mantelzorg"]) == (0.9, 0.8)
    assert zorg.terms["respijtzorg"] == ziek.terms["respijtzorg"] == 0.5


def test_an_abbreviation_brings_its_words(ask):
    [word] = ask("Wat is de WLZ?")
    assert word.terms["wlz"] == 1.0
    assert {"wet", "langdur", "zorg"} < set(word.terms)
    # 0.9 shared by three words: 0.9 / sqrt(3)
    assert word.terms["langdur"] == pytest.approx(0.52, abs=0.001)


def test_the_words_bring_the_abbreviation(ask):
    words = ask("Wat regelt de Wet langdurige zorg?")
    assert [word.asked for word in words] == ["regelt", "Wet", "langdurige", "zorg"]
    assert "wlz" not in words[0].terms
    assert [word.terms for word in words[1:]] == [
        {"wet": 1.0, "wlz": 0.9},
        {"langdur": 1.0, "wlz": 0.9},
        {"zorg": 1.0, "wlz": 0.9},
    ]


@pytest.mark.parametrize(
    "question", ["Wat is de MAG?", "wat is de mag?", "doel van MAG 3D", "mag 3d", "MAG"]
)
def test_an_abbreviation_that_looks_like_a_stop_word(ask, question):
    assert "mag" in {term for word in ask(question) for term in word.terms}


def test_the_stop_word_itself_is_left_out(ask):
    assert ask("mag dat?") == []


def test_a_lay_word_brings_policy_words(ask):
    [word] = ask("huisbaas")
    assert word.terms["huisbas"] == 1.0
    assert word.terms["verhuurder"] == 0.8


def test_each_word_of_a_lay_phrase_brings_the_policy_words(ask):
    words = ask("Ik zorg voor mijn zieke vrouw, welk budget is er?")
    assert [word.asked for word in words] == ["zorg", "zieke", "vrouw", "budget"]
    # "Mantelzorger" has the stem of "mantelzorg"; "informele zorg" shares its 0.8 over two words.
    policy = {"mantelzorg": 0.8, "informel": 0.4, "zorg": 0.4, "respijtzorg": 0.5}
    assert [word.terms for word in words] == [
        policy | {"zorg": 1.0},
        policy | {"ziek": 1.0},
        policy | {"vrouw": 1.0},
        {"budget": 1.0},
    ]


def test_english_is_translated(ask):
    words = ask("What are the goals for informal care and carers in MAG 3D?")
    assert [word.asked for word in words] == ["goals", "informal care", "carers", "MAG", "3D"]
    assert [dict(word.terms) for word in words[:3]] == [
        {"doel": 0.9},
        {"mantelzorg": 0.9},
        {"mantelzorg": 0.9},
    ]


def test_an_english_phrase_keeps_its_function_words(ask):
    words = ask("What is the quality of life?")
    assert [word.asked for word in words] == ["quality of life"]
    assert words[0].terms == {"leefbar": 0.9}


def test_an_english_function_word_in_capitals_is_a_name(ask):
    assert ask("What is the goal of the WAS?")[-1].terms == {"was": 1.0}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "How is loneliness among older people measured?",
            ["loneliness", "older people", "measured"],
        ),
        ("How long is the waiting list?", ["long", "waiting list"]),
        ("What do the mayor and aldermen want?", ["mayor and aldermen"]),
        ("Which quality of life don't they mention?", ["quality of life"]),
    ],
)
def test_the_programs_english_words(program, question, asked):
    found = program.query(question, KNOWN, {})
    assert [word.asked for word in found] == asked
    translated = [word for word in found if word.word != "long"]
    assert all(max(word.terms.values()) == 0.9 for word in translated)


@pytest.mark.parametrize(
    "question", ["Wat is de rol van het team?", "mantelzorg", "Is er budget in de Wmo?"]
)
def test_dutch_is_not_taken_for_english(analyzer, question):
    known = frozenset(analyzer.terms(question))
    for word in analyzer.query(question, known, {}):
        assert set(word.terms) & known


def test_weights_lie_in_range(ask):
    question = "Hoeveel kost de zorg voor mijn zieke vrouw bij de Wlz volgens de huisbaas?"
    words = ask(question)
    assert len(words) >= 3
    for word in words:
        assert word.terms
        assert all(0 < weight <= 1 for weight in word.terms.values())


def test_known_may_be_a_list(analyzer):
    assert analyzer.query("doelen", ["doel"], {})[0].terms["doel"] == 1.0


def test_fingerprint_follows_the_lexicon(analyzer):
    frequencies = {"zorg": 1e-4}
    same = Analyzer(frequencies, Lexicon([], {}, "a")).fingerprint
    assert same == analyzer.fingerprint
    assert Analyzer(frequencies, Lexicon([], {}, "b")).fingerprint != same


def test_a_very_long_word_does_not_hang(ask):
    started = time.perf_counter()
    ask("x" * 20_000)
    ask("zorg" * 5_000)
    assert time.perf_counter() - started < HANGS


def test_a_whole_letter_of_unknown_words_is_no_problem(ask):
    started = time.perf_counter()
    ask(" ".join(f"qx{chr(97 + i % 26)}zwv{chr(97 + i // 26 % 26)}kjq" for i in range(2_000)))
    assert time.perf_counter() - started < HANGS


def test_a_phrase_of_small_words_only_is_one_word_of_the_question(ask):
    [phrase, subject] = ask("Waar moet ik dan heen met een document over eenzaamheid?")
    assert phrase.asked == "Waar moet ik heen"
    assert phrase.terms == {"toegang": 0.8}
    assert subject.word == "eenzaamheid"
    assert [word.word for word in ask("Waar moet eenzaamheid heen?")] == ["eenzaamheid"]
