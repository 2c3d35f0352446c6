import pytest
from assistant_parts import prepared, shared_analyzer

from assistant.errors import QuestionError
from assistant.framing import bare, parts_of
from assistant.kinds import Expected, kind_of, wanted_statements
from assistant.question import LONGEST_QUESTION, check
from assistant.reading import QuestionReader
from assistant.scope import Scope
from ingest.documents import QuestionKind, StatementKind


@pytest.fixture(scope="session")
def reader(tmp_path_factory):
    return QuestionReader(prepared(tmp_path_factory)[0].index, shared_analyzer())


FACT, LIST, DEFINITION = QuestionKind.FACT, QuestionKind.LIST, QuestionKind.DEFINITION
ADVICE, EXPLANATION = QuestionKind.RECOMMENDATION, QuestionKind.EXPLANATION
COMPARISON = QuestionKind.COMPARISON


@pytest.mark.parametrize(
    ("asked", "kind", "expected"),
    [
        ("Hoeveel inwoners heeft Grafveen?", FACT, Expected.NUMBER),
        ("Hoe vaak rijdt de wijkbus?", FACT, Expected.NUMBER),
        ("Wat is het aantal mantelzorgers?", FACT, Expected.NUMBER),
        ("Hoeveel kost een rit met de deeltaxi?", FACT, Expected.MONEY),
        ("Wat kost een rit met de wijkbus?", FACT, Expected.MONEY),
        ("Hoe hoog is het budget voor de jeugd?", FACT, Expected.MONEY),
        ("Welk bedrag krijgt het steunpunt?", FACT, Expected.MONEY),
        ("Hoeveel subsidie krijgt het steunpunt?", FACT, Expected.MONEY),
        ("Hoeveel procent van de reizigers is tevreden?", FACT, Expected.PERCENTAGE),
        ("Welk percentage van de jongeren sport?", FACT, Expected.PERCENTAGE),
        ("Wanneer is de agenda vastgesteld?", FACT, Expected.DATE),
        ("Op welke datum nam de raad het besluit?", FACT, Expected.DATE),
        ("In welk jaar begon de wijkbus?", FACT, Expected.YEAR),
        ("Sinds wanneer is er een steunpunt?", FACT, Expected.YEAR),
        ("Hoe lang duurt een traject?", FACT, Expected.DURATION),
        ("Hoeveel weken wacht een inwoner op hulp?", FACT, Expected.DURATION),
        ("Wie is de wethouder voor zorg?", FACT, Expected.PERSON),
        ("Door wie is de evaluatie gedaan?", FACT, Expected.PERSON),
        ("Hoe heet de computerhulp?", FACT, Expected.NAME),
        ("Hoe heet het traject bij de privacy-aanbeveling?", FACT, Expected.NAME),
        ("Welk rapportcijfer gaven de reizigers?", FACT, Expected.NUMBER),
        ("hoevel mantelzorgers zijn er", FACT, Expected.NUMBER),
        ("Wat is er in 2019 uitgegeven aan de wijkbus?", FACT, Expected.MONEY),
        ("Hoeveel ruimte krijgt een wijkteam?", EXPLANATION, Expected.ANYTHING),
        ("Wie worden bedoeld met partners?", DEFINITION, Expected.ANYTHING),
        ("Wie bedoelt de gemeente met 'dragers'?", DEFINITION, Expected.ANYTHING),
        ("En wat is dan draaglast?", DEFINITION, Expected.ANYTHING),
        ("Wat valt er onder hulp bij het huishouden?", DEFINITION, Expected.ANYTHING),
        ("Om welke reden rijdt de bus niet?", EXPLANATION, Expected.ANYTHING),
        ("Welke verklaring is er voor de stijging?", EXPLANATION, Expected.ANYTHING),
        ("Welke uitgangspunten heeft MAP 1.0 en welke MAP 2.0?", LIST, Expected.ANYTHING),
        ("Wat is het telefoonnummer van het steunpunt?", FACT, Expected.CONTACT),
        ("Welk adres heeft het steunpunt?", FACT, Expected.CONTACT),
        ("Waar is het steunpunt gevestigd?", FACT, Expected.ANYTHING),
        ("Vanaf welke leeftijd mag een kind mee?", FACT, Expected.DURATION),
        ("Hoe oud moet een kind zijn?", FACT, Expected.DURATION),
        ("In welke dorpen rijdt de wijkbus?", FACT, Expected.PLACE),
        ("Met welke partijen werkt het steunpunt?", FACT, Expected.ANYTHING),
        # Of two sentences the one that asks counts.
        (
            "Het aantal mantelzorgers stijgt, zo lees ik. Wie heeft dat geteld?",
            FACT,
            Expected.PERSON,
        ),
        ("Wat is mantelzorg?", DEFINITION, Expected.ANYTHING),
        ("Wat is een algemene voorziening?", DEFINITION, Expected.ANYTHING),
        ("Waar staat MAP voor?", DEFINITION, Expected.ANYTHING),
        ("MAP, waar staan die letters voor?", DEFINITION, Expected.ANYTHING),
        ("Wat of wie is Vliet?", DEFINITION, Expected.ANYTHING),
        ("Wat is er voor ouderen?", EXPLANATION, Expected.ANYTHING),
        ("Wat betekent het als iemand een pgb heeft?", EXPLANATION, Expected.ANYTHING),
        ("Wat betekent Wlz?", DEFINITION, Expected.ANYTHING),
        ("Wat wordt bedoeld met positieve gezondheid?", DEFINITION, Expected.ANYTHING),
        ("Wat houdt respijtzorg in?", DEFINITION, Expected.ANYTHING),
        ("Welke doelen gaan over mantelzorg?", LIST, Expected.ANYTHING),
        ("Noem alle uitgangspunten.", LIST, Expected.ANYTHING),
        ("Wat wil Grafveen bereiken met digitale hulp?", LIST, Expected.ANYTHING),
        ("Is er in 2021 meer of minder betaald dan in 2020?", COMPARISON, Expected.ANYTHING),
        ("Het steunpunt en de wijkbus: wie doet wat?", COMPARISON, Expected.ANYTHING),
        ("Wat zijn de indicatoren van MAP 2.0?", LIST, Expected.ANYTHING),
        ("Geef een overzicht van de maatregelen voor jeugd", LIST, Expected.ANYTHING),
        ("Wat deed het college met aanbeveling 3?", ADVICE, Expected.ANYTHING),
        ("Welke aanbevelingen doet de rekenkamercommissie?", ADVICE, Expected.ANYTHING),
        ("Hoe reageert het college op de kritiek?", ADVICE, Expected.ANYTHING),
        ("Wat zegt het college toe?", ADVICE, Expected.ANYTHING),
        ("Wat adviseert de adviesraad over eenzaamheid?", ADVICE, Expected.ANYTHING),
        ("Wat is het verschil tussen de wijkbus en de deeltaxi?", COMPARISON, Expected.ANYTHING),
        ("Vergelijk de doelen voor jeugd van beide gemeenten", COMPARISON, Expected.ANYTHING),
        ("Mantelzorg in Elst-Veenoord en Grafveen", COMPARISON, Expected.ANYTHING),
        ("Waarom rijden er vrijwilligers op de wijkbus?", EXPLANATION, Expected.ANYTHING),
        ("Hoe helpt de gemeente jonge mantelzorgers?", EXPLANATION, Expected.ANYTHING),
        ("Wat doet een wijkteam?", EXPLANATION, Expected.ANYTHING),
        ("Leg uit waar de wijkbus voor dient", EXPLANATION, Expected.ANYTHING),
        pytest.param(
            "Wat zijn de redenen voor het wijkteam?",
            EXPLANATION,
            Expected.ANYTHING,
            marks=pytest.mark.xfail(strict=True, reason="taken for a definition: 'wat zijn de'"),
        ),
        ("mantelzorg", EXPLANATION, Expected.ANYTHING),
        ("When was the agenda adopted?", FACT, Expected.DATE),
        ("How many residents give care?", FACT, Expected.NUMBER),
        ("Why do volunteers drive the bus?", EXPLANATION, Expected.ANYTHING),
        ("WELKE DOELEN GAAN OVER MANTELZORG?", LIST, Expected.ANYTHING),
        ("Wat belooft het college aan de raad?", ADVICE, Expected.ANYTHING),
        ("Wat zijn 'kwetsbare inwoners' volgens de agenda?", DEFINITION, Expected.ANYTHING),
    ],
)
def test_kind_and_what_is_expected(reader, asked, kind, expected):
    question = reader.read(asked)
    assert (question.kind, question.expected) == (kind, expected)
    assert question.asked == question.understood == asked


@pytest.mark.xfail(strict=True, reason="English nouns (goals, indicators) are no list nouns")
def test_a_list_asked_for_in_english_is_a_list():
    assert kind_of("Which goals are about informal care?", Scope()) is LIST


@pytest.mark.parametrize(
    ("asked", "kinds", "nouns"),
    [
        ("welke doelen zijn er", {StatementKind.GOAL, StatementKind.INDICATOR}, ("doelen",)),
        ("welke opgaven zijn er", {StatementKind.GOAL, StatementKind.INDICATOR}, ("opgaven",)),
        ("welke indicatoren zijn er", {StatementKind.INDICATOR}, ("indicatoren",)),
        ("welke kaders gelden", {StatementKind.PRINCIPLE}, ("kaders",)),
        ("noem de acties", {StatementKind.MEASURE}, ("acties",)),
        ("welke toezeggingen", {StatementKind.PROMISE}, ("toezeggingen",)),
        ("welke conclusies", {StatementKind.FINDING}, ("conclusies",)),
        ("wat kost de wijkbus", set(), ()),
        ("wat is doelgroepenbeleid", set(), ()),
    ],
)
def test_the_statements_that_a_list_question_wants(asked, kinds, nouns):
    assert wanted_statements(asked) == (frozenset(kinds), nouns)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("Wat deed het college met aanbeveling 3?", 3),
        ("Wat staat er bij doel nummer 12?", 12),
        ("Wat vindt het college van de tweede aanbeveling?", 2),
        ("Wat deed het college in 2021?", None),
        ("Welke twee aanbevelingen zijn er?", None),
    ],
)
def test_the_number_of_a_point(reader, asked, number):
    assert reader.read(asked).number == number


def test_names_help_to_find_but_are_no_content(reader):
    question = reader.read("Wat kost een rit met de wijkbus in Elst-Veenoord?")
    assert {word.word for word in question.words} == {"rit", "wijkbus"}
    assert {"elst", "veenoord"} <= {word.word for word in question.names} | question.scope.words


def test_a_name_inside_a_sentence_is_proper_and_shouting_is_not(reader):
    assert "duinzorg" in reader.read("Wat doet de stichting Duinzorg?").proper
    assert reader.read("Wat doet de stichting?").proper == frozenset()
    assert reader.read("WAT DOET DUINZORG?").proper == frozenset()


def test_small_words_in_quotes_are_what_the_question_is_about(reader):
    assert reader.read("Wie bepaalt het 'wat' en het 'hoe'?").quoted == ("hoe", "wat")
    assert reader.read("Wie bepaalt wat en hoe?").quoted == ()


def test_a_question_in_two_parts(reader):
    assert parts_of("Wie deed de evaluatie en wanneer?") == ["Wie deed de evaluatie", "wanneer?"]
    assert len(parts_of("Welke doelen zijn er voor jeugd en zorg?")) == 1
    first, second = reader.parts(reader.read("Wie rijdt de wijkbus en wanneer?"))
    assert (first.expected, second.expected) == (Expected.PERSON, Expected.DATE)
    assert "wijkbus" in {word.word for word in second.words}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "Typ eerst een vraag"),
        (" \t\n\x00\x07 ", "Typ eerst een vraag"),
        ("?!... -- €", "alleen leestekens"),
        ("«»", "alleen leestekens"),
        ("a" * 20_000, r"20\.000 tekens.*2\.000"),
        ("Welke doelen? " * 1_429, r"20\.005 tekens"),
        ("a" * (LONGEST_QUESTION + 1), r"2\.001 tekens"),
    ],
)
def test_what_is_no_question_is_refused_in_dutch(asked, message):
    with pytest.raises(QuestionError, match=message):
        check(asked)


def test_the_longest_question_and_odd_characters_are_taken():
    assert len(check("a" * LONGEST_QUESTION)) == LONGEST_QUESTION
    assert check("\x00Wat is\x1b zorg?\x7f ") == "Wat is  zorg?"
    assert check("<b>Wat</b> is zorg?") == "<b>Wat</b> is zorg?"


@pytest.mark.xfail(strict=True, reason="\\w takes an underscore for a word")
def test_underscores_are_punctuation():
    with pytest.raises(QuestionError, match="leestekens"):
        check("____")


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("Wat kost de bus? Kunt u dat voor mij opzoeken?", "Wat kost de bus?"),
        ("Ik ben raadslid: waarom rijdt de bus niet?", "Waarom rijdt de bus niet?"),
        (
            "Voor het debat van donderdag wil ik graag weten wat de bus kost.",
            "Wat de bus kost.",
        ),
        ("Kunt u mij vertellen wat de bus kost?", "Wat de bus kost?"),
        ("Wat kost de bus? Alvast bedankt!", "Wat kost de bus?"),
        # What tells of a situation belongs to the question.
        ("Mijn moeder is slecht ter been. Rijdt er een bus?",) * 2,
        ("Ik wil graag met de bus. Kan dat?",) * 2,
        ("Bedankt",) * 2,
    ],
)
def test_who_asks_is_no_part_of_the_question(asked, question):
    assert bare(asked) == question
