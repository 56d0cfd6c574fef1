"""The vectors in Chroma: the only file that imports chromadb. What it holds can be made again from the manifest."""

import importlib
import shutil
import sys
import threading
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from qa.errors import LibraryLocked

COLLECTION = "passages"
BATCH = 1000


class Vectors:
    """A Chroma collection in `folder`, cosine space, opened at the first use.

    Chroma does not support two processes on one folder, so each use holds a file lock (milliseconds), and a process
    that sees a new manifest version opens its client anew. `Damaged` is raised when Chroma cannot read its own files.
    """

    class Damaged(Exception):
        """Chroma's files cannot be read: rebuild them from the manifest."""

    def __init__(self, folder: Path, *, lock_seconds: float):
        self._folder = folder
        self._lock = FileLock(folder.with_suffix(".lock"), timeout=lock_seconds, thread_local=False)
        self._threads = threading.RLock()
        self._opened = False
        self._client = None
        self._collection = None
        self._version = -1
        self._counted = -1  # how many passages the collection was seen to have since it was opened

    @contextmanager
    def _open(self, version: int):
        import chromadb.errors

        try:
            with self._threads, self._lock:
                if self._collection is None or version != self._version:
                    self._reopen()
                    self._version = version
                yield self._collection
        except Timeout:
            raise LibraryLocked("Another process has held the library's vectors too long", "Try again in a moment.") from None
        except (chromadb.errors.ChromaError, ValueError, OSError) as error:
            self.close()
            raise Vectors.Damaged(str(error)) from error

    def _reopen(self) -> None:
        import chromadb
        from chromadb.config import Settings

        self.close()
        self._opened = True
        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        self._client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
        configuration = {"hnsw": {"space": "cosine"}}
        self._collection = self._client.get_or_create_collection(COLLECTION, embedding_function=None, configuration=configuration)

    def close(self) -> None:
        """Lets go of the client, so that the next use reads the files afresh."""
        if self._opened:
            from chromadb.api.shared_system_client import SharedSystemClient

            self._client = self._collection = None
            self._counted = -1
            SharedSystemClient.clear_system_cache()  # it also remembers a client that failed to start

    @staticmethod
    def prepare() -> None:
        """Begins to import Chroma, which takes half a second, beside whatever else there is to do before a search."""
        if "chromadb" not in sys.modules:
            threading.Thread(target=importlib.import_module, args=("chromadb",), daemon=True).start()

    def search(self, vector: np.ndarray, *, limit: int, at_least: int, version: int) -> dict[str, float]:
        """Cosine similarity by passage id for the `limit` nearest passages. Fewer than `at_least` passages in all mean damage."""
        with self._open(version) as collection:
            if self._counted < at_least:
                self._counted = collection.count()
                if self._counted < at_least:
                    raise ValueError(f"{self._counted} passages where {at_least} should be")
            found = collection.query(query_embeddings=[vector.tolist()], n_results=limit, include=["distances"])
        return {passage_id: 1.0 - distance for passage_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)}

    def add(self, ids: Sequence[str], documents: Sequence[str], vectors: np.ndarray, *, version: int) -> None:
        """Adds passages, at most BATCH; ids that are there already are replaced (Chroma's add would keep the old ones)."""
        with self._open(version) as collection:
            collection.delete(ids=list(ids))
            collection.add(ids=list(ids), embeddings=vectors, metadatas=[{"document_id": d} for d in documents])

    def remove(self, ids: Sequence[str], *, version: int) -> None:
        with self._open(version) as collection:
            self._counted = -1
            for start in range(0, len(ids), BATCH):
                collection.delete(ids=list(ids[start : start + BATCH]))

    def wipe(self) -> None:
        """Deletes Chroma's files."""
        with self._threads, self._lock:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)
