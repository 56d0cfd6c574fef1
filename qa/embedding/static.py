"""Static word vectors (wordllama, 256 dimensions): some thirty times faster than MiniLM and a little less exact."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.embedding.vectors import checked, clean
from qa.weights import find_file
from qa.errors import SettingsError
from qa.records import Progress

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference

    from qa.embedding import OnProgress

HINT = 'Run "pip install wordllama", or choose "--embedding minilm".'
WEIGHTS = "l2_supercat_256.safetensors"

_AT_ONCE = 512  # texts; bounds the memory


class Static:
    """See `qa.embedding.Embedder`. Safe to use from several threads. Words count whatever their order."""

    def __init__(self, model: "WordLlamaInference", weights: Path):
        with weights.open("rb") as file:
            self.name = f"static/{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"
        self.dimensions = 256
        self._model = model

    def embed(self, texts: Sequence[str], on_progress: "OnProgress | None" = None) -> np.ndarray:
        began = time.monotonic()
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), _AT_ONCE):
            some = clean(texts[first:first + _AT_ONCE])
            done = first + len(some)
            vectors[first:done] = checked(self._model.embed(some), name=self.name, count=len(some), dimensions=self.dimensions)
            if on_progress:
                on_progress(Progress(stage="embedding", done=done, total=len(texts), seconds=time.monotonic() - began))
        return vectors

    def embed_question(self, question: str) -> np.ndarray:
        return self.embed([question])[0]


def open_static() -> Static:
    """The vectors that the wordllama package ships, loaded without its attempt to download them. SettingsError if missing."""
    weights = find_file("wordllama", WEIGHTS, hint=HINT)
    try:
        from wordllama import WordLlama

        model = WordLlama.load(cache_dir=weights.parents[1], dim=256, disable_download=True)
    except (ImportError, OSError) as error:
        raise SettingsError(f"the static embedding cannot be loaded: {error}", HINT) from error
    return Static(model, weights)
