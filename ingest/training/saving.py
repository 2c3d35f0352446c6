"""Writes the model as a sentence-transformers folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from tokenizers import Tokenizer

_MODULE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_NORMALIZE = "sentence_transformers.base.modules.normalize.Normalize"


def save_model(
    folder: Path, tokenizer: Tokenizer, row: NDArray[np.int32], matrix: NDArray[np.float32]
) -> None:
    """Write the model and put it in the place of an older one in a single step.

    The rows that word forms share are stored once, with a mapping from token to row, as
    StaticEmbedding reads it. They are stored as float32, because it computes in the type that
    it finds and float16 would come out as float16.

    Args:
        folder: Where the model belongs; a model card that lies there is kept.
        tokenizer: The vocabulary's tokenizer.
        row: For each token id its row.
        matrix: One vector a row.
    """
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    (new / "1_Normalize").mkdir(parents=True)
    weights = {"embeddings": torch.from_numpy(matrix), "mapping": torch.from_numpy(row)}
    save_file(weights, new / "model.safetensors")
    # safetensors makes files that only their owner can read.
    (new / "model.safetensors").chmod(0o644)
    _write(new / "tokenizer.json", tokenizer.to_str(pretty=False))
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": _MODULE},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALIZE},
    ]
    _write(new / "modules.json", json.dumps(modules, indent=2))
    _write(new / "1_Normalize" / "config.json", "{}")
    _write(
        new / "config_sentence_transformers.json",
        json.dumps({"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"}, indent=2),
    )
    _replace(new, folder)


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")


def _replace(new: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    if (folder / "README.md").exists():
        shutil.copy(folder / "README.md", new / "README.md")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
