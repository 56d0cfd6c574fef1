"""What is measured: the library, and beside it the peers, all with the same embedding. Each finds places for a question."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np

from eval.bench.sets import Place
from qa.embedding import Embedder
from qa.library import Library
from qa.library.excerpts import EXACTNESS
from qa.library.rows import word_query
from qa.library.wording import words_asked
from qa.reading import read_file
from qa.settings import Settings
from qa.splitting import split

SHORT = 0.6
"""The exactness of short excerpts."""
RANK_CONSTANT = 60
"""Of reciprocal rank fusion: Cormack, Clarke and Büttcher 2009."""


class System(Protocol):
    """`find` gives at most `wanted` places, best first."""

    name: str

    def find(self, question: str, wanted: int) -> Sequence[Place]: ...


class Own:
    """The library, filled by `Library.add` from files and asked by `Library.search`: the road that every question takes.

    With `exactness` it is asked for excerpts of that exactness instead of passages.
    """

    def __init__(self, library: Library, *, name: str = "this project", exactness: float | None = None):
        self.name = name
        self._library = library
        self._exactness = exactness
        self._names = {document.id: document.name for document in library.documents()}

    def find(self, question: str, wanted: int) -> list[Place]:
        if self._exactness is None:
            hits = self._library.search(question, wanted)
        else:
            hits = self._library.excerpts(question, wanted, exactness=self._exactness)
        return [Place(self._names[hit.passage.document_id], hit.passage.start, hit.passage.end) for hit in hits]


class Baseline:
    """Ranks the library's own passages by one plain method: "BM25", "dense" or "rank fusion" of both."""

    def __init__(self, name: str, pool: "Pool"):
        self.name = name
        self._pool = pool

    def find(self, question: str, wanted: int) -> list[Place]:
        order = {"BM25": self._pool.by_words, "dense": self._pool.by_meaning, "rank fusion": self._pool.by_ranks}[self.name](question)
        return [self._pool.places[number] for number in order[:wanted]]


class Pool:
    """The passages of a folder's documents with their vectors and a keyword index in memory."""

    def __init__(self, files: Sequence[Path], settings: Settings, embedder: Embedder):
        self.places: list[Place] = []
        texts = []
        for file in files:
            for document in read_file(file, max_mb=settings.max_file_mb):
                for passage in split(document, passage_tokens=settings.passage_tokens):
                    self.places.append(Place(document.name, passage.start, passage.end))
                    texts.append(passage.text)
        self._embedder = embedder
        self._vectors = embedder.embed(texts)
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='porter unicode61 remove_diacritics 2')")
        self._db.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(texts))

    def by_words(self, question: str) -> list[int]:
        """Passage numbers by BM25 as SQLite computes it (k1 = 1.2, b = 0.75), those that share a content word."""
        query = word_query(words_asked(question).values())
        rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words), rowid", (query,)) if query else ()
        return [number for (number,) in rows]

    def by_meaning(self, question: str) -> list[int]:
        """Passage numbers by cosine."""
        return np.argsort(-(self._vectors @ self._embedder.embed_question(question)), kind="stable").tolist()

    def by_ranks(self, question: str) -> list[int]:
        """Passage numbers by the sum of 1 / (RANK_CONSTANT + rank) over both lists."""
        scores: dict[int, float] = {}
        for order in (self.by_words(question), self.by_meaning(question)):
            for rank, number in enumerate(order, 1):
                scores[number] = scores.get(number, 0.0) + 1 / (RANK_CONSTANT + rank)
        return sorted(scores, key=lambda number: (-scores[number], number))


@contextmanager
def opened(texts: Mapping[str, str], settings: Settings, embedder: Embedder, *, excerpts: bool, peers: bool) -> Iterator[list[System]]:
    """The systems over these documents, each with its index; removed at the end."""
    from eval.bench.llamaindex import LlamaIndexChroma

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qa-bench-", ignore_cleanup_errors=True)))
        files = written(texts, folder / "documents")
        library = stack.enter_context(Library(folder / "library", settings, embedder=embedder))
        library.add(folder / "documents")
        systems: list[System] = [Own(library)]
        if excerpts:
            systems += [Own(library, name="this project, excerpts", exactness=EXACTNESS),
                        Own(library, name="this project, short excerpts", exactness=SHORT)]
        if peers:
            pool = Pool(files, settings, embedder)
            systems += [Baseline(name, pool) for name in ("BM25", "dense", "rank fusion")]
            systems.append(LlamaIndexChroma(texts, folder / "peer", embedder))
        yield systems


def written(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """The texts as files of these names in `folder`, characters unchanged."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return [folder / name for name in texts]
