"""The figure first: where a question asks how many or how much, what the statement counts, as of when."""

from dataclasses import replace

from qa.answering.question import Asked
from qa.answering.times import stated_on
from qa.attribution.figures import state_of
from qa.language.numbers import find_numbers
from qa.language.words import content_stems, stem
from qa.records import Figure, Statement

_MEASURES = {"how_much", "how_long"}
_UNITS_WRITTEN = {"%": " %", "pp": " percentage points"}


def leading(statement: Statement, asked: Asked) -> Statement:
    """The statement with its figure before the rest, where the question asks for one and the statement gives it: the number with its
    bound, what is counted, and when it was given. Who gives it follows in the lead-in. Otherwise the statement itself."""
    figure = figure_for(statement, asked)
    if figure is None:
        return statement
    given = stated_on(statement) or "no date given"
    return replace(statement, text=f"{_in_words(statement, figure)}, as of {given}: {statement.text}")


def figure_for(statement: Statement, asked: Asked) -> Figure | None:
    """The figure that counts what the question asks about; None where none does, or more than one could."""
    if asked.kind not in ("how_many", "how_much", "how_long"):
        return None
    fates = {fate for word in asked.terms.values() if (fate := state_of(word.lower()))}
    found = [(_shared(figure, asked), figure) for figure in statement.figures if _fits(figure, asked, fates)]
    best = max((score for score, _ in found), default=0)
    likely = [figure for score, figure in found if score == best]
    return likely[0] if len(likely) == 1 and (best or len(statement.figures) == 1) else None


def _fits(figure: Figure, asked: Asked, fates: set[str]) -> bool:
    """A figure of the killed does not answer for the wounded, one without a unit not for a price or a length of time."""
    own = {fate for word in figure.counted.split() if (fate := state_of(word))}
    if fates and own and not fates & own:
        return False
    if asked.kind in _MEASURES:
        return bool(figure.unit)
    return bool(figure.counted or figure.unit == "%") and figure.unit in ("", "%")


def _shared(figure: Figure, asked: Asked) -> int:
    """How many of the words asked about name what is counted; the noun itself and what became of it count double."""
    own = {stem(word) for word in content_stems(figure.counted)} | {state_of(word) for word in figure.counted.split() if state_of(word)}
    wanted = set(asked.terms) | {fate for word in asked.terms.values() if (fate := state_of(word.lower()))}
    return len(own & wanted) + (asked.head in own if asked.head else 0)


def _in_words(statement: Statement, figure: Figure) -> str:
    """The number as printed with how exact it is, its unit and what is counted: "At least 24 US soldiers wounded"."""
    first = statement.citations[0]
    number = next((n for n in find_numbers(first.quote) if n.start == figure.start - first.start), None)
    bound = f"{number.bound} " if number and number.bound not in ("", "vague") and not figure.text.lower().startswith(number.bound) else ""
    sign = figure.unit in ("$", "€", "£", "¥", "₪", "₹")
    written = sign or not figure.unit or figure.text.rstrip().endswith(figure.unit)
    unit = "" if written else _UNITS_WRITTEN.get(figure.unit, f" {figure.unit}")
    plural = "s" if unit.strip().isalpha() and len(unit.strip()) > 2 and figure.value not in (None, 1.0) else ""
    counted = f" {figure.counted}" if figure.counted else ""
    words = f"{bound}{figure.text}{unit}{plural}{counted}"
    return words[:1].upper() + words[1:]
