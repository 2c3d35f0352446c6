"""The model's sentences become an answer: numbered, with verified citations, and completed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers.material import source_name
from assistant.checks.check import Checker, Problem, Verdict
from assistant.checks.evidence import Proof
from assistant.citations import Quote, cite, plain
from assistant.model.exhibits import Exhibit
from assistant.model.sentences import Written
from assistant.phrases import Phrases
from ingest.documents import Answer, Citation, IndexedDocument, Judged

LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the verdict on it.

    Attributes:
        written: As the model wrote it.
        verdict: What the check said.
        used: The evidence that it rests on, with the span of each that proves it.
        hidden: Whether it must not even be shown struck through.
    """

    written: Written
    verdict: Verdict
    used: tuple[tuple[Exhibit, Proof], ...] = ()
    hidden: bool = False

    @property
    def judged(self) -> Judged:
        """As a record."""
        verdict = self.verdict
        return Judged(
            self.written.text,
            self.written.numbers,
            str(verdict.problem or ""),
            verdict.detail,
            verdict.ok,
        )


def judge(
    written: Written,
    exhibits: Sequence[Exhibit],
    checker: Checker,
    documents: Mapping[str, IndexedDocument],
    rules: str,
) -> Sentence:
    """Check a sentence against the evidence that it cites.

    Args:
        written: The sentence.
        exhibits: The evidence, by its numbers.
        checker: Checks it.
        documents: All documents by id.
        rules: The text of our rules: who repeats it leaks it.
    """
    if repeats(written.text, rules) or len(written.text) > LONGEST_SENTENCE:
        return Sentence(written, Verdict(Problem.NO_CITATION), hidden=True)
    if not written.numbers:
        return Sentence(written, Verdict(Problem.NO_CITATION), hidden=True)
    cited = [e for number in written.numbers for e in exhibits if e.number == number]
    if len(cited) < len(written.numbers):
        return Sentence(written, Verdict(Problem.UNKNOWN_NUMBER), hidden=True)
    verdict = checker.check(written.text, [exhibit.proof for exhibit in cited], documents)
    used = tuple(
        (exhibit, span) for exhibit in cited if (span := _span(exhibit, verdict.proofs)) is not None
    )
    return Sentence(written, verdict, used)


_RUN = 6


def repeats(text: str, rules: str) -> bool:
    """Whether a text has six words in a row of our rules: who repeats them leaks them."""
    said, ours = text.lower().split(), f" {' '.join(rules.lower().split())} "
    runs = (" ".join(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1))
    return any(f" {run} " in ours for run in runs)


def _span(exhibit: Exhibit, proofs: Sequence[Proof]) -> Proof | None:
    """The part of a piece of evidence that proves a sentence; a quote of the answer as a whole."""
    inside = [
        p
        for p in proofs
        if p.passage.id == exhibit.proof.passage.id
        and exhibit.proof.start <= p.start
        and p.end <= exhibit.proof.end
    ]
    if not inside:
        return None
    if exhibit.citation is not None:
        return exhibit.proof
    return Proof(exhibit.proof.passage, min(p.start for p in inside), max(p.end for p in inside))


class Numbering:
    """Gives out the numbers of citations in order of appearance, each place one number."""

    def __init__(self, documents: Mapping[str, IndexedDocument]) -> None:
        """Begin at 1."""
        self._documents = documents
        self._found: dict[tuple[str, int, int], Citation] = {}

    def number(self, proof: Proof, citation: Citation | None) -> int:
        """The number of a place; its quote is verified when it gets one.

        Raises:
            CitationError: If the quote is not the source's text.
        """
        key = (proof.passage.document_id, proof.start, proof.end)
        if key not in self._found:
            quote = Quote(proof.passage, proof.start, proof.end)
            made = cite(quote, self._documents, len(self._found) + 1)
            if citation is not None:
                made = _numbered(replace(made, also=citation.also), made.number)
            self._found[key] = made
        return self._found[key].number

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        return tuple(self._found.values())


_NUMBER = re.compile(r"(?<!\\)\[(\d{1,4})\]")


def framed(
    frame: str, framing: Sequence[Citation], answer: Answer
) -> tuple[str, tuple[Citation, ...]]:
    """A list as it is, with proven sentences before it; all numbered in order of appearance.

    Args:
        frame: The sentences, with their numbers.
        framing: The citations of these numbers.
        answer: The list.

    Returns:
        The text, and its citations in order.
    """
    found: dict[tuple[str, int, int], Citation] = {}

    def renumbered(text: str, citations: Sequence[Citation]) -> str:
        known = {citation.number: citation for citation in citations}

        def number(match: re.Match[str]) -> str:
            old = known.get(int(match[1]))
            if old is None:
                return match[0]
            made = found.setdefault(
                (old.document_id, old.start, old.end), _numbered(old, len(found) + 1)
            )
            return f"[{made.number}]"

        return _NUMBER.sub(number, text)

    text = "\n\n".join((renumbered(frame, framing), renumbered(answer.text, answer.citations)))
    return text, tuple(found.values())


def _numbered(citation: Citation, number: int) -> Citation:
    also = tuple(replace(other, number=number) for other in citation.also)
    return replace(citation, number=number, also=also)


class Layout:
    """Writes judged sentences as the text of an answer."""

    def __init__(
        self,
        documents: Mapping[str, IndexedDocument],
        phrases: Phrases,
        strike: bool = False,
    ) -> None:
        """Begin an answer.

        Args:
            documents: All documents by id.
            phrases: The fixed Dutch sentences.
            strike: Whether a sentence that failed is shown struck through, with its reason.
        """
        self.numbering = Numbering(documents)
        self._documents = documents
        self._phrases = phrases
        self._strike = strike

    def text(self, sentences: Sequence[Sentence]) -> str:
        """Proven sentences with their numbers, in order; others struck or left out."""
        lines: list[str] = []
        for sentence in sentences:
            text = self._shown(sentence)
            if not text:
                continue
            if sentence.written.item:
                lines.append(f"- {text}")
            elif lines and not lines[-1].startswith("- "):
                lines[-1] += f" {text}"
            else:
                lines += ["", text] if lines else [text]
        return "\n".join(lines)

    def complete(self, sentences: Sequence[Sentence], quoted: Sequence[Exhibit]) -> str:
        """Every quote of the answer, under its document: in proven words, or else as it is.

        The sentences that rest on nothing that the answer quotes come first.

        Args:
            sentences: What the model wrote.
            quoted: All that the answer quotes, whether the model was given it or not.
        """
        said: dict[int, Sentence] = {}
        covered: set[int] = set()
        for sentence in sentences:
            own = [e.number for e, _ in sentence.used if e.citation is not None]
            if sentence.verdict.ok and own and not covered.intersection(own):
                said[own[0]] = sentence
                covered.update(own)
        free = [s for s in sentences if not any(e.citation for e, _ in s.used)]
        lines = [self.text(free)] if free else []
        document = ""
        for exhibit in quoted:
            done = exhibit.number in covered and exhibit.number not in said
            if exhibit.citation is None or done:
                continue
            if exhibit.citation.document_id != document:
                document = exhibit.citation.document_id
                name = source_name(self._documents[document].document)
                lines += ["", self._phrases.say("kant", naam=name)]
            lines.append(f"- {self._item(exhibit, said.get(exhibit.number))}")
        return "\n".join(lines).strip()

    def _item(self, exhibit: Exhibit, sentence: Sentence | None) -> str:
        if sentence is not None:
            return self._shown(sentence)
        number = self.numbering.number(exhibit.proof, exhibit.citation)
        return f"„{plain(exhibit.proof.text).strip()}” [{number}]"

    def _shown(self, sentence: Sentence) -> str:
        text = plain(sentence.written.text)
        if sentence.verdict.ok:
            numbers = dict.fromkeys(
                self.numbering.number(span, exhibit.citation) for exhibit, span in sentence.used
            )
            return text + "".join(f" [{number}]" for number in numbers)
        if self._strike and not sentence.hidden:
            return f"~~{text}~~ ({sentence.verdict.problem})"
        return ""
