"""Answers to one question that exclude each other: another number or another day among the very words that answer.

The words are those which the trained reader is sure of (`Statement.answering`). They tie two statements together where their own words do
not: "two of our five sirens were broken" and "three of the five had been out of order" share too little to be seen as one event, but asked how
many sirens were broken, both answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from qa.agreement.claims import Claim, question_stems
from qa.agreement.same import LIMIT, places_differ, same_round, same_value
from qa.agreement.voices import independent, same_speaker, who
from qa.attribution.figures import state_of
from qa.language.clock import Clock, find_clocks
from qa.language.dates import DateMention, find_dates, overlaps
from qa.language.numbers import Number, find_numbers
from qa.language.words import stem, tokens
from qa.records import Disagreement

QUANTITY = re.compile(
    r"\bhow\s+(?:many|much|long|old|far|big|large|high|tall|deep|wide|often|fast|heavy|few|strong|hot|cold|late|soon|near|close)\b"
    r"|\b(?:percentage|share|number|sum|figure|ages?|toll|estimates?|amount|total|price|costs?|size|rate|votes?|majority)\b", re.IGNORECASE)
TIME = re.compile(r"\bwhen\b|\b(?:what|which)\s+(?:day|date|month|year|time|hour)\b", re.IGNORECASE)
_SUM = re.compile(r"\bhow\s+much\b|\b(?:costs?|price|paid|pays?|earns?|earned|sum|amount|worth|budget|fine|wages?|salary)\b", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:percentage|per\s*cent|share)\b", re.IGNORECASE)
_HOUR = re.compile(r"\b(?:what|which)\s+(?:time|hour)\b", re.IGNORECASE)
_OF = re.compile(r"^\s+(?:\w+\s+)?of\b", re.IGNORECASE)  # "two of our five"
_BOUND = re.compile(r"\b(?:than|least|most|over|under|about|around|nearly|almost|some|up\s+to)\b", re.IGNORECASE)
LONGEST = 60
"""Characters the answering words may have: in a longer run the number is one detail among others."""
SHARED = 0.5
"""Of the question's words, so many must stand in both of two statements that give shares: the parts of one whole are seldom one thing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement answers: its words, and the number (a `sum` where the question asks how much), the day or the time of day in them."""

    claim: Claim
    words: str
    number: Number | None = None
    sum: bool = False
    day: DateMention | None = None
    clock: Clock | None = None


def answers_differ(claims: Sequence[Claim], question: str) -> list[Disagreement]:
    """Groups of statements whose answers to the question exclude each other, the larger side first; [] for a question that asks neither for a
    quantity nor for a time."""
    said = [found for claim in claims if (found := _said(claim, question))]
    asked = question_stems(question)
    clashing = [(a, b) for a, b in combinations(said, 2) if _excluded(a, b, asked)]
    return [_disagreement(group, question) for group in _grouped(clashing)]


def counts_beside(question: str) -> bool:
    """Whether words the reader is not sure of may be another side's beside an answer it is sure of: for a quantity or a time of day. Asked for
    a day, any date would do, and there are many."""
    return bool(_HOUR.search(question) or QUANTITY.search(question) and not TIME.search(question))


def _said(claim: Claim, question: str) -> Said | None:
    """The one number, day or time of day among the words that answer."""
    statement = claim.statement
    if not statement.answering or not statement.citations:
        return None
    quote, (first, last) = statement.citations[0], statement.answering
    start, end = first - quote.start, last - quote.start
    if start < 0 or end - start > LONGEST:
        return None
    if TIME.search(question):
        return _time(claim, question, quote.quote, start, end)
    return _quantity(claim, question, quote.quote, start, end) if QUANTITY.search(question) else None


def _time(claim: Claim, question: str, text: str, start: int, end: int) -> Said | None:
    """The time of day, or else the day, from `start` to `end` of the text."""
    words, by_hour = text[start:end], bool(_HOUR.search(question))
    days = [day for day in claim.times if start <= day.start and day.end <= end and day.date and not day.relative]
    clocks = find_clocks(text[start : end + 2])  # the stop of "a.m." may be left out
    if len(clocks) == 1 and (by_hour or not days):
        return Said(claim, words, clock=clocks[0])
    one_day = not by_hour and len(days) == 1 and len(find_dates(words)) <= 1
    return Said(claim, words, day=days[0]) if one_day else None


def _quantity(claim: Claim, question: str, text: str, start: int, end: int) -> Said | None:
    """The number from `start` to `end` of the text, or the first of "two of our five"; asked for a share, only a percentage."""
    numbers = [number for number in find_numbers(text) if start <= number.start and number.end <= end and not number.ordinal]
    of_more = len(numbers) == 2 and _OF.search(text[numbers[0].end : numbers[1].start])
    found = (len(numbers) == 1 or of_more) and (numbers[0].unit == "%" or not _SHARE.search(question))
    return Said(claim, text[start:end], number=numbers[0], sum=bool(_SUM.search(question))) if found else None


def _excluded(a: Said, b: Said, asked: frozenset[str]) -> bool:
    """Whether the two cannot both be true, and are not one speaker's, of two rounds or places, of the killed and the wounded, or of other things
    than the question asks for."""
    one, two = a.claim, b.claim
    elsewhere = places_differ(one, two) and not _names(one) & _names(two) & asked
    if elsewhere or not independent(one, two) or not same_round(one, two) or same_speaker(one, two):
        return False
    if not _apart(a, b):
        return False
    if not a.number or not b.number:
        return bool(a.clock) or bool(one.asked and two.asked)
    if a.number.unit == "%" and min(one.answers, two.answers) < SHARED:
        return False
    low, high = sorted((abs(a.number.value), abs(b.number.value)))
    fates = [_fates(a), _fates(b)]
    nouns = [stem(said.number.noun) for said in (a, b)]
    unsaid = a.sum and any(not noun for noun in nouns)  # "88 million crowns" and "the guild arrives at 51 million"
    of_what = nouns[0] == nouns[1] or unsaid or all(not noun or noun in asked for noun in nouns)
    untold = any(noun and not fate and any(map(state_of, asked)) for noun, fate in zip(nouns, fates, strict=True))  # "sixteen men stood there"
    of_whom = not untold and fates[0] ^ fates[1] <= asked and not (fates[0] and fates[1] and not fates[0] & fates[1])
    return of_what and of_whom and low * LIMIT >= high


def _fates(said: Said) -> set[str]:
    """What became of those counted; where the figure does not tell, all that the statement says became of anybody."""
    begin = said.claim.statement.citations[0].start
    told = {count.state for count in said.claim.figures if said.number and count.figure.start - begin == said.number.start} - {""}
    return told or {state_of(token.text) for token in tokens(said.claim.text)} - {""}


def _names(claim: Claim) -> set[str]:
    return {stem(token.text) for name in claim.names for token in tokens(name)}


def _grouped(clashing: Sequence[tuple[Said, Said]]) -> list[list[Said]]:
    """The answers that clash, those linked by a clash together."""
    groups: list[dict[int, Said]] = []
    for a, b in clashing:
        linked = [group for group in groups if a.claim.index in group or b.claim.index in group]
        joined = {a.claim.index: a, b.claim.index: b} | {index: one for group in linked for index, one in group.items()}
        groups = [group for group in groups if group not in linked] + [joined]
    return [[group[index] for index in sorted(group)] for group in groups]


def _disagreement(group: Sequence[Said], question: str) -> Disagreement:
    sides: list[list[Said]] = []
    for one in group:
        home = next((side for side in sides if not any(_apart(one, other) for other in side)), None)
        if home is None:
            sides.append([one])
        else:
            home.append(one)
    sides.sort(key=lambda side: (-len(side), side[0].claim.index))
    told = [f"{_bounded(side[0])} ({', '.join(dict.fromkeys(who(one.claim) for one in side))})" for side in sides]
    return Disagreement(about=f"“{' '.join(question.split())}”", sides=tuple(tuple(one.claim.index for one in side) for side in sides),
                        how=" against ".join(told))


def _bounded(said: Said) -> str:
    """The words, with "at least" where only the words before them say so."""
    bound = said.number.bound if said.number and said.number.bound != "vague" else ""
    return f"{bound} {said.words}" if bound and not _BOUND.search(said.words) else said.words


def _two_days(a: DateMention, b: DateMention) -> bool:
    """Whether two dates exclude each other; a year that only the document's date gives is no difference."""
    same = a.date and b.date and (a.date.month, a.date.day) == (b.date.month, b.date.day) and None in (a.year, b.year)
    return not same and not overlaps(a, b)


def _apart(a: Said, b: Said) -> bool:
    """Whether two answers of one kind exclude each other; False for two of different kinds."""
    if a.day and b.day:
        return _two_days(a.day, b.day)
    if a.clock and b.clock:
        return not a.clock.same(b.clock)
    return bool(a.number and b.number and a.number.unit == b.number.unit and not same_value(a.number, b.number))
