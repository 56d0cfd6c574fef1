"""How near two sentences are in meaning, from the static word vectors of the `wordllama` package: quick, without context."""

from functools import lru_cache

import numpy as np

from qa.grounding.prepared import Prepared
from qa.language.nearness import word_vectors


@lru_cache(maxsize=65536)
def _pieces(word: str) -> tuple[int, ...]:
    """The rows of the model's table that make up a word; kept, because asking the tokenizer is the slow part."""
    return word_vectors().pieces(word)


@lru_cache(maxsize=64)
def sentence_vectors(text: Prepared) -> np.ndarray:
    """Unit vectors of the sentences of `text`, one a row: the mean of its words. A sentence without words is a zero vector."""
    vectors = word_vectors()
    rows = np.zeros((len(text.sentences), vectors.width), dtype=np.float32)
    for number in range(len(text.sentences)):
        pieces = [piece for word in text.words_of(number) for piece in _pieces(text.text[word.start:word.end])]
        if pieces:
            rows[number] = vectors.mean(pieces)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def likeness(claim: Prepared, sentence: int, source: Prepared, window: tuple[int, ...]) -> float:
    """The cosine of a claim's sentence and the sentences of `window` together, each by its number of words."""
    together = sum(sentence_vectors(source)[number] * len(source.words_of(number)) for number in window)
    length = float(np.linalg.norm(together))
    return float(sentence_vectors(claim)[sentence] @ together) / length if length else 0.0
