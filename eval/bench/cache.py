"""An embedding that keeps what it computed in a folder, so that a second run of the benchmark takes seconds."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa.embedding import Embedder, EmbedsSentences, SentenceSpans


class CachedEmbedder:
    """`embedder` with a file of vectors in `folder` (None: none is kept). Vectors are those of `embedder`, whichever run made them."""

    def __init__(self, embedder: Embedder, folder: Path | None):
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self._embedder = embedder
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "vectors.sqlite3" if folder else ":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")

    def close(self) -> None:
        self._db.close()

    def embed(self, texts: Sequence[str], on_progress=None) -> np.ndarray:
        return self._stacked(texts, [b""] * len(texts), lambda missing: self._embedder.embed([texts[i] for i in missing]))

    def embed_question(self, question: str) -> np.ndarray:
        return self.embed([question])[0]

    def _stacked(self, texts, extra, compute) -> np.ndarray:
        return np.array([rows[0] for rows in self._lookup(texts, extra, compute)], dtype=np.float32).reshape(len(texts), self.dimensions)

    def _lookup(self, texts: Sequence[str], extra: Sequence[bytes], compute) -> list[np.ndarray]:
        """For each text its rows of vectors, float32 [rows, dimensions]."""
        keys = [hashlib.sha256(b"\0".join((self.name.encode(), more, text.encode("utf-8", "replace")))).digest()
                for text, more in zip(texts, extra, strict=True)]
        known = {}
        for key in keys:
            row = self._db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row:
                known[key] = row[0]
        missing = [i for i, key in enumerate(keys) if key not in known]
        if missing:
            fresh = {keys[i]: np.asarray(rows, np.float32).tobytes() for i, rows in zip(missing, compute(missing), strict=True)}
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", fresh.items())
            self._db.execute("COMMIT")
            known |= fresh
        return [np.frombuffer(known[key], np.float32).reshape(-1, self.dimensions) for key in keys]


class CachedWithSentences(CachedEmbedder):
    """The same for an embedding that gives its sentences' vectors too."""

    def embed_with_sentences(self, texts: Sequence[str], sentences: SentenceSpans, on_progress=None) -> tuple[np.ndarray, list[np.ndarray]]:
        """See `qa.embedding.EmbedsSentences`."""

        def compute(missing: list[int]) -> list[np.ndarray]:
            some = self._embedder.embed_with_sentences([texts[i] for i in missing], [sentences[i] for i in missing])
            return [np.vstack([vector[None], inner]) for vector, inner in zip(*some, strict=True)]

        found = self._lookup(texts, [repr(tuple(spans)).encode() for spans in sentences], compute)
        return np.array([rows[0] for rows in found]), [rows[1:] for rows in found]


def cached(embedder: Embedder, folder: Path | None) -> CachedEmbedder:
    """`embedder` with a cache in `folder`; it offers what `embedder` offers."""
    return (CachedWithSentences if isinstance(embedder, EmbedsSentences) else CachedEmbedder)(embedder, folder)
