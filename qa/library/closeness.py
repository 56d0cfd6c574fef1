"""How near candidates are to a question: what their words and their vectors tell, put together into one score."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.library.fusion import scaled
from qa.library.wording import NEW_SENTENCE

BM25, SAID, SAID_TOGETHER = 0.3, 0.3, 0.4
"""Weights in the word score: BM25 of the passage; the share of the question's words (rare ones count more) that it says; the largest
such share that two neighbouring sentences say."""
PASSAGE, SENTENCE = 1 / 3, 2 / 3
"""Weights in the score by meaning: cosine with the passage; the largest cosine with one of its sentences."""
NEIGHBOUR = 0.1
"""What the better one of the passages before and after adds, as a share of its own score."""
PART = 0.5
"""What the clause that a passage is nearest to adds to its score for the whole question, as a share of its score for that clause."""
DATED = 0.2
"""What it adds that a passage's document was published in a month, or on a day, that the question names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that a search found: its vector (float32, None before it is embedded), those of its sentences (int8, [sentences,
    dimensions], none for embeddings that give none) and its words (as `wording.encoded` gives them)."""

    number: int
    document_id: str
    vector: np.ndarray | None
    sentences: np.ndarray
    words: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a question asks for: its vector, BM25 scores by passage number, and the rarity of each of its words by code."""

    vector: np.ndarray
    bm25: Mapping[int, float]
    rarity: Mapping[int, float]


def closeness(candidates: Sequence[Candidate], wanted: Wanted, *, meaning_weight: float) -> dict[int, float]:
    """The score of each candidate in [0, 1] by number. Scores of one question compare, those of two questions do not."""
    if not candidates:
        return {}
    bm25 = scaled(np.array([wanted.bm25.get(candidate.number, 0.0) for candidate in candidates]))
    whole, together = shares_said(candidates, wanted.rarity)
    words = BM25 * bm25 + SAID * whole + SAID_TOGETHER * together
    passage, sentence = cosines(candidates, wanted.vector)
    meaning = PASSAGE * scaled(passage) + SENTENCE * scaled(sentence)
    return _with_neighbours(candidates, meaning_weight * meaning + (1 - meaning_weight) * words)


def with_parts(scores: Mapping[int, float], parts: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """The scores for a question by number, together with those of the same candidates for its clauses."""
    return {number: (score + PART * max(part[number] for part in parts)) / (1 + PART) for number, score in scores.items()}


def with_dates(scores: Mapping[int, float], dated: Collection[int]) -> dict[int, float]:
    """The scores by number, higher for the candidates that are `dated` as the question says."""
    return {number: (score + DATED * (number in dated)) / (1 + DATED) for number, score in scores.items()}


def cosines(candidates: Sequence[Candidate], vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cosine of the question with each passage, and the largest with one of its sentences (the passage's own where it has none).
    A passage that is not embedded yet counts as the farthest."""
    known = [candidate.vector is not None for candidate in candidates]
    passage = np.full(len(candidates), np.inf)
    if any(known):
        passage[known] = np.array([candidate.vector for candidate in candidates if candidate.vector is not None]) @ vector
    passage[np.isinf(passage)] = passage.min() if any(known) else 0.0
    sentence = passage.copy()
    lengths = [len(candidate.sentences) for candidate in candidates]
    if any(lengths):
        near = np.concatenate([candidate.sentences for candidate in candidates if len(candidate.sentences)]).astype(np.float32) @ vector
        ends = np.cumsum([length for length in lengths if length])
        sentence[np.array(lengths) > 0] = np.maximum.reduceat(near, np.concatenate([[0], ends[:-1]])) / SENTENCE_SCALE
    return passage, sentence


def shares_said(candidates: Sequence[Candidate], rarity: Mapping[int, float]) -> tuple[np.ndarray, np.ndarray]:
    """The share in [0, 1] of the question's words, by rarity, that each passage says, and the largest that two neighbouring
    sentences of it say."""
    total = sum(rarity.values())
    if not total:
        return np.zeros(len(candidates)), np.zeros(len(candidates))
    said, begins = sentences_saying(candidates, rarity)
    weights = np.array([rarity[code] for code in sorted(rarity)]) / total
    both = said.copy()
    both[:-1] |= said[1:]
    last = np.concatenate([begins[1:], [len(said)]]) - 1
    both[last] = said[last]  # the sentence after the last one is another passage's
    return np.logical_or.reduceat(said, begins) @ weights, np.maximum.reduceat(both @ weights, begins)


def sentences_saying(candidates: Sequence[Candidate], rarity: Mapping[int, float]) -> tuple[np.ndarray, np.ndarray]:
    """Which sentence says which word: bool, [sentences of all candidates, words in the order of their codes]; and where in it each
    candidate's sentences begin."""
    codes = np.concatenate([candidate.words for candidate in candidates])
    asked = np.array(sorted(rarity), np.int32)
    sentence = np.cumsum(codes == NEW_SENTENCE) - 1
    word = np.searchsorted(asked, codes).clip(max=len(asked) - 1)
    hits = asked[word] == codes
    said = np.zeros((int(sentence[-1]) + 1, len(asked)), bool)
    said[sentence[hits], word[hits]] = True
    counts = [int((candidate.words == NEW_SENTENCE).sum()) for candidate in candidates]
    return said, np.concatenate([[0], np.cumsum(counts)[:-1]])


SENTENCE_SCALE = 400.0
"""Sentence vectors are kept as whole numbers from -127 to 127: their components, which seldom exceed 0.3, times this."""


def quantised(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length 1 as int8, times SENTENCE_SCALE."""
    return np.clip(np.rint(vectors * SENTENCE_SCALE), -127, 127).astype(np.int8)


def _with_neighbours(candidates: Sequence[Candidate], scores: np.ndarray) -> dict[int, float]:
    by_place = {(candidate.document_id, candidate.number): float(score) for candidate, score in zip(candidates, scores, strict=True)}
    return {
        number: (score + NEIGHBOUR * max(by_place.get((document, number - 1), 0.0), by_place.get((document, number + 1), 0.0))) / (1 + NEIGHBOUR)
        for (document, number), score in by_place.items()
    }
