"""The parts of the command that trains the embedding model, on tiny data."""

import numpy as np
import pytest
import torch
from scipy import sparse

from ingest.dutch.compounds import Compounds
from ingest.training.contrast import (
    PairSource,
    Plan,
    StaticVectors,
    contrast_loss,
    fine_tune,
    ranking_loss,
)
from ingest.training.cooccurrence import (
    compress,
    group_counts,
    lean_on_parts,
    mutual_information,
    window_counts,
)
from ingest.training.data import Data, headings, neighbours, questions, split
from ingest.training.measure import SearchTask, search_both, search_dense, search_lexical
from ingest.training.saving import save_model
from ingest.training.texts import (
    Paragraph,
    WordGroup,
    held_out,
    lexicon,
    markdown_paragraphs,
    paraphrases,
    plain_paragraphs,
    themes,
    words,
)
from ingest.training.vocabulary import build_vocabulary, choose_words


def rows(*numbers):
    return np.asarray(numbers, dtype=np.int32)


class TestTexts:
    def test_article_numbers_leave_the_title_of_the_law_in_force(self):
        text = "# Wet op de sport\n\n## Artikel 1\nIedere gemeente heeft een zwembad.\n"
        assert list(markdown_paragraphs(text)) == [
            Paragraph("Wet op de sport", "Iedere gemeente heeft een zwembad.")
        ]

    def test_repeated_paragraph_comes_once_and_markup_goes(self):
        text = "# Wet\n\nHet **college** beslist [snel](x.md) hierover.\n\n"
        [paragraph] = markdown_paragraphs(text + "Het college beslist snel hierover.\n")
        assert paragraph.text == "Het college beslist snel hierover."

    def test_utf8_read_as_latin_1_is_mended(self):
        broken = "De coördinatie van de zorg".encode().decode("latin-1")
        [paragraph] = markdown_paragraphs(f"# Wet\n\n{broken}\n")
        assert paragraph.text == "De coördinatie van de zorg"

    def test_short_line_is_the_heading_of_plain_text(self):
        text = "Mantelzorg\n\nDe gemeente helpt mantelzorgers."
        [paragraph] = plain_paragraphs(text)
        assert paragraph == Paragraph("Mantelzorg", "De gemeente helpt mantelzorgers.")

    def test_files_of_pairs_and_groups(self, tmp_path):
        (tmp_path / "p.tsv").write_text("# kop\nIk ben moe\tOverbelasting\n", encoding="utf-8")
        (tmp_path / "t.txt").write_text("# kop\nschulden, krediet: geldzorgen\n", encoding="utf-8")
        (tmp_path / "l.toml").write_text('[[entry]]\npolicy = ["a"]\nlay = ["b"]\n')
        assert paraphrases(tmp_path / "p.tsv") == [("Ik ben moe", "Overbelasting")]
        assert themes(tmp_path / "t.txt") == [WordGroup(("schulden", "krediet"), ("geldzorgen",))]
        assert lexicon(tmp_path / "l.toml") == [WordGroup(("a",), ("b",))]

    def test_held_out_share_is_kept_and_stable(self):
        kept = [held_out(str(n), 0.2) for n in range(2000)]
        assert 0.17 < np.mean(kept) < 0.23
        assert kept == [held_out(str(n), 0.2) for n in range(2000)]


class TestData:
    def test_split_shares_no_policy_sentence(self):
        asked = tuple((f"vraag {n}", f"zin {n // 3}") for n in range(300))
        learnt, apart = split(Data((), (), (), asked, (), ()))
        assert learnt.questions
        assert apart.questions
        assert not {s for _, s in learnt.questions} & {s for _, s in apart.questions}

    def test_pairs(self):
        one, two, three = (Paragraph(t, x) for t, x in (("A", "a1"), ("A", "a2"), ("B", "b1")))
        assert headings([one, two, three]) == [(["A"], ["a1", "a2"]), (["B"], ["b1"])]
        assert neighbours([one, two, three]) == [(["a1"], ["a2"])]
        data = Data((), (), (), (("v1", "z"), ("v2", "z")), (), ())
        assert questions(data) == [(["v1", "v2"], ["z"])]


class TestVocabulary:
    @pytest.fixture
    def vocabulary(self):
        general = {"mantelzorg": 1e-5, "ondersteuner": 1e-5, "zorg": 1e-4, "huis": 1e-4}
        chosen = {"mantelzorg", "ondersteuner", "huis", "huizen", "de", "zorg"}
        return build_vocabulary(chosen, {}, general, Compounds(general))

    def test_unknown_compound_is_cut_into_known_words(self, vocabulary):
        found = vocabulary.tokenizer.encode("Mantelzorgondersteuner!").tokens
        assert found == ["mantelzorg", "ondersteuner"]

    def test_forms_share_a_row_and_stop_words_have_none(self, vocabulary):
        [found] = vocabulary.rows(["de huizen, het huis; de 12"])
        assert len(found) == 2
        assert found[0] == found[1] > 0

    def test_rare_compound_is_left_to_its_parts_unless_kept(self):
        general = {"mantelzorg": 1e-5, "ondersteuner": 1e-5}
        counts = {"mantelzorgondersteuner": 7, "zeldzaam": 2, "vaak": 6}
        compounds = Compounds(general)
        assert choose_words(counts, general, (), compounds, minimum=6) == {
            "mantelzorg",
            "ondersteuner",
            "vaak",
        }
        assert "zeldzaam" in choose_words(counts, general, ["zeldzaam"], compounds)

    def test_only_letters_make_a_word(self):
        # The tokenizer cuts at every other mark, so "0,0" would be a row that nothing reaches.
        counts = {"0,0": 90, "foto's": 90, "dorp": 90}
        assert choose_words(counts, {}, (), Compounds({})) == {"dorp"}


class TestCounting:
    def test_window_counts_nearer_words_more_and_stops_at_the_paragraph(self):
        counts = window_counts([rows(1, 2, 3), rows(4)], 5, window=2).toarray()
        assert counts[1, 2] == counts[2, 1] == 1.0  # distance 1: (2 + 1 - 1) / 2
        assert counts[1, 3] == 0.5  # distance 2: (2 + 1 - 2) / 2
        assert counts[3, 4] == 0

    def test_members_of_a_group_share_its_weight(self):
        counts = group_counts([rows(1, 2, 3, 0)], 4, weight=6.0).toarray()
        assert counts[1, 2] == pytest.approx(3)  # 6 over the two others
        assert counts[1].sum() == pytest.approx(6)
        assert counts[1, 1] == 0

    def test_mutual_information_of_words_that_only_meet_each_other(self):
        counts = sparse.csr_matrix(
            np.asarray([[0, 2, 0, 0], [2, 0, 0, 0], [0, 0, 0, 2], [0, 0, 2, 0]])
        )
        information = mutual_information(counts.astype(np.float32), smoothing=1.0).toarray()
        assert information[0, 1] == pytest.approx(np.log(4))  # 0.25 / (0.25 * 0.25)
        assert information[0, 2] == 0

    def test_words_with_the_same_neighbours_get_the_same_vector(self):
        texts = [rows(1, 5), rows(2, 5), rows(3, 6), rows(4, 6)] * 5
        vectors = compress(mutual_information(window_counts(texts, 7, 1)), 4, seed=0)
        assert vectors[1] @ vectors[2] == pytest.approx(1, abs=1e-3)
        assert abs(vectors[1] @ vectors[3]) < 1e-3

    def test_unseen_compound_is_its_parts_and_a_seen_one_is_itself(self):
        vectors = np.eye(4, dtype=np.float32)
        weight = np.ones(4, dtype=np.float32)
        seen = np.asarray([0, 9, 9, 0], dtype=np.float32)
        leaned = lean_on_parts(vectors, weight, seen, {3: (1, 2)})
        assert leaned[3] == pytest.approx([0, 0.5**0.5, 0.5**0.5, 0])
        seen[3] = 1e9
        assert lean_on_parts(vectors, weight, seen, {3: (1, 2)})[3, 3] > 0.999


class TestContrast:
    def test_losses_are_small_when_right_and_large_when_wrong(self):
        one = torch.eye(3)
        assert contrast_loss(one, one, 20.0) < 1e-3 < contrast_loss(one, one.roll(1, 0), 20.0)
        scores = torch.tensor([0.0, 1.0])
        right = ranking_loss(torch.tensor([0.1, 0.9]), scores, 20.0)
        wrong = ranking_loss(torch.tensor([0.9, 0.1]), scores, 20.0)
        assert right < 1e-3
        assert wrong == pytest.approx(16, abs=1e-3)  # 20 * (0.9 - 0.1)

    def test_pairs_are_pulled_together_and_the_same_seed_gives_the_same_model(self):
        base = np.eye(9, 8, k=-1, dtype=np.float32)
        left = [[rows(n)] for n in (1, 2, 3, 4)]
        right = [[rows(n)] for n in (5, 6, 7, 8)]
        matrices = []
        for _ in range(2):
            vectors = StaticVectors(base, np.ones(9, dtype=np.float32), 8)
            fine_tune(vectors, [PairSource(left, right, 1.0)], Plan(steps=60, rate=0.05, seed=3))
            matrices.append(vectors.matrix())
        unit = matrices[0][1:] / np.linalg.norm(matrices[0][1:], axis=1, keepdims=True)
        cosines = unit @ unit.T
        assert cosines[0, 4] > 0.8 > 0.4 > cosines[0, 5]
        assert np.array_equal(*matrices)


class TestMeasuring:
    def test_figures_of_a_ranking(self):
        texts = ("zwembad", "school", "brug")
        task = SearchTask("x", ("school", "fiets"), texts, (1, 0), depth=2)

        def encode(found):
            order = {"zwembad": 0, "school": 1, "brug": 2, "fiets": 1}
            return np.eye(3, dtype=np.float32)[[order[text] for text in found]]

        dense = search_dense(encode, task)  # school: place 1; fiets: zwembad ties for 2 and 3
        assert (dense.recall, dense.rank) == (0.5, 0.5)
        lexical = search_lexical(task)  # fiets is found nowhere: all three tie at place 2
        assert (lexical.recall, lexical.rank) == (1.0, pytest.approx((1 + 1 / 2) / 2))
        assert search_both(encode, task) == dense


def test_saved_model_gives_the_mean_of_the_rows_and_keeps_its_card(tmp_path):
    from sentence_transformers import SentenceTransformer

    general = {"zorg": 1e-4, "huis": 1e-4}
    vocabulary = build_vocabulary(general, {}, general, Compounds(general))
    matrix = np.asarray([[0, 0], [3, 0], [0, 3]], dtype=np.float32)
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "README.md").write_text("kaart", encoding="utf-8")
    (folder / "oud.bin").write_text("oud", encoding="utf-8")
    save_model(folder, vocabulary.tokenizer, vocabulary.row, matrix)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    assert model.encode("zorg in huis") == pytest.approx([0.5**0.5, 0.5**0.5])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model"]
    assert (folder / "README.md").read_text(encoding="utf-8") == "kaart"
    assert not (folder / "oud.bin").exists()


def test_words_are_folded():
    assert words("Cliënten: 12 Wmo-zaken!") == ["clienten", "wmo", "zaken"]
