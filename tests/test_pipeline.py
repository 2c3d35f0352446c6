import contextlib
import errno
import json
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from conftest import PlainWords, WordCounts
from reportlab.pdfgen.canvas import Canvas

from ingest import lock, publish, store, vectors
from ingest.check import check
from ingest.errors import IndexingError, IndexLockedError, SettingsError
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.readers import ReaderProcess
from ingest.removal import remove
from ingest.report import Progress
from ingest.settings import Settings
from ingest.store import MANIFEST
from ingest.traces import find_traces

# Children are forked from a process that has the modules loaded and nothing else going on.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["ingest.pipeline", "ingest.check", "chromadb"])


def run(settings, **others):
    parts = {"embedder": WordCounts(), "analyzer": PlainWords(), **others}
    return ingest(settings, **parts)


def opened(settings, embedder="word-counts"):
    return Index.open(settings, WordCounts(embedder), PlainWords())


def snapshot(folder):
    """Content and time of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def outcomes(report):
    return report.added, report.replaced, report.unchanged, report.removed


def in_child(target, *arguments):
    """Run a function in a process of its own; give its exit code."""
    child = processes.Process(target=target, args=arguments)
    child.start()
    child.join(60)
    return child.exitcode


# ---- what a run does


def test_a_first_run_takes_all_documents_in(settings):
    report = run(settings)
    assert outcomes(report) == (("brief", "plan"), (), (), ())
    assert (report.failed, report.notes, report.rebuilt) == ({}, (), "")
    assert report.seconds > 0
    assert check(settings) == []
    index = opened(settings)
    assert index.documents["plan"].document.municipality == "Voorbeeldstad"
    assert index.documents["plan"].text == (settings.corpus / "plan.txt").read_text()


def test_a_second_run_changes_nothing_on_disk(settings):
    run(settings)
    before = snapshot(settings.index)
    report = run(settings)
    assert outcomes(report) == ((), (), ("brief", "plan"), ())
    assert snapshot(settings.index) == before
    assert len(before) > 8


def test_a_changed_document_is_replaced_as_a_whole(settings):
    run(settings)
    (settings.corpus / "plan.txt").write_text("Nieuw plan\n\nAlleen over wonen in het dorp.\n")
    assert outcomes(run(settings)) == ((), ("plan",), ("brief",), ())
    assert check(settings) == []
    index = opened(settings)
    assert index.documents["plan"].text.startswith("Nieuw plan")
    assert not index.lexical.scores("mantelzorgers").any()
    assert index.lexical.scores("dorp").any()
    assert "dorp" in index.passages[index.dense("wonen in het dorp", 1)[0][0]].text
    names = {path.name.split("-")[0] for path in (settings.index / "documents").iterdir()}
    assert names == {"brief", "plan"}
    assert len(list((settings.index / "documents").iterdir())) == 6
    assert len(list(settings.index.glob("lexical-*"))) == 1


def test_a_document_whose_file_has_gone_is_removed(settings):
    run(settings)
    (settings.corpus / "plan.txt").unlink()
    assert outcomes(run(settings)) == ((), (), ("brief",), ("plan",))
    assert list(opened(settings).documents) == ["brief"]
    assert check(settings) == []


def test_a_change_in_the_catalog_takes_only_that_document_in_again(settings):
    run(settings)
    (settings.corpus / "catalog.toml").write_text('["plan.txt"]\ntitle = "Het plan"\n')
    assert outcomes(run(settings)) == ((), ("plan",), ("brief",), ())
    assert opened(settings).documents["plan"].document.title == "Het plan"


class NoReader(ReaderProcess):
    def read(self, path, *others):
        raise AssertionError(f"{path} is read")


@pytest.mark.parametrize("fields", ['title = "Het plan"', 'kind = "nota"', 'status = "concept"'])
def test_a_change_of_what_is_known_reads_no_file_again(settings, fields):
    run(settings)
    text = opened(settings).documents["plan"].text
    (settings.corpus / "catalog.toml").write_text(f'["plan.txt"]\n{fields}\n')
    report = run(settings, readers=NoReader())
    assert (report.replaced, report.failed) == (("plan",), {})
    assert opened(settings).documents["plan"].text == text
    assert check(settings) == []
    assert len(list((settings.index / "documents").iterdir())) == 6


def test_what_cannot_be_read_is_not_tried_again_while_it_is_the_same(settings):
    broken = settings.corpus / "kapot.pdf"
    broken.write_bytes(b"%PDF-1.4 en verder niets")
    first = run(settings)
    assert len(first.failed) == 1
    before = snapshot(settings.index)
    again = run(settings, readers=NoReader())
    assert again.failed == first.failed
    assert snapshot(settings.index) == before
    # Also after a run that clears what is left over, and until it is checked or another file.
    (settings.corpus / "plan.txt").unlink()
    run(settings)
    assert run(settings, readers=NoReader()).failed == first.failed
    for others in ({"repair": True}, {}):
        if not others:
            broken.write_bytes(b"%PDF-1.4 en weer niets")
        with pytest.raises(AssertionError, match="is read"):
            run(settings, readers=NoReader(), **others)
    broken.unlink()
    (settings.corpus / "brief.txt").write_text("Brief\n\nEen andere brief.")
    run(settings)
    assert find_traces([settings.index], ["kapot"]) == {}


def test_a_reading_that_is_damaged_is_made_anew(settings):
    run(settings)
    [kept] = (settings.index / "documents").glob("plan-*.reading.json")
    good = kept.read_text()
    kept.write_text(good.replace("}", ""))
    (settings.corpus / "catalog.toml").write_text('["plan.txt"]\ntitle = "Het plan"\n')
    assert run(settings).replaced == ("plan",)
    assert kept.read_text() == good


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ({"embedder": WordCounts("anders")}, "het embeddingmodel"),
        ({"analyzer": PlainWords("anders")}, "de taalregels"),
    ],
)
def test_other_settings_rebuild_everything_and_say_so(settings, part, named):
    run(settings)
    report = run(settings, **part)
    assert outcomes(report) == ((), ("brief", "plan"), (), ())
    assert named in report.rebuilt
    assert check(settings) == []
    # Of the former collections nothing is left: two for passages and statements of now.
    assert len([path for path in (settings.index / "chroma").iterdir() if path.is_dir()]) <= 2


def test_progress_counts_up_to_a_total_that_is_known_from_the_start(settings):
    seen: list[Progress] = []
    run(settings, progress=seen.append)
    assert {step.total for step in seen} == {3}
    assert [step.done for step in seen] == sorted(step.done for step in seen)
    assert seen[-1].done == 3
    named = [(step.document, step.outcome) for step in seen if step.outcome]
    assert named == [("brief.txt", "nieuw"), ("plan.txt", "nieuw")]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(settings):
    (settings.corpus / "leeg.txt").write_bytes(b"")
    (settings.corpus / "beeld.txt").write_bytes(b"\x89PNG\0\0")
    (settings.corpus / "half.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    report = run(settings)
    assert report.added == ("brief", "plan")
    assert {Path(name).name for name in report.failed} == {"leeg.txt", "beeld.txt", "half.pdf"}
    assert check(settings) == []


def test_a_document_that_can_no_longer_be_read_keeps_its_former_version(settings):
    run(settings)
    text = opened(settings).documents["plan"].text
    (settings.corpus / "plan.txt").write_bytes(b"")
    report = run(settings)
    [message] = report.failed.values()
    assert "is leeg" in message
    assert "vorige versie blijft" in message
    assert report.removed == ()
    assert opened(settings).documents["plan"].text == text


def test_a_rebuild_cannot_keep_what_can_no_longer_be_read_and_says_so(settings):
    run(settings)
    (settings.corpus / "plan.txt").write_bytes(b"")
    report = run(settings, embedder=WordCounts("anders"))
    [message] = report.failed.values()
    assert "staat nu niet meer in de index" in message
    assert report.removed == ()


def test_pages_that_cannot_be_read_are_named(settings):
    canvas = Canvas(str(settings.corpus / "scan.pdf"))
    for line in ("Nota over water", "", "Het water stroomt.", ""):
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    report = run(settings)
    [note] = report.notes
    assert "Van scan.pdf zijn 2 van de 4 pagina's niet te lezen" in note
    assert note.endswith(": 2, 4 (leeg: geen tekst en geen beeld).")
    document = opened(settings).documents["scan"]
    assert document.unread == (2, 4)
    assert {(p.first_page, p.last_page) for p in document.passages} <= {(1, 1), (3, 3), (1, 3)}


def test_files_that_are_passed_over_are_named(settings):
    (settings.corpus / "README.md").write_text("Over deze map")
    (settings.corpus / ".verborgen.txt").write_text("x")
    (settings.corpus / "tekening.dwg").write_bytes(b"x")
    (settings.corpus / "catalog.toml").write_text('["weg.txt"]\ntitle = "Weg"\n')
    report = run(settings)
    assert report.added == ("brief", "plan")
    assert report.failed == {}
    assert len(report.notes) == 2
    assert "'weg.txt'" in report.notes[0]
    assert "tekening.dwg is niet opgenomen" in report.notes[1]


@pytest.mark.parametrize("name", ["é" * 120, "a b #1 % '\"<x>", "-begin", "[a] *?", "日本語"])
def test_any_name_that_a_file_can_have_will_do(settings, name):
    (settings.corpus / f"{name}.txt").write_text("Nota over water\n\nHet water stroomt.\n")
    assert name in run(settings).added
    assert check(settings) == []
    assert opened(settings).documents[name].document.file == f"{name}.txt"
    assert remove(settings, name).removed == (name,)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file name is always text")
def test_a_name_that_is_no_text_is_named(settings):
    path = os.fsencode(settings.corpus) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:
        stream.write(b"Nota over water")
    report = run(settings)
    [message] = report.failed.values()
    assert "caf\ufffd.txt heeft onleesbare tekens" in message
    assert report.added == ("brief", "plan")


def test_files_of_one_name_get_an_id_of_their_own(settings):
    run(settings)
    (settings.corpus / "map").mkdir()
    (settings.corpus / "map" / "plan.md").write_text("Ander plan over water.")
    (settings.corpus / "plan.md").write_text("Nog een plan over water.")
    report = run(settings)
    assert report.failed == {}
    assert report.added == ("map+plan.md", "plan.md")
    assert report.unchanged == ("brief", "plan")
    texts = {name: document.text for name, document in opened(settings).documents.items()}
    assert texts["map+plan.md"].startswith("Ander plan")
    assert run(settings).unchanged == tuple(texts)
    assert remove(settings, "plan").removed == ("plan",)


def test_a_corpus_that_does_not_exist_is_an_error_and_removes_nothing(settings):
    run(settings)
    shutil.rmtree(settings.corpus)
    with pytest.raises(SettingsError, match="bestaat niet"):
        run(settings)
    assert len(opened(settings).documents) == 2


# ---- files from outside the corpus


def test_a_file_from_elsewhere_stays_until_it_is_removed(settings, tmp_path):
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "nota.txt").write_text("Nota over water\n\nHet water stroomt.\n")
    assert run(settings, paths=[elsewhere]).added == ("brief", "nota", "plan")
    assert run(settings).unchanged == ("brief", "nota", "plan")
    (elsewhere / "nota.txt").unlink()
    report = run(settings)
    [message] = report.failed.values()
    assert "bestaat niet meer" in message
    assert "--remove nota" in message
    assert list(opened(settings).documents) == ["brief", "nota", "plan"]
    [proof] = remove(settings, "nota").notes
    assert "staat er geen meer" in proof
    assert outcomes(run(settings)) == ((), (), ("brief", "plan"), ())


def test_a_path_that_does_not_exist_is_named(settings, tmp_path):
    report = run(settings, paths=[tmp_path / "weg.pdf"])
    [message] = report.failed.values()
    assert "weg.pdf bestaat niet" in message
    assert report.added == ("brief", "plan")


# ---- removing


def test_nothing_of_a_removed_document_can_be_read_from_the_index(settings):
    (settings.corpus / "xylofoon.txt").write_text("Xylofoonbeleid\n\nOver de xylofoonkwestie.\n")
    run(settings)
    assert any(b"ylofoon" in content for _, content in snapshot(settings.index).values())
    report = remove(settings, "xylofoon")
    assert report.removed == ("xylofoon",)
    proof, comes_back = report.notes
    assert "staat er geen meer in de index" in proof
    assert "komt het bij de volgende keer terug" in comes_back
    left = {
        name for name, (_, content) in snapshot(settings.index).items() if b"ylofoon" in content
    }
    assert left == set()
    assert check(settings) == []
    assert list(opened(settings).documents) == ["brief", "plan"]


@pytest.mark.parametrize("change", ["nothing", "removed", "one passage"])
def test_who_reads_the_index_writes_nothing_of_its_memory_there(settings, change):
    if change == "one passage":
        shutil.rmtree(settings.corpus)
        settings.corpus.mkdir()
        (settings.corpus / "plan.txt").write_text("Plan\n\nDe gemeente beweegt.\n")
    run(settings)
    if change == "removed":
        remove(settings, "plan")
    before = {path: path.read_bytes() for path in (settings.index / "chroma").rglob("*.bin")}
    index = opened(settings)
    assert index.dense("gemeente", 1)
    index.vectors()
    index.close()
    assert check(settings) == []
    after = {path: path.read_bytes() for path in (settings.index / "chroma").rglob("*.bin")}
    assert after == before != {}


def test_removing_an_unknown_document_names_the_known_ones(settings):
    run(settings)
    with pytest.raises(IndexingError, match=r"geen document 'plna'.*brief, plan"):
        remove(settings, "plna")


# ---- an index that something happened to


@pytest.mark.parametrize(
    "spoil",
    [
        lambda index: (index / "manifest.json").write_text("{"),
        lambda index: (index / "manifest.json").write_text('{"format": "beleidswijzer-index-0"}'),
        lambda index: shutil.rmtree(index / "chroma"),
        lambda index: shutil.rmtree(index / "documents"),
        lambda index: shutil.rmtree(next(index.glob("lexical-*"))),
    ],
)
def test_a_damaged_index_is_made_anew_and_that_is_said(settings, spoil):
    run(settings)
    spoil(settings.index)
    report = run(settings)
    assert report.rebuilt
    assert check(settings) == []
    assert len(opened(settings).documents) == 2


@pytest.mark.parametrize("name", ["vakantie.jpg", "src"])
def test_a_foreign_folder_is_left_alone(settings, name):
    settings.index.mkdir()
    (settings.index / name).write_text("van mij")
    before = snapshot(settings.index)
    with pytest.raises(IndexingError, match=f"iets anders dan een index: {name}"):
        run(settings)
    assert snapshot(settings.index) == before


def test_a_manifest_of_another_program_is_left_alone(settings):
    settings.index.mkdir()
    (settings.index / "manifest.json").write_text('{"name": "web app"}')
    with pytest.raises(IndexingError, match="niet door deze versie"):
        run(settings)
    assert (settings.index / "manifest.json").read_text() == '{"name": "web app"}'


def test_check_finds_what_does_not_agree(settings):
    run(settings)
    [file] = (settings.index / "documents").glob("plan-????????.json")
    file.write_text(file.read_text().replace("een steunpunt", "geen steunpunt", 1))
    problems = check(settings)
    assert problems
    assert "plan: " in problems[0]


# ---- one writer at a time


def hold_lock(folder, ready, done):
    with lock.write_lock(folder):
        ready.set()
        done.wait(60)


def test_a_second_writer_is_told_who_is_writing(settings):
    run(settings)
    ready, done = processes.Event(), processes.Event()
    other = processes.Process(target=hold_lock, args=(settings.index, ready, done))
    other.start()
    assert ready.wait(60)
    with pytest.raises(IndexLockedError, match=rf"proces {other.pid} op computer"):
        run(settings)
    with pytest.raises(IndexLockedError, match="wordt al gewerkt"):
        remove(settings, "plan")
    assert len(opened(settings).documents) == 2
    done.set()
    other.join(60)
    assert run(settings).unchanged == ("brief", "plan")


def take_in_more(settings):
    run(settings)


def test_an_open_index_is_not_disturbed_by_another_process_and_a_new_one_sees_its_work(settings):
    run(settings)
    before = opened(settings)
    before.dense("sport", 1)
    (settings.corpus / "dorp.txt").write_text("Dorpsvisie\n\nHet dorpshuis krijgt een dak.\n")
    assert in_child(take_in_more, settings) == 0
    assert before.stale()
    assert len(before.dense("sport", 3)) == 3
    after = opened(settings)
    best = after.passages[after.dense("Het dorpshuis krijgt een dak.", 1)[0][0]]
    assert best.document_id == "dorp"


# ---- power cuts and full disks


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


def before_it(owner, name):
    setattr(owner, name, die)


def after_it(owner, name):
    real = getattr(owner, name)

    def last(*arguments, **others):
        real(*arguments, **others)
        die()

    setattr(owner, name, last)


CUTS = [
    (before_it, store.Store, "save_reading"),
    (after_it, store.Store, "save_reading"),
    (before_it, store.Store, "save_document"),
    (before_it, vectors.VectorStore, "add"),
    (after_it, vectors.VectorStore, "add"),
    (before_it, publish, "sync_tree"),
    (before_it, store.Store, "save_manifest"),
    (after_it, store.Store, "save_manifest"),
    (before_it, vectors.VectorStore, "compact"),
    (before_it, store.Store, "clear_orphans"),
]


def cut_off(settings, number):
    when, owner, name = CUTS[number]
    when(owner, name)
    run(settings)


@pytest.mark.parametrize("number", range(len(CUTS)))
def test_a_run_that_is_killed_leaves_an_index_that_works(settings, number):
    run(settings)
    former = opened(settings).documents
    (settings.corpus / "plan.txt").write_text("Nieuw plan\n\nAlleen over wonen in het dorp.\n")
    (settings.corpus / "erbij.txt").write_text("Nota over water\n\nHet water stroomt.\n")
    assert in_child(cut_off, settings, number) == -signal.SIGKILL
    index = opened(settings)
    switched = CUTS[number][2] in ("compact", "clear_orphans") or number == 7
    assert (dict(index.documents) == dict(former)) is not switched
    assert len(index.dense("sport", 3)) == 3
    index.close()
    # The next run does the work that is left and clears what the killed one left behind.
    run(settings)
    assert check(settings) == []
    assert list(opened(settings).documents) == ["brief", "erbij", "plan"]
    assert len(list((settings.index / "documents").iterdir())) == 9
    assert len(list(settings.index.glob("lexical-*"))) == 1
    before = snapshot(settings.index)
    run(settings)
    assert snapshot(settings.index) == before


REMOVALS = [
    (before_it, store.Store, "save_manifest"),
    (after_it, store.Store, "save_manifest"),
    (before_it, vectors.VectorStore, "add"),
    (after_it, vectors.VectorStore, "add"),
    (before_it, vectors.VectorStore, "drop_unused"),
    (after_it, vectors.VectorStore, "drop_unused"),
    (before_it, store.Store, "clear_orphans"),
]


def cut_off_removal(settings, number):
    when, owner, name = REMOVALS[number]
    when(owner, name)
    remove(settings, "xylofoon", leave_out=True)


@pytest.mark.parametrize("number", range(len(REMOVALS)))
def test_a_removal_that_is_killed_is_finished_by_the_next_run(settings, number):
    (settings.corpus / "xylofoon.txt").write_text("Xylofoonbeleid\n\nOver de xylofoonkwestie.\n")
    run(settings)
    assert in_child(cut_off_removal, settings, number) == -signal.SIGKILL
    index = opened(settings)
    assert ("xylofoon" in index.documents) is (number == 0)
    assert len(index.dense("sport", 3)) == 3
    index.close()
    run(settings)
    assert check(settings) == []
    assert list(opened(settings).documents) == ["brief", "plan"]
    # Neither its words, nor its name in the ids of vectors.
    assert find_traces([settings.index], ["xylofoon"]) == {}


def test_a_first_run_that_is_killed_can_be_done_again(settings):
    assert in_child(cut_off, settings, 4) == -signal.SIGKILL
    with pytest.raises(IndexingError, match="nog geen index"):
        opened(settings)
    assert run(settings).added == ("brief", "plan")
    assert check(settings) == []


@pytest.mark.parametrize(
    ("owner", "name"),
    [(os, "fsync"), (publish, "sync_tree"), (os, "replace")],
)
def test_a_full_disk_is_told_and_the_former_index_still_works(settings, monkeypatch, owner, name):
    run(settings)
    (settings.corpus / "erbij.txt").write_text("Nota over water\n\nHet water stroomt.\n")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full)
        with pytest.raises(IndexingError, match=r"De schijf is vol.*vorige index blijft"):
            run(settings)
    assert list(opened(settings).documents) == ["brief", "plan"]
    assert run(settings).added == ("erbij",)
    assert check(settings) == []


def run_with_small_files(settings, room):
    import resource

    size = max(path.stat().st_size for path in settings.index.rglob("*") if path.is_file())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))
    with pytest.raises(IndexingError, match="vectoren.*zijn niet opgeslagen.*vorige index blijft"):
        run(settings)


def test_a_disk_that_fills_up_while_chroma_writes_is_told(settings):
    run(settings)
    # Many small passages: their vectors need more room than any other file of the index.
    lines = "\n\n".join(f"{n}. Kop {n}\n\nZin {n} is over onderwerp {n}." for n in range(1, 400))
    (settings.corpus / "erbij.txt").write_text(lines)
    assert in_child(run_with_small_files, settings, 50_000) == 0
    assert list(opened(settings).documents) == ["brief", "plan"]
    assert run(settings).added == ("erbij",)
    assert check(settings) == []


def test_a_folder_that_may_not_be_written_is_named(settings):
    if os.name != "posix":
        pytest.skip("rights are kept otherwise here")
    if os.geteuid() != 0:
        settings.index.mkdir(mode=0o500)
        with pytest.raises(IndexingError, match="U mag niet schrijven"):
            run(settings)
        return
    # The superuser may write anywhere, so become nobody, in a folder that nobody may reach.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        elsewhere = settings.model_copy(update={"index": Path(folder) / "index"})
        os.seteuid(65534)
        try:
            with pytest.raises(IndexingError, match="U mag niet schrijven"):
                store.Store(elsewhere.index).prepare()
        finally:
            os.seteuid(0)


def test_an_index_folder_that_is_a_file_is_refused(settings):
    settings.index.write_text("van mij")
    with pytest.raises(IndexingError, match="is een bestand en geen map"):
        run(settings)
    assert settings.index.read_text() == "van mij"


# ---- a Chroma server


@pytest.fixture
def server(tmp_path):
    """The address of a real Chroma server on the loopback."""
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip("chromadb's server program is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", tmp_path / "s"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def collections_on(address):
    """Names of the collections on a server."""
    client = vectors._connect(Settings(chroma_url=address), Path())
    try:
        return {collection.name for collection in client.list_collections()}
    finally:
        vectors._disconnect(client)


def test_what_a_killed_removal_left_on_a_server_is_cleared(settings, server):
    settings = settings.model_copy(update={"chroma_url": server})
    other = settings.model_copy(update={"index": settings.index.with_name("other")})
    run(settings)
    run(other)
    number = REMOVALS.index((before_it, vectors.VectorStore, "drop_unused"))
    (settings.corpus / "xylofoon.txt").write_text("Xylofoonbeleid\n\nOver de xylofoonkwestie.\n")
    run(settings)
    assert in_child(cut_off_removal, settings, number) == -signal.SIGKILL
    assert len(collections_on(server)) == 6
    run(settings)
    # Those of another index on the same server stay.
    assert len(collections_on(server)) == 4
    assert (check(settings), check(other)) == ([], [])


def test_the_vectors_can_be_kept_on_a_server(settings, server):
    settings = settings.model_copy(update={"chroma_url": server})
    assert run(settings).added == ("brief", "plan")
    assert not (settings.index / "chroma").exists()
    assert check(settings) == []
    assert len(opened(settings).dense("mantelzorg", 2)) == 2
    assert run(settings, embedder=WordCounts("anders")).replaced == ("brief", "plan")
    remove(settings, "plan")
    assert check(settings) == []
    index = opened(settings, "anders")
    assert list(index.documents) == ["brief"]
    # Collections that are no longer used do not stay behind.
    left = {collection.name for collection in index._vectors._client.list_collections()}
    manifest = json.loads((settings.index / MANIFEST).read_text())
    assert left == set(vectors.names_of(manifest["collection"]))
    index.close()
