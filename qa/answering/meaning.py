"""Cosines of a question with sentences, the sentences' vectors kept between questions."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from qa.embedding import Embedder

KEPT = 20_000
"""How many sentence vectors are kept (some 30 MB with MiniLM), the newest."""


class SentenceVectors:
    """Embeds each sentence once for as long as it is asked about. Safe to use from several threads."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder
        self._kept: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def similarity(self, question: str, sentences: Sequence[str]) -> list[float]:
        """The cosine of the question with each sentence, rounded to 4 digits: a vector's last digits depend on the batch it was in."""
        with self._lock:
            missing = [text for text in dict.fromkeys(sentences) if text not in self._kept]
        fresh = dict(zip(missing, self._embedder.embed(missing), strict=True)) if missing else {}
        with self._lock:
            vectors = [fresh[text] if text in fresh else self._kept.get(text) for text in sentences]
            self._keep(fresh)
        if any(vector is None for vector in vectors):  # dropped by another thread in between
            return self.similarity(question, sentences)
        asked = self._embedder.embed_question(question)
        return [round(float(vector @ asked), 4) for vector in vectors]

    def _keep(self, fresh: dict[str, np.ndarray]) -> None:
        self._kept.update(fresh)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
