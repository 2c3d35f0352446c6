"""Measure how fast documents go in, and what memory that takes.

    python tests/evaluation/speed.py [--pages 200 2000] [--documents 500]

Printed are: pages a minute with statements and vectors, and the highest memory of the program and
of its reading process together, at one and the same moment; the time that an unchanged folder
takes; and the time from the last page that is read of a changed document until it is searchable
in that folder, and until one that is removed no longer is.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from make_pages import SUBJECTS, paragraphs
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, PageBreak, Paragraph, SimpleDocTemplate

from ingest.dutch.analysis import Analyzer
from ingest.embeddings import Embedder, load_embedder
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.removal import remove
from ingest.report import Progress
from ingest.settings import Settings
from ingest.store import LEXICAL, LINKS


def make_pdf(path: Path, pages: int, seed: int = 0) -> None:
    """A policy paper: a page has five paragraphs, four goals, an advice and a promise.

    No two of the same seed have the same text.
    """
    styles = getSampleStyleSheet()
    body, story = styles["BodyText"], [Paragraph(f"Beleidsplan {seed} 2024-2028", styles["Title"])]
    for page in range(pages):
        number = 1 + page + seed * 100
        story.append(Paragraph(f"{page + 1}. Onderwerp {number}", styles["Heading2"]))
        story += [Paragraph(text, body) for text in paragraphs(number, 5, 5)]
        subjects = [SUBJECTS[(number * 3 + n) % len(SUBJECTS)] for n in range(6)]
        goals = [
            Paragraph(f"Meer inwoners gebruiken in {2024 + number % 9} {subject}, {number}.", body)
            for subject in subjects[:4]
        ]
        story += [
            Paragraph("Doelen", styles["Heading3"]),
            ListFlowable(goals, bulletType="bullet"),
            Paragraph(f"Wij bevelen het college aan {subjects[4]} te toetsen in {number}.", body),
            Paragraph(f"Het college zegt toe de raad over {subjects[5]} te berichten.", body),
            PageBreak(),
        ]
    SimpleDocTemplate(str(path)).build(story)


def settings_of(folder: Path) -> Settings:
    return Settings(corpus=folder / "corpus", index=folder / "index")


def memory(process: int) -> tuple[int, int]:
    """Memory in megabytes that a process holds now, and that those that it started hold."""
    own = started = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parent, pages = int(fields[1]), int(fields[21])
        size = pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024
        own += size * (int(folder.name) == process)
        started += size * (parent == process)
    return own, started


def watched(command: list[str | Path]) -> None:
    """Run a command, and print the highest memory of it and of what it starts at one moment."""
    process = subprocess.Popen(command)
    highest = (0, 0)
    while process.poll() is None:
        highest = max(highest, memory(process.pid), key=sum)
        time.sleep(0.02)
    assert process.returncode == 0, command
    own, started = highest
    print(f"  most memory at one moment {own + started} MB: {own} MB, and {started} MB in reading")


def large(folder: Path, pages: int) -> None:
    """Take in one large document, and print what that took."""
    began = time.monotonic()
    report = ingest(settings_of(folder))
    took = time.monotonic() - began
    assert len(report.added) == 1, report
    print(f"{pages} pages: {took:.1f} s, {60 * pages / took:.0f} pages a minute", flush=True)


def many(folder: Path, count: int) -> None:
    """Take in many documents; then none that changed, and then one."""
    settings = settings_of(folder)
    embedder = load_embedder(settings)
    began = time.monotonic()
    ingest(settings, embedder=embedder)
    print(f"{count} documents: {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    assert len(ingest(settings, embedder=embedder).unchanged) == count
    print(f"unchanged: {time.monotonic() - began:.1f} s")
    make_pdf(settings.corpus / "0.pdf", 11, seed=count)
    read = 0.0

    def follow(progress: Progress) -> None:
        nonlocal read
        if progress.page:
            read = time.time()

    report = ingest(settings, embedder=embedder, progress=follow)
    assert report.replaced == ("0",)
    told = "changed: searchable {:.1f} s after its last page was begun"
    switched(settings, embedder, read, told)
    began = time.time()
    assert remove(settings, "1").removed == ("1",)
    switched(settings, embedder, began, "removed: no longer found after {:.1f} s")


def switched(settings: Settings, embedder: Embedder, began: float, told: str) -> None:
    """Print when the index was switched, and how long what came after that took."""
    done = time.time()
    # The vectors may have moved since; the folder of the words is made right before the switch.
    [folder] = settings.index.glob(f"{LEXICAL}*")
    switch = (folder / LINKS).stat().st_mtime
    print(told.format(switch - began), end="")
    print(f", all of the former version cleared {done - switch:.1f} s later", end="")
    began = time.monotonic()
    Index.open(settings, embedder, Analyzer.load(None)).close()
    print(f"; opened anew in {time.monotonic() - began:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="*", default=[200, 1000, 2000])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--large", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.large:
        large(Path(given.large[0]), int(given.large[1]))
        return
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for pages in given.pages:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "corpus").mkdir()
            make_pdf(folder / "corpus" / "groot.pdf", pages)
            # A process of its own, so that its memory is its own.
            watched([sys.executable, __file__, "--large", folder, str(pages)])
    if given.documents:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "corpus").mkdir()
            for number in range(given.documents):
                make_pdf(folder / "corpus" / f"{number}.pdf", 4 + number % 9, seed=number)
            many(folder, given.documents)


if __name__ == "__main__":
    main()
