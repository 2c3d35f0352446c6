"""Messages with attachments and archives, from the file to the index."""

import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from conftest import PlainWords, WordCounts
from reader_parts import docx, make_pdf, p, reading_of, zipped

from ingest.check import check
from ingest.errors import IndexingError, ReadingError
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.readers import ReaderProcess
from ingest.removal import remove

NOTE = "Nota over water\n\nHet water stroomt door de polder.\n"


def run(settings, **others):
    return ingest(settings, embedder=WordCounts(), analyzer=PlainWords(), **others)


def documents(settings):
    return Index.open(settings, WordCounts(), PlainWords()).documents


def message(body="Geachte raad,\n\nBijgaand de nota.\n", subject="De nota", attachments=()):
    mail = EmailMessage()
    mail["From"] = "A. de Vries <a@voorbeeldstad.nl>"
    mail["To"] = "griffie@voorbeeldstad.nl"
    mail["Date"] = "Wed, 05 Jun 2024 14:03:00 +0200"
    mail["Subject"] = subject
    mail.set_content(body)
    for name, data in attachments:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def contents(tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    with ReaderProcess() as process:
        return process.contents(tmp_path / name)


# ---- messages


def test_a_message_is_a_document_with_its_subject_sender_and_date():
    reading = reading_of(message().as_bytes(), "a.eml")
    assert reading.title == "De nota"
    assert reading.text == (
        'De nota\n\nVan: "A. de Vries" <a@voorbeeldstad.nl>\n\nAan: griffie@voorbeeldstad.nl\n\n'
        "Datum: 5 juni 2024\n\nGeachte raad,\n\nBijgaand de nota."
    )


def test_the_html_of_a_message_is_read_for_what_it_states_and_not_run():
    mail = message("Zie de tabel.")
    mail.add_alternative(
        "<script>alert('x')</script><h2>Doelen</h2><p style='display:none'>lokaas</p>"
        "<ul><li>Wonen</ul><p>Met groet</p>",
        subtype="html",
    )
    text = reading_of(mail.as_bytes(), "a.eml").text
    assert text.endswith("Doelen\n\n• Wonen\n\nMet groet")
    assert "alert" not in text


def test_a_message_in_an_unknown_character_set_is_read_by_its_bytes():
    data = message("Het caf\u00e9.").as_bytes().replace(b'charset="utf-8"', b'charset="x-onzin"')
    assert "Het café." in reading_of(data, "a.eml").text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Zomaar een tekst.", "is geen e-mailbericht"),
        (b"Subject: x\nContent-Type: multipart/encrypted; boundary=a\n\n--a--", "is versleuteld"),
    ],
)
def test_what_is_no_readable_message_is_refused(data, why):
    with pytest.raises(ReadingError, match=rf"a\.eml {why}"):
        reading_of(data, "a.eml")


def test_attachments_are_documents_with_the_message_as_their_origin(settings):
    attached = [("sport.txt", b"Alles over sport.")]
    inner = message("Doorgestuurd bericht over sport.", "Sport", attached)
    mail = message(
        attachments=[
            ("nota.docx", docx(p("Nota over wonen.") + p("Er komen huizen bij."))),
            ("nota.docx", docx(p("Tweede nota, over zorg."))),
            ("tekening.dwg", b"\1\2"),
            ("../../boef.txt", b"Tekst met een vreemde naam."),
        ]
    )
    mail.add_attachment(inner)
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    (settings.corpus / "bericht.eml").write_bytes(mail.as_bytes())
    report = run(settings)
    found = documents(settings)
    assert [name for name in found if name.startswith("bericht")] == [
        "bericht",
        "bericht+Sport.eml",
        "bericht+Sport.eml+sport.txt",
        "bericht+boef.txt",
        "bericht+nota (2).docx",
        "bericht+nota.docx",
    ]
    member = found["bericht+nota.docx"].document
    assert (member.file, member.origin) == ("bericht.eml/nota.docx", "bericht.eml")
    assert found["bericht"].document.origin == ""
    assert report.failed == {}
    notes = [note for note in report.notes if "bericht.eml" in note]
    [note] = [note for note in notes if "persoonsgegevens" not in note]
    assert "bericht.eml/tekening.dwg is niet opgenomen" in note
    assert check(settings) == []


# ---- archives


def test_the_members_of_an_archive_are_documents(settings):
    make_pdf(settings.corpus / "x.pdf", [["Plan voor sport"]])
    plan = (settings.corpus / "x.pdf").read_bytes()
    (settings.corpus / "x.pdf").unlink()
    parts = {"2024/nota.txt": NOTE, "2024/nota.md": "# Nota\n\nTekst.", "plan.pdf": plan}
    (settings.corpus / "bundel.zip").write_bytes(zipped(parts))
    report = run(settings)
    assert report.added == (
        "brief", "bundel+2024+nota.md", "bundel+2024+nota.txt", "bundel+plan.pdf", "plan",
    )  # fmt: skip
    assert documents(settings)["bundel+plan.pdf"].pages[0].number == 1
    assert check(settings) == []


def test_an_unchanged_member_is_skipped_and_one_that_is_gone_is_removed(settings):
    archive = settings.corpus / "bundel.zip"
    archive.write_bytes(zipped({"a.txt": NOTE, "b.txt": NOTE + "Oud."}))
    run(settings)
    archive.write_bytes(zipped({"c.txt": NOTE + "Nieuw.", "a.txt": NOTE}))
    report = run(settings)
    assert (report.added, report.removed) == (("bundel+c.txt",), ("bundel+b.txt",))
    assert "bundel+a.txt" in report.unchanged


def test_removing_an_archive_removes_what_was_in_it(settings):
    archive = settings.corpus / "bundel.zip"
    archive.write_bytes(zipped({"a.txt": NOTE, "x/b.eml": message().as_bytes()}))
    (settings.corpus / "bundel+los.txt").write_text("Los bestand dat er op lijkt.")
    run(settings)
    report = remove(settings, "bundel")
    assert report.removed == ("bundel+a.txt", "bundel+x+b.eml")
    assert "bundel.zip staat nog in" in report.notes[1]
    assert list(documents(settings)) == ["brief", "bundel+los", "plan"]
    with pytest.raises(IndexingError, match="geen document 'bundel'"):
        remove(settings, "bundel")


def test_an_archive_that_can_no_longer_be_opened_keeps_its_documents(settings):
    archive = settings.corpus / "bundel.zip"
    archive.write_bytes(zipped({"a.txt": NOTE}))
    run(settings)
    archive.write_bytes(archive.read_bytes()[:50])
    report = run(settings)
    assert "is beschadigd" in report.failed[str(archive)]
    assert report.removed == ()
    assert "bundel+a.txt" in documents(settings)


def test_an_archive_from_elsewhere_stays_until_it_is_removed(settings, tmp_path):
    archive = tmp_path / "elders.zip"
    archive.write_bytes(zipped({"a.txt": NOTE, "b.txt": NOTE + "Meer."}))
    run(settings, paths=[archive])
    assert "elders+a.txt" in run(settings).unchanged
    archive.unlink()
    assert "bestaat niet meer" in next(iter(run(settings).failed.values()))
    assert remove(settings, "elders").removed == ("elders+a.txt", "elders+b.txt")


def test_the_catalog_describes_a_member_and_names_one_that_is_not_there(settings):
    (settings.corpus / "bundel.zip").write_bytes(zipped({"2024/a.txt": NOTE}))
    (settings.corpus / "catalog.toml").write_text(
        '["bundel.zip/2024/a.txt"]\ntitle = "De waternota"\n["bundel.zip/weg.txt"]\ntitle = "x"\n'
    )
    report = run(settings)
    assert documents(settings)["bundel+2024+a.txt"].document.title == "De waternota"
    [note] = report.notes
    assert "'bundel.zip/weg.txt', maar dat document zit niet in bundel.zip" in note


def test_what_is_hostile_in_an_archive_is_named_and_the_rest_is_read(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("goed.txt", NOTE)
        packed.writestr("../../etc/boef.txt", NOTE)
        packed.writestr("/abs.txt", NOTE)
        packed.writestr("C:\\win.txt", NOTE)
        packed.writestr("bom.txt", b" " * 20_000_000)
        packed.writestr("meer.zip", zipped({"a.txt": NOTE}))
        packed.writestr(link, "/etc/passwd")
        packed.writestr("leeg.txt", "")
        packed.writestr("__MACOSX/._goed.txt", "x")
        packed.writestr("prog.exe", b"MZ\0\0")
    found = contents(tmp_path, (tmp_path / "x.zip").read_bytes(), "x.zip")
    assert [member.inside for member in found.members] == [("goed.txt",), ("leeg.txt",)]
    assert {name: why.removeprefix(name)[:22] for name, why in found.refused.items()} == {
        "x.zip/../../etc/boef.txt": " heeft een naam die bu",
        "x.zip//abs.txt": " heeft een naam die bu",
        "x.zip/C:/win.txt": " heeft een naam die bu",
        "x.zip/bom.txt": " pakt uit tot veel mee",
        "x.zip/meer.zip": " is een archief in een",
        "x.zip/link.txt": " is een verwijzing naa",
    }
    [note] = found.notes
    assert note.startswith("x.zip/prog.exe is niet opgenomen")


def test_an_encrypted_member_is_named_and_the_rest_is_read(tmp_path):
    data = bytearray(zipped({"open.txt": NOTE, "dicht.txt": NOTE}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    found = contents(tmp_path, bytes(data), "x.zip")
    assert [member.inside for member in found.members] == [("open.txt",)]
    assert "beveiligd met een wachtwoord" in found.refused["x.zip/dicht.txt"]


def test_messages_inside_each_other_have_an_end(tmp_path):
    mail = message("Binnenste bericht.")
    for depth in range(8):
        outer = message(f"Bericht {depth}.")
        outer.add_attachment(mail)
        mail = outer
    found = contents(tmp_path, mail.as_bytes(), "x.eml")
    assert max(len(member.inside) for member in found.members) == 4
    assert any("te diep in andere bestanden" in why for why in found.refused.values())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x05\x06" + b"\0" * 18, "bevat geen documenten"),
        (zipped({"a.dwg": "x"}), "bevat geen documenten"),
        (zipped({"a.txt": "x"})[:40], "is beschadigd"),
        (b"geen archief", "heet .zip maar is platte tekst"),
    ],
)
def test_an_archive_without_documents_is_an_error(settings, data, why):
    (settings.corpus / "x.zip").write_bytes(data)
    report = run(settings)
    [(name, message)] = report.failed.items()
    assert Path(name).name == "x.zip"
    assert why in message
