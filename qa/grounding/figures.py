"""Figures and dates of a claim against its window and source."""

import calendar
import re
from datetime import date
from functools import lru_cache

from qa.grounding.alignment import Aligned
from qa.grounding.places import in_place_of
from qa.language.dates import DateMention, find_dates, overlaps
from qa.language.numbers import Number, find_numbers
from qa.records import Problem

_OVER = ("more than", "at least")
_UNDER = ("less than", "at most")
_DIGITS = re.compile(r"(?<![A-Za-z]-)(?<![\d.,])\d+")
_RANKS = {"day": 3, "month": 2, "year": 1, "none": 0}


@lru_cache(maxsize=64)
def numbers_in(text: str) -> tuple[Number, ...]:
    """The numbers of a text; the last 64 texts are kept."""
    return tuple(find_numbers(text))


@lru_cache(maxsize=64)
def dates_in(text: str, published: date | None) -> tuple[DateMention, ...]:
    """The dates of a text; the last 64 texts are kept."""
    return tuple(find_dates(text, published))


def number_problems(aligned: Aligned) -> list[Problem]:
    """Numbers of the claim that the source does not give, or gives only with another unit or as a rank."""
    found = []
    for number in numbers_in(aligned.claim_text()):
        if number.value == 1 and number.text.lower() in ("one", "first") or number.ordinal and not number.noun:
            continue
        said = numbers_in(aligned.source_text())
        if other := _another(number, aligned):
            found.append(Problem(kind="number", claim=_shown(number), source=other))
            continue
        unread = not any(number.value == other.value for other in said) and number.text.lower() in aligned.source_text().lower().split()
        if unread or any(_compatible(number, other) for other in said):
            continue
        if any(_compatible(number, other) for other in numbers_in(aligned.source.text)):
            continue
        found.append(Problem(kind="number", claim=_shown(number), source=_rival(number, said)))
    return found or _unknown_digits(aligned)


def _another(number: Number, aligned: Aligned) -> str:
    """The other number that the window has in the very place of the claim's; "" when it has the same there, or none."""
    stretches = in_place_of(aligned, number.start, number.end)
    rivals = [(stretch, find_numbers(stretch)) for stretch in stretches]
    if any(abs(other.value - number.value) <= 1e-6 * max(1.0, number.value) for _, others in rivals for other in others):
        return ""
    return next((stretch for stretch, others in rivals if len(others) == 1 and others[0].ordinal == number.ordinal), "")


def _unknown_digits(aligned: Aligned) -> list[Problem]:
    """Digits of the claim that no rule reads as a number or a date ("Model 2040") and that the source does not have at all."""
    known = [(number.start, number.end) for number in numbers_in(aligned.claim_text())]
    known += [(mention.start, mention.end) for mention in dates_in(aligned.claim_text(), None)]
    there = set(re.findall(r"\d+", aligned.source.text))
    return [Problem(kind="number", claim=match.group(), source="") for match in _DIGITS.finditer(aligned.claim_text())
            if match.group() not in there and not any(start <= match.start() < end for start, end in known)][:1]


def _compatible(claim: Number, source: Number) -> bool:
    """Whether the source's number supports the claim's: same value within the claim's own rounding, same kind, no narrower bound."""
    if claim.ordinal != source.ordinal or (claim.unit and source.unit and claim.unit != source.unit):
        return False
    if claim.bound in _OVER and source.value > claim.value or claim.bound in _UNDER and source.value < claim.value:
        return source.unit == claim.unit and (bool(claim.unit) or source.noun == claim.noun != "")
    if claim.bound == "about" and source.value and abs(claim.value - source.value) <= 0.1 * abs(source.value):
        return True
    if {claim.bound, source.bound} & set(_OVER) and {claim.bound, source.bound} & set(_UNDER):
        return False
    return abs(claim.value - source.value) <= 1e-6 * max(1.0, abs(source.value))


def _shown(number: Number) -> str:
    return " ".join(part for part in (number.bound if number.bound != "vague" else "", number.text, number.noun) if part)


def _rival(number: Number, said: tuple[Number, ...]) -> str:
    """The window's number that stands where the claim's does: same unit and noun before same unit before none."""
    same = [other for other in said if other.unit == number.unit and other.ordinal == number.ordinal]
    best = next((other for other in same if other.noun == number.noun), same[0] if same else None)
    return _shown(best) if best else ""


def date_problems(aligned: Aligned, published: date | None) -> list[Problem]:
    """Dates of the claim that no date of the source overlaps, and dates given more exactly than the source gives them."""
    found = []
    for mention in dates_in(aligned.claim_text(), published):
        if not (mention.year or mention.month or mention.day or mention.weekday is not None):
            continue
        rivals = [find_dates(stretch, published) for stretch in in_place_of(aligned, mention.start, mention.end)]
        if rivals and all(others and not any(overlaps(mention, other) for other in others) for others in rivals):
            found.append(Problem(kind="date", claim=mention.text, source=rivals[0][0].text))
            continue
        agreeing = (_agreeing(mention, aligned.source_text(), published)
                    or _agreeing(mention, _dated(aligned, mention, published), published))
        if not agreeing:
            if mention.text.lower() not in aligned.source.text.lower():
                rival = next((other.text for other in dates_in(aligned.source_text(), published) if _names_time(other)), "")
                found.append(Problem(kind="date", claim=mention.text, source=rival))
        elif all(_RANKS[other.precision] < _RANKS[mention.precision] for other in agreeing) and mention.precision != "none":
            found.append(Problem(kind="precision", claim=mention.text, source=agreeing[0].text))
    return found


def _dated(aligned: Aligned, mention: DateMention, published: date | None) -> str:
    """The sentences of the source that can name the same time; all of them where relative dates can ("yesterday")."""
    if published:
        return aligned.source.text
    words = [str(mention.year)] if mention.year else []
    words += [calendar.month_abbr[mention.month].lower()] if mention.month else []
    words += [calendar.day_abbr[mention.weekday].lower()] if mention.weekday is not None else []
    sentences = [aligned.source.text[start:end] for start, end in aligned.source.sentences]
    return "\n\n".join(text for text in sentences if not words or any(word in text.lower() for word in words))


def _agreeing(mention: DateMention, text: str, published: date | None) -> list[DateMention]:
    return [other for other in dates_in(text, published) if _names_time(other) and overlaps(mention, other)]


def _names_time(mention: DateMention) -> bool:
    return bool(mention.year or mention.month or mention.day or mention.weekday is not None or mention.date)
