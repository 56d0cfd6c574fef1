"""How near two words are in meaning, from the static vectors of the `wordllama` package: quick, without context."""

from functools import lru_cache
from pathlib import Path

import numpy as np


@lru_cache(maxsize=1)
def _model():
    import wordllama
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


@lru_cache(maxsize=32768)
def _vector(word: str) -> np.ndarray:
    return _model().embed([word], norm=True)[0]


def nearest(word: str, others: list[str]) -> tuple[float, int]:
    """The highest cosine of `word` with one of `others`, and which; (0, -1) without others."""
    if not others:
        return 0.0, -1
    cosines = np.stack([_vector(other) for other in others]) @ _vector(word)
    best = int(np.argmax(cosines))
    return float(cosines[best]), best


@lru_cache(maxsize=64)
def sentence_vectors(text: str, sentences: tuple[tuple[int, int], ...]) -> np.ndarray:
    """Unit vectors of the sentences of `text`, one a row; a sentence without words is a zero vector."""
    vectors = np.nan_to_num(_model().embed([text[start:end] for start, end in sentences], norm=False))
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
