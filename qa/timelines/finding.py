"""What the documents date about a topic, in the order of time: each event with its place, its voice, and how its date is known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from qa.agreement import compare
from qa.answering.about import ABOUT, LIKE, Found, about
from qa.answering.stated import Quoted, checked, state
from qa.language.dates import find_dates, iso, last_day, parse_date
from qa.library import Library
from qa.records import Dated, Filters, Precision, Statement, TimelineEvent

_BEARING = re.compile(r"\b(?:since|until|till|before|after|by|from|between|through)\s+(?:the\s+)?$", re.IGNORECASE)
UNDATED_PER_DOCUMENT = 2
"""How many sentences without a date of their own stand at their document's day of publication, the most alike."""


def timeline(library: Library, topic: str, filters: Filters = Filters(), *, since: date | None = None,
             until: date | None = None) -> tuple[TimelineEvent, ...]:
    """The dated statements about `topic`, earliest first; those whose year nothing tells come last, by document and place.

    `filters` say which documents are read; `since` and `until` are the first and last day an event may overlap (an event
    without a year is then left out). Statements that the check does not support are left out.
    """
    found, documents = [], {}
    for quoted in _told(about(library, topic, filters)):
        documents[quoted.document.id] = quoted.document
        statement = state(quoted, marker=len(found) + 1)
        events = [event for event in _events(statement, quoted) if _within(event, since, until)]
        if events and not checked(statement, quoted.document):
            found.append(events)
    statements, _ = compare([events[0].statement for events in found], documents)
    placed = [replace(event, statement=statement) for events, statement in zip(found, statements, strict=True) for event in events]
    return _numbered(sorted(placed, key=_order))


def undated(event: TimelineEvent) -> bool:
    """Whether nothing tells the year of an event, so that it has no place on a line."""
    return not event.date or event.date.startswith("-")


def span_of(event: TimelineEvent) -> tuple[date, date] | None:
    """First and last day of an event; None when nothing tells its year."""
    parsed = None if undated(event) else parse_date(event.date)
    if parsed is None:
        return None
    end = parse_date(event.until) if event.until else None
    return parsed[0], last_day(*(end or parsed))


def _told(found: Sequence[Found]) -> Iterator[Quoted]:
    """Those that hold a date of some kind; of a dated document also the few nearest to the topic that hold none."""
    plain: dict[str, list[Found]] = {}
    for one in found:
        if find_dates(one.quoted.text):
            yield one.quoted
        elif one.share >= ABOUT and one.alike >= LIKE and one.quoted.document.published:
            plain.setdefault(one.quoted.document.id, []).append(one)
    for likely in plain.values():
        best = sorted(likely, key=lambda one: (-one.alike, one.quoted.start))[:UNDATED_PER_DOCUMENT]
        yield from (one.quoted for one in best)


def _events(statement: Statement, quoted: Quoted) -> Iterator[TimelineEvent]:
    """An event for each date of a statement, one for both ends of a stretch. The date of the saying counts where there is no other, that
    of publication where there is none at all."""
    dates = [dated for dated in statement.dates if not dated.said] or statement.dates
    document, taken = quoted.document, 0
    if not dates and not find_dates(quoted.text):
        yield TimelineEvent(date=iso(document.published, document.published_precision), precision=document.published_precision, words="",
                            basis="publication", statement=statement)
    for dated, after in zip_longest(dates, dates[1:]):
        if dated.start < taken:
            continue
        until = after if after and _stretch(dated, after, quoted) else None
        taken = until.end if until else dated.end
        yield TimelineEvent(
            date=dated.date, precision=dated.precision, words=_words(document.text, quoted.start, (dated.start, taken)),
            basis="saying" if dated.said else "event", until=until.date if until else "",
            worked_out=dated.worked_out or bool(until and until.worked_out), statement=statement)


def _words(text: str, first: int, span: tuple[int, int]) -> str:
    """The words of a date, with "since", "until" and the like before them."""
    before = _BEARING.search(text[max(first, span[0] - 16) : span[0]])
    return " ".join(((before.group() if before else "") + text[span[0] : span[1]]).split())


def _stretch(first: Dated, last: Dated, quoted: Quoted) -> bool:
    """Whether two dates are the ends of one stretch: "between 14 and 20 November", "from May to July"."""
    text = quoted.document.text
    between = text[first.end : last.start].lower().split()
    before = text[max(quoted.start, first.start - 20) : first.start].lower().split()[-2:]
    opened = {"between": ["and"], "from": ["to", "until", "till"]}
    joined = any(word in before and between[:1] == [link] for word, links in opened.items() for link in links)
    return (joined or between in (["–"], ["-"])) and len(between) <= 2 and first.precision == last.precision and first.date < last.date


def _within(event: TimelineEvent, since: date | None, until: date | None) -> bool:
    if not (since or until):
        return True
    span = span_of(event)
    return span is not None and (since is None or span[1] >= since) and (until is None or span[0] <= until)


def _order(event: TimelineEvent) -> tuple:
    """By time, a longer period after the days it holds; what has no year by document and month, then by place."""
    citation = event.statement.citations[0]
    span = span_of(event)
    rank: dict[Precision, int] = {"day": 0, "month": 1, "year": 2, "none": 3}
    if span is None:
        return (1, citation.name, event.date or "~", citation.start)
    return (0, span[1].isoformat(), rank[event.precision], span[0].isoformat(), citation.name, citation.start)


def _numbered(events: Sequence[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """The events with their citations numbered in the order printed; one statement in two places keeps its number."""
    numbers: dict[tuple[str, int, int], int] = {}
    numbered = []
    for event in events:
        first = event.statement.citations[0]
        marker = numbers.setdefault((first.document, first.start, first.end), len(numbers) + 1)
        citations = (replace(first, marker=marker), *event.statement.citations[1:])
        numbered.append(replace(event, statement=replace(event.statement, citations=citations)))
    return tuple(numbered)
