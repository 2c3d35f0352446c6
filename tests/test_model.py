"""The project's own embedding model, as it lies in the repository."""

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from ingest.settings import MODEL_FOLDER

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def model():
    return SentenceTransformer(str(MODEL_FOLDER), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def cosine(model):
    def measured(one, two):
        left, right = model.encode([one, two], normalize_embeddings=True)
        return float(left @ right)

    return measured


def test_folder_is_at_most_25_megabytes():
    files = [path for path in MODEL_FOLDER.rglob("*") if path.is_file()]
    assert "model.safetensors" in {path.name for path in files}
    assert sum(path.stat().st_size for path in files) <= 25 * MEGABYTE


def test_first_module_is_a_static_embedding(model):
    assert isinstance(model[0], StaticEmbedding)


def test_vectors_are_float32_of_length_one(model):
    vectors = model.encode(["Wat is mantelzorg?", "zwembad"], normalize_embeddings=True)
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, model.get_embedding_dimension())
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


@pytest.mark.parametrize("text", ["", "?!", "de het een", "2023"])
def test_text_without_a_subject_has_no_direction(model, text):
    assert not model.encode(text).any()


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("bejaardentehuis", "verpleeghuis", "zwembad"),
        ("huisbaas", "verhuurder", "huisarts"),
        ("drank", "alcoholgebruik", "bibliotheek"),
        ("dokter", "huisarts", "wethouder"),
        ("poetshulp", "huishoudelijke ondersteuning", "schuldhulpverlening"),
        ("schulden", "schuldhulpverlening", "sportvereniging"),
        ("zwanger", "geboorte", "parkeren"),
        ("pubers", "jongeren", "begroting"),
    ],
)
def test_everyday_word_lies_near_the_policy_word(cosine, word, near, far):
    assert cosine(word, near) > cosine(word, far) + 0.3


@pytest.mark.parametrize(
    ("unknown", "part", "far"),
    [
        ("mantelzorgondersteuner", "mantelzorg", "parkeervergunning"),
        ("eenzaamheidsbestrijdingsplan", "eenzaamheid", "zwembad"),
        ("schuldhulpverleningstrajectduur", "schuldhulpverlening", "sporthal"),
    ],
)
def test_unknown_compound_takes_its_meaning_from_its_parts(model, cosine, unknown, part, far):
    assert unknown not in model[0].tokenizer.get_vocab()
    assert cosine(unknown, part) > cosine(unknown, far) + 0.3


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("gemeente", "gemeenten"),
        ("verpleeghuis", "verpleeghuizen"),
        ("cliënt", "clienten"),
        ("Jeugdhulp", "JEUGDHULP"),
    ],
)
def test_forms_of_a_word_are_one(cosine, one, two):
    assert cosine(one, two) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("name", ["eenzaam", "arm", "verpleging", "jongeren"])
def test_spelling_alone_makes_no_neighbour(cosine, name):
    """Words that share most of their letters but not their meaning are not near."""
    lookalike = {
        "eenzaam": "duurzaam",
        "arm": "alarm",
        "verpleging": "verpachting",
        "jongeren": "congressen",
    }[name]
    assert cosine(name, lookalike) < 0.4


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        (
            "Mijn vader zit de hele dag alleen thuis, is daar iets voor?",
            "De gemeente bestrijdt eenzaamheid en sociaal isolement onder ouderen.",
            "De welstandscommissie toetst aanvragen voor een omgevingsvergunning.",
        ),
        (
            "Ik kan mijn rekeningen niet meer betalen.",
            "Inwoners met problematische schulden krijgen schuldhulpverlening.",
            "Sportverenigingen kunnen subsidie krijgen voor hun accommodatie.",
        ),
        (
            "Ik zorg al jaren voor mijn zieke vrouw en ben doodop.",
            "Overbelaste mantelzorgers kunnen gebruikmaken van respijtzorg.",
            "De raad stelt de begroting vast in november.",
        ),
        (
            "Wie maakt mijn huis schoon als ik het zelf niet meer kan?",
            "Huishoudelijke hulp is een voorziening op grond van de Wmo.",
            "Jongerenwerkers zoeken jongeren op straat op.",
        ),
    ],
)
def test_everyday_question_lies_near_the_policy_sentence(cosine, question, sentence, other):
    assert cosine(question, sentence) > cosine(question, other) + 0.2
