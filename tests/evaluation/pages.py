"""Score on which page quotes are said to stand, against what was checked by hand.

    python tests/evaluation/pages.py [FOLDER]

The folder holds PDFs and `quotes.jsonl`: file, quote, page (physical, from 1) and, where another
number is printed on it, label. A quote is right when it stands in the text that was read, its
first character lies on that page, a passage holds all of it, and that passage covers the page.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.wording import page_of
from ingest.documents import Passage, Reading
from ingest.readers import ReaderProcess
from ingest.structure import split_document

FOLDER = Path(__file__).parents[1] / "data" / "pages"


@dataclass(frozen=True)
class Truth:
    file: str
    quote: str
    page: int
    label: str = ""


def load(folder: Path) -> list[Truth]:
    lines = (folder / "quotes.jsonl").read_text(encoding="utf-8").splitlines()
    return [Truth(**json.loads(line)) for line in lines]


def wrong(truth: Truth, reading: Reading, passages: tuple[Passage, ...]) -> str:
    """What is wrong with where a quote is said to stand; "" when all is right."""
    pattern = r"\s+".join(map(re.escape, truth.quote.split()))
    places = [match.span() for match in re.finditer(pattern, reading.text)]
    if len(places) != 1:
        return f"found {len(places)} times"
    [(start, end)] = places
    page = page_of(reading.pages, start)
    if page is None or page.number != truth.page:
        return f"on page {page.number if page else None} instead of {truth.page}"
    if truth.label and page.label != truth.label:
        return f"label {page.label!r} instead of {truth.label!r}"
    around = [p for p in passages if p.start <= start and end <= p.end]
    if not around:
        return "in no passage"
    first, last = around[0].first_page, around[0].last_page
    if first is None or last is None or not first <= truth.page <= last:
        return f"in a passage of pages {first} to {last}"
    return ""


def score(folder: Path, skip: frozenset[str] = frozenset()) -> Iterator[tuple[Truth, str]]:
    """Each quote with what is wrong with it."""
    readings: dict[str, tuple[Reading, tuple[Passage, ...]]] = {}
    with ReaderProcess() as process:
        for truth in load(folder):
            if truth.file in skip:
                continue
            if truth.file not in readings:
                reading = process.read(folder / truth.file)
                readings[truth.file] = reading, split_document(reading, "d")[1]
            yield truth, wrong(truth, *readings[truth.file])


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    scored = list(score(folder))
    for file in dict.fromkeys(truth.file for truth, _ in scored):
        own = [why for truth, why in scored if truth.file == file]
        print(f"{own.count(''):3} of {len(own):3}  {file}")
    for truth, why in scored:
        if why:
            print(f"{truth.file}, page {truth.page}: {why}: {truth.quote}")
    right = sum(not why for _, why in scored)
    print(f"{right} of {len(scored)} quotes are on the right page")
    raise SystemExit(0 if right == len(scored) else 1)


if __name__ == "__main__":
    main()
