"""The reader on ONNX Runtime: a graph and trained layers shipped with the program, word vectors from the embedding's package."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.embedding.minilm import HINT, PACKAGE, TOKENIZER_SHA256, WEIGHTS_SHA256, open_session
from qa.embedding.vectors import clean
from qa.weights import find_file, map_file, read_safetensors, verify

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

TRAINED = Path(__file__).with_name("reader.safetensors")
TRAINED_SHA256 = "4110d58a00c49b4302e3e21991049544ec3123c481497c1bffc6fcc793e222d1"
MOST_PIECES = 288
"""Word pieces of a question with its text that are read, as in training; what is longer is cut at the end of the text."""
LONGEST_QUESTION = 600
"""Characters of a question that are read."""
LONGEST_ANSWER = 30
"""Word pieces the answering words may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSentence:
    """What the reader makes of one sentence: `answers` is a logit that it answers (0 is even), `words` the offsets in the text of its words
    that answer best, `sure` by how much (a difference of logits) they are preferred to "no answer", `against` a logit that it contradicts
    what stands in the question's place. One that was cut off has CUT_OFF for all three and no words."""

    answers: float
    words: tuple[int, int] | None
    sure: float
    against: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the reader makes of one text for one question: of each sentence given, and `answers`, a logit that the text answers at all."""

    sentences: tuple[ReadSentence, ...]
    answers: float


CUT_OFF = -10.0


class Reader:
    """Reads pairs of a question and a text. Deterministic; safe to use from several threads."""

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer"):
        self._session = session
        self._tokenizer = tokenizer

    def read(self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]) -> list[Read]:
        """What each text says to the question; `sentences` are offset pairs into each text.

        Each text is run by itself: the range of its states is what they are rounded by, and another text's must not count.
        """
        encodings = self._tokenizer.encode_batch([(question[:LONGEST_QUESTION], text) for text in clean(texts)])
        return [_read(encoding, *self._run(encoding), spans) for encoding, spans in zip(encodings, sentences, strict=True)]

    def _run(self, encoding: "Encoding") -> tuple[np.ndarray, float]:
        """The logits of each word piece (sentence, first and last of the answer, against) and that of the whole."""
        ids, segments = (np.array([numbers], np.int32) for numbers in (encoding.ids, encoding.type_ids))
        by_piece, by_row = self._session.run(["pieces", "answers"], {"ids": ids, "segments": segments, "mask": np.ones_like(ids)})
        return by_piece[0], float(by_row[0, 0])


def _read(encoding, pieces: np.ndarray, answers: float, sentences: Sequence[tuple[int, int]]) -> Read:
    offsets = np.array(encoding.offsets)
    text = np.array(encoding.type_ids, bool)
    text[-1] = False  # the closing [SEP]
    inside = [np.flatnonzero(text & (offsets[:, 0] >= start) & (offsets[:, 0] < end)) for start, end in sentences]
    null = float(pieces[0, 1] + pieces[0, 2])
    return Read(sentences=tuple(_sentence(pieces[places], offsets[places], null) for places in inside), answers=round(answers, 3))


def _sentence(pieces: np.ndarray, offsets: np.ndarray, null: float) -> ReadSentence:
    """The sentence of some word pieces, given `null`, the score of "no answer"."""
    if not len(pieces):
        return ReadSentence(answers=CUT_OFF, words=None, sure=CUT_OFF, against=CUT_OFF)
    first, last, best = _best_span(pieces[:, 1], pieces[:, 2])
    return ReadSentence(answers=round(float(pieces[:, 0].mean()), 3), words=(int(offsets[first][0]), int(offsets[last][1])),
                        sure=round(best - null, 3), against=round(float(pieces[:, 3].mean()), 3))


def _best_span(starts: np.ndarray, ends: np.ndarray) -> tuple[int, int, float]:
    """First and last piece of the best run of at most LONGEST_ANSWER pieces, and its score."""
    length = len(starts)
    ahead = np.arange(length)[None, :] - np.arange(length)[:, None]
    scores = np.where((ahead >= 0) & (ahead < LONGEST_ANSWER), starts[:, None] + ends[None, :], -np.inf)
    first, last = np.unravel_index(int(scores.argmax()), scores.shape)
    return int(first), int(last), float(scores[first, last])


@lru_cache(maxsize=2)
def open_reader(threads: int = 0, trained_path: Path = TRAINED, sha256: str = TRAINED_SHA256) -> Reader:
    """The reader on `threads` threads (0: one for each core), all its weights verified by digest; opened once in a process.

    Raises SettingsError when the embedding's package is not installed, QAError when a file is not the published one.
    """
    from tokenizers import Tokenizer

    published_path = find_file(PACKAGE, "model.safetensors", hint=HINT)
    tokenizer_path = find_file(PACKAGE, "tokenizer.json", hint=HINT)
    published, trained, rules = map_file(published_path), map_file(trained_path), tokenizer_path.read_bytes()
    verify(published, path=published_path, sha256=WEIGHTS_SHA256)
    verify(trained, path=trained_path, sha256=sha256)
    verify(rules, path=tokenizer_path, sha256=TOKENIZER_SHA256)
    weights = read_safetensors(trained, path=trained_path)
    shared = read_safetensors(published, path=published_path)
    for name, theirs in {"words": "word_embeddings.weight", "positions": "position_embeddings.weight", "kinds": "token_type_embeddings.weight",
                         "embeddings.LayerNorm.weight": "LayerNorm.weight", "embeddings.LayerNorm.bias": "LayerNorm.bias"}.items():
        weights[name] = shared[f"embeddings.{theirs}"]
    tokenizer = Tokenizer.from_buffer(rules)
    tokenizer.enable_truncation(MOST_PIECES, strategy="longest_first")
    tokenizer.no_padding()
    return Reader(open_session(Path(__file__).with_name("reader.onnx"), weights, threads), tokenizer)

