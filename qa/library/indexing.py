"""Keeps the vectors equal to the manifest: embeds what has no vector yet, and brings Chroma up to date."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from qa.embedding import Embedder, EmbedsSentences
from qa.library.manifest import Manifest
from qa.library.vectors import BATCH, Vectors
from qa.records import Progress

EMBED_AT_ONCE = 256

OnProgress = Callable[[Progress], None]


class Indexer:
    """Works for one writer at a time; every step can be interrupted and is then finished by the next `bring_up_to_date`."""

    def __init__(self, manifest: Manifest, vectors: Vectors, embedder: Callable[[], Embedder]):
        self._manifest = manifest
        self._vectors = vectors
        self._embedder = embedder

    def is_up_to_date(self) -> bool:
        return not (self._manifest.gone() or self._manifest.pending(1) or self._manifest.without_vector())

    def bring_up_to_date(self, on_progress: OnProgress | None = None) -> None:
        """Does nothing when all passages are embedded and in Chroma, and no others."""
        self._embed(on_progress)
        try:
            self._copy_to_chroma()
        except Vectors.Damaged:
            self.rebuild()

    def rebuild(self) -> None:
        """Makes Chroma's files anew from the vectors in the manifest."""
        self._vectors.wipe()
        self._manifest.forget_chroma()
        self._copy_to_chroma()

    def _embed(self, on_progress: OnProgress | None) -> None:
        waiting = self._manifest.without_vector()
        began = time.monotonic()
        for start in range(0, len(waiting), EMBED_AT_ONCE):
            if on_progress:
                on_progress(Progress(stage="embedding", done=start, total=len(waiting), seconds=time.monotonic() - began))
            self._embed_some(waiting[start : start + EMBED_AT_ONCE])
        if on_progress and waiting:
            on_progress(Progress(stage="embedding", done=len(waiting), total=len(waiting), seconds=time.monotonic() - began))

    def _embed_some(self, numbers: Sequence[int]) -> None:
        embedder, passages = self._embedder(), self._manifest.passages(numbers).values()
        texts, sentences = [passage.text for passage in passages], None
        if isinstance(embedder, EmbedsSentences):
            spans = [[(start - passage.start, end - passage.start) for start, end in passage.sentences] for passage in passages]
            vectors, sentences = embedder.embed_with_sentences(texts, spans)
        else:
            vectors = embedder.embed(texts)
        self._manifest.set_vectors(numbers, vectors, sentences)

    def _copy_to_chroma(self) -> None:
        gone = self._manifest.gone()
        if gone:
            self._vectors.remove(gone, version=self._manifest.version())
            self._manifest.clear_gone(gone)
        while rows := self._manifest.pending(BATCH):
            numbers, ids, documents, vectors = zip(*rows, strict=True)
            self._vectors.add(ids, documents, _stacked(vectors), version=self._manifest.version())
            self._manifest.mark_in_chroma(numbers)


def _stacked(vectors: Sequence[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(vectors), dtype=np.float32).reshape(len(vectors), -1)
