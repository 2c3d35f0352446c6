"""Who says something unfavourable where the other says nothing of the kind says the contrary."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import assistant.checks
from assistant.checks.polarity import polarity_problem
from assistant.checks.turns import pieces_of
from assistant.checks.valence import is_unfavourable


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        ("De proef met de bus valt tegen.", "De proef met de bus levert veel op.", True),
        ("De proef met de bus levert veel op.", "De proef met de bus valt tegen.", True),
        ("De proef met de bus is mislukt.", "De proef met de bus is niet gelukt.", False),
        ("De proef met de bus is mislukt.", "De proef met de bus liep op niets uit.", False),
        ("De bewoners zijn bezorgd over de bus.", "De bewoners maken zich zorgen.", False),
        ("De ouders zijn boos over de bus.", "De ouders zijn te spreken over de bus.", True),
        ("De bus rijdt op tijd.", "De bus rijdt op tijd en de tram hapert.", False),
        ("Er waren minder storingen in de bus.", "De bus reed vaker op tijd.", False),
        ("Er rijdt maar één bus.", "Er rijdt slechts één bus.", False),
        ("Er rijden elke dag bussen.", "Er rijdt slechts één bus per dag.", True),
        # What is lowered may be a good thing: the word takes no side, and softens no denial.
        ("Een rit kost nu € 1,75.", "Een rit is verlaagd van € 2,00 naar € 1,75.", False),
        ("Een rit kost geen € 1,75.", "Een rit is verlaagd van € 2,00 naar € 1,75.", True),
    ],
)
def test_only_one_of_two_texts_is_unfavourable(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


@pytest.mark.parametrize(
    ("word", "unfavourable"),
    [
        ("mislukte", True),
        ("onduidelijk", True),
        ("onderwerp", False),
        ("duidelijk", False),
        ("verdeeld", False),
        ("weer", False),
    ],
)
def test_words_that_take_the_unfavourable_side(word, unfavourable):
    assert is_unfavourable(word) is unfavourable


def test_no_word_takes_two_sides():
    file = Path(assistant.checks.__file__).with_name("polarity.toml")
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    counts = Counter(word for text in lists.values() for word in set(text.split()))
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        ("Zonder geld rijdt de bus niet.", "De bus rijdt als er geld is.", False),
        (
            "Reizigers zonder kaartje worden niet geholpen.",
            "Ook wie geen kaart heeft, helpen we.",
            True,
        ),
        (
            "De meningen over de bus lopen uiteen.",
            "De meningen over de bus zijn niet gelijk.",
            False,
        ),
        ("De bus is niet de enige oorzaak.", "Ook de bus is een oorzaak.", False),
        ("Het rijden hapert wel eens.", "Het rijden gaat niet altijd goed.", False),
        ("Het rijden gaat altijd goed.", "Het rijden gaat niet altijd goed.", True),
        ("Zij schrikken terug voor de bus.", "Zij durven de bus niet aan.", False),
        (
            "De stad rekent en rijdt niet meteen door.",
            "De stad rekent op een andere manier dan meteen door te rijden.",
            False,
        ),
    ],
)
def test_what_says_no_in_other_words(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        (
            "Alleen de gemeente betaalt de bus.",
            "Zowel gemeente als provincie betaalt de bus.",
            True,
        ),
        ("De stad draagt als enige bij.", "De stad is niet in haar eentje aan zet.", True),
        ("Alleen wie lid is, mag mee.", "Iedereen mag mee, of men lid is of niet.", True),
        ("De regie ligt niet altijd alleen bij ons.", "De regie ligt niet alleen bij ons.", False),
        ("Het gaat om meer dan alleen bussen.", "Het gaat niet alleen om bussen.", False),
        ("De bus is volledig gevuld.", "De bus is deels, maar niet geheel, gevuld.", True),
        ("De stad heeft ruime taken.", "Er is hier geen sprake van autonome taken.", True),
        ("Het was de wens de regels aan te passen.", "Niemand wil de regels aanpassen.", True),
        (
            "Juist ouders die werken, zijn niet gebaat bij lange ritten.",
            "Vooral ouders, die werken, zijn gebaat bij lange ritten.",
            True,
        ),
        (
            "Een probleem is dat weinig ouders meedoen aan het feest.",
            "Een ander probleem is de geringe deelname van ouders aan het feest.",
            False,
        ),
        ("De stad vergroot de ruimte.", "De ruimte wordt door de stad beperkt.", True),
        ("Er ontstond onrust.", "Dit zorgde voor rust.", True),
        ("Het is bekend waar de bus rijdt.", "Het is onduidelijk waar de bus rijdt.", True),
    ],
)
def test_what_is_denied_or_limited(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        # What is denied is the opposite of what the evidence says.
        ("De regeling stopt niet.", "De regeling wordt voortgezet.", False),
        ("De bestaande regels bleven gelden.", "Er zijn geen nieuwe regels gemaakt.", False),
        ("De regeling stopt niet.", "De regeling stopt.", True),
        # A word that takes something back may be the very thing that is denied.
        ("Inwoners zien een scherp verschil.", "Inwoners zien geen onderscheid.", True),
        # Set phrases that deny, or deny nothing.
        ("De kosten zijn sterk toegenomen.", "De kosten zijn onveranderd gebleven.", True),
        ("Het aantal meldingen bleef gelijk.", "Het aantal meldingen is gestegen.", True),
        ("Er verandert niets aan de toegang.", "De toegang blijft hetzelfde.", False),
        ("Partners werken los van elkaar.", "Partners werken samen in de wijk.", True),
        ("Wij leggen het advies naast ons neer.", "Wij nemen het advies over.", True),
        ("Het onderzoek gaat over schuld.", "Schuld valt buiten de scope van het onderzoek.", True),
        ("De wachttijd is niet langer dan zes weken.", "De wachttijd is ten hoogste zes.", False),
        ("De regels zijn niet meer van deze tijd.", "De regels zijn verouderd.", False),
        ("Wij wachten niet af maar bellen zelf.", "Wij bellen actief.", False),
        ("Er is nog geen besluit genomen.", "Het besluit moet nog worden genomen.", False),
        ("Er is geen besluit genomen.", "Het besluit is genomen.", True),
        ("Dit is niet zozeer een technisch punt.", "Dit is vooral een technisch punt.", True),
        (
            "Wie weinig draagkracht heeft, is niet in staat bij te dragen.",
            "Wie minder draagkracht heeft, is in staat bij te dragen.",
            True,
        ),
        ("Het gaat zonder twijfel goed.", "Het zou kunnen dat het niet goed gaat.", True),
        ("Het plan voorziet in alle wensen.", "Het plan kan niet in alle wensen voorzien.", True),
        ("De stad doet meer.", "De stad doet meer zonder afbreuk te doen aan u.", False),
        # A contrast that is turned round.
        (
            "De stad betaalt voor ritten en niet voor halen van doelen.",
            "De stad betaalt voor het halen van doelen, niet voor ritten.",
            True,
        ),
        (
            "De stad wil een nieuwe lijn in plaats van de oude lijn te versterken.",
            "De stad wil geen nieuwe lijn, maar wil de oude lijn versterken.",
            True,
        ),
        (
            "De stad wil de oude lijn versterken in plaats van een nieuwe lijn.",
            "De stad wil geen nieuwe lijn, maar wil de oude lijn versterken.",
            False,
        ),
        ("Niemand valt buiten de boot.", "Alle inwoners doen mee.", False),
    ],
)
def test_what_is_denied_in_other_words(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


@pytest.mark.parametrize(
    ("claim", "evidence", "contrary"),
    [
        # What only looks like a word that takes a side, turns or takes something back.
        ("De stad wil zaken zien, onder meer cijfers.", "Zaken die minder goed gaan.", False),
        ("Samen is bedacht hoe het geld werkt.", "Samen is een plan voor het geld gemaakt.", False),
        ("Het formulier staat online.", "Het formulier staat op de website.", False),
        ("De bus rijdt niet in elke wijk.", "De bus rijdt in elke wijk.", True),
        ("Het college is boos over de bus.", "Het college is te spreken over de bus.", True),
    ],
)
def test_words_that_only_look_like_others(claim, evidence, contrary):
    assert bool(polarity_problem(claim, evidence)) is contrary


def test_a_comma_within_a_number_ends_no_clause():
    assert list(pieces_of("Een rit kost € 1,75, zegt u.")) == ["Een rit kost € 1,75", " zegt u", ""]
