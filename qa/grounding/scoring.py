"""One number for a claim: how much of it the source says, less what each problem costs."""

from collections.abc import Sequence

from qa.grounding.alignment import Aligned, Fit
from qa.grounding.lexicon import is_light
from qa.grounding.prepared import Prepared
from qa.grounding.windows import weight
from qa.records import Problem

THRESHOLD = 0.5
KEPT = {"number": 0.3, "date": 0.3, "precision": 0.6, "name": 0.35, "negation": 0.45, "denied": 0.9, "opposite": 0.6, "contrast": 0.5,
        "unsaid": 1.0, "reversed": 0.9, "small": 0.5, "limit": 0.5, "quantity": 0.95, "rank": 0.7,
        "blame": 0.5, "pronoun": 0.6,
        "unclear": 0.97, "roles": 0.5,
        "quotation": 0.4, "stitched quotation": 0.45, "speaker": 0.5, "claim as fact": 0.97, "fact as claim": 0.9, "hedge": 0.97}
_SAID = {"same": 1.0, "alike": 1.0, "elsewhere": 0.5, "opposite": 0.0, "contrast": 0.0, "absent": 0.0}
_REACH = 8  # content words beyond which two words of the source are no longer said together
_BACKWARDS = 0.6
_CLOSENESS = 0.35


def support(aligned: Sequence[Aligned]) -> float:
    """In [0, 1]: the share of the claim's words that the source says, together with how close together it says them."""
    said = total = near = pairs = 0.0
    for piece in aligned:
        weights = [weight(fit.word, piece.claim) for fit in piece.fits]
        said += sum(weight * _SAID[fit.how] for fit, weight in zip(piece.fits, weights, strict=True))
        total += sum(weights)
        telling = [fit for fit in piece.fits if not is_light(fit.word.stem)]
        near += sum(_closeness(first, second, piece.source) for first, second in zip(telling, telling[1:], strict=False))
        pairs += max(0, len(telling) - 1)
    covered = said / total if total else 0.0
    return covered if not pairs else (1 - _CLOSENESS) * covered + _CLOSENESS * near / pairs


def score(aligned: Sequence[Aligned], problems: Sequence[Problem]) -> float:
    """In [0, 1], falling with every problem; THRESHOLD or more is supported."""
    result = base(support(aligned))
    for problem in problems:
        result *= KEPT[problem.kind]
    return result


def base(supported: float) -> float:
    """The score of a claim without problems."""
    return min(1.0, max(0.0, 0.5 + (supported - 0.5)))


def _closeness(first: Fit, second: Fit, source: Prepared) -> float:
    """How close together, and in which order, the source says two words that are neighbours in the claim."""
    if first.place < 0 or second.place < 0 or {first.how, second.how} & {"opposite", "contrast"}:
        return 0.0
    best = 0.0
    for a in source.places[source.words[first.place].stem]:
        for b in source.places[source.words[second.place].stem]:
            distance = source.rank[b] - source.rank[a]
            if distance and abs(distance) <= _REACH:
                best = max(best, (1 - (abs(distance) - 1) / _REACH) * (1.0 if distance > 0 else _BACKWARDS))
    return best
