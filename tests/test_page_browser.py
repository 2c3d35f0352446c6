import csv
import hashlib
import http.client
import io
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from assistant_parts import prepared
from page_parts import corpus_documents, indexed, page_parts, served
from reportlab.pdfgen.canvas import Canvas

from assistant.page.feedback import FeedbackFile
from assistant.page.serve import build_app
from assistant.page.session import PageParts
from ingest.documents import Document, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = (
    "zeppelinbeleid <script>window.evil=1</script><img src=x onerror='window.evil=1'> "
    "[klik](javascript:window.evil=1) ![p](http://evil.example/p.png) <b>vet</b> {{evil}} ${evil}"
)
PROJECT = Path(__file__).parent.parent

needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium found; install it with: apt-get install chromium"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def parts(folder):
    documents = corpus_documents()
    canvas = Canvas(str(folder / "plan.pdf"))
    for text in ("Eerste pagina.", "Het molenplan kost tien euro."):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    pages = (Page(1, "i", 0, 16), Page(2, "1", 16, 46))
    text = "Eerste pagina.\n\nHet molenplan kost tien euro.\n"
    digest = hashlib.sha256((folder / "plan.pdf").read_bytes()).hexdigest()
    about = Document(
        "plan", "plan.pdf", "Molenplan", status="concept", period="2020-2024", sha256=digest
    )
    documents["plan"] = indexed(about, text, pages, unread=(3,))
    hostile = Document("vals", "vals.txt", "Vals <b>document</b>", "Nergens")
    documents["vals"] = indexed(hostile, f"Een regel.\n\n{HOSTILE}\n")
    return page_parts(folder, documents, patience=1.5)


@pytest.fixture(scope="module")
def address(parts, folder):
    with served(build_app(parts, folder)) as url:
        yield url


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context, address):
    page = open_page(context, address)
    yield page
    page.close()


def open_page(context, address):
    page = context.new_page()
    page.set_default_timeout(8000)
    page.requests, page.errors = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
    page.goto(address)
    page.get_by_label("Uw vraag").wait_for()
    return page


def open_tab(page, name):
    """Open a tab; on a narrow screen the last ones stand in a menu."""
    tab = page.get_by_role("tab", name=name)
    more = page.get_by_role("button", name="Meer tabbladen")
    tab.or_(more).first.wait_for()
    if not tab.is_visible():
        more.click()
        tab = page.get_by_role("button", name=name, exact=True)
    tab.click()


def ask(page, question):
    before = page.locator(".bw-uitwisseling").count()
    page.get_by_label("Uw vraag").fill(question)
    page.keyboard.press("Enter")
    page.locator(f"#uitwisseling-{before + 1} .bw-kaart:not(.bw-bezig)").wait_for()
    # Until the box is cleared the page is not ready for the next question.
    page.wait_for_function("document.querySelector('#vraag textarea').value === ''")
    return page.locator(f"#uitwisseling-{before + 1}")


def get(address, path, host=None, method="GET"):
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=5)
    connection.request(method, path, headers={"Host": host or place.netloc})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply, body


# Addresses


@pytest.mark.parametrize(
    "path",
    [
        "/docs", "/openapi.json", "/config", "/login", "/monitoring", "/runs", "/manifest.json",
        "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd", "/file=/etc/passwd", "/gradio_api/run/ask",
        "/gradio_api/proxy=http://evil.example/", "/gradio_api/component_server",
        "/bron/onbekend", "/bron/../app.py", "/bron/..%2F..%2Fetc%2Fpasswd",
        "/bron/..%2F..%2Fetc%2Fpasswd/bestand", "/middelen/..%2Fserve.py", "/middelen/serve.py",
        "/antwoord/onbekend/bewijs/1", "/antwoord/onbekend.md", "/antwoord/onbekend.docx",
    ],
)  # fmt: skip
def test_what_is_not_needed_is_closed(address, path):
    reply, body = get(address, path)
    assert reply.status == 404
    assert b"root:" not in body
    assert 'lang="nl"' in body.decode() or "bewijs" in path


def test_headers_keep_everything_on_this_machine(address):
    reply, body = get(address, "/")
    policy = reply.getheader("Content-Security-Policy")
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert reply.getheader("X-Content-Type-Options") == "nosniff"
    assert b'lang="nl"' in body
    assert b"og:image" not in body
    assert b"githubusercontent" not in body


def test_only_requests_that_name_this_machine_are_answered(address):
    assert get(address, "/", host="evil.example")[0].status == 400


def test_a_pdf_is_served_inline(address):
    reply, body = get(address, "/bron/plan/bestand")
    assert body.startswith(b"%PDF")
    assert reply.getheader("Content-Disposition") == 'inline; filename="plan.pdf"'
    assert reply.getheader("X-Content-Type-Options") == "nosniff"
    assert get(address, "/bron/vals/bestand")[0].status == 404


def test_a_port_in_use_gives_a_clear_message():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "app.py", "--port", str(port)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    message = " ".join(done.stderr.split())
    assert f"poort {port}: die poort is al in gebruik" in message
    assert "Traceback" not in done.stderr


# The browser


@needs_browser
def test_ask_and_walk_through_the_evidence(page):
    from playwright.sync_api import expect

    exchange = ask(page, "Wat staat er over mantelzorg?")
    page.locator("#bewijs-inhoud mark").first.wait_for()
    numbers = exchange.locator(".bw-nr")
    total = numbers.count()
    assert total >= 5
    assert page.locator("#bewijs-kop").inner_text() == f"Bewijs 1 van {total}"
    expect(page.get_by_label("Uw vraag")).to_have_value("")

    quote = exchange.locator("li").nth(3).inner_text().rsplit(maxsplit=1)[0]
    numbers.nth(3).click()
    page.get_by_text(f"Bewijs 4 van {total}").first.wait_for()
    marked = " ".join(page.locator("#bewijs-inhoud mark").all_inner_texts())
    assert quote.split()[-3:] == marked.split()[-3:]
    assert page.locator("#bewijs-inhoud mark").first.is_visible()
    assert numbers.nth(3).get_attribute("aria-current") == "true"
    assert page.evaluate("document.activeElement.id") == "bewijs-kop"

    page.get_by_role("button", name="Volgende bewijs").click()
    page.get_by_text(f"Bewijs 5 van {total}").first.wait_for()
    page.get_by_role("button", name="Vorige bewijs").click()
    page.get_by_text(f"Bewijs 4 van {total}").first.wait_for()
    page.get_by_role("button", name="Terug naar het antwoord").click()
    assert page.evaluate("document.activeElement.className") == "bw-nr"


@needs_browser
def test_the_keyboard_alone_is_enough(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "bw-sprong"
    page.keyboard.press("Enter")
    page.keyboard.type("Wat staat er over mantelzorg?")
    page.keyboard.press("Enter")
    page.locator(".bw-antwoord").wait_for()
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
        while page.evaluate("document.activeElement.className") != "bw-nr":
            page.keyboard.press("Shift+Tab")
    number = page.evaluate("document.activeElement.textContent")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Bewijs {number} van").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.stap") == "vorige"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Bewijs {int(number) - 1} van").wait_for()
    assert page.evaluate("document.activeElement.dataset.stap") == "vorige"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == str(int(number) - 1)


@needs_browser
def test_the_original_opens_at_the_quote(page):
    exchange = ask(page, "Wat staat er over mantelzorg?")
    exchange.locator(".bw-nr").nth(2).click()
    page.get_by_text("Bewijs 3 van").first.wait_for()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open het origineel").click()
    original = opened.value
    mark = original.locator("mark").first
    mark.wait_for()
    box = mark.bounding_box()
    assert 0 < box["y"] < original.evaluate("innerHeight")
    assert original.evaluate("document.documentElement.lang") == "nl"


@needs_browser
def test_pdf_evidence_names_both_page_numbers_and_links_to_the_page(page):
    ask(page, "Wat kost het molenplan?")
    pane = page.locator("#bewijs-inhoud")
    assert "pagina 2 (gedrukt: 1)" in pane.inner_text()
    assert "concept; looptijd 2020-2024" in pane.inner_text()
    link = page.get_by_role("link", name="Open de pdf op pagina 2")
    place = "#page=2&search=Het%20molenplan%20kost%20tien%20euro.&phrase=true"
    assert link.get_attribute("href") == f"/bron/plan/bestand{place}"


@needs_browser
def test_the_filter_limits_the_search(page, parts):
    ask(page, "Wat staat er over mantelzorg?")
    page.get_by_role("button", name="In welke documenten zoeken?").click()
    page.get_by_role("button", name="Geen document kiezen").click()
    page.wait_for_function("!document.querySelector('#gekozen input:checked')")
    page.get_by_label("Uw vraag").fill("Wat staat er over jeugd?")
    page.keyboard.press("Enter")
    page.get_by_text("U hebt geen document gekozen").wait_for()
    assert page.get_by_label("Uw vraag").input_value() == "Wat staat er over jeugd?"
    page.get_by_label("Molenplan").check()
    page.get_by_role("button", name="Stel de vraag").click()
    page.locator(".bw-weigering").wait_for()
    assert "1 document doorzocht" in page.locator(".bw-weigering").inner_text()
    assert parts.assistant.asked[-1][2] == ("plan",)


@needs_browser
def test_a_refusal_looks_different_and_shows_what_is_near(page):
    ask(page, "Wat kost een qqqzeppelin?")
    assert "Geen antwoord: dit staat niet in de documenten" in page.inner_text(".bw-weigering")
    assert page.locator(".bw-nr").count() == 0
    page.get_by_text("Bij dit antwoord hoort geen bewijsplaats").wait_for()
    near = ask(page, "Wat kost qqqnabijqqq?")
    assert "Wel in de buurt:" in near.inner_text()
    near.locator(".bw-nr").nth(1).click()
    page.get_by_text("Bewijs 2 van 3").first.wait_for()
    assert page.locator("#bewijs-inhoud mark").count() >= 1


@needs_browser
def test_errors_are_plain_and_lose_nothing(page):
    box = page.get_by_label("Uw vraag")
    page.get_by_role("button", name="Stel de vraag").click()
    page.get_by_text("U hebt nog geen vraag ingevuld").wait_for()
    for question, told in (
        ("lang " * 4000, "Uw vraag telt 20.000 tekens"),
        ("stuk", "Deze vraag kan niet worden gelezen"),
        ("kapot", "Er ging in het programma iets mis"),
    ):
        box.fill(question)
        page.keyboard.press("Enter")
        page.get_by_text(told).wait_for()
        assert box.input_value() == question
    box.fill("Wat staat er over mantelzorg?")
    page.keyboard.press("Enter")
    page.locator(".bw-antwoord").wait_for()
    assert page.locator(".bw-fout").count() == 0


@needs_browser
def test_nothing_from_question_or_document_is_rendered_or_run(page):
    exchange = ask(page, HOSTILE)
    assert exchange.locator(".bw-nr").count() == 1
    assert "<script>window.evil=1</script>" in exchange.locator(".bw-vraag").inner_text()
    assert "<img src=x onerror" in exchange.locator(".bw-tekst").inner_text()
    assert "{{evil}} ${evil}" in page.locator("#bewijs-inhoud mark").first.inner_text()
    page.get_by_role("tab", name="Documenten").click()
    page.locator("#documenten-lijst").get_by_text("Vals <b>document</b>").wait_for()
    for place in ("#gesprek", "#bewijs", "#documenten-lijst"):
        assert page.locator(f"{place} :is(img, script, b, [onerror])").count() == 0
    assert page.evaluate("window.evil") is None
    links = page.locator("#gesprek a, #bewijs a, #documenten-lijst a")
    assert all(
        link.get_attribute("href").startswith(("/bron/", "/antwoord/")) for link in links.all()
    )


@needs_browser
def test_a_script_that_got_in_after_all_may_not_run(page):
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.evil=1\">')"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.evil") is None


@needs_browser
def test_examples_ask_their_question_and_a_new_conversation_starts_empty(page):
    page.get_by_role("button", name="Welke doelen gaan over mantelzorg?").click()
    page.locator(".bw-antwoord").wait_for()
    assert (
        page.locator(".bw-vraag").text_content() == "Uw vraag: Welke doelen gaan over mantelzorg?"
    )
    fold = page.get_by_role("button", name="Voorbeeldvragen")
    page.wait_for_function(
        "document.querySelector('#voorbeelden > button').ariaExpanded === 'false'"
    )
    second = ask(page, "En over jeugd?")
    assert "Gelezen als:" in second.inner_text()
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.get_by_text("begin met een voorbeeld").wait_for()
    assert page.locator(".bw-uitwisseling").count() == 0
    assert fold.is_visible()


@needs_browser
def test_a_new_conversation_drops_the_question_that_is_still_worked_on(page):
    page.get_by_label("Uw vraag").fill("traag mantelzorg")
    page.keyboard.press("Enter")
    page.locator(".bw-bezig").wait_for()
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.get_by_text("begin met een voorbeeld").wait_for()
    page.wait_for_timeout(1800)
    assert page.locator(".bw-uitwisseling").count() == 0
    ask(page, "Wat staat er over jeugd?")
    assert page.locator(".bw-uitwisseling").count() == 1


@needs_browser
def test_saving_and_copying(page):
    exchange = ask(page, "Wat staat er over mantelzorg?")
    with page.expect_download() as markdown:
        exchange.get_by_role("link", name="Markdown").click()
    text = Path(markdown.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# Wat staat er over mantelzorg?")
    assert "## Bronnen" in text
    with page.expect_download() as word:
        exchange.get_by_role("link", name="Word").click()
    saved = docx.Document(io.BytesIO(Path(word.value.path()).read_bytes()))
    assert saved.paragraphs[0].text == "Wat staat er over mantelzorg?"
    assert word.value.suggested_filename == "antwoord.docx"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    exchange.get_by_role("button", name="Antwoord kopiëren").click()
    page.get_by_role("button", name="Gekopieerd").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("# Wat staat er")


@needs_browser
def test_feedback_stays_here(page, folder):
    ask(page, "Wat staat er over mantelzorg?")
    page.get_by_role("button", name="Nee, niet nuttig").click()
    page.get_by_text("Bewaard: niet nuttig").wait_for()
    page.get_by_label("Opmerking").fill("Te lang.")
    page.get_by_role("button", name="Opmerking bewaren").click()
    page.get_by_label("Opmerking").wait_for(state="hidden")
    lines = (folder / "feedback" / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["remark"] for line in lines[-2:]] == ["", "Te lang."]


@needs_browser
def test_a_document_read_while_the_page_runs_is_found_by_who_opens_it(browser, tmp_path):
    documents = corpus_documents()
    parts = page_parts(tmp_path, documents)
    with served(build_app(parts, tmp_path)) as url:
        context = browser.new_context()
        open_page(context, url)
        about = Document("molen", "molen.txt", "Molennota", "Duinbroek")
        parts.assistant.renewed = documents | {"molen": indexed(about, "Het molenplan kost geld.")}
        page = open_page(context, url)
        page.get_by_role("button", name="In welke documenten zoeken?").click()
        page.get_by_label("Molennota (Duinbroek)").wait_for()
        assert page.get_by_label("Molennota (Duinbroek)").is_checked()
        exchange = ask(page, "Wat kost het molenplan?")
        page.locator("#bewijs-inhoud mark").first.wait_for()
        assert "Het molenplan kost geld." in exchange.inner_text()
        assert get(url, "/bron/molen")[0].status == 200
        page.get_by_role("tab", name="Documenten").click()
        page.locator("#documenten-lijst").get_by_text("Molennota").wait_for()
        assert page.errors == []
        context.close()


@needs_browser
def test_two_users_do_not_wait_for_or_see_each_other(browser, address):
    contexts = [browser.new_context(), browser.new_context()]
    slow, quick = (open_page(context, address) for context in contexts)
    slow.get_by_label("Uw vraag").fill("traag mantelzorg")
    slow.keyboard.press("Enter")
    slow.get_by_text("De documenten worden doorzocht").wait_for()
    assert slow.get_by_role("button", name="Stel de vraag").is_disabled()
    ask(quick, "Wat staat er over jeugd?")
    assert slow.locator(".bw-bezig").is_visible()
    slow.locator(".bw-antwoord").wait_for()
    assert "jeugd?" not in slow.locator(".bw-vraag").inner_text()
    assert quick.locator(".bw-uitwisseling").count() == 1
    for context in contexts:
        context.close()


@needs_browser
def test_every_request_goes_to_this_machine_and_nothing_fails(page, address):
    exchange = ask(page, "Wat staat er over mantelzorg?")
    exchange.locator(".bw-nr").nth(1).click()
    page.get_by_text("Bewijs 2 van").first.wait_for()
    page.get_by_role("tab", name="Documenten").click()
    page.wait_for_timeout(300)
    assert len(page.requests) > 20
    assert [url for url in page.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert page.errors == []


@needs_browser
def test_the_page_is_dutch_and_has_no_english_left(page):
    ask(page, "Wat staat er over mantelzorg?")
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.title() == "Beleidswijzer"
    names = page.evaluate(
        """() => [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
        .filter((e) => !e.closest('#gesprek, #bewijs'))
        .flatMap((e) => ['aria-label', 'title', 'placeholder', 'alt'].map((a) => e.getAttribute(a)))
        .filter(Boolean)"""
    )
    buttons = page.get_by_role("button").all_inner_texts()
    english = {"submit", "clear", "settings", "built with gradio", "use via api", "more tabs",
               "copy", "share", "undo", "retry", "run", "loading", "error"}  # fmt: skip
    assert {name.strip().casefold() for name in (*names, *buttons)} & english == set()
    assert not page.locator("footer").first.is_visible()
    assert page.locator("[role=note]").inner_text().startswith("Let op: een geautomatiseerd")
    assert page.locator("#herinnering").is_visible()


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = open_page(context, address)
    ask(page, "Wat staat er over mantelzorg?")
    ask(page, "Wat kost een qqqzeppelin?")
    ask(page, "Wat staat er over jeugd?")
    poor = page.evaluate(CONTRAST)
    context.close()
    assert poor == []


# Relative luminance and contrast as in WCAG 2.1, success criterion 1.4.3.
CONTRAST = """() => {
  const numbers = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = numbers(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const hidden = ".bw-sr, .bw-sprong, [disabled], script";
    if (!own || !e.checkVisibility() || e.closest(hidden)) continue;
    const [a, b] = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.slice(0, 30), ratio]);
  }
  return poor;
}"""


@needs_browser
def test_a_narrow_screen_needs_no_scrolling_sideways(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = open_page(context, address)
    exchange = ask(page, "Wat staat er over mantelzorg?")
    exchange.locator(".bw-nr").nth(1).click()
    heading = page.get_by_role("heading", name="Bewijs 2 van")
    heading.wait_for()
    page.wait_for_function(
        "document.querySelector('#bewijs-kop').getBoundingClientRect().top < innerHeight"
    )
    for tab in ("Vragen", "Doelen en afspraken", "Documenten"):
        open_tab(page, tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@needs_browser
def test_a_lost_connection_is_told_in_dutch_and_keeps_the_question(browser, parts, folder):
    context = browser.new_context()
    with served(build_app(parts, folder)) as url:
        page = open_page(context, url)
        ask(page, "Wat staat er over mantelzorg?")
    page.get_by_label("Uw vraag").fill("Wat staat er over jeugd?")
    page.keyboard.press("Enter")
    page.get_by_text("De Beleidswijzer is niet bereikbaar").first.wait_for()
    assert "Connection" not in page.inner_text("body")
    assert page.get_by_label("Uw vraag").input_value() == "Wat staat er over jeugd?"
    context.close()


# Goals and agreements


@pytest.fixture(scope="module")
def real_address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("doelen")
    parts = PageParts(prepared(tmp_path_factory)[0], FeedbackFile(folder))
    with served(build_app(parts, folder)) as url:
        yield url


def open_register(context, address):
    page = open_page(context, address)
    open_tab(page, "Doelen en afspraken")
    page.locator(".bw-doelen").wait_for()
    return page


def statements(page):
    return page.locator(".bw-doelen .bw-uitspraak").all_inner_texts()


def wait_for_rows(page, number):
    page.wait_for_function(
        "n => document.querySelectorAll('.bw-doelen .bw-uitspraak').length === n", arg=number
    )


@needs_browser
def test_the_list_is_filtered_and_a_row_shows_where_it_stands(context, real_address):
    page = open_register(context, real_address)
    page.get_by_label("Soort", exact=True).select_option("doel")
    page.get_by_label("Onderwerp", exact=True).select_option("mantelzorg")
    page.get_by_label("Gemeente").select_option("Elst-Veenoord")
    wait_for_rows(page, 2)
    assert page.locator(".bw-doelen-telling").inner_text().startswith("2 regels in 1 document.")
    page.get_by_role("button", name="Mantelzorgers raken niet overbelast.").click()
    mark = page.locator("#uitspraak-inhoud mark").first
    mark.wait_for()
    assert mark.inner_text() == "Mantelzorgers raken niet overbelast."
    page.get_by_role("button", name="Wis de keuze").click()
    page.wait_for_function("document.querySelectorAll('.bw-doelen .bw-uitspraak').length > 10")
    page.get_by_label("Woorden").fill("zondag wijkbus")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.bw-doelen .bw-uitspraak').length < 5")
    assert all("zondag" in text for text in statements(page))
    assert [url for url in page.requests if not url.startswith((real_address, "data:"))] == []
    assert page.errors == []
    page.close()


@needs_browser
def test_a_thread_is_walked_with_the_keyboard(context, real_address):
    page = open_register(context, real_address)
    page.get_by_label("Soort", exact=True).select_option("reactie")
    page.wait_for_function(
        "[...document.querySelectorAll('.bw-doelen tbody td:first-child')]"
        ".every((e) => e.innerText === 'reactie')"
    )
    page.get_by_role("button", name="Wij nemen deze aanbeveling niet over").first.focus()
    page.keyboard.press("Enter")
    step = page.locator("#uitspraak-inhoud li button").first
    step.wait_for()
    assert "wijkbus ook op zondag" in step.inner_text()
    step.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('#uitspraak-inhoud mark')?.innerText.startsWith('Onderzoek of')"
    )
    assert page.evaluate("document.activeElement.id") == "uitspraak-kop"
    page.close()


@needs_browser
def test_a_column_sorts_and_a_cell_of_the_picture_filters(context, real_address):
    page = open_register(context, real_address)
    page.get_by_role("button", name="Tekst", exact=True).click()
    page.locator('.bw-doelen th[aria-sort="ascending"]').wait_for()
    texts = statements(page)
    assert texts == sorted(texts, key=str.casefold)
    page.get_by_text("Beeld: hoe vaak").click()
    cell = page.locator('.bw-warmte button[aria-label$=": schulden"]').first
    number = int(cell.inner_text())
    cell.click()
    wait_for_rows(page, number)
    assert page.get_by_label("Onderwerp", exact=True).input_value() == "schulden"
    assert page.get_by_label("Document", exact=True).input_value() == "elst-agenda"
    page.close()


@needs_browser
def test_the_shown_list_is_saved(context, real_address):
    page = open_register(context, real_address)
    page.get_by_label("Soort", exact=True).select_option("toezegging")
    page.wait_for_function(
        "document.querySelector('.bw-doelen tbody td')?.innerText === 'toezegging'"
    )
    shown = statements(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    content = Path(download.value.path()).read_text(encoding="utf-8")
    assert [row["text"] for row in csv.DictReader(io.StringIO(content))] == shown
    page.close()


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_has_enough_contrast_and_fits_a_narrow_screen(browser, real_address, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = open_register(context, real_address)
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
