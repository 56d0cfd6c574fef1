"""Writes trained weights for the program: python -m eval.train.export WEIGHTS… [--out FILE]. Prints the digest for `qa.reader.model`.

Of several WEIGHTS the mean is written (Wortsman et al. 2022, "Model soups"); each is a weights.pt of `eval.train.run` or a file that this
command wrote. Each matrix of a layer is stored as integers, [in, out], with one scale for each output channel; biases, norms and the heads stay
as they are. The largest weight is LARGEST scales and not 127: on processors without instructions for neural networks the sum of two products
of a state (up to 255) and a weight is kept in 16 bits, and so it fits on every one, and all give the same answer.
"""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from eval.train.model import LAYERS
from qa.reader.model import TRAINED

LARGEST = 63
HEADS = {"pieces.weight": "pieces.weight", "pieces.bias": "pieces.bias", "whole.0.weight": "whole.0.weight", "whole.0.bias": "whole.0.bias",
         "whole.2.weight": "whole.2.weight", "whole.2.bias": "whole.2.bias"}
PLACES = {"mix": "attention.output.dense", "norm1": "attention.output.LayerNorm", "wide": "intermediate.dense", "narrow": "output.dense",
          "norm2": "output.LayerNorm", "qkv": "qkv"}


def packed(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The trained part of a `Reader`'s state as the program reads it."""
    return in_integers(unpacked(state))


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
    return arrays


def restored(path: Path, state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The whole state of a `Reader` with the weights in the file, what it has not (a head that was not trained then) as in `state`."""
    if path.suffix == ".pt":
        return torch.load(path, map_location="cpu")
    arrays = _read(path)
    found = dict(state)
    for number in range(LAYERS):
        for mine, theirs in PLACES.items():
            for kind in ("weight", "bias"):
                array = arrays[f"encoder.layer.{number}.{theirs}.{kind}"]
                found[f"layers.{number}.{mine}.{kind}"] = torch.from_numpy(array.T.copy() if (mine, kind) == ("qkv", "weight") else array.copy())
    for mine, theirs in HEADS.items():
        array = torch.from_numpy(arrays[theirs].T.copy() if theirs == "pieces.weight" else arrays[theirs].copy())
        found[mine] = torch.cat([array, state[mine][len(array):]])
    return found


def in_integers(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays with every matrix of a layer as integers and its scales beside it, as the graph names them."""
    kept = {}
    for name, array in arrays.items():
        if name.startswith("encoder.") and array.ndim == 2:
            matrix = array if ".qkv." in name else array.T
            scale = np.abs(matrix).max(axis=0) / LARGEST
            kept |= {name + ".int8": np.rint(matrix / scale).astype(np.int8), name + ".scale": scale.astype(np.float32)}
        else:
            kept[name] = array
    return {name: np.ascontiguousarray(array) for name, array in kept.items()}


def mean(files: Sequence[Path]) -> dict[str, np.ndarray]:
    """The mean of the weights in the files, as 32-bit floats; of a head that a file has not, as if its weights were 0."""
    all_of_them = [_read(file) for file in files]
    shapes = {name: max(arrays[name].shape for arrays in all_of_them) for name in all_of_them[0]}
    return {name: np.mean([_filled(arrays[name], shape) for arrays in all_of_them], axis=0, dtype=np.float32) for name, shape in shapes.items()}


def _filled(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    return np.pad(array, [(0, most - size) for size, most in zip(array.shape, shape, strict=True)])


def _read(path: Path) -> dict[str, np.ndarray]:
    from safetensors.numpy import load_file

    if path.suffix == ".pt":
        return unpacked(torch.load(path, map_location="cpu"))
    arrays = load_file(path)
    found = {name: array for name, array in arrays.items() if not name.endswith((".int8", ".scale"))}
    for name in (name.removesuffix(".int8") for name in arrays if name.endswith(".int8")):
        matrix = arrays[name + ".int8"] * arrays[name + ".scale"]
        found[name] = matrix if ".qkv." in name else matrix.T
    return found


def main() -> None:
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(prog="python -m eval.train.export", description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=TRAINED)
    options = parser.parse_args()
    save_file(in_integers(mean(options.weights)), options.out)
    print(f"{options.out.name}: {options.out.stat().st_size} bytes, sha256 {hashlib.sha256(options.out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
