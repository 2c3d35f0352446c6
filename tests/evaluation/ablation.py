"""What each part of retrieval adds: the evaluation with that part switched off.

    python tests/evaluation/ablation.py

Prints one line a part: evidence retrieved and questions answered correctly, over all questions
and over those in everyday words, for the two sets with gold evidence.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import score
from evaluate import HERE, read

from assistant import evidence, retrieval
from assistant.engine import Assistant
from assistant.records import answer_record
from ingest.documents import Turn
from ingest.dutch.index_terms import IndexTerms
from ingest.dutch.lexicon import Lexicon
from ingest.pipeline import ingest
from ingest.settings import load_settings

Part = Callable[[ExitStack], None]


def no_lexical(off: ExitStack) -> None:
    def zeros(self: retrieval.PassageRetriever, words: object) -> np.ndarray:
        return np.zeros(len(self._index.passages), dtype=np.float32)

    off.enter_context(patch.object(retrieval.PassageRetriever, "lexical", zeros))


def no_compounds(off: ExitStack) -> None:
    whole = IndexTerms._make
    off.enter_context(patch.object(IndexTerms, "_make", lambda self, word: whole(self, word)[:1]))


def no_lexicon(off: ExitStack) -> None:
    off.enter_context(patch.object(Lexicon, "related", lambda self, phrase: ()))
    off.enter_context(patch.object(Lexicon, "find", lambda self, question: []))


def no_dense(off: ExitStack) -> None:
    weights = retrieval.RankingWeights(dense=0)
    off.enter_context(patch.object(retrieval, "RankingWeights", lambda: weights))
    off.enter_context(patch.multiple(evidence, DENSE=0, DENSE_UNSURE=0))


def no_ranking(off: ExitStack) -> None:
    def zeros(self: retrieval.PassageRetriever, question: object) -> np.ndarray:
        return np.zeros(len(self._index.passages), dtype=np.float32)

    off.enter_context(patch.object(retrieval.PassageRetriever, "_from_structure", zeros))
    off.enter_context(patch.object(retrieval, "_cap", lambda hits, k, share: hits[:k]))
    off.enter_context(
        patch.object(retrieval.PassageRetriever, "_fold", lambda self, hits: list(hits))
    )


PARTS: dict[str, Part] = {
    "everything on": lambda off: None,
    "without lexical": no_lexical,
    "without compounds": no_compounds,
    "without lexicon": no_lexicon,
    "without dense": no_dense,
    "without ranking": no_ranking,
}


def figures(name: str, assistant: Assistant, corpus: score.Corpus) -> list[float]:
    rows = []
    for asked in read(HERE / f"{name}.jsonl"):
        history = [Turn(t["question"], t["answer"]) for t in asked.get("history", [])]
        record = answer_record(assistant.ask(asked["question"], history))
        rows.append(score.score(asked, record, corpus))
    everyday = [row for row in rows if row["type"] == "paraphrase"]
    return [
        score.mean([row[measure] for row in chosen])
        for measure in ("retrieved", "correct")
        for chosen in (rows, everyday)
    ]


def main() -> None:
    print(f"{'':20}" + "".join(f"{n:^44}" for n in ("questions", "own")))
    columns = ("retrieved", "everyday", "correct", "everyday")
    print(f"{'':20}" + "".join(f"{c:>11}" for c in columns * 2))
    for label, switch_off in PARTS.items():
        with ExitStack() as off, tempfile.TemporaryDirectory() as folder:
            switch_off(off)
            settings = load_settings(index=Path(folder) / "index")
            ingest(settings)
            assistant = Assistant.open(settings)
            corpus = score.Corpus(settings.corpus)
            row = [f for name in ("questions", "own") for f in figures(name, assistant, corpus)]
            print(f"{label:20}" + "".join(f"{value:>11.3f}" for value in row), flush=True)


if __name__ == "__main__":
    main()
