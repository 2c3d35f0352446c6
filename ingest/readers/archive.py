"""ZIP: an archive is no document itself; what it holds are documents."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from functools import partial
from zipfile import ZipInfo

from ingest.readers.containers import Found
from ingest.readers.job import Job
from ingest.readers.packed import Packed

_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
# What systems and programs leave behind, and what describes a folder of documents.
_NO_DOCUMENT = re.compile(
    r"(?:.*/)?(?:__MACOSX/.*|\..*|~\$.*|thumbs\.db|desktop\.ini|catalog\.toml|readme\.(?:md|txt))",
    re.IGNORECASE,
)
_TRICK = "heeft een naam die buiten het archief wijst en is daarom niet gelezen."
_LINK = "is een verwijzing naar een ander bestand en is daarom niet gelezen."


def members(job: Job) -> Iterator[Found]:
    """Everything in an archive, but what systems leave behind.

    Raises:
        ReadingError: If it is damaged, or holds more files than the limits allow.
    """
    packed = Packed(job)
    seen: dict[str, int] = {}
    for part in packed.parts():
        name = part.filename.replace("\\", "/")
        refused = _TRICK if _OUTSIDE.match(name) or _CONTROLS.search(name) else ""
        if not refused and _NO_DOCUMENT.fullmatch(name):
            continue
        name = _CONTROLS.sub("?", name)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
        label = f"{job.name}/{name}"
        yield Found(name, partial(packed.read, part, label), refused or _link(part))


def _link(part: ZipInfo) -> str:
    return _LINK if stat.S_ISLNK(part.external_attr >> 16) else ""
