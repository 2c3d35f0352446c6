"""What is still asked is not settled, and what is done need not be done."""

import pytest

from assistant.checks.certainty import certainty_problem


@pytest.mark.parametrize(
    ("claim", "evidence", "differs"),
    [
        ("De raad stelt vast dat de bus vol is.", "De raad vraagt zich af of de bus vol is.", True),
        ("De raad vraagt zich af of de bus vol is.", "De raad wil weten of de bus vol is.", False),
        ("Er is onderzocht of het mag; dat staat vast.", "Wij onderzoeken of het mag.", False),
        ("Het staat vast dat het mag.", "Wij onderzoeken of het mag.", True),
        ("Uit onderzoek is vastgesteld dat het mag.", "Het onderzoek bevestigt dat.", False),
        ("De bus moet er nog komen.", "Er rijdt inmiddels een bus.", True),
        ("De bus moet er nog komen.", "Er is al een plan, maar de bus moet nog komen.", False),
        ("De bus moet er nog komen.", "De bus komt over een jaar.", False),
        ("De bus is al geregeld.", "De bus moet nog geregeld worden.", True),
        ("De bus is al geregeld.", "De bus is reeds geregeld en moet nog rijden.", False),
        ("De bus is al jaren een wens.", "De wens van een bus moet nog uitkomen.", False),
    ],
)
def test_how_far_something_is(claim, evidence, differs):
    assert bool(certainty_problem(claim, evidence)) is differs
