"""The evidence that a model is given, numbered: first what the answer quotes, then what is near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.checks.evidence import Proof, proof_of
from assistant.model.prompts import LETTERS
from ingest.documents import Answer, Citation, IndexedDocument, Passage

MOST_LETTERS = 5_000
"""Most characters of evidence: a model on a plain computer reads some forty a second."""
ROOM_FOR_RULES = 600
"""Tokens of the prompt without the evidence."""
LONGEST = 900
"""Most characters of a passage that the answer does not quote."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence with the number that the model cites it by.

    Attributes:
        number: Counted from 1.
        proof: Where it stands.
        citation: The answer's citation of it; None for what the answer does not quote.
    """

    number: int
    proof: Proof
    citation: Citation | None = None


def exhibits_of(
    answer: Answer, documents: Mapping[str, IndexedDocument], context: int, tokens: int
) -> tuple[Exhibit, ...]:
    """The evidence of an answer that a model has room for.

    Args:
        answer: An answer that was not refused.
        documents: All documents by id.
        context: Tokens that the model takes.
        tokens: Tokens kept free for its answer.

    Returns:
        In the order of the answer's numbers, then of the ranking. What does not fit is left out.
    """
    room = _room(context, tokens)
    found: list[Exhibit] = []
    for proof, citation in _candidates(answer, documents):
        size = len(shown(Exhibit(0, proof), documents))
        if size <= room:
            room -= size
            found.append(Exhibit(len(found) + 1, proof, citation))
    return tuple(found)


def spread_of(
    answer: Answer, documents: Mapping[str, IndexedDocument], context: int, tokens: int
) -> tuple[Exhibit, ...]:
    """Of a long list as many items as a model has room for, taken evenly from first to last.

    Args:
        answer: An answer with a long list.
        documents: All documents by id.
        context: Tokens that the model takes.
        tokens: Tokens kept free for its answer.
    """
    quoted = [one for one in _candidates(answer, documents) if one[1] is not None]
    room = _room(context, tokens)
    sizes = [len(shown(Exhibit(0, proof), documents)) for proof, _ in quoted]
    step = max(1, -(-sum(sizes) // max(1, room)))  # every second item, every third, ...
    chosen = quoted[::step]
    return tuple(
        Exhibit(number, proof, citation) for number, (proof, citation) in enumerate(chosen, start=1)
    )


def _room(context: int, tokens: int) -> int:
    """Characters of evidence that a model takes beside its rules and its answer."""
    return min(MOST_LETTERS, int((context - tokens - ROOM_FOR_RULES) * LETTERS))


def quoted_by(
    answer: Answer, exhibits: Sequence[Exhibit], documents: Mapping[str, IndexedDocument]
) -> list[Exhibit]:
    """All that an answer quotes, in its order; what the model was not given has number 0."""
    given = {exhibit.citation: exhibit for exhibit in exhibits if exhibit.citation is not None}
    return [
        given.get(citation) or Exhibit(0, proof, citation)
        for proof, citation in _candidates(answer, documents)
        if citation is not None
    ]


def _candidates(
    answer: Answer, documents: Mapping[str, IndexedDocument]
) -> list[tuple[Proof, Citation | None]]:
    found: list[tuple[Proof, Citation | None]] = []
    for citation in answer.citations:
        proof = proof_of(citation, documents)
        if proof is not None:
            found.append((proof, citation))
    quoted = {proof.passage.id for proof, _ in found}
    for hit in answer.hits:
        passage = hit.passage
        if passage.id not in quoted and documents[passage.document_id].text[
            passage.start : passage.end
        ] == (passage.text):
            found.append((_beginning(passage), None))
    return found


def _beginning(passage: Passage) -> Proof:
    """A passage, cut after a sentence when it is long."""
    ends = [end for _, end in passage.sentences if end - passage.start <= LONGEST]
    end = passage.end if passage.end - passage.start <= LONGEST else max(ends, default=passage.end)
    return Proof(passage, passage.start, end)


def shown(exhibit: Exhibit, documents: Mapping[str, IndexedDocument]) -> str:
    """A piece of evidence as the model reads it: its number, its source, its text."""
    passage = exhibit.proof.passage
    document = documents[passage.document_id].document
    about = ", ".join(part for part in (document.title, document.municipality) if part)
    where = " › ".join(" ".join(part.split()) for part in passage.context.split("\n")[-3:] if part)
    text = " ".join(exhibit.proof.text.split())
    return f"[{exhibit.number}] ({about}; {where}) {text}\n"


def shown_all(exhibits: Sequence[Exhibit], documents: Mapping[str, IndexedDocument]) -> str:
    """All evidence as the model reads it."""
    return "".join(shown(exhibit, documents) for exhibit in exhibits).strip()
