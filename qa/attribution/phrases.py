"""Noun phrases that can be speakers: what kind one is, and which names stand in it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.attribution.vocabulary import ANONYMOUS, BODIES, DOCUMENT_NOUNS, PAPERS, ROLES, SELVES, TITLES, UNNAMING_ADJECTIVES
from qa.language.names import find_names
from qa.language.words import STOPWORDS

Who = Literal["named", "definite", "pronoun", "self", "unnamed"]

_PREPOSITION = re.compile(
    r"\s(?:of|in|at|from|for|with|on|to|by|within|among|amid|who|which|whose|along|near|outside|across|under|after"
    r"|before|during|since|against|and|or|because|despite|when|as|responsible|familiar|close|behind|that|released|published)\b|[(,]"
)
_PRONOUNS = frozenset("he she they it we i".split())
_NOBODY = frozenset("nobody none anybody anyone".split())
_BEFORE_PLACES = frozenset("by outside inside beside to in at on for from with into near under over through during until before after via".split())
_CLAUSE_IN_IT = re.compile(r"\s[a-z]{3,}ed\s+(?:its|his|her|their|the|an?|that)\s")
_VERB_FIRST = re.compile(r"[a-z]+s\s+(?:itself|himself|herself|themselves|the|an?)\s|whoever\b", re.IGNORECASE)
_MARKS = re.compile(
    r"(?:[#*_>]+\s*|\d{1,2}\.\s+(?=[A-Z])|-called\s+|(?:[Oo]nly\s+)?\w+\s+(?:days?|weeks?|months?|years?|hours?)\s+(?:ago|later|before)\s+)+"
)
"""What may stand before a speaker and is no part of the name: marks of a heading or of emphasis, a number in a list, a time."""
_TRAILING = re.compile(
    r"(?:\s+(?:today|yesterday|tonight|tomorrow|now|then)|\s+(?:of|in|for|on|with|to|by|from|at)"
    r"|\s+(?:before|after|since|until|on|in)\s+(?:the\s+)?"
    r"(?:\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b).*)+$"
)
_CALENDAR = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)$"
)
_NEVER = frozenset(
    """this that these those such there here what how why when where which who war wars attack attacks strike strikes offensive operation
    operations crisis summit resolution agreement treaty conflict election elections street square airport stadium river sea mountain
    north south east west
    day week month year today yesterday tomorrow claims statement speech law bill pact plan none nobody nothing drone drones missile
    missiles rocket rockets ship airstrikes""".split()
)
LEADS = re.compile(
    r"^(?:(?:however|meanwhile|moreover|furthermore|additionally|also|then|still|yet|but|and|so|now|later|earlier|today|instead|indeed"
    r"|finally|similarly|"
    r"significantly|notably|currently|recently|nevertheless|nonetheless|thus|again|once again|for (?:his|her|its|their) part|in response"
    r"|put bluntly|besides this|"
    r"in addition|in turn|at the time|on the other hand|in contrast|simultaneously|even|while|although|though|as|whereas|since"
    r"|because|that|where|when|whose|if)\b,?\s+)+",
    re.I,
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|one|his|her|its|their|our|my|some|another|both|several|many|most|two|three|four|these|those|all|other" r"|no|each|any)\s+",
    re.I,
)
_CLOCK = re.compile(r"\W*\d{1,2}[.:]\d{2}(?:\s*[ap]\.?m\.?)?\W+(?=[A-Z])")
""" "19.40 Lund says", the time of an entry in a ticker."""
NAME_WORD = re.compile(r"^(?:[A-Z]|al-[A-Z]|el-[A-Z]|[a-z]{1,2}[A-Z])")
_PAPERS = "|".join(sorted(DOCUMENT_NOUNS))
_QUOTE_MARKS = "“”\"‘’'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase for a possible speaker at `start` to `end` of a sentence. `text` is without article; `beside` is what the sentence puts
    beside it between commas ("a professor at …")."""

    text: str
    start: int
    end: int
    who: Who
    beside: str = ""


def classify(text: str) -> Who | None:
    """What kind of speaker a phrase is: named (a name among its words), definite (a role or body meant by "the"), pronoun, the document
    itself, unnamed (people in general); None when it is nobody who speaks."""
    return _classify(re.sub(r"\s(?:there|here|itself|himself|herself|themselves|alone|today)$", "", " ".join(text.split())))


@lru_cache(maxsize=16384)
def _classify(text: str) -> Who | None:
    words = text.strip(_QUOTE_MARKS + " ,").split()
    if not words or len(words) > 22 or re.search(r"\b(?:is|are|was|were|has|have|had|does|do|did)\b|\s(?:said|says|told|tells|writes|wrote)\s", text):
        return None
    if _CLAUSE_IN_IT.search(text) or _VERB_FIRST.match(text) or re.match(r"[“\"].*[,.!?][”\"]$", text.strip()):
        return None
    first = words[0].lower()
    if words[-1].lower() in _NOBODY or first in _NOBODY or first in ("no", "neither", "either"):
        return None  # that nobody said something is the document's word
    if len(words) == 1 and first in _PRONOUNS:
        return "self" if first in ("we", "i") else "pronoun"
    if first in _PRONOUNS or first in _BEFORE_PLACES and any(word.islower() for word in words[:2]) or any(word in _PRONOUNS for word in words[1:]):
        return None  # "he states", "outside the court", "the press office it": more than a phrase, or none
    core = core_of(text)
    head = re.sub(r"['’]s?$", "", core.split()[-1].strip(_QUOTE_MARKS + ".,")) if core.split() else ""
    plain = head.lower()
    if not head or first in ("this", "that", "there", "what", "which", "it", "such") and plain not in SELVES | ROLES | BODIES:
        return None
    if plain in SELVES:
        return "self"
    if re.match(
        r"(?:an?\s+|the\s+|one\s+)?(?:unnamed|anonymous|unidentified)\b|(?:one|two|three|some|several|many|most|both)\s+of"
        r"\s+(?:them|these|those|the\s+[a-z])",
        text, re.I,
    ):
        return "unnamed"
    named, definite = bool(names_in(text)), bool(re.match(r"(?:the|his|her|its|their|our|my|this|that|these|those|both)\s", text, re.I))
    if plain in PAPERS and plain not in ANONYMOUS:
        body = any(word.lower() in BODIES for word in words)
        return "named" if named else "definite" if definite or body else "unnamed"
    if plain in ANONYMOUS and not head.isupper():
        inside = re.search(r"\b(?:in|of|at|from|within)\s+the\s+(?:\w+\s+)?(\w+)", text)
        if inside and inside[1].lower() in BODIES:
            return "named"
        if plain in ("report", "reports", "estimates", "documents", "studies", "polls", "accounts", "figures", "leaks") and not named:
            return "unnamed" if not definite else "definite"
        return "named" if named else "definite" if definite and plain not in ("media", "many", "some", "others", "people") else "unnamed"
    plain = plain if plain in ROLES or "-" not in plain else plain.split("-")[0]
    if plain in ROLES or plain in BODIES:
        complement = re.search(rf"\b{re.escape(head)}\s+(?:of|for|in|at|from)\s+(?:the|a|an|his|her|its|their)?\s*\w+", text)
        if named:
            return "named"
        if plain in BODIES and not re.match(r"(?:a|an|another|one|some|several|many|most|two|three|four|other)\s", text, re.I):
            return "definite"
        return "definite" if definite or complement and plain in ("spokesman", "spokeswoman", "spokesperson") else "unnamed"
    if NAME_WORD.match(head) and plain not in _NEVER and not _CALENDAR.match(head) and plain not in STOPWORDS:
        return "named" if named else None
    return None


def names_in(text: str) -> list[str]:
    """The capitalised words of a phrase that name somebody: no opener of a sentence, no general adjective, no day or month."""
    found = [match.group() for match in re.finditer(r"\b[A-Z][\w’'&-]+\s+(?:(?:of|for)\s+(?:the\s+)?)?[A-Z][\w’'&-]+", text)]
    for place, word in enumerate(text.split()):
        bare = word.strip(_QUOTE_MARKS + ".,()")
        plain = re.sub(r"['’]s?$", "", bare).lower()
        if place == 0 and not find_names(f"{bare} said") and not bare.isupper():
            continue  # an ordinary word with the capital of a sentence's beginning
        general = (
            plain in UNNAMING_ADJECTIVES or plain in STOPWORDS or plain in ANONYMOUS or plain in ROLES or plain in BODIES or plain in TITLES
        )
        if bare and NAME_WORD.match(bare) and not _CALENDAR.match(bare) and not (general and (place == 0 or not bare[1:].isupper())):
            found.append(bare)
    return found


def core_of(text: str) -> str:
    """A phrase without its article and what follows its head."""
    text = _DETERMINER.sub("", LEADS.sub("", text))
    cut = _PREPOSITION.search(text)
    return text[: cut.start()] if cut and cut.start() else text


def phrase_at(sentence: str, start: int, end: int, *, beside: str = "") -> Phrase | None:
    """The phrase at `start` to `end` of a sentence, without what leads up to it; None when it is nobody who speaks."""
    text = sentence[start:end]
    marks, trailing = _MARKS.match(text), _TRAILING.search(text.rstrip())
    start += marks.end() if marks else 0
    text = text[marks.end() if marks else 0 : trailing.start() if trailing else None]
    lead = _CLOCK.match(text) or LEADS.match(text)
    if lead and classify(text[lead.end() :]):
        start, text = start + lead.end(), text[lead.end() :]
    text = text.strip()
    who = classify(text)
    if not who:
        return None
    return Phrase(text=text, start=start, end=end, who=who, beside=beside.strip(" ,"))


def person_like(text: str) -> bool:
    """Two to four capitalised words, none of them a body's: a person's full name."""
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(NAME_WORD.match(word) for word in words)
        and not any(word.lower() in BODIES or len(word) > 2 and word.isupper() for word in words)
    )


def is_paper(phrase: Phrase) -> bool:
    """Whether a phrase is a document that says something ("a study by X", "X data"), not a person or body."""
    core = core_of(phrase.text).split()
    return bool(core) and re.sub(r"['’]s?$", "", core[-1]).lower() in PAPERS


def owner_of(phrase: Phrase) -> Phrase:
    """For "X's report" or "X's statement": X; else the phrase itself."""
    owner = re.match(rf"(.+?)['’]s?\s+(?:\w+\s+)?(?:{_PAPERS})\b", phrase.text)
    who = classify(owner[1]) if owner else None
    return Phrase(text=owner[1], start=phrase.start, end=phrase.start + owner.end(1), who=who) if owner and who else phrase
