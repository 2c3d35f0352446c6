"""What a file is shows in its content, whatever its name says."""

import importlib
import io
from pathlib import Path

import pytest
from reader_parts import docx, make_pdf, p, reading_of, zipped

from ingest.errors import ReadingError
from ingest.readers import READERS, is_readable, read, worker
from ingest.readers.formats import FORMATS, UNREAD
from ingest.readers.job import Job

BROKEN = Path(__file__).parent / "data" / "broken"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def ole(stream):
    return OLE + stream.encode("utf-16-le") + b"\0" * 100


def test_each_format_has_a_reader_that_its_module_defines():
    for form in FORMATS:
        module = importlib.import_module(f"ingest.readers.{form.module}")
        assert callable(module.read if form.has_text else module.members)
        assert not form.holds or callable(module.members)
    suffixes = [suffix for form in (*FORMATS, *UNREAD) for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_an_unknown_format_is_named_as_not_taken_in(tmp_path):
    (tmp_path / "b.dwg").write_bytes(b"x")
    with pytest.raises(ReadingError, match=r"b\.dwg is niet opgenomen.*\.pdf, \.docx"):
        read(tmp_path / "b.dwg")
    assert not is_readable(tmp_path / "b.dwg")
    assert all(is_readable(tmp_path / f"a{suffix.upper()}") for suffix in READERS)


def pdf(tmp_path):
    return make_pdf(tmp_path / "x.pdf", [["Plan voor water"]]).read_bytes()


@pytest.mark.parametrize(
    ("name", "make", "remark"),
    [
        ("a.pdf", lambda _: docx(p("Plan voor water")), "heet .pdf maar is een Word-bestand"),
        ("a.docx", pdf, "heet .docx maar is een pdf"),
        ("a.txt", pdf, "heet .txt maar is een pdf"),
        ("a.txt", lambda _: rb"{\rtf1 Plan voor water}", "heet .txt maar is een RTF-bestand"),
        ("a.pdf", lambda _: b"<!DOCTYPE html><p>Plan voor water", "maar is een webpagina"),
        ("a.docx", lambda _: "Plan voor water".encode("utf-16"), "maar is platte tekst"),
        ("a.PDF", lambda _: b"Plan voor water", "heet .PDF maar is platte tekst"),
    ],
)
def test_a_wrong_suffix_is_said_and_the_file_is_read_for_what_it_is(tmp_path, name, make, remark):
    reading = reading_of(make(tmp_path), name)
    assert reading.text == "Plan voor water"
    [note] = reading.notes
    assert remark in note


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "heet .pdf maar is een afbeelding"),
        ("a.txt", b"MZ\x90\0", "heet .txt maar is een programma"),
        ("a.docx", zipped({"a.txt": "x"}), "heet .docx maar is een ZIP-bestand. Geef het"),
        ("a.docx", zipped({"[Content_Types].xml": "", "ppt/x.xml": ""}), "is een presentatie"),
        ("a.docx", ole("EncryptedPackage"), "maar is een beveiligd Office-bestand. Sla het op zon"),
        ("a.docx", ole("WordDocument"), "maar is een oud Word-bestand. Sla het op als .docx of .p"),
        ("a.eml", ole("__substg1.0_0037"), "maar is een Outlook-bericht. Sla het op als .eml"),
        ("a.xlsx", ole("Workbook"), "maar is een oud Office-bestand"),
        ("a.pdf", b"", "is leeg"),
        ("a.odt", b"\0" * 50, "is beschadigd"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(name, data, message):
    with pytest.raises(ReadingError) as caught:
        reading_of(data, name)
    assert message in str(caught.value)


def test_the_format_and_character_set_are_recorded(tmp_path):
    assert reading_of(docx(p("x")), "a.docx").format == "Word-bestand"
    reading = reading_of("Café".encode("cp1252"), "a.txt")
    assert (reading.format, reading.encoding) == ("platte tekst", "cp1252")


def test_half_a_character_is_shown_as_unknown():
    assert reading_of(rb"{\rtf1 a\u55357?b}", "a.rtf").text == "a\ufffdb"


def outcome(path):
    """The text of a file, or why it is refused; an error of another kind is a fault."""
    job = Job(path.name, io.BytesIO(path.read_bytes()))
    try:
        worker.look_into(job)
        job.stream.seek(0)
        return worker.read(job).text
    except ReadingError as error:
        return str(error)


@pytest.mark.parametrize("path", sorted(BROKEN.iterdir()), ids=lambda path: path.name)
def test_files_that_once_broke_their_reader_are_read_or_refused(path):
    """Found by tests/evaluation/fuzz.py: each made its reader hang, or fail in its own way."""
    assert outcome(path)
