import pytest
from assistant_parts import prepared, shared_analyzer, shared_words
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.errors import QuestionError
from assistant.reading import QuestionReader
from assistant.retrieval import PassageRetriever, RankingWeights
from ingest.documents import Hit
from ingest.dutch.questions import QueryWord


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    return prepared(tmp_path_factory)[0].index


@pytest.fixture(scope="session")
def reader(index):
    return QuestionReader(index, shared_analyzer())


@pytest.fixture
def retriever_with(index, reader):
    def make(k=40, **weights):
        return PassageRetriever(
            index, shared_analyzer(), reader, shared_words(), RankingWeights(**weights), k=k
        )

    return make


@pytest.fixture
def found(retriever_with, reader):
    def search(asked, documents=None, k=40, **weights):
        return retriever_with(k, **weights).hits(reader.read(asked), documents)

    return search


def test_it_is_a_llama_index_retriever(retriever_with, index):
    retriever = retriever_with()
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve("Wat kost een rit met de deeltaxi?")
    assert nodes == retriever.retrieve(QueryBundle("Wat kost een rit met de deeltaxi?"))
    assert all(isinstance(node, NodeWithScore) for node in nodes)
    best = nodes[0]
    assert "€ 3,10" in best.text
    where = best.metadata
    assert (where["document"], where["section"]) == ("elst-agenda", "4. Vervoer")
    assert index.documents["elst-agenda"].text[where["start"] : where["end"]] == best.text
    scores = [node.score for node in nodes]
    assert scores == sorted(scores, reverse=True)
    with pytest.raises(QuestionError):
        retriever.retrieve("  ")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Wat kost een rit met de deeltaxi?", "€ 3,10"),
        ("Wie betaalt de wijkverpleging?", "zorgverzekeraar"),
        ("Wat kost een rit met de deeltaksi?", "€ 3,10"),
        ("Hoeveel geld krijgt het steunpnut mantelzrog?", "€ 48.500"),
        ("clientondersteuning", "onafhankelijke cliëntondersteuning"),
        ("Komt er een bejaardentehuis bij?", "verpleeghuis De Duinrand"),
        ("Wat doet de huisbaas als ik de huur niet betaal?", "woningcorporatie De Brink"),
        ("Wet langdurige zorg", "zorgkantoor"),
        ("wlz", "zorgkantoor"),
        ("What does informal care mean?", "antelzorg"),
    ],
)
def test_the_passage_is_among_the_best_three(found, asked, words):
    best = found(asked)[:3]
    assert any(words in hit.passage.text for hit in best)


def test_hits_are_real_passages_best_first_and_none_twice(found, index):
    hits = found("Welke doelen gaan over mantelzorg?")
    assert all(isinstance(hit, Hit) for hit in hits)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    ids = [passage.id for hit in hits for passage in (hit.passage, *hit.also)]
    assert len(ids) == len(set(ids))
    for hit in hits:
        text = index.documents[hit.passage.document_id].text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert 0 <= hit.lexical <= 1.001
        assert -1.001 <= hit.dense <= 1.001


def test_only_the_documents_asked_for_are_searched(found):
    hits = found("Welke doelen gaan over mantelzorg?", {"elst-agenda"})
    assert {hit.passage.document_id for hit in hits} == {"elst-agenda"}
    assert found("Welke doelen gaan over mantelzorg?", ()) == []
    assert found("Welke doelen gaan over mantelzorg?", {"bestaat-niet"}) == []


def test_the_municipality_of_the_question_limits_the_search(found):
    hits = found("Welke doelen heeft Elst-Veenoord voor mantelzorg?")
    assert {hit.passage.document_id for hit in hits} <= {"elst-agenda", "elst-brief"}
    assert hits
    assert found("Mantelzorg in Elst-Veenoord", {"duinbroek-agenda"}) == []


def test_what_is_said_twice_is_folded_with_both_places(found):
    hits = found("Waarom kiest het college voor wijkteams?")
    said = [hit for hit in hits if "één vast gezicht" in hit.passage.text]
    assert len(said) == 1
    sections = {said[0].passage.section, *(passage.section for passage in said[0].also)}
    assert sections == {("1. Waarom een sociale agenda",), ("6. Tot slot",)}


def test_one_document_does_not_crowd_out_the_others(found):
    asked = "Welke hulp krijgen inwoners, ouderen en jeugd bij wonen, vervoer en zorg?"
    capped = found(asked, k=8, per_document=0.25)
    free = found(asked, k=8, per_document=1.0)
    assert len(capped) == len(free) == 8

    def most(hits):
        names = [hit.passage.document_id for hit in hits]
        return max(map(names.count, names))

    assert most(capped) <= 2
    assert most(free) > 2
    # A document may go over its share when the others have nothing more to give.
    alone = found("mantelzorg", {"duinbroek-agenda"}, k=5, per_document=0.4)
    assert most(alone) > 2


def test_without_dense_weight_only_words_find(found):
    asked = "Wat kost een rit met de deeltaxi?"
    hits = found(asked, dense=0.0, likeness=0.0, heading=0.0)
    assert "€ 3,10" in hits[0].passage.text
    assert all(hit.lexical > 0 for hit in hits[:3])


def test_without_words_the_vectors_still_find(found, monkeypatch):
    asked = "onbetaalde hulp voor een ziek familielid"
    monkeypatch.setattr(PassageRetriever, "lexical", lambda self, words: _zeros(self._index))
    hits = found(asked, likeness=0.0)
    assert hits
    assert all(hit.lexical == 0 for hit in hits)
    assert any("mantelzorg" in hit.passage.text.lower() for hit in hits[:3])
    assert found(asked, dense=0.0, likeness=0.0, heading=0.0) == []


def test_words_that_are_like_those_of_the_question_find_too(found, monkeypatch):
    asked = "onbetaalde hulp voor een ziek familielid"
    monkeypatch.setattr(PassageRetriever, "lexical", lambda self, words: _zeros(self._index))
    assert any("antelzorg" in hit.passage.text for hit in found(asked, dense=0.0)[:3])
    assert found(asked, dense=0.0, likeness=0.0, heading=0.0) == []


def test_the_place_says_nothing_of_what_is_asked(reader):
    question = reader.read("Wat doet Elst-Veenoord voor mensen met schulden?")
    assert "elst" not in question.gist
    assert "schulden" in question.gist


def _zeros(index):
    import numpy as np

    return np.zeros(len(index.passages), dtype=np.float32)


def test_the_dense_side_changes_the_order(found):
    asked = "Wat doet de gemeente tegen geldzorgen?"
    with_vectors = found(asked, dense=1.0)
    without = found(asked, dense=0.0)
    assert [h.passage.id for h in with_vectors] != [h.passage.id for h in without]


def test_a_rare_word_tells_more_than_a_common_one(retriever_with, reader):
    retriever = retriever_with()
    words = {w.word: w for w in reader.read("Welke hulp geeft de wijkverpleging?").words}
    assert retriever.importance(words["wijkverpleging"]) > retriever.importance(words["hulp"])


def test_of_words_that_say_it_equally_well_the_most_usual_counts_in_any_order(
    retriever_with, index
):
    retriever = retriever_with()
    usual = min(index.lexical.vocabulary, key=lambda term: index.lexical.idf(term) or 99)
    rare = max(index.lexical.vocabulary, key=index.lexical.idf)
    assert 0 < index.lexical.idf(usual) < index.lexical.idf(rare)
    one = QueryWord("fte", "fte", {usual: 0.3, rare: 0.3})
    other = QueryWord("fte", "fte", {rare: 0.3, usual: 0.3})
    alone = QueryWord("fte", "fte", {usual: 0.3})
    assert retriever.importance(one) == retriever.importance(other) == retriever.importance(alone)


@pytest.mark.parametrize(
    "asked", ["xqzvw", "12345678", "🙂 mantelzorg", "ß", "中文", "a", "de het een"]
)
def test_odd_words_never_raise(found, asked):
    assert isinstance(found(asked), list)
