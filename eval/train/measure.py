"""What a reader gets right on rows it did not see."""

import collections
from collections.abc import Sequence

import numpy as np
import torch

from eval.train.batches import Encoded, collate
from eval.train.losses import sentence_scores
from eval.train.model import Reader


def read(model: Reader, encoded: Sequence[Encoded]) -> list[dict]:
    """For each row: `sentences` (scores without the null), `best` (the highest), `answers`, `null` (span score of no answer minus
    that of the best span), `words` (the best span's text), `against` (as `sentences`)."""
    model.eval()
    results: list[dict] = [{} for _ in encoded]
    order = sorted(range(len(encoded)), key=lambda number: len(encoded[number].ids))
    for first in range(0, len(order), 16):
        group = order[first : first + 16]
        batch = collate([encoded[number] for number in group])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            out = model(batch.ids, batch.segments, batch.mask)
        scores, against = (sentence_scores(out[head], batch)[:, 1:].numpy() for head in ("sentence", "against"))
        for i, number in enumerate(group):
            count = len(encoded[number].row.sentences)
            found = scores[i][:count]
            results[number] = {"sentences": found, "best": float(found.max()) if len(found) else -99.0, "answers": float(out["answers"][i]),
                               "against": against[i][:count], **_best_span(out["span"][i].numpy(), encoded[number])}
    model.train()
    return results


def _best_span(logits: np.ndarray, one: Encoded, longest: int = 30) -> dict:
    start, end = logits[: len(one.ids), 0], logits[: len(one.ids), 1]
    inside = one.places >= 0
    pairs = start[:, None] + end[None, :]
    allowed = inside[:, None] & inside[None, :] & np.triu(np.ones(pairs.shape, bool)) & ~np.triu(np.ones(pairs.shape, bool), longest)
    pairs = np.where(allowed, pairs, -1e9)
    first, last = np.unravel_index(pairs.argmax(), pairs.shape)
    return {"null": float(start[0] + end[0] - pairs[first, last]), "span": (int(first), int(last))}


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The share of pairs in which the right one scores higher, ties half."""
    right, wrong = np.array(right), np.array(wrong)
    return float(np.mean([(score > wrong).mean() + 0.5 * (score == wrong).mean() for score in right]))


def figures(encoded: Sequence[Encoded], found: Sequence[dict]) -> dict[str, float]:
    """By set: gold sentence first (in rows with one or more), AUROC of answerable rows by three scores."""
    groups = collections.defaultdict(list)
    for one, result in zip(encoded, found, strict=True):
        groups[one.row.origin].append((one.row, result))
    table = {}
    for name, pairs in sorted(groups.items()):
        ranked = [int(np.argmax(r["sentences"])) in row.gold for row, r in pairs if row.gold and len(row.sentences) > 1]
        if ranked:
            table[f"{name} first"] = float(np.mean(ranked))
        for score, sign in (("best", 1), ("answers", 1), ("null", -1)):
            right = [sign * r[score] for row, r in pairs if row.answers is True]
            wrong = [sign * r[score] for row, r in pairs if row.answers is False]
            if right and wrong:
                table[f"{name} AUROC {score}"] = auroc(right, wrong)
    return table
