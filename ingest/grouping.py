"""Things that belong together, put together in the order in which they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def grouped(items: Iterable[T], key: Callable[[T], object]) -> list[list[T]]:
    """Items with the same key together.

    Args:
        items: In any order.
        key: What those of one group have in common; hashable.

    Returns:
        The groups in the order of their first items; in each, the order of the items.
    """
    groups: dict[object, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())
