"""What users thought of an answer, kept as JSON lines on this machine and never sent."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ingest.documents import Answer

MAX_REMARK = 2000


class Verdict(StrEnum):
    """Whether an answer was of use."""

    USEFUL = "nuttig"
    USELESS = "niet nuttig"


@dataclass(frozen=True, slots=True)
class FeedbackFile:
    """Appends verdicts to ``<folder>/feedback.jsonl``.

    Attributes:
        folder: Made when the first verdict comes.
    """

    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def add(self, key: str, answer: Answer, verdict: Verdict, remark: str = "") -> None:
        """Write one line.

        Args:
            key: Key of the answer; two lines with one key are one user's verdict and remark.
            answer: What the verdict is about.
            verdict: Useful or not.
            remark: The user's own words; cut at 2,000 characters.

        Raises:
            OSError: If the folder or file cannot be written.
        """
        line = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "key": key,
            "verdict": verdict.value,
            "remark": remark.strip()[:MAX_REMARK],
            "question": answer.question,
            "understood": answer.understood,
            "answer": answer.text,
            "abstained": answer.abstained,
            "made_by": answer.made_by,
            "citations": [[c.document_id, c.start, c.end] for c in answer.citations],
        }
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "feedback.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
