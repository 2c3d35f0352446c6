import pytest

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
    ],
)
def test_phrases_are_found_in_any_order_close_together(lexicon, question, places):
    assert places in [match.places for match in lexicon.find(words(question))]


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
    assert lexicon.english("bicycle") == ()


def test_the_lexicon_that_comes_with_the_program_is_valid():
    assert Lexicon.load().related("mantelzorg")
