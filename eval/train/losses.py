"""What the heads are trained for."""

import torch
from torch import Tensor
from torch.nn import functional

from eval.train.batches import Batch

UNKNOWN = -100
LOW = -1e4


def sentence_scores(by_piece: Tensor, batch: Batch) -> Tensor:
    """[rows, sentences + 1] from [rows, pieces]: the mean of each sentence's pieces; place 0, "none of them", is always 0; LOW where no
    sentence is."""
    size = batch.gold.shape[1]
    places = batch.places + 1
    total = torch.zeros(places.shape[0], size).scatter_add(1, places, by_piece)
    count = torch.zeros(places.shape[0], size).scatter_add(1, places, torch.ones_like(by_piece))
    scores = torch.where(count > 0, total / count.clamp(min=1), torch.full_like(total, LOW))
    return torch.cat([torch.zeros_like(scores[:, :1]), scores[:, 1:]], 1)


def loss_of(out: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Each head's mean loss over all rows of the batch (a row without that label adds nothing).

    `sentence`: minus the log of the probability, softmax over the sentences and "none", that falls on those that answer; `against`: on
    those that contradict. `span`: cross-entropy of first and last piece. `answers`: binary.
    """
    rows = batch.ids.shape[0]
    sentence = _chosen(out["sentence"], batch.gold, batch) / rows
    against = _chosen(out["against"], batch.against, batch) / rows
    hidden = (batch.places < 0)
    hidden[:, 0] = False
    spans = out["span"].masked_fill(hidden[..., None] & (batch.mask[..., None] == 0), LOW)
    start, end = (functional.cross_entropy(spans[..., i], wanted, ignore_index=UNKNOWN, reduction="sum") / rows
                  for i, wanted in enumerate((batch.starts, batch.ends)))
    told = batch.answers != UNKNOWN
    answers = functional.binary_cross_entropy_with_logits(out["answers"][told], batch.answers[told], reduction="sum") / rows
    return {"sentence": sentence, "span": 0.25 * (start + end), "answers": 0.5 * answers, "against": 0.5 * against}


def _chosen(by_piece: Tensor, wanted: Tensor, batch: Batch) -> Tensor:
    """The summed loss of choosing the `wanted` sentences, [rows, sentences + 1] with 1 for each, over the rows where they are known."""
    known = wanted[:, 0] != UNKNOWN
    log = sentence_scores(by_piece, batch)[known].log_softmax(1)
    return -log.masked_fill(wanted[known] != 1, LOW).logsumexp(1).sum()
