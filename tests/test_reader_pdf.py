import pypdf
import pytest
from conftest import PlainWords, WordCounts
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reader_parts import edit_pdf, make_pdf, reading_of, write

from ingest.errors import ReadingError
from ingest.pipeline import ingest
from ingest.readers import ReaderProcess, read
from ingest.readers.job import OUT_OF_TIME, Job
from ingest.readers.limits import Limits
from ingest.readers.pdf_lines import normalised
from ingest.readers.worker import read as read_job


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


def test_a_password_that_was_given_opens_the_file(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Geheim"]])
    edit_pdf(path, lambda writer: writer.encrypt("sesam", algorithm="AES-256"))
    with ReaderProcess() as process:
        reading = process.read(path, password="sesam")
        assert (reading.text, reading.pages[0].read_by) == ("Geheim", "pypdf")
        with pytest.raises(ReadingError, match="is beveiligd met een ander wachtwoord"):
            process.read(path, password="fout")


def test_a_password_in_the_catalog_opens_the_file_and_is_kept_nowhere(settings):
    path = make_pdf(settings.corpus / "dicht.pdf", [["Nota over water"], ["Het water stroomt."]])
    edit_pdf(path, lambda writer: writer.encrypt("sesam", algorithm="AES-256"))
    (settings.corpus / "catalog.toml").write_text(
        '["dicht.pdf"]\ntitle = "Dicht"\npassword = "sesam"\n'
    )
    report = ingest(settings, embedder=WordCounts(), analyzer=PlainWords())
    assert "dicht" in report.added
    kept = [file.read_bytes() for file in settings.index.rglob("*") if file.is_file()]
    assert not any(b"sesam" in data for data in kept)


def test_a_file_with_too_many_pages_is_refused_with_their_number(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Een"], ["Twee"], ["Drie"]])
    with (
        ReaderProcess(Limits(pages=2)) as process,
        pytest.raises(ReadingError, match="heeft 3 pagina's; meer dan 2 worden niet"),
    ):
        process.read(path)


def test_pages_after_the_time_is_up_are_named(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Een"], ["Twee"], ["Drie"]])
    with path.open("rb") as stream:
        reading = read_job(Job("a.pdf", stream, Limits(seconds=1.5, seconds_a_page=-1)))
    assert [page.problem for page in reading.pages] == ["", OUT_OF_TIME, OUT_OF_TIME]
    assert (reading.text.strip(), reading.unread) == ("Een", (2, 3))


def test_a_content_stream_that_unpacks_to_a_bomb_costs_one_page(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Een"], ["Twee"], ["Drie"]])

    def spoil(writer):
        bomb = pypdf.generic.StreamObject()
        bomb.set_data(b"q " * 100_000_000)
        writer.pages[1][NameObject("/Contents")] = writer._add_object(bomb.flate_encode())

    reading = read(edit_pdf(path, spoil))
    assert [bool(page.problem) for page in reading.pages] == [False, True, False]


def test_an_outline_that_bites_its_tail_costs_nothing(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Een"], ["Twee"]])

    def spoil(writer):
        item = writer.add_outline_item(title="Een", page_number=0).get_object()
        item[NameObject("/Next")] = item.indirect_reference

    assert read(edit_pdf(path, spoil)).text == "Een\n\nTwee"


def test_script_in_a_file_is_no_text_and_is_not_run(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Een"]])
    script = {"/S": "/JavaScript", "/JS": "app.alert('gevaar')"}

    def add(writer):
        action = DictionaryObject(
            {NameObject(key): TextStringObject(value) for key, value in script.items()}
        )
        writer.root_object[NameObject("/OpenAction")] = action

    edit_pdf(path, add)
    assert read(path).text == "Een"


def test_a_damaged_start_is_refused_and_junk_before_it_is_not(tmp_path):
    data = make_pdf(tmp_path / "a.pdf", [["Een"]]).read_bytes()
    assert reading_of(b"\r\n\r\nrommel\n" + data, "b.pdf").text == "Een"


def test_attachments_in_a_pdf_are_told_of(tmp_path):
    path = make_pdf(tmp_path / "a.pdf", [["Voorblad van de bundel met de stukken."]])
    writer = pypdf.PdfWriter(clone_from=path)
    writer.add_attachment("advies.pdf", b"%PDF")
    writer.add_attachment("begroting.xlsx", b"PK")
    writer.write(path)
    assert read(path).notes == (
        "a.pdf heeft bijlagen in zich, die niet gelezen zijn: advies.pdf, begroting.xlsx. Sla ze "
        "apart op en bied ze ook aan.",
    )
