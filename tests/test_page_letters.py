import html
import http.client
import json
import re
import time
import zipfile
from urllib.parse import quote, urlsplit

import pytest
from assistant_parts import prepared
from letter_parts import COURTESY, ENGLISH, INJECTED, LETTER, MENU
from page_parts import page_parts, served
from test_page_browser import (  # noqa: F401
    browser,
    needs_browser,
    open_page,
    open_tab,
)

from assistant.page.feedback import FeedbackFile
from assistant.page.serve import build_app
from assistant.page.session import PageParts

OURS = {"X-Beleidswijzer": "pagina"}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    assistant, settings = prepared(tmp_path_factory)
    parts = PageParts(assistant, FeedbackFile(tmp_path_factory.mktemp("page") / "feedback"))
    with served(build_app(parts, settings.corpus)) as url:
        yield url


def request(address, method, path, body=None, headers=OURS):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    found = reply.status, reply.read(), dict(reply.getheaders())
    connection.close()
    return found


def send(address, text, name="brief.txt", headers=OURS):
    content = text if isinstance(text, bytes) else text.encode()
    path = f"/brieven/bestand?naam={quote(name)}&gemeente="
    return request(address, "POST", path, content, headers)


def sheet(address, key):
    """The letter on the page, when it has been read."""
    for _ in range(300):
        status, body, _ = request(address, "GET", f"/brieven/blad?sleutel={key}")
        assert status == 200
        if b"data-bezig" not in body:
            return body.decode()
        time.sleep(0.1)
    raise AssertionError("the letter was never read")


def read(address, text, name="brief.txt"):
    status, body, _ = send(address, text, name)
    assert status == 200, body
    key = json.loads(body)["sleutel"]
    return key, sheet(address, key)


def order(address, key, name, **given):
    content = json.dumps({"sleutel": key, "opdracht": name, **given}).encode()
    headers = OURS | {"Content-Type": "application/json"}
    status, body, _ = request(address, "POST", "/brieven/opdracht", content, headers)
    assert status == 200, body
    return body.decode()


def choose_town(address, key, town):
    order(address, key, "gemeente", waarde=town)
    return sheet(address, key)


def headings(page):
    found = re.findall(r'data-brief="toon"[^>]*>([^<]*)<', page)
    return [html.unescape(text).split(" ", 1)[1] for text in found]


def test_a_letter_is_read_and_its_points_are_shown(address):
    _, page = read(address, LETTER)
    assert len(headings(page)) == 6
    assert headings(page)[0] == "Neem eenzaamheid onder ouderen als apart onderwerp op"
    assert "Punten in de brief" in page
    assert re.search(r"Brief aan de Adviesraad Samenleving .*, regel \d+", page)
    assert "Geen punt" in page


def test_points_are_ordered_merged_split_and_dropped(address):
    key, page = read(address, LETTER)
    first, second, *rest = headings(page)
    assert headings(order(address, key, "omlaag", punt=0)) == [second, first, *rest]
    assert headings(order(address, key, "omhoog", punt=1)) == [first, second, *rest]
    assert len(headings(order(address, key, "voegsamen", punt=0))) == 5
    assert len(headings(order(address, key, "laatweg", punt=4))) == 4
    page = order(address, key, "kiessplits", punt=0)
    assert re.search(r'class="bw-vouw bw-splits" open', page)
    places = re.findall(r'data-brief="splits" data-punt="0" data-plaats="(\d+)"', page)
    assert len(places) >= 2
    page = order(address, key, "splits", punt=0, plaats=places[-1])
    assert len(headings(page)) == 5
    assert not re.search(r'class="bw-vouw bw-splits" open', page)
    assert len(headings(order(address, key, "splits", punt=0, plaats=3))) == 5


def test_a_point_is_searched_for_with_other_words(address):
    key, page = read(address, LETTER)
    at = next(n for n, name in enumerate(headings(page)) if "zonnepanelen" in name)
    page = order(address, key, "zoek", punt=at, woorden="deeltaxi op zondag")
    assert 'value="deeltaxi op zondag"' in page
    assert "deeltaxi is ook op zondag" in " ".join(page.split())


def test_a_part_that_is_no_point_can_be_made_one(address):
    key, page = read(address, COURTESY)
    assert headings(page) == []
    page = order(address, key, "maakpunt", punt=1)
    assert len(headings(page)) == 1
    page = order(address, key, "soort", punt=0, waarde="vraag")
    assert "<option selected>vraag</option>" in page


def test_an_english_letter_is_told_to_be_so(address):
    _, page = read(address, ENGLISH)
    assert len(headings(page)) == 3
    assert "Engels" in page


def test_stance_ticks_and_text_are_kept_and_come_back_from_a_file(address):
    key, _ = read(address, LETTER)
    page = order(address, key, "standpunt", punt=1, waarde="overgenomen")
    assert "<option selected>overgenomen</option>" in page
    page = order(address, key, "vink", punt=1, nummer=0)
    text = "Wij openen de teams. <script>alert(1)</script> [1]"
    page = order(address, key, "tekst", punt=1, kop="Zaterdag", tekst=text)
    assert html.escape(text) in page
    status, saved, headers = request(address, "GET", f"/brieven/{key}.json")
    assert status == 200
    assert "attachment" in headers["content-disposition"]
    _, again = read(address, saved, "werk.json")
    assert headings(again)[1] == "Zaterdag"
    assert "<script>alert" not in again
    page = order(address, key, "opnieuw", punt=1)
    assert "Wij openen de teams" not in page


@pytest.mark.parametrize(
    ("name", "form", "saved"),
    [
        ("brief.txt", "docx", "antwoord-brief.docx"),
        ('Advies één; "MAG".txt', "docx", "antwoord-Advies-een-MAG.docx"),
        ("Advies één.txt", "json", "werk-Advies-een.json"),
        ("brief.txt", "debat.pdf", "debatblad-brief.pdf"),
    ],
)
def test_a_download_is_named_after_its_letter(address, name, form, saved):
    key, _ = read(address, LETTER, name)
    _, _, headers = request(address, "GET", f"/brieven/{key}.{form}")
    assert headers["content-disposition"] == f'attachment; filename="{saved}"'


@pytest.mark.parametrize("form", ["docx", "odt", "md", "debat.docx", "debat.pdf"])
def test_files_can_be_downloaded(address, form):
    key, _ = read(address, LETTER)
    status, body, headers = request(address, "GET", f"/brieven/{key}.{form}")
    assert status == 200
    assert "attachment" in headers["content-disposition"]
    starts = {"md": b"**", "debat.pdf": b"%PDF"}
    assert body.startswith(starts.get(form, b"PK"))


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        ("kort", "brief.txt", "geen tekst of bijna geen tekst"),
        (b"%PDF-1.4 kapot", "brief.pdf", "brief"),
        (b"MZ\x00", "brief.exe", "exe"),
        (b"{}", "werk.json", "geen bewaard werk"),
        (MENU, "menu.txt", "geen brief aan de gemeente"),
    ],
)
def test_bad_files_get_a_clear_answer(address, content, name, told):
    _, page = read(address, content, name)
    assert told in html.unescape(page)
    assert "Traceback" not in page


def test_a_hostile_letter_is_shown_as_text(address):
    _, page = read(address, INJECTED, "<img src=x>.txt")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "opdrachten geeft" in page


def selected_town(page):
    return re.search(r'id="werk-gemeente".*?<option selected>([^<]*)<', page)[1]


def test_another_municipality_is_searched_for_and_what_the_user_did_stays(address):
    key, before = read(address, LETTER)
    assert selected_town(before) == "Elst-Veenoord"
    order(address, key, "omlaag", punt=0)
    order(address, key, "standpunt", punt=0, waarde="overgenomen")
    order(address, key, "tekst", punt=2, kop="Eigen kop", tekst="Eigen tekst.")
    order(address, key, "zoek", punt=3, woorden="zonnepanelen")
    order(address, key, "laatweg", punt=5)
    page = order(address, key, "toon", punt=0)
    assert "Sociale agenda" in page
    after = choose_town(address, key, "Duinbroek en Waal")
    assert selected_town(after) == "Duinbroek en Waal"
    assert headings(after) == headings(page)
    assert "<option selected>overgenomen</option>" in after
    found = re.findall(r"<label><input[^>]*> \[\d+\] ([^<]*).*?\"bw-staat\">([^<]*)", after)
    assert found
    # What was own policy is now an example of another municipality.
    for role, place in found:
        assert (role == "voorbeeld van een andere gemeente") is ("(Duinbroek" not in place)
    page = order(address, key, "toon", punt=2)
    assert "Eigen tekst." in page
    assert 'value="Eigen kop"' in page
    assert 'value="zonnepanelen"' in order(address, key, "toon", punt=3)
    _, content, _ = request(address, "GET", f"/brieven/{key}.md")
    assert "burgemeester en wethouders van Duinbroek en Waal," in content.decode()


def test_a_town_that_is_not_there_changes_nothing(address):
    key, before = read(address, LETTER)
    assert selected_town(choose_town(address, key, "Nergens")) == "Elst-Veenoord"
    assert headings(sheet(address, key)) == headings(before)


def test_what_is_still_open_is_told_and_counted(address):
    key, page = read(address, LETTER)
    told = re.search(r"Nog te kiezen bij (\d) van de 6 punten:</span>(.*?)</p>", page)
    numbers = re.findall(r">(\d)</button>", told[2])
    assert len(numbers) == int(told[1]) > 0
    assert page.count('<strong class="bw-nog">nog kiezen</strong>') == int(told[1])
    at = int(numbers[0]) - 1
    page = order(address, key, "tekst", punt=at, kop="Kop", tekst="Dat doen wij in mei.")
    assert page.count('<strong class="bw-nog">nog kiezen</strong>') == int(told[1]) - 1
    for n in range(6):
        page = order(address, key, "tekst", punt=n, kop=f"Kop {n}", tekst="Dat doen wij.")
    assert "Bij alle punten is gekozen en aangevuld." in page
    assert "bw-nog" not in page.replace("bw-nogopen", "")
    assert "volgende punt dat nog open is" not in page


def test_orders_from_elsewhere_are_refused(address):
    assert send(address, LETTER, headers={})[0] == 403
    foreign = OURS | {"Origin": "http://evil.example"}
    assert send(address, LETTER, headers=foreign)[0] == 403
    key, _ = read(address, LETTER)
    content = json.dumps({"sleutel": key, "opdracht": "laatweg", "punt": 0}).encode()
    kind = {"Content-Type": "application/json"}
    assert request(address, "POST", "/brieven/opdracht", content, kind)[0] == 403
    assert len(headings(sheet(address, key))) == 6


def test_orders_that_make_no_sense_change_nothing(address):
    key, page = read(address, LETTER)
    for given in ({"punt": 99}, {"punt": -1}, {"punt": "x"}, {}):
        assert headings(order(address, key, "laatweg", **given)) == headings(page)
    assert headings(order(address, key, "onbekend", punt=0)) == headings(page)
    assert headings(order(address, key, "vink", punt=0, nummer=999)) == headings(page)


def test_documents_that_changed_meanwhile_are_told_and_the_work_can_be_saved(
    tmp_path_factory, monkeypatch
):
    assistant, settings = prepared(tmp_path_factory)
    parts = PageParts(assistant, FeedbackFile(tmp_path_factory.mktemp("page") / "feedback"))
    with served(build_app(parts, settings.corpus)) as url:
        key, page = read(url, LETTER)
        assert len(headings(page)) == 6
        left = {k: v for k, v in assistant.documents.items() if k != "elst-brief"}
        monkeypatch.setattr(type(assistant), "documents", property(lambda self: left))
        assert "intussen veranderd" in sheet(url, key)
        assert 'data-brief="vernieuw"' in sheet(url, key)
        assert request(url, "GET", f"/brieven/{key}.docx")[0] == 409
        status, saved, _ = request(url, "GET", f"/brieven/{key}.json")
        monkeypatch.undo()
        order(url, key, "tekst", punt=0, kop="Kop", tekst="Eigen tekst.")
        order(url, key, "vernieuw")
        assert "Eigen tekst." in sheet(url, key)
    assert status == 200
    assert len(json.loads(saved)["items"]) == 6


def test_an_unknown_letter_is_told(address):
    assert request(address, "GET", "/brieven/blad?sleutel=weg")[0] == 404
    assert request(address, "GET", "/brieven/weg.docx")[0] == 404


def test_without_an_index_no_letter_can_be_answered(tmp_path):
    with served(build_app(page_parts(tmp_path), tmp_path)) as url:
        status, body, _ = send(url, LETTER)
    assert status == 409
    assert "kan nu geen brief worden beantwoord" in json.loads(body)["fout"]


@needs_browser
def test_the_tab_in_a_browser(browser, address, tmp_path):  # noqa: F811
    letter = tmp_path / "brief.txt"
    letter.write_text(LETTER, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = open_page(context, address)
    page.set_default_timeout(30_000)
    open_tab(page, "Brief beantwoorden")
    page.set_input_files("#brief-kies", str(letter))
    page.locator(".bw-brief").wait_for()
    points = page.locator(".bw-punten > li")
    assert points.count() == 6
    page.get_by_role("button", name="2. De wijkteams ook op zaterdag te openen").click()
    page.locator(".bw-punten > li[aria-current]", has_text="2. ").wait_for()
    page.get_by_label("Standpunt:").select_option("overgenomen")
    page.wait_for_function("document.querySelector('#punt-tekst').value.includes('Wij nemen dit')")
    page.get_by_label("Tekst", exact=True).fill("Onze eigen tekst. [1]")
    with page.expect_download() as download:
        page.locator('a[href$=".docx"]').first.click()
    path = tmp_path / "concept.docx"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert "Onze eigen tekst." in archive.read("word/document.xml").decode()
    page.get_by_label("Laat dit punt weg: De wijkteams ook op zaterdag te openen").click()
    page.wait_for_function("document.querySelectorAll('.bw-punten > li').length === 5")
    assert page.errors == []
    assert all(url.startswith((address, "data:", "blob:")) for url in page.requests)
    context.close()


@needs_browser
def test_the_tab_on_a_narrow_screen(browser, address, tmp_path):  # noqa: F811
    """At 420 pixels nothing is cut off, and what is chosen comes into view."""
    letter = tmp_path / "brief.txt"
    letter.write_text(LETTER, encoding="utf-8")
    context = browser.new_context(viewport={"width": 420, "height": 840})
    page = open_page(context, address)
    page.set_default_timeout(30_000)
    open_tab(page, "Brief beantwoorden")
    page.set_input_files("#brief-kies", str(letter))
    page.locator(".bw-brief").wait_for()
    wide = """[...document.querySelectorAll('#brief-blad *')].filter(
        (one) => one.getBoundingClientRect().right > innerWidth + 1).length"""
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert page.evaluate(wide) == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    ours = [one for one in ids if one.startswith("brief-") or one in {"soort", "standpunt"}]
    assert ours
    assert all(ids.count(one) == 1 for one in ours)
    for find in ("[data-brief=toon][data-punt='3']", "[data-brief=naar] >> nth=0"):
        page.locator(find).click()
        page.wait_for_function(
            "Math.abs(document.querySelector('#brief-bewijs-kop').getBoundingClientRect().top) < 60"
        )
    page.get_by_role("link", name="Terug naar de punten").click()
    page.wait_for_function(
        "Math.abs(document.querySelector('#brief-punten-kop').getBoundingClientRect().top) < 60"
    )
    assert page.errors == []
    context.close()


@needs_browser
def test_a_point_made_again_and_another_municipality_in_a_browser(browser, address, tmp_path):  # noqa: F811
    letter = tmp_path / "brief.txt"
    letter.write_text(LETTER, encoding="utf-8")
    page = open_page(browser.new_context(viewport={"width": 1280, "height": 900}), address)
    page.set_default_timeout(30_000)
    open_tab(page, "Brief beantwoorden")
    page.set_input_files("#brief-kies", str(letter))
    page.locator(".bw-brief").wait_for()
    text = page.get_by_label("Tekst", exact=True)
    drafted = text.input_value()
    text.fill("Onze eigen tekst.")
    page.get_by_role("button", name="Tekst bewaren").click()
    page.get_by_text("Dit is uw eigen tekst.").wait_for()
    page.get_by_role("button", name="Opnieuw maken").click()
    page.get_by_text("Dit is uw eigen tekst.").wait_for(state="detached")
    assert text.input_value() == drafted
    assert page.evaluate("document.activeElement.textContent") == "Opnieuw maken"
    # What was typed and not kept survives another municipality too.
    text.fill("Nog niet bewaard.")
    towns = page.locator("#werk-gemeente")
    assert towns.input_value() == "Elst-Veenoord"
    towns.focus()
    towns.select_option("Duinbroek en Waal")
    page.wait_for_function(
        "document.querySelector('#werk-gemeente')?.selectedOptions[0].text === 'Duinbroek en Waal'"
        " && document.querySelector('#punt-tekst').value === 'Nog niet bewaard.'"
        " && document.querySelector('.bw-nogopen')"
    )
    page.get_by_text("Dit is uw eigen tekst.").wait_for()
    page.wait_for_function("document.activeElement.id === 'werk-gemeente'")
    assert page.errors == []
    page.context.close()
