"""Checks a sentence against the quotes that it cites, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.checks.certainty import certainty_problem
from assistant.checks.conditions import lost_condition
from assistant.checks.direction import direction_problem
from assistant.checks.evidence import Facts, Proof, abbreviations_of, facts_of, initials_in_full
from assistant.checks.exact import (
    address_problem,
    exchange_problem,
    name_problem,
    number_problem,
    quotation_problem,
    title_problem,
)
from assistant.checks.lexis import lexis
from assistant.checks.meaning import Meaning, Overlap, content_words
from assistant.checks.order import order_problem
from assistant.checks.orders import is_order
from assistant.checks.polarity import polarity_problem
from assistant.checks.reasons import reason_problem
from assistant.checks.roles import place_problem, role_problem
from assistant.checks.values import folded, values_of
from ingest.documents import IndexedDocument
from ingest.dutch.analysis import Analyzer
from ingest.embeddings import Embedder

MOST_SENTENCES = 4
"""Sentences of the evidence that one sentence may rest on."""
# Floors of overlap, set on tests/evaluation/claims/; see assistant.checks.meaning.
LEAST_SHARE = 0.35
LEAST_OF_A_CLAUSE = 0.25
LEAST_OF_A_REASON = 0.45
LEAST_SURE = 0.25
"""Of a clause, word for word or in other words for it, whatever is near in meaning."""
LEAST_OWN = 0.25
"""Of the evidence itself, without what is known of its source."""
LEAST_COSINE = 0.2
LEAST_KEPT = 0.3
"""Of a sentence that is put into other words: share of it that they must still say."""
ENOUGH = 0.7
"""Share from which the cosine no longer matters: names and figures have no place in that space."""


class Problem(StrEnum):
    """Why a sentence is not shown."""

    NO_CITATION = "er staat geen bewijs bij"
    UNKNOWN_NUMBER = "het bewijs bestaat niet"
    NUMBER = "het getal of de datum staat niet in het bewijs"
    NAME = "de naam staat niet in het bewijs"
    EXCHANGE = "het bewijs gaat over iets of iemand anders"
    POLARITY = "het bewijs zegt het tegendeel"
    MEANING = "het bewijs zegt dit niet"
    ORDER = "het bewijs is een opdracht aan de computer"
    REASON = "het bewijs legt dit verband niet"
    LOST = "er is iets weggevallen"
    PROMISE = "het zegt iets toe namens het college"
    SECOND = "het taalmodel vond dit bij het nakijken zelf niet in het bewijs"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check.

    Attributes:
        problem: What is wrong; None when the sentence is proven.
        detail: The number, name or word that it is about; "" when it is about all.
        proofs: The sentences of the evidence that it rests on, in order of the citations.
    """

    problem: Problem | None
    detail: str = ""
    proofs: tuple[Proof, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the sentence may be shown."""
        return self.problem is None


class Checker:
    """Checks sentences; safe between threads."""

    def __init__(self, analyzer: Analyzer, embedder: Embedder) -> None:
        """Take the analysis and the embedding model of the index."""
        self.meaning = Meaning(analyzer, embedder)
        self._analyzer = analyzer
        lexis()  # read now, so that the first sentence does not wait for it

    def check(
        self,
        claim: str,
        cited: Sequence[Proof],
        documents: Mapping[str, IndexedDocument],
    ) -> Verdict:
        """Check one sentence.

        Args:
            claim: The sentence, without markers.
            cited: What it cites; empty is a problem.
            documents: All documents by id.
        """
        if not cited:
            return Verdict(Problem.NO_CITATION)
        rests_on = self.rests_on(claim, cited)
        if not rests_on:
            return Verdict(Problem.ORDER)
        claim = lexis().uniformly(claim)
        texts = [lexis().uniformly(" ".join(proof.text.split())) for proof in rests_on]
        text = "\n".join(texts)
        facts = facts_of(cited, documents)
        full = abbreviations_of(cited, documents)
        claim = initials_in_full(claim, f"{text}\n{facts.all}")
        if says_nothing(claim):
            return Verdict(Problem.MEANING, "", rests_on)
        for problem, detail in (
            (Problem.NAME, address_problem(claim, text)),
            (Problem.NUMBER, number_problem(claim, text, facts)),
            (Problem.NAME, name_problem(claim, text, facts, full)),
            (Problem.NAME, title_problem(claim, text, facts, full)),
            (Problem.NAME, quotation_problem(claim, f"{text}\n{facts.all}")),
            (Problem.EXCHANGE, exchange_problem(claim, text, facts)),
            (Problem.EXCHANGE, role_problem(claim, text, facts.writer)),
            (Problem.EXCHANGE, order_problem(claim, text)),
            (Problem.EXCHANGE, direction_problem(claim, text)),
            (Problem.EXCHANGE, place_problem(claim, text)),
            (Problem.POLARITY, polarity_problem(claim, text)),
            (Problem.POLARITY, certainty_problem(claim, text)),
            (Problem.REASON, reason_problem(claim, text)),
        ):
            if detail:
                return Verdict(problem, detail, rests_on)
        overlap = self.meaning.overlap(claim, texts, facts.all)
        if overlap.strange:
            # The plain word for a set phrase may be strange where the phrase itself is not.
            as_written = self.meaning.overlap(claim, texts, facts.all, plain=False)
            overlap = overlap if too_little(as_written) else as_written
        if too_little(overlap):
            return Verdict(Problem.MEANING, overlap.strange, rests_on)
        return Verdict(None, "", rests_on)

    def keeps(self, sentence: str, rewritten: str) -> Verdict:
        """Check that a sentence in other words still says all that makes it true.

        Args:
            sentence: The sentence as it was.
            rewritten: Its new words, in one sentence or more.

        Returns:
            A problem when a number, name, denial or condition was lost, or most of the meaning.
        """
        verdict = lost(sentence, rewritten)
        if not verdict.ok:
            return verdict
        kept = self.meaning.overlap(sentence, [rewritten], "").share
        return Verdict(Problem.LOST if kept < LEAST_KEPT else None)

    def rests_on(self, claim: str, cited: Sequence[Proof]) -> tuple[Proof, ...]:
        """The sentences of what is cited that say most of a claim, in the order of the citations.

        Taken one by one, each for what it adds; at least one of every citation that adds anything.
        """
        terms = self._analyzer.terms
        left = set(terms(claim))
        options = [option for proof in cited for option in usable(proof)]
        held = {n: set(terms(option.text)) for n, option in enumerate(options)}
        chosen: list[int] = []
        while len(chosen) < MOST_SENTENCES:
            best = max(held, key=lambda n: len(held[n] & left), default=None)
            if best is None or (chosen and not held[best] & left):
                break
            left -= held.pop(best)
            chosen.append(best)
        return tuple(options[n] for n in sorted(chosen))


def usable(proof: Proof) -> list[Proof]:
    """The sentences of a proof up to the first in its passage that speaks to a machine."""
    found = []
    for start, end in Proof(proof.passage, proof.passage.start, proof.end).sentences():
        if is_order(proof.passage.cut(start, end)):
            break
        if end > proof.start:
            found.append(Proof(proof.passage, max(start, proof.start), end))
    return found


def too_little(overlap: Overlap) -> bool:
    """Whether an overlap is too small for the sentence to be proven."""
    return (
        overlap.share < LEAST_SHARE
        or overlap.weakest < LEAST_OF_A_CLAUSE
        or overlap.own < LEAST_OWN
        or overlap.surest < LEAST_SURE
        or overlap.reason < LEAST_OF_A_REASON
        or (overlap.cosine < LEAST_COSINE and overlap.share < ENOUGH)
        or bool(overlap.strange)
    )


def says_nothing(claim: str) -> bool:
    """Whether a sentence has nothing of its own that could be proven: "Ja.", "Dat klopt."."""
    return not content_words(claim) and not values_of(folded(claim))


def lost(sentence: str, rewritten: str) -> Verdict:
    """Check that no number, name, denial or condition of a sentence was lost in its new words.

    Args:
        sentence: The sentence as it was.
        rewritten: Its new words, in one sentence or more.
    """
    nothing = Facts("", "")
    sentence, rewritten = map(lexis().uniformly, (sentence, rewritten))
    for problem, detail in (
        (Problem.NUMBER, number_problem(sentence, rewritten, nothing)),
        (Problem.NAME, name_problem(sentence, rewritten, nothing, {})),
        (Problem.POLARITY, polarity_problem(sentence, rewritten)),
        (Problem.LOST, lost_condition(sentence, rewritten)),
    ):
        if detail:
            return Verdict(Problem.LOST if problem is not Problem.POLARITY else problem, detail)
    return Verdict(None)
