"""The page of quotes that were checked by hand, in PDFs of different making."""

import sys
from pathlib import Path

import pytest

from ingest.readers.scans import recogniser

sys.path.insert(0, str(Path(__file__).parent / "evaluation"))

import pages

TRUTHS = pages.load(pages.FOLDER)
FILES = sorted({truth.file for truth in TRUTHS})


def test_there_are_sixty_quotes_in_ten_files_at_least_and_printed_numbers_among_them():
    assert len(TRUTHS) >= 60
    assert len(FILES) == 11
    assert {"ii", "iii", "1", "A-1"} <= {truth.label for truth in TRUTHS}


@pytest.mark.parametrize("file", FILES)
def test_every_quote_is_on_its_page(file):
    if file == "scan.pdf" and not recogniser():
        pytest.skip(
            "no tesseract; install it with: apt-get install tesseract-ocr tesseract-ocr-nld"
        )
    others = frozenset(FILES) - {file}
    scored = list(pages.score(pages.FOLDER, skip=others))
    assert len(scored) == 7
    assert [(truth.quote, why) for truth, why in scored if why] == []
