import numpy as np
import pytest
from assistant_parts import shared_embedder, shared_words

from assistant.word_likeness import NOTHING, WordLikeness
from ingest.embeddings import load_word_embedder
from ingest.settings import load_settings

VECTORS = {"fiets": (1.0, 0.0), "rijwiel": (0.8, 0.6), "soep": (0.0, 1.0), "onbekend": (0.0, 0.0)}


class FourWords:
    """An embedder that knows four words, so that each cosine can be worked out by hand."""

    dimension = 2
    fingerprint = "vier woorden"

    def __init__(self):
        self.asked = []

    def embed_passages(self, texts):
        self.asked += texts
        return np.array([VECTORS[text] for text in texts], dtype=np.float32)

    def embed_query(self, text):
        return self.embed_passages([text])[0]


def test_the_likest_word_of_a_text_counts():
    likeness = WordLikeness(FourWords())
    texts = likeness.number(["Soep en een rijwiel.", "Soep!", "De het een.", "Onbekend."])
    found = likeness.best(["fiets", "soep"], texts)
    # fiets and rijwiel have a cosine of 0.8, of which only what lies above NOTHING counts.
    like = (0.8 - NOTHING) / (1 - NOTHING)
    assert found == pytest.approx(np.array([[like, 1], [0, 1], [0, 0], [0, 0]]), abs=1e-6)


def test_a_word_is_embedded_once():
    embedder = FourWords()
    likeness = WordLikeness(embedder)
    likeness.number(["fiets soep"])
    likeness.number(["soep fiets rijwiel"])
    assert sorted(embedder.asked) == ["fiets", "rijwiel", "soep"]


def test_nothing_is_like_nothing():
    likeness = WordLikeness(FourWords())
    assert likeness.best(["fiets"], likeness.number([])).shape == (0, 1)
    assert likeness.best([], likeness.number(["soep"])).shape == (1, 0)


def test_the_own_model_knows_words_of_one_subject():
    words = shared_words()
    texts = words.number(["Wie schulden heeft krijgt hulp.", "Het zwembad gaat om acht uur open."])
    debts, pool = words.best(["rekeningen", "zwemmen"], texts).T
    assert debts[0] > debts[1]
    assert pool[1] > pool[0]


def test_words_are_compared_by_the_own_model_whatever_made_the_index():
    own = shared_embedder()
    assert load_word_embedder(load_settings(), own) is own
    other = load_settings(query_prefix="query: ")
    assert load_word_embedder(other, own) is not own
