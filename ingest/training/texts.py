"""Reads the texts, pairs and word groups that the embedding model learns from."""

from __future__ import annotations

import csv
import hashlib
import lzma
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
_HEADING = re.compile(r"^#{1,6}\s+(.*\S)\s*$")
_MARKUP = re.compile(r"<[^>]*>|\]\([^)]*\)|[*_`|\[\]]|https?://\S+")
_MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text with what stands above it.

    Attributes:
        title: Nearest heading that names a subject; for an article of a law, the law's title.
        text: The paragraph, markup removed.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two sentences and how alike people found them.

    Attributes:
        left: One sentence.
        right: The other.
        score: 0 (unrelated) to 1 (the same).
    """

    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that belong together: everyday words and policy words for one subject.

    Attributes:
        policy: Words or short phrases of policy documents.
        lay: Everyday words or phrases for the same thing.
        related: Words of the same subject that do not mean the same.
    """

    policy: tuple[str, ...]
    lay: tuple[str, ...]
    related: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Lower case without accents: the form in which words are counted and looked up."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; digits and punctuation are dropped."""
    return WORD.findall(fold(text))


def held_out(key: str, share: float) -> bool:
    """Whether an item belongs to the part kept apart for measuring.

    Args:
        key: What identifies the item; equal keys always fall on the same side.
        share: Fraction to keep apart, 0 to 1.
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) < share * 2**32


def read_text(path: Path) -> str:
    """The text of a plain or xz-compressed UTF-8 file."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as file:
            return file.read()
    return path.read_text(encoding="utf-8")


def _mended(line: str) -> str:
    """Undo UTF-8 that was once read as Latin-1 ("Ã«" for "ë")."""
    try:
        return line.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return line


def markdown_paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs of Markdown with their heading; repeated paragraphs come once.

    A heading that names no subject ("Artikel 12") leaves the heading before it in force.
    """
    title = ""
    seen: set[int] = set()
    for block in re.split(r"\n\s*\n", text):
        lines = []
        for line in block.splitlines():
            heading = _HEADING.match(line)
            if heading is None:
                lines.append(_mended(line))
            elif not re.match(r"(artikel|article|art|§|divisie|enig)\b", heading[1], re.I):
                title = _mended(heading[1])
        body = " ".join(_MARKUP.sub(" ", " ".join(lines)).split())
        if len(words(body)) >= _MIN_WORDS and hash(body) not in seen:
            seen.add(hash(body))
            yield Paragraph(title, body)


def plain_paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs of plain text; a single short line above one serves as its heading."""
    title = ""
    for block in re.split(r"\n\s*\n", text):
        body = " ".join(block.split())
        if "\n" not in block.strip() and len(words(body)) <= 10 and not body.endswith((".", ":")):
            title = body
        elif len(words(body)) >= _MIN_WORDS:
            yield Paragraph(title, body)


def scored_pairs(path: Path) -> list[ScoredPair]:
    """Sentence pairs of an STS file: left, right, score of 0 to 5."""
    with path.open(encoding="utf-8", newline="") as file:
        return [ScoredPair(row[0], row[1], float(row[2]) / 5) for row in csv.reader(file)]


def paraphrases(path: Path) -> list[tuple[str, str]]:
    """Pairs of a question in everyday words and a policy sentence, one a line, tab between."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 2 and not line.startswith("#"):
            pairs.append((parts[0].strip(), parts[1].strip()))
    return pairs


def lexicon(path: Path) -> list[WordGroup]:
    """The entries of the lexicon of everyday and policy words."""
    with path.open("rb") as file:
        entries = tomllib.load(file).get("entry", [])
    return [
        WordGroup(
            tuple(entry.get("policy", ())),
            tuple(entry.get("lay", ())),
            tuple(entry.get("related", ())),
        )
        for entry in entries
    ]


def themes(path: Path) -> list[WordGroup]:
    """Word groups written as "policy, words: everyday, words", one a line; "#" comments."""
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        policy, _, lay = line.partition(":")
        groups.append(WordGroup(_listed(policy.split(",")), _listed(lay.split(","))))
    return groups


def _listed(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in parts if part.strip())
