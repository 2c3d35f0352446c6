"""One frozen settings object: option beats environment beats ``beleidswijzer.toml``."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
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
    llm_url: str = Field("", description="Base URL of an OpenAI-compatible server; empty for none.")
    llm_model: str = Field("", description="Name of the language model on that server.")
    llm_key: SecretStr = Field(SecretStr(""), description="Key for that server; never shown.")

    @field_validator("corpus", "index", "lexicon", "topics")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        # Absolute, so that a later change of working directory cannot move the data.
        return None if path is None else path.expanduser().absolute()

    @field_validator("chroma_url", "llm_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("dit moet beginnen met http:// of https://")
        return url.rstrip("/")

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
        if problem["type"] == "extra_forbidden":
            known = ", ".join(Settings.model_fields)
            lines.append(f"De instelling '{name}' bestaat niet. Bekend zijn: {known}.")
        else:
            reason = problem["msg"].removeprefix("Value error, ")
            lines.append(f"De instelling '{name}' heeft een waarde die niet kan: {reason}.")
    return "\n".join(lines)
