"""What stands where on a page of a PDF decides what it is."""

import pytest
from reader_parts import edit_pdf, marks_of, passages_of, reading_of
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingest.documents import PassageKind
from ingest.readers.hyphens import JOINT, Joiner, without_joints
from ingest.readers.pdf_quality import is_nonsense, quality
from ingest.readers.pdf_text import BLANK

PLAIN, BOLD, VERA = "Helvetica", "Helvetica-Bold", "Vera"  # Vera has ligatures
pdfmetrics.registerFont(TTFont(VERA, "Vera.ttf"))
TOP = A4[1] - 72
PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


class Pdf:
    """A PDF that is drawn line by line."""

    def __init__(self, path):
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4)
        self.at = TOP

    def line(self, text, x=72, font=PLAIN, size=10, gap=0):
        self.at -= gap
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.at, text)
        self.at -= size * 1.3
        return self

    def put(self, text, x, y, font=PLAIN, size=10):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return self

    def page(self):
        self.canvas.showPage()
        self.at = TOP
        return self

    def read(self, change=None):
        self.canvas.save()
        if change:
            edit_pdf(self.path, change)
        return reading_of(self.path.read_bytes(), self.path.name)


@pytest.fixture
def pdf(tmp_path):
    return Pdf(tmp_path / "a.pdf")


def page_texts(reading):
    return [reading.text[page.start : page.end] for page in reading.pages]


# ---- columns and white space


def test_columns_that_were_drawn_line_by_line_are_read_one_after_the_other(pdf):
    left = [f"Links regel {n} van het beleid over wonen" for n in range(8)]
    right = [f"Rechts regel {n} van het beleid over werk" for n in range(8)]
    pdf.line("Een kop over de hele breedte van deze pagina, boven beide kolommen uit")
    for one, other in zip(left, right, strict=True):
        pdf.put(one, 72, pdf.at).put(other, 320, pdf.at)
        pdf.at -= 13
    pdf.line("Een slot over de hele breedte van deze pagina, onder beide kolommen door")
    lines = [line for line in pdf.read().text.split("\n") if line]
    assert lines[1:-1] == left + right


def test_short_cells_side_by_side_are_no_columns(pdf):
    for n in range(8):
        pdf.put(f"Soort {n}", 72, pdf.at).put(f"{n * 10}", 320, pdf.at)
        pdf.at -= 13
    lines = [line.split() for line in pdf.read().text.split("\n") if line]
    assert lines == [["Soort", str(n), str(n * 10)] for n in range(8)]


def test_white_space_between_paragraphs_is_an_empty_line(pdf):
    for text in ("Eerste alinea begint hier", "en gaat door.", "", "Tweede alinea."):
        pdf.line(text) if text else pdf.line("Nog een regel.", gap=10)
    assert pdf.read().text == (
        "Eerste alinea begint hier\nen gaat door.\n\nNog een regel.\nTweede alinea."
    )


# ---- running lines and labels


def test_a_block_in_the_margin_of_every_page_is_left_out_but_where_it_is_new(pdf):
    for n in range(1, 6):
        for k, text in enumerate(("Datum", "3 februari 2023", "Ons kenmerk", "2023-0000053053")):
            pdf.put(text, 440, TOP - 12 * k, size=7)
        pdf.put(f"Pagina {n} van 5", 440, 40, size=7)
        pdf.at = TOP - 60
        pdf.line(f"Dit is de tekst van bladzijde {n * n}.").page()
    texts = page_texts(pdf.read())
    assert texts == [f"Dit is de tekst van bladzijde {n * n}." for n in range(1, 6)]


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        (["", "", "1", "2", "3", "4"], ["1", "2", "1", "2", "3", "4"]),
        (["i", "ii", "iii", "iv", "v", "vi"], ["i", "ii", "iii", "iv", "v", "vi"]),
        (["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"], ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"]),
        (["i", "ii", "iii", "1", "2", "3"], ["i", "ii", "iii", "1", "2", "3"]),
        (["11", "12", "", "14", "15", "16"], ["11", "12", "13", "14", "15", "16"]),
        (["7", "3", "9", "1", "5", "2"], ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_the_number_that_is_printed_on_a_page_is_its_label(pdf, printed, labels):
    for n, number in enumerate(printed):
        pdf.line(f"Tekst over onderwerp nummer {n * n + 3}.").put(number, 290, 40).page()
    assert [page.label for page in pdf.read().pages] == labels


def test_labels_that_the_file_states_go_before_what_is_printed(pdf):
    for n in range(4):
        pdf.line(f"Tekst over onderwerp {n * n}.").put(str(n + 1), 290, 40).page()

    def state(writer):
        writer.set_page_label(0, 1, style="/r")
        writer.set_page_label(2, 3, style="/D", prefix="B-", start=5)

    assert [page.label for page in pdf.read(state).pages] == ["i", "ii", "B-5", "B-6"]


# ---- headings


def test_bold_lines_with_a_number_are_headings_whatever_they_end_in(pdf):
    for n in (11, 12):
        pdf.line(f"{n}. Voorstel met betrekking tot de jaarstukken van de regio.", font=BOLD)
        pdf.line("De raad besluit unaniem:").line("de jaarstukken vast te stellen.")
    assert [q.section for q in passages_of(pdf.read())] == [
        ("11. Voorstel met betrekking tot de jaarstukken van de regio.",),
        ("12. Voorstel met betrekking tot de jaarstukken van de regio.",),
    ]


def test_the_outline_names_headings_and_their_levels(pdf):
    for title, level in (("Doelen", 0), ("Wonen in de", 1), ("Slot", 0)):
        pdf.canvas.bookmarkPage(title)
        shown = "Wonen in de kernen" if level else title
        pdf.canvas.addOutlineEntry(shown, title, level=level)
        pdf.line(title)
        if level:
            pdf.line("kernen")
        pdf.line(PROSE).line(PROSE)
        pdf.page()
    reading = pdf.read()
    headings = [(m.level, reading.text[m.start : m.end]) for m in reading.marks if m.level]
    assert headings == [(1, "Doelen"), (2, "Wonen in de\nkernen"), (1, "Slot")]
    assert [q.section for q in passages_of(reading)] == [
        ("Doelen",), ("Doelen", "Wonen in de kernen"), ("Slot",),
    ]  # fmt: skip


def test_an_outline_that_names_nothing_on_its_pages_is_passed_over(pdf):
    for title in ("Bladwijzer A", "Bladwijzer B"):
        pdf.canvas.bookmarkPage(title)
        pdf.canvas.addOutlineEntry(title, title)
        pdf.line(PROSE).page()
    assert pdf.read().marks == ()


# ---- footnotes


def test_small_print_at_the_foot_is_a_note_apart(pdf):
    for n in range(6):
        pdf.line(f"Regel {n} van de lopende tekst op deze bladzijde, die nog doorgaat")
    pdf.line("1 Zie de nota Wonen uit 2021, die de raad", size=7, gap=200)
    pdf.line("op 3 mei heeft vastgesteld.", size=7)
    pdf.line("2 Cijfers van het CBS.", size=7)
    pdf.page().line("en hier gaat de zin verder.")
    reading = pdf.read()
    assert marks_of(reading) == [
        ("footnote", "1 Zie de nota Wonen uit 2021, die de raad\nop 3 mei heeft vastgesteld."),
        ("footnote", "2 Cijfers van het CBS."),
    ]
    notes = [q for q in passages_of(reading) if q.kind is PassageKind.FOOTNOTE]
    assert len(notes) == 2


def test_a_list_in_the_usual_type_is_no_note(pdf):
    for n in range(6):
        pdf.line(f"{n + 1} punt dat in de gewone letter staat")
    assert pdf.read().marks == ()


# ---- tables


def table_pdf(path, rows, style=(), **options):
    cell = getSampleStyleSheet()["BodyText"]
    made = [[Paragraph(text, cell) if text else "" for text in row] for row in rows]
    table = Table(made, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style], **options)
    before = Paragraph("Hieronder staan de doelen per thema.", cell)
    SimpleDocTemplate(str(path), pagesize=A4).build([before, table])
    return reading_of(path.read_bytes(), path.name)


GOALS = [
    ("Thema", "Doel", "Indicator"),
    ("Wonen", "Er zijn genoeg betaalbare huizen voor starters en ouderen in alle kernen",
     "Wachttijd voor een woning"),
    ("Zorg", "Inwoners krijgen op tijd hulp", "Tevredenheid van inwoners over de hulp"),
]  # fmt: skip


def test_rows_of_a_table_with_borders_know_their_headers(tmp_path):
    reading = table_pdf(tmp_path / "a.pdf", GOALS, colWidths=[80, 150, 150])
    assert marks_of(reading) == [
        ("row", [(name, "") for name in GOALS[0]]),
        *(("row", list(zip(row, GOALS[0], strict=True))) for row in GOALS[1:]),
    ]
    assert [q.row for q in passages_of(reading) if q.kind is PassageKind.TABLE_ROW] == [
        "Wonen", "Zorg",
    ]  # fmt: skip


def test_a_table_that_goes_on_on_the_next_page_keeps_its_headers(tmp_path):
    many = [GOALS[0], *((f"Thema {n}", PROSE, PROSE) for n in range(30))]
    reading = table_pdf(tmp_path / "a.pdf", many, colWidths=[80, 150, 150])
    assert len(reading.pages) > 1
    rows = [mark for mark in reading.marks if not mark.header]
    assert [mark.row for mark in rows] == [f"Thema {n}" for n in range(30)]
    assert {tuple(c.column for c in mark.cells) for mark in rows} == {GOALS[0]}


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_header_that_is_repeated_on_each_page_is_no_row(tmp_path, repeat):
    many = [GOALS[0], *((f"Thema {n}", PROSE, PROSE) for n in range(30))]
    reading = table_pdf(tmp_path / "a.pdf", many, colWidths=[80, 150, 150], repeatRows=repeat)
    rows = [mark for mark in reading.marks if not mark.header]
    assert [mark.row for mark in rows] == [f"Thema {n}" for n in range(30)]


def test_merged_cells_carry_their_name_and_headers(tmp_path):
    rows = [
        ("Thema", "Begroting", ""), ("", "2024", "2025"), ("Wonen", "€ 10", "€ 12"),
        ("", "€ 20", "€ 22"),
    ]  # fmt: skip
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (0, 2), (0, 3))]
    reading = table_pdf(tmp_path / "a.pdf", rows, spans, colWidths=[100, 80, 80])
    assert marks_of(reading)[2:] == [
        ("row", [("Wonen", "Thema"), ("€ 10", "Begroting 2024"), ("€ 12", "Begroting 2025")]),
        ("row", [("€ 20", "Begroting 2024"), ("€ 22", "Begroting 2025")]),
    ]
    assert [mark.row for mark in reading.marks][2:] == ["Wonen", "Wonen"]


def test_a_frame_around_text_is_no_table(pdf):
    pdf.canvas.rect(60, TOP - 60, 400, 80)
    pdf.line(PROSE).line(PROSE)
    assert pdf.read().marks == ()


# ---- scans, blank pages, and text that is taken out badly


def image(pdf, width, height):
    from PIL import Image

    Image.new("RGB", (40, 40), "gray").save(pdf.path.with_suffix(".png"))
    pdf.canvas.drawImage(str(pdf.path.with_suffix(".png")), 0, 0, width, height)
    return pdf


def test_pages_without_text_are_told_apart(pdf, monkeypatch):
    monkeypatch.setattr("ingest.readers.pdf.recogniser", lambda: "")
    pdf.line(PROSE).page()
    image(pdf, *A4).put("x. ,", 20, 20).page()
    image(pdf, *A4).put("Meerjarenbeeld 2026", 72, TOP).page()
    pdf.page()
    image(pdf, 200, 100).line(PROSE).page()
    reading = pdf.read()
    assert [page.problem for page in reading.pages] == [
        "", "gescand: alleen beeld", "vooral beeld, dat niet gelezen is", BLANK, "",
    ]  # fmt: skip
    assert reading.unread == (2, 3, 4)
    assert "Meerjarenbeeld 2026" in reading.text


def test_a_page_that_pypdf_takes_out_badly_is_taken_out_with_pdfium(pdf):
    # Each letter six times at the same place, as for a shadow.
    for n, letter in enumerate("Raad voor het openbaar bestuur"):
        for _ in range(6):
            pdf.put(letter, 72 + 8 * n, 700, size=12)
    reading = pdf.page().line(PROSE).read()
    assert [page.read_by for page in reading.pages] == ["pypdfium2", "pypdf"]
    assert "het openbaar" in page_texts(reading)[0]


def test_quality_tells_language_from_what_is_none():
    assert quality(PROSE) > 0.95
    assert quality("BBeelleeiidd vvoooorr iinnwwoonneerrss") < 0.1
    assert quality("/g12/g7 /g33/g4 (cid:12)(cid:7) beleid") < 0.3
    assert quality("Debeleidsnotaoverhetwonenindegemeente " + PROSE) < quality(PROSE)
    assert quality("") == 0
    assert is_nonsense(" ".join(["qzxvw", "wkpqj", "xzzqw"] * 12))
    assert not is_nonsense(PROSE * 4)
    assert not is_nonsense("计算机科学与技术（应用技术）" * 20)


def test_what_was_filled_in_on_a_form_is_read(pdf):
    form = pdf.line(PROSE).canvas.acroForm
    form.textfield(name="naam", tooltip="Naam aanvrager", value="Stichting De Brug", x=72, y=600)
    form.textfield(name="leeg", x=72, y=560)
    form.choice(name="wijk", value="Noord", options=["Noord", "Zuid"], x=72, y=520)
    lines = [line for line in pdf.read().text.split("\n") if line]
    assert lines == [
        PROSE, "Naam aanvrager: Stichting De Brug", "wijk: Noord",
    ]  # fmt: skip


# ---- broken words


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("de begrotings-", "staten van de raad", "de begrotingsstaten|van de raad"),
        ("uw ver-", "antwoordelijkheid.", "uw verantwoordelijkheid.|"),
        ("het sociaal-", "maatschappelijk werk", "het sociaal-|maatschappelijk werk"),
        ("in-", "en uitstroom", "in-|en uitstroom"),
        ("in-", "woners", "inwoners|"),
        ("de Wmo-", "voorziening", "de Wmo-|voorziening"),
        ("het zee-", "egeltje", "het zee-|egeltje"),
        ("onze col-", "lega's daar", "onze collega's|daar"),
        ("consectetuer adip-", "iscing elit", "consectetuer adip-|iscing elit"),
        ("een mantelzorg-", "waardering", "een mantelzorgwaardering|"),
        ("mei 2024 -", "juni", "mei 2024 -|juni"),
    ],
)
def test_a_word_is_joined_where_the_whole_is_right_dutch(first, second, joined):
    lines = Joiner([]).join([first, second])
    assert "|".join(lines).replace(JOINT, "") == joined


def test_the_document_itself_tells_how_a_word_is_written():
    assert Joiner(["De lokaal-gebonden aanpak."]).join(["lokaal-", "gebonden"])[0] == "lokaal-"
    joiner = Joiner(["De Xylowaard ligt hier."])
    assert joiner.join(["de Xylo-", "waard"]) == [f"de Xylo{JOINT}waard", ""]


def test_joints_become_offsets():
    assert without_joints(f"be{JOINT}leid en zo{JOINT}rg") == ("beleid en zorg", (2, 12))
    assert without_joints("beleid") == ("beleid", ())


def test_the_quote_as_printed_has_the_hyphen_back(pdf):
    reading = (
        pdf.line("De raad stelt de begrotings-").line("staten vast. Dit is al het beleid.").read()
    )
    assert reading.text == "De raad stelt de begrotingsstaten\nvast. Dit is al het beleid."
    [passage] = passages_of(reading)
    assert passage.as_printed(passage.start, passage.end) == (
        "De raad stelt de begrotings-\nstaten\nvast. Dit is al het beleid."
    )
    start = passage.start + passage.text.index("Dit")
    assert passage.as_printed(start, passage.end) == "Dit is al het beleid."


# ---- golden text


def test_the_text_of_a_report_page_by_page(pdf):
    """A report with all that comes between a page and its text."""
    pages = [
        ["Nota Wonen 2024", "", "De gemeente Voorbeeldstad wil voor alle in-", "woners een huis."],
        ["Dat lukt met \ufb01nanciële steun van de provincie en", "met de woningbouwverenigingen."],
        ["Slot van deze nota."],
    ]  # fmt: skip
    for n, lines in enumerate(pages, start=4):
        pdf.put("Gemeente Voorbeeldstad", 72, TOP + 30, size=8)
        for line in lines:
            pdf.line(line, font=VERA) if line else setattr(pdf, "at", pdf.at - 14)
        pdf.put(f"{n}", 290, 40, size=8).page()
    reading = pdf.read()
    assert page_texts(reading) == [
        "Nota Wonen 2024\n\nDe gemeente Voorbeeldstad wil voor alle inwoners\neen huis.",
        "Dat lukt met financiële steun van de provincie en\nmet de woningbouwverenigingen.",
        "Slot van deze nota.",
    ]
    assert [page.label for page in reading.pages] == ["4", "5", "6"]
    assert {page.read_by for page in reading.pages} == {"pypdf"}


def numbered_header(canvas, page, chapter):
    """A running header with the page's number on its outer side, as LaTeX sets them."""
    text = f"{page} {chapter}" if page % 2 == 0 else f"{chapter} {page}"
    canvas.drawString(60, 800, text)


def test_a_running_header_with_the_number_of_the_page_beside_words_is_left_out(tmp_path):
    path = tmp_path / "nota.pdf"
    canvas = Canvas(str(path))
    for page in range(1, 9):
        if page > 2:  # two pages of front matter without a number
            numbered_header(canvas, page - 2, "HOOFDSTUK 1. DOELEN" if page < 7 else "2. GELD")
        for line in range(20):
            canvas.drawString(60, 740 - 20 * line, f"Regel {line} van blad {page} gaat over geld.")
        canvas.showPage()
    canvas.save()
    reading = reading_of(path.read_bytes(), path.name)
    assert [page.label for page in reading.pages][2:] == ["1", "2", "3", "4", "5", "6"]
    assert "HOOFDSTUK" not in reading.text
    assert "GELD" not in reading.text


def test_headings_that_count_with_the_pages_are_kept(tmp_path):
    path = tmp_path / "nota.pdf"
    canvas = Canvas(str(path))
    for page, title in enumerate(("Doelen", "Middelen", "Wonen", "Sport", "Zorg"), start=1):
        canvas.drawString(60, 800, f"{page} {title}")
        for line in range(20):
            canvas.drawString(60, 740 - 20 * line, f"Regel {line} van blad {page} over {title}.")
        canvas.showPage()
    canvas.save()
    text = reading_of(path.read_bytes(), path.name).text
    assert all(f"{n} {title}" in text for n, title in ((1, "Doelen"), (3, "Wonen"), (5, "Zorg")))
