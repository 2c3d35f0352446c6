"""Cutting a text into normalised words, so that spelling and layout make no difference."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u00ac](?:[ \\t]*\\n[ \\t]*)?|[\u200b-\u200d\u2060\ufeff]")
_SUPERSCRIPT = re.compile("[\u00b9\u00b2\u00b3\u2070-\u209f]+")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        "\u0133": "ij",
        "\u0132": "IJ",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00f8": "o",
        "\u00df": "ss",
        "\u0142": "l",
        "\u00a0": " ",
        "\u0131": "i",
    }
)

# A word broken over a line end. Only small letters on both sides: "Wmo-\nvoorziening" and
# "MAG-\nprogramma" keep their hyphen, which separates two words here.
_BROKEN = re.compile(r"\b([a-z]+)-[ \t]*\n[ \t]*(?!(?:en|of|tot|als|dan|noch)\b)([a-z]+)")
# First halves that are written with a hyphen in the middle of a line too, mostly adjectives.
KEEPS_HYPHEN = frozenset(
    "sociaal psycho medisch juridisch financieel economisch cultureel ruimtelijk technisch "
    "administratief politiek maatschappelijk historisch strategisch fysiek niet non oud ex semi "
    "pro anti wet noord zuid oost west links rechts in op".split()
)

_WORD = re.compile(
    r"""
    (?<![0-9a-z])1[68][-+](?![0-9a-z])        # 18- and 18+, the age limit of youth care
    | [0-9]+(?:[.,][0-9]+)*(?:[a-z]{1,2}(?![a-z]))?   # 3.677.000  6,8  2.0  1e  3d
    | (?:\b[ei]-(?=[a-z]{3}))?               # e-health is one word
      [a-z]+(?:'(?:[snr]|tjes?|ers?|en)\b)?     # thema's, zo'n
      (?:(?<=\b[a-z])[0-9]+)?                 # m2
    """,
    re.VERBOSE,
)


def capital(text: str) -> str:
    """A text with a capital at its beginning; the rest as it is."""
    return text[:1].upper() + text[1:]


def words(text: str) -> list[str]:
    r"""Cut a text into lower-case words, in order.

    Diacritics are folded, ligatures and apostrophes made plain, soft hyphens removed, and words
    that were hyphenated over a line end joined. A hyphen inside a line separates two words, so
    that "Wmo-voorziening" and "sociaal-maatschappelijk" are found by either half. Letters and the
    digits after them are two words ("MAG3D" is "mag", "3d"), as in "MAG 3D".

    Args:
        text: Any text; line ends are "\n".

    Returns:
        Words of the letters a-z with an inner apostrophe at most ("thema's"), and numbers as
        printed with an ordinal ending of one or two letters ("3.677.000", "6,8", "1e", "18-").
    """
    return [word.replace("-", "") if word[0].isalpha() else word for word in _raw(fold(text))]


def fold(text: str) -> str:
    """Give a text in small letters without diacritics, ligatures and word breaks.

    Args:
        text: Any text.

    Returns:
        The text with the same words; its length may differ.
    """
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = _SUPERSCRIPT.sub(" ", text).translate(_TYPOGRAPHY)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not _combines(c))
    if "-" in text:
        text = _BROKEN.sub(_join, text)
    return text.lower()


def _raw(text: str) -> list[str]:
    return _WORD.findall(text)


def _combines(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _join(match: re.Match[str]) -> str:
    first, second = match.groups()
    return f"{first}-{second}" if first in KEEPS_HYPHEN else first + second
