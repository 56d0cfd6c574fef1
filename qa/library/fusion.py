"""Puts the word search and the meaning search together, and keeps one document from filling the result."""

from collections.abc import Mapping, Sequence


def convex(words: Mapping[int, float], meaning: Mapping[int, float], *, meaning_weight: float) -> dict[int, float]:
    """Convex combination of min-max scaled scores, in [0, 1]; a passage missing on one side counts as that side's lowest.

    Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.
    """
    words, meaning = _scaled(words), _scaled(meaning)
    return {
        number: meaning_weight * meaning.get(number, 0.0) + (1 - meaning_weight) * words.get(number, 0.0)
        for number in words.keys() | meaning.keys()
    }


def _scaled(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {number: (score - low) / (high - low) for number, score in scores.items()}


def with_quota(ranked: Sequence[tuple[int, str]], *, limit: int, per_document: int) -> list[int]:
    """The first `limit` of `ranked` (passage number, document id), best first, at most `per_document` of one document
    as long as another document has one to offer. The order of `ranked` is kept."""
    taken: list[int] = []
    later: list[int] = []
    counts: dict[str, int] = {}
    for position, (_, document_id) in enumerate(ranked):
        counts[document_id] = counts.get(document_id, 0) + 1
        (taken if counts[document_id] <= per_document else later).append(position)
    chosen = sorted((taken + later)[:limit])
    return [ranked[position][0] for position in chosen]
