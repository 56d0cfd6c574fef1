"""Different days for one event: events that happen once, the last time of something, and what has not happened since."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from qa.agreement.claims import Claim, content_words
from qa.agreement.same import likeness, same_count, same_value, shared_names, subject_of
from qa.agreement.voices import independent, who
from qa.language.dates import DateMention, overlaps, period
from qa.language.names import same_name
from qa.language.words import stem
from qa.records import Disagreement

_SAME_VERB = {
    stem(word): stem(row.split()[0])
    for row in ("begin begins began begun start starts started commence", "end ends ended finish conclude", "die died dies",
                "sink sank sunk",                 "break broke broken", "find found founded", "break collapse collapsed burst")
    for word in row.split()
}
_ONCE = frozenset(
    stem(word)
    for word in """begin end die sink break find open close born establish crash explode resign elected inaugurated convicted sentenced
    acquitted     expire married appointed sworn launched completed abolished dissolved""".split()
)
"""What one and the same thing does once."""
_CLAUSE = re.compile(r"[,;:()“”\"—–]|\.\s|\b(?:but|while|and)\b")
_PREPOSITION = re.compile(r"\b(?P<word>since|on|in|by|at|from|until|for)\s+(?:the\s+|early\s+|late\s+)*$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|most\s+recently|latest)\b", re.IGNORECASE)
_IN = re.compile(r"\b(?:at|in|of|near|for|to)\s+(?:the\s+)?(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)")
FAR = 500
"""Days from which two dates are taken to be of two events."""


class Happening(NamedTuple):
    """What a sentence says happened on a date: first word and verb as stems, where, and whether it was the last time, or not since."""

    subject: str
    verb: str
    places: tuple[str, ...]
    when: DateMention
    last: bool
    not_since: bool


def dates_differ(claims: Sequence[Claim]) -> list[Disagreement]:
    """Groups of statements that give one event dates which exclude each other: each statement is a side."""
    groups: list[dict[int, str]] = []
    for a, b in combinations(claims, 2):
        clash = (_same_words(a, b) or _same_happening(a, b)) if independent(a, b) else None
        if not clash:
            continue
        home = next((group for group in groups if a.index in group or b.index in group), None)
        if home is None:
            groups.append(home := {})
        for claim, text in zip((a, b), clash, strict=True):
            home.setdefault(claim.index, text)
    return [_disagreement(group, claims) for group in groups]


def _disagreement(group: dict[int, str], claims: Sequence[Claim]) -> Disagreement:
    by_index = {claim.index: claim for claim in claims}
    sides = sorted(group)
    told = " against ".join(f"{group[index]} ({who(by_index[index])})" for index in sides)
    return Disagreement(about=f"the date ({subject_of(by_index[sides[0]], by_index[sides[1]])})", sides=tuple((index,) for index in sides),
                        how=told)


def _same_words(a: Claim, b: Claim) -> tuple[str, str] | None:
    """The dates of two statements that say the same of the same names and give one day each."""
    one_each = len(a.times) == len(b.times) == 1 and a.times[0].precision == b.times[0].precision == "day"
    if not one_each or a.times[0].relative or b.times[0].relative or overlaps(a.times[0], b.times[0]) or a.document == b.document:
        return None
    same = len(a.names) == len(b.names) == shared_names(a.names, b.names)
    if same and likeness(a, b) >= (0.6 if a.names else 0.75) and len(a.stems & b.stems) >= 3 and not _counts_apart(a, b):
        pairs = [(x, y) for x in happenings(a) for y in happenings(b) if x.subject == y.subject and x.verb == y.verb]
        if not any((x.last or y.last or x.not_since or y.not_since) and not _excluded(x, y) for x, y in pairs):
            return a.times[0].text, b.times[0].text
    return None


def _counts_apart(a: Claim, b: Claim) -> bool:
    """Whether the figures of two statements show different events: each has some, and none is the same."""
    return bool(a.figures and b.figures) and not any(same_count(x, y) and same_value(x, y) for x in a.figures for y in b.figures)


def _same_happening(a: Claim, b: Claim) -> tuple[str, str] | None:
    for x in happenings(a):
        for y in happenings(b):
            if x.subject == y.subject and x.verb == y.verb and not _elsewhere(x, y) and _excluded(x, y):
                return _told(x), _told(y)
    return None


def _told(happening: Happening) -> str:
    return ("not since " if happening.not_since else "last " if happening.last else "") + happening.when.text


def happenings(claim: Claim) -> list[Happening]:
    """What a statement dates, each with the clause before the date."""
    found = []
    for mention in claim.times:
        if mention.relative or mention.date is None:
            continue
        clause = _CLAUSE.split(claim.text[: mention.start])[-1]
        preposition = _PREPOSITION.search(clause)
        words = content_words(_LAST.sub(" ", clause[: preposition.start()] if preposition else clause))
        stems = [_SAME_VERB.get(stem(word), stem(word)) for word in words]
        if len(stems) < 2:
            continue
        since = bool(preposition) and preposition["word"].lower() == "since" and bool(_NOT.search(clause))
        places = tuple(match["name"] for match in _IN.finditer(clause))
        found.append(Happening(subject=stems[0], verb=stems[-1], places=places, when=mention, last=bool(_LAST.search(clause)),
        not_since=since))
    return found


def _elsewhere(x: Happening, y: Happening) -> bool:
    return bool(x.places and y.places) and not any(same_name(one, two) for one in x.places for two in y.places)


def _excluded(x: Happening, y: Happening) -> bool:
    """Whether both cannot be true: a later time than the last, a time after which it has not been, or two days of what happens once."""
    first, second = period(x.when), period(y.when)
    if not first or not second or overlaps(x.when, y.when) or abs((first[0] - second[0]).days) > (FAR if not (x.not_since or y.not_since)
    else 5000):
        return False
    for (one, days), (other, others) in (((x, first), (y, second)), ((y, second), (x, first))):
        if (one.last or one.not_since) and not other.not_since and others[0] > days[1]:
            return True
    return x.verb in _ONCE and not (x.not_since or y.not_since)
