"""For a sentence of a claim, the one to three source sentences that say most of it."""

from dataclasses import dataclass
from math import log

import numpy as np

from qa.grounding.lexicon import akin, is_light, opposites, synonyms
from qa.grounding.meaning import sentence_vectors
from qa.grounding.prepared import Prepared, Word

EXACT, ALIKE, OPPOSED = 1.0, 0.85, 0.3
MOST = 3
_MEANING = 0.5  # what the nearness in meaning of a whole sentence adds, against the share of words it says
_BESIDE = 0.08  # bonus for a sentence next to one already chosen
_WORTH = 0.28  # what one more sentence must bring
LIGHT, CAPITAL = 0.3, 1.5


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of the source numbered `source`, in order; `coverage` in [0, 1] is the share of the claim's words they say."""

    source: int
    sentences: tuple[int, ...]
    coverage: float


def weight(word: Word, claim: Prepared) -> float:
    """How much a claim's word tells: names more than other words, words that say little less."""
    if is_light(word.stem):
        return LIGHT
    return CAPITAL if claim.text[word.start].isupper() else 1.0


def matches(words: tuple[Word, ...], source: Prepared) -> np.ndarray:
    """How well each claim word (row) is said in each source sentence (column): 1 the same word, less for its kin."""
    table = np.zeros((len(words), len(source.sentences)))
    for row, word in enumerate(words):
        for quality, others in ((OPPOSED, opposites(word.stem)), (ALIKE, synonyms(word.stem)), (ALIKE, relatives(word.stem, source))):
            for other in others & source.places.keys():
                for place in source.places[other]:
                    column = source.words[place].sentence
                    table[row, column] = max(table[row, column], quality)
        for place in source.places.get(word.stem, ()):
            table[row, source.words[place].sentence] = EXACT
    return table


def relatives(stem: str, source: Prepared) -> frozenset[str]:
    """Stems of the source that belong to the word family of `stem`."""
    return frozenset(other for other in source.beginnings.get(stem[:4], ()) if akin(stem, other) and other not in opposites(stem))


def best_window(words: tuple[Word, ...], claim: Prepared, source: Prepared, number: int) -> Window | None:
    """The best sentences of source `number` for the claim's `words`: the one that says most and is nearest in meaning,
    then up to two more while each brings enough that is new. None when no word is said anywhere."""
    table = matches(words, source)
    if not table.any():
        return None
    count = table.shape[1]
    spread = (table >= ALIKE).sum(axis=1)
    weights = np.array([weight(word, claim) for word in words]) * (np.log((count + 1) / (spread + 0.5)).clip(0.05) / log(count + 1))
    meaning = _MEANING * (sentence_vectors(source) @ sentence_vectors(claim)[words[0].sentence]).clip(0)
    have = np.zeros(len(words))
    chosen: list[int] = []
    while len(chosen) < MOST:
        gain = weights @ (np.maximum(table, have[:, None]) - have[:, None]) / weights.sum()
        value = gain + meaning * (gain > 0)
        for sentence in chosen:
            value[max(0, sentence - 1):sentence + 2] += _BESIDE * (gain[max(0, sentence - 1):sentence + 2] > 0)
        value[chosen] = -1
        best = int(np.argmax(value))
        if chosen and value[best] < _WORTH:
            break
        chosen.append(best)
        have = np.maximum(have, table[:, best])
    return Window(number, tuple(sorted(chosen)), float(weights @ have / weights.sum()))
