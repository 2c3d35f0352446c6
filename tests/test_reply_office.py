"""The drafts as LibreOffice shows them: converted to PDF, and read back."""

import re
import shutil
import subprocess
from datetime import date, datetime

import pytest
from assistant_parts import prepared
from letter_parts import LETTER, TO_DUINBROEK
from pypdf import PdfReader

from assistant.citations import cite
from assistant.reply.draft import load_template, reply_paper
from assistant.reply.files import paper_file
from assistant.reply.findings import find_answers
from assistant.reply.point_text import without_marker
from assistant.reply.work import begin
from assistant.wording import source_line

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed (apt-get install libreoffice-writer)",
)
SUFFIXES = ("docx", "odt")


def bare(text):
    """Text without white space and hyphens: a PDF breaks words and lines where it likes."""
    return re.sub(r"[\s\u00ad-]+", "", text)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def works(assistant, tmp_path_factory):
    """Of two letters: sources with lines, and sources with pages."""
    path = tmp_path_factory.mktemp("letters") / "brief.txt"
    found = []
    for letter in (LETTER, TO_DUINBROEK):
        path.write_text(letter, encoding="utf-8")
        found.append(begin(find_answers(assistant, path)))
    return found


@pytest.fixture(scope="module")
def shown(assistant, works, tmp_path_factory):
    """By suffix and number of the letter, the text of each page that LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("office")
    made = {}
    for number, work in enumerate(works):
        paper = reply_paper(work, assistant.documents, load_template(), date(2024, 5, 1))
        for suffix in SUFFIXES:
            path = folder / f"{suffix}-{number}.{suffix}"
            path.write_bytes(paper_file(paper, f".{suffix}", datetime(2024, 5, 1, 12, 0)))
            made[suffix, number] = path
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *map(str, made.values())]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
    return {
        key: [page.extract_text() for page in PdfReader(path.with_suffix(".pdf")).pages]
        for key, path in made.items()
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_headings_stand_in_the_order_of_the_points(shown, works, suffix):
    text = bare(" ".join(shown[suffix, 0]))
    items = works[0].items
    places = [text.find(bare(f"{n}. {item.heading}")) for n, item in enumerate(items, 1)]
    assert len(places) == 6
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("number", "place"), [(0, "regel"), (1, "pagina")])
def test_footnotes_name_document_section_and_place(shown, works, assistant, suffix, number, place):
    text = bare(" ".join(shown[suffix, number]))
    ticked = [item.evidence[n] for item in works[number].items for n in item.ticked]
    assert len(ticked) >= 2
    lines = []
    for one in ticked:
        citation = cite(one.quote, assistant.documents, number=1)
        lines.append(source_line(citation))
        assert bare(f"{lines[-1]}: „{citation.quote}”") in text
    assert any(re.search(rf"{place} \w", line) for line in lines)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_annex_has_a_page_of_its_own_and_a_row_for_each_point(shown, works, suffix):
    pages = shown[suffix, 0]
    first = next(n for n, page in enumerate(pages) if "Bijlage: punten" in page)
    assert first > 0
    annex = bare(" ".join(pages[first:]))
    assert bare("Wat de documenten zeggen") in annex
    for item in works[0].items:
        assert (
            bare(without_marker(item.point.core_text)[:25]) in annex
        )  # a row may go on over the page
        assert bare(item.stance.value) in annex


def test_a_footnote_of_open_document_stands_apart_from_its_number(shown):
    pages = " ".join(" ".join(page.split()) for page in shown["odt", 1])
    assert re.search(r"\b1 Evaluatie|\b1 [A-Z]", pages)
    assert not re.search(r"\b\d(?:Evaluatie|Sociale|Plan)", pages)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_page_bears_its_number(shown, suffix):
    pages = shown[suffix, 0]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert bare(f"Pagina {number} van {len(pages)}") in bare(page)
