"""What one statement claims, in a form that can be compared: its words, names, times, figures, and whether it denies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from qa.attribution.figures import state_of
from qa.language.dates import MONTHS, WEEKDAYS, DateMention, find_dates, overlaps
from qa.language.names import find_names, same_name
from qa.language.numbers import find_numbers
from qa.language.words import content_stems, stem, tokens
from qa.records import Document, Figure, Statement

# Words for the same people; what is counted is compared by the first of its row.
_SAME_COUNT = {
    stem(word): row.split()[0]
    for row in (
        "people persons person humans individuals",
        "soldiers troops servicemen servicemembers personnel",
        "children kids minors",
        "fighters militants gunmen insurgents",
        "fans spectators supporters",
        "homes houses dwellings",
        "employees workers staff jobs",
        "sales revenue revenues turnover",
        "profit profits earnings income",
        "officers policemen police",
    )
    for word in row.split()
}
_GENERAL = frozenset(stem(word) for word in "people others total number least estimated".split())
_TELLING = frozenset(
    stem(word)
    for word in """say said says state report reported according claim claimed announce announced tell told add added official officials authorities
    statement figure figures number total least people killed kill dead died death deaths injured wounded day week month year monday
    tuesday wednesday thursday
    friday saturday sunday also new latest toll raise raised rise rose count counted put confirm confirmed million billion thousand
    percent not never no deny denied denies reject rejected dispute""".split()
)
LIMIT = 30
"""Figures further apart than this factor count different things."""
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|no\s+evidence"
    r"|(?:reject|dismiss|disput)(?:e|es|s|ed|ing)?\s+(?:as\s+\w+\s+)?(?:(?:the|these|those|all|any|such|media|its|his|her"
    r"|their)\s+)*(?:claims?|reports?|accusations?|allegations?|suggestions?|charges?|accounts?|that|idea))\b",
    re.I,
)
_RANKS = frozenset("first second third fourth fifth sixth final semi-final quarter-final last next previous opening closing".split())
_AGENTS = frozenset(
    stem(word) for word in "police army soldiers troops forces rescuers organisers organizers company club ministry".split()
)
_SCOPES = frozenset(stem(word) for word in "season year quarter month week decade career half annual daily day hour night".split())
_NOT = re.compile(r"\b(?:not|never|no|none|nobody|without)\b|n['’]t\b", re.I)
_ONLY = re.compile(r"\bnot\s+(?:only|just|yet)\b|\bno\s+(?:longer|doubt)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One figure of a statement: its `value` with how exact the writer is (`bound` as in `find_numbers`), what is counted as comparable
    words, and the names among them. `place` is the place named nearest to the figure ("" when none is)."""

    figure: Figure
    value: float
    bound: str
    state: str
    head: str
    others: frozenset[str]
    names: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement made comparable. `index` is its place; `stems` leave out numbers, dates, names of days and words of telling."""

    index: int
    statement: Statement
    document: str
    text: str
    stems: frozenset[str]
    names: tuple[str, ...]
    places: tuple[str, ...]
    times: tuple[DateMention, ...]
    figures: tuple[Counted, ...]
    denies: bool
    negated: bool
    published: DateMention | None
    about: frozenset[str]


def claim_of(index: int, statement: Statement, documents: Mapping[str, Document]) -> Claim:
    """What the quoted words of a statement claim; its lead-in is ours and not read."""
    citation = statement.citations[0] if statement.citations else None
    text = " ".join(c.quote for c in statement.citations) or statement.text
    document = documents.get(citation.document) if citation else None
    reference = document.published if document and document.published_precision == "day" else None
    times = tuple(
        mention
        for mention in find_dates(text, reference)
        if mention.precision != "none" and (mention.resolved or mention.month or mention.weekday is not None)
    )
    dateless = " ".join(text[first:last] for first, last in _outside(text, times))
    names = tuple(dict.fromkeys(name.core for name in find_names(text)))
    published = find_dates(document.published.isoformat())[0] if reference else None
    return Claim(
        index=index,
        statement=statement,
        document=citation.document if citation else "",
        text=text,
        stems=frozenset(s for s in content_stems(dateless) if not s[0].isdigit() and s not in _TELLING),
        names=names,
        places=tuple(dict.fromkeys(match["place"] for match in _places(text))),
        times=times,
        figures=tuple(
            _counted(figure, text, citation.start if citation else 0)
            for figure in statement.figures
            if figure.value is not None and figure.counted
        ),
        denies=bool(_DENIES.search(text)),
        negated=bool(_NOT.search(_ONLY.sub("", text))),
        published=published,
        about=frozenset(content_stems(f"{document.title}")) if document else frozenset(),
    )


def _outside(text: str, times: tuple[DateMention, ...]) -> list[tuple[int, int]]:
    """The pieces of `text` outside its dates."""
    edges = [0, *(edge for mention in times for edge in (mention.start, mention.end)), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _counted(figure: Figure, text: str, start: int) -> Counted:
    at = figure.start - start
    number = next((n for n in find_numbers(text) if n.start <= at < n.end or n.start == at), None)
    words = [word for word in figure.counted.split() if not state_of(word)]
    state = next((state_of(word) for word in figure.counted.split() if state_of(word)), "")
    names = tuple(word for word in words if word[:1].isupper())
    plain = [word for word in words if not word[:1].isupper()] or words
    head = stem(plain[-1]) if plain else ""
    others = frozenset(_SAME_COUNT.get(stem(word), stem(word)) for word in plain[:-1]) - _GENERAL
    return Counted(
        figure=figure,
        value=float(figure.value or 0),
        bound=number.bound if number else "",
        state=state,
        head=_SAME_COUNT.get(head, head),
        others=others,
        names=names,
        place=_nearest_place(text, at),
    )


def _nearest_place(text: str, at: int) -> str:
    places = [(min(abs(match.start("place") - at), abs(match.end() - at)), match["place"]) for match in _places(text)]
    return min(places)[1] if places else ""


def _places(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in _PLACED.finditer(text)
        if match["place"].split()[0].lower() not in MONTHS | WEEKDAYS
        and not (_DEMONYM.search(match["place"]) and re.match(r"\s[a-z]", text[match.end() :]))
    ]


def same_count(a: Counted, b: Counted) -> bool:
    """Do two figures count the same thing? Same unit, same head noun, same fate, and no name or adjective against the other's."""
    if min(a.value, b.value) * LIMIT < max(a.value, b.value):
        return False  # a price and a total, a share and a sum
    if a.figure.unit != b.figure.unit or a.state != b.state or a.head != b.head or not a.head:
        return False
    if a.names and b.names and not any(same_name(x, y) for x in a.names for y in b.names):
        return False
    if a.state and a.place and b.place and not same_name(a.place, b.place):
        return False
    return not a.others or not b.others or a.others <= b.others or b.others <= a.others


def same_scope(a: Claim, b: Claim) -> bool:
    """Whether two statements count over the same stretch: "14 goals this season" is not "two goals against Alta"."""
    first, second = ({stem(token.text) for token in tokens(claim.text)} for claim in (a, b))
    return first & _SCOPES == second & _SCOPES


def same_round(a: Claim, b: Claim) -> bool:
    """False when both name a rank and not the same ("the first round", "the second round")."""
    first, second = ({token.text.lower() for token in tokens(claim.text)} & _RANKS for claim in (a, b))
    return not first or not second or first == second


def same_value(a: Counted, b: Counted) -> bool:
    """Could both be true? "At least 30" and 34 could; 24 and 34 could not; "about" allows one tenth."""
    if a.value == b.value:
        return True
    low, high = sorted((a, b), key=lambda count: count.value)
    if low.bound in ("at least", "more than") or high.bound in ("at most", "less than"):
        return True
    allowed = 0.1 if "about" in (a.bound, b.bound) else 0.005
    return abs(a.value - b.value) <= allowed * max(abs(a.value), abs(b.value))


@lru_cache(maxsize=4096)
def shared_names(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """How many names of the first are among the second's."""
    return sum(any(same_name(x, y) for y in second) for x in first)


def same_time(a: Claim, b: Claim) -> bool:
    """Could both speak of one time? Their own dates decide; where one has none, it must not be published long before or after."""
    exact = [[m for m in claim.times if m.precision == "day"] or list(claim.times) for claim in (a, b)]
    if exact[0] and exact[1]:
        return any(overlaps(x, y) for x in exact[0] for y in exact[1])
    if not (a.published and b.published and a.published.date and b.published.date):
        return True
    if abs((a.published.date - b.published.date).days) <= 45:
        return all(
            not (m.date and m.precision == "day") or (m.date - other.published.date).days <= 1
            for times, other in ((exact[0], b), (exact[1], a))
            for m in times
        )
    return False


def same_event(a: Claim, b: Claim) -> bool:
    """Do two statements speak of one event? They share a name and a telling word, or three telling words, they name no different places,
    and their times are compatible."""
    if not same_time(a, b) or places_differ(a, b):
        return False
    counted = {s for claim in (a, b) for count in claim.figures for s in content_stems(count.figure.counted)}
    named = {s for claim in (a, b) for name in claim.names for s in content_stems(name)}
    fates = {stem(token.text) for token in tokens(a.text) if state_of(token.text)}
    words = len((a.stems & b.stems) - counted - named - fates - _AGENTS) + any(
        same_count(x, y) and x.figure.unit in ("$", "€", "£", "¥") for x in a.figures for y in b.figures
    )
    names, title = shared_names(a.names, b.names), len(a.about & b.about)
    undated = not (a.published and b.published) and not (a.times and b.times)
    if undated:
        return words + names >= 3 or words + names >= 2 and title >= 1
    if a.published and b.published and abs((a.published.date - b.published.date).days) <= 7:
        words += bool(
            {x.head for x in a.figures} & {y.head for y in b.figures} - _GENERAL - set(_SAME_COUNT.values())
        )  # "skiers" tell more than "people"
        return (
            names >= 1
            and words >= 1
            or words >= 2
            and not (_own_names(a) and _own_names(b))
            or words >= 3
            or title >= 2
            and words + names >= 1
        )
    return names >= 1 and words >= 1 or words >= 3 or title >= 2 and words + names >= 1


_DEMONYM = re.compile(r"(?:ian|ean|ican|ese|ish|aeli|aqi)$")
_PLACED = re.compile(
    r"\b(?i:in|for|at|near|outside|on|from|of|across|to|against|hit|struck)\s+(?:the\s+)?(?:(?:town|city|village|province"
    r"|region|port|district)\s+of\s+|[a-z]+\s+)?(?P<place>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)"
)


def _own_names(claim: Claim) -> list[str]:
    """The names of a statement that are not its speaker's."""
    return [name for name in claim.names if name not in claim.statement.speaker]


def places_differ(a: Claim, b: Claim) -> bool:
    """Whether both say where and share no place."""
    if not a.places or not b.places:
        return False
    return not shared_names(a.places, b.places) and not shared_names(a.places, b.names) and not shared_names(b.places, a.names)


def likeness(a: Claim, b: Claim, *, speakers: bool = True) -> float:
    """The share of telling words two statements have in common, in [0, 1]; without `speakers`, those of either's speaker do not count."""
    first, second = (claim.stems if speakers else claim.stems - set(content_stems(claim.statement.speaker)) for claim in (a, b))
    return len(first & second) / len(first | second) if first | second else 0.0


def word_likeness(a: str, b: str) -> float:
    """The share of all words, numbers included, two texts have in common, in [0, 1]: near 1 for copies of one report."""
    first, second = ({token.text.lower() for token in tokens(text)} for text in (a, b))
    return len(first & second) / len(first | second) if first | second else 0.0
