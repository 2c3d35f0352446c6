"""The programmes of a document: agendas and plans with a short name, and the year of each.

"Maatschappelijke Agenda (MAG)" makes MAG a programme, and "MAG 2.0" a later version of it. What
stands under a heading that names one belongs to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.documents import Passage

_PROGRAMME_WORDS = re.compile(r"agenda|programma|plan\b|nota\b|visie", re.IGNORECASE)
_YEAR = r"((?:19|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Programmes:
    """The programmes that a document names.

    Attributes:
        pattern: Finds their names, with version and with what is passed on ("MAG 2.0 Opdracht
            preventie" is apart from the agenda's own); None when there are none.
        years: Year of each programme that the text dates, by its name.
    """

    pattern: re.Pattern[str] | None
    years: Mapping[str, int]

    def of(self, passage: Passage) -> str:
        """The programme that a passage stands under, by its nearest heading or lead-in."""
        if self.pattern is None:
            return ""
        for words in (passage.lead_in, *reversed(passage.section)):
            named = {" ".join(filter(None, parts)) for parts in self.pattern.findall(words)}
            if len(named) == 1:  # words that name several choose none
                return named.pop()
        return ""

    def year_of(self, programme: str) -> int | None:
        """The year of a programme, also of what it passes on; None when the text gives none."""
        names = (name for name in self.years if programme.startswith(f"{name} Opdracht"))
        return self.years.get(programme) or next((self.years[name] for name in names), None)


def find_programmes(text: str, abbreviations: Mapping[str, str]) -> Programmes:
    """The programmes of a document, by the short names that it explains itself.

    Args:
        text: Its text.
        abbreviations: What it explains, by the short form.
    """
    names = [short for short, full in abbreviations.items() if _PROGRAMME_WORDS.search(full)]
    if not names:
        return Programmes(None, {})
    name = rf"\b({'|'.join(map(re.escape, names))})(?:\s?(\d\.\d|\dD))?(?!\w)"
    return Programmes(re.compile(rf"{name}(?: (Opdracht(?: \w+)?))?"), _years(name, text))


def _years(name: str, text: str) -> dict[str, int]:
    """The year that a text most often gives each programme.

    "MAG (2012)", "MAG 2.0 2017-2020", "de MAG uit 2012" and "in 2014 kwam de MAG 3D" date a
    programme; a year that merely stands in the same sentence does not.
    """
    behind = re.compile(rf"{name}\)?(?: is)?(?: van| uit)?\s*\(?{_YEAR}\b")
    before = re.compile(rf"\bin {_YEAR},?(?: \w+){{1,2}}? (?:de|het) {name}", re.IGNORECASE)
    dated: dict[str, Counter[int]] = {}
    for pattern, order in ((behind, (0, 1, 2)), (before, (1, 2, 0))):
        for found in pattern.findall(" ".join(text.split())):
            short, version, year = (found[place] for place in order)
            programme = f"{short} {version}".strip()
            dated.setdefault(programme, Counter())[int(year)] += 1
    return {programme: years.most_common(1)[0][0] for programme, years in dated.items()}
