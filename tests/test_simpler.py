"""Dutch in plainer words and shorter sentences, by rules: what changes, and what must not."""

import tomllib

import pytest

from assistant.checks.check import lost
from assistant.simpler.duties import plain_duties
from assistant.simpler.parting import parted
from assistant.simpler.rules import simpler
from assistant.simpler.words import FILE, plain_words


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Wij doen dit conform de wet.", "Wij doen dit volgens de wet."),
        ("Tevens is er ten behoeve van ouderen een bus.", "Ook is er voor ouderen een bus."),
        ("Vragen met betrekking tot zorg zijn welkom.", "Vragen over zorg zijn welkom."),
        ("Ongeveer, d.w.z. circa 40 plekken.", "Ongeveer, d.w.z. ongeveer 40 plekken."),
        ("Het college is voornemens te bouwen.", "Het college is van plan te bouwen."),
        ("Dit gaat over de wijze waarop wij samenwerken.", "Dit gaat over hoe wij samenwerken."),
        ("De adequate hulp wordt verleend.", "De goede hulp wordt gegeven."),
        ("Inwoners kunnen participeren.", "Inwoners kunnen meedoen."),
        ("Zij zijn bereid te participeren.", "Zij zijn bereid mee te doen."),
        ("De subsidie wordt verstrekt.", "De subsidie wordt gegeven."),
        ("Er zijn minimaal 3 en maximaal 5 plekken.", "Er zijn minstens 3 en hoogstens 5 plekken."),
        ("De nota betreffende de jeugd is af.", "De nota over de jeugd is af."),
        ("De betreffende nota is af.", "Die nota is af."),
        ("Een dergelijke aanpak werkt.", "Zo'n aanpak werkt."),
        ("Indien nodig helpt de gemeente.", "Als het nodig is helpt de gemeente."),
    ],
)
def test_official_words_give_way_to_plain_ones(official, plain):
    assert plain_words(official) == plain


@pytest.mark.parametrize(
    "sentence",
    [
        "Inwoners participeren vaak.",  # finite: "Inwoners meedoen vaak" is no Dutch
        "De gemeente verstrekt subsidie.",  # "verstrekt" is finite here, not a participle
        "Hij werd voor dief aangezien en vertrok.",
        "De wijze waarop wij werken, houdt in dat wij luisteren.",
        "Op tijd is het, en dergelijke.",
        "De gemeente Conform is groot.",  # a name
        "Zij schreef: „Conform de wet, tevens voor ouderen.”",
        "Dat staat in de nota 'Tevens voor ouderen'.",
        "Dit volgt uit de Wet inzake adequate zorg.",
        "Het is een gezamenlijk plan.",
        "Zij hebben zich kritisch opgesteld.",
        "De motor heeft maximaal vermogen.",
        "Dat conformisme is nieuw.",  # not within a word
        "De tevens-regel geldt.",
    ],
)
def test_what_is_another_word_or_somebody_elses_stays(sentence):
    assert plain_words(sentence) == sentence


def test_terms_that_a_document_defines_keep_their_words():
    sentence = "De laagdrempelige hulp en de adequate zorg zijn er reeds."
    assert plain_words(sentence, ("adequate zorg",)) == (
        "De makkelijk bereikbare hulp en de adequate zorg zijn er al."
    )


def test_no_plain_word_is_official_itself():
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    official = {word for name in ("words", "infinitives", "participles") for word in tables[name]}
    plain = {to for name in ("words", "infinitives", "participles") for to in tables[name].values()}
    plain |= {given["to"] for given in tables["neighbours"].values()}
    assert len(official | set(tables["neighbours"])) > 350
    assert not plain & official


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("De gemeente dient een plan te maken.", "De gemeente moet een plan maken."),
        ("Dat dient te worden onderzocht.", "Dat moet worden onderzocht."),
        ("De raad dient dit vast te stellen.", "De raad moet dit vaststellen."),
        ("Hij diende zich bij het loket te melden.", "Hij moest zich bij het loket melden."),
        ("U behoeft niets te doen.", "U hoeft niets te doen."),
        ("Daar dient rekening mee te worden gehouden.", None),
    ],
)
def test_duties_are_told_with_moet(official, plain):
    assert plain_duties(official) == (plain or official)


@pytest.mark.parametrize(
    "sentence",
    [
        "Het plan dient als basis om verder te werken.",
        "Dit dient ter bescherming van wie hier te gast is.",
        "Een verzoek dient, om behandeld te worden, schriftelijk te zijn.",
        "De raad dient een motie in.",
    ],
)
def test_other_meanings_of_dienen_stay(sentence):
    assert plain_duties(sentence) == sentence


PARTED = [
    (
        "De gemeente wil dat alle inwoners snel hulp krijgen van een wijkteam, maar zij vraagt "
        "eerst aan familie en buren wat die zelf kunnen doen.",
        [
            "De gemeente wil dat alle inwoners snel hulp krijgen van een wijkteam.",
            "Maar zij vraagt eerst aan familie en buren wat die zelf kunnen doen.",
        ],
    ),
    (
        "De budgetten voor jeugd zijn vorig jaar verhoogd en er wordt meer geld gestoken in sport.",
        [
            "De budgetten voor jeugd zijn vorig jaar verhoogd.",
            "Er wordt meer geld gestoken in sport.",
        ],
    ),
    (
        "Er komt een steunpunt in elk van de vier dorpen, waardoor ouderen langer thuis kunnen "
        "blijven wonen.",
        [
            "Er komt een steunpunt in elk van de vier dorpen.",
            "Daardoor kunnen ouderen langer thuis blijven wonen.",
        ],
    ),
    (
        "Het loket is nu ook op zaterdag open zodat mensen met werk er terecht kunnen met vragen.",
        [
            "Het loket is nu ook op zaterdag open.",
            "Zo kunnen mensen met werk er terecht met vragen.",
        ],
    ),
    (
        "Het budget voor hulp is met € 4.000 verhoogd, omdat meer inwoners daar om vragen.",
        [
            "Het budget voor hulp is met € 4.000 verhoogd.",
            "De reden is dat meer inwoners daar om vragen.",
        ],
    ),
    (
        "De gemeente maakt elk jaar een plan voor de wijken en bepaalt daarin wat er moet komen.",
        [
            "De gemeente maakt elk jaar een plan voor de wijken.",
            "De gemeente bepaalt daarin wat er moet komen.",
        ],
    ),
    (
        "De regels voor het aanvragen van hulp staan in de nota (zie bijlage 3) van de raad.",
        [
            "De regels voor het aanvragen van hulp staan in de nota van de raad.",
            "Zie bijlage 3.",
        ],
    ),
    (
        "De gemeente werkt in de wijk samen met anderen, zoals scholen, huisartsen en kerken.",
        [
            "De gemeente werkt in de wijk samen met anderen.",
            "Denk bijvoorbeeld aan scholen, huisartsen en kerken.",
        ],
    ),
    (
        "De uitvoering is niet aan de gemeenteraad; het college is daarvoor zelf verantwoordelijk.",
        [
            "De uitvoering is niet aan de gemeenteraad.",
            "Het college is daarvoor zelf verantwoordelijk.",
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "parts"), PARTED)
def test_a_long_sentence_is_parted_where_both_halves_are_right(sentence, parts):
    assert parted(sentence) == parts
    assert lost(sentence, " ".join(parts)).ok


@pytest.mark.parametrize(
    "sentence",
    [
        # Two ends of one lower clause.
        "De raad wil meer geld geven omdat de zorg duur is en de vraag kan stijgen in 2030.",
        # A subject of two parts.
        "De gemeente zorgt met anderen voor de kaders en de doelen van het beleid in de wijk.",
        # One modal verb for two infinitives.
        "De gemeente wil inwoners met schulden snel helpen en zorgen voor goede opvang.",
        # One object for two verbs.
        "Het netwerk komt elke maand samen en start en betaalt projecten voor de wijk.",
        # A condition that goes on.
        "Als de kosten stijgen maar er is geen geld van het Rijk, moet de raad kiezen.",
        "Als meer taken naar de regio gaan en de raad is niet betrokken, is er een probleem.",
        # What is denied has no parts.
        "Er zijn geen gevallen bekend, waarbij inwoners te lang moesten wachten op hulp.",
        # "zijn" is "his" here.
        "De wethouder sprak met de man, waardoor hij zijn eigen plan voor de wijk begreep.",
        # Two groups of verbs.
        "Er is nu een plein, waardoor kinderen kunnen sporten en ouders elkaar kunnen zien.",
        # The list goes on in the middle of the sentence.
        "Na de bouw zullen kosten van de hal, zoals onderhoud, niet drukken op de begroting.",
        # A reason that is one of several.
        "De gemeente kiest voor deze aanpak, mede omdat de kosten dan lager zijn dan nu.",
        "De gemeente kiest voor vrijwilligers, omdat dat goedkoop is en omdat mensen dat willen.",
        "Niet alleen ouderen hebben hulp nodig, maar er zijn ook jongeren die dat willen.",
        "Hij zei „het plan voor de wijk is nu klaar, maar het geld is er nog niet gekomen”.",
        "Wat kost de hulp voor ouderen in de wijk, en is er daarvoor genoeg geld van het Rijk?",
    ],
)
def test_where_it_is_not_certain_a_sentence_stays_whole(sentence):
    assert parted(sentence) == [sentence]


def test_a_short_sentence_stays_whole():
    assert parted("Het is kort, maar het is duidelijk.") == ["Het is kort, maar het is duidelijk."]


@pytest.mark.parametrize("text", ["Er is € 48.500.", "Dat is niet zo.", "Op 18 maart 2021."])
def test_numbers_dates_and_denials_stay(text):
    assert simpler(text) == [text]


def test_words_and_length_go_together():
    assert simpler(
        "Tevens dient het college ten behoeve van de raad een plan te maken, waarmee vervolgens "
        "diverse knelpunten worden opgelost."
    ) == [
        "Ook moet het college voor de raad een plan maken, waarmee daarna verschillende problemen "
        "worden opgelost."
    ]
    assert simpler(
        "Het college maakt momenteel een plan, waarmee vervolgens diverse knelpunten in de wijk "
        "worden opgelost."
    ) == [
        "Het college maakt nu een plan.",
        "Daarmee worden daarna verschillende problemen in de wijk opgelost.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        # MAG is a name and no verb, and what begins with "net als" is no sentence yet.
        "Ook de eerste MAG en de MAG 3D is net zoals MAG 2.0 samen met inwoners gemaakt.",
        "Net als onze wijk die groot is en het dorp is ook het centrum voor ouderen bereikbaar.",
    ],
)
def test_what_only_looks_like_a_clause_does_not_part_a_sentence(sentence):
    assert parted(sentence) == [sentence]


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Het aanpassen is een continu proces.", None),  # "een steeds proces" is no Dutch
        ("Wij verbeteren ons continu.", "Wij verbeteren ons steeds."),
        ("Daarop kan worden gemonitord en gestuurd.", None),  # nobody follows on something
        ("De resultaten worden gemonitord.", "De resultaten worden gevolgd."),
        ("Er zijn manieren van monitoren.", None),
        ("Wij gaan de resultaten monitoren.", "Wij gaan de resultaten volgen."),
    ],
)
def test_a_plain_word_fits_the_words_beside_it(official, plain):
    assert plain_words(official) == (plain or official)
