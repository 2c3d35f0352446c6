"""The words by which policy statements are recognised, read from ``statements.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ingest.documents import StatementKind

_ANYWHERE = (
    "sets binds answers tells past reaches announces measures finds norms holds owes opinions"
).split()
# Characters at the end of a row in which its verdicts stand.
_TAIL = 100
WORDS_FILE = Path(__file__).parent / "statements.toml"


@dataclass(frozen=True)
class PolicyWording:
    """The patterns of the table ``policy``, compiled; its comment says what each is for."""

    sets: re.Pattern[str]
    binds: re.Pattern[str]
    answers: re.Pattern[str]
    apart: re.Pattern[str]
    tells: re.Pattern[str]
    past: re.Pattern[str]
    orders: re.Pattern[str]
    aims: re.Pattern[str]
    people: re.Pattern[str]
    owes: re.Pattern[str]
    reaches: re.Pattern[str]
    announces: re.Pattern[str]
    measures: re.Pattern[str]
    finds: re.Pattern[str]
    norms: re.Pattern[str]
    actors: re.Pattern[str]
    holds: re.Pattern[str]
    opinions: re.Pattern[str]
    leaning: re.Pattern[str]
    goes_on: re.Pattern[str]


@dataclass(frozen=True)
class EvaluationWording:
    """The patterns of the table ``evaluation``, compiled; its comment says what each is for."""

    judges: re.Pattern[str]
    apart: re.Pattern[str]
    concludes: re.Pattern[str]
    results: re.Pattern[str]
    method: re.Pattern[str]
    shows: re.Pattern[str]
    sees: re.Pattern[str]
    goes_on: re.Pattern[str]
    requires: re.Pattern[str]
    assigns: re.Pattern[str]
    holds: re.Pattern[str]
    aims: re.Pattern[str]
    does: re.Pattern[str]
    advises: re.Pattern[str]


@dataclass(frozen=True)
class Wording:
    """The patterns of ``statements.toml``, compiled."""

    lists: Mapping[StatementKind, re.Pattern[str]]
    columns: Mapping[StatementKind, re.Pattern[str]]
    prose: Mapping[StatementKind, re.Pattern[str]]
    reacts: re.Pattern[str]
    nothing: re.Pattern[str]
    defines: re.Pattern[str]
    foreign: re.Pattern[str]
    restates: re.Pattern[str]
    leans: re.Pattern[str]
    signposts: re.Pattern[str]
    closes: re.Pattern[str]
    asides: re.Pattern[str]
    measured: re.Pattern[str]
    verdicts: re.Pattern[str]
    verdict: re.Pattern[str]
    policy: PolicyWording
    evaluation: EvaluationWording

    def final_verdicts(self, row: str) -> re.Match[str] | None:
        """The verdicts that a row of a monitor ends with; None where it ends otherwise."""
        return self.verdicts.search(row, max(0, len(row) - _TAIL))


@lru_cache(maxsize=10_000)
def heads(heading: str, pattern: re.Pattern[str]) -> bool:
    """Whether a heading has the words of a pattern; asked again for each passage under it."""
    return pattern.search(heading) is not None


def joined(patterns: Iterable[str], edge: str = "", first: str = "") -> re.Pattern[str]:
    """One pattern that finds what any of some patterns finds.

    Args:
        patterns: Regular expressions.
        edge: What stands before and after all of them.
        first: What stands before that.
    """
    parts = list(patterns)
    if not edge and not first:
        # What begins at a word's edge, or at the start, is looked for only there: that is faster.
        parts = [
            f"{mark}(?:{'|'.join(part.removeprefix(mark) for part in group)})"
            for mark in ("^", r"\b", "")
            if (group := [part for part in parts if _begins(part) == mark])
        ]
    return re.compile(f"{first}{edge}(?:{'|'.join(parts)}){edge}", re.IGNORECASE | re.DOTALL)


def _begins(pattern: str) -> str:
    return next((mark for mark in ("^", r"\b") if pattern.startswith(mark)), "")


@cache
def load_wording(path: Path = WORDS_FILE) -> Wording:
    """Read the words by which statements are recognised.

    Args:
        path: A file with the tables of ``statements.toml``.

    Raises:
        OSError: The file cannot be read.
        tomllib.TOMLDecodeError: It is no TOML.
        KeyError: One of its tables is missing.
        ValueError: It names a kind of statement that there is not.
        re.error: One of its words is no regular expression.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))

    policy, evaluation = content["policy"], content["evaluation"]
    lists: dict[str, list[str]] = content["lists"]
    columns = {kind: words + content["columns"].get(kind, []) for kind, words in lists.items()}

    return Wording(
        lists={StatementKind(k): joined(v, r"\b") for k, v in lists.items()},
        columns={StatementKind(k): joined(v, r"\b") for k, v in columns.items()},
        prose={StatementKind(k): joined(v) for k, v in content["prose"].items()},
        reacts=joined(content["reacts"]["words"]),
        nothing=joined(content["nothing"]["words"]),
        defines=joined(content["defines"]["words"]),
        foreign=joined(content["foreign"]["words"]),
        restates=joined(content["restates"]["words"]),
        leans=joined(content["leans"]["words"]),
        signposts=joined(content["signposts"]["words"]),
        closes=joined(content["closes"]["words"]),
        asides=joined(content["asides"]["words"]),
        measured=joined(content["measured"]["words"]),
        verdicts=re.compile(
            rf"(?:\s+(?:{'|'.join(content['verdicts']['words'])}))+\s*$", re.IGNORECASE
        ),
        verdict=joined(content["verdicts"]["words"], r"\b"),
        policy=PolicyWording(
            **{name: joined(policy[name]) for name in _ANYWHERE},
            **{name: joined(policy[name], r"\b") for name in ("apart", "aims")},
            **{name: joined(policy[name], r"\b", r"^\W*") for name in ("orders", "people")},
            actors=joined(policy["actors"], first=r"^\W*"),
            leaning=joined(policy["leaning"], r"\b", r"^\W*"),
            goes_on=joined(policy["goes_on"], r"\b", r"^\W*"),
        ),
        evaluation=EvaluationWording(**{name: joined(v) for name, v in evaluation.items()}),
    )
