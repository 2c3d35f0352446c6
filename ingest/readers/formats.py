"""The formats that are read, and how a file shows which one it is, whatever its name says."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from ingest.readers.text import character_set


@dataclass(frozen=True, slots=True)
class Format:
    """A sort of file.

    Attributes:
        name: What a user calls such a file: "een Word-bestand".
        suffixes: How names of such files end, in lower case.
        module: The module in this package whose function `read` is the reader; "" for a sort that
            is only known by name.
        advice: For a sort that is not read: what to do.
        has_text: Whether such a file is a document itself.
        holds: Whether it holds other files; its module has a function `members` then.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str = ""
    advice: str = ""
    has_text: bool = True
    holds: bool = False


PDF = Format("een pdf", (".pdf",), "pdf")
WORD = Format("een Word-bestand", (".docx", ".docm", ".dotx", ".dotm"), "word")
EXCEL = Format("een Excel-bestand", (".xlsx", ".xlsm", ".xltx", ".xltm"), "excel")
RICH_TEXT = Format("een RTF-bestand", (".rtf",), "rich_text")
WEB = Format("een webpagina", (".html", ".htm", ".xhtml"), "web")
OPEN_TEXT = Format("een OpenDocument-tekst", (".odt", ".ott"), "opendocument")
OPEN_SHEETS = Format("een OpenDocument-rekenblad", (".ods",), "opendocument")
MARKDOWN = Format("een Markdown-tekst", (".md", ".markdown"), "markdown")
SEPARATED = Format("een CSV-bestand", (".csv", ".tsv"), "separated")
MAIL = Format("een e-mailbericht", (".eml",), "mail", holds=True)
ARCHIVE = Format("een ZIP-bestand", (".zip",), "archive", has_text=False, holds=True)
TEXT = Format("platte tekst", (".txt",), "text")

_BINARY = (PDF, WORD, OPEN_TEXT, EXCEL, OPEN_SHEETS, RICH_TEXT, ARCHIVE)
FORMATS = (*_BINARY, WEB, SEPARATED, MARKDOWN, MAIL, TEXT)
"""A new format is a module with a function `read`, and its line here."""

READERS: Mapping[str, Format] = {suffix: f for f in FORMATS for suffix in f.suffixes}
"""The format of each suffix."""

_SAVE = "Sla het op als {} en probeer het opnieuw."
OLD_WORD = Format("een oud Word-bestand", (".doc", ".dot"), advice=_SAVE.format(".docx of .pdf"))
OLD_OFFICE = Format(
    "een oud Office-bestand", (".xls", ".ppt"), advice=_SAVE.format(".xlsx of .pdf")
)
OUTLOOK = Format("een Outlook-bericht", (".msg",), advice=_SAVE.format(".eml"))
LOCKED = Format("een beveiligd Office-bestand", (), advice="Sla het op zonder wachtwoord.")
SLIDES = Format("een presentatie", (".pptx", ".odp"), advice=_SAVE.format(".pdf"))
PICTURE = Format(
    "een afbeelding",
    (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"),
    advice="Maak er een pdf met doorzoekbare tekst van (OCR).",
)
PROGRAM = Format("een programma", (".exe", ".dll"), advice="Zo'n bestand hoort hier niet.")
OTHER_PACKED = Format(
    "een ingepakt bestand", (".rar", ".7z", ".gz", ".tar"), advice=_SAVE.format(".zip")
)
UNREAD = (OLD_WORD, OLD_OFFICE, OUTLOOK, LOCKED, SLIDES, PICTURE, PROGRAM, OTHER_PACKED)
"""Sorts of file that are not read, so that a user hears what to do instead."""

_HEAD = 4096
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"7z\xbc\xaf", OTHER_PACKED),
    (b"Rar!", OTHER_PACKED),
    (b"\x1f\x8b", OTHER_PACKED),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE = 65536
_WEB = re.compile(rb"\W*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html\b)", re.IGNORECASE | re.DOTALL)
_PDF = re.compile(rb"%PDF-\d")


def format_of(name: str) -> Format | None:
    """The format that a file name promises; None where its suffix is unknown."""
    return READERS.get(PurePath(name).suffix.lower())


def why_not(name: str) -> str:
    """Why a file is not read, by its name, and what to do: a sentence without its subject."""
    suffix = PurePath(name).suffix.lower()
    form = next((form for form in UNREAD if suffix in form.suffixes), None)
    if form is not None:
        return f"is niet opgenomen: {form.name} wordt niet gelezen. {form.advice}"
    return (
        "is niet opgenomen: dit type bestand wordt niet gelezen. "
        f"Wel: {', '.join(form.suffixes[0] for form in FORMATS)}."
    )


def text_instead(promised: Format, stream: BinaryIO) -> Format | None:
    """What a file is that promises no text and yet holds only that.

    Args:
        promised: The format that its name promises.
        stream: The file; it is left at its start.

    Returns:
        None where the format promises text, or the file holds something else.
    """
    head = stream.read(_SAMPLE)
    stream.seek(0)
    if promised not in _BINARY or character_set(head) is None:
        return None
    return WEB if _WEB.match(head) else TEXT


def recognise(stream: BinaryIO) -> Format | None:
    """The sort of file that the bytes show.

    Args:
        stream: The file; it is left at its start.

    Returns:
        None for text of any kind and for bytes that show nothing.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _packed(stream)
    if head.startswith(_OLE):
        return _ole(stream)
    if head.lstrip().startswith(b"{\\rtf"):
        return RICH_TEXT
    # Programs that make PDF may put something before its first line.
    if _PDF.search(head[:1024]):
        return PDF
    return next((form for sign, form in _SIGNATURES if head.startswith(sign)), None)


def _packed(stream: BinaryIO) -> Format | None:
    """Which packed format this is, by the names of its parts; None for a damaged one."""
    try:
        with zipfile.ZipFile(stream) as packed:
            names = set(packed.NameToInfo)
            kind = packed.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError):
        return None
    finally:
        stream.seek(0)
    for form, mark in (
        (OPEN_TEXT, b"opendocument.text"),
        (OPEN_SHEETS, b"opendocument.spreadsheet"),
        (SLIDES, b"opendocument.presentation"),
    ):
        if mark in kind:
            return form
    if "[Content_Types].xml" in names:
        if any(name.startswith("ppt/") for name in names):
            return SLIDES
        if any(name.startswith("word/") for name in names):
            return WORD
        if any(name.startswith("xl/") for name in names):
            return EXCEL
    return ARCHIVE


def _ole(stream: BinaryIO) -> Format:
    """What an old Office file is, by the names of its streams, which are in UTF-16."""
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    content = stream.read(min(size, 20_000_000))
    stream.seek(0)
    for mark, form in (
        ("EncryptedPackage", LOCKED),
        ("__substg1.0", OUTLOOK),
        ("WordDocument", OLD_WORD),
    ):
        if mark.encode("utf-16-le") in content:
            return form
    return OLD_OFFICE
