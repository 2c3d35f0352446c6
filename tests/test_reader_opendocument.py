import pytest
from reader_parts import marks_of, passages_of, reading_of, zipped

from ingest.documents import PassageKind
from ingest.errors import ReadingError

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("meta", "meta"),
    )
)  # fmt: skip
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
STYLES = """
<style:style style:name="Vet"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Weg"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="Cijfers">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="Stippen">
 <text:list-level-style-bullet text:level="1" text:bullet-char="*"/></text:list-style>
<text:outline-style style:name="Outline">
 <text:outline-level-style text:level="1" style:num-format="1"/>
 <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
</text:outline-style>"""
PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def odt(body, *, styles=STYLES, kind="text", others=None):
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    mime = {"text": "text", "spreadsheet": "spreadsheet"}[kind]
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{mime}",
            "content.xml": content,
            "meta.xml": f"<office:document-meta {NAMES} {DC}><office:meta><dc:title>Nota Wonen"
            "</dc:title></office:meta></office:document-meta>",
            **(others or {}),
        }
    )


def p(text, style="P"):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text, level):
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def items(*texts, style="Cijfers", more=""):
    inner = "".join(f"<text:list-item>{t}</text:list-item>" for t in texts)
    return f'<text:list text:style-name="{style}"{more}>{inner}</text:list>'


def read(body, **options):
    return reading_of(odt(body, **options), "a.odt")


def test_headings_hold_their_level_and_number():
    reading = read(h("Doelen", 1) + h("Wonen", 2) + p(PROSE) + h("Slot", 1) + p(PROSE))
    assert [q.section for q in passages_of(reading)] == [
        ("1. Doelen",),
        ("1. Doelen", "1.1 Wonen"),
        ("2. Slot",),
    ]
    assert [text for kind, text in marks_of(reading) if kind == "heading"] == [
        "1 Doelen", "1.1 Wonen", "2 Slot",
    ]  # fmt: skip
    assert reading.title == "Nota Wonen"


def test_items_are_numbered_as_the_list_style_says():
    inner = items(p("sub"), p("nog een"), style="Cijfers")
    reading = read(
        items(p("Een"), p("Twee") + inner)
        + p(PROSE)
        + items(p("Drie"), more=' text:continue-numbering="true"')
        + items(p("Opnieuw"))
        + items(p("Stip"), style="Stippen")
    )
    assert [text for kind, text in marks_of(reading) if kind == "item"] == [
        "1. Een", "2. Twee", "a) sub", "b) nog een", "3. Drie", "1. Opnieuw", "• Stip",
    ]  # fmt: skip


def test_notes_stand_apart_and_what_is_no_text_is_left_out():
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Zie de nota.')}</text:note-body></text:note>"
    )
    reading = read(
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{p('Verwijderd')}</text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{p('Doelen 4')}</text:index-body>"
        "</text:table-of-content>"
        + p(f"De gemeente{note} helpt<text:s/>iedereen<office:annotation>{p('Opmerking')}"
            "</office:annotation>.")
        + p("Verborgen", "Weg")
        + f'<text:section text:display="none">{p("Ook verborgen")}</text:section>'
        + p('<text:span text:style-name="Weg">weg</text:span>Zichtbaar<text:line-break/>hier')
        + p(f"<draw:frame><draw:text-box>{p('In een kader')}</draw:text-box></draw:frame>Met kader")
    )  # fmt: skip
    assert marks_of(reading) == [
        ("paragraph", "De gemeente helpt iedereen."),
        ("footnote", "¹ Zie de nota."),
        ("paragraph", "Zichtbaar\nhier"),
        ("paragraph", "Met kader"),
        ("paragraph", "In een kader"),
    ]


def cell(text, more=""):
    return f"<table:table-cell{more}>{p(text)}</table:table-cell>"


def row(*cells):
    inner = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return f"<table:table-row>{inner}</table:table-row>"


def test_rows_know_the_headers_that_the_file_states_and_merged_names():
    covered = "<table:covered-table-cell/>"
    reading = read(
        "<table:table><table:table-header-rows>" + row("Thema", "Doel")
        + "</table:table-header-rows>"
        + row(cell("Wonen", ' table:number-rows-spanned="2"'), "Meer huizen")
        + row(covered, "Betaalbare huizen")
        + "</table:table>"
    )  # fmt: skip
    rows = [mark for mark in reading.marks if not mark.header]
    assert [mark.row for mark in rows] == ["Wonen", "Wonen"]
    assert marks_of(reading)[1:] == [
        ("row", [("Wonen", "Thema"), ("Meer huizen", "Doel")]),
        ("row", [("Betaalbare huizen", "Doel")]),
    ]
    assert {q.kind for q in passages_of(reading)} == {PassageKind.TABLE_ROW}


def test_sheets_of_a_spreadsheet_are_headings():
    body = (
        '<table:table table:name="Doelen">' + row("Thema", "Doel", "Jaar")
        + row("Wonen", "Meer huizen", "2026")
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )  # fmt: skip
    reading = reading_of(odt(body, kind="spreadsheet"), "a.ods")
    assert marks_of(reading)[0] == ("heading", "Doelen")
    assert marks_of(reading)[2] == (
        "row", [("Wonen", "Thema"), ("Meer huizen", "Doel"), ("2026", "Jaar")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odt(""), "bevat geen tekst"),
        (odt(p("x"))[:-40], "is beschadigd"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "is geen OpenDocument"),
        (odt(p("x"), others={"META-INF/manifest.xml": "<encryption-data/>"}), "is beveiligd"),
        (odt(p("x"), others={"content.xml": "<!DOCTYPE a><a/>"}), "bevat een opdracht"),
    ],
    ids=["leeg", "half", "deel", "wachtwoord", "dtd"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_or_broken_file_is_refused_by_name(data, message):
    with pytest.raises(ReadingError, match=rf"a\.odt {message}"):
        reading_of(data, "a.odt")


def test_lists_nested_without_end_cost_only_what_is_nested():
    deep = "<text:list><text:list-item>" * 3000 + p("Diep") + "</text:list-item></text:list>" * 3000
    assert read(p("Ervoor") + deep + p("Erna")).text == "Ervoor\n\nErna"
