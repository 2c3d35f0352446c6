import pytest

from ingest.errors import ReadingError
from ingest.readers import READERS, is_readable, read


def test_an_unknown_format_is_named_as_not_taken_in(tmp_path):
    (tmp_path / "b.dwg").write_bytes(b"x")
    with pytest.raises(ReadingError, match=r"b\.dwg is niet opgenomen.*\.md, \.pdf, \.txt"):
        read(tmp_path / "b.dwg")
    assert not is_readable(tmp_path / "b.dwg")
    assert all(is_readable(tmp_path / f"a{suffix.upper()}") for suffix in READERS)
