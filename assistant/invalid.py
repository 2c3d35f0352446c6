"""What is wrong with the input of another program, told in Dutch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator

# By pydantic's names of its errors: https://docs.pydantic.dev/latest/errors/validation_errors/
_WRONG: Mapping[str, str] = {
    "missing": "ontbreekt",
    "extra_forbidden": "is hier onbekend",
    "string_too_short": "is leeg",
    "string_too_long": "is te lang; {max_length} tekens is het meeste",
    "too_long": "is te lang; {max_length} is het meeste",
    "string_type": "moet tekst zijn",
    "string_unicode": "bevat een half teken, en is daarom geen tekst",
    "bool_type": "moet true of false zijn",
    "bool_parsing": "moet true of false zijn",
    "list_type": "moet een lijst zijn",
    "enum": "heeft een onbekende waarde. Bekend zijn: {expected}",
}
NO_JSON = "De inhoud is geen JSON die te lezen is."
NO_OBJECT = "De inhoud moet een JSON-object zijn."


def _whole(text: str) -> str:
    """Raises UnicodeEncodeError, a ValueError, where a text holds half a character."""
    text.encode()
    return text


WholeText = Annotated[str, AfterValidator(_whole)]
"""Text without halves of characters (lone surrogates), which JSON can hold and UTF-8 cannot."""


def told(errors: Sequence[Any], most: int = 3) -> str:
    """Say what is wrong with input.

    Args:
        errors: As pydantic's ``ValidationError.errors()`` gives them.
        most: How many are told.

    Returns:
        A sentence for each; none repeats the input, which may be no text at all.
    """
    sentences = dict.fromkeys(_told(error) for error in errors)
    return " ".join(list(sentences)[:most])


def _told(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    if kind == "json_invalid":
        return NO_JSON
    # FastAPI names where a field stands; that it is the body or the address says nothing.
    place = [part for part in error["loc"] if part not in {"body", "query"}]
    if not place:
        return NO_OBJECT
    if "UnicodeEncodeError" in repr(error.get("ctx")):
        kind = "string_unicode"
    wrong = _WRONG.get(kind, "klopt niet").format_map(error.get("ctx") or {})
    return f"Het veld '{'.'.join(map(str, place))}' {wrong.replace(' or ', ' of ')}."
