"""In how many documents the evidence was found, and which do not mention it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.citations import plain
from assistant.phrases import Phrases
from assistant.question import Question
from assistant.wording import COUNTED_IN_TEXT, count, enumeration
from ingest.documents import Citation, Coverage, IndexedDocument

# With more silent documents than this, only their number is told.
MOST_NAMED = 10


def measure_coverage(
    citations: Sequence[Citation],
    documents: Mapping[str, IndexedDocument],
    within: Collection[str] | None,
) -> Coverage:
    """Count places and documents.

    Args:
        citations: Of the answer.
        documents: All documents.
        within: Ids that were searched; None means all.
    """
    searched = tuple(name for name in documents if within is None or name in within)
    found = {citation.document_id for citation in citations}
    return Coverage(
        places=len(citations),
        found=tuple(name for name in searched if name in found),
        searched=searched,
        unread={name: documents[name].unread for name in searched if documents[name].unread},
    )


def coverage_line(
    question: Question,
    coverage: Coverage,
    documents: Mapping[str, IndexedDocument],
    phrases: Phrases,
) -> str:
    """One sentence for the kinds of answer that must be complete; "" for the others."""
    if question.kind not in COUNTED_IN_TEXT:
        return ""
    searched = coverage.searched
    places = count(coverage.places, "vindplaats", "vindplaatsen")
    lines = [
        phrases.say(
            "dekking",
            plaatsen=places,
            gevonden=len(coverage.found),
            doorzocht=count(len(searched), "document", "documenten"),
        )
    ]
    silent = [documents[name].document.title for name in searched if name not in coverage.found]
    if len(silent) > MOST_NAMED:
        lines.append(phrases.say("zwijgen_veel", aantal=len(silent)))
    elif silent:
        lines.append(phrases.say("zwijgt", titels=plain(enumeration(silent))))
    for name, pages in coverage.unread.items():
        title = documents[name].document.title
        numbers = enumeration(str(page) for page in pages)
        word = "bladzijde" if len(pages) == 1 else "bladzijden"
        lines.append(phrases.say("ongelezen", titel=plain(title), paginas=f"{word} {numbers}"))
    return " ".join(lines)
