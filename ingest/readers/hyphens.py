"""Words that the end of a line broke in two are joined, where the whole is right Dutch.

"begrotings-" and "staten" are one word; "sociaal-" and "maatschappelijk" keep their hyphen, and so
does "in-" before "en uitstroom".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from ingest.dutch.compounds import Compounds
from ingest.dutch.words import KEEPS_HYPHEN, fold
from ingest.readers.pdf_quality import frequencies, is_known

_BROKEN_END = re.compile(r"(?P<head>[^\W\d_][^\W\d_'’-]+)-$")
_BROKEN_START = re.compile(r"(?P<tail>[a-zà-ÿ]+(?:['’][a-z]{1,3})?)(?P<after>[^\w\s-]*)(?=\s|$)")
_LONG = 6  # a shorter first half that may keep its hyphen often does not: in-woners, op-nieuw
_SHORT = 3
_SUSPENDED = frozenset("en of tot als dan noch maar respectievelijk".split())
# Vowels that would be read as one sound without the hyphen: zee-egel, auto-ongeluk.
_CLASH = re.compile(r"aa|ae|ai|au|ee|ei|eu|ie|ii|ij|oe|oi|oo|ou|ui|uu")
_INSIDE = re.compile(r"[^\W\d_]+-[^\W\d_]+")


JOINT = "\ue000"
"""Stands in a text where a hyphen and a line end were; the finished text holds none."""


class Joiner:
    """Joins broken words by what word lists and the document itself know."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Read the document once.

        Args:
            lines: All its lines.
        """
        self._hyphened: Counter[str] = Counter()
        self._whole: Counter[str] = Counter()
        for line in lines:
            self._hyphened.update(word.lower() for word in _INSIDE.findall(line))
            self._whole.update(word.lower() for word in re.findall(r"[^\W\d_]{4,}", line))

    def join(self, lines: Sequence[str]) -> list[str]:
        """Join the words that are broken between these lines.

        Args:
            lines: Lines that follow each other.

        Returns:
            As many lines. A broken word stands on the first of its lines, with a `JOINT` in it;
            what stood behind it stays on the second, which may become empty.
        """
        joined = list(lines)
        for n in range(len(joined) - 1):
            here, below = joined[n].rstrip(), joined[n + 1].lstrip()
            head, tail = _BROKEN_END.search(here), _BROKEN_START.match(below)
            if head and tail and self._is_one(head["head"], tail["tail"]):
                joined[n] = f"{here[:-1]}{JOINT}{tail.group()}"
                joined[n + 1] = below[tail.end() :].lstrip()
        return joined

    def _is_one(self, head: str, tail: str) -> bool:
        """Whether two halves are one word without a hyphen."""
        kept = head.lower() in KEEPS_HYPHEN
        if tail in _SUSPENDED or any(map(str.isupper, head[1:])) or (kept and len(head) >= _LONG):
            return False
        whole, parted = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
        if self._hyphened[parted] or self._whole[whole]:
            return self._whole[whole] >= self._hyphened[parted]
        clash = _CLASH.fullmatch(head[-1].lower() + tail[0]) and len(head) >= _SHORT
        if clash and is_known(head.lower()):
            return False
        if is_known(whole):
            return True
        # An abbreviation keeps its hyphen: Wmo-voorziening.
        short = len(head) <= _SHORT + 1 and head[0].isupper()
        return not kept and not short and bool(_compounds().split(fold(whole)))


@cache
def _compounds() -> Compounds:
    return Compounds(frequencies())


def without_joints(text: str) -> tuple[str, tuple[int, ...]]:
    """Take the joints out of a finished text.

    Returns:
        The text, and the offsets in it at which a hyphen and a line end stood in the source.
    """
    pieces = text.split(JOINT)
    offsets, size = [], 0
    for piece in pieces[:-1]:
        size += len(piece)
        offsets.append(size)
    return "".join(pieces), tuple(offsets)
