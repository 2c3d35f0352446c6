"""From the words of a question to what it asks for: its kind, its scope, the answer expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.framing import asking, introducing
from assistant.kinds import (
    ASKS_VERDICT,
    ASKS_WHY,
    LIST_NOUN,
    Expected,
    expected_of,
    kind_of,
    mended,
    wanted_statements,
)
from assistant.scope import Scope
from assistant.wording import number_in_words
from ingest.documents import QuestionKind, StatementKind
from ingest.dutch.analysis import QueryWord
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words as normalise

LONGEST_QUESTION = 2_000
# Content words from which a question tells a situation, though it names a place.
A_STORY = 5
_TELLS_OF_SELF = re.compile(
    r"\b(?:mijn|m'n|mn|onze|ons) (?!gemeente\b|raad\b|fractie\b|college\b)[a-z]{3,}\b|"
    r"\bvoor (?:me|mij|ons)\b|\b(?:moet|moeten|kan|kunnen|mag|mogen|krijg|krijgen) "
    r"(?:ik|we|wij)\b|\b(?:ik|we|wij) (?:heb|hebben|ben|zijn|kan|kunnen|moet|"
    r"moeten|krijg|krijgen|zorg|zorgen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        asked: As typed.
        understood: Made whole from the conversation; equal to ``asked`` when nothing was missing.
        kind: The sort of answer it asks for.
        expected: What a factual answer must contain.
        words: Content words, scope words excluded; what the evidence must be about.
        names: The words that name the scope, and the question's own verb ("Wie handelt ...");
            they help to find, but prove nothing.
        number: The number of the point it asks about ("aanbeveling 2"); None without one.
        proper: Normalised words that the question writes with a capital, though no sentence
            begins there: names, which the evidence must name too.
        quoted: Small words that the question puts in quotes ("het 'wat'"), which makes them
            what it is about.
        scope: Municipalities, documents, programmes and years it names.
        wanted: Kinds of statement that a list question names; empty means any.
        wanted_words: The nouns by which the list was asked for ("doelen", "opgaven").
    """

    asked: str
    understood: str
    kind: QuestionKind
    expected: Expected
    words: tuple[QueryWord, ...]
    scope: Scope
    names: tuple[QueryWord, ...] = ()
    number: int | None = None
    proper: frozenset[str] = frozenset()
    quoted: tuple[str, ...] = ()
    wanted: frozenset[StatementKind] = frozenset()
    wanted_words: tuple[str, ...] = ()

    @property
    def gist(self) -> str:
        """Its content words, without the place and the small words that any question has.

        What it asks by these alone is compared in meaning: "de gemeente Borger-Odoorn" is like
        every letterhead of that place. The whole question when it has no content word.
        """
        return " ".join(word.word for word in self.words) or self.understood

    @property
    def is_exact(self) -> bool:
        """Whether only a value of the expected sort can answer it.

        "Wie voert de regie?" may be answered by a role, "Wie is de burgemeester?" only by a name.
        """
        if self.kind is not QuestionKind.FACT or self.expected is Expected.ANYTHING:
            return False
        if self.expected is not Expected.PERSON:
            return True
        return bool(re.match(r"(?:en )?wie (?:is|was|zijn|waren)\b", self.understood.lower()))

    @property
    def asks_verdict(self) -> bool:
        """Whether it asks which goals a monitor judged so: "kregen het oordeel neutraal"."""
        return bool(ASKS_VERDICT.search(self.understood))

    @property
    def asks_why(self) -> bool:
        """Whether it asks for a reason or a cause."""
        return bool(ASKS_WHY.search(self.understood))

    @property
    def is_everyday(self) -> bool:
        """Whether it tells a situation in ordinary words.

        Who names a municipality, a year or a person asks for something exact, unless he tells of
        himself ("Moet mijn dochter in Assen elk jaar opnieuw langskomen?") or at length.
        """
        if len(self.words) < 2:
            return False
        if self.scope == Scope() and not self.proper:
            return True
        only_place = self.scope == Scope(
            municipalities=self.scope.municipalities, words=self.scope.words
        )
        tells = len(self.words) >= A_STORY or bool(_TELLS_OF_SELF.search(self.understood))
        return only_place and tells


def without_halves(text: str) -> str:
    """A text with a space for each half of a character (a lone surrogate), which is no text."""
    return re.sub("[\ud800-\udfff]", " ", text)


def check(question: str) -> str:
    """The question without surrounding space.

    Raises:
        QuestionError: If it is empty, holds no letter or digit, or is too long.
    """
    # Control characters are no text either.
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", without_halves(question)).strip()
    if not text:
        raise QuestionError("Typ eerst een vraag.")
    if not re.search(r"\w", text):
        raise QuestionError("Ik zie alleen leestekens. Typ een vraag in woorden.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"De vraag is {number_in_words(len(text))} tekens lang; "
            f"{number_in_words(LONGEST_QUESTION)} is het meeste. Maak de vraag korter."
        )
    return text


ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
POINT = r"(?:aanbeveling|advies|adviespunt|punt|doel|kader|opgave|uitgangspunt|opdracht)"


def _number(lower: str) -> int | None:
    """The number of the point that is asked about."""
    match = re.search(rf"\b{POINT} (?:nummer |nr\.? )?(\d{{1,2}})\b", lower)
    if match:
        return int(match.group(1))
    match = re.search(rf"\b({'|'.join(ORDINALS)}) {POINT}\b", lower)
    return ORDINALS.index(match.group(1)) + 1 if match else None


def _proper(text: str) -> frozenset[str]:
    """Normalised words with a capital inside a sentence; none when everything is in capitals."""
    if text.isupper():
        return frozenset()
    inside = re.findall(r"(?<![.?!:(] )(?<!^)\b[A-Z][\w-]+", text)
    return frozenset(word for name in inside for word in normalise(name))


# Nouns that only say what sort of value is asked for.
_VALUE_NOUNS = frozenset(
    "datum jaar procent percentage aantal bedrag score cijfer oordeel naam leeftijd plaats "
    "plaatsen".split()
)
# Words that only say what sort of value, by the value that is expected.
_VALUE_WORDS: dict[Expected, frozenset[str]] = {
    Expected.DURATION: frozenset("duren duurt duurde duur lang lopen loopt liep jaren oud".split()),
    Expected.PLACE: frozenset(
        "dorp dorpen kern kernen stad steden wijk wijken oude vroegere voormalige".split()
    ),
    Expected.MONEY: frozenset("kost kosten gekost groot hoog euro geld".split()),
    Expected.NUMBER: frozenset("groot hoog vaak veel".split()),
    Expected.DATE: frozenset(["dag"]),
}
# Verbs and nouns that only frame a question.
_FRAME = re.compile(
    r"(?:be)?schrij(?:f|ft|ven)|ze(?:g|gt|ggen)|verschil(?:t|len)?|vergel\w+|kijk(?:t|en)|noem(?:t|en)|"
    r"versies?|verander\w*|betekent|bedoel\w*|omschrij\w+|verschillend\w*|stukken|documenten|"
    r"afkorting(?:en)?|letters|voldoen|voldoet"
)
# By these a question asks for a reason; a text may give one without the word.
_REASON_NOUN = re.compile(r"reden(?:en)?|oorza(?:ak|ken)|verklaring(?:en)?")
# What is counted is what the question is about, whatever it is: "hoeveel documenten".
_COUNTED = re.compile(r"\bhoeveel (?:\w+e )?([\w-]+)")
_QUOTED = re.compile(
    r"['\"‘“„]([a-z]{2,8})['\"’”]|"
    # "Wie gaat over het wat en wie over het hoe?": with an article a question word is a thing.
    r"\bhet (wat|hoe|waarom)\b"
)


_FINITE = re.compile(
    r"^(?:en |maar )?(?:[a-z]{2,7} (?=welke?\b))?"
    r"(?:(?:wie|wat|waarom|wanneer|waar|waardoor|hoe(?! \w+ (?:is|zijn|was)))\s+|"
    r"(?:welke?|hoeveel)\s+(?:[\w-]+e\s+)?[\w-]+\s+)([a-zë]+)\b",
    re.IGNORECASE,
)


def _finite_verb(text: str) -> str:
    """The question's own verb, which stands second in Dutch; "" when it is not a W-question."""
    match = _FINITE.match(text)
    if not match or match.group(1)[:1].isupper():
        return ""
    return normalise(match.group(1))[0]


def _chapter(lower: str) -> frozenset[str]:
    """The words that name a chapter: they say where to look, not what for."""
    match = re.search(r"\b(hoofdstuk|paragraaf) (\d+(?:\.\d+)*)\b", lower)
    return frozenset(match.groups()) if match else frozenset()


def _is_counted(word: QueryWord, counted: re.Match[str] | None) -> bool:
    return counted is not None and word.asked.lower() == counted[1]


def understand(asked: str, understood: str, words: Sequence[QueryWord], scope: Scope) -> Question:
    """Put a question's parts together.

    Args:
        asked: As typed.
        understood: Made whole from the conversation.
        words: Its content words.
        scope: What it names.
    """
    lower = understood.lower()
    sentence = asking(understood)
    kind = kind_of(sentence, scope)
    asked_for = mended(sentence.lower())
    expected = expected_of(asked_for) if kind is QuestionKind.FACT else Expected.ANYTHING
    dropped = _VALUE_NOUNS | _VALUE_WORDS.get(expected, frozenset()) | _chapter(lower)
    telling = [word for word in words if word.word not in dropped] or list(words)
    counted = _COUNTED.search(asked_for)
    framing = [w for w in telling if _FRAME.fullmatch(w.word) and not _is_counted(w, counted)]
    content = [word for word in telling if word not in framing] or telling
    set_apart = (match[1] or match[2] for match in _QUOTED.finditer(understood.lower()))
    quoted = {word for word in set_apart if word in STOP_WORDS}
    finite = _finite_verb(understood)
    told = introducing(understood, content, scope)
    names = tuple(
        w
        for w in content
        if w.word in scope.words or w.word == finite or _REASON_NOUN.fullmatch(w.word) or w in told
    )
    if kind in {QuestionKind.LIST, QuestionKind.RECOMMENDATION}:
        # The noun that asks for the list is no subject: "doelen" in "doelen over mantelzorg".
        names += tuple(w for w in content if w not in names and LIST_NOUN.fullmatch(w.word))
    if all(word in names for word in content):
        names = tuple(w for w in names if w.word in scope.words)
    wanted, nouns = wanted_statements(lower)
    return Question(
        asked=asked,
        understood=understood,
        kind=kind,
        expected=expected,
        words=tuple(word for word in content if word not in names),
        scope=scope,
        names=names,
        number=_number(lower),
        proper=_proper(understood),
        quoted=tuple(sorted(quoted)),
        wanted=wanted,
        wanted_words=nouns,
    )
