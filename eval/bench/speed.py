"""Times as ratios, everything in one run on one machine: adding, adding again, asking, growing. See docs/retrieval.md."""

import math
import platform
import resource
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
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
CLOCKS: Mapping[str, Callable[[], float]] = {"wall": time.perf_counter, "cpu": time.process_time}


class Watch:
    """Takes times by the clock named: "wall", or "cpu", the processor time of all threads, for a machine that others use too."""

    def __init__(self, clock: str):
        self._now = CLOCKS[clock]

    def seconds(self, call: Callable[[], object]) -> float:
        """How long the call takes."""
        began = self._now()
        call()
        return self._now() - began


def run(sizes: Sequence[int] = SIZES, *, clock: str = "wall", tell: Tell) -> dict[str, Any]:
    """{"adding": …, "growth": [one entry a size]}: seconds, milliseconds and ratios by the clock named."""
    watch = Watch(clock)
    embedder = open_embedder(Settings())
    embedder.embed(["The first run is slower."])
    with tempfile.TemporaryDirectory(prefix="qa-speed-", ignore_cleanup_errors=True) as folder:
        adding = measure_adding(Path(folder), embedder, watch, tell)
        growth = measure_growth(Path(folder), embedder, sizes, watch=watch, tell=tell)
    return {"kind": "speed", "clock": clock, "machine": f"{platform.machine()}, Python {platform.python_version()}",
             "adding": adding, "growth": growth}


def measure_adding(folder: Path, embedder: Embedder, watch: Watch, tell: Tell) -> dict[str, Any]:
    """Adding FILES files, the embedding alone on the same passages, LlamaIndex's pipeline with the same embedding, and adding again."""
    tell("adding", 0, 4)
    files = write_documents(folder / "adding", 0, FILES)
    settings = Settings()
    passages = [p.text for f in files for d in read_file(f, max_mb=1) for p in split(d, passage_tokens=settings.passage_tokens)]
    with Library(folder / "first", settings, embedder=embedder) as library:  # what is imported and opened at the first use counts for neither
        library.add(write_documents(folder / "beside", 500_000, 1))
        library.search("What is known?")
    alone = watch.seconds(lambda: embedder.embed(passages))
    tell("adding: the library", 1, 4)
    with Library(folder / "added", settings, embedder=embedder) as library:
        waited: list[float] = []
        added = watch.seconds(lambda: waited.append(_found_after(library, folder / "adding", last=files[-1])))
        again = watch.seconds(lambda: library.add(folder / "adding"))
        files[7].write_text(files[7].read_text() + "One more sentence stands here now.\n")
        changed = watch.seconds(lambda: library.add(folder / "adding"))
    tell("adding: LlamaIndex", 2, 4)
    peer = watch.seconds(lambda: _llama_index(files, folder / "peer", embedder))
    return {
        "files": FILES, "passages": len(passages), "embedding alone": alone, "library": added, "ratio to embedding alone": added / alone,
        "LlamaIndex": peer, "times quicker than LlamaIndex": peer / added, "found by words after reading": waited[0],
        "unchanged folder": again, "unchanged, share of the first time": again / added, "one file changed": changed,
    }


def _found_after(library: Library, folder: Path, *, last: Path) -> float:
    """Adds the folder; seconds (always wall time) from the end of reading until the file read last is found by its words."""
    wanted = " ".join(last.read_text().split()[2:8])
    library.search(wanted)
    read = threading.Event()
    thread = threading.Thread(target=library.add, args=(folder,),
                              kwargs={"on_progress": lambda p: read.set() if p.stage == "reading" and p.done == p.total else None})
    thread.start()
    read.wait()
    began = time.perf_counter()
    while not any(wanted in hit.passage.text for hit in library.search(wanted)):
        time.sleep(0.01)
    seconds = time.perf_counter() - began
    thread.join()
    return seconds


def _llama_index(files: Sequence[Path], folder: Path, embedder: Embedder) -> None:
    """LlamaIndex's VectorStoreIndex as it comes: its splitter, ten texts in a call, Chroma as the store."""
    from eval.bench.llamaindex import as_llama_index, chroma_store, prepare_splitter
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex

    prepare_splitter()
    documents = SimpleDirectoryReader(input_files=[str(file) for file in files]).load_data()
    storage = StorageContext.from_defaults(vector_store=chroma_store(folder))
    VectorStoreIndex.from_documents(documents, storage_context=storage, embed_model=as_llama_index(embedder, batch=10))


def measure_growth(folder: Path, embedder: Embedder, sizes: Sequence[int], *, watch: Watch, tell: Tell) -> list[dict[str, Any]]:
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
            seconds = watch.seconds(lambda files=files: library.add(files))
            tell(f"growth: asking at {size:,}", step, len(sizes))
            some = asked[2 * step * ASKED: 2 * (step + 1) * ASKED]
            found.append({"passages": size, "ms per added passage": 1000 * seconds / (size - before), **_asking(library, made, some, watch),
                          "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
                          "on disk, KB a passage": _bytes(library.folder) / 1000 / size})
            before = size
    return found


def _asking(library: Library, embedder: Embedder, asked: Sequence[str], watch: Watch) -> dict[str, float]:
    """Milliseconds of questions asked for the first time: whole, filtered, and of the three parts alone."""
    for question in asked[:5]:
        library.search(question)
    first, second = asked[5: len(asked) // 2], asked[len(asked) // 2:]
    whole = [1000 * watch.seconds(lambda q=q: library.search(q)) for q in first]
    new_filter = 1000 * watch.seconds(lambda: library.search(first[0], filters=FILTER))
    filtered = [1000 * watch.seconds(lambda q=q: library.search(q, filters=FILTER)) for q in second]
    parts = _parts(library, embedder, second, watch)
    p50, p95 = statistics.median(whole), float(np.percentile(whole, 95))
    return {"p50": p50, "p95": p95, "new filter": new_filter, "filtered p50": statistics.median(filtered), **parts,
            "p50 to its parts": p50 / sum(parts.values()), "p95 to p50": p95 / p50}


def _parts(library: Library, embedder: Embedder, asked: Sequence[str], watch: Watch) -> dict[str, float]:
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
        embedding.append(watch.seconds(lambda q=question: embedder.embed_question(q)))
        vector = [embedder.embed_question(question).tolist()]
        near.append(watch.seconds(lambda v=vector: collection.query(query_embeddings=v, n_results=100, include=["distances"])))
        match = word_query(words_asked(question).values())
        bm25.append(watch.seconds(lambda m=match: words.execute(query, (m,)).fetchall()))
    words.close()
    return {name: 1000 * statistics.median(times) for name, times in (("embedding", embedding), ("vectors", near), ("BM25", bm25))}


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def as_markdown(bench: Mapping[str, Any]) -> str:
    """The ratios beside what was asked, and the growth as a table."""
    adding, growth = bench["adding"], bench["growth"]
    small, at = growth[0], next((one for one in growth if one["passages"] == 10_000), growth[-1])
    flat = [one["ms per added passage"] for one in growth]
    last = growth[-1]
    logarithmic = last["p50"] / small["p50"] / (math.log(last["passages"]) / math.log(small["passages"]))
    rows = [
        ("adding, to the embedding alone", "≤ 1.15", adding["ratio to embedding alone"]),
        ("times quicker than LlamaIndex's pipeline", "≥ 3", adding["times quicker than LlamaIndex"]),
        ("found by words after reading, s (wall)", "≤ 1", adding["found by words after reading"]),
        (f"adding {adding['files']} unchanged files again, % of the first time", "≤ 2", 100 * adding["unchanged, share of the first time"]),
        (f"a question at {at['passages']:,} passages, p50 to its three parts", "≤ 1.5", at["p50 to its parts"]),
        ("its p95 to its p50", "≤ 2", at["p95 to p50"]),
        ("filtered to unfiltered", "≤ 2", at["filtered p50"] / at["p50"]),
        ("time per added passage, highest to lowest size", "≤ 1.25", max(flat) / min(flat)),
        (f"time of a question from {small['passages']:,} to {last['passages']:,}, to logarithmic growth", "≤ 2", logarithmic),
    ]
    lines = ["# Speed", "", f"{bench['machine']}; times by the {bench['clock']} clock.", "", "| What | Asked | Measured |", "|---|---|---|"]
    lines += [f"| {what} | {asked} | {figure:.2f} |" for what, asked, figure in rows]
    names = [name for name in small if name != "passages"]
    lines += ["", "| Passages | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {one['passages']:,} | " + " | ".join(f"{one[name]:.2f}" for name in names) + " |" for one in growth]
    return "\n".join(lines) + "\n"


def plot(growth: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Time of a question and of adding a passage by the number of passages, as a picture. Needs matplotlib (a development dependency)."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 3), layout="constrained")
    axes = figure.subplots()
    sizes = [one["passages"] for one in growth]
    for name in ("p50", "p95", "embedding", "vectors", "BM25", "ms per added passage"):
        label = {"p50": "question, p50", "p95": "question, p95"}.get(name, name)
        axes.plot(sizes, [one[name] for one in growth], marker="o", markersize=3, label=label)
    axes.set(xscale="log", xlabel="passages", ylabel="ms", ylim=(0, None))
    axes.legend(fontsize=7)
    figure.savefig(path, dpi=90)
