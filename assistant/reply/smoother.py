"""The prose of a draft reply in the model's words: sentence by sentence, and each of them checked.

Only the sentences that tell what the documents say are put to the model. What the letter says, the
college's stance and every open place stay the template's own.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.checks.check import Checker, Problem, Verdict
from assistant.checks.evidence import Proof
from assistant.checks.exact import quotation_problem
from assistant.errors import ModelError
from assistant.model.connection import NEVER
from assistant.model.draft import repeats
from assistant.model.fluent import FluentAssistant
from assistant.model.prompts import Prompts
from assistant.model.sentences import split
from assistant.model.talker import Talker
from assistant.phrases import Phrases
from assistant.reply.draft import load_template
from assistant.reply.notices import sentences_about_letters
from assistant.reply.point_text import Told, drafted_text, told_sentences
from assistant.reply.records import Evidence
from assistant.reply.wording import load_letter_wording
from assistant.reply.work import Item
from assistant.wording import count
from ingest.documents import IndexedDocument

TOKENS = 250
"""Most tokens of a rewritten sentence."""
LONGER = 2
"""A sentence takes no more than this many times the room of the one that it stands for."""


@dataclass(frozen=True, slots=True)
class Smoothed:
    """The text of a point after the model had its say.

    Attributes:
        text: The text, as `assistant.reply.draft.item_text` gives it.
        changed: How many sentences are in the model's words.
        kept: The template's sentences that stayed, each with the reason why.
    """

    text: str
    changed: int
    kept: tuple[tuple[str, str], ...]


class Smoother:
    """Smooths the prose of draft replies; safe between threads."""

    def __init__(self, connection: Talker, prompts: Prompts, checker: Checker) -> None:
        """Take the parts; see ``assistant.model.writer.Writer``."""
        self.connection = connection
        self._prompt = prompts["briefzin"]
        self._checker = checker

    @classmethod
    def of(cls, fluent: FluentAssistant) -> Smoother:
        """One that asks the model of an assistant."""
        assistant = fluent.assistant
        checker = Checker(assistant.analyzer, assistant.embedder)
        return cls(fluent.connection, fluent.writer.prompts, checker)

    def smooth(
        self,
        item: Item,
        documents: Mapping[str, IndexedDocument],
        template: Phrases,
        cancelled: threading.Event = NEVER,
    ) -> Smoothed:
        """Put the drafted text of a point into smoother words.

        Args:
            item: The point; a text of the officer's own is not looked at.
            documents: All documents by id.
            template: The sentences of the draft.
            cancelled: Set by who no longer waits.

        Returns:
            The text with each sentence in the model's words that the checks let pass. When the
            model is away, all stay and the reason says so.
        """
        text = drafted_text(item, template)
        changed, kept = 0, []
        for told in told_sentences(item, template):
            try:
                new, verdict = self._asked(
                    told, item.evidence[told.number - 1], documents, cancelled
                )
            except ModelError as error:
                kept.append((told.text, str(error)))
                break
            if verdict.ok:
                text = text.replace(told.text, new, 1)
                changed += 1
            else:
                why = f"{verdict.problem}: {verdict.detail}" if verdict.detail else verdict.problem
                kept.append((told.text, str(why)))
        return Smoothed(text, changed, tuple(kept))

    def _asked(
        self,
        told: Told,
        evidence: Evidence,
        documents: Mapping[str, IndexedDocument],
        cancelled: threading.Event,
    ) -> tuple[str, Verdict]:
        quote = evidence.quote
        proof = Proof(quote.passage, quote.start, quote.end)
        mark = f"[{told.number}]"
        shown = " ".join(proof.text.split())
        messages = self._prompt.fill(zin=told.text, bewijs=f"{mark} {shown}")
        said = "".join(self.connection.stream(messages, cancelled, TOKENS)).strip()
        written = split(said)
        rules = " ".join(message.text for message in messages if message.role == "system")
        plain = " ".join(one.text for one in written)
        if not written or repeats(said, rules) or len(plain) > LONGER * len(told.text):
            return "", Verdict(Problem.MEANING)
        if any(one.numbers != (told.number,) for one in written):
            return "", Verdict(Problem.NO_CITATION)
        for one in written:
            misquoted = quotation_problem(one.text, shown)
            if misquoted:
                return "", Verdict(Problem.NAME, misquoted)
            bare = _QUOTES.sub("", one.text)
            if load_letter_wording().promises.search(bare):
                return "", Verdict(Problem.PROMISE)
            verdict = self._checker.check(bare, (proof,), documents)
            if not verdict.ok:
                return "", verdict
        kept = self._checker.keeps(shown, plain)
        if not kept.ok:
            return "", kept
        # No bracket of the model's own may pass for a footnote or an open place.
        texts = (one.text.replace("[", "(").replace("]", ")") for one in written)
        return " ".join(f"{one} {mark}" for one in texts), kept


_QUOTES = re.compile(r"[„“”‘’\"]")


def smoothed(
    item: Item, smoother: Smoother, documents: Mapping[str, IndexedDocument]
) -> dict[str, object]:
    """The fields of an item that change when its drafted text is smoothed.

    Args:
        item: The item.
        smoother: Asks the model and checks what it writes.
        documents: All documents by id.
    """
    done = smoother.smooth(item, documents, load_template())
    say = sentences_about_letters().say
    remarks = [say("vloeiend_gebleven", zin=text, reden=why) for text, why in done.kept]
    if not done.changed:
        return {"remarks": tuple(remarks)}
    changed = count(done.changed, "zin", "zinnen")
    told = say("vloeiend", aantal=changed, model=smoother.connection.name)
    return {"text": done.text, "remarks": (told, *remarks)}
