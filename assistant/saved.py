"""An answer as a file that shows years later how it came about, and that can be replayed.

Replaying proves two things: that every quote still stands in its document, and that the same
question, in the same conversation and over the same documents, leads to the same answer again;
where a language model wrote or rewrote it, with the model's own text of then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.errors import SavedError
from assistant.records import answer_record
from ingest.documents import Answer, IndexedDocument

FORM = 2
"""Raised when the fields change."""


def to_json(answer: Answer, documents: Mapping[str, IndexedDocument], saved: datetime) -> str:
    """Write an answer with all that it rests on.

    Args:
        answer: The answer.
        documents: All documents by id; of those that are cited the fingerprint is kept.
        saved: When it is saved.
    """
    cited = {citation.document_id for citation in answer.citations}
    searched = cited | {hit.passage.document_id for hit in answer.hits}
    record = {
        "form": FORM,
        "program": _version(),
        "saved": saved.isoformat(timespec="seconds"),
        "documents": {
            name: {
                "title": documents[name].document.title,
                "sha256": documents[name].document.sha256,
            }
            for name in sorted(searched)
            if name in documents
        },
        "asked": {
            # Earlier questions may name people: they are kept only where this one leans on them.
            "history": [
                asdict(turn) for turn in answer.history if answer.understood != answer.question
            ],
            "documents": answer.chosen,
            "understood_by": answer.understood_by,
        },
        "answer": answer_record(answer),
        "making": asdict(answer.making) if answer.making else None,
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _version() -> str:
    try:
        return version("beleidswijzer")
    except PackageNotFoundError:
        return ""


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of replaying a saved answer.

    Attributes:
        question: What was asked.
        quotes: How many quotes it holds.
        lost: Documents of which a quote no longer stands where it stood, by id.
        changed: Documents that are no longer the same file, by id.
        same: Whether the answer of today is the same; None when it was not made again.
        text: The answer of today; "" when it was not made again.
    """

    question: str
    quotes: int
    lost: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: bool | None = None
    text: str = ""

    @property
    def ok(self) -> bool:
        """Whether all is as it was."""
        return not self.lost and self.same is not False


def load(path: Path) -> dict[str, Any]:
    """Read a saved answer.

    Raises:
        SavedError: If the file cannot be read, or is no saved answer of this form.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise SavedError(f"Het bestand {path} is niet te lezen als bewaard antwoord.") from error
    if not isinstance(record, dict) or record.get("form") != FORM or not _is_whole(record):
        raise SavedError(f"Het bestand {path} is geen bewaard antwoord van de Beleidswijzer.")
    return record


def _is_whole(record: dict[str, Any]) -> bool:
    wanted = {
        "answer": {"question", "understood", "answer", "citations"},
        "asked": {"history", "documents", "understood_by"},
    }
    parts = {name: record.get(name) for name in wanted}
    return all(isinstance(part, dict) and wanted[name] <= set(part) for name, part in parts.items())


def check_quotes(
    record: Mapping[str, Any], documents: Mapping[str, IndexedDocument]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which documents have lost a quote, and which are another file than when it was saved."""
    lost = {
        citation["document"]
        for citation in record["answer"]["citations"]
        if not _stands(citation, documents.get(citation["document"]))
    }
    changed = {
        name
        for name, known in record["documents"].items()
        if name not in documents or documents[name].document.sha256 != known["sha256"]
    }
    return tuple(sorted(lost)), tuple(sorted(changed))


def _stands(citation: Mapping[str, Any], document: IndexedDocument | None) -> bool:
    if document is None:
        return False
    held = document.text[citation["start"] : citation["end"]]
    # A word that is broken over a line end is printed with its hyphen, which the text has not.
    printed = citation["quote"].replace("-\n", "")
    return bool(held) and "".join(held.replace("-\n", "").split()) == "".join(printed.split())
