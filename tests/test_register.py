"""The register over real documents: what is in it, how it hangs together, and how it is written."""

import csv
import io
import json
from dataclasses import replace

import pytest
from assistant_parts import VERSIONS, assistant_over, prepared
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.__main__ import app
from assistant.engine import Assistant
from assistant.register import Filter, Register
from assistant.tables import COLUMNS, statement_record, to_csv, to_markdown, to_xlsx
from ingest.documents import LinkKind, StatementKind

GOAL = StatementKind.GOAL

NASTY = """\
Notitie

Doelen:

1. =HYPERLINK("http://kwaad") is geen doel van ons.
2. **Vet** en <b>schuin</b> blijven [gewone](http://kwaad) tekst.
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return prepared(tmp_path_factory)[0].register


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    return _register(tmp_path_factory, "versies", {"evaluatie.txt": VERSIONS})


def _register(factory, name, texts):
    return assistant_over(factory.mktemp(name), texts).register


def linked(register, kind):
    """Text of the source, text of the target, for each link of a kind."""
    return {
        (register.by_id[source].text, register.by_id[link.target].text)
        for source, links in register.links.items()
        for link in links
        if link.kind is kind
    }


# What is in it ---------------------------------------------------------------------------------


def test_every_statement_stands_in_its_document_and_passage(register):
    assert len(register.entries) > 20
    assert len(register.by_id) == len(register.entries)
    for entry in register.entries:
        statement = entry.statement
        assert entry.home.text[statement.start : statement.end] == statement.text
        assert entry.passage.start <= statement.start < statement.end
        assert (entry.page is None) != (entry.line is None)


def test_a_filter_takes_what_has_everything_asked(register):
    goals = register.select(
        Filter(
            kinds=frozenset({GOAL}),
            topics=frozenset({"mantelzorg"}),
            municipalities=frozenset({"Elst-Veenoord"}),
        )
    )
    assert [entry.text for entry in goals] == [
        "Mantelzorgers raken niet overbelast.",
        "Jonge mantelzorgers krijgen hulp op school.",
    ]
    assert register.select(Filter()) == list(register.entries)
    words = register.select(Filter(words="respijtzorg vakantie"))
    assert {entry.statement.document_id for entry in words} == {"duinbroek-agenda"}
    assert register.select(Filter(years=frozenset({1900}))) == []


def test_a_text_without_statements_gives_none(tmp_path_factory):
    menu = "Menu\n\nSoep van de dag met brood.\n\nStamppot met worst.\n\nVla of vers fruit.\n"
    poem = "Avond\n\nDe maan hangt laag,\nhet water zwijgt,\nen niemand die het ziet.\n"
    register = _register(tmp_path_factory, "leeg", {"menu.txt": menu, "gedicht.txt": poem})
    assert register.entries == ()
    assert register.links == {}


# Threads ---------------------------------------------------------------------------------------


def test_an_indicator_measures_the_goal_of_its_row_on_the_same_topic(versions):
    assert linked(versions, LinkKind.MEASURES) >= {
        ("Aantal bekende mantelzorgers", "Mantelzorgers worden tijdig herkend"),
        (
            "Aantal mantelzorgers dat steun krijgt",
            "Mantelzorgers worden tijdig herkend en gesteund",
        ),
    }
    assert ("Aantal bekende mantelzorgers", "Inwoners eten gezond") not in linked(
        versions, LinkKind.MEASURES
    )


def test_a_goal_succeeds_the_goal_of_the_programme_before(versions):
    assert linked(versions, LinkKind.SUCCEEDS) == {
        ("Mantelzorgers worden tijdig herkend en gesteund", "Mantelzorgers worden tijdig herkend")
    }


def test_a_verdict_judges_the_goal_of_the_present_programme(versions):
    assert linked(versions, LinkKind.JUDGES) == {
        (
            "Mantelzorgers tijdig herkend en gesteund Goed",
            "Mantelzorgers worden tijdig herkend en gesteund",
        ),
        ("Huurders met schulden krijgen hulp Slecht", "Huurders met schulden krijgen hulp"),
    }


def test_advice_that_is_answered_elsewhere_is_the_same_advice(register):
    advice = "Onderzoek of de wijkbus ook op zondag kan rijden."
    repeats = {
        (register.by_id[source].statement.document_id, register.by_id[link.target].text)
        for source, links in register.links.items()
        for link in links
        if link.kind is LinkKind.REPEATS
    }
    assert ("duinbroek-reactie", advice) in repeats
    answers = [said for said, of in linked(register, LinkKind.ANSWERS) if of == advice]
    assert any(said.startswith("Wij nemen deze aanbeveling niet over.") for said in answers)


def test_a_link_says_why_and_how_sure_and_is_found_from_both_ends(versions):
    for source, links in versions.links.items():
        for link in links:
            assert link.why
            assert 0 < link.sure <= 1
            assert (source, link) in versions.incoming[link.target]


def test_a_thread_holds_what_hangs_together_in_order_of_time(versions):
    threads = [
        [(e.statement.kind, e.statement.year, e.verdicts) for e in thread]
        for thread in versions.threads
    ]
    finding = StatementKind.FINDING
    assert sorted(threads, key=len) == [
        [(GOAL, 2019, {}), (finding, None, {"2021": "slecht"})],
        [(GOAL, 2014, {}), (GOAL, 2019, {}), (finding, None, {"2021": "goed"})],
    ]


# How it is written -----------------------------------------------------------------------------


def test_a_record_is_what_outside_programs_read(versions):
    entry = next(e for e in versions.entries if e.text.startswith("Mantelzorgers worden"))
    record = statement_record(entry, versions)
    assert list(record)[:4] == ["document", "kind", "quote", "text"]
    assert record["kind"] == "doel"
    assert record["quote"] in VERSIONS
    assert (record["theme"], record["programme"]) == ("1. Zorg", "WEL")
    assert "mantelzorg" in record["topics"]
    assert record["page"] is None
    assert VERSIONS.split("\n")[record["line"] - 1].endswith("herkend")
    json.dumps(record)


def test_a_spreadsheet_never_gets_a_formula_from_a_document(tmp_path_factory):
    register = _register(tmp_path_factory, "kwaad", {"notitie.txt": NASTY})
    assert register.entries[0].text.startswith("=HYPERLINK")
    [row, *_] = csv.DictReader(io.StringIO(to_csv(register.entries, register)))
    assert row["text"].startswith("'=HYPERLINK")
    sheet = load_workbook(io.BytesIO(to_xlsx(register.entries, register))).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS.values())
    texts = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "f" not in {cell.data_type for cell in texts}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in texts)
    markdown = to_markdown(register.entries, register)
    assert r"\[gewone\]" in markdown
    assert r"\<b\>" in markdown


@pytest.fixture
def run(tmp_path_factory):
    settings = prepared(tmp_path_factory)[1]
    where = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    return lambda *arguments: CliRunner().invoke(app, ["register", *arguments, *where])


def test_the_command_writes_one_record_a_line(run):
    result = run("--kind", "Doel", "--topic", "respijtzorg", "--municipality", "elst-veenoord")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["text"] for record in records] == [
        "Mantelzorgers raken niet overbelast.",
        "Jonge mantelzorgers krijgen hulp op school.",
    ]
    assert result.stderr.strip() == "2 regels"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "dol"], "'dol' is geen bekende soort"),
        (["--topic", "xylofoon"], "'xylofoon' is geen bekend onderwerp"),
        (["--municipality", "Nergens"], "'Nergens' is geen bekende gemeente"),
        (["--format", "xlsx"], "Geef met --out een bestand"),
    ],
)
def test_what_is_not_known_is_named(run, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "md"])
def test_each_format_goes_to_a_file(run, tmp_path, form):
    out = tmp_path / f"lijst.{form}"
    result = run("--kind", "doel", "--format", form, "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.stat().st_size > 100
    refused = run("--format", form, "--out", str(tmp_path / "weg" / "lijst"))
    assert refused.exit_code == 1
    assert "niet te schrijven" in " ".join(refused.stderr.split())


def test_the_check_counts_what_is_not_verbatim(run, register, monkeypatch):
    whole = run("--check")
    assert whole.exit_code == 0
    assert "0 niet letterlijk" in whole.stdout
    first, *rest = register.entries
    shifted = replace(first, statement=replace(first.statement, text="Iets anders."))
    broken = Register({}, {}, lambda text: frozenset(), register.topics)
    broken.entries = (shifted, *rest)
    monkeypatch.setattr(Assistant, "register", property(lambda self: broken))
    result = run("--check")
    assert result.exit_code == 1
    assert "1 niet letterlijk" in result.stdout
    assert first.id in " ".join(result.stderr.split()).replace(" ", "")


# In answers ------------------------------------------------------------------------------------

CLAIMED = """\
Terugblik op het welzijnsbeleid

1. Inleiding

Het Welzijnsplan Lokaal (WEL) is van 2014. In het WEL staan vier duidelijke doelen. In 2019 kwam \
het WEL 2.0, dat de gemeenteraad van Meerdijk in het najaar met algemene stemmen heeft vastgesteld.

2. Doelen van het WEL

1. Mantelzorgers worden tijdig herkend.
2. Er is respijtzorg in elk dorp.
3. Inwoners eten gezonder dan nu.

3. Doelen van het WEL 2.0

1. Mantelzorgers worden gesteund.
2. Huurders met schulden krijgen hulp.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return assistant_over(tmp_path_factory.mktemp("tellen"), {"terugblik.txt": CLAIMED}).ask


def quoted(answer):
    return [" ".join(citation.quote.split()) for citation in answer.citations]


def test_a_count_is_counted_and_says_what_the_text_claims(asked):
    answer = asked("Hoeveel doelen heeft het WEL?")
    assert "Ik tel **3 doelen** in WEL" in answer.text
    assert "De tekst noemt zelf een ander aantal:" in answer.text
    assert "In het WEL staan vier duidelijke doelen." in quoted(answer)
    assert "Inwoners eten gezonder dan nu." in quoted(answer)


def test_a_count_that_nothing_contradicts_stands_alone(asked):
    answer = asked("Hoeveel doelen heeft het WEL 2.0?")
    assert "Ik tel **2 doelen** in WEL 2.0" in answer.text
    assert "ander aantal" not in answer.text
    assert quoted(answer) == [
        "Mantelzorgers worden gesteund.",
        "Huurders met schulden krijgen hulp.",
    ]


@pytest.mark.parametrize(
    "claim",
    [
        "In het WEL staan drie duidelijke doelen.",  # the same number
        "In het WEL staat een drietal doelen.",
        "In het WEL is een duidelijk doel gesteld.",  # no number
        "Twee van de vier doelen van het WEL zijn gehaald.",  # not all of them
        "Zie voor het WEL ook hoofdstuk 5 doelen en middelen.",
        "De Verenigde Naties hebben zeventien doelen.",  # of somebody else
    ],
)
def test_only_a_claim_about_the_whole_contradicts_a_count(tmp_path, claim):
    text = CLAIMED.replace("In het WEL staan vier duidelijke doelen.", claim)
    answer = assistant_over(tmp_path, {"terugblik.txt": text}).ask("Hoeveel doelen heeft het WEL?")
    assert "Ik tel **3 doelen** in WEL" in answer.text
    assert "ander aantal" not in answer.text


def test_a_count_on_a_topic_is_not_held_against_the_total(asked):
    answer = asked("Hoeveel doelen over mantelzorg heeft het WEL?")
    assert "Ik tel **2 doelen** in WEL" in answer.text
    assert "ander aantal" not in answer.text


def test_a_count_says_that_the_running_text_may_hold_more(tmp_path):
    text = (
        "Sociale agenda Meerdijk\n\n1. Inleiding\n\nIn 2019 was er nog geen agenda in Meerdijk.\n\n"
        "2. Opdrachten\n\nDe gemeente krijgt deze opdrachten:\n\n- Zoek de buurten op.\n"
        "- Vraag het de jeugd.\n\n"
        "3. Wonen\n\nZorg ervoor dat alle huurders met schulden snel een gesprek krijgen.\n"
    )
    texts = {"agenda.txt": text, "catalog.toml": '["agenda.txt"]\nkind = "agenda"\n'}
    text = assistant_over(tmp_path, texts).ask("Hoeveel opdrachten heeft de agenda?").text
    assert "Ik tel **2 opdrachten** in" in text
    assert "alleen wat zo is aangekondigd. In de lopende tekst kan meer staan." in text


def test_what_became_of_them_is_not_counted(asked):
    assert "Ik tel" not in asked("Hoeveel doelen van het WEL zijn behaald?").text


def test_a_bare_name_is_not_its_later_version(asked):
    answer = asked("Welke doelen heeft het WEL?")
    assert "Huurders met schulden krijgen hulp." not in quoted(answer)
    assert "Inwoners eten gezonder dan nu." in quoted(answer)


def test_what_is_not_counted_in_the_register_is_no_count(asked):
    assert "Ik tel" not in asked("Hoeveel inwoners heeft Meerdijk?").text
    assert asked("Hoeveel doelen gaan over windmolens?").abstained


def test_a_list_holds_what_has_the_topic_though_not_the_word(asked):
    answer = asked("Welke doelen gaan over mantelzorg?")
    assert "Er is respijtzorg in elk dorp." in quoted(answer)
    assert "Inwoners eten gezonder dan nu." not in quoted(answer)


def test_an_earlier_programme_says_what_came_after_it(asked):
    text = asked("Welke doelen gaan over mantelzorg?").text
    assert "opgevolgd door WEL 2.0" in text
    assert text.index("opgevolgd door WEL 2.0") < text.index("worden tijdig herkend")
    assert text.count("opgevolgd door") == 1


@pytest.fixture(scope="module")
def asked_of_versions(tmp_path_factory):
    return assistant_over(tmp_path_factory.mktemp("oordeel"), {"evaluatie.txt": VERSIONS}).ask


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (
            "Welke doelen kregen in 2021 het oordeel slecht?",
            ["Huurders met schulden krijgen hulp Slecht"],
        ),
        (
            "Welke doelen over mantelzorg kregen het oordeel goed?",
            ["Mantelzorgers tijdig herkend en gesteund Goed"],
        ),
        ("Welke doelen kregen het oordeel neutraal?", []),
        ("Welke doelen kregen in 2020 het oordeel slecht?", []),
    ],
)
def test_goals_are_listed_by_the_verdict_of_a_year(asked_of_versions, asked, rows):
    answer = asked_of_versions(asked)
    assert answer.abstained is not bool(rows)
    assert answer.abstained or quoted(answer) == rows
