"""Does a source say what a claim says? Typed, deterministic, without a language model."""

from collections.abc import Callable, Sequence
from datetime import date

from qa.grounding.alignment import Aligned, align
from qa.grounding.figures import date_problems, name_problems, number_problems
from qa.grounding.prepared import Prepared, prepare
from qa.grounding.windows import Window, best_windows
from qa.grounding.wording import absent_problems, negation_problems, opposite_problems
from qa.records import Problem, Span, Verdict

THRESHOLD = 0.5
_KEPT = {"number": 0.3, "date": 0.3, "precision": 0.6, "name": 0.35, "negation": 0.4, "denied": 0.6, "opposite": 0.45, "contrast": 0.4,
         "unsaid": 0.97}
Similarity = Callable[[list[str], list[str]], Sequence[Sequence[float]]]


def check(claim: str, sources: Sequence[str], *, published: date | None = None, similarity: Similarity | None = None) -> Verdict:
    """Whether `sources` say what `claim` says, with the best one to three sentences for each of its sentences as evidence.

    `published` is the day the sources appeared; dates such as "on Tuesday" are counted from it. `similarity` gives the
    cosines of two lists of texts; it may excuse other words, never a number, date, name or negation.
    """
    prepared = prepare(claim)
    pieces = [_best(prepared, number, sources) for number in range(len(prepared.sentences))]
    aligned = [piece for piece in pieces if piece]
    if not aligned:
        return Verdict(supported=False, score=0.0, checked=False)
    problems = tuple(problem for piece in aligned for problem in _problems(piece, published))
    weights = [len(piece.fits) for piece in aligned]
    covered = sum(piece.window.coverage * weight for piece, weight in zip(aligned, weights, strict=True)) / sum(weights)
    score = _base(covered)
    for problem in problems:
        score *= _KEPT[problem.kind]
    return Verdict(supported=score >= THRESHOLD, score=round(score, 6), problems=problems, evidence=_evidence(aligned))


def _base(covered: float) -> float:
    return min(1.0, max(0.0, 0.5 + (covered - 0.5) * 1.0))


def _best(claim: Prepared, number: int, sources: Sequence[str]) -> Aligned | None:
    """The claim's sentence laid beside its best window over all sources; None when nothing in it can be compared."""
    words = tuple(word for word in claim.words_of(number, number) if word.content)
    found: list[tuple[float, int, Window]] = []
    for index, text in enumerate(sources):
        found += [(window.coverage, -index, window) for window in best_windows(words, prepare(text), index)]
    if not found:
        return None
    window = max(found, key=lambda item: item[:2])[2]
    return align(claim, number, prepare(sources[window.source]), window)


def _problems(aligned: Aligned, published: date | None) -> list[Problem]:
    return [*number_problems(aligned), *date_problems(aligned, published), *name_problems(aligned), *negation_problems(aligned),
            *opposite_problems(aligned), *absent_problems(aligned)]


def _evidence(aligned: list[Aligned]) -> tuple[Span, ...]:
    spans = {}
    for piece in aligned:
        start = piece.source.sentences[piece.window.first][0]
        end = piece.source.sentences[piece.window.last][1]
        spans[piece.window.source, start, end] = Span(source=piece.window.source, start=start, end=end, text=piece.source.text[start:end])
    return tuple(spans[key] for key in sorted(spans))
