"""A letter whose lines were lost on the way gets them back: one pasted from a form or a web page.

A space becomes the end of a line, never more; so every offset stays what it was.
"""

from __future__ import annotations

import re

from ingest.letters import is_salutation

_REACH = 6_000  # characters in which a letter is addressed
# The salutation within a line. It ends at its comma, so one without is not seen.
_SALUTATION = re.compile(
    r"(?:^|(?<=\s))(?:(?:Hoogg|G)eachte?|Beste) [^\W\d_][^\n,.:;?!]{2,100},(?= )", re.MULTILINE
)
# What begins a line of a head: its labels, and who the letter is to.
_LABEL = re.compile(
    r" (?=(?:Datum|Onderwerp|Betreft|Kenmerk|(?:Ons|Uw|Onze) (?:kenmerk|referentie|brief)|"
    r"Afzender|Bijlagen?)\s?:|"
    r"Aan(?: het| de)? (?:[Cc]ollege|[Gg]emeente|[Bb]urgemeester|[Ww]ethouder))"
)
_GREETING = re.compile(
    r"(?<=[.?!]) (?=(?:Met (?:vriendelijke|hartelijke) groet|Hoogachtend|Vriendelijke groet))"
)


def laid_out(text: str) -> str:
    """A letter with its salutation, its head and its greeting on lines of their own.

    Args:
        text: The text of a letter.

    Returns:
        A text of the same length. The same text where a line is a salutation already, or where
        none is found.
    """
    opening = text[:_REACH]
    if any(is_salutation(line.strip()) for line in opening.splitlines()):
        return text
    found = _SALUTATION.search(opening)
    if found is None:
        return text
    start, end = found.span()
    head, body = _LABEL.sub("\n", text[:start]), _GREETING.sub("\n", text[end + 1 :])
    if head[-1:] == " ":
        head = f"{head[:-1]}\n"
    return f"{head}{text[start:end]}\n{body}"
