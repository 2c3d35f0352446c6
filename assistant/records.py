"""Answers as the JSON objects that outside programs read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.documents import Answer, Citation, Hit

SEPARATOR = " › "


def answer_record(answer: Answer) -> dict[str, Any]:
    """An answer as `ask --json` and `ask --batch` write it; the batch puts its id before it.

    ``plain`` is there only for an answer in plain Dutch: what it read before, and how easily.
    """
    plain = {"plain": asdict(answer.plain)} if answer.plain else {}
    return plain | {
        "question": answer.question,
        "understood": answer.understood,
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": str(answer.reason) if answer.reason else None,
        "kind": str(answer.kind),
        "made_by": answer.made_by,
        "seconds": round(answer.seconds, 4),
        "citations": [citation_record(citation) for citation in answer.citations],
        "passages": [hit_record(hit, rank) for rank, hit in enumerate(answer.hits, start=1)],
        "coverage": {
            "places": answer.coverage.places,
            "found": list(answer.coverage.found),
            "searched": list(answer.coverage.searched),
            "unread": {name: list(pages) for name, pages in answer.coverage.unread.items()},
        },
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """A citation as JSON; ``also`` holds the other places that carry the same number."""
    return {
        "number": citation.number,
        "document": citation.document_id,
        "title": citation.title,
        "municipality": citation.municipality,
        "section": SEPARATOR.join(citation.section),
        "page": citation.page,
        "page_label": citation.page_label,
        "line": citation.line,
        "quote": citation.printed or citation.quote,
        "start": citation.start,
        "end": citation.end,
        "also": [citation_record(other) for other in citation.also],
    }


def hit_record(hit: Hit, rank: int) -> dict[str, Any]:
    """A ranked passage as JSON."""
    passage = hit.passage
    return {
        "rank": rank,
        "document": passage.document_id,
        "section": SEPARATOR.join(passage.section),
        "page": passage.first_page,
        "text": passage.as_printed(passage.start, passage.end),
        "score": round(hit.score, 4),
    }


def place(citation: Citation) -> str:
    """Where a citation stands, in Dutch: "bladzijde iv (de 4e in het bestand)" or "regel 12"."""
    if citation.page is None:
        return f"regel {citation.line}"
    if citation.page_label and citation.page_label != str(citation.page):
        return f"bladzijde {citation.page_label} (de {citation.page}e in het bestand)"
    return f"bladzijde {citation.page}"
