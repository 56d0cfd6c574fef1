"""Whether a sentence holds the kind of thing a question asks for: a number, a date, a name, a place, a reason, somebody's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.kinds import members
from qa.answering.matching import matches, words_of
from qa.answering.question import Asked
from qa.language.dates import find_dates
from qa.language.nearness import nearest
from qa.language.names import Name, find_names, same_name
from qa.language.numbers import find_numbers
from qa.language.words import stem, tokens

_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|on|across|inside|outside|around|into|over|of|against|towards?|through|between)\s+"
    r"(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,2}[A-Z]")
_CAUSE = re.compile(
    r"\b(?:because|due to|in response|respond|in order to|aim(?:ed|ing|s)? (?:at|to)|retaliat\w+|owing to|so that|as a result|result of|"
    r"since|caus\w+|reason|purpose|intended to|in an attempt|driven by|to (?:protect|prevent|deter|avoid|stop|show|signal|put|secure))\b",
    re.IGNORECASE)
_PEOPLES = re.compile(r"(?:[A-Z]\w+(?:ians?|ish|ese|elis?|aqis?|stanis?|ricans?)|Arabs?|French|Dutch|Greek|Western)$")
_WITHIN = re.compile(r"\b(?:in|at|near)(?: the)? $", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:president|minister|leader|official|commander|chief|spokes\w+|director|expert|analyst|groups?|militias?|forces|authorities|media|"
    r"man|woman|police|residents|researchers|scientists|government|army|company|wife|husband|son|daughter|child|children|brother|sister|"
    r"father|mother|parents|family|soldier|worker|men|women)s?\b", re.IGNORECASE)
_HARM = tuple(frozenset(stem(word) for word in words.split()) for words in (
    "kill killed dead death die died dying fatality fatalities slain lethal toll perish lives", "wound wounded injure injured injury hurt harm"))
_DURATION = frozenset("year month week day hour minute second decade century".split())
_LENGTH = frozenset("m km cm mm mi ft in page line word verse".split())
BESIDE = 12
"""Characters between a kind and a name that belongs to it, at most."""
KIND_ALONE = 0.7
"""How far a sentence fits that says the kind asked for ("which bank": "the bank") and no name that could be one."""
UNSOURCED = 0.7
"""How far a sentence for which nobody is named fits "who says so": that nobody is named is an answer too."""
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\ds?\b|\bcentur(?:y|ies)\b")
_AGE = re.compile(r"\b\d{1,3}[- ]years?[- ]old\b|\baged? \d|\bborn\b|, \d{1,3}(?:,|$)", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:when|during|after|before|until|once|while|upon|by the time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A sentence with what surrounds it: the sentences before and after it, the passage's title and heading, the passage, the
    whole document's text and its day of publication, and who speaks ("" for nobody named). All but the sentence may be left out."""

    sentence: str
    before: str = ""
    after: str = ""
    about: str = ""
    passage: str = ""
    document: str = ""
    published: date | None = None
    speaker: str = ""

    def in_context(self) -> str:
        """The sentence with the title before it, as it is compared by meaning (on QED the gold sentence comes first for 67
        instead of 62 % so; the sentence before it makes it worse, 47 %)."""
        return f"{self.about.strip()}. {self.sentence}" if self.about.strip() else self.sentence


def fit(asked: Asked, around: Around) -> float:
    """How far the sentence holds the kind of thing asked for, in [0, 1]; 0.5 where the question does not say."""
    if asked.kind == "said":
        return 1.0 if speaks(asked, around) else 0.3
    if asked.kind == "who_said":
        return 1.0 if around.speaker else UNSOURCED
    if asked.kind == "who" and around.speaker:
        return 1.0
    kinds = {"how_many": _counts, "how_much": _measures, "how_long": _lasts, "when": _dates, "where": _places, "who": _persons,
             "why": _reasons, "which": _chosen}
    return kinds[asked.kind](asked, around.sentence) if asked.kind in kinds else 0.5


def speaks(asked: Asked, around: Around) -> bool:
    """Whether the sentence's speaker is whom the question asks about: at least half of the words that name that one name the
    speaker too ("Nasrallah", "Hassan Nasrallah"), and the speaker's last one is among them."""
    speaker = [stem(token.text) for token in tokens(around.speaker)]
    shared = asked.subject.intersection(speaker)
    return bool(shared) and speaker[-1] in asked.subject and len(shared) * 2 >= len(asked.subject)


def _counts(asked: Asked, sentence: str) -> float:
    """1 for a number of just what is counted, less for one that may count it, 0 without any."""
    numbers = [n for n in find_numbers(sentence) if not n.ordinal]
    if not numbers:
        return 0.0
    if not asked.head:
        return 0.8
    percent = "percentag" in asked.terms or "share" in asked.terms or "proport" in asked.terms
    asked_for = [harm for harm in _HARM if harm & asked.terms.keys()]
    if len(asked_for) == 1 and not asked_for[0] & words_of(sentence).keys():
        return 0.2  # the wounded are not counted by a sentence about the killed
    best = 0.3
    for number in numbers:
        after = words_of(sentence[number.end : number.end + 60])
        before = words_of(sentence[max(0, number.start - 60) : number.start])
        if stem(number.noun) == asked.head or matches(asked.head, after) or (percent and number.unit == "%"):
            best = 1.0
        elif matches(asked.head, before):
            best = max(best, 0.8)
        elif not number.noun and matches(asked.head, words_of(sentence)):
            best = max(best, 0.6)
    return best


def _measures(asked: Asked, sentence: str) -> float:
    if re.search(r"\bhow old\b", asked.text, re.IGNORECASE):
        return 1.0 if _AGE.search(sentence) else 0.0
    numbers = [n for n in find_numbers(sentence) if not n.ordinal]
    return 1.0 if any(n.unit for n in numbers) else 0.6 if numbers else 0.0


def _lasts(asked: Asked, sentence: str) -> float:
    """A time that passes, or how far a thing reaches ("how long is the bridge", "how long was the letter")."""
    if any(n.unit in _DURATION | _LENGTH or stem(n.noun) in _LENGTH for n in find_numbers(sentence)):
        return 1.0
    return 0.6 if find_dates(sentence) else 0.0


def _dates(asked: Asked, sentence: str) -> float:
    found = find_dates(sentence)
    if any(not mention.relative for mention in found) or _YEAR.search(sentence):
        return 1.0
    return 0.6 if found else 0.4 if _OCCASION.search(sentence) else 0.0


def _places(asked: Asked, sentence: str) -> float:
    new = _new_names(asked, sentence)
    if not new:
        return 0.1
    return 1.0 if _PLACE.search(sentence) else 0.6


def _persons(asked: Asked, sentence: str) -> float:
    if any(not _PEOPLES.match(name.core) and not _WITHIN.search(sentence[: name.start]) for name in _new_names(asked, sentence)):
        return 1.0
    return 0.5 if _ROLE.search(sentence) else 0.2


def _reasons(asked: Asked, sentence: str) -> float:
    return 1.0 if _CAUSE.search(sentence) else 0.3


def _chosen(asked: Asked, sentence: str) -> float:
    """One of the kind asked for is said ("which weapons": missiles), or the kind itself ("which bank": a bank), surer with a name."""
    if not asked.head:
        return 0.5
    words = words_of(sentence)
    if any(member in words for member in members(asked.head)):
        return 1.0
    if matches(asked.head, words):
        return 1.0 if _named(asked, sentence) else KIND_ALONE
    near = nearest(asked.terms.get(asked.head, asked.head).lower(), list(words.values()))
    return 0.7 if near >= 0.4 else 0.5 if _new_names(asked, sentence) else 0.2


def _named(asked: Asked, sentence: str) -> bool:
    """Whether a new name stands beside the kind asked for ("Corvan prison", "the prison of Corvan")."""
    said = [token for token in tokens(sentence) if matches(asked.head, {stem(token.text): token.text})]
    return any(name.start - token.end <= BESIDE and token.start - name.end <= BESIDE for name in _new_names(asked, sentence) for token in said)


def _new_names(asked: Asked, sentence: str) -> Sequence[Name]:
    return [name for name in find_names(sentence) if not any(same_name(name.core, known.core) for known in asked.names)
            and not set(words_of(name.core)) <= set(asked.terms)]
