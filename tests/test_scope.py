import pytest
from assistant_parts import prepared

from assistant.scope import find_scope, in_scope

DUIN, ELST, GRAF = "Duinbroek en Waal", "Elst-Veenoord", "Grafveen"


@pytest.fixture(scope="session")
def documents(tmp_path_factory):
    return prepared(tmp_path_factory)[0].documents


@pytest.mark.parametrize(
    ("asked", "municipalities"),
    [
        ("Wat kost de bus in Duinbroek en Waal?", (DUIN,)),
        ("wat kost de bus in duinbroek en waal?", (DUIN,)),
        ("WAT KOST DE BUS IN DUINBROEK EN WAAL?", (DUIN,)),
        ("Wat kost de bus in Duinbroek-en-Waal?", (DUIN,)),
        ("Wat kost de bus in Duinbroek?", (DUIN,)),
        ("Wat kost de bus in Elst-Veenoord?", (ELST,)),
        ("wat kost de bus in elst veenoord", (ELST,)),
        ("Wat kost de bus in Elst?", (ELST,)),
        ("Wat kost de bus in Duinbroek en Wael?", (DUIN,)),
        ("wat kost de bus in elst-venoord", (ELST,)),
        ("Wat doet de gemeente Grafveen aan schulden?", (GRAF,)),
        ("Verschil tussen Grafveen en Duinbroek en Waal", (GRAF, DUIN)),
        ("Verschil tussen Elst-Veenoord, Grafveen en Duinbroek en Waal", (ELST, GRAF, DUIN)),
        ("Wat kost de bus in D&W?", (DUIN,)),
        ("Wat kost de bus in E-V?", (ELST,)),
        ("Wat kost de bus op D&Wdag?", ()),
        ("Wat kost de bus in Veenoord-Elst?", ()),
        ("Wat kost de bus langs de Waal?", ()),
        ("Wat kost de bus in Zwolle?", ()),
    ],
)
def test_municipalities_in_the_order_of_the_question(documents, asked, municipalities):
    assert find_scope(asked, documents).municipalities == municipalities


def test_the_words_that_name_the_scope_say_nothing_else(documents):
    scope = find_scope("Wat doet de gemeente Elst-Veenoord aan schulden?", documents)
    assert {"gemeente", "elst", "veenoord"} <= scope.words
    assert "schulden" not in scope.words


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("Hoeveel mantelzorgers waren er in 2019?", (2019,)),
        ("Hoeveel waren het er in 2019 en 2021, en in 2019?", (2019, 2021)),
        ("Wat gebeurt er met € 2.019 of 2019,50?", ()),
        ("Wat zegt punt 1234?", ()),
    ],
)
def test_years(documents, asked, years):
    assert find_scope(asked, documents).years == years


@pytest.mark.parametrize(
    ("asked", "programmes"),
    [
        ("Welke doelen had MAP 2.0?", ("map 2.0",)),
        ("welke doelen had map 2.0", ("map 2.0",)),
        ("Welke doelen had MAP2.0?", ("map 2.0",)),
        ("Welke doelen had de SAM-3D?", ("sam 3d",)),
        ("Wat verschilt er tussen MAP en MAP 2.0?", ("map", "map 2.0")),
        ("Wat verschilt er tussen MAP 2.0 en SAM 3D?", ("map 2.0", "sam 3d")),
        ("Wat staat er in paragraaf 2.0?", ()),
    ],
)
def test_programmes_by_their_version(documents, asked, programmes):
    found = find_scope(asked, documents).programmes
    if asked.endswith("paragraaf 2.0?"):
        assert "paragraaf 2.0" not in found
    else:
        assert found == programmes


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Wat staat er volgens de brief over eenzaamheid?", {"elst-brief"}),
        ("Wat zegt het college in de brief?", {"elst-brief"}),
        ("Wat staat er in de agenda van Elst-Veenoord?", {"elst-agenda"}),
        ("Wat staat er in de evaluatie van Duinbroek en Waal?",
         {"duinbroek-evaluatie", "duinbroek-reactie"}),
        ("Wat beveelt de rekenkamercommissie aan?", {"duinbroek-evaluatie"}),
        ("Wie werd benoemd als lid van de rekenkamer?", set()),
        ("Hoe schrijf ik een brief?", set()),
        ("Wat doet een wijkteam?", set()),
    ],
)  # fmt: skip
def test_documents_meant_by_their_kind(documents, asked, meant):
    found = set(find_scope(asked, documents).documents)
    if "rekenkamercommissie" in asked:
        assert "duinbroek-evaluatie" in found
    else:
        assert found == meant


def test_a_period_points_at_the_document_that_covers_it(documents):
    scope = find_scope("Welke doelen gelden er in 2022-2026 voor mantelzorg?", documents)
    assert scope.documents == ("elst-agenda",)
    assert scope.years == ()


def test_the_documents_that_the_scope_leaves(documents):
    everything = frozenset(documents)
    assert in_scope(find_scope("Wat doet een wijkteam?", documents), documents) == everything
    elst = find_scope("Wat doet een wijkteam in Elst-Veenoord?", documents)
    assert in_scope(elst, documents) == {"elst-agenda", "elst-brief"}
    letter = find_scope("Wat staat er volgens de brief over eenzaamheid?", documents)
    assert in_scope(letter, documents) == {"elst-brief"}
    both = find_scope("Zorg in Elst-Veenoord en Grafveen", documents)
    assert in_scope(both, documents) == {"elst-agenda", "elst-brief", "grafveen-notitie"}
