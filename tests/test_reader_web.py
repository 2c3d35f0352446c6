import pytest
from reader_parts import marks_of, passages_of, reading_of

from ingest.errors import ReadingError

PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def read(body, head=""):
    html = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return reading_of(html.encode(), "a.html")


def test_headings_paragraphs_and_lists():
    reading = read(
        f"<h1>Doelen</h1><p>{PROSE}<br>Tweede\n regel</p><div>Los<div>diep</div>na</div>"
        "<ul><li>Een<ul><li>Sub<li>Nog</ul><li><p>Twee</p><p>vervolg</p></ul>"
        '<ol start="3" type="a"><li>c<li value="7">g</ol><h2>Slot</h2><pre>a\n  b</pre>'
    )
    assert marks_of(reading) == [
        ("heading", "Doelen"),
        ("paragraph", f"{PROSE}\nTweede regel"),
        ("paragraph", "Los"),
        ("paragraph", "diep"),
        ("paragraph", "na"),
        ("item", "• Een"),
        ("item", "• Sub"),
        ("item", "• Nog"),
        ("item", "• Twee"),
        ("paragraph", "vervolg"),
        ("item", "c. c"),
        ("item", "g. g"),
        ("heading", "Slot"),
        ("paragraph", "a\nb"),
    ]


def test_rows_know_their_headers_and_spans():
    reading = read(
        "<table><tr><th rowspan=2>Thema<th colspan=2>Begroting<tr><th>2024<th>2025"
        "<tr><td rowspan=2>Wonen<td>€ 10<td>€ 12<tr><td>€ 20<td>€ 22</table>"
    )
    assert marks_of(reading)[2:] == [
        ("row", [("Wonen", "Thema"), ("€ 10", "Begroting 2024"), ("€ 12", "Begroting 2025")]),
        ("row", [("€ 20", "Begroting 2024"), ("€ 22", "Begroting 2025")]),
    ]
    assert [mark.row for mark in reading.marks][2:] == ["Wonen", "Wonen"]


def test_a_table_that_only_lays_out_is_read_as_paragraphs():
    reading = read(f"<table><tr><td><h1>Doelen</h1><p>{PROSE}</p></td><td>Menu</td></tr></table>")
    assert [kind for kind, _ in marks_of(reading)] == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('weg')</script>",
        "<style>p{color:red}/*weg*/</style>",
        "<noscript>weg</noscript>",
        "<template>weg</template>",
        "<nav>weg</nav>",
        "<footer>weg</footer>",
        "<aside>weg</aside>",
        "<form><label>weg</label><select><option>weg</select></form>",
        "<p hidden>weg</p>",
        "<p style='color:red; display : none'>weg</p>",
        "<p aria-hidden='true'>weg</p>",
        "<div role='navigation'>weg</div>",
        "<div id='breadcrumb'>weg</div>",
        "<ul class='main-menu dropdown'><li>weg</ul>",
        "<div class='cookie-consent'>weg</div>",
        "<span class='sr-only'>weg</span>",
        "<p class='geheim'>weg</p>",
        "<svg><text>weg</text></svg>",
        "<iframe srcdoc='weg'>weg</iframe>",
        "<!-- weg -->",
        "<textarea>weg</textarea>",
    ],
)
def test_what_a_browser_does_not_show_or_only_leads_the_way_is_left_out(hidden):
    style = "<style>@media print{p{display:none}} .x,.geheim{display:none}</style>"
    reading = read(f"<p>{PROSE}</p>{hidden}<p>Slot.</p>", style)
    assert reading.text == f"{PROSE}\n\nSlot."


def test_a_name_does_not_hide_what_holds_most_of_the_page():
    assert read(f"<div class='menu'>{PROSE}</div><p>Slot.</p>").text == f"{PROSE}\n\nSlot."


def test_the_main_part_is_read_alone_where_it_holds_the_text():
    assert read(f"<div>Kop</div><main><p>{PROSE}</p></main><div>Voet</div>").text == PROSE
    reading = read(f"<main><p>Kort</p></main><div>{PROSE} {PROSE}</div>")
    assert reading.text.startswith("Kort")
    assert PROSE in reading.text


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Nota  Wonen</title>", PROSE, "Nota Wonen"),
        ("<title>Nota Wonen | Gemeente X</title>", "<h1>Nota Wonen</h1>", "Nota Wonen"),
        ("<title>Vergadering</title>", "<h1>Iets anders</h1>", "Vergadering"),
        ("", "<h1>Nota</h1>", ""),
    ],
)
def test_the_title_comes_from_the_page(head, body, title):
    assert read(body, head).title == title


def test_the_character_set_is_recognised():
    reading = reading_of("<html><p>Café – € 5</p>".encode("cp1252"), "a.htm")
    assert (reading.text, reading.encoding) == ("Café – € 5", "cp1252")


def test_a_page_without_text_is_refused():
    with pytest.raises(ReadingError, match=r"a\.html bevat geen tekst die een browser toont"):
        read("<script>1</script>")


def test_broken_and_deeply_nested_pages_are_read():
    assert reading_of(b"<p>Een<p>Twee<b>vet<p>drie", "a.html").text == "Een\n\nTweevet\n\ndrie"
    assert reading_of(b"<div>" * 30_000 + b"Diep", "a.html").text == "Diep"
    assert reading_of(b"<ul><li>" * 2000 + b"Diep", "a.html").text.endswith("Diep")
    assert reading_of(b"<table><tr><td>" * 500 + b"Diep", "a.html").text == "Diep"


def test_a_page_is_split_by_its_headings():
    reading = read(f"<h1>Doelen</h1><p>{PROSE}</p><h2>Wonen</h2><p>{PROSE}</p>")
    assert [q.section for q in passages_of(reading)] == [("Doelen",), ("Doelen", "Wonen")]


FRAMES = (
    '<html><frameset cols="1,2"><FRAME SRC="menu.html">'
    "<frame src='inhoud.html'>{}</frameset></html>"
)


def test_a_page_of_frames_says_where_its_text_is():
    inside = "<noframes><body><p>Zonder frames: zie de <b>site</b>.</p></body></noframes>"
    reading = reading_of(FRAMES.format(inside).encode(), "a.html")
    assert reading.text == "Zonder frames: zie de site."
    [note] = reading.notes
    assert note.startswith("a.html bestaat uit andere pagina's (menu.html, inhoud.html);")
    with pytest.raises(ReadingError, match="bestaat uit andere pagina's"):
        reading_of(FRAMES.format("").encode(), "a.html")
