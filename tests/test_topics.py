from pathlib import Path

import pytest
from assistant_parts import shared_analyzer

from ingest.documents import Document, Reading
from ingest.errors import SettingsError
from ingest.statements import find_statements
from ingest.structure import split_document
from ingest.topics import Topics, with_topics


@pytest.fixture(scope="module")
def topics():
    return Topics.load(shared_analyzer())


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Mantelzorgers krijgen een compliment", "mantelzorg"),
        ("De mantelzorgondersteuning is op orde", "mantelzorg"),
        ("zorg voor je zieke vrouw", "mantelzorg"),
        ("Minder inwoners hebben schulden", "schulden"),
        ("Betaald werk voor iedereen", "werk"),
        ("Ouderen wonen langer thuis", "ouderen"),
        ("Voor wat hoort wat", "wederkerigheid"),
    ],
)
def test_a_text_has_the_topics_of_its_words(topics, text, topic):
    assert topic in topics.of(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("De gemeente werkt samen met de buren", "werk"),
        ("Ouders voeden hun kinderen op", "ouderen"),
        ("Wat hoort daarbij", "wederkerigheid"),
        ("", "mantelzorg"),
    ],
)
def test_a_word_that_only_looks_like_it_gives_no_topic(topics, text, topic):
    assert topic not in topics.of(text)


def test_about_fifty_topics_come_with_the_program(topics):
    assert 45 <= len(topics.names) <= 75
    assert len(set(topics.names)) == len(topics.names)


def test_what_only_the_heading_says_stands_apart(topics):
    text = "1. Mantelzorg\n\nDoelen:\n\n- Iedereen kent het loket.\n- Jongeren krijgen hulp.\n"
    sections, passages = split_document(Reading(text), "d")
    found = find_statements(Document("d", "d.txt", "D"), text, sections, passages)
    first, second = with_topics(found, topics)
    assert (first.topics, first.theme_topics) == (("toegang",), ("mantelzorg",))
    assert "jeugd" in second.topics
    assert "mantelzorg" not in second.topics


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"mantelzorg = [", "geen geldige TOML"),
        (b"mantelzorg = 'zorg'", "een lijst met woorden"),
        (b"mantelzorg = []", "een lijst met woorden"),
        (b"mantelzorg = [1]", "een lijst met woorden"),
        (b"\xff\xfe", "geen geldige TOML"),
    ],
)
def test_a_file_that_is_no_vocabulary_is_named(tmp_path: Path, content, said):
    file = tmp_path / "onderwerpen.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=said) as caught:
        Topics.load(shared_analyzer(), file)
    assert "onderwerpen.toml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match="niet te lezen"):
        Topics.load(shared_analyzer(), tmp_path / "weg.toml")


def test_the_fingerprint_changes_with_a_word():
    one = Topics({"zorg": ["zorg"]}, shared_analyzer())
    assert one.fingerprint != Topics({"zorg": ["zorg", "hulp"]}, shared_analyzer()).fingerprint
