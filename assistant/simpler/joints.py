"""Main clauses that are joined in one sentence, each with its verb in second place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.simpler.verbs import FINITE, LOWER, MODALS, is_singular, words_of

_VERB = rf"(?:{'|'.join(sorted(FINITE))})"
# Not within a subject of a few words.
_NO_PART = r"(?:en|of|de|het|een|deze|dit|die|dat|zij|ze|er|we|wij|niet|ook)\b"
_SUBJECT = (
    r"(?:zij|ze|hij|het|we|wij|er|dit|dat|deze|die|men|iedereen|ik|daarom|daardoor|daarmee|"
    r"daarnaast|daarbij|daarvoor|hierdoor|hiermee|hierbij|hiervoor|"
    rf"(?:de|het|een|deze|dit|onze|ons|hun|alle|veel|sommige|elke|iedere)"
    rf"(?: (?!{_NO_PART})[\w-]+){{1,3}}?)"
)
# Plurals that need no article; only behind a comma, where no list of people goes on.
_PEOPLE = (
    r"(?:inwoners|mensen|gemeenten|kinderen|jongeren|ouderen|ouders|partijen|partners|organisaties|"
    r"professionals|vrijwilligers|mantelzorgers)"
)
_CLAUSE = rf"{_SUBJECT} {_VERB} \w+ \w+"
_WAYS = (
    re.compile(rf"; (?={_CLAUSE})"),
    re.compile(rf"(?<!volgende)(?<!volgt)(?<!dit)(?<!dat): (?={_CLAUSE}[^;:]*$)"),
    re.compile(rf", (?=dit {_VERB} \w+ \w+)"),
    re.compile(rf", (?:(?P<word>maar|want|dus)|en) (?={_PEOPLE} {_VERB} \w+ \w+)"),
    re.compile(rf", (?P<word>maar|want|dus) (?={_CLAUSE})"),
    re.compile(rf",? (?P<and>en) (?={_SUBJECT} {_VERB} (?P<next>\w+) \w+)"),
)
_SECOND_VERB = re.compile(
    rf"^(?P<head>(?P<subject>(?:De|Het|Deze|Dit|Onze) (?!{_VERB}\b)[a-z][\w-]+"
    r"|Wij|We|Zij|Ze|Hij|Dit) "
    rf"(?P<one>{_VERB}|(?!(?:met|niet|tot|uit|het|dit|dat)\b)[a-z]+t)\b.+?),? en "
    rf"(?P<tail>(?P<other>{_VERB}) .+)$"
)
# Where one of these follows the verb, that stands in second place and not at the end.
_INSIDE = frozenset("er het een de geen ook in dus daarom meer veel nog al".split())
# "... opent en beheert huizen", "draagt bij aan en zorgt voor": one object for two verbs.
_GOES_ON = re.compile(r"\ben \S+$|\b(?:aan|op|van|voor|naar|tot|met|bij|om)$")


def at_joint(sentence: str) -> Iterator[tuple[str, str]]:
    """The ways to part a sentence before a main clause that is joined to it."""
    for way in _WAYS:
        for joint in way.finditer(sentence):
            named, head = joint.groupdict(), sentence[: joint.start()]
            word = named.get("word") or ""
            if word == "maar" and "niet alleen" in head.lower():
                continue
            if named.get("and") and (", want " in head or _may_be_lower(head, named["next"])):
                continue
            tail = f"{word} {sentence[joint.end() :]}".strip()
            yield f"{head}.", tail[0].upper() + tail[1:]


def _may_be_lower(head: str, after: str) -> bool:
    """Whether a second clause may go on a lower one: "omdat de zorg duur is en zij kan stijgen"."""
    return bool(words_of(head) & LOWER) and after not in _INSIDE


def at_second_verb(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence parted at "en" before a second verb of its subject, which is named again."""
    found = _SECOND_VERB.match(sentence)
    if not found:
        return
    head, one, other = found["head"], found["one"], found["other"]
    if one in MODALS or words_of(head) & LOWER or _GOES_ON.search(head):
        return  # "wil helpen en zorgen": one verb for both
    if is_singular(one) == is_singular(other):
        yield f"{head}.", f"{found['subject']} {found['tail']}"
