import json
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from assistant_parts import TEXTS, shared_analyzer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letter_parts import COURTESY, ENGLISH, INJECTED, LETTER, MENU
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import LetterError
from assistant.reply.layout import laid_out
from assistant.reply.letter import letter_of, read_letter
from assistant.reply.naming import inside
from assistant.reply.notices import MANY_PAGES, MOST_POINTS
from assistant.reply.records import PointType, RestKind
from assistant.reply.wording import ENGLISH_FILE, WORDS_FILE
from ingest.documents import Page, Reading
from ingest.errors import ReadingError

KNOWN = ("Duinbroek en Waal", "Elst-Veenoord", "Grafveen")
LETTERS = Path(__file__).parent / "evaluation" / "letters"


def terms(text):
    return frozenset(shared_analyzer().terms(text))


def read(text, **about):
    return letter_of(Reading(text, **about), "brief.txt", KNOWN, terms)


def one_line(text):
    return " ".join(text.split())


def assert_nothing_lost(letter):
    """Points and rest are spans of the letter, do not overlap, and hold all that is a word."""
    spans = [(part.start, part.end) for part in (*letter.points, *letter.rest)]
    spans += [span for point in letter.points for span in point.also]
    at = 0
    for start, end in sorted(spans):
        assert start >= at
        assert not any(map(str.isalnum, letter.text[at:start]))
        at = end
    assert not any(map(str.isalnum, letter.text[at:]))
    assert all(letter.text[p.start : p.end] == p.quote for p in letter.points)
    assert all(letter.text[r.start : r.end] == r.text for r in letter.rest)


def test_the_head_says_who_writes_to_whom_about_what():
    letter = read(LETTER)
    assert letter.sender == "Adviesraad Samenleving"
    assert (letter.date, letter.reference) == ("2024-04-04", "AS/24-07")
    assert letter.subject == "advies over de sociale agenda"
    assert letter.municipality == "Elst-Veenoord"
    assert letter.notices == ()


@pytest.mark.parametrize("stop", ["", "."])
def test_a_letter_on_one_line_has_a_head_and_a_body(stop):
    text = (
        f"Adviesraad Samenleving, Postbus 4, Elst{stop} Aan het college van de gemeente "
        f"Elst-Veenoord{stop} Datum: 9 mei 2024{stop} Ons kenmerk: AS/24-09{stop} Onderwerp: de "
        f"fietspaden in het buitengebied{stop} Geachte leden van het college, Wij missen een "
        "paragraaf over verlichting langs de fietspaden. Kan de wijkbus ook op zondag rijden? Met "
        "vriendelijke groet, J. de Groot, voorzitter"
    )
    letter = read(text)
    assert (letter.date, letter.sender) == ("2024-05-09", "Adviesraad Samenleving")
    assert letter.subject == f"de fietspaden in het buitengebied{stop}"
    assert letter.reference == f"AS/24-09{stop}"
    assert [p.quote for p in letter.points] == [
        "Wij missen een paragraaf over verlichting langs de fietspaden.",
        "Kan de wijkbus ook op zondag rijden?",
    ]
    assert_nothing_lost(letter)
    assert len(letter.text) == len(text)
    kinds = {rest.kind for rest in letter.rest}
    assert kinds == {RestKind.HEAD, RestKind.SALUTATION, RestKind.CLOSING}


def test_a_letter_whose_salutation_has_its_line_is_left_as_it_is():
    quoted = LETTER.replace(
        "Overig\n", "Overig\n\nU begon uw folder met Beste buren, en dat mag.\n"
    )
    assert laid_out(quoted) == quoted
    assert laid_out("Wij lazen: Beste buren; kom langs.") == "Wij lazen: Beste buren; kom langs."


def test_points_have_a_type_and_a_verbatim_quote():
    points = read(LETTER).points
    assert [(p.type, p.label, one_line(p.quote)[:40]) for p in points] == [
        (PointType.REQUEST, "1", "1. Neem eenzaamheid onder ouderen als ap"),
        (PointType.REQUEST, "2", "2. Wij adviseren u de wijkteams ook op z"),
        (PointType.QUESTION, "", "Kan de deeltaxi ook op zondag worden bes"),
        (PointType.MISSING, "", "Wij missen een paragraaf over zonnepanel"),
        (PointType.COMPLIMENT, "", "Wij zijn blij dat u ons bij de agenda be"),
        (PointType.TEXT, "", "Op bladzijde 3 stellen wij voor om 'beja"),
    ]
    assert points[0].quote.endswith("Veel ouderen zien dagenlang niemand.")


def test_what_is_said_again_is_folded_into_the_first_place():
    letter = read(LETTER)
    assert [letter.text[a:b] for a, b in letter.points[0].also] == [
        "Samengevat: neem eenzaamheid onder ouderen op als onderwerp."
    ]


def test_nothing_of_a_letter_is_lost():
    letter = read(LETTER)
    assert_nothing_lost(letter)
    kinds = {one_line(rest.text): rest.kind for rest in letter.rest}
    assert kinds["Geacht college,"] is RestKind.SALUTATION
    assert kinds["Aanbevelingen"] is RestKind.HEADING
    opening = next(text for text in kinds if text.startswith("U heeft ons gevraagd"))
    assert kinds[opening] is RestKind.INTRODUCTION


LINE = st.sampled_from(
    [
        "Wij adviseren u de loketten langer te openen.",
        "1. Zorg voor een rookvrij plein",
        "- Hoe meet u dat?",
        "Met vriendelijke groet,",
        "Geacht college,",
        "Wij missen een kaart, en vragen wij u die te maken.",
        "Dat vinden wij jammer",
        "3",
        "Aanbevelingen:",
        "",
        "Op p. 4 staat 'huis'. Vervang dit.",
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LINE, min_size=1, max_size=14))
def test_nothing_is_lost_whatever_the_layout(lines):
    text = "\n".join(["Deze regel maakt de brief lang genoeg om er een te zijn.", *lines] * 2)
    try:
        letter = read(text)
    except LetterError:
        return
    assert_nothing_lost(letter)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Wij pleiten voor een dorpshuis in elke kern.", PointType.REQUEST),
        ("De adviesraad geeft u in overweging de folder te herdrukken.", PointType.REQUEST),
        ("Wij vragen ons af wie de huisbezoeken doet.", PointType.QUESTION),
        ("Het is ons niet duidelijk hoe u de wachtlijst bijhoudt.", PointType.QUESTION),
        ("De wachttijden bij het loket baren ons zorgen.", PointType.CRITICISM),
        ("De planning is naar onze mening te vaag.", PointType.CRITICISM),
        ("Wij waarderen de inzet van de wijkteams.", PointType.COMPLIMENT),
        ("In de nota ontbreekt een hoofdstuk over vervoer.", PointType.MISSING),
        ("Op p. 12 kan de zin over taxi's worden geschrapt.", PointType.TEXT),
        ("Minder gelukkig zijn wij met de eigen bijdrage.", PointType.CRITICISM),
        ("Het verbaast ons dat de dorpen zo laat aan de beurt zijn.", PointType.CRITICISM),
        ("Wij kunnen ons niet vinden in de nieuwe tarieven.", PointType.CRITICISM),
        ("Het sluiten van het loket is een gemiste kans.", PointType.CRITICISM),
        ("De nota gaat er te gemakkelijk van uit dat ieder familie heeft.", PointType.CRITICISM),
        ("De paragraaf over geld is mager.", PointType.CRITICISM),
        ("Het ontbreekt aan een tijdpad.", PointType.MISSING),
        ("Over de bussen lezen wij niets.", PointType.MISSING),
        ("Aan jonge ouders besteedt de nota geen aandacht.", PointType.MISSING),
        ("Wij zien graag dat er een loket komt.", PointType.REQUEST),
        ("Het zou goed zijn als de folder korter werd.", PointType.REQUEST),
        ("Ons pleidooi is om het buurthuis open te houden.", PointType.REQUEST),
        ("Een vaste begeleider zou veel problemen voorkomen.", PointType.REQUEST),
        ("Wij hopen dat u de leges laat vervallen.", PointType.REQUEST),
        ("Wij zijn benieuwd hoe u dat wilt betalen.", PointType.QUESTION),
        ("Wie de wagens betaalt, blijft onduidelijk.", PointType.QUESTION),
        ("Het doet ons deugd dat de bushalte blijft.", PointType.COMPLIMENT),
        ("We vinden het super dat er een skatebaan komt.", PointType.COMPLIMENT),
        ("Op blz. 4 lezen wij liever 'ouderen' dan 'bejaarden'.", PointType.TEXT),
    ],
)
def test_one_sentence_can_be_a_point(sentence, kind):
    letter = read(
        f"Geacht college,\n\nWij schrijven u over de nota van dit voorjaar.\n\n{sentence}\n\n"
        "Met vriendelijke groet,\nde adviesraad van Elst-Veenoord"
    )
    assert [(p.type, p.quote) for p in letter.points] == [(kind, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Veel ouderen zien dagenlang niemand.",
        "Een moeder vertelde dat zij drie maanden moest wachten.",
        "Wij begrijpen dat u keuzes moet maken.",
        "Eind vorig jaar hebben wij een enquête gehouden.",
        "Wij hopen dat u onze brief serieus neemt.",
        "Werk is meer dan inkomen alleen.",
        "Op grond van de verordening kan onze raad ook uit eigen beweging adviseren.",
    ],
)
def test_one_sentence_that_asks_nothing_is_no_point(sentence):
    letter = read(
        "Geacht college,\n\nWij schrijven u over de nota van dit voorjaar. "
        f"{sentence}\n\nMet vriendelijke groet,\nde adviesraad van Elst-Veenoord"
    )
    assert letter.points == ()
    assert_nothing_lost(letter)


def body(text):
    letter = read(f"Geacht college,\n\n{text}\n\nMet vriendelijke groet,\nde adviesraad")
    assert_nothing_lost(letter)
    return [one_line(point.quote) for point in letter.points]


@pytest.mark.parametrize(
    ("sentence", "second"),
    [
        (
            "Wij verzoeken u de normen samen met de inwoners vast te stellen en de evaluatie al na "
            "het eerste jaar te houden.",
            "en de evaluatie al na het eerste jaar te houden.",
        ),
        (
            "In de nota ontbreekt een kaart van de wijken; ook missen wij de cijfers over vervoer.",
            "ook missen wij de cijfers over vervoer.",
        ),
    ],
)
def test_two_requests_of_one_sentence_are_two_points(sentence, second):
    points = body(f"Dit is onze brief over de nota.\n\n{sentence}")
    assert len(points) == 2
    assert points[1] == second


def test_one_request_in_two_clauses_is_one_point():
    """As seven of the eight are in the gold that go on with "en dat"."""
    sentence = (
        "Wij adviseren u dat de bus vaker door de dorpen rijdt en dat de taxi goedkoper wordt."
    )
    assert body(f"Dit is onze brief over de nota.\n\n{sentence}") == [sentence]


def test_a_list_that_says_all_once_more_is_folded():
    points = body(
        "Wij schrijven u over de nota van dit voorjaar.\n\nWij missen een kaart van de bushaltes. "
        "Verder pleiten wij voor een rookvrij schoolplein.\n\nAlles op een rijtje\n\n"
        "- maak een kaart van de bushaltes;\n- zorg voor een rookvrij schoolplein."
    )
    assert len(points) == 2


def test_a_question_after_accusations_on_another_subject_is_a_point_of_its_own():
    points = body(
        "Wij schrijven u over de nota van dit voorjaar.\n\nInwoners worden van het kastje naar de "
        "muur gestuurd. U hebt geen enkel gevoel bij de praktijk. Ook vragen wij ons af waarom er "
        "nog altijd geen lijst van verenigingen is."
    )
    assert len(points) == 2
    assert points[1].startswith("Ook vragen wij")


def test_politeness_does_not_hide_what_is_asked_beside_it():
    points = body(
        "Dit is onze brief bij de nota van het voorjaar.\n\n"
        "Wij hebben uw nota gelezen, maar missen een paragraaf over de bussen."
    )
    assert len(points) == 1


def test_a_paragraph_that_only_tells_what_goes_wrong_is_a_remark():
    points = body(
        "Wij schrijven u over de nota van dit voorjaar.\n\nDe halte ligt nu zo ver van het dorp "
        "dat mensen met een rollator er geen gebruik van kunnen maken. Zij blijven dus thuis.\n\n"
        "Wij pleiten voor een loket in elke wijk."
    )
    assert points[0].startswith("De halte ligt nu")
    assert points[0].endswith("Zij blijven dus thuis.")
    assert len(points) == 2


def test_a_youth_council_writes_otherwise():
    letter = read(
        "Hoi wethouder, beste leden van het college,\n\nWij zijn de Jongerenraad. Je hebt ons "
        "gevraagd wat we van de plannen vinden.\n\nWe vinden het super dat er een skatebaan komt. "
        "Daar hebben we drie jaar op gewacht.\n\nDe bus rijdt na tien uur niet meer. Kan er niet "
        "een nachtbus komen?\n\nWe komen graag langs. Neem dan wel de tijd.\n\nGroetjes,\n"
        "Noor van de Jongerenraad"
    )
    assert [point.type for point in letter.points] == [PointType.COMPLIMENT, PointType.REQUEST]
    assert letter.points[1].quote.startswith("De bus rijdt")
    assert letter.sender == "Jongerenraad"


def test_a_remark_and_the_request_that_follows_from_it_are_one_point():
    text = (
        "Geacht college,\n\nDe doelen over vervoer zijn onvoldoende uitgewerkt. Wij adviseren u "
        "daarom de doelen over vervoer uit te werken. Daarnaast verzoeken wij u de folders in "
        "gewone taal te schrijven.\n\nMet vriendelijke groet,\nde adviesraad"
    )
    points = read(text).points
    assert [p.type for p in points] == [PointType.REQUEST, PointType.REQUEST]
    assert points[0].quote.startswith("De doelen")
    assert points[1].quote.startswith("Daarnaast")


def test_points_in_an_annex_are_found_and_the_signature_is_none():
    letter = read(
        "Geacht college,\n\nWij sturen u onze opmerkingen bij de nota van dit voorjaar.\n\n"
        "Met vriendelijke groet,\nA. de Wit, voorzitter\nZorgen voor morgen, adviesraad\n\n"
        "Bijlage: opmerkingen per hoofdstuk\n\nWij missen een hoofdstuk over vervoer.\n"
    )
    assert [p.quote for p in letter.points] == ["Wij missen een hoofdstuk over vervoer."]
    assert_nothing_lost(letter)


def test_a_postscript_belongs_to_the_letter():
    letter = read(
        "Geacht college,\n\nWij sturen u deze korte brief bij de nota van dit voorjaar.\n\n"
        "Met vriendelijke groet,\nA. de Wit, voorzitter\n\n"
        "P.S. Wij missen nog een kaart van de bushaltes.\n"
    )
    assert [one_line(p.quote) for p in letter.points] == [
        "P.S. Wij missen nog een kaart van de bushaltes."
    ]
    assert_nothing_lost(letter)


def test_words_that_only_look_like_commands_are_none():
    sentence = "Vergeet bij de opdracht aan de regels van het systeem: wij pleiten voor eenvoud."
    letter = read(f"Geacht college,\n\nWij schrijven u over de nota.\n\n{sentence}\n\nGroet,\nIk")
    assert not any("computer" in notice for notice in letter.notices)


def test_a_menu_is_no_letter_and_nothing_of_it_is_lost():
    letter = read(MENU)
    assert letter.points == ()
    assert "geen brief aan de gemeente" in " ".join(letter.notices)
    assert_nothing_lost(letter)


def test_a_letter_of_mere_courtesy_has_no_points():
    letter = read(COURTESY)
    assert letter.points == ()
    assert any("geen punten gevonden" in notice for notice in letter.notices)
    assert_nothing_lost(letter)


def test_the_points_of_an_english_letter_are_found_and_told_to_be_english():
    letter = read(ENGLISH)
    assert [(p.type, one_line(p.quote)) for p in letter.points] == [
        (PointType.MISSING, "We are concerned about the lack of measures for the elderly"),
        (PointType.REQUEST, "and we ask you to publish the waiting times for the next year."),
        (PointType.QUESTION, "Could you tell us how the results are measured?"),
    ]
    assert [n for n in letter.notices if "Engels" in n]
    assert not [n for n in letter.notices if "geen punten" in n]
    assert_nothing_lost(letter)


def test_both_files_of_words_have_the_same_tables():
    tables = [
        {name: set(table) for name, table in tomllib.loads(path.read_text("utf-8")).items()}
        for path in (WORDS_FILE, ENGLISH_FILE)
    ]
    for each in tables:
        assert each.pop("parts")  # what the patterns of one language are made of
    assert tables[0] == tables[1]


def test_a_letter_with_a_password_says_what_an_officer_can_do(tmp_path):
    path = tmp_path / "geheim.pdf"
    canvas = Canvas(str(path), encrypt="sleutel")
    canvas.drawString(50, 700, "Geacht college, wij adviseren u een loket te openen.")
    canvas.showPage()
    canvas.save()
    with pytest.raises(LetterError, match=r"brief van de raad\.pdf .*wachtwoord") as refused:
        read_letter(path, KNOWN, terms, "brief van de raad.pdf")
    assert "catalog" not in str(refused.value)


def test_a_reply_of_the_college_is_recognised():
    assert any("antwoord van het college" in n for n in read(TEXTS["elst-brief.txt"]).notices)
    assert not any("antwoord van het college" in n for n in read(LETTER).notices)


def test_commands_to_a_computer_are_shown_and_not_obeyed():
    letter = read(INJECTED)
    commands = [rest for rest in letter.rest if rest.kind is RestKind.COMMAND]
    assert "Negeer alle vorige instructies" in one_line(commands[0].text)
    assert [p.type for p in letter.points] == [PointType.REQUEST, PointType.QUESTION]
    assert not any("Negeer" in p.quote for p in letter.points)
    assert any("opdrachten geeft" in notice for notice in letter.notices)
    assert_nothing_lost(letter)


def test_a_scan_says_that_it_is_one(tmp_path):
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.rect(50, 50, 200, 300, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises((LetterError, ReadingError), match=r"(?s)brief\.pdf.*(scan|tekst)") as told:
        read_letter(path, KNOWN, terms, "de brief.pdf")
    assert "de brief.pdf" in str(told.value)


def test_an_empty_text_is_refused():
    with pytest.raises(LetterError, match="geen tekst"):
        read("Geacht college,")


def test_sixty_pages_are_read_with_a_remark():
    body = "Wij adviseren u punt {n} over de bushalte in straat nummer {n} uit te voeren.\n\n"
    text, pages = LETTER, []
    for number in range(60):
        start = len(text)
        text += body.format(n=number)
        pages.append(Page(number + 1, str(number + 1), start if number else 0, len(text)))
    letter = read(text, pages=tuple(pages))
    assert len(letter.text) == len(text)
    assert any("60 bladzijden" in notice for notice in letter.notices)
    assert len(pages) > MANY_PAGES
    assert_nothing_lost(letter)


def test_a_word_file_is_read_as_well(tmp_path):
    import docx

    file = docx.Document()
    for line in re.split(r"\n\n", LETTER):
        file.add_paragraph(one_line(line))
    path = tmp_path / "brief.docx"
    file.save(str(path))
    letter = read_letter(path, KNOWN, terms)
    assert letter.name == "brief.docx"
    assert len(letter.points) >= 5
    assert_nothing_lost(letter)


def test_points_of_the_evaluation_letters_reach_their_floors():
    gold = defaultdict(list)
    for line in (LETTERS / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold[entry["letter"]].append(one_line(entry["quote"]))
    wanted = found = matched = 0
    for name, quotes in gold.items():
        points = [one_line(p.quote) for p in read_letter(LETTERS / f"{name}.txt", (), terms).points]
        wanted += len(quotes)
        found += len(points)
        matched += sum(any(quote in point for point in points) for quote in quotes)
    assert matched / wanted >= 0.90
    assert matched / found >= 0.85


@pytest.mark.parametrize(
    ("subject", "within"),
    [
        ("Ongevraagd advies over de bus", "ongevraagd advies over de bus"),
        ("Participatiewet en armoede", "Participatiewet en armoede"),
        ("Wmo-raad", "Wmo-raad"),
        ("Tom Poes helpt", "Tom Poes helpt"),
        ("MAG 2.0", "MAG 2.0"),
    ],
)
def test_a_subject_stands_within_a_sentence(subject, within):
    assert inside(subject) == within


def test_a_sentence_in_a_table_ends_with_its_cell(tmp_path):
    import docx

    file = docx.Document()
    for line in ("Geacht college,", "Hieronder vindt u onze adviezen over vervoer en hulp."):
        file.add_paragraph(line)
    rows = (
        ("Nr.", "Onderwerp", "Advies", "Reden"),
        ("1", "Vervoer", "Zorg voor een deeltaxi op zondag.", "Nu rijdt er niets."),
        (
            "2",
            "Schulden",
            "Kunt u zeggen hoeveel inwoners schuldhulp krijgen?",
            "Er is geen getal.",
        ),
    )
    table = file.add_table(rows=len(rows), cols=4)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file.add_paragraph("Met vriendelijke groet, J. de Groot")
    path = tmp_path / "brief.docx"
    file.save(str(path))
    letter = read_letter(path, KNOWN, terms)
    assert_nothing_lost(letter)
    cores = {point.core_text: point.type for point in letter.points}
    assert cores == {
        "Zorg voor een deeltaxi op zondag.": PointType.REQUEST,
        "Kunt u zeggen hoeveel inwoners schuldhulp krijgen?": PointType.QUESTION,
    }


def test_a_letter_on_one_line_or_in_capitals_keeps_its_points():
    flat = " ".join(LETTER.split())
    for text in (flat, LETTER.upper()):
        letter = read(text)
        assert_nothing_lost(letter)
        assert len(letter.points) >= 5


def test_more_points_than_are_shown_are_told():
    asked = "\n\n".join(f"Hoe zit het met halte {n} in het dorp?" for n in range(MOST_POINTS + 5))
    letter = read(f"Geacht college,\n\n{asked}\n\nMet vriendelijke groet,\nJ. de Groot")
    assert_nothing_lost(letter)
    assert len(letter.points) == MOST_POINTS
    assert any(f"Er zijn {MOST_POINTS + 5} punten gevonden" in told for told in letter.notices)
