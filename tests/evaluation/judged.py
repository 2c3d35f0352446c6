"""The register that was judged sentence by sentence: what of it counts.

`register-own.jsonl` holds every sentence, item and cell of whole sections of three documents:

- `kind`: what it is, by the conventions of `register.jsonl`; "geen" for what is no statement
  (neighbours that are none stand together in one row);
- `doubtful`: careful readers differ on whether it counts. What is found there counts neither for
  nor against; what was missed there neither;
- `part`: "development" was read while the rules were made, "test" was not.

The conventions, as `register.jsonl` has them: a statement is a sentence, a list item or an item of
a cell, without its marker. What a document that sets policy says about how things are to be is an
`uitgangspunt`; what it says is to be reached, or stands in a list of goals, a `doel`; what was set
up, is done or was carried out a `maatregel`; what is going to be done a `toezegging`; what others
have to do an `opdracht`; what a monitor counts an `indicator`; what a researcher saw, a judgement
on a goal and a trend a `bevinding`. What only tells of the text, of the law or of how the research
was done is none; nor is a question, an example or the name of a theme.
"""

from __future__ import annotations

import json
from pathlib import Path

from score import Corpus, collapse, overlap, spans_of

PARTS = ["development", "test"]
TOUCHED = 0.3
"""Share of the shorter of two texts that they must have in common to be about the same."""

Spans = list[tuple[int, int]]


def write_part(judged: Path, part: str, predicted: Path, corpus: Path, out: Path) -> list[Path]:
    """Write the statements of a part and the predicted rows that can be judged by it.

    Args:
        judged: The register that was judged sentence by sentence.
        part: One of `PARTS`.
        predicted: The rows that were found, as `register` writes them.
        corpus: The folder of the documents.
        out: The folder to write in.

    Returns:
        The file with the statements and the one with the rows.
    """
    texts = Corpus(corpus)
    rows = [row for row in _read(judged) if row["part"] == part]
    gold = [row for row in rows if row["kind"] != "geen" and not row.get("doubtful")]
    sure, doubtful = _spans(texts, gold), _spans(texts, [r for r in rows if r.get("doubtful")])
    every = _spans(texts, rows)
    kept = []
    for row in _read(predicted):
        document = row["document"]
        spans = spans_of(collapse(row["quote"]), texts.get(document, ""))
        known = _touches(spans, sure.get(document, []))
        unsure = _touches(spans, doubtful.get(document, []))
        if known or (_touches(spans, every.get(document, [])) and not unsure):
            kept.append(row)
    files = [out / f"register-own-{part}.jsonl", out / f"register-own-{part}-found.jsonl"]
    for file, lines in zip(files, (gold, kept), strict=True):
        written = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        file.write_text("".join(written), encoding="utf-8")
    return files


def _read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _spans(texts: Corpus, rows: list[dict]) -> dict[str, Spans]:
    found: dict[str, Spans] = {}
    for row in rows:
        places = spans_of(collapse(row["quote"]), texts.get(row["document"], ""))
        found.setdefault(row["document"], []).extend(places)
    return found


def _touches(some: Spans, others: Spans) -> bool:
    return any(
        overlap(other, [one]) > TOUCHED * min(one[1] - one[0], other[1] - other[0])
        for one in some
        for other in others
    )
