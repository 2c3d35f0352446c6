r"""Plain text in any of the character sets that Dutch documents come in."""

from __future__ import annotations

import codecs

from ingest.documents import IndexedDocument, Reading
from ingest.readers.job import Job

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_MOST_CONTROLS = 0.01


def read(job: Job) -> Reading:
    r"""Read a text file; its character set is recognised and recorded.

    Args:
        job: A file in UTF-8 (with or without byte order mark), UTF-16 or Windows-1252.

    Returns:
        The text with "\n" as line end, without pages.

    Raises:
        ReadingError: If the file holds something else than text, or no text.
    """
    text, encoding = decoded(job)
    return Reading(text=text, encoding=encoding)


def decoded(job: Job) -> tuple[str, str]:
    r"""The text of a file, and the character set that it was in.

    Args:
        job: The file.

    Returns:
        The text with "\n" as line end, and the name of the character set.

    Raises:
        ReadingError: If the file holds something else than text, or no text.
    """
    data = job.stream.read()
    encoding = character_set(data)
    if encoding is None:
        raise job.refuse(
            "is geen tekstbestand, al heet het zo. Sla het document op als platte tekst (UTF-8) "
            "of lever het aan als PDF."
        )
    text = data.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise job.refuse("bevat geen tekst, alleen witruimte. Zet er tekst in of haal het weg.")
    return text, encoding.removesuffix("-sig")


def format_in_words(document: IndexedDocument) -> str:
    """The format of a document with its character set: "platte tekst (Windows-1252)"."""
    encoding = _NAMES.get(document.encoding, document.encoding)
    return f"{document.format} ({encoding})" if encoding else document.format


def character_set(data: bytes) -> str | None:
    """Name the character set, or None for bytes that are no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name if _decodes(data, name) else None
    if _decodes(data, "utf-8"):
        return "utf-8" if _is_text(data) else _bare_utf16(data)
    # Windows-1252 gives a letter to almost every byte, so it comes last.
    return "cp1252" if _is_text(data) else _bare_utf16(data)


def _is_text(data: bytes) -> bool:
    """Whether the bytes hold no NUL and hardly any control characters."""
    if b"\0" in data:
        return False
    controls = sum(data.count(code) for code in _CONTROLS)
    return controls <= _MOST_CONTROLS * len(data)


def _bare_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in Dutch nearly every other byte is then NUL."""
    if len(data) % 2:
        return None
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        low = data[0::2] if name == "utf-16-le" else data[1::2]
        if high.count(0) > 0.9 * len(high) and 0 not in low and _decodes(data, name):
            return name
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return "\0" not in text or encoding == "utf-8"
