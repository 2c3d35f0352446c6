"""The embedding model: texts in, L2-normalised vectors out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ingest.errors import EmbeddingError
from ingest.settings import MODEL_FOLDER

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from ingest.settings import Settings


_HUB_SECONDS = 10
# Texts that are embedded at once. A static model only looks vectors up; what costs is each call.
_BATCH, _STATIC_BATCH = 32, 2048


class Embedder(Protocol):
    """Anything that turns passages and questions into vectors of one space.

    Attributes:
        fingerprint: Changes whenever the vectors would; the index remembers it.
        dimension: Length of a vector.
    """

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would; the index remembers it."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, each of length 1 (or 0 for a text without a known word)."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, of length 1 (or 0 for one without a known word)."""
        ...


class SentenceEmbedder:
    """An `Embedder` on sentence-transformers."""

    def __init__(
        self, model: SentenceTransformer, query_prefix: str = "", passage_prefix: str = ""
    ) -> None:
        """Wrap a loaded model.

        Args:
            model: A loaded sentence-transformers model.
            query_prefix: Put before a question ("query: " for e5).
            passage_prefix: Put before a passage ("passage: " for e5).
        """
        self._model = model
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._batch = _STATIC_BATCH if _is_static(model) else _BATCH
        self.dimension = len(self._encode(["maat"])[0])
        self.fingerprint = _fingerprint(model, query_prefix, passage_prefix)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, each of length 1 (or 0 for a text without a known word)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._encode([self._passage_prefix + text for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, of length 1 (or 0 for one without a known word)."""
        vector: NDArray[np.float32] = self._encode([self._query_prefix + text])[0]
        return vector

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        vectors = self._model.encode(
            texts, batch_size=self._batch, convert_to_numpy=True, show_progress_bar=False
        )
        rows = np.array(vectors, dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(lengths > 0, lengths, 1)
        return rows


def load_embedder(settings: Settings) -> SentenceEmbedder:
    """Load the model that the settings name.

    A folder is read as it is, without touching the network. Only a name that is no folder and
    that the user has set is looked up on the model hub.

    Args:
        settings: `embedding_model`, `query_prefix` and `passage_prefix` are used.

    Returns:
        The embedder, ready for use.

    Raises:
        EmbeddingError: If the model cannot be loaded; it says which, why, and how to go on.
    """
    name = settings.embedding_model
    folder = Path(name).expanduser()
    if not folder.is_dir() and _looks_like_a_path(name):
        raise _failure(name, "deze map bestaat niet")
    _silence_hub(offline=folder.is_dir())
    try:
        model = _load(str(folder), offline=True) if folder.is_dir() else _load_by_name(name)
        return SentenceEmbedder(model, settings.query_prefix, settings.passage_prefix)
    # Loading runs through five libraries that raise whatever they like (OSError, ValueError,
    # KeyError, RuntimeError, SafetensorError, JSONDecodeError), all of it for a bad model.
    except Exception as error:
        raise _failure(name, _first_line(error)) from error


def load_word_embedder(settings: Settings, embedder: Embedder) -> Embedder:
    """The project's own static model, which gives single words vectors that can be compared.

    Args:
        settings: Names the model that the index was made with.
        embedder: That model; it is used itself when it is the project's own.

    Raises:
        EmbeddingError: If the own model cannot be loaded.
    """
    own = {"embedding_model": str(MODEL_FOLDER), "query_prefix": "", "passage_prefix": ""}
    if all(getattr(settings, name) == value for name, value in own.items()):
        return embedder
    return load_embedder(settings.model_copy(update=own))


def _is_static(model: SentenceTransformer) -> bool:
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    return isinstance(model[0], StaticEmbedding)


def _load(name: str, *, offline: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    # In single precision, since a model may be kept in half and arithmetic on that is slow here.
    return SentenceTransformer(name, device="cpu", local_files_only=offline).float()


def _load_by_name(name: str) -> SentenceTransformer:
    """Load a model of the hub: from an earlier download when there is one."""
    from huggingface_hub import HfApi, try_to_load_from_cache

    if isinstance(try_to_load_from_cache(name, "modules.json"), str):
        return _load(name, offline=True)
    # Asked first, because without a network the download itself tries for more than a minute.
    HfApi().model_info(name, timeout=_HUB_SECONDS)
    return _load(name, offline=False)


def _looks_like_a_path(name: str) -> bool:
    """A hub name is "model" or "owner/model", nothing else."""
    return name.startswith((".", "~", "/", "\\")) or "\\" in name or name.count("/") > 1


def _silence_hub(*, offline: bool) -> None:
    """Switch the telemetry of the model libraries off before they are imported."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"


def _failure(name: str, reason: str) -> EmbeddingError:
    return EmbeddingError(
        f"Het embeddingmodel '{name}' is niet te laden: {reason}. Geef met de instelling "
        "embedding_model de map van een sentence-transformers-model op, of de naam van een model "
        "op Hugging Face als deze computer daarbij kan. Laat de instelling weg voor het "
        "meegeleverde Nederlandse model."
    )


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return (text.splitlines()[0] if text else type(error).__name__).rstrip(".")


def _fingerprint(model: SentenceTransformer, *prefixes: str) -> str:
    """Hash the weights, the tokenizer and the prefixes: what decides about every vector."""
    digest = hashlib.sha256()
    for prefix in prefixes:
        digest.update(prefix.encode() + b"\0")
    digest.update(repr(model).encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weights.detach().cpu().numpy().tobytes())
    digest.update(_tokenizer_text(model).encode())
    return digest.hexdigest()[:16]


def _tokenizer_text(model: SentenceTransformer) -> str:
    """The tokenizer as JSON, or "" for one that cannot be written down."""
    tokenizer = getattr(model, "tokenizer", None)
    write = getattr(getattr(tokenizer, "backend_tokenizer", tokenizer), "to_str", None)
    return str(write()) if write else ""
