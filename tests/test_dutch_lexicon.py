import pytest

from ingest.dutch.english import FunctionWords
from ingest.dutch.lexicon import Lexicon
from ingest.dutch.words import words
from ingest.errors import SettingsError

TEXT = """
[[entry]]
policy = ["mantelzorg", "mantelzorger", "informele zorg"]
lay = ["zorgen voor je zieke moeder", "voor je partner zorgen", "er alleen voor staan"]
related = ["respijtzorg", "overbelasting"]

[[entry]]
policy = ["verhuurder", "woningcorporatie"]
lay = ["huisbaas", "baas van mijn huis"]

[[entry]]
policy = ["rechtsbescherming"]
lay = ["recht op hulp"]

[[entry]]
policy = ["verward gedrag"]
lay = ["in de war"]

[[entry]]
means = ["toezicht", "fraude"]
lay = ["door de mand vallen"]
related = ["controle"]

[[entry]]
policy = ["indicator"]
lay = ["hoe meten ze het", "een naaste helpen"]
"""


@pytest.fixture
def lexicon(tmp_path):
    path = tmp_path / "woorden.toml"
    path.write_text(TEXT)
    return Lexicon.load(path)


def test_lay_word_to_policy(lexicon):
    assert dict(lexicon.related("huisbaas")) == {"verhuurder": 0.8, "woningcorporatie": 0.8}


def test_policy_word_to_policy_and_lay_words_but_not_lay_phrases(lexicon):
    assert dict(lexicon.related("woningcorporaties")) == {"verhuurder": 0.6, "huisbaas": 0.3}


def test_lay_phrase_to_policy_and_weaker_to_related(lexicon):
    related = dict(lexicon.related("zorgen voor je zieke moeder"))
    assert related["mantelzorg"] == 0.8
    assert related["respijtzorg"] == 0.5
    assert list(related.values()) == sorted(related.values(), reverse=True)


def test_what_an_idiom_means_helps_to_find_but_is_not_the_same(lexicon):
    found = {"toezicht": 0.8, "fraude": 0.8, "controle": 0.5}
    assert dict(lexicon.related("door de mand vallen")) == found
    assert lexicon.related("toezicht") == ()


def test_inflection_and_stop_words_make_no_difference(lexicon):
    assert lexicon.related("zorg voor mijn zieke moeders") == lexicon.related(
        "zorgen voor je zieke moeder"
    )
    assert lexicon.related("huisbazen") == lexicon.related("huisbaas")


def test_unknown_word_gives_nothing(lexicon):
    assert lexicon.related("zwembad") == ()
    assert lexicon.related("") == ()


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("hoe zorg ik voor mijn zieke moeder", (1, 5, 6)),
        ("mijn moeder is ziek en ik zorg voor haar", (1, 3, 6)),
        ("heb ik recht op hulp", (2, 4)),
        ("ik moet er alleen voor staan", (2, 3, 4, 5)),
        ("mijn buurman is in de war", (3, 4, 5)),
        ("hoe meten ze het dan", (0, 1, 2, 3)),
        ("ik help mijn naasten", (1, 3)),
    ],
)
def test_phrases_are_found_in_any_order_close_together(lexicon, question, places):
    assert places in [match.places for match in lexicon.find(words(question))]


@pytest.mark.parametrize(
    "question",
    [
        "een boek over de oorlog in een land",  # "war" is not there
        "mijn buurman is war",  # "in" and "de" are not there
        "hoe gaat het met ze",  # "met" is the stem of "meten", but another word
        "wie helpt er naast de huisarts",  # "naast" is the stem of "naaste", but another word
    ],
)
def test_a_stop_word_is_matched_as_itself(lexicon, question):
    assert lexicon.find(words(question)) == []


def test_words_far_apart_are_no_phrase(lexicon):
    question = "welke hulp is er voor jongeren met schulden en wie heeft daar volgens u recht op"
    assert lexicon.find(words(question)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[entry]]\npolicy = [", "geen geldig TOML"),
        ("[[entry]]\npolicy = ['a']\nlay_words = ['b']", "ingang 1"),
        ("[[entry]]\nlay = ['b']", "ingang 1"),
        ("[[entry]]\npolicy = 'a'", "ingang 1"),
        ("[[entry]]\npolicy = ['a']\nmeans = ['b']", "ingang 1"),
        ("[[entry]]\npolicy = ['a']\n[other]\nx = 1", "other"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, text, said):
    path = tmp_path / "woorden.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=said) as caught:
        Lexicon.load(path)
    assert "woorden.toml" in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="niet te lezen"):
        Lexicon.load(tmp_path / "geen.toml")


def test_fingerprint_follows_the_content(tmp_path, lexicon):
    other = tmp_path / "anders.toml"
    other.write_text(TEXT + '[[entry]]\npolicy = ["alcohol"]\nlay = ["drank"]\n')
    assert Lexicon.load(other).fingerprint != lexicon.fingerprint
    other.write_text(TEXT)
    assert Lexicon.load(other).fingerprint == lexicon.fingerprint


def test_english():
    lexicon = Lexicon([], {"carer": ["mantelzorger"], "informal care": ["mantelzorg"]}, "")
    assert lexicon.english("Carers") == ("mantelzorger",)
    assert lexicon.english("informal care") == ("mantelzorg",)
    assert lexicon.english("carer's") == ("mantelzorger",)
    assert lexicon.english("bicycle") == ()


def test_function_words_show_english_when_they_outnumber_the_dutch_ones():
    function_words = FunctionWords(["how", "among", "don't"], ["is", "in"])
    assert function_words.show_english(words("How is loneliness among older people measured?"))
    # One English word is enough in a question of four words only.
    assert function_words.show_english(words("Loneliness among older people"))
    assert not function_words.show_english(words("Loneliness among older people in cities"))
    # As many Dutch words ("wat", "doet") as English ones.
    assert not function_words.show_english(words("Wat doet How Among?"))
    # Words that are Dutch too, and the pieces of "don't", show nothing.
    assert not function_words.show_english(words("Is in 't don"))
    assert all(word in function_words for word in ["how", "is", "don", "t"])
    assert "loneliness" not in function_words


def test_the_lexicon_that_comes_with_the_program_is_valid():
    assert Lexicon.load().related("mantelzorg")


@pytest.mark.parametrize(
    ("question", "policy"),
    [
        ("Mijn buurman is in de war", {"verward gedrag", "psychische problemen"}),
        ("Help, er loopt iemand in de war over straat", {"verward gedrag"}),
        ("Ik zorg voor een naaste", {"mantelzorg"}),
        ("Hoe meten ze het?", {"meting", "indicator"}),
    ],
)
def test_a_phrase_with_stop_words_is_found_in_the_programs_lexicon(question, policy):
    found = Lexicon.load().find(words(question))
    assert policy <= {word for match in found if len(match.places) > 1 for word, _ in match.related}


@pytest.mark.parametrize(
    ("question", "is_english"),
    [
        ("How is loneliness among older people measured?", True),
        ("Loneliness among older people", True),
        ("What does the municipality do against poverty?", True),
        ("I don't understand this letter, who can help me?", True),
        ("Wat is de rol van het team?", False),
        ("Over die door in was per u?", False),
        ("mantelzorg in de wijk", False),
        ("'t document", False),
        ("Wat doet de gemeente met All In tegen eenzaamheid?", False),
        ("Wat houdt Show Your Talent in?", False),
    ],
)
def test_english_is_recognised_by_the_programs_function_words(question, is_english):
    assert Lexicon.load().function_words.show_english(words(question)) is is_english
