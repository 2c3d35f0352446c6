"""Brings all that the model learns from together, and keeps a part apart for measuring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.training.texts import (
    Paragraph,
    ScoredPair,
    WordGroup,
    held_out,
    lexicon,
    markdown_paragraphs,
    paraphrases,
    plain_paragraphs,
    read_text,
    scored_pairs,
    themes,
    words,
)

Pairs = list[tuple[list[str], list[str]]]
"""Texts that may stand left and right; any of the left belongs with any of the right."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the training data lies.

    Attributes:
        texts: Folder with wetten.txt.xz, algoritmekader.txt.xz and the stsb-nl files.
        corpus: Folder with policy documents as .txt.
        lexicon: The lexicon of everyday and policy words.
        paraphrases: Pairs of everyday question and policy sentence.
        themes: Word groups by subject.
    """

    texts: Path
    corpus: Path
    lexicon: Path
    paraphrases: Path
    themes: Path


@dataclass(frozen=True, slots=True)
class Data:
    """Everything to learn from, or everything to measure with.

    Attributes:
        laws: Paragraphs of laws with the law's title.
        policy: Paragraphs of modern policy prose.
        alike: Sentence pairs with scores.
        questions: Everyday question and policy sentence.
        groups: Words that belong together, from the lexicon.
        themes: Words of one subject.
    """

    laws: tuple[Paragraph, ...]
    policy: tuple[Paragraph, ...]
    alike: tuple[ScoredPair, ...]
    questions: tuple[tuple[str, str], ...]
    groups: tuple[WordGroup, ...]
    themes: tuple[WordGroup, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All running text."""
        return self.laws + self.policy


def load(places: Places) -> Data:
    """Read everything; the STS pairs are those of the training part."""
    laws = markdown_paragraphs(read_text(places.texts / "wetten.txt.xz"))
    policy = list(markdown_paragraphs(read_text(places.texts / "algoritmekader.txt.xz")))
    for file in sorted(places.corpus.glob("*.txt")):
        policy += plain_paragraphs(read_text(file))
    groups = lexicon(places.lexicon) if places.lexicon.exists() else []
    subjects = themes(places.themes) if places.themes.exists() else []
    asked = paraphrases(places.paraphrases) if places.paraphrases.exists() else []
    alike = scored_pairs(places.texts / "stsb-nl-train.csv")
    return Data(
        tuple(laws), tuple(policy), tuple(alike), tuple(asked), tuple(groups), tuple(subjects)
    )


def split(data: Data, share: float = 0.2) -> tuple[Data, Data]:
    """Keep a part apart: by law or heading, by policy sentence, by first word of a group.

    Args:
        data: Everything.
        share: Fraction to keep apart of the questions; of the rest half that fraction.

    Returns:
        What to learn from and what to measure with.
    """

    def part(apart: bool) -> Data:
        return Data(
            tuple(p for p in data.laws if held_out(p.title, share / 2) == apart),
            tuple(p for p in data.policy if held_out(p.title, share / 2) == apart),
            () if apart else data.alike,
            tuple(q for q in data.questions if held_out(q[1], share) == apart),
            tuple(g for g in data.groups if held_out((*g.policy, "")[0], share / 2) == apart),
            () if apart else data.themes,
        )

    return part(False), part(True)


def count_words(data: Data) -> Counter[str]:
    """How often each folded word occurs in the running text."""
    counts: Counter[str] = Counter()
    for paragraph in data.paragraphs:
        counts.update(words(paragraph.text))
    return counts


def own_words(data: Data) -> set[str]:
    """Words that deserve a token however rare: those of pairs and word groups."""
    texts: list[str] = [text for question in data.questions for text in question]
    texts += [
        word
        for group in data.groups + data.themes
        for word in (*group.policy, *group.lay, *group.related)
    ]
    texts += [text for pair in data.alike for text in (pair.left, pair.right)]
    return {word for text in texts for word in words(text)}


def headings(paragraphs: Iterable[Paragraph]) -> Pairs:
    """Each heading with the paragraphs under it."""
    bodies: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        if paragraph.title:
            bodies.setdefault(paragraph.title, []).append(paragraph.text)
    return [([title], texts) for title, texts in bodies.items()]


def neighbours(paragraphs: Sequence[Paragraph]) -> Pairs:
    """Each paragraph with the next under the same heading."""
    pairs = pairwise(paragraphs)
    return [([one.text], [two.text]) for one, two in pairs if one.title == two.title]


def questions(data: Data) -> Pairs:
    """All everyday questions that have the same policy sentence, with that sentence."""
    asked: dict[str, list[str]] = {}
    for question, sentence in data.questions:
        asked.setdefault(sentence, []).append(question)
    return [(texts, [sentence]) for sentence, texts in asked.items()]


def single_words(groups: Iterable[WordGroup]) -> Pairs:
    """The everyday words of each group with its policy words, one of each at a time."""
    return [([*group.lay, *group.policy], list(group.policy)) for group in groups if group.policy]


def whole_groups(groups: Iterable[WordGroup]) -> Pairs:
    """All everyday words of a group as one text, with all its policy words as another."""
    whole = [group for group in groups if group.lay and group.policy]
    return [([" ".join(group.lay)], [" ".join(group.policy)]) for group in whole]


def group_texts(data: Data) -> Iterator[str]:
    """Each word group, and each question with its policy sentence, as one text."""
    for group in data.groups + data.themes:
        yield " ".join((*group.policy, *group.lay, *group.related))
    for question, sentence in data.questions:
        yield f"{question} {sentence}"
