"""Times as ratios, everything in one run on one machine: adding, adding again, asking, growing. See docs/retrieval.md."""

import platform
import resource
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.made import MadeVectors, questions, write_documents
from qa.embedding import Embedder, open_embedder
from qa.library import Library
from qa.library.rows import word_query
from qa.library.wording import words_asked
from qa.reading import read_file
from qa.records import Filters
from qa.settings import Settings
from qa.splitting import split

FILES = 442
ASKED = 100
SIZES = (1_000, 10_000, 100_000)
FILTER = Filters(since=date(2024, 6, 1))
"""Passed by about half of the made-up documents."""

Tell = Callable[[str, int, int], None]


def run(sizes: Sequence[int] = SIZES, *, tell: Tell) -> dict[str, Any]:
    """{"adding": …, "again": …, "growth": [one entry a size]}: seconds and ratios; times are wall time."""
    embedder = open_embedder(Settings())
    embedder.embed(["The first run is slower."])
    with tempfile.TemporaryDirectory(prefix="qa-speed-", ignore_cleanup_errors=True) as folder:
        adding = measure_adding(Path(folder), embedder, tell)
        growth = measure_growth(Path(folder), embedder, sizes, tell)
    return {"kind": "speed", "machine": f"{platform.machine()}, Python {platform.python_version()}", "adding": adding, "growth": growth}


def measure_adding(folder: Path, embedder: Embedder, tell: Tell) -> dict[str, Any]:
    """Adding FILES files, the embedding alone on the same passages, LlamaIndex's pipeline with the same embedding, and adding again."""
    tell("adding", 0, 4)
    files = write_documents(folder / "adding", 0, FILES)
    settings = Settings()
    passages = [p.text for f in files for d in read_file(f, max_mb=1) for p in split(d, passage_tokens=settings.passage_tokens)]
    alone = _seconds(lambda: embedder.embed(passages))
    tell("adding: the library", 1, 4)
    with Library(folder / "added", settings, embedder=embedder) as library:
        until_found, added = _added(library, folder / "adding", last=files[-1])
        again = _seconds(lambda: library.add(folder / "adding"))
        files[7].write_text(files[7].read_text() + "One more sentence stands here now.\n")
        changed = _seconds(lambda: library.add(folder / "adding"))
    tell("adding: LlamaIndex", 2, 4)
    peer = _seconds(lambda: _llama_index(files, folder / "peer", embedder))
    return {
        "files": FILES, "passages": len(passages), "embedding alone": alone, "library": added, "ratio to embedding alone": added / alone,
        "LlamaIndex": peer, "times quicker than LlamaIndex": peer / added, "found by words after reading": until_found,
        "unchanged folder": again, "unchanged, share of the first time": again / added, "one file changed": changed,
    }


def _added(library: Library, folder: Path, *, last: Path) -> tuple[float, float]:
    """Seconds from the end of reading until the file read last is found by its words, and seconds of the whole `add`."""
    wanted = " ".join(last.read_text().split()[:6])
    library.search(wanted)
    read = threading.Event()
    thread = threading.Thread(target=library.add, args=(folder,),
                              kwargs={"on_progress": lambda p: read.set() if p.stage == "reading" and p.done == p.total else None})
    began = time.perf_counter()
    thread.start()
    read.wait()
    ended = time.perf_counter()
    while not any(last.read_text().startswith(hit.passage.text[:40]) for hit in library.search(wanted)):
        time.sleep(0.01)
    found = time.perf_counter()
    thread.join()
    return found - ended, time.perf_counter() - began


def _llama_index(files: Sequence[Path], folder: Path, embedder: Embedder) -> None:
    """LlamaIndex's VectorStoreIndex as it comes: its splitter, ten texts in a call, Chroma as the store."""
    from eval.bench.llamaindex import as_llama_index, chroma_store, prepare_splitter
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex

    prepare_splitter()
    documents = SimpleDirectoryReader(input_files=[str(file) for file in files]).load_data()
    storage = StorageContext.from_defaults(vector_store=chroma_store(folder))
    VectorStoreIndex.from_documents(documents, storage_context=storage, embed_model=as_llama_index(embedder, batch=10))


def measure_growth(folder: Path, embedder: Embedder, sizes: Sequence[int], tell: Tell) -> list[dict[str, Any]]:
    """One library filled step by step (made-up vectors for passages, real ones for questions), asked at each size."""
    made = MadeVectors(embedder)
    found = []
    asked = questions(ASKED * len(sizes) * 2)
    with Library(folder / "grown", embedder=made) as library:
        before = 0
        for step, size in enumerate(sizes):
            tell(f"growth: adding up to {size:,}", step, len(sizes))
            files = folder / "growing" / str(size)
            write_documents(files, before + 1_000_000, size - before)
            seconds = _seconds(lambda files=files: library.add(files))
            tell(f"growth: asking at {size:,}", step, len(sizes))
            some = asked[2 * step * ASKED: 2 * (step + 1) * ASKED]
            found.append({"passages": size, "ms per added passage": 1000 * seconds / (size - before), **_asking(library, made, some),
                          "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
                          "on disk, KB a passage": _bytes(library.folder) / 1000 / size})
            before = size
    return found


def _asking(library: Library, embedder: Embedder, asked: Sequence[str]) -> dict[str, float]:
    """Milliseconds of questions asked for the first time: whole, filtered, and of the three parts alone."""
    for question in asked[:5]:
        library.search(question)
    first, second = asked[5: len(asked) // 2], asked[len(asked) // 2:]
    whole = [1000 * _seconds(lambda q=q: library.search(q)) for q in first]
    filtered = [1000 * _seconds(lambda q=q: library.search(q, filters=FILTER)) for q in second]
    parts = _parts(library, embedder, second)
    return {"p50": statistics.median(whole), "p95": float(np.percentile(whole, 95)), "filtered p50": statistics.median(filtered), **parts,
            "p50 to its parts": statistics.median(whole) / sum(parts.values()), "p95 to p50": float(np.percentile(whole, 95)) / statistics.median(whole)}


def _parts(library: Library, embedder: Embedder, asked: Sequence[str]) -> dict[str, float]:
    """Median milliseconds of embedding a question, of Chroma asked alone and of SQLite's BM25 asked alone, on the library's own files."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    client = chromadb.PersistentClient(str(library.folder / "chroma"), settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True))
    collection = client.get_collection("passages", embedding_function=None)
    words = sqlite3.connect(library.folder / "manifest.sqlite3")
    query = "SELECT rowid, bm25(words) FROM words WHERE words MATCH ? ORDER BY 2 LIMIT 100"
    embedding, near, bm25 = [], [], []
    for question in asked:
        question = question.replace("?", " ?")  # so that nothing is remembered of it
        embedding.append(_seconds(lambda q=question: embedder.embed_question(q)))
        vector = [embedder.embed_question(question).tolist()]
        near.append(_seconds(lambda v=vector: collection.query(query_embeddings=v, n_results=100, include=["distances"])))
        match = word_query(words_asked(question).values())
        bm25.append(_seconds(lambda m=match: words.execute(query, (m,)).fetchall()))
    words.close()
    return {name: 1000 * statistics.median(times) for name, times in (("embedding", embedding), ("vectors", near), ("BM25", bm25))}


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
