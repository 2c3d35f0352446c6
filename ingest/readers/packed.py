"""Opens packed files (Word, OpenDocument, Excel, ZIP) without being blown up by what they hold."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import replace
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ingest.readers.job import Job
from ingest.readers.limits import MEGABYTE

_DAMAGED = "is beschadigd of niet volledig. Haal het opnieuw op."
_DTD = "bevat een opdracht (DTD) die in een document niet hoort en is daarom niet gelezen."
_PROLOG = 4096  # bytes at the start of XML in which a DTD must stand
_ENCRYPTED = 0x1
_NO_BOMB = 10 * MEGABYTE  # a part that unpacks to less harms nobody, however small it was
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)
_NAMESPACE = re.compile(r"\{[^}]*\}")


class Packed:
    """A packed file whose parts are checked before they are unpacked."""

    def __init__(self, job: Job) -> None:
        """Open it.

        Args:
            job: The file.

        Raises:
            ReadingError: If it is damaged, or holds more parts than the limits allow.
        """
        self._job = job
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(job.stream)
        except _DAMAGE as error:
            raise job.refuse(_DAMAGED) from error
        if len(self._zip.infolist()) > job.limits.parts:
            raise job.refuse(
                f"bevat meer dan {job.limits.parts} onderdelen en is daarom niet geopend."
            )

    def parts(self) -> list[zipfile.ZipInfo]:
        """All parts, folders left out."""
        return [part for part in self._zip.infolist() if not part.is_dir()]

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._zip.NameToInfo

    def read(self, part: str | zipfile.ZipInfo, label: str = "") -> bytes:
        """Unpack a part.

        Args:
            part: The part or its name; it exists.
            label: What a message calls it; the file as a whole when empty.

        Raises:
            ReadingError: If it is encrypted, damaged, or unpacks to more than the limits allow.
        """
        info = self._zip.getinfo(part) if isinstance(part, str) else part
        job = replace(self._job, name=label or self._job.name)
        if info.flag_bits & _ENCRYPTED:
            raise job.refuse(
                "is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en probeer het "
                "opnieuw."
            )
        self.refuse_bomb(info, job)
        try:
            # The size that the file states is the most that zipfile unpacks.
            return self._zip.read(info)
        except _DAMAGE as error:
            raise job.refuse(_DAMAGED) from error

    def refuse_bomb(self, part: zipfile.ZipInfo, job: Job | None = None) -> None:
        """Refuse a part that unpacks to too much; count the size of one that does not.

        Args:
            part: The part.
            job: Names the file in a message; the file as a whole when None.

        Raises:
            ReadingError: If it does.
        """
        limits = self._job.limits
        grown = part.file_size > max(_NO_BOMB, limits.ratio * part.compress_size)
        if self._unpacked + part.file_size > limits.unpacked_bytes or grown:
            raise (job or self._job).refuse(
                "pakt uit tot veel meer dan zo'n bestand hoort te bevatten en is daarom niet "
                "geopend. Haal het opnieuw op bij de afzender."
            )
        self._unpacked += part.file_size

    def refuse_dtd(self, part: zipfile.ZipInfo) -> None:
        """Refuse XML that defines entities, for parts that a library reads by itself.

        Raises:
            ReadingError: If it does, or is damaged.
        """
        try:
            with self._zip.open(part) as stream:
                prolog = stream.read(_PROLOG)
        except (*_DAMAGE, RuntimeError) as error:
            raise self._job.refuse(_DAMAGED) from error
        if b"<!DOCTYPE" in prolog or "<!DOCTYPE".encode("utf-16-le") in prolog:
            raise self._job.refuse(_DTD)

    def xml(self, name: str) -> Element:
        """Unpack a part that is XML; the names of its elements and attributes lose their namespace.

        Args:
            name: Its name; it exists.

        Raises:
            ReadingError: If it is no sound XML, or one that defines entities.
        """
        return parse_xml(self._job, self.read(name))


def parse_xml(job: Job, data: bytes) -> Element:
    """Read XML in which nothing is fetched and nothing grows; names lose their namespace.

    Raises:
        ReadingError: If it is no sound XML, or one that defines entities.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise job.refuse(_DTD) from error
    except (ParseError, ValueError, LookupError) as error:
        raise job.refuse(_DAMAGED) from error
    for element in root.iter():
        element.tag = _NAMESPACE.sub("", element.tag)
        if element.attrib:
            bare = {_NAMESPACE.sub("", name): value for name, value in element.attrib.items()}
            element.attrib = bare
    return root


def is_packed(stream: BinaryIO) -> bool:
    """Whether a file begins as a packed file does; the stream is left at its start."""
    head = stream.read(4)
    stream.seek(0)
    return head == b"PK\x03\x04"
