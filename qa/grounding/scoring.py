"""One number for a claim: how much of it the source says, less what each problem costs."""

from collections.abc import Callable, Sequence

from qa.grounding.alignment import Aligned, Fit
from qa.grounding.lexicon import is_light
from qa.grounding.meaning import likeness
from qa.grounding.prepared import Prepared
from qa.grounding.windows import weight
from qa.records import Problem

Similarity = Callable[[list[str], list[str]], Sequence[Sequence[float]]]

THRESHOLD = 0.5
# What a problem leaves of the score. Below THRESHOLD it fails any claim by itself; the others only add up.
KEPT = {
    "number": 0.3, "date": 0.45, "precision": 0.45, "name": 0.49, "negation": 0.45, "denied": 0.45, "opposite": 0.49, "contrast": 0.49,
    "roles": 0.49, "limit": 0.49, "rank": 0.45, "pronoun": 0.49, "quotation": 0.4, "stitched quotation": 0.45, "speaker": 0.49,
    "blame": 0.6, "small": 0.7, "quantity": 0.8, "reversed": 0.85, "claim as fact": 0.95, "fact as claim": 0.9, "hedge": 0.85,
    "unclear": 0.98, "unsaid": 1.0,
}
_LEAST = 0.28  # support at which a claim without problems just passes
_MUCH, _HIGH = 0.7, 0.8  # support and score where the last stretch to 1 begins
_SAID = {"same": 1.0, "alike": 1.0, "elsewhere": 0.5, "opposite": 0.0, "contrast": 0.0, "absent": 0.0}
_REACH = 8  # content words beyond which two words of the source are no longer said together
_BACKWARDS = 0.6
_COVERED, _ADJACENT, _APART, _MEANING = 0.3, 0.25, 0.2, 0.25
_ANYWHERE = 0.75  # of the closeness of two words, the part that counts their best places anywhere
_FIGURE = 3.0  # what stands beside a figure matters most: another figure of the source may be in its place


def support(aligned: Sequence[Aligned], lost: float = 0.0, similarity: Similarity | None = None) -> float:
    """In [0, 1]: the share of the claim's words that the source says, how close together it says words that are close in
    the claim, and how near the window is in meaning as a whole.

    `lost` is the weight of the claim's sentences of which no source says a word."""
    said, total = 0.0, lost
    near: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for piece in aligned:
        weights = [weight(fit.word, piece.claim) for fit in piece.fits]
        said += sum(share * _SAID[fit.how] for fit, share in zip(piece.fits, weights, strict=True))
        total += sum(weights)
        telling = [fit for fit in piece.fits if not is_light(fit.word.stem)]
        for step, found in near.items():
            found += [(_closeness(first, second, piece.source), _matters(first, piece.claim) + _matters(second, piece.claim))
                      for first, second in zip(telling, telling[step:], strict=False)]
    covered = said / total if total else 0.0
    adjacent, apart = (_mean(found) if found else covered for found in near.values())
    meaning = sum(_likeness(piece, similarity) for piece in aligned) / len(aligned)
    found = _COVERED * covered + _ADJACENT * adjacent + _APART * apart + _MEANING * meaning
    return found if not lost else found * (total - lost) / total


def _matters(fit: Fit, claim: Prepared) -> float:
    return _FIGURE if any(letter.isdigit() for letter in fit.word.text) else weight(fit.word, claim)


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    return sum(value * share for value, share in weighted) / sum(share for _, share in weighted)


def _likeness(piece: Aligned, similarity: Similarity | None) -> float:
    """The cosine of the claim's sentence and its window, from static word vectors or from `similarity`, whichever is higher."""
    near = likeness(piece.claim, piece.sentence, piece.source, piece.window.sentences)
    given = float(similarity([piece.claim_text()], [piece.source_text()])[0][0]) if similarity else 0.0
    return max(0.0, near, given)


def score(aligned: Sequence[Aligned], problems: Sequence[Problem], *, lost: float = 0.0, similarity: Similarity | None = None) -> float:
    """In [0, 1], falling with every problem; THRESHOLD or more is supported. `lost` as for `support`."""
    if not aligned:
        return 0.0
    result = base(support(aligned, lost, similarity))
    for problem in problems:
        result *= KEPT[problem.kind]
    return result


def base(supported: float) -> float:
    """The score of a claim without problems: a rising line in three pieces."""
    if supported < _LEAST:
        return THRESHOLD * supported / _LEAST
    if supported < _MUCH:
        return THRESHOLD + (_HIGH - THRESHOLD) * (supported - _LEAST) / (_MUCH - _LEAST)
    return _HIGH + (1 - _HIGH) * (supported - _MUCH) / (1 - _MUCH)


def _closeness(first: Fit, second: Fit, source: Prepared) -> float:
    """How close together, and in which order, the source says two words that are neighbours in the claim: mostly for their
    best places anywhere, the rest for those that stand for them in the window."""
    if first.place < 0 or second.place < 0 or {first.how, second.how} & {"opposite", "contrast"}:
        return 0.0
    places = [source.places[source.words[fit.place].stem] for fit in (first, second)]
    anywhere = max(_near(source.rank[b] - source.rank[a]) for a in places[0] for b in places[1])
    inside = "elsewhere" not in (first.how, second.how)
    beside = _near(source.rank[second.place] - source.rank[first.place]) if inside else 0.0
    return _ANYWHERE * anywhere + (1 - _ANYWHERE) * beside


def _near(distance: int) -> float:
    """1 for the next content word, falling to 0 at _REACH; less where the order is turned."""
    if not distance or abs(distance) > _REACH:
        return 0.0
    return (1 - (abs(distance) - 1) / _REACH) * (1.0 if distance > 0 else _BACKWARDS)
