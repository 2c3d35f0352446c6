"""The topics of statements: a vocabulary that a municipality can edit, and who carries which."""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.documents import Statement
from ingest.dutch.words import words as plain_words
from ingest.errors import SettingsError
from ingest.index import TermAnalyzer

TOPICS_FILE = Path(__file__).parent / "topics.toml"
ALONE = "="
# Of several words at least so many must be more than stop words; else they are taken as they are.
_LEAST_TERMS = 2
# So many words of a topic, the first ones, name it as its own name does.
_NAMING = 2


@dataclass(frozen=True)
class Topic:
    """One topic: any of its words makes a text be about it.

    Attributes:
        name: As the file writes it.
        words: Each the terms that must all be there.
        names: The stems of its name and of its first words: what says all of it, not a part.
        alone: Each a word that must stand there by itself, no part of a compound.
        phrases: Each words that must stand there as they are, with a space at both ends.
    """

    name: str
    words: tuple[frozenset[str], ...]
    names: frozenset[frozenset[str]]
    alone: frozenset[str]
    phrases: tuple[str, ...]


class Topics:
    """The topics of a vocabulary, found in texts."""

    def __init__(self, vocabulary: Mapping[str, Sequence[str]], analyzer: TermAnalyzer) -> None:
        """Prepare the words.

        Args:
            vocabulary: Words by topic.
            analyzer: The one that analyses the texts.
        """
        self._analyzer = analyzer
        self._topics = [_topic(name, words, analyzer) for name, words in vocabulary.items()]
        # By one of its terms each word, so that a text is held against few words and not all.
        self._words: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._alone: dict[str, set[int]] = defaultdict(set)
        for place, topic in enumerate(self._topics):
            for word in topic.words:
                self._words[min(word)].append((place, word))
            for word_alone in topic.alone:
                self._alone[word_alone].add(place)
        content = repr(sorted((name, tuple(words)) for name, words in vocabulary.items()))
        self.fingerprint = hashlib.sha256(content.encode()).hexdigest()[:16]
        """Changes with every word of the vocabulary."""

    @classmethod
    def load(cls, analyzer: TermAnalyzer, path: Path | None = None) -> Topics:
        """Read a vocabulary.

        Args:
            analyzer: The one that analyses the texts.
            path: A municipality's own file; None for the one that comes with the program.

        Raises:
            SettingsError: The file is missing or not valid.
        """
        file = path or TOPICS_FILE
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(
                f"Het bestand met onderwerpen {file} is niet te lezen: {error.strerror}."
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"Het bestand met onderwerpen {file} is geen geldige TOML: {error}."
            ) from error
        for name, words in content.items():
            texts = isinstance(words, list) and all(isinstance(word, str) for word in words)
            if not texts or not words:
                raise SettingsError(
                    f"In {file} moet bij het onderwerp '{name}' een lijst met woorden staan."
                )
        return cls(content, analyzer)

    @property
    def names(self) -> tuple[str, ...]:
        """All topics, in the order of the file."""
        return tuple(topic.name for topic in self._topics)

    def of(self, text: str) -> tuple[str, ...]:
        """The topics that a text is about, in the order of the file."""
        terms, plain = frozenset(self._analyzer.terms(text)), plain_words(text)
        found = {
            place for term in terms for place, word in self._words.get(term, ()) if word <= terms
        }
        found.update(place for word in plain for place in self._alone.get(word, ()))
        padded = f" {' '.join(plain)} "
        for place, topic in enumerate(self._topics):
            if any(phrase in padded for phrase in topic.phrases):
                found.add(place)
        return tuple(self._topics[place].name for place in sorted(found))

    def named(self, word: str) -> tuple[str, ...]:
        """The topics that this word, or a form of it, names.

        "Ouderen" names a topic. "Dementie" is a word of that topic and names none: not all that
        is about older people is about it.
        """
        stems = frozenset(self._analyzer.stems(word))
        return tuple(topic.name for topic in self._topics if stems in topic.names)


def with_topics(statements: Iterable[Statement], topics: Topics) -> tuple[Statement, ...]:
    """The statements with their topics; those that only their theme gives them stand apart."""
    found = []
    for statement in statements:
        own = topics.of(statement.text)
        around = tuple(topic for topic in topics.of(statement.theme) if topic not in own)
        found.append(replace(statement, topics=own, theme_topics=around))
    return tuple(found)


def _topic(name: str, words: Sequence[str], analyzer: TermAnalyzer) -> Topic:
    joined: list[frozenset[str]] = []
    alone: set[str] = set()
    phrases: list[str] = []
    for word in words:
        plain = plain_words(word.removeprefix(ALONE))
        terms = frozenset(analyzer.stems(word))
        if word.startswith(ALONE):
            alone.update(plain)
        elif len(plain) > 1 and len(terms) < _LEAST_TERMS:
            phrases.append(f" {' '.join(plain)} ")
        else:
            joined.append(terms)
    named = [*name.split("-"), *words[:_NAMING]]
    names = frozenset(frozenset(analyzer.stems(word.removeprefix(ALONE))) for word in named)
    return Topic(
        name, tuple(word for word in joined if word), names, frozenset(alone), tuple(phrases)
    )
