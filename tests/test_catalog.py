import pytest

from ingest.catalog import FIELDS, describe, load_catalog
from ingest.documents import Mark, MarkKind, Reading
from ingest.errors import CatalogError
from ingest.settings import PROJECT


def guess(tmp_path, name, text, title=""):
    given = load_catalog(tmp_path).entries.get(name)
    stem = name.rpartition(".")[0]
    return describe(name, stem, "0" * 64, Reading(text=text, title=title), given)


def test_an_entry_is_all_that_is_said_about_a_document(tmp_path):
    (tmp_path / "catalog.toml").write_text(
        '["plan.txt"]\ntitle = "Het plan"\nstatus = "concept"\n', encoding="utf-8"
    )
    document = guess(tmp_path, "plan.txt", "Brief van de gemeente Elders, 3 mei 2021")
    assert (document.title, document.status) == ("Het plan", "concept")
    assert (document.municipality, document.date, document.guessed) == ("", "", ())
    assert (document.id, document.file, document.sha256) == ("plan", "plan.txt", "0" * 64)


def test_a_password_goes_to_the_reader_and_not_into_the_metadata(tmp_path):
    (tmp_path / "catalog.toml").write_text('["a.pdf"]\ntitle = "Plan"\npassword = "geheim"\n')
    assert load_catalog(tmp_path).entries["a.pdf"]["password"] == "geheim"
    assert "geheim" not in str(guess(tmp_path, "a.pdf", "Tekst."))


def test_a_title_that_an_entry_leaves_out_is_guessed(tmp_path):
    (tmp_path / "catalog.toml").write_text('["plan.txt"]\nkind = "agenda"\n')
    document = guess(tmp_path, "plan.txt", "Maatschappelijke agenda\n\nTekst.")
    assert document.title == "Maatschappelijke agenda"
    assert document.guessed == ("title",)


def test_without_an_entry_everything_is_guessed_and_marked():
    reading = Reading(
        "Beleidsplan schuldhulp 2024-2027\n\nDatum: 8 oktober 2023\n"
        "Vastgesteld door de gemeenteraad van de gemeente Voorbeeld aan den IJssel.\n"
    )
    document = describe("schuldhulp_2023.txt", "schuldhulp_2023", "", reading, None)
    assert document.title == "Beleidsplan schuldhulp 2024-2027"
    assert document.municipality == "Voorbeeld aan den IJssel"
    assert document.kind == "beleidsplan"
    assert document.date == "2023-10-08"
    assert document.period == "2024-2027"
    assert document.status == "vastgesteld"
    assert set(document.guessed) == {"title", "municipality", "kind", "date", "period", "status"}


def test_the_title_in_the_file_comes_first(tmp_path):
    text = "Eerste regel van de tekst\n\nDe echte titel staat pas hier."
    assert guess(tmp_path, "a.pdf", text, title="Echte titel").title == "Echte titel"


def test_a_title_of_the_document_that_the_file_was_made_from_is_passed_over(tmp_path):
    text = "Besluitenlijst van 29 juni\n\nDe raad besluit."
    stated = "Aandachtspunten vergadering november"
    assert guess(tmp_path, "a.pdf", text, title=stated).title == "Besluitenlijst van 29 juni"


@pytest.mark.parametrize(
    "above", ["INHOUDSOPGAVE", "Oktober 2025", "Colofon: uitgave gemeente Elders", "Leeswijzer"]
)
def test_what_stands_above_a_title_is_none(tmp_path, above):
    assert guess(tmp_path, "a.txt", f"{above}\n\nVisie op het water").title == "Visie op het water"


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        # The front says it.
        ("Visie van de gemeente Elders\n\nDe gemeente Anders doet mee.", "Elders"),
        # Named more than all others together.
        (f"Visie\n\n{'x' * 160} gemeente Elders, gemeente Elders en gemeente Anders.", "Elders"),
        # An advice to all municipalities names one as an example.
        (f"Advies\n\n{'x' * 160} zoals de gemeente Elders doet.", ""),
        (f"Advies\n\n{'x' * 160} gemeente Elders, gemeente Elders, gemeente A, gemeente B.", ""),
    ],
)
def test_a_municipality_is_guessed_only_where_the_text_is_about_it(tmp_path, text, municipality):
    assert guess(tmp_path, "a.txt", text).municipality == municipality


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("a.txt", "Visie\n\nDatum: 8 oktober 2023", "2023-10-08"),
        ("a.txt", "Elders, 8 oktober 2023\n\nGeachte raad,", "2023-10-08"),
        ("lijst-2024-07-09.txt", "Besluitenlijst", "2024-07-09"),
        # A date on the front of another year than the name says is about something else.
        ("advies-2015.txt", "Advies\n\nGelet op de wet van 12 december 1996", "2015"),
        ("a.txt", "Visie 2022\n\nOverleg van 3 mei 2022", "2022-05-03"),
    ],
)
def test_a_date_is_the_document_s_own(tmp_path, name, text, date):
    assert guess(tmp_path, name, text).date == date


def test_a_letter_is_called_by_its_subject(tmp_path):
    text = "Postbus 3\n\nOnderwerp\nReactie op uw advies\n\nGeachte leden,\n\nConcept van de brief."
    document = guess(tmp_path, "brief.txt", text)
    assert (document.title, document.kind) == ("Reactie op uw advies", "brief")


def test_what_nothing_is_known_about_stays_empty(tmp_path):
    document = guess(tmp_path, "los_blad.txt", "een los stuk zonder kop.")
    assert document.title == "Los blad"
    assert (document.municipality, document.date, document.status) == ("", "", "")
    assert document.guessed == ("title",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('["a.txt"]\ntitel = "x"\n', "onbekend veld 'titel'"),
        ('["a.txt"]\ndate = 2020-01-01\n', "'date'.*moet tekst"),
        ('title = "x"\n', "'title' is geen tabel"),
        ('["a.txt"\n', "geen geldige TOML"),
    ],
)
def test_a_faulty_catalog_is_an_error_that_names_the_fault(tmp_path, content, message):
    (tmp_path / "catalog.toml").write_text(content)
    with pytest.raises(CatalogError, match=message):
        load_catalog(tmp_path)


def test_the_catalog_of_the_corpus_covers_its_documents():
    catalog = load_catalog(PROJECT / "corpus")
    files = {path.name for path in (PROJECT / "corpus").glob("*.txt")}
    assert set(catalog.entries) == files
    assert files
    assert all(entry["title"] and entry["municipality"] for entry in catalog.entries.values())


def test_the_readme_explains_every_field():
    text = (PROJECT / "corpus" / "README.md").read_text(encoding="utf-8")
    assert [field for field in FIELDS if f"| `{field}` |" not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Gemeente\tBedrag\tToelichting\nUtrecht\t12\tveel",
        "- een lijst met punten\n- nog een punt erbij",
        # Its last line is cut off in the middle, and so ends without a full stop.
        "Een zin over water en riool in de wijk.\n" * 200,
    ],
)
def test_a_row_an_item_or_half_a_line_is_no_title(tmp_path, text):
    assert guess(tmp_path, "cijfers.csv", text).title == "Cijfers"


def test_the_heading_that_a_document_begins_with_is_its_title():
    heading = Mark(MarkKind.HEADING, 0, 9, level=1)
    text = "Woonvisie\n\nDe gemeente bouwt huizen voor iedereen"
    reading = Reading(text=text, marks=(heading,))
    assert describe("a.docx", "a", "0" * 64, reading, None).title == "Woonvisie"
