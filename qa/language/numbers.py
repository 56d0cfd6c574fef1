"""Numbers in running text: value, unit, what is counted, and how exact the writer claims to be."""

import re
from dataclasses import dataclass
from typing import Literal

from qa.language.words import STOPWORDS, tokens

Bound = Literal["", "about", "more than", "at least", "less than", "at most", "vague"]

_SMALL = {word: value for value, word in enumerate(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split())}
_TENS = {word: 10 * (place + 2) for place, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "lakh": 1e5,
           "crore": 1e7}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_ORDINALS = {word: value for value, word in enumerate(
    """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split())}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "thirds": 1 / 3, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2}
_MULTIPLES = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0}

_UNITS = {
    "%": "% percent pct percentage", "bp": "bp bps", "km": "km kms kilometer kilometre", "mi": "mile mi",
    "m": "meter metre", "cm": "cm centimeter centimetre", "mm": "millimeter millimetre", "ft": "ft foot feet", "in": "inch inches",
    "kg": "kg kilo kilogram", "g": "gram", "t": "ton tonne", "lb": "lb lbs", "l": "liter litre", "ha": "hectare", "acre": "acre",
    "mph": "mph", "kph": "kph", "MW": "mw megawatt", "GW": "gw gigawatt", "barrel": "barrel", "degree": "degree °",
    "year": "year yr", "month": "month", "week": "week", "day": "day", "hour": "hour hr", "minute": "minute min", "second": "second sec",
    "decade": "decade", "century": "century centuries", "$": "dollar usd buck", "€": "euro eur", "£": "gbp sterling", "¥": "yen yuan",
    "₪": "shekel nis", "₹": "rupee", "cent": "cent penny pence", "point": "point", "gb": "gb gigabyte", "mb": "mb megabyte",
}
_UNIT_OF = {word + ending: unit for unit, words in _UNITS.items() for word in words.split() for ending in ("", "s")}
_CURRENCY = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₪": "₪", "₹": "₹"}
_MONTHS = ("january february march april may june july august september october november december jan feb mar apr jun jul aug "
           "sep sept oct nov dec").split()
_IRREGULAR = frozenset("people men women children police troops personnel staff feet teeth mice cattle aircraft fish sheep data".split())
_NOT_A_ONE = frozenset("no any every each this that the which another some only".split())
_SKIPPED = frozenset("of the its their his her our other more additional such new a".split())

_DIGITS = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)(?P<money>(?:US|C|A|NZ|HK)?[$€£¥₪₹]\s?)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+)"
    r"(?P<tail>(?:st|nd|rd|th)\b|(?:k|mn|mm|bn|tn|m|b)\b|\s?%)?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUARTER = re.compile(r"\bQ([1-4])\b|\b([1-4])Q\b")
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple(
    (bound, re.compile(rf"(?:{words})(?:\s+(?:a|an|the|some))?\s*$", re.IGNORECASE)) for bound, words in (
        ("at least", r"\bat least|\bno (?:less|fewer) than|\bnot (?:less|fewer) than|\bminimum of"),
        ("at most", r"\bat most|\bup to|\bno more than|\bnot more than|\bas (?:many|much) as|\bmaximum of"),
        ("more than", r"\bmore than|\bover|\babove|\bexceed(?:s|ed|ing)?|\bgreater than|\bupwards? of|\bhigher than"
                      r"|\bsurpass(?:es|ed|ing)?"),
        ("less than", r"\b(?:less|fewer|lower) than|\bunder|\bbelow|\bnearly|\balmost|\bclose to|\bjust short of"),
        ("about", r"\babout|\baround|\bsome|\broughly|\bapprox(?:imately|\.)?|\bestimated|\bcirca|~|\ba couple of"),
    ))
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple((bound, re.compile(rf"\s*(?:{words})", re.IGNORECASE)) for bound, words in (
    ("at least", r"or more\b|\+|or above\b|or over\b"), ("at most", r"or (?:less|fewer|under)\b"), ("about", r"or so\b|-odd\b|-ish\b")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as written at `text[start:end]` of the searched text (unit words directly after it are not part of the span).

    `value` has magnitudes applied ("2.5 million" is 2500000.0; "10 %" is 10.0). `unit` is canonical ("%", "$", "km",
    "year", …; "" for plain counts). `noun` is the head of what is counted, lower case ("" when none follows).
    `bound` says how exact the writer is; "vague" is a bare plural such as "dozens". `ordinal` marks a rank ("third").
    """

    value: float
    text: str
    start: int
    end: int
    unit: str = ""
    noun: str = ""
    bound: Bound = ""
    ordinal: bool = False


def find_numbers(text: str) -> list[Number]:
    """The numbers of `text` in order; calendar years, days of a month and clock times are left to the dates."""
    found = [number for match in _DIGITS.finditer(text) if (number := _from_digits(text, match))]
    found += [Number(value=float(match[1] or match[2]), text=match.group(), start=match.start(), end=match.end(), noun="quarter",
                     ordinal=True) for match in _QUARTER.finditer(text)]
    taken = [(number.start, number.end) for number in found]
    found += [number for number in _from_words(text) if not any(s < number.end and number.start < e for s, e in taken)]
    return sorted(found, key=lambda number: number.start)


def _from_digits(text: str, match: re.Match[str]) -> Number | None:
    """The number at a run of digits, or None where the digits are a date, a time or part of a code."""
    start, end = match.span()
    tail = (match["tail"] or "").strip().lower()
    value = float(match["digits"].replace(",", ""))
    joined = re.match(r"[A-Za-z°]+", text[end:end + 12]) if not tail else None
    if joined and joined.group().lower() not in _UNIT_OF:
        return None
    if not match["money"] and not tail and _is_calendar(text, start, end, match["digits"]):
        return None
    if tail in ("st", "nd", "rd", "th"):
        decimal_day = _month_near(text, start, end)
        return None if decimal_day else _number(text, (start, end), value, ordinal=True)
    unit = "%" if tail == "%" else _CURRENCY[match["money"].strip()[-1]] if match["money"] else ""
    value *= _SHORT_SCALES.get(tail, 1.0)
    value, end = _scaled(text, value, end)
    return _number(text, (start, end), value, unit=unit)


def _scaled(text: str, value: float, end: int) -> tuple[float, int]:
    """Apply magnitude words that follow ("2.5 million", "3 hundred thousand")."""
    while (word := re.compile(r"[\s-]+([a-z]+)\b", re.IGNORECASE).match(text, end)) and word[1].lower() in _SCALES:
        value *= _SCALES[word[1].lower()]
        end = word.end()
    return value, end


def _month_near(text: str, start: int, end: int) -> bool:
    before = re.search(r"([A-Za-z]+)\.?\s*$", text[max(0, start - 12):start])
    after = re.match(r"\s*(?:of\s+)?([A-Za-z]+)", text[end:end + 16])
    return any(match and match[1][:1].isupper() and match[1].lower() in _MONTHS for match in (before, after))


def _is_calendar(text: str, start: int, end: int, digits: str) -> bool:
    """Whether plain digits are a year, the day of a month, a clock time or part of a numeric date."""
    before, after = text[max(0, start - 3):start], text[end:end + 3]
    if re.search(r"\d[:/-]$", before) and re.search(r"[:/]$", before) or re.match(r"[:/]\d", after):
        return True
    if re.match(r"\s?(?:am|pm|a\.m|p\.m)\b", text[end:end + 5], re.IGNORECASE):
        return True
    if digits.isdigit() and len(digits) <= 2 and _month_near(text, start, end):
        return True
    if not (digits.isdigit() and len(digits) == 4 and 1500 <= int(digits) <= 2100):
        return False
    following = re.match(r"\s+([a-z]+)", text[end:end + 24])
    counts = following and (following[1].endswith("s") or following[1] in _IRREGULAR) and following[1] not in STOPWORDS
    return not counts or bool(re.search(r"\b(?:in|since|until|by|during|from|of)\s$", text[max(0, start - 8):start], re.IGNORECASE))


def _from_words(text: str) -> list[Number]:
    """Numbers written out: cardinals, "two dozen", "a hundred", ordinals, fractions, bare plurals of magnitudes."""
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORDS.finditer(text)]
    found, index = [], 0
    while index < len(words):
        number, index = _word_number(text, words, index)
        if number:
            found.append(number)
    return found


def _word_number(text: str, words: list[tuple[str, int, int]], index: int) -> tuple[Number | None, int]:
    """The number that begins at word `index` (None when there is none) and the index after it."""
    word, start, end = words[index]
    before = words[index - 1][0] if index else ""
    after = words[index + 1][0] if index + 1 < len(words) else ""
    if word in _SMALL or word in _TENS or (word in ("a", "an") and after in _SCALES and text[end:words[index + 1][1]].isspace()):
        if word == "one" and (before in _NOT_A_ONE or after in ("of", "another", "s", "can", "who", "that") or text[end:end + 1] in "'’"):
            return None, index + 1
        return _cardinal(text, words, index)
    if word in _ORDINALS and word != "second" or word == "second" and before in ("the", "a", "his", "her", "their", "its"):
        return _number(text, (start, end), float(_ORDINALS[word]), ordinal=True), index + 1
    if word == "half" and before not in ("and", "first", "second", "other", "latter"):
        return _number(text, (start, end), 0.5, unit="fraction"), index + 1
    if word in _MULTIPLES and word != "once":
        return _number(text, (start, end), _MULTIPLES[word], unit="times"), index + 1
    if word.endswith("s") and word[:-1] in _SCALES:
        value, last = _SCALES[word[:-1]], index
        if after == "of" and index + 2 < len(words) and words[index + 2][0].removesuffix("s") in _SCALES:
            value, last = value * _SCALES[words[index + 2][0].removesuffix("s")], index + 2
        return _number(text, (start, words[last][2]), value, bound="vague"), last + 1
    return None, index + 1


def _cardinal(text: str, words: list[tuple[str, int, int]], index: int) -> tuple[Number, int]:
    """Read on from `index` as long as the words continue one number ("two hundred and five thousand")."""
    start, end = words[index][1], words[index][2]
    total = current = 0.0
    first = index
    while index < len(words):
        word, word_start, word_end = words[index]
        if index > first and re.sub(r"[\s-]|\band\b", "", text[end:word_start]):
            break
        if word in ("a", "an") and index == first:
            current = 1.0
        elif word in _SMALL and (index == first or current % 10 == 0 and current % 100 != 10):
            current += _SMALL[word]
        elif word in _TENS and (index == first or current % 100 == 0):
            current += _TENS[word]
        elif word in ("hundred", "dozen"):
            current = max(current, 1.0) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, 1.0) * _SCALES[word], 0.0
        elif word == "and" and index > first and index + 1 < len(words) and words[index - 1][0] in _SCALES \
                and (words[index + 1][0] in _SMALL or words[index + 1][0] in _TENS):
            index, end = index + 1, word_end
            continue
        elif word in _FRACTIONS and index > first and word != "half" and ("-" in text[end:word_start] or word.endswith("s")):
            return _number(text, (start, word_end), (total + current) * _FRACTIONS[word], unit="fraction"), index + 1
        else:
            break
        index, end = index + 1, word_end
    return _number(text, (start, end), total + current), index


def _number(text: str, span: tuple[int, int], value: float, *, unit: str = "", bound: Bound = "", ordinal: bool = False) -> Number:
    """Complete a number with the unit, the counted noun and the bound that its surroundings give."""
    start, end = span
    before, after = text[max(0, start - 28):start], text[end:end + 12]
    bound = bound or next((name for name, pattern in _BEFORE if pattern.search(before)), "")
    bound = bound or next((name for name, pattern in _AFTER if pattern.match(after)), "")
    unit_after, noun = _unit_and_noun(text, end, unit)
    unit = unit if ordinal else unit_after
    if ordinal and unit_after:
        noun = (re.match(r"[\s-]*([^\W\d_]+)", text[end:end + 24]) or ("", ""))[1].lower()
    return Number(value=value, text=text[start:end], start=start, end=end, unit=unit, noun=noun, bound=bound, ordinal=ordinal)


def _unit_and_noun(text: str, end: int, unit: str) -> tuple[str, str]:
    """What follows a number: its unit (when the number itself has none) and the head noun of what is counted."""
    stretch = re.split(r"[.;:!?()\n]|,(?!\d)", text[end:end + 80].replace("%", " percent "), maxsplit=1)[0]
    following = [token.text for token in tokens(stretch)][:7]
    if following and following[0].lower() == "per" and following[1:2] and following[1].lower() == "cent":
        following = ["percent", *following[2:]]
    if following and not unit and following[0].lower() in _UNIT_OF:
        unit = _UNIT_OF[following.pop(0).lower()]
        if unit == "%" and following and following[0].lower().startswith("point"):
            unit = "pp"
    elif len(following) > 1 and following[0].lower() == "basis" and following[1].lower().startswith("point"):
        unit, following = "bp", following[2:]
    return unit, _head(following)


def _head(following: list[str]) -> str:
    """The head of the noun phrase that `following` begins with, lower case: its first plural, else its last word."""
    phrase: list[str] = []
    for word in following:
        lower = word.lower()
        if lower in _SKIPPED and not phrase:
            continue
        if lower in STOPWORDS or lower in _SCALES or word[0].isdigit() or len(phrase) == 4:
            break
        phrase.append(lower)
        if lower in _IRREGULAR or (lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s"))):
            return lower
    return phrase[0] if len(phrase) == 1 else phrase[-1] if phrase else ""
