import pytest

from ingest.dutch.analysis import word_frequencies
from ingest.dutch.spelling import Spelling, distance

SLIPS = """
mantelzrog mantelzorg
mantelsorg mantelzorg
gemeete gemeente
gemeetne gemeente
gemeentte gemeente
eenzaamhijd eenzaamheid
eenzaamhied eenzaamheid
vrijwiligers vrijwilligers
jeugzorg jeugdzorg
subsidei subsidie
gezontheid gezondheid
gezonheid gezondheid
ondersteunning ondersteuning
onderstuening ondersteuning
maatschapelijke maatschappelijke
huishoudelike huishoudelijke
hulpverlenning hulpverlening
uitkerring uitkering
bijstant bijstand
beistand bijstand
armoedde armoede
schuldhulpverleening schuldhulpverlening
partisipatie participatie
indikatie indicatie
inwonners inwoners
woningkorporatie woningcorporatie
veilighijd veiligheid
evaluasie evaluatie
begrotting begroting
finacieel financieel
rekenkammer rekenkamer
aanbevelign aanbeveling
wethauder wethouder
gebauw gebouw
alchohol alcohol
onderweis onderwijs
laaggeletterheid laaggeletterdheid
samenwerkign samenwerking
kwalitijt kwaliteit
"""


@pytest.fixture(scope="module")
def spelling():
    return Spelling(word_frequencies())


def test_slips_are_corrected(spelling):
    pairs = [line.split() for line in SLIPS.strip().splitlines()]
    wrong = [
        (slip, spelling.correct(slip)) for slip, meant in pairs if spelling.correct(slip) != meant
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "word", ["gemeente", "zwembad", "tarwe", "zorg", "wmo", "2015", "18-", "zrog", "", "qxzwvkjq"]
)
def test_words_numbers_and_short_words_are_left(spelling, word):
    assert spelling.correct(word) is None


def test_the_given_words_count_as_well(spelling):
    assert next(spelling.near("vluchtheuvl", {"vluchtheuvel"})) == "vluchtheuvel"


def test_equally_near_words_by_frequency():
    own = Spelling({"taken": 1e-4, "tafel": 1e-5, "talen": 1e-6})
    assert list(own.near("taxen"))[:2] == ["taken", "talen"]


def test_sound_alike_is_nearer_than_another_letter():
    assert distance("beistand", "bijstand") < distance("beistand", "bestand") < 1.5
    assert distance("mantelzrog", "mantelzorg") < distance("mantelzorx", "mantelzorg")
