"""Parts that the tests share: no network, no settings from outside, small real models."""

import hashlib
import os
import re
import socket

import numpy as np
import pytest

from ingest.settings import PREFIX, SETTINGS_FILE, Settings

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    real = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkBlockedError(f"a test reached out to {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    for name in list(os.environ):
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    assert not os.path.exists(SETTINGS_FILE), "run the tests without a settings file"


@pytest.fixture
def no_long_waits(monkeypatch):
    """A model that does not answer is asked again at once."""
    monkeypatch.setattr("assistant.model.connection.FIRST_WAIT", 0.01)


class WordCounts:
    """An embedder without a model: every word has its own direction, by its hash."""

    dimension = 64

    def __init__(self, fingerprint="word-counts"):
        self.fingerprint = fingerprint

    def embed_passages(self, texts):
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                number = int(hashlib.md5(word.encode()).hexdigest(), 16)
                row[number % self.dimension] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def embed_query(self, text):
        return self.embed_passages([text])[0]


class PlainWords:
    """An analyzer without Dutch: lower-case words."""

    def __init__(self, fingerprint="plain-words"):
        self.fingerprint = fingerprint

    def terms(self, text):
        return re.findall(r"\w+", text.lower())

    stems = terms


@pytest.fixture
def embedder():
    return WordCounts()


@pytest.fixture
def analyzer():
    return PlainWords()


PLAN = """\
Beleidsplan Voorbeeldstad 2024-2027

1. Mantelzorg

De gemeente Voorbeeldstad helpt mantelzorgers met een steunpunt. Het is elke dag open.

2. Jeugd

Alle kinderen kunnen meedoen aan sport. Daarvoor is € 25.000 beschikbaar.
"""
LETTER = """\
Geachte leden van de raad,

Het college van de gemeente Voorbeeldstad heeft de evaluatie van de schuldhulp ontvangen.

Met vriendelijke groet,
Burgemeester en wethouders van Voorbeeldstad
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "brief.txt").write_text(LETTER, encoding="utf-8")
    return folder


@pytest.fixture
def settings(corpus, tmp_path):
    return Settings(corpus=corpus, index=tmp_path / "index")


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory):
    """A real sentence-transformers folder with a StaticEmbedding of a few words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    words = ["[UNK]", "mantelzorg", "sport", "jeugd", "query", "passage", "steunpunt"]
    tokenizer = Tokenizer(WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    # One direction a word, so that a cosine can be told beforehand; unknown words have none.
    weights = np.eye(len(words), dtype=np.float32)
    weights[0] = 0
    folder = tmp_path_factory.mktemp("models") / "small"
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save(str(folder), create_model_card=False)
    return folder
