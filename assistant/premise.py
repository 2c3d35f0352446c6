"""A premise that the text contradicts: the question says one thing, the evidence its opposite."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Sentence
from assistant.question import Question
from ingest.dutch.stems import stem
from ingest.dutch.words import words

# Pairs of opposites in policy language; each side is a pattern over lower-case text.
OPPOSITES: tuple[tuple[str, str], ...] = (
    (
        r"verhoogd?|verhoging|gestegen|stijg\w*|toegenomen|toename|omhoog",
        r"verlaagd?|verlaging|gedaald|daling|daalde|afgenomen|afname|omlaag",
    ),
    (
        r"afgewezen|wijst .* af|verworpen|(?:neemt|nemen) .* niet over|"
        r"niet over(?:genomen| te nemen)",
        r"ne(?:mt|men|emt)\b(?!.*\bniet\b).*\bover\b|overneemt|\b(?<!niet )overgenomen|"
        r"over te nemen",
    ),
    (r"\boneens\b|niet (?:mee )?eens", r"\b(?<!niet )(?<!mee )eens\b"),
    (r"ontevreden|niet tevreden", r"\b(?<!niet )tevreden\b"),
    (r"\b(?<!niet )verplicht", r"vrijwillig|niet verplicht"),
    (
        r"afgeschaft|stopp?(?:en|t)|gestopt|beëindig\w*|opgeheven",
        r"voortgezet|voort(?: te )?zetten|behouden|blijf\w* bestaan|blijf werken",
    ),
    (r"mislukt|niet gelukt|faalt", r"geslaagd|succes|\b(?<!niet )gelukt"),
)
_NUMBERS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien twintig"
).split()
_COUNTED = re.compile(
    rf"\b(\d{{1,3}}|één|{'|'.join(_NUMBERS[1:])}|dertig|veertig)(?:tal)? ([a-zë]{{4,}})",
    re.IGNORECASE,
)
# Questions that take a fact for granted; others only ask.
_TAKES_FOR_GRANTED = re.compile(r"(?:en )?(?:waarom|waardoor|hoe komt|hoezo|why)\b")
# A contradiction must be about the same thing: this share of the question in the sentence itself.
SAME_THING = 0.4


def contradicted(question: Question, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence that says the opposite of what the question takes for granted.

    Args:
        question: As understood.
        sentences: Its best evidence, best first.

    Returns:
        None when nothing contradicts the question, or when the evidence says both.
    """
    asked = question.understood.lower()
    if not _TAKES_FOR_GRANTED.match(asked):
        return None
    close = [sentence for sentence in sentences if sentence.own >= SAME_THING]
    for check in (_other_number, _denied, _swapped):
        for sentence in close[:4]:
            if check(asked, plain_text(sentence.text)):
                return sentence
    return _opposite(asked, close)


def plain_text(text: str) -> str:
    """Lower case on one line."""
    return " ".join(text.lower().split())


def _opposite(asked: str, close: Sequence[Sentence]) -> Sentence | None:
    for one, other in OPPOSITES:
        for claimed, opposite in ((one, other), (other, one)):
            if not re.search(claimed, asked) or re.search(opposite, asked):
                continue
            if any(re.search(claimed, plain_text(sentence.text)) for sentence in close):
                continue
            found = (s for s in close if re.search(opposite, plain_text(s.text)))
            return next(found, None)
    return None


def _counts(text: str) -> dict[str, set[str]]:
    """What is counted in a text, by stem, with the numbers given: {"jar": {"4"}}."""
    found: dict[str, set[str]] = {}
    for number, noun in _COUNTED.findall(text):
        plain = words(number)[0]
        value = str(_NUMBERS.index(plain) + 1) if plain in _NUMBERS else plain
        found.setdefault(stem(words(noun)[0]), set()).add(value)
    return found


def _other_number(asked: str, text: str) -> bool:
    """Whether the text counts the same thing with another number."""
    told = _counts(text)
    return any(
        noun in told and not numbers & told[noun] for noun, numbers in _counts(asked).items()
    )


def _denied(asked: str, text: str) -> bool:
    """Whether the text says "geen" before two words in a row that the question affirms."""
    if re.search(r"\b(?:geen|niet|nooit|zonder)\b", asked):
        return False
    for match in re.finditer(r"\bgeen (\w{4,}(?: van)? \w{4,})", text):
        if match.group(1) in asked:
            return True
    return False


def _swapped(asked: str, text: str) -> bool:
    """Whether question and text set the same two things over each other the other way round."""
    sides = [_around_above(asked), _around_above(text)]
    if not all(sides):
        return False
    (above, below), (text_above, text_below) = sides[0], sides[1]
    return bool(above & text_below) and bool(below & text_above) and not above & text_above


def _around_above(text: str) -> tuple[set[str], set[str]]:
    """Stems of the content words before and after "boven"; empty sets without it."""
    before, _, after = text.partition(" boven ")
    if not after:
        return set(), set()
    return (
        {stem(word) for word in words(before)[-8:] if len(word) > 5 and word != "voorkeur"},
        {stem(word) for word in words(after)[:4] if len(word) > 5},
    )
