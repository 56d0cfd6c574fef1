"""Small changes that make a true sentence false: each gives the changed sentence, or "" when the sentence has nothing to change."""

import re
from collections.abc import Sequence
from random import Random

from qa.language.dates import find_dates
from qa.language.names import find_names, same_name
from qa.language.numbers import find_numbers

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WRITTEN = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve", "fifteen", "twenty")
STRANGERS = ("Maria Kowalski", "Henrik Solberg", "Amadou Keita", "Lucia Ferrante", "Tomas Novak")
INVENTED = ("We knew about it for months and did nothing.", "Nobody will ever be held to account for this.",
            "I regret every word that I have said here.", "This was the best decision of our lives.",
            "It will cost twice as much as anybody has admitted.")
_SAYS = (r"(?:said|says|told|announced|claimed|claims|stated|states|added|warned|denied|argued|wrote|asserted|asserts|reported|reports"
         r"|explained|insisted|asked|confirmed|accused|accuses|threatened|promised|admitted|replied)")
_PERSON = re.compile(r"(?!.* (?:of|for|and) )[^\W\d]+(?: [^\W\d]+){1,2}")  # no number, no office
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HELPERS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|did|does|do)\b(?! not\b|n['’]t)")
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|did|does|do) not\b")


def swap_figure(sentence: str, sources: Sequence[str], random: Random) -> str:
    """One number replaced by another: half the time one that the sources have elsewhere, else one of about the same size."""
    numbers = [number for number in find_numbers(sentence) if not number.ordinal and number.bound != "vague"]
    if not numbers:
        return ""
    number = random.choice(numbers)
    text = sentence[number.start : number.end]
    digits = _DIGITS.search(text)
    if not digits:
        word = next((word for word in re.findall(r"[a-z]+", text.lower()) if word in WRITTEN), "")
        new = text.lower().replace(word, random.choice([other for other in WRITTEN if other != word]), 1)
        return _with(sentence, number.start, number.end, new) if word else ""
    found = {match[0] for source in sources for other in find_numbers(source) if (match := _DIGITS.search(other.text))}
    others = sorted(other for other in found if len(other) == len(digits[0]) and _value(other) != _value(digits[0]))
    new = random.choice(others) if others and random.random() < 0.5 else _other_digits(digits[0], random)
    start = number.start + digits.start()
    return _with(sentence, start, start + len(digits[0]), new)


def _other_digits(digits: str, random: Random) -> str:
    """Another number written alike: every separator stays, the first digit is never 0."""
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    place = places[0] if len(places) == 1 else random.choice(places[:-1])
    new = random.choice([d for d in "123456789" if d != digits[place]])
    return digits[:place] + new + digits[place + 1 :]


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def swap_date(sentence: str, sources: Sequence[str], random: Random) -> str:
    """One date with another month, weekday, day or year."""
    mentions = find_dates(sentence)
    random.shuffle(mentions)
    for mention in mentions:
        parts = ((MONTHS, "|".join(MONTHS)), (WEEKDAYS, "|".join(WEEKDAYS)), ((), r"\b\d{1,4}\b"))
        choices = [(match, options) for options, pattern in parts
                   for match in re.finditer(pattern, mention.text)]
        if choices:
            match, options = random.choice(choices)
            new = random.choice([name for name in options if name != match[0]]) if options else _other_day_or_year(match[0], random)
            return _with(sentence, mention.start + match.start(), mention.start + match.end(), new)
    return ""


def _other_day_or_year(digits: str, random: Random) -> str:
    """Another day of a month (1 to 28), or another year at most nine away; zeros in front stay."""
    number = int(digits)
    if len(digits) == 4:
        return str(number + random.choice([-9, -7, -4, -2, 2, 4, 7, 9]))
    upper = 28 if number > 12 else 12
    return str(random.choice([day for day in range(1, upper + 1) if day != number])).zfill(len(digits))


def swap_speaker(sentence: str, sources: Sequence[str], random: Random) -> str:
    """The name beside a verb of speech replaced by another name of the sources, or by a stranger's."""
    for name in find_names(sentence):
        before, after = sentence[: name.start], sentence[name.end :]
        speaks = re.match(rf"(?:,(?! and\b)[^,.]*,)?\s+(?:also |has |had |have )?{_SAYS}\b", after)
        if speaks or re.search(rf"\b(?:{_SAYS}|according to)\s+(?:the )?$", before, re.IGNORECASE):
            here = [other.text for other in find_names(sentence)]
            known = sorted({other.text for source in sources for other in find_names(source)})
            others = [other for other in known if not any(same_name(other, one) for one in here) and _PERSON.fullmatch(other)]
            return _with(sentence, name.start, name.end, random.choice([*others, *STRANGERS]))
    return ""


def add_not(sentence: str, sources: Sequence[str], random: Random) -> str:
    """The sentence denied: "not" after a helping verb, or taken away where it stands after one."""
    if found := _NOT.search(sentence):
        return _with(sentence, found.start(), found.end(), found[1])
    helpers = list(_HELPERS.finditer(sentence))
    if not helpers:
        return ""
    found = random.choice(helpers)
    return _with(sentence, found.end(), found.end(), " not")


def invent_quote(sentence: str, sources: Sequence[str], random: Random) -> str:
    """A quotation nobody gave, ascribed to a name of the sentence."""
    names = find_names(sentence)
    who = random.choice(names).text if names else "A witness"
    return f"{who} said: “{random.choice(INVENTED)}”"


def _with(sentence: str, start: int, end: int, new: str) -> str:
    return sentence[:start] + new + sentence[end:]


SWAPS = {"figure": swap_figure, "date": swap_date, "speaker": swap_speaker, "not": add_not, "quote": invent_quote}
