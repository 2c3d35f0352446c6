"""Whether a sentence carries an answer: are the words, names, year and count there?"""

from __future__ import annotations

import re

from assistant.answers.material import Material
from assistant.evidence import Sentence
from assistant.kinds import Expected
from assistant.matching import match
from assistant.question import Question
from assistant.values import YEAR
from ingest.documents import QuestionKind
from ingest.dutch.analysis import QueryWord

# Share of the question's information that the evidence must carry, by kind of question: the
# more exact the question, the more of it must be there. Measured on tests/evaluation/pairs.jsonl.
SUPPORT = {
    QuestionKind.FACT: 0.6,
    QuestionKind.DEFINITION: 0.5,
    QuestionKind.LIST: 0.4,
    QuestionKind.RECOMMENDATION: 0.4,
    QuestionKind.COMPARISON: 0.4,
    QuestionKind.EXPLANATION: 0.5,
}
# Of a fact about a place that is no figure, date or name, when a sentence means about the same.
SUPPORT_ANYTHING = 0.5
# A question of more content words than this needs less of each; more would let near twins through.
FEW_WORDS = 4
HALF = 0.5
MUCH_ALIKE = 0.65
# A sentence with this cosine, and some of the words, may say the same as everyday words.
SAME_MEANING = 0.45
SOME_SUPPORT = 0.1
# A passage with this cosine tells of the same subject as everyday words, whatever its own; unless
# the likeness may be that of words such as "doelen".
SAME_SUBJECT = 0.4
# An explanation must have so much of the question, and of its meaning.
PART_SAID = 0.33
MEANT = 0.4
# How well a name, or the thing counted, must be matched.
NAMED = 0.5
# Share of the information of a question from which one word is what it is about, and how well
# that must be said.
MAIN = 0.5
THING = 0.5
# Words less specific than this ("mensen", "keer") may be said in another way.
GENERAL = 0.65
# A figure of another year than asked is wrong, so the document's own date proves nothing for it.
FIGURES = frozenset({Expected.MONEY, Expected.NUMBER, Expected.PERCENTAGE})
_YEAR = re.compile(YEAR)
NEAR_SUPPORT = 0.3
# A value only answers what its own and the adjoining sentences are about.
LOCAL = 0.4
ONLY_WORD = 0.55
DATED = 0.25
ALL_ELSE = 0.6


LOOKED_AT = 12


def first_that_carries(material: Material) -> Sentence | None:
    """The best sentence that carries an answer; None when none of the best does."""
    return next((s for s in material.sentences[:LOOKED_AT] if carries(s, material)), None)


def carries(sentence: Sentence, material: Material) -> bool:
    """Whether a sentence with its surroundings holds enough to answer the question."""
    question = material.question
    exact = question.is_exact
    if exact and not (sentence.values and _tied(sentence, material)):
        return False
    if exact and (_denies(sentence, question) or not _is_there(sentence, question)):
        return False
    if not _names_said(sentence, material) or not _in_time(sentence, material, exact):
        return False
    if not exact and not question.is_everyday and not _thing_said(sentence, material):
        return False
    enough = SUPPORT.get(question.kind, 0.5) * _diluted(question)
    loose = question.kind is QuestionKind.FACT and question.expected is Expected.ANYTHING
    if loose and question.scope.municipalities and sentence.dense >= MEANT:
        enough = SUPPORT_ANYTHING
    if sentence.support >= enough or (not exact and _says_about_it(sentence)):
        return True
    if exact:
        return False
    # An explanation may say it in other words, and the answer then says that it does.
    explains = question.kind is QuestionKind.EXPLANATION
    if not question.is_everyday:
        return explains and sentence.support >= PART_SAID and sentence.dense >= MEANT
    return (
        sentence.support >= NEAR_SUPPORT
        or (sentence.dense >= SAME_MEANING and sentence.support >= SOME_SUPPORT)
        or (explains and sentence.hit.dense >= SAME_SUBJECT and not question.wanted)
    )


def _says_about_it(sentence: Sentence) -> bool:
    """Whether a sentence says half of the question itself, and means much the same."""
    return sentence.own >= HALF and sentence.dense >= MUCH_ALIKE


def _is_there(sentence: Sentence, question: Question) -> bool:
    """Whether an exact value stands where the question's own words are.

    A date must share words with its very sentence; a person's role is looked at by itself.
    """
    if question.expected is Expected.PERSON:
        return True
    if question.expected in {Expected.DATE, Expected.YEAR} and sentence.own < DATED:
        return False
    return sentence.local >= (LOCAL * _diluted(question) if len(question.words) > 1 else ONLY_WORD)


def _diluted(question: Question) -> float:
    """What a share of the question must be multiplied by: who uses more words says less with each.

    1 for a question of a few content words, less for a longer one: it tells more than any one
    sentence of a document repeats.
    """
    return min(1.0, FEW_WORDS / max(len(question.words), 1))


def _denies(sentence: Sentence, question: Question) -> bool:
    """Whether the sentence says "niet" of what the question asks about: "nog niet vastgesteld"."""
    if re.search(r"\b(?:niet|geen)\b", question.understood.lower()):
        return False
    denied = re.findall(r"\bniet (\w{5,})", sentence.text.lower())
    asked = {word.word for word in question.words}
    return any(word in asked for word in denied)


def _names_said(sentence: Sentence, material: Material) -> bool:
    """Whether each name in the question stands in the sentence's surroundings.

    A word with a capital that the documents also write without is no name.
    """
    question = material.question
    return all(
        near >= NAMED
        or _is_ordinary(word.asked, material)
        or is_of_the_name(word.asked, sentence.passage.text)
        for word, near in zip(question.words, sentence.near, strict=True)
        if word.word in question.proper
    )


def _thing_said(sentence: Sentence, material: Material) -> bool:
    """Whether the word that is most of what the question asks about is said near the sentence.

    "Hoe versterkt X de waterveiligheid?" has no answer where only safety is spoken of: of a
    compound the part that tells it apart must be there. A sentence that means nearly the same as
    the question may say it in words that no list has.
    """
    question = material.question
    if sentence.dense >= MUCH_ALIKE or question.quoted:
        return True  # small words in quotes are what is asked about
    weights = material.scorer.weights(question)
    passage = sentence.passage
    terms = material.terms(f"{passage.context}\n{passage.text}")
    return all(
        near >= THING and _told_apart(word, terms)
        for word, weight, near in zip(question.words, weights, sentence.near, strict=True)
        if weight >= MAIN * sum(weights)
    )


def _told_apart(word: QueryWord, terms: frozenset[str]) -> bool:
    """Whether terms say more of a compound than the kind of thing that its last part tells."""
    if not word.parts:
        return True
    head = max(word.parts, key=word.word.rfind)
    others = word.parts - {head}
    otherwise = (w for term, w in word.terms.items() if term in terms - word.parts)
    return not others or bool(others & terms) or max(otherwise, default=0.0) >= THING


_ADJECTIVE = re.compile(r"(?:en)?(?:se|sche)$")
SHORTEST_NAME = 5


def is_of_the_name(word: str, text: str) -> bool:
    """Whether a text has the name that an adjective is made of: "Oekraïense", "Oekraïne"."""
    root = _ADJECTIVE.sub("", word)
    if root == word or len(root) < SHORTEST_NAME:
        return False
    return re.search(rf"\b{re.escape(root)}", text) is not None


def _is_ordinary(word: str, material: Material) -> bool:
    """Whether the documents write a word without a capital as well."""
    lower = re.compile(rf"\b{re.escape(word.lower())}\b")
    return any(lower.search(hit.passage.text) for hit in material.hits)


_COUNTED = re.compile(
    r"\b(?:hoeveel|aantal|wie (?:is|was|zijn|waren)(?: nu| daar| er)?(?: de| het)?) ([\w-]+)"
)


def _tied(sentence: Sentence, material: Material) -> bool:
    """Whether the value belongs to what is counted or named, not to something else near it."""
    question = material.question
    if question.expected is Expected.NAME:
        return _follows_noun(sentence, question)
    counted = _COUNTED.search(question.understood.lower())
    if not counted:
        return True
    noun = next((w for w in question.words if w.asked.lower() == counted.group(1)), None)
    if noun is None or counted.group().startswith("aantal"):
        return True
    if counted.group().startswith("hoeveel"):
        if question.expected is not Expected.NUMBER:
            return True
        if len(question.words) == 1 and question.scope.municipalities:
            return bool(_OF_THE_PLACE.search(sentence.text)) and _counts(noun, sentence, material)
        if _counts(noun, sentence, material):
            return True
        # Counted under another name ("respondenten"), when all else around it fits.
        return len(question.words) > 2 and sentence.local >= ALL_ELSE
    return match(noun, material.terms(sentence.text)) >= NAMED


# "Hoeveel inwoners heeft X?" asks for a figure of the whole place, not of some of them.
_OF_THE_PLACE = re.compile(
    r"\b(?:heeft|hebben|hadden|telt|tellen|kent|wonen|waren|zijn er)\b", re.I
)


def _counts(noun: QueryWord, sentence: Sentence, material: Material) -> bool:
    """Whether one of the sentence's values counts the noun: "vijf bezwaren", "bezwaren: 5"."""
    text, first = sentence.text, sentence.start
    for start, end in sentence.values:
        near = text[max(0, start - first - 15) : end - first + 40]
        if match(noun, material.terms(near)) >= NAMED:
            return True
    return False


def _follows_noun(sentence: Sentence, question: Question) -> bool:
    """Whether a name stands right behind the thing whose name is asked."""
    text = sentence.text.lower()
    for word in question.words:
        at = text.find(word.word[: max(5, len(word.word) - 2)])
        ends = at + len(word.word)
        if at >= 0 and any(
            ends - 3 <= first - sentence.start <= ends + 8 for first, _ in sentence.values
        ):
            return True
    return False


def _in_time(sentence: Sentence, material: Material, exact: bool) -> bool:
    """Whether the years that the question names are the evidence's own.

    For an exact value the year must stand in the sentence, or nothing else may stand there and
    the sentence before it, a heading or the document's date give the year.
    """
    years = {str(year) for year in material.question.scope.years}
    if not years:
        return True
    passage = sentence.passage
    document = material.index.documents[passage.document_id].document
    dated = set(_YEAR.findall(f"{document.date} {document.period} {document.title}"))
    headed = set(_YEAR.findall(passage.context))
    if not exact:
        told = headed | set(_YEAR.findall(passage.text))
        if material.question.kind is QuestionKind.COMPARISON:
            return bool(years & (told or dated))  # each year has its own place
        return years <= (told or dated)
    own = set(_YEAR.findall(sentence.text))
    before = set(_YEAR.findall(passage.text[: sentence.start - passage.start][-200:]))
    if own or before or headed or material.question.expected in FIGURES:
        return bool(years & (own or before | headed))
    return bool(years & dated)
