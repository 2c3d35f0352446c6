"""`python -m ingest.training --texts DIR --out DIR`: trains and measures the model."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import torch
import typer

from ingest.training.contrast import Plan
from ingest.training.data import Places, load, split
from ingest.training.saving import save_model
from ingest.training.tasks import build_tasks, report
from ingest.training.train import train

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]


def main(
    texts: Annotated[Path, typer.Option(help="Folder with the laws, Algoritmekader, STS pairs.")],
    out: Annotated[Path, typer.Option(help="Folder that the model is written to.")],
    corpus: Annotated[Path, typer.Option(help="Policy documents (.txt).")] = _ROOT / "corpus",
    dimension: Annotated[int, typer.Option(help="Length of the vectors.")] = 186,
    base: Annotated[int, typer.Option(help="Length of the counted vectors.")] = 400,
    steps: Annotated[int, typer.Option(help="Batches of contrastive training; 0 for none.")] = 1000,
    seed: Annotated[int, typer.Option(help="Same seed, same model.")] = 0,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = 1,
    measure: Annotated[
        bool, typer.Option(help="Keep a part apart, train on the rest, print figures.")
    ] = False,
) -> None:
    """Train the Dutch embedding model.

    Without --measure the model learns from everything. With it, it learns from a part, and the
    figures say how well it does on the rest.

    Example: python -m ingest.training --texts training-text --out ingest/model
    """
    begin = time.monotonic()
    torch.set_num_threads(threads)
    places = Places(
        texts,
        corpus,
        _HERE.parent / "dutch" / "lexicon.toml",
        _HERE / "paraphrases.tsv",
        _HERE / "themes.txt",
    )
    everything = load(places)
    learnt, apart = split(everything) if measure else (everything, None)
    model = train(learnt, dimension, base, Plan(steps=steps, seed=seed))
    save_model(out, model.vocabulary.tokenizer, model.vocabulary.row, model.matrix)
    if apart is not None:
        for line in report(model.encode, build_tasks(apart, learnt), texts):
            typer.echo(line)
    tokens, rows = len(model.vocabulary.row), len(model.matrix)
    seconds = time.monotonic() - begin
    typer.echo(f"{tokens} tokens, {rows} rows, {seconds:.0f} seconds: {out}", err=True)


if __name__ == "__main__":
    typer.run(main)
