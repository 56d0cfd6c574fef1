"""The figures of a sentence: value, unit and what is counted, the killed apart from the wounded."""

import re
from functools import lru_cache

from qa.language.dates import find_dates
from qa.language.numbers import Number, find_numbers
from qa.language.words import STOPWORDS
from qa.records import Document, Figure

# What has happened to those counted; one name for each, whatever the words.
STATES = {
    name: re.compile(rf"^(?:{words})$", re.I)
    for name, words in {
        "killed": r"killed|kill|kills|killing|dead|died|die|dies|deaths?|fatalities|fatality|slain|perished|lives",
        "wounded": r"wounded|wound|wounding|injured|injuring|injures?|injuries|hurt|maimed",
        "missing": r"missing|unaccounted",
        "displaced": r"displaced|displacing|homeless|uprooted",
        "evacuated": r"evacuated|evacuating|evacuees",
        "detained": r"arrested|arresting|detained|detaining|jailed|detainees",
        "captured": r"captured|abducted|kidnapped|hostages?|seized",
        "rescued": r"rescued|saved",
        "destroyed": r"destroyed|destroying|levelled|leveled",
        "damaged": r"damaged|damaging",
        "hospitalised": r"hospitalised|hospitalized",
        "infected": r"infected|infections",
        "sacked": r"sacked|dismissed|fired",
    }.items()
}
_NOUN_STATES = frozenset("deaths death fatalities fatality lives injuries hostages evacuees detainees infections".split())
_TOLL = re.compile(
    r"\bdeath\s+toll\b[^.;]{0,40}$|\b(?:deaths?|fatalities|dead)\s+(?:of|at|to|reached|stood\s+at|is" r"|was)\s+(?:[\w-]+\s+){0,3}$", re.I
)
_BEFORE = re.compile(
    r"\b(?P<verb>\w+)\s+(?:(?:at\s+least|more\s+than|about|around|nearly|almost|over|up\s+to|some|an?|another|the"
    r"|estimated|other|roughly|approximately|as\s+many\s+as)\s+)*$",
    re.I,
)
_LEFT_NOUN = re.compile(
    r"(?P<noun>(?:[a-z][\w-]*\s+){0,2}[A-Za-z][\w-]*)\s+(?:in\s+[^,.;]{1,40}?\s+)?(?:of|at|was|is|were|are|to|reached|(?:has|have"
    r"|had)\s+(?:risen|fallen|grown|climbed|dropped|increased|decreased|jumped)\s+(?:by|to)|(?:rose|fell|grew"
    r"|climbed|dropped|increased|decreased|jumped|slipped|surged|shrank)\s+(?:by|to)?|stood\s+at|totall?ed|hit|amounted\s+to|came\s+to)\s*"
    r"(?:(?:about|around|more\s+than|less\s+than|over|under|nearly|almost|at\s+least|up\s+to|an\s+estimated|roughly|some|just"
    r"|approximately|only)\s+)*$",
    re.I,
)
_BOUNDS = ("least", "most", "than", "about", "around", "nearly", "almost", "up")
LONGEST = 4000
"""Characters of a sentence that are searched for figures."""
_MONEY = {
    form: name
    for name, forms in {
        "cost": "cost costs costing",
        "spending": "spent spend spends spending",
        "payment": "paid pay pays paying",
        "sum raised": "raised raise raises",
        "loss": "lost lose loses losing",
        "earnings": "earned earn earns",
        "investment": "invested invest invests investing",
        "fine": "fined",
    }.items()
    for form in forms.split()
}
_MONEY_VERB = re.compile(r"\b(" + "|".join(_MONEY) + r")\s+(?:[\w-]+\s+){0,3}$", re.I)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*|\d[\w.-]*")


def figures_in(document: Document, start: int, end: int) -> tuple[Figure, ...]:
    """The figures of characters `start` to `end` of `document` in order, offsets in the document; dates, ranks and "one of them" are
    none. `counted` names those counted and what became of them in one fixed word ("US soldiers wounded"); "" when the words do not say.
    `value` is None for a bare plural ("dozens")."""
    return tuple(_moved(figure, start) for figure in _figures(document.text[start : min(end, start + LONGEST)]))


def state_of(word: str) -> str:
    """The fixed name of what became of those counted ("dead" and "died" are "killed"); "" for another word."""
    return next((name for name, pattern in STATES.items() if pattern.match(word)), "")


def _moved(figure: Figure, by: int) -> Figure:
    return Figure(
        value=figure.value, text=figure.text, unit=figure.unit, counted=figure.counted, start=figure.start + by, end=figure.end + by
    )


@lru_cache(maxsize=4096)
def _figures(text: str) -> tuple[Figure, ...]:
    dates = [(mention.start, mention.end) for mention in find_dates(text) if mention.precision != "none"]
    figures: list[Figure] = []
    for number in find_numbers(text):
        if number.ordinal or any(number.start < last and first < number.end for first, last in dates):
            continue
        counted = _counted(text, number, figures)
        small = number.value <= 2 and not number.unit and not number.text.isdigit()
        if (
            number.text.lower() in ("a", "an", "once", "twice", "double", "doubled")
            or small
            and (not counted or re.match(r"\s+of\b", text[number.end :]))
        ):
            continue
        figures.append(
            Figure(
                value=None if number.bound == "vague" else number.value,
                text=text[number.start : number.end],
                unit=number.unit,
                counted=counted,
                start=number.start,
                end=number.end,
            )
        )
    return tuple(figures)


def _counted(text: str, number: Number, earlier: list[Figure]) -> str:
    words = [match.group() for match in _WORD.finditer(re.split(r"[,;:!?()“”\"–—]|\.\s|\.$", text[number.end : number.end + 120])[0])]
    if number.unit and words and words[0].lower() == "percent":
        words = words[1:]
    measured = number.unit in ("%", "$", "€", "£", "¥")
    left = _left(text, number) if measured and not (words and words[0].lower() in ("of", number.noun)) else ""
    if left:
        return left
    things, rest = _things(words, number)
    state = _state(text, number, things, rest)
    if not things and not state:
        return _left(text, number)
    if state and not things:
        things = _same_things(text, number, earlier)
    return f"{' '.join(things)} {state}".strip()


def _things(words: list[str], number: Number) -> tuple[list[str], list[str]]:
    """The words for what is counted, states and little words removed, and the words after them."""
    at = next((place for place, word in enumerate(words[:8]) if word.lower().rstrip(".") == number.noun), None)
    if at is None or not number.noun:
        return [], words
    phrase = [
        word
        for word in words[: at + 1]
        if word.lower() not in STOPWORDS
        and word.lower() not in ("others", "separate", "estimated")
        and not (state_of(word) and word.lower() not in _NOUN_STATES)
    ]
    phrase = [
        "people" if state_of(word) == "killed" else word
        for word in phrase
        if word.lower() not in ("deaths", "death", "fatalities", "fatality", "injuries", "lives")
    ]
    return phrase, words[at:] if state_of(number.noun) else words[at + 1 :]


def _state(text: str, number: Number, things: list[str], rest: list[str]) -> str:
    """What became of those counted: said before ("killed 24 soldiers", "a death toll of"), between or after ("24 soldiers were killed")."""
    inner = next(
        (state for word in [number.noun, *re.findall(r"\w+", text[number.end : number.end + 40])[:1]] if (state := state_of(word))), ""
    )
    if inner:
        return inner
    head = text[: number.start]
    if _TOLL.search(head):
        return "killed"
    if re.search(r"\b(?:killings?|deaths?)\s+of\s+(?:[\w-]+\s+){0,2}$", head, re.I):
        return "killed"
    before = _BEFORE.search(head)
    if before and state_of(before["verb"]) and before["verb"].lower() not in ("dead", "hurt", "missing", "lives", "died", "dies"):
        return state_of(before["verb"])
    for word in rest[:5]:
        if state := state_of(word):
            return "" if word.lower() in _NOUN_STATES else state
        if word.lower() not in (
            "were",
            "was",
            "have",
            "has",
            "had",
            "been",
            "are",
            "being",
            "be",
            "also",
            "left",
            "all",
            "reported",
            "confirmed",
            "feared",
            "still",
            "later",
            "who",
            "others",
            "reportedly",
        ):
            break
    return ""


def _same_things(text: str, number: Number, earlier: list[Figure]) -> list[str]:
    """ "Twelve soldiers were killed and 40 wounded": the soldiers of the figure before; otherwise people."""
    last = earlier[-1] if earlier else None
    if (
        last
        and last.counted
        and not last.unit
        and "." not in text[last.end : number.start]
        and any(state_of(word) for word in last.counted.split())
    ):
        return [word for word in last.counted.split() if not state_of(word)] or ["people"]
    return ["people"] if not number.unit else []


def _left(text: str, number: Number) -> str:
    """ "A profit of $3 million", "turnout was 61 %": the noun before."""
    head = text[max(0, number.start - 100) : number.start]
    verb = _MONEY_VERB.search(head)
    if verb and number.unit:
        return _MONEY[verb[1].lower()]
    match = _LEFT_NOUN.search(head)
    if not match:
        return ""
    owned = re.search(r"\b(?P<noun>[a-z][\w-]+)\s+(?:of|for|at)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s*)+$", head[: match.end("noun")])
    if owned:
        return owned["noun"]
    words = [
        word
        for word in re.sub(r"^.*\b(?:an?|the|its|their|his|her)\s|\b\w+['’]s\s|^s\s", "", match["noun"]).split()
        if word.lower() not in STOPWORDS
    ]
    return "" if words and words[-1].lower() in ("percent", "cent", "points", *_BOUNDS) else " ".join(words[-3:])
