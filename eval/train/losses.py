"""What the heads are trained for."""

import torch
from torch import Tensor
from torch.nn import functional

from eval.train.batches import Batch

UNKNOWN = -100
LOW = -1e4


def sentence_scores(out: dict[str, Tensor], batch: Batch) -> Tensor:
    """[rows, sentences + 1]: the mean of each sentence's pieces; place 0, "none of them", is always 0; LOW where no sentence is."""
    size = batch.gold.shape[1]
    places = batch.places + 1
    total = torch.zeros(places.shape[0], size).scatter_add(1, places, out["sentence"])
    count = torch.zeros(places.shape[0], size).scatter_add(1, places, torch.ones_like(out["sentence"]))
    scores = torch.where(count > 0, total / count.clamp(min=1), torch.full_like(total, LOW))
    return torch.cat([torch.zeros_like(scores[:, :1]), scores[:, 1:]], 1)


def loss_of(out: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Each head's mean loss over all rows of the batch (a row without that label adds nothing).

    `sentence`: minus the log of the probability, softmax over the sentences and "none", that falls on those that answer.
    `span`: cross-entropy of first and last piece. `answers`: binary. `verdict`: cross-entropy, or minus the log of the
    probability of not being supported where that alone is known.
    """
    rows = batch.ids.shape[0]
    known = batch.gold[:, 0] != UNKNOWN
    log = sentence_scores(out, batch)[known].log_softmax(1)
    sentence = -log.masked_fill(batch.gold[known] != 1, LOW).logsumexp(1).sum() / rows
    hidden = (batch.places < 0)
    hidden[:, 0] = False
    spans = out["span"].masked_fill(hidden[..., None] & (batch.mask[..., None] == 0), LOW)
    start, end = (functional.cross_entropy(spans[..., i], wanted, ignore_index=UNKNOWN, reduction="sum") / rows
                  for i, wanted in enumerate((batch.starts, batch.ends)))
    told = batch.answers != UNKNOWN
    answers = functional.binary_cross_entropy_with_logits(out["answers"][told], batch.answers[told], reduction="sum") / rows
    threefold = functional.cross_entropy(out["verdict"], batch.verdicts.where(batch.verdicts >= 0, torch.tensor(UNKNOWN)),
                                         ignore_index=UNKNOWN, reduction="sum") / rows
    twofold = batch.verdicts == -1
    supported = out["verdict"][twofold].softmax(1)[:, 0]
    return {"sentence": sentence, "span": 0.25 * (start + end), "answers": 0.5 * answers,
            "verdict": 0.3 * (threefold - torch.log1p(-supported.clamp(max=0.9999)).sum() / rows)}
