"""A reply as a file of the format that its name asks for, and its points as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.citations import cite
from assistant.errors import LetterError
from assistant.records import SEPARATOR
from assistant.reply.markdown_file import to_markdown
from assistant.reply.open_file import to_open_document
from assistant.reply.paper import Paper
from assistant.reply.records import Evidence
from assistant.reply.word_file import to_word
from assistant.reply.work import Item, Work
from ingest.documents import IndexedDocument

WRITERS: Mapping[str, Callable[[Paper, datetime], bytes]] = {
    ".docx": lambda paper, _: to_word(paper),
    ".odt": to_open_document,
    ".md": lambda paper, _: to_markdown(paper).encode(),
}
"""By the suffix of a file's name: what writes a paper."""


def paper_file(paper: Paper, suffix: str, written: datetime) -> bytes:
    """Write a paper in one of the formats of `WRITERS`.

    Args:
        paper: The paper.
        suffix: The format: ".docx", ".odt" or ".md".
        written: When it is written, in local time.

    Raises:
        LetterError: If there is no such format.
    """
    writer = WRITERS.get(suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise LetterError(f"Een bestand '{suffix}' kan niet worden gemaakt. Kies uit: {known}.")
    return writer(paper, written)


def known_suffix(path: Path, known: Mapping[str, object]) -> str:
    """The suffix of a file's name, when a file of that format can be made.

    Raises:
        LetterError: If it cannot.
    """
    suffix = path.suffix.lower()
    if suffix not in known:
        raise LetterError(
            f"Het bestand {path} kan niet worden gemaakt: kies een naam die eindigt op "
            f"{' of '.join(known)}."
        )
    return suffix


def work_record(work: Work, documents: Mapping[str, IndexedDocument]) -> dict[str, Any]:
    """The points of a letter with their evidence, as ``reply --json`` writes them.

    Raises:
        CitationError: If a quote does not stand in its document.
    """
    letter = work.letter
    return {
        "letter": {
            "file": letter.name,
            "sender": letter.sender,
            "date": letter.date,
            "reference": letter.reference,
            "subject": letter.subject,
            "municipality": letter.municipality,
            "notices": list(letter.notices),
            "rest": [{"kind": rest.kind.value, "quote": rest.text} for rest in letter.rest],
        },
        "municipality": work.municipality,
        "points": [_item(item, number, work, documents) for number, item in _numbered(work)],
    }


def _numbered(work: Work) -> list[tuple[int, Item]]:
    return list(enumerate(work.items, start=1))


def _item(
    item: Item, number: int, work: Work, documents: Mapping[str, IndexedDocument]
) -> dict[str, Any]:
    point, answered = item.point, item.answered
    return {
        "number": number,
        "label": point.label,
        "quote": point.quote,
        "summary": item.heading,
        "type": point.type.value,
        "stance": item.stance.value,
        "also": [work.letter.text[start:end] for start, end in point.also],
        "evidence": [
            _evidence(one, documents, one is answered.carried_by) for one in item.evidence
        ],
        "searched": {"words": list(answered.about), "documents": list(answered.searched)},
    }


def _evidence(
    one: Evidence, documents: Mapping[str, IndexedDocument], carries: bool
) -> dict[str, Any]:
    citation = cite(one.quote, documents, number=1)
    return {
        "document": citation.document_id,
        "title": citation.title,
        "municipality": citation.municipality,
        "section": SEPARATOR.join(citation.section),
        "page": citation.page,
        "page_label": citation.page_label,
        "line": citation.line,
        "quote": citation.quote,
        "role": one.role.value,
        "against": one.against,
        "bears": one.bears,
        "carries_stance": carries,
    }
