"""Makes scores of different kinds comparable, and keeps one document from filling the result."""

from collections.abc import Sequence

import numpy as np


def scaled(values: np.ndarray) -> np.ndarray:
    """The values from 0, the lowest, to 1, the highest; all 1 when they are equal.

    Min-max scaling before a weighted sum: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.
    """
    low, high = values.min(), values.max()
    return np.ones_like(values) if high == low else (values - low) / (high - low)


YIELDS = 0.8
"""A passage beyond its document's quota gives way to another document's passage whose score is at least this share of its own."""


def with_quota(ranked: Sequence[tuple[int, str, float]], *, limit: int, per_document: int) -> list[int]:
    """The `limit` passages to hand over, of `ranked` (number, document id, score), best first, in that order.

    Each document's passages beyond its first `per_document` count YIELDS of their score here, so that one document does not crowd out
    another that has as much to say, and is not cut short for one that has nothing.
    """
    counts: dict[str, int] = {}
    held: list[float] = []
    for _, document_id, score in ranked:
        counts[document_id] = counts.get(document_id, 0) + 1
        held.append(score if counts[document_id] <= per_document else YIELDS * score)
    chosen = sorted(range(len(ranked)), key=lambda position: (-held[position], position))[:limit]
    return [ranked[position][0] for position in sorted(chosen)]
