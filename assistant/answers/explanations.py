"""An explanation: the few sentences that carry it, in reading order.

The sentence that repeats the question's words is seldom the answer: the reason stands next to it.
So an explanation is made of windows: the best sentence of a passage with its neighbours, wider
where the passage argues ("omdat", "daarom", "de reden"). Where "waarom" is asked and no reason is
written down, the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answers.material import Material, by_document
from assistant.citations import Draft, Line, Quote
from assistant.evidence import LEANING, Sentence
from assistant.support import LOOKED_AT
from ingest.documents import IndexedDocument, Passage, PassageKind
from ingest.lists import marker_of

NEARLY_AS_GOOD = 0.78
# A passage of the same section goes on with the explanation, so it may score less.
SAME_SECTION = 0.62
MOST_WINDOWS = 4
LONGEST = 1_800
WHOLE_PASSAGE = 700
# Of what only comes near in meaning.
MOST_NEAREST = 6
LONGEST_NEAREST = 2_200
# Share of the question below which its words are hardly in the evidence.
HARDLY = 0.5
# Share of it that the names above a list must say for all of its items to answer.
NAMED = 0.6
BEFORE, AFTER = 1, 3
# Another sentence of a passage that scores so nearly as well belongs to what it explains.
AS_TELLING = 0.9

_ARGUES = re.compile(
    r"\b(?:reden(?:en)?|omdat|doordat|waardoor|daardoor|daarom|hierdoor|want|immers|aangezien|"
    r"zodat|vanwege|wegens|dankzij|gevolg|oorzaak|namelijk|hiermee|daarmee|om te|meerwaarde|"
    r"vanuit de gedachte|op deze wijze|hiervoor|daarvoor)\b",
    re.IGNORECASE,
)
ARGUING = 0.12
# By these a text gives a reason, or a purpose, which answers "waarom" too.
_REASONS = re.compile(
    r"\b(?:reden(?:en)?|oorza(?:ak|ken)|omdat|doordat|waardoor|daardoor|hierdoor|daarom|vandaar|"
    r"want|immers|aangezien|vanwege|wegens|dankzij|gevolg van|namelijk|zodat|teneinde|bedoeld om|"
    r"om (?:\w+ ){1,8}te|zorgt ervoor|zorgen ervoor|met het oog op|met als doel|gelet op|"
    r"gezien de)\b",
    re.IGNORECASE,
)


_ANNOUNCES = re.compile(
    r"\b(?:de|het) volgende\b|\bals volgt\b|\bhieronder\b|\b(?:twee|drie|vier|vijf|zes|zeven|acht|"
    r"negen|tien|enkele|verschillende|diverse)\b.*\b(?:genoemd|benoemd|onderscheiden|gesteld|"
    r"geformuleerd)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\W*(?:daarnaast|bovendien|verder|tot slot|ten slotte|tevens)\b", re.I)


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
    other_words = says_otherwise(material)
    chosen = nearest_windows(material) if other_words else _best(explaining_windows(material))
    scored = {(s.passage.id, (s.start, s.end)): s for s in material.sentences}
    spans = {
        (key := (part.passage.id, span)): (
            scored[key].quote() if key in scored else Quote(part.passage, *span)
        )
        for window in chosen
        for part in (window, *announced(window, material.index.documents))
        for span in part.spans
    }
    lines = by_document(material, list(spans.values()))
    if other_words:
        lines.insert(0, Line(material.phrases.say("andere_woorden")))
    elif material.question.asks_why and not any(
        _gives_reason(window, material) or _lists_reasons(window, material) for window in chosen
    ):
        lines.insert(0, Line(material.phrases.say("geen_reden")))
    return Draft(tuple(lines))


def _best(windows: Sequence[Window]) -> list[Window]:
    """The best windows, and those nearly as good, sooner when they stand in the same section."""
    chosen: list[Window] = []
    for window in windows:
        near = window.passage.section == windows[0].passage.section
        if window.score < (SAME_SECTION if near else NEARLY_AS_GOOD) * windows[0].score:
            continue
        room = LONGEST - sum(other.length for other in chosen)
        if not chosen or (window.length <= room and len(chosen) < MOST_WINDOWS):
            chosen.append(window)
    return chosen


def says_otherwise(material: Material) -> bool:
    """Whether the question's own words are hardly in the evidence, so that it may say it otherwise.

    The answer then shows a few more places, and says that it does.
    """
    best = max((sentence.support for sentence in material.sentences[:LOOKED_AT]), default=0.0)
    return best < HARDLY


def nearest_windows(material: Material) -> list[Window]:
    """What the passages that come nearest in meaning say, for when words do not tell.

    A short passage is shown whole; of a long one the sentence that is nearest in meaning, with
    its neighbours.
    """
    sentences: dict[str, list[Sentence]] = {}
    for sentence in material.sentences:
        sentences.setdefault(sentence.passage.id, []).append(sentence)
    chosen: list[Window] = []
    room = LONGEST_NEAREST
    for hit in material.hits:
        told = sentences.get(hit.passage.id)
        if hit.passage.kind is PassageKind.HEADING or not told:
            continue
        spans = hit.passage.sentences
        if len(hit.passage.text) > WHOLE_PASSAGE:
            nearest = max(told, key=lambda s: s.dense + s.own / 2)
            at = spans.index((nearest.start, nearest.end))
            spans = spans[max(0, at - 1) : at + 2]
        window = Window(hit.passage, spans, hit.score)
        if window.length > room or len(chosen) == MOST_NEAREST:
            break
        chosen.append(window)
        room -= window.length
    return chosen


def announced(window: Window, documents: Mapping[str, IndexedDocument]) -> list[Window]:
    """The list that a window announces: what follows a last sentence that ends with a colon.

    Or one that says so: "Er worden drie effecten genoemd."
    """
    last = window.passage.cut(*window.spans[-1]).rstrip()
    at_end = window.spans[-1] == window.passage.sentences[-1]
    if not last.endswith(":") and not (at_end and _ANNOUNCES.search(last)):
        return []
    passages = documents[window.passage.document_id].passages
    at = next(n for n, passage in enumerate(passages) if passage.id == window.passage.id)
    found: list[Window] = []
    for passage in passages[at + 1 :]:
        length = sum(part.length for part in found) + len(passage.text)
        same = passage.section == window.passage.section
        if not same or length > LONGEST:
            break
        if passage.kind is not PassageKind.LIST:
            if found and _GOES_ON.match(passage.text):
                # "Daarnaast ..." under the items is one more of them.
                found.append(Window(passage, passage.sentences[:2], window.score))
            break
        found.append(Window(passage, passage.sentences, window.score))
    return found


def explaining_windows(material: Material) -> list[Window]:
    """One window for each passage of the evidence, best first."""
    best: dict[str, Sentence] = {}
    last: dict[str, int] = {}
    for sentence in material.sentences[:60]:
        first = best.setdefault(sentence.passage.id, sentence)
        if sentence.score >= AS_TELLING * first.score:
            last[sentence.passage.id] = max(last.get(sentence.passage.id, 0), sentence.start)
    windows = [
        Window(sentence.passage, ((sentence.passage.start, sentence.passage.end),), sentence.score)
        if _answers_by_list(sentence.passage, material)
        else _window(sentence, last[sentence.passage.id])
        for sentence in best.values()
    ]
    return sorted(windows, key=lambda window: -window.score)


def _gives_reason(window: Window, material: Material) -> bool:
    """Whether a reason stands in a sentence that is about the question, or leans on one."""
    before = ""
    for span in window.spans:
        text = window.passage.cut(*span)
        about = f"{before} {text}" if LEANING.match(text) else text
        if _REASONS.search(text) and material.scorer.said(material.question.words, about) >= HARDLY:
            return True
        before = text
    return False


def _answers_by_list(passage: Passage, material: Material) -> bool:
    """Whether the items of a list answer together: what they stand under repeats the question.

    Why something is so must be announced; what is done about it may stand under its theme.
    """
    if passage.kind is PassageKind.PARAGRAPH or len(passage.text) > WHOLE_PASSAGE:
        return False
    question, said = material.question, material.scorer.said
    if question.asks_why:
        announced_so = said(question.words, passage.lead_in) >= HARDLY
        return passage.kind is PassageKind.LIST and announced_so
    named = "\n".join((passage.row, passage.lead_in, *passage.section[-2:]))
    return said(question.words, named) >= NAMED


def _lists_reasons(window: Window, material: Material) -> bool:
    """Whether a sentence about the question announces a list, as in "Dit is niet eenvoudig:"."""
    if _answers_by_list(window.passage, material):
        return True
    if not announced(window, material.index.documents):
        return False
    text = " ".join(window.passage.cut(*span) for span in window.spans)
    return material.scorer.said(material.question.words, text) >= HARDLY


def _window(sentence: Sentence, last: int) -> Window:
    """A sentence with its neighbours.

    Args:
        sentence: The one of its passage that says most.
        last: Where the last one begins that says nearly as much; it belongs to the window too.
    """
    passage = sentence.passage
    spans = list(passage.sentences)
    score = sentence.score + (ARGUING if _ARGUES.search(passage.text) else 0.0)
    if _has_several_items(passage):
        return Window(passage, ((sentence.start, sentence.end),), sentence.score)
    if len(passage.text) <= WHOLE_PASSAGE:
        return Window(passage, tuple(spans), score)
    at = spans.index((sentence.start, sentence.end))
    first = at
    while first > 0 and LEANING.match(passage.cut(*spans[first])) and at - first < BEFORE + 1:
        first -= 1
    if first == 1 and at > 1:
        first = 0  # what opens the passage tells what it is about
    until = at + AFTER
    while until + 1 < len(spans) and spans[until + 1][0] <= last and until - at < 2 * AFTER:
        until += 1
    return Window(passage, tuple(spans[first : until + 1]), score)


def _has_several_items(passage: Passage) -> bool:
    """Whether a passage is a list or table of its own, not one item with its explanation."""
    if passage.kind not in {PassageKind.LIST, PassageKind.TABLE_ROW}:
        return False
    return sum(marker_of(passage.cut(*span)) is not None for span in passage.sentences) != 1
