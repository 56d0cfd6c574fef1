"""The dates of a sentence, each with what the document settles of it: the day, the month, or only what the words say."""

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from qa.language.date_patterns import AGO, LAST, PLAIN
from qa.language.dates import DateMention, find_dates, iso, parse_date
from qa.records import Dated, Document, Statement

_FROM_BEFORE = re.compile(r"\b(?:that\s+(?:same\s+|very\s+)?day|the\s+same\s+day)$", re.IGNORECASE)
_DAY_AFTER = re.compile(r"\b(?:a|one)\s+day\s+later$|\bthe\s+(?:next|following)\s+day$", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:-|–|to|and|until|till|through)\s*(?:the\s+)?", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:will|shall|is to|are to|due|expected|planned|scheduled|until|next|begins?|starts?|ends?|opens?)\b", re.IGNORECASE)
SOON, AHEAD = 60, 300
"""Days after publication within which a date without a year is taken to lie ahead: in any sentence, in one that speaks of what is to come."""
LOOK_BACK = 3
"""How many sentences before one are read for the day that "the same day" means."""


def reference_of(document: Document) -> date | None:
    """The day from which "on Tuesday" is counted: that of publication, where it is known to the day."""
    return document.published if document.published_precision == "day" else None


def times_in(document: Document, start: int, end: int, *, before: tuple[tuple[int, int], ...] = (), said_on: str = "") -> tuple[Dated, ...]:
    """The dates of characters `start` to `end` of `document` in order, as far as words and document settle anything of them.

    `before` are the sentences ahead of it, from which "the same day" is understood. `said_on` is the day of the saying, known
    from the attribution: the first date that gives it is marked `said`.
    """
    text, reference = document.text[start:end], reference_of(document)
    found, said = [], False
    for mention in find_dates(text, reference):
        dated = _dated(mention, text, start, reference) or _from_before(mention, start, document=document, before=before)
        if dated:
            dates_saying = bool(said_on) and not said and dated.date == said_on
            said = said or dates_saying
            found.append(replace(dated, said=dates_saying))
    return tuple(found)


def read_as(dated: Dated) -> str:
    """“Tuesday” read as 2024-03-12."""
    return f"“{' '.join(dated.text.split())}” read as {date_words(dated.date)}"


def date_words(written: str) -> str:
    """An ISO date as printed: "2024-03-12"; "5 March, year not said" for "--03-05"."""
    if not written.startswith("--"):
        return written
    month = calendar.month_name[int(written[2:4])]
    return f"{int(written[5:])} {month}, year not said" if written[5:] else f"{month}, year not said"


def in_full(dated: Dated) -> bool:
    """Whether the date has a year, so that it can be put on a line."""
    return bool(dated.date) and not dated.date.startswith("-")


def as_of(statement: Statement) -> str:
    """The time a statement speaks for, ISO with its year: when it was said, else the last time it mentions, else its document's day of
    publication; "" when nothing tells."""
    if statement.said_on:
        return statement.said_on
    told = [dated.date for dated in statement.dates if in_full(dated)]
    first = statement.citations[0]
    return max(told) if told else iso(first.published, first.published_precision)


def stated_on(statement: Statement) -> str:
    """When a statement was made, ISO: the day of the saying, else its document's day of publication; "" when nothing tells."""
    first = statement.citations[0]
    return statement.said_on or iso(first.published, first.published_precision)


def _dated(mention: DateMention, text: str, offset: int, reference: date | None) -> Dated | None:
    """The mention as far as it is settled; None for words that mean no one time ("in recent days")."""
    if mention.date is None and mention.month is None and mention.weekday is None and not _one_time(mention.text):
        return None
    mention = _ahead(_with_year_after(mention, text), text, reference)
    first, precision = iso(mention.date, mention.precision), mention.precision
    if not first and mention.month:
        first = f"--{mention.month:02}" + (f"-{mention.day:02}" if mention.day else "")
    if not first and mention.day and (follows := _month_after(mention, text)):
        first, precision = f"--{follows:02}-{mention.day:02}", "day"
    worked_out = bool(first) and not first.startswith("-") and (mention.relative or mention.year is None)
    return Dated(text=mention.text, start=offset + mention.start, end=offset + mention.end, date=first,
                 precision=precision if first else "none", worked_out=worked_out)


def _ahead(mention: DateMention, text: str, reference: date | None) -> DateMention:
    """A date without a year in the year to come, where it is SOON after the document or the sentence speaks of what is ahead ("begins on 7
    June", published on 20 May); else as it is, in the year gone by."""
    if mention.year or not mention.month or mention.date is None or reference is None or mention.date > reference:
        return mention
    year = mention.date.year + 1
    following = parse_date(f"{year}-{mention.month:02}" + (f"-{mention.day:02}" if mention.day else ""))
    days = (following[0] - reference).days if following else 0
    if not 0 < days <= (AHEAD if _FUTURE.search(text[: mention.start]) else SOON):
        return mention
    return replace(mention, date=following[0])


def _one_time(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (AGO, LAST, PLAIN)) and not re.match(r"to-?(?:day|night)", text, re.IGNORECASE)


def _with_year_after(mention: DateMention, text: str) -> DateMention:
    """ "May" in "from May to July 2025" with the year of the end, or the one before."""
    if mention.year or not mention.month:
        return mention
    after = [other for other in find_dates(text) if other.start >= mention.end and other.year and other.month]
    if not after or not _JOINS.fullmatch(text[mention.end : after[0].start]):
        return mention
    year = after[0].year - (mention.month > after[0].month)
    first = parse_date(f"{year}-{mention.month:02}" + (f"-{mention.day:02}" if mention.day else ""))
    return replace(mention, date=first[0], year=year) if first else mention


def _month_after(mention: DateMention, text: str) -> int | None:
    """The month of the date that ends the range a bare day begins ("14 and 20 November")."""
    after = [other for other in find_dates(text) if other.start >= mention.end and other.month]
    return after[0].month if after and _JOINS.fullmatch(text[mention.end : after[0].start]) else None


def _from_before(mention: DateMention, offset: int, *, document: Document, before: tuple[tuple[int, int], ...]) -> Dated | None:
    """ "The same day", "a day later": counted from the last day the sentences before name."""
    step = 0 if _FROM_BEFORE.search(mention.text) else 1 if _DAY_AFTER.search(mention.text) else None
    if step is None:
        return None
    for start, end in reversed(before[-LOOK_BACK:]):
        days = [m for m in find_dates(document.text[start:end], reference_of(document)) if m.precision == "day" and (m.date or m.month)]
        if days:
            first = _stepped(days[-1], step)
            return Dated(text=mention.text, start=offset + mention.start, end=offset + mention.end, date=first,
                         precision="day" if first else "none", worked_out=True)
    return None


def _stepped(mention: DateMention, step: int) -> str:
    """The day `step` days after a mention with day and month, as ISO; "" where only the year would tell."""
    if mention.date:
        return (mention.date + timedelta(days=step)).isoformat()
    if not mention.day or step and mention.month == 2 and mention.day >= 28:
        return ""
    day = date(2024, mention.month, mention.day) + timedelta(days=step)  # any year will do
    return f"--{day.month:02}-{day.day:02}"
