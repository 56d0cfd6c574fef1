"""Publication dates as they are written in headers, bylines and page data, with the precision they were given in."""

import re
from datetime import date

from qa.records import Precision

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = (
    {name: number for number, name in enumerate(_NAMES, 1)} | {name[:3]: number for number, name in enumerate(_NAMES, 1)} | {"sept": 9}
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_AFTER = r"(?![\w-])"

# Each is tried in turn; group names say what the digits are.
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{_MONTH})\b\.?,?[\s-]+(?P<y>\d{{4}})(?!\d)",
        rf"(?P<month>{_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4})(?!\d)",
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})" + _AFTER,
        rf"(?P<month>{_MONTH})\b\.?,?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?P<y>\d{4})" + _AFTER,
    )
)

Dated = tuple[date | None, Precision]
UNDATED: Dated = (None, "none")


def read_date(text: str) -> Dated:
    """The date `text` begins with and its precision; (None, "none") when it begins with none.

    A date known to the month or year only is that period's first day. "03/04/2024" may be March or April: year.
    """
    dated, _ = match_date(text.strip())
    return dated


def match_date(text: str, start: int = 0) -> tuple[Dated, int]:
    """Like `read_date` at offset `start`, and the offset at which the date ends (`start` when there is none)."""
    for form in _FORMS:
        found = form.match(text, start)
        dated = _dated(found.groupdict()) if found else UNDATED
        if dated[0]:
            return dated, found.end()
    return UNDATED, start


def lowered(dated: Dated, precision: str) -> Dated:
    """The same date with its precision lowered to `precision`; unchanged when that is finer or no precision at all."""
    order = ("none", "year", "month", "day")
    day, known = dated
    if precision not in order or order.index(precision) >= order.index(known) or day is None:
        return dated
    if precision == "none":
        return UNDATED
    return (date(day.year, day.month if precision == "month" else 1, 1), precision)


def _dated(parts: dict[str, str | None]) -> Dated:
    year = int(parts["y"])
    if not 1000 <= year <= 2199:
        return UNDATED
    if parts.get("a"):
        return _numeric(year, int(parts["a"]), int(parts["b"]))
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else int(parts.get("m") or 0)
    if not month:
        return (date(year, 1, 1), "year")
    if not parts.get("d"):
        return (date(year, month, 1), "month") if 1 <= month <= 12 else UNDATED
    return _day(year, month, int(parts["d"]))


def _numeric(year: int, first: int, second: int) -> Dated:
    """Day and month in an order the text does not tell: certain only when one of them cannot be a month."""
    if first == second or second > 12:
        return _day(year, first, second)
    if first > 12:
        return _day(year, second, first)
    return (date(year, 1, 1), "year")


def _day(year: int, month: int, day: int) -> Dated:
    try:
        return (date(year, month, day), "day")
    except ValueError:
        return UNDATED
