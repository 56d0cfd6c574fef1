"""Whether a text says a word: the word itself, one of its family, a synonym, or something near in meaning."""

from collections.abc import Mapping
from functools import lru_cache

from qa.grounding.lexicon import synonyms
from qa.language.nearness import nearest
from qa.language.words import STOPWORDS, stem, tokens

NEAR = 0.7
"""How much a word counts at most that is only near in meaning (static vectors)."""
FAR_BELOW, SAME_FROM = 0.2, 0.6
"""Cosines of two words' static vectors: below the first they have nothing in common, from the second they count NEAR."""


@lru_cache(maxsize=2048)
def words_of(text: str) -> Mapping[str, str]:
    """The words of a text by stem; numbers too."""
    return {stem(token.text): token.text.lower() for token in tokens(text) if token.text.lower() not in STOPWORDS or token.text.isupper()}


def said(term: str, word: str, words: Mapping[str, str]) -> float:
    """1 when the stem itself is there, 0.8 for a word of the same family or a listed synonym, up to NEAR for a word near in
    meaning, 0 else. A number is said or it is not."""
    if term in words:
        return 1.0
    if term[:1].isdigit():
        return 0.0
    if any(other in words for other in synonyms(term)):
        return 0.8
    # "Iran" and "Iranian", "deploy" and "deployment": one is the beginning of the other
    if len(term) >= 4 and any(_same_family(term, other) for other in words if other[:4] == term[:4]):
        return 0.8
    cosine = nearest(word.lower(), list(words.values()))
    return min(NEAR, max(0.0, (cosine - FAR_BELOW) / (SAME_FROM - FAR_BELOW) * NEAR))


def _same_family(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and len(long) - len(short) <= min(4, len(short) - 2)


def matches(term: str, words: Mapping[str, str]) -> bool:
    """Whether a word, one of its family or a listed synonym is there."""
    if term in words or any(other in words for other in synonyms(term)):
        return True
    return len(term) > 3 and any(_same_family(term, other) for other in words if other[:4] == term[:4])
