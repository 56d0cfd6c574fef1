"""Dates in English text, with their offsets and precision.

Written here and not left to a library: `dateparser.search` takes milliseconds for a sentence, reads "may", "march" and
plain numbers as dates, and guesses a full date where the words give a month; `dateutil` finds no offsets. Patterns for
the forms that news text uses are exact, say how precise the words are, and take some ten microseconds.

What is not read as a date: "may" and "march" as verbs, counted things ("2,500 troops", "in 2000 homes"), resolution and
version numbers ("Resolution 1701", "3.11"), plural and proper weekdays ("Tuesdays", "Black Friday").
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

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


MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
NUMBERS = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())} | {"a": 1, "an": 1}

_MONTH = (r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept(?:ember)?|Sep|Oct(?:ober)?"
          r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?")
_LONG = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:/]\d|%)"
_FIRST = r"(?P<first>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\w|[.,:/]\d|%)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_PART = r"(?:(?:early|mid|late)(?:\s+in)?[\s-]+|(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+)"
_COUNT = r"(?P<count>\d{1,3}|a|an|" + "|".join(list(NUMBERS)[1:13]) + r")"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_LEAD = r"(?<![\w.,:/$€£-])"

_ISO = re.compile(r"(?<![\w.-])(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|/(?P<month2>\d{2})/(?P<day2>\d{2}))(?![\d-]|\.\d)")
_SLASH = re.compile(r"(?<![\w./-])(?P<one>\d{1,2})(?P<sign>[/.])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?![\w/-]|\.\d)")
_DAY_MONTH = re.compile(
    rf"(?:\b{_WEEKDAY},?\s+)?{_LEAD}(?:the\s+)?(?:{_FIRST}\s*(?:-|–|to|and)\s*(?:the\s+)?)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?", re.I)
_MONTH_DAY = re.compile(
    rf"(?:\b{_WEEKDAY},?\s+)?\b{_MONTH}\s+(?:the\s+)?(?:{_FIRST}\s*(?:-|–|to|and)\s*(?:the\s+)?)?{_DAY}(?:,?\s+{_YEAR})?", re.I)
_MONTH_YEAR = re.compile(rf"(?:\b{_PART})?\b{_MONTH},?\s+(?:of\s+)?{_YEAR}", re.I)
_MONTH_ALONE = re.compile(rf"(?:(?P<before>\b(?:in|since|by|until|till|from|to|of|during|through|last|next|this|before|after|for|and)\s+|\b{_PART})(?P<which>))?\b{_LONG}", re.I)
_WEEKDAY_DAY = re.compile(rf"\b{_WEEKDAY},?\s+the\s+{_DAY}", re.I)
_WEEKDAY_ALONE = re.compile(rf"(?:\b(?P<which>last|next|this)\s+)?\b{_WEEKDAY}(?!['’]?s\s+own)", re.I)
_THE_DAY = re.compile(rf"\b(?:on|since|until|by)\s+(?P<core>the\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th))(?=[.,;:)]|\s*$|\s+(?:and|at|in|that|he|she|it|they|we)\b)", re.I)
_SEASON = re.compile(
    rf"\b(?:(?:{_PART})|(?:the\s+)?(?:spring|summer|autumn|fall|winter|(?:first|second|third|fourth|last)\s+(?:quarter|half)|Q[1-4])\s+(?:of\s+|in\s+)?){_YEAR}", re.I)
_YEAR_ALONE = re.compile(
    r"(?:(?P<before>\b(?:in|since|by|until|till|from|during|through|before|after|of|for|year|the|a|an|and|to|between|early|late|mid|back|as|than|his|her|its|their)"
    r"[\s-]+|['’]s?\s|(?<=[\d])\s?[–-]\s?|[(\[]|,\s|^|(?<=[.!?”\"]\s)))" + _YEAR + r"(?P<season>[-–/]\d\d(?!\w))?", re.I)
_PLAIN = re.compile(r"\b(?P<word>today|tonight|yesterday|tomorrow|last\s+night)\b", re.I)
_AGO = re.compile(rf"\b{_COUNT}\s+{_UNIT}\s+ago\b", re.I)
_LAST = re.compile(r"\b(?:(?:earlier|later|early|late)\s+)?(?P<which>last|this|next|the\s+previous)\s+(?P<unit>week|month|year)\b(?!['’]s\s+own)", re.I)
_LOOSE = re.compile(
    rf"\b(?:{_COUNT}\s+{_UNIT}\s+(?:later|earlier|before|after)|(?:the|that)\s+(?:next|same|previous|following|very)\s+(?:day|week|month|year)"
    rf"|that\s+(?:same\s+)?(?:day|week|month|year)|(?:in\s+|over\s+|for\s+)?(?:the\s+)?(?:past|last|coming|recent|next)\s+(?:few\s+|several\s+|{_COUNT}\s+)?(?:days?|weeks?|months?|years?|decades?))\b"
    .replace("(?P<count>", "(?:").replace("(?P<unit>", "(?:"), re.I)

# A number before one of these words counts things; it is no year and no day.
_COUNTED = re.compile(
    r"\s+(?:(?!(?:many|several|some|more|the|a|an|two|three|four|five|six|ten|hundreds|thousands|dozens|most|these|those|its|his|her|their|our|and|as|but|when|while|about|at)\b)"
    r"[a-z]\w*\s+)?(?:people|persons|troops|soldiers|civilians|children|women|men|victims|deaths|fatalities|casualties|fighters"
    r"|members|euros|dollars|pounds|kilomet(?:re|er)s|km|miles|met(?:re|er)s|votes|seats|homes|houses|families|residents|jobs|workers|employees|times|tons|tonnes"
    r"|hectares|hours|minutes|points|goals|students|patients|cases|units|shares|fans|spectators|protesters|refugees|hostages|prisoners)\b", re.I)
_NUMBERED = re.compile(r"(?:resolutions?|UNSCR|law|act|no\.?|number|version|flight|room|page|unit|article|section|model)\s+#?(\d{4})\b", re.I)
_NAMED_DAY = re.compile(r"\b(?:black|bloody|good|palm|easter|super|ash|shrove|cyber|giving|holy|man|sheffield|girl|ruby)\s+$", re.I)
_ON = re.compile(r"(?:^|\b(?:on|since|by|until|till|from|before|after|of|to|and|between|the|for|early|late|dated)\s+|[(,]\s*)$", re.I)

# What a text must hold before a pattern is tried: most sentences hold none of it.
_HAS_DIGITS = re.compile(r"\d\d|\d/\d|\bthe \d")
_HAS_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)
_HAS_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_HAS_UNIT = re.compile(r"\b(?:days?|weeks?|months?|years?|decades?|to-?day|tonight|yesterday|tomorrow|night)\b", re.I)


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
    """"2024-02-13", "2024-02" or "2024" as the precision allows; "" for no date."""
    if first is None or precision == "none":
        return ""
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _parts(mention: DateMention) -> tuple[int | None, ...]:
    known, day = mention.date, mention
    if known is None:
        return (day.year, day.month, day.day, day.weekday)
    exact = mention.precision == "day"
    return (known.year, known.month if mention.precision != "year" else None, known.day if exact else None, known.weekday() if exact else None)


@lru_cache(maxsize=8192)
def _find(text: str, reference: date | None) -> tuple[DateMention, ...]:
    gates = {gate for gate in (_HAS_DIGITS, _HAS_MONTH, _HAS_WEEKDAY, _HAS_UNIT) if gate.search(text)}
    if not gates:
        return ()
    numbered = {match.group(1) for match in _NUMBERED.finditer(text)}
    taken: list[DateMention] = []
    for gate, pattern, read in _READERS:
        for match in pattern.finditer(text) if gate in gates else ():
            if any(match.start() < other.end and other.start < match.end() for other in taken):
                continue
            taken.extend(read(match, reference) if match.groupdict().get("year") not in numbered or read is not _read_year else ())
    return tuple(sorted(taken, key=lambda mention: mention.start))


def _mention(match: re.Match, span: tuple[int, int], *, first: date | None, precision: Precision, **said) -> DateMention:
    relative = said.pop("relative", False)
    return DateMention(start=span[0], end=span[1], text=match.string[span[0]:span[1]], date=first, precision=precision,
                       relative=relative, resolved=first is not None, **said)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_iso(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    year, month, day = int(match["year"]), int(match["month"] or match["month2"]), match["day"] or match["day2"]
    first = _make(year, month, int(day or 1))
    if first and 1000 <= year < 2200:
        yield _mention(match, match.span(), first=first, precision="day" if day else "month", year=year, month=month, day=int(day) if day else None)


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
    if not name[0].isupper() and name.lower() in ("may", "march", "mar") and not (match["year"] or match.re is _MONTH_DAY and _ON.search(text[:match.start()])):
        return
    end, year = match.end(), int(match["year"]) if match["year"] else None
    if match.re is _MONTH_DAY and _COUNTED.match(text, end):
        if not year:
            return
        end, year = match.end("day"), None
    month, day = MONTHS[name.lower()], int(match["day"])
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    start = match.start()
    if match["first"]:
        first = _settle(year, month, int(match["first"]), reference=reference)
        at = match.start("first") if match.re is _DAY_MONTH else match.start("month")
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
    if not (match["month"][0].islower() and match["month"].lower() == "may" and match.re is not _MONTH_YEAR) and not _COUNTED.match(match.string, match.end()):
        yield _mention(match, match.span(), first=date(year, month, 1), precision="month", year=year, month=month)


def _read_month_alone(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    name, before, after = match["month"], match["before"] or "", match.string[match.end():]
    verb = name.lower() in ("may", "march")
    if name[0].islower() and (verb or not before) or before.lower().strip() in ("to", "and", "for") and verb:
        return
    adjective = re.search(r"\b(?:the|a|an)\s$|['’]s\s$", match.string[:match.start()]) and re.match(r"\s(?!on\b|for\b|of\b|to\b|through\b|toward)[a-z]", after)
    if verb and not before and not adjective or not before and re.match(r"\s[A-Z][a-z]", after):
        return
    month = MONTHS[name.lower()]
    first = _settle(None, month, 1, reference=reference)
    if first and before.lower().startswith("next"):
        first = date(first.year + 1, month, 1)
    start = match.start() if re.match(rf"{_PART}|last|next|this", before, re.I) else match.start("month")
    yield _mention(match, (start, match.end()), first=first, precision="month", month=month)


def _read_weekday_day(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    """"Tuesday the 13th": the latest month whose 13th was a Tuesday, on or before the reference."""
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
    before = text[max(0, match.start() - 12):match.start()]
    if name[0].islower() and not re.search(r"\bon\s$", before) or _NAMED_DAY.search(before) or re.match(r"\s(?:Times|Night|Mirror|Mail)\b", text[match.end():]):
        return
    weekday, which, first = WEEKDAYS[name.lower()], (match["which"] or "").lower(), None
    if reference:
        back = (reference.weekday() - weekday) % 7
        first = reference - timedelta(days=back or (7 if which == "last" else 0))
        if which == "next":
            first = reference + timedelta(days=7 - back)
    yield _mention(match, match.span(), first=first, precision="day", weekday=weekday, relative=True)


def _read_year(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    start, text, end = match.start("year"), match.string, match.end()
    if _COUNTED.match(text, end):
        return
    before = (match.groupdict().get("before") or "").strip().lower()
    if match.re is _SEASON:
        start = match.start()
    elif before in ("", ",", "to", "and", "than", "for", "as"):
        closed = re.match(r"\s*(?:[.,;)\]]|$)|\s+(?:was|saw|brought|and|to|when|until|season|budget|[a-z]+ed\b)", text[end:])
        if not closed or before in (",", "") and not re.match(r"\s+(?:was|saw|brought)|\s*[)\]]", text[end:]):
            return
    yield _mention(match, (start, end), first=date(int(match["year"]), 1, 1), precision="year", year=int(match["year"]))


def _read_plain(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    steps = {"yesterday": -1, "last night": -1, "tomorrow": 1}
    step = timedelta(days=steps.get(" ".join(match["word"].lower().split()), 0))
    yield _mention(match, match.span(), first=reference + step if reference else None, precision="day" if reference else "none", relative=True)


def _read_steps(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    """"three weeks ago", "last month": counted in whole units from the reference."""
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
        return (date(monday.year, monday.month, 1), "month") if monday.month == sunday.month else (
            (date(monday.year, 1, 1), "year") if monday.year == sunday.year else (None, "none"))
    months = reference.year * 12 + reference.month - 1 + count * (12 if unit == "year" else 1)
    if months < 12:
        return None, "none"
    return (date(months // 12, 1, 1), "year") if unit == "year" else (date(months // 12, months % 12 + 1, 1), "month")


def _read_loose(match: re.Match, reference: date | None) -> Iterator[DateMention]:
    yield _mention(match, match.span(), first=None, precision="none", relative=True)


_READERS: tuple[tuple[re.Pattern, re.Pattern, Callable[[re.Match, date | None], Iterator[DateMention]]], ...] = (
    (_HAS_DIGITS, _ISO, _read_iso), (_HAS_DIGITS, _SLASH, _read_slash), (_HAS_MONTH, _DAY_MONTH, _read_day), (_HAS_MONTH, _MONTH_DAY, _read_day),
    (_HAS_MONTH, _MONTH_YEAR, _read_month), (_HAS_DIGITS, _SEASON, _read_year), (_HAS_WEEKDAY, _WEEKDAY_DAY, _read_weekday_day),
    (_HAS_MONTH, _MONTH_ALONE, _read_month_alone), (_HAS_WEEKDAY, _WEEKDAY_ALONE, _read_weekday), (_HAS_DIGITS, _THE_DAY, _read_the_day),
    (_HAS_DIGITS, _YEAR_ALONE, _read_year), (_HAS_UNIT, _AGO, _read_steps), (_HAS_UNIT, _LAST, _read_steps), (_HAS_UNIT, _PLAIN, _read_plain),
    (_HAS_UNIT, _LOOSE, _read_loose),
)
