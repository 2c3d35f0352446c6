import pytest
from assistant_parts import prepared, shared_analyzer, shared_embedder, shared_words

from assistant.evidence import SentenceScorer, with_neighbours
from assistant.kinds import Expected
from assistant.reading import QuestionReader
from assistant.retrieval import PassageRetriever
from assistant.values import find_values


@pytest.fixture(scope="session")
def parts(tmp_path_factory):
    index = prepared(tmp_path_factory)[0].index
    reader = QuestionReader(index, shared_analyzer())
    words = shared_words()
    retriever = PassageRetriever(index, shared_analyzer(), reader, words)
    scorer = SentenceScorer(index, shared_analyzer(), shared_embedder(), retriever, words)
    return reader, retriever, scorer


@pytest.fixture
def scored(parts):
    reader, retriever, scorer = parts

    def score(asked):
        question = reader.read(asked)
        return question, scorer.score(question, retriever.hits(question))

    return score


@pytest.mark.parametrize(
    ("expected", "text", "values"),
    [
        (Expected.MONEY, "Dat kost € 3.677.000 in totaal.", ["€ 3.677.000"]),
        (Expected.MONEY, "Een rit kost € 1,75.", ["€ 1,75"]),
        (Expected.MONEY, "van €2,00 naar € 1,75 per rit", ["€2,00", "€ 1,75"]),
        (Expected.MONEY, "Er is 2,5 miljoen euro beschikbaar.", ["2,5 miljoen euro"]),
        (Expected.MONEY, "Er is € 2,5 miljoen beschikbaar.", ["€ 2,5 miljoen"]),
        (Expected.MONEY, "Er zijn 12 plaatsen.", []),
        (Expected.PERCENTAGE, "Van hen is 92% blij, 7,5 procent niet.", ["92%", "7,5 procent"]),
        (Expected.YEAR, "Sinds 2019 zijn er 2.019 leden.", ["2019"]),
        (Expected.DATE, "Dat was op 18 maart 2021.", ["18 maart 2021"]),
        (Expected.DATE, "Dat was in het voorjaar van 2022.", ["voorjaar van 2022"]),
        (Expected.DURATION, "Het duurt zes weken.", ["zes weken"]),
        (Expected.DURATION, "Het duurt 3 tot 6 maanden.", ["3 tot 6 maanden"]),
        (Expected.NUMBER, "Er zijn 31.400 inwoners.", ["31.400 inwoners"]),
        (Expected.NUMBER, "De wijkbus krijgt een 8,1.", ["8,1"]),
        (Expected.NUMBER, "Ruim 400 gezinnen deden mee.", ["Ruim 400 gezinnen"]),
        (Expected.NUMBER, "Er kwamen twaalf kinderen.", ["twaalf kinderen"]),
        (Expected.NUMBER, "In 2021 is de Wmo 2015 geëvalueerd.", []),
        (Expected.NUMBER, "In 2017, 2018 en 2019 is onderzoek gedaan.", []),
        (Expected.YEAR, "In 2017, 2018 en 2019 is onderzoek gedaan.", ["2017", "2018", "2019"]),
        (Expected.DATE, "De inloop is er elke dinsdag.", ["elke dinsdag"]),
        (
            Expected.PERSON,
            "²⁷ GGD Regio Utrecht voert in de zomer een onderzoek uit.",
            ["GGD Regio Utrecht"],
        ),
        (Expected.PERSON, "De Zonnebloem Plus doet het.", ["Zonnebloem Plus"]),
        (Expected.PERSON, "Het ligt bij Rijk en gemeenten.", ["Rijk"]),
        (Expected.CONTACT, "Bel 0341-123456 of mail zorg@grafveen.nl.",
         ["0341-123456", "zorg@grafveen.nl"]),
        (Expected.CONTACT, "Het ligt aan de Kerkstraat 12, 1234 AB Grafveen.",
         ["Kerkstraat 12", "1234 AB"]),
        (Expected.PERSON, "De wethouder is mevrouw T. van Loon.", ["T. van Loon"]),
        (Expected.ANYTHING, "Er zijn 12 plaatsen.", []),
    ],
)  # fmt: skip
def test_values_of_each_sort(expected, text, values):
    assert [text[start:end] for start, end in find_values(text, expected)] == values


@pytest.mark.parametrize("expected", list(Expected))
@pytest.mark.parametrize("text", ["", "€", "€ €€ %", "12", "1" * 3_000, "A. " * 500, "é" * 50])
def test_values_lie_inside_any_text(expected, text):
    for start, end in find_values(text, expected):
        assert 0 <= start < end <= len(text)


def test_the_sentence_with_the_value_comes_first(scored):
    _, sentences = scored("Wat kost een rit met de deeltaxi?")
    assert sentences[0].text == "Een rit met de deeltaxi kost € 3,10."
    first = sentences[0].passage.start
    values = [sentences[0].passage.text[a - first : b - first] for a, b in sentences[0].values]
    assert values == ["€ 3,10"]


def test_shares_lie_between_nothing_and_everything(scored):
    question, sentences = scored("Waarom rijden er vrijwilligers op de wijkbus?")
    assert [s.score for s in sentences] == sorted((s.score for s in sentences), reverse=True)
    for sentence in sentences:
        assert sentence.text == sentence.text.strip()
        assert 0 <= sentence.own <= sentence.support + 1e-6 <= 1 + 2e-6
        assert len(sentence.matches) == len(sentence.near) == len(question.words)
        assert (sentence.start, sentence.end) in sentence.passage.sentences


def test_a_value_that_the_question_names_is_not_the_answer(scored):
    _, sentences = scored("Hoeveel kinderen kregen in 2020 contributie, meer dan 210 kinderen?")
    told = {s.text: s.values for s in sentences}
    asked = next(text for text in told if "210 kinderen" in text)
    assert told[asked] == ()


def test_no_hits_no_sentences(parts):
    reader, _, scorer = parts
    assert scorer.score(reader.read("Wat is zorg?"), []) == []


def test_a_sentence_that_leans_brings_the_one_before(scored, parts):
    question, sentences = scored("Hoeveel kinderen waren dat in 2020?")
    leaning = next(s for s in sentences if s.text.startswith("In 2020 waren dat"))
    quotes = with_neighbours(leaning, parts[2], question)
    assert quotes[-1].start == leaning.start or quotes[0].start == leaning.start
    spans = [(q.start, q.end) for q in quotes]
    assert spans == sorted(spans)
    assert len(spans) == len(set(spans))
