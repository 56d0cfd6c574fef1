"""How found places are scored. Each function makes a scorer for one question: places in, best first; figures in [0, 1] out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.bench.sets import Place

Figures = Mapping[str, float]
Scorer = Callable[[Sequence["Place"]], Figures]


def characters(gold: Sequence["Place"]) -> Scorer:
    """Recall, precision and IoU of characters, as in Chroma's chunking evaluation (Smith and Troynikov 2024): what is found twice counts
    once for recall and twice in the length of what was returned."""
    whole = sum(place.end - place.start for place in gold)

    def score(found: Sequence["Place"]) -> Figures:
        shared = [(max(place.start, ref.start), min(place.end, ref.end)) for place in found for ref in gold if place.document == ref.document]
        hit = covered([span for span in shared if span[0] < span[1]])
        returned = sum(place.end - place.start for place in found)
        return {"recall": hit / whole, "precision": hit / returned if returned else 0.0, "IoU": hit / (returned + whole - hit)}

    return score


def first_document(name: str, gold: Collection[str], *, within: int = 1_000_000) -> Scorer:
    """Reciprocal rank of the first document of `gold` among the documents found, 0 when it is not `within` the first so many."""

    def score(found: Sequence["Place"]) -> Figures:
        documents = documents_of(found)[:within]
        return {name: next((1 / rank for rank, document in enumerate(documents, 1) if document in gold), 0.0)}

    return score


def every_document(name: str, gold: Sequence[Collection[str]], *, within: int) -> Scorer:
    """1 when each element of `gold` has one of its documents among the first `within`, else 0."""

    def score(found: Sequence["Place"]) -> Figures:
        documents = set(documents_of(found)[:within])
        return {name: float(all(documents & set(one) for one in gold))}

    return score


def places(gold: Sequence["Place"], sides: Sequence[Sequence["Place"]]) -> Scorer:
    """"one": some gold place lies whole in what was found. "each side": so does one of each side (of `gold` where there are no sides)."""

    def score(found: Sequence["Place"]) -> Figures:
        def has(choice: Sequence["Place"]) -> bool:
            return any(f.document == g.document and f.start <= g.start and g.end <= f.end for f in found for g in choice)

        return {"one": float(has(gold)), "each side": float(all(has(side) for side in sides or [gold]))}

    return score


def documents_of(found: Sequence["Place"]) -> list[str]:
    """The documents in the order in which the first place of each was found."""
    return list(dict.fromkeys(place.document for place in found))


def covered(spans: Sequence[tuple[int, int]]) -> int:
    """How many characters are in at least one of the spans."""
    total, last = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, last))
        last = max(last, end)
    return total
