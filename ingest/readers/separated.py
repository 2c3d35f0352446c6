"""CSV and other separated values: each line a table row with its headers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from ingest.documents import Reading
from ingest.readers.blocks import TableCell
from ingest.readers.job import Job
from ingest.readers.sheets import cell, tables_of
from ingest.readers.text import decoded
from ingest.readers.writing import marked_text

SEPARATORS = ";,\t|"
"""In the order in which one is chosen where several fit: Dutch programs write ";"."""
_SAMPLE = 60  # lines that the separator is told from
_STATED = "sep="
_LONGEST_FIELD = 1_000_000


def read(job: Job) -> Reading:
    """Read a file of separated values; its separator is recognised.

    Args:
        job: The file, in any character set that `text` reads.

    Returns:
        Its text without pages.

    Raises:
        ReadingError: If the file holds something else than text, or no values.
    """
    source, encoding = decoded(job)
    separator, source = separator_of(source)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        blocks = list(tables_of(_rows(source, separator), headed=True))
    except csv.Error as error:
        raise job.refuse(
            "heeft een veld zonder einde: kijk of alle aanhalingstekens gesloten zijn."
        ) from error
    text, marks = marked_text(blocks)
    if not text:
        raise job.refuse("bevat geen ingevulde velden. Kijk of het de goede versie is.")
    return Reading(text, encoding=encoding, marks=marks)


def separator_of(source: str) -> tuple[str, str]:
    """The separator of the values, and the text without a line that only names it.

    The one that cuts most lines into the same number of fields, more than one.
    """
    first, _, rest = source.partition("\n")
    stated = first.strip().lower()
    if stated.startswith(_STATED) and len(stated) == len(_STATED) + 1:
        return stated[-1], rest
    sample = "\n".join(source.split("\n")[:_SAMPLE])

    def fit(separator: str) -> int:
        try:
            counts = Counter(
                len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator)
            )
        except csv.Error:
            return 0
        return max((times for fields, times in counts.items() if fields > 1), default=0)

    return max(SEPARATORS, key=fit), source


def _rows(source: str, separator: str) -> Iterator[list[TableCell]]:
    for row in csv.reader(io.StringIO(source, newline=""), delimiter=separator):
        yield [cell(" ".join(field.split())) for field in row]
