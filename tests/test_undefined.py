"""A term that the documents use and never define."""

from assistant_parts import assistant_over

TABLE = """# Evaluatie welzijn

De evaluatie gaat over het jaar 2021.

| Onderdeel | Oordeel |
|---|---|
| a. Vrijwilligers buurthulp | Goed |
| b. Zorg buurthulp | Matig |

Buurthulp helpt inwoners die tijdelijk niet zelf boodschappen kunnen doen.
"""
AGENDA = """# Agenda wonen

## Zorg in de dorpen

De gemeente is groen. Overbelasting van de buurthulp dreigt in alle dorpen van de gemeente.
"""


def test_whole_sentences_of_each_document_come_before_rows_of_a_table(tmp_path):
    assistant = assistant_over(tmp_path, {"evaluatie.md": TABLE, "agenda.md": AGENDA})
    answer = assistant.ask("Wat is buurthulp?")
    assert answer.text.startswith("Een omschrijving van dit begrip staat niet in de documenten.")
    assert {citation.quote.strip() for citation in answer.citations} == {
        "Buurthulp helpt inwoners die tijdelijk niet zelf boodschappen kunnen doen.",
        "Overbelasting van de buurthulp dreigt in alle dorpen van de gemeente.",
    }
