from pathlib import Path

import pytest

from ingest.dutch.analysis import word_frequencies
from ingest.dutch.compounds import Compounds
from ingest.dutch.stems import stem

FILE = Path(__file__).parent / "data" / "compounds.tsv"


@pytest.fixture(scope="module")
def compounds():
    return Compounds(word_frequencies())


def gold():
    lines = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]
    return {word: tuple(parts.split()) for word, parts in (line.split("\t") for line in lines)}


def right(compounds, expected):
    """Share of the words that are split as expected, linking letters and endings aside."""
    hits = [list(map(stem, compounds.split(w))) == list(map(stem, p)) for w, p in expected.items()]
    return sum(hits) / len(hits)


def test_split_accuracy(compounds):
    made = {word: parts for word, parts in gold().items() if parts}
    others = {word: parts for word, parts in gold().items() if not parts}
    assert len(made) > 300
    assert len(others) > 300
    assert right(compounds, made) >= 0.97
    assert right(compounds, others) >= 0.98


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("mantelzorgondersteuner", ("mantelzorg", "ondersteuner")),
        ("gehandicaptenparkeervoorziening", ("gehandicapten", "parkeer", "voorziening")),
        ("jeugdgezondheidszorg", ("jeugd", "gezondheid", "zorg")),
        ("bestaanszekerheid", ("bestaan", "zekerheid")),
        ("maatwerkvoorziening", ("maatwerk", "voorziening")),
    ],
)
def test_linking_letters_fall_away(compounds, word, parts):
    assert compounds.split(word) == parts


@pytest.mark.parametrize("word", ["", "zorg", "18-", "thema's", "x" * 500, "duurstede"])
def test_what_is_no_compound_gives_nothing(compounds, word):
    assert compounds.split(word) == ()


def test_parts_come_from_the_given_list():
    own = Compounds({"zorg": 1e-4, "boerderij": 1e-5, "zorgboerderij": 1e-7})
    assert own.split("zorgboerderij") == ("zorg", "boerderij")
    assert own.split("zorgverlof") == ()
