import pytest
from assistant_parts import shared_analyzer

from ingest.dutch.analysis import word_frequencies
from ingest.dutch.separable import separable_verbs


@pytest.fixture(scope="module")
def known():
    return word_frequencies()


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("In 2022 gaf de gemeente € 31.000 uit aan het dorpshuis.", ["uitgeven"]),
        ("Ieder kind groeit op in een veilige omgeving, thuis.", ["opgroeien"]),
        ("De gemeente zet in op preventie.", ["inzetten"]),
        ("Wij nemen deze aanbeveling over.", ["overnemen"]),
        ("De coalitie voert de opdracht uit.", ["uitvoeren"]),
        ("Het college stelt de agenda vast en de raad let op.", ["vaststellen", "opletten"]),
        # A particle that is a preposition here, and a verb that is only an auxiliary.
        ("Hij werkt in de zorg en woont op een boerderij.", []),
        ("Zij heeft de opdracht uit handen gegeven.", []),
        ("Het leven in de wijk op orde.", []),
        ("", []),
    ],
)
def test_a_verb_in_two_words_is_one(known, text, verbs):
    assert list(separable_verbs(text, known)) == verbs


def test_a_verb_in_two_words_meets_the_same_verb_in_one(known):
    analyzer = shared_analyzer()
    asked = analyzer.query("Hoeveel is er uitgegeven?", {"uitgev"}, {})
    terms = set(analyzer.terms("De gemeente gaf vorig jaar € 48.000 uit."))
    assert any(term in terms for word in asked for term in word.terms)
