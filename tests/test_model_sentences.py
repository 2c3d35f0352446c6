import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import pieces_of

from assistant.model.sentences import Written, sentences_of, split
from assistant.model.thoughts import spoken

ANSWER = "Er is een steunpunt. [1] Het is open [2].\n\n- Advies wordt gratis gegeven [1, 3].\n"
SENTENCES = [
    Written("Er is een steunpunt.", (1,)),
    Written("Het is open.", (2,)),
    Written("Advies wordt gratis gegeven.", (1, 3), item=True),
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_the_pieces_make_no_difference(size):
    assert list(sentences_of(pieces_of(ANSWER, size))) == SENTENCES


def test_a_sentence_comes_as_soon_as_the_next_has_begun():
    stream = iter(pieces_of("Een is waar [1]. Twee is niet waar [2].", 1))
    taken = []

    def tap():
        for piece in stream:
            taken.append(piece)
            yield piece

    first = next(sentences_of(tap()))
    assert first == Written("Een is waar.", (1,))
    assert "".join(taken) == "Een is waar [1]. T"


def test_half_a_marker_at_the_end_is_no_citation():
    assert list(sentences_of(["Het is open [1"])) == [Written("Het is open [1", ())]
    assert list(sentences_of(["Het is open ["])) == [Written("Het is open [", ())]


@pytest.mark.parametrize(
    "marked",
    [
        "[1][3]",
        "[1] [3]",
        "[1, 3]",
        "[1; 3]",
        "[1 en 3]",
        "[bewijs 1][Bron 3]",
        "[[1]][[3]]",
        "[^1][^3]",
        "【1】【3†bron】",
        "(bron [1] [3])",
        "([1], [3])",
        "(zie [1][3])",
    ],
)
def test_ways_to_cite(marked):
    assert split(f"Het is open {marked}.") == [Written("Het is open.", (1, 3))]


def test_a_range_cites_all_of_it():
    assert split("Het is open [2-4].") == [Written("Het is open.", (2, 3, 4))]
    assert split("Het is open [2–90].") == [Written("Het is open.", (2, 90))]


@pytest.mark.parametrize(
    ("written", "text", "numbers"),
    [
        ("Volgens [2] is het open.", "Volgens het document is het open.", (2,)),
        ("Volgens bron [2] is het open.", "Volgens het document is het open.", (2,)),
        ("Uit [1] en [2] blijkt dat.", "Uit de documenten blijkt dat.", (1, 2)),
        ("[3] zegt dat het open is.", "Het document zegt dat het open is.", (3,)),
        ("[3] Het is open.", "Het is open.", (3,)),
        ("Daar gaat het in [2].", "Daar gaat het in.", (2,)),
    ],
)
def test_a_marker_that_is_a_word_of_its_sentence_leaves_a_word(written, text, numbers):
    assert split(written) == [Written(text, numbers)]


def test_brackets_that_hold_no_number_are_words():
    assert split("Het is [nog] open [1].") == [Written("Het is [nog] open.", (1,))]


def test_abbreviations_end_no_sentence():
    assert split("Dit geldt o.a. voor art. 3 en bijv. de Wmo [1].") == [
        Written("Dit geldt o.a. voor art. 3 en bijv. de Wmo.", (1,))
    ]


def test_what_the_model_thinks_is_not_what_it_says():
    text = "<think>Ik moet [1] noemen. Dat is goed.</think>Het is open [1]."
    for size in (1, 4, 1000):
        assert list(sentences_of(spoken(pieces_of(text, size)))) == [Written("Het is open.", (1,))]
    assert list(sentences_of(spoken(["<think>Ik kom er niet uit. En dan"]))) == []


def test_layout_is_dropped():
    assert split("## Kop\n1. **Vet** is `zo` [1].") == [
        Written("Kop", ()),
        Written("Vet is zo.", (1,), item=True),
    ]


@given(st.text(alphabet="Aab. [12]\n-,", max_size=60), st.integers(1, 9))
def test_no_cut_loses_or_doubles_a_sentence_that_is_whole(text, size):
    whole = list(sentences_of([text]))
    assert "".join(s.text for s in sentences_of(pieces_of(text, size))).replace(" ", "") == (
        "".join(s.text for s in whole).replace(" ", "")
    )
