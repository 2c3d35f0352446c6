import io
import json
import re
import zipfile
from datetime import date, datetime

import docx
import pytest
from assistant_parts import prepared
from defusedxml import ElementTree
from letter_parts import INJECTED, LETTER, MENU, TO_DUINBROEK
from typer.testing import CliRunner

from assistant.__main__ import app
from assistant.errors import LetterError, PhrasesError
from assistant.reply.draft import TEMPLATE, load_template, reply_paper
from assistant.reply.files import paper_file
from assistant.reply.findings import find_answers
from assistant.reply.paper import BlockKind, blocks_of
from assistant.reply.point_text import drafted_text
from assistant.reply.records import Point, PointType, Stance
from assistant.reply.work import (
    add,
    begin,
    change,
    cuts,
    drop,
    heading_of,
    merge,
    move,
    regenerate,
    retype,
    search,
    split,
)
from assistant.wording import page_of
from ingest.sentences import sentence_spans

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = date(2024, 5, 1)
NOW = datetime(2024, 5, 1, 12, 0)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


def work_on(assistant, folder, text):
    path = folder / "brief.txt"
    path.write_text(text, encoding="utf-8")
    return begin(find_answers(assistant, path))


@pytest.fixture(scope="module")
def work(assistant, tmp_path_factory):
    return work_on(assistant, tmp_path_factory.mktemp("letters"), LETTER)


@pytest.fixture(scope="module")
def paged(assistant, tmp_path_factory):
    return work_on(assistant, tmp_path_factory.mktemp("letters"), TO_DUINBROEK)


def paper_of(work, assistant, template=None):
    return reply_paper(work, assistant.documents, template or load_template(), DAY)


def word_notes(content):
    """The footnotes of a .docx by their id, and the ids in the order of the text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes = ElementTree.fromstring(archive.read("word/footnotes.xml"))
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    texts = {
        note.get(f"{W}id"): "".join(t.text or "" for t in note.iter(f"{W}t")).strip()
        for note in notes.iter(f"{W}footnote")
    }
    return texts, [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]


def one_line(text):
    return " ".join(text.split())


def whole_note(note):
    return re.fullmatch(r"(.+?): „(.+)”", note, re.DOTALL).groups()


def assert_true(note, documents):
    """A footnote names a document and a page or line, and its quote stands just there."""
    place, quote = whole_note(note)
    found = []
    for home in documents.values():
        if not place.startswith(home.document.title):
            continue
        # Every place where the quote stands, whatever the white space there.
        pattern = r"\s+".join(map(re.escape, quote.split()))
        for match in re.finditer(pattern, home.text):
            page = page_of(home.pages, match.start())
            line = home.text.count("\n", 0, match.start()) + 1
            where = f"pagina {page.number}" if page else f"regel {line}"
            found.append(where)
    assert any(re.search(rf"\b{where}\b", place) for where in found), (note, found)


def test_every_footnote_is_verbatim_and_points_to_the_right_page(assistant, work, paged):
    seen = 0
    for some in (work, paged):
        notes, order = word_notes(paper_file(paper_of(some, assistant), ".docx", NOW))
        assert order == [str(n) for n in range(1, len(order) + 1)]
        assert set(order) == set(notes) - {"-1", "0"}
        places = set()
        for number in order:
            if again := re.fullmatch(r"(.+) \(hierboven geciteerd\)", notes[number]):
                assert again[1] in places
                continue
            assert_true(notes[number], assistant.documents)
            places.add(whole_note(notes[number])[0])
            seen += 1
    assert seen >= 6


def test_pages_of_a_pdf_are_named_with_their_printed_number(assistant, paged):
    notes, _ = word_notes(paper_file(paper_of(paged, assistant), ".docx", NOW))
    of_pdf = [note for note in notes.values() if "Evaluatie mantelzorg en vervoer" in note]
    assert of_pdf
    assert all(re.search(r"pagina \d", note) for note in of_pdf)


def test_the_letter_has_its_parts_in_order(assistant, work):
    content = paper_file(paper_of(work, assistant), ".docx", NOW)
    file = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in file.paragraphs]
    parts = [
        "Aan: Adviesraad Samenleving",
        "Uw kenmerk: AS/24-07",
        "Onderwerp: Reactie op uw advies over de sociale agenda",
        "Geachte leden van de Adviesraad Samenleving,",
        "Wij hebben uw brief van 4 april 2024 ontvangen.",
        "1. ",
        "6. ",
        "Met vriendelijke groet,",
        "burgemeester en wethouders van Elst-Veenoord,",
        "Bijlage: punten, bewijsplaatsen en standpunten",
    ]
    at = [next(n for n, text in enumerate(texts) if text.startswith(part)) for part in parts]
    assert at == sorted(at)
    headings = [p for p in file.paragraphs if p.style.name == "Heading 2"]
    assert len(headings) == 7  # six points and the annex
    assert file.core_properties.language == "nl-NL"
    assert file.core_properties.title == "Reactie op uw advies over de sociale agenda"
    table = file.tables[0]
    assert len(table.rows) == 7
    assert table.cell(2, 4).text == "niet met reden\n(nog aanvullen)"
    assert table.cell(4, 3).text.startswith("Niets gevonden dat dit punt beantwoordt. Gez")


def test_nothing_is_promised_on_behalf_of_the_college(assistant, work):
    for item in work.items:
        for stance in Stance:
            if stance is Stance.TAKEN_OVER:
                continue
            chosen = change(work, 0, stance=stance).items[0]
            for one in (item, chosen):
                text = drafted_text(one, load_template())
                ours = re.sub(r"„.*?”|\[[^\]]*\]", "", text, flags=re.DOTALL)
                assert not re.search(r"\b(?:zullen|gaan wij|wij gaan|toezeggen)\b", ours)
                assert not re.search(r"\bwij nemen\b|\bnemen wij\b", ours, re.IGNORECASE)


def test_what_has_no_source_is_an_open_place(assistant, work):
    item = next(item for item in work.items if "zonnepanelen" in item.point.quote)
    text = drafted_text(item, load_template())
    assert re.search(r"\[Niets gevonden in de documenten\. Kies: .*\]", text)
    file = docx.Document(io.BytesIO(paper_file(paper_of(work, assistant), ".docx", NOW)))
    marked = [r.text for p in file.paragraphs for r in p.runs if r.font.highlight_color]
    assert any(text.startswith("[Niets gevonden in de documenten.") for text in marked)


def test_commands_in_a_letter_do_not_reach_the_reply(assistant, tmp_path):
    injected = work_on(assistant, tmp_path, INJECTED)
    paper = paper_of(injected, assistant)
    text = "\n".join(piece.text for block in paper.blocks for piece in block.pieces)
    assert "Negeer" not in text
    assert "toegezegd" not in re.sub(r"„.*?”|\[[^\]]*\]", "", text)
    markdown = paper_file(paper, ".md", NOW).decode()
    assert "<script>" not in markdown.replace("\\<script\\>", "")


def test_a_letter_without_points_gives_a_letter_to_fill_in(assistant, tmp_path):
    paper = paper_of(work_on(assistant, tmp_path, MENU), assistant)
    text = "\n".join(piece.text for block in paper.blocks for piece in block.pieces)
    assert "[In de brief zijn geen punten aangewezen." in text


def test_open_document_and_markdown_have_the_same_footnotes(assistant, work):
    paper = paper_of(work, assistant)
    notes, order = word_notes(paper_file(paper, ".docx", NOW))
    with zipfile.ZipFile(io.BytesIO(paper_file(paper, ".odt", NOW))) as archive:
        assert archive.namelist()[0] == "mimetype"
        content = ElementTree.fromstring(archive.read("content.xml"))
    space = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    bodies = ["".join(b.itertext()) for b in content.iter(f"{space}note-body")]
    assert bodies == [notes[number] for number in order]
    markdown = paper_file(paper, ".md", NOW).decode()
    assert len(re.findall(r"^\[\^\d+\]: ", markdown, re.MULTILINE)) == len(order)


def test_another_format_is_refused(assistant, work):
    with pytest.raises(LetterError, match=r"\.docx, \.odt, \.md"):
        paper_file(paper_of(work, assistant), ".rtf", NOW)


def test_a_municipality_can_have_its_own_sentences(assistant, work, tmp_path):
    own = tmp_path / "huisstijl.toml"
    text = TEMPLATE.read_text(encoding="utf-8")
    own.write_text(text.replace('"Met vriendelijke groet,"', '"Hoogachtend,"'), encoding="utf-8")
    blocks = paper_of(work, assistant, load_template(own)).blocks
    assert "Hoogachtend," in [piece.text for block in blocks for piece in block.pieces]
    own.write_text(text.replace("[groet]", "[groeten]"), encoding="utf-8")
    with pytest.raises(PhrasesError, match="groet"):
        paper_of(work, assistant, load_template.__wrapped__(own))


def test_numbers_without_a_footnote_and_brackets_stay_what_they_are():
    blocks = blocks_of("Zie [1] en [9] en [vul in].\n\n- Een punt", {1: "bron"})
    assert [(p.text, p.note, p.open) for p in blocks[0].pieces] == [
        ("Zie", "bron", False),
        (" en [9] en ", "", False),
        ("[vul in]", "", True),
        (".", "", False),
    ]
    assert blocks[1].kind is BlockKind.ITEM


def test_the_officer_orders_drops_and_rewrites(assistant, work):
    moved = move(work, 1, -1)
    assert [i.point.number for i in moved.items] == [2, 1, 3, 4, 5, 6]
    assert move(work, 0, -1) == work
    assert [i.point.number for i in drop(work, 2).items] == [1, 2, 4, 5, 6]
    own = change(work, 0, text="Dit is onze eigen tekst. [1]")
    paper = paper_of(own, assistant)
    pieces = [piece for block in paper.blocks for piece in block.pieces]
    assert any(p.text == "Dit is onze eigen tekst." and p.note for p in pieces)


def test_no_two_neighbours_of_one_kind_begin_alike(assistant, work):
    template = load_template()
    texts = [drafted_text(retype(work, n, PointType.QUESTION).items[n], template) for n in range(4)]
    begins = [text.split("„")[0] for text in texts]
    assert all(one != other for one, other in zip(begins, begins[1:], strict=False))


@pytest.mark.parametrize(
    ("quote", "heading"),
    [
        (
            "Advies: houd elke week spreekuur in het dorpshuis.",
            "Houd elke week spreekuur in het dorpshuis",
        ),
        ("WIJ VERZOEKEN U DE LOKETTEN LANGER TE OPENEN.", "De loketten langer te openen"),
        (
            "Een plafond is geen bezwaar zolang het niet op iemands hoofd neerkomt, en dat is hier "
            "volgens ons het geval.",
            "Een plafond is geen bezwaar zolang het niet op iemands hoofd neerkomt",
        ),
        ("En wij verzoeken u de halte te verplaatsen.", "De halte te verplaatsen"),
        (
            "Overwegende dat u naar het verdrag verwijst, maar dat het daarbij blijft, legt de "
            "raad u de volgende vraag voor: welke stappen zet u in 2021?",
            "Welke stappen zet u in 2021?",
        ),
        (
            "Zet in elke grote kern één gewone kamer met een deur die dicht kan, daar vragen ook "
            "de wijkteams al om.",
            "Zet in elke grote kern één gewone kamer met een deur die dicht kan",
        ),
        (
            "Zulke aandacht kost vijf minuten en wij zijn er erg blij mee dat uw consulenten die "
            "ook echt nemen.",
            "Zulke aandacht kost vijf minuten",
        ),
        ("Wij verzoeken u de loketten langer te openen.", "De loketten langer te openen"),
        ("In de nota staat niets over zonnepanelen.", "Zonnepanelen"),
        ("De halte is weg. Dat vinden wij jammer.", "De halte is weg"),
        (
            "2. Ten slotte: zorg voor een bank bij de bushalte.",
            "Zorg voor een bank bij de bushalte",
        ),
        ("Daar schrokken wij van.", "Daar schrokken wij van"),
    ],
)
def test_a_heading_says_what_a_point_is_about(quote, heading):
    sentences = sentence_spans(quote, 0, len(quote))
    label = "2" if quote.startswith("2.") else ""
    point = Point(1, PointType.REQUEST, 0, len(quote), quote, label, core=(sentences[-1],))
    assert heading_of(point) == heading


def test_points_are_merged_split_and_searched_again(assistant, work, tmp_path):
    from assistant.reply.findings import answerer

    answer = answerer(assistant, work.municipality)
    merged = merge(work, 3, answer)
    assert len(merged.items) == 5
    assert "zonnepanelen" in merged.items[3].point.quote
    assert "betrekt" in merged.items[3].point.quote
    parts = split(merged, 3, answer)
    assert len(parts.items) == 6
    assert parts.items[3].point.quote.startswith("Wij missen")
    assert parts.items[4].point.quote.startswith("Wij zijn blij")
    again = regenerate(change(work, 1, text="weg ermee", stance=Stance.NOTHING), 1, answer)
    assert again.items[1].text is None
    assert again.items[1].stance is Stance.DECLINED


def test_a_point_is_split_at_any_sentence_or_clause(assistant, work):
    from assistant.reply.findings import answerer

    answer = answerer(assistant, work.municipality)
    merged = merge(work, 3, answer)
    text = merged.letter.text
    begins = [one_line(text[cut:])[:12] for cut in cuts(merged, 3)]
    assert begins == ["Wij zijn bli"]
    two = merge(merged, 3, answer)
    begins = {one_line(text[cut:])[:12]: cut for cut in cuts(two, 3)}
    assert list(begins) == ["Wij zijn bli", "Op bladzijde"]
    parts = split(two, 3, answer, begins["Op bladzijde"])
    assert parts.items[3].point.quote.endswith("betrekt.")
    assert parts.items[4].point.quote.startswith("Op bladzijde 3")
    assert parts.items[4].point.type is PointType.TEXT
    assert all_words(parts) == all_words(work)
    assert split(two, 3, answer, begins["Op bladzijde"] + 1) == two
    at = next(n for n, i in enumerate(work.items) if "zonnepanelen" in i.point.quote)
    assert split(work, at, answer) == work


def test_a_point_is_searched_for_with_the_words_of_the_officer(assistant, work):
    from assistant.reply.findings import answerer

    answer = answerer(assistant, work.municipality)
    at = next(n for n, i in enumerate(work.items) if "zonnepanelen" in i.point.quote)
    found = search(work, at, "  deeltaxi op zondag ", answer)
    assert found.items[at].point.search == "deeltaxi op zondag"
    assert any("deeltaxi is ook op zondag" in one_line(e.text) for e in found.items[at].evidence)
    assert found.items[at].heading == work.items[at].heading
    assert search(found, at, "", answer).items[at].evidence == work.items[at].evidence


def test_the_command_writes_the_draft_and_the_points(assistant, tmp_path, tmp_path_factory):
    settings = prepared(tmp_path_factory)[1]
    letter, out, points = tmp_path / "brief.txt", tmp_path / "c.docx", tmp_path / "p.json"
    letter.write_text(LETTER, encoding="utf-8")
    result = CliRunner().invoke(
        app,
        ["reply", str(letter), "-o", str(out), "--json", str(points), "--quiet"]
        + ["--corpus", str(settings.corpus), "--index", str(settings.index)],
    )
    assert result.exit_code == 0, result.output
    assert docx.Document(str(out)).tables
    record = json.loads(points.read_text(encoding="utf-8"))
    assert record["letter"]["sender"] == "Adviesraad Samenleving"
    assert [p["type"] for p in record["points"]][:3] == ["verzoek", "verzoek", "vraag"]
    stances = {"staat al in beleid", "deels", "niet met reden", "niets gevonden"}
    stances.add("wordt onderzocht of toegezegd")
    for point in record["points"]:
        assert point["quote"] in LETTER
        assert point["stance"] in stances
        for evidence in point["evidence"]:
            assert evidence["quote"] in assistant.documents[evidence["document"]].text
            assert {"document", "section", "page", "quote"} <= evidence.keys()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ontbreekt.pdf", "-o", "c.docx"], "ontbreekt.pdf"),
        (["brief.txt", "-o", "c.rtf"], ".docx of .odt of .md"),
        (["brief.txt", "--municipality", "Nergenshuizen"], "Nergenshuizen"),
        (["brief.txt", "--vloeiend"], "geen taalmodel ingesteld"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, told, tmp_path, tmp_path_factory, monkeypatch):
    settings = prepared(tmp_path_factory)[1]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brief.txt").write_text(LETTER, encoding="utf-8")
    result = CliRunner().invoke(
        app,
        ["reply", *arguments, "--quiet"]
        + ["--corpus", str(settings.corpus), "--index", str(settings.index)],
    )
    assert result.exit_code == 1
    assert told in one_line(result.output)
    assert "Traceback" not in result.output


def all_words(work):
    """Every word of the letter, in points and rest, in the order of the letter."""
    spans = [(part.start, part.end) for part in work.letter.rest]
    for item in work.items:
        spans += [(item.point.start, item.point.end), *item.point.also]
    return " ".join(work.letter.text[a:b] for a, b in sorted(spans)).split()


def test_what_is_dropped_is_shown_as_no_point_and_can_be_made_one_again(assistant, work):
    from assistant.reply.findings import answerer

    answer = answerer(assistant, work.municipality)
    fewer = drop(work, 0)
    assert all_words(fewer) == all_words(work)
    at = next(n for n, rest in enumerate(fewer.letter.rest) if "dagenlang" in rest.text)
    again = add(fewer, at, answer)
    assert all_words(again) == all_words(work)
    assert again.items[0].point.quote == work.items[0].point.quote
    assert again.items[0].stance is Stance.PROMISED
    assert add(work, 999, answer) == work


def test_the_type_of_a_point_can_be_changed(assistant, work):
    changed = retype(work, 1, PointType.QUESTION)
    text = drafted_text(changed.items[1], load_template())
    assert "U vraagt hierover duidelijkheid" in text or "U wilt hierover meer weten" in text
