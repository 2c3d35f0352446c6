import pytest
from reader_parts import write

from ingest.errors import ReadingError
from ingest.readers import read

TEXT = "Eén agenda voor álle inwoners – € 25.000\nTweede regel\n"


@pytest.mark.parametrize(
    ("encoding", "recorded"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_in_any_character_set_and_line_end_reads_the_same(
    tmp_path, encoding, recorded, line_end
):
    data = TEXT.replace("\n", line_end).encode(encoding)
    reading = read(write(tmp_path / "a.txt", data))
    assert (reading.text, reading.encoding) == (TEXT, recorded)
    assert reading.pages == ()


def test_a_byte_that_windows_1252_leaves_open_is_shown_as_unknown(tmp_path):
    reading = read(write(tmp_path / "a.txt", b"caf\xe9 \x81 tekst"))
    assert (reading.text, reading.encoding) == ("café \ufffd tekst", "cp1252")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is leeg"),
        (b" \n\t\n", "bevat geen tekst"),
        (b"\xef\xbb\xbf", "bevat geen tekst"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "is geen tekstbestand"),
        (b"gewone tekst\0met een nul", "is geen tekstbestand"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "heet .txt maar is een afbeelding"),
        (b"\xff\xfe\x00", "is geen tekstbestand"),
        ("tekst\0nul".encode("utf-16"), "is geen tekstbestand"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path, data, message):
    with pytest.raises(ReadingError, match=rf"a\.txt {message}"):
        read(write(tmp_path / "a.txt", data))
