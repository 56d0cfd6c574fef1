"""Whether two claims are about one thing: the same count, the same event, the same time, mostly the same words."""

from functools import lru_cache

from qa.agreement.claims import GENERAL, SAME_COUNT, Claim, Counted
from qa.attribution.figures import state_of
from qa.language.dates import overlaps
from qa.language.names import same_name
from qa.language.words import content_stems, stem, tokens

LIMIT = 30
"""Figures further apart than this factor count different things."""
_RANKS = frozenset("first second third fourth fifth sixth final semi-final quarter-final last next previous opening closing".split())
_AGENTS = frozenset(
    stem(word) for word in "police army soldiers troops forces rescuers organisers organizers company club ministry".split()
)
_SCOPES = frozenset(stem(word) for word in "season year quarter month week decade career half annual daily day hour night".split())
AT_LEAST = 1.5
"""Up to this factor above "at least N" a figure goes with it: "at least 30" and 34 do, "at least 70" and 110 are told apart."""
APART = 400
"""Days between two publications that answer one question about the same."""


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


def same_measure(a: Counted, b: Counted) -> bool:
    """Whether two figures have one unit of measure (litres, tonnes, kilometres), whatever is measured; money and shares do not count."""
    measured = a.figure.unit == b.figure.unit and a.figure.unit not in ("", "%", "pp", "bp", "$", "€", "£", "¥")
    return measured and a.state == b.state and min(a.value, b.value) * LIMIT >= max(a.value, b.value)


def same_scope(a: Claim, b: Claim) -> bool:
    """Whether two statements count over the same stretch: "14 goals this season" is not "two goals against Alta"."""
    first, second = ({stem(token.text) for token in tokens(claim.text)} for claim in (a, b))
    return first & _SCOPES == second & _SCOPES


def same_round(a: Claim, b: Claim) -> bool:
    """False when both name a rank and not the same ("the first round", "the second round")."""
    first, second = ({token.text.lower() for token in tokens(claim.text)} & _RANKS for claim in (a, b))
    return not first or not second or first == second


def same_value(a: Counted, b: Counted) -> bool:
    """Do the two go together? "At least 30" and 34 do; 24 and 34 do not; "about" allows one tenth."""
    if a.value == b.value:
        return True
    low, high = sorted((a, b), key=lambda count: count.value)
    if low.bound in ("at least", "more than") or high.bound in ("at most", "less than"):
        return high.value <= AT_LEAST * low.value
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
            {x.head for x in a.figures} & {y.head for y in b.figures} - GENERAL - set(SAME_COUNT.values())
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


def both_answer(a: Claim, b: Claim) -> bool:
    """Whether two statements both have half of the question's words, one of them in common, and name no different places or days."""
    if min(a.answers, b.answers) < 0.5 or not a.asked & b.asked or places_differ(a, b):
        return False
    exact = [[m for m in claim.times if m.precision == "day" and not m.relative] for claim in (a, b)]
    if exact[0] and exact[1] and not any(overlaps(x, y) for x in exact[0] for y in exact[1]):
        return False
    days = [claim.published.date for claim in (a, b) if claim.published and claim.published.date]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= APART


def subject_of(a: Claim, b: Claim) -> str:
    """A few words both statements share, in the order of the first."""
    shared = a.stems & b.stems
    words = [token.text for token in tokens(a.text) if stem(token.text) in shared]
    return " ".join(dict.fromkeys(words[:6]))
