"""E-mail (.eml): the message is a document, and so is each attachment of a type that is read.

The format: RFC 5322 and MIME.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage
from functools import partial
from typing import cast

from ingest.documents import MarkKind, Reading
from ingest.readers.blocks import Block, Table, clean, paragraph
from ingest.readers.containers import Found
from ingest.readers.job import Job
from ingest.readers.shown import date_in_words
from ingest.readers.text import character_set
from ingest.readers.web import read_html
from ingest.readers.writing import marked_text

_SHOWN = (("Van", "from"), ("Aan", "to"), ("Cc", "cc"))
_USUAL = frozenset({"from", "to", "date", "subject", "received"})
_LOCKED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_NO_NAME = re.compile(r"[^\w .,()-]")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_NO_SUBJECT = "Bericht zonder onderwerp"


def read(job: Job) -> Reading:
    """Read a message, without its attachments.

    Args:
        job: The file.

    Returns:
        Subject, sender, receivers, date and text, without pages.

    Raises:
        ReadingError: If it is no message, or is encrypted.
    """
    message = _message(job)
    subject = _header(message, "subject")
    blocks: list[Block | Table] = [Block(MarkKind.HEADING, subject or _NO_SUBJECT, 1)]
    blocks += [
        paragraph(f"{label}: {value}")
        for label, name in _SHOWN
        if (value := _header(message, name))
    ]
    if date := _date(message):
        blocks.append(paragraph(f"Datum: {date}"))
    text, marks = marked_text([*blocks, *_body(message)])
    return Reading(text, title=subject, marks=marks)


def members(job: Job) -> Iterator[Found]:
    """The attachments of a message, and the messages that it forwards.

    Raises:
        ReadingError: If it is no message, or is encrypted.
    """
    message = _message(job)
    body = _body_parts(message)
    seen: dict[str, int] = {}
    for number, part in enumerate(_attachments(message), start=1):
        if part in body:
            continue
        name = _name(part, number)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            stem, dot, suffix = name.rpartition(".")
            name = f"{stem or suffix} ({seen[name]}){dot}{suffix if stem else ''}"
        picture = part.get_content_maintype() == "image"
        yield Found(name, partial(_bytes, part), by_the_way=picture)


def _message(job: Job) -> EmailMessage:
    message = message_from_binary_file(job.stream, policy=policy.default)
    job.stream.seek(0)
    # As they stand: to understand one may fail.
    if not any(name.lower() in _USUAL and value.strip() for name, value in message.raw_items()):
        raise job.refuse("is geen e-mailbericht, al heet het zo. Sla het op als .eml.")
    if message.get_content_type() in _LOCKED:
        raise job.refuse("is versleuteld. Sla het bericht onversleuteld op als .eml.")
    return message


def _header(message: EmailMessage, name: str) -> str:
    """A header on one line; "" where it is missing or makes no sense."""
    try:
        return clean(" ".join(str(message[name] or "").split()))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _date(message: EmailMessage) -> str:
    try:
        date = getattr(message["date"], "datetime", None)
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""
    return date_in_words(date) if isinstance(date, datetime) else ""


def _body(message: EmailMessage) -> Iterator[Block | Table]:
    """The message as HTML states it, or as plain text where that holds more."""
    plain = next((part for part in _body_parts(message) if _kind(part) == "plain"), None)
    html = next((part for part in _body_parts(message) if _kind(part) == "html"), None)
    lines = _text(plain) if plain is not None else ""
    blocks = read_html(_text(html))[1] if html is not None else []
    if 2 * len(marked_text(blocks)[0]) < len(lines):
        blocks = [paragraph(part) for part in _BLANK.split(lines)]
    yield from blocks


def _kind(part: EmailMessage) -> str:
    return part.get_content_subtype() if part.get_content_maintype() == "text" else ""


def _body_parts(message: EmailMessage) -> list[EmailMessage]:
    """The text of the message itself, in the forms that it comes in."""
    parts = (message.get_body(preferencelist=(kind,)) for kind in ("html", "plain"))
    return [cast(EmailMessage, part) for part in parts if part is not None]


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    """All parts that are files, outermost first; what is inside a forwarded message is its own."""
    for part in message.iter_parts() if message.is_multipart() else ():
        inner = cast(EmailMessage, part)
        if inner.get_content_type() == "message/rfc822":
            yield inner
        elif inner.is_multipart():
            yield from _attachments(inner)
        elif inner.get_filename() or inner.get_content_disposition() == "attachment":
            yield inner
        elif inner.get_content_maintype() not in ("text", "multipart"):
            yield inner


def _name(part: EmailMessage, number: int) -> str:
    name = clean(part.get_filename() or "").replace("\\", "/").rpartition("/")[2].strip(". ")
    if name:
        return name
    if part.get_content_type() == "message/rfc822":
        inner = next((p for p in part.iter_parts()), None)
        subject = _header(cast(EmailMessage, inner), "subject") if inner is not None else ""
        return f"{_NO_NAME.sub('', subject)[:60].strip() or f'bericht {number}'}.eml"
    suffix = mimetypes.guess_extension(part.get_content_type()) or ""
    return f"bijlage {number}{suffix}"


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return b"".join(p.as_bytes() for p in inner if isinstance(p, EmailMessage))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    """The text of a part; by its bytes where the character set that it names is unknown."""
    data = _bytes(part)
    try:
        text = data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = data.decode(character_set(data) or "cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
