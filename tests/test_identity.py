"""What a document is, through copies, versions, damage and removal."""

import json
import sqlite3
from pathlib import Path

import pytest
from conftest import PLAN, PlainWords, WordCounts
from reader_parts import zipped

from ingest.catalog import change_entry, load_catalog
from ingest.check import check
from ingest.documents import Document, IndexedDocument
from ingest.errors import CatalogError
from ingest.index import Index
from ingest.nearness import likeness, near_duplicates, sketch
from ingest.originals import Originals, safe_name
from ingest.pipeline import ingest
from ingest.readers import ReaderProcess
from ingest.removal import remove
from ingest.report import CancelledError
from ingest.traces import find_traces, own_words


def run(settings, **others):
    parts = {"embedder": WordCounts(), "analyzer": PlainWords(), **others}
    return ingest(settings, **parts)


def take_out(settings, name, **others):
    return remove(settings, name, **others)


def documents(settings):
    index = Index.open(settings, WordCounts(), PlainWords())
    index.close()
    return index.documents


def add(settings, name, content):
    """Add a file as the page does."""
    originals = Originals(settings.originals)
    incoming = originals.incoming()
    incoming.write_bytes(content if isinstance(content, bytes) else content.encode())
    return originals.place(incoming, name)


# ---- the same file twice


def test_the_same_file_twice_is_one_document_with_two_names(settings):
    (settings.corpus / "oud").mkdir()
    (settings.corpus / "oud" / "kopie.txt").write_text(PLAN)
    report = run(settings)
    assert report.added == ("brief", "kopie")
    assert "kopie.txt is hetzelfde bestand als plan.txt." in report.notes
    assert documents(settings)["kopie"].document.names == ("plan.txt",)


def test_empty_files_are_no_copies_of_each_other(settings):
    for name in ("een.txt", "twee.docx"):
        (settings.corpus / name).write_bytes(b"")
    report = run(settings)
    assert sorted(Path(file).name for file in report.failed) == ["een.txt", "twee.docx"]
    assert not any("hetzelfde bestand" in note for note in report.notes)


def test_the_document_that_is_known_keeps_its_id_when_a_copy_comes(settings):
    run(settings)
    (settings.corpus / "a-kopie.txt").write_text(PLAN)
    assert run(settings).replaced == ("plan",)
    assert documents(settings)["plan"].document.names == ("a-kopie.txt",)
    (settings.corpus / "plan.txt").unlink()
    report = run(settings)
    assert (report.added, report.removed) == (("a-kopie",), ("plan",))
    assert documents(settings)["a-kopie"].document.names == ()


def test_a_copy_inside_an_archive_is_the_same_document_too(settings):
    (settings.corpus / "bundel.zip").write_bytes(zipped({"kopie.txt": PLAN}))
    assert run(settings).added == ("brief", "bundel+kopie.txt")
    assert documents(settings)["bundel+kopie.txt"].document.names == ("plan.txt",)


# ---- versions


def test_what_was_added_on_the_page_takes_the_place_of_the_same_name(settings):
    run(settings)
    add(settings, "plan.txt", "Nieuw plan\n\nAlleen over wonen.\n")
    report = run(settings)
    assert report.replaced == ("plan",)
    assert any("op de pagina is een nieuwere plan.txt toegevoegd" in note for note in report.notes)
    assert documents(settings)["plan"].text.startswith("Nieuw plan")


def test_versions_that_are_nearly_the_same_are_named_once(settings):
    lines = "\n\n".join(f"Punt {n}: de gemeente doet ding {n} in wijk {n}." for n in range(60))
    (settings.corpus / "nota.txt").write_text(f"Nota over wijken\n\n{lines}\n")
    (settings.corpus / "nota-2.txt").write_text(f"Nota over wijken\n\n{lines}\n\nEn nog iets.\n")
    [note] = [n for n in run(settings).notes if "lijkt sterk" in n]
    assert note.startswith("nota.txt lijkt sterk op nota-2.txt: ")
    assert "vervangt" in note
    assert not [n for n in run(settings).notes if "lijkt sterk" in n]
    change_entry(settings.corpus / "catalog.toml", "nota-2.txt", {"supersedes": "nota"})
    assert not [n for n in run(settings).notes if "lijkt sterk" in n]


def test_likeness_is_the_share_of_runs_of_five_words():
    words = [f"woord{n}" for n in range(100)]
    one = sketch(" ".join(words))
    other = sketch(" ".join([*words[:50], "anders", *words[51:]]))
    assert len(one) == len(other) == 96
    # Five of 96 runs hold the changed word, so 91 of 101 different runs are in both.
    assert likeness(one, other) == pytest.approx(91 / 101, abs=0.06)
    assert likeness(one, one) == 1
    assert likeness(one, sketch(" ".join(reversed(words)))) == 0
    assert sketch("Een korte brief.") == ()


def test_only_near_documents_are_a_pair():
    words = [f"woord{n}" for n in range(100)]
    texts = {"a": words, "b": [*words, "meer"], "c": [f"ander{n}" for n in range(100)]}
    held = {
        name: IndexedDocument(
            Document(name, name, name), "", (), (), (), (), sketch=sketch(" ".join(text))
        )
        for name, text in texts.items()
    }
    assert [(n.first, n.second) for n in near_duplicates(held, set(held))] == [("a", "b")]
    assert near_duplicates(held, {"c"}) == []


# ---- out without a trace


def test_a_replaced_text_cannot_be_read_from_the_index_any_more(settings):
    path = settings.corpus / "plan.txt"
    path.write_text("Plan\n\nDoelen:\n- Iedere xylofoonspeler krijgt een muziekplek.\n")
    run(settings)
    assert find_traces([settings.index], ["xylofoonspeler"])
    path.write_text("Plan\n\nDoelen:\n- Iedere fluitist krijgt een muziekplek.\n")
    run(settings)
    assert find_traces([settings.index], ["xylofoonspeler", "ylofoonspeler"]) == {}


def test_removal_deletes_what_was_added_on_the_page_and_its_copy(settings):
    add(settings, "geheim.txt", "Xylofoonbeleid\n\nDe xylofoonkwestie is geregeld.\n")
    add(settings, "kopie.txt", "Xylofoonbeleid\n\nDe xylofoonkwestie is geregeld.\n")
    change_entry(settings.originals / "catalog.toml", "geheim.txt", {"title": "Xylofoonbeleid"})
    run(settings)
    report = take_out(settings, "geheim")
    assert report.failed == {}
    assert "staat er geen meer in de index" in report.notes[0]
    assert find_traces([settings.index, settings.originals], ["ylofoon"]) == {}
    assert run(settings).added == ()


def test_a_part_of_an_archive_is_taken_out_and_the_archive_stays(settings):
    text = "Nota {0}\n\nOver {0} in de gemeente.\n"
    parts = {f"{word}.txt": text.format(word) for word in ("water", "wonen")}
    add(settings, "bundel.zip", zipped(parts))
    run(settings)
    take_out(settings, "bundel+water.txt", leave_out=True)
    assert (settings.originals / "bundel.zip").exists()
    assert list(documents(settings)) == ["brief", "bundel+wonen.txt", "plan"]
    report = run(settings)
    assert report.added == ()
    assert any("op de pagina verwijderd" in note for note in report.notes)


def test_what_was_left_out_can_be_let_in_again(settings):
    run(settings)
    digest = documents(settings)["plan"].document.sha256
    take_out(settings, "plan", leave_out=True)
    assert run(settings).added == ()
    Originals(settings.originals).let_in(digest)
    assert run(settings).added == ("plan",)


def test_traces_that_are_left_are_named(settings):
    (settings.corpus / "geheim.txt").write_text("Xylofoonbeleid\n\nOver de xylofoonkwestie.\n")
    run(settings)
    with sqlite3.connect(settings.index / "chroma" / "chroma.sqlite3") as database:
        database.execute("CREATE TABLE extra AS SELECT 'xylofoonkwestie' AS text")
    database.close()
    report = take_out(settings, "geheim")
    [(name, message)] = report.failed.items()
    assert name.endswith("chroma.sqlite3")
    assert "staat nog tekst" in message


def test_answers_with_its_words_in_the_feedback_are_named(settings):
    (settings.corpus / "geheim.txt").write_text("Xylofoonbeleid\n\nOver de xylofoonkwestie.\n")
    run(settings)
    feedback = settings.index.parent / "feedback"
    feedback.mkdir()
    (feedback / "feedback.jsonl").write_text('{"answer": "De xylofoonkwestie."}')
    assert any("(feedback)" in note for note in take_out(settings, "geheim").notes)


def test_own_words_are_those_that_no_other_document_holds():
    def held(text):
        return IndexedDocument(Document("a", "a.txt", "A"), text, (), (), (), ())

    gone = held("De mantelzorger en de xylofoon.\nEen regel die nergens anders zo staat te lezen.")
    words = own_words([gone], [held("De mantelzorgers van de gemeente."), held("Anders.")])
    # The longest first, then lines; "mantelzorger" is part of a word elsewhere.
    lines = ("De mantelzorger en de xylofoon.", "Een regel die nergens anders zo staat te lezen.")
    assert words == ("xylofoon", "nergens", *lines)


# ---- names and files


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\plan.pdf", "plan.pdf"),
        (".verborgen.txt", "verborgen.txt"),
        ("~$plan.docx", "plan.docx"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("catalog.toml", "document-catalog.toml"),
        ("README.md", "document-README.md"),
        ("", "document"),
        ("...", "document"),
        ("nota: 'a' <b>?.pdf", "nota_ 'a' _b_.pdf"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800.txt", "txt"),
    ],
)
def test_a_name_is_made_safe(given, safe):
    assert safe_name(given) == safe


def test_a_long_name_keeps_its_suffix():
    assert safe_name("a" * 500 + ".pdf") == "a" * 116 + ".pdf"


def test_a_version_that_cannot_be_read_gives_way_to_the_former_one(settings):
    originals = Originals(settings.originals)
    add(settings, "nota.txt", "Nota over water.")
    originals.settle("nota.txt", taken=True)
    add(settings, "nota.txt", "")
    originals.settle("nota.txt", taken=False)
    assert (settings.originals / "nota.txt").read_text() == "Nota over water."
    add(settings, "nieuw.txt", "")
    originals.settle("nieuw.txt", taken=False)
    assert not (settings.originals / "nieuw.txt").exists()


def test_what_came_in_and_was_never_placed_is_cleared(settings):
    originals = Originals(settings.originals)
    incoming = originals.incoming()
    incoming.write_bytes(b"x")
    originals.clear()
    assert not incoming.exists()
    assert run(settings).added == ("brief", "plan")


def test_only_a_file_in_the_folder_itself_is_deleted(settings):
    add(settings, "nota.txt", "Nota over water.")
    originals = Originals(settings.originals)
    assert not originals.delete("../corpus/plan.txt")
    assert (settings.corpus / "plan.txt").exists()
    assert originals.delete("nota.txt")
    assert not originals.delete("nota.txt")


# ---- the catalog


def test_an_entry_is_changed_and_the_rest_of_the_catalog_stays(tmp_path):
    path = tmp_path / "catalog.toml"
    path.write_text('# Van ons\n["a.txt"]\ntitle = "A" # zo heet het\n\n["b.txt"]\ntitle = "B"\n')
    change_entry(path, "b.txt", {"title": 'Met "aanhaling"', "status": "", "kind": "nota"})
    text = path.read_text()
    assert text.startswith('# Van ons\n["a.txt"]\ntitle = "A" # zo heet het\n')
    assert load_catalog(tmp_path).entries["b.txt"] == {"title": 'Met "aanhaling"', "kind": "nota"}
    change_entry(path, "b.txt", None)
    assert list(load_catalog(tmp_path).entries) == ["a.txt"]
    with pytest.raises(CatalogError, match="onbekend veld 'titel'"):
        change_entry(path, "a.txt", {"titel": "A"})


# ---- damage, and going on


def test_only_what_is_damaged_is_made_anew(settings):
    run(settings)
    [file] = settings.index.glob("documents/plan-????????.json")
    content = json.loads(file.read_text())
    content["document"]["title"] = "Iets anders"
    file.write_text(json.dumps(content))
    assert check(settings) == ["plan: wat ervan is opgeslagen, is veranderd."]
    report = run(settings, repair=True)
    assert (report.replaced, report.unchanged) == (("plan",), ("brief",))
    assert check(settings, WordCounts()) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda index: next(index.glob("lexical-*/links.json")).write_text("{"),
        lambda index: next(index.glob("lexical-*/passages")).write_text("3\n"),
        lambda index: (index / "chroma" / "chroma.sqlite3").write_bytes(b"SQLite format 3\0rest"),
        lambda index: next(index.glob("documents/plan-????????.terms.json")).unlink(),
    ],
)
def test_every_part_can_be_repaired_from_the_originals(settings, spoil):
    run(settings)
    before = documents(settings)
    spoil(settings.index)
    run(settings, repair=True)
    assert check(settings, WordCounts()) == []
    assert documents(settings) == before


def test_vectors_of_another_text_are_found(settings):
    class Other(WordCounts):
        def embed_passages(self, texts):
            return super().embed_passages([text.upper()[::-1] for text in texts])

    run(settings, embedder=Other())
    assert any("vectoren horen bij een andere tekst" in p for p in check(settings, WordCounts()))
    run(settings, repair=True)
    assert check(settings, WordCounts()) == []


def test_a_run_that_was_cut_off_is_gone_on_with(settings, monkeypatch):
    class PowerCutError(Exception):
        pass

    def cut(progress):
        if progress.document == "plan.txt" and not progress.outcome:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        run(settings, progress=cut)
    read = []
    real = ReaderProcess.read
    monkeypatch.setattr(
        ReaderProcess, "read", lambda self, path, *rest: read.append(path) or real(self, path)
    )
    assert run(settings).added == ("brief", "plan")
    assert [path.name for path in read] == ["plan.txt"]
    assert check(settings, WordCounts()) == []


def test_what_is_ready_is_searchable_before_all_is_done(settings, monkeypatch):
    monkeypatch.setattr("ingest.pipeline._SOONEST", 0)
    monkeypatch.setattr("ingest.pipeline._SHARE", 0)
    seen = []

    def look(progress):
        if progress.document == "plan.txt" and not progress.outcome:
            seen.append(list(documents(settings)))

    run(settings, progress=look)
    assert seen == [["brief"]]
    assert check(settings) == []


def test_a_cancelled_document_is_not_taken_in_and_the_rest_goes_on(settings):
    def cancel(progress):
        if progress.document == "brief.txt":
            raise CancelledError

    report = run(settings, progress=cancel)
    assert (report.added, report.failed) == (("plan",), {})
    assert list(documents(settings)) == ["plan"]
    assert run(settings).added == ("brief",)
