"""What is said to the language model: texts with declared variables, and data between fences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import PhrasesError
from assistant.phrases import read_toml, variables_in

DEFAULT_FILE = Path(__file__).resolve().parents[2] / "prompts" / "taalmodel.toml"
LETTERS = 3.0
"""Characters of Dutch text to a token, counted low: most models were made for English."""
# The code hands exactly these to each prompt; a file that wants others does not fit it.
PROMPTS: Mapping[str, frozenset[str]] = {
    "antwoord": frozenset({"vraag", "bewijs", "grens", "vorm"}),
    "lijst": frozenset({"vraag", "bewijs", "grens", "aantal"}),
    "nakijken": frozenset({"zinnen", "bewijs", "grens"}),
    "vervolgvraag": frozenset({"gesprek", "vraag", "grens"}),
    "samenvatting": frozenset({"gesprek", "grens"}),
    "eenvoudig": frozenset({"zin", "bewijs", "grens"}),
    "briefzin": frozenset({"zin", "bewijs", "grens"}),
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model.

    Attributes:
        role: "system" for our rules, "user" for what is asked.
        text: What it says.
    """

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with its places for variables.

    Attributes:
        name: Its name in the file.
        version: Raised whenever its text changes; kept with answers.
        system: The rules, without variables but ``grens``.
        user: What is asked.
    """

    name: str
    version: str
    system: str
    user: str

    def fill(self, **values: str) -> tuple[Message, ...]:
        """The messages, with data fenced by a mark that the data itself cannot hold.

        Args:
            **values: Exactly the prompt's variables, without ``grens``.

        Raises:
            PhrasesError: If a variable is missing or unknown.
        """
        wanted = PROMPTS[self.name] - {"grens"}
        if set(values) != wanted:
            raise PhrasesError(
                f"De prompt '{self.name}' vraagt {sorted(wanted)}, niet {sorted(values)}."
            )
        mark = fence(*values.values())
        data = {name: harmless(value) for name, value in values.items()} | {"grens": mark}
        return (
            Message("system", self.system.format_map(data)),
            Message("user", self.user.format_map(data)),
        )


def fence(*texts: str) -> str:
    """A mark that cannot stand in the texts: made of their hash, so the same for the same texts."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:12]


# What chat templates take for the end of a turn: <|im_end|>, <s>, [INST], <<SYS>>, <start_of_turn>.
_TEMPLATE = re.compile(
    r"<(?=\|)|(?<=\|)>|</?s>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|<(?=[/\w]+_of_text)|"
    r"<(?=/?think>)",
    re.IGNORECASE,
)
# Text that no reader sees: it has no place in what a model reads either.
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


def harmless(text: str) -> str:
    """Data without the marks that a chat template would take for its own."""
    return _TEMPLATE.sub(lambda match: f"({match[0].strip('<>[]')})", _HIDDEN.sub("", text))


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts of the file."""

    by_name: Mapping[str, Prompt]

    def __getitem__(self, name: str) -> Prompt:
        """The prompt with this name."""
        return self.by_name[name]


def load_prompts(path: Path = DEFAULT_FILE) -> Prompts:
    """Read and check the prompts.

    Args:
        path: TOML file: one table a prompt with ``version``, ``variables``, ``system``, ``user``.

    Raises:
        PhrasesError: If the file is missing or no TOML in UTF-8, a prompt is missing or unknown,
            or its variables are not the ones that it is given.
    """
    content = read_toml(path)
    if set(content) != set(PROMPTS):
        raise PhrasesError(f"{path}: verwacht worden de prompts {', '.join(sorted(PROMPTS))}.")
    return Prompts({name: _prompt(name, entry, path) for name, entry in content.items()})


def _prompt(name: str, entry: object, path: Path) -> Prompt:
    fields = ("version", "system", "user")
    if not isinstance(entry, dict) or not all(isinstance(entry.get(f), str) for f in fields):
        raise PhrasesError(f"{path}: de prompt '{name}' mist version, system of user.")
    try:
        used = variables_in(entry["system"]) | variables_in(entry["user"])
    except ValueError as error:
        raise PhrasesError(f"{path}: de prompt '{name}' heeft een losse accolade.") from error
    declared = entry.get("variables")
    wanted = PROMPTS[name]
    if not isinstance(declared, list) or set(map(str, declared)) != wanted or used != wanted:
        raise PhrasesError(
            f"{path}: de prompt '{name}' moet precies deze variabelen noemen en gebruiken: "
            f"{', '.join(sorted(wanted))}."
        )
    return Prompt(name, entry["version"], entry["system"], entry["user"])
