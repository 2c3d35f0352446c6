from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.errors import SettingsError
from ingest.settings import PROJECT, Settings, load_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_defaults_lie_beside_the_packages_and_need_no_model_from_elsewhere():
    settings = load_settings()
    assert settings.corpus == PROJECT / "corpus"
    assert settings.index == PROJECT / "index"
    assert Path(settings.embedding_model) == PROJECT / "ingest" / "model"
    assert (settings.chroma_url, settings.llm_url, settings.llm_model) == ("", "", "")
    assert settings.llm_key.get_secret_value() == ""


def test_an_option_beats_the_environment_that_beats_the_file(monkeypatch):
    Path("beleidswijzer.toml").write_text(
        'llm_model = "file"\nllm_url = "http://file"\nchroma_url = "http://file:8000"\n'
    )
    monkeypatch.setenv("BELEIDSWIJZER_LLM_MODEL", "environment")
    monkeypatch.setenv("BELEIDSWIJZER_LLM_URL", "http://environment")
    settings = load_settings(llm_model="option", llm_url=None)
    assert settings.llm_model == "option"
    assert settings.llm_url == "http://environment"
    assert settings.chroma_url == "http://file:8000"


def test_a_relative_path_is_made_absolute(tmp_path):
    assert load_settings(index="data/index").index == tmp_path / "data" / "index"


def test_an_unknown_key_in_the_file_is_refused_by_name():
    Path("beleidswijzer.toml").write_text('corpsu = "x"\n')
    with pytest.raises(SettingsError, match="'corpsu' bestaat niet"):
        load_settings()


def test_an_unknown_variable_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("BELEIDSWIJZER_CORPSU", "x")
    with pytest.raises(SettingsError, match="BELEIDSWIJZER_CORPSU is geen bekende instelling"):
        load_settings()


def test_an_unknown_option_is_refused():
    with pytest.raises(SettingsError, match="'corpsu' bestaat niet"):
        load_settings(corpsu="x")


def test_a_broken_file_is_named_with_its_line():
    Path("beleidswijzer.toml").write_text('corpus = "x\n')
    with pytest.raises(SettingsError, match=r"beleidswijzer\.toml is geen geldige TOML.*line 1"):
        load_settings()


@pytest.mark.parametrize("name", ["chroma_url", "llm_url"])
def test_an_address_needs_http(name):
    with pytest.raises(SettingsError, match=f"'{name}'.*http://"):
        load_settings(**{name: "localhost:8000"})


def test_settings_cannot_be_changed_and_every_field_is_described():
    settings = load_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.corpus = Path()
    assert all(field.description for field in Settings.model_fields.values())


def test_the_key_is_never_shown(monkeypatch):
    monkeypatch.setenv("BELEIDSWIJZER_LLM_KEY", "geheim-123")
    settings = load_settings()
    assert settings.llm_key.get_secret_value() == "geheim-123"
    assert "geheim-123" not in repr(settings) + str(settings.model_dump())
    with pytest.raises(SettingsError) as caught:
        load_settings(llm_key=["geheim-456"])
    assert "geheim-456" not in str(caught.value)
