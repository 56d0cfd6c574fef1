"""Writes trained weights for the program: python -m eval.train.export WEIGHTS… [--out FILE]. Prints the digest for `qa.reader.model`.

Of several WEIGHTS the mean is written (Wortsman et al. 2022, "Model soups"); each is a weights.pt of `eval.train.run` or a file that this
command wrote. Each matrix is stored in one byte a weight, with one scale for each output channel (the largest weight is 127 scales); biases, norms
and the heads stay as they are.
"""

import argparse
import hashlib
from collections.abc import Sequence
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
    """The trained part of a `Reader`'s state as the program reads it."""
    return in_bytes(unpacked(state))


def unpacked(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The trained part of a `Reader`'s state under the names of the graph (`qa.reader.make_graph`), as 32-bit floats."""
    arrays = {}
    for number in range(LAYERS):
        for mine, theirs in PLACES.items():
            for kind in ("weight", "bias"):
                array = state[f"layers.{number}.{mine}.{kind}"].float().numpy()
                arrays[f"encoder.layer.{number}.{theirs}.{kind}"] = array.T if (mine, kind) == ("qkv", "weight") else array
    arrays |= {theirs: state[mine].float().numpy() for mine, theirs in HEADS.items()}
    arrays["pieces.weight"] = arrays["pieces.weight"].T
    for kind in ("weight", "bias"):  # the program needs only "answers": the verdicts did not carry over to its own claims
        arrays[f"whole.2.{kind}"] = arrays[f"whole.2.{kind}"][:1]
    return arrays


def in_bytes(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays with every matrix of a layer in one byte a weight and its scales beside it."""
    kept = {}
    for name, array in arrays.items():
        if name.startswith("encoder.") and array.ndim == 2:
            kept |= _bytes(name, array, 0 if ".qkv." in name else 1)
        else:
            kept[name] = array
    return {name: np.ascontiguousarray(array) for name, array in kept.items()}


def mean(files: Sequence[Path]) -> dict[str, np.ndarray]:
    """The mean of the weights in the files, as 32-bit floats."""
    all_of_them = [_read(file) for file in files]
    return {name: np.mean([arrays[name] for arrays in all_of_them], axis=0, dtype=np.float32) for name in all_of_them[0]}


def _read(path: Path) -> dict[str, np.ndarray]:
    from safetensors.numpy import load_file

    if path.suffix == ".pt":
        return unpacked(torch.load(path, map_location="cpu"))
    arrays = load_file(path)
    return {name: array * arrays[f"{name}.scale"] if f"{name}.scale" in arrays else array
            for name, array in arrays.items() if not name.endswith(".scale")}


def _bytes(name: str, weight: np.ndarray, summed: int) -> dict[str, np.ndarray]:
    """The weight and its scales; `summed` is the axis a product sums over, so that the other one's channels have a scale each."""
    scale = np.abs(weight).max(axis=summed, keepdims=True) / 127
    return {name: np.round(weight / scale).astype(np.int8), f"{name}.scale": scale.astype(np.float32)}


def main() -> None:
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(prog="python -m eval.train.export", description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=TRAINED)
    options = parser.parse_args()
    save_file(in_bytes(mean(options.weights)), options.out)
    print(f"{options.out.name}: {options.out.stat().st_size} bytes, sha256 {hashlib.sha256(options.out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
