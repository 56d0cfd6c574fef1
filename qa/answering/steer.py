"""Times that a question sets ("as of March 2024", "since", "before", "latest", "after the strike on …"): what they leave and in which
order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qa.answering.about import about
from qa.answering.times import in_full, stated_on, times_in
from qa.language.dates import find_dates, last_day, parse_date, period
from qa.library import Library
from qa.records import Dated, Document, Filters, Statement

_AS_OF = re.compile(r"[,\s]*\b(?:as of|as at|up to and including)\s+(?:the\s+)?(?P<time>[^,?]+?)(?=\s*[,?]|\s*$)", re.IGNORECASE)
_BOUND = re.compile(r"\b(?P<word>since|after|before|until|till|up to|prior to)\s+(?P<rest>[^,?]+)", re.IGNORECASE)
_NEWEST = re.compile(r"\b(?:latest|most recent(?:ly)?|newest|current(?:ly)?|so far|to date|up[- ]to[- ]date|right now|at "
                     r"present)\b", re.IGNORECASE)
_OLDEST = re.compile(r"\b(?:at first|initially|originally|earliest|first reported)\b", re.IGNORECASE)
_STEERS = re.compile(r"\b(?:the )?(?:latest|most recent|newest|current)\b\s*", re.IGNORECASE)
_CLEAR = 1.2
"""Strength in meaning and words together from which a sentence is taken to tell of the event a question counts from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """What the times in a question ask for. `question` is what is searched for, without words that only steer. `as_of`: what was known on
    that day; `since`, `until`: the days events may overlap (both included); `order` of the statements by when they were made."""

    question: str
    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    order: Literal["newest", "oldest", ""] = ""

    def allows(self, document: Document, start: int, end: int) -> bool:
        """Whether the characters `start` to `end` may speak for the time asked about: what is known to speak for another does not."""
        if not (self.as_of or self.since or self.until):
            return True
        told = [days for dated in times_in(document, start, end) if (days := _days(dated))]
        published = (document.published, last_day(document.published, document.published_precision)) if document.published else None
        if self.as_of:
            known = any(first <= self.as_of for first, _ in told)
            return known or published is None or published[0] <= self.as_of
        if told:
            return any((self.since is None or last >= self.since) and (self.until is None or first <= self.until) for first, last in told)
        return published is None or self.since is None or published[1] >= self.since

    def ordered(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements by when they were made, the undated last; as they are where the question asks for no order. What a later count
        of the same speaker replaced comes after all others."""
        found = list(statements)
        if self.order or self.as_of:
            dated = sorted((s for s in found if stated_on(s)), key=stated_on, reverse=self.order != "oldest")
            found = [*dated, *(s for s in found if not stated_on(s))]
        return sorted(found, key=lambda s: s.agreement == "superseded")


def steering(question: str, library: Library, filters: Filters = Filters()) -> Steering:
    """The times a question sets. An event it counts from ("after the strike on …") is dated by the sentence that tells of it best."""
    found = _AS_OF.search(question)
    moment = _parsed(found["time"], library) if found else None
    if found and moment:
        rest = (question[: found.start()] + question[found.end() :]).strip(" ,")
        return Steering(question=rest, as_of=last_day(*moment))
    order = "newest" if _NEWEST.search(question) else "oldest" if _OLDEST.search(question) else ""
    plain = _STEERS.sub("", question) if order == "newest" else question
    bound = _BOUND.search(question)
    if not bound:
        return Steering(question=plain, order=order)
    word, days = bound["word"].lower(), _period_of(bound["rest"], library, filters)
    if days is None:
        return Steering(question=plain, order=order)
    first, last = days
    if word in ("since", "after"):
        return Steering(question=plain, order=order, since=first)
    return Steering(question=plain, order=order, until=last if word in ("until", "till", "up to") else first - timedelta(days=1))


def _period_of(words: str, library: Library, filters: Filters) -> tuple[date, date] | None:
    """The days that words after "since" or "before" mean: a date in them, else the date of the event they tell of."""
    if whole := parse_date(words):
        return whole[0], last_day(*whole)
    for mention in find_dates(words):
        if mention.start <= 4 and (days := period(mention)):
            return days
        if mention.start <= 4 and (parsed := _parsed(mention.text, library)):
            return parsed[0], last_day(*parsed)
    if find_dates(words) or len(words.split()) < 3:
        return None
    told = sorted(about(library, words, filters), key=lambda one: -one.strength)
    for one in (one for one in told if one.strength >= _CLEAR):
        dates = [days for dated in times_in(one.quoted.document, one.quoted.start, one.quoted.end) if (days := _days(dated))]
        if dates:
            return dates[0]
    return None


def _parsed(words: str, library: Library) -> tuple[date, str] | None:
    """A date; a day or month without a year is of the last year in which a document was published."""
    parsed = parse_date(words)
    if parsed:
        return parsed
    years = [document.published.year for document in library.documents() if document.published]
    return parse_date(f"{words} {max(years)}") if years else None


def _days(dated: Dated) -> tuple[date, date] | None:
    parsed = parse_date(dated.date) if in_full(dated) else None
    return (parsed[0], last_day(*parsed)) if parsed else None
