"""`python -m assistant.reply.training LETTERS...`: learns the weights by which points are found.

LETTERS are folders with letters as text and `gold.jsonl`, as in tests/evaluation/letters. First
what phrases hint at is learnt, then, from these hints and all else that is told of a sentence,
where points begin and end and of which type they are.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Annotated

import torch
import typer

from assistant.reply.acts import ActReader
from assistant.reply.features import Features, Paragraph, paragraphs_of
from assistant.reply.fitting import minimise, parts_of
from assistant.reply.phrase_training import Spoken, hints_left_out, learn_phrases, save_phrases
from assistant.reply.phrases import PHRASES_FILE, Hint
from assistant.reply.point_type import TYPE_WEIGHTS_FILE
from assistant.reply.records import PointType
from assistant.reply.segments import WEIGHTS_FILE, Weights, segments_of
from assistant.reply.sentences import Sentence, body_of, sentences_of
from assistant.reply.type_training import learn_types, type_examples, types_left_out
from assistant.reply.wording import LetterWording, wording_for
from ingest.readers import ReaderProcess

# Variance of the weights before anything is learnt: larger, and they may become larger.
_VARIANCE = 0.4
# How much the letters made of a letter count: without its beginning and end, and in brief.
_WITHOUT_ENDS, _IN_BRIEF = 0.5, 0.5
_STEPS = 80
_NEVER = -1e9

Hints = Mapping[str, Sequence[Hint]]
"""For each letter, by its name, what its sentences hint at."""


@dataclass(frozen=True, slots=True)
class Example:
    """A letter to learn from, or a part of one.

    Attributes:
        name: Name of the letter.
        weight: How much it counts.
        paragraphs: Its paragraphs, described.
        core: For each sentence of the letter whether it makes a point.
    """

    name: str
    weight: float
    paragraphs: tuple[Paragraph, ...]
    core: tuple[bool, ...]


def examples_of(letters: Iterable[LearntFrom], hints: Hints) -> list[Example]:
    """What letters teach: each letter, and two letters made of it.

    Args:
        letters: The letters, each with at least one point.
        hints: What their sentences hint at.
    """
    return [example for each in letters for example in _examples(each, hints[each.name])]


def spoken_in(letters: Iterable[LearntFrom]) -> list[Spoken]:
    """The sentences of letters, in order."""
    found: list[Spoken] = []
    for letter in letters:
        acts = ActReader(letter.wording).acts(letter.sentences)
        row = zip(letter.sentences, acts, strict=True)
        found += [
            Spoken(letter.name, sentence.text, act, letter.types.get(n), sentence.heading)
            for n, (sentence, act) in enumerate(row)
        ]
    return found


def hints_in(letters: Sequence[LearntFrom]) -> Hints:
    """What the sentences of letters hint at, as other letters teach."""
    hints = iter(hints_left_out(spoken_in(letters)))
    return {letter.name: [next(hints) for _ in letter.sentences] for letter in letters}


@dataclass(frozen=True, slots=True)
class LearntFrom:
    """A letter with what its gold says.

    Attributes:
        name: Its name.
        wording: The words of its language.
        sentences: Those of its body.
        types: The type of the point that a sentence makes, by the place of the sentence.
    """

    name: str
    wording: LetterWording
    sentences: tuple[Sentence, ...]
    types: Mapping[int, PointType]


def learnt_from(folder: Path) -> Iterator[LearntFrom]:
    """The letters of a folder.

    Args:
        folder: Holds letters as text and `gold.jsonl`, a line for each point.

    Raises:
        OSError: A file cannot be read.
        ValueError: A quote is not in its letter, or a line is no JSON.
        ReadingError: A letter cannot be read.
    """
    gold: dict[str, list[tuple[str, PointType]]] = defaultdict(list)
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold[entry["letter"]].append((entry["quote"], PointType(entry["type"])))
    with ReaderProcess() as process:
        for name, entries in gold.items():
            reading = process.read(folder / f"{name}.txt")
            wording, body = wording_for(reading.text), body_of(reading.text)
            inside = tuple(s for s in sentences_of(reading, wording) if body.holds(s))
            types: dict[int, PointType] = {}
            for quote, kind in entries:
                core = _core(reading.text, inside, quote)
                if core is not None:
                    types.setdefault(core, kind)
            yield LearntFrom(name, wording, inside, types)


def quoted(text: str, quote: str) -> re.Match[str] | None:
    """Where a quote stands in a text, whatever white space is between its words."""
    return re.search(r"\s+".join(map(re.escape, quote.split())), text)


def _core(text: str, sentences: Sequence[Sentence], quote: str) -> int | None:
    """Place of the sentence that makes a point: the last that a quote of the gold touches."""
    found = quoted(text, quote)
    if found is None:
        raise ValueError(f"Not in its letter: {quote}")
    touched = [
        n for n, s in enumerate(sentences) if s.start < found.end() and s.end > found.start()
    ]
    # Of a sentence in two halves that are one point the first says what is asked.
    while len(touched) > 1 and sentences[touched[-1]].again:
        touched.pop()
    return touched[-1] if touched else None


def _examples(letter: LearntFrom, hints: Sequence[Hint]) -> list[Example]:
    """A letter; the same from its first paragraph with a point to its last; and it in brief.

    The second teaches that a letter may come to the point at once, the third that it may put many
    points together without a word of explanation.
    """
    sentences, wording = letter.sentences, letter.wording
    cores = [n in letter.types for n in range(len(sentences))]
    acts = ActReader(wording).acts(sentences)

    def example(weight: float, inside: Sequence[int], row: Sequence[Sentence]) -> Example:
        done, hinted = [acts[n] for n in inside], [hints[n] for n in inside]
        described = tuple(paragraphs_of(row, done, hinted, wording))
        return Example(letter.name, weight, described, tuple(cores[n] for n in inside))

    everything = range(len(sentences))
    with_points = {s.paragraph for s, core in zip(sentences, cores, strict=True) if core}
    places = [n for n in everything if sentences[n].paragraph in with_points]
    middle = range(places[0], places[-1] + 1)
    brief = [n for n in everything if cores[n] and acts[n] and not sentences[n].heading]
    return [
        example(1.0, everything, sentences),
        example(_WITHOUT_ENDS, middle, [sentences[n] for n in middle]),
        example(_IN_BRIEF, brief, _in_brief([sentences[n] for n in brief])),
    ]


def _in_brief(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sentences put together in paragraphs of one, two and three."""
    row: list[Sentence] = []
    sizes = cycle((1, 2, 3))
    paragraph, left = -1, 0
    for sentence in sentences:
        first = left == 0
        if first:
            paragraph, left = paragraph + 1, next(sizes)
        left -= 1
        row.append(replace(sentence, paragraph=paragraph, first=first, item=False, section=()))
    return row


class _Table:
    """The features of paragraphs as numbers, a row for each paragraph; short ones are filled up."""

    def __init__(self, examples: Sequence[Example]) -> None:
        rows = [(each, paragraph) for each in examples for paragraph in each.paragraphs]
        longest = max(len(paragraph.members) for _, paragraph in rows)
        first = rows[0][1]
        self.names = (tuple(first.core[0]), tuple(first.begin[0]), tuple(first.none))
        filled = [(p.core, p.begin, (p.none,)) for _, p in rows]
        self.core, self.begin, none = (
            torch.stack([_filled(parts[n], self.names[n], size) for parts in filled])
            for n, size in ((0, longest), (1, longest), (2, 1))
        )
        self.none = none[:, 0]
        self.is_core = torch.zeros((len(rows), longest), dtype=torch.bool)
        for n, (example, paragraph) in enumerate(rows):
            for k, member in enumerate(paragraph.members):
                self.is_core[n, k] = example.core[member]
        self.lengths = torch.tensor([len(paragraph.members) for _, paragraph in rows])
        self.weights = torch.tensor([each.weight for each, _ in rows], dtype=torch.float64)


def _filled(rows: Sequence[Features], names: Sequence[str], size: int) -> torch.Tensor:
    table = torch.zeros((size, len(names)), dtype=torch.float64)
    for n, row in enumerate(rows):
        table[n] = torch.tensor([row[name] for name in names], dtype=torch.float64)
    return table


def learn(examples: Sequence[Example]) -> Weights:
    """The weights under which the points of letters are most likely, large ones held back.

    Where one point ends and the next begins is not in the gold; all places between their core
    sentences count.

    Args:
        examples: At least one, with at least one point.
    """
    table = _Table(examples)
    learnt = [torch.zeros(len(names), dtype=torch.float64) for names in table.names]
    for each in learnt:
        each.requires_grad_()
    held = [torch.ones_like(each) for each in learnt]
    held[0][table.names[0].index("always")] = 0.0  # how rare points are is no prejudice

    def loss() -> torch.Tensor:
        core, begin, none = table.core @ learnt[0], table.begin @ learnt[1], table.none @ learnt[2]
        right = torch.where(table.is_core.any(1), _log_sum(core, begin, table, told=True), none)
        total = torch.logaddexp(_log_sum(core, begin, table, told=False), none)
        size = sum((h * w.square()).sum() for h, w in zip(held, learnt, strict=True))
        return (table.weights * (total - right)).sum() + size / (2 * _VARIANCE)

    minimise(learnt, loss, _STEPS)
    return Weights(
        *(
            {name: round(w, 3) for name, w in zip(names, each.tolist(), strict=True)}
            for names, each in zip(table.names, learnt, strict=True)
        )
    )


def _log_sum(core: torch.Tensor, begin: torch.Tensor, table: _Table, *, told: bool) -> torch.Tensor:
    """Logarithm of the sum of exp(score) over the cuttings of each paragraph with a point.

    Args:
        core: Scores of the sentences as cores.
        begin: Scores of the sentences as beginnings.
        table: The paragraphs.
        told: Whether only cuttings with the cores of the gold count.
    """
    never = torch.full_like(core, _NEVER)
    passed = torch.zeros_like(core)
    if told:
        core = torch.where(table.is_core, core, never)
        passed = torch.where(table.is_core, never, passed)
    before, on, after = passed[:, 0], core[:, 0], never[:, 0]
    ends = [torch.logaddexp(on, after)]
    for n in range(1, core.shape[1]):
        opened = torch.logaddexp(before, ends[-1] + begin[:, n])
        before, on, after = opened + passed[:, n], opened + core[:, n], ends[-1] + passed[:, n]
        ends.append(torch.logaddexp(on, after))
    return torch.stack(ends, 1)[torch.arange(len(core)), table.lengths - 1]


def left_out(examples: Sequence[Example]) -> tuple[float, float]:
    """Recall and precision of the points of each tenth of the letters, learnt from the others.

    A point counts as found when a segment holds its core sentence.
    """
    right = made = gold = 0
    for inside in parts_of([each.name for each in examples]):
        weights = learn([each for each in examples if each.name not in inside])
        for letter in (each for each in examples if each.weight == 1 and each.name in inside):
            gold += sum(letter.core)
            for paragraph in letter.paragraphs:
                for segment in segments_of(paragraph, weights):
                    made += 1
                    members = paragraph.members[segment.start : segment.end]
                    right += any(letter.core[n] for n in members)
    return right / gold, right / made


def main(
    folders: Annotated[list[Path], typer.Argument(help="Folders with letters and gold.jsonl.")],
    out: Annotated[
        Path, typer.Option(help="Folder to write the weights to.")
    ] = WEIGHTS_FILE.parent,
    measure: Annotated[
        bool, typer.Option(help="Write nothing; say how well letters left out are read.")
    ] = False,
) -> None:
    """Learn where the points of letters are, and of which type.

    Example: python -m assistant.reply.training tests/evaluation/letters
    """
    torch.set_num_threads(1)
    letters = [each for folder in folders for each in learnt_from(folder) if each.types]
    hints = hints_in(letters)
    examples, of_type = examples_of(letters, hints), type_examples(letters, hints)
    if measure:
        recall, precision = left_out(examples)
        right = types_left_out(of_type)
        typer.echo(f"recall {recall:.3f}, precision {precision:.3f}, type {right:.3f}")
        return
    save_phrases(learn_phrases(spoken_in(letters)), out / PHRASES_FILE.name)
    _write(out / WEIGHTS_FILE.name, asdict(learn(examples)))
    _write(out / TYPE_WEIGHTS_FILE.name, learn_types(of_type))


def _write(file: Path, content: object) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
