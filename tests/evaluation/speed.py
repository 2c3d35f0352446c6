"""Measure how fast documents go in, and what memory that takes.

    python tests/evaluation/speed.py [--pages 200 2000] [--documents 500]

Printed are: pages a minute with statements and vectors, and the highest memory of the program and
of its reading process; the time that an unchanged folder takes; and the time from the last page
that is read of a changed document until it is searchable in that folder.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from make_pages import paragraphs
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, PageBreak, Paragraph, SimpleDocTemplate

from ingest.embeddings import load_embedder
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.report import Progress
from ingest.settings import Settings
from ingest.store import MANIFEST

MEGABYTE = 1024


def make_pdf(path: Path, pages: int) -> None:
    """A policy paper: a page has a heading, five paragraphs and a list of goals."""
    styles = getSampleStyleSheet()
    story = []
    for page in range(pages):
        story.append(Paragraph(f"{page + 1}. Onderwerp {page + 1}", styles["Heading2"]))
        texts = paragraphs(page + 1, 6, 5)
        story += [Paragraph(text, styles["BodyText"]) for text in texts[:5]]
        story.append(Paragraph("Onze doelen:", styles["BodyText"]))
        goals = [Paragraph(text, styles["BodyText"]) for text in texts[5].split(". ")]
        story += [ListFlowable(goals, bulletType="bullet"), PageBreak()]
    SimpleDocTemplate(str(path)).build(story)


def settings_of(folder: Path) -> Settings:
    return Settings(corpus=folder / "corpus", index=folder / "index")


def peak(who: int) -> int:
    """Highest memory in megabytes, of this process or of the largest that it started."""
    return resource.getrusage(who).ru_maxrss // MEGABYTE


def large(folder: Path, pages: int) -> None:
    """Take in one large document, and print what that took."""
    began = time.monotonic()
    report = ingest(settings_of(folder))
    took = time.monotonic() - began
    assert len(report.added) == 1, report
    print(
        f"{pages} pages: {took:.1f} s, {60 * pages / took:.0f} pages a minute; memory "
        f"{peak(resource.RUSAGE_SELF)} MB, reading {peak(resource.RUSAGE_CHILDREN)} MB"
    )


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
    make_pdf(settings.corpus / "0.pdf", 11)
    read = 0.0

    def follow(progress: Progress) -> None:
        nonlocal read
        if progress.page:
            read = time.time()

    report = ingest(settings, embedder=embedder, progress=follow)
    assert report.replaced == ("0",)
    done = time.time()
    switched = (settings.index / MANIFEST).stat().st_mtime
    print(f"changed: searchable {switched - read:.1f} s after its last page was begun, ", end="")
    print(f"the former version cleared {done - switched:.1f} s later")
    from ingest.dutch.analysis import Analyzer

    began = time.monotonic()
    Index.open(settings, embedder, Analyzer.load(None)).close()
    print(f"opened anew: {time.monotonic() - began:.1f} s")


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
            command = [sys.executable, __file__, "--large", folder, str(pages)]
            subprocess.run(command, check=True)
    if given.documents:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "corpus").mkdir()
            for number in range(given.documents):
                make_pdf(folder / "corpus" / f"{number}.pdf", 1 + number % 3)
            many(folder, given.documents)


if __name__ == "__main__":
    main()
