"""How near two words are in meaning, from the static vectors of the `wordllama` package: quick, without context."""

from functools import lru_cache
from pathlib import Path

import numpy as np


@lru_cache(maxsize=1)
def word_vectors():
    """The `wordllama` model that ships with its package, loaded once (0.1 s and the import, 0.5 s)."""
    import wordllama

    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


@lru_cache(maxsize=32768)
def _vector(word: str) -> np.ndarray:
    return word_vectors().embed([word], norm=True)[0]


@lru_cache(maxsize=1024)
def _vectors(words: tuple[str, ...]) -> np.ndarray:
    """Float32 [words, dimensions]; kept, since every word of a question is compared with the same sentences."""
    return np.stack([_vector(word) for word in words])


def nearest(word: str, others: list[str]) -> float:
    """The highest cosine of `word` with one of `others`, in [-1, 1]; 0 without others."""
    return float((_vectors(tuple(others)) @ _vector(word)).max()) if others else 0.0
