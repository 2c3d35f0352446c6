"""Bringing the forms of a Dutch word together: plural and singular, adjective and inflection.

The stemmer is Snowball's Dutch one in its first form (M.F. Porter,
https://snowballstem.org/algorithms/dutch_porter/stemmer.html). The later form (Kraaij-Pohlmann)
takes "ge" off everywhere, which makes "gezin" into "zin" and "gemeente" into "meen". What the
first form leaves apart or throws together in the language of municipalities is repaired here.
"""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma
import Stemmer

_SNOWBALL = Stemmer.Stemmer("dutch_porter")

# Whole words with a plural or form of their own.
_IRREGULAR = {
    form: stem
    for stem, forms in {
        "kind": "kinder kinderen kinders",
        "stad": "steden",
        "lid": "leden ledental",
        "schip": "schepen",
        "ei": "eieren",
        "goed": "goederen",
        "blad": "bladeren",
        "lied": "liederen",
        "volk": "volkeren",
        "museum": "musea",
        "criterium": "criteria",
        "centrum": "centra",
        "datum": "data",
        "medium": "media",
        "politicus": "politici",
        "technicus": "technici",
        "historicus": "historici",
        "academicus": "academici",
        "financ": "financien financieel financiele financieele financier financiering financieren",
        "hulp": "help helpt helpen hielp hielpen geholpen",
        "jeugd": "jeugdige jeugdigen",
        "oudere": "oudere ouderen",
        "ouder": "ouder ouders",
        "mens": "mens mensen",
        "crisis": "crises",
        # Pasts and participles of strong verbs that are no other word as well.
        "blijf": "bleef bleven gebleven",
        "breng": "bracht brachten gebracht",
        "denk": "dacht dachten gedacht",
        "drink": "dronk dronken gedronken",
        "eten": "aten gegeten",
        "gef": "gaven",
        "geniet": "genoot genoten",
        "grijp": "greep grepen gegrepen",
        "houd": "hield hielden gehouden",
        "kies": "kozen gekozen",
        "kop": "kocht kochten gekocht",
        "krijg": "kreeg kregen gekregen",
        "kom": "kwam kwamen gekomen",
        "les": "lazen gelezen",
        "met": "meting metingen gemeten",
        "lig": "lagen",
        "lop": "liepen gelopen",
        "nem": "namen genomen",
        "rijd": "gereden",
        "roep": "riep riepen geroepen",
        "schrijf": "schreef schreven geschreven",
        "slap": "sliep sliepen geslapen",
        "sluit": "sloot sloten",
        "sprek": "sprak spraken gesproken",
        "stel": "gestolen",
        "sterf": "stierf stierven gestorven",
        "stijg": "steeg stegen gestegen",
        "trek": "trokken getrokken",
        "val": "gevallen",
        "verlies": "verloor",
        "vind": "vonden gevonden",
        "vrag": "vroeg vroegen gevraagd",
        "werf": "wierf wierven geworven",
        "wijs": "gewezen",
        "win": "wonnen gewonnen",
        "zit": "zaten gezeten",
        "zoek": "zocht zochten gezocht",
        "zuip": "zoop zopen gezopen",
        "zwem": "zwom zwommen gezwommen",
    }.items()
    for form in forms.split()
}
# Heads of compounds that keep their irregular plural: raadsleden, kleinkinderen, binnensteden.
_IRREGULAR_ENDS = (
    (re.compile(r"(?<!k)(?<!ver)(?<!ont)(?<!^ge)(?<!^be)(?<!^g)leden$"), "lid"),
    (re.compile(r"kinder(?:en)?$"), "kind"),
    (re.compile(r"(?<=binnen)steden$|(?<=hoofd)steden$|(?<=voor)steden$"), "stad"),
    (re.compile(r"(?<![hk])ouderen?$"), "oudere"),
    (re.compile(r"zorgers?$"), "zorg"),
    (re.compile(r"centra$"), "centrum"),
    (re.compile(r"rapportages?$"), "rapport"),
    (re.compile(r"(?<=...)heden$"), "heid"),
    (re.compile(r"ijkste$"), "ijk"),
    # What can be done: "meetbaar", "haalbaarheid". Others ("leefbaar", "weerbaar") stand alone.
    (
        re.compile(
            r"^(meet|haal|bereik|betaal|bestuur|stuur|uitvoer|verander|beheers|beinvloed|voorspel|"
            r"vergelijk|bespreek|herken|toets)(?:bare|baar(?:heid)?)$"
        ),
        r"\1",
    ),
    (re.compile(r"^ge([a-z]{3,})eerd(?:en?)?$"), r"\1eer"),
    (re.compile(r"ieen$"), "ie"),
    (re.compile(r"eeen$"), "ee"),
    # Small things: "regeltje", "tuintje", "kamertje", "probleempje". Where the t may belong to
    # the word ("kaartje", "puntje") only that is left of it.
    (
        re.compile(
            r"(?:(?<=[a-z]l)|(?<=(?:aa|ee|oo|uu|ie|ij|ui|eu|oe)n)|(?<=(?:uu|oe)r)|(?<=[a-z]er))tjes?$"
        ),
        "",
    ),
    # Behind a short vowel the p is the word's own: "lampje", "klompje".
    (re.compile(r"(?:(?<=[lreuj]m)|(?<=(?:aa|oo|ui|ei)m))pjes?$"), ""),
    (re.compile(r"(?<=[a-z]{3}[bdfgklpst])jes?$"), ""),
)
# Words on -s that is no ending, alone or as the head of a compound.
_KEEPS_S = re.compile(
    r"(?:mens|kans|grens|wens|dans|lens|balans|(?<![akp])(?<!st)arts|plaats|fiets|toets|rots"
    r"|koers|pols|hals|puls|rechts|links|thuis|^pers|^vers|^kers)$"
)
_PLURAL_S = re.compile(
    r"(?<=[tsdncrg]ie)s$|(?<=.[dgtvsz]e)s$|(?<=[mdnv]a)s$|(?<=[cdefmt]o)s$|(?<=u[rl]e)s$|(?<=eau)s$|(?<=by)s$"
)
_NO_PLURAL_S = re.compile(r"(?:precies|verlies|chaos|kosmos|canvas|adres|^alles)$")
# "woont", "gebruikt", "werkt": third person; "buurt", "geest" and "markt" are whole.
_THIRD_PERSON = re.compile(
    r"(?:(?:aa|ee|oo|uu|ie|ij|ui|eu|ei|ou|oe|au)[bdfgklmnpvz]|eer|[lr]p|[rn]k|d)t$"
)
_NO_THIRD_PERSON = re.compile(r"(?:arkt|punt|ient|stadt|gemeent|^weert)$")
_DOUBLE = re.compile(r"([bcdfgklmnprstz])\1$")
# "sociaal" and "sociale": Snowball shortens a long vowel after a consonant only.
_LONG_VOWEL = re.compile(r"(?<=[ieu])([aeou])\1(?=[^aeiou]$)")
_HARD_END = {"z": "s", "v": "f"}
# What may be the past participle of a verb: "verhoogd", "gestegen", "opgericht".
PARTICLES = frozenset(
    "aan achter af bij binnen buiten dicht door in klaar los mee na neer om onder op open over "
    "rond samen tegen terug thuis toe uit vast voor voort vooruit vrij weg".split()
)
"""With what a separable verb begins."""
_PARTICLES = "|".join(sorted(PARTICLES))
_SEPARABLE = re.compile(rf"(?:{_PARTICLES})(?!ge)[a-z]{{3,}}t")
_PARTICIPLE = re.compile(
    rf"(?:{_PARTICLES})?ge[a-z]{{3,}}(?:d|t|en)|(?:{_PARTICLES})?(?:be|ver|ont|her)[a-z]{{3,}}[dt]"
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Give the stem under which a word is indexed.

    Args:
        word: One word as `words` gives it.

    Returns:
        The stem; not always a word. Numbers and words under four letters stay as they are.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word[0].isalpha():
        return word
    return _finish(_prepare(word))


def infinitive(word: str) -> str:
    """Give the infinitive of a past participle, or of a separable verb in the third person.

    "oprichten" for "opgericht", "meedoen" for "meedoet".

    Args:
        word: One word as `words` gives it.

    Returns:
        The infinitive; "" for any other word.
    """
    if word in _IRREGULAR or not (_PARTICIPLE.fullmatch(word) or _SEPARABLE.fullmatch(word)):
        return ""
    base = lemma(word)
    return base if base != word and base.endswith("en") and not base.startswith("ge") else ""


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """Give the base form of a word as dictionaries do: "opgroeien" for "opgroeit".

    Args:
        word: One word as `words` gives it.

    Returns:
        The base form; the word itself where none is known.
    """
    return simplemma.lemmatize(word, lang="nl").replace("_", "")


def _prepare(word: str) -> str:
    """Take off the endings that Snowball does not know."""
    word = word.split("'")[0] if "'" in word else word
    for pattern, replacement in _IRREGULAR_ENDS:
        replaced = pattern.sub(replacement, word)
        if replaced != word:
            return replaced
    if len(word) > 5 and word[-1] == "s" and not _NO_PLURAL_S.search(word):
        return _PLURAL_S.sub("", word)
    if len(word) > 4 and _THIRD_PERSON.search(word) and not _NO_THIRD_PERSON.search(word):
        return word[:-1]
    return word


def _finish(word: str) -> str:
    """Stem with Snowball, then bring z/s, v/f and doubled consonants together."""
    keeps = word[-1] == "s" and _KEEPS_S.search(word)
    result: str = word if keeps else _SNOWBALL.stemWord(word)
    result = _LONG_VOWEL.sub(r"\1", _DOUBLE.sub(r"\1", result))
    return result[:-1] + _HARD_END.get(result[-1], result[-1])
