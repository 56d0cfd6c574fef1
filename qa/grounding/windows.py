"""For a sentence of a claim, the one to three neighbouring source sentences that say most of it."""

from dataclasses import dataclass

import numpy as np

from qa.grounding.lexicon import akin, opposites, synonyms
from qa.grounding.prepared import Prepared, Word

EXACT, ALIKE, OPPOSED = 1.0, 0.85, 0.3
LONGEST = 3
_EXTRA_SENTENCE = 0.06  # what a longer window must add, as a share of the claim's weight


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences `first` to `last` of source number `source`; `coverage` in [0, 1] is the share of the claim they say."""

    source: int
    first: int
    last: int
    coverage: float


def weight(word: Word, source: Prepared) -> float:
    """How much a claim's word tells: words that many sentences of the source share tell less."""
    spread = len(source.places.get(word.stem, ())) / max(4, len(source.sentences))
    return 1.0 / (1.0 + spread)


def matches(words: tuple[Word, ...], source: Prepared) -> np.ndarray:
    """How well each claim word (row) is said in each source sentence (column): 1 the same word, less for its kin."""
    table = np.zeros((len(words), len(source.sentences)))
    for row, word in enumerate(words):
        options = [(other, ALIKE) for other in synonyms(word.stem)] + [(other, OPPOSED) for other in opposites(word.stem)]
        for other, quality in options:
            for place in source.places.get(other, ()):
                column = source.words[place].sentence
                table[row, column] = max(table[row, column], quality)
        for place in source.places.get(word.stem, ()):
            table[row, source.words[place].sentence] = EXACT
        if word.stem not in source.places:
            for other in _relatives(word.stem, source):
                for place in source.places[other]:
                    column = source.words[place].sentence
                    table[row, column] = max(table[row, column], ALIKE)
    return table


def _relatives(stem: str, source: Prepared) -> list[str]:
    return [other for other in source.places if other[0] == stem[0] and akin(stem, other)]


def best_windows(words: tuple[Word, ...], source: Prepared, number: int, *, keep: int = 1) -> list[Window]:
    """The windows of source `number` that cover the claim's `words` best, best first; earlier and shorter ones win ties."""
    if not words:
        return []
    weights = np.array([weight(word, source) for word in words])
    table = matches(words, source)
    found = []
    reach = table.copy()
    for length in range(1, LONGEST + 1):
        if length > 1:
            if table.shape[1] < length:
                break
            reach = np.maximum(reach[:, :-1], table[:, length - 1:])
        covered = weights @ reach / weights.sum()
        order = np.argsort(-covered, kind="stable")[:keep]
        found += [(covered[first] - _EXTRA_SENTENCE * (length - 1), -length, -int(first), float(covered[first])) for first in order]
    found.sort(reverse=True)
    return [Window(number, -first, -first - length_ - 1, cover) for _, length_, first, cover in found[:keep]]
