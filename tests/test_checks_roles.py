"""Who does what, what stands where, and why: the same words can make another claim."""

import pytest
from assistant_parts import shared_analyzer, shared_embedder

from assistant.checks.conditions import lost_condition
from assistant.checks.evidence import Facts, writer_of
from assistant.checks.exact import exchange_problem, number_problem, title_problem
from assistant.checks.lexis import lexis, verbs_apart
from assistant.checks.meaning import Meaning
from assistant.checks.order import order_problem
from assistant.checks.places import replaced_words
from assistant.checks.polarity import polarity_problem
from assistant.checks.reasons import reason_problem
from assistant.checks.roles import place_problem, role_problem

NOTHING = Facts("", "")


@pytest.mark.parametrize(
    ("claim", "evidence", "exchanged"),
    [
        ("De raad controleert het college.", "Het college controleert de raad.", True),
        (
            "Het college controleert de raad.",
            "De raad wordt door het college gecontroleerd.",
            False,
        ),
        ("De raad controleert het college.", "De raad wordt door het college gecontroleerd.", True),
        (
            "De raad wordt door het college gecontroleerd.",
            "Het college controleert de raad.",
            False,
        ),
        (
            "De school bepaalt het rooster en de ouders de vakantie.",
            "De ouders bepalen het rooster, de school de vakantie.",
            True,
        ),
        ("De gemeente beslist over de bus.", "Derden beslissen over de bus.", True),
        ("De gemeente beslist over de bus.", "Wij beslissen over de bus.", False),
        ("De gemeente beslist over de bus.", "Er wordt beslist over de bus.", False),
        (
            "Partners en gemeente helpen bij verhuizen.",
            "De gemeente en haar partners helpen bij verhuizen.",
            False,
        ),
        (
            "Het team helpt gezinnen en verwijst ouders door.",
            "Ouders worden door het team doorverwezen.",
            False,
        ),
        ("Ouders die hulp zoeken, worden gebeld.", "Het team belt ouders die hulp zoeken.", False),
        ("Als ouders het vragen, komt er hulp.", "Wat door hen wordt gevraagd, komt er.", False),
        # Half of what a clause says may be the same by chance.
        ("De school moet wachten op hulp.", "De ouders moeten wachten op de bus.", False),
        (
            "De professional mag buiten de kaders werken.",
            "In het sociaal team mag de professional buiten de kaders werken.",
            False,
        ),
        ("Het gaat om uitvoering van de wet.", "Wij werken aan de uitvoering van de wet.", False),
        ("De inwoners zijn geteld.", "De onderzoekers hebben de inwoners geteld.", False),
        (
            "De leden hebben Bureau Delta ondervraagd.",
            "De leden zijn ondervraagd door Bureau Delta.",
            True,
        ),
    ],
)
def test_who_does_it(claim, evidence, exchanged):
    assert bool(role_problem(claim, evidence)) is exchanged


@pytest.mark.parametrize(
    ("claim", "exchanged"),
    [
        ("De taak van de school bij de gemeente is klein.", True),
        ("De taak van de gemeente bij de school is klein.", False),
        ("Bij de school is de taak van de gemeente klein.", False),
    ],
)
def test_a_word_keeps_its_preposition(claim, exchanged):
    evidence = "De taak van de gemeente bij de school is klein."
    assert bool(place_problem(claim, evidence)) is exchanged


@pytest.mark.parametrize(
    ("claim", "evidence", "exchanged"),
    [
        ("Wij stellen lopen boven fietsen.", "Wij stellen fietsen boven lopen.", True),
        ("Wij stellen fietsen boven lopen.", "Wij stellen fietsen boven lopen.", False),
        ("Lopen gaat voor fietsen.", "Fietsen heeft voorrang op lopen.", True),
        ("Fietsen gaat voor lopen.", "Wij stellen fietsen boven lopen.", False),
        ("De bus rijdt van Elst naar Waal.", "De bus rijdt van Waal naar Elst.", True),
        ("Van Waal naar Elst rijdt de bus.", "De bus rijdt van Waal naar Elst.", False),
    ],
)
def test_sides_stay_on_their_side(claim, evidence, exchanged):
    assert bool(order_problem(claim, evidence)) is exchanged


def test_a_word_in_the_place_of_another_is_found():
    evidence = "De gemeente betaalt ieder jaar een bijdrage aan het zwembad."
    assert replaced_words(
        "De gemeente betaalt ieder jaar een bijdrage aan het museum.", evidence
    ) == {"museum"}
    # A verb only where nothing else changes.
    assert replaced_words(
        "De gemeente vraagt ieder jaar een bijdrage aan het zwembad.", evidence
    ) == {"vraagt"}
    # In a sentence that is made otherwise no word has the place of another.
    assert replaced_words("Elk jaar krijgt het museum geld.", evidence) == set()


@pytest.mark.parametrize(
    ("claim", "evidence", "added"),
    [
        ("De bus stopt, omdat er te weinig geld is.", "De bus stopt.", True),
        ("De bus stopt, omdat er te weinig geld is.", "Door geldgebrek stopt de bus.", False),
        ("De bus stopt, waardoor mensen thuis blijven.", "De bus stopt.", True),
        ("De bus stopt.", "De bus stopt.", False),
        # What ties other things, or nothing, gives no reason.
        (
            "De bus is traag, omdat het regent.",
            "De bus is traag maar biedt plaats voor wie wil.",
            True,
        ),
        ("De bus is traag, omdat het regent.", "Het regent, vandaar dat de bus traag is.", False),
        ("De bus rijdt, mits het droog is.", "De bus rijdt en het is droog.", True),
        ("De bus rijdt, mits het droog is.", "Als het droog is, rijdt de bus.", False),
        ("Vooral de bus is traag.", "De bus en de trein zijn traag.", True),
        ("Vooral de bus is traag.", "De meeste klachten gaan over de bus.", False),
        ("De bus is trager dan de trein.", "De bus en de trein zijn traag.", True),
        ("De bus is trager dan de trein.", "De trein is sneller en de bus langzamer.", False),
        ("De bus wordt jaarlijks gekeurd.", "De bus wordt gekeurd.", True),
        ("De bus wordt jaarlijks gekeurd.", "Elk jaar wordt de bus gekeurd.", False),
        ("De bus wordt elke maand gekeurd.", "De bus wordt regelmatig gekeurd.", True),
        ("Er kwamen klachten, waarna de plek dichtging.", "Er kwamen klachten.", True),
        ("De plek ging dicht nadat het misging.", "Het ging mis; toen ging de plek dicht.", False),
        ("Het tekort is bij ouderen het grootst.", "Er is een tekort bij ouderen.", True),
        ("Het tekort is bij ouderen het grootst.", "Vooral bij ouderen is een tekort.", False),
    ],
)
def test_a_reason_is_not_added(claim, evidence, added):
    assert bool(reason_problem(claim, evidence)) is added


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        ("Het aantal bussen neemt af.", "Het aantal bussen zal toenemen.", True),
        ("Het aantal bussen neemt toe.", "Het aantal bussen zal toenemen.", False),
        ("De begroting is in balans.", "De begroting is uit balans.", True),
        ("De begroting is niet in balans.", "De begroting is uit balans.", False),
        ("Kinderen doen niet mee.", "Kinderen doen mee, ongeacht hun leeftijd.", True),
        (
            "De eisen zijn niet gehaald.",
            "De eisen zijn gehaald en er waren geen klachten.",
            True,
        ),
        (
            "De zorgen nemen af.",
            "De vreugde zal afnemen en de zorgen zullen toenemen.",
            True,
        ),
        ("Het is niet waar dat er bij gebrek een bus rijdt.", "Bij gebrek rijdt er een bus.", True),
        ("Er zijn bijna geen klanten.", "Er zijn nauwelijks klanten.", False),
    ],
)
def test_contraries_in_more_than_one_word(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


def test_verbs_that_stand_in_two_words_are_read_as_one():
    assert "afnemen" in verbs_apart("Het aantal neemt elk jaar verder af.")


@pytest.mark.parametrize(("day", "strange"), [("zaterdag", ""), ("zondag", "zondag")])
def test_a_day_is_no_other_day(day, strange):
    evidence = "De bus rijdt van maandag tot en met zaterdag."
    assert exchange_problem(f"De bus rijdt ook op {day}.", evidence, NOTHING) == strange


def test_a_number_of_a_heading_does_not_replace_one_of_the_evidence():
    facts = Facts("gemeente Waal", "Vier jaren op weg")
    assert number_problem("Er zijn vier teams.", "Er zijn drie teams.", facts) == "vier"
    assert number_problem("Na vier jaren zijn er teams.", "Er zijn teams.", facts) == ""


@pytest.mark.parametrize(
    ("claim", "strange"),
    [
        ("Dat staat in ‘Samen Sterk’.", "Samen Sterk"),
        ("Dat staat in ‘Samen Verder’.", ""),
        ("Dat regelt de Wet maatschappelijke ondersteuning.", "Wet maatschappelijke ondersteuning"),
        ("Dat regelt de Wet langdurige zorg.", ""),
    ],
)
def test_titles_and_laws_must_be_in_the_evidence(claim, strange):
    evidence = "In ‘Samen Verder’ staat wat de Wlz regelt."
    full = {"Wlz": "Wet langdurige zorg"}
    assert title_problem(claim, evidence, NOTHING, full) == strange


def test_a_condition_that_is_lost_is_found():
    assert lost_condition("U krijgt geld als u weinig verdient.", "U krijgt geld.") == "als"
    assert lost_condition("U mag komen, mits u belt.", "U mag komen, tenzij u belt.") == "mits"
    assert lost_condition("U krijgt geld indien nodig.", "U krijgt geld als dat nodig is.") == ""


@pytest.fixture(scope="module")
def meaning():
    return Meaning(shared_analyzer(), shared_embedder())


@pytest.mark.parametrize(
    ("claim", "strange"),
    [
        ("Er is medische hulp voor ouderen.", ""),
        ("Er is juridische hulp voor ouderen.", "juridische"),
    ],
)
def test_a_thing_keeps_what_is_said_of_it(meaning, claim, strange):
    evidence = ["Voor ouderen is er medische hulp."]
    assert meaning.overlap(claim, evidence, "").strange == strange


def test_a_synonym_says_the_same(meaning):
    evidence = ["De gemeente heeft een recent verslag over systeemwijzigingen."]
    claim = "Over stelselwijzigingen heeft de gemeente een nieuw rapport."
    found = meaning.overlap(claim, evidence, "")
    assert found.strange == ""
    assert found.share > 0.9


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Op den duur komen er huizen.", "Er komen uiteindelijk huizen."),
        ("De regels staan bouwen in de weg.", "De regels belemmeren bouwen."),
        ("De nadruk ligt op bouwen van huizen.", "Het bouwen van huizen is vooral van belang."),
    ],
)
def test_a_noun_of_a_set_phrase_is_no_thing(meaning, claim, evidence):
    assert meaning.overlap(claim, [evidence], "").strange == ""


def test_a_kind_says_what_is_broader_and_never_the_other_way_round(meaning):
    narrower, broader = "Er komen koeien in de wijk.", "Er komen dieren in de wijk."
    assert meaning.overlap(broader, [narrower], "").share > 0.9
    assert meaning.overlap(narrower, [broader], "").share < 0.9


def test_a_phrase_among_synonyms_is_read_as_a_whole():
    assert lexis().in_plain_words("Dat is op dit moment zo.") == "Dat is nu zo."
    assert "gan" not in lexis().same["goedkeur"]  # "akkoord gaan"


WRITTEN = Facts(
    "gemeente Waal\ncollege",
    "",
    "college van burgemeester en wethouders",
    "Brief aan de Adviesraad",
)


@pytest.mark.parametrize(
    ("claim", "evidence", "wrong"),
    [
        ("Het college bouwt.", "Wij bouwen.", ""),
        ("De burgemeester bouwt.", "Wij bouwen.", "burgemeester"),
        ("De adviesraad vraagt erom.", "U vraagt erom.", ""),
        ("De adviesraad bouwt.", "Wij bouwen.", "adviesraad"),
        ("De respondenten zijn blij.", "Een meerderheid is blij.", ""),
        ("De wetten zijn oud.", "De wetgeving is oud.", ""),
        ("Het college vindt dat belangrijk.", "Dat is belangrijk in onze ogen.", ""),
    ],
)
def test_who_wrote_and_whom_to_is_known(claim, evidence, wrong):
    assert exchange_problem(claim, evidence, WRITTEN) == wrong


def test_a_clause_of_which_nothing_is_said_is_added(meaning):
    evidence = ["De gemeente onderzoekt of de buslijn kan blijven."]
    true = "De gemeente gaat na of de buslijn blijft."
    added = f"{true[:-1]} en heeft daarvoor een jurist ingehuurd."
    assert meaning.overlap(true, evidence, "").surest > 0.25
    assert meaning.overlap(added, evidence, "").surest < 0.25


def test_how_something_is_done_is_no_strange_thing(meaning):
    evidence = ["Voor ouderen is er in de wijk passende hulp van de gemeente."]
    claim = "Voor ouderen is er in de wijk goede hulp van de gemeente."
    assert meaning.overlap(claim, evidence, "").strange == ""


def test_people_in_general_are_strange_only_beside_others(meaning):
    claim = "Het geld is bestemd voor inwoners."
    assert meaning.overlap(claim, ["Het geld is bestemd voor de bus."], "").strange == ""
    others = ["Het geld is bestemd voor leerlingen."]
    assert meaning.overlap(claim, others, "").strange == "inwoners"


def test_a_compound_is_said_by_other_words_for_its_parts(meaning):
    evidence = ["In dat jaar was er een grote systeemwijziging."]
    assert meaning.overlap("Er was een stelselverandering.", evidence, "").strange == ""


def test_a_short_sentence_of_which_half_is_said_is_not_proven(meaning):
    evidence = ["Het Parkveld is elke donderdag open voor bezoekers."]
    found = meaning.overlap("Het beleid voor dit park is mislukt.", evidence, "Parkennota 2024")
    assert found.strange == "mislukt"


@pytest.mark.parametrize(
    ("greeting", "writer"),
    [
        ("Geachte leden van de rekenkamer", "college van burgemeester en wethouders"),
        ("Geachte leden van de raad", "rekenkamer"),
        ("Rekenkamer", "rekenkamer"),
    ],
)
def test_a_letter_to_the_body_of_its_own_document_is_written_by_the_college(greeting, writer):
    assert writer_of("rekenkamer", greeting) == writer


@pytest.mark.parametrize(
    ("claim", "evidence", "strange"),
    [
        ("Er zijn geldtekorten bij de bus.", "Bij de bus zijn tekorten.", ""),
        ("Er zijn geldtekorten bij de bus.", "Bij de bus zijn woningtekorten.", "geldtekorten"),
        ("Zolang er bussen zijn, rijden mensen mee.", "Als er bussen zijn, rijden er mensen.", ""),
        (
            "Professionele hulp voor inwoners stopt zodra het netwerk het overneemt.",
            "De hulp voor inwoners stopt, het netwerk neemt het over.",
            "",
        ),
    ],
)
def test_what_only_narrows_or_frames_is_not_strange(meaning, claim, evidence, strange):
    assert meaning.overlap(claim, [evidence], "").strange == strange
