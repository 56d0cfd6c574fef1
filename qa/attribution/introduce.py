"""The neutral words printed before a sentence of a document: who says it, where, and when."""

import re

from qa.attribution.voices import Attribution
from qa.language.dates import iso
from qa.records import Document

_OWN = re.compile(r"(?:the|this)\s+(?:article|text|document|piece|commentary|story|digest)", re.IGNORECASE)
"""The document's word for itself: "as reported in" says that already."""


def introduce(document: Document, attribution: Attribution) -> str:
    """The lead-in for a verbatim sentence, ending in a colon. It reports and neither adopts nor doubts: no verb but "states" and
    "asserts"."""
    place = f"{_title(document)} ({_marks(document, attribution)})"
    if attribution.voice == "named":
        who = attribution.speaker + (
            f" ({attribution.role})" if attribution.role and attribution.role.lower() not in attribution.speaker.lower() else ""
        )
        said = f", {_day(attribution.said_on)}" if attribution.said_on else ""
        via = f", via {attribution.via}" if attribution.via and not _OWN.fullmatch(attribution.via) else ""
        if attribution.partial:
            return f"{place}, citing {who}{said}{via} in part:"
        return f"{who[:1].upper()}{who[1:]}{said}{via}, as reported in {place}:"
    verb = "asserts" if attribution.commentary else "states"
    if attribution.voice == "unnamed" or attribution.contested:
        return f"{place} {verb}, without naming a source:"
    return f"{place} {verb}:"


def _title(document: Document) -> str:
    return f"“{document.title or document.name}”"


def _marks(document: Document, attribution: Attribution) -> str:
    published = iso(document.published, document.published_precision) or "undated"
    return f"commentary, {published}" if attribution.commentary else published


def _day(said_on: str) -> str:
    return f"on {said_on}" if len(said_on) == 10 else f"in {said_on}"
