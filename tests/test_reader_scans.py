"""Scans: recognised where Tesseract is, named as unread where it is not."""

import stat

import pypdfium2
import pytest
from reader_parts import make_pdf, reading_of
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.wording import recognised_in_words
from ingest.readers import ReaderProcess, scans
from ingest.readers.limits import Limits

LINES = [
    "Nota over het waterbeleid van de gemeente",
    "De gemeente wil dat het grondwater schoon blijft en",
    "dat iedere inwoner een droge kelder houdt.",
    "Het plan kost 25.000 euro per jaar.",
]

needs_tesseract = pytest.mark.skipif(
    not scans.recogniser(),
    reason="no tesseract; install it with: apt-get install tesseract-ocr tesseract-ocr-nld",
)


@pytest.fixture(autouse=True)
def _look_again():
    """Each test looks for Tesseract itself."""
    scans.recogniser.cache_clear()
    yield
    scans.recogniser.cache_clear()


def scanned(tmp_path, pages):
    """A PDF of pictures of these pages; a page that is a string is text."""
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(72, 700, page)
        else:
            with pypdfium2.PdfDocument(make_pdf(tmp_path / "page.pdf", [page])) as made:
                picture = made[0].render(scale=2).to_pil()
            width, height = canvas._pagesize
            canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return tmp_path / "scan.pdf"


def program(tmp_path, monkeypatch, script):
    """Another program in the place of Tesseract."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    file = folder / "tesseract"
    file.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = --list-langs ]; then echo nld; exit; fi\n'
        'if [ "$1" = --version ]; then echo "tesseract 0.0"; exit; fi\n'
        f"{script}\n"
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@needs_tesseract
def test_a_scan_is_read_and_marked_with_how_sure_that_is(tmp_path):
    path = scanned(tmp_path, [LINES])
    with ReaderProcess() as process:  # with its limits: no file written, little memory
        reading = process.read(path)
    [page] = reading.pages
    assert reading.unread == ()
    assert (page.read_by, page.problem) == ("tesseract", "")
    assert page.confidence is not None
    assert page.confidence > 0.7
    assert "grondwater schoon blijft" in reading.text
    assert "25.000 euro" in reading.text
    assert recognised_in_words(page).startswith("gescand, herkend (zekerheid ")


@needs_tesseract
def test_a_mixed_document_loses_no_page(tmp_path):
    first, last = "Dit is gewone tekst op een bladzijde.", "Ook dit is gewone tekst."
    reading = reading_of(scanned(tmp_path, [first, LINES, last]).read_bytes(), "a.pdf")
    assert [page.read_by for page in reading.pages] == ["pypdf", "tesseract", "pypdf"]
    assert [page.confidence is None for page in reading.pages] == [True, False, True]
    assert reading.text.startswith(first)
    assert reading.text.endswith(last)
    second = reading.pages[1]
    assert "droge kelder" in reading.text[second.start : second.end]


def test_without_tesseract_scans_are_named_as_unread(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = reading_of(scanned(tmp_path, ["Gewone tekst.", LINES]).read_bytes(), "a.pdf")
    assert scans.recogniser() == ""
    assert reading.unread == (2,)
    assert reading.pages[1].problem == "gescand: alleen beeld"


def test_tesseract_without_dutch_counts_as_none(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "exit 1")
    assert scans.recogniser() == "tesseract 0.0"
    scans.recogniser.cache_clear()
    file = tmp_path / "bin" / "tesseract"
    file.write_text(file.read_text().replace("echo nld", "echo eng"))
    assert scans.recogniser() == ""


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "cat >/dev/null; echo nonsense",
        "exec sleep 60",
        "kill -9 $$",
        "yes | head -c 9999",
    ],
    ids=["fails", "nothing", "hangs", "dies", "rubbish"],
)
def test_a_page_that_cannot_be_recognised_is_named_and_the_rest_is_read(
    tmp_path, monkeypatch, script
):
    program(tmp_path, monkeypatch, script)
    data = scanned(tmp_path, ["Gewone tekst.", LINES]).read_bytes()
    reading = reading_of(data, "a.pdf", limits=Limits(seconds_a_scan=1))
    assert reading.text.strip() == "Gewone tekst."
    assert reading.pages[1].problem == "gescand: alleen beeld; herkennen lukte niet"


def test_what_is_hardly_sure_is_not_shown(tmp_path, monkeypatch):
    row = r"5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t{}\t{}\n"
    words = "".join(row.format(30, word) for word in ("Dit", "gissen", "wij", "alleen"))
    program(tmp_path, monkeypatch, f"cat >/dev/null; printf '{words}'")
    data = scanned(tmp_path, ["Gewone tekst.", LINES]).read_bytes()
    assert reading_of(data, "a.pdf").unread == (2,)
    file = tmp_path / "bin" / "tesseract"
    file.write_text(file.read_text().replace(r"\t30\t", r"\t80\t"))
    reading = reading_of(data, "a.pdf")
    assert reading.pages[1].confidence == pytest.approx(0.8)
    assert reading.text.endswith("Dit gissen wij alleen")


def test_no_more_scans_are_recognised_than_the_limits_say(tmp_path, monkeypatch):
    row = r"5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tWaterbeleid\n"
    program(tmp_path, monkeypatch, f"cat >/dev/null; printf '{row}'")
    data = scanned(tmp_path, [LINES, LINES, LINES]).read_bytes()
    reading = reading_of(data, "a.pdf", limits=Limits(scans=2))
    assert reading.unread == (3,)


def test_lines_and_paragraphs_of_tesseract_stay_apart():
    rows = [
        ("1", "1", "1", "Een"), ("1", "1", "1", "regel"), ("1", "1", "2", "volgt"),
        ("1", "2", "1", "Nieuwe"), ("2", "1", "1", "Ander"),
    ]  # fmt: skip
    table = "\n".join(
        "\t".join(("5", "1", *place, "1", "0", "0", "9", "9", "90.0", word))
        for *place, word in rows
    )
    found = scans._read(table.encode())
    assert found.text == "Een regel\nvolgt\n\nNieuwe\n\nAnder"
    assert found.confidence == pytest.approx(0.9)


@needs_tesseract
def test_after_scans_in_vain_each_gets_little_time_until_one_is_recognised(tmp_path):
    path = scanned(tmp_path, [LINES, "Een bladzijde met tekst.", LINES])
    impatient = Limits(seconds_in_vain=0.0, seconds_a_try=0.0)  # as if others failed before
    data = path.read_bytes()
    hurried = reading_of(data, "scan.pdf", limits=impatient)
    assert hurried.unread == (1, 3)
    assert all("herkennen lukte niet" in hurried.pages[n].problem for n in (0, 2))
    patient = Limits(seconds_in_vain=1000.0, seconds_a_try=0.0)
    assert reading_of(data, "scan.pdf", limits=patient).unread == ()
