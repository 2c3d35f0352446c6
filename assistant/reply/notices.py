"""What the user should know about a letter that was read, in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.phrases import Phrases, load_phrases
from assistant.reply.records import Point
from assistant.reply.sentences import Body, Sentence
from assistant.reply.wording import LetterWording, is_english
from ingest.documents import Reading

MANY_PAGES = 20
"""A letter of more pages is read, with a remark."""
MOST_POINTS = 150
"""Points that are shown at most; the rest of the letter is shown as it is."""
HEAD_REACH = 1_500
"""Characters in which the head of a letter stands."""
_REPLIES = 2  # wordings of a reply from which a text is taken for one
_FILE = Path(__file__).parent.parent.parent / "prompts" / "brieven.toml"


@cache
def sentences_about_letters() -> Phrases:
    """The fixed sentences of this module, read once.

    Raises:
        PhrasesError: If their file is missing or wrong.
    """
    return load_phrases(_FILE)


def no_text(reading: Reading, name: str) -> str:
    """Why a file without text is no letter: a scan, or empty."""
    return sentences_about_letters().say("scan" if reading.unread else "leeg", naam=name)


def locked(name: str) -> str:
    """Why a file with a password is not read, and what to do."""
    return sentences_about_letters().say("wachtwoord", naam=name)


def notices(
    reading: Reading,
    points: Sequence[Point],
    sentences: Sequence[Sentence],
    body: Body,
    wording: LetterWording,
) -> tuple[str, ...]:
    """Remarks on a letter, each a sentence.

    Args:
        reading: What the reader of its format gave.
        points: All points that were found, those that are too many included.
        sentences: All its sentences.
        body: Where its body stands.
        wording: The words by which letters are recognised.
    """
    text, say = reading.text, sentences_about_letters().say
    told = list(reading.notes)
    letter = body.start > 0 or body.end < len(text)
    if is_english(text):
        told.append(say("engels"))
    if not letter and not wording.addressed.search(text[:HEAD_REACH]):
        told.append(say("geen_brief"))
    if len(wording.answers.findall(text)) >= _REPLIES:
        told.append(say("antwoord"))
    if not points:
        told.append(say("geen_punten"))
    if len(reading.pages) > MANY_PAGES:
        told.append(say("lang", bladzijden=len(reading.pages)))
    if len(points) > MOST_POINTS:
        told.append(say("veel_punten", gevonden=len(points), punten=MOST_POINTS))
    if reading.unread:
        told.append(say("onleesbaar", bladzijden=", ".join(map(str, reading.unread))))
    if any(wording.commands.search(sentence.text) for sentence in sentences):
        told.append(say("opdracht"))
    return tuple(told)
