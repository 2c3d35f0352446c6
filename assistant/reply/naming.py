"""What is named in a sentence of a letter: a document, a subject, the body that wrote."""

from __future__ import annotations

import re

_SHORTEST_TITLE = 10
_HEAD_REACH = 6  # words of a name in which its head noun stands
# Nouns by their article; a compound ends in one of them: "beleidsplan", "raadsbrief".
_DE = re.compile(
    r"\w*(?:agenda|aanpak|analyse|begroting|brief|evaluatie|handreiking|monitor|nota|notitie|"
    r"rapportage|reactie|regeling|strategie|toelichting|verordening|visie|zienswijze|"
    r"raad|commissie|kring|bond|vereniging|stichting|bank|groep|unie|federatie|coöperatie|alliantie)",
    re.IGNORECASE,
)
_HET = re.compile(
    r"\w*(?:akkoord|beleid|besluit|convenant|kader|onderzoek|plan|programma|protocol|rapport|"
    r"verslag|platform|overleg|bestuur|beraad|netwerk|collectief|comité|panel|forum|verbond)",
    re.IGNORECASE,
)
# Bodies that consist of their members; of another the board is addressed.
_MEMBERS = re.compile(
    r"\w*(?:raad|commissie|kring|groep|platform|overleg|beraad|netwerk|comité|panel|forum)",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"\w*(?:bond|vereniging|stichting|unie|federatie|coöperatie|alliantie|verbond|bank|collectief)",
    re.IGNORECASE,
)
# What "uw" can stand before; an adjective may stand before it: "ongevraagd advies".
_SENT = re.compile(
    r"(?:[a-z]+(?:d|e|en)\s+)?(?:advies|adviezen|aanbevelingen|zienswijze|inspraakreactie|"
    r"commentaar|vragen|verzoek|wensen|pleidooi|petitie|notitie|jaarverslag|opmerkingen|"
    r"bevindingen|voorstel|voorstellen|klacht|oproep|signalen)\b",
    re.IGNORECASE,
)


def short_title(title: str) -> str:
    """A title without its subtitle; the footnote names all of it."""
    first = title.split(":", 1)[0].strip()
    return first if len(first) >= _SHORTEST_TITLE else title


def named_document(title: str) -> str:
    """A document as a sentence names it: "de Sociale Agenda 2024", "het Beleidsplan zorg".

    One whose title has no head noun that is known stands between quotation marks.
    """
    article = article_of(title)
    return f"{article} {title}" if article else f"‘{title}’"


def article_of(name: str) -> str:
    """The article of a name, by its head noun: "de" or "het"; "" where that is not known."""
    for word in re.findall(r"[\w-]+", name)[:_HEAD_REACH]:
        if word.lower() in {"de", "het", "een"}:
            return ""
        if _DE.fullmatch(word.rpartition("-")[2]):
            return "de"
        if _HET.fullmatch(word.rpartition("-")[2]):
            return "het"
    return ""


def is_sent(subject: str) -> bool:
    """Whether "uw" can stand before a subject: "advies over de agenda", "zienswijze"."""
    return _SENT.match(subject) is not None


def addressee(sender: str) -> str:
    """How a body is addressed: "leden" or "bestuur"; "" for a sender that is no body."""
    for word in re.findall(r"[\w-]+", sender)[:_HEAD_REACH]:
        noun = word.rpartition("-")[2]
        if _MEMBERS.fullmatch(noun):
            return "leden"
        if _BOARD.fullmatch(noun):
            return "bestuur"
    return ""


def inside(subject: str) -> str:
    """A subject as it stands within a sentence: "Ongevraagd advies" without its capital.

    A law ("Participatiewet") or short form ("Wmo-raad") keeps it, and so does what the next
    word's capital makes a name.
    """
    name = re.match(r"\w*wet\b|\w{2,4}-|[\w-]+ [A-Z]", subject, re.ASCII)
    return subject if name or not subject[1:2].islower() else subject[:1].lower() + subject[1:]
