"""The files of a pinned model: where they are, and whether they are the published ones."""

import hashlib
import json
import mmap
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np

from qa.errors import QAError, SettingsError

_TYPES = {"F32": np.float32, "F16": np.float16, "I8": np.int8, "I64": np.int64}


def find_file(package: str, name: str, *, hint: str) -> Path:
    """The path of an installed package's file, without importing the package. SettingsError with `hint` when missing."""
    try:
        found = [file.locate() for file in files(package) or () if file.name == name]
    except PackageNotFoundError:
        raise SettingsError(f"the package {package} is not installed", hint) from None
    paths = [Path(path) for path in found if Path(path).is_file()]
    if not paths:
        raise SettingsError(f"the package {package} has no file {name}", hint)
    return paths[0]


def map_file(path: Path) -> mmap.mmap:
    """The file's bytes, read from disk only where they are used. QAError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise QAError(f"{path} cannot be read: {error}", "Install its package again.") from error


def verify(content: bytes | mmap.mmap, *, path: Path, sha256: str) -> None:
    """Raises QAError unless the bytes, those in use and not a second reading of them, have the published digest."""
    digest = hashlib.sha256(content).hexdigest()
    if digest != sha256:
        raise QAError(f"{path} is not the published file: its sha256 is {digest}, not {sha256}", "Install its package again.")


def read_safetensors(content: mmap.mmap, *, path: Path) -> dict[str, np.ndarray]:
    """The arrays of a safetensors file by name, read-only views of `content` without a copy.

    The format: eight bytes with the length of a JSON header, the header, the data (https://github.com/huggingface/safetensors).
    """
    try:
        start = 8 + int.from_bytes(content[:8], "little")
        header = json.loads(content[8:start])
        arrays = {}
        for name, entry in header.items():
            if name != "__metadata__":
                kind, shape, (first, _) = _TYPES[entry["dtype"]], entry["shape"], entry["data_offsets"]
                arrays[name] = np.frombuffer(content, kind, int(np.prod(shape)), start + first).reshape(shape)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QAError(f"{path} is not a safetensors file: {error}", "Install its package again.") from error
    return arrays
