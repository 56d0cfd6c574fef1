"""What each pattern for a date means: the mention it makes, counted from a reference where the words do."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa.language import date_patterns as p
from qa.language.date_patterns import MONTHS, NUMBERS, WEEKDAYS
from qa.records import Precision


GRACE = timedelta(days=7)  # a date without a year may lie this far after the reference: announced, or a late clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as the words give it: `text` is characters `start` to `end` of the text searched.

    `year`, `month`, `day` and `weekday` (Monday 0) are what the words themselves say (None: not said). `date` is the first day of
    the period meant, `precision` how long that period is; `date` is None and `resolved` False when the words and the
    reference do not settle it. `relative`: the words count from another day ("on Tuesday", "two months later").
    A week ("last week") has the precision of the month, or year, that holds it.
    """

    start: int
    end: int
    text: str
    date: "date | None" = None
    precision: Precision = "none"
    relative: bool = False
    resolved: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def _mention(match: re.Match, span: tuple[int, int], *, first: date | None, precision: Precision, **said) -> DateMention:
    relative = said.pop("relative", False)
    return DateMention(
        start=span[0],
        end=span[1],
        text=match.string[span[0] : span[1]],
        date=first,
        precision=precision,
        relative=relative,
        resolved=first is not None,
        **said,
    )


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_iso(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    year, month, day = int(match["year"]), int(match["month"] or match["month2"]), match["day"] or match["day2"]
    first = _make(year, month, int(day or 1))
    if first and 1000 <= year < 2200:
        yield _mention(
            match, match.span(), first=first, precision="day" if day else "month", year=year, month=month, day=int(day) if day else None
        )


def _read_slash(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    readings = {(month, day) for month, day in ((one, two), (two, one)) if _make(year, month, day)}
    if match["sign"] == ".":  # dots are written day first
        readings &= {(two, one)}
    if len(readings) == 1:
        month, day = readings.pop()
        yield _mention(match, match.span(), first=_make(year, month, day), precision="day", year=year, month=month, day=day)
    elif readings:  # 03/04/2024: only the year is certain
        yield _mention(match, match.span(), first=date(year, 1, 1), precision="year", year=year)


def _read_day(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    """A day with its month, the year said or taken from the reference; a range gives a mention for either end."""
    text, name = match.string, match["month"]
    if (
        not name[0].isupper()
        and name.lower() in ("may", "march", "mar")
        and not (match["year"] or match.re is p.MONTH_DAY and p.ON.search(text[: match.start()]))
    ):
        return
    end, year = match.end(), int(match["year"]) if match["year"] else None
    if match.re is p.MONTH_DAY and p.COUNTED.match(text, end):
        if not year:
            return
        end, year = match.end("day"), None
    month, day = MONTHS[name.lower()], int(match["day"])
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    start = match.start()
    if match["first"]:
        first = _settle(year, month, int(match["first"]), reference=reference)
        at = match.start("first") if match.re is p.DAY_MONTH else match.start("month")
        yield _mention(match, (at, match.end("first")), first=first, precision="day", year=year, month=month, day=int(match["first"]))
        start = match.start("day")
    if year and not _make(year, month, day) or not _make(2024, month, day):
        return
    first = _settle(year, month, day, reference=reference, weekday=weekday)
    yield _mention(match, (start, end), first=first, precision="day", year=year, month=month, day=day, weekday=weekday)


def _settle(year: int | None, month: int, day: int, *, reference: date | None, weekday: int | None = None) -> date | None:
    """The date, its year taken from the reference where none is said: the nearest not more than `GRACE` after it
    (the nearest on the weekday said, if one of the last three years has it there)."""
    if year or reference is None:
        return _make(year, month, day) if year else None
    years = (_make(reference.year + step, month, day) for step in (1, 0, -1, -2, -3, -4, -5, -6, -7, -8))
    fitting = [first for first in years if first and first <= reference + GRACE]
    return next((first for first in fitting[:3] if weekday is not None and first.weekday() == weekday), fitting[0] if fitting else None)


def _read_month(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    year, month = int(match["year"]), MONTHS[match["month"].lower()]
    if not (match["month"][0].islower() and match["month"].lower() == "may" and match.re is not p.MONTH_YEAR) and not p.COUNTED.match(
        match.string, match.end()
    ):
        yield _mention(match, match.span(), first=date(year, month, 1), precision="month", year=year, month=month)


def _read_month_alone(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    name, before, after = match["month"], match["before"] or "", match.string[match.end() :]
    verb = name.lower() in ("may", "march")
    if name[0].islower() and (verb or not before) or before.lower().strip() in ("to", "and", "for") and verb:
        return
    adjective = re.search(r"\b(?:the|a|an)\s$|['’]s\s$", match.string[: match.start()]) and re.match(
        r"\s(?!on\b|for\b|of\b|to\b|through\b|toward)[a-z]", after
    )
    if verb and not before and not adjective or not before and re.match(r"\s[A-Z][a-z]", after):
        return
    month = MONTHS[name.lower()]
    first = _settle(None, month, 1, reference=reference)
    if first and before.lower().startswith("next"):
        first = date(first.year + 1, month, 1)
    start = match.start() if re.match(rf"{p.PART}|last|next|this", before, re.I) else match.start("month")
    yield _mention(match, (start, match.end()), first=first, precision="month", month=month)


def _read_weekday_day(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    """ "Tuesday the 13th": the latest month whose 13th was a Tuesday, on or before the reference."""
    weekday, day, first = WEEKDAYS[match["weekday"].lower()], int(match["day"]), None
    for back in range(24 if reference else 0):
        months = reference.year * 12 + reference.month - 1 - back
        made = _make(months // 12, months % 12 + 1, day)
        if made and made <= reference and made.weekday() == weekday:
            first = made
            break
    yield _mention(match, match.span(), first=first, precision="day", day=day, weekday=weekday, relative=True)


def _read_the_day(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    day, first = int(match["day"]), None
    for back in range(3 if reference else 0):
        months = reference.year * 12 + reference.month - 1 - back
        made = _make(months // 12, months % 12 + 1, day)
        if made and made <= reference:
            first = made
            break
    if 1 <= day <= 31:
        yield _mention(match, match.span("core"), first=first, precision="day", day=day, relative=True)


def _read_weekday(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    name, text = match["weekday"], match.string
    before = text[max(0, match.start() - 12) : match.start()]
    if (
        name[0].islower()
        and not re.search(r"\bon\s$", before)
        or p.NAMED_DAY.search(before)
        or re.match(r"\s(?:Times|Night|Mirror|Mail)\b", text[match.end() :])
    ):
        return
    weekday, which, first = WEEKDAYS[name.lower()], (match["which"] or "").lower(), None
    if reference:
        back = (reference.weekday() - weekday) % 7
        first = reference - timedelta(days=back or (7 if which == "last" else 0))
        if which == "next":
            first = reference + timedelta(days=7 - back)
    yield _mention(match, match.span(), first=first, precision="day", weekday=weekday, relative=True)


def read_year(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    """A year alone; none where it counts things (\"2000 homes\") or nothing shows that it is a year."""
    start, text, end = match.start("year"), match.string, match.end()
    if p.COUNTED.match(text, end):
        return
    before = (match.groupdict().get("before") or "").strip().lower()
    if match.re is p.SEASON:
        start = match.start()
    elif before in ("", ",", "to", "and", "than", "for", "as"):
        closed = re.match(r"\s*(?:[.,;)\]]|$)|\s+(?:was|saw|brought|and|to|when|until|season|budget|[a-z]+ed\b)", text[end:])
        if not closed or before in (",", "") and not re.match(r"\s+(?:was|saw|brought)|\s*[)\]]", text[end:]):
            return
    yield _mention(match, (start, end), first=date(int(match["year"]), 1, 1), precision="year", year=int(match["year"]))


def _read_plain(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    steps = {"yesterday": -1, "last night": -1, "tomorrow": 1}
    step = timedelta(days=steps.get(" ".join(match["word"].lower().split()), 0))
    yield _mention(
        match, match.span(), first=reference + step if reference else None, precision="day" if reference else "none", relative=True
    )


def _read_steps(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    """ "three weeks ago", "last month": counted in whole units from the reference."""
    said = match.groupdict()
    if said.get("count"):
        count = -int(NUMBERS.get(said["count"].lower(), said["count"]) if said["count"].lower() in NUMBERS else said["count"])
    else:
        count = {"last": -1, "this": 0, "next": 1}.get(said["which"].lower(), -1)
    first, precision = _step(reference, count, match["unit"].lower())
    yield _mention(match, match.span(), first=first, precision=precision, relative=True)


def _step(reference: date | None, count: int, unit: str) -> tuple[date | None, Precision]:
    if reference is None:
        return None, "none"
    if unit == "day":
        return reference + timedelta(days=count), "day"
    if unit == "week":
        monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=count)
        sunday = monday + timedelta(days=6)
        return (
            (date(monday.year, monday.month, 1), "month")
            if monday.month == sunday.month
            else ((date(monday.year, 1, 1), "year") if monday.year == sunday.year else (None, "none"))
        )
    months = reference.year * 12 + reference.month - 1 + count * (12 if unit == "year" else 1)
    if months < 12:
        return None, "none"
    return (date(months // 12, 1, 1), "year") if unit == "year" else (date(months // 12, months % 12 + 1, 1), "month")


def _read_loose(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    yield _mention(match, match.span(), first=None, precision="none", relative=True)


READERS: tuple[tuple[re.Pattern, re.Pattern, Callable[[re.Match, date | None], Iterator[DateMention]]], ...] = (
    (p.HAS_DIGITS, p.ISO, _read_iso),
    (p.HAS_DIGITS, p.SLASH, _read_slash),
    (p.HAS_MONTH, p.DAY_MONTH, _read_day),
    (p.HAS_MONTH, p.MONTH_DAY, _read_day),
    (p.HAS_MONTH, p.MONTH_YEAR, _read_month),
    (p.HAS_DIGITS, p.SEASON, read_year),
    (p.HAS_WEEKDAY, p.WEEKDAY_DAY, _read_weekday_day),
    (p.HAS_MONTH, p.MONTH_ALONE, _read_month_alone),
    (p.HAS_WEEKDAY, p.WEEKDAY_ALONE, _read_weekday),
    (p.HAS_DIGITS, p.THE_DAY, _read_the_day),
    (p.HAS_DIGITS, p.YEAR_ALONE, read_year),
    (p.HAS_UNIT, p.AGO, _read_steps),
    (p.HAS_UNIT, p.LAST, _read_steps),
    (p.HAS_UNIT, p.PLAIN, _read_plain),
    (p.HAS_UNIT, p.LOOSE, _read_loose),
)
