"""Completes a follow-up question from the conversation, without a model."""

import re
from collections.abc import Sequence

from qa.answering.asides import fragment_of, put_in
from qa.answering.pointing import PERSON, THING, resolved
from qa.answering.question import analyse
from qa.language.dates import find_dates
from qa.language.names import find_names
from qa.language.words import STOPWORDS, stem, tokens
from qa.records import Turn

_OPENS = re.compile(
    r"^\W*(?:and|but|so|also|or|what about|how about|what of|who else|when|where|why|how many|how much)\b[^?]{0,24}\??\W*$"
    r"|^\W*(?:and|but|so|also|what about|how about)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:others?|another|anyone else|anybody else|who else|more|same|ones?)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[()]")
SHORT = 2
"""A question of at most this many content words leans on what was said before."""
FURTHEST = 12
"""How many turns back are read at most."""


def complete(question: str, history: Sequence[Turn]) -> str:
    """The question as it would stand alone; the question itself when it already does or there is no history.

    A bare part ("And in April?") takes its place in the question before. A pronoun becomes the person or body it stands for, "there" the
    place, "that day" the day. What is then still open is told by the topic of the question before, added in brackets.
    """
    history = list(history)[-FURTHEST:]
    last = max((i for i, turn in enumerate(history) if turn.role == "user"), default=-1)
    if last < 0 or not leans(question):
        return question
    previous = complete(history[last].text.strip(), history[:last])
    fragment = fragment_of(question)
    substituted = put_in(previous, fragment) if fragment else ""
    if substituted:
        return substituted
    completed = resolved(question, previous, history)
    placed = _placed(completed) or not _placed(previous)
    if completed != question and placed and not _open(completed, least=1 if PERSON.search(question) else SHORT):
        return completed
    topic = _topic(previous, completed)
    return f"{completed} ({topic})" if topic else completed


def leans(question: str) -> bool:
    """Whether a question cannot be understood without what was said before."""
    light = analyse(question).light
    content = [token for token in tokens(question) if token.text.lower() not in STOPWORDS and stem(token.text) not in light]
    short = len(content) <= SHORT and not find_names(question)
    return short or any(pattern.search(question) for pattern in (PERSON, THING, _OPENS))


def _open(question: str, *, least: int) -> bool:
    """Whether a question whose pronouns are resolved still needs its topic: fewer than `least` words of its own, or others still pointing
    back."""
    asked = analyse(question)
    named = {stem(token.text) for name in asked.names for token in tokens(name.core)}
    own = [term for term in asked.terms if term not in asked.light and term not in named]
    return len(own) < least or bool(THING.search(question) or PERSON.search(question) or _OTHERS.search(question))


def _placed(question: str) -> bool:
    """Whether a question names somebody, something or a time."""
    return bool(find_names(question) or find_dates(question))


def _topic(before: str, question: str) -> str:
    """The content words of the earlier question that the new one does not have, in order; without the kind of thing it asked for."""
    have = {stem(token.text) for token in tokens(question)}
    asked = analyse(before)
    counts = re.search(r"\bhow (?:many|much) (?:did|do|does|have|has|were|was|are|is)\b", question, re.IGNORECASE)  # of what the other asked for
    sought = {asked.head} if asked.kind in ("which", "where", "when") and len(asked.terms) > 2 and not counts else set()
    words = []
    for token in tokens(_BRACKETS.sub(" ", before)):
        key = stem(token.text)
        plain = token.text.lower() in STOPWORDS and not token.text.isupper()
        if not plain and key not in have and key not in asked.light and key not in sought:
            have.add(key)
            words.append(token.text)
    return " ".join(words)
