"""Advice and what became of it: each point of advice with the answer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.explanations import answer_explanation
from assistant.answers.lists import announced, is_announced
from assistant.answers.material import Material, sentence_start, source_name
from assistant.citations import Draft, Line, Quote, merge, plain
from ingest.documents import Passage, PassageKind, Statement, StatementKind
from ingest.dutch.stopwords import STOP_WORDS
from ingest.dutch.words import words
from ingest.sentences import sentences_within

ADVICE = frozenset({StatementKind.RECOMMENDATION})
ANSWER = frozenset({StatementKind.REACTION, StatementKind.PROMISE})
# A point is what the question is about when it carries this share of the topic, and nearly as
# much as the best point does.
LEAST_FIT = 0.3
NEARLY_AS_GOOD = 0.75
# Of many points only so many answers are shown; a click gives the rest.
MANY_POINTS = 3
SHORT_ANSWER = 1

# Names of the phrases that tell what became of advice, in the order of an answer.
_VERDICTS = _TAKEN, _REFUSED, _UNSAID = "overgenomen", "niet_overgenomen", "niet_letterlijk"

# Who asks which advice was given, and says no more, asks for no answer to it.
_ADVICE_ALONE = re.compile(
    r"^(?:en )?(?:wat|welke|noem|geef)\b(?!.*\b(?:reactie\w*|reage\w+|antwoord\w*|neemt|nemen|"
    r"overgenomen|overneemt|gebeurd\w*|gedaan|deed|doet|college)\b).*\b(?:advie[sz]\w*|"
    r"aanbeveling\w*)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\btoezeg\w*|\btoegezegd\b|\bzegt?\b.*\btoe\b|\bbelo(?:oft|ofd|ven|fte)\w*", re.IGNORECASE
)


# So many characters are shown of each advice and answer then, by whole sentences: an advice says
# what it wants in its first one.
SHORT_ADVICE = 120
SHORT_REACTION = 160

# Where a question asks what was taken over, and where an answer says "yes", or "yes, but".
_ASKS_TAKEN = re.compile(
    r"\bne(?:emt|men)\b.*\bover\b|\boverneemt\b|\bovernemen\b|\bovergenomen\b", re.IGNORECASE
)
_ASKS_NOT_TAKEN = re.compile(
    r"\bniet (?:\w+ )?(?:over(?:genomen|neemt|nemen)?|over te nemen)\b|\bvoorbehoud\w*|"
    r"\bafgewezen\b|\bwijst\b.*\baf\b",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\bne(?:emt|men)\b[^.]*\bover\b|\boverneemt\b|\b(?<!niet )over te nemen\b|\bovergenomen\b",
    re.IGNORECASE,
)
# What is taken over must be advice: "professionals over te nemen" is something else.
_OF_ADVICE = re.compile(
    r"\b(?:aanbeveling\w*|advies|adviezen|suggesties?|voorstel\w*|opmerking\w*|toevoeging\w*|"
    r"punt(?:en)?|ne(?:emt|men) (?:wij |we |(?:het|ons) college )?(?:dit|dat|deze|die))\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\bniet (?:over\b|overgenomen|over te nemen)", re.IGNORECASE)
_BUT = re.compile(r"\b(?:echter|evenwel|mits|tenzij)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of advice, with the statements that make it and answer it."""

    heading: str
    number: str
    items: tuple[tuple[Statement, Passage], ...]

    @property
    def passage(self) -> Passage:
        """Where it begins."""
        return self.items[0][1]

    @property
    def text(self) -> str:
        """Everything said in it, its heading included."""
        return "\n".join([self.heading, *(statement.text for statement, _ in self.items)])

    def quotes(self, kinds: frozenset[StatementKind]) -> list[Quote]:
        """Its statements of some kinds, those that follow each other joined.

        "Wij nemen dit over en zullen ..." is a reaction and a promise, but reads as one.
        """
        quotes: list[Quote] = []
        for statement, passage in self.items:
            if statement.kind not in kinds:
                continue
            last = quotes[-1] if quotes and quotes[-1].passage.id == passage.id else None
            if last and passage.cut(last.end, statement.start).strip() == "en":
                quotes[-1] = replace(last, end=statement.end)
            else:
                quotes.append(Quote(passage, statement.start, statement.end))
        return [_without_stray_stop(quote) for quote in merge(quotes)]


def answer_recommendation(material: Material) -> Draft:
    """The points of advice that the question is about, each with its answer."""
    points = _points(material)
    if _PROMISE.search(material.question.understood) and material.question.number is None:
        promised = _promises(material)
        if promised.lines:
            return promised
    if material.question.number is not None:
        numbered = [point for point in points if _has_number(point, material.question.number)]
        chosen = _without_unanswered_copies(numbered)
    else:
        chosen = _without_unanswered_copies(_about(points, material))
        if not chosen:
            return answer_explanation(material)
        groups = _by_verdict(chosen, material.question.understood)
        if groups:
            return _draft(material, groups)
    return _draft(material, [("", chosen)])


def has_points(material: Material) -> bool:
    """Whether the register has advice, or its answers, that the question is about."""
    return bool(_about(_points(material), material))


def _by_verdict(points: Sequence[Point], question: str) -> list[tuple[str, list[Point]]]:
    """Points under the name of the phrase that tells what became of them; [] if not asked.

    Who asks what was taken over must also know which points were not; who asks for the rest or
    the reservations gets those alone.
    """
    groups: dict[str, list[Point]] = {name: [] for name in _VERDICTS}
    answered = [point for point in points if point.quotes(ANSWER)]
    for point in answered:
        groups[_verdict(point)].append(point)
    if not _ASKS_TAKEN.search(_ASKS_NOT_TAKEN.sub("", question)):
        del groups[_TAKEN]
        if not _ASKS_NOT_TAKEN.search(question):
            return []
    return [group for group in groups.items() if group[1]] if len(answered) > 1 else []


def _draft(material: Material, groups: Sequence[tuple[str, Sequence[Point]]]) -> Draft:
    say = material.phrases.say
    lines: list[Line] = []
    document_id = ""
    short = sum(len(points) for _, points in groups) > MANY_POINTS
    bare = short and _ADVICE_ALONE.search(material.question.understood) is not None
    for phrase, points in groups:
        told = not phrase
        for point in points:
            if point.passage.document_id != document_id:
                document_id = point.passage.document_id
                document = material.index.documents[document_id].document
                lines.append(Line(say("kant", naam=source_name(document))))
                told = not phrase
            if not told:
                lines.append(Line(say(phrase)))
                told = True
            lines += _lines(point, material, short=short, bare=bare)
    if short:
        lines.append(Line(say("ingekort")))
    return Draft(tuple(lines))


def _lines(point: Point, material: Material, *, short: bool, bare: bool) -> list[Line]:
    """A point under its name.

    Args:
        point: The point.
        material: The evidence.
        short: Whether only the first sentences are given.
        bare: Whether only the advice is given, and no answer to it.
    """
    say = material.phrases.say
    lines = []
    if point.heading:
        lines.append(Line(f"{plain(point.heading)}:"))
    elif point.number:
        lines.append(Line(say("punt", nummer=point.number)))
    advice, answers = point.quotes(ADVICE), point.quotes(ANSWER)
    if short:
        advice = [_brief(quote, SHORT_ADVICE) for quote in advice]
        # The answer that tells the verdict, wherever it stands.
        answers.sort(key=lambda quote: not _takes(quote.passage.cut(quote.start, quote.end)))
        answers = [_brief(quote, SHORT_REACTION) for quote in answers[:SHORT_ANSWER]]
    if bare:
        answers = []
    lines += [Line(say("advies"), (quote,)) for quote in advice]
    return lines + [Line(say("reactie"), (quote,)) for quote in answers]


def _without_stray_stop(quote: Quote) -> Quote:
    """Leave out a full stop that stands alone behind the last sentence: "nader informeren. ."."""
    text = quote.passage.cut(quote.start, quote.end)
    kept = re.sub(r"(?<=[.!?])\s+[.!?]+\s*$", "", text)
    return replace(quote, end=quote.start + len(kept))


def _brief(quote: Quote, room: int) -> Quote:
    """Of a long quote its first sentences, or the one that takes it over or makes a reservation.

    A click on its number shows the rest, and it ends at the end of a sentence.
    """
    passage = quote.passage
    spans = sentences_within(passage, quote.start, quote.end)
    if quote.end - quote.start <= room or not spans:
        return quote
    texts = [passage.cut(*span) for span in spans]
    telling = (n for n, text in enumerate(texts) if _BUT.search(text) or _takes(text))
    last = next(telling, 0)
    first = max(last - 1, 0)
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= room:
        last += 1
    return replace(quote, start=spans[first][0], end=spans[last][1])


def _points(material: Material) -> list[Point]:
    """Statements of advice and answer; those of one list item or one section together."""
    groups: dict[tuple[str, ...], list[tuple[Statement, Passage]]] = {}
    number: dict[tuple[str, ...], str] = {}
    for name in material.searched:
        at = ""
        for statement, passage in material.index.documents[name].placed():
            if not _counts(statement, passage):
                continue
            if passage.kind is PassageKind.PARAGRAPH:
                key: tuple[str, ...] = (name, *passage.section)
            else:
                at = statement.number or at
                key = (name, *passage.section, passage.id, at)
                number[key] = at
            groups.setdefault(key, []).append((statement, passage))
    points = [
        Point(_heading(items[0][1]), number.get(key, ""), tuple(items))
        for key, items in groups.items()
        if any(statement.kind in ADVICE for statement, _ in items)
    ]
    return _together(points)


def _counts(statement: Statement, passage: Passage) -> bool:
    """Whether a statement makes or answers a point; what running text takes over needs no name."""
    if statement.kind is StatementKind.REACTION:
        return True
    return statement.kind in ADVICE | ANSWER and is_announced(statement, passage)


def _together(points: Sequence[Point]) -> list[Point]:
    """Join a point of advice with the one of the same heading that says it again and answers it."""
    joined: dict[tuple[str, str], Point] = {}
    for point in points:
        key = (point.passage.document_id, point.heading.lower() or point.passage.id + point.number)
        first = joined.get(key)
        if first is None:
            joined[key] = point
            continue
        answers = tuple(item for item in point.items if item[0].kind in ANSWER)
        joined[key] = replace(first, items=(*first.items, *answers))
    return list(joined.values())


def _without_unanswered_copies(points: Sequence[Point]) -> list[Point]:
    """Leave out advice that another document repeats word for word and answers."""
    answered = [_plain_words(point) for point in points if point.quotes(ANSWER)]
    return [
        point
        for point in points
        if point.quotes(ANSWER) or not any(_plain_words(point) in other for other in answered)
    ]


def _plain_words(point: Point) -> str:
    return " ".join(word for s, _ in point.items if s.kind in ADVICE for word in words(s.text))


def _heading(passage: Passage) -> str:
    if passage.kind is not PassageKind.PARAGRAPH or not passage.section:
        return ""
    return passage.section[-1].rstrip(" :,")


def _verdict(point: Point) -> str:
    """Name of the phrase that tells what became of a point that was answered."""
    answers = [statement.text for statement, _ in point.items if statement.kind in ANSWER]
    if any(_takes(answer) for answer in answers):
        return _TAKEN
    return _REFUSED if any(_REFUSES.search(answer) for answer in answers) else _UNSAID


def _takes(answer: str) -> bool:
    """Whether an answer says in one sentence that the advice is taken over."""
    return any(
        _TAKES.search(sentence) and _OF_ADVICE.search(sentence) and not _REFUSES.search(sentence)
        for sentence in re.split(r"(?<=[.!?])\s+", answer)
    )


def _content(heading: str) -> set[str]:
    """The words of a heading that say something, its number left out."""
    return {word for word in words(heading) if word not in STOP_WORDS and not word.isdigit()}


def _has_number(point: Point, number: int) -> bool:
    heading = re.match(r"\W*(?:aanbeveling )?(\d+)\b", point.heading, re.IGNORECASE)
    return str(number) in {point.number, heading.group(1) if heading else ""}


def _about(points: Sequence[Point], material: Material) -> list[Point]:
    asked = set(words(material.question.understood))
    called = [
        point for point in points if _content(point.heading) and _content(point.heading) <= asked
    ]
    if called:
        return called
    if not material.topic.alternatives:
        return list(points)
    fits = [material.topic.fit(material.terms(point.text)) for point in points]
    least = max(LEAST_FIT, NEARLY_AS_GOOD * max(fits, default=0.0))
    return [point for point, fit in zip(points, fits, strict=True) if fit >= least]


def _promises(material: Material) -> Draft:
    """What is promised about the topic, or all that is, under the name of its document."""
    for documents in (_addressed(material), material.searched):
        for least in (LEAST_FIT, 0.0):
            told = _promised(material, documents, least)
            if told.lines:
                return told
    return Draft()


_TO = re.compile(
    r"\baan (?:de|het|uw|onze) (\w*raad|\w*rekenkamer\w*|\w*platform)\b", re.IGNORECASE
)


def _addressed(material: Material) -> Sequence[str]:
    """The documents to whom the question names, where a title says so; else all that are searched.

    "Wat beloofde het college aan de adviesraad?" asks for no promise to the council.
    """
    to = _TO.search(material.question.understood)
    if not to:
        return material.searched
    documents = material.index.documents
    called = rf"\b(?:aan|voor) (?:de |het )?{to[1].lower()}\b"
    to_them = [
        name
        for name in material.searched
        if re.search(called, documents[name].document.title.lower())
    ]
    return to_them or material.searched


def _promised(material: Material, documents: Sequence[str], least: float) -> Draft:
    lines: list[Line] = []
    for name in documents:
        indexed = material.index.documents[name]
        quotes = [
            _without_stray_stop(Quote(passage, sentence_start(passage, statement), statement.end))
            for statement, passage in announced(indexed)
            if statement.kind is StatementKind.PROMISE
            and material.topic.fit(material.terms(f"{passage.context}\n{passage.text}")) >= least
        ]
        if quotes:
            lines.append(Line(material.phrases.say("kant", naam=source_name(indexed.document))))
            lines += [Line("-", (quote,)) for quote in quotes]
    return Draft(tuple(lines))
