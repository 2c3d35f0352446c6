"""What a user chose of the register, as it stands in an address; and the address of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.register import Entry, Filter
from ingest.documents import StatementKind

SHOWN = 100
"""Most rows at first; further ones come with a button."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the user chose, as it stands in an address; "" and False choose nothing.

    Attributes:
        soort: Kind of statement.
        gemeente: Municipality.
        document: Document id.
        programma: Programme.
        onderwerp: Topic.
        jaar: Year of the document.
        tekst: Words that must stand there.
        ook: "ja" takes statements too that only their wording makes one.
        sorteer: Column to sort by, with "-" in front for the other way round.
        tot: Most rows to show.
    """

    soort: str = ""
    gemeente: str = ""
    document: str = ""
    programma: str = ""
    onderwerp: str = ""
    jaar: str = ""
    tekst: str = ""
    ook: str = ""
    sorteer: str = ""
    tot: int = SHOWN

    def filter(self) -> Filter:
        """As the register takes it; a kind or year that there is not is passed over."""
        known = {str(kind): kind for kind in StatementKind}
        return Filter(
            kinds=frozenset({known[self.soort]}) if self.soort in known else frozenset(),
            topics=_one(self.onderwerp),
            municipalities=_one(self.gemeente),
            documents=_one(self.document),
            programmes=_one(self.programma),
            years=frozenset({int(self.jaar)}) if self.jaar.isdecimal() else frozenset(),
            words=self.tekst,
            implied=self.ook == "ja",
        )

    def address(self, path: str, **changed: str | int) -> str:
        """An address with this choice, some of it changed."""
        values = {name: getattr(self, name) for name in self.__slots__} | changed
        chosen = {name: value for name, value in values.items() if value not in ("", SHOWN)}
        return f"{path}?{urlencode(chosen)}" if chosen else path


def _one(value: str) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


def statement_address(entry: Entry) -> str:
    """Address of the pane with one statement."""
    return f"/doelen/uitspraak?{urlencode({'id': entry.id})}"
