import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import docx
import pytest
from assistant_parts import prepared
from letter_parts import LETTER
from pypdf import PdfReader
from typer.testing import CliRunner

from assistant.__main__ import app
from assistant.reply.findings import find_answers
from assistant.reply.sheet import LONGEST, Cited, sheet_of_work, sheet_on
from assistant.reply.sheet_paper import QUESTIONS, sheet_file, sheet_paper
from assistant.reply.work import begin

DAY = date(2024, 5, 1)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def topic(assistant):
    return sheet_on("mantelzorg", "Duinbroek en Waal", assistant.documents, assistant.register)


@pytest.fixture(scope="module")
def of_letter(assistant, tmp_path_factory):
    path = tmp_path_factory.mktemp("letters") / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    return sheet_of_work(begin(find_answers(assistant, path)), assistant.documents)


def one_line(text):
    return " ".join(text.split())


def lines_of(sheet):
    return (*sheet.policy, *sheet.promised, *sheet.found, *sheet.elsewhere)


def test_every_line_is_a_quote_with_its_place(assistant, topic, of_letter):
    for sheet in (topic, of_letter):
        assert lines_of(sheet)
        for line in lines_of(sheet):
            texts = [one_line(home.text).replace("*", "") for home in assistant.documents.values()]
            assert any(line.text in text for text in texts)
            assert re.search(r"(?:pagina|regel) [\d.]+", line.source)


def test_own_policy_stands_apart_from_that_of_others(topic):
    assert {line.municipality for line in topic.policy} == {"Duinbroek en Waal"}
    assert topic.elsewhere
    assert "Duinbroek en Waal" not in {line.municipality for line in topic.elsewhere}


def test_what_the_evaluator_found_or_advised_is_there(topic):
    assert any("Zoek mantelzorgers actief op" in line.text for line in topic.found)


def test_an_unknown_topic_gives_a_sheet_that_says_so(assistant):
    sheet = sheet_on("zeppelins", "", assistant.documents, assistant.register)
    assert not lines_of(sheet)
    file = docx.Document(io.BytesIO(sheet_file(sheet, ".docx", DAY)))
    told = [p.text for p in file.paragraphs]
    assert told.count("Hierover is in de documenten niets gevonden.") == 4
    asked = told[told.index("Vragen om te stellen") + 1 :]
    assert len(asked) == len(set(asked)) == 5
    assert sum("(niets gevonden in 6 documenten)" in line for line in asked) == 3
    assert all("zeppelins" in line and line.endswith(")") for line in asked)


@pytest.mark.parametrize("municipality", ["", "Elst-Veenoord", "Grafveen"])
@pytest.mark.parametrize("topic", ["mantelzorg", "schulden", "vervoer", "zeppelins", "eenzaamheid"])
def test_a_sheet_is_one_page_with_five_different_questions(assistant, topic, municipality):
    sheet = sheet_on(topic, municipality, assistant.documents, assistant.register)
    pages = PdfReader(io.BytesIO(sheet_file(sheet, ".pdf", DAY))).pages
    assert len(pages) == 1
    blocks = sheet_paper(sheet, DAY).blocks
    at = next(n for n, b in enumerate(blocks) if b.pieces[0].text == "Vragen om te stellen")
    asked = ["".join(piece.text for piece in block.pieces) for block in blocks[at + 1 :]]
    assert len(asked) == len(set(asked)) == 5


def test_a_gap_of_a_letter_becomes_a_question(of_letter):
    text = "\n".join(
        page.extract_text()
        for page in PdfReader(io.BytesIO(sheet_file(of_letter, ".pdf", DAY))).pages
    )
    assert "zonnepanelen op scholen" in one_line(text)


def questions_of(sheet):
    blocks = sheet_paper(sheet, DAY).blocks
    at = next(n for n, b in enumerate(blocks) if b.pieces[0].text == "Vragen om te stellen")
    return ["".join(piece.text for piece in block.pieces) for block in blocks[at + 1 :]]


def test_what_a_letter_asks_is_asked_first_and_by_whom(of_letter):
    first = questions_of(of_letter)[0]
    assert first.startswith("De Adviesraad Samenleving ")
    assert first.endswith("(brief van Adviesraad Samenleving, 4 april 2024)")


def test_a_question_fits_what_it_is_about(topic):
    line = topic.policy[0]
    made = {
        kind: questions_of(replace(topic, policy=(replace(line, kind=kind),), promised=()))
        for kind in ("doel", "maatregel", "uitgangspunt", "opdracht", "")
    }
    begins = {
        "doel": "Het doel is: ",
        "maatregel": "De maatregel is: ",
        "uitgangspunt": "Het uitgangspunt is: ",
        "opdracht": "De opdracht luidt: ",
        "": "In het beleid staat: ",
    }
    for kind, asked in made.items():
        assert sum(one.startswith(begins[kind]) for one in asked) == 1


def test_of_two_goals_the_second_is_another(topic):
    goals = tuple(replace(topic.policy[0], kind="doel", text=text) for text in ("Een.", "Twee."))
    empty = replace(topic, policy=goals, promised=(), found=(), elsewhere=())
    asked = questions_of(empty)
    assert sum(one.startswith("Het doel is: ") for one in asked) == 1
    assert any(one.startswith("Een ander doel is: ") for one in asked)


def test_a_long_line_shows_the_topic():
    text = f"Wij zien {'veel groepen, ' * 30}ook mantelzorgers, en dat blijft, {'en meer ' * 30}."
    line = Cited(text, "bron", at=text.index("mantelzorgers"))
    shown = line.excerpt(LONGEST)
    assert "mantelzorgers" in shown
    assert shown.startswith("… ")
    assert len(shown) <= LONGEST + 4
    assert shown.removeprefix("… ").removesuffix(" …") in text
    late = Cited(f"{'woord ' * 60}mantelzorg.", "bron", at=360)
    assert late.excerpt(LONGEST).endswith("mantelzorg.")
    assert len(late.excerpt(LONGEST)) > LONGEST - 20
    listed = Cited(f"{'woord ' * 60}voor ouderen, mantelzorgers en meer.", "bron", at=374)
    assert len(listed.excerpt(LONGEST)) > LONGEST - 20


def test_a_sheet_does_not_say_the_same_twice(topic):
    for lines in (topic.policy, topic.found, topic.elsewhere):
        words = [set(line.text.lower().split()) for line in lines]
        for n, one in enumerate(words):
            for other in words[n + 1 :]:
                assert len(one & other) < 0.6 * min(len(one), len(other))


def test_the_pdf_is_one_page_of_a4_with_its_questions(topic, of_letter):
    for sheet in (topic, of_letter):
        reader = PdfReader(io.BytesIO(sheet_file(sheet, ".pdf", DAY)))
        assert len(reader.pages) == 1
        box = reader.pages[0].mediabox
        assert (round(box.width), round(box.height)) == (595, 842)
        text = one_line(reader.pages[0].extract_text())
        asked = text.split("Vragen om te stellen")[1]
        assert 1 <= asked.count("?") <= 2 * QUESTIONS


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_full_sheet_fits_on_one_page_in_libreoffice(topic, tmp_path):
    long = replace(topic.policy[0], text="woord " * LONGEST, source=f"{'Titel ' * 12}, regel 1")
    full = replace(
        topic, policy=(long,) * 3, promised=(long,) * 3, found=(long,) * 3, elsewhere=(long,) * 3
    )
    path = tmp_path / "blad.docx"
    path.write_bytes(sheet_file(full, ".docx", DAY))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", str(path)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert len(PdfReader(tmp_path / "blad.pdf").pages) == 1


@pytest.mark.parametrize("name", ["blad.docx", "blad.pdf"])
def test_the_command_writes_a_sheet(name, tmp_path, tmp_path_factory):
    settings = prepared(tmp_path_factory)[1]
    out = tmp_path / name
    places = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    result = CliRunner().invoke(app, ["debate", "mantelzorg", "-o", str(out), *places])
    assert result.exit_code == 0, result.output
    assert out.read_bytes()[:2] in (b"PK", b"%P")


def test_the_command_refuses_another_format(tmp_path):
    result = CliRunner().invoke(app, ["debate", "mantelzorg", "-o", str(tmp_path / "blad.txt")])
    assert result.exit_code == 1
    assert ".docx of .pdf" in one_line(result.output)


def test_what_is_cut_off_at_the_front_takes_no_denial_with_it():
    text = (
        "De agenda is breed opgezet. Wij vinden het niet verstandig, gezien de beperkte middelen "
        "die het rijk ons voor de komende jaren in het vooruitzicht heeft gesteld, om de groep "
        "inwoners die nu hulp krijgt verder uit te breiden, mantelzorgers daaronder begrepen."
    )
    line = Cited(text, "Agenda, p. 3", at=text.index("mantelzorgers"))
    assert "niet verstandig" in line.excerpt(200)
    affirmed = replace(line, text=text.replace("niet", "dus "))
    assert affirmed.excerpt(200).endswith("begrepen.")
