"""From the words of a question to what it asks for: its kind, its scope, the answer expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from wordfreq import zipf_frequency

from assistant.errors import QuestionError
from assistant.scope import Scope
from assistant.wording import number_in_words
from ingest.documents import QuestionKind, StatementKind
from ingest.dutch.analysis import QueryWord
from ingest.dutch.stopwords import QUESTION_WORDS, STOP_WORDS
from ingest.dutch.words import words as normalise

LONGEST_QUESTION = 2_000
SHORTEST_MENDED = 5  # letters
_TELLS_OF_SELF = re.compile(
    r"\b(?:mijn|onze|ons) (?:man|vrouw|partner|kind\w*|zoon|dochter|vader|moeder|ouders?|opa|oma|"
    r"broer|zus|buur\w*|gezin|huis\w*)\b|\b(?:moet|moeten|kan|kunnen|mag|mogen|krijg|krijgen) "
    r"(?:ik|we|wij)\b|\b(?:ik|we|wij) (?:heb|hebben|ben|zijn|kan|kunnen|moet|"
    r"moeten|krijg|krijgen|zorg|zorgen)\b",
    re.IGNORECASE,
)


class Expected(StrEnum):
    """What a factual question wants to see in its answer."""

    NUMBER = "number"
    MONEY = "money"
    PERCENTAGE = "percentage"
    DATE = "date"
    YEAR = "year"
    DURATION = "duration"
    PERSON = "person"
    NAME = "name"
    PLACE = "place"
    CONTACT = "contact"
    ANYTHING = "anything"


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
        return bool(_ASKS_VERDICT.search(self.understood))

    @property
    def asks_why(self) -> bool:
        """Whether it asks for a reason or a cause."""
        return bool(_ASKS_WHY.search(self.understood))

    @property
    def is_everyday(self) -> bool:
        """Whether it tells a situation in ordinary words.

        Who names a municipality, a year or a person asks for something exact, unless he tells of
        himself: "Moet mijn dochter in Assen elk jaar opnieuw langskomen?".
        """
        if len(self.words) < 2:
            return False
        if self.scope == Scope() and not self.proper:
            return True
        only_place = self.scope == Scope(
            municipalities=self.scope.municipalities, words=self.scope.words
        )
        return only_place and bool(_TELLS_OF_SELF.search(self.understood))


def check(question: str) -> str:
    """The question without surrounding space.

    Raises:
        QuestionError: If it is empty, holds no letter or digit, or is too long.
    """
    # Control characters and halves of a character (lone surrogates) are no text.
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", " ", question).strip()
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


# Nouns that ask for a list of statements, with the kinds of statement that they mean. "resultaat"
# and "effect" stand beside the goals because agendas name their goals so.
LIST_NOUNS: dict[str, frozenset[StatementKind]] = {
    r"doel(?:en|stelling(?:en)?)?|subdoel(?:en)?|streefdoel(?:en)?": frozenset(
        {StatementKind.GOAL}
    ),
    r"ambities?|opgaven?|speerpunt(?:en)?|prioriteiten|"
    r"(?:beoogde |maatschappelijke )?(?:resultaten|effecten)": frozenset({StatementKind.GOAL}),
    r"indicator(?:en)?|prestatie-?indicator(?:en)?|kpi'?s?|metingen?|meetpunten|streefcijfers": (
        frozenset({StatementKind.INDICATOR})
    ),
    r"kaders?|beleidskaders?|uitgangspunt(?:en)?|principes?|kernwaarden?|randvoorwaarden|"
    r"spelregels|voorwaarden": frozenset({StatementKind.PRINCIPLE}),
    r"maatregel(?:en)?|acties?|activiteiten|projecten|inspanningen|aanpak": frozenset(
        {StatementKind.MEASURE}
    ),
    r"ontwikkelopdracht(?:en)?|opdrachten|deelopdrachten": frozenset(
        {StatementKind.ASSIGNMENT}
    ),
    r"aanbeveling(?:en)?|adviezen": frozenset({StatementKind.RECOMMENDATION}),
    r"toezegging(?:en)?|beloftes?|afspraken": frozenset({StatementKind.PROMISE}),
    r"conclusies?|bevinding(?:en)?|knelpunten": frozenset({StatementKind.FINDING}),
}

LIST_NOUN = re.compile("|".join(f"(?:{pattern})" for pattern in LIST_NOUNS))
_LIST_OPENING = re.compile(
    r"\b(?:welke|wat\s+zijn|wat\s+voor|noem|geef|som|toon|laat|schrijf|vertel|alle|lijst|"
    r"overzicht|hoeveel|which|what\s+are|list|wat\s+staat\s+er\s+(?:\w+\s+){0,4}aan)\b"
)

_RECOMMENDATION = re.compile(
    r"\b(?:aanbeveling(?:en)?|aanbevolen|aanbevelen|beveelt|adviezen|adviseert|adviseerde|"
    # "Volgens het advies" says where it stands, and asks for no advice.
    r"(?<!volgens het )(?<!volgens dit )advies|geadviseerd|toezegging(?:en)?|toegezegd|"
    r"belo(?:oft|ofde|ven|ofd)|"
    r"neemt?\b.*\bover(?: en\b.*|\W*$)|overgenomen|"
    r"recommend\w*)\b"
    r"|\bzegt\b.*\btoe\b|\breage(?:ert|erde|ren)\b|\breactie\b|\b(?:be)?antwoord(?:t|de|den|en)?\b"
)
_COMPARISON = re.compile(
    r"\bverschil(?:t|len|lend)?\b|\bvergelijk\w*|\bten opzichte van\b|\banders dan\b"
    r"|\bovereenkomsten (?:tussen|met)\b|\bbeide gemeenten\b|\b(?:compare|difference)\b"
    r"|\b(?:alle|de) (?:twee|drie|vier|vijf|gemeenten)\b.*\b(?:gemeenten|versies|agenda'?s)\b"
    r"|^(?:en )?hoe\b.*\b(?:de|alle|verschillende|andere) gemeenten\b"
    r"|\bveranderd?e?\b.*\btoen\b|\bverandering(?:en)?\b"
    r"|: ?wie doet wat\b"
    r"|\b(?:meer of minder|hoger of lager|groter of kleiner|beter of slechter)\b.*\bdan\b"
)
_DEFINITION = re.compile(
    r"^(?:wat|wie) (?:is|zijn|was|waren) (?!er\b)(?:(?:de|het|een|'t) )?"
    r"(?:['\"‘“„]?[\w.’'-]+['\"’”]?(?: (?:de|het|een|in|van|op|voor|en|\w+)){0,4})"
    r"(?: volgens .*| in .*| van .*)?$"
    r"|^(?:wat of wie|wie of wat) (?:is|zijn)\b"
    r"|\bwat betekent\b(?! (?:het|dit|dat) (?:als|dat|voor|wanneer)\b)|\bbedoel(?:t|d|en|de)\b"
    r"|\bwat houdt\b.*\bin\b|\bwat verstaat\b|\bbetekenis\b|\bwaar sta(?:at|an)\b.*\bvoor\b"
    r"|^wat (?:hoort|horen|valt|vallen|behoort|behoren)\b.*\b(?:bij|onder|tot)\b"
    r"|\bdefinitie\b|\bbegrip\b|\bwhat is\b|\bwat wordt\b.*\bverstaan\b"
)
# "Wat is het effect van A op B?" asks what one thing does to another, and for no meaning.
_RELATES = re.compile(
    r"^wat (?:is|was|zijn|waren)\b.*\b(?:effect|invloed|gevolg|verband)(?:en)?\b"
    r".*\b(?:op|voor|tussen)\b"
)
_WHO_IS_NAME = re.compile(r"^[Ww]ie (?:is|zijn) (?:de |het )?[A-Z][\w!-]+(?: [\w!-]+){0,4}[?. ]*$")
_WHERE_TO_BEGIN = re.compile(
    r"^waar (?:begin|moet ik|kan ik)\b.*\b(?:begin|beginnen|lezen|vinden)\b|^waar begin ik\b"
)
# "Hoeveel ruimte krijgt een team?" asks for no figure.
_UNCOUNTED = (
    r"(?:ruimte|vrijheid|aandacht|invloed|vertrouwen|zeggenschap|regie|belang|waarde|moeite|"
    r"geduld|begrip|energie|last|zin)\b"
)
_EXACT_OPENING = re.compile(
    rf"^(?:en )?(?:wie|wanneer|hoeveel(?! {_UNCOUNTED})|op welke datum|in welk jaar)\b"
    r"|^(?:en )?hoe (?:heet|heten|heette|luidt)\b"
)
# "Wie worden bedoeld met partners?" asks for a meaning, not for a person.
_ASKS_MEANING = re.compile(
    r"^(?:wie|wat|welke)\b.*\b(?:bedoeld met|bedoelen .*\bmet|verstaan onder|verstaat .*\bonder)\b"
    r"|^(?:wie|wat)\b.*\bmet\b.*\bbedoeld\b"
)
_WHY = re.compile(r"^(?:en |maar )?waarom\b")
_ASKS_VERDICT = re.compile(
    r"\b(?:oordeel|oordelen|beoordeel\w*|beoordeling|scoor\w*)\b", re.IGNORECASE
)
_ASKS_WHY = re.compile(
    r"^(?:en |maar |dus )?(?:waarom|waardoor|waartoe|why)\b|\bhoe komt het\b|\boorza(?:ak|ken)\b"
    r"|\b(?:wat|welke) (?:is|was|zijn|waren)?\b.*\bredenen?\b|\bom welke redenen?\b"
    r"|\bwelke verklaring(?:en)?\b",
    re.IGNORECASE,
)
_FACT_OPENING = re.compile(
    r"^(?:en )?(?:(?:aan|bij|door|in|met|na|naar|onder|op|over|per|rond|sinds|tot|tussen|uit|van|"
    r"vanaf|volgens|voor) )?(?:welk|welke|waar|wie)\b"
)
_EXPLANATION = re.compile(
    r"^(?:en |maar |dus )?(?:waarom|hoe(?!veel|\s+(?:lang|groot|hoog|vaak|veel|oud|laat|duur)\b)"
    r"|waardoor|waartoe|waarvoor|wat (?:schrijft|zegt|vindt|vinden|doet|doen|kan|kunnen|gebeurt)"
    r"|why|how(?! many| much| long))\b|\bhoe komt\b|\bredenen?\b|\bleg uit\b|\boorza(?:ak|ken)\b"
    r"|\bwelke verklaring(?:en)?\b"
)

_EXPECTED: tuple[tuple[Expected, str], ...] = (
    (
        Expected.CONTACT,
        r"\b(?:adres|telefoonnummer|telefoon|e-?mail(?:adres)?|website|openingstijden|postcode|"
        r"bankrekening|address|phone)\b",
    ),
    (Expected.PERCENTAGE, r"\b(?:hoeveel procent|percentage|welk deel|welk aandeel|percent)\b"),
    (
        Expected.MONEY,
        r"\b(?:hoeveel|hoe (?:groot|hoog))\b.*\b(?:bedrag(?:en)?|kost(?:en|te)?|budget|"
        r"subsidie(?:bedrag(?:en)?)?|euro|begroot|geld|begroting)\b|"
        r"\b(?:wat|welke?)\b.*\b(?:\w*bedrag(?:en)?|kost(?:te)?|\w*budget|aan geld)\b|"
        r"^(?:en )?wat (?:is|was|werd|wordt|heeft)\b.*\b(?:uitgegeven|besteed)\b|"
        r"\bhoeveel (?:geeft|gaf|gaven|geven|kost|kostte|betaalt|krijgt|kreeg|ontvangt|ontving)\b",
    ),
    (
        Expected.DURATION,
        r"\b(?:hoe lang|hoelang|looptijd|duur|hoeveel (?:jaar|maanden|weken)|hoe oud|"
        r"(?:welke|wat is de) (?:\w+ ){0,2}\w*leeftijd)\b",
    ),
    (Expected.YEAR, r"\b(?:welk jaar|in welk jaar|sinds wanneer|vanaf wanneer)\b"),
    (Expected.DATE, r"\b(?:wanneer|welke datum|welke dag|when)\b"),
    (
        Expected.NUMBER,
        rf"\b(?:hoeveel(?! {_UNCOUNTED})|hoe veel|hoe vaak|hoe groot|hoe hoog|aantal|"
        r"welk \w*cijfer|wat voor \w*cijfer|welke score|"
        r"wat (?:was|is) (?:\w+ ){0,3}de score|how many|how much)\b",
    ),
    (
        Expected.PERSON,
        r"\bhoe (?:heet|heten|heette) (?:de |het )?(?:burgemeester|wethouder|voorzitter|directeur|"
        r"\w*secretaris|griffier|minister|onderzoeker)\b",
    ),
    (Expected.NAME, r"\bhoe (?:heet|heten|heette)\b"),
    (
        Expected.PLACE,
        r"^(?:en )?(?:in|bij|uit|voor|tussen|van) welke (?:plaats|plaatsen|dorp|dorpen|kern|kernen|"
        r"stad|steden|wijk|wijken|gemeenten?)\b",
    ),
    (Expected.PERSON, r"^(?:en )?(?:wie|door wie|met wie|van wie|welke? (?:bureau|organisatie))\b"),
)


# Who asks what somebody wants to reach asks for goals, without the word.
_WANTS_TO_REACH = re.compile(
    r"\bwat (?:wil|willen|wilde|wilden) .*\bbereiken\b|\bwaar stre(?:eft|ven) .*\bnaar\b"
)


def wanted_statements(text: str) -> tuple[frozenset[StatementKind], tuple[str, ...]]:
    """The kinds of statement that a question names, and the nouns by which it does.

    Args:
        text: The question in lower case.
    """
    kinds: set[StatementKind] = set()
    nouns: list[str] = []
    for pattern, meant in LIST_NOUNS.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", text):
            kinds |= meant
            nouns.append(match.group())
    if _WANTS_TO_REACH.search(text):
        kinds.add(StatementKind.GOAL)
    if StatementKind.GOAL in kinds:
        # A goal is answered together with how it is measured.
        kinds.add(StatementKind.INDICATOR)
    return frozenset(kinds), tuple(nouns)


# What comes before a question and only says who asks, or that somebody does.
_PREAMBLE = re.compile(
    r"^(?:ik ben (?:een )?(?:nieuwe? )?(?:raadslid|ambtenaar|inwoner|wethouder|\w*medewerker)\b"
    r"[^:.?]*[:.]\s*|"
    r"(?:voor (?:het|de) \w*(?:debat|commissie|vergadering)[^:.?,]*,?\s*)?"
    r"(?:wil|zou|wilde) ik (?:graag )?(?:willen )?weten,?\s*|"
    r"voor (?:het|de) \w*(?:debat|commissie|vergadering)[^:.?]*?(?:weten|vraag)\b[:,]?\s*|"
    r"(?:in|tijdens|na) (?:het|de) \w*(?:debat|commissie|vergadering|raad)\b[^:.?,]*?\bvraag\b"
    r"(?: (?:op|gesteld|naar voren|aan de orde))?[:,]?\s*(?=waarom|hoe|wat|wie|welke)|"
    r"ik (?:wil|zou) (?:graag )?(?:willen )?weten,?\s*|"
    r"(?:kunt|kun|kan|zou|wilt|wil) (?:u|je|jij) (?:(?:me|mij|ons) )?(?:kunnen |willen )?"
    r"(?:vertellen|zeggen|uitleggen|aangeven|laten weten),?\s*|"
    r"(?:weet|weten) (?:u|je|jullie|iemand)(?: ook)?,?\s+(?=(?:wie|wat|waar|wanneer|welke?|hoe)))",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\s+(?:(?:kunt|kun|kan|wilt|wil) (?:u|je|jij) (?:dat|dit|het) (?:\w+ ){0,3}\w+\??|"
    r"(?:alvast )?(?:bedankt|dank u|dank je)\W*)$",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """A question without what only says who asks, or thanks for the answer.

    "Ik ben raadslid: waarom stijgen de kosten? Alvast bedankt." asks why the costs rise.
    """
    asked = _AFTERWARDS.sub("", _PREAMBLE.sub("", text))
    return asked[:1].upper() + asked[1:] if asked != text and len(asked.split()) > 1 else text


_ASKS = re.compile(
    r"(?:en |maar |dus )?(?:(?:aan|bij|door|in|met|op|sinds|uit|van|vanaf|voor) )?"
    r"(?:wie|wat|waar\w*|wanneer|welke?|hoe\w*)\b",
    re.IGNORECASE,
)


def asking(text: str) -> str:
    """The sentence that asks, where others only tell: the first one with a question mark.

    "Het beroep op hulp stijgt, maar het aantal jongeren niet. Hoe komt dat?" asks for a cause.
    """
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z‘“'\"])", text.strip())
    asked = [s for s in sentences if s.endswith("?") and _ASKS.match(s)]
    return asked[0] if len(sentences) > 1 and asked else text


def kind_of(text: str, scope: Scope) -> QuestionKind:
    """The kind of a question, from its opening words and the scope it names.

    Args:
        text: The whole question.
        scope: What it names.
    """
    lower = _mended(re.sub(r"[?!.]+$", "", text.lower()).strip())
    return next(
        (kind for kind, says_so in _KIND_RULES if says_so(text, lower, scope)),
        QuestionKind.EXPLANATION,
    )


_OPENINGS = ("hoeveel", "wanneer", "waarom", "waardoor", "welke")


def _mended(lower: str) -> str:
    """A question whose first word is a question word with a letter wrong: "hoevel", "waneer"."""
    first, _, rest = lower.partition(" ")
    if len(first) < SHORTEST_MENDED or first in QUESTION_WORDS or zipf_frequency(first, "nl") > 2:
        return lower
    near = get_close_matches(first, _OPENINGS, n=1, cutoff=0.8)
    return f"{near[0]} {rest}" if near else lower


def _asks_list(lower: str) -> bool:
    if re.search(r"\bhoeveel\b|^(?:en )?wat (?:vindt|vinden|vond|vonden)\b", lower):
        return False
    if _ASKS_VERDICT.search(lower) and re.match(r"welke\b", lower):
        return True
    kinds, nouns = wanted_statements(lower)
    keywords = bool(nouns) and lower.startswith(nouns)  # "kaders subsidie", without a verb
    opens = keywords or _LIST_OPENING.search(lower) or _WANTS_TO_REACH.search(lower)
    return bool(kinds and opens)


def _asks_meaning(lower: str) -> bool:
    # "Wat zijn 'kwetsbare inwoners'?": quotation marks only set the term apart.
    return bool(_DEFINITION.search(re.sub("[‘’“”„\"']", "", lower)))


# The first rule that holds decides; none of them means an explanation.
_KIND_RULES: tuple[tuple[QuestionKind, Callable[[str, str, Scope], bool]], ...] = (
    (
        QuestionKind.COMPARISON,
        lambda text, lower, scope: bool(_COMPARISON.search(lower)) or _compares(lower, scope),
    ),
    (QuestionKind.DEFINITION, lambda text, lower, scope: bool(_ASKS_MEANING.match(lower))),
    (QuestionKind.DEFINITION, lambda text, lower, scope: bool(_WHO_IS_NAME.match(text))),
    (QuestionKind.EXPLANATION, lambda text, lower, scope: bool(_WHERE_TO_BEGIN.match(lower))),
    (QuestionKind.FACT, lambda text, lower, scope: bool(_EXACT_OPENING.match(lower))),
    (QuestionKind.RECOMMENDATION, lambda text, lower, scope: bool(_RECOMMENDATION.search(lower))),
    (QuestionKind.EXPLANATION, lambda text, lower, scope: bool(_WHY.match(lower))),
    (QuestionKind.LIST, lambda text, lower, scope: _asks_list(lower)),
    (QuestionKind.FACT, lambda text, lower, scope: _expected(lower) is not Expected.ANYTHING),
    (QuestionKind.FACT, lambda text, lower, scope: bool(_RELATES.match(lower))),
    (QuestionKind.DEFINITION, lambda text, lower, scope: _asks_meaning(lower)),
    (QuestionKind.EXPLANATION, lambda text, lower, scope: bool(_EXPLANATION.search(lower))),
    (QuestionKind.FACT, lambda text, lower, scope: bool(_FACT_OPENING.match(lower))),
)


def _compares(lower: str, scope: Scope) -> bool:
    if _asks_list(lower):
        return False  # a list stands by municipality and programme already
    several = len(scope.municipalities) > 1 or len(scope.programmes) > 1
    return several and not re.search(rf"\bhoeveel\b(?! {_UNCOUNTED})|^wanneer\b|^wie\b", lower)


_NEXT_PART = re.compile(
    r",?\s+(?:en|and)\s+(?=(?:(?:uit|in|op|bij|door|met|van|voor|vanaf)\s+)?"
    r"(?:hoe\w*|wie|wat|wanneer|waar\w*|welke?)\b)",
    re.IGNORECASE,
)


def parts_of(question: str) -> list[str]:
    """The questions that are asked in one: "Wie deed het onderzoek en wanneer?" asks two."""
    return [part.strip() for part in _NEXT_PART.split(question) if part.strip()]


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


def _expected(lower: str) -> Expected:
    return next(
        (kind for kind, pattern in _EXPECTED if re.search(pattern, lower)), Expected.ANYTHING
    )


# Nouns that only say what sort of value is asked for.
_VALUE_NOUNS = frozenset(
    "datum jaar procent percentage aantal bedrag score cijfer oordeel naam leeftijd plaats "
    "plaatsen".split()
)
# Words that only say what sort of value, by the value that is expected.
_VALUE_WORDS: dict[Expected, frozenset[str]] = {
    Expected.DURATION: frozenset("duren duurt duurde duur lang lopen loopt liep jaren oud".split()),
    Expected.PLACE: frozenset("dorp dorpen kern kernen stad steden wijk wijken".split()),
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
# A sentence with so many content words asks by itself; what stands before it only introduces.
ENOUGH_ASKED = 3
# By these a question asks for a reason; a text may give one without the word.
_REASON_NOUN = re.compile(r"reden(?:en)?|oorza(?:ak|ken)|verklaring(?:en)?")
# What is counted is what the question is about, whatever it is: "hoeveel documenten".
_COUNTED = re.compile(r"\bhoeveel (?:\w+e )?([\w-]+)")
_QUOTED = re.compile(r"['\"‘“„]([a-z]{2,8})['\"’”]")


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


_POINTS_BACK = re.compile(
    r"\b(?:die|dat|deze|dit|zij|ze|hij|hem|haar|hun|hen|het|daar\w*|er\w*|zo'?n)\b", re.IGNORECASE
)


def _introducing(text: str, content: Sequence[QueryWord], scope: Scope) -> tuple[QueryWord, ...]:
    """The words of sentences that come before the one that asks, when that one asks enough.

    "Ik werk aan een overzicht van de afspraken. Hoeveel indicatoren heeft het addendum?"
    """
    sentence = asking(text)
    if sentence == text or _POINTS_BACK.search(sentence):
        return ()
    asked = set(normalise(sentence)) - scope.words
    own = [word for word in content if set(normalise(word.asked)) <= asked]
    if len(own) < ENOUGH_ASKED:
        return ()
    return tuple(word for word in content if word not in own)


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
    kind = kind_of(asking(understood), scope)
    asked_for = _mended(asking(understood).lower())
    expected = _expected(asked_for) if kind is QuestionKind.FACT else Expected.ANYTHING
    dropped = _VALUE_NOUNS | _VALUE_WORDS.get(expected, frozenset()) | _chapter(lower)
    telling = [word for word in words if word.word not in dropped] or list(words)
    counted = _COUNTED.search(asked_for)
    framing = [w for w in telling if _FRAME.fullmatch(w.word) and not _is_counted(w, counted)]
    content = [word for word in telling if word not in framing] or telling
    quoted = {word for word in _QUOTED.findall(understood.lower()) if word in STOP_WORDS}
    finite = _finite_verb(understood)
    told = _introducing(understood, content, scope)
    names = tuple(
        w
        for w in content
        if w.word in scope.words or w.word == finite or _REASON_NOUN.fullmatch(w.word) or w in told
    )
    if kind is QuestionKind.LIST:
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
