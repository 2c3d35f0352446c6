import json
import threading

import pytest
from assistant_parts import assert_proven, prepared, shared_embedder, write_corpus
from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import BaseQueryEngine
from llama_index.core.schema import QueryBundle

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.records import answer_record, place
from assistant.retrieval import PassageRetriever
from ingest.documents import Answer, Turn
from ingest.dutch.analysis import Analyzer
from ingest.errors import IndexingError
from ingest.pipeline import ingest
from ingest.settings import load_settings


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


def test_it_is_a_llama_index_query_engine(assistant):
    assert isinstance(assistant, BaseQueryEngine)
    asked = "Wat kost een rit met de deeltaxi?"
    response = assistant.query(asked)
    assert isinstance(response, Response)
    answer = response.metadata["answer"]
    assert isinstance(answer, Answer)
    assert response.response == answer.text == str(response)
    assert "€ 3,10" in answer.text
    assert any("€ 3,10" in node.text for node in response.source_nodes)
    assert assistant.query(QueryBundle(asked)).response == response.response


def test_a_refusal_is_a_response_too(assistant):
    answer = assistant.query("Wat staat er over windmolens?").metadata["answer"]
    assert answer.abstained
    with pytest.raises(QuestionError):
        assistant.query("   ")


def test_the_cited_passages_lead_the_evidence(assistant):
    for asked in (
        "Welke doelen gaan over mantelzorg?",
        "Wat kost een rit met de deeltaxi?",
        "Wat deed het college met aanbeveling 3?",
        "Waarom kiest Elst-Veenoord voor wijkteams?",
    ):
        answer = assistant.ask(asked)
        ids = [hit.passage.id for hit in answer.hits]
        assert len(ids) == len(set(ids))
        held = [
            any(p.document_id == c.document_id and p.start <= c.start < c.end <= p.end
                for c in answer.citations)
            for p in (hit.passage for hit in answer.hits)
        ]  # fmt: skip
        assert sum(held) == held.index(False) if False in held else all(held)
        assert held[0]


def test_the_same_question_has_the_same_answer(assistant):
    asked = "Welke doelen gaan over mantelzorg?"
    first, second = assistant.ask(asked), assistant.ask(asked)
    assert (first.text, first.citations, first.hits) == (second.text, second.citations, second.hits)
    assert first.made_by == "extractief"
    assert 0 < first.seconds < 30


def test_several_people_ask_at_once(assistant):
    asked = ["Wat kost een rit met de deeltaxi?", "Wat is mantelzorg?",
             "Welke doelen gaan over schulden?", "Wat staat er over windmolens?"]  # fmt: skip
    alone = {question: assistant.ask(question).text for question in asked}
    together = []

    def work(question):
        together.append((question, assistant.ask(question).text))

    threads = [threading.Thread(target=work, args=(question,)) for question in asked * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(together) == 12
    assert all(alone[question] == text for question, text in together)


@pytest.mark.parametrize(
    "asked", ["", "   ", "\n\t", "\x00\x01", "?!?", "***", "🙂🙂", "a" * 20_000]
)
def test_no_question_is_an_error_in_dutch(assistant, asked):
    with pytest.raises(QuestionError, match="vraag"):
        assistant.ask(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "<img src=x onerror=alert(1)> mantelzorg",
        "**[1]** [klik](http://kwaad.nl) mantelzorg",
        "Wat kost\x00 de\x1b[31m deeltaxi?",
        "'; DROP TABLE passages; --",
        "{0} {1} {naam} mantelzorg",
        "../../etc/passwd",
        "mantelzorg " * 180,
        "(((((((((((((((((((( mantelzorg",
        "\u202edeeltaxi\u202c \u200b \ufeff",
        "🙂 deeltaxi 🙂",
        "Ⅻ ½ ² ٣",
        "a-" * 900,
        "en " * 600,
        "en hoe " * 250,
        "-" * 1_000 + "a",
        "gemeente Ààààà",
        "in in in in in in van van van volgens volgens brief brief",
        "2021-2024 t/m 9999 20.21 2021,5",
        "Wat is het verschil tussen en?",
        "Wat is het verschil tussen ( en [?",
        "aanbeveling 99999999999999999999",
    ],
)
def test_an_odd_question_is_harmless(assistant, asked):
    answer = assistant.ask(asked)
    assert answer.text
    assert not any(bad in answer.text for bad in ("<img", "<script", "http://kwaad.nl"))
    assert_proven(answer, assistant.documents)
    json.dumps(answer_record(answer)).encode("utf-8")


def test_half_a_character_is_an_error_in_dutch_or_harmless(assistant):
    try:
        answer = assistant.ask("Wat kost de deeltaxi \ud83d?")
    except QuestionError:
        return
    answer.text.encode("utf-8")


def test_a_record_holds_what_the_contract_names(assistant):
    asked = "Hoeveel procent van de reizigers is tevreden over de chauffeurs?"
    answer = assistant.ask(asked, [Turn("Wat is mantelzorg?", "Zorg [1].")])
    record = json.loads(json.dumps(answer_record(answer)))
    assert set(record) >= {
        "question", "answer", "abstained", "reason", "kind", "made_by", "seconds",
        "citations", "passages", "coverage",
    }  # fmt: skip
    assert (record["question"], record["answer"]) == (asked, answer.text)
    assert (record["abstained"], record["reason"], record["kind"]) == (False, None, "feit")
    cited = next(c for c in record["citations"] if "92%" in c["quote"])
    assert (cited["document"], cited["page"], cited["page_label"], cited["line"]) == (
        "duinbroek-evaluatie", 2, "1", None,
    )  # fmt: skip
    assert cited["title"] == "Evaluatie mantelzorg en vervoer"
    assert cited["municipality"] == "Duinbroek en Waal"
    assert cited["section"] == "1. Bevindingen"
    text = assistant.documents["duinbroek-evaluatie"].text
    assert all(c["quote"] in assistant.documents[c["document"]].text for c in record["citations"])
    assert [p["rank"] for p in record["passages"]] == list(range(1, len(record["passages"]) + 1))
    assert all(p["text"] in assistant.documents[p["document"]].text for p in record["passages"])
    assert cited["quote"] == text[cited["start"] : cited["end"]]
    refusal = answer_record(assistant.ask("Wat staat er over windmolens?"))
    assert (refusal["abstained"], refusal["reason"]) == (True, "niet in de documenten")
    assert refusal["kind"] == "geen"


def test_a_place_reads_as_dutch(assistant):
    def first(asked, words):
        return next(c for c in assistant.ask(asked).citations if words in c.quote)

    percent = first("Hoeveel procent van de reizigers is tevreden over de chauffeurs?", "92%")
    assert place(percent) == "bladzijde 1 (de 2e in het bestand)"
    ride = first("Wat kost een rit met de deeltaxi?", "3,10")
    assert place(ride) == f"regel {ride.line}"


def test_a_missing_index_says_what_to_do(tmp_path):
    corpus = write_corpus(tmp_path / "corpus")
    with pytest.raises(IndexingError, match="python -m ingest"):
        Assistant.open(load_settings(corpus=corpus, index=tmp_path / "leeg"))


def test_an_index_made_with_another_analyzer_is_refused(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan.txt").write_text("1. Zorg\n\nDe wijkbus rijdt elke dag.\n", encoding="utf-8")
    settings = load_settings(corpus=folder, index=tmp_path / "index")
    ingest(settings, embedder=shared_embedder(), analyzer=_OtherAnalyzer())
    with pytest.raises(IndexingError, match="andere instellingen"):
        Assistant.open(settings)


def test_an_index_made_meanwhile_answers_without_opening_again(tmp_path):
    settings, assistant = _renewable(tmp_path)
    assert "€ 2,00" in assistant.ask("Wat kost een rit met de wijkbus?").text
    _renew(settings)
    answer = assistant.ask("Wat kost een rit met de wijkbus?")
    assert "€ 3,00" in answer.text
    assert_proven(answer, assistant.documents)


def test_an_answer_keeps_to_the_index_that_it_began_with(tmp_path, monkeypatch):
    settings, assistant = _renewable(tmp_path)
    before, search = assistant.documents, PassageRetriever.hits

    def renewed_behind(self, *given):
        hits = search(self, *given)
        monkeypatch.undo()
        _renew(settings)
        assistant.refresh()
        return hits

    monkeypatch.setattr(PassageRetriever, "hits", renewed_behind)
    answer = assistant.ask("Wat kost een rit met de wijkbus?")
    assert "€ 2,00" in answer.text
    assert_proven(answer, before)
    assert "€ 3,00" in assistant.documents["plan"].text


def _renewable(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    settings = load_settings(corpus=folder, index=tmp_path / "index")
    _renew(settings, "Beleidsplan\n\n1. Zorg\n\nEen rit met de wijkbus kost € 2,00.\n")
    return settings, Assistant.open(settings)


def _renew(settings, text="Nieuw plan\n\n1. Vervoer\n\nEen rit met de wijkbus kost nu € 3,00.\n"):
    (settings.corpus / "plan.txt").write_text(text, encoding="utf-8")
    ingest(settings, embedder=shared_embedder(), analyzer=Analyzer.load(None))


class _OtherAnalyzer:
    fingerprint = "another"

    def terms(self, text):
        return text.lower().split()

    stems = terms


def test_a_single_document_is_enough(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan.txt").write_text(
        "Beleidsplan\n\n1. Zorg\n\nDe wijkbus rijdt elke dag. Een rit kost € 2,00.\n", "utf-8"
    )
    settings = load_settings(corpus=folder, index=tmp_path / "index")
    ingest(settings, embedder=shared_embedder(), analyzer=Analyzer.load(None))
    assistant = Assistant.open(settings)
    answer = assistant.ask("Wat kost een rit met de wijkbus?")
    assert "€ 2,00" in answer.text
    assert_proven(answer, assistant.documents)
    for asked in ("Welke doelen zijn er?", "Vergelijk alle gemeenten", "Wat betekent xyz?",
                  "Wat deed het college met aanbeveling 1?", "Hoeveel inwoners?"):  # fmt: skip
        assert_proven(assistant.ask(asked), assistant.documents)
