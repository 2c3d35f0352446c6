"""The names of the months."""

from __future__ import annotations

MONTHS = tuple(
    "januari februari maart april mei juni juli augustus september oktober november "
    "december".split()
)
