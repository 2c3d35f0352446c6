"""What the learning of all weights has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch

_PARTS = 10


def minimise(weights: Sequence[torch.Tensor], loss: Callable[[], torch.Tensor], steps: int) -> None:
    """Change weights, which must require their gradient, so that a loss becomes least (L-BFGS).

    Args:
        weights: What the loss depends on; changed in place.
        loss: Gives the loss under the weights as they are.
        steps: How many steps are made at most.
    """
    optimizer = torch.optim.LBFGS(weights, max_iter=steps, line_search_fn="strong_wolfe")

    def wrong() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    step: Callable[[Callable[[], torch.Tensor]], object] = optimizer.step
    step(wrong)


def parts_of(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Letters in ten parts, or one each where there are fewer; each is left out in turn.

    Args:
        names: Names of the letters; one that comes again counts once.
    """
    once = list(dict.fromkeys(names))
    for part in range(min(_PARTS, len(once))):
        yield frozenset(once[part::_PARTS])
