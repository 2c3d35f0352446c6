"""An answer in plain Dutch (B1), and how easy a text reads.

Without a language model long sentences are parted and words of officials give way to plain ones,
as far as that is safe (``assistant.simpler``) and loses nothing (``assistant.checks``). Terms are
explained in the documents' own words. What is still verbatim keeps its quotation marks; every
number opens the quote as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.checks.check import lost, usable
from assistant.checks.evidence import proof_of
from assistant.checks.orders import is_order
from assistant.citations import plain
from assistant.cited import Cited, cited_parts, replaced
from assistant.markup import without_struck
from assistant.phrases import Phrases
from assistant.simpler.lists import ITEM, listed
from assistant.simpler.rules import simpler
from ingest.documents import Answer, Citation, IndexedDocument, Plain, Reworded, Term
from ingest.sentences import sentence_spans

LONG = 15
"""Most words of a sentence that reads well; B1 texts have some ten to fifteen in one."""
B1 = 60
"""Readability from which a text is about B1."""
MOST_TERMS = 6
_VOWELS = re.compile(r"(?:ieuw|eeuw|aai|ooi|oei|[aeiouyáéíóúèëïöü]+)", re.I)
_GLOSSARY = re.compile(
    r"\b(?:begrippen\w*|definities?|woordenlijst|verklarende|afkortingen)\b", re.I
)
_ENTRY = re.compile(r"^\W*(?P<term>[A-Z][\w \-’']{2,40}?):\s+(?P<meaning>.{15,300}?)$", re.S)


def in_plain_dutch(
    answer: Answer, documents: Mapping[str, IndexedDocument], phrases: Phrases
) -> Answer:
    """Put an answer into plain Dutch by rules.

    Args:
        answer: Any answer; one without citations, or in plain Dutch already, stays as it is.
        documents: All documents by id; those that are cited explain the terms.
        phrases: The fixed Dutch sentences.
    """
    work = Rewording.of(answer, documents)
    if work is None:
        return answer
    fixed = fixed_terms(answer, documents)
    sentences = [by_rules(part, fixed) for part in work.parts]
    note = phrases.say("eenvoudig" if changes(sentences) else "eenvoudig_gelijk")
    return work.made(sentences, documents, note)


def changes(sentences: Sequence[Sequence[Reworded]]) -> bool:
    """Whether any sentence reads otherwise than before."""
    return any(one.text != one.original for own in sentences for one in own)


def as_it_was(answer: Answer) -> Answer:
    """An answer before it was put into plain Dutch."""
    if answer.plain is None:
        return answer
    return replace(answer, text=answer.plain.original, plain=None)


@dataclass(frozen=True, slots=True)
class Rewording:
    """An answer that is put into other words, part by part.

    Attributes:
        answer: The answer, without what is struck through in it.
        parts: What of it carries numbers and may be reworded; the rest stays.
    """

    answer: Answer
    parts: tuple[Cited, ...]

    @classmethod
    def of(cls, answer: Answer, documents: Mapping[str, IndexedDocument]) -> Rewording | None:
        """Begin; None for an answer that holds nothing to reword, or was reworded already."""
        if answer.plain is not None or not answer.citations:
            return None
        proven = replace(answer, text=without_struck(answer.text))
        orders = _of_orders(answer.citations, documents)
        parts = tuple(part for part in cited_parts(proven) if not orders.intersection(part.numbers))
        return cls(proven, parts) if parts else None

    def made(
        self,
        sentences: Sequence[Sequence[Reworded]],
        documents: Mapping[str, IndexedDocument],
        note: str,
        model: str = "",
        prompts: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer in its new words.

        Args:
            sentences: Those of each part, in order.
            documents: All documents by id.
            note: What the reader is told.
            model: The language model that rewrote it; "" for none.
            prompts: Name to version of the prompts that were used; None for none.
        """
        texts = {
            part.start: _shown(part, own) for part, own in zip(self.parts, sentences, strict=True)
        }
        every = [one for own in sentences for one in own]
        before = " ".join(one.original for one in every)
        plain = Plain(
            original=self.answer.text,
            sentences=tuple(every),
            terms=_terms(before, self.answer.citations, documents),
            before=readability(before),
            after=readability(joined(one.text for one in every)),
            note=note,
            model=model,
            prompts=dict(prompts or {}),
        )
        return replace(self.answer, text=replaced(self.answer, texts), plain=plain)


def _of_orders(
    citations: Sequence[Citation], documents: Mapping[str, IndexedDocument]
) -> frozenset[int]:
    """Numbers of quotes that speak to a machine, or stand behind what does: they stay quotes."""
    proofs = ((citation.number, proof_of(citation, documents)) for citation in citations)
    return frozenset(number for number, proof in proofs if proof and not usable(proof))


def sentences_of(part: Cited) -> list[str]:
    """The sentences of a part; one that shows only the beginning of its quote is not parted.

    Nor is what stands from the first on that speaks to a machine: it belongs to that order.
    """
    if part.is_cut:
        return [part.words]
    spans = list(sentence_spans(part.words, 0, len(part.words)))
    for n, (start, end) in enumerate(spans):
        if is_order(part.words[start:end]):
            spans = [*spans[:n], (start, spans[-1][1])]
            break
    return [part.words[start:end] for start, end in spans]


def by_rules(part: Cited, fixed: Sequence[str] = ()) -> list[Reworded]:
    """The sentences of a part, shorter and in plain words.

    Args:
        part: The part.
        fixed: Terms in which no word is replaced; see ``fixed_terms``.
    """
    if part.is_cut:
        return [Reworded(part.words, part.words, part.numbers)]
    return [Reworded(one, by_rule(one, part, fixed), part.numbers) for one in sentences_of(part)]


def by_rule(sentence: str, part: Cited, fixed: Sequence[str] = ()) -> str:
    """A sentence by rules; itself where that would change no word of it, or lose anything.

    Args:
        sentence: One sentence of a part.
        part: The part; in a table no enumeration becomes a list.
        fixed: Terms in which no word is replaced.
    """
    if is_order(sentence):
        return sentence  # who speaks to a machine is quoted, or not shown
    pieces = simpler(sentence, fixed)
    simple = " ".join(pieces)
    if not lost(sentence, simple).ok:
        return sentence
    return simple if part.room is None else joined(map(listed, pieces))


def joined(texts: Iterable[str]) -> str:
    """Texts in one; behind a list the next one begins a line of its own."""
    text = ""
    for one in texts:
        text += ("\n" if ITEM in text else " ") + one if text else one
    return text


def fixed_terms(answer: Answer, documents: Mapping[str, IndexedDocument]) -> tuple[str, ...]:
    """What the cited documents are called and what they define, which keeps its words."""
    found: dict[str, None] = {}
    for name in dict.fromkeys(citation.document_id for citation in answer.citations):
        document = documents.get(name)
        if document is not None:
            found[document.document.title] = None
            found |= dict.fromkeys(document.abbreviations.values())
            found |= dict.fromkeys(term for term, _ in _glossary(document))
    return tuple(filter(None, found))


def is_plain(sentence: str) -> bool:
    """Whether a sentence reads well as it is."""
    return readability(sentence) >= B1 and len(sentence.split()) <= LONG


def _shown(part: Cited, sentences: Sequence[Reworded]) -> str:
    """A part as text of an answer: what is still a quote keeps its quotation marks."""
    marks = " ".join(f"[{number}]" for number in part.numbers)
    text = ""
    for verbatim, own in groupby(sentences, lambda one: part.is_quote and one.text == one.original):
        words = [one.text for one in own]
        for one in [" ".join(words)] if verbatim else words:
            for line in one.split("\n"):
                said = _with_bold(plain(line.removeprefix("- ")).strip(), part)
                said = f"{f'„{said}”' if verbatim else said} {marks}"
                text += _apart(text, line.startswith("- "), part.room or "") + said
    if part.is_last or not _ends_in_list(text):
        return text
    return f"{text}\n\n{part.room or ''}"


def _apart(text: str, item: bool, room: str) -> str:
    """What stands between the text so far and what follows it, which may be an item of a list."""
    if item:
        return f"\n{room}- "
    if _ends_in_list(text):
        return f"\n\n{room}"
    return " " if text else ""


def _ends_in_list(text: str) -> bool:
    return text.rpartition("\n")[2].lstrip().startswith("- ")


def _with_bold(text: str, part: Cited) -> str:
    """Text with what stood in bold in its part in bold again, each place once."""
    bold = sorted(filter(None, map(plain, part.bold)), key=len, reverse=True)
    if not bold:
        return text
    return re.sub("|".join(map(re.escape, bold)), lambda match: f"**{match[0]}**", text)


def _terms(
    text: str, citations: tuple[Citation, ...], documents: Mapping[str, IndexedDocument]
) -> tuple[Term, ...]:
    """Abbreviations and glossary entries of the cited documents that the text uses."""
    found: dict[str, Term] = {}
    for name in dict.fromkeys(citation.document_id for citation in citations):
        document = documents.get(name)
        if document is None:
            continue
        title = document.document.title
        for short, full in document.abbreviations.items():
            if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text):
                found.setdefault(short.lower(), Term(short, full, title))
        for term, meaning in _glossary(document):
            if re.search(rf"(?<!\w){re.escape(term)}", text, re.I):
                found.setdefault(term.lower(), Term(term, meaning, title))
    return tuple(found.values())[:MOST_TERMS]


def _glossary(document: IndexedDocument) -> Iterator[tuple[str, str]]:
    for passage in document.passages:
        if any(_GLOSSARY.search(heading) for heading in passage.section):
            for start, end in passage.sentences:
                entry = _ENTRY.match(" ".join(passage.cut(start, end).split()))
                if entry:
                    yield entry["term"], entry["meaning"]


def readability(text: str) -> int:
    """How easily a Dutch text reads, from 0 (very hard) to 100 (very easy).

    Flesch's reading ease for Dutch by W.H. Douma (De leesbaarheid van landbouwbladen, 1960):
    206.84 - 0.93 * words a sentence - 77 * syllables a word; B1 begins at about 60.
    """
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return 100
    # An item of a list reads as a sentence does.
    lines = text.split("\n") if ITEM in text else [text]
    sentences = max(1, sum(len(sentence_spans(line, 0, len(line))) for line in lines))
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    score = 206.84 - 0.93 * len(words) / sentences - 77 * syllables / len(words)
    return round(min(100.0, max(0.0, score)))


def readability_in_words(score: int) -> str:
    """What a score means, in Dutch."""
    if score >= B1:
        return "goed te lezen"
    return "vrij moeilijk" if score >= 45 else "moeilijk"
