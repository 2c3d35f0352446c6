"""What hangs together among statements, told without documents around them."""

import numpy as np
import pytest

from ingest.alignment import align, between
from ingest.documents import (
    Document,
    LinkKind,
    Passage,
    PassageKind,
    Statement,
    StatementKind,
)
from ingest.likeness import Likeness, Nearby
from ingest.links import Placed, compared_in_meaning, link_statements, successive, told

GOAL, FINDING = StatementKind.GOAL, StatementKind.FINDING
# Words of one subject share a direction: "kind" and "jeugd" mean the same here.
MEANINGS = {"kinderen": 0, "jeugdigen": 0, "zwemmen": 1, "lezen": 2, "wonen": 3, "veilig": 4}


def statement(kind, text, start, programme="", year=None, section="", row=False):
    """A statement that is a passage of its own."""
    end = start + len(text)
    said = Statement("plan", kind, start, end, text, programme=programme, year=year)
    form = PassageKind.TABLE_ROW if row else PassageKind.LIST
    passage = Passage(f"plan:{start}-{end}", "plan", (section,), start, end, None, None, text, form)
    return Placed(said, passage, Document(id="plan", file="plan.txt", title="Plan", date="2021"))


def statements(*rows):
    return [statement(*row, start=1000 * n, **more) for n, (*row, more) in enumerate(rows)]


def goals(programme, year, *texts):
    return [(GOAL, text, {"programme": programme, "year": year}) for text in texts]


def likeness_of(found):
    terms = {one.id: frozenset(told(one.statement).lower().split()) for one in found}
    vectors = {}
    for name, words in terms.items():
        vector = np.zeros(len(MEANINGS), dtype=np.float32)
        for word in words & MEANINGS.keys():
            vector[MEANINGS[word]] = 1
        vectors[name] = vector / max(1.0, float(np.linalg.norm(vector)))
    return Likeness(terms, vectors)


def linked(found, kind):
    texts = {one.id: one.statement.text for one in found}
    links = link_statements(found, likeness_of(found))
    return {
        texts[source]: (texts[link.target], link.why)
        for source, group in links.items()
        for link in group
        if link.kind is kind
    }


def test_a_goal_goes_on_with_the_one_most_like_it_in_words_and_meaning():
    found = statements(
        *goals("WAL", 2014, "Kinderen kunnen zwemmen", "Kinderen kunnen lezen"),
        *goals("WAL 2.0", 2019, "Jeugdigen kunnen goed zwemmen", "Ouderen kunnen goed wonen"),
    )
    assert linked(found, LinkKind.SUCCEEDS) == {
        "Jeugdigen kunnen goed zwemmen": ("Kinderen kunnen zwemmen", "zelfde doel als in WAL")
    }


def test_a_goal_that_was_away_for_a_while_says_so():
    found = statements(
        *goals("WAL", 2014, "Kinderen kunnen zwemmen"),
        *goals("WAL 2.0", 2019, "Ouderen kunnen goed wonen"),
        *goals("WAL 3.0", 2022, "Kinderen kunnen zwemmen"),
    )
    assert linked(found, LinkKind.SUCCEEDS) == {
        "Kinderen kunnen zwemmen": (
            "Kinderen kunnen zwemmen",
            "zelfde doel als in WAL; in WAL 2.0 kwam het niet terug",
        )
    }


def test_programmes_follow_each_other_by_year():
    found = statements(
        *goals("WAL 2.0", 2019, "Kinderen zwemmen"),
        *goals("WAL 3D", 2016, "Kinderen lezen"),
        *goals("WAL", 2020, "Kinderen wonen"),
        *goals("Nota", 2010, "Kinderen spelen"),
    )
    assert successive(one.statement for one in found) == ["WAL", "WAL 3D", "WAL 2.0"]


def monitor(*texts):
    return [(FINDING, text, {"row": True, "section": "Monitor"}) for text in texts]


def test_a_monitor_judges_in_the_order_of_the_goals():
    found = statements(
        *goals("WAL", 2014, "Jeugdigen lezen graag", "Iedereen slaapt", "Kinderen zwemmen vaak"),
        *monitor("Lezen jeugdigen Goed", "Rust Matig", "Zwemmen kinderen Slecht"),
    )
    assert linked(found, LinkKind.JUDGES) == {
        "Lezen jeugdigen Goed": ("Jeugdigen lezen graag", "oordeel over hetzelfde doel"),
        # Nothing says that rest is sleep, but its place does.
        "Rust Matig": ("Iedereen slaapt", "oordeel op de plaats van dit doel"),
        "Zwemmen kinderen Slecht": ("Kinderen zwemmen vaak", "oordeel over hetzelfde doel"),
    }


def test_a_monitor_judges_the_programme_whose_goals_it_is_most_like():
    found = statements(
        *goals("WAL", 2014, "Kinderen lezen graag", "Ouderen wonen veilig in het dorp"),
        *goals("WAL 2.0", 2019, "Kinderen lezen graag", "Kinderen zwemmen vaak"),
        *monitor("Kinderen lezen Goed", "Kinderen zwemmen Slecht"),
    )
    links = link_statements(found, likeness_of(found))
    judged = {link.target for group in links.values() for link in group} - {found[0].id}
    assert judged >= {found[2].id, found[3].id}
    assert found[1].id not in judged


def test_rows_that_are_like_no_goals_judge_none():
    found = statements(
        *goals("WAL", 2014, "Kinderen lezen graag"),
        *monitor("Onderhoud van de brug Goed", "Snelheid van het verkeer Slecht"),
    )
    assert linked(found, LinkKind.JUDGES) == {}


def test_a_verdict_is_no_part_of_what_a_row_is_about():
    row = statement(FINDING, "Kinderen zwemmen\nGoed Slecht", 0, row=True)
    assert told(row.statement) == "Kinderen zwemmen"
    assert told(statement(GOAL, "Het gaat goed", 0).statement) == "Het gaat"


@pytest.mark.parametrize(
    ("table", "pairs"),
    [
        ([[1, 0], [0, 1]], [(0, 0), (1, 1)]),
        # Crossing pairs cannot both be: the better one stays.
        ([[0, 0.9], [0.8, 0]], [(0, 1)]),
        # Three rows, two columns: the row in the middle has none.
        ([[0.9, 0], [0.1, 0.2], [0, 0.9]], [(0, 0), (2, 1)]),
        ([[0.2]], []),
    ],
)
def test_lists_are_aligned_without_crossing(table, pairs):
    assert align(np.array(table, dtype=float), 0.3) == pairs


def test_a_list_without_rows_has_no_pairs():
    assert align(np.zeros((0, 3)), 0.3) == align(np.zeros((3, 0)), 0.3) == []


def test_what_is_left_between_two_pairs_is_paired_by_place():
    assert between([(0, 0), (2, 2), (3, 5)]) == [(1, 1)]
    assert between([(0, 0), (3, 2)]) == []


def test_words_count_by_how_rare_they_are():
    found = Likeness(
        {
            "a": frozenset({"de", "wijkbus", "rijdt"}),
            "b": frozenset({"de", "wijkbus", "stopt"}),
            "c": frozenset({"de", "trein", "rijdt"}),
            "d": frozenset({"de"}),
        },
        {name: np.array([1.0, 0.0], dtype=np.float32) for name in "abcd"},
    )
    # "de" stands in all and tells nothing; "wijkbus" and "rijdt" stand in two of four: log 2 each;
    # "stopt" and "trein" in one: log 4 = 2 log 2. So a tells 2, b and c tell 3; a and b share 1.
    assert found.words("a", "b") == pytest.approx(1 / 2)
    assert found.words("a", "d") == 0.0
    assert found.meaning("a", "b") == 1.0
    assert found.table(["a"], ["b"]) == pytest.approx(np.array([[0.75]]))
    assert found.table([], ["b"]).shape == (0, 1)


@pytest.mark.parametrize("least", [0.3, 0.45, 0.7, 1.0])
def test_none_that_is_alike_is_missed_without_comparing_all(least):
    # 60 statements over 24 words; the words of lower numbers stand in many.
    terms = {
        str(n): frozenset(f"w{(n * k + k * k) % (6 + 18 * (k % 2))}" for k in range(2 + n % 9))
        for n in range(60)
    }
    likeness = Likeness(terms, {})
    nearby = Nearby(likeness, list(terms), least)
    alike = {one: [o for o in terms if likeness.words(one, o) >= least] for one in terms}
    assert sum(map(len, alike.values())) > len(terms)
    for one in terms:
        found = nearby.of(one)
        assert [other for other in found if other in alike[one]] == alike[one]
    assert sum(len(nearby.of(one)) for one in terms) < 60 * 60


def test_only_statements_that_can_be_linked_by_meaning_ask_for_their_vectors():
    found = statements(
        *goals("MAG", 2016, "Kinderen zwemmen", "Jeugdigen lezen"),
        *goals("MAG 2.0", 2021, "Jeugdigen zwemmen"),
        *goals("Woonvisie", 2021, "Veilig wonen"),
        (StatementKind.PRINCIPLE, "Wij wonen veilig", {}),
    )
    assert compared_in_meaning(found) == [one.id for one in found[:3]]
