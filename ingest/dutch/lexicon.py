"""The lexicon: what residents call things, what policy calls them, and English words."""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.dutch.english import FunctionWords
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words
from ingest.errors import SettingsError

LAY_TO_POLICY = 0.8
LAY_TO_RELATED = 0.5
POLICY_TO_POLICY = 0.6
POLICY_TO_LAY = 0.3

# A phrase is found when its words lie at most this many other words apart in all.
_SLACK = 4
_FIELDS = frozenset({"policy", "means", "lay", "related"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file.

    Attributes:
        policy: Words and phrases of policy documents.
        lay: Words and phrases of residents.
        related: Narrower or neighbouring words of policy documents.
        alike: Whether the policy words mean the same, so that each stands for the others; not
            those that only help to find what an idiom is about.
    """

    policy: tuple[str, ...]
    lay: tuple[str, ...]
    related: tuple[str, ...]
    alike: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A word or phrase of the lexicon that was found in a question.

    Attributes:
        places: Positions of its words in the question, in order.
        lay: Whether residents use it, rather than policy documents.
        related: Words and phrases that policy documents use for it, with weights in (0, 1).
    """

    places: tuple[int, ...]
    lay: bool
    related: tuple[tuple[str, float], ...]


class Lexicon:
    """Lay words and policy words both ways, and English words with their Dutch ones."""

    def __init__(
        self,
        entries: Iterable[Entry],
        english: Mapping[str, Sequence[str]],
        fingerprint: str,
        function_words: FunctionWords | None = None,
    ) -> None:
        """Take what the files hold.

        Args:
            entries: The entries, in order.
            english: English word or phrase in small letters to Dutch words.
            fingerprint: Digest of the files that this was read from.
            function_words: The words that show a question to be in English; without them every
                question is taken for Dutch.
        """
        self.fingerprint = fingerprint
        self.function_words = function_words or FunctionWords()
        self._english = {" ".join(words(key)): tuple(value) for key, value in english.items()}
        self._related: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        self._lay: set[tuple[str, ...]] = set()
        for entry in entries:
            self._add(entry)
        self._by_stem: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for key in self._related:
            self._by_stem[key[0]].append(key)

    @classmethod
    def load(cls, path: Path | None = None) -> Lexicon:
        """Read the lexicon.

        Args:
            path: A municipality's own lexicon; None for the one that comes with the program. The
                English words always come with the program.

        Raises:
            SettingsError: A file is missing, is no valid TOML, or holds something unknown.
        """
        folder = Path(__file__).parent
        path = path or folder / "lexicon.toml"
        english_path = folder / "english.toml"
        entries_text, english_text = _read(path), _read(english_path)
        english = _parse(english_text, english_path)
        return cls(
            _entries(_parse(entries_text, path), path),
            _english(english, english_path),
            hashlib.sha256((entries_text + "\0" + english_text).encode()).hexdigest(),
            _function_words(english, english_path),
        )

    def related(self, phrase: str) -> tuple[tuple[str, float], ...]:
        """Give the policy words for a word or phrase.

        Args:
            phrase: A word or phrase of a resident or of a policy document, in any inflection.

        Returns:
            Words and phrases with weights in (0, 1), the heaviest first; empty when it is unknown.
        """
        return _sorted(self._related.get(_key(words(phrase)), {}))

    def english(self, word: str) -> tuple[str, ...]:
        """Give the Dutch words for an English word or phrase; () when there are none.

        Args:
            word: A word or phrase, also in the plural or with a possessive 's.
        """
        plain = " ".join(words(word)).replace("'s", "")
        for form in (plain, plain.removesuffix("s"), plain.removesuffix("es"), _singular(plain)):
            if form in self._english:
                return self._english[form]
        return ()

    def find(self, question: Sequence[str]) -> list[Match]:
        """Find the words and phrases of the lexicon in a question.

        A phrase is found when all its stems lie close together in any order. Its stop words are
        left out, unless fewer than two other words are left; then they count as themselves.

        Args:
            question: The words of the question, as `words` gives them, stop words included.

        Returns:
            What was found, the phrases of most words first; the matches may overlap.
        """
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(question):
            places[_part(word)].append(place)
        keys = {key for found in places for key in self._by_stem.get(found, ())}
        matches = [match for key in keys if (match := self._match(key, places)) is not None]
        return sorted(matches, key=lambda match: (-len(match.places), match.places))

    def _match(self, key: tuple[str, ...], places: Mapping[str, Sequence[int]]) -> Match | None:
        if any(part not in places for part in key):
            return None
        for first in places[key[0]]:
            near = [min(places[part], key=lambda place: abs(place - first)) for part in key]
            spot = tuple(sorted(set(near)))
            if len(spot) == len(key) and spot[-1] - spot[0] < len(key) + _SLACK:
                return Match(spot, key in self._lay, _sorted(self._related[key]))
        return None

    def _add(self, entry: Entry) -> None:
        for lay in entry.lay:
            self._link(lay, entry.policy, LAY_TO_POLICY)
            self._link(lay, entry.related, LAY_TO_RELATED)
            self._lay.add(_key(words(lay)))
        for policy in entry.policy if entry.alike else ():
            self._link(policy, entry.policy, POLICY_TO_POLICY)
            # A resident's phrase seldom stands in a document; a resident's word may.
            self._link(policy, [lay for lay in entry.lay if " " not in lay], POLICY_TO_LAY)

    def _link(self, phrase: str, others: Iterable[str], weight: float) -> None:
        key = _key(words(phrase))
        if not key:
            return
        known = self._related[key]
        for other in others:
            if _key(words(other)) != key:
                known[other] = max(weight, known.get(other, 0.0))


def _key(phrase: Sequence[str]) -> tuple[str, ...]:
    """The stems of a phrase without its stop words, or with them when too little would be left."""
    content = {_part(word) for word in phrase if word not in STOP_WORDS}
    if len(phrase) > 1 and len(content) < 2:
        content = {_part(word) for word in phrase}
    return tuple(sorted(content))


def _part(word: str) -> str:
    """The stem of a word; a stop word as itself, marked: "met" is also the stem of "meten"."""
    return f"={word}" if word in STOP_WORDS else stem(word)


def _sorted(related: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(related.items(), key=lambda item: -item[1]))


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"De woordenlijst {path} is niet te lezen ({error}). Zet het bestand terug of geef "
            "een ander op."
        ) from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"De woordenlijst {path} is geen geldig TOML-bestand: {error}. Verbeter die regel."
        ) from error


def _entries(table: Mapping[str, Any], path: Path) -> list[Entry]:
    raw = table.get("entry", [])
    if set(table) - {"entry"} or not isinstance(raw, list):
        raise _unknown(path, ", ".join(sorted(set(table) - {"entry"})) or "entry", "[[entry]]")
    return [_entry(item, path, number) for number, item in enumerate(raw, start=1)]


def _entry(item: Any, path: Path, number: int) -> Entry:  # noqa: ANN401
    where = f"ingang {number}"
    has_words = isinstance(item, dict) and bool(item.get("policy")) != bool(item.get("means"))
    if not has_words or set(item) - _FIELDS:
        raise _unknown(path, where, "policy of means, lay en related")
    alike = "policy" in item
    lists = [item.get(name, []) for name in ("policy" if alike else "means", "lay", "related")]
    if not all(isinstance(a, list) and all(isinstance(word, str) for word in a) for a in lists):
        raise _unknown(path, where, "lijsten van woorden")
    policy, lay, related = (tuple(a) for a in lists)
    return Entry(policy, lay, related, alike)


def _english(table: Mapping[str, Any], path: Path) -> dict[str, list[str]]:
    other = set(table) - {"words", "function_words"}
    if other:
        raise _unknown(path, ", ".join(sorted(other)), "[words] en [function_words]")
    return _lists(table, "words", path)


def _function_words(table: Mapping[str, Any], path: Path) -> FunctionWords:
    found = _lists(table, "function_words", path)
    if set(found) != {"words", "ambiguous"}:
        raise _unknown(path, "function_words", "words en ambiguous")
    return FunctionWords(found["words"], found["ambiguous"])


def _lists(table: Mapping[str, Any], name: str, path: Path) -> dict[str, list[str]]:
    found = table.get(name)
    if not isinstance(found, dict):
        raise _unknown(path, name, f"[{name}]")
    for key, value in found.items():
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise _unknown(path, key, "lijsten van woorden")
    return found


def _unknown(path: Path, what: str, allowed: str) -> SettingsError:
    return SettingsError(
        f"In de woordenlijst {path} klopt iets niet: {what}. Toegestaan is alleen: {allowed}."
    )
