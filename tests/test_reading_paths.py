"""A reading path for newcomers: where to begin, who is who, what was decided when."""

import pytest
from assistant_parts import assert_proven, assistant_over

from ingest.documents import QuestionKind

# An agenda of now, an older letter, and who is who in both.
AGENDA = """\
Welzijnsagenda Meerdijk

1. Inleiding

Deze agenda beschrijft wat de gemeente Meerdijk wil bereiken. De Welzijnsagenda Lokaal (WAL) is \
van 2014 en de WAL 2.0 (2019) volgde haar op.

2. Vrijwilligers

Vrijwilligers zijn in Meerdijk de ruggengraat van het verenigingsleven in alle zes de dorpen. \
Zij worden ondersteund door Hand in Hand. Hand in Hand is een stichting die vrijwilligers werft, \
opleidt en begeleidt. Het vrijwilligersteam helpt verenigingen met hun vragen over verzekering en \
geld. Er is een feest voor vrijwilligers, dat is een dank aan allen die zich inzetten.

3. Doelen van de WAL

Doelen:

1. Vrijwilligers krijgen een goede opleiding.
2. Kinderen leren zwemmen.

4. Doelen van de WAL 2.0

Doelen:

1. Vrijwilligers voelen zich gewaardeerd.
2. Kinderen zwemmen vaker.
"""
LETTER = """\
Brief over de bibliotheek van Meerdijk

De bibliotheek is op zaterdag open. De bibliotheek wordt gedragen door vrijwilligers, die daarvoor \
een kleine vergoeding krijgen van de gemeente.
"""
CATALOG = """\
["agenda.txt"]
title = "Welzijnsagenda"
municipality = "Meerdijk"
kind = "agenda"
date = "2021"

["brief.txt"]
title = "Brief over de bibliotheek"
municipality = "Meerdijk"
kind = "brief"
date = "2018"
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    texts = {"agenda.txt": AGENDA, "brief.txt": LETTER, "catalog.toml": CATALOG}
    return assistant_over(tmp_path_factory.mktemp("pad"), texts)


@pytest.fixture
def ask(assistant):
    def answer(asked):
        given = assistant.ask(asked)
        assert not given.abstained, given.text
        assert given.kind is QuestionKind.EXPLANATION
        assert_proven(given, assistant.documents)
        return given.text

    return answer


def part(text, name):
    """The lines under a name, up to the next empty line that ends a list."""
    return text.split(f"{name}\n")[1].split("\n\n")[0].split("\n")


BEGIN, WHO, DECIDED = (
    "Begin hier:",
    "Wie is wie, en wat betekent het:",
    "Wat er wanneer is opgeschreven:",
)


@pytest.mark.parametrize(
    "asked",
    [
        "Waar begin ik met vrijwilligers?",
        "Ik ben nieuw. Wat moet ik eerst lezen over vrijwilligers?",
        "leesroute vrijwilligers",
        "Hoe kan ik me inlezen in vrijwilligers?",
    ],
)
def test_a_newcomer_gets_places_to_begin_who_is_who_and_what_was_decided(ask, asked):
    text = ask(asked)
    first, second = part(text, BEGIN)
    assert first.startswith("- **Welzijnsagenda (Meerdijk, 2021), 2. Vrijwilligers**: „")
    assert "ruggengraat van het verenigingsleven" in first
    assert second.startswith("- **Brief over de bibliotheek (Meerdijk, 2018)")
    assert part(text, WHO)[:2] == [
        "- **Hand in Hand**: „Hand in Hand is een stichting die vrijwilligers werft, opleidt en "
        "begeleidt.” [3]",
        "- **Vrijwilligersteam**: „Het vrijwilligersteam helpt verenigingen met hun vragen over "
        "verzekering en geld.” [4]",
    ]
    decided = text.split(DECIDED)[1]
    assert decided.index("2014, WAL, Meerdijk, opgevolgd door WAL 2.0: 1 doel:") < decided.index(
        "2019, WAL 2.0, Meerdijk: 1 doel:"
    )
    assert "zwemmen" not in text


def test_a_path_without_a_topic_begins_with_the_documents_that_set_policy(ask):
    text = ask("Ik ben nieuw, waar begin ik?")
    assert [line.split("**")[1] for line in part(text, BEGIN)] == [
        "Welzijnsagenda (Meerdijk, 2021)",
        "Brief over de bibliotheek (Meerdijk, 2018)",
    ][: len(part(text, BEGIN))]
    assert "2014, WAL, Meerdijk, opgevolgd door WAL 2.0: 2 doelen, bijvoorbeeld:" in text


def test_who_is_who_comes_first_when_that_is_asked(ask):
    text = ask("Wie is wie in Meerdijk?")
    assert text.index(WHO) < text.index(BEGIN)
    assert "**Hand in Hand**" in text
    assert "**WAL**" in text


def test_a_sentence_without_somebody_names_nobody(ask):
    names = [line.split("**")[1] for line in part(ask("leesroute vrijwilligers"), WHO)]
    assert not {"Er", "Vrijwilligers", "Zij"} & set(names)


def test_where_to_begin_with_what_no_document_tells_is_refused(assistant):
    assert assistant.ask("Waar begin ik met ruimtevaart?").abstained


def test_a_question_that_only_holds_the_word_is_no_path(assistant):
    text = assistant.ask("Wanneer begon de WAL?").text
    assert BEGIN not in text
