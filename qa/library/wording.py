"""The words of passages and questions as numbers: what a passage says, sentence by sentence, compared without reading its text."""

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from qa.language.words import STOPWORDS, WORD, stem, tokens

NEW_SENTENCE = 0


def code(word_stem: str) -> int:
    """A number from 1 to 2³¹ - 1 for a stem. Two stems share one with a probability of 5 in 10¹⁰, which costs a little rank."""
    return zlib.crc32(word_stem.encode("utf-8", "replace")) & 0x7FFFFFFF or 1


def encoded(text: str, sentences: Sequence[tuple[int, int]]) -> bytes:
    """The stems of each sentence (spans of `text`) as int32 codes in order, NEW_SENTENCE before each sentence."""
    codes: list[int] = []
    for start, end in sentences:
        codes.append(NEW_SENTENCE)
        codes += map(_code_of_word, WORD.findall(text, start, end))
    return np.array(codes, np.int32).tobytes()


@lru_cache(maxsize=65536)
def _code_of_word(word: str) -> int:
    return code(stem(word))


def words_asked(question: str) -> dict[str, str]:
    """The question's content words by stem, in order (all words when it has none but stopwords)."""
    words = [token.text.lower() for token in tokens(question)]
    content = [word for word in words if word.replace("’", "'") not in STOPWORDS] or words
    return {stem(word): word for word in reversed(content)}
