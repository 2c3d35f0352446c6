"""What kind of answer a question asks for, by the words with which Dutch asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from enum import StrEnum

from wordfreq import zipf_frequency

from assistant.scope import Scope
from ingest.documents import QuestionKind, StatementKind
from ingest.dutch.stopwords import QUESTION_WORDS

SHORTEST_MENDED = 5  # letters


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


# Nouns that ask for a list of statements, with the kinds of statement that they mean. "resultaat"
# and "effect" stand beside the goals because agendas name their goals so.
LIST_NOUNS: dict[str, frozenset[StatementKind]] = {
    r"doel(?:en|stelling(?:en)?)?|subdoel(?:en)?|streefdoel(?:en)?": frozenset(
        {StatementKind.GOAL}
    ),
    r"ambities?|opgaven?|speerpunt(?:en)?|prioriteiten|"
    r"(?:beoogde |maatschappelijke )?(?:resultaten|effecten)": frozenset({StatementKind.GOAL}),
    r"indicator(?:en)?|prestatie-?indicator(?:en)?|kpi'?s?|kpi-lijst(?:je)?|metingen?|"
    r"meetpunten|streefcijfers": (frozenset({StatementKind.INDICATOR})),
    r"kaders?|beleidskaders?|uitgangspunt(?:en)?|principes?|kernwaarden?|randvoorwaarden|"
    r"spelregels|voorwaarden": frozenset({StatementKind.PRINCIPLE}),
    r"maatregel(?:en)?|acties?|activiteiten|projecten|inspanningen|aanpak": frozenset(
        {StatementKind.MEASURE}
    ),
    r"ontwikkelopdracht(?:en)?|opdrachten|deelopdrachten|opdracht(?= aan\b)": frozenset(
        {StatementKind.ASSIGNMENT}
    ),
    r"aanbeveling(?:en)?|adviezen": frozenset({StatementKind.RECOMMENDATION}),
    r"toezegging(?:en)?|beloftes?|afspraken": frozenset({StatementKind.PROMISE}),
    r"conclusies?|bevinding(?:en)?|knelpunten": frozenset({StatementKind.FINDING}),
}

LIST_NOUN = re.compile("|".join(f"(?:{pattern})" for pattern in LIST_NOUNS))
_LIST_OPENING = re.compile(
    r"\b(?:welke|wat\s+zijn|wat\s+is\s+(?:\w+\s+)?de\s+(?:\w+\s+)?opdracht|wat\s+voor|"
    r"noem|geef|som|toon|laat|schrijf|vertel|alle|lijst|"
    r"lijstje|rijtje|rij zetten|op een rij|opsomming|"
    r"overzicht|hoeveel|which|what\s+are|list|wat\s+staat\s+er\s+(?:\w+\s+){0,4}aan)\b"
)

_RECOMMENDATION = re.compile(
    r"\b(?:aanbeveling(?:en)?|aanbevolen|aanbevelen|beveelt|adviezen|adviseert|adviseerde|"
    # "Volgens het advies" says where it stands, and asks for no advice.
    r"(?<!volgens het )(?<!volgens dit )advies|geadviseerd|toezegging(?:en)?|toegezegd|"
    r"belo(?:oft|ofde|ven|ofd)|(?:raadt|raadde|raadden|ried|rieden)\b.*\baan|aangeraden|"
    r"neemt?\b.*\bover(?: en\b.*|\W*$)|overgenomen|"
    r"recommend\w*)\b"
    # "De rekenkamer vond ... Wat zegt het college daarop?"
    r"|\b(?:zegt|zeggen|zei|vindt|vinden|vond|antwoordt|doet|deed)\b(?: \w+){0,8} (?:daar|hier)op\b"
    r"|\bwijst\b.*\bcollege\b.*\baf\b|\bcollege\b.*\bwijst\b.*\baf\b"
    r"|\bzegt\b.*\btoe\b|\breage(?:ert|erde|ren)\b|\breactie\b|\b(?:be)?antwoord(?:t|de|den|en)?\b"
)
_COMPARISON = re.compile(
    r"\bverschil(?:t|len|lend)?\b|\bvergelijk\w*|\bten opzichte van\b|\banders dan\b"
    r"|\bovereenkomsten (?:tussen|met)\b|\bbeide gemeenten\b|\b(?:compare|difference)\b"
    r"|\b(?:alle|de) (?:twee|drie|vier|vijf|gemeenten)\b.*\b(?:gemeenten|versies|agenda'?s)\b"
    r"|^(?:en )?hoe\b.*\b(?:de|alle|verschillende|andere) gemeenten\b"
    r"|\bnaast (?:die|dat) van\b"
    r"|\b(?:graag|uitgesplitst|gesplitst) per (?:gemeente|jaar|document|stuk)\b|\bper gemeente\W*$"
    r"|\bveranderd?e?\b.*\btoen\b|\bverandering(?:en)?\b"
    r"|: ?wie doet wat\b"
    r"|\b(?:meer of minder|hoger of lager|groter of kleiner|beter of slechter)\b.*\bdan\b"
)
_DEFINITION = re.compile(
    r"^(?:en |maar )?(?:wat|wie) (?:is|zijn|was|waren) (?:(?:dan|nu|nou|eigenlijk|precies) ){0,2}"
    r"(?!er\b)(?:(?:de|het|een|'t) )?"
    r"(?:['\"‘“„]?[\w.’'-]+['\"’”]?(?: (?:de|het|een|in|van|op|voor|en|\w+)){0,4})"
    r"(?: volgens .*| in .*| van .*)?$"
    r"|^(?:wat of wie|wie of wat) (?:is|zijn)\b"
    r"|\bwat betekent\b(?! .*\bvoor (?:de|het|een|ons|onze|mij|mijn|inwoners|\w+en)\b)"
    r"(?! (?:het|dit|dat) (?:als|dat|voor|wanneer)\b)|\bbedoel(?:t|d|en|de)\b"
    r"|\bwat houdt\b.*\bin\b|\bwat versta(?:at|an)\b|\bbetekenis\b|\bwaar sta(?:at|an)\b.*\bvoor\b"
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
    r"^(?:wie|wat|welke)\b.*\b(?:bedoeld met|bedoel(?:en|t) .*\bmet|verstaan onder|"
    r"verstaat .*\bonder)\b"
    r"|^(?:wie|wat)\b.*\bmet\b.*\bbedoeld\b"
)
_WHY = re.compile(r"^(?:en |maar )?waarom\b")
ASKS_VERDICT = re.compile(
    r"\b(?:oordeel|oordelen|beoordeel\w*|beoordeling|scoor\w*)\b", re.IGNORECASE
)
ASKS_WHY = re.compile(
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
        r"^(?:en )?wat (?:gaat|gaan|zal|zullen|mag|moet|moest|zou)\b.*\bkosten\W*$|"
        r"\bhoeveel (?:geld |euro )?(?:is|was|wordt|werd|heeft|had|hebben|hadden)\b.*"
        r"\b(?:uitgegeven|besteed|betaald|bespaard|geïnvesteerd)\b|"
        r"\bwelk \w*inkomen\b|"
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
        r"^(?:en )?(?:in|bij|uit|voor|tussen|van) welke (?:\w+e )?(?:plaats|plaatsen|dorp|dorpen|"
        r"kern|kernen|stad|steden|wijk|wijken|gemeenten?)\b",
    ),
    (Expected.PERSON, r"^(?:en )?(?:wie|door wie|met wie|van wie|welke? (?:bureau|organisatie))\b"),
)


# Who asks what somebody wants to reach asks for goals, without the word.
_WANTS_TO_REACH = re.compile(
    r"\bwat (?:wil|willen|wilde|wilden) .*\bbereiken\b|\bwaar stre(?:eft|ven) .*\bnaar\b"
    # "Wat gaan ze allemaal doen voor jongeren? Geef het lijstje."
    r"|\bwat (?:wil|willen|wilde|wilden|gaat|gaan)\b.*\b(?:aanpakken|doen|verbeteren|veranderen)\b"
    r".*\b(?:lijst(?:je)?|rijtje|opsomming|overzicht|op een rij|rij zetten)\b"
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


def kind_of(text: str, scope: Scope) -> QuestionKind:
    """The kind of a question, from its opening words and the scope it names.

    Args:
        text: The whole question.
        scope: What it names.
    """
    lower = mended(re.sub(r"[?!.]+$", "", text.lower()).strip())
    return next(
        (kind for kind, says_so in _KIND_RULES if says_so(text, lower, scope)),
        QuestionKind.EXPLANATION,
    )


_OPENINGS = ("hoeveel", "wanneer", "waarom", "waardoor", "welke")


def mended(lower: str) -> str:
    """A question whose first word is a question word with a letter wrong: "hoevel", "waneer"."""
    first, _, rest = lower.partition(" ")
    if len(first) < SHORTEST_MENDED or first in QUESTION_WORDS or zipf_frequency(first, "nl") > 2:
        return lower
    near = get_close_matches(first, _OPENINGS, n=1, cutoff=0.8)
    return f"{near[0]} {rest}" if near else lower


def _asks_list(lower: str) -> bool:
    if re.search(r"\bhoeveel\b|^(?:en )?wat (?:vindt|vinden|vond|vonden)\b", lower):
        return False
    if ASKS_VERDICT.search(lower) and re.match(r"welke\b", lower):
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
    (QuestionKind.FACT, lambda text, lower, scope: expected_of(lower) is not Expected.ANYTHING),
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


def expected_of(lower: str) -> Expected:
    """The sort of value that a question wants to see.

    Args:
        lower: The question in lower case.
    """
    return next(
        (kind for kind, pattern in _EXPECTED if re.search(pattern, lower)), Expected.ANYTHING
    )
