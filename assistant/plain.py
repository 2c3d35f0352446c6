"""An answer in plain Dutch (B1) without a language model, and how easy a text reads.

Long sentences of the quotes are cut where Dutch allows it without another order of words, words of
officials give way to plain ones, and terms are explained in the documents' own words. The quotes
themselves stay as they are, one click away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.documents import Answer, Citation, IndexedDocument
from ingest.sentences import sentence_spans

LONG = 15
"""Words from which a sentence is cut; B1 texts have some ten to fifteen in a sentence."""
MOST_TERMS = 6
_CUT = re.compile(r";\s+|,\s+(?=(?:maar|want|dus)\s)")
_VOWELS = re.compile(r"(?:ieuw|eeuw|aai|ooi|oei|[aeiouyáéíóúèëïöü]+)", re.I)
_GLOSSARY = re.compile(
    r"\b(?:begrippen\w*|definities?|woordenlijst|verklarende|afkortingen)\b", re.I
)
_ENTRY = re.compile(r"^\W*(?P<term>[A-Z][\w \-’']{2,40}?):\s+(?P<meaning>.{15,300}?)$", re.S)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an answer with what a document says that it means.

    Attributes:
        term: As the document writes it.
        meaning: The document's own words.
        title: That document's title.
    """

    term: str
    meaning: str
    title: str


@dataclass(frozen=True, slots=True)
class Plain:
    """An answer in plain Dutch.

    Attributes:
        sentences: Each with the number that proves it, in order.
        terms: What its terms mean.
        before: How easily the answer reads, from 0 (very hard) to 100 (very easy).
        after: The same for the plain sentences.
    """

    sentences: tuple[tuple[str, int], ...]
    terms: tuple[Term, ...]
    before: int
    after: int


def in_plain_dutch(answer: Answer, documents: Mapping[str, IndexedDocument]) -> Plain | None:
    """Put the quotes of an answer into plain Dutch; None for an answer without quotes.

    Args:
        answer: Any answer.
        documents: All documents by id; those that are cited explain the terms.
    """
    quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
    if not quotes:
        return None
    sentences = tuple(
        (sentence, citation.number)
        for citation, quote in zip(answer.citations, quotes, strict=True)
        for sentence in simpler(quote)
    )
    text = " ".join(quotes)
    return Plain(
        sentences,
        _terms(text, answer.citations, documents),
        readability(text),
        readability(" ".join(sentence for sentence, _ in sentences)),
    )


def simpler(text: str) -> list[str]:
    """The sentences of a text, shorter and in plain words."""
    found = []
    for start, end in sentence_spans(text, 0, len(text)):
        sentence = _plain_words(text[start:end])
        parts = _CUT.split(sentence) if len(sentence.split()) > LONG else [sentence]
        # A part of a few words is no sentence: it goes with the one before it.
        whole: list[str] = []
        for part in parts:
            if whole and len(part.split()) < 4:
                whole[-1] += f", {part}"
            else:
                whole.append(part)
        found += [_as_sentence(part, last=part is whole[-1]) for part in whole]
    return found


def _plain_words(text: str) -> str:
    words = _words()
    pattern = _pattern()

    def plain(match: re.Match[str]) -> str:
        word = words[match[0].lower()]
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    return pattern.sub(plain, text)


@cache
def _words() -> dict[str, str]:
    text = Path(__file__).with_name("plain.toml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in tomllib.loads(text)["words"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)


def _as_sentence(part: str, *, last: bool) -> str:
    part = part.strip()
    capital = part[:1].upper() + part[1:]
    return capital if last or capital[-1:] in ".!?:" else f"{capital.rstrip(',')}."


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
    sentences = max(1, len(sentence_spans(text, 0, len(text))))
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    score = 206.84 - 0.93 * len(words) / sentences - 77 * syllables / len(words)
    return round(min(100.0, max(0.0, score)))


def readability_in_words(score: int) -> str:
    """What a score means, in Dutch."""
    if score >= 60:
        return "goed te lezen"
    return "vrij moeilijk" if score >= 45 else "moeilijk"
