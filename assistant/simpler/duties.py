"""Official verbs with "te": "dient zich te melden" becomes "moet zich melden"."""

from __future__ import annotations

import re

from wordfreq import zipf_frequency

_MUST = {"dient": "moet", "dienen": "moeten", "diende": "moest", "dienden": "moesten"}
_NEED = {"behoeft": "hoeft", "behoeven": "hoeven"}
# From the verb to its "te", within a clause: no comma, and no other "te" between.
_WITH_TE = re.compile(
    rf"\b(?P<verb>{'|'.join(_MUST | _NEED)})\b(?P<between>(?:(?! te )[^,;:.()]){{0,80}}?)"
    r" te (?P<infinitive>[a-zë]+n)\b"
)
# So it means something else ("dient als", "dient ter"), or the "te" is another verb's.
_OTHERWISE = re.compile(
    r"^ (?:als|om|ter|tot|ten|voor|hiertoe|daartoe)\b|\b(?:om|door|zonder|die|dat)\b"
)
_PARTICLE = re.compile(
    r"(?P<before>.*\s)(?P<particle>aan|achter|af|bij|binnen|deel|door|in|mee|na|neer|om|onder|op|"
    r"over|plaats|samen|tegen|terug|toe|uit|vast|vol|voor|voort|weer|weg)$"
)
_KNOWN = 1.0
"""Zipf frequency from which two parts are one verb."""


def plain_duties(sentence: str) -> str:
    """A sentence with "moet" and "hoeft" for their official forms."""
    return _WITH_TE.sub(_plain, sentence)


def _plain(match: re.Match[str]) -> str:
    verb, between, infinitive = match["verb"], match["between"], match["infinitive"]
    if _OTHERWISE.search(between):
        return match[0]
    if verb in _NEED:
        return f"{_NEED[verb]}{between} te {infinitive}"
    particle = _PARTICLE.match(between)
    if particle is None:
        return f"{_MUST[verb]}{between} {infinitive}"
    # "vast te stellen" is one word without its "te".
    joined = particle["particle"] + infinitive
    if zipf_frequency(joined, "nl") < _KNOWN:
        return match[0]
    return f"{_MUST[verb]}{particle['before']}{joined}"
