"""What a question asks: the kind of answer, what is counted or sought, and the words an answer should share."""

import re
from dataclasses import dataclass
from typing import Literal

from qa.language.dates import DateMention, find_dates
from qa.language.names import Name, find_names
from qa.language.words import STOPWORDS, stem, tokens

Kind = Literal["said", "who_said", "how_many", "how_much", "how_long", "who", "when", "where", "which", "why", "how", "yes_no", "open"]

_AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
_SAYING = (
    r"(?:sa(?:y|id|ys)|tell|told|warn|claim|stat|announc|emphasi[sz]|stress|threaten|promis|demand|argu|believ|declar|insist|den(?:y|ie)|"
    r"expla|confirm|accus|predict|estimat|alleg|suggest|call(?:ed|s)? for|point(?:ed|s)? out|think|thought|highlight|underlin)\w*")
_SUBJECTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\bwhat (?:did|does|do|has|have|had) ([^?]{{2,60}}?) {_SAYING}\b",
    r"\b(?:position|view|opinion|stance) of ([^?]{2,40})",
    r"\bwhere (?:did|does|do) ([^?]{2,40}?) stand\b",
    r"([\w’'. -]{2,40})['’]s (?:position|view|opinion|stance)\b"))
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("said", "|".join(pattern.pattern for pattern in _SUBJECTS)),
    ("who_said", rf"\bwho (?:has |had |was it (?:who|that) )?{_SAYING}\b|\baccording to (?:who|whom|which)\b"),
    ("why", r"\bwhy\b|\bwhat made\b|\bhow come\b|\bwhat (?:was|is|were|are) the (?:reason|cause|purpose|aim)\b|\bfor what reason\b"),
    ("how_many", r"\bhow many\b|\bnumber of\b|\bhow often\b|\bwhat (?:share|percentage|proportion)\b"),
    ("how_much", r"\bhow (?:much|far|large|big|tall|high|deep|fast|old|heavy|wide)\b|\bwhat (?:amount|price|cost|size|distance|speed)\b"),
    ("how_long", r"\bhow long\b"),
    ("when", r"\bwhen\b|\b(?:what|which) (?:date|day|year|month|time|week|century|decade)\b|\bdate of\b|\bsince when\b"),
    ("where", r"\bwhere\b|\b(?:what|which) (?:country|city|place|town|state|location|region|area|village|continent|county)\b"),
    ("who", r"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:person|leader|group|organi[sz]ation|expert|official|analyst)\b|\bnames? of the\b"),
    ("which", rf"\bwhich\b|\bwhat (?!(?:{_AUXILIARIES}|the|else|about|a|an)\b)[a-z]+"),
    ("how", r"^\W*(?:and |but |so )?how\b"),
    ("yes_no", rf"^\W*(?:and |but |so )?(?:{_AUXILIARIES})(?:n't)?\b"),
)
_AMOUNTS: tuple[tuple[Kind, str], ...] = (
    ("how_much", r"\b(?:prices?|costs?|worth|budget|salary|wages?|revenues?|income|fee|ransom|expenses?)\b"),
    ("how_many", r"\b(?:toll|count|population|casualties)\b"),
)
_RUN = r"\s+((?:[\w'’.-]+\s*){1,4})"
_COUNTED = tuple(re.compile(words + _RUN, re.IGNORECASE) for words in (
    r"\b(?:how many|how much|number of|(?:share|percentage|proportion) of|toll (?:of|among|in)|count of|(?:what|which) (?:kinds?|types?|sorts?) of)",
    r"\b(?:which|what)"))
_SOUGHT = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\bwhat(?:['’]s| is| was| are| were) the ((?:[a-z-]+ ){{0,2}}?[a-z-]+)(?: of| in| at| on| for| (?:{_AUXILIARIES})\b|\W*$)",
    r"\bwhat(?:['’]s| is| was| are| were) [\w’'. -]{2,40}?(?:['’]s|s['’]) ((?:[a-z-]+ ){0,2}?[a-z-]+)\W*$"))
_UNSAID = frozenset(
    """date day month year time figure total sum latest last first current new main primary best common biggest result difference kind role use
    job meaning significance importance purpose function goal aim objective point status title word term definition effect nature
    origin idea theme""".split())
"""Words for a thing asked for that its answer need not say: a date is given without the word "date"."""
_FOCUS_ENDS = frozenset([*_AUXILIARIES.split("|"), *"been be in of on at by for from to".split()])
_ASKING = frozenset(
    """many much often long old far say said says tell told describe described mention mentioned according accord document
    documents article articles text source sources passage name names named give given number people person thing things kind type
    sort please exactly actually happen happened call called know known report reported reports state stated explain number
    amount share percentage count overview summary supposed like want wants anybody anyone anything everything somebody someone
    got get gets made make makes information detail details find look looking""".split())
_PLURALS = frozenset("people men women children police troops personnel staff aircraft dead fish sheep data".split())
LIGHT = 0.25
"""Weight of a word that belongs to the asking more than to what is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question taken apart. `terms` maps each content word's stem to the word as written, in order; `light` are the
    stems among them that belong to the asking; `focus` the stems of what is counted or chosen ("how many *US soldiers*"),
    `head` the noun among them ("" without one); `names` the proper names, as far as capitals show them; `dates` the days,
    months and years it names; `sought` the stems of the thing asked for ("what is the *yearly budget* of"); `subject` the stems of whose words are asked for ("what did *Mira Stolz* say")."""

    text: str
    kind: Kind
    terms: dict[str, str]
    light: frozenset[str]
    focus: tuple[str, ...]
    head: str
    names: tuple[Name, ...]
    dates: tuple[DateMention, ...]
    sought: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()


def analyse(question: str) -> Asked:
    """Takes a question apart; works on keywords too ("death toll gaza") and on capitals throughout."""
    kind = _kind(question.lower())
    words = [token.text for token in tokens(question)]
    shouted = question.isupper()  # then capitals show neither names nor acronyms
    acronyms = set() if shouted else {word for word in words if word.isupper() and len(word) > 1}
    content = [word for word in words if word.lower().replace("’", "'") not in STOPWORDS or word in acronyms]
    terms = {stem(word): word for word in reversed(content)}
    light = frozenset(stem(word) for word in content if word.lower() in _ASKING)
    names = () if shouted else tuple(name for name in find_names(question) if stem(name.core) not in STOPWORDS)
    focus = _focus(question)
    return Asked(text=question, kind=kind, terms=dict(reversed(terms.items())), light=light, focus=tuple(map(stem, focus)),
                 head=_head(focus, kind), names=names, subject=_subject(question) if kind == "said" else frozenset(),
                 sought=_sought(question, light) if kind not in ("said", "why") else frozenset(),
                 dates=tuple(m for m in find_dates(question) if m.year or m.month))


def _kind(question: str) -> Kind:
    """The kind whose words come first: in "where do bullets go when fired" that is `where`. Words that only name an amount
    ("price", "toll") decide where nothing else does."""
    found = [(match.start(), position, kind) for position, (kind, pattern) in enumerate(_KINDS) if (match := re.search(pattern, question))]
    if found:
        return min(found)[2]
    return next((kind for kind, pattern in _AMOUNTS if re.search(pattern, question)), "open")


def _subject(question: str) -> frozenset[str]:
    found = next((match for pattern in _SUBJECTS if (match := pattern.search(question))), None)
    return frozenset(stem(t.text) for t in tokens(found[1]) if t.text.lower() not in STOPWORDS) if found else frozenset()


def _sought(question: str, light: frozenset[str]) -> frozenset[str]:
    found = next((match for pattern in _SOUGHT if (match := pattern.search(question))), None)
    words = [token.text for token in tokens(found[1])] if found else []
    return frozenset(stem(word) for word in words if word.lower() not in STOPWORDS | _UNSAID) - light


def _focus(question: str) -> list[str]:
    """The first words after "how many", "number of", "which" or "what", up to an auxiliary or a preposition."""
    found = next((match for pattern in _COUNTED if (match := pattern.search(question))), None)
    focus = []
    for token in tokens(found.group(1)) if found else ():
        if token.text.lower() in _FOCUS_ENDS:
            break
        if token.text.lower() not in STOPWORDS or token.text.isupper():
            focus.append(token.text)
    return focus


def _head(focus: list[str], kind: Kind) -> str:
    """The stem of the noun: what is counted is a plural ("US soldiers"), what is chosen comes first ("which bank lent …")."""
    if not focus:
        return ""
    plural = next((word for word in focus if word.lower() in _PLURALS or re.fullmatch(r".*[^sS]s", word)), "")
    return stem(plural or (focus[-1] if kind in ("how_many", "how_much") else focus[0]))
