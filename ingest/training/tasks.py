"""The tasks that a model is measured on, made of what was kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.training.data import Data
from ingest.training.measure import (
    Encoder,
    SearchTask,
    likeness,
    search_both,
    search_dense,
    search_lexical,
)
from ingest.training.texts import Paragraph, scored_pairs


def build_tasks(apart: Data, learnt: Data) -> list[SearchTask]:
    """Headings of laws and of policy texts, everyday questions, everyday words.

    Args:
        apart: What the model has not seen.
        learnt: What it has seen; serves as further texts to choose from.

    Returns:
        The tasks that have at least one query.
    """
    others = [paragraph.text for paragraph in learnt.policy[::2]]
    sentences = [sentence for _, sentence in learnt.questions]
    terms = [word for group in learnt.groups for word in group.policy]
    everyday = [(lay, group.policy[0]) for group in apart.groups for lay in group.lay]
    tasks = [
        _task("headings of laws", _first_bodies(apart.laws), ()),
        _task("headings of policy", _first_bodies(apart.policy), others),
        _task("everyday questions", apart.questions, sentences + others),
        _task("everyday words", everyday, terms),
    ]
    return [task for task in tasks if task.queries]


def _first_bodies(paragraphs: Sequence[Paragraph]) -> list[tuple[str, str]]:
    bodies: dict[str, str] = {}
    for paragraph in paragraphs:
        bodies.setdefault(paragraph.title, paragraph.text)
    return [(title, text) for title, text in bodies.items() if title]


def _task(name: str, pairs: Sequence[tuple[str, str]], others: Sequence[str]) -> SearchTask:
    texts = list(dict.fromkeys([text for _, text in pairs] + list(others)))
    place = {text: n for n, text in enumerate(texts)}
    answers = tuple(place[text] for _, text in pairs)
    return SearchTask(name, tuple(query for query, _ in pairs), tuple(texts), answers)


def report(encode: Encoder, tasks: Sequence[SearchTask], texts: Path) -> list[str]:
    """Lines of a table: each task by words alone, by vectors alone, and by both.

    Args:
        encode: The model.
        tasks: What to search.
        texts: Folder with the STS files.
    """
    dev, test = (scored_pairs(texts / f"stsb-nl-{part}.csv") for part in ("dev", "test"))
    lines = [
        f"alike sentences, Spearman: dev {likeness(encode, dev):.3f}, "
        f"test {likeness(encode, test):.3f}",
        "| task | queries | texts | BM25 recall@10 | MRR | model recall@10 | MRR | both | MRR |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for task in tasks:
        words, dense, both = (
            search_lexical(task),
            search_dense(encode, task),
            search_both(encode, task),
        )
        figures = " | ".join(f"{one.recall:.3f} | {one.rank:.3f}" for one in (words, dense, both))
        lines.append(f"| {task.name} | {len(task.queries)} | {len(task.texts)} | {figures} |")
    return lines
