"""What the embeddings share: clean text in, checked vectors of length 1 out."""

from collections.abc import Sequence

import numpy as np

from qa.errors import QAError


def clean(texts: Sequence[str]) -> list[str]:
    """The texts with characters that no encoding can carry (lone surrogates, as from odd file names) replaced by "?"."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def unit_vectors(vectors: np.ndarray) -> np.ndarray:
    """The rows scaled to length 1 as float32, zero rows left as they are."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors, dtype=np.float32), where=lengths > 0, casting="same_kind")


def checked(vectors: object, *, name: str, count: int, dimensions: int | None = None) -> np.ndarray:
    """Vectors from a foreign model as float32 of length 1, [count, dimensions].

    Raises QAError when their number or their dimensions are wrong or a value is not a finite number.
    """
    hint = "The embedding class does not work as llama-index asks; use another one, or --embedding minilm."
    try:
        array = np.asarray(vectors, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise QAError(f"{name} did not return vectors of numbers of one length: {error}", hint) from error
    if array.ndim != 2 or array.shape[0] != count or not array.shape[1] or (dimensions and array.shape[1] != dimensions):
        wanted = f"[{count}, {dimensions or 'any'}]"
        raise QAError(f"{name} returned vectors of shape {list(array.shape)}, not {wanted}", hint)
    if not np.isfinite(array).all():
        raise QAError(f"{name} returned a vector with a value that is not a finite number", hint)
    return unit_vectors(array).astype(np.float32)
