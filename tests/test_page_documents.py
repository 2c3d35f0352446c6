"""The tab "Documenten": over HTTP, and in the browser, with a real index and real files."""

import hashlib
import http.client
import io
import json
import time
import zipfile
from email.message import EmailMessage
from urllib.parse import quote, urlsplit

import pypdf
import pytest
from assistant_parts import shared_analyzer, shared_embedder
from conftest import PLAN, PlainWords, WordCounts
from page_parts import served
from reader_parts import edit_pdf, make_pdf, zipped
from test_page_browser import ARGS, CHROMIUM, CONTRAST, needs_browser, open_page, open_tab

from assistant.engine import Assistant
from assistant.page import document, document_routes
from assistant.page.feedback import FeedbackFile
from assistant.page.intake import Intake, State
from assistant.page.originals import OriginalFiles
from assistant.page.serve import build_app
from assistant.page.session import PageParts
from ingest.check import check
from ingest.index import Index
from ingest.lock import write_lock
from ingest.pipeline import ingest
from ingest.traces import find_traces

OURS = {"X-Beleidswijzer": "pagina"}
NOTE = "Nota over water\n\nHet waterplan kost {} euro en begint in het voorjaar.\n"


@pytest.fixture
def parts(settings, tmp_path):
    tools = {"embedder": shared_embedder(), "analyzer": shared_analyzer()}
    ingest(settings, **tools)
    parts = PageParts(None, FeedbackFile(tmp_path / "feedback"))
    parts.opener = lambda: Assistant.open(settings, **tools)

    def changed():
        parts.refresh()
        return parts.documents

    parts.intake = Intake(settings, shared_embedder(), shared_analyzer(), changed)
    changed()
    yield parts
    parts.intake.close()


@pytest.fixture
def intake(parts):
    return parts.intake


def add(intake, name, content, instead=""):
    place = intake.incoming()
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return intake.add(place, name, instead)


def finished(intake):
    """The uploads once all is done, by name."""
    deadline = time.monotonic() + 60
    while intake.busy:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return {upload.name: upload for upload in intake.uploads}


def locked_pdf(tmp_path, password):
    path = make_pdf(tmp_path / "slot.pdf", [["Geheim plan", "Het waterplan is af."]])
    return edit_pdf(path, lambda w: w.encrypt(password, algorithm="AES-256")).read_bytes()


# ---- taking in


def test_files_of_every_kind_go_in_and_each_tells_what_became_of_it(parts, intake, settings):
    add(intake, "water.txt", NOTE.format(10))
    add(intake, "map/../leeg.txt", b"")
    add(intake, "foto.png", b"\x89PNG\r\n")
    add(intake, "bundel.zip", zipped({"a.txt": NOTE.format(20), "b.exe": b"MZ"}))
    done = finished(intake)
    states = {name: upload.state for name, upload in done.items()}
    assert states == {
        "water.txt": State.DONE,
        "leeg.txt": State.FAILED,
        "foto.png": State.FAILED,
        "bundel.zip": State.DONE,
    }
    assert "is leeg" in done["leeg.txt"].messages[0]
    assert "een afbeelding wordt niet gelezen" in done["foto.png"].messages[0]
    assert done["bundel.zip"].documents == ("bundel+a.txt",)
    assert any("b.exe" in message for message in done["bundel.zip"].messages)
    assert set(parts.documents) == {"brief", "plan", "water", "bundel+a.txt"}
    # What could not be taken in is not tried again, and all that was is kept to be read anew.
    assert {f.name for f in settings.originals.glob("[!.]*")} == {"water.txt", "bundel.zip"}
    assert ingest(settings, embedder=shared_embedder(), analyzer=shared_analyzer()).failed == {}
    assert check(settings, shared_embedder()) == []


def test_what_is_refused_in_an_archive_is_named(parts, intake):
    outside = NOTE.format(30)
    add(intake, "buiten.zip", zipped({"../c.txt": outside, "b.exe": b"MZ"}))
    add(intake, "half.zip", zipped({"../c.txt": outside, "d.txt": NOTE.format(40)}))
    done = finished(intake)
    assert done["buiten.zip"].state is State.FAILED
    assert done["half.zip"].documents == ("half+d.txt",)
    for upload in done.values():
        assert any("c.txt heeft een naam die buiten" in said for said in upload.messages)


def test_a_new_version_replaces_the_old_one_and_a_bad_one_does_not(parts, intake, settings):
    add(intake, "water.txt", NOTE.format(10))
    finished(intake)
    add(intake, "water.txt", NOTE.format(99))
    finished(intake)
    assert "99 euro" in parts.documents["water"].text
    assert find_traces([settings.index, settings.originals], ["10 euro"]) == {}
    add(intake, "water.txt", b"")
    upload = finished(intake)["water.txt"]
    assert [u.state for u in intake.uploads] == [State.DONE, State.DONE, State.FAILED]
    assert upload.messages
    assert "99 euro" in parts.documents["water"].text
    assert "99 euro" in (settings.originals / "water.txt").read_text()


def test_a_document_is_replaced_by_a_file_of_another_name_in_one_step(parts, intake, settings):
    parts.intake.describe(parts.documents["plan"], {"title": "Het beste plan", "kind": "nota"})
    finished(intake)
    add(intake, "plan-2025.txt", NOTE.format(30), instead="plan")
    finished(intake)
    assert set(parts.documents) == {"brief", "plan-2025"}
    assert parts.documents["plan-2025"].document.title == "Het beste plan"
    assert ingest(settings, embedder=shared_embedder(), analyzer=shared_analyzer()).added == ()


def test_a_replacement_that_cannot_be_read_leaves_the_document(parts, intake):
    add(intake, "plan-2025.txt", b"", instead="plan")
    assert finished(intake)["plan-2025.txt"].state is State.FAILED
    assert set(parts.documents) == {"brief", "plan"}


def test_a_file_that_was_there_already_is_a_second_name(parts, intake):
    add(intake, "kopie.txt", PLAN)
    upload = finished(intake)["kopie.txt"]
    assert upload.state is State.DONE
    assert "Dit bestand was er al, als" in upload.messages[0]
    assert set(parts.documents) == {"brief", "plan"}
    assert parts.documents["plan"].document.names == ("kopie.txt",)


def test_a_locked_file_asks_for_its_password_and_opens_with_it(parts, intake, tmp_path):
    add(intake, "slot.pdf", locked_pdf(tmp_path, "geheim"))
    upload = finished(intake)["slot.pdf"]
    assert (upload.state, upload.locked) == (State.FAILED, True)
    intake.unlock(upload.key, "fout")
    assert finished(intake)["slot.pdf"].locked
    intake.unlock(upload.key, "geheim")
    upload = finished(intake)["slot.pdf"]
    assert (upload.state, upload.locked) == (State.DONE, False)
    assert "Het waterplan is af." in parts.documents["slot"].text
    assert parts.documents["slot"].document.guessed != ()


def test_what_waits_or_is_read_can_be_cancelled(parts, intake, settings, tmp_path):
    with write_lock(settings.index):
        pages = [[f"Bladzijde {n} over water"] for n in range(40)]
        add(intake, "groot.pdf", make_pdf(tmp_path / "g.pdf", pages).read_bytes())
        add(intake, "water.txt", NOTE.format(10))
        deadline = time.monotonic() + 30
        while not any("wordt al gewerkt" in m for u in intake.uploads for m in u.messages):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        [groot] = [u for u in intake.uploads if u.name == "groot.pdf"]
        intake.cancel(groot.key)
    done = finished(intake)
    assert done["groot.pdf"].state is State.CANCELLED
    assert done["water.txt"].state is State.DONE
    assert set(parts.documents) == {"brief", "plan", "water"}
    assert not (settings.originals / "groot.pdf").exists()


def test_progress_is_told_by_page(parts, intake, tmp_path, monkeypatch):
    seen = []
    real = Intake._update

    def watch(self, upload, **values):
        seen.append((upload.name, values.get("page"), values.get("pages")))
        real(self, upload, **values)

    monkeypatch.setattr(Intake, "_update", watch)
    pages = [["Nota over water"], ["Tweede"], ["Derde"]]
    add(intake, "nota.pdf", make_pdf(tmp_path / "n.pdf", pages).read_bytes())
    finished(intake)
    assert [page for page in seen if page[2]] == [("nota.pdf", n, 3) for n in (1, 2, 3)]


def test_removal_leaves_nothing_and_an_empty_page_still_works(parts, intake, settings):
    add(intake, "xylofoon.txt", "Xylofoonbeleid\n\nDe xylofoonkwestie is geregeld.\n")
    finished(intake)
    for name in ("xylofoon", "plan", "brief"):
        intake.remove(parts.documents[name])
        finished(intake)
    assert "staat er geen meer in de index" in intake.told
    assert dict(parts.documents) == {}
    assert find_traces([settings.index, settings.originals], ["ylofoon"]) == {}
    add(intake, "water.txt", NOTE.format(10))
    finished(intake)
    assert list(parts.documents) == ["water"]


def test_uploads_that_are_done_are_dismissed_with_their_bytes(intake, settings):
    add(intake, "leeg.txt", b"")
    upload = finished(intake)["leeg.txt"]
    intake.dismiss("")
    assert intake.uploads == ()
    assert not upload.place.exists()


# ---- over HTTP


@pytest.fixture
def address(parts, settings):
    with served(build_app(parts, settings.corpus, added=settings.originals)) as url:
        yield url


def send(address, path, body, headers, method="POST"):
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    connection.request(method, path, body, {"Host": place.netloc, **headers})
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply, content


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**OURS, "Origin": "http://evil.example"},
        {**OURS, "Sec-Fetch-Site": "cross-site"},
        {"X-Beleidswijzer": "anders"},
    ],
)
@pytest.mark.parametrize("path", ["/documenten/bestand?naam=a.txt", "/documenten/opdracht"])
def test_only_our_own_page_can_give_orders(address, parts, path, headers):
    body = json.dumps({"opdracht": "verwijder", "sleutel": "plan"})
    reply, _ = send(address, path, body, {"Content-Type": "application/json", **headers})
    assert reply.status == 403
    assert parts.intake.uploads == ()
    assert "plan" in parts.documents


def test_a_file_that_is_too_large_is_refused_with_the_limit(address, parts, monkeypatch):
    monkeypatch.setattr(document_routes, "MOST_BYTES", 1000)
    reply, content = send(address, "/documenten/bestand?naam=a.txt", b"x" * 2000, OURS)
    assert reply.status == 413
    assert "te groot" in json.loads(content)["fout"]
    assert parts.intake.uploads == ()
    assert list((parts.intake._originals.folder / ".incoming").iterdir()) == []


def test_a_file_comes_in_and_its_original_goes_out_as_a_download(address, parts, settings):
    body = b"<script>alert(1)</script><p>Nota over water</p>"
    name = quote("../nota é.html")
    reply, _ = send(address, f"/documenten/bestand?naam={name}", body, OURS)
    assert reply.status == 200
    finished(parts.intake)
    reply, content = send(address, f"/bron/{quote('nota é')}/bestand", None, {}, "GET")
    assert content == body
    assert reply.getheader("Content-Type") == "application/octet-stream"
    assert reply.getheader("Content-Disposition").startswith("attachment;")
    pane = send(address, f"/documenten/een?id={quote('nota é')}", None, {}, "GET")[1].decode()
    assert "<script>" not in pane


def test_the_originals_of_members_and_of_files_from_elsewhere_go_out_too(settings, tmp_path):
    pdf, letter = b"%PDF-1.4 fake", "Brief\n\nDe gemeente antwoordt op vragen over water.\n"
    message = EmailMessage()
    message["Subject"] = "Vragen over water"
    message.set_content("Geachte raad, hierbij het antwoord op uw vragen over water.")
    message.add_attachment(letter.encode(), maintype="text", subtype="plain", filename="brief.txt")
    outside = tmp_path / "elders"
    outside.mkdir()
    (outside / "nota.txt").write_text("Nota\n\nOver het zwembad van de wijk.\n")
    with zipfile.ZipFile(settings.corpus / "bundel.zip", "w") as archive:
        archive.writestr("2024/vraag.eml", message.as_bytes())
        archive.writestr("kapot.pdf", pdf)
    ingest(settings, paths=[outside], embedder=WordCounts(), analyzer=PlainWords())
    files = OriginalFiles((settings.originals, settings.corpus), settings.index)
    documents = Index.open(settings, WordCounts(), PlainWords()).documents

    def original(name):
        return files.of(documents[name].document)

    assert original("nota").path == outside / "nota.txt"
    attached = original("bundel+2024+vraag.eml+brief.txt")
    assert (attached.name, attached.path) == ("brief.txt", None)
    assert attached.content.decode().replace("\r\n", "\n") == letter
    assert original("bundel+2024+vraag.eml").content == message.as_bytes()
    # What has changed since is not what was read.
    with zipfile.ZipFile(settings.corpus / "bundel.zip", "w") as archive:
        archive.writestr("2024/vraag.eml", message.as_bytes().replace(b"raad", b"burgemeester"))
    (outside / "nota.txt").write_text("Nota\n\nHelemaal anders.\n")
    assert original("bundel+2024+vraag.eml") is None
    assert original("nota") is None


def test_a_member_of_an_archive_can_be_downloaded(address, parts, settings):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("map/nota é.html", "<script>alert(1)</script><p>Nota over water</p>")
    send(address, "/documenten/bestand?naam=bundel.zip", packed.getvalue(), OURS)
    finished(parts.intake)
    [name] = (name for name in parts.documents if name.startswith("bundel"))
    reply, content = send(address, f"/bron/{quote(name)}/bestand", None, {}, "GET")
    assert content == b"<script>alert(1)</script><p>Nota over water</p>"
    assert reply.getheader("Content-Type") == "application/octet-stream"
    disposition = reply.getheader("Content-Disposition")
    assert disposition == f"attachment; filename*=utf-8''{quote('nota é.html')}"
    pane = send(address, f"/documenten/een?id={quote(name)}", None, {}, "GET")[1].decode()
    assert f"{quote(name)}/bestand" in pane


def test_an_unknown_order_or_document_is_refused(address):
    headers = {**OURS, "Content-Type": "application/json"}
    for order in (
        {"opdracht": "verwijder", "sleutel": "weg"},
        {"opdracht": "x", "sleutel": "plan"},
    ):
        assert send(address, "/documenten/opdracht", json.dumps(order), headers)[0].status == 404
    assert send(address, "/documenten/opdracht", "[1]", headers)[0].status == 422
    pane = send(address, "/documenten/een?id=weg", None, {}, "GET")[1].decode()
    assert "Dit document is hier niet bekend" in pane


def test_the_pane_escapes_what_a_document_says_and_marks_guesses(parts):
    indexed = parts.documents["plan"]
    html = document.document_html(indexed, parts.documents, described=False)
    assert "Titel <span" in html
    assert "Beleidsplan Voorbeeldstad 2024-2027" in html
    assert 'name="password"' not in html


# ---- in the browser


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    page = open_page(context, address)
    page.set_default_timeout(20000)
    open_tab(page, "Documenten")
    page.locator("#documenten-kies").wait_for()
    yield page
    context.close()


def drop(page, files):
    """Drop files on the box as a user does."""
    data = page.evaluate_handle(
        """files => {
            const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name));
            return data;
        }""",
        files,
    )
    page.dispatch_event("#documenten-neer", "drop", {"dataTransfer": data})


@needs_browser
def test_files_are_dropped_followed_corrected_and_removed(page, parts):
    drop(page, [["water.txt", NOTE.format(10)], ["leeg.txt", ""]])
    page.get_by_text("2 bestanden: 1 opgenomen en 1 niet opgenomen.").wait_for()
    assert "leeg.txt is leeg" in page.locator("#documenten-stand").inner_text()
    row = page.locator("#documenten-lijst").get_by_role("link", name="Nota over water")
    row.wait_for()
    row.click()
    title = page.get_by_label("Titel")
    title.wait_for()
    assert "geraden" in page.locator("#document-inhoud").inner_text()
    title.fill("Het waterplan")
    page.get_by_role("button", name="Bewaar de gegevens").click()
    page.get_by_text("De gegevens van 'Het waterplan' zijn bewaard.").wait_for()
    page.locator("#documenten-lijst").get_by_role("link", name="Het waterplan").wait_for()
    # What came in can be asked at once, without loading the page again.
    open_tab(page, "Vragen")
    page.get_by_label("Uw vraag").fill("Hoeveel kost het waterplan?")
    page.keyboard.press("Enter")
    page.locator("#uitwisseling-1 .bw-kaart:not(.bw-bezig)").wait_for()
    assert "10 euro" in page.locator("#uitwisseling-1").inner_text()
    open_tab(page, "Documenten")
    page.get_by_role("button", name="Verwijder dit document").click()
    assert page.get_by_text("Weet u het zeker?").is_visible()
    page.get_by_role("button", name="Ja, verwijder het").click()
    page.get_by_text("'Het waterplan' is verwijderd.").wait_for()
    page.wait_for_function(
        "!document.getElementById('documenten-lijst').innerText.includes('waterplan')"
    )
    assert set(parts.documents) == {"brief", "plan"}
    assert page.errors == []


@needs_browser
def test_a_document_is_replaced_and_its_original_downloaded(page, parts, tmp_path):
    page.locator("#documenten-lijst").get_by_role("link", name="Beleidsplan Voorbeeld").click()
    newer = tmp_path / "plan.txt"
    newer.write_text(PLAN.replace("€ 25.000", "€ 30.000"))
    page.locator("[data-vervangt]").set_input_files(newer)
    page.get_by_text("1 bestand: 1 opgenomen.").wait_for()
    assert "€ 30.000" in parts.documents["plan"].text
    with page.expect_download() as download:
        page.get_by_role("link", name="Download het origineel").click()
    digest = hashlib.sha256(newer.read_bytes()).hexdigest()
    with open(download.value.path(), "rb") as stream:
        assert hashlib.file_digest(stream, "sha256").hexdigest() == digest


@needs_browser
def test_a_password_is_asked_for(page, parts, tmp_path):
    path = tmp_path / "kluis.pdf"
    path.write_bytes(locked_pdf(tmp_path, "geheim"))
    page.set_input_files("#documenten-kies", path)
    page.get_by_label("Wachtwoord van dit bestand").fill("geheim")
    page.get_by_role("button", name="Probeer opnieuw").click()
    page.get_by_text("1 bestand: 1 opgenomen.").wait_for()
    assert "kluis" in parts.documents


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tab_has_enough_contrast_and_fits_a_narrow_screen(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = open_page(context, address)
    open_tab(page, "Documenten")
    drop(page, [["water.txt", NOTE.format(10)], ["leeg.txt", ""]])
    page.get_by_text("2 bestanden:").wait_for()
    page.locator("#documenten-lijst [data-document]").first.click()
    page.get_by_label("Titel").wait_for()
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_pypdf_is_what_locks(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(locked_pdf(tmp_path, "x"))
    assert pypdf.PdfReader(path).is_encrypted
