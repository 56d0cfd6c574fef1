"""Writes trained weights for the program: python -m eval.train.export WEIGHTS.pt [FILE]. Prints the digest for `qa.reader.model`.

Each matrix is stored in one byte a weight, with one scale for each output channel (the largest weight is 127 scales); biases, norms
and the heads stay as they are.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import torch

from eval.train.model import LAYERS
from qa.reader.model import TRAINED

HEADS = {"pieces.weight": "pieces.weight", "pieces.bias": "pieces.bias", "whole.0.weight": "whole.0.weight", "whole.0.bias": "whole.0.bias",
         "whole.2.weight": "whole.2.weight", "whole.2.bias": "whole.2.bias"}
PLACES = {"mix": "attention.output.dense", "norm1": "attention.output.LayerNorm", "wide": "intermediate.dense", "narrow": "output.dense",
          "norm2": "output.LayerNorm", "qkv": "qkv"}


def packed(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The trained part of a `Reader`'s state under the names of the graph (`qa.reader.make_graph`)."""
    arrays = {}
    for number in range(LAYERS):
        for mine, theirs in PLACES.items():
            place = f"encoder.layer.{number}.{theirs}"
            arrays[f"{place}.bias"] = state[f"layers.{number}.{mine}.bias"].float().numpy()
            weight = state[f"layers.{number}.{mine}.weight"].float().numpy()
            if mine.startswith("norm"):
                arrays[f"{place}.weight"] = weight
            else:
                arrays |= _bytes(f"{place}.weight", weight.T, 0) if mine == "qkv" else _bytes(f"{place}.weight", weight, 1)
    arrays |= {theirs: state[mine].float().numpy() for mine, theirs in HEADS.items()}
    arrays["pieces.weight"] = arrays["pieces.weight"].T
    for kind in ("weight", "bias"):  # the program needs only "answers": the verdicts did not carry over to its own claims
        arrays[f"whole.2.{kind}"] = arrays[f"whole.2.{kind}"][:1]
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def _bytes(name: str, weight: np.ndarray, summed: int) -> dict[str, np.ndarray]:
    """The weight and its scales; `summed` is the axis a product sums over, so that the other one's channels have a scale each."""
    scale = np.abs(weight).max(axis=summed, keepdims=True) / 127
    return {name: np.round(weight / scale).astype(np.int8), f"{name}.scale": scale.astype(np.float32)}


def main() -> None:
    from safetensors.numpy import save_file

    arrays = packed(torch.load(Path(sys.argv[1]), map_location="cpu"))
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else TRAINED
    save_file(arrays, path)
    print(f"{path.name}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
