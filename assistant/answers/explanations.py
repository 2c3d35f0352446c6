"""An explanation: the few sentences that carry it, in reading order.

The sentence that repeats the question's words is seldom the answer: the reason stands next to it.
So an explanation is made of windows: the best sentence of a passage with its neighbours, wider
where the passage argues ("omdat", "daarom", "de reden").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.material import Material, by_document
from assistant.citations import Draft, Quote
from assistant.evidence import LEANING, Sentence
from ingest.documents import Passage, PassageKind

NEARLY_AS_GOOD = 0.78
MOST_WINDOWS = 3
LONGEST = 1_800
WHOLE_PASSAGE = 700
BEFORE, AFTER = 1, 3

_ARGUES = re.compile(
    r"\b(?:reden(?:en)?|omdat|doordat|waardoor|daardoor|daarom|hierdoor|want|immers|aangezien|"
    r"zodat|vanwege|wegens|dankzij|gevolg|oorzaak|namelijk|hiermee|daarmee|om te|meerwaarde|"
    r"vanuit de gedachte|op deze wijze|hiervoor|daarvoor)\b",
    re.IGNORECASE,
)
ARGUING = 0.12


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of one passage that explain something together."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    score: float

    @property
    def length(self) -> int:
        """Characters."""
        return sum(end - start for start, end in self.spans)


def answer_explanation(material: Material) -> Draft:
    """The best windows, as many as a reader would bear."""
    windows = explaining_windows(material)
    best = windows[0].score
    chosen: list[Window] = []
    for window in windows:
        room = LONGEST - sum(other.length for other in chosen)
        if window.score < NEARLY_AS_GOOD * best or len(chosen) == MOST_WINDOWS:
            break
        if not chosen or window.length <= room:
            chosen.append(window)
    quotes = [Quote(window.passage, *span) for window in chosen for span in window.spans]
    return Draft(tuple(by_document(material, quotes)))


def explaining_windows(material: Material) -> list[Window]:
    """One window for each passage of the evidence, best first."""
    best: dict[str, Sentence] = {}
    for sentence in material.sentences[:60]:
        best.setdefault(sentence.passage.id, sentence)
    windows = [_window(sentence) for sentence in best.values()]
    return sorted(windows, key=lambda window: -window.score)


def _window(sentence: Sentence) -> Window:
    passage = sentence.passage
    spans = list(passage.sentences)
    score = sentence.score + (ARGUING if _ARGUES.search(passage.text) else 0.0)
    if passage.kind in {PassageKind.LIST, PassageKind.TABLE_ROW}:
        return Window(passage, ((sentence.start, sentence.end),), sentence.score)
    if len(passage.text) <= WHOLE_PASSAGE:
        return Window(passage, tuple(spans), score)
    at = spans.index((sentence.start, sentence.end))
    first = at
    while first > 0 and LEANING.match(_text(passage, spans[first])) and at - first < BEFORE + 1:
        first -= 1
    return Window(passage, tuple(spans[first : at + AFTER + 1]), score)


def _text(passage: Passage, span: tuple[int, int]) -> str:
    return passage.text[span[0] - passage.start : span[1] - passage.start]
