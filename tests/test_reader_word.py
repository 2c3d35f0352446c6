import docx as python_docx
import pytest
from reader_parts import W, docx, marks_of, p, passages_of, reading_of, zipped

from ingest.documents import MarkKind, PassageKind
from ingest.errors import ReadingError
from ingest.readers.limits import Limits

STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="EigenKop"><w:name w:val="Onze kop"/>
  <w:basedOn w:val="Kop2"/></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Opsomming"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Vet"><w:name w:val="Vet"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
  <w:lvlText w:val="%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>
  <w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="9">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
  <w:lvlText w:val="Artikel %1"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
</w:numbering>"""
STYLED = {
    "others": {"styles.xml": STYLES, "numbering.xml": NUMBERING},
    "relations": [("styles", "styles.xml"), ("numbering", "numbering.xml")],
}
PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def listed(text, number, level=0):
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=numbered)


def word(body, **options):
    return reading_of(docx(body, **(STYLED | options)), "a.docx")


def cell(*paragraphs, properties=""):
    inner = "".join(x if x.startswith("<") else p(x) for x in paragraphs) or p("")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells, properties=""):
    inner = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


HEADER = "<w:tblHeader/>"


def test_headings_come_from_styles_and_outline_levels():
    reading = word(
        p("Doelen", "Kop1")
        + p("Wonen", "Kop2")
        + p(PROSE)
        + p("Zorg", "EigenKop")
        + p(PROSE)
        + p("Werk", properties='<w:outlineLvl w:val="1"/>')
        + p(PROSE)
        + p("Geen kop meer", "Kop1", properties='<w:outlineLvl w:val="9"/>')
    )
    levels = [(m.level, reading.text[m.start : m.end]) for m in reading.marks if m.level]
    assert levels == [(1, "Doelen"), (2, "Wonen"), (2, "Zorg"), (2, "Werk")]
    assert [passage.section for passage in passages_of(reading)] == [
        ("Doelen",),
        ("Doelen", "Wonen"),
        ("Doelen", "Zorg"),
        ("Doelen", "Werk"),
    ]


def test_a_short_paragraph_is_no_heading_where_the_file_states_headings():
    reading = word(p("Doelen", "Kop1") + p(PROSE) + p("Tot slot") + p(PROSE))
    assert {passage.section for passage in passages_of(reading)} == {("Doelen",)}


def test_a_bold_paragraph_above_plain_text_is_a_heading():
    reading = word(p("Doelen", "Kop1") + p("Tot slot", "Vet") + p(PROSE))
    assert passages_of(reading)[-1].section == ("Doelen", "Tot slot")


def test_headings_of_a_file_that_states_none_are_guessed():
    reading = word(p("1. Mantelzorg") + p(PROSE) + p("2. Jeugd") + p(PROSE))
    assert [q.section for q in passages_of(reading)] == [("1. Mantelzorg",), ("2. Jeugd",)]


def test_numbers_of_lists_are_written_out_as_word_counts_them():
    reading = word(
        listed("Een", 1) + listed("Twee", 1) + listed("Bij twee", 1, 1) + listed("Ook", 1, 1)
        + listed("Diep", 1, 2) + p(PROSE) + listed("Drie", 1) + listed("Weer bij drie", 1, 1)
        + p(PROSE) + listed("Opnieuw", 3) + listed("Punt", 2) + p("Stip", "Opsomming")
    )  # fmt: skip
    items = [text for kind, text in marks_of(reading) if kind == "item"]
    assert items == [
        "1. Een", "2. Twee", "a) Bij twee", "b) Ook", "2.i Diep", "3. Drie", "a) Weer bij drie",
        "1. Opnieuw", "• Punt", "• Stip",
    ]  # fmt: skip


def test_a_numbered_heading_holds_its_number():
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
    reading = word(
        p("Begrippen", "Kop1", properties=numbered)
        + p(PROSE)
        + p("Doel", "Kop1", properties=numbered)
        + p(PROSE)
    )
    assert [q.section for q in passages_of(reading)] == [
        ("Artikel 1: Begrippen",),
        ("Artikel 2: Doel",),
    ]


def test_a_list_stands_with_what_introduces_it():
    items = "".join(listed(f"De gemeente doet punt {n}", 2) for n in range(3))
    [passage] = passages_of(word(p("De gemeente doet het volgende:") + items))
    assert passage.kind is PassageKind.LIST
    assert passage.lead_in == "De gemeente doet het volgende:"
    assert len(passage.sentences) == 3


def test_deleted_text_is_left_out_and_inserted_text_counts():
    reading = word(
        '<w:p><w:r><w:t xml:space="preserve">Het budget is </w:t></w:r>'
        '<w:del w:author="x"><w:r><w:delText>€ 1</w:delText></w:r></w:del>'
        '<w:ins w:author="x"><w:r><w:t>€ 2</w:t></w:r></w:ins>'
        "<w:moveFrom><w:r><w:t> weg</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> erbij</w:t></w:r></w:moveTo></w:p>"
        "<w:del><w:p><w:r><w:delText>Hele alinea</w:delText></w:r></w:p></w:del>"
        + table(row("a", "b", properties="<w:del/>"), row("Wonen", "meer"), row("Zorg", "ook"))
    )
    assert reading.text.startswith("Het budget is € 2 erbij\n\n")
    assert "Hele" not in reading.text
    assert "a\tb" not in reading.text
    assert "Wonen\tmeer" in reading.text


def test_paragraphs_whose_end_was_deleted_are_one():
    deleted = '<w:rPr><w:del w:author="x"/></w:rPr>'
    reading = word(p("De raad ", properties=deleted) + p("besluit.") + p("Verder niets."))
    assert reading.text == "De raad besluit.\n\nVerder niets."


def test_what_is_no_text_of_the_document_is_left_out():
    reading = word(
        p("Inhoud ..... 3", "Inhopg1")
        + "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('Doelen 4')}</w:sdtContent></w:sdt>"
        + p("Verborgen", run="<w:vanish/>")
        + "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        "<w:commentRangeStart w:id='0'/><w:hyperlink><w:r><w:t>Zie de site</w:t></w:r>"
        "</w:hyperlink><w:r><w:commentReference w:id='0'/></w:r></w:p>",
        others={
            "comments.xml": f"<w:comments {W}>{p('Opmerking')}</w:comments>",
            **STYLED["others"],
        },
        relations=[("comments", "comments.xml"), *STYLED["relations"]],
    )
    assert reading.text == "Zie de site"


def test_text_boxes_are_read_once_and_after_their_paragraph():
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p('In het kader')}</w:txbxContent>"
    reading = word(
        f"<w:p><w:r><w:t>Ervoor</w:t></w:r><w:r><mc:AlternateContent {mc}>"
        f"<mc:Choice Requires='wps'><w:drawing><x>{box}</x></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><x>{box}</x></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + p("Erna")
    )
    assert reading.text == "Ervoor\n\nIn het kader\n\nErna"


def test_footnotes_stand_apart_after_the_paragraph_or_list_that_refers_to_them():
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    notes = note.format(2, p("Zie de nota.")) + note.format(3, p("Cijfers van het CBS."))
    last = note.replace("footnote", "endnote").format(5, p("Tot slot een bron."))
    refer = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    reading = word(
        f"<w:p><w:r><w:t>Eerste zin.</w:t></w:r>{refer.format('endnote', 5)}</w:p>"
        + listed("Punt een", 1).replace("</w:p>", refer.format("footnote", 2) + "</w:p>")
        + listed("Punt twee", 1).replace("</w:p>", refer.format("footnote", 3) + "</w:p>")
        + p(PROSE),
        others={
            "footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
            "endnotes.xml": f"<w:endnotes {W}>{last}</w:endnotes>",
            **STYLED["others"],
        },
        relations=[("footnotes", "footnotes.xml"), ("endnotes", "endnotes.xml")]
        + STYLED["relations"],
    )
    assert marks_of(reading) == [
        ("paragraph", "Eerste zin."),
        ("item", "1. Punt een"),
        ("item", "2. Punt twee"),
        ("footnote", "² Zie de nota."),
        ("footnote", "³ Cijfers van het CBS."),
        ("paragraph", PROSE),
        ("footnote", "¹ Tot slot een bron."),
    ]
    notes = [q.text for q in passages_of(reading) if q.kind is PassageKind.FOOTNOTE]
    assert notes == ["² Zie de nota.", "³ Cijfers van het CBS.", "¹ Tot slot een bron."]


GOALS = table(
    row("Thema", "Doel", "Indicator", properties=HEADER),
    row(
        "Wonen",
        cell("i. Er zijn genoeg huizen", "ii. Huizen zijn betaalbaar"),
        cell("Wachttijd voor een woning"),
    ),
    row("Zorg", "Inwoners krijgen op tijd hulp", "Tevredenheid van cliënten"),
)


def test_rows_of_a_table_know_their_headers_and_their_name():
    reading = word(p("De doelen per thema:") + GOALS)
    assert reading.text == (
        "De doelen per thema:\n\nThema\tDoel\tIndicator\n"
        "Wonen\ti. Er zijn genoeg huizen\nii. Huizen zijn betaalbaar\tWachttijd voor een woning\n"
        "Zorg\tInwoners krijgen op tijd hulp\tTevredenheid van cliënten"
    )
    first, second = passages_of(reading)
    assert (first.kind, first.row, first.column) == (
        PassageKind.TABLE_ROW, "Wonen", "Thema, Doel, Indicator",
    )  # fmt: skip
    assert first.lead_in == second.lead_in == "De doelen per thema:"
    assert [first.cut(*span) for span in first.sentences] == [
        "Wonen", "i. Er zijn genoeg huizen", "ii. Huizen zijn betaalbaar",
        "Wachttijd voor een woning",
    ]  # fmt: skip
    # A short row is read as one sentence: a cell alone says little.
    assert [second.cut(*span) for span in second.sentences] == [second.text]
    assert [(second.cut(c.start, c.end), c.column) for c in second.cells] == [
        ("Zorg", "Thema"),
        ("Inwoners krijgen op tijd hulp", "Doel"),
        ("Tevredenheid van cliënten", "Indicator"),
    ]


def test_merged_cells_carry_their_name_and_headers():
    wide = '<w:gridSpan w:val="2"/>'
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    reading = word(
        table(
            row(cell("Thema", properties=begins), cell("Begroting", properties=wide)),
            row(cell("", properties=goes_on), "2024", "2025"),
            row(cell("Wonen", properties=begins), "€ 10", "€ 12"),
            row(cell("Wonen", properties=goes_on), "€ 20", "€ 22"),
        )
    )
    rows = [mark for mark in reading.marks if not mark.header]
    assert [mark.row for mark in rows] == ["Wonen", "Wonen"]
    assert marks_of(reading)[2:] == [
        ("row", [("Wonen", "Thema"), ("€ 10", "Begroting 2024"), ("€ 12", "Begroting 2025")]),
        ("row", [("€ 20", "Begroting 2024"), ("€ 22", "Begroting 2025")]),
    ]


def test_a_table_that_only_lays_out_is_read_as_paragraphs():
    reading = word(table(row(cell("Doelen", p("Wonen", "Kop1"), PROSE), cell(PROSE))))
    assert {kind for kind, _ in marks_of(reading)} == {"paragraph", "heading"}


def test_a_table_inside_a_cell_keeps_its_text():
    inner = table(row("Binnen", "in"), row("de", "cel"))
    reading = word(table(row("Thema", "Doel"), row("Wonen", cell(inner + p("")))))
    assert "Wonen\tBinnen\nin\nde\ncel" in reading.text


def test_the_title_comes_from_the_properties():
    core = '<p xmlns:dc="x"><dc:title>Nota  Wonen</dc:title></p>'
    assert word(p("x"), others={"docProps/core.xml": core}).title == "Nota Wonen"
    core = core.replace("Nota  Wonen", "Document1")
    assert word(p("x"), others={"docProps/core.xml": core}).title == ""


def test_macros_are_named_and_not_looked_at():
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = docx(
        p("De tekst."),
        others={"vbaProject.bin": b"\xd0\xcf\x11\xe0 Shell"},
        relations=[("vbaProject", "vbaProject.bin")],
        main=main,
    )
    reading = reading_of(data, "a.docm")
    assert reading.text == "De tekst."
    [note] = reading.notes
    assert "a.docm bevat macro's; die zijn niet gelezen en niet uitgevoerd" in note


def test_a_file_of_a_word_processor_is_read(tmp_path):
    document = python_docx.Document()
    document.add_heading("Beleidsplan", 0)
    document.add_heading("Doelen", 1)
    document.add_paragraph(PROSE)
    document.add_paragraph("Meer huizen", style="List Bullet")
    document.add_paragraph("Meer banen", style="List Number")
    document.save(tmp_path / "a.docx")
    reading = reading_of((tmp_path / "a.docx").read_bytes(), "a.docx")
    assert marks_of(reading) == [
        ("heading", "Beleidsplan"),
        ("heading", "Doelen"),
        ("paragraph", PROSE),
        ("item", "• Meer huizen"),
        ("item", "1. Meer banen"),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx(p("  ")), "bevat geen tekst"),
        (docx(p("x"))[:-30], "is beschadigd"),
        (docx("<w:p>"), "is beschadigd"),
        (zipped({"[Content_Types].xml": "<x/>", "word/x.xml": "<x/>"}), "is geen Word-bestand"),
        (
            docx("", others={"document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "bevat een opdracht",
        ),
        (
            docx(
                "",
                others={
                    "document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
                },
            ),
            "bevat een opdracht",
        ),
        (docx(p(" " * 20_000_000)), "pakt uit tot veel meer"),
    ],
    ids=["leeg", "half", "xml", "deel", "entiteit", "dtd", "bom"],
)
def test_a_hostile_or_broken_file_is_refused_by_name(data, message):
    with pytest.raises(ReadingError, match=rf"a\.docx {message}"):
        reading_of(data, "a.docx")


def test_what_unpacks_to_more_than_the_limit_is_refused():
    data = docx(p("x"))
    with pytest.raises(ReadingError, match=r"a\.docx pakt uit tot veel meer"):
        reading_of(data, "a.docx", limits=Limits(unpacked_bytes=500))


def test_deep_nesting_costs_only_what_is_nested():
    deep = "<w:ins>" * 5000 + p("Diep") + "</w:ins>" * 5000
    assert word(p("Ervoor") + deep + p("Erna")).text == "Ervoor\n\nErna"


def test_an_encrypted_part_asks_for_a_file_without_a_password():
    data = bytearray(docx(p("x")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    with pytest.raises(ReadingError, match="beveiligd met een wachtwoord"):
        reading_of(bytes(data), "a.docx")


def test_the_parts_of_a_file_are_counted():
    data = docx(p("x"), others={f"deel{n}.xml": "" for n in range(5000)})
    with pytest.raises(ReadingError, match="meer dan 5000 onderdelen"):
        reading_of(data, "a.docx")


def test_marks_are_in_order_and_do_not_overlap():
    reading = word(p("Kop", "Kop1") + p(PROSE) + GOALS + listed("Punt", 1))
    edges = [edge for mark in reading.marks for edge in (mark.start, mark.end)]
    assert edges == sorted(edges)
    assert reading.marks[0].kind is MarkKind.HEADING


def test_tracked_changes_and_comments_are_told_of():
    changed = word(p(PROSE) + '<w:p><w:ins w:author="x"><w:r><w:t>Erbij.</w:t></w:r></w:ins></w:p>')
    [note] = changed.notes
    assert note.startswith("a.docx heeft bijgehouden wijzigingen; gelezen is de tekst zoals die ")
    comments = f"<w:comments {W}><w:comment>{p('Te duur.')}</w:comment></w:comments>"
    commented = word(
        p(PROSE), others={"comments.xml": comments}, relations=[("comments", "comments.xml")]
    )
    assert commented.notes == (
        "a.docx heeft opmerkingen in de kantlijn (1); die zijn niet gelezen.",
    )
    assert "duur" not in commented.text
    assert word(p(PROSE)).notes == ()
