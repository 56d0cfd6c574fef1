"""Words of a question that point back ("he", "its", "there", "that day"), and what they stand for in the conversation."""

import re
from collections.abc import Sequence
from itertools import accumulate

from qa.answering.question import analyse
from qa.attribution.speakers import is_person
from qa.language.dates import find_dates
from qa.language.names import Name, find_names
from qa.language.words import stem
from qa.records import Turn

PERSON = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
THING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|this|these|those|then|one|ones|other|others|another|same|else|more)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\b(?:there|here)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:its|their)\b|(?<!\bof )(?<!\bin )\b(?:it|they|them|theirs)\b(?!\s+(?:true|said|reported|known|possible"
                   r"|likely)\b)", re.IGNORECASE)
_PLACE = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\b(?:over )?there\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:on )?(?:that|the same) (?:day|date)\b|\bthen\b|\bat that time\b|\bin that (?:month|year)\b", re.IGNORECASE)
_LOCATED = re.compile(r"\b(?:in|at|near|outside|inside|on|around)\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:in|of|on|at|from|to|by|with|against|for|near|about|over|into|under|outside|inside"
                     r"|around)\s+(?:the\s+)?$", re.IGNORECASE)
_DATED = re.compile(r"\b(?:on|in|since|during|by|until)\s+(?:the\s+)?$", re.IGNORECASE)
_NOUN_AFTER = r"\s+[a-z]{3,}\b(?=\s*(?:[?.,)]|$))"
_DOING = re.compile(r"\b(?:did|does|do|has|have|had|will|would|can|could|should)\s+$", re.IGNORECASE)
_WHICH = re.compile(r"^\W*(?:and |but |so )?(?:which|what) (?P<noun>[a-z]+)\b(?P<object>\s+(?:did|does|do|has|have|had|can|will|would)\b)?", re.IGNORECASE)
_DOES = re.compile(r"\b(?:did|does|do|has|have|had)\s+(?:it|they)\b", re.IGNORECASE)
BRIEF = 25
"""An answer of at most this many words may give the name that a pronoun stands for; a longer one quotes many."""


def resolved(question: str, previous: str, history: Sequence[Turn]) -> str:
    """The question with each pointing word replaced by what it stands for, as far as the conversation settles it. `previous` is the
    question before, itself completed."""
    person = last_person(history) if PERSON.search(question) else ""
    if person:
        question = _replaced(PERSON, question, person)
    if _BODY.search(question) and not person and (chosen := _chosen(previous, history, question)):
        question = _replaced(_BODY, question, chosen)
    elif _BODY.search(question) and (body := _body(previous, history, known=question, person=person)):
        question = _replaced(_BODY, question, body)
    if _PLACE.search(question) and (place := _place(previous)):
        question = _PLACE.sub(lambda _: place, question, count=1)
    if _DAY.search(question) and (day := _day(previous)):
        question = _DAY.sub(lambda _: day, question, count=1)
    return question


def last_person(history: Sequence[Turn]) -> str:
    """The person named last, in each exchange the user's words before the assistant's; where nobody looks like a person, a name of two
    or more words or with a title, then any name; "" without names."""
    found = [name for turn in _latest_first(history) for name in reversed(find_names(turn.text)) if name.core != turn.text]
    people = [name for name in found if is_person(name.core) and len(name.core.split()) >= 2 or name.text != name.core]
    longer = [name for name in found if len(name.core.split()) >= 2]
    return next((name.text for name in [*people, *longer, *found]), "")


def _latest_first(history: Sequence[Turn]) -> list[Turn]:
    """The turns by exchange, the last one first; in each the user's before the assistant's."""
    exchanges = list(accumulate(turn.role == "user" for turn in history))
    order = sorted(range(len(history)), key=lambda i: (-exchanges[i], history[i].role != "user", -i))
    return [history[i] for i in order]


def _body(previous: str, history: Sequence[Turn], *, known: str, person: str) -> str:
    """The one body or thing the question before is about: its only name that follows no preposition, else the one that a brief answer to
    it names. "" where several could be meant, or it is named in the question already. What looks like a person is none, unless `person`
    is the one ("" for nobody) or the word is "its"."""
    answer = history[-1].text if history and history[-1].role == "assistant" and len(history[-1].text.split()) <= BRIEF else ""
    spoken = analyse(previous).kind in ("said", "who_said")  # then a name in it is more likely a speaker's
    owning = re.search(r"\bits\b", known, re.IGNORECASE) and not spoken
    for text in (previous, answer):
        names = [name for name in find_names(text) if name.text not in known]
        free = [name for name in names if not _BEFORE.search(text[: name.start])]
        chosen = _only(free) or (_only(names) if text is answer else None)
        if chosen and chosen.core.lower() not in known.lower():
            return _whole(text, chosen) if owning or person or not is_person(chosen.core) else ""
    return ""


def _chosen(previous: str, history: Sequence[Turn], known: str) -> str:
    """ "the drone", what the question before asked to choose ("which drone did they shoot down?"), with the one name that a brief answer gives.
    "" where it chose nothing, or a place or a time, or one where the pronoun means several."""
    asked = _WHICH.match(previous)
    plural = re.search(r"\b(?:they|them|theirs?)\b", known, re.IGNORECASE)
    about = analyse(previous)
    if not asked or about.kind != "which" or stem(asked["noun"]) != about.head or bool(plural) != asked["noun"].endswith("s"):
        return ""
    if asked["object"] and _DOES.search(known):
        return ""  # "which drone did they use?", "how many do they have?": who did it is meant
    answer = history[-1].text if history[-1].role == "assistant" and len(history[-1].text.split()) <= BRIEF else ""
    name = _only([name for name in find_names(answer) if name.core.lower() not in previous.lower()])
    return f"the {asked['noun']}" + (f" {name.core}" if name and not plural else "")


def _whole(text: str, name: Name) -> str:
    """The name with the article before it and the noun after it: "the Tarn mill"."""
    article = re.search(r"\bthe\s+$", text[: name.start], re.IGNORECASE)
    done = _DOING.search(text[: article.start() if article else name.start])  # then a verb follows
    noun = None if done else re.match(_NOUN_AFTER, text[name.end :])
    return text[article.start() if article else name.start : name.end + (noun.end() if noun else 0)]


def _only(names: Sequence[Name]) -> Name | None:
    return names[0] if len({name.core for name in names}) == 1 else None


def _place(previous: str) -> str:
    """ "in Tarn", the place the question before names last, with its preposition and the noun after it ("at the Tarn mill")."""
    for name in reversed(find_names(previous)):
        located = _LOCATED.search(previous[: name.start])
        if located:
            noun = re.match(_NOUN_AFTER, previous[name.end :])
            return previous[located.start() : name.end + (noun.end() if noun else 0)]
    return ""


def _day(previous: str) -> str:
    """ "on 14 March", the only date of the question before, with its preposition."""
    dates = find_dates(previous)
    if len(dates) != 1:
        return ""
    before = _DATED.search(previous[: dates[0].start])
    return previous[before.start() if before else dates[0].start : dates[0].end]


def _replaced(pattern: re.Pattern[str], question: str, name: str) -> str:
    """The first pronoun replaced, with an ending where it owns something."""
    def replacement(match: re.Match) -> str:
        word = match.group().lower()
        owned = word in ("his", "hers", "its", "their", "theirs") or (word == "her" and re.match(r"\s+\w", question[match.end() :]))
        return f"{name}’s" if owned else name

    return pattern.sub(replacement, question, count=1)
