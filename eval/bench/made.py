"""Texts and vectors made up for measuring time: the same on every machine, of any number, with a vocabulary like that of real ones."""

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa.embedding import Embedder, SentenceSpans

WORDS = 20_000
SYLLABLES = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to va ve vi vo".split()
SMALL_WORDS = "the of and to in a for on with was by that from at".split()
SENTENCES = 4
"""Sentences in a document; with about 20 words each, of about two tokens, they are one passage."""


def vocabulary() -> list[str]:
    """WORDS different made-up words."""
    chosen = random.Random(7)
    words = dict.fromkeys("".join(chosen.choices(SYLLABLES, k=chosen.randint(2, 4))) for _ in range(WORDS * 2))
    return list(words)[:WORDS]


def sentence(words: Sequence[str], chosen: random.Random) -> str:
    """About 20 words, a third of them small ones, the others by Zipf's law."""
    said = [chosen.choice(SMALL_WORDS) if chosen.random() < 0.35 else words[int(len(words) ** chosen.random()) - 1] for _ in range(20)]
    return " ".join([said[0].capitalize(), *said[1:]]) + "."


def write_documents(folder: Path, first: int, count: int) -> list[Path]:
    """Documents numbered from `first`, one passage each, as files in folders of a thousand."""
    words = vocabulary()
    paths = []
    for number in range(first, first + count):
        chosen = random.Random(number)
        path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        dated = f"Time: 2024{number % 12 + 1:02}{number % 28 + 1:02}_10:00\n"
        path.write_text(dated + " ".join(sentence(words, chosen) for _ in range(SENTENCES)) + "\n")
        paths.append(path)
    return paths


def questions(count: int) -> list[str]:
    """Questions of six words from the same vocabulary, never the same twice."""
    words = vocabulary()
    chosen = random.Random(3)
    return [f"What is known of the {' '.join(words[int(len(words) ** chosen.random()) - 1] for _ in range(4))}?" for _ in range(count)]


class MadeVectors:
    """An embedding that costs next to nothing for passages (a vector around one of 200 centres, chosen by the text's digest) and is
    `questions` for questions, so that what a library adds to the embedding can be measured at 100,000 passages in minutes."""

    def __init__(self, questions: Embedder):
        self.name, self.dimensions = "made/1", questions.dimensions
        self._questions = questions
        self._centres = np.random.default_rng(5).normal(size=(200, self.dimensions)).astype(np.float32)

    def embed(self, texts: Sequence[str], on_progress=None) -> np.ndarray:
        return np.array([self._vectors(text, 1)[0] for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def embed_with_sentences(self, texts: Sequence[str], sentences: SentenceSpans, on_progress=None) -> tuple[np.ndarray, list[np.ndarray]]:
        """As `qa.embedding.EmbedsSentences` asks."""
        made = [self._vectors(text, 1 + len(spans)) for text, spans in zip(texts, sentences, strict=True)]
        return np.array([rows[0] for rows in made], np.float32).reshape(len(texts), self.dimensions), [rows[1:] for rows in made]

    def embed_question(self, question: str) -> np.ndarray:
        return self._questions.embed_question(question)

    def _vectors(self, text: str, count: int) -> np.ndarray:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
        chosen = np.random.default_rng(seed)
        vectors = self._centres[chosen.integers(len(self._centres))] + chosen.normal(size=(count, self.dimensions)).astype(np.float32)
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
