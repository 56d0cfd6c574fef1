"""Who did it, and what was the cause: "won by X" against "won by Y", "X blamed for it" against "the work of Y", "because X" against "due to
Y"."""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from qa.agreement.claims import Claim, content_words
from qa.agreement.same import both_answer, places_differ, same_event
from qa.agreement.voices import independent, who
from qa.grounding.lexicon import root
from qa.language.names import find_names, same_name
from qa.records import Disagreement

_EXCLUSIVE = """win/won order/ordered found/founded write/wrote/written invent/invented discover/discovered design/designed build/built
    kill/killed shoot/shot murder/murdered attack/attacked bomb/bombed launch/launched start/started commission/commissioned own/owned
    buy/bought sell/sold cause/caused trigger/triggered destroy/destroyed steal/stole/stolen commit/committed organise/organised
    organize/organized plan/planned finance/financed fund/funded pay/paid fire/fired hijack/hijacked abduct/abducted sink/sank/sunk
    carry_out/carried_out approve/approved sign/signed leak/leaked start/started/begun develop/developed paint/painted compose/composed
    direct/directed beat/beat/beaten elect/elected appoint/appointed break/broke/broken poison/poisoned hack/hacked pay_for/paid_for
    invade/invaded betray/betrayed sabotage/sabotaged"""
_FORMS = {form.replace("_", " "): entry.split("/")[0].replace("_", " ") for entry in _EXCLUSIVE.split() for form in entry.split("/")}
_PAST = {entry.split("/")[0].replace("_", " "): entry.split("/")[1].replace("_", " ") for entry in _EXCLUSIVE.split()}
_VERB = "|".join(sorted((form.replace(" ", r"\s+") for form in _FORMS), key=len, reverse=True))
_STOP = r"(?=[.,;:()“”\"]|\s(?:on|in|at|after|when|while|who|which|that|because|for|since|before|during|but|and\s+(?:not|the|was|had))\b|$)"
_CLAUSE_END = r"(?=[.,;:()“”\"]|\s(?:when|while|who|which|that|because|since|before|after|but)\b|$)"
_SAID_THAT = r"\b(?:sa(?:id|ys?)|claim(?:s|ed)?|assert(?:s|ed)?|report(?:s|ed)?|insist(?:s|ed)?|told\s+\w+)\s+(?:that\s+)?"
_PASSIVE = re.compile(
    rf"(?P<what>[^.,;:()“”\"]{{3,120}}?)\s+(?:was|were|is|are|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+)?(?P<verb>{_VERB})\s+by\s+"
    rf"(?P<agent>[^.;:()“”\"]{{2,80}}?){_STOP}"
)
_ACTIVE = re.compile(
    rf"(?:^|[.;:,“”\"]\s*|{_SAID_THAT})(?P<agent>(?:[Tt]he\s+)?[A-Z][\w’'-]*(?:\s+[\w’'-]+){{0,4}}?|[a-z]+)\s+(?:has\s+|had\s+)?"
    rf"(?P<verb>{_VERB})\s+(?P<which>the|an?|its|his|her)\s+(?P<what>[^.,;:()“”\"]{{2,80}}?){_STOP}"
)
_CAUSE = re.compile(r"\b[Tt]he\s+(?:\w+\s+)?(?P<verb>cause|reason)\s+(?:of|for|behind)\s+(?P<what>[^.,;:]{2,60}?)\s+(?:is|was)"
    r"\s+(?P<agent>[^.;:“”\"]{3,80}?)(?=[.,;:]|$)")
_BECAUSE = re.compile(rf"(?P<what>[^.,;:()“”\"]{{5,80}}?)\s+(?:because(?:\s+of)?|due\s+to|owing\s+to|as\s+a\s+result\s+of)\s+"
                      rf"(?P<agent>[^.;:()“”\"]{{3,80}}?){_CLAUSE_END}")
_BLAME = tuple(re.compile(pattern) for pattern in (
    rf"\bblam(?:es|ed|ing)\s+(?P<agent>[^.,;:()“”\"]{{2,60}}?)\s+for\s+(?P<what>[^.,;:()“”\"]{{3,80}}?){_CLAUSE_END}",
    rf"\b(?:attribut|ascrib)(?:es|ed|ing)\s+(?P<what>[^.,;:()“”\"]{{3,80}}?)\s+to\s+(?P<agent>[^.,;:()“”\"]{{2,60}}?){_CLAUSE_END}",
    rf"(?:^|[.,;:“”\"]\s*|{_SAID_THAT})(?P<agent>[^.,;:()“”\"]{{2,60}}?)\s+(?:is|was|are|were|had\s+been|has\s+been)\s+"
    rf"(?:responsible\s+for|behind|to\s+blame\s+for)\s+(?P<what>[^.,;:()“”\"]{{3,80}}?){_CLAUSE_END}",
    rf"(?:^|[.,;:“”\"]\s*|{_SAID_THAT})(?P<agent>[^.,;:()“”\"]{{2,60}}?)\s+claim(?:s|ed)\s+responsibility\s+for\s+"
    rf"(?P<what>[^.,;:()“”\"]{{3,80}}?){_CLAUSE_END}",
    rf"(?:^|[.,;:“”\"]\s*|{_SAID_THAT})(?P<what>[^.,;:()“”\"]{{3,80}}?)\s+(?:is|was|were)\s+the\s+work\s+of\s+"
    rf"(?P<agent>[^.,;:()“”\"]{{2,60}}?){_CLAUSE_END}",
    rf"\bh(?:old|olds|olding|eld)\s+(?P<agent>[^.,;:()“”\"]{{2,60}}?)\s+responsible\s+for\s+(?P<what>[^.,;:()“”\"]{{3,80}}?){_CLAUSE_END}",
))
_NOT = re.compile(r"\b(?:not|never|no|denied|denies)\b|n['’]t\b", re.IGNORECASE)
_LEADING = re.compile(rf"^(?:.*{_SAID_THAT})?(?:(?:both|only|then)\s+)?")
_DENIED = re.compile(rf"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?)\s+(?:any\s+|all\s+)?(?:involvement\s+in|responsibility\s+for|blame\s+for|"
                     rf"(?:a|any)\s+(?:role|part|hand)\s+in|having\s+(?:carried\s+out|ordered|caused))\s+(?P<what>[^.,;:()“”\"]{{3,80}}?){_CLAUSE_END}")
_NO_CAUSE = re.compile(r"(?:^|[.;:,]\s*)(?P<agent>[^.;:,()“”\"]{3,60}?)\s+(?:play(?:s|ed)?\s+no\s+(?:part|role)|(?:had|has)\s+nothing\s+to\s+do\s+with"
                       r"|(?:was|were|is|are)\s+not\s+(?:the\s+(?:cause|reason)|to\s+blame))\b")
_PRONOUNS = frozenset("he she it they this that which who we i you both others some".split())


class Act(NamedTuple):
    """Something done: the verb ("cause" for a reason, "blame" where responsibility is told, "did" for the same act under its verb's name, to
    be held against blame), the roots of what it was done to, and the words for who did it. `head` is the noun among the roots; with `one_of`
    it was done to "a" such thing, of which there may be several."""

    verb: str
    what: frozenset[str]
    agent: str
    head: str = ""
    one_of: bool = False


def actors_differ(claims: Sequence[Claim]) -> list[Disagreement]:
    """Statements that give one and the same act to different doers, or one thing different causes: each doer is a side. One denies what
    another says of its doer: those two."""
    groups: list[dict[int, Act]] = []
    found = []
    acts = [acts_of(claim) for claim in claims]
    for a, b in combinations(claims, 2):
        if not independent(a, b) or places_differ(a, b):
            continue
        clash = next(((x, y) for x in acts[a.index] for y in acts[b.index] if _same_act(x, y, a, b) and _apart(x.agent, y.agent)), None)
        if clash:
            home = next((group for group in groups for n, act in group.items() if n in (a.index, b.index) and act.verb == clash[0].verb), None)
            if home is None:
                groups.append(home := {})
            for claim, act in zip((a, b), clash, strict=True):
                home.setdefault(claim.index, act)
        else:
            found += [_denial(one, act, other) for one, other in ((a, b), (b, a)) for act in _denied_acts(other, acts[one.index])
                      if act.verb != "cause" or both_answer(a, b) or same_event(a, b) or a.asked & b.asked][:1]
    return [*(_sides(group, claims) for group in groups), *found]


def _sides(group: Mapping[int, Act], claims: Sequence[Claim]) -> Disagreement:
    """The statements of a group by who did it, in their order."""
    sides: list[list[int]] = []
    for index in sorted(group):
        home = next((side for side in sides if all(not _apart(group[index].agent, group[other].agent) for other in side)), None)
        if home is None:
            sides.append([index])
        else:
            home.append(index)
    told = [f"{group[side[0]].agent} ({', '.join(dict.fromkeys(who(claims[index]) for index in side))})" for side in sides]
    first = min(group)
    return Disagreement(about=_about(claims[first], group[first]), sides=tuple(tuple(side) for side in sides), how=" against ".join(told))


def acts_of(claim: Claim) -> list[Act]:
    """The acts of which a statement says that somebody did them; none that it denies. Who did something is also to blame for it."""
    found: list[Act] = []
    for pattern in (_PASSIVE, _CAUSE, _BECAUSE, _ACTIVE, *_BLAME):
        for match in pattern.finditer(claim.text):
            if _NOT.search(match.group()):
                continue
            verb = _verb_of(pattern, match)
            described = _LEADING.sub("", match["what"])
            what = frozenset(root(word) for word in content_words(described))
            agent = _LEADING.sub("", " ".join(match["agent"].split()).strip(" ,"))
            one_of = (match.groupdict().get("which") or "").startswith("a")
            head = "" if verb == "cause" else _head(described)
            if what and agent and agent.lower() not in _PRONOUNS and not any(act.verb == verb for act in found):
                found.append(Act(verb=verb, what=what, agent=agent, head=head, one_of=one_of))
                if verb not in ("blame", "cause"):
                    found.append(Act(verb="did", what=what | {root(verb.split()[0])}, agent=agent))
    return found


def _head(words: str) -> str:
    """The root of the noun that is described: the last telling word before a preposition."""
    told = content_words(re.split(r"\s(?:of|for|in|at|on|near|with|to|from|against)\s", words)[0])
    return root(told[-1]) if told else ""


def _denied_acts(claim: Claim, acts: Sequence[Act]) -> list[Act]:
    """Those of the acts of which a statement denies that its speaker, or whom it names before, had a part in them; the causes that it says
    were none."""
    no_cause = _NO_CAUSE.search(claim.text)
    if no_cause:
        return [act for act in acts if act.verb == "cause" and not _apart(act.agent, no_cause["agent"])]
    denied = [(claim.text[: match.start()] + " " + claim.statement.speaker, frozenset(root(word) for word in content_words(match["what"])))
              for match in _DENIED.finditer(claim.text)]
    return [act for act in acts for before, what in denied
            if len(act.what & what) >= max(1, 0.6 * min(len(act.what), len(what))) and not _apart(act.agent, before)]


def _denial(claim: Claim, act: Act, other: Claim) -> Disagreement:
    return Disagreement(about=_about(claim, act), sides=((claim.index,), (other.index,)),
                        how=f"{act.agent}, said by {who(claim)}, denied by {who(other)}")


def _verb_of(pattern: re.Pattern[str], match: re.Match[str]) -> str:
    if pattern in _BLAME:
        return "blame"
    return "cause" if pattern in (_CAUSE, _BECAUSE) else _FORMS[" ".join(match["verb"].lower().split())]


def _same_act(x: Act, y: Act, a: Claim, b: Claim) -> bool:
    """One verb, and the shorter description of what was done is mostly in the longer one. For a cause and for blame, which any words may
    describe, two words must be the same, or the statements be about one event."""
    if x.verb != y.verb and {x.verb, y.verb} != {"blame", "did"} or x.verb == y.verb == "did":
        return False
    common = len(x.what & y.what)
    if common < max(1, (1.0 if x.one_of and y.one_of else 0.6) * min(len(x.what), len(y.what))):
        return False
    if x.head and y.head and not (x.head in y.what and y.head in x.what):
        return False
    asked = {root(word) for word in a.asked & b.asked}
    return x.verb not in ("cause", "blame", "did") or common >= 2 or bool(x.what & y.what & asked) or both_answer(a, b) or same_event(a, b)


def _apart(first: str, second: str) -> bool:
    """Whether two doers are not one: different names, or no telling word in common."""
    names = [[name.core for name in find_names(text)] for text in (first, second)]
    if names[0] and names[1]:
        return not any(same_name(x, y) for x in names[0] for y in names[1])
    words = [{root(word) for word in content_words(text)} for text in (first, second)]
    return bool(words[0] and words[1]) and not words[0] & words[1] and not {first.lower(), second.lower()} & _PRONOUNS


def _about(claim: Claim, act: Act) -> str:
    """Who did what, or the cause of what, in the words of the first statement."""
    words = [word for word in content_words(claim.text) if root(word) in act.what]
    told = {"blame": "who is to blame", "did": "who is to blame", "cause": "the cause"}.get(act.verb) or f"who {_PAST[act.verb]}"
    return f"{told} ({' '.join(dict.fromkeys(words[:6]))})"
