from pathlib import Path

import pytest

from ingest.documents import Document, Reading, StatementKind
from ingest.statements import find_statements
from ingest.structure import split_document
from ingest.wording import load_wording

GOAL, INDICATOR = StatementKind.GOAL, StatementKind.INDICATOR
ADVICE, REACTION = StatementKind.RECOMMENDATION, StatementKind.REACTION
PROMISE, PRINCIPLE = StatementKind.PROMISE, StatementKind.PRINCIPLE
FINDING, MEASURE, ASSIGNMENT = (
    StatementKind.FINDING,
    StatementKind.MEASURE,
    StatementKind.ASSIGNMENT,
)

CORPUS = Path(__file__).parents[1] / "corpus"
PROSE = "De gemeente wil dat iedereen kan meedoen, ook wie daar hulp bij nodig heeft."


def statements(text, date=""):
    document = Document(id="d", file="d.txt", title="D", date=date)
    found = find_statements(document, text, *split_document(Reading(text), "d"))
    for statement in found:
        assert statement.text
        assert statement.text == text[statement.start : statement.end]
    assert [s.start for s in found] == sorted(s.start for s in found)
    return found


def told(text):
    return [(s.kind, " ".join(s.text.split())) for s in statements(text)]


# Lists and tables ------------------------------------------------------------------------------


def test_items_are_what_their_lead_in_calls_them():
    text = (
        "1. Vervoer\n\nVoor het vervoer gelden de volgende doelen:\n\n"
        "1. De bus rijdt ook op zondag.\n2. Iedereen kan met de bus mee.\n"
    )
    found = statements(text, "2022-05")
    assert [(s.kind, s.number, s.text, s.theme, s.year) for s in found] == [
        (GOAL, "1", "De bus rijdt ook op zondag.", "1. Vervoer", 2022),
        (GOAL, "2", "Iedereen kan met de bus mee.", "1. Vervoer", 2022),
    ]


def test_without_a_date_there_is_no_year():
    found = statements("Doelen\n\n- De bus rijdt ook op zondag.\n- De bus is gratis.\n")
    assert [s.year for s in found] == [None, None]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Speerpunten", "doel"),
        ("Uitgangspunten", "uitgangspunt"),
        ("Onze spelregels", "uitgangspunt"),
        ("Actiepunten", "maatregel"),
        ("De maatschappelijke opgaven", "doel"),
        ("Ontwikkelopdrachten", "opdracht"),
        ("Aanbevelingen", "aanbeveling"),
        ("Conclusies", "bevinding"),
        ("Prestatie-indicatoren", "indicator"),
    ],
)
def test_items_are_what_their_heading_calls_them(heading, kind):
    text = f"{heading}\n\n- Houd de bus goedkoop\n- Vraag reizigers wat zij vinden\n\n{PROSE}\n"
    assert told(text)[:2] == [
        (kind, "Houd de bus goedkoop"),
        (kind, "Vraag reizigers wat zij vinden"),
    ]


TABLE = (
    "Thema Doelstelling Meting\n\n1. Gezond leven i. Inwoners bewegen vaker\n\n"
    "ii. Jongeren drinken minder\n\ni. Deelname aan sport stijgt\n\nii. Gebruik van alcohol daalt\n"
)


def test_cells_of_a_table_are_what_their_column_calls_them():
    found = statements(TABLE)
    assert [(s.kind, s.number, s.text, s.theme) for s in found] == [
        (GOAL, "i", "Inwoners bewegen vaker", "1. Gezond leven"),
        (GOAL, "ii", "Jongeren drinken minder", "1. Gezond leven"),
        (INDICATOR, "i", "Deelname aan sport stijgt", "1. Gezond leven"),
        (INDICATOR, "ii", "Gebruik van alcohol daalt", "1. Gezond leven"),
    ]


def test_a_goal_with_a_verdict_is_a_finding():
    text = (
        "Thema Doelstelling Oordeel\n\n1. Gezond leven i. Inwoners bewegen vaker goed\n\n"
        "ii. Jongeren drinken minder onvoldoende\n\n2. Meedoen i. Iedereen doet mee\n"
    )
    assert [kind for kind, _ in told(text)] == [FINDING, FINDING, GOAL]


def test_under_a_heading_that_announces_them_sections_are_principles():
    text = "Welke uitgangspunten gelden?\n\n" + "".join(
        f"{title}\n\n{words} Daar houden alle partners zich aan, ook als dat meer tijd kost.\n\n"
        for title, words in (
            ("Dichtbij de inwoner", "Hulp is er in de eigen buurt, op loopafstand van huis."),
            ("Eerst voorkomen", "Wij zijn er vroeg bij, zodat problemen klein blijven."),
            ("Samen met partners", "Geen partij kan het alleen, ook de gemeente kan dat niet."),
        )
    )
    document = text.replace("Welke", "# Welke", 1)
    for title in ("Dichtbij", "Eerst", "Samen"):
        document = document.replace(f"{title} ", f"## {title} ", 1)
    found = told(document)
    assert {kind for kind, _ in found} == {PRINCIPLE}
    said = [words for _, words in found]
    for title in ("Dichtbij de inwoner", "Eerst voorkomen", "Samen met partners"):
        assert title in said


def test_a_section_announces_the_lists_of_the_sections_inside_it():
    text = (
        f"# Samenwerking\n\n{PROSE} Onderstaande voorwaarden gelden voor alle partners.\n\n"
        "## Inhoud\n\n- Eén gezin heeft één plan.\n- Hulp is dichtbij.\n\n"
        f"# Vervoer\n\n{PROSE}\n\n## Bus\n\n- De bus is geel.\n- De bus is nieuw.\n"
    )
    assert told(text) == [
        (PRINCIPLE, "Eén gezin heeft één plan."),
        (PRINCIPLE, "Hulp is dichtbij."),
    ]


def test_a_heading_on_a_new_page_after_a_table_ends_it():
    text = (
        f"1. Inleiding\n\n{PROSE}\n\n2. Doelen\n\n{TABLE}\n2. Meedoen i. Iedereen doet mee\n"
        "De tabel is overgenomen uit de nota die de raad eerder heeft vastgesteld, zonder\n"
        "wijziging.\n\f3. Aanbevelingen\n1. Zoek mantelzorgers actief op.\n"
        "2. Laat de bus op zondag rijden.\n3. Vraag reizigers wat zij vinden.\n"
    )
    assert [words for kind, words in told(text) if kind is ADVICE] == [
        "Zoek mantelzorgers actief op.",
        "Laat de bus op zondag rijden.",
        "Vraag reizigers wat zij vinden.",
    ]
    assert not [words for kind, words in told(text) if words == "Aanbevelingen"]


# Advice and reaction ---------------------------------------------------------------------------

ADVICE_ITEMS = [
    "Draag het college op om elk jaar over de wachttijden te berichten.",
    "Vraag het college om de doelen meetbaar te maken.",
    "Geef ons als raad meer tijd. Het college kan daarbij helpen. Doe dit voor de zomer.",
    "Laat onze inwoners meepraten over het vervoer, zoals het college eerder heeft toegezegd.",
    "Maak met het college afspraken. Daarvoor heeft het college nu te weinig gegevens.",
]


@pytest.mark.parametrize("marker", ["{0}.", "-", "{0})"])
def test_advice_without_an_answer_stays_advice(marker):
    items = "\n".join(f"{marker.format(n)} {item}" for n, item in enumerate(ADVICE_ITEMS, 1))
    found = told(f"Aanbevelingen\n\n{items}\n")
    assert {kind for kind, _ in found} == {ADVICE}
    assert " ".join(words for _, words in found) == " ".join(ADVICE_ITEMS)


def test_a_question_in_a_list_of_advice_is_none():
    text = "Aanbevelingen\n\n- Welke knelpunten zijn er?\n- Meet de wachttijd elk jaar.\n"
    assert told(text) == [(ADVICE, "Meet de wachttijd elk jaar.")]


ANSWERS = [
    "Het college neemt deze aanbeveling over. De raad krijgt ieder jaar een brief.",
    "Wij nemen deze aanbeveling niet over. Daar is geen geld voor.",
    "Ons college herkent dit beeld. Er komt een plan.",
    "Dit is een aanbeveling die wordt overgenomen. Het plan volgt in mei.",
    "We vinden dit een technisch punt en beleggen het bij de organisatie.",
]


def test_an_answer_in_the_same_item_is_the_reaction():
    pairs = zip(ADVICE_ITEMS, ANSWERS, strict=True)
    items = "\n".join(f"{n}. {advice} {answer}" for n, (advice, answer) in enumerate(pairs, 1))
    found = told(f"Aanbevelingen\n\n{items}\n")
    assert " ".join(w for kind, w in found if kind is ADVICE) == " ".join(ADVICE_ITEMS)
    assert " ".join(w for kind, w in found if kind is REACTION) == " ".join(ANSWERS)
    assert len(found) == sum(kind in (ADVICE, REACTION) for kind, _ in found)


def test_after_advice_in_italics_all_of_the_answer_is_the_reaction():
    text = (
        "Aanbevelingen\n\n1. *Voer de regie waar dat nodig is. Laat los waar het kan.* Eerst over "
        "het loslaten. Dat gaat al goed. Ons college blijft dit doen.\n"
        "2. **Vervoer.** Draag het college op de bus te laten rijden. Doe dit voor mei.\n"
    )
    assert [kind for kind, _ in told(text)] == [ADVICE, REACTION, REACTION, ADVICE]


def test_a_letter_says_advice_again_and_answers_it():
    text = (
        "Geachte leden van de Adviesraad,\n\nWij hebben uw brief gelezen en met elkaar besproken "
        "in de vergadering van mei.\n\nEenzaamheid\n\nU adviseert om een plan tegen eenzaamheid "
        "te maken. Eenzaamheid komt veel voor. Wij zullen hierover een hoofdstuk schrijven.\n\n"
        "Wij danken u voor uw inzet.\n\n"
        "Met vriendelijke groet,\n\nHet college van Grafveen\n\nJ. Jansen, burgemeester\n"
    )
    assert told(text) == [
        (ADVICE, "U adviseert om een plan tegen eenzaamheid te maken."),
        (REACTION, "Eenzaamheid komt veel voor."),
        (PROMISE, "Wij zullen hierover een hoofdstuk schrijven."),
    ]


@pytest.mark.parametrize("greeting", ["Hoogachtend,", "Met vriendelijke groeten,"])
def test_the_closing_of_a_letter_is_no_reaction(greeting):
    text = (
        "Geachte leden van de raad,\n\nBus op zondag\n\nU vraagt om een bus op zondag. Dit advies "
        f"nemen wij niet over, omdat er te weinig chauffeurs zijn.\n\n{greeting}\n"
        "Het college van Grafveen\n"
    )
    assert [kind for kind, _ in told(text)] == [ADVICE, REACTION]


# Running text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("De commissie beveelt de raad aan om elk jaar te meten.", ADVICE),
        ("Het plan heeft als doel om eenzaamheid te verminderen.", GOAL),
        ("Wij streven met onze partners naar een schone buurt.", GOAL),
        ("Wij zullen de raad voor de zomer een voorstel doen.", PROMISE),
        ("Het college zegt de raad een notitie over de bus toe.", PROMISE),
        ("Het uitgangspunt is dat de inwoner zelf kiest.", PRINCIPLE),
    ],
)
def test_a_sentence_says_itself_what_it_is(sentence, kind):
    text = f"1. Beleid\n\nIn het dorp wonen vijfhonderd mensen. {sentence} De bus is geel.\n"
    assert told(text) == [(kind, sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "Menu van de week\n\n- Maandag: soep met brood\n- Dinsdag: pasta met spinazie\n"
        "- Woensdag: rijst met boontjes\n\nEen maaltijd kost zeven euro en wordt thuisgebracht.\n",
        "De tuinman\n\nEen roos die bloeide in de nacht,\nhad niemand die haar water bracht,\n"
        "de maan alleen, die zag haar staan\nen is toen stil voorbij gegaan.\n",
        "Artikel 3. Aanvraag\n\n1. Een aanvraag wordt schriftelijk ingediend.\n"
        "2. De aanvraag bevat de naam en het adres van de aanvrager.\n"
        "3. Het bestuursorgaan beslist binnen acht weken na ontvangst van de aanvraag.\n",
    ],
    ids=["menu", "poem", "law"],
)
def test_other_texts_hold_no_statements(text):
    assert statements(text) == ()


# The corpus ------------------------------------------------------------------------------------


def test_points_of_advice_in_a_published_letter_all_have_their_answer():
    name = "borger-odoorn_2020_bestuurlijke-reactie-evaluatie-sociaal-domein.txt"
    found = statements((CORPUS / name).read_text(encoding="utf-8"))
    numbered = [n for n, s in enumerate(found) if s.kind is ADVICE and s.number]
    assert [found[n].number for n in numbered] == [str(n) for n in (1, *range(3, 12))]
    for n, after in zip(numbered, [*numbered[1:], len(found)], strict=True):
        point = [s for s in found[n:after] if s.kind in (ADVICE, REACTION)]
        kinds = [s.kind for s in point]
        advice = kinds.count(ADVICE)
        assert kinds == [ADVICE] * advice + [REACTION] * (len(kinds) - advice)
        assert point[advice - 1].text.endswith("*")
        assert advice < len(kinds)


# Running text of documents that set policy -----------------------------------------------------


def in_policy(text, kind="agenda"):
    document = Document(id="d", file="d.txt", title="D", kind=kind)
    found = find_statements(document, text, *split_document(Reading(text), "d"))
    return [(s.kind, " ".join(s.text.split()), s.implied) for s in found]


NORMS = [
    ("De gemeente stimuleert initiatieven van inwoners in de eigen wijk.", PRINCIPLE),
    ("De vraag van de inwoner staat altijd centraal bij deze hulp.", PRINCIPLE),
    ("Zorg ervoor dat alle partners elkaar weten te vinden in de wijk.", StatementKind.ASSIGNMENT),
    ("De uitkomsten worden in het jaarplan van 2024 opgenomen.", PROMISE),
    ("Wij proberen de wachttijd voor een gesprek te verkorten.", GOAL),
]
NO_NORMS = [
    "In hoofdstuk drie staat wat de gemeente belangrijk vindt.",
    "In 2019 was het aantal verwijzingen hoger dan in andere jaren.",
    "De gemeente heeft vorig jaar drie wijkteams geopend.",
    "Welke rol moet de gemeente hierin nemen?",
]


@pytest.mark.parametrize(("sentence", "kind"), NORMS)
def test_a_norm_in_an_agenda_is_a_statement_that_nothing_announces(sentence, kind):
    assert in_policy(f"1. Samenwerking\n\n{sentence}\n") == [(kind, sentence, True)]


@pytest.mark.parametrize("sentence", NO_NORMS)
def test_what_tells_of_the_text_or_of_the_past_is_no_norm(sentence):
    assert in_policy(f"1. Samenwerking\n\n{sentence}\n") == []


@pytest.mark.parametrize("kind", ["besluitenlijst", "overeenkomst over een beleidsplan"])
@pytest.mark.parametrize("sentence", [sentence for sentence, _ in NORMS])
def test_a_document_that_sets_no_policy_has_no_norms(sentence, kind):
    assert in_policy(f"1. Samenwerking\n\n{sentence}\n", kind) == []


def test_definitions_are_no_norms():
    assert in_policy(f"1. Begrippen\n\n{NORMS[0][0]}\n") == []


def test_a_sentence_that_leans_on_a_norm_belongs_to_it():
    text = (
        "1. Samenwerking\n\nDe gemeente werkt samen met alle partners in de wijk. Daarvoor is een "
        "vast overleg per wijk nodig.\n"
    )
    [(kind, said, implied)] = in_policy(text)
    assert (kind, implied) == (PRINCIPLE, True)
    assert said.endswith("per wijk nodig.")


def test_what_a_list_calls_so_is_not_implied():
    text = "1. Doelen\n\n1. Inwoners bewegen vaker.\n2. Inwoners eten gezonder.\n"
    assert [implied for _, _, implied in in_policy(text)] == [False, False]


@pytest.mark.parametrize(
    "lead_in", ["Huisvesting in het kader van de wet:", "In welke mate zijn de doelen bereikt?"]
)
def test_words_that_only_sound_like_it_announce_no_list(lead_in):
    text = f"1. Stand van zaken\n\n{lead_in}\n\n- Er staan drie nieuwe gebouwen in de wijk.\n"
    assert told(text) == []


def test_a_very_long_sentence_takes_no_long_time():
    # Patterns with a gap in the middle would take minutes here; the guard is only against that.
    for words in ("goed ", "uw advies ", "neemt aanbeveling ", "heeft gezegd ", "wordt dan "):
        in_policy(f"1. Zorg\n\n{words * 5_000}.\n")


def test_names_alone_are_no_statements():
    assert in_policy("1. Opgaven\n\n1. Meedoen\n2. Gezond leven\n3. Voor jezelf zorgen\n") == []


def test_to_take_over_and_to_promise_in_one_sentence_are_two_statements():
    text = (
        "Aanbevelingen\n\n1. *Volg de afspraken elk jaar met een vast overleg.* Wij nemen deze "
        "aanbeveling over en zullen de raad in mei een voorstel doen.\n"
        "2. *Meet de wachttijd.* Wij nemen deze aanbeveling niet over.\n"
    )
    assert [(kind, words) for kind, words in told(text)][:3] == [
        (ADVICE, "*Volg de afspraken elk jaar met een vast overleg.*"),
        (REACTION, "Wij nemen deze aanbeveling over"),
        (PROMISE, "zullen de raad in mei een voorstel doen."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hierna gaan wij op elk onderdeel van het beleid in.",
        "Ook gaan we in onze aanbevelingen in op wat er nog komt.",
    ],
)
def test_what_a_text_announces_of_itself_is_no_promise(sentence):
    assert told(f"1. Opzet\n\n{sentence}\n") == []


# Running text of documents that judge policy ---------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We zien dat de wachttijd voor een gesprek korter is geworden.", FINDING),
        ("De samenwerking met de huisartsen verloopt nog niet goed.", FINDING),
        ("De contracten met alle aanbieders zijn in 2019 opgezegd.", MEASURE),
        ("De gemeente wilde meer hulp in de eigen wijk van inwoners.", GOAL),
        ("De gemeente bepaalt wat er moet gebeuren, de partners hoe.", PRINCIPLE),
        ("De aanbieders hebben de opdracht gekregen om elk jaar te berichten.", ASSIGNMENT),
        ("Wij achten een vast overleg met de raad hierbij noodzakelijk.", ADVICE),
    ],
)
def test_an_evaluation_tells_what_came_out_and_what_was_asked_wanted_and_done(sentence, kind):
    assert in_policy(f"5. De eerste jaren\n\n{sentence}\n", "evaluatie") == [(kind, sentence, True)]


@pytest.mark.parametrize(
    "heading", ["3. Onderzoeksvragen", "4. Wettelijk kader", "2. Plan van aanpak"]
)
def test_what_an_evaluation_tells_of_itself_is_no_finding(heading):
    text = "De meeste doelen van het onderzoek zijn met dertig gesprekken goed gehaald."
    assert in_policy(f"{heading}\n\n{text}\n", "evaluatie") == []
    assert in_policy(f"6. Resultaten\n\n{text}\n", "evaluatie") == [(FINDING, text, True)]


def test_under_a_conclusion_or_a_question_a_plain_sentence_is_a_finding():
    text = "De raad bespreekt de cijfers elk half jaar met de aanbieders."
    for heading in ("6. Conclusies", "Heeft de raad genoeg zicht op de uitvoering?"):
        [(kind, said, implied)] = in_policy(f"# {heading}\n\n{text}\n", "evaluatie")
        assert (kind, said, implied) == (FINDING, text, True)
    assert in_policy(f"# 5. De eerste jaren\n\n{text}\n", "evaluatie") == []


def test_what_goes_on_with_a_finding_is_part_of_it():
    text = (
        "# 5. De eerste jaren\n\nEen aantal uitdagingen blijft bestaan. Het gaat om wonen, werk en "
        "de zorg voor jongeren. De kantine is een gebouw uit de jaren zestig.\n"
    )
    [(kind, said, _)] = in_policy(text, "evaluatie")
    assert kind is FINDING
    assert said.endswith("de zorg voor jongeren.")


def test_under_an_assignment_what_is_asked_is_one():
    text = "De gemeente verwacht tweemaal per jaar een verslag van de aanbieder."
    for heading, kind in (("Opdracht preventie", ASSIGNMENT), ("De eerste jaren", PRINCIPLE)):
        assert in_policy(f"# {heading}\n\n{text}\n", "evaluatie") == [(kind, text, True)]


def test_what_a_law_or_a_study_is_for_is_no_goal():
    assert told("1. Opzet\n\nHet doel van de wet is om burgers thuis te laten wonen.\n") == []
    assert told("1. Opzet\n\nDeze evaluatie heeft als doel het beleid te toetsen.\n") == []


def test_words_that_are_explained_are_no_statements():
    text = (
        "1. Conclusies\n\nIn dit onderzoek verstaan we onder:\n\n"
        "- doelen: wat de gemeente wil bereiken met haar beleid;\n"
        "- resultaten: de uitkomsten van het beleid in cijfers.\n"
    )
    assert in_policy(text, "evaluatie") == []


TABLE_OF_WORK = (
    "Thema Uitvoering\n\n1. Wonen a. Netwerk dementie voor professionals\n\nb. Trainingen\n\n"
    "2. Werken a. Structureel vrijwilligerswerk lukt nog niet\n\nb. Repair café\n"
)


def test_a_column_tells_what_is_done_and_a_cell_what_came_of_it():
    assert told(TABLE_OF_WORK) == [
        (MEASURE, "Netwerk dementie voor professionals"),
        (MEASURE, "Trainingen"),
        (FINDING, "Structureel vrijwilligerswerk lukt nog niet"),
        (MEASURE, "Repair café"),
    ]


def test_indicators_and_values_that_a_lead_in_announces_may_be_names():
    for lead_in, kind in (("Er zijn KPI’s voor:", INDICATOR), ("Onze kernwaarden:", PRINCIPLE)):
        text = f"1. Afspraken\n\n{lead_in}\n\n- Openheid\n- Tevredenheid\n- Nabijheid\n"
        assert told(text) == [(kind, name) for name in ("Openheid", "Tevredenheid", "Nabijheid")]


def test_questions_and_examples_in_an_answer_are_no_reaction():
    text = (
        "Geachte leden van de raad,\n\nBus op zondag\n\nU vraagt om een bus op zondag. Dit advies "
        "nemen wij over. Denk bijvoorbeeld aan een bus naar de kerk. Maar wie betaalt dat? Het "
        "aantal reizigers wordt elk jaar gemeten.\n\nHoogachtend,\nHet college van Grafveen\n"
    )
    assert [kind for kind, _ in told(text)] == [ADVICE, REACTION, INDICATOR]


# The words -------------------------------------------------------------------------------------


def test_a_file_of_words_without_a_table_is_an_error(tmp_path):
    path = tmp_path / "words.toml"
    path.write_text('[lists]\ndoel = ["doelen"]\n', encoding="utf-8")
    with pytest.raises(KeyError):
        load_wording(path)


def test_a_passage_cuts_by_offsets_of_the_document():
    text = f"1. Vervoer\n\n{PROSE}\n\n2. Wonen\n\n{PROSE}\n"
    _, passages = split_document(Reading(text), "d")
    assert len(passages) == 2
    for passage in passages:
        for start, end in passage.sentences:
            assert passage.cut(start, end) == text[start:end] == PROSE
