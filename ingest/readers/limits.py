"""What reading one file may cost, and the limits of the process that reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        file_bytes: Size of the file.
        unpacked_bytes: Size of one part that a packed file (Word, ZIP) holds, and of all parts that
            are read together.
        ratio: Times that such a part may grow when it is unpacked, once it is over ten megabytes.
        parts: Number of parts that a packed file holds.
        pages: Number of pages.
        characters: Length of the text.
        memory: Address space of the reading process, in bytes; Linux only.
        seconds: Time for the whole file, apart from what its pages may add.
        seconds_a_page: Time that each page adds.
        silence: Time that one page may take.
        scans: Number of scanned pages whose text is recognised.
        seconds_a_scan: Time that recognising one takes at most, and adds.
        seconds_in_vain: Time for scans in a row of which nothing is recognised, such as pages in
            handwriting; each that comes after has `seconds_a_try`, until one is recognised.
        seconds_a_try: The time that it then has.
    """

    file_bytes: int = 250 * MEGABYTE
    unpacked_bytes: int = 250 * MEGABYTE
    ratio: int = 200
    parts: int = 5000
    pages: int = 5000
    characters: int = 10_000_000
    memory: int = 1024 * MEGABYTE
    seconds: float = 40.0
    seconds_a_page: float = 0.5
    silence: float = 15.0
    scans: int = 1000
    seconds_a_scan: float = 60.0
    seconds_in_vain: float = 20.0
    seconds_a_try: float = 5.0


def limit_process(limits: Limits) -> None:
    """Limit this process: its memory, no file written, no dump of its memory.

    Where the platform has no such limits (Windows) or refuses one (the memory on macOS), it is
    passed over; the time is watched from outside on every platform.
    """
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in wanted:
        _lower(which, most)


def limit_time(seconds: float) -> None:
    """Give this process so much processor time from now on; then the system ends it.

    Holds also when nobody watches any more. Passed over where the platform has no such limit.
    """
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime + seconds) + 1)


def _lower(which: int, most: int) -> None:
    """Set a soft limit; the hard one stays, so that the next file can have more time."""
    import resource

    _, hard = resource.getrlimit(which)
    try:
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (within, hard))
    except (ValueError, OSError):
        return


def memory_used() -> int:
    """The memory that this process holds, in bytes; 0 where the platform does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
