"""Dates in English text, with their offsets and precision.

Written here and not left to a library: `dateparser.search` takes milliseconds for a sentence, reads "may", "march" and
plain numbers as dates, and guesses a full date where the words give a month; `dateutil` finds no offsets. Patterns for
the forms that news text uses are exact, say how precise the words are, and take about a tenth of a millisecond for a sentence.

What is not read as a date: "may" and "march" as verbs, counted things ("2,500 troops", "in 2000 homes"), resolution and
version numbers ("Resolution 1701", "3.11"), plural and proper weekdays ("Tuesdays", "Black Friday").
"""

import calendar
import re
from datetime import date
from functools import lru_cache

from qa.language import date_patterns as p
from qa.language.date_patterns import MONTHS, WEEKDAYS
from qa.language.date_readers import READERS, DateMention, read_year
from qa.records import Precision

__all__ = ["MONTHS", "WEEKDAYS", "DateMention", "find_dates", "iso", "last_day", "overlaps", "parse_date", "period"]


def find_dates(text: str, reference: date | None = None) -> list[DateMention]:
    """The dates in `text` in order, apart from each other.

    `reference` is the day the text was published: a month and day without a year is the nearest not more than a week
    after it, a weekday the latest on or before it. Without it such mentions have no `date`.
    """
    return list(_find(text, reference))


def parse_date(text: str) -> tuple[date, Precision] | None:
    """The date a whole string gives ("2024-03", "March 2024", "14 March 2024", "2024"): first day of its period, and the precision.
    None when it is anything else, or lacks the year."""
    text = text.strip()
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", text):
        return date(int(text), 1, 1), "year"
    found = find_dates(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return (found[0].date, found[0].precision) if whole and found[0].date else None


def period(mention: DateMention) -> tuple[date, date] | None:
    """The first and last day of a resolved mention; None when it is not resolved."""
    if mention.date is None:
        return None
    return mention.date, last_day(mention.date, mention.precision)


def last_day(first: date, precision: Precision) -> date:
    """The last day of the day, month or year that begins with `first` ("none" counts as a day)."""
    if precision == "year":
        return date(first.year, 12, 31)
    if precision == "month":
        return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    return first


def overlaps(a: DateMention, b: DateMention) -> bool:
    """Could both mean the same time? Resolved periods are compared; otherwise the parts that both name ("March 14" and
    "March 2024" overlap, "March 14" and "14 April" do not). A mention that names nothing overlaps everything."""
    first, second = period(a), period(b)
    if first and second:
        return first[0] <= second[1] and second[0] <= first[1]
    return all(x is None or y is None or x == y for x, y in zip(_parts(a), _parts(b), strict=True))


def iso(first: date | None, precision: Precision) -> str:
    """ "2024-02-13", "2024-02" or "2024" as the precision allows; "" for no date."""
    if first is None or precision == "none":
        return ""
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _parts(mention: DateMention) -> tuple[int | None, ...]:
    known, day = mention.date, mention
    if known is None:
        return (day.year, day.month, day.day, day.weekday)
    exact = mention.precision == "day"
    return (
        known.year,
        known.month if mention.precision != "year" else None,
        known.day if exact else None,
        known.weekday() if exact else None,
    )


@lru_cache(maxsize=8192)
def _find(text: str, reference: date | None) -> tuple[DateMention, ...]:
    gates = {gate for gate in (p.HAS_DIGITS, p.HAS_MONTH, p.HAS_WEEKDAY, p.HAS_UNIT) if gate.search(text)}
    if not gates:
        return ()
    numbered = {match.group(1) for match in p.NUMBERED.finditer(text)}
    taken: list[DateMention] = []
    for gate, pattern, read in READERS:
        for match in pattern.finditer(text) if gate in gates else ():
            if any(match.start() < other.end and other.start < match.end() for other in taken):
                continue
            taken.extend(read(match, reference) if match.groupdict().get("year") not in numbered or read is not read_year else ())
    return tuple(sorted(taken, key=lambda mention: mention.start))
