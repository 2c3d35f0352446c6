import pytest

from ingest.dutch.stems import infinitive, stem

SAME = """
gemeente gemeenten gemeentes gemeentelijk gemeentelijke
mogelijk mogelijkheid mogelijkheden
huis huizen huisje
regel regels regeltje regeltjes
tuin tuinen tuintje
kamer kamers kamertje
broer broertje broertjes
probleem problemen probleempje
film films filmpje
lamp lampen lampje lampjes
kamp kampen kampje
kaart kaarten kaartje
punt punten puntje
brief brieven
taak taken
kind kinderen
kleinkind kleinkinderen
lid leden
raadslid raadsleden
commissielid commissieleden
doel doelen
financien financieel financiele
evaluatie evaluaties
organisatie organisaties
college colleges
thema thema's themas
programma programma's programmas
risico risico's risicos
procedure procedures
probleem problemen
advies adviezen
client clienten
inwoner inwoners
jongere jongeren
oudere ouderen
ouder ouders
mantelzorg mantelzorger mantelzorgers
gezin gezinnen
plan plannen
proces processen
aantal aantallen
huisarts huisartsen
mens mensen
kans kansen
wens wensen
grens grenzen
wonen woont woon
werken werkt werk
leven leeft
gebruiken gebruikt gebruik
ondersteunen ondersteunt ondersteuning
participeren participeert
helpen helpt geholpen hulp
eenzaam eenzame eenzaamheid
gezond gezonde gezondheid
actief actieve
cultureel culturele
sociaal sociale
individueel individuele
evalueren evalueert geevalueerd
georganiseerd georganiseerde organiseren
belangrijk belangrijke belangrijkste
strategie strategieen
museum musea
criterium criteria
wijkcentrum wijkcentra
crisis crises
medewerker medewerkers
aanbeveling aanbevelingen
indicator indicatoren
jeugd jeugdige jeugdigen
praat praatje praatjes
meten meetbaar meetbare meetbaarheid meting metingen gemeten
halen haalbaar haalbaarheid
"""

DIFFERENT = """
ouderen ouders
gezin zin
gebied bied
gemeente gemeen
markt mark
buurt buur
dienst dien
kans kan
mens men
arts art
geleden lid
kleden lid
precies precisie
verlies verleiding
raad rat
school schok
doel doelgroep
client cliche
regio regie
kaart kaars
vrijwilliger vrij
schouder ouder
houder ouderen
chaos chao
leven leefbaarheid
weer weerbaarheid
"""


@pytest.mark.parametrize("forms", SAME.strip().splitlines())
def test_forms_of_a_word_share_a_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1, [stem(w) for w in forms.split()]


@pytest.mark.parametrize("pair", DIFFERENT.strip().splitlines())
def test_other_words_stay_apart(pair):
    first, second = pair.split()
    assert stem(first) != stem(second)


@pytest.mark.parametrize("word", ["3.677.000", "18-", "1e", "3d", "wmo", "pgb", "a"])
def test_numbers_and_short_words_stay_as_they_are(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    ("participle", "verb"),
    [
        ("opgericht", "oprichten"),
        ("vastgesteld", "vaststellen"),
        ("overgenomen", "overnemen"),
        ("verhoogd", "verhogen"),
        ("gesteld", "stellen"),
        # Words that only look like one.
        ("gemeente", ""),
        ("gezin", ""),
        ("bestand", ""),
        ("oprichten", ""),
    ],
)
def test_a_participle_has_an_infinitive(participle, verb):
    assert infinitive(participle) == verb
