"""Rows as tensors: word pieces, where each sentence and answer lies among them, and batches of like length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from eval.train.row import Row
from qa.answering.closely import heading

MOST_PIECES = 288
BATCH_PIECES = 2304
"""Padded word pieces of one step: some 8 long texts or 50 short claims."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """`ids` and `segments` are the pieces; `places` gives each piece's sentence (-1: none); `span` the answer's first and last
    piece, (0, 0) for no answer, None where it is unknown."""

    ids: list[int]
    segments: list[int]
    places: np.ndarray
    span: tuple[int, int] | None
    row: Row


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step. `sentences` is how many each row has; -100 marks what is unknown."""

    ids: Tensor
    segments: Tensor
    mask: Tensor
    places: Tensor
    gold: Tensor
    starts: Tensor
    ends: Tensor
    answers: Tensor
    against: Tensor
    rows: tuple[Row, ...]


def open_tokenizer(path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MOST_PIECES, strategy="longest_first")
    tokenizer.no_padding()
    return tokenizer


def encode(rows: Sequence[Row], tokenizer: Tokenizer) -> list[Encoded]:
    """The rows in pieces; those whose answer lies beyond the last piece are left out."""
    kept = []
    for row in rows:
        above = heading(row.title)
        encoding = tokenizer.encode(row.question[:600], above + row.text)
        offsets = np.array(encoding.offsets) - len(above)
        second = np.array(encoding.type_ids) == 1
        second[-1] = False  # the closing [SEP]
        places = np.full(len(encoding.ids), -1, np.int64)
        for number, (start, end) in enumerate(row.sentences):
            places[second & (offsets[:, 0] >= start) & (offsets[:, 0] < end)] = number
        span = _span(row, offsets, second)
        missing = not all((places == number).any() for number in (*(row.gold or ()), *(row.against or ())))
        if span != (-1, -1) and not missing:
            kept.append(Encoded(encoding.ids, encoding.type_ids, places, span, row))
    return kept


def _span(row: Row, offsets: np.ndarray, second: np.ndarray) -> tuple[int, int] | None:
    if row.span is None:
        return None
    if row.span == ():
        return (0, 0)
    inside = np.flatnonzero(second & (offsets[:, 1] > row.span[0]) & (offsets[:, 0] < row.span[1]))
    return (int(inside[0]), int(inside[-1])) if len(inside) else (-1, -1)


def batches(encoded: Sequence[Encoded], random: Random) -> Iterator[Batch]:
    """All rows once, in a random order of batches whose rows are of like length."""
    numbers = list(range(len(encoded)))
    random.shuffle(numbers)
    window = 2048
    for first in range(0, len(numbers), window):
        some = sorted(numbers[first : first + window], key=lambda number: len(encoded[number].ids))
        groups, group = [], []
        for number in some:
            if group and (len(group) + 1) * len(encoded[number].ids) > BATCH_PIECES:
                groups.append(group)
                group = []
            group.append(number)
        groups.append(group)
        random.shuffle(groups)
        for group in groups:
            yield collate([encoded[number] for number in group])


def collate(chosen: Sequence[Encoded]) -> Batch:
    size, longest = len(chosen), max(len(one.ids) for one in chosen)
    most = max((len(one.row.sentences) for one in chosen), default=0) or 1
    ids, segments, mask = (torch.zeros(size, longest, dtype=torch.long) for _ in range(3))
    places = torch.full((size, longest), -1)
    gold, against = torch.full((size, most + 1), -100.0), torch.full((size, most + 1), -100.0)
    starts, ends = torch.full((size,), -100), torch.full((size,), -100)
    answers = torch.full((size,), -100.0)
    for i, one in enumerate(chosen):
        length, row = len(one.ids), one.row
        ids[i, :length] = torch.tensor(one.ids)
        segments[i, :length] = torch.tensor(one.segments)
        mask[i, :length] = 1
        places[i, :length] = torch.from_numpy(one.places)
        for labels, chosen_ones in ((gold, row.gold), (against, row.against)):
            if chosen_ones is not None and row.sentences:
                labels[i, : len(row.sentences) + 1] = 0
                labels[i, [number + 1 for number in chosen_ones] or [0]] = 1  # place 0 stands for "none of them"
        if one.span is not None:
            starts[i], ends[i] = one.span
        if row.answers is not None:
            answers[i] = float(row.answers)
    return Batch(ids, segments, mask, places, gold, starts, ends, answers, against, tuple(one.row for one in chosen))
