"""An embedding for tests: quick, without files, the same everywhere."""

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qa.language.words import content_stems
from qa.records import Progress

if TYPE_CHECKING:
    import numpy


class TinyEmbedder:
    """An embedding without a model: each stem of a text adds 1 or -1 at a place that its digest picks.

    Texts that share words are alike and texts that share none are nearly at right angles; synonyms mean nothing to it.
    See `qa.embedding.Embedder`.
    """

    def __init__(self, dimensions: int = 256):
        self.name = f"tiny/{dimensions}"
        self.dimensions = dimensions

    def embed(self, texts: Sequence[str], on_progress: Callable[[Progress], None] | None = None) -> "numpy.ndarray":
        """The vectors of the texts: float32, [number of texts, dimensions], of length 1 (0 without a content word)."""
        import numpy

        began = time.monotonic()
        vectors = numpy.zeros((len(texts), self.dimensions), numpy.float32)
        for row, text in enumerate(texts):
            for stem in content_stems(text):
                digest = int.from_bytes(hashlib.blake2b(stem.encode("utf-8", "replace"), digest_size=8).digest(), "little")
                vectors[row, (digest >> 1) % self.dimensions] += 1 if digest & 1 else -1
            if on_progress:
                on_progress(Progress(stage="embedding", done=row + 1, total=len(texts), seconds=time.monotonic() - began))
        lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / numpy.where(lengths > 0, lengths, 1)

    def embed_question(self, question: str) -> "numpy.ndarray":
        """The vector of one question: float32, [dimensions]."""
        return self.embed([question])[0]
