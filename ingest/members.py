"""Messages and archives among the sources: each document in them becomes a source too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.errors import ReadingError
from ingest.readers import ReaderProcess
from ingest.readers.containers import SEPARATOR
from ingest.readers.formats import format_of
from ingest.sources import Source, Sources, each_id_once


@dataclass(frozen=True, slots=True)
class Opened:
    """Sources, with those inside messages and archives.

    Attributes:
        sources: All that can be read.
        closed: Ids of messages and archives that could not be opened.
    """

    sources: Sources
    closed: frozenset[str]


def open_containers(sources: Sources, readers: ReaderProcess, held: Mapping[str, str]) -> Opened:
    """Look into the messages and archives among the sources.

    A message stays a source itself; an archive is only what it holds.

    Args:
        sources: What was found on disk.
        readers: Looks into the files.
        held: Id to file name of the documents that the index holds.

    Returns:
        The sources with the members of containers, and remarks about what is not opened.
    """
    found: list[Source] = []
    failed, notes, closed = dict(sources.failed), list(sources.notes), set()
    for source in sources.found:
        form = format_of(source.path.name)
        if form is None or form.has_text:
            found.append(source)
        if form is None or not form.holds:
            continue
        try:
            contents = readers.contents(source.path)
        except ReadingError as error:
            closed.add(source.id)
            if not form.has_text:  # else its own reading tells what is wrong
                failed[str(source.path)] = str(error)
            continue
        members = [replace(source, inside=m.inside, digest=m.sha256) for m in contents.members]
        found += members
        folder = source.path.parent
        failed |= {str(folder / name): why for name, why in contents.refused.items()}
        notes += [*contents.notes, *_unknown_entries(source, members)]
        if not (members or contents.refused or form.has_text):
            failed[str(source.path)] = (
                f"{source.path.name} bevat geen documenten die gelezen worden."
            )
    once = each_id_once(found, failed, held)
    return Opened(Sources(once, failed, tuple(notes)), frozenset(closed))


def _unknown_entries(source: Source, members: list[Source]) -> Iterator[str]:
    """Remarks about entries of the catalog for members that are not there."""
    names = {member.name for member in members}
    for name in source.catalog.entries:
        if name.startswith(f"{source.path.name}{SEPARATOR}") and name not in names:
            yield (
                f"{source.catalog.path.name} noemt '{name}', maar dat document zit niet in "
                f"{source.path.name}."
            )
