"""What a draft cites, looked up: the exact characters of each quote, the sentences around them, and who says them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.attribution import Attribution, attribute
from qa.citations import resolve
from qa.generating.budget import Source
from qa.generating.cutting import Draft
from qa.language.orders import instructions
from qa.records import Passage

SHORTEST = 3
"""Words that a quote must have to show where it stands; a whole sentence may be shorter."""
BEFORE = 2
"""Sentences before the quoted one that may tell whom its "he" means."""

_TURN = re.compile(r"^\W*(?:<[^>\n]*>\W*)?(?:assistant|system)\s*:[^\n]*", re.IGNORECASE | re.MULTILINE)
"""A line that plays a turn of the conversation with the model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A quote found in its passage: characters `start` to `end` of the document are its words, `first` to `last` the sentences they stand
    in. `said` is who says the first of these, `before` the text of up to two sentences before it."""

    source: Source
    start: int
    end: int
    first: int
    last: int
    before: str
    said: Attribution

    @property
    def quote(self) -> str:
        """The exact words."""
        return self.source.document.text[self.start : self.end]

    @property
    def sentences(self) -> str:
        """The sentences the words stand in."""
        return self.source.document.text[self.first : self.last]


def locate(draft: Draft, sources: Mapping[int, Source]) -> tuple[tuple[Cited, ...], str]:
    """Each quote where it stands, and why the draft cannot be shown ("" when all are found)."""
    if draft.fault:
        return (), draft.fault
    if not draft.text:
        return (), "it says nothing"
    if not draft.cited:
        return (), "it names no passage"
    found = []
    for number, quote in draft.cited:
        if number not in sources:
            return (), f"there is no passage {number}"
        if not quote:
            return (), f"it quotes nothing from passage {number}"
        span = _span(quote, sources[number].passage.text)
        if span is None:
            return (), f"passage {number} does not have the words “{_short(quote)}”"
        cited = _cited(sources[number], *span)
        if len(quote.split()) < SHORTEST and cited.quote.strip(" .") != cited.sentences.strip(" ."):
            return (), f"“{quote}” is too short to show anything"
        if gives_orders(sources[number].passage, cited.first, cited.last):
            return (), "the words it quotes are addressed to the program that reads them"
        found.append(cited)
    return tuple(found), ""


def gives_orders(passage: Passage, start: int, end: int) -> bool:
    """Whether characters `start` to `end` of the passage's document are an order to a program, or what such an order says to answer."""
    return any(passage.start + first < end and start < passage.start + last for first, last in _orders(passage.text))


@lru_cache(maxsize=256)
def _orders(text: str) -> tuple[tuple[int, int], ...]:
    return (*instructions(text), *(found.span() for found in _TURN.finditer(text)))


def _span(quote: str, text: str) -> tuple[int, int] | None:
    """Where the quote stands; a stop or dots that the model put at its end, and that the passage has not, do not count."""
    return resolve(quote, text) or resolve(quote.rstrip(" .…,;:"), text)


def _cited(source: Source, start: int, end: int) -> Cited:
    passage, document = source.passage, source.document
    start, end = passage.start + start, passage.start + end
    spans = passage.sentences or ((passage.start, passage.end),)
    inside = [n for n, (first, last) in enumerate(spans) if first < end and start < last]
    first, last = spans[inside[0]][0], spans[inside[-1]][1]
    before = document.text[spans[max(0, inside[0] - BEFORE)][0] : first]
    return Cited(source=source, start=start, end=end, first=first, last=last, before=before, said=_said(document, [spans[n] for n in inside]))


def _said(document, spans: Sequence[tuple[int, int]]) -> Attribution:
    """Who says the sentences: the first named speaker among them, else whoever says the first."""
    every = [attribute(document, *span) for span in spans]
    return next((said for said in every if said.voice == "named"), every[0])


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else quote[:79].rsplit(" ", 1)[0] + "…"
