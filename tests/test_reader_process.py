import os
import signal
import sys
import threading
import time

import pytest
from reader_parts import make_pdf

from ingest.errors import ReadingError
from ingest.readers import ReaderProcess, process, read
from ingest.readers.limits import Limits

QUICK = Limits(seconds=1.5, seconds_a_page=0, silence=1)
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit or signal")


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """Reads a file of orders (hostile_worker.py) with a process that obeys them."""
    monkeypatch.setattr(process, "_WORKER", "tests.hostile_worker")

    class Orders:
        def __init__(self):
            self.process = ReaderProcess(QUICK)

        def read(self, *orders):
            path = tmp_path / "a.txt"
            path.write_text("\n".join(orders))
            return self.process.read(path)

    orders = Orders()
    yield orders
    orders.process.close()


def test_one_process_reads_one_file_after_the_other(hostile):
    first = hostile.read("pid").text
    assert hostile.read("pid").text == first != str(os.getpid())


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("hang", "het lezen duurde te lang"),
        ("spin", "het lezen duurde te lang"),
        pytest.param("crash", "het lezen liep vast", marks=POSIX),
        pytest.param("memory", "het lezen vroeg te veel geheugen", marks=POSIX),
    ],
)
def test_what_goes_wrong_is_an_error_that_names_the_file_and_the_next_file_is_read(
    hostile, order, why
):
    hostile.read("pid")
    began = time.monotonic()
    with pytest.raises(ReadingError, match=rf"a\.txt is niet te lezen: {why}\. Sla"):
        hostile.read(order)
    assert time.monotonic() - began < 8
    assert hostile.read("Gewone tekst").text == "Gewone tekst"


@POSIX
@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("!hang", "het lezen duurde te lang"),
        ("!crash", "het lezen liep vast"),
        ("!memory", "het lezen vroeg te veel geheugen"),
    ],
)
def test_a_page_that_goes_wrong_is_passed_over_and_named(hostile, order, why):
    reading = hostile.read("?Een", order, "?Drie")
    assert reading.text == f"Een\n{why}\nDrie"
    assert [(page.number, page.problem) for page in reading.pages] == [(1, ""), (2, why), (3, "")]
    assert reading.unread == (2,)


@POSIX
def test_a_file_with_too_many_bad_pages_is_given_up_at_a_page(hostile):
    with pytest.raises(ReadingError, match="het lezen liep vast bij pagina 5"):
        hostile.read("?Een", "!crash", "!crash", "!crash", "!crash")


def test_pages_that_each_take_long_do_not_take_for_ever(hostile):
    began = time.monotonic()
    with pytest.raises(ReadingError, match=r"duurde te lang bij pagina \d"):
        hostile.read("?a", "!hang", "!hang", "!hang", "!hang")
    assert time.monotonic() - began < 8


def test_an_unexpected_error_of_a_library_is_damage(hostile):
    with pytest.raises(ReadingError, match=r"a\.txt is beschadigd of niet volledig"):
        hostile.read("error")
    with pytest.raises(ReadingError, match="het lezen liep vast"):
        hostile.read("nonsense")


def test_what_a_library_prints_goes_nowhere(hostile, capfd):
    assert hostile.read("print").text == "print"
    assert capfd.readouterr() == ("", "")


def test_the_process_gets_no_settings_and_loads_no_large_library(hostile, monkeypatch):
    monkeypatch.setenv("BELEIDSWIJZER_LLM_KEY", "geheim")
    assert hostile.read("environment", "modules").text == "\n"


@POSIX
def test_the_process_writes_no_file(hostile):
    assert hostile.read("write").text == "OSError"


def test_closing_ends_the_process(hostile):
    pid = int(hostile.read("pid").text)
    hostile.process.close()
    assert not is_alive(pid)
    assert hostile.read("opnieuw").text == "opnieuw"


@POSIX
def test_a_process_that_was_killed_meanwhile_is_replaced(hostile):
    pid = int(hostile.read("pid").text)
    os.kill(pid, signal.SIGKILL)
    while is_running(pid):
        time.sleep(0.01)
    assert hostile.read("verder").text == "verder"


def is_running(pid):
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().split(") ")[1][0] not in "ZX"


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def test_threads_wait_for_each_other(hostile):
    texts = []
    threads = [
        threading.Thread(target=lambda: texts.append(hostile.read("tekst").text)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["tekst"] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="the memory is limited on Linux only")
def test_the_real_process_has_limits_too(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Tekst"]])
    with ReaderProcess(Limits(memory=40 * 1024**2)) as process, pytest.raises(ReadingError):
        process.read(path)
    assert read(path).text == "Tekst"


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 3_000_000)
    with (
        ReaderProcess(Limits(file_bytes=2 * 1024**2)) as process,
        pytest.raises(ReadingError, match=r"a\.txt is te groot: meer dan 2 MB"),
    ):
        process.read(path)
    with (
        ReaderProcess(Limits(characters=1_000_000)) as process,
        pytest.raises(ReadingError, match=r"a\.txt bevat te veel tekst"),
    ):
        process.read(path)


def test_a_missing_file_is_an_error_for_the_user(tmp_path):
    with pytest.raises(ReadingError, match=r"weg\.txt is niet te openen"):
        read(tmp_path / "weg.txt")
