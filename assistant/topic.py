"""What a list question is about: alternatives ("alcohol en drugs"), each a few words together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.kinds import LIST_NOUN
from assistant.matching import match, share
from assistant.question import Question
from ingest.dutch.analysis import QueryWord
from ingest.dutch.words import words as normalise

# Nouns and verbs that frame a list question without saying what it is about.
_FRAME = frozenset(
    """
    aanpakken algemene algemeen bereiken belangrijkste binnen voornaamste streeft streven willen wil
    een twee drie vier vijf zes zeven acht negen tien elf twaalf alle alles allemaal horende
    thema themas thema's onderwerp onderdeel hoofdstuk stuk stukken document documenten tekst
    teksten nota notas gebied terrein vlak rond gelden gelde geldt gesteld genoemd noemen
    eerste tweede derde nieuwe oude huidige vorige bereikt moest moesten
    benoemd horen hoort vallen valt staan betrekking gericht hebben bestaan komen komende jaren
    college burgemeester wethouder wethouders rekenkamer rekenkamercommissie adviesraad raad
    gemeenteraad neemt nemen overnemen overneemt overgenomen maakt maken doet doen deed zegt
    zeggen vindt vinden reageert reageren reactie antwoord antwoordt advies adviseert beveelt
    voorbehoud evaluatie aanleiding letterlijk toegezegd toezegt toezeggen
    zoek zoeken zoekt volledige volledig compleet complete rij rijtje lijst lijstje overzicht
    opsomming zetten nodig graag inclusief
    jaar gemeente gemeenten inwoners inwoner opgesteld geformuleerd vastgesteld willen wil
    """.split()
)
# What every document here is about chooses none of its statements.
_FIELD = re.compile(r"\bsocia(?:al|le) domein\b", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?:,|;|/|\ben\b|\bof\b|\bplus\b|&|\band\b|\bor\b)\s*", re.IGNORECASE)


# How well a word must be said for it to be known at all.
SAID = 0.5
# Words that ask for a verdict: they choose rows by what they end with, not by what they are about.
_VERDICT = re.compile(
    r"kr(?:ijg|eeg|eg)\w*|monitor\w*|oordeel|oordelen|beoorde\w*|scoor\w*|goed\w*|neutra\w*|slecht\w*|"
    r"matig\w*|(?:on)?voldoende|positief|negatief|(?:19|20)\d\d|vooruit\w*|achteruit\w*|"
    r"ging|gingen|verander\w*|verbeter\w*|verslechter\w*|wijzig\w*"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the statements of a list must be about.

    Attributes:
        alternatives: Each a group of words that belong together; one group suffices. Empty when
            the question names no topic, so that every statement in scope counts.
        weights: How much information each of these words carries.
    """

    alternatives: tuple[tuple[QueryWord, ...], ...]
    weights: tuple[tuple[float, ...], ...]

    def fit(self, terms: frozenset[str]) -> float:
        """How well terms are about the topic, in [0, 1]; 1 when there is no topic."""
        if not self.alternatives:
            return 1.0
        return max(
            share(weights, [match(word, terms) for word in group])
            for group, weights in zip(self.alternatives, self.weights, strict=True)
        )

    def known(self, said: Sequence[frozenset[str]]) -> Topic:
        """The topic without the words that nothing says; without a group of which none is said.

        Args:
            said: The terms of each thing that may be about the topic.
        """
        kept = [
            [
                (word, weight)
                for word, weight in zip(group, weights, strict=True)
                if any(match(word, terms) >= SAID for terms in said)
            ]
            for group, weights in zip(self.alternatives, self.weights, strict=True)
        ]
        groups = [group for group in kept if group]
        return Topic(
            tuple(tuple(word for word, _ in group) for group in groups),
            tuple(tuple(weight for _, weight in group) for group in groups),
        )


def topic_of(
    question: Question, importance: Callable[[QueryWord], float], given: frozenset[str]
) -> Topic:
    """Split a question's words into alternatives, leaving out what only frames it.

    Args:
        question: As understood.
        importance: Information carried by a word.
        given: Terms of the titles and makers of the documents in scope. A word that only names
            what the documents as a whole are about does not choose among their statements.
    """
    programmes = {part for name in question.scope.programmes for part in name.split()}
    called = {part for noun in question.wanted_words for part in noun.split()}
    years = {str(year) for year in question.scope.years}
    field = frozenset(["sociaal", "domein"]) if _FIELD.search(question.understood) else frozenset()
    left = [
        word
        for word in question.words
        if not LIST_NOUN.fullmatch(word.word)
        and word.word not in _FRAME
        and word.word not in field
        and word.word not in programmes | called | years
        and not (question.asks_verdict and _VERDICT.fullmatch(word.word))
        and not _is_given(word, given)
    ]
    groups: list[tuple[QueryWord, ...]] = []
    for part in _BREAK.split(question.understood):
        inside = set(normalise(part))
        group = tuple(word for word in left if set(normalise(word.asked)) & inside)
        left = [word for word in left if word not in group]
        if group:
            groups.append(group)
    if left:
        groups.append(tuple(left))
    weights = tuple(tuple(importance(word) for word in group) for group in groups)
    return Topic(tuple(groups), weights)


def _is_given(word: QueryWord, given: frozenset[str]) -> bool:
    """Whether terms hold a word, or all that it stands for: "Wmo" where a title writes it out."""
    strong = {term for term, weight in word.terms.items() if weight >= 0.9}
    written_out = word.terms.keys() - strong
    return bool(given & strong) or (len(written_out) > 1 and written_out <= given)
