"""Where a text itself sets things side by side: "In tegenstelling tot de MAG worden in ..."."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answers.material import Material
from assistant.answers.sides import Sides
from assistant.citations import Quote
from assistant.evidence import SentenceScorer
from assistant.scope import find_programmes
from ingest.documents import Passage, PassageKind

# Words by which Dutch says that something differs, changed or stayed.
_CONTRASTS = re.compile(
    r"\b(?:in tegenstelling tot|in plaats van|anders dan|ten opzichte van|in vergelijking|"
    r"vergeleken met|vervang\w*|uitgebreid|toegevoegd|verdwenen|vervallen|geschrapt|aangepast|"
    r"gewijzigd|veranderd\w*|verander(?:t|ing|ingen)|nieuw|opnieuw|niet (?:langer|meer)|"
    r"weer terug|voor het eerst|voortaan|verschil\w*|verschuiving|verbreding|terwijl|"
    r"daarentegen|evenals|zowel|dezelfde|hetzelfde|gelijk aan|"
    r"(?:meer|minder|eerder) (?:\w+ ){0,4}(?:dan|gericht|toegespitst|nadruk|aandacht))\b",
    re.IGNORECASE,
)
# What a window must say of the subject, and what each side that it names adds to that; a side that
# only its heading names adds half.
SUBJECT = 0.4
EACH_SIDE = 0.2
# For each word of contrast, up to a few: who compares, compares more than once.
EACH_CONTRAST = 0.05
MOST_CONTRASTS = 4
# Off a window that speaks of a version that was not asked about.
OTHERS = 0.1
NEARLY_AS_GOOD = 0.75
MOST_WINDOWS = 4
LONGEST = 1_500
# A window of this length says so little a character that it loses a whole point.
SPARSE = 4_000
GAP = 1
LEADING = 2
SAME_WORDS = 0.8
_RUNNING = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST})


@dataclass(frozen=True, slots=True)
class Contrast:
    """Sentences of one passage that speak of the sides together."""

    passage: Passage
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """Its characters, as in the document."""
        return self.passage.cut(self.start, self.end)


def contrasts(material: Material, sides: Sides) -> list[Quote]:
    """The best places that set the sides against each other on their subject, if any do.

    Args:
        material: The evidence.
        sides: What is compared. Municipalities are set against each other by no text of theirs.
    """
    if sides.named is None:
        return []
    reader = _Reader(sides, sides.named, material.scorer)
    documents = (material.index.documents[name] for name in material.searched)
    found = [
        window
        for document in documents
        if len(sides.named(document.text)) > 1
        for passage in document.passages
        if passage.kind in _RUNNING
        for window in reader.windows(passage)
    ]
    found.sort(key=lambda window: -window.score)
    chosen: list[list[Contrast]] = []
    for window in found:
        same = next((group for group in chosen if _same(window, group[0])), None)
        if same:
            same.append(window)
            continue
        length = sum(group[0].end - group[0].start for group in chosen)
        if window.score < NEARLY_AS_GOOD * found[0].score or len(chosen) == MOST_WINDOWS:
            break
        if not chosen or length + window.end - window.start <= LONGEST:
            chosen.append([window])
    return [_quote(first, others) for first, *others in chosen]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a passage for places that set the sides against each other."""

    sides: Sides
    named: Callable[[str], frozenset[str]]
    scorer: SentenceScorer

    def windows(self, passage: Passage) -> Iterator[Contrast]:
        """Runs of sentences in which the sides are named and something differs or changed."""
        under = self._heading(passage)
        for first, last in self._runs(passage, under):
            start, end = passage.sentences[first][0], passage.sentences[last][1]
            text = passage.cut(start, end)
            told = self.named(text)
            sides = told | under
            # Without a subject, all that is said of the sides is on it.
            fit = self.scorer.said(self.sides.subject, text) if self.sides.subject else 1.0
            enough = len(sides) > (0 if self.sides.successive else 1)
            contrasts = len(_CONTRASTS.findall(text))
            if enough and fit >= SUBJECT and contrasts:
                score = fit + EACH_SIDE * (len(told) + len(sides)) / 2 - (end - start) / SPARSE
                score += EACH_CONTRAST * min(contrasts, MOST_CONTRASTS)
                asked = {side.name.lower() for side in self.sides.each}
                others = set(find_programmes(text)) - asked if self.sides.successive else ()
                yield Contrast(passage, start, end, score - OTHERS * bool(others))

    def _heading(self, passage: Passage) -> frozenset[str]:
        """The sides that the nearest heading names, where a change under it tells of them."""
        if not self.sides.successive or not passage.section:
            return frozenset()
        return self.named(passage.section[-1])

    def _runs(self, passage: Passage, under: frozenset[str]) -> Iterator[tuple[int, int]]:
        """First and last sentence of each run, from the passage's beginning where that is near."""
        together = len(self.named(passage.text)) > 1
        runs: list[list[int]] = []
        for n, span in enumerate(passage.sentences):
            text = passage.cut(*span)
            sides = self.named(text)
            changes = _CONTRASTS.search(text)
            goes_on = bool(runs) and runs[-1][1] == n - 1
            if not (sides and (together or changes)) and not (changes and (under or goes_on)):
                continue
            if runs and n - runs[-1][1] <= GAP + 1:
                runs[-1][1] = n
            else:
                runs.append([n, n])
        for first, last in runs:
            yield (0 if first <= LEADING else first), last


def _same(one: Contrast, other: Contrast) -> bool:
    """Whether two places say the same in the same words."""
    first, second = set(one.text.lower().split()), set(other.text.lower().split())
    return len(first & second) >= SAME_WORDS * len(first | second)


def _quote(window: Contrast, others: list[Contrast]) -> Quote:
    also = tuple(Quote(other.passage, other.start, other.end) for other in others)
    return Quote(window.passage, window.start, window.end, also=also)
