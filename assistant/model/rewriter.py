"""An answer in plain Dutch (B1) by the model: sentence by sentence, and each of them checked.

A sentence whose new words are not proven, or say less than the old ones, is not the model's: it is
made simpler by rules, as without a model, or stays as it was.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.checks.check import Checker, Problem, Verdict
from assistant.checks.evidence import Proof, proof_of
from assistant.cited import Cited
from assistant.errors import ModelError
from assistant.model.connection import NEVER
from assistant.model.draft import repeats
from assistant.model.prompts import Prompts
from assistant.model.sentences import Written, split
from assistant.model.talker import Talker
from assistant.model.thoughts import said
from assistant.phrases import Phrases
from assistant.plain import (
    Rewording,
    by_rule,
    by_rules,
    fixed_terms,
    is_plain,
    sentences_of,
)
from assistant.wording import MANY, count
from ingest.documents import Answer, IndexedDocument, Reworded

TOKENS = 200
"""Most tokens of a rewritten sentence."""
MOST_ASKED = 40
"""Most sentences of an answer that are put to the model: each is a question of its own."""
LONGEST = 900
"""Most characters of evidence that go with a sentence."""
LONGER = 3
"""A plain sentence takes no more than this many times the room of the sentence it stands for."""
_INTRODUCED = re.compile(
    r"^(?:de )?(?:nieuwe )?zin(?:nen)?(?: in eenvoudig nederlands)?\s*:\s*", re.I
)


@dataclass(slots=True)
class _Work:
    """An answer that is being rewritten."""

    rewording: Rewording
    documents: Mapping[str, IndexedDocument]
    proofs: Mapping[int, Proof]
    began: float
    fixed: tuple[str, ...]
    done: list[list[Reworded]] = field(default_factory=list)
    asked: int = 0
    by_model: int = 0
    by_rules: int = 0
    whole: bool = False
    left: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it holds a list so long that it is summed up."""
        return len(self.rewording.answer.citations) > MANY


class Rewriter:
    """Rewrites answers with a language model; safe between threads."""

    def __init__(
        self, connection: Talker, prompts: Prompts, phrases: Phrases, checker: Checker
    ) -> None:
        """Take the parts; see ``assistant.model.writer.Writer``."""
        self._connection = connection
        self._prompt = prompts["eenvoudig"]
        self._phrases = phrases
        self._checker = checker

    def rewrite(
        self,
        answer: Answer,
        documents: Mapping[str, IndexedDocument],
        cancelled: threading.Event = NEVER,
    ) -> Iterator[Answer]:
        """Put an answer into plain Dutch.

        Args:
            answer: Any answer; one without citations, or in plain Dutch already, stays as it is.
            documents: All documents by id.
            cancelled: Set by who no longer waits; what is left is then done by rules.

        Returns:
            The answer as far as it is rewritten, after each part; then the whole. At least one.
        """
        rewording = Rewording.of(answer, documents)
        if rewording is None:
            yield answer
            return
        proofs = {
            citation.number: proof
            for citation in answer.citations
            if (proof := proof_of(citation, documents)) is not None
        }
        fixed = fixed_terms(answer, documents)
        work = _Work(rewording, documents, proofs, time.perf_counter(), fixed)
        problem = ""
        try:
            for part in rewording.parts:
                work.done.append(self._part(work, part, cancelled))
                yield self._made(work, "")
        except ModelError as error:  # also when the user stopped it
            problem = str(error)
        work.whole = True
        yield self._made(work, problem)

    def _part(self, work: _Work, part: Cited, cancelled: threading.Event) -> list[Reworded]:
        cited = {n: work.proofs[n] for n in part.numbers if n in work.proofs}
        if part.is_cut or not cited:
            return by_rules(part, work.fixed)
        found = []
        for sentence in sentences_of(part):
            kept = Reworded(sentence, sentence, part.numbers)
            # The quotes of a long list would each be a question; what introduces it is not many.
            if work.asked >= MOST_ASKED or (part.is_quote and work.is_long):
                work.left += not is_plain(sentence)
            elif not is_plain(sentence):
                work.asked += 1
                kept = self._asked(kept, cited, work.documents, cancelled)
            found.append(_finished(work, kept, part))
        return found

    def _asked(
        self,
        kept: Reworded,
        cited: Mapping[int, Proof],
        documents: Mapping[str, IndexedDocument],
        cancelled: threading.Event,
    ) -> Reworded:
        """A sentence in the model's words; as it was, with the reason, where they do not hold."""
        marks = "".join(f" [{number}]" for number in kept.numbers)
        messages = self._prompt.fill(zin=kept.original + marks, bewijs=_shown(cited))
        text = said(self._connection.stream(messages, cancelled, TOKENS))
        new = split(_INTRODUCED.sub("", text.strip()))
        rules = " ".join(message.text for message in messages if message.role == "system")
        verdict = self._verdict(kept, new, cited, documents)
        if repeats(text, rules):
            verdict = Verdict(Problem.MEANING)
        if not verdict.ok:
            why = str(verdict.problem)
            return replace(kept, written=text, problem=why, detail=verdict.detail)
        return replace(kept, text=" ".join(one.text for one in new), written=text)

    def _verdict(
        self,
        kept: Reworded,
        new: Sequence[Written],
        cited: Mapping[int, Proof],
        documents: Mapping[str, IndexedDocument],
    ) -> Verdict:
        """What the checks say of new words: each sentence proven, and nothing lost."""
        text = " ".join(one.text for one in new)
        if not new or len(text) > LONGER * len(kept.original):
            return Verdict(Problem.MEANING)
        for one in new:
            if not set(one.numbers) <= set(kept.numbers):
                return Verdict(Problem.UNKNOWN_NUMBER)
            verdict = self._checker.check(one.text, tuple(cited.values()), documents)
            if not verdict.ok:
                return verdict
        return self._checker.keeps(kept.original, text)

    def _made(self, work: _Work, problem: str) -> Answer:
        """The answer as it is now; what is not done yet stays, or is done by rules at the end."""
        rest = work.rewording.parts[len(work.done) :]
        # Nothing that was simpler by rules turns back while the model is at work.
        waiting = [by_rules(part, work.fixed) for part in rest]
        made = work.rewording.made(
            [*work.done, *waiting],
            work.documents,
            self._note(work, problem),
            self._connection.name,
            {self._prompt.name: self._prompt.version},
        )
        return replace(made, seconds=made.seconds + time.perf_counter() - work.began)

    def _note(self, work: _Work, problem: str) -> str:
        say = self._phrases.say
        every = [one for part in work.done for one in part]
        stayed = sum(bool(one.problem) for one in every)
        name = "eenvoudig_model" if work.by_model or not work.whole else "eenvoudig_model_gelijk"
        notes = [say(name, model=self._connection.name)]
        if work.by_rules:
            notes.append(say("eenvoudig_regels", aantal=count(work.by_rules, "zin", "zinnen")))
        if stayed:
            notes.append(say("eenvoudig_gebleven", aantal=count(stayed, "zin", "zinnen")))
        if work.left:
            notes.append(say("eenvoudig_rest", aantal=count(work.left, "zin", "zinnen")))
        if problem:
            notes.append(say("eenvoudig_weg", reden=problem))
        return " ".join(notes)


def _finished(work: _Work, one: Reworded, part: Cited) -> Reworded:
    """A sentence in the model's words, or else by rules."""
    if one.text != one.original:
        work.by_model += 1
        return one
    ruled = by_rule(one.original, part, work.fixed)
    work.by_rules += ruled != one.original
    return replace(one, text=ruled)


def _shown(cited: Mapping[int, Proof]) -> str:
    """The evidence of a part as the model reads it."""
    room = LONGEST // len(cited)
    return "\n".join(
        f"[{number}] {' '.join(proof.text.split())[:room]}" for number, proof in cited.items()
    )
