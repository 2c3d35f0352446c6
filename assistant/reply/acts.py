"""What each sentence of a letter does by its own words: asks, criticises, praises, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reply.records import PointType
from assistant.reply.sentences import Sentence
from assistant.reply.wording import LetterWording

# Where one thing that a sentence says ends and another begins.
_CLAUSE = re.compile(r"(?:,|\b(?=(?:en|maar)\b))\s*")
# What may stand before an order: "Samengevat: neem ...", "en zorg ...".
_LEAD = re.compile(r"^(?:[\w ]{3,30}: |(?:en|maar|dus|daarom) )", re.IGNORECASE)
# A politely hidden remark is one all the same: "Wij hebben nergens gelezen hoe ...".
_REMARKS = frozenset({PointType.CRITICISM, PointType.MISSING})
_LEAST_QUESTION = 4  # a heading with more words and a question mark asks something


class ActReader:
    """Reads what sentences do."""

    def __init__(self, wording: LetterWording) -> None:
        """Take the words by which acts are recognised."""
        self._wording = wording

    def acts(self, sentences: Sequence[Sentence]) -> list[PointType | None]:
        """What each sentence does, or None; the second half of one does what the first does."""
        acts: list[PointType | None] = []
        for before, sentence in zip((None, *sentences), sentences, strict=False):
            own = self._act(sentence)
            if before and own is PointType.REQUEST and self._leans_on_politeness(before, sentence):
                own = None
            # "... en de cijfers te sturen" asks what the sentence that it goes on with asks.
            acts.append(acts[-1] if own is None and sentence.again and acts else own)
        return acts

    def orders(self, text: str) -> bool:
        """Whether a sentence begins as a request in the imperative does: "Samengevat: neem ..."."""
        ordered = self._wording.orders.match(_LEAD.sub("", text)) is not None
        return ordered and text[-1:] not in "?:"

    def _orders_later(self, text: str) -> bool:
        return self._wording.later_orders.search(text) is not None and text[-1:] not in "?:"

    def is_polite(self, sentence: Sentence) -> bool:
        """Whether a sentence is courtesy or tells how the letter came about, and asks nothing."""
        own = self._wording.act_of(sentence.text)
        return self._polite(sentence, own) and self._beside_politeness(sentence) is None

    def _leans_on_politeness(self, before: Sentence, sentence: Sentence) -> bool:
        """Whether one goes on with a courtesy: "Wij komen graag langs. Neem dan wel de tijd."."""
        together = before.paragraph == sentence.paragraph
        leans = self._wording.leans.match(sentence.text) is not None
        return together and leans and self.is_polite(before)

    def announced(self, sentence: Sentence) -> PointType | None:
        """What the nearest heading or lead-in that says so makes of the items under it."""
        for heading in reversed(sentence.section[-3:]):
            kind = self._wording.announced_by(heading) or self._led_in(heading)
            if kind is not None:
                return kind
        return None

    def _led_in(self, heading: str) -> PointType | None:
        """What a lead-in does that its items go on with: "Ons baart zorgen:"."""
        wording, said = self._wording, heading.rstrip()
        if said[-1:] != ":" or wording.opens.search(said) or wording.courtesy.search(said):
            return None
        ordered = PointType.REQUEST if self.orders(said[:-1]) else None
        return wording.act_of(said) or ordered

    def _act(self, sentence: Sentence) -> PointType | None:
        wording, text = self._wording, sentence.text
        if wording.commands.search(text) or wording.concedes.match(text):
            return None
        if sentence.heading:
            asks = text.rstrip().endswith("?") and len(text.split()) > _LEAST_QUESTION
            return PointType.QUESTION if asks else None
        own = wording.act_of(text)
        if self._polite(sentence, own):
            return self._beside_politeness(sentence)
        announced = self.announced(sentence)
        if sentence.item and sentence.first and announced is PointType.TEXT:
            return PointType.TEXT
        if own is None and (self.orders(text) or self._orders_later(text)):
            return PointType.REQUEST
        return own or (announced if sentence.item and sentence.first else None)

    def _polite(self, sentence: Sentence, own: PointType | None) -> bool:
        text = sentence.text
        if own is PointType.QUESTION and text.endswith("?"):
            return False
        if own in _REMARKS and self._wording.writers.search(text):
            # "Wij hebben nergens gelezen hoe ...": how the letter came about is no remark.
            return self._wording.courtesy.search(text) is not None
        if self._wording.opens.search(text) and own is not PointType.TEXT:
            return own is not PointType.COMPLIMENT or not text.endswith(".")
        return self._wording.courtesy.search(text) is not None

    def _beside_politeness(self, sentence: Sentence) -> PointType | None:
        """What a polite sentence asks besides: "Wij lazen uw nota, maar missen een kaart."."""
        wording = self._wording
        clauses = _CLAUSE.split(sentence.text)
        polite = [bool(wording.opens.search(c) or wording.courtesy.search(c)) for c in clauses]
        last = max((n for n, is_so in enumerate(polite) if is_so), default=-1)
        if last < 0:
            return None
        said = wording.act_of(" ".join(clauses[last + 1 :]))
        return None if said is PointType.COMPLIMENT else said
