"""From a question to weighted terms."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from ingest.dutch.index_terms import IndexTerms
from ingest.dutch.lexicon import LAY_TO_POLICY, Lexicon
from ingest.dutch.spelling import Spelling
from ingest.dutch.stems import infinitive, stem
from ingest.dutch.stopwords import QUESTION_WORDS, STOP_WORDS
from ingest.dutch.words import words

_PART = 0.6
_ABBREVIATION = 0.9
_ENGLISH = 0.9
_JOINED = 0.9
_LONGEST_ENGLISH_PHRASE = 4
_BEFORE_A_NAME = frozenset({"de", "deze", "onze", "nieuwe", "huidige", "over"})
_MOST_CORRECTED = 30
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_EDGES = re.compile(r"^[^\w]+|[^\w+-]+$")

# The places of a phrase's words in the question, and the terms of its other words.
_Phrase = tuple[tuple[int, ...], dict[str, float]]


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A content word of a question, or an English phrase in it ("waiting list").

    Attributes:
        asked: As typed.
        word: Normalised and, where needed, corrected.
        terms: Index term to weight in (0, 1]; what was asked itself weighs 1. The infinitive of a
            participle, the parts of a compound, the words of an abbreviation, the translation of
            English words, and the other words for the word itself or for the phrase that it stands
            in weigh less.
        parts: Those of the terms that are the parts of a compound.
        phrases: Other words for it of several terms ("informele zorg"), to weight in (0, 1). Each
            of their terms is among the terms too, and weighs less there.
    """

    asked: str
    word: str
    terms: Mapping[str, float]
    parts: frozenset[str] = frozenset()
    phrases: Mapping[tuple[str, ...], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a question.

    Attributes:
        asked: As typed.
        word: Normalised.
        is_name: Whether it only looks like a stop word: "MAG".
    """

    asked: str
    word: str
    is_name: bool = False


class Question:
    """One question, with what is needed to understand its words."""

    def __init__(
        self,
        index_terms: IndexTerms,
        lexicon: Lexicon,
        spelling: Spelling,
        known: Container[str],
        abbreviations: Mapping[str, str],
    ) -> None:
        """Take the parts.

        Args:
            index_terms: Gives the terms of a word.
            lexicon: Lay words, policy words and English words.
            spelling: Finds the word that was meant.
            known: The index's terms.
            abbreviations: Short form to full form, as the documents explain them.
        """
        self._index_terms = index_terms
        self._lexicon = lexicon
        self._spelling = spelling
        self._known = known
        self._full = {"".join(words(short)): full for short, full in abbreviations.items()}
        self._short = {
            tuple(stem(word) for word in words(full)): short for short, full in self._full.items()
        }

    def read(self, text: str) -> list[QueryWord]:
        """Give the content words of a question, in order; of an English one the phrases too."""
        tokens = self._with_names(_tokens(text))
        if self._lexicon.function_words.show_english([token.word for token in tokens]):
            return self._english(tokens)
        return self._dutch(tokens)

    def _with_names(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Mark the stop words that are names: in capitals, after "de", or before a number."""
        shouted = len(tokens) > 3 and all(token.asked.isupper() for token in tokens)
        marked: list[_Token] = []
        for place, token in enumerate(tokens):
            after_article = place > 0 and tokens[place - 1].word in _BEFORE_A_NAME
            numbered = place + 1 < len(tokens) and tokens[place + 1].word[0].isdigit()
            is_name = token.word in STOP_WORDS and (
                (len(token.word) > 2 and token.asked.isupper() and not shouted)
                or (token.word in self._full and (after_article or numbered))
            )
            marked.append(_Token(token.asked, token.word, is_name))
        return marked

    def _terms(self, token: _Token) -> tuple[str, ...]:
        return (token.word,) if token.is_name else self._index_terms.of(token.word)

    def _dutch(self, tokens: Sequence[_Token]) -> list[QueryWord]:
        # Correcting takes a few milliseconds a word: a whole letter is no question.
        corrected = (self._corrected(token) for token in tokens[:_MOST_CORRECTED])
        return self._read([*corrected, *tokens[_MOST_CORRECTED:]])

    def _read(self, tokens: Sequence[_Token]) -> list[QueryWord]:
        """The content words, each with the other words for the phrase that it stands in.

        A phrase is not one word: "sociale teams" asks for both, and either half may be said
        by the phrase's other words ("wijkteam").
        """
        others = self._others(tokens)
        read = [
            (place, self._query_word(token, others.get(place, {})))
            for place, token in enumerate(tokens)
            if self._terms(token)
        ]
        read += self._small_words(tokens, {place for place, _ in read})
        read.sort(key=lambda found: found[0])
        content = [
            word for place, word in read if place in others or word.word not in QUESTION_WORDS
        ]
        return content or [word for _, word in read]

    def _small_words(
        self, tokens: Sequence[_Token], taken: Container[int]
    ) -> Iterator[tuple[int, QueryWord]]:
        """Phrases of stop words only ("waar moet ik heen"), each as one word, by first place."""
        question = [token.word for token in tokens]
        found = [f for f in self._lexicon_phrases(question) if not any(p in taken for p in f[0])]
        for places, terms in _apart(found):
            asked = " ".join(tokens[place].asked for place in places)
            yield places[0], _made(asked, " ".join(question[p] for p in places), terms)

    def _corrected(self, token: _Token) -> _Token:
        """Replace a word of which nothing is known by the nearest known one, if there is one."""
        word = token.word
        is_clear = word in QUESTION_WORDS or word in self._full or token.asked.isupper()
        if is_clear or not self._index_terms.of(word) or self._is_known(word):
            return token
        if self._spelling.is_word(word) or self._index_terms.is_compound(word):
            return token
        near = self._spelling.near
        for candidate in chain(near(word, self._known), near(stem(word), self._known)):
            if self._is_known(candidate):
                return _Token(token.asked, candidate)
        return token

    def _is_known(self, word: str) -> bool:
        terms = self._index_terms.of(word)
        return any(term in self._known for term in terms) or bool(self._lexicon.related(word))

    def _others(self, tokens: Sequence[_Token]) -> dict[int, dict[str, float]]:
        """For each word of a phrase, by place: the terms of the phrase's other words."""
        question = [token.word for token in tokens]
        others: dict[int, dict[str, float]] = defaultdict(dict)
        found = [*self._lexicon_phrases(question), *self._full_forms(question)]
        for places, terms in _apart(found):
            for place in places:
                others[place] |= terms
        for place, joined in self._written_apart(question):
            others[place][joined] = _JOINED
        return others

    def _lexicon_phrases(self, question: Sequence[str]) -> Iterator[_Phrase]:
        for match in self._lexicon.find(question):
            if len(match.places) > 1:
                terms: dict[str, float] = {}
                self._add(terms, match.related)
                yield match.places, terms

    def _full_forms(self, question: Sequence[str]) -> Iterator[_Phrase]:
        """The words of which the documents explain the abbreviation."""
        stems = [stem(word) for word in question]
        for full, short in self._short.items():
            places = _run(stems, full)
            if len(places) > 1:
                yield places, {stem(short): _ABBREVIATION}

    def _written_apart(self, question: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Two words that the index knows as one ("jeugd zorg"): the one, for each of the two."""
        for place, (first, second) in enumerate(pairwise(question)):
            joined = first + second
            content = {first, second}.isdisjoint(STOP_WORDS | QUESTION_WORDS)
            if content and joined.isalpha() and stem(joined) in self._known:
                yield from ((place, stem(joined)), (place + 1, stem(joined)))

    def _query_word(self, token: _Token, others: Mapping[str, float]) -> QueryWord:
        own, *parts = self._terms(token)
        verb = bool(infinitive(token.word))  # a verb's other form is the verb, no part of it
        terms = {own: 1.0, **dict.fromkeys(parts, _PART)}
        if token.word in self._full:
            self._add_full(terms, self._full[token.word])
        if (own,) in self._short:
            terms.setdefault(stem(self._short[own,]), _ABBREVIATION)
        self._add(terms, self._lexicon.related(token.word))
        for term, weight in others.items():
            terms[term] = max(weight, terms.get(term, 0.0))
        return _made(token.asked, token.word, terms, () if verb else parts)

    def _add_full(self, terms: dict[str, float], full: str) -> None:
        """Add the words of an abbreviation, so that together they count about as much as it."""
        stems = {term for word in words(full) for term in self._index_terms.of(word)[:1]}
        for term in stems:
            terms.setdefault(term, round(_ABBREVIATION / math.sqrt(len(stems)), 3))

    def _add(self, terms: dict[str, float], phrases: Iterable[tuple[str, float]]) -> None:
        """Add other words; one word of a phrase ("informele zorg") says little, so they share.

        A phrase that says the same is also added whole, as its terms with spaces between them;
        not one that is only related, of which two words that stand apart would be taken for it.
        """
        for phrase, weight in phrases:
            stems = {term for word in words(phrase) for term in self._index_terms.of(word)[:1]}
            for term in stems:
                share = round(weight / len(stems), 3)
                terms[term] = max(share, terms.get(term, 0.0))
            if len(stems) > 1 and weight >= LAY_TO_POLICY:
                whole = " ".join(sorted(stems))
                terms[whole] = max(weight, terms.get(whole, 0.0))

    def _english(self, tokens: Sequence[_Token]) -> list[QueryWord]:
        """Translate the words of an English question, the longest phrases first.

        Words without a subject count within a phrase only ("quality of life").
        """
        found: list[QueryWord] = []
        while tokens:
            size, dutch = self._translation(tokens)
            if dutch:
                found.append(self._translated(tokens[:size], dutch))
            elif tokens[0].is_name or tokens[0].word not in self._lexicon.function_words:
                found += self._read(tokens[:size])
            tokens = tokens[size:]
        return found

    def _translation(self, tokens: Sequence[_Token]) -> tuple[int, tuple[str, ...]]:
        """How many words the longest phrase at the beginning has, and its Dutch words."""
        for size in range(min(_LONGEST_ENGLISH_PHRASE, len(tokens)), 0, -1):
            dutch = self._lexicon.english(" ".join(token.word for token in tokens[:size]))
            if dutch:
                return size, dutch
        return 1, ()

    def _translated(self, tokens: Sequence[_Token], dutch: Iterable[str]) -> QueryWord:
        terms: dict[str, float] = {}
        self._add(terms, [(phrase, _ENGLISH) for phrase in dutch])
        asked = " ".join(token.asked for token in tokens)
        return _made(asked, " ".join(token.word for token in tokens), terms)


def _made(
    asked: str, word: str, found: Mapping[str, float], parts: Iterable[str] = ()
) -> QueryWord:
    """A word of the question; of what was found, terms with a space between them are phrases."""
    terms = {term: weight for term, weight in found.items() if " " not in term}
    phrases = {tuple(term.split()): weight for term, weight in found.items() if " " in term}
    return QueryWord(asked, word, terms, frozenset(parts), phrases)


def _tokens(text: str) -> list[_Token]:
    """The words of a question; what gives two words ("Wmo-budget") is two tokens."""
    found: list[_Token] = []
    for piece in text.split():
        cut = words(piece)
        asked = _EDGES.sub("", piece)
        if _ACRONYMS.fullmatch(asked):
            cut = words(asked[:-1])
        typed = [asked] if len(cut) == 1 else asked.split("-")
        found += [
            _Token(own, word)
            for own, word in zip(typed if len(typed) == len(cut) else cut, cut, strict=True)
        ]
    return found


def _run(stems: Sequence[str], wanted: Sequence[str]) -> tuple[int, ...]:
    """The places of a run of stems; () when it is not there."""
    size = len(wanted)
    for at in range(len(stems) - size + 1):
        if tuple(stems[at : at + size]) == tuple(wanted):
            return tuple(range(at, at + size))
    return ()


def _apart(found: Sequence[_Phrase]) -> list[_Phrase]:
    """The longest phrases, without those that share a word with a longer one."""
    kept: list[_Phrase] = []
    for places, terms in sorted(found, key=lambda phrase: -len(phrase[0])):
        if all(set(places).isdisjoint(other) for other, _ in kept):
            kept.append((places, terms))
    return kept
