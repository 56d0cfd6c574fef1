"""Positions without figures: one side is for what the other is against ("supports the bypass" against "rejected the plan for a bypass"), or
calls the opposite ("safe" against "dangerous").

A position is a verb of attitude, turned round by a negation before it, and the words of what it is about. Two positions clash when they are
opposite, of independent voices, and about the same words; where they share only a word or two, the question must link the statements.
"""

import re
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from qa.agreement.claims import Claim, content_words, plain_stem
from qa.agreement.same import both_answer, likeness, places_differ, same_event, same_time, shared_names
from qa.agreement.voices import independent, same_speaker, who
from qa.grounding.lexicon import opposites, root, synonyms
from qa.language.words import STOPWORDS
from qa.records import Disagreement

Attitude = Literal["for", "against"]

_FOR = """support back welcome accept approve agree embrace endorse favour favor want seek urge demand propose promise pledge vow praise defend
    justify permit allow tolerate recommend adopt"""
_AGAINST = """oppose reject refuse resist condemn criticise criticize denounce dismiss disagree block veto forbid ban prohibit avoid object decline
    protest"""
_PHRASES = {"call for": "for", "calls for": "for", "called for": "for", "calling for": "for", "sided with": "for", "sides with": "for",
            "in favour of": "for", "in favor of": "for", "rule out": "against", "rules out": "against", "ruled out": "against",
            "stay out of": "against", "stays out of": "against", "stayed out of": "against", "opposed to": "against", "turned down": "against"}
_HOSTILE = frozenset(root(word) for word in ("threaten",))
_WAR = frozenset(root(word) for word in "war conflict attack strike".split())
"""What somebody who threatens is for."""
_ATTITUDES: dict[str, Attitude] = {**{root(word): "for" for word in _FOR.split()}, **{root(word): "against" for word in _AGAINST.split()}}
_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(_PHRASES, key=len, reverse=True))})\b", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_COMPOUND = re.compile(r"\w+(?:[-‑–]\w+)+")  # "Iranian-backed" says who a militia is and backs nothing
_CLAUSE = re.compile(r"[.;:()“”\"—–]|,\s*(?:who|which|but|and|while|whereas|although)\b|\b(?:but|while|whereas|although)\b")
_TURNED = re.compile(r"\b(?:not|never|no\s+longer|nobody|cannot|without)\b[^,]{0,20}$|n['’]t\b[^,]{0,20}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_EMPTY = frozenset(root(word) for word in "plan idea proposal offer use call claim number people thing way new".split())
"""Words that do not tell what a position is about."""
TOLD = 10
"""How many words of a position are shown."""
ALIKE = 0.5
"""Share of the words outside the opposites that two statements have in common at least."""


class Position(NamedTuple):
    """An attitude, the words of the statement that tell it (at most TOLD of them) and the roots of what it is about."""

    attitude: Attitude
    words: str
    about: frozenset[str]


def positions_differ(claims: Sequence[Claim]) -> list[Disagreement]:
    """Pairs of independent statements of which one is for what the other is against, or one says the opposite of the other."""
    found = []
    held = [positions_of(claim.text) for claim in claims]
    for a, b in combinations(claims, 2):
        if not independent(a, b) or same_speaker(a, b) or places_differ(a, b):
            continue
        clash = next(((x, y) for x in held[a.index] for y in held[b.index] if _clash(x, y, a, b)), None)
        told = (clash[0].words, clash[1].words) if clash else _opposed(a, b)
        if told:
            common = clash[0].about & clash[1].about if clash else {root(word) for word in content_words(a.text)}
            found.append(Disagreement(about=_subject(a, b, common), sides=((a.index,), (b.index,)),
                                      how=f"“{told[0]}” ({who(a)}) against “{told[1]}” ({who(b)})"))
    return found


def against(text: str, claim: str) -> bool:
    """Whether a text is against what a claim says somebody is for ("ruled out" against "agreed to"), or the other way about."""
    return any(x.attitude != y.attitude and _about_one(x, y) for x in positions_of(text) for y in positions_of(claim))


def positions_of(text: str) -> list[Position]:
    """The attitudes that a text tells, with what each is about."""
    found = []
    for clause in _CLAUSE.split(text):
        told = _told(clause)
        if told is None:
            continue
        attitude, start, end, words = told
        passive = _PASSIVE.search(clause[:start])
        about = _roots(clause[: passive.start()] if passive else clause[end:].split(",")[0])
        if root(words) in _HOSTILE:
            about |= _WAR
        if about - _EMPTY:
            turned = _TURNED.search(clause[:start])
            begin = 0 if passive else turned.start() if turned else start
            found.append(Position(attitude=_other(attitude) if turned else attitude, words=_short(clause[begin:]), about=about - _EMPTY))
    return found


def _told(clause: str) -> tuple[Attitude, int, int, str] | None:
    """The first word or phrase of attitude in a clause, with its place; None without one, or with two that undo each other."""
    found = [(match.start(), match.end(), _PHRASES[match.group().lower()], match.group()) for match in _PHRASE.finditer(clause)]
    for match in _WORD.finditer(clause):
        key = root(match.group().lower())
        attitude = "for" if key in _HOSTILE else _ATTITUDES.get(key)
        if attitude and not _other_sense(clause, match):
            found.append((match.start(), match.end(), attitude, match.group()))
    found.sort()
    if not found:
        return None
    if len(found) > 1 and found[0][2] == found[1][2] == "against" and re.match(r"\s+(?:to|from)\b", clause[found[0][1] :]):
        return None  # "refused to condemn"
    start, end, attitude, words = found[0]
    if len(found) > 1 and attitude == "for" and found[1][2] == "against" and re.fullmatch(r"\s+to\s+", clause[end : found[1][0]]):
        attitude = "against"  # "wants to avoid"
    return attitude, start, end, words


def _other_sense(clause: str, match: re.Match[str]) -> bool:
    """Whether the word tells no attitude there: a noun ("the attack", "the Velm resistance"), "back" in "held back", a thing that "was blocked"."""
    before, word = clause[: match.start()].rstrip(), match.group().lower()
    if before.lower().endswith((" the", " a", " its", " their", " his", " her")):
        return True
    if word.endswith("ance") and not re.match(r"\s+to\b", clause[match.end() :]):
        return True  # "the Iraqi resistance" is a body and against nothing
    if word == "back":
        return not re.search(r"\b(?:to|not|will|would|can|could|should|must|may|might|they|we|and)$", before, re.IGNORECASE)
    return word == "blocked" and bool(_PASSIVE.search(clause[: match.start()])) and not re.match(r"\s+by\b", clause[match.end() :])


def _other(attitude: Attitude) -> Attitude:
    return "against" if attitude == "for" else "for"


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(word) for word in content_words(text) if not word[0].isdigit())


def _clash(x: Position, y: Position, a: Claim, b: Claim) -> bool:
    """Opposite attitudes to the same, where the question or the event links the two."""
    if x.attitude == y.attitude or not _about_one(x, y):
        return False
    common = x.about & y.about
    asked = {root(word) for word in a.asked | b.asked}
    named = bool(common & asked) and shared_names(a.names, b.names) >= 1 and same_time(a, b)
    return named or both_answer(a, b) or len(common) >= 2 and same_event(a, b)


def _about_one(x: Position, y: Position) -> bool:
    """Three quarters of the words of the shorter are the other's too; of two words, one."""
    common, least = len(x.about & y.about), min(len(x.about), len(y.about))
    return common > 0 and common >= (0.75 if least > 2 else 0.5) * least


def _opposed(a: Claim, b: Claim) -> tuple[str, str] | None:
    """A word of one and its opposite in the other, neither negated, where they have the question's other words in common, all of them, or
    are alike in the rest."""
    if a.negated or b.negated or a.denies or b.denies:
        return None
    first, second = ({root(word): word for word in content_words(_COMPOUND.sub(" ", claim.text))} for claim in (a, b))
    pairs = [(word, other) for key, word in first.items() if key not in second
             for against, other in second.items() if against not in first and against in opposites(key) - synonyms(key)]
    if len(pairs) != 1 or not shared_names(a.names, b.names) or not both_answer(a, b):
        return None
    word, other = pairs[0]
    whole = any(x.answers == 1 and plain_stem(said) in x.asked and x.asked - {plain_stem(said)} <= y.asked
                for x, y, said in ((a, b, word), (b, a, other)))
    return (word, other) if whole or likeness(a, b, speakers=False) >= ALIKE else None


def _subject(a: Claim, b: Claim, common: Collection[str]) -> str:
    """The words the two have in common, as written in the first that has them; at most six."""
    own = {root(word) for word in content_words(b.text)} & set(common)
    words = [word for word in content_words(a.text) if root(word) in own] or [w for w in content_words(b.text) if root(w) in common]
    return " ".join(dict.fromkeys(words[:6]))


def _short(clause: str) -> str:
    """The beginning of a clause up to a comma, not ending in a word that leads on."""
    words = clause.split(",")[0].split()
    kept = words[:TOLD]
    while len(kept) > 1 and kept[-1].lower() in STOPWORDS:
        kept.pop()
    return " ".join(kept) + ("…" if len(words) > TOLD else "")
