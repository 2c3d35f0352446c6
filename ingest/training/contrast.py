"""Fine-tunes word vectors so that texts that belong together lie close together.

A row is what counting gave, turned by one shared linear map, plus a correction of its own: the
map carries what the pairs teach over to words that no pair contains, the correction learns
single words. Both are folded into one matrix at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PairSource:
    """Pairs of one origin and how much they count.

    Attributes:
        left: For each pair the texts that may stand on one side, as row numbers; a step draws
            one. So texts that share a partner never count as each other's opposites.
        right: The same for the other side.
        share: Chance that a training step draws from this source, relative to the others.
        drop: Chance that a word of either side is left out, 0 to 1.
        scores: How alike each pair is, 0 to 1; None when every pair belongs together.
    """

    left: Sequence[Sequence[Rows]]
    right: Sequence[Sequence[Rows]]
    share: float
    drop: float = 0.2
    scores: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        steps: Number of batches.
        batch: Pairs a batch.
        rate: Learning rate of Adam at its height.
        scale: Factor on the cosines before the softmax (the inverse temperature).
        hold: Weight of the penalty that keeps corrections small.
        seed: For drawing and word dropout.
    """

    steps: int = 1000
    batch: int = 256
    rate: float = 2e-3
    scale: float = 5.0
    hold: float = 3e-4
    seed: int = 0


class StaticVectors(nn.Module):
    """Texts as the mean of their rows; a row is weight * (base @ turn) + correction."""

    def __init__(
        self, base: NDArray[np.float32], weight: NDArray[np.float32], dimension: int
    ) -> None:
        """Start from counted vectors.

        Args:
            base: Unit vectors from counting.
            weight: Starting length of each row, small for frequent words.
            dimension: Length of the final vectors; at most that of the base.
        """
        super().__init__()
        self.base = nn.EmbeddingBag.from_pretrained(torch.from_numpy(base * weight[:, None]))
        self.turn = nn.Parameter(torch.eye(base.shape[1])[:, :dimension].clone())
        self.correction = nn.EmbeddingBag(len(base), dimension, padding_idx=0)
        nn.init.zeros_(self.correction.weight)

    def forward(self, rows: Tensor, offsets: Tensor) -> Tensor:
        """Unit vectors of a batch of texts, given as one run of rows and where each starts."""
        turned = self.base(rows, offsets) @ self.turn
        return functional.normalize(turned + self.correction(rows, offsets), dim=-1)

    @torch.no_grad()
    def matrix(self) -> NDArray[np.float32]:
        """One final vector for each row."""
        folded: NDArray[np.float32] = (
            self.base.weight @ self.turn + self.correction.weight
        ).numpy()
        return folded


def _bag(
    sides: Sequence[Sequence[Rows]], drop: float, random: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Draw one text of each side, leave words out, and lay them after each other."""
    texts = [side[int(random.integers(len(side)))] for side in sides]
    kept = [text[random.random(len(text)) >= drop] for text in texts]
    kept = [short if len(short) else text for short, text in zip(kept, texts, strict=True)]
    lengths = [len(text) for text in kept]
    offsets = np.cumsum([0, *lengths[:-1]])
    return torch.from_numpy(np.concatenate(kept).astype(np.int64)), torch.from_numpy(offsets)


def _draws(
    sources: Sequence[PairSource], plan: Plan, random: np.random.Generator
) -> Iterator[tuple[PairSource, NDArray[np.int64]]]:
    share = np.asarray([source.share for source in sources])
    for _ in range(plan.steps):
        source = sources[random.choice(len(sources), p=share / share.sum())]
        size = min(plan.batch, len(source.left))
        yield source, random.choice(len(source.left), size, replace=False)


def contrast_loss(left: Tensor, right: Tensor, scale: float) -> Tensor:
    """Cross-entropy of finding each text's partner among the batch, both ways (InfoNCE)."""
    cosines = left @ right.T * scale
    target = torch.arange(len(left))
    both = functional.cross_entropy(cosines, target) + functional.cross_entropy(cosines.T, target)
    return both / 2


def ranking_loss(cosines: Tensor, scores: Tensor, scale: float) -> Tensor:
    """CoSENT: a pair that people found more alike should have the larger cosine.

    log(1 + sum of exp(scale * (cos_j - cos_i)) over all pairs with score_i > score_j).
    """
    differences = (cosines[None, :] - cosines[:, None]) * scale
    ordered = scores[:, None] > scores[None, :]
    return torch.logsumexp(torch.cat([torch.zeros(1), differences[ordered]]), dim=0)


def fine_tune(vectors: StaticVectors, sources: Sequence[PairSource], plan: Plan) -> None:
    """Train the turn and the corrections in place.

    Args:
        vectors: What to train.
        sources: Where pairs come from; sources without pairs are left out by the caller.
        plan: Length, rates and seed.
    """
    random = np.random.default_rng(plan.seed)
    trained = [vectors.turn, vectors.correction.weight]
    optimizer = torch.optim.Adam(trained, lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 100) * (1 - step / (plan.steps + 1))
    )
    for source, picked in _draws(sources, plan, random):
        left = vectors(*_bag([source.left[i] for i in picked], source.drop, random))
        right = vectors(*_bag([source.right[i] for i in picked], source.drop, random))
        if source.scores is None:
            loss = contrast_loss(left, right, plan.scale)
        else:
            scores = torch.from_numpy(source.scores[picked])
            loss = ranking_loss((left * right).sum(-1), scores, plan.scale)
        penalty = plan.hold * vectors.correction.weight.square().sum()
        optimizer.zero_grad()
        (loss + penalty).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
