"""How near two words are in meaning, from the static vectors of the `wordllama` package: quick, without context."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from qa.weights import find_file, map_file, read_safetensors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE, TABLE, TOKENIZER = "wordllama", "l2_supercat_256.safetensors", "l2_supercat_tokenizer_config.json"
HINT = 'Run "pip install wordllama".'


class WordVectors:
    """The vectors of word pieces that the package ships. Its own loader turns all of them into 32-bit floats, a quarter of a second at every
    start; here only those that are asked for are read."""

    def __init__(self, table: np.ndarray, tokenizer: "Tokenizer"):
        self.width = table.shape[1]
        self._table = table
        self._tokenizer = tokenizer

    def pieces(self, word: str) -> tuple[int, ...]:
        """The rows of the table that make up a word."""
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids
        return tuple(min(piece, len(self._table) - 1) for piece in ids)

    def mean(self, pieces: Sequence[int]) -> np.ndarray:
        """Float32 [width]: the mean of some rows of the table."""
        return self._table[list(pieces)].astype(np.float32).mean(axis=0)


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """The vectors, opened once. SettingsError when the package is not installed."""
    from tokenizers import Tokenizer

    path = find_file(PACKAGE, TABLE, hint=HINT)
    (table,) = read_safetensors(map_file(path), path=path).values()
    return WordVectors(table, Tokenizer.from_file(str(find_file(PACKAGE, TOKENIZER, hint=HINT))))


@lru_cache(maxsize=32768)
def _vector(word: str) -> np.ndarray:
    pieces = word_vectors().pieces(word)
    if not pieces:
        return np.zeros(word_vectors().width, np.float32)
    vector = word_vectors().mean(pieces)
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


@lru_cache(maxsize=1024)
def _vectors(words: tuple[str, ...]) -> np.ndarray:
    """Float32 [words, dimensions]; kept, since every word of a question is compared with the same sentences."""
    return np.stack([_vector(word) for word in words])


def nearest(word: str, others: list[str]) -> float:
    """The highest cosine of `word` with one of `others`, in [-1, 1]; 0 without others."""
    return float((_vectors(tuple(others)) @ _vector(word)).max()) if others else 0.0
