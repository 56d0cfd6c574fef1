"""Makes scores of different kinds comparable, and keeps one document from filling the result."""

from collections.abc import Sequence

import numpy as np


def scaled(values: np.ndarray) -> np.ndarray:
    """The values from 0, the lowest, to 1, the highest; all 1 when they are equal.

    Min-max scaling before a weighted sum: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.
    """
    low, high = values.min(), values.max()
    return np.ones_like(values) if high == low else (values - low) / (high - low)


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
