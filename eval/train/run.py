"""Trains the reader: python -m eval.train.run --help. Interrupted, it goes on from its last checkpoint."""

import argparse
import json
import time
from math import ceil
from pathlib import Path
from random import Random

import torch

from eval.train.batches import batches, encode, open_tokenizer
from eval.train.export import restored
from eval.train.losses import loss_of
from eval.train.measure import figures, read
from eval.train.model import Reader, from_minilm
from eval.train.row import Row, view
from eval.train.rows import bench_rows, training_rows
from eval.train.topics import of_epoch, topic_rows
from qa.embedding.minilm import HINT, PACKAGE
from qa.weights import find_file

EVERY = 100


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.train.run", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with train/ and bench/")
    parser.add_argument("--out", type=Path, required=True, help="where the checkpoint and the weights go")
    parser.add_argument("--start", type=Path, help="weights to go on from, of a run or of the program (default: all-MiniLM-L6-v2)")
    parser.add_argument("--folds", default="", help='the folds of the bench to train on, as "A", "B" or "AB" (default: the open sets alone)')
    parser.add_argument("--dev", default="A", help="the folds to measure on; C is for the end")
    parser.add_argument("--topics", action="store_true", help="with --folds: the invented topics of these folds too")
    parser.add_argument("--mix", type=int, default=0, help="with --folds: how many rows of the open sets to mix in")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=8e-5, help="highest learning rate of the encoder; the heads get six times as much")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    tokenizer = open_tokenizer(find_file(PACKAGE, "tokenizer.json", hint=HINT))
    model = from_minilm(find_file(PACKAGE, "model.safetensors", hint=HINT))
    if options.start:
        model.load_state_dict(restored(options.start, model.state_dict()))
    bench = bench_rows(options.shared / "bench")
    dev = [row for row in bench if row.fold in options.dev][:1000]
    topics = topic_rows() if options.topics else []
    train(model, [_epoch(bench, topics, epoch, options) for epoch in range(ceil(options.epochs))], dev, tokenizer=tokenizer, options=options)


def _epoch(bench: list[Row], topics: list[Row], epoch: int, options: argparse.Namespace) -> list[Row]:
    """The rows of an epoch: other changes, views and choices than in the one before; topics as the program reads them."""
    opened = training_rows(options.shared / "train", seed=options.seed + epoch)
    if not options.folds:
        return opened
    random = Random(options.seed + epoch)
    folds = [view(row, random) for row in bench if row.fold in options.folds]
    return folds + of_epoch(topics, options.folds, random) + opened[: options.mix]


def train(model: Reader, epochs: list[list[Row]], dev: list[Row], *, tokenizer, options: argparse.Namespace) -> None:
    """Goes through the rows of each of the epochs, measuring on `dev` now and then, and writes weights.pt and figures.json."""
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / "checkpoint.pt"
    held = encode(dev, tokenizer)
    plan = [batch for number, rows in enumerate(epochs) for batch in batches(encode(rows, tokenizer), Random(options.seed + number))]
    plan = plan[: int(len(plan) * options.epochs / len(epochs))]
    heads = [*model.pieces.parameters(), *model.whole.parameters()]
    optimizer = torch.optim.AdamW([{"params": list(model.layers.parameters()), "lr": options.rate}, {"params": heads, "lr": 6 * options.rate}],
                                  weight_decay=0.01, fused=True)
    warm = max(1, len(plan) // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / warm, (len(plan) - step) / (len(plan) - warm + 1)))
    done = _resume(checkpoint, model, optimizer, schedule)
    began, seen = time.monotonic(), dict.fromkeys(("sentence", "span", "answers", "against"), 0.0)
    model.train()
    for step in range(done, len(plan)):
        batch = plan[step]
        with torch.autocast("cpu", torch.bfloat16):
            out = model(batch.ids, batch.segments, batch.mask)
        losses = loss_of(out, batch)
        optimizer.zero_grad()
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen = {name: seen[name] + loss.item() / EVERY for name, loss in losses.items()}
        if (step + 1) % EVERY == 0:
            print(f"{step + 1}/{len(plan)} {time.monotonic() - began:.0f} s", {name: round(value, 3) for name, value in seen.items()}, flush=True)
            seen = dict.fromkeys(seen, 0.0)
        if (step + 1) % (5 * EVERY) == 0:
            _save(checkpoint, {"step": step + 1, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()})
        if (step + 1) % (10 * EVERY) == 0:
            print(_rounded(figures(held, read(model, held))), flush=True)
    _save(options.out / "weights.pt", model.state_dict())
    found = _rounded(figures(held, read(model, held)))
    (options.out / "figures.json").write_text(json.dumps(found, indent=1) + "\n")
    print(found)


def _save(path: Path, what: dict) -> None:
    torch.save(what, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _resume(checkpoint: Path, model: Reader, optimizer, schedule) -> int:
    if not checkpoint.exists():
        return 0
    kept = torch.load(checkpoint)
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    schedule.load_state_dict(kept["schedule"])
    return kept["step"]


def _rounded(table: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in table.items()}


if __name__ == "__main__":
    main()
