"""What comes of what, and what comes first, may not be exchanged."""

import pytest

from assistant.checks.direction import direction_problem


@pytest.mark.parametrize(
    ("claim", "evidence", "exchanged"),
    [
        ("Stress leidt tot schulden.", "Schulden leiden tot stress.", True),
        ("Stress leidt tot schulden.", "Mensen hebben schulden, waardoor zij stress hebben.", True),
        ("Door schulden krijgen mensen stress.", "Schulden leiden tot stress.", False),
        ("Omdat mensen stress hebben, maken zij schulden.", "Stress komt door schulden.", True),
        (
            "Er wordt gebeld nadat het loket dicht is.",
            "Er wordt gebeld voordat het loket sluit.",
            True,
        ),
        ("Eerst wordt gebeld, voordat het loket sluit.", "Er wordt gebeld voor sluiting.", False),
        ("Voordat het loket sluit, wordt er gebeld.", "Het loket sluit nadat er is gebeld.", False),
        (
            "De wijk wordt door de gemeente schoon gehouden.",
            "De gemeente houdt de wijk schoon.",
            False,
        ),
        ("Als het regent, is de bus vol.", "Als de bus vol is, regent het.", True),
        ("Als gemeente kunnen wij de bus helpen.", "De bus helpt als de gemeente kan.", False),
        (
            "Een gerichte aanpak maakte goede cijfers mogelijk.",
            "Goede cijfers maakten een gerichte aanpak mogelijk.",
            True,
        ),
    ],
)
def test_cause_and_effect_keep_their_sides(claim, evidence, exchanged):
    assert bool(direction_problem(claim, evidence)) is exchanged
