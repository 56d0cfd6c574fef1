"""What one statement claims, in a form that can be compared: its words, names, times, figures, and whether it denies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.attribution.figures import state_of
from qa.language.dates import MONTHS, WEEKDAYS, DateMention, find_dates
from qa.language.names import find_names
from qa.language.numbers import find_numbers
from qa.language.words import STOPWORDS, content_stems, stem, tokens
from qa.records import Document, Figure, Statement

# Words for the same people; what is counted is compared by the first of its row.
SAME_COUNT = {
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
GENERAL = frozenset(stem(word) for word in "people others total number least estimated".split())
_TELLING = frozenset(
    stem(word)
    for word in """say said says state report reported according claim claimed announce announced tell told add added official officials
    authorities     statement figure figures number total least people killed kill dead died death deaths injured wounded day week month
    year monday
    tuesday wednesday thursday
    friday saturday sunday also new latest toll raise raised rise rose count counted put confirm confirmed million billion thousand
    percent not never no deny denied denies reject rejected dispute""".split()
)
_ASKING = frozenset(stem(word) for word in "many much number people person total did say said says true happen".split())
_BOUNDS = frozenset("least most about around nearly almost estimated some roughly approximately only just".split())
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|no\s+evidence"
    r"|(?:reject|dismiss|disput)(?:e|es|s|ed|ing)?\s+(?:as\s+\w+\s+)?(?:(?:the|these|those|all|any|such|media|its|his|her"
    r"|their)\s+)*(?:claims?|reports?|accusations?|allegations?|suggestions?|charges?|accounts?|that|idea))\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|no|none|nobody|without)\b|n['’]t\b", re.I)
_ONLY = re.compile(r"\bnot\s+(?:only|just|yet)\b|\bno\s+(?:longer|doubt)\b|,\s+not\s+(?:\d|in\b|on\b|by\b|the\b|an?\b)", re.I)

_DEMONYM = re.compile(r"(?:ian|ean|ican|ese|ish|aeli|aqi)$")
_PLACED = re.compile(
    r"\b(?i:in|for|at|near|outside|on|from|of|across|to|against|hit|struck)\s+(?:the\s+)?(?:(?:town|city|village|province"
    r"|region|port|district)\s+of\s+|[a-z]+\s+)?(?P<place>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One figure of a statement: its `value` with how exact the writer is (`bound` as in `find_numbers`), what is counted as comparable
    words, and the names among them. `place` is the place named nearest to the figure, `verb` the stem of the last word that says something
    before it ("" when there is none)."""

    figure: Figure
    value: float
    bound: str
    state: str
    head: str
    others: frozenset[str]
    names: tuple[str, ...]
    place: str
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement made comparable. `index` is its place; `stems` leave out numbers, dates, names of days and words of telling. `asked` are
    the words of the question it has, `answers` their share in [0, 1] (0 without a question)."""

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
    asked: frozenset[str] = frozenset()
    answers: float = 0.0


def question_stems(question: str) -> frozenset[str]:
    """The words of a question that a sentence must have to speak of the same thing: no words of asking, of counting or of people."""
    return frozenset(plain_stem(word) for word in content_words(question)) - _ASKING


def content_words(text: str) -> list[str]:
    """The words of a text that are not stopwords, in order."""
    return [token.text for token in tokens(text) if token.text.lower().replace("’", "'") not in STOPWORDS]


def plain_stem(word: str) -> str:
    """The stem of a word, or what became of somebody in one fixed word ("dead" and "died" are "killed")."""
    return state_of(word) or stem(word)


def claim_of(index: int, statement: Statement, documents: Mapping[str, Document], *, question: str = "") -> Claim:
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
    wanted = question_stems(question)
    asked = wanted & {plain_stem(word) for word in content_words(text)}
    return Claim(
        index=index,
        statement=statement,
        document=citation.document if citation else "",
        text=text,
        stems=frozenset(s for s in content_stems(dateless) if not s[0].isdigit() and s not in _TELLING),
        names=names,
        places=tuple(dict.fromkeys(match["place"] for match in _places(text, statement.speaker))),
        times=times,
        figures=tuple(
            _counted(figure, text, citation.start if citation else 0, speaker=statement.speaker)
            for figure in statement.figures
            if figure.value is not None and figure.counted
        ),
        denies=bool(_DENIES.search(text)),
        negated=bool(_NOT.search(_ONLY.sub("", text))),
        published=published,
        about=frozenset(content_stems(f"{document.title}")) if document else frozenset(),
        asked=asked,
        answers=len(asked) / len(wanted) if wanted else 0.0,
    )


def _outside(text: str, times: tuple[DateMention, ...]) -> list[tuple[int, int]]:
    """The pieces of `text` outside its dates."""
    edges = [0, *(edge for mention in times for edge in (mention.start, mention.end)), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _counted(figure: Figure, text: str, start: int, *, speaker: str) -> Counted:
    at = figure.start - start
    number = next((n for n in find_numbers(text) if n.start <= at < n.end or n.start == at), None)
    words = [word for word in figure.counted.split() if not state_of(word)]
    state = next((state_of(word) for word in figure.counted.split() if state_of(word)), "")
    names = tuple(word for word in words if word[:1].isupper())
    plain = [word for word in words if not word[:1].isupper()] or words
    head = stem(plain[-1]) if plain else ""
    others = frozenset(SAME_COUNT.get(stem(word), stem(word)) for word in plain[:-1]) - GENERAL
    return Counted(
        figure=figure,
        value=float(figure.value or 0),
        bound=number.bound if number else "",
        state=state,
        head=SAME_COUNT.get(head, head),
        others=others,
        names=names,
        place=_nearest_place(text, at, speaker),
        verb=_verb_before(text[:at]),
    )


def _verb_before(text: str) -> str:
    said = [word for word in content_words(re.split(r"[,;:]", text)[-1]) if word.lower() not in _BOUNDS]
    return stem(said[-1]) if said else ""


def _nearest_place(text: str, at: int, speaker: str) -> str:
    places = [(min(abs(match.start("place") - at), abs(match.end() - at)), match["place"]) for match in _places(text, speaker)]
    return min(places)[1] if places else ""


def _places(text: str, speaker: str) -> list[re.Match[str]]:
    """The places a text names; the first word of its speaker's name ("the Harsk district council") is none."""
    return [
        match
        for match in _PLACED.finditer(text)
        if match["place"].split()[0].lower() not in MONTHS | WEEKDAYS
        and not re.search(rf"{re.escape(match['place'])}\s+[a-z]", speaker)
        and not (_DEMONYM.search(match["place"]) and re.match(r"\s[a-z]", text[match.end() :]))
    ]
