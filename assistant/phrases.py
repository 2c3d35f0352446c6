"""The fixed Dutch sentences of answers, read from a file in prompts/ with declared variables."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import PhrasesError

DEFAULT_FILE = Path(__file__).parent.parent / "prompts" / "antwoorden.toml"


@dataclass(frozen=True)
class Phrases:
    """Sentences by name; each declares the variables that it needs.

    Attributes:
        version: Version of the file, kept with answers that were made with it.
        sentences: Name to text with ``{variable}`` places.
    """

    version: str
    sentences: Mapping[str, str]

    def say(self, name: str, /, **values: object) -> str:
        """Fill in a sentence.

        Args:
            name: Name of the sentence.
            **values: Exactly the variables that the sentence declares.

        Raises:
            PhrasesError: If the sentence does not exist or a variable is missing or unknown.
        """
        if name not in self.sentences:
            raise PhrasesError(f"De zin '{name}' ontbreekt in de map prompts/.")
        wanted = variables_in(self.sentences[name])
        if wanted != set(values):
            raise PhrasesError(f"De zin '{name}' vraagt {sorted(wanted)}, niet {sorted(values)}.")
        return self.sentences[name].format_map(values)


def variables_in(text: str) -> set[str]:
    """Names of the ``{variable}`` places in a text.

    Raises:
        ValueError: If a brace has no other half.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a file of sentences or prompts.

    Raises:
        PhrasesError: If the file is missing, or no TOML in UTF-8.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise PhrasesError(f"Het bestand {path} is geen UTF-8. Sla het op als UTF-8.") from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PhrasesError(f"Het bestand {path} is niet te lezen: {error}") from error


def load_phrases(path: Path = DEFAULT_FILE) -> Phrases:
    """Read and check a file of sentences.

    Args:
        path: TOML file: ``version`` and one table per sentence with ``text`` and ``variables``.

    Raises:
        PhrasesError: If the file is missing, is no TOML in UTF-8, or an entry is no sentence
            whose variables are the declared ones.
    """
    content = read_toml(path)
    version = str(content.pop("version", ""))
    sentences = {}
    for name, entry in content.items():
        problem = _problem(entry)
        if problem:
            raise PhrasesError(f"{path}: de zin '{name}' {problem}.")
        sentences[name] = entry["text"]
    return Phrases(version, sentences)


def _problem(entry: object) -> str:
    """What is wrong with an entry of the file, or "" when it is a sentence."""
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return "heeft geen 'text' met een tekst tussen aanhalingstekens"
    declared = entry.get("variables", [])
    if not isinstance(declared, list) or not all(isinstance(name, str) for name in declared):
        return "heeft geen lijst met namen bij 'variables'"
    if not all(name.isidentifier() for name in declared):
        return "heeft bij 'variables' een naam met andere tekens dan letters, cijfers en _"
    try:
        used = variables_in(entry["text"])
        entry["text"].format_map(dict.fromkeys(declared, ""))
    except (KeyError, ValueError, IndexError, AttributeError):
        used = None
    if used != set(declared):
        return f"gebruikt andere variabelen dan {sorted(declared)}, of een losse accolade"
    return ""
