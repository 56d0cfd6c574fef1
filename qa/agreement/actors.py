"""Who did it, and what was the cause: "won by X" against "won by Y", "X ordered it" against "ordered by Y"."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from qa.agreement.claims import Claim, content_words
from qa.agreement.same import places_differ
from qa.agreement.voices import independent, who
from qa.language.names import find_names, same_name
from qa.language.words import stem
from qa.records import Disagreement

_EXCLUSIVE = """win/won order/ordered found/founded write/wrote/written invent/invented discover/discovered design/designed build/built
    kill/killed shoot/shot murder/murdered attack/attacked bomb/bombed launch/launched start/started commission/commissioned own/owned
    buy/bought sell/sold cause/caused trigger/triggered destroy/destroyed steal/stole/stolen commit/committed organise/organised
    organize/organized plan/planned finance/financed fund/funded pay/paid fire/fired hijack/hijacked abduct/abducted sink/sank/sunk
    carry_out/carried_out approve/approved sign/signed leak/leaked start/started/begun develop/developed paint/painted compose/composed
    direct/directed beat/beat/beaten elect/elected appoint/appointed"""
_FORMS = {form.replace("_", " "): entry.split("/")[0].replace("_", " ") for entry in _EXCLUSIVE.split() for form in entry.split("/")}
_VERB = "|".join(sorted((form.replace(" ", r"\s+") for form in _FORMS), key=len, reverse=True))
_STOP = r"(?=[.,;:()“”\"]|\s(?:on|in|at|after|when|while|who|which|that|because|for|since|before|during|but|and\s+(?:not|the|was|had))\b|$)"
_PASSIVE = re.compile(
    rf"(?P<what>[^.,;:()“”\"]{{3,120}}?)\s+(?:was|were|is|are|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+)?(?P<verb>{_VERB})\s+by\s+"
    rf"(?P<agent>[^.;:()“”\"]{{2,80}}?){_STOP}"
)
_ACTIVE = re.compile(
    rf"(?:^|[.;:,“”\"]\s*)(?P<agent>(?:[Tt]he\s+)?[A-Z][\w’'-]*(?:\s+[\w’'-]+){{0,4}}?)\s+(?:has\s+|had\s+)?(?P<verb>{_VERB})\s+"
    rf"(?:the|a|an|its|his|her)\s+(?P<what>[^.,;:()“”\"]{{2,80}}?){_STOP}"
)
_CAUSE = re.compile(r"\b[Tt]he\s+(?:\w+\s+)?(?P<verb>cause|reason)\s+(?:of|for|behind)\s+(?P<what>[^.,;:]{2,60}?)\s+(?:is|was)"
    r"\s+(?P<agent>[^.;:“”\"]{3,80}?)(?=[.,;:]|$)")
_NOT = re.compile(r"\b(?:not|never|no|denied|denies)\b|n['’]t\b", re.IGNORECASE)


class Act(NamedTuple):
    """Something done: the verb, the stems of what it was done to, and the words for who did it."""

    verb: str
    what: frozenset[str]
    agent: str


def actors_differ(claims: Sequence[Claim]) -> list[Disagreement]:
    """Two statements that give one and the same act to different doers, or one thing different causes."""
    found = []
    acts = [acts_of(claim) for claim in claims]
    for a, b in combinations(claims, 2):
        if not independent(a, b) or places_differ(a, b):
            continue
        clash = next(((x, y) for x in acts[a.index] for y in acts[b.index] if _same_act(x, y) and _apart(x.agent, y.agent)), None)
        if clash:
            first, second = clash
            found.append(Disagreement(about=_about(a, first), sides=((a.index,), (b.index,)),
                                      how=f"{first.agent} ({who(a)}) against {second.agent} ({who(b)})"))
    return found


def acts_of(claim: Claim) -> list[Act]:
    """The acts of which a statement says that somebody did them; none that it denies."""
    found = []
    for pattern in (_PASSIVE, _CAUSE, _ACTIVE):
        for match in pattern.finditer(claim.text):
            if _NOT.search(match.group()):
                continue
            verb = "cause" if pattern is _CAUSE else _FORMS[" ".join(match["verb"].lower().split())]
            what = frozenset(stem(word) for word in content_words(match["what"]))
            agent = re.sub(r"^(?:both|only|then)\s+", "", " ".join(match["agent"].split()).strip(" ,"))
            if what and agent and not any(act.verb == verb for act in found):
                found.append(Act(verb=verb, what=what, agent=agent))
    return found


def _same_act(x: Act, y: Act) -> bool:
    """One verb, and the shorter description of what was done is mostly in the longer one."""
    return x.verb == y.verb and len(x.what & y.what) >= max(1, 0.6 * min(len(x.what), len(y.what)))


def _apart(first: str, second: str) -> bool:
    """Whether two doers share neither a name nor a telling word."""
    names = [[name.core for name in find_names(text)] for text in (first, second)]
    if any(same_name(x, y) for x in names[0] for y in names[1]):
        return False
    words = [{stem(word) for word in content_words(text)} for text in (first, second)]
    pronoun = any(text.lower() in ("he", "she", "it", "they", "this", "that", "which", "who") for text in (first, second))
    return bool(words[0] and words[1]) and not words[0] & words[1] and not pronoun


def _about(claim: Claim, act: Act) -> str:
    """What was done, in the words of the first statement."""
    words = [word for word in content_words(claim.text) if stem(word) in act.what]
    return " ".join(dict.fromkeys(words[:6])) + f" ({act.verb})"
