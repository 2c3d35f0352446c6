import json
import math
import shutil
import sqlite3
import struct

import bm25s
import numpy as np
import pytest
from conftest import PlainWords, WordCounts

from ingest.embeddings import load_embedder
from ingest.errors import EmbeddingError, IndexingError
from ingest.index import Index
from ingest.lexical import K1, B, LexicalIndex
from ingest.pipeline import ingest
from ingest.settings import MODEL_FOLDER, Settings
from ingest.store import MANIFEST
from ingest.terms import TermCounts, passage_terms
from ingest.vectors import VectorStore, names_of

LABEL = {"document": "vreemd", "version": "0"}


@pytest.fixture
def made(settings, embedder, analyzer):
    """Settings of an index that has been made."""
    ingest(settings, embedder=embedder, analyzer=analyzer)
    return settings


@pytest.fixture
def index(made, embedder, analyzer):
    opened = Index.open(made, embedder, analyzer)
    yield opened
    opened.close()


def lucene_bm25(frequency, document_frequency, passages, length, mean_length):
    idf = math.log(1 + (passages - document_frequency + 0.5) / (document_frequency + 0.5))
    return idf * frequency / (frequency + K1 * (1 - B + B * length / mean_length))


# ---- the lexical index


def test_scores_are_bm25_and_can_be_recomputed(tmp_path):
    terms = [["zorg", "zorg", "jeugd"], ["jeugd"], [], ["sport", "zorg"]]
    LexicalIndex.build([TermCounts.of(terms)]).save(tmp_path)
    lexical = LexicalIndex.load(tmp_path)
    expected = [lucene_bm25(2, 2, 4, 3, 1.5), 0, 0, lucene_bm25(1, 2, 4, 2, 1.5)]
    assert lexical.scores("zorg") == pytest.approx(expected)
    assert lexical.idf("zorg") == pytest.approx(math.log(1 + 2.5 / 2.5))
    assert lexical.idf("sport") == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert set(lexical.vocabulary) == {"zorg", "jeugd", "sport"}
    assert len(lexical) == 4


def test_scores_are_those_of_bm25s_whichever_document_a_passage_is_of():
    passages = [["a", "b", "a"], ["c"], [], ["b", "d", "d", "d"], ["a", "c", "e", "b"]]
    documents = [TermCounts.of(passages[:2]), TermCounts.of([]), TermCounts.of(passages[2:])]
    lexical = LexicalIndex.build(documents)
    scorer = bm25s.BM25(k1=K1, b=B, method="lucene")
    scorer.index(passages, create_empty_token=False, show_progress=False)
    assert len(lexical) == 5
    for term in "abcde":
        assert lexical.scores(term).tolist() == scorer.get_scores([term]).tolist()


def test_an_unknown_term_scores_nothing():
    lexical = LexicalIndex.build([TermCounts.of([["zorg"], ["sport"]])])
    assert lexical.scores("fiets").tolist() == [0, 0]
    assert lexical.idf("fiets") == 0
    assert "fiets" not in lexical.vocabulary


@pytest.mark.parametrize("terms", [[], [[], []]])
def test_an_index_without_terms_can_be_kept(tmp_path, terms):
    LexicalIndex.build([TermCounts.of(terms)]).save(tmp_path)
    lexical = LexicalIndex.load(tmp_path)
    assert (len(lexical), list(lexical.vocabulary)) == (len(terms), [])
    assert lexical.scores("zorg").shape == (len(terms),)


def test_a_passage_counts_its_text_twice_and_its_context_once():
    assert passage_terms(["a", "b"], ["c"]) == ["a", "b", "a", "b", "c"]


# ---- the embedder


def test_a_real_model_gives_unit_vectors_and_the_cosine_of_shared_words(model_folder):
    embedder = load_embedder(Settings(embedding_model=str(model_folder)))
    passages = embedder.embed_passages(["mantelzorg", "mantelzorg sport", "onbekend"])
    query = embedder.embed_query("Mantelzorg")
    assert passages.dtype == np.float32
    assert passages.shape == (3, embedder.dimension) == (3, 7)
    assert passages @ query == pytest.approx([1, math.sqrt(0.5), 0], abs=1e-6)
    assert embedder.embed_passages([]).shape == (0, 7)


def test_prefixes_are_put_before_and_change_the_fingerprint(model_folder):
    plain = load_embedder(Settings(embedding_model=str(model_folder)))
    prefixed = load_embedder(
        Settings(
            embedding_model=str(model_folder), query_prefix="query: ", passage_prefix="passage: "
        )
    )
    query = plain.embed_query("query sport")
    assert prefixed.embed_query("sport") == pytest.approx(query)
    passage = plain.embed_passages(["passage sport"])
    assert prefixed.embed_passages(["sport"]) == pytest.approx(passage)
    assert plain.fingerprint != prefixed.fingerprint


def test_the_fingerprint_is_that_of_the_weights_not_of_the_place(model_folder, tmp_path):
    shutil.copytree(model_folder, tmp_path / "copy")
    here = load_embedder(Settings(embedding_model=str(model_folder)))
    there = load_embedder(Settings(embedding_model=str(tmp_path / "copy")))
    assert here.fingerprint == there.fingerprint
    tokenizer = tmp_path / "copy" / "tokenizer.json"
    text = tokenizer.read_text(encoding="utf-8")
    tokenizer.write_text(text.replace('"sport"', '"spel"'), encoding="utf-8")
    other = load_embedder(Settings(embedding_model=str(tmp_path / "copy")))
    assert other.fingerprint != here.fingerprint


def test_the_models_own_folder_is_the_default_and_loads():
    if not MODEL_FOLDER.is_dir():
        pytest.skip("the project's own model has not been trained yet")
    embedder = load_embedder(Settings())
    near, far = embedder.embed_passages(["hulp voor mantelzorgers", "het parkeren van fietsen"])
    question = embedder.embed_query("steun aan mantelzorgers")
    assert near @ question > far @ question


@pytest.mark.parametrize(
    "name", ["/bestaat/niet", "./bestaat-niet", "~/bestaat-niet", "a/b/c", "C:\\modellen\\e5"]
)
def test_a_missing_folder_is_an_error_and_never_looked_up_elsewhere(name):
    with pytest.raises(EmbeddingError) as caught:
        load_embedder(Settings(embedding_model=name))
    assert f"'{name}' is niet te laden: deze map bestaat niet" in str(caught.value)
    assert "embedding_model" in str(caught.value)


def test_a_name_that_the_hub_does_not_give_is_an_error_with_a_way_on():
    # The tests have no network, so nothing can be fetched.
    with pytest.raises(EmbeddingError, match="'voorbeeld/model' is niet te laden.*map van een"):
        load_embedder(Settings(embedding_model="voorbeeld/model"))


def test_a_folder_that_is_no_model_is_an_error(tmp_path):
    (tmp_path / "modules.json").write_text("{half")
    with pytest.raises(EmbeddingError, match="is niet te laden"):
        load_embedder(Settings(embedding_model=str(tmp_path)))


# ---- the opened index


def test_documents_and_passages_come_in_the_manifests_order(index):
    assert list(index.documents) == ["brief", "plan"]
    assert [p.document_id for p in index.passages] == sorted(p.document_id for p in index.passages)
    assert {p.document_id for p in index.passages} == {"brief", "plan"}
    for document in index.documents.values():
        for passage in document.passages:
            assert passage.text == document.text[passage.start : passage.end]
    everything = [p for d in index.documents.values() for p in d.passages]
    assert list(index.passages) == everything


def test_lexical_positions_are_positions_of_passages(index):
    scores = index.lexical.scores("schuldhulp")
    found = [index.passages[n] for n in np.flatnonzero(scores)]
    assert found
    assert all("schuldhulp" in p.text + p.context for p in found)
    assert {p.document_id for p in found} == {"brief"}


def test_dense_gives_the_cosines_that_an_exhaustive_search_gives(index, embedder):
    question = "sport voor alle kinderen"
    cosines = index.vectors() @ embedder.embed_query(question)
    best = np.argsort(-cosines, kind="stable")
    found = index.dense(question, 3)
    assert [cosine for _, cosine in found] == pytest.approx(cosines[best[:3]], abs=1e-5)
    assert [cosines[n] for n, _ in found] == pytest.approx(cosines[best[:3]], abs=1e-5)
    assert "kinderen" in index.passages[found[0][0]].text


@pytest.mark.parametrize("k", [0, 1, 10_000])
def test_dense_gives_at_most_k_and_no_more_than_there_are(index, k):
    found = index.dense("mantelzorg", k)
    assert len(found) == min(k, len(index.passages))
    assert len({n for n, _ in found}) == len(found)


def test_a_question_without_a_known_word_finds_nothing_by_meaning(index):
    assert index.dense("?!", 3) == []


def test_vectors_of_others_in_the_collection_are_passed_over(made, embedder, analyzer):
    manifest = json.loads((made.index / MANIFEST).read_text())
    store = VectorStore(made, made.index / "chroma", manifest["collection"], create=False)
    question = "mantelzorg"
    others = np.repeat(embedder.embed_passages([question]), 200, axis=0)
    store.add([f"vreemd-{n}" for n in range(200)], others, [LABEL] * 200)
    index = Index.open(made, embedder, analyzer)
    found = index.dense(question, 3)
    assert len(found) == 3
    assert found[0][1] < 0.999
    store.close()
    index.close()


def test_the_collection_measures_by_cosine(made):
    manifest = json.loads((made.index / MANIFEST).read_text())
    store = VectorStore(made, made.index / "chroma", manifest["collection"], create=False)
    assert store.space == "cosine"
    store.add(["a", "b"], np.array([[3, 0] * 32, [0, 5] * 32], dtype=np.float32), [LABEL] * 2)
    found = dict(store.nearest(np.array([1, 0] * 32, dtype=np.float32), 100))
    # Lengths do not count: parallel is 1 and perpendicular 0, which squared distance is not.
    assert (found["a"], found["b"]) == (pytest.approx(1, abs=1e-5), pytest.approx(0, abs=1e-5))
    store.close()


def test_an_index_is_stale_once_another_has_been_made(made, index, embedder, analyzer):
    assert not index.stale()
    passages = list(index.passages)
    (made.corpus / "nieuw.txt").write_text("Een nieuw stuk over sport.", encoding="utf-8")
    ingest(made, embedder=embedder, analyzer=analyzer)
    assert index.stale()
    assert list(index.passages) == passages
    assert len(index.dense("sport", 2)) == 2


def test_no_text_of_a_document_is_kept_in_chroma(made):
    database = sqlite3.connect(made.index / "chroma" / "chroma.sqlite3")
    dump = "\n".join(database.iterdump())
    database.close()
    assert "plan:" in dump
    assert "mantelzorgers" not in dump


def _folder_of(made, collection):
    """The folder in which Chroma keeps the vectors of a collection."""
    database = sqlite3.connect(made.index / "chroma" / "chroma.sqlite3")
    [(name,)] = database.execute(
        "SELECT segments.id FROM segments JOIN collections ON collections.id = collection "
        "WHERE scope = 'VECTOR' AND name = ?",
        (collection,),
    )
    database.close()
    return made.index / "chroma" / name


def test_room_that_chroma_does_not_use_yet_holds_no_pieces_of_memory(made):
    # hnswlib saves it as its memory happens to be; here that is made certain.
    manifest = json.loads((made.index / MANIFEST).read_text())
    folder = _folder_of(made, manifest["collection"])
    _, _, room, used, size = struct.unpack_from("<i4Q", (folder / "header.bin").read_bytes())
    vectors = folder / "data_level0.bin"
    kept = vectors.read_bytes()[: used * size]
    vectors.write_bytes(kept + b"xylofoon" * ((room - used) * size // 8))
    assert vectors.stat().st_size == room * size
    store = VectorStore(made, made.index / "chroma", manifest["collection"], create=False)
    before = store.ids()
    store.compact()
    assert b"xylofoon" not in vectors.read_bytes()
    assert vectors.read_bytes().startswith(kept)
    assert vectors.stat().st_size == room * size
    store.add(["a"], np.array([[3, 0] * 32], dtype=np.float32), [LABEL])
    assert set(store.ids()) == {*before, "a"}
    assert store.nearest(np.array([3, 0] * 32, dtype=np.float32), 1)[0][0] == "a"
    store.close()


# ---- an index that cannot be used


def plan_file(index):
    return next((index / "documents").glob("plan-????????.json"))


def refuse(settings, embedder, analyzer):
    with pytest.raises(IndexingError) as caught:
        Index.open(settings, embedder, analyzer)
    return str(caught.value)


def test_without_an_index_the_message_says_how_to_make_one(settings, embedder, analyzer):
    message = refuse(settings, embedder, analyzer)
    assert "nog geen index" in message
    assert "python -m ingest" in message


def test_an_index_without_documents_says_so(settings, embedder, analyzer):
    for file in settings.corpus.iterdir():
        file.unlink()
    ingest(settings, embedder=embedder, analyzer=analyzer)
    assert "is leeg" in refuse(settings, embedder, analyzer)


@pytest.mark.parametrize(
    ("other_embedder", "other_analyzer", "named"),
    [
        (WordCounts("anders"), PlainWords(), "anders is het embeddingmodel"),
        (WordCounts(), PlainWords("anders"), "anders is de taalregels"),
    ],
)
def test_other_settings_are_named(made, other_embedder, other_analyzer, named):
    assert named in refuse(made, other_embedder, other_analyzer)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda index: (index / MANIFEST).write_text('{"format": "beleidswijzer-ind'),
        lambda index: (index / MANIFEST).write_bytes(b""),
        lambda index: plan_file(index).write_text('{"text": "x'),
        lambda index: plan_file(index).write_text('{"text": "x"}'),
        lambda index: shutil.rmtree(index / "documents"),
        lambda index: shutil.rmtree(next(index.glob("lexical-*"))),
        lambda index: next(index.glob("lexical-*/data*.npy")).unlink(),
        lambda index: next(index.glob("lexical-*/data*.npy")).write_bytes(b"\x93NUMPY"),
        lambda index: next(index.glob("lexical-*/vocab*")).write_text("{"),
        lambda index: shutil.rmtree(index / "chroma"),
        lambda index: (index / "chroma" / "chroma.sqlite3").write_bytes(b""),
        lambda index: (index / "chroma" / "chroma.sqlite3").write_bytes(b"rommel" * 1000),
    ],
)
def test_a_damaged_index_is_named_and_how_to_mend_it(made, embedder, analyzer, spoil):
    spoil(made.index)
    message = refuse(made, embedder, analyzer)
    assert "beschadigd" in message or "niet te gebruiken" in message
    assert "python -m ingest" in message


def test_an_index_of_another_program_is_refused(made, embedder, analyzer):
    (made.index / MANIFEST).write_text('{"name": "web app", "icons": []}')
    assert "niet door deze versie van Beleidswijzer gemaakt" in refuse(made, embedder, analyzer)


def test_vectors_that_are_missing_are_noticed(made, embedder, analyzer):
    manifest = json.loads((made.index / MANIFEST).read_text())
    store = VectorStore(made, made.index / "chroma", manifest["collection"], create=False)
    store.delete(store.ids()[:1])
    store.close()
    assert "vectoren" in refuse(made, embedder, analyzer)


def test_a_server_that_does_not_answer_is_named(made, embedder, analyzer):
    settings = made.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    message = refuse(settings, embedder, analyzer)
    assert "http://127.0.0.1:9" in message


def test_statements_stand_in_chroma_too_with_labels_and_without_their_words(tmp_path, embedder):
    corpus = tmp_path / "stukken"
    corpus.mkdir()
    text = "Agenda\n\n1. Vervoer\n\nDoelen:\n\n1. De bus rijdt op zondag.\n2. De bus is gratis.\n"
    (corpus / "agenda_2021.txt").write_text(text, encoding="utf-8")
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    ingest(settings, embedder=embedder, analyzer=PlainWords())
    manifest = json.loads((settings.index / MANIFEST).read_text())
    _, name = names_of(manifest["collection"])
    store = VectorStore(settings, settings.index / "chroma", name, create=False)
    kept = store._collection.get(include=["metadatas"])
    store.close()
    first = text.index("De bus rijdt")
    assert len(kept["ids"]) == 2
    label = next(label for label in kept["metadatas"] if label["start"] == first)
    assert (label["document"], label["kind"], label["year"]) == ("agenda_2021", "doel", 2021)
    assert text[label["start"] : label["end"]] == "De bus rijdt op zondag."
    assert not any("bus" in str(value) for label in kept["metadatas"] for value in label.values())
