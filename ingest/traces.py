"""The proof that a document is gone: its own words are looked for in every byte on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.documents import IndexedDocument

MOST = 60
"""Most words, and most sentences, that are looked for; the longest ones."""

_WORD = re.compile(r"[^\W\d_]{6,}")
_PIECE = re.compile(r"[^\n]{30,60}")


def own_words(
    gone: Sequence[IndexedDocument], others: Iterable[IndexedDocument]
) -> tuple[str, ...]:
    """What only the removed documents say: words of six letters or more, and pieces of lines.

    Args:
        gone: The documents that are removed.
        others: All that stay.

    Returns:
        The longest of them, as they are written; empty when the others say all of it too.
    """
    rest = [_all_text(document) for document in others]
    kept = "\n".join(rest).casefold()
    words = {word for d in gone for word in _WORD.findall(_all_text(d))}
    pieces = {piece.strip() for d in gone for piece in _PIECE.findall(d.text)}
    known = set(_WORD.findall(kept))
    # A word that is part of a longer one elsewhere proves nothing.
    own = [word for word in words if word.casefold() not in known and word.casefold() not in kept]
    lines = [piece for piece in pieces if piece and piece.casefold() not in kept]
    chosen = sorted(own, key=lambda w: (-len(w), w))[:MOST] + sorted(lines)[:MOST]
    return tuple(chosen)


def _all_text(document: IndexedDocument) -> str:
    about = document.document
    return "\n".join((document.text, about.title, about.file, about.id, *about.names))


def find_traces(folders: Sequence[Path], words: Sequence[str]) -> dict[Path, str]:
    """Look for words in every byte of every file.

    Args:
        folders: Where to look, subfolders included; one that is missing holds nothing.
        words: What to look for, in UTF-8 and UTF-16, as it is written and in small letters.

    Returns:
        The files that hold one of them, with the first that was found.
    """
    wanted = [
        (word, form.encode(encoding))
        for word in words
        for form in dict.fromkeys((word, word.lower()))
        for encoding in ("utf-8", "utf-16-le")
    ]
    found = {}
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            word = next((word for word, form in wanted if form in content), None)
            if word is not None:
                found[file] = word
    return found
