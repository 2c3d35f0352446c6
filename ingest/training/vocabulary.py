"""Chooses the words that get a vector of their own and builds the tokenizer around them.

Every word form is a token, forms of one stem share a row of the matrix, and a word that is not
in the vocabulary is cut into as few known words as possible: mantelzorgondersteuner becomes
mantelzorg + ondersteuner. A token means the same inside a compound as on its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from ingest.dutch.compounds import Compounds
from ingest.dutch.stems import stem
from ingest.dutch.stopwords import STOP_WORDS

UNKNOWN = "[UNK]"
LINKS = ("s", "e", "n", "en")
# Function words for the lexical index that carry a subject in everyday speech ("ik ben alleen").
_SPEAKING = frozenset(
    "alleen samen niemand nooit altijd vaak weinig veel minder meer anders later".split()
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD_COST, _LINK_COST, _LETTER_COST = -10.0, -4.0, -25.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens, their rows and how often they occur.

    Attributes:
        tokenizer: Cuts any text into known tokens.
        row: For each token id the number of its row; row 0 is the empty row of tokens
            without a subject (function words, loose letters, the unknown).
        frequency: For each row the share of running Dutch text that it makes up.
        parts: For the row of a compound the rows of its parts.
    """

    tokenizer: Tokenizer
    row: NDArray[np.int32]
    frequency: NDArray[np.float64]
    parts: Mapping[int, tuple[int, ...]]

    def rows(self, texts: list[str]) -> list[NDArray[np.int32]]:
        """The rows of each text's tokens in order, the empty row left out."""
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        found = [self.row[np.asarray(item.ids, dtype=np.int64)] for item in encoded]
        return [rows[rows > 0] for rows in found]


def choose_words(
    counts: Mapping[str, int],
    general: Mapping[str, float],
    keep: Iterable[str],
    compounds: Compounds,
    minimum: int = 8,
    common: int = 40_000,
) -> set[str]:
    """The words that become tokens.

    Args:
        counts: How often each folded word occurs in the training texts.
        general: Share of each word in general Dutch.
        keep: Words that get a token however rare they are.
        compounds: Tells which rare words can be left to their parts.
        minimum: Fewest occurrences in the training texts; a compound needs five times as many.
        common: This many of the commonest general words get a token too, so that they are
            not cut into pieces that only look like words.

    Returns:
        Words of two letters and more, and of nothing else: the tokenizer drops all other marks.
    """
    ranked = sorted(general, key=lambda word: (-general[word], word))[:common]
    enough = {word for word, count in counts.items() if count >= 5 * minimum}
    some = {word for word, count in counts.items() if count >= minimum}
    chosen = enough.union(keep, ranked, (word for word in some if not compounds.split(word)))
    return {word for word in chosen if len(word) > 1 and word.isalpha()}


def build_vocabulary(
    chosen: Iterable[str],
    counts: Mapping[str, int],
    general: Mapping[str, float],
    compounds: Compounds,
) -> Vocabulary:
    """Give each chosen word a token and each stem a row.

    Args:
        chosen: Folded words.
        counts: How often each occurs in the training texts.
        general: Share of each in general Dutch.
        compounds: Gives the parts of compounds.

    Returns:
        The vocabulary; a row's frequency is the mean of both sources.
    """
    total = sum(counts.values()) or 1
    score = dict.fromkeys(_LETTERS, _LETTER_COST) | dict.fromkeys(LINKS, _LINK_COST)
    row_of = dict.fromkeys((UNKNOWN, *score), 0)
    score = {UNKNOWN: 0.0, **score}
    silent = STOP_WORDS - _SPEAKING
    row_of_stem: dict[str, int] = {}
    frequency: dict[int, float] = {0: 0.0}
    for word in sorted(set(chosen) - set(_LETTERS) - set(LINKS)):
        share = (counts.get(word, 0) / total + general.get(word, 0.0)) / 2
        score[word] = _WORD_COST + 0.3 * math.log(max(share, 1e-8))
        new = len(row_of_stem) + 1
        row = 0 if word in silent else row_of_stem.setdefault(stem(word), new)
        row_of[word] = row
        frequency[row] = frequency.get(row, 0.0) + share
    return Vocabulary(
        _tokenizer(list(score.items())),
        np.asarray(list(row_of.values()), dtype=np.int32),
        np.asarray([frequency[row] for row in range(len(frequency))]),
        _part_rows(row_of, compounds),
    )


def _part_rows(row_of: Mapping[str, int], compounds: Compounds) -> dict[int, tuple[int, ...]]:
    """The rows of the parts of each compound; its first form in alphabetical order decides."""
    parts: dict[int, tuple[int, ...]] = {}
    for word, row in row_of.items():
        found = (row_of.get(part, 0) for part in compounds.split(word))
        rows = tuple(part for part in found if part not in (0, row))
        if row and rows:
            parts.setdefault(row, rows)
    return parts


def _tokenizer(tokens: list[tuple[str, float]]) -> Tokenizer:
    """A unigram tokenizer: of all ways to cut a word, the one with the highest sum of scores.

    A score is nearly the same for each word, so the fewest pieces win; frequency decides ties.
    """
    tokenizer = Tokenizer(models.Unigram(tokens, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[^\p{L}]+"), behavior="removed", invert=False
    )
    return tokenizer
