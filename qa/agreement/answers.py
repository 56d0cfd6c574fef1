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
from qa.language.dates import DateMention, find_dates, overlaps
from qa.language.numbers import Number, find_numbers
from qa.language.words import stem, tokens
from qa.records import Disagreement

QUANTITY = re.compile(
    r"\bhow\s+(?:many|much|long|old|far|big|large|high|tall|deep|wide|often|fast|heavy|few)\b|\b(?:percentage|share|number|sum|figure|ages?|toll|"
    r"estimates?|amount|total|price|costs?|size|rate|votes?|majority)\b", re.IGNORECASE)
TIME = re.compile(r"\bwhen\b|\b(?:what|which)\s+(?:day|date|month|year)\b", re.IGNORECASE)
_OF = re.compile(r"^\s+(?:\w+\s+)?of\b", re.IGNORECASE)  # "two of our five"
_CLOCK = re.compile(r"\b([01]?\d|2[0-4])[.:]([0-5]\d)\b")
LONGEST = 60
"""Characters the answering words may have: in a longer run the number is one detail among others."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement answers: its words, and the number or the day in them."""

    claim: Claim
    words: str
    number: Number | None = None
    day: DateMention | None = None


def answers_differ(claims: Sequence[Claim], question: str) -> list[Disagreement]:
    """Groups of statements whose answers to the question exclude each other, the larger side first; [] for a question that asks neither for a
    quantity nor for a time."""
    said = [found for claim in claims if (found := _said(claim, question))]
    asked = question_stems(question)
    clashing = [(a, b) for a, b in combinations(said, 2) if _excluded(a, b, asked)]
    return [_disagreement(group, question) for group in _grouped(clashing)]


def _said(claim: Claim, question: str) -> Said | None:
    """The one number, or the one day, among the words that answer."""
    statement = claim.statement
    if not statement.answering or not statement.citations:
        return None
    quote, (first, last) = statement.citations[0], statement.answering
    start, end = first - quote.start, last - quote.start
    if start < 0 or end - start > LONGEST:
        return None
    words = quote.quote[start:end]
    if TIME.search(question):
        days = [day for day in claim.times if start <= day.start and day.end <= end and day.date and not day.relative]
        clock = _CLOCK.search(quote.quote[start:end + 2])
        if clock and not days:
            return Said(claim, words, number=Number(value=60 * int(clock[1]) + int(clock[2]), text=clock[0], start=0, end=0, unit="clock"))
        return Said(claim, words, day=days[0]) if len(days) == 1 and len(find_dates(words)) <= 1 else None
    if QUANTITY.search(question):
        numbers = [number for number in find_numbers(quote.quote) if start <= number.start and number.end <= end and not number.ordinal]
        of_more = len(numbers) == 2 and _OF.search(quote.quote[numbers[0].end : numbers[1].start])
        return Said(claim, words, number=numbers[0]) if len(numbers) == 1 or of_more else None
    return None


def _excluded(a: Said, b: Said, asked: frozenset[str]) -> bool:
    """Whether the two cannot both be true, and are not one speaker's, of two rounds or places, of the killed and the wounded, or of other things
    than the question asks for."""
    one, two = a.claim, b.claim
    elsewhere = places_differ(one, two) and not _names(one) & _names(two) & asked
    if elsewhere or not independent(one, two) or not same_round(one, two) or same_speaker(one, two):
        return False
    if a.day and b.day:
        return _two_days(a.day, b.day)
    if not a.number or not b.number or a.number.unit != b.number.unit or same_value(a.number, b.number):
        return False
    low, high = sorted((abs(a.number.value), abs(b.number.value)))
    fates = [{state_of(token.text) for token in tokens(claim.text)} - {""} for claim in (one, two)]
    nouns = [stem(said.number.noun) for said in (a, b)]
    of_what = nouns[0] == nouns[1] or all(not noun or noun in asked for noun in nouns)
    return of_what and low * LIMIT >= high and not (fates[0] and fates[1] and not fates[0] & fates[1])


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
    return f"{bound} {said.words}" if bound and bound not in said.words.lower() else said.words


def _two_days(a: DateMention, b: DateMention) -> bool:
    """Whether two dates exclude each other; a year that only the document's date gives is no difference."""
    same = a.date and b.date and (a.date.month, a.date.day) == (b.date.month, b.date.day) and None in (a.year, b.year)
    return not same and not overlaps(a, b)


def _apart(a: Said, b: Said) -> bool:
    if a.day and b.day:
        return _two_days(a.day, b.day)
    return not (a.number and b.number and same_value(a.number, b.number))
