import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject
from reader_parts import edit_pdf, make_pdf, write

from ingest.errors import ReadingError
from ingest.readers import read
from ingest.readers.pdf_lines import normalised


def test_pages_are_spans_of_the_text_with_number_and_label(tmp_path):
    def number_roman_then_decimal(writer):
        writer.set_page_label(0, 1, style="/r")
        writer.set_page_label(2, 2, style="/D", start=1)

    path = make_pdf(tmp_path / "a.pdf", [["Voorwoord"], ["Inhoud"], ["Eerste doel"]])
    reading = read(edit_pdf(path, number_roman_then_decimal))
    assert reading.text == "Voorwoord\n\nInhoud\n\nEerste doel"
    assert [(p.number, p.label) for p in reading.pages] == [(1, "i"), (2, "ii"), (3, "1")]
    assert [reading.text[p.start : p.end] for p in reading.pages] == [
        "Voorwoord",
        "Inhoud",
        "Eerste doel",
    ]
    assert (reading.unread, reading.encoding) == ((), "")


def page_texts(reading):
    return [reading.text[page.start : page.end] for page in reading.pages]


@pytest.mark.parametrize("footer", ["Pagina {} van 4", "{}", "- {} -", "Voorbeeldstad | {}"])
def test_running_lines_and_page_numbers_are_left_out(tmp_path, footer):
    bodies = [[f"Doel {n * n} begint", f"en eindigt na {n}{n} woorden."] for n in range(2, 6)]
    pages = [["Plan 2024", *body, footer.format(n)] for n, body in enumerate(bodies, start=1)]
    reading = read(make_pdf(tmp_path / "a.pdf", pages))
    assert page_texts(reading) == ["\n".join(body) for body in bodies]


def test_page_numbers_that_start_later_are_left_out(tmp_path):
    pages = [["Omslag"], ["Inhoud"], *([f"Tekst {n * n}.", f"{n}"] for n in range(1, 5))]
    reading = read(make_pdf(tmp_path / "a.pdf", pages))
    assert page_texts(reading)[2:] == ["Tekst 1.", "Tekst 4.", "Tekst 9.", "Tekst 16."]


def test_headings_and_figures_at_the_edge_of_a_page_stay(tmp_path):
    pages = [[f"Hoofdstuk {n}", f"Zin {n}.", f"Aantal: {n * 7}", f"{n * 111}"] for n in (2, 3, 4)]
    reading = read(make_pdf(tmp_path / "a.pdf", pages))
    assert page_texts(reading) == ["\n".join(lines) for lines in pages]


def test_a_line_that_repeats_on_two_pages_only_is_kept(tmp_path):
    pages = [["Samenvatting", "Tekst een."], ["Samenvatting", "Tekst twee."]]
    assert read(make_pdf(tmp_path / "a.pdf", pages)).text.count("Samenvatting") == 2


def test_a_page_without_text_is_listed_and_has_no_length(tmp_path):
    reading = read(make_pdf(tmp_path / "a.pdf", [["Een"], [], ["Drie"]]))
    assert reading.unread == (2,)
    assert reading.pages[1].start == reading.pages[1].end
    assert reading.text[reading.pages[2].start :] == "Drie"


def test_a_damaged_page_does_not_cost_the_others(tmp_path):
    def spoil(writer):
        contents = writer.pages[1]["/Contents"]
        contents = contents if isinstance(contents, list) else [contents]
        contents[0].get_object()[NameObject("/Filter")] = NameObject("/Onbekend")

    path = make_pdf(tmp_path / "a.pdf", [["Een"], ["Twee"], ["Drie"]])
    reading = read(edit_pdf(path, spoil))
    assert (reading.text, reading.unread) == ("Een\n\n\n\nDrie", (2,))


def test_the_title_that_the_file_states_is_given(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Tekst"]], title="Het  beleidsplan")
    assert read(path).title == "Het beleidsplan"


def test_ligatures_and_soft_hyphens_are_normalised():
    assert normalised("e\ufb03ci\u00adent be\u00ad\nleid\r\nop\ufb02eu\u00adren") == (
        "efficient be-\nleid\nopfleuren"
    )


def test_an_encrypted_pdf_asks_for_one_without_a_password(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Geheim"]])
    edit_pdf(path, lambda writer: writer.encrypt("wachtwoord", algorithm="AES-256"))
    with pytest.raises(ReadingError, match=r"a\.pdf is beveiligd met een wachtwoord"):
        read(path)


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Openbaar"]])
    edit_pdf(path, lambda writer: writer.encrypt("", owner_password="x", algorithm="AES-256"))
    assert read(path).text == "Openbaar"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_truncated_pdf_is_refused_without_a_word_on_screen(tmp_path, share, capfd):
    data = make_pdf(tmp_path / "a.pdf", [["Tekst van het beleid"] * 30] * 5).read_bytes()
    path = write(tmp_path / "b.pdf", data[: int(len(data) * share)])
    with pytest.raises(ReadingError, match=r"b\.pdf is geen gave PDF"):
        read(path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "is leeg"), (b"\1\2 geen pdf", "is geen gave PDF")],
)
def test_what_is_no_pdf_is_refused(tmp_path, data, message):
    with pytest.raises(ReadingError, match=message):
        read(write(tmp_path / "a.pdf", data))


def test_a_pdf_without_pages_is_refused(tmp_path):
    writer = pypdf.PdfWriter()
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(ReadingError, match="heeft geen pagina's"):
        read(tmp_path / "a.pdf")


def test_a_scan_asks_for_ocr(tmp_path):
    with pytest.raises(ReadingError, match="gescand of leeg.*OCR"):
        read(make_pdf(tmp_path / "a.pdf", [[], []]))


def test_a_page_tree_that_bites_its_tail_is_refused(tmp_path):
    def loop(writer):
        kids = writer.root_object["/Pages"]["/Kids"]
        kids.append(writer.root_object.raw_get("/Pages"))

    path = edit_pdf(make_pdf(tmp_path / "a.pdf", [["Tekst"]]), loop)
    with pytest.raises(ReadingError, match="is geen gave PDF"):
        read(path)


def test_broken_page_labels_fall_back_on_the_physical_numbers(tmp_path):
    def spoil(writer):
        writer.root_object[NameObject("/PageLabels")] = DictionaryObject()

    reading = read(edit_pdf(make_pdf(tmp_path / "a.pdf", [["Een"], ["Twee"]]), spoil))
    assert [page.label for page in reading.pages] == ["1", "2"]
