"""A follow-up that is only a part of a question ("And in April?", "What about the wounded?"), put in its place in the question before."""

import re

from qa.answering.question import analyse
from qa.attribution.figures import state_of
from qa.language.dates import find_dates
from qa.language.names import find_names
from qa.language.words import tokens

_OPENING = re.compile(r"^\W*(?:and|but|or|so)?\s*(?:(?:what|how) (?:about|of)\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|he|she|they|"
    r"it|him|her|them|his|its|their|that|this|these|those|there|said|says|say|tell|anyone|anybody|else)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(according to|in|at|near|on|for|from|by|under|during|since|until|before|after|to|against|with"
                          r"|of)\s+", re.IGNORECASE)
_NOUN = r"(?:(?:the|a|an|its|their)\s+)?(?:[\w’'-]+\s+){0,4}?[\w’'-]+"
_STATES = {"killed": "killed", "wounded": "wounded", "missing": "missing", "displaced": "displaced", "detained": "detained",
           "evacuated": "evacuated", "rescued": "rescued", "captured": "captured"}
_OWNED = re.compile(r"['’]s?(?=\s|$)")
LONGEST = 7
"""How many words a part has at most."""


def fragment_of(question: str) -> str:
    """The part that a question consists of, "" for a question with a verb or a question word of its own."""
    opening = _OPENING.match(question)
    rest = question[opening.end() :].strip(" ?.!,")
    opened = bool(re.match(r"^\W*(?:and|but|or|so|what|how)\b", question, re.IGNORECASE))
    return rest if opened and rest and len(rest.split()) <= LONGEST and not _CLAUSE.search(rest) else ""


def put_in(previous: str, fragment: str) -> str:
    """The question before with the part in place of the one like it: a date for a date, "in Lund" for "in Tarn", the wounded for the
    killed, a
    name for a name; "" where nothing like it is there, or more than one."""
    previous = re.sub(r"\s*\([^()]*\)\s*$", "", previous)
    for place in (_date, _state, _after_preposition, _counted, _name):
        found = place(previous, fragment)
        if found:
            return found
    return ""


def _date(previous: str, fragment: str) -> str:
    """Without a date in the question before, the part is added at its end."""
    new, old = find_dates(fragment), find_dates(previous)
    if not new:
        bare = re.fullmatch(r"(?:(?:in|on|by|since|until)\s+)?((?:1[5-9]|20)\d\d)", fragment, re.IGNORECASE)
        if not bare:
            return ""
    if len(old) > 1:
        return ""
    if not old:
        return f"{previous.rstrip(' ?.!')} {fragment if _PREPOSITION.match(fragment) else 'in ' + fragment}?"
    start, end = old[0].start, old[0].end
    before = re.search(r"\b(?:in|on|by|since|until|during|before|after|as of)\s+(?:the\s+)?$", previous[:start], re.IGNORECASE)
    start = before.start() if before and _PREPOSITION.match(fragment) else start
    return previous[:start] + fragment + previous[end:]


def _state(previous: str, fragment: str) -> str:
    """What became of those counted: "the wounded" after "how many were killed"."""
    words = [word.text.lower() for word in tokens(fragment) if word.text.lower() not in ("the", "and")]
    states = [state_of(word) for word in words]
    there = [word for word in tokens(previous) if state_of(word.text.lower())]
    if len(words) != 1 or states[0] not in _STATES or not there or state_of(there[-1].text.lower()) == states[0]:
        return ""
    old = there[-1]
    verb = re.search(r"\b(?:were|was|been|are|got)\s+$", previous[: old.start])
    new = _STATES[states[0]] if verb or state_of(old.text) != old.text.lower() else words[0]
    if not verb and re.fullmatch(r"die|died|dies", old.text, re.IGNORECASE):
        ahead, put = re.subn(r"\b(?:did|do|does)\b", "were", previous[: old.start], count=1)
        return f"{ahead}{'' if put else 'were '}{_STATES[states[0]]}{previous[old.end :]}"
    return previous[: old.start] + new + previous[old.end :]


def _after_preposition(previous: str, fragment: str) -> str:
    """A part that opens with a preposition, for the part after the same one; at the end where the question before has none."""
    opened = _PREPOSITION.match(fragment)
    if opened:
        word = opened[1].lower()
        if word in ("in", "at", "near"):
            found = list(re.finditer(rf"\b(?:in|at|near)\s+(?=(?:the\s+)?[A-Z])({_NOUN})(?=\s*[?.!,]|\s*$|\s+(?:in|on|at|by|since|after"
                                     rf"|before|according|with|from)\b)", previous))
        else:
            found = list(re.finditer(rf"\b{word}\s+({_NOUN})(?=\s*[?.!,]|\s*$|\s+(?:in|on|at|by|since|after|before"
                                     rf"|according)\b)", previous, re.IGNORECASE))
        if len(found) == 1:
            return previous[: found[0].start()] + fragment + previous[found[0].end() :]
        return f"{previous.rstrip(' ?.!')} {fragment}?" if not found else ""
    source = re.search(rf"\b(according to\s+)({_NOUN})(?=\s*[?.!,]|\s*$)", previous, re.IGNORECASE)
    return previous[: source.start(2)] + fragment + previous[source.end(2) :] if source else ""


def _counted(previous: str, fragment: str) -> str:
    """Other things counted: "And civilians?" after "how many soldiers …"."""
    asked = analyse(previous)
    words = tokens(fragment)
    plural = len(words) <= 3 and words and re.fullmatch(r"(?:.*[^s]s|people|men|women|children|troops|police)", words[-1].text.lower())
    counted = re.search(r"\b(how many|number of)\s+((?:[\w’'-]+\s+){0,3}?[\w’'-]+)(?=\s+(?:were|was|are|is|did|do|does|have|had|has|got"
                        r"|in|at|of)\b)",
                        previous, re.IGNORECASE)
    if asked.kind != "how_many" or not plural or not counted or find_names(fragment):
        return ""
    return previous[: counted.start(2)] + re.sub(r"^the\s+", "", fragment) + previous[counted.end(2) :]


def _name(previous: str, fragment: str) -> str:
    """A name for the only name."""
    names = find_names(previous)
    new = find_names(f"so {fragment}")
    if len(names) != 1 or len(new) != 1 or len(tokens(fragment)) > len(tokens(new[0].text)) + 1:
        return ""
    article = re.search(r"\bthe\s+$", previous[: names[0].start], re.IGNORECASE)
    start = article.start() if article and fragment.lower().startswith("the ") else names[0].start
    owned = _OWNED.match(previous[names[0].end :])
    return previous[:start] + (_OWNED.sub("", fragment) if owned else fragment) + previous[names[0].end :]
