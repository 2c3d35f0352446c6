"""One frozen settings object: option beats environment beats ``beleidswijzer.toml``."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ingest.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds the packages, and by default the corpus and the index."""

MODEL_FOLDER = Path(__file__).resolve().parent / "model"
"""The project's own small Dutch embedding model."""

SETTINGS_FILE = "beleidswijzer.toml"
PREFIX = "BELEIDSWIJZER_"


class Settings(BaseSettings):
    """Everything that can be set, the same for every command and for the page.

    A key that is not listed here is refused, in the file and in the environment.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, toml_file=SETTINGS_FILE
    )

    corpus: Path = Field(PROJECT / "corpus", description="Folder with the documents.")
    index: Path = Field(PROJECT / "index", description="Folder in which the index is kept.")
    embedding_model: str = Field(
        str(MODEL_FOLDER),
        description="Folder or hub name of a sentence-transformers model.",
        min_length=1,
    )
    query_prefix: str = Field("", description='Put before a question when embedding ("query: ").')
    passage_prefix: str = Field(
        "", description='Put before a passage when embedding ("passage: ").'
    )
    chroma_url: str = Field(
        "", description='A Chroma server, "http://host:port"; empty for the embedded index.'
    )
    lexicon: Path | None = Field(
        None, description="File with lay words and policy words; the built-in one when not set."
    )
    topics: Path | None = Field(
        None, description="File with the topics of statements; the built-in one when not set."
    )
    llm_url: str = Field(
        "", description="Base URL of an OpenAI-compatible server or of Ollama; empty for none."
    )
    llm_file: Path | None = Field(
        None, description="A GGUF file with a language model, run on this computer."
    )
    llm_model: str = Field(
        "", description="Name of the language model on that server; empty when it has only one."
    )
    llm_key: SecretStr = Field(SecretStr(""), description="Key for that server; never shown.")
    llm_key_file: Path | None = Field(None, description="File that holds the key instead.")
    llm_context: int = Field(
        0, ge=0, le=10_000_000, description="Most tokens that it takes; 0 asks the server."
    )
    llm_seconds: float = Field(
        60.0, gt=0, le=3600, description="Longest silence of the language model, in seconds."
    )
    llm_failed: Literal["weglaten", "doorhalen"] = Field(
        "weglaten", description="What happens to a sentence that the evidence does not prove."
    )
    llm_second_check: bool = Field(
        False,
        description="Whether the language model looks its own sentences over, after the checks.",
    )

    @property
    def originals(self) -> Path:
        """Folder with the files that users added on the page: beside the index."""
        return self.index.with_name(f"{self.index.name}-originals")

    @property
    def has_language_model(self) -> bool:
        """Whether a language model is to be connected."""
        return bool(self.llm_url) or self.llm_file is not None

    @field_validator("corpus", "index", "lexicon", "topics", "llm_file", "llm_key_file")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        # Absolute, so that a later change of working directory cannot move the data.
        return None if path is None else path.expanduser().absolute()

    @field_validator("chroma_url", "llm_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("dit moet beginnen met http:// of https://")
        if "@" in url.partition("://")[2].partition("/")[0]:
            raise ValueError(
                "zet geen naam of wachtwoord in het adres; een sleutel hoort in llm_key"
            )
        return url.rstrip("/")

    @model_validator(mode="after")
    def _one_language_model(self) -> Settings:
        if self.llm_url and self.llm_file:
            raise ValueError("geef 'llm_url' of 'llm_file', niet allebei")
        if self.llm_key.get_secret_value() and self.llm_key_file:
            raise ValueError("geef 'llm_key' of 'llm_key_file', niet allebei")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Set the order: given values, environment, file in the working directory."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - each field has its own type
    """Read the settings: an override beats the environment, that beats ``beleidswijzer.toml``.

    Args:
        **overrides: Values by field name, as a command line gives them; None means not given.

    Returns:
        The settings, with absolute paths.

    Raises:
        SettingsError: For an unknown setting, a value that cannot be used, or a file that is
            not valid TOML.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    _refuse_unknown_variables()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_describe(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Het bestand {SETTINGS_FILE} is geen geldige TOML: {error}. Herstel die regel."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"Het bestand {SETTINGS_FILE} is niet te lezen: {error.strerror}."
        ) from error


def _refuse_unknown_variables() -> None:
    """Refuse a BELEIDSWIJZER_ variable that is no setting; pydantic-settings ignores those."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(
                f"De omgevingsvariabele {name} is geen bekende instelling. "
                f"Bekend zijn: {', '.join(sorted(known))}."
            )


def _describe(error: ValidationError) -> str:
    """Say in Dutch which settings are wrong; a value is never repeated, since it may be a key."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in problem["loc"])
        if not name:  # two settings that do not go together
            lines.append(f"De instellingen kunnen zo niet: {_reason(problem['msg'])}.")
        elif problem["type"] == "extra_forbidden":
            known = ", ".join(Settings.model_fields)
            lines.append(f"De instelling '{name}' bestaat niet. Bekend zijn: {known}.")
        else:
            reason = _reason(problem["msg"])
            lines.append(f"De instelling '{name}' heeft een waarde die niet kan: {reason}.")
    return "\n".join(lines)


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
