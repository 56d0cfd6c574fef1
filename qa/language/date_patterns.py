"""The forms in which English text gives dates, as patterns. Each names its parts (year, month, day, weekday, …) for `qa.language.dates`."""

import calendar
import re

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
NUMBERS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "a": 1,
    "an": 1,
}

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept(?:ember)?|Sep|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b(?:(?<![a-z]{4})(?<!may)\.|(?<=sept)\.)?"
)
_LONG = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:/]\d|%)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\w|[.,:/]\d|%|-[a-z])"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_WEEKDAY_FIRST = rf"(?:\b{_WEEKDAY},?\s+)?"
_RANGE = r"(?:(?P<first>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\s*(?:-|–|to|and)\s*(?:the\s+)?)?"
PART = r"(?:(?:early|mid|late)(?:\s+in)?[\s-]+|(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+)"
_COUNT = r"(?P<count>\d{1,3}|a|an|" + "|".join(list(NUMBERS)[1:13]) + r")"
_COUNTS = r"(?:\d{1,3}|a|an|few|several|" + "|".join(list(NUMBERS)[1:13]) + r")"

ISO = re.compile(r"(?<![\w.-])(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|/(?P<month2>\d{2})/(?P<day2>\d{2}))(?![\d-]|\.\d)")
SLASH = re.compile(r"(?<![\w./-])(?P<one>\d{1,2})(?P<sign>[/.])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?![\w/-]|\.\d)")
DAY_MONTH = re.compile(rf"{_WEEKDAY_FIRST}(?<![\w.,:/$€£-])(?:the\s+)?{_RANGE}{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?", re.I)
MONTH_DAY = re.compile(rf"{_WEEKDAY_FIRST}\b{_MONTH}\s+(?:the\s+)?{_RANGE}{_DAY}(?:,?\s+{_YEAR})?", re.I)
MONTH_YEAR = re.compile(rf"(?:\b{PART})?\b{_MONTH},?\s+(?:of\s+)?{_YEAR}", re.I)
MONTH_ALONE = re.compile(
    r"(?P<before>\b(?:in|since|by|until|till|from|to|of|during|through|last|next|this|before|after|for|and)\s+" rf"|\b{PART})?\b{_LONG}",
    re.I,
)
WEEKDAY_DAY = re.compile(rf"\b{_WEEKDAY},?\s+the\s+{_DAY}", re.I)
WEEKDAY_ALONE = re.compile(rf"(?:\b(?P<which>last|next|this)\s+)?\b{_WEEKDAY}", re.I)
THE_DAY = re.compile(
    r"\b(?:on|since|until|by)\s+(?P<core>the\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th))"
    r"(?=[.,;:)]|\s*$|\s+(?:and|at|in|that|he|she|it|they|we)\b)",
    re.I,
)
SEASON = re.compile(
    rf"\b(?:{PART}|(?:the\s+)?(?:spring|summer|autumn|fall|winter|(?:first|second|third|fourth|last)\s+(?:quarter|half)|Q[1-4])"
    rf"\s+(?:of\s+|in\s+)?){_YEAR}",
    re.I,
)
YEAR_ALONE = re.compile(
    r"(?P<before>\b(?:in|since|by|until|till|from|during|through|before|after|of|for|year|the|a|an|and|to|between|early|late|mid|back|as"
    r"|than|his|her|its|their)[\s-]+|['’]s?\s|(?<=[\d])\s?[–-]\s?|[(\[]|,\s|^|(?<=[.!?”\"]\s))" + _YEAR + r"(?:[-–/]\d\d(?!\w))?",
    re.I,
)
PLAIN = re.compile(r"\b(?P<word>today|tonight|yesterday|tomorrow|last\s+night)\b", re.I)
AGO = re.compile(rf"\b{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+ago\b", re.I)
LAST = re.compile(r"\b(?:(?:earlier|later|early|late)\s+)?(?P<which>last|this|next|the\s+previous)\s+(?P<unit>week|month|year)\b", re.I)
LOOSE = re.compile(
    rf"\b(?:{_COUNTS}\s+(?:days?|weeks?|months?|years?)\s+(?:later|earlier|before|after)"
    r"|(?:the|that)\s+(?:next|same|previous|following|very)\s+(?:day|week|month|year)|that\s+(?:same\s+)?(?:day|week|month|year)"
    rf"|(?:in\s+|over\s+|for\s+)?(?:the\s+)?(?:past|last|coming|recent|next)\s+(?:{_COUNTS}\s+)?(?:days?|weeks?|months?|years?"
    rf"|decades?))\b",
    re.I,
)

# A number before one of these words counts things; it is no year and no day.
_QUANTIFIER = (
    r"many|several|some|more|the|a|an|two|three|four|five|six|ten|hundreds|thousands|dozens|most|these|those|its|his|her|their"
    r"|our"
    r"|and|as|but|when|while|about|at"
)
COUNTED = re.compile(
    rf"\s+(?:(?!(?:{_QUANTIFIER})\b)[a-z]\w*\s+)?(?:people|persons|troops|soldiers|civilians|children|women|men|victims|deaths|fatalities"
    r"|casualties|fighters|members|euros|dollars|pounds|kilomet(?:re|er)s|km|miles|met(?:re|er)s|votes|seats|homes|houses|families"
    r"|residents"
    r"|jobs|workers|employees|times|tons|tonnes|hectares|hours|minutes|points|goals|students|patients|cases|units|shares|fans|spectators"
    r"|protesters|refugees|hostages|prisoners)\b",
    re.I,
)
NUMBERED = re.compile(
    r"(?:resolutions?|UNSCR|law|act|no\.?|number|version|flight|room|page|unit|article|section|model)\s+#?(\d{4})\b", re.I
)
NAMED_DAY = re.compile(r"\b(?:black|bloody|good|palm|easter|super|ash|shrove|cyber|giving|holy|man|sheffield|girl|ruby)\s+$", re.I)
ON = re.compile(r"(?:^|\b(?:on|since|by|until|till|from|before|after|of|to|and|between|the|for|early|late|dated)\s+|[(,]\s*)$", re.I)

# What a text must hold before a pattern is tried: most sentences hold none of it.
HAS_DIGITS = re.compile(r"\d\d|\d/\d|\bthe \d")
HAS_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)
HAS_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
HAS_UNIT = re.compile(r"\b(?:days?|weeks?|months?|years?|decades?|to-?day|tonight|yesterday|tomorrow|night)\b", re.I)
