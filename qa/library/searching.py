"""Finds passages: by words in the manifest, by meaning in Chroma, both scores for whatever either finds, then the fusion."""

from collections.abc import Callable

import numpy as np

from qa.embedding import Embedder
from qa.library.fusion import convex, with_quota
from qa.library.manifest import Manifest
from qa.library.vectors import Vectors
from qa.records import FoundBy, Hit
from qa.settings import Settings

CANDIDATES = 100
"""How many passages each of the two searches hands to the fusion."""
EXACT = 2000
"""Up to this many passages pass a filter, their similarities are computed one by one; above, Chroma is asked for more and filtered."""


class Searcher:
    """`repair` is called when Chroma's files turn out to be damaged; the search is then done once more."""

    def __init__(self, manifest: Manifest, vectors: Vectors, settings: Settings, *, embedder: Callable[[], Embedder], repair: Callable[[], None]):
        self._manifest = manifest
        self._vectors = vectors
        self._settings = settings
        self._embedder = embedder
        self._repair = repair

    def passages(self, question: str, *, limit: int, documents: set[str] | None) -> list[Hit]:
        """The passages nearest to the question, best first, at most `limit`, of these documents (None: of all)."""
        vector = self._embedder().embed_question(question)
        words = self._manifest.find_words(question, limit=CANDIDATES, documents=documents)
        near = self._nearest(vector, documents)
        found = self._manifest.passages(sorted(words.keys() | near.keys()))
        all_words = words | self._manifest.word_scores(question, [number for number in found if number not in words])
        all_words = {number: score for number, score in all_words.items() if number in found}
        all_meaning = {number: float(stored @ vector) for number, (_, stored) in found.items() if stored is not None}
        scores = convex(all_words, all_meaning, meaning_weight=self._settings.meaning_weight)
        order = sorted(scores, key=lambda number: (-scores[number], number))
        ranked = [(number, found[number][0].document_id) for number in order]
        chosen = with_quota(ranked, limit=limit, per_document=self._settings.per_document)
        return [Hit(passage=found[n][0], score=scores[n], found_by=_found_by(n, words, near)) for n in chosen]

    def _nearest(self, vector: np.ndarray, documents: set[str] | None) -> dict[int, float]:
        wanted = CANDIDATES
        if documents is not None:
            inside, total = self._manifest.passage_count(documents=documents), self._manifest.passage_count()
            if inside <= EXACT:
                return self._nearest_exactly(vector, documents)
            wanted = min(total, CANDIDATES * total * 2 // inside)
        found = self._ask_chroma(vector, wanted)
        numbers = self._manifest.numbers(list(found))  # leaves out what the library no longer has
        near = {numbers[passage_id]: score for passage_id, score in found.items() if passage_id in numbers}
        if documents is None:
            return near
        passages = self._manifest.passages(list(near))
        allowed = {number: near[number] for number, (passage, _) in passages.items() if passage.document_id in documents}
        return dict(list(allowed.items())[:CANDIDATES])

    def _ask_chroma(self, vector: np.ndarray, limit: int) -> dict[str, float]:
        try:
            return self._ask_chroma_once(vector, limit)
        except Vectors.Damaged:
            self._repair()
            return self._ask_chroma_once(vector, limit)

    def _ask_chroma_once(self, vector: np.ndarray, limit: int) -> dict[str, float]:
        # counted before Chroma is asked: it never has fewer than are marked as being there
        least = self._manifest.passage_count(in_chroma=True)
        return self._vectors.search(vector, limit=limit, at_least=least, version=self._manifest.version())

    def _nearest_exactly(self, vector: np.ndarray, documents: set[str]) -> dict[int, float]:
        numbers, vectors = self._manifest.vectors(documents)
        if not numbers:
            return {}
        similarities = vectors @ vector
        best = (-similarities).argsort(kind="stable")[:CANDIDATES]
        return {numbers[i]: float(similarities[i]) for i in best}


def _found_by(number: int, words: dict, near: dict) -> FoundBy:
    if number in words and number in near:
        return "both"
    return "words" if number in words else "meaning"
