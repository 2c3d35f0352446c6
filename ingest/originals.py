"""The files that users handed in, kept beside the index so that all of it can be made again."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path, PurePath
from uuid import uuid4

from ingest.catalog import CATALOG_FILE, change_entry
from ingest.disk import sync_folder, write_safely, writing

LEFT_OUT_FILE = ".left-out.json"
"""Digests of files of the corpus that users took out, and that are not to come back by themselves.
A digest says nothing of what a file holds."""

_INCOMING = ".incoming"
_FORMER = ".former"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST_NAME = 120
_NEVER = {CATALOG_FILE, "readme.md", "readme.txt"}


class Originals:
    """The folder with what users added; made when the first file comes."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is made."""
        self.folder = folder

    # Files

    def incoming(self) -> Path:
        """A place to write what comes in to; it is no document until `place` makes it one.

        What is never placed is deleted by `clear`.

        Raises:
            IndexingError: If the folder cannot be written.
        """
        folder = self.folder / _INCOMING
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return folder / uuid4().hex

    def place(self, incoming: Path, name: str) -> Path:
        """Make what came in a document; a former one of that name is set aside until `settle`.

        Args:
            incoming: The file, as `incoming` made it.
            name: A name that `safe_name` gave.

        Returns:
            Where it now lies.
        """
        target, former = self.folder / name, self.folder / _FORMER / name
        with writing(target):
            if target.exists():
                former.parent.mkdir(exist_ok=True)
                os.replace(target, former)
            os.replace(incoming, target)
            sync_folder(self.folder)
        return target

    def settle(self, name: str, *, taken: bool) -> None:
        """Say whether what was placed was taken in; if not, the former one is put back."""
        target, former = self.folder / name, self.folder / _FORMER / name
        with writing(target):
            if taken:
                former.unlink(missing_ok=True)
            elif former.exists():
                os.replace(former, target)
            else:
                target.unlink(missing_ok=True)

    def take_back(self, name: str) -> Path:
        """Take a file that was placed out again, to be placed anew later; the former one returns.

        Returns:
            Where it lies now.
        """
        aside = self.incoming()
        with writing(aside):
            os.replace(self.folder / name, aside)
        self.settle(name, taken=False)
        return aside

    def delete(self, name: str) -> bool:
        """Delete a document and what the catalog says of it; False when there is no such file."""
        target = self.folder / name
        if PurePath(name).name != name or not target.is_file():
            return False
        with writing(target):
            target.unlink()
            (self.folder / _FORMER / name).unlink(missing_ok=True)
            sync_folder(self.folder)
        change_entry(self.folder / CATALOG_FILE, name, None)
        return True

    def clear(self) -> None:
        """Delete what came in and was never placed, and what was set aside: after a power cut."""
        for folder in (_INCOMING, _FORMER):
            for file in (self.folder / folder).glob("*"):
                with writing(file):
                    file.unlink()

    # What was left out

    def left_out(self) -> frozenset[str]:
        """Digests of the files that are not to be taken in."""
        try:
            return frozenset(json.loads((self.folder / LEFT_OUT_FILE).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return frozenset()

    def leave_out(self, digest: str) -> None:
        """Do not take in a file with these bytes any more."""
        self._save(self.left_out() | {digest})

    def let_in(self, digest: str) -> None:
        """Take in a file with these bytes again."""
        if digest in self.left_out():
            self._save(self.left_out() - {digest})

    def _save(self, digests: frozenset[str]) -> None:
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        write_safely(self.folder / LEFT_OUT_FILE, json.dumps(sorted(digests)))


def safe_name(name: str) -> str:
    """A file name that every system takes and that leads to no other folder.

    Args:
        name: As the browser gave it; it may be anything.

    Returns:
        The last part of it, without characters that have a meaning in paths, and not too long.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = last.encode("utf-8", errors="ignore").decode()
    clean = _UNSAFE.sub("_", last).strip().lstrip(".~$ ").rstrip(". ")
    path = PurePath(clean or "document")
    stem = path.stem[: _LONGEST_NAME - len(path.suffix)].rstrip(". ")
    clean = f"{stem}{path.suffix[:20]}"
    return f"document-{clean}" if clean.lower() in _NEVER else clean
