"""What a question says of its own shape: its clauses, each searched for besides the whole, and the months and days it names."""

import re
from datetime import date

from qa.language.dates import DateMention, find_dates
from qa.library.wording import words_asked

_BETWEEN_CLAUSES = re.compile(r"\b(?:before|after|while|until|whereas)\b", re.IGNORECASE)
LEAST_WORDS = 3
"""A clause with fewer content words is not searched for by itself: what it says would be found anywhere."""


def clauses(question: str) -> list[str]:
    """The clauses of a question about two events ("Did she resign before the strike began?"), empty when it has but one.

    Passages about one of the events seldom have the words of the other, so the whole question alone prefers passages about neither.
    """
    parts = [part.strip(" ?,.") for part in _BETWEEN_CLAUSES.split(question)]
    parts = [part for part in parts if part and len(words_asked(part)) >= LEAST_WORDS]
    return parts if len(parts) > 1 else []


def months_named(question: str) -> list[DateMention]:
    """The months and days that the question names in words of their own, with or without the year; nothing relative ("last week")."""
    return [mention for mention in find_dates(question) if mention.month is not None and not mention.relative]


def is_in(day: date, mention: DateMention) -> bool:
    """Whether the day is in what the mention says; what it leaves open, as the year of "in May", is not asked for."""
    said = (mention.year, day.year), (mention.month, day.month), (mention.day, day.day)
    return all(wanted is None or wanted == given for wanted, given in said)
