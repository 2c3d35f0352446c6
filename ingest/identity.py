"""Which files are the same document: one document can have several names, never several copies."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ingest.errors import ReadingError
from ingest.readers.containers import SEPARATOR
from ingest.sources import Source, Sources

_EMPTY = hashlib.sha256().hexdigest()


def one_of_each(
    sources: Sources, held: Mapping[str, str], left_out: Collection[str] = ()
) -> Sources:
    """Keep one source for files with the very same bytes; the others become its names.

    Args:
        sources: What was found.
        held: Id to digest of the documents that the index holds: of the same files the one that
            the index knows already stays, else one that the catalog describes, else the first.
        left_out: Digests of files that are not to be taken in.

    Returns:
        The sources, each with its digest, except those that cannot be opened.
    """
    notes = list(sources.notes)
    kept: list[Source] = []
    same: dict[str, list[Source]] = defaultdict(list)
    for source in sources.found:
        try:
            same[source.sha256()].append(source)
        except ReadingError:
            kept.append(source)  # who takes it in hears what is wrong
    for source in same.pop(_EMPTY, ()):
        kept.append(replace(source, digest=_EMPTY))  # that too; empty files are no copies
    for digest, group in same.items():
        if digest in left_out:
            notes.append(
                f"{_names(group)} is overgeslagen: dit document is op de pagina verwijderd. Voeg "
                "het daar opnieuw toe als het toch mee moet doen."
            )
            continue
        first = min(group, key=lambda s: (held.get(s.id) != digest, s.given is None, s.id))
        others = tuple(sorted(_name(source) for source in group if source is not first))
        if others:
            notes.append(f"{first.name} is hetzelfde bestand als {', '.join(others)}.")
        kept.append(replace(first, digest=digest, names=others))
    kept.sort(key=lambda source: source.id)
    return replace(sources, found=tuple(kept), notes=tuple(notes))


def _name(source: Source) -> str:
    return SEPARATOR.join((source.place.as_posix(), *source.inside))


def _names(group: Sequence[Source]) -> str:
    return ", ".join(sorted(map(_name, group)))
