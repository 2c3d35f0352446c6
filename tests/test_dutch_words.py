import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dutch.stopwords import QUESTION_WORDS, STOP_WORDS
from ingest.dutch.words import fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cliënten én ideeën", ["clienten", "en", "ideeen"]),
        ("ﬁnanciën, cœur, ĳsbaan", ["financien", "coeur", "ijsbaan"]),
        ("thema’s en zo‘n auto's", ["thema's", "en", "zo'n", "auto's"]),
        ("'kwaliteit' en ‘inclusie’", ["kwaliteit", "en", "inclusie"]),
        ("ontwikkel¬opdracht", ["ontwikkelopdracht"]),
        ("ver\u00adant\u00adwoording", ["verantwoording"]),
        ("mantel\u00ad\nzorg", ["mantelzorg"]),
        ("zorg¹ en m²", ["zorg", "en", "m"]),
    ],
)
def test_letters_are_normalised(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ver-\nwoord", ["verwoord"]),
        ("ver- \n  woord", ["verwoord"]),
        ("sociaal-\nmaatschappelijke", ["sociaal", "maatschappelijke"]),
        ("sociaal-maatschappelijke", ["sociaal", "maatschappelijke"]),
        ("Wmo-\nvoorziening", ["wmo", "voorziening"]),
        ("wet- \nen regelgeving", ["wet", "en", "regelgeving"]),
        ("e-health", ["ehealth"]),
    ],
)
def test_hyphens(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€ 3.677.000,- of 6,8%", ["3.677.000", "of", "6,8"]),
        ("Wmo 2.0.", ["wmo", "2.0"]),
        ("18- en 18+, 18-/18+", ["18-", "en", "18+", "18-", "18+"]),
        ("18-jarigen van 18-23", ["18", "jarigen", "van", "18", "23"]),
        ("de 1e en 2de", ["de", "1e", "en", "2de"]),
        ("2015-2018", ["2015", "2018"]),
        ("MAG3D", ["mag", "3d"]),
        ("MAG 3D", ["mag", "3d"]),
        ("24uurszorg en 24-uurszorg", ["24", "uurszorg", "en", "24", "uurszorg"]),
    ],
)
def test_numbers_stay_one_word(text, expected):
    assert words(text) == expected


def test_nothing_gives_nothing():
    assert words("") == []
    assert words(" ?! \n …") == []


@given(st.text())
def test_any_text_gives_plain_words(text):
    allowed = set(string.ascii_lowercase + string.digits + "'.,+-")
    for word in words(text):
        assert word
        assert set(word) <= allowed


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = words(text)
    assert words(" ".join(once)) == once


def test_fold_keeps_other_characters():
    assert fold("Één (1) café!") == "een (1) cafe!"


def test_stop_words_are_words_as_words_gives_them():
    for word in STOP_WORDS | QUESTION_WORDS:
        assert words(word) == [word]
    assert {"de", "het", "niet", "welke"} <= STOP_WORDS
    assert {"gaan", "document", "staat"} <= QUESTION_WORDS
    assert not {"mantelzorg", "doel", "budget", "wonen"} & (STOP_WORDS | QUESTION_WORDS)
