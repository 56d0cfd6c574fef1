"""Completes a follow-up question from the conversation, without a model."""

import re
from collections.abc import Sequence
from itertools import accumulate

from qa.answering.question import analyse
from qa.language.names import find_names
from qa.language.words import STOPWORDS, stem, tokens
from qa.records import Turn

_PERSON = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|there|that|this|these|those|then|here|one|ones|other|others|another|same|else|more)\b",
    re.IGNORECASE)
_OPENS = re.compile(
    r"^\W*(?:and|but|so|also|or|what about|how about|what of|who else|when|where|why|how many|how much)\b[^?]{0,24}\??\W*$"
    r"|^\W*(?:and|but|so|also|what about|how about)\b", re.IGNORECASE)
SHORT = 2
"""A question of at most this many content words leans on what was said before."""


def complete(question: str, history: Sequence[Turn]) -> str:
    """The question as it would stand alone; the question itself when it already does or there is no history.

    A personal pronoun becomes the person named last; what else is left open is told by the topic of the last question
    that stood alone, added in brackets.
    """
    asked_before = [turn.text for turn in history if turn.role == "user"]
    if not asked_before or not _leans(question):
        return question
    person = _last_person(history) if _PERSON.search(question) else ""
    completed = _with_person(question, person) if person else question
    topic = _topic(_stand_alone(asked_before), completed)
    return f"{completed} ({topic})" if topic else completed


def _leans(question: str) -> bool:
    light = analyse(question).light
    content = [token for token in tokens(question) if token.text.lower() not in STOPWORDS and stem(token.text) not in light]
    short = len(content) <= SHORT and not find_names(question)
    return short or any(pattern.search(question) for pattern in (_PERSON, _THING, _OPENS))


def _stand_alone(asked_before: Sequence[str]) -> str:
    """The last earlier question that needs no completion, with the ones that led from it to here."""
    for position in range(len(asked_before) - 1, -1, -1):
        if not _leans(asked_before[position]):
            return " ".join(asked_before[position:])
    return " ".join(asked_before)


def _last_person(history: Sequence[Turn]) -> str:
    """The person named last, in each exchange the user's words before the assistant's: two or more capitalised words or a
    name with a title; any name where there is no such; "" without names."""
    found = [name for turn in _latest_first(history) for name in reversed(find_names(turn.text)) if name.core != turn.text]
    people = [name for name in found if len(name.core.split()) >= 2 or name.text != name.core]
    return next((name.text for name in [*people, *found]), "")


def _latest_first(history: Sequence[Turn]) -> list[Turn]:
    """The turns by exchange, the last one first; in each the user's before the assistant's."""
    exchanges = list(accumulate(turn.role == "user" for turn in history))
    order = sorted(range(len(history)), key=lambda i: (-exchanges[i], history[i].role != "user", -i))
    return [history[i] for i in order]


def _with_person(question: str, person: str) -> str:
    def replacement(match: re.Match) -> str:
        word = match.group().lower()
        owned = word in ("his", "hers") or (word == "her" and re.match(r"\s+\w", question[match.end() :]))
        return f"{person}’s" if owned else person

    return _PERSON.sub(replacement, question, count=1)


def _topic(before: str, question: str) -> str:
    """The content words of the earlier question that the new one does not have, in order."""
    have = {stem(token.text) for token in tokens(question)}
    light = analyse(before).light
    words = []
    for token in tokens(before):
        key = stem(token.text)
        plain = token.text.lower() in STOPWORDS and not token.text.isupper()
        if not plain and key not in have and key not in light:
            have.add(key)
            words.append(token.text)
    return " ".join(words)
