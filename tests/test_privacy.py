"""Personal data are found and named by place; nothing of a document's text reaches a log."""

import logging
import subprocess
import sys

import pytest
from conftest import PlainWords, WordCounts
from reader_parts import make_pdf, zipped

from assistant.page.document import document_html
from assistant.wording import page_in_words
from ingest.documents import PersonalKind
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.privacy import is_bsn, is_iban, personal_data
from ingest.removal import remove

SECRET = "Zonnebloemgeheim"


@pytest.mark.parametrize("digits", ["111222333", "123456782", "010464554", "10464554"])
def test_a_number_that_passes_the_eleven_test_is_one(digits):
    # 9*1 + 8*2 + 7*3 + 6*4 + 5*5 + 4*6 + 3*7 + 2*8 - 2 = 154 = 14 * 11, for 123456782.
    assert is_bsn(digits)


@pytest.mark.parametrize("digits", ["123456789", "111222334", "000000000", "12345678"])
def test_a_number_that_fails_the_eleven_test_is_none(digits):
    assert not is_bsn(digits)


def test_an_account_number_must_have_the_right_check_digits():
    assert is_iban("NL91ABNA0417164300")
    assert is_iban("DE89370400440532013000")
    assert not is_iban("NL92ABNA0417164300")
    assert not is_iban("NL91ABNA041716430")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("BSN 123456782 van de aanvrager", PersonalKind.CITIZEN, "123456782"),
        ("burgerservicenummer: 1234.56.782", PersonalKind.CITIZEN, "1234.56.782"),
        ("Inwoner 123456782 vraagt hulp.", PersonalKind.CITIZEN, "123456782"),
        ("rekening NL91 ABNA 0417 1643 00.", PersonalKind.ACCOUNT, "NL91 ABNA 0417 1643 00"),
        ("Mail naar j.jansen@voorbeeld.nl.", PersonalKind.MAIL, "j.jansen@voorbeeld.nl"),
        ("Bel 06-12345678 of kom langs.", PersonalKind.PHONE, "06-12345678"),
        ("Telefoon (0345) 12 34 56", PersonalKind.PHONE, "(0345) 12 34 56"),
        ("+31 6 1234 5678", PersonalKind.PHONE, "+31 6 1234 5678"),
    ],
)
def test_personal_data_are_found_where_they_stand(text, kind, found):
    [one] = personal_data(text)
    assert (one.kind, text[one.start : one.end]) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "Het budget is € 123456782 voor vier jaar.",
        "Het budget is 123.456.782 euro.",
        "Zaaknummer 123456782",
        "KvK 123456782",
        "Van 2019 tot 2024, artikel 2.1.3 en 1.234.567 inwoners",
        "ISBN 978-90-12345-67-8",
        "Raadsbesluit 2021/123456782-a",
        "de tabel 0123 4567",
        "volg @gemeente op sociale media",
        "1 2 3 4 5 6 7 8 2 zijn de punten",
    ],
)
def test_amounts_and_other_numbers_are_no_personal_data(text):
    assert personal_data(text) == ()


def test_the_notice_names_the_places_and_never_the_data(settings, tmp_path):
    make_pdf(
        settings.corpus / "lijst.pdf",
        [["Nota over water"], ["De aanvrager heeft BSN 123456782.", "Mail a.b@voorbeeld.nl"]],
    )
    report = ingest(settings, embedder=WordCounts(), analyzer=PlainWords())
    [note] = [note for note in report.notes if "persoonsgegevens" in note]
    assert "1 keer een burgerservicenummer" in note
    index = Index.open(settings, WordCounts(), PlainWords())
    document = index.documents["lijst"]
    index.close()
    assert [one.kind for one in document.personal] == [PersonalKind.CITIZEN, PersonalKind.MAIL]
    html = document_html(document, index.documents, described=False)
    assert "burgerservicenummer (1 keer)" in html
    assert page_in_words(2, "2") in html
    for secret in ("123456782", "a.b@voorbeeld.nl"):
        assert secret not in html
        assert secret not in " ".join(report.notes)


def test_nothing_of_a_text_reaches_a_log_or_the_screen(settings, caplog, capfd):
    text = f"{SECRET} beleid\n\nDe {SECRET} is voor 123456782 en {SECRET.lower()}.\n"
    (settings.corpus / "geheim.txt").write_text(text)
    (settings.corpus / "kapot.pdf").write_bytes(b"%PDF-1.7 " + SECRET.encode() * 20)
    (settings.corpus / "bundel.zip").write_bytes(zipped({"a.txt": text * 2, "b.docx": SECRET}))
    with caplog.at_level(logging.DEBUG):
        report = ingest(settings, embedder=WordCounts(), analyzer=PlainWords())
        Index.open(settings, WordCounts(), PlainWords()).close()
        report = remove(settings, "geheim")
    shown = capfd.readouterr()
    told = " ".join((caplog.text, shown.out, shown.err, *report.notes, *report.failed.values()))
    assert SECRET.lower() not in told.lower()
    assert "123456782" not in told


def test_the_command_tells_nothing_of_a_text_either(settings):
    (settings.corpus / "nota.txt").write_text(f"Nota\n\nDe {SECRET} is voor 123456782.\n")
    places = ["--corpus", settings.corpus, "--index", settings.index]
    for order in ([], ["--check"], ["--remove", "nota"]):
        result = subprocess.run(
            [sys.executable, "-m", "ingest", *order, *places],
            capture_output=True,
            text=True,
            check=True,
        )
        assert SECRET not in result.stdout + result.stderr
        assert "123456782" not in result.stdout + result.stderr
